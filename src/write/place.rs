//! Where the output folder is, whose it is, and where its stage lies.
//!
//! The stage has to be on the same file system, because only a rename puts a file into place as a
//! whole. It lies beside the output folder; where that cannot be, inside it.

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::manifest::Manifest;
use super::room::{Closed, Room};
use super::{Failure, Refusal, StageOptions, journal};
use crate::path::MANIFEST;
use crate::print::Fingerprint;

/// The name of a stage inside the output folder.
pub(super) const INSIDE: &str = ".schaukasten-stage";

/// What an output folder may hold before its first publish: a repository is often made for it.
const REPOSITORY: &str = ".git";

/// An output folder, which need not exist.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// The folder as it was named.
    named: PathBuf,
    /// The folder with all links resolved.
    real: PathBuf,
}

/// What is in an output folder.
#[derive(Clone, Debug, Default)]
pub(super) struct State {
    /// What the last publish wrote; nothing before the first.
    pub(super) old: Manifest,
    /// The fingerprint of its manifest.
    pub(super) base: Option<Fingerprint>,
    /// Whether the folder does not exist or has nothing in it.
    pub(super) is_bare: bool,
}

impl Place {
    /// Finds an output folder and makes sure that it does not touch what people write in.
    pub(super) fn find(output: &Path, options: &StageOptions) -> Result<Self, Refusal> {
        let real = resolve(output)
            .map_err(|error| Refusal::Unwritable(Failure::system(output.into(), &error)))?;
        let place = Self { named: output.to_owned(), real };
        if place.real.exists() && !place.real.is_dir() {
            return Err(Refusal::NotAFolder(place.named));
        }
        for source in &options.sources {
            place.keep_out_of(source)?;
        }
        place.keep_beside(&options.root)?;
        Ok(place)
    }

    /// Where a route of the output is.
    pub(super) fn at(&self, path: impl AsRef<Path>) -> PathBuf {
        self.real.join(path)
    }

    /// The output folder with all links resolved.
    pub(super) fn real(&self) -> &Path {
        &self.real
    }

    /// How a route of the output is shown; an empty one stands for the folder itself.
    pub(super) fn shown(&self, path: impl AsRef<Path>) -> PathBuf {
        let path = path.as_ref();
        if path.as_os_str().is_empty() { self.named.clone() } else { self.named.join(path) }
    }

    /// What is said when the system refuses something at a route.
    pub(super) fn failure(&self, path: impl AsRef<Path>, error: &io::Error) -> Failure {
        Failure::system(self.shown(path), error)
    }

    /// Refuses an output folder that lies in a folder that people write in, or holds it.
    fn keep_out_of(&self, source: &Path) -> Result<(), Refusal> {
        // A folder that is to come is one that people write in as well.
        match resolve(source) {
            Ok(real) if self.real.starts_with(&real) => {
                Err(Refusal::InSource { output: self.named.clone(), source: source.to_owned() })
            }
            Ok(_) => self.keep_beside(source),
            Err(_) => Ok(()),
        }
    }

    /// Refuses an output folder that holds a folder that people write in.
    fn keep_beside(&self, source: &Path) -> Result<(), Refusal> {
        match fs::canonicalize(source) {
            Ok(real) if real.starts_with(&self.real) => {
                Err(Refusal::HoldsSource { output: self.named.clone(), source: source.to_owned() })
            }
            _ => Ok(()),
        }
    }

    /// The fingerprint of the manifest that is in the output folder now.
    pub(super) fn base(&self) -> Option<Fingerprint> {
        super::compare::print(&self.at(MANIFEST))
    }

