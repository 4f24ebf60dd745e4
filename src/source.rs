//! READ: the files of a site at one moment.
//!
//! The pipeline sees the world through one trait, [`Files`]: a list of paths and the bytes behind
//! each. [`disk::Disk`] reads a folder; [`Memory`] holds a site made by a test. Nothing else in the
//! program reads a file.

pub mod batch;
pub mod bytes;
pub mod disk;
pub mod embedded;
mod exif;
pub mod inspect;
pub mod loads;
pub mod text;
pub mod tree;
pub mod watch;

use std::collections::BTreeMap;
use std::io::{self, Cursor, Read};
use std::sync::Arc;

use crate::path::RelPath;

/// A text file may have so many bytes.
pub const TEXT_LIMIT: u64 = 16 * 1024 * 1024;

/// What is wrong with a place in the tree before anything in it is read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Obstacle {
    /// A symbolic link whose target lies outside the folder it was found in.
    LeavesFolder(RelPath),
    /// A file or folder that the system refuses; its words.
    Unreadable(RelPath, String),
    /// A name that is not UTF-8; shown with replacement characters.
    NameNotUtf8(RelPath),
}

/// What a walk through the site's folders found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// The paths of the files, sorted. Shared, so that who keeps it can see at once that it is
    /// still the same.
    pub files: Arc<Vec<RelPath>>,
    /// What could not be listed, sorted.
    pub obstacles: Vec<Obstacle>,
    /// Whether some of the files are reached by symbolic links, and so may have several paths.
    pub has_links: bool,
}

impl Listing {
    /// Files that are just there.
    pub fn of(files: Vec<RelPath>) -> Self {
        Self { files: Arc::new(files), ..Self::default() }
    }

    /// Whether there is such a file.
    pub fn has(&self, path: &RelPath) -> bool {
        self.files.contains(path)
    }
}

/// The outside world: the files of a site.
pub trait Files: Sync {
    /// All files below `folder` (`content`, `themes`), sorted by path.
    fn list(&self, folder: &str) -> Listing;

    /// The bytes of one file; of kind [`io::ErrorKind::FileTooLarge`] is the error for one that is
    /// larger than a text may be, if that shows before it is read.
    fn read(&self, path: &RelPath) -> io::Result<Vec<u8>>;

    /// The size of one file in bytes.
    fn size(&self, path: &RelPath) -> io::Result<u64>;

    /// One file as a stream, for what need not be held in memory.
    fn open(&self, path: &RelPath) -> io::Result<Box<dyn Read + '_>>;

    /// A number that stands for the bytes of a file that is listed: as long as it is the same, so
    /// are they. `None` if nothing of the kind is known, and only reading tells.
    fn revision(&self, _: &RelPath) -> Option<u64> {
        None
    }

    /// The newest of all numbers, if there are any.
    fn newest(&self) -> Option<u64> {
        None
    }

    /// The files that may have other bytes than under a number; `None` if only a look at each file's
    /// own number tells.
    fn suspects(&self, _since: u64) -> Option<Vec<RelPath>> {
        None
    }

    /// The rest of one file from a byte on, as a stream that outlives the borrow: a server reads on
    /// whenever its client is ready. Without a better way the file is held in memory.
    fn open_at(&self, path: &RelPath, start: u64) -> io::Result<Box<dyn Read + Send>> {
        let mut bytes = Cursor::new(self.read(path)?);
        bytes.set_position(start);
        Ok(Box::new(bytes))
    }
}

/// A site that exists only in memory.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    /// The files' bytes by path.
    pub files: BTreeMap<RelPath, Vec<u8>>,
}

impl Memory {
    /// Puts a file there, or replaces it.
    pub fn insert(&mut self, path: &str, bytes: impl Into<Vec<u8>>) {
        self.files.insert(RelPath::new(path), bytes.into());
    }
}

impl Files for Memory {
    fn list(&self, folder: &str) -> Listing {
        let inside = self.files.keys().filter(|path| path.below(folder).is_some());
        Listing::of(inside.cloned().collect())
    }

    fn read(&self, path: &RelPath) -> io::Result<Vec<u8>> {
        self.files.get(path).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn size(&self, path: &RelPath) -> io::Result<u64> {
        self.read(path).map(|bytes| bytes.len() as u64)
    }

    fn open(&self, path: &RelPath) -> io::Result<Box<dyn Read + '_>> {
        match self.files.get(path) {
            Some(bytes) => Ok(Box::new(bytes.as_slice())),
            None => Err(io::ErrorKind::NotFound.into()),
        }
    }
}
