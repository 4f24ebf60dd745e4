//! A site's files at one moment, as far as anybody has noticed.
//!
//! Walking through ten thousand files and reading them takes longer than making the one page that
//! changed. A [`Tree`] keeps what the last walk found, and for each file the number of the update
//! at which it was last suspected; whoever has read a file under that number need not read it
//! again. Bytes are not kept: they are read from disk when they are asked for.

use std::collections::BTreeSet;
use std::io::{self, Read};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::batch::{Batch, is_of_site};
use super::disk::{Disk, Probe};
use super::embedded::Overlay;
use super::{Files, Listing};
use crate::path::RelPath;

/// The folders that make up a site.
const FOLDERS: [&str; 2] = ["content", "themes"];

/// With more suspects than this, a walk is not slower than a look at each of them.
const MANY: usize = 500;

/// A picture of a site's files that never changes. Numbers can be compared among trees that came of
/// one another by [`Tree::update`], not between others.
#[derive(Clone)]
pub struct Tree {
    /// Where the files are.
    ground: Arc<Ground>,
    /// What the last walk found, by [`FOLDERS`].
    listings: [Arc<Listing>; 2],
    /// When each file was last suspected.
    revisions: Revisions,
}

/// Where files are.
struct Ground {
    /// The site's own.
    disk: Disk,
    /// The files that are seen where the site has none.
    below: Arc<dyn Files + Send + Sync>,
    /// The paths of those, by [`FOLDERS`].
    below_paths: [BTreeSet<RelPath>; 2],
}

impl Ground {
    /// Both as one.
    fn overlay(&self) -> Overlay<'_> {
        Overlay { top: &self.disk, bottom: &*self.below }
    }

    /// Walks through all folders.
    fn walk(&self) -> [Arc<Listing>; 2] {
        FOLDERS.map(|folder| Arc::new(self.overlay().list(folder)))
    }
}

impl Tree {
    /// Walks through the files of `disk`, with those of `below` where it has none.
    pub fn new(disk: Disk, below: Arc<dyn Files + Send + Sync>) -> Self {
        let below_paths = FOLDERS.map(|name| below.list(name).files.iter().cloned().collect());
        let ground = Arc::new(Ground { disk, below, below_paths });
        let listings = ground.walk();
        Self { ground, listings, revisions: Revisions::default() }
    }

    /// The number of the last update that found something.
    pub fn number(&self) -> u64 {
        self.revisions.number
    }

    /// Whether some files are reached by symbolic links; then names that are no site's own may
    /// matter, because links lead there.
    pub fn has_links(&self) -> bool {
        self.listings.iter().any(|listing| listing.has_links)
    }

    /// The files after a batch. With the same number if there is nothing to be suspected after all.
    #[must_use]
    pub fn update(&self, batch: &Batch) -> Self {
        // A file with several paths is known to the system by one of them only.
        if batch.is_everything || (self.has_links() && !batch.is_empty()) {
            return self.anew();
        }
        let paths: Vec<&RelPath> = batch.paths.iter().filter(|path| is_of_site(path)).collect();
        let can_patch = !batch.is_incomplete && paths.len() <= MANY;
        let patched = if can_patch { self.patched(&paths) } else { None };
        let listings = patched.unwrap_or_else(|| self.ground.walk());
        if listings.iter().any(|listing| listing.has_links) {
            return self.anew();
        }
        let mut suspects: Vec<RelPath> = Vec::new();
        for (old, new) in self.listings.iter().zip(&listings) {
            let touched = paths.iter().flat_map(|path| at_or_below(&new.files, path));
            suspects.extend(touched.cloned());
            if Arc::ptr_eq(&old.files, &new.files) {
                continue;
            }
            suspects.extend(only_in(&new.files, &old.files).cloned());
            // What is no longer listed may be there still, as something that is not read.
            suspects.extend(only_in(&old.files, &new.files).cloned());
        }
        let listings = self.same_or(listings);
        let is_kept = |(old, new): (&Arc<_>, &Arc<_>)| Arc::ptr_eq(old, new);
        if suspects.is_empty() && self.listings.iter().zip(&listings).all(is_kept) {
            return self.clone();
        }
        let revisions = self.revisions.with(suspects);
        Self { ground: self.ground.clone(), listings, revisions }
    }

    /// The files when any of them may have changed.
    fn anew(&self) -> Self {
        let listings = self.same_or(self.ground.walk());
        Self { ground: self.ground.clone(), listings, revisions: self.revisions.of_all() }
    }

    /// The listings that are known where the new ones say the same: who compares lists shall see at
    /// once that one is the same.
    fn same_or(&self, new: [Arc<Listing>; 2]) -> [Arc<Listing>; 2] {
        let choose = |at: usize| match self.listings[at] == new[at] {
            true => self.listings[at].clone(),
            false => new[at].clone(),
        };
        [0, 1].map(choose)
    }

