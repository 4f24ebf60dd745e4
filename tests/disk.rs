//! Reading a site's files: names, links, and what is none of a site's.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::process::Command;

use schaukasten::path::RelPath;
use schaukasten::source::disk::Disk;
use schaukasten::source::embedded::{Embedded, Overlay};
use schaukasten::source::{Files, Listing, Memory, Obstacle};

use crate::scratch::Scratch;

/// The paths in a listing.
fn paths(listing: &Listing) -> Vec<&str> {
    listing.files.iter().map(RelPath::as_str).collect()
}

#[test]
fn hidden_files_and_editors_copies_are_left_out() {
    let site = Scratch::new();
    for name in ["a.md", "b/c.md", ".x", ".git/config", "a.md~", "a.swp", "#a.md#", "b/.#c.md"] {
        site.write(&format!("content/{name}"), name);
    }
    site.write("other/a.md", "");
    symlink("nobody@nowhere", site.join("content/.#lock")).unwrap();
    let disk = Disk::new(site.path().into());
    let listing = disk.list("content");
    assert_eq!(paths(&listing), ["content/a.md", "content/b/c.md"]);
    assert_eq!(listing.obstacles, []);
    assert_eq!(disk.size(&listing.files[0]).unwrap(), 4);
}

#[test]
fn the_order_is_that_of_the_paths() {
    let site = Scratch::new();
    for name in ["b.md", "b/a.md", "b-a.md", "B.md", "ä.md", "a\u{308}.md"] {
        site.write(&format!("content/{name}"), "");
    }
    let listing = Disk::new(site.path().into()).list("content");
    let expected = ["B.md", "a\u{308}.md", "b-a.md", "b.md", "b/a.md", "ä.md"];
    assert_eq!(paths(&listing), expected.map(|name| format!("content/{name}")));
}

#[test]
fn links_are_followed_inside_the_folder_only() {
    let site = Scratch::new();
    site.write("content/a/a.md", "aaa");
    site.write("secret/s.md", "");
    fs::create_dir_all(site.join("content/b")).unwrap();
    symlink("a.md", site.join("content/a/file.md")).unwrap();
    symlink("a", site.join("content/folder")).unwrap();
    symlink("../secret", site.join("content/out")).unwrap();
    symlink("/etc/passwd", site.join("content/passwd.md")).unwrap();
    symlink("nothing", site.join("content/dead.md")).unwrap();
    symlink("..", site.join("content/a/up")).unwrap();
    symlink("../a", site.join("content/b/to-a")).unwrap();
    symlink("../b", site.join("content/a/to-b")).unwrap();
    symlink("itself", site.join("content/itself")).unwrap();
    let listing = Disk::new(site.path().into()).list("content");
    let files =
        ["a/a.md", "a/file.md", "b/to-a/a.md", "b/to-a/file.md", "folder/a.md", "folder/file.md"];
    assert_eq!(paths(&listing), files.map(|path| format!("content/{path}")));
    let outside = |obstacle: &Obstacle| match obstacle {
        Obstacle::LeavesFolder(path) => Some(path.to_string()),
        _ => None,
    };
    let left: Vec<_> = listing.obstacles.iter().filter_map(outside).collect();
    assert_eq!(left, ["content/out", "content/passwd.md"]);
    let unreadable = |obstacle: &Obstacle| match obstacle {
        Obstacle::Unreadable(path, _) => Some(path.to_string()),
        _ => None,
    };
    let refused: Vec<_> = listing.obstacles.iter().filter_map(unreadable).collect();
    for path in ["content/a/up", "content/dead.md", "content/itself", "content/a/to-b/to-a"] {
        assert!(refused.iter().any(|refused| refused == path), "{path}: {refused:?}");
    }
}

#[test]
fn pipes_and_strange_names_are_named_and_not_opened() {
    let site = Scratch::new();
    site.write("content/a.md", "");
    assert!(Command::new("mkfifo").arg(site.join("content/pipe.md")).status().unwrap().success());
    fs::write(site.join("content").join(OsStr::from_bytes(b"\xff.md")), "").unwrap();
    let disk = Disk::new(site.path().into());
    let listing = disk.list("content");
    assert_eq!(paths(&listing), ["content/a.md"]);
    assert_eq!(
        listing.obstacles,
        [
            Obstacle::Unreadable(RelPath::new("content/pipe.md"), "not a regular file".into()),
            Obstacle::NameNotUtf8(RelPath::new("content/\u{fffd}.md")),
        ]
    );
    assert!(disk.read(&RelPath::new("content/pipe.md")).is_err());
    assert!(disk.read(&RelPath::new("content/../secret.md")).is_err());
}

