//! Where a site's folders really are, and which of its paths an event is about.
//!
//! The system tells of real paths, with all links resolved; a site knows `content/…` and
//! `themes/…`, either of which may be a link or lie elsewhere, and may be another folder tomorrow.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use crate::path::RelPath;
use crate::source::disk::Disk;

/// The folders of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Places {
    /// The root, without links.
    pub(super) root: PathBuf,
    /// The folders with files in them.
    spots: Vec<Spot>,
}

/// A folder with files in it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Spot {
    /// Its name in the site.
    name: &'static str,
    /// The path that leads there; only its last part can be a link.
    way: PathBuf,
    /// Where it is, and the numbers by which the system knows it. `None` if there is none.
    real: Option<(PathBuf, u64, u64)>,
}

/// What an event is about.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum About {
    /// One of the folders as a whole.
    Footing,
    /// A file or folder in one of them.
    Path(RelPath),
    /// A file in one of them whose name is no text.
    Unnamed,
    /// None of the site's.
    Nothing,
}

impl Places {
    /// Where the folders are now.
    pub(super) fn of(disk: &Disk) -> Self {
        let root = real(disk.root());
        let spots = ["content", "themes"].map(|name| {
            let way = disk.folder(name);
            let way = match (way.parent(), way.file_name()) {
                (Some(parent), Some(last)) => real(parent).join(last),
                _ => real(&way),
            };
            let real = fs::canonicalize(&way).ok().and_then(|path| {
                let data = fs::metadata(&path).ok().filter(fs::Metadata::is_dir)?;
                Some((path, data.dev(), data.ino()))
            });
            Spot { name, way, real }
        });
        Self { root, spots: spots.into() }
    }

    /// The folders that have to be watched with all below them.
    pub(super) fn folders(&self) -> impl Iterator<Item = &Path> {
        self.spots.iter().filter_map(|spot| Some(spot.real.as_ref()?.0.as_path()))
    }

    /// What an event at `place` is about.
    pub(super) fn about(&self, place: &Path) -> About {
        for Spot { name, way, real } in &self.spots {
            let real = real.as_ref().map(|(path, ..)| path);
            if place == way || Some(place) == real.map(PathBuf::as_path) {
                return About::Footing;
            }
            let Some(rest) = real.and_then(|real| place.strip_prefix(real).ok()) else { continue };
            return match rest.to_str() {
                Some(rest) => About::Path(RelPath::new(format!("{name}/{rest}"))),
                None => About::Unnamed,
            };
        }
        About::Nothing
    }

    /// Where a path of the site is.
    pub(super) fn locate(&self, path: &RelPath) -> Option<PathBuf> {
        let found = |spot: &Spot| Some(spot.real.as_ref()?.0.join(path.below(spot.name)?));
        self.spots.iter().find_map(found)
    }

    /// The same if a folder of its own is there.
    pub(super) fn locate_folder(&self, path: &RelPath) -> Option<PathBuf> {
        self.locate(path)
            .filter(|place| fs::symlink_metadata(place).is_ok_and(|data| data.is_dir()))
    }

    /// Whether a file is there and has nothing in it.
    pub(super) fn is_emptied(&self, path: &RelPath) -> bool {
        let data = self.locate(path).map(fs::metadata);
        matches!(data, Some(Ok(data)) if data.is_file() && data.len() == 0)
    }
}

/// A path without links, as far as there is something.
fn real(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    fs::canonicalize(&whole).unwrap_or(whole)
}

/// The file by which Git says that it is at work on the files around `root`.
pub(super) fn git_lock(root: &Path) -> Option<PathBuf> {
    let found = |folder: &Path| {
        let git = folder.join(".git");
        let data = fs::metadata(&git).ok()?;
        if data.is_dir() {
            return Some(git.join("index.lock"));
        }
        // One of several work trees of a repository.
        let text = fs::read_to_string(&git).ok()?;
        Some(folder.join(text.strip_prefix("gitdir:")?.trim()).join("index.lock"))
    };
    root.ancestors().find_map(found)
}

/// Whether a file is there.
pub(super) fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Whether other machines may write to a folder without this one's system taking note.
#[cfg(target_os = "linux")]
pub(super) fn is_shared(folder: &Path) -> bool {
    /// NFS, SMB in three versions, 9P (Windows' own drives in its Linux), shares of VirtualBox.
    const SHARED: [u32; 6] = [0x6969, 0x517b, 0xff53_4d42, 0xfe53_4d42, 0x0102_1997, 0x786f_4256];
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "only the lower half is used, and a number is all it is"
    )]
    let kind = |stat: rustix::fs::StatFs| stat.f_type as u32;
    rustix::fs::statfs(folder).is_ok_and(|stat| SHARED.contains(&kind(stat)))
}

/// Elsewhere this is not known.
#[cfg(not(target_os = "linux"))]
pub(super) fn is_shared(_: &Path) -> bool {
    false
}
