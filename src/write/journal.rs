//! The journal: the steps of a publish, written down before the first is taken.
//!
//! While it stands, all that the steps need is in the stage, so whoever finds it can take them
//! again from the start: a step that was taken already does nothing the second time.

use std::fs;
use std::io;
use std::path::Path;

use rustix::fs::{CWD, RenameFlags, renameat_with};
use serde::{Deserialize, Serialize};

use super::place::Place;
use super::room::Room;
use super::{Failure, compare, is_plain};
use crate::print::Fingerprint;

/// One step of a publish. Paths are relative to the output folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Step {
    /// Moves a file, or a folder with all that is in it, to where nothing is.
    Add(String),
    /// Moves a file over the one that is there.
    Replace(String),
    /// Deletes a file if it still holds what was written there.
    Remove {
        /// The file.
        path: String,
        /// The fingerprint of what was written.
        hash: String,
    },
    /// Deletes a folder if it is empty.
    Prune(String),
}

/// The steps of a publish and the states between which they lead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Journal {
    /// The fingerprint of the manifest before.
    base: Option<String>,
    /// The fingerprint of the manifest after.
    result: String,
    /// The steps, in order.
    pub(super) steps: Vec<Step>,
}

impl Journal {
    /// A journal of `steps` that lead from one manifest to another.
    pub(super) fn new(base: Option<Fingerprint>, result: Fingerprint, steps: Vec<Step>) -> Self {
        Self { base: base.map(|print| print.to_string()), result: result.to_string(), steps }
    }

    /// The journal as it is written down.
    pub(super) fn text(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("strings and lists always have a JSON form")
    }

    /// Reads a journal. `None` if it is not whole.
    fn parse(text: &[u8]) -> Option<Self> {
        let journal: Self = serde_json::from_slice(text).ok()?;
        journal.steps.iter().all(|step| is_plain(step.path())).then_some(journal)
    }

    /// Whether the journal is about what is in the output folder now.
    fn fits(&self, place: &Place) -> bool {
        let now = place.base().map(|print| print.to_string());
        place.real().is_dir() && (now == self.base || now.as_ref() == Some(&self.result))
    }
}

/// Completes the publish that was interrupted in this stage; clears it away if there was none.
pub(super) fn resume(room: &mut Room, place: &Place) -> Result<(), Failure> {
    let journal = room.journal().and_then(|text| Journal::parse(&text));
    if let Some(journal) = journal.filter(|journal| journal.fits(place)) {
        room.keep(true);
        for step in &journal.steps {
            step.take(&room.files(), place)?;
        }
        room.keep(false);
    }
    room.clear().map_err(|error| place.failure("", &error))
}

impl Step {
    /// The path that the step is about.
    fn path(&self) -> &str {
        match self {
            Self::Add(path)
            | Self::Replace(path)
            | Self::Remove { path, .. }
            | Self::Prune(path) => path,
        }
    }

    /// Takes the step. `files` is the folder of the stage that holds what is moved.
    pub(super) fn take(&self, files: &Path, place: &Place) -> Result<(), Failure> {
        let path = self.path();
        let (from, to) = (files.join(path), place.at(path));
        let failure = |error: io::Error| place.failure(path, &error);
        match self {
            Self::Add(_) | Self::Replace(_) if fs::symlink_metadata(&from).is_err() => Ok(()),
            Self::Add(_) => {
                guard(path, place)?;
                add(&from, &to).map_err(|error| match error.kind() {
                    kind if is_taken(kind) => Failure::Foreign(place.shown(path)),
                    _ => failure(error),
                })
            }
            Self::Replace(_) => {
                guard(path, place)?;
                fs::rename(from, to).map_err(failure)
            }
            Self::Remove { hash, .. } => {
                let print = compare::print(&to).map(|print| print.to_string());
                if print.as_ref() != Some(hash) || guard(path, place).is_err() {
                    return Ok(());
                }
                fs::remove_file(to).map_err(failure)
            }
            Self::Prune(_) if guard(path, place).is_err() => Ok(()),
            Self::Prune(_) => prune(&to).map_err(failure),
        }
    }
}

/// Makes sure that none of the folders above `path` leads elsewhere.
fn guard(path: &str, place: &Place) -> Result<(), Failure> {
    for (at, _) in path.match_indices('/') {
        let folder = &path[..at];
        if fs::symlink_metadata(place.at(folder)).is_ok_and(|data| data.is_symlink()) {
            return Err(Failure::Link(place.shown(folder)));
        }
    }
    Ok(())
}

/// Moves a file or folder to where nothing is, and makes sure that nothing is.
fn add(from: &Path, to: &Path) -> io::Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    if from.is_dir() {
        return fs::rename(from, to);
    }
    match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE).map_err(io::Error::from) {
        Err(error) if is_unsupported(&error) => {
            if fs::symlink_metadata(to).is_ok() {
                return Err(io::ErrorKind::AlreadyExists.into());
            }
            fs::rename(from, to)
        }
        other => other,
    }
}

/// Deletes a folder, unless there is something in it.
fn prune(folder: &Path) -> io::Result<()> {
    match fs::remove_dir(folder) {
        Err(error) if is_taken(error.kind()) || error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// Whether something is in the way.
fn is_taken(kind: io::ErrorKind) -> bool {
    matches!(
        kind,
        io::ErrorKind::AlreadyExists
            | io::ErrorKind::DirectoryNotEmpty
            | io::ErrorKind::NotADirectory
    )
}

/// Whether a file system cannot do this at all.
pub(super) fn is_unsupported(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported)
}
