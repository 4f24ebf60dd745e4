//! A site's files on disk, brought from one state to the next in the ways of editors, file managers
//! and Git.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use schaukasten::path::RelPath;
use schaukasten::source::Memory;

use crate::incremental::dice::Dice;
use crate::scratch::Scratch;

/// With more changes than this somebody is likely to use Git.
const MANY: usize = 8;

/// The files of a site.
type Files = BTreeMap<RelPath, Vec<u8>>;

/// A site on disk.
pub(super) struct Folder {
    /// Where all is.
    scratch: Scratch,
    /// What is there.
    files: Files,
    /// Counts the places outside the site.
    outside: usize,
    /// What there was for a while, between two steps of a save.
    pub(super) between: Vec<Memory>,
}

impl Folder {
    /// A site with these files.
    pub(super) fn new(memory: &Memory) -> Self {
        let scratch = Scratch::new();
        for folder in ["site/.git", "outside"] {
            fs::create_dir_all(scratch.join(folder)).unwrap();
        }
        let files = Files::new();
        let mut folder = Self { scratch, files, outside: 0, between: Vec::new() };
        for (path, bytes) in &memory.files {
            write(&folder.place(path.as_str()), bytes);
        }
        folder.files = memory.files.clone();
        folder
    }

    /// The site's root.
    pub(super) fn root(&self) -> PathBuf {
        self.scratch.join("site")
    }

    /// Where a file or folder of the site is.
    fn place(&self, path: &str) -> PathBuf {
        self.scratch.join("site").join(path)
    }

    /// A place outside the site that nothing is at.
    fn outside(&mut self) -> PathBuf {
        self.outside += 1;
        self.scratch.join(&format!("outside/{}", self.outside))
    }

    /// Makes the files those of `memory`, which has all that are there, in one step each.
    pub(super) fn write(&mut self, memory: &Memory) {
        for (path, bytes) in &memory.files {
            if self.files.get(path) != Some(bytes) {
                write(&self.place(path.as_str()), bytes);
            }
        }
        self.files = memory.files.clone();
    }

    /// Makes the files those of `memory`, in many ways.
    pub(super) fn bring_to(&mut self, memory: &Memory, dice: &mut Dice) {
        let new = &memory.files;
        let is_git = count(&self.files, new) > MANY && dice.one_in(2);
        let lock = self.place(".git/index.lock");
        if is_git {
            fs::write(&lock, "").unwrap();
        }
        self.move_folders(new, dice);
        self.move_files(new, dice);
        self.remove(new, dice);
        self.add_folders(new, dice);
        let changed = new.iter().filter(|(path, bytes)| self.files.get(*path) != Some(*bytes));
        let changed: Vec<_> = changed.map(|(path, bytes)| (path.clone(), bytes.clone())).collect();
        let is_one = changed.len() == 1;
        for (path, bytes) in changed {
            self.save(&path, &bytes, (dice, is_one));
            self.files.insert(path, bytes);
        }
        if is_git {
            fs::remove_file(&lock).unwrap();
        }
        assert!(self.files == *new, "the files are not what they should be");
    }

    /// Renames folders of which all files are elsewhere now.
    fn move_folders(&mut self, new: &Files, dice: &mut Dice) {
        let came = whole(new, &self.files);
        for from in whole(&self.files, new) {
            let same = |to: &&String| below(&self.files, &from).eq(below(new, to));
            let Some(to) = came.iter().find(same).filter(|_| !dice.one_in(4)) else { continue };
            let place = self.place(to);
            if place.ancestors().any(Path::is_file) {
                continue;
            }
            // Where all files are gone, folders may be left.
            let _ = fs::remove_dir_all(&place);
            fs::create_dir_all(place.parent().unwrap()).unwrap();
            fs::rename(self.place(&from), place).unwrap();
            let old = std::mem::take(&mut self.files);
            let renamed = |path: RelPath| match path.below(&from) {
                Some(rest) => RelPath::new(format!("{to}/{rest}")),
                None => path,
            };
            self.files = old.into_iter().map(|(path, bytes)| (renamed(path), bytes)).collect();
        }
    }

    /// Renames files that are elsewhere now.
    fn move_files(&mut self, new: &Files, dice: &mut Dice) {
        let gone: Vec<RelPath> =
            self.files.keys().filter(|path| !new.contains_key(*path)).cloned().collect();
        for from in gone {
            let is_it = |(path, bytes): &(&RelPath, &Vec<u8>)| {
                !self.files.contains_key(*path) && self.files.get(&from) == Some(*bytes)
            };
            let to = new.iter().find(is_it).map(|(path, _)| path.clone());
            let Some(to) = to.filter(|_| !dice.one_in(4)) else { continue };
            let (old, place) = (self.place(from.as_str()), self.place(to.as_str()));
            let is_free = !place.is_dir() && !place.ancestors().skip(1).any(Path::is_file);
            if is_free {
                fs::create_dir_all(place.parent().unwrap()).unwrap();
                fs::rename(old, place).unwrap();
                let bytes = self.files.remove(&from).unwrap();
                self.files.insert(to, bytes);
            }
        }
    }

