//! Telling whether an output is already there, byte for byte.
//!
//! The manifest is not asked: somebody may have changed the file since. Symbolic links and pipes
//! are never followed or waited for; they count as something else than the output.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use rustix::fs::OFlags;

use crate::print::{Fingerprint, Printer};

/// How much is read at once.
const PIECE: usize = 64 * 1024;

/// What is known of a stream after it was read.
pub(super) struct Compared {
    /// The fingerprint of its bytes.
    pub(super) print: Fingerprint,
    /// The number of its bytes.
    pub(super) size: u64,
    /// Whether the file that it was compared with holds the same.
    pub(super) is_same: bool,
}

/// Why a copy ended before its time.
#[derive(Debug)]
pub(super) enum Torn {
    /// The stream cannot be read.
    Reading(io::Error),
    /// The copy cannot be written.
    Writing(io::Error),
}

/// The regular file at a place, if there is one and it can be read.
pub(super) fn present(place: &Path) -> Option<File> {
    let flags = (OFlags::NONBLOCK | OFlags::NOFOLLOW).bits().cast_signed();
    let file = OpenOptions::new().read(true).custom_flags(flags).open(place).ok()?;
    file.metadata().ok()?.is_file().then_some(file)
}

/// Whether `file` holds exactly these bytes.
pub(super) fn holds(file: Option<File>, bytes: &[u8]) -> bool {
    let Some(mut file) = file else { return false };
    if !matches!(file.metadata(), Ok(data) if data.len() == bytes.len() as u64) {
        return false;
    }
    let mut there = Vec::with_capacity(bytes.len() + 1);
    file.read_to_end(&mut there).is_ok() && there == bytes
}

/// The fingerprint of the regular file at a place.
pub(super) fn print(place: &Path) -> Option<Fingerprint> {
    let mut file = present(place)?;
    let (mut printer, mut piece) = (Printer::default(), vec![0; PIECE]);
    loop {
        match fill(&mut file, &mut piece).ok()? {
            0 => return Some(printer.finish()),
            read => printer.add(&piece[..read]),
        }
    }
}

/// Reads `from` to its end. As long as it says the same as `present`, nothing is written; from the
/// first difference on, everything goes to the file that `create` makes.
pub(super) fn copy(
    from: &mut dyn Read,
    mut present: Option<File>,
    create: &dyn Fn() -> io::Result<File>,
) -> Result<Compared, Torn> {
    let (mut printer, mut size, mut copy) = (Printer::default(), 0, None);
    let (mut piece, mut there) = (vec![0; PIECE], vec![0; PIECE]);
    loop {
        let read = fill(from, &mut piece).map_err(Torn::Reading)?;
        let bytes = &piece[..read];
        let same = match (&copy, &mut present) {
            (None, Some(file)) => fill(file, &mut there).is_ok_and(|n| there[..n] == *bytes),
            _ => false,
        };
        if !same && copy.is_none() {
            let begun = create().and_then(|file| begin(file, present.take(), size));
            copy = Some(begun.map_err(Torn::Writing)?);
        }
        if let Some(file) = &mut copy {
            file.write_all(bytes).map_err(Torn::Writing)?;
        }
        printer.add(bytes);
        size += read as u64;
        if read < PIECE {
            return Ok(Compared { print: printer.finish(), size, is_same: copy.is_none() });
        }
    }
}

/// Starts a copy with what was the same up to here.
fn begin(mut copy: File, present: Option<File>, size: u64) -> io::Result<File> {
    if let Some(mut present) = present {
        present.rewind()?;
        io::copy(&mut present.take(size), &mut copy)?;
    }
    Ok(copy)
}

/// Reads until `piece` is full or the stream ends.
fn fill(from: &mut dyn Read, piece: &mut [u8]) -> io::Result<usize> {
    let mut at = 0;
    while at < piece.len() {
        match from.read(&mut piece[at..]) {
            Ok(0) => break,
            Ok(read) => at += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Copies a stream over a file with `old` in it; gives what was written, if anything was.
    fn check(old: &[u8], new: &[u8]) -> Option<Vec<u8>> {
        let name =
            format!("schaukasten-compare-{}-{}-{}", std::process::id(), old.len(), new.len());
        let (there, made) =
            (std::env::temp_dir().join(&name), std::env::temp_dir().join(name + "-new"));
        std::fs::write(&there, old).expect("the temporary folder is writable");
        let create = || File::create(&made);
        let compared = copy(&mut &*new, present(&there), &create).expect("nothing is in the way");
        assert_eq!(compared.print, Fingerprint::of_bytes(new));
        assert_eq!(compared.size, new.len() as u64);
        let written = (!compared.is_same).then(|| std::fs::read(&made).expect("it was written"));
        let _ = (std::fs::remove_file(there), std::fs::remove_file(made));
        written
    }

    #[test]
    fn a_copy_is_written_from_the_first_difference_on() {
        let long: Vec<u8> = (0..3 * PIECE).map(|n| (n % 251) as u8).collect();
        let mut other = long.clone();
        other[2 * PIECE + 7] = 255;
        assert_eq!(check(&long, &long), None);
        assert_eq!(check(b"", b""), None);
        assert_eq!(check(&long, &other), Some(other.clone()));
        assert_eq!(check(&long, &long[..PIECE]), Some(long[..PIECE].to_vec()));
        assert_eq!(check(&long[..PIECE], &long), Some(long.clone()));
        assert_eq!(check(&long[..PIECE + 9], &long), Some(long.clone()));
        assert_eq!(check(b"x", b""), Some(Vec::new()));
    }
}
