//! Exchanging the whole tree at once, for a web root that is served directly.
//!
//! The stage is filled up to the whole site with hard links to what does not change, including
//! what others put into the output folder; then the two folders change names in one step of the
//! system. Where any of this is not possible, the journal does the work.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use rustix::fs::{CWD, RenameFlags, renameat_with};
use walkdir::WalkDir;

use super::Failure;
use super::journal::{Step, is_unsupported};
use super::place::Place;

/// A stage that holds the whole site.
#[derive(Debug)]
pub(super) struct Tree {
    /// The files of the output folder that were seen, and their numbers in the file system.
    seen: BTreeMap<PathBuf, u64>,
    /// The files of the output folder that are replaced or go.
    ended: BTreeSet<PathBuf>,
}

impl Tree {
    /// Fills the stage up to the whole site. `None` if links cannot be made here.
    pub(super) fn complete(place: &Place, files: &Path, steps: &[Step]) -> Option<Self> {
        let mut seen = BTreeMap::new();
        let ended: BTreeSet<_> = steps.iter().filter_map(ends).collect();
        fs::create_dir_all(files).ok()?;
        copy_mode(place.real(), files).ok()?;
        for entry in WalkDir::new(place.real()).min_depth(1) {
            let entry = entry.ok()?;
            let path = entry.path().strip_prefix(place.real()).ok()?;
            let to = files.join(path);
            if entry.file_type().is_dir() {
                fill_folder(entry.path(), &to).ok()?;
                continue;
            }
            seen.insert(path.to_owned(), entry.metadata().ok()?.ino());
            if !ended.contains(path) {
                fs::hard_link(entry.path(), &to).ok()?;
            }
        }
        for step in steps {
            if let Step::Prune(folder) = step {
                let _ = fs::remove_dir(files.join(folder));
            }
        }
        Some(Self { seen, ended })
    }

    /// Exchanges the stage and the output folder. `false` if the system cannot.
    pub(super) fn exchange(&self, place: &Place, files: &Path) -> Result<bool, Failure> {
        let done = renameat_with(CWD, files, CWD, place.real(), RenameFlags::EXCHANGE);
        match done.map_err(io::Error::from) {
            Ok(()) => {}
            Err(error) if is_unsupported(&error) || cannot_move(&error) => return Ok(false),
            Err(error) => return Err(place.failure("", &error)),
        }
        self.rescue(place, files).map_err(|error| place.failure("", &error))?;
        Ok(true)
    }

    /// Brings over what others put into the old tree while the new one was being filled.
    fn rescue(&self, place: &Place, files: &Path) -> io::Result<()> {
        for entry in WalkDir::new(files).min_depth(1) {
            let entry = entry?;
            let path = entry.path().strip_prefix(files).map_err(io::Error::other)?;
            let is_known =
                self.ended.contains(path) || self.seen.get(path) == Some(&entry.metadata()?.ino());
            if is_known || entry.file_type().is_dir() {
                continue;
            }
            let to = place.at(path);
            if let Some(folder) = to.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::rename(entry.path(), to)?;
        }
        Ok(())
    }
}

/// Makes a folder like the one in the output, unless something of its name is staged.
fn fill_folder(from: &Path, to: &Path) -> io::Result<()> {
    match fs::create_dir(to) {
        Ok(()) => copy_mode(from, to),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error),
    }
}

/// Gives a folder the permissions of another.
fn copy_mode(from: &Path, to: &Path) -> io::Result<()> {
    fs::set_permissions(to, fs::metadata(from)?.permissions())
}

/// The file of the output folder that is no more after this step.
fn ends(step: &Step) -> Option<PathBuf> {
    match step {
        Step::Replace(path) | Step::Remove { path, .. } => Some(path.into()),
        Step::Add(_) | Step::Prune(_) => None,
    }
}

/// Whether a folder cannot be moved because of where it is: a mount, a lower layer.
fn cannot_move(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::CrossesDevices | io::ErrorKind::ResourceBusy)
}
