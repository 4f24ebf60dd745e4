//! Files of the site on their way to a browser, a stretch at a time.
//!
//! A film is never held as a whole. One file stays open for one answer, so that a file that is put
//! in its place meanwhile does not get mixed with it.

use std::io::{self, Cursor, Read};
use std::ops::Range;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use futures_util::stream;

use super::desk::{Desk, Purpose};
use crate::path::RelPath;
use crate::print::Fingerprint;

/// So many bytes are read at once.
const STRETCH: u64 = 64 * 1024;

/// A file of no more bytes is read at once, so that it can be seen whether it is the one that was
/// announced.
const SMALL: u64 = 256 * 1024;

/// A file that is being read, and how many of its bytes are still wanted.
struct Reading {
    /// The rest of the file.
    file: Box<dyn Read + Send>,
    /// The bytes to go.
    left: u64,
}

/// Which bytes of a file are wanted, and what is known of it.
pub(super) struct Stretch {
    /// The bytes.
    pub(super) range: Range<u64>,
    /// The size of the whole.
    pub(super) size: u64,
    /// The fingerprint of the whole, if it matters.
    pub(super) print: Option<Fingerprint>,
}

/// The bytes of a file; `None` if it has changed by now, or is gone. Of a large file only the size
/// is looked at.
pub(super) async fn open(desk: &Arc<Desk>, path: &RelPath, stretch: Stretch) -> Option<Body> {
    let (files, path) = (desk.setup.files.clone(), path.clone());
    let opened = desk.work(Purpose::Read, move || {
        let Stretch { range, size, print } = stretch;
        if files.size(&path).ok()? != size {
            return None;
        }
        let left = range.end - range.start;
        let file: Box<dyn Read + Send> = match print.filter(|_| size <= SMALL) {
            Some(print) => {
                let mut bytes = Cursor::new(files.read(&path).ok()?);
                bytes.set_position(range.start);
                (Fingerprint::of_bytes(bytes.get_ref()) == print).then(|| Box::new(bytes))?
            }
            None => files.open_at(&path, range.start).ok()?,
        };
        Some(Reading { file, left })
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
