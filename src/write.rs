//! WRITE: put what differs, delete what is gone; the only module that writes files.
//!
//! A [`Stage`] takes the outputs of a build. What is not already in the output folder, byte for
//! byte, is written to a folder of its own beside it, on the same file system. Only when all of it
//! is there does [`Stage::commit`] move it into place, by renaming, under a journal: new files
//! first, then changed ones, deletions last.
//!
//! What is promised: after a `kill -9` at any moment every file in the output folder is the old
//! one or the new one as a whole, no link that a reader can reach is dead, and the next build
//! completes what was begun before it does anything else. Until the journal stands, nothing in the
//! output folder is touched at all, so a full disk leaves the old site as it was. Nothing is
//! promised for a power failure: files are not forced to the disk.
//!
//! What this program did not write, by the manifest of the last publish, it neither overwrites nor
//! deletes. Routes that clash with each other are found by `resolve`, long before.

pub mod manifest;
pub mod refusal;

mod compare;
mod ground;
mod journal;
mod place;
mod plan;
mod publishing;
mod room;
mod swap;

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rustc_hash::FxHashSet;

use self::compare::{Compared, Torn};
use self::manifest::Made;
use self::place::{Place, State};
pub use self::publishing::Publishing;
pub use self::refusal::{Failure, Refusal};
use self::room::Room;
use crate::path::{MANIFEST, Route};
use crate::print::Fingerprint;

/// What is to be known for publishing beside the output folder itself.
#[derive(Clone, Debug, Default)]
pub struct StageOptions {
    /// The site's root: the output folder may lie in it, not hold it.
    pub root: PathBuf,
    /// Folders that people write in (`content`, `themes`): the output folder may neither lie in
    /// them nor hold them.
    pub sources: Vec<PathBuf>,
    /// Whether to exchange the whole tree in one step, where the system can.
    pub swap: bool,
}

/// What a publish did. The manifest is not counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// How many files were added.
    pub new: usize,
    /// How many files have other bytes than before.
    pub changed: usize,
    /// How many files were deleted.
    pub removed: usize,
    /// How many files were already there, byte for byte.
    pub unchanged: usize,
    /// The routes that were added, changed or deleted, sorted.
    pub changed_routes: Vec<Route>,
}

/// A publish in the making. Dropped without [`Stage::commit`], it leaves no trace.
#[derive(Debug)]
pub struct Stage {
    /// The output folder.
    place: Place,
    /// What is in the output folder now.
    state: State,
    /// The folder that takes what differs; holds the lock.
    room: Room,
    /// Whether to exchange the whole tree.
    swap: bool,
    /// What was put so far. `None` stands for an output that is being written, or that failed.
    made: Mutex<BTreeMap<Route, Option<Staged>>>,
    /// The folders of the stage that were made.
    folders: Mutex<FxHashSet<Box<str>>>,
}

/// One output as it was put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Staged {
    /// What is known of its bytes.
    made: Made,
    /// Whether the same bytes are in the output folder already.
    is_same: bool,
}

impl Stage {
    /// Opens the stage for an output folder, which need not exist, and completes the publish that
    /// was interrupted there, if one was.
    pub fn open(output: &Path, options: &StageOptions) -> Result<Self, Refusal> {
        let place = Place::find(output, options)?;
        let room = place.enter()?;
        let state = place.state()?;
        let (made, folders) = (Mutex::default(), Mutex::default());
        Ok(Self { place, state, room, swap: options.swap, made, folders })
    }

    /// Puts an output. May be called from many threads at once, once per route.
    pub fn put(&self, route: &Route, bytes: &[u8]) -> Result<(), Failure> {
        self.claim(route)?;
        let made = Made { print: Fingerprint::of_bytes(bytes), size: bytes.len() as u64 };
        let is_same = compare::holds(self.present(route), bytes);
        if !is_same {
            let written = self.create(route).and_then(|mut file| file.write_all(bytes));
            written.map_err(|error| self.failure(route, &error))?;
        }
        self.settle(route, Staged { made, is_same });
        Ok(())
    }

    /// Puts an output that need not be in memory as a whole. The stream is read once.
    pub fn copy(&self, route: &Route, from: &mut dyn Read) -> Result<(), Failure> {
        self.claim(route)?;
        let create = || self.create(route);
        let compared = compare::copy(from, self.present(route), &create);
        let Compared { print, size, is_same } = compared.map_err(|torn| match torn {
            Torn::Reading(error) => {
                Failure::Unread { route: route.clone(), words: error.to_string() }
            }
            Torn::Writing(error) => self.failure(route, &error),
        })?;
        self.settle(route, Staged { made: Made { print, size }, is_same });
        Ok(())
    }

    /// Publishes what was put, and deletes what the last publish wrote and this one did not.
    /// `next_change` says when the same files would give another site.
    pub fn commit(self, next_change: Option<&str>) -> Result<Published, Failure> {
        self.prepare(next_change)?.finish()
    }

    /// Gets everything ready for the first step that can be seen from outside.
    pub fn prepare(self, next_change: Option<&str>) -> Result<Publishing, Failure> {
        Publishing::prepare(self, next_change)
    }

    /// Reserves a route, so that no output is written twice.
    fn claim(&self, route: &Route) -> Result<(), Failure> {
        if !is_plain(route.as_str()) || route.as_str() == MANIFEST {
            return Err(Failure::Route(route.clone()));
        }
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if made.contains_key(route) {
            return Err(Failure::Route(route.clone()));
        }
        made.insert(route.clone(), None);
        Ok(())
    }

    /// Takes note of an output that is complete.
    fn settle(&self, route: &Route, staged: Staged) {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        made.insert(route.clone(), Some(staged));
    }

    /// The file that is at a route in the output folder now.
    fn present(&self, route: &Route) -> Option<File> {
        if self.state.is_bare { None } else { compare::present(&self.place.at(route.as_str())) }
    }

    /// A new file in the stage, with the folders above it.
    fn create(&self, route: &Route) -> io::Result<File> {
        let place = self.room.files().join(route.as_str());
        let folder = route.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
        // Most pages have a folder of their own, so it is made rather than tried.
        let is_new =
            self.folders.lock().unwrap_or_else(PoisonError::into_inner).insert(folder.into());
        let open = || OpenOptions::new().write(true).create_new(true).mode(0o644).open(&place);
        let above = || place.parent().map_or(Ok(()), fs::create_dir_all);
        if is_new {
            above()?;
        }
        match open() {
            // Another thread is about to make the folder, or could not.
            Err(error) if error.kind() == io::ErrorKind::NotFound => above().and_then(|()| open()),
            other => other,
        }
    }

    /// What is said when an output cannot be written.
    fn failure(&self, route: &Route, error: &io::Error) -> Failure {
        self.place.failure(route.as_str(), error)
    }
}

/// Whether a path stays below the folder it is joined to, and out of the stage that may be there.
fn is_plain(path: &str) -> bool {
    let is_name = |part: &str| !matches!(part, "" | "." | "..") && !part.contains('\0');
    path.split('/').all(is_name) && path.split('/').next() != Some(place::INSIDE)
}
