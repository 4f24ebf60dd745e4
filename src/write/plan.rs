//! From what was put, what is there and what the last publish wrote: the steps, in their order.
//!
//! The order is what keeps links alive. New files come first, pages after the pictures and styles
//! they need, and the index of a folder after the pages in it: nothing old points to them yet.
//! Then the changed files: whatever they point to is there, and so is still all that the old ones
//! pointed to. The manifest is the last of the files. Deletions come last, when nothing points to
//! what they take.
//!
//! Where a file has to make room for a folder of its name, or the other way round, it goes right
//! before its successor comes; no order could keep both.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use walkdir::WalkDir;

use super::ground::{Ground, Stands, Way};
use super::journal::Step;
use super::manifest::{Made, Manifest};
use super::place::{Place, State};
use super::{Failure, Published, Staged, compare};
use crate::path::{MANIFEST, Route};

/// A publish, decided on but not begun.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// The steps, in order.
    pub(super) steps: Vec<Step>,
    /// What they will have done.
    pub(super) published: Published,
}

/// The making of a plan.
struct Planner<'a> {
    /// The output folder.
    place: &'a Place,
    /// What the last publish wrote.
    old: &'a Manifest,
    /// What this one publishes.
    new: &'a Manifest,
    /// What stands in the output folder.
    ground: Ground<'a>,
    /// Files and whole folders that come to where nothing is; whether they hold pages.
    adds: BTreeMap<String, bool>,
    /// Files and folders that have to go before something of their name comes.
    displaced: BTreeSet<String>,
    /// Files that are replaced.
    replaced: BTreeSet<String>,
    /// What will have been done.
    published: Published,
}

/// Makes the plan to get from `state` to `new`. `made` are the outputs, the manifest among them.
pub(super) fn plan(
    place: &Place,
    state: &State,
    new: &Manifest,
    made: &BTreeMap<Route, Staged>,
) -> Result<Plan, Failure> {
    let mut planner = Planner {
        place,
        old: &state.old,
        new,
        ground: Ground::new(place),
        adds: BTreeMap::new(),
        displaced: BTreeSet::new(),
        replaced: BTreeSet::new(),
        published: Published::default(),
    };
    for (route, staged) in made {
        planner.output(route, *staged)?;
    }
    let removed = planner.removals();
    for route in &removed {
        planner.ground.expect_open(route.as_str())?;
    }
    Ok(planner.finish(removed))
}

