//! A publish under way: everything is staged and planned, and goes into place step by step.
//!
//! The first publish is a single step, the renaming of the whole stage. So is an exchange of whole
//! trees. Everything else follows the journal. Dropped in between, a publish that has begun leaves
//! its journal behind, and the next [`Stage::open`](super::Stage::open) completes it.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::sync::PoisonError;

use super::journal::{Journal, Step};
use super::manifest::{Made, Manifest};
use super::place::{Place, State};
use super::plan::{Plan, plan};
use super::room::Room;
use super::swap::Tree;
use super::{Failure, Published, Stage, Staged, compare};
use crate::path::{MANIFEST, Route};
use crate::print::Fingerprint;

/// A publish that is ready to be seen from outside.
#[derive(Debug)]
pub struct Publishing {
    /// The output folder.
    place: Place,
    /// The stage.
    room: Room,
    /// How what is staged gets into place.
    means: Means,
    /// What will have been done.
    published: Published,
}

/// How what is staged gets into place.
#[derive(Debug)]
enum Means {
    /// All is done.
    Done,
    /// The stage becomes the output folder.
    Whole,
    /// The stage and the output folder change places; if they cannot, by the journal.
    Exchange(Tree, Journal),
    /// Step by step; the number of steps that were taken.
    Steps(Vec<Step>, usize),
}

impl Publishing {
    /// Plans the publish of what is in `stage` and writes the journal.
    pub(super) fn prepare(stage: Stage, next_change: Option<&str>) -> Result<Self, Failure> {
        let Stage { place, state, room, swap, made, .. } = stage;
        let made = made.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut made = complete(made)?;
        let new = Manifest {
            files: made.iter().map(|(route, staged)| (route.clone(), staged.made)).collect(),
            next_change: next_change.map(str::to_owned),
        };
        let (manifest, result) = stage_manifest(&new, &place, &room)?;
        made.insert(Route::new(MANIFEST), manifest);
        let Plan { steps, mut published } = plan(&place, &state, &new, &made)?;
        published.unchanged -= usize::from(manifest.is_same);

        let journal = Journal::new(state.base, result, steps);
        let mut publishing = Self { place, room, means: Means::Done, published };
        publishing.choose(&state, swap, journal)?;
        Ok(publishing)
    }

    /// Chooses how to go on.
    fn choose(&mut self, state: &State, swap: bool, journal: Journal) -> Result<(), Failure> {
        let is_beside = !self.room.path().starts_with(self.place.real());
        if journal.steps.is_empty() {
            return Ok(());
        }
        if state.is_bare && is_beside && self.may_take_over() {
            self.means = Means::Whole;
            return Ok(());
        }
        if swap
            && is_beside
            && let Some(tree) = Tree::complete(&self.place, &self.room.files(), &journal.steps)
        {
            self.means = Means::Exchange(tree, journal);
            return Ok(());
        }
        self.follow(journal)
    }

    /// Writes the journal; from here on there is no way back.
    fn follow(&mut self, journal: Journal) -> Result<(), Failure> {
        let written = self.room.set_journal(&journal.text());
        written.map_err(|error| self.place.failure("", &error))?;
        self.means = Means::Steps(journal.steps, 0);
        Ok(())
    }

    /// Whether the stage may become the output folder: there is none, or it is one like the stage.
    /// A folder that somebody else owns was made for the site and stays.
    fn may_take_over(&self) -> bool {
        let Ok(there) = fs::metadata(self.place.real()) else { return true };
        let files = self.room.files();
        let is_alike = fs::metadata(&files)
            .is_ok_and(|made| (made.uid(), made.gid()) == (there.uid(), there.gid()));
        is_alike && fs::set_permissions(files, there.permissions()).is_ok()
    }

    /// Takes the next step. `false` when there is none left.
    pub fn advance(&mut self) -> Result<bool, Failure> {
        match &mut self.means {
            Means::Done => return Ok(false),
            Means::Whole => {
                let taken = fs::rename(self.room.files(), self.place.real());
                taken.map_err(|error| match error.kind() {
                    io::ErrorKind::DirectoryNotEmpty | io::ErrorKind::AlreadyExists => {
                        Failure::Foreign(self.place.shown(""))
                    }
                    _ => self.place.failure("", &error),
                })?;
                self.means = Means::Done;
            }
            Means::Exchange(tree, journal) => {
                if tree.exchange(&self.place, &self.room.files())? {
                    self.means = Means::Done;
                } else {
                    let journal = journal.clone();
                    self.follow(journal)?;
                }
            }
            Means::Steps(steps, taken) => {
                let Some(step) = steps.get(*taken) else {
                    self.room.keep(false);
                    self.means = Means::Done;
                    return Ok(false);
                };
                step.take(&self.room.files(), &self.place)?;
                *taken += 1;
            }
        }
        Ok(true)
    }

    /// Takes all steps that are left.
    pub fn finish(mut self) -> Result<Published, Failure> {
        while self.advance()? {}
        Ok(std::mem::take(&mut self.published))
    }
}

/// The outputs, if all of them were put as a whole.
fn complete(made: BTreeMap<Route, Option<Staged>>) -> Result<BTreeMap<Route, Staged>, Failure> {
    let whole = |(route, staged): (Route, Option<Staged>)| match staged {
        Some(staged) => Ok((route, staged)),
        None => Err(Failure::Incomplete(route)),
    };
    made.into_iter().map(whole).collect()
}

/// Writes the manifest to the stage if it differs from the one in the output folder.
fn stage_manifest(
    new: &Manifest,
    place: &Place,
    room: &Room,
) -> Result<(Staged, Fingerprint), Failure> {
    let text = new.text();
    let print = Fingerprint::of_bytes(text.as_bytes());
    let is_same = compare::holds(compare::present(&place.at(MANIFEST)), text.as_bytes());
    if !is_same {
        let files = room.files();
        let written = fs::create_dir_all(&files)
            .and_then(|()| fs::write(files.join(MANIFEST), text.as_bytes()));
        written.map_err(|error| place.failure(MANIFEST, &error))?;
    }
    Ok((Staged { made: Made { print, size: text.len() as u64 }, is_same }, print))
}
