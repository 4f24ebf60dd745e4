//! What an update suspects, and that it walks only where it must.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::source::Memory;

/// A folder with a site in it, gone when dropped.
struct Folder(PathBuf);

impl Folder {
    /// A new folder with some files.
    fn with(files: &[&str]) -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("schaukasten-tree-{}-{number}", std::process::id());
        let folder = Self(std::env::temp_dir().join(name));
        files.iter().for_each(|path| folder.write(path));
        folder
    }

    /// Writes a file.
    fn write(&self, path: &str) {
        let place = self.0.join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, path).unwrap();
    }

    /// Its files, over a theme of one file.
    fn tree(&self) -> Tree {
        let mut below = Memory::default();
        below.insert("themes/t/base.html", "below");
        Tree::new(Disk::new(self.0.clone()), Arc::new(below))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The files with the newest number.
fn newest(tree: &Tree) -> Vec<String> {
    let files = FOLDERS.map(|folder| tree.list(folder).files);
    let all = files.iter().flat_map(|files| files.iter());
    let newest = all.filter(|path| tree.revision(path) == Some(tree.number()));
    newest.map(ToString::to_string).collect()
}

#[test]
fn a_written_file_is_the_only_suspect() {
    let site = Folder::with(&["content/a.md", "content/b.md"]);
    let first = site.tree();
    let second = first.update(&Batch::of(["content/a.md"]));
    assert_eq!(newest(&second), ["content/a.md"]);
    assert!(Arc::ptr_eq(&first.list("content").files, &second.list("content").files));
    assert_eq!(first.revision(&RelPath::new("content/a.md")), Some(0));
    let third = second.update(&Batch::of(["content/b.md"]));
    assert_eq!(newest(&third), ["content/b.md"]);
    assert_eq!(third.revision(&RelPath::new("content/a.md")), Some(1));
}

#[test]
fn what_is_none_of_the_sites_is_no_suspect() {
    let site = Folder::with(&["content/a.md", "content/.git/x", "content/a.md~", "notes.txt"]);
    let tree = site.tree();
    let names = ["content/.git/x", "content/a.md~", "content/.a.md.swp", "content/#a.md#"];
    assert_eq!(tree.update(&Batch::of(names)).number(), 0);
    // Made and gone again, as editors do to try a folder.
    assert_eq!(tree.update(&Batch::of(["content/4913"])).number(), 0);
    assert_eq!(tree.update(&Batch::default()).number(), 0);
}

#[test]
fn folders_come_and_go_with_all_below_them() {
    let site = Folder::with(&["content/a/x.md", "content/a/b/y.md", "content/a-b.md"]);
    let tree = site.tree();
    fs::rename(site.0.join("content/a"), site.0.join("content/c")).unwrap();
    let moved = tree.update(&Batch::of(["content/a", "content/c"]));
    assert_eq!(newest(&moved), ["content/c/b/y.md", "content/c/x.md"]);
    // Not named, but found when something else makes it walk.
    site.write("content/d.md");
    fs::create_dir(site.0.join("content/e")).unwrap();
    let found = moved.update(&Batch::of(["content/e"]));
    assert_eq!(newest(&found), ["content/d.md"]);
    assert_eq!(found.list("content").files.len(), 4);
}

#[test]
fn single_files_come_and_go_without_a_walk() {
    let site = Folder::with(&["content/a.md", "content/b.md"]);
    let tree = site.tree();
    site.write("content/c.md");
    site.write("content/unheard-of.md");
    let more = tree.update(&Batch::of(["content/c.md"]));
    assert_eq!(newest(&more), ["content/c.md"]);
    assert_eq!(more.list("content").files.len(), 3);
    fs::remove_file(site.0.join("content/a.md")).unwrap();
    let less = more.update(&Batch::of(["content/a.md"]));
    assert_eq!((less.number(), less.list("content").files.len()), (2, 2));
}

#[test]
fn a_file_becomes_a_folder_and_a_folder_a_file() {
    let site = Folder::with(&["content/a.md", "content/b/x.md"]);
    let tree = site.tree();
    let files = |tree: &Tree| tree.list("content").files.to_vec();
    fs::remove_file(site.0.join("content/a.md")).unwrap();
    site.write("content/a.md/y.md");
    let folder = tree.update(&Batch::of(["content/a.md/y.md"]));
    assert_eq!(files(&folder), ["content/a.md/y.md", "content/b/x.md"].map(RelPath::new));
    fs::remove_dir_all(site.0.join("content/b")).unwrap();
    site.write("content/b");
    let file = folder.update(&Batch::of(["content/b"]));
    assert_eq!(files(&file), ["content/a.md/y.md", "content/b"].map(RelPath::new));
}

#[test]
fn a_file_that_was_gone_is_suspect() {
    let site = Folder::with(&["content/a.md", "content/b.md"]);
    let path = RelPath::new("content/a.md");
    fs::remove_file(site.0.join("content/a.md")).unwrap();
    let gone = site.tree().update(&Batch::of(["content/a.md"]));
    site.write("content/a.md");
    let back = gone.update(&Batch { is_incomplete: true, ..Batch::default() });
    assert_eq!((back.number(), back.revision(&path)), (1, Some(1)));
}

#[test]
fn a_file_of_the_theme_below_is_covered_and_uncovered() {
    let site = Folder::with(&["content/a.md"]);
    let (tree, path) = (site.tree(), RelPath::new("themes/t/base.html"));
    let text = |tree: &Tree| String::from_utf8(tree.read(&path).unwrap()).unwrap();
    assert_eq!(text(&tree), "below");
    site.write("themes/t/base.html");
    let covered = tree.update(&Batch::of(["themes/t"]));
    assert_eq!((text(&covered).as_str(), covered.revision(&path)), (path.as_str(), Some(1)));
    fs::remove_file(site.0.join("themes/t/base.html")).unwrap();
    let uncovered = covered.update(&Batch::of(["themes/t/base.html"]));
    assert_eq!((text(&uncovered).as_str(), uncovered.revision(&path)), ("below", Some(2)));
    assert_eq!(uncovered.list("themes").files.len(), 1);
}

#[test]
fn with_links_everything_is_suspect() {
    let site = Folder::with(&["content/a/x.md", "content/.x/y.md", "content/b.md"]);
    let tree = site.tree();
    symlink("a", site.0.join("content/c")).unwrap();
    let linked = tree.update(&Batch::of(["content/c"]));
    assert_eq!(newest(&linked)[..3], ["content/a/x.md", "content/b.md", "content/c/x.md"]);
    let after = linked.update(&Batch::of(["content/.x/y.md"]));
    assert_eq!((after.number(), newest(&after).len()), (2, 4));
}

#[test]
fn many_updates_keep_every_number() {
    let names: Vec<String> = (0..200).map(|n| format!("content/{n}.md")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let site = Folder::with(&names);
    let mut tree = site.tree();
    for name in &names {
        tree = tree.update(&Batch::of([*name]));
    }
    for (number, name) in (1..).zip(&names) {
        assert_eq!(tree.revision(&RelPath::new(name)), Some(number), "{name}");
    }
    let anew = tree.update(&Batch::everything());
    assert_eq!(newest(&anew).len(), 201);
}