    /// The listings with single files added and taken out; `None` if it takes a walk to know what
    /// is there.
    fn patched(&self, paths: &[&RelPath]) -> Option<[Arc<Listing>; 2]> {
        let mut listings = self.listings.clone();
        // What cannot be read may be readable now.
        if listings.iter().any(|listing| !listing.obstacles.is_empty()) {
            return None;
        }
        for path in paths {
            let at = FOLDERS.iter().position(|folder| path.below(folder).is_some())?;
            let listing = &mut listings[at];
            let place = listing.files.binary_search(path);
            match self.ground.disk.probe(path) {
                Probe::Other => return None,
                // A folder has become a file, or the other way round.
                Probe::File if at_or_below(&listing.files, path).any(|file| file != *path) => {
                    return None;
                }
                Probe::File if is_below_file(&listing.files, path) => return None,
                Probe::File => {
                    if let Err(place) = place {
                        let listing = Arc::make_mut(listing);
                        Arc::make_mut(&mut listing.files).insert(place, (*path).clone());
                    }
                }
                Probe::Nothing => {
                    let is_below = |path: &RelPath| self.ground.below_paths[at].contains(path);
                    if at_or_below(&listing.files, path)
                        .any(|file| file != *path && !is_below(file))
                    {
                        return None;
                    }
                    if let Some(place) = place.ok().filter(|_| !is_below(path)) {
                        let listing = Arc::make_mut(listing);
                        Arc::make_mut(&mut listing.files).remove(place);
                    }
                }
            }
        }
        Some(listings)
    }
}

/// Whether the list has a file where a path needs a folder.
fn is_below_file(files: &[RelPath], path: &RelPath) -> bool {
    let folders = path.as_str().match_indices('/').map(|(at, _)| &path.as_str()[..at]);
    folders.skip(1).any(|folder| files.binary_search(&RelPath::new(folder)).is_ok())
}

/// The file at `path`, or all files below it.
fn at_or_below<'a>(
    files: &'a [RelPath],
    path: &'a RelPath,
) -> impl Iterator<Item = &'a RelPath> + use<'a> {
    let itself = files.binary_search(path).ok().map(|at| &files[at]);
    let folder = format!("{path}/");
    let start = files.partition_point(|file| *file.as_str() < *folder);
    let below = files[start..].iter().take_while(move |file| file.as_str().starts_with(&folder));
    itself.into_iter().chain(below)
}

/// What one sorted list has and the other has not.
fn only_in<'a>(files: &'a [RelPath], others: &'a [RelPath]) -> impl Iterator<Item = &'a RelPath> {
    let mut others = others.iter().peekable();
    files.iter().filter(move |file| {
        while others.next_if(|other| other < file).is_some() {}
        others.peek() != Some(file)
    })
}

impl Files for Tree {
    fn list(&self, folder: &str) -> Listing {
        match FOLDERS.iter().position(|name| *name == folder) {
            Some(at) => Listing::clone(&self.listings[at]),
            None => self.ground.overlay().list(folder),
        }
    }

    fn read(&self, path: &RelPath) -> io::Result<Vec<u8>> {
        self.ground.overlay().read(path)
    }

    fn size(&self, path: &RelPath) -> io::Result<u64> {
        self.ground.overlay().size(path)
    }

    fn open(&self, path: &RelPath) -> io::Result<Box<dyn Read + '_>> {
        let disk = self.ground.disk.open(path);
        match disk {
            Err(error) if super::disk::is_absent(&error) => self.ground.below.open(path),
            disk => disk,
        }
    }

    fn revision(&self, path: &RelPath) -> Option<u64> {
        let is_watched = FOLDERS.iter().any(|folder| path.below(folder).is_some());
        is_watched.then(|| self.revisions.of(path))
    }

    fn newest(&self) -> Option<u64> {
        Some(self.revisions.number)
    }

    fn suspects(&self, since: u64) -> Option<Vec<RelPath>> {
        self.revisions.since(since)
    }
}

/// When each file was last suspected.
#[derive(Clone, Default)]
struct Revisions {
    /// The newest number.
    number: u64,
    /// The number of all files that are not named.
    others: u64,
    /// The numbers of files, but for the latest: shared, as there may be many.
    named: Arc<FxHashMap<RelPath, u64>>,
    /// The latest numbers: few, so that a copy of them is cheap.
    latest: FxHashMap<RelPath, u64>,
    /// The number up to which none is among the latest.
    settled: u64,
}

impl Revisions {
    /// So many of the latest are kept apart.
    const FEW: usize = 64;

    /// The number of a file.
    fn of(&self, path: &RelPath) -> u64 {
        let named = self.latest.get(path).or_else(|| self.named.get(path));
        named.copied().unwrap_or(self.others)
    }

    /// The same with a new number for some files.
    fn with(&self, suspects: Vec<RelPath>) -> Self {
        let mut next = self.clone();
        next.number += 1;
        let numbered = suspects.into_iter().map(|path| (path, next.number));
        next.latest.extend(numbered);
        if next.latest.len() > Self::FEW {
            let latest = std::mem::take(&mut next.latest);
            Arc::make_mut(&mut next.named).extend(latest);
            next.settled = next.number;
        }
        next
    }

    /// A new number for all files.
    fn of_all(&self) -> Self {
        let number = self.number + 1;
        Self { number, others: number, settled: number, ..Self::default() }
    }

    /// The files with a later number, if they are few.
    fn since(&self, number: u64) -> Option<Vec<RelPath>> {
        let later = self.latest.iter().filter(|(_, own)| **own > number);
        (number >= self.settled).then(|| later.map(|(path, _)| path.clone()).collect())
    }
}

#[cfg(test)]
mod tests;