impl Planner<'_> {
    /// Decides how one output gets into place.
    fn output(&mut self, route: &Route, staged: Staged) -> Result<(), Failure> {
        if staged.is_same {
            self.published.unchanged += 1;
            return if self.is_ours(route) {
                Ok(())
            } else {
                Err(Failure::Foreign(self.place.shown(route.as_str())))
            };
        }
        let Way { end, stands } = self.ground.way(route.as_str());
        let is_whole = end == route.as_str();
        match stands {
            Stands::Nothing => self.adds(end, route)?,
            Stands::File | Stands::Link if is_whole && self.is_ours(route) => {
                self.ground.expect_open(&end)?;
                self.replaced.insert(end);
            }
            Stands::File if self.is_leaving(&end) => self.displace(end, route)?,
            Stands::Folder => {
                self.expect_ours_below(&end)?;
                self.displace(end, route)?;
            }
            Stands::Link if !is_whole => return Err(Failure::Link(self.place.shown(end))),
            Stands::File | Stands::Link | Stands::Other => {
                return Err(Failure::Foreign(self.place.shown(end)));
            }
        }
        if route.as_str() != MANIFEST {
            self.published.changed_routes.push(route.clone());
            if stands == Stands::File && is_whole {
                self.published.changed += 1;
            } else {
                self.published.new += 1;
            }
        }
        Ok(())
    }

    /// Takes note of something that comes to where nothing is.
    fn adds(&mut self, path: String, route: &Route) -> Result<(), Failure> {
        if !self.displaced.contains(&path) {
            self.ground.expect_open(&path)?;
        }
        *self.adds.entry(path).or_default() |= is_page(route.as_str());
        Ok(())
    }

    /// Takes note of something that has to go first.
    fn displace(&mut self, path: String, route: &Route) -> Result<(), Failure> {
        self.ground.expect_open(&path)?;
        self.displaced.insert(path.clone());
        self.adds(path, route)
    }

    /// Whether the last publish wrote this route.
    fn is_ours(&self, route: &Route) -> bool {
        self.old.files.contains_key(route) || (route.as_str() == MANIFEST)
    }

    /// Whether a file was written by the last publish, still holds what was written, and is none
    /// of this publish's.
    fn is_leaving(&self, path: &str) -> bool {
        let route = Route::new(path);
        let Some(Made { print, .. }) = self.old.files.get(&route) else { return false };
        !self.new.files.contains_key(&route) && compare::print(&self.place.at(path)) == Some(*print)
    }

    /// Makes sure that a folder that has to go holds nothing but what may go with it.
    fn expect_ours_below(&self, folder: &str) -> Result<(), Failure> {
        for entry in WalkDir::new(self.place.at(folder)) {
            let entry = entry.map_err(|error| {
                let error = error.into_io_error().unwrap_or(std::io::ErrorKind::Other.into());
                self.place.failure(folder, &error)
            })?;
            let path = entry.path().strip_prefix(self.place.real()).unwrap_or(entry.path());
            let is_fine = entry.file_type().is_dir()
                || path.to_str().is_some_and(|path| self.is_leaving(path));
            if !is_fine {
                return Err(Failure::Foreign(self.place.shown(path)));
            }
        }
        Ok(())
    }

    /// The files of the last publish that go.
    fn removals(&mut self) -> BTreeSet<Route> {
        let gone = self.old.files.keys().filter(|route| !self.new.files.contains_key(*route));
        let mut removed = BTreeSet::new();
        for route in gone {
            let way = self.ground.way(route.as_str());
            let is_there = way.stands == Stands::File && way.end == route.as_str();
            if is_there && self.is_leaving(route.as_str()) {
                removed.insert(route.clone());
            }
        }
        removed
    }

    /// Puts the steps in order.
    fn finish(mut self, removed: BTreeSet<Route>) -> Plan {
        self.published.removed = removed.len();
        self.published.changed_routes.extend(removed.iter().cloned());
        self.published.changed_routes.sort();

        let mut adds: Vec<_> =
            self.adds.iter().filter(|(path, _)| !self.displaced.contains(*path)).collect();
        adds.sort_by_key(|(path, has_page)| (**has_page, rank(path)));
        let mut steps: Vec<_> = adds.into_iter().map(|(path, _)| Step::Add(path.clone())).collect();

        let mut left = removed;
        for path in &self.displaced {
            let going = |route: &Route| {
                route
                    .as_str()
                    .strip_prefix(path.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            };
            let (now, later): (BTreeSet<_>, BTreeSet<_>) = left.into_iter().partition(going);
            left = later;
            self.remove(&now, &mut steps);
            steps.extend(self.folders_below(path).into_iter().map(Step::Prune));
            steps.push(Step::Add(path.clone()));
        }

        let mut replaced: Vec<_> = self.replaced.iter().cloned().collect();
        replaced.sort_by_key(|path| (path == MANIFEST, is_page(path), rank(path)));
        steps.extend(replaced.into_iter().map(Step::Replace));
        // The manifest is the last of the files also when it is new.
        let is_manifest = |step: &Step| matches!(step, Step::Add(path) if path == MANIFEST);
        if let Some(at) = steps.iter().position(is_manifest) {
            let manifest = steps.remove(at);
            steps.push(manifest);
        }

        self.remove(&left, &mut steps);
        steps.extend(self.emptied(&left).into_iter().map(Step::Prune));
        Plan { steps, published: self.published }
    }

    /// Adds the steps that delete files: pages first, as nothing is left that points to them.
    fn remove(&self, routes: &BTreeSet<Route>, steps: &mut Vec<Step>) {
        let mut routes: Vec<_> = routes.iter().collect();
        routes.sort_by_key(|route| !is_page(route.as_str()));
        steps.extend(routes.into_iter().filter_map(|route| {
            let made = self.old.files.get(route)?;
            Some(Step::Remove { path: route.to_string(), hash: made.print.to_string() })
        }));
    }

    /// A folder that has to go and all folders in it, innermost first; nothing for a file.
    fn folders_below(&self, path: &str) -> Vec<String> {
        let walk = WalkDir::new(self.place.at(path)).contents_first(true).into_iter();
        let folders = walk.flatten().filter(|entry| entry.file_type().is_dir());
        folders
            .filter_map(|entry| {
                let path = entry.path().strip_prefix(self.place.real()).ok()?;
                path.to_str().map(str::to_owned)
            })
            .collect()
    }

    /// The folders that may be empty once `removed` is gone, innermost first.
    fn emptied(&self, removed: &BTreeSet<Route>) -> Vec<String> {
        let above = |routes: &mut dyn Iterator<Item = &Route>| -> BTreeSet<String> {
            let folders = routes.flat_map(|route| {
                let path = route.as_str();
                path.match_indices('/').map(|(at, _)| path[..at].to_owned())
            });
            folders.collect()
        };
        let used = above(&mut self.new.files.keys());
        let mut folders: Vec<_> = above(&mut removed.iter())
            .into_iter()
            .filter(|folder| !used.contains(folder))
            .collect();
        folders.sort_by_key(|folder| rank(folder));
        folders
    }
}

/// Whether a route is a page.
fn is_page(path: &str) -> bool {
    path.ends_with(".html")
}

/// Sorts what lies deeper before what lies above it.
fn rank(path: &str) -> (Reverse<usize>, String) {
    (Reverse(path.matches('/').count()), path.to_owned())
}