    /// Looks at what is in the output folder, and refuses it if it is not ours.
    pub(super) fn state(&self) -> Result<State, Refusal> {
        let unreadable =
            |error: &io::Error| Refusal::Unwritable(Failure::system(self.named.clone(), error));
        let entries = match fs::read_dir(&self.real) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(State { is_bare: true, ..State::default() });
            }
            Err(error) => return Err(unreadable(&error)),
        };
        let mut names = Vec::new();
        for entry in entries {
            let name = entry.map_err(|error| unreadable(&error))?.file_name();
            names.push(name.to_string_lossy().into_owned());
        }
        names.retain(|name| name != INSIDE);
        if names.iter().any(|name| name == MANIFEST) {
            return self.ours();
        }
        match names.iter().filter(|name| *name != REPOSITORY).min() {
            Some(example) => {
                Err(Refusal::Foreign { output: self.named.clone(), example: example.clone() })
            }
            None => Ok(State { is_bare: names.is_empty(), ..State::default() }),
        }
    }

    /// Reads the manifest of the last publish.
    fn ours(&self) -> Result<State, Refusal> {
        let text = super::compare::present(&self.at(MANIFEST)).and_then(|mut file| {
            let mut text = Vec::new();
            io::Read::read_to_end(&mut file, &mut text).ok().map(|_| text)
        });
        let read = text.and_then(|text| {
            Some(State {
                old: Manifest::parse(&text)?,
                base: Some(Fingerprint::of_bytes(&text)),
                is_bare: false,
            })
        });
        read.ok_or_else(|| Refusal::Manifest(self.shown(MANIFEST)))
    }

    /// Enters the stage, and completes the publish that was interrupted there, if one was.
    pub(super) fn enter(&self) -> Result<Room, Refusal> {
        let begun: Vec<_> = [self.beside(), Some(self.inside())]
            .into_iter()
            .flatten()
            .filter(|stage| stage.symlink_metadata().is_ok())
            .collect();
        if begun.is_empty() {
            self.state()?;
        }
        for stage in begun {
            let mut room = Room::enter(&stage).map_err(|closed| self.closed(closed))?;
            journal::resume(&mut room, self).map_err(Refusal::Unfinished)?;
        }
        let beside = match self.beside() {
            Some(stage) => Room::enter(&stage).and_then(|room| self.reachable(room)),
            None => Err(Closed::System(io::ErrorKind::NotFound.into())),
        };
        match beside {
            Err(Closed::System(_)) if self.real.exists() => {
                Room::enter(&self.inside()).map_err(|closed| self.closed(closed))
            }
            other => other.map_err(|closed| self.closed(closed)),
        }
    }

    /// What is said when the stage cannot be entered.
    fn closed(&self, closed: Closed) -> Refusal {
        match closed {
            Closed::Locked(pid) => Refusal::Locked { output: self.named.clone(), pid },
            Closed::System(error) => Refusal::Unwritable(self.failure("", &error)),
        }
    }

    /// The stage beside the output folder.
    fn beside(&self) -> Option<PathBuf> {
        let name = self.real.file_name()?.to_string_lossy().into_owned();
        Some(self.real.parent()?.join(format!(".{name}.schaukasten")))
    }

    /// The stage inside the output folder.
    fn inside(&self) -> PathBuf {
        self.real.join(INSIDE)
    }

    /// Makes sure that files can be renamed from a stage into the output folder: same device, and
    /// same mount, which shows when something that does not exist is renamed.
    fn reachable(&self, room: Room) -> Result<Room, Closed> {
        let Ok(output) = fs::metadata(&self.real) else { return Ok(room) };
        let stage = fs::metadata(room.path()).map_err(Closed::System)?;
        let nothing = "nothing-of-this-name";
        let probe = fs::rename(room.path().join(nothing), self.at(nothing));
        let crosses = matches!(probe, Err(error) if error.kind() == io::ErrorKind::CrossesDevices);
        if crosses || output.dev() != stage.dev() {
            return Err(Closed::System(io::ErrorKind::CrossesDevices.into()));
        }
        Ok(room)
    }
}

/// A path with all links resolved; what does not exist yet is taken as written.
fn resolve(path: &Path) -> io::Result<PathBuf> {
    match fs::symlink_metadata(path) {
        Ok(_) => fs::canonicalize(path),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let path = std::path::absolute(path)?;
            match (path.parent(), path.file_name()) {
                (Some(parent), Some(name)) => Ok(resolve(parent)?.join(name)),
                _ => Err(error),
            }
        }
        Err(error) => Err(error),
    }
}
