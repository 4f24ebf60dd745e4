//! Watching: whatever happens to the files, in the end the tree is what a fresh walk finds, and every
//! file with other bytes has another number.
//!
//! Real files and real events, so nothing here asks how fast: a busy machine may take its time. To
//! know that all events of the past have come, a file is written last, as they come in order.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use schaukasten::path::RelPath;
use schaukasten::pipeline::{Builder, Collected};
use schaukasten::source::batch::Batch;
use schaukasten::source::disk::Disk;
use schaukasten::source::embedded::{Embedded, Overlay};
use schaukasten::source::tree::Tree;
use schaukasten::source::watch::{Means, Watch, Woken};
use schaukasten::source::{Files, Listing, Memory};

use crate::built::options;
use crate::scratch::Scratch;

/// Nothing takes this long, unless it never happens.
const LONG: Duration = Duration::from_secs(60);

/// If nothing happens for so long, nothing more will.
const SHORT: Duration = Duration::from_millis(400);

/// A site that is watched.
struct Watched {
    /// Where it is.
    site: Scratch,
    /// The watch.
    watch: Watch,
    /// The files as far as it told.
    tree: Tree,
    /// The bytes of each file under its number.
    read: BTreeMap<RelPath, (u64, Option<Vec<u8>>)>,
    /// How many files were written to mark a moment.
    marks: usize,
    /// How long to wait for more when the mark was seen: what is told comes in order, a look at all
    /// files may see a later one before an earlier.
    patience: Duration,
}

impl Watched {
    /// Begins to watch a site with these files.
    fn new(files: &[&str], means: Means) -> Self {
        let site = Scratch::new();
        files.iter().for_each(|path| site.write(path, path));
        fs::create_dir_all(site.join(".git")).unwrap();
        let disk = Disk::new(site.path().into());
        let watch = Watch::start(&disk, means);
        assert_eq!(watch.trouble(), None);
        let tree = Tree::new(disk, Arc::new(Memory::default()));
        let patience = if means == Means::Told { Duration::ZERO } else { SHORT };
        let read = BTreeMap::new();
        let mut watched = Self { site, watch, tree, read, marks: 0, patience };
        watched.check("at the start");
        watched
    }

    /// Waits for a batch.
    fn batch(&mut self) -> Batch {
        match self.watch.next(Some(LONG)) {
            Woken::Batch(batch) => batch,
            other => panic!("no batch but {other:?}"),
        }
    }

    /// Follows the files until all that has happened is known.
    fn settle(&mut self) {
        self.marks += 1;
        let mark = format!("content/mark-{}.md", self.marks % 2);
        self.site.write(&mark, &self.marks.to_string());
        let mark = RelPath::new(mark);
        let known = self.tree.revision(&mark);
        while !self.tree.list("content").has(&mark) || self.tree.revision(&mark) == known {
            let batch = self.batch();
            self.tree = self.tree.update(&batch);
            self.watch.heed_hidden(self.tree.has_links());
        }
        while let Woken::Batch(batch) = self.watch.next(Some(self.patience)) {
            self.tree = self.tree.update(&batch);
            self.watch.heed_hidden(self.tree.has_links());
        }
    }

    /// Compares what is known with what is there.
    fn check(&mut self, what: &str) {
        let disk = Disk::new(self.site.path().into());
        let mut read = BTreeMap::new();
        for folder in ["content", "themes"] {
            let listing = self.tree.list(folder);
            assert_eq!(listing, disk.list(folder), "after {what}");
            for path in listing.files.iter() {
                let (number, bytes) = (self.tree.revision(path).unwrap(), disk.read(path).ok());
                if let Some((known, before)) = self.read.get(path).filter(|old| old.0 == number) {
                    assert_eq!(*before, bytes, "{path} is still number {known} after {what}");
                }
                read.insert(path.clone(), (number, bytes));
            }
        }
        self.read = read;
    }

    /// The number of a file.
    fn number(&self, path: &str) -> Option<u64> {
        self.tree.revision(&RelPath::new(path))
    }

    /// Where a file is.
    fn at(&self, path: &str) -> std::path::PathBuf {
        self.site.join(path)
    }
}