    /// Removes what is not there any more.
    fn remove(&mut self, new: &Files, dice: &mut Dice) {
        for folder in whole(&self.files, new) {
            match dice.below(3) {
                0 => fs::remove_dir_all(self.place(&folder)).unwrap(),
                1 => {
                    let away = self.outside();
                    fs::rename(self.place(&folder), away).unwrap();
                }
                _ => continue,
            }
            self.files.retain(|path, _| path.below(&folder).is_none());
        }
        let gone: Vec<RelPath> =
            self.files.keys().filter(|path| !new.contains_key(*path)).cloned().collect();
        for path in gone {
            fs::remove_file(self.place(path.as_str())).unwrap();
            self.files.remove(&path);
        }
        // A file may be where only an empty folder is left.
        for path in new.keys() {
            let place = self.place(path.as_str());
            if place.is_dir() {
                fs::remove_dir_all(place).unwrap();
            }
        }
    }

    /// Puts whole folders into place that were filled elsewhere.
    fn add_folders(&mut self, new: &Files, dice: &mut Dice) {
        for folder in whole(new, &self.files) {
            if dice.one_in(2) {
                continue;
            }
            let made = self.outside();
            for (path, bytes) in new.iter().filter(|(path, _)| path.below(&folder).is_some()) {
                write(&made.join(path.below(&folder).unwrap()), bytes);
                self.files.insert(path.clone(), bytes.clone());
            }
            let place = self.place(&folder);
            let _ = fs::remove_dir_all(&place);
            fs::create_dir_all(place.parent().unwrap()).unwrap();
            fs::rename(made, place).unwrap();
        }
    }

    /// Saves one file in one of the ways that editors have.
    fn save(&mut self, path: &RelPath, bytes: &[u8], (dice, is_one): (&mut Dice, bool)) {
        let place = self.place(path.as_str());
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        let beside = |name: String| place.with_file_name(name);
        let name = path.name();
        match dice.below(8) {
            0..=1 => fs::write(&place, bytes).unwrap(),
            2 => {
                fs::write(&place, "").unwrap();
                self.pause(path, Some(Vec::new()), (dice, is_one));
                fs::write(&place, bytes).unwrap();
            }
            3 => {
                let temporary = beside(format!(".{name}.tmp"));
                fs::write(&temporary, bytes).unwrap();
                fs::rename(temporary, &place).unwrap();
            }
            4 => {
                let temporary = beside(format!("{name}.new"));
                fs::write(&temporary, bytes).unwrap();
                fs::rename(temporary, &place).unwrap();
            }
            5 => {
                let backup = beside(format!("{name}~"));
                if place.exists() {
                    fs::rename(&place, &backup).unwrap();
                }
                fs::write(&place, bytes).unwrap();
                let _ = fs::remove_file(backup);
            }
            6 => {
                let _ = fs::remove_file(&place);
                self.pause(path, None, (dice, is_one));
                fs::write(&place, bytes).unwrap();
            }
            _ => {
                let swap = beside(format!(".{name}.swp"));
                fs::write(&swap, "x").unwrap();
                fs::write(&place, bytes).unwrap();
                fs::remove_file(swap).unwrap();
            }
        }
    }

    /// Waits between two steps of a save, at times so long that it is noticed.
    fn pause(&mut self, path: &RelPath, bytes: Option<Vec<u8>>, (dice, is_one): (&mut Dice, bool)) {
        if !is_one || !dice.one_in(3) {
            return;
        }
        let mut memory = Memory { files: self.files.clone() };
        match bytes {
            Some(bytes) => drop(memory.files.insert(path.clone(), bytes)),
            None => drop(memory.files.remove(path)),
        }
        self.between.push(memory);
        let long = [5, 20, 45, 120][dice.below(4)];
        std::thread::sleep(Duration::from_millis(long));
    }
}

/// Writes a file and the folders above it.
fn write(place: &Path, bytes: &[u8]) {
    fs::create_dir_all(place.parent().unwrap()).unwrap();
    fs::write(place, bytes).unwrap();
}

/// How many files differ.
fn count(old: &Files, new: &Files) -> usize {
    let paths: BTreeSet<_> = old.keys().chain(new.keys()).collect();
    paths.into_iter().filter(|path| old.get(*path) != new.get(*path)).count()
}

/// The topmost folders that hold files in the first set, and none in the second.
fn whole(files: &Files, others: &Files) -> Vec<String> {
    let holds = |folder: &str| others.keys().any(|path| path.below(folder).is_some());
    let top = |path: &RelPath| {
        let ends: Vec<usize> = path.as_str().match_indices('/').map(|(at, _)| at).collect();
        let mut folders = ends.into_iter().map(|end| path.as_str()[..end].to_owned());
        folders.find(|folder| !holds(folder))
    };
    let all: BTreeSet<String> = files.keys().filter_map(top).collect();
    all.into_iter().collect()
}

/// The files below a folder: their paths there, and their bytes.
fn below<'a>(files: &'a Files, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a Vec<u8>)> {
    files.iter().filter_map(move |(path, bytes)| Some((path.below(folder)?, bytes)))
}
