//! A site's files on disk.
//!
//! [`Disk`] is the one place where the program reads what people wrote. It decides which names
//! count as files of a site at all, and it keeps the walk inside the folder: a link that leads out
//! would publish what nobody meant to publish, and a link that leads back would never end.

use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use rustix::fs::OFlags;
use walkdir::{DirEntry, WalkDir};

use super::{Files, Listing, Obstacle, TEXT_LIMIT};
use crate::path::RelPath;

/// The folder that holds what editors write.
const CONTENT: &str = "content";

/// What a path leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Probe {
    /// Nothing.
    Nothing,
    /// A regular file.
    File,
    /// A folder, a link, or what only a walk can tell.
    Other,
}

/// The files of a site in a folder.
#[derive(Clone, Debug)]
pub struct Disk {
    /// The site's root.
    root: PathBuf,
    /// The folder whose files appear as `content/…`.
    content: PathBuf,
}

impl Disk {
    /// The site whose root is `root`, with its content in `content/`.
    pub fn new(root: PathBuf) -> Self {
        let content = root.join(CONTENT);
        Self { root, content }
    }

    /// The site whose root is `root`, with its content in a folder anywhere.
    pub fn with_content(root: PathBuf, content: PathBuf) -> Self {
        Self { root, content }
    }

    /// The site's root.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Where one of the site's folders lies, whether there is one or not.
    pub(super) fn folder(&self, name: &str) -> PathBuf {
        if name == CONTENT { self.content.clone() } else { self.root.join(name) }
    }

    /// Where a path of the site lies on disk. `None` for a path that would climb.
    pub(super) fn locate(&self, path: &str) -> Option<PathBuf> {
        let plain = |part: Component<'_>| matches!(part, Component::Normal(_));
        if !Path::new(path).components().all(plain) {
            return None;
        }
        Some(match path.strip_prefix(CONTENT) {
            Some("") => self.content.clone(),
            Some(rest) if rest.starts_with('/') => self.content.join(rest.trim_start_matches('/')),
            _ => self.root.join(path),
        })
    }

    /// What is at a path now, without a look at what is in it.
    pub fn probe(&self, path: &RelPath) -> Probe {
        let Some(place) = self.locate(path.as_str()) else { return Probe::Nothing };
        match fs::symlink_metadata(place) {
            Ok(data) if data.is_file() => Probe::File,
            Err(error) if is_absent(&error) => Probe::Nothing,
            Ok(_) | Err(_) => Probe::Other,
        }
    }

    /// Where a file of the site lies on disk, for a program that is to open it. `None` if there is no
    /// such file, or if it lies elsewhere and is only linked to.
    pub fn place(&self, path: &RelPath) -> Option<PathBuf> {
        let place = fs::canonicalize(self.locate(path.as_str())?).ok()?;
        let folder = path.as_str().split('/').next()?;
        if path.as_str().split('/').any(is_ignored) || !matches!(folder, CONTENT | "themes") {
            return None;
        }
        let is_inside = place.starts_with(fs::canonicalize(self.locate(folder)?).ok()?);
        (is_inside && place.is_file()).then_some(place)
    }

    /// Opens a regular file. Anything else is refused without waiting for it: a pipe that took a
    /// file's place since the walk must not hang the build. Also the file's size.
    fn open_file(&self, path: &RelPath) -> io::Result<(File, u64)> {
        let place = self.locate(path.as_str()).ok_or(io::ErrorKind::NotFound)?;
        let flags = OFlags::NONBLOCK.bits().cast_signed();
        let file = OpenOptions::new().read(true).custom_flags(flags).open(place)?;
        let data = file.metadata()?;
        if data.is_file() { Ok((file, data.len())) } else { Err(no_file()) }
    }
}

impl Files for Disk {
    fn list(&self, folder: &str) -> Listing {
        let Some(base) = self.locate(folder) else { return Listing::default() };
        match fs::canonicalize(&base) {
            Ok(real) => Walk::new((folder, &base), real).run(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Listing::default(),
            Err(error) => Listing {
                obstacles: vec![Obstacle::Unreadable(RelPath::new(folder), error.to_string())],
                ..Listing::default()
            },
        }
    }

    fn read(&self, path: &RelPath) -> io::Result<Vec<u8>> {
        let (file, size) = self.open_file(path)?;
        if size > TEXT_LIMIT {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        // With room for all of it, and behind `take`, the size is not asked for a second time. A
        // file that grows meanwhile is read so far that it is seen to be too large.
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0) + 1);
        file.take(TEXT_LIMIT + 1).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn size(&self, path: &RelPath) -> io::Result<u64> {
        self.open_file(path).map(|(_, size)| size)
    }

    fn open(&self, path: &RelPath) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(self.open_file(path)?.0))
    }

    fn open_at(&self, path: &RelPath, start: u64) -> io::Result<Box<dyn Read + Send>> {
        let (mut file, _) = self.open_file(path)?;
        file.seek(SeekFrom::Start(start))?;
        Ok(Box::new(file))
    }
}

/// Whether there is no such file, as opposed to one that cannot be read.
pub(super) fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// Whether files and folders of this name are none of a site's: hidden ones, and the copies that
/// editors leave beside the file being edited.
pub(super) fn is_ignored(name: &str) -> bool {
    name.starts_with('.')
        || name.ends_with('~')
        || name.ends_with(".swp")
        || name.starts_with("~$")
        || matches!(name, "Thumbs.db" | "desktop.ini")
        || (name.len() > 1 && name.starts_with('#') && name.ends_with('#'))
}