/// What it is called, and how it is done in a folder.
type Saving = (&'static str, fn(&Path));

/// Ways to save `a.md`, as editors have them.
const SAVINGS: &[Saving] = &[
    ("writing in place", |folder| fs::write(folder.join("a.md"), "1").unwrap()),
    ("truncating, then writing", |folder| {
        fs::write(folder.join("a.md"), "").unwrap();
        fs::write(folder.join("a.md"), "2").unwrap();
    }),
    ("renaming a temporary file", |folder| {
        fs::write(folder.join(".a.md.tmp"), "3").unwrap();
        fs::rename(folder.join(".a.md.tmp"), folder.join("a.md")).unwrap();
    }),
    ("renaming a file with a name of its own", |folder| {
        fs::write(folder.join("a.md.new"), "4").unwrap();
        fs::rename(folder.join("a.md.new"), folder.join("a.md")).unwrap();
    }),
    ("a backup, then a new file, as vim does", |folder| {
        fs::write(folder.join("4913"), "").unwrap();
        fs::remove_file(folder.join("4913")).unwrap();
        fs::rename(folder.join("a.md"), folder.join("a.md~")).unwrap();
        fs::write(folder.join("a.md"), "5").unwrap();
        fs::remove_file(folder.join("a.md~")).unwrap();
    }),
    ("a copy as backup, then writing in place", |folder| {
        fs::copy(folder.join("a.md"), folder.join("a.md~")).unwrap();
        fs::write(folder.join("a.md"), "6").unwrap();
    }),
    ("a swap file beside it", |folder| {
        fs::write(folder.join(".a.md.swp"), "x").unwrap();
        fs::write(folder.join("a.md"), "7").unwrap();
        fs::remove_file(folder.join(".a.md.swp")).unwrap();
    }),
    ("removing, then creating", |folder| {
        fs::remove_file(folder.join("a.md")).unwrap();
        fs::write(folder.join("a.md"), "8").unwrap();
    }),
    ("a hard link over it", |folder| {
        fs::write(folder.join("#a.md#"), "9").unwrap();
        fs::remove_file(folder.join("a.md")).unwrap();
        fs::hard_link(folder.join("#a.md#"), folder.join("a.md")).unwrap();
    }),
];

#[test]
fn every_way_to_save_is_seen() {
    let mut watched = Watched::new(&["content/a.md", "content/b.md"], Means::Told);
    for (name, save) in SAVINGS {
        let (before, other) = (watched.number("content/a.md"), watched.number("content/b.md"));
        save(&watched.at("content"));
        watched.settle();
        watched.check(name);
        assert_ne!(watched.number("content/a.md"), before, "{name}");
        assert_eq!(watched.number("content/b.md"), other, "{name}");
    }
}

#[test]
fn what_is_none_of_the_sites_wakes_nobody() {
    let mut watched = Watched::new(&["content/a.md"], Means::Told);
    for name in ["content/.a.md.swp", "content/a.md~", "content/.git/x/y", "output/index.html"] {
        watched.site.write(name, "x");
    }
    fs::read(watched.at("content/a.md")).unwrap();
    assert_eq!(watched.watch.next(Some(SHORT)), Woken::Timeout);
    assert!(!watched.watch.handle().is_behind());
}

#[test]
fn a_checkout_is_one_batch() {
    let names: Vec<String> = (0..2000).map(|n| format!("content/{}/{n}.md", n % 50)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut watched = Watched::new(&names, Means::Told);
    watched.site.write(".git/index.lock", "");
    names.iter().for_each(|name| watched.site.write(name, "new"));
    fs::remove_file(watched.at(".git/index.lock")).unwrap();
    let batch = watched.batch();
    assert!(batch.is_everything || batch.paths.len() == 2000, "{} paths", batch.paths.len());
    watched.tree = watched.tree.update(&batch);
    assert_eq!(watched.watch.next(Some(SHORT)), Woken::Timeout);
    watched.check("a checkout");
}

#[test]
fn folders_that_come_are_seen_with_all_in_them() {
    let mut watched = Watched::new(&["content/a.md"], Means::Told);
    for round in 0..10 {
        for depth in ["x", "x/y", "x/y/z"] {
            watched.site.write(&format!("content/{round}/{depth}/a.md"), "new");
        }
        watched.settle();
        watched.check("new folders");
        watched.site.write(&format!("content/{round}/x/y/z/a.md"), "newer");
        fs::rename(
            watched.at(&format!("content/{round}/x")),
            watched.at(&format!("content/{round}/w")),
        )
        .unwrap();
        watched.site.write(&format!("content/{round}/w/y/a.md"), "newest");
        watched.settle();
        watched.check("a move");
        watched.site.write(&format!("content/{round}/w/y/z/a.md"), "after the move");
        watched.settle();
        watched.check("a file after a move");
    }
}

#[test]
fn content_may_go_and_come_back() {
    let mut watched = Watched::new(&["content/a.md", "themes/own/b.html"], Means::Told);
    fs::rename(watched.at("content"), watched.at("elsewhere")).unwrap();
    let gone = watched.batch();
    watched.tree = watched.tree.update(&gone);
    assert!(watched.tree.list("content").files.is_empty());
    fs::rename(watched.at("elsewhere"), watched.at("content")).unwrap();
    watched.settle();
    watched.check("the folder is back");
    assert!(watched.tree.list("content").has(&RelPath::new("content/a.md")));
    watched.site.write("content/a.md", "after that");
    watched.settle();
    watched.check("a file in the folder that is back");
    // Removed, and another in its place: first a folder, then a link to one.
    fs::remove_dir_all(watched.at("content")).unwrap();
    watched.site.write("content/x/c.md", "other");
    watched.settle();
    watched.check("another folder");
    watched.site.write("real/x/d.md", "linked");
    fs::rename(watched.at("content"), watched.at("old")).unwrap();
    symlink("real", watched.at("content")).unwrap();
    watched.settle();
    watched.check("a link");
    watched.site.write("real/x/d.md", "by its real path");
    fs::rename(watched.at("themes"), watched.at("old/themes")).unwrap();
    watched.settle();
    watched.check("a file behind a link");
}

#[test]
fn a_target_of_links_has_several_paths() {
    let mut watched = Watched::new(&["content/a/x.md", "content/.h/y.md"], Means::Told);
    symlink("a", watched.at("content/b")).unwrap();
    symlink(".h/y.md", watched.at("content/y.md")).unwrap();
    watched.settle();
    watched.check("links");
    for (real, linked) in
        [("content/a/x.md", "content/b/x.md"), ("content/.h/y.md", "content/y.md")]
    {
        let before = watched.number(linked);
        watched.site.write(real, "new");
        watched.settle();
        watched.check("a target is written");
        assert_ne!(watched.number(linked), before);
    }
}

#[test]
fn without_being_told_it_is_looked_for() {
    let names = ["content/a.md", "content/b/c.md", "themes/own/d.html"];
    let mut watched = Watched::new(&names, Means::Looked);
    for (name, save) in SAVINGS {
        save(&watched.at("content"));
        watched.settle();
        watched.check(name);
    }
    fs::rename(watched.at("content/b"), watched.at("content/e")).unwrap();
    symlink("nowhere", watched.at("content/dead")).unwrap();
    watched.settle();
    watched.check("a move and a dead link");
    fs::rename(watched.at("content"), watched.at("elsewhere")).unwrap();
    let gone = watched.batch();
    assert!(watched.tree.update(&gone).list("content").files.is_empty());
}

#[test]
fn who_waits_can_be_called() {
    let mut watched = Watched::new(&["content/a.md"], Means::Told);
    let handle = watched.watch.handle();
    let other = handle.clone();
    let caller = std::thread::spawn(move || other.wake());
    assert_eq!(watched.watch.next(None), Woken::Called);
    caller.join().unwrap();
    assert_eq!(watched.watch.next(Some(Duration::ZERO)), Woken::Timeout);
    watched.site.write("content/a.md", "new");
    while !handle.is_behind() {
        std::thread::sleep(Duration::from_millis(1));
    }
    let batch = watched.batch();
    assert_eq!(batch, Batch::of(["content/a.md"]));
    while handle.is_behind() {
        watched.batch();
    }
    handle.close();
    assert_eq!(watched.watch.next(None), Woken::Closed);
    assert_eq!(watched.watch.next(Some(LONG)), Woken::Closed);
}

/// Numbers that look like chance.
struct Chance(u64);

impl Chance {
    /// A number below `end`.
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap() % end
    }

    /// The path of a file or folder that may exist.
    fn path(&mut self) -> String {
        let folder =
            ["content", "content/a", "content/a/b", "content/c", "themes/own"][self.below(5)];
        let name = ["x.md", "y.md", "z.toml", "a", "b", "c", ".h.md", "w.md~"][self.below(8)];
        format!("{folder}/{name}")
    }
}

/// Does one thing to the files; whether it is possible is left to chance too.
fn edit(chance: &mut Chance, site: &Scratch, number: usize) -> String {
    let (one, other) = (chance.path(), chance.path());
    let (from, to) = (site.join(&one), site.join(&other));
    match chance.below(12) {
        0..=3 => {
            let _ = fs::write(&from, number.to_string());
            format!("writing {one}")
        }
        4 => {
            let _ = fs::remove_file(&from).or_else(|_| fs::remove_dir_all(&from));
            format!("removing {one}")
        }
        5 | 6 => {
            let _ = fs::rename(&from, &to);
            format!("moving {one} to {other}")
        }
        7 => {
            let _ = fs::create_dir_all(&from).and_then(|()| fs::write(from.join("n.md"), "n"));
            format!("a folder at {one}")
        }
        8 => {
            let _ = symlink(&to, &from);
            format!("a link at {one} to {other}")
        }
        9 => {
            let mode = [0o000, 0o644, 0o755][chance.below(3)];
            let _ = fs::set_permissions(&from, fs::Permissions::from_mode(mode));
            format!("mode {mode:o} for {one}")
        }
        10 => {
            let _ = fs::copy(&from, &to);
            format!("copying {one} to {other}")
        }
        _ => {
            let temporary = site.join("content/a/.t");
            let _ = fs::write(&temporary, number.to_string());
            let _ = fs::rename(&temporary, &from);
            format!("saving {one}")
        }
    }
}

#[test]
fn after_any_edits_the_tree_is_what_is_there() {
    let seeds = std::env::var("SEED").ok().and_then(|seed| seed.parse().ok());
    let seeds: Vec<u64> = seeds.map_or_else(|| (1..=3).collect(), |seed| vec![seed]);
    for seed in seeds {
        let names = ["content/a/b/x.md", "content/c/y.md", "themes/own/z.toml"];
        let mut watched = Watched::new(&names, Means::Told);
        let mut chance = Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        for round in 0..25 {
            let count = 1 + chance.below(8);
            let done: Vec<String> =
                (0..count).map(|n| edit(&mut chance, &watched.site, round * 10 + n)).collect();
            watched.settle();
            watched.check(&format!("seed {seed}, round {round}: {done:#?}"));
        }
    }
}

/// Files that count how often they are read.
struct Counted<'a>(&'a dyn Files, AtomicUsize);

