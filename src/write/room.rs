//! The stage as a folder on disk, and the lock that keeps two builds apart.
//!
//! The lock is the system's own, on a file in the folder: it goes when its process goes, however
//! that ends, so a dead build never keeps the next one out.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// The name of the lock file.
const LOCK: &str = "lock";

/// The name of the folder that takes the outputs.
const FILES: &str = "files";

/// The name of the journal.
const JOURNAL: &str = "journal";

/// The name of a journal that is being written.
const DRAFT: &str = "journal-draft";

/// How often to try again when another build is just clearing its stage away.
const ATTEMPTS: usize = 100;

/// A stage's folder, locked. Dropping it removes the folder, unless it holds a journal.
#[derive(Debug)]
pub(super) struct Room {
    /// The folder.
    path: PathBuf,
    /// The lock file, locked for as long as this is open.
    lock: File,
    /// The folders above that had to be made for it, outermost first.
    above: Vec<PathBuf>,
    /// Whether what is in the folder is needed to complete a publish.
    is_kept: bool,
}

/// Why a stage cannot be entered.
#[derive(Debug)]
pub(super) enum Closed {
    /// Another build holds the lock; its process, if it has said so already.
    Locked(Option<u32>),
    /// The system refuses.
    System(io::Error),
}

impl Room {
    /// Makes the folder if need be and locks it.
    pub(super) fn enter(path: &Path) -> Result<Self, Closed> {
        let above = make_above(path).map_err(Closed::System)?;
        for _ in 0..ATTEMPTS {
            match lock(path) {
                Ok(Some(lock)) => {
                    return Ok(Self { path: path.to_owned(), lock, above, is_kept: false });
                }
                Ok(None) => {}
                Err(closed) => {
                    remove_empty(&above);
                    return Err(closed);
                }
            }
        }
        Err(Closed::Locked(None))
    }

    /// The folder itself.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The folder that takes the outputs. It need not exist.
    pub(super) fn files(&self) -> PathBuf {
        self.path.join(FILES)
    }

    /// The journal's text, if there is one.
    pub(super) fn journal(&self) -> Option<Vec<u8>> {
        fs::read(self.path.join(JOURNAL)).ok()
    }

    /// Puts the journal there, all at once. From now on the folder outlives the program.
    pub(super) fn set_journal(&mut self, text: &[u8]) -> io::Result<()> {
        let draft = self.path.join(DRAFT);
        fs::write(&draft, text)?;
        fs::rename(draft, self.path.join(JOURNAL))?;
        self.is_kept = true;
        Ok(())
    }

    /// Says that what is in the folder is needed to complete a publish, or no longer.
    pub(super) fn keep(&mut self, is_kept: bool) {
        self.is_kept = is_kept;
    }

    /// Removes everything but the lock.
    pub(super) fn clear(&self) -> io::Result<()> {
        for name in [JOURNAL, DRAFT] {
            absent_is_fine(fs::remove_file(self.path.join(name)))?;
        }
        absent_is_fine(fs::remove_dir_all(self.files()))
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        if !self.is_kept && self.clear().is_ok() {
            // The lock is still held here, so nobody else can be in the folder; who opened the lock
            // file before it went will see that it is no longer the one in the folder.
            let _ = fs::remove_file(self.path.join(LOCK));
            let _ = fs::remove_dir(&self.path);
            remove_empty(&self.above);
        }
        // Closing the file is not enough: a process that is just being started may have it open too.
        let _ = self.lock.unlock();
    }
}

/// Locks the folder at `path`. `None` if another build was just removing it.
fn lock(path: &Path) -> Result<Option<File>, Closed> {
    match fs::create_dir(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            return Err(Closed::System(error));
        }
        _ => {}
    }
    if !fs::symlink_metadata(path).is_ok_and(|data| data.is_dir()) {
        return match fs::symlink_metadata(path) {
            Ok(_) => Err(Closed::System(io::ErrorKind::NotADirectory.into())),
            Err(_) => Ok(None),
        };
    }
    let place = path.join(LOCK);
    let open = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&place);
    let mut file = match open {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Closed::System(error)),
    };
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(Closed::Locked(pid(&mut file))),
        Err(TryLockError::Error(error)) => return Err(Closed::System(error)),
    }
    if !is_at(&file, &place) {
        return Ok(None);
    }
    sign(&mut file).map_err(Closed::System)?;
    Ok(Some(file))
}

/// Whether the open `file` is the one that is found at `place`.
fn is_at(file: &File, place: &Path) -> bool {
    match (file.metadata(), fs::symlink_metadata(place)) {
        (Ok(open), Ok(there)) => (open.dev(), open.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

/// Writes this process into the lock file.
fn sign(file: &mut File) -> io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    write!(file, "{}", std::process::id())
}

/// The process that a lock file names.
fn pid(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    file.take(32).read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}

/// Makes the folders above `path`; gives those that were missing, outermost first.
fn make_above(path: &Path) -> io::Result<Vec<PathBuf>> {
    let missing = path.ancestors().skip(1).take_while(|folder| !folder.exists());
    let mut made: Vec<_> = missing.map(Path::to_owned).collect();
    made.reverse();
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).inspect_err(|_| remove_empty(&made))?;
    }
    Ok(made)
}

/// Removes those of these folders that are empty, innermost first.
fn remove_empty(folders: &[PathBuf]) {
    for folder in folders.iter().rev() {
        let _ = fs::remove_dir(folder);
    }
}

/// Takes it for done when what is to be removed is not there.
fn absent_is_fine(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}