#[test]
fn content_may_lie_elsewhere() {
    let site = Scratch::new();
    site.write("texts/a.md", "hello");
    site.write("content/b.md", "");
    site.write("themes/own/theme.toml", "");
    let disk = Disk::with_content(site.path().into(), site.join("texts"));
    assert_eq!(paths(&disk.list("content")), ["content/a.md"]);
    assert_eq!(paths(&disk.list("themes")), ["themes/own/theme.toml"]);
    assert_eq!(disk.read(&RelPath::new("content/a.md")).unwrap(), b"hello");
    assert_eq!(paths(&disk.list("nothing")), [""; 0]);
    site.write("file", "");
    let disk = Disk::with_content(site.path().into(), site.join("file"));
    assert_eq!(disk.list("content").obstacles.len(), 1);
}

#[test]
fn the_sites_files_cover_the_embedded_ones() {
    let (mut top, mut bottom) = (Memory::default(), Memory::default());
    bottom.insert("themes/schaukasten/a", "below");
    bottom.insert("themes/schaukasten/b", "below");
    top.insert("themes/schaukasten/a", "above!");
    let files = Overlay { top: &top, bottom: &bottom };
    let listing = files.list("themes");
    assert_eq!(paths(&listing), ["themes/schaukasten/a", "themes/schaukasten/b"]);
    assert_eq!(files.size(&listing.files[0]).unwrap(), 6);
    assert_eq!(files.read(&listing.files[0]).unwrap(), b"above!");
    assert_eq!(files.read(&listing.files[1]).unwrap(), b"below");
    assert!(files.read(&RelPath::new("themes/schaukasten/c")).is_err());
}

#[test]
fn the_embedded_theme_is_the_one_in_the_repository() {
    let disk = Disk::new(env!("CARGO_MANIFEST_DIR").into());
    let (there, inside) = (disk.list("themes/schaukasten"), Embedded.list("themes"));
    assert_eq!(there.files, inside.files, "touch src/source/embedded.rs to embed new files");
    for path in inside.files.iter() {
        assert_eq!(disk.read(path).unwrap(), Embedded.read(path).unwrap());
    }
}

#[test]
fn a_file_is_read_on_from_any_byte() {
    let site = Scratch::new();
    site.write("content/a.md", "0123456789");
    let disk = Disk::new(site.path().into());
    let mut memory = Memory::default();
    memory.insert("content/a.md", "0123456789");
    for files in [&disk as &dyn Files, &memory] {
        for (start, expected) in [(0, "0123456789"), (7, "789"), (10, ""), (99, "")] {
            let mut rest = files.open_at(&RelPath::new("content/a.md"), start).unwrap();
            assert_eq!(std::io::read_to_string(&mut rest).unwrap(), expected, "{start}");
        }
        assert!(files.open_at(&RelPath::new("content/b.md"), 0).is_err());
    }
}

#[test]
fn only_files_of_the_site_have_a_place() {
    let site = Scratch::new();
    for path in ["content/a.md", "content/.git/config", "themes/t/a.html", "secret", "src/a.rs"] {
        site.write(path, "");
    }
    symlink("../secret", site.join("content/out.md")).unwrap();
    symlink("a.md", site.join("content/in.md")).unwrap();
    let disk = Disk::new(site.path().into());
    let place = |path: &str| disk.place(&RelPath::new(path));
    assert_eq!(place("content/a.md"), Some(site.join("content/a.md")));
    assert_eq!(place("content/in.md"), Some(site.join("content/a.md")));
    assert_eq!(place("themes/t/a.html"), Some(site.join("themes/t/a.html")));
    for path in [
        "",
        "content",
        "content/b.md",
        "content/out.md",
        "content/../secret",
        "content/.git/config",
        "secret",
        "src/a.rs",
        "/etc/passwd",
    ] {
        assert_eq!(place(path), None, "{path}");
    }
}