impl Files for Counted<'_> {
    fn list(&self, folder: &str) -> Listing {
        self.0.list(folder)
    }

    fn read(&self, path: &RelPath) -> std::io::Result<Vec<u8>> {
        self.1.fetch_add(1, Ordering::Relaxed);
        self.0.read(path)
    }

    fn size(&self, path: &RelPath) -> std::io::Result<u64> {
        self.0.size(path)
    }

    fn open(&self, path: &RelPath) -> std::io::Result<Box<dyn std::io::Read + '_>> {
        self.1.fetch_add(1, Ordering::Relaxed);
        self.0.open(path)
    }

    fn revision(&self, path: &RelPath) -> Option<u64> {
        self.0.revision(path)
    }
}

#[test]
fn a_warm_builder_reads_only_suspects() {
    let site = Scratch::new();
    site.write("content/_index.md", "+++\ntitle = \"Home\"\n+++\n");
    site.write("content/site.toml", "title = \"Site\"\nbase_url = \"https://example.org\"\n");
    for n in 0..5 {
        site.write(&format!("content/{n}.md"), &format!("+++\ntitle = \"{n}\"\n+++\n![](p.svg)"));
    }
    site.write("content/p.svg", "<svg width='1' height='1'/>");
    let disk = Disk::new(site.path().into());
    let mut tree = Tree::new(disk.clone(), Arc::new(Embedded));
    let mut warm = Builder::warm();
    let mut outputs = BTreeMap::new();
    let mut build = |tree: &Tree| {
        let files = Counted(tree, AtomicUsize::new(0));
        let sink = Collected::default();
        let build = warm.build(&files, &options("2026-05-01"), &sink);
        let (made, kept) = sink.finish();
        let old = std::mem::take(&mut outputs);
        outputs.extend(made);
        for route in kept {
            let content: &schaukasten::pipeline::Content = &old[&route];
            outputs.insert(route, content.clone());
        }
        let clean = Collected::default();
        let files_now = Overlay { top: &disk, bottom: &Embedded };
        let fresh = Builder::default().build(&files_now, &options("2026-05-01"), &clean);
        assert!(outputs == clean.finish().0, "a clean build makes something else");
        assert_eq!(format!("{:?}", build.diagnostics), format!("{:?}", fresh.diagnostics));
        files.1.into_inner()
    };
    assert!(build(&tree) > 5);
    assert_eq!(build(&tree), 0);
    // Files that are copied to the output are read by whoever serves them, not here.
    for (path, text, reads) in [
        ("content/1.md", "+++\ntitle = \"One\"\n+++\n", 1),
        ("content/p.svg", "<svg width='2' height='2'/>", 1),
        ("content/site.toml", "title = \"Other\"\nbase_url = \"https://example.org\"\n", 1),
        ("content/new.md", "+++\ntitle = \"New\"\n+++\n", 1),
        ("content/2.md", "\u{0}", 1),
    ] {
        site.write(path, text);
        tree = tree.update(&Batch::of([path]));
        assert_eq!(build(&tree), reads, "{path}");
    }
    // What was read and is now a link that leads out is not read any more.
    for path in ["content/3.md", "content/out.md"] {
        let _ = fs::remove_file(site.join(path));
        symlink("/etc/hostname", site.join(path)).unwrap();
        tree = tree.update(&Batch::of([path]));
        assert_eq!(build(&tree), 0, "{path}");
    }
}
