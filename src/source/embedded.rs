//! The default theme inside the program, and how a site's own files cover it.
//!
//! A site that has only `content/` builds, because the theme `schaukasten` is part of the binary.
//! Whatever lies at the same path in the site's own `themes/` wins, file by file.

use std::io::{self, Read};
use std::sync::Arc;

use include_dir::{Dir, include_dir};

use super::disk::{Disk, is_absent, is_ignored};
use super::{Files, Listing};
use crate::path::RelPath;

/// The folder that the embedded files appear in.
const FOLDER: &str = "themes/schaukasten";

/// The files of the default theme, as they were when the program was compiled.
static THEME: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/schaukasten");

/// The default theme, under `themes/schaukasten/…`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Embedded;

impl Files for Embedded {
    fn list(&self, folder: &str) -> Listing {
        let mut files = Vec::new();
        collect(&THEME, &mut files);
        files.retain(|path| path.below(folder).is_some());
        files.sort();
        Listing::of(files)
    }

    fn read(&self, path: &RelPath) -> io::Result<Vec<u8>> {
        bytes(path).map(<[u8]>::to_vec)
    }

    fn size(&self, path: &RelPath) -> io::Result<u64> {
        bytes(path).map(|bytes| bytes.len() as u64)
    }

    fn open(&self, path: &RelPath) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(bytes(path)?))
    }
}

/// Adds the files of an embedded folder and those below it.
fn collect(folder: &Dir<'_>, files: &mut Vec<RelPath>) {
    for file in folder.files() {
        let path = RelPath::new(format!("{FOLDER}/{}", file.path().display()));
        if !path.as_str().split('/').any(is_ignored) {
            files.push(path);
        }
    }
    for inner in folder.dirs() {
        collect(inner, files);
    }
}

/// The bytes of an embedded file.
fn bytes(path: &RelPath) -> io::Result<&'static [u8]> {
    let file = path.below(FOLDER).and_then(|inside| THEME.get_file(inside));
    file.map(|file| file.contents()).ok_or_else(|| io::ErrorKind::NotFound.into())
}

/// Two sets of files, the upper covering the lower file by file.
#[derive(Clone, Copy)]
pub struct Overlay<'a> {
    /// The files that win: the site's own.
    pub top: &'a dyn Files,
    /// The files that are seen where the upper ones have none.
    pub bottom: &'a dyn Files,
}

impl Files for Overlay<'_> {
    fn list(&self, folder: &str) -> Listing {
        let (top, bottom) = (self.top.list(folder), self.bottom.list(folder));
        let mut files = Arc::unwrap_or_clone(top.files);
        files.extend(bottom.files.iter().cloned());
        files.sort();
        files.dedup();
        let mut obstacles = top.obstacles;
        obstacles.extend(bottom.obstacles);
        obstacles.sort();
        let has_links = top.has_links || bottom.has_links;
        Listing { files: Arc::new(files), obstacles, has_links }
    }

    fn read(&self, path: &RelPath) -> io::Result<Vec<u8>> {
        self.top
            .read(path)
            .or_else(|error| if is_absent(&error) { self.bottom.read(path) } else { Err(error) })
    }

    fn size(&self, path: &RelPath) -> io::Result<u64> {
        self.top
            .size(path)
            .or_else(|error| if is_absent(&error) { self.bottom.size(path) } else { Err(error) })
    }

    fn open(&self, path: &RelPath) -> io::Result<Box<dyn Read + '_>> {
        self.top
            .open(path)
            .or_else(|error| if is_absent(&error) { self.bottom.open(path) } else { Err(error) })
    }

    fn open_at(&self, path: &RelPath, start: u64) -> io::Result<Box<dyn Read + Send>> {
        self.top.open_at(path, start).or_else(|error| {
            if is_absent(&error) { self.bottom.open_at(path, start) } else { Err(error) }
        })
    }
}

/// The files of a site on disk, and below them the default theme: for those who hold on to them.
pub struct SiteFiles(pub Disk);

impl SiteFiles {
    /// All of them as one.
    fn all(&self) -> Overlay<'_> {
        Overlay { top: &self.0, bottom: &Embedded }
    }
}

impl Files for SiteFiles {
    fn list(&self, folder: &str) -> Listing {
        self.all().list(folder)
    }

    fn read(&self, path: &RelPath) -> io::Result<Vec<u8>> {
        self.all().read(path)
    }

    fn size(&self, path: &RelPath) -> io::Result<u64> {
        self.all().size(path)
    }

    fn open(&self, path: &RelPath) -> io::Result<Box<dyn Read + '_>> {
        match self.0.open(path) {
            Err(error) if is_absent(&error) => Embedded.open(path),
            other => other,
        }
    }

    fn open_at(&self, path: &RelPath, start: u64) -> io::Result<Box<dyn Read + Send>> {
        self.all().open_at(path, start)
    }
}