/// A walk through one folder and what it has found so far.
struct Walk<'a> {
    /// The folder's path in the site.
    folder: &'a str,
    /// The folder on disk.
    base: &'a Path,
    /// The folder on disk with all links resolved; no link may lead out of it.
    real: PathBuf,
    /// The files that were found.
    files: Vec<RelPath>,
    /// What could not be listed.
    obstacles: Vec<Obstacle>,
    /// Whether a link was followed.
    has_links: bool,
}

impl<'a> Walk<'a> {
    /// A walk that has found nothing yet.
    fn new((folder, base): (&'a str, &'a Path), real: PathBuf) -> Self {
        Self { folder, base, real, files: Vec::new(), obstacles: Vec::new(), has_links: false }
    }

    /// Lists the folder.
    fn run(mut self) -> Listing {
        if self.real.is_dir() {
            self.below(self.base, false);
        } else {
            let words = "not a directory".to_owned();
            self.obstacles.push(Obstacle::Unreadable(RelPath::new(self.folder), words));
        }
        self.files.sort();
        self.obstacles.sort();
        let Self { files, obstacles, has_links, .. } = self;
        Listing { files: Arc::new(files), obstacles, has_links }
    }

    /// Lists what is below `start`. `linked` says that `start` was reached through a link: then
    /// links to folders are not followed again, so that folders that link to each other cannot
    /// make the walk endless, nor its length explode.
    fn below(&mut self, start: &Path, linked: bool) {
        let mut entries = WalkDir::new(start).min_depth(1).into_iter();
        while let Some(entry) = entries.next() {
            let is_folder = matches!(&entry, Ok(entry) if entry.file_type().is_dir());
            let is_taken = self.result(start, entry, linked);
            if is_folder && !is_taken {
                entries.skip_current_dir();
            }
        }
    }

    /// Takes note of what the walk below `start` came upon. Says whether its name is one that a
    /// site can have.
    fn result(&mut self, start: &Path, entry: walkdir::Result<DirEntry>, linked: bool) -> bool {
        let place = match &entry {
            Ok(entry) => entry.path(),
            Err(error) => error.path().unwrap_or(start),
        };
        let name = place.file_name().map(OsStr::to_string_lossy).unwrap_or_default();
        if place != start && is_ignored(&name) {
            return false;
        }
        let Some(path) = self.site_path(place) else {
            self.obstacles.push(Obstacle::NameNotUtf8(self.shown_path(place)));
            return false;
        };
        match entry {
            Ok(entry) => self.entry(path, &entry, linked),
            Err(error) => {
                let error = error.into_io_error().unwrap_or(io::ErrorKind::Other.into());
                self.refuse(path, &error);
            }
        }
        true
    }

    /// Takes note of one entry of a folder. Whether a file can be read shows when it is.
    fn entry(&mut self, path: RelPath, entry: &DirEntry, linked: bool) {
        let kind = entry.file_type();
        if kind.is_symlink() {
            self.link(path, entry.path(), linked);
        } else if kind.is_file() {
            self.files.push(path);
        } else if !kind.is_dir() {
            self.refuse(path, &no_file());
        }
    }

    /// Follows a symbolic link if it stays inside the folder.
    fn link(&mut self, path: RelPath, place: &Path, linked: bool) {
        let target = match fs::canonicalize(place) {
            Ok(target) => target,
            Err(error) => return self.refuse(path, &error),
        };
        if !target.starts_with(&self.real) {
            self.obstacles.push(Obstacle::LeavesFolder(path));
        } else if target.is_file() {
            self.has_links = true;
            self.files.push(path);
        } else if !target.is_dir() {
            self.refuse(path, &no_file());
        } else if linked || leads_back(place, &target) {
            self.refuse(path, &io::Error::other("too many levels of symbolic links"));
        } else {
            self.has_links = true;
            self.below(place, true);
        }
    }

    /// Takes note of what the system refuses, in its words.
    fn refuse(&mut self, path: RelPath, error: &io::Error) {
        self.obstacles.push(Obstacle::Unreadable(path, error.to_string()));
    }

    /// The site's path of a place on disk; `None` if it is not UTF-8.
    fn site_path(&self, place: &Path) -> Option<RelPath> {
        let mut path = self.folder.to_owned();
        for part in place.strip_prefix(self.base).ok()?.components() {
            path.push('/');
            path.push_str(part.as_os_str().to_str()?);
        }
        Some(RelPath::new(path))
    }

    /// The site's path of a place on disk, with replacement characters for what is not UTF-8.
    fn shown_path(&self, place: &Path) -> RelPath {
        let rest = place.strip_prefix(self.base).unwrap_or(place);
        RelPath::new(format!("{}/{}", self.folder, rest.to_string_lossy()))
    }
}

/// Whether the folder `target` holds the link that leads to it.
fn leads_back(link: &Path, target: &Path) -> bool {
    let folder = link.parent().map(fs::canonicalize);
    matches!(folder, Some(Ok(folder)) if folder.starts_with(target))
}

/// What is said of pipes, sockets and devices.
fn no_file() -> io::Error {
    io::Error::other("not a regular file")
}
