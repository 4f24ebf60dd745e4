//! What stands where in the output folder, looked up once per folder and never through a link.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use rustix::fs::Access;
use rustix::io::Errno;

use super::Failure;
use super::place::Place;

/// What stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stands {
    /// Nothing.
    Nothing,
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link, wherever it leads.
    Link,
    /// A pipe, a socket, a device.
    Other,
}

/// How far the way to a path leads through folders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Way {
    /// The first path on the way that is no folder, or the whole path.
    pub(super) end: String,
    /// What stands there.
    pub(super) stands: Stands,
}

/// The output folder as it is before a publish.
#[derive(Debug)]
pub(super) struct Ground<'a> {
    /// The folder.
    place: &'a Place,
    /// What stands at the paths of folders that were asked for.
    known: BTreeMap<String, Stands>,
    /// The folders that were found to be writable.
    open: BTreeSet<String>,
}

impl<'a> Ground<'a> {
    /// The output folder at `place`.
    pub(super) fn new(place: &'a Place) -> Self {
        Self { place, known: BTreeMap::new(), open: BTreeSet::new() }
    }

    /// Follows the way to `path` as far as it leads through folders.
    pub(super) fn way(&mut self, path: &str) -> Way {
        for (at, _) in path.match_indices('/') {
            let folder = &path[..at];
            let stands = match self.known.get(folder) {
                Some(stands) => *stands,
                None => {
                    let stands = self.look(folder);
                    self.known.insert(folder.to_owned(), stands);
                    stands
                }
            };
            if stands != Stands::Folder {
                return Way { end: folder.to_owned(), stands };
            }
        }
        Way { end: path.to_owned(), stands: self.look(path) }
    }

    /// What stands at a path whose folders are known to be folders.
    fn look(&self, path: &str) -> Stands {
        match fs::symlink_metadata(self.place.at(path)) {
            Ok(data) if data.is_file() => Stands::File,
            Ok(data) if data.is_dir() => Stands::Folder,
            Ok(data) if data.is_symlink() => Stands::Link,
            Ok(_) => Stands::Other,
            Err(_) => Stands::Nothing,
        }
    }

    /// Makes sure that the folder that holds `path` may be written to, so that no publish begins
    /// that cannot end. A folder that does not exist yet will be our own.
    pub(super) fn expect_open(&mut self, path: &str) -> Result<(), Failure> {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        if self.open.contains(folder) {
            return Ok(());
        }
        match rustix::fs::access(self.place.at(folder), Access::WRITE_OK | Access::EXEC_OK) {
            Err(error) if error != Errno::NOENT => Err(self.place.failure(path, &error.into())),
            _ => {
                self.open.insert(folder.to_owned());
                Ok(())
            }
        }
    }
}
