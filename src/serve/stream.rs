//! Files of the site on their way to a browser, a stretch at a time.
//!
//! A film is never held as a whole. One file stays open for one answer, so that a file that is put
//! in its place meanwhile does not get mixed with it.

use std::io::{self, Read};
use std::ops::Range;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use futures_util::stream;

use super::desk::{Desk, Purpose};
use crate::path::RelPath;

/// So many bytes are read at once.
const STRETCH: u64 = 64 * 1024;

/// A file that is being read, and how many of its bytes are still wanted.
struct Reading {
    /// The rest of the file.
    file: Box<dyn Read + Send>,
    /// The bytes to go.
    left: u64,
}

/// The bytes in `range` of a file of `size` bytes; `None` if it has another size by now, or is gone.
pub(super) async fn open(
    desk: &Arc<Desk>,
    path: &RelPath,
    (range, size): (Range<u64>, u64),
) -> Option<Body> {
    let (files, path) = (desk.setup.files.clone(), path.clone());
    let opened = desk.work(Purpose::Read, move || {
        let is_same = files.size(&path).ok()? == size;
        let file = is_same.then(|| files.open_at(&path, range.start).ok()).flatten()?;
        Some(Reading { file, left: range.end - range.start })
    });
    let reading = opened.await.ok().flatten()?;
    let desk = desk.clone();
    let stretches = stream::try_unfold(reading, move |reading| {
        let desk = desk.clone();
        async move {
            if reading.left == 0 {
                return Ok(None);
            }
            let read = desk.work(Purpose::Read, move || next(reading)).await;
            read.unwrap_or_else(|_| Err(io::Error::other("reading broke off"))).map(Some)
        }
    });
    Some(Body::from_stream(stretches))
}

/// Reads the next stretch. A file that ends too early breaks the answer off, so that nobody takes it
/// for the whole.
fn next(mut reading: Reading) -> io::Result<(Bytes, Reading)> {
    let wanted = usize::try_from(reading.left.min(STRETCH)).unwrap_or(0);
    let mut bytes = vec![0; wanted];
    reading.file.read_exact(&mut bytes)?;
    reading.left -= wanted as u64;
    Ok((Bytes::from(bytes), reading))
}
