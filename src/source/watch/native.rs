//! What the system tells of changes.
//!
//! Each event is translated here into what it means for the site, on the thread on which the
//! system's watcher runs, so that what means nothing wakes nobody: reading files makes events too.

use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};

use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind, RenameMode};
use notify::{Config, ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use walkdir::WalkDir;

use super::gather::Kind;
use super::places::{About, Places};
use super::trouble::Trouble;
use super::{Line, Signal, TELLS_CLOSING};
use crate::source::batch::is_of_site;

/// The system's watcher.
pub(super) struct Native {
    /// The watcher itself.
    watcher: RecommendedWatcher,
    /// Where the folders are, as far as the translation of events goes.
    places: Arc<RwLock<Places>>,
}

impl Native {
    /// Begins to watch all folders.
    pub(super) fn start(places: &Places, line: &Line) -> Result<Self, Trouble> {
        let shared = Arc::new(RwLock::new(places.clone()));
        let (known, line) = (shared.clone(), line.clone());
        let told = move |event: notify::Result<Event>| {
            let places = known.read().unwrap_or_else(PoisonError::into_inner);
            match event {
                Ok(event) => tell(&line, &places, &event),
                // A limit shows when a new folder is watched; other errors are those of a folder
                // that is gone already.
                Err(error) if matches!(error.kind, ErrorKind::MaxFilesWatch) => {
                    line.send(Signal::Failed(Trouble::of(&error)));
                }
                Err(_) => line.send(Signal::Everything),
            }
        };
        let config = Config::default().with_follow_symlinks(false);
        let watcher = RecommendedWatcher::new(told, config);
        let watcher = watcher.map_err(|error| Trouble::of(&error))?;
        let mut native = Self { watcher, places: shared };
        native.cover_all(places)?;
        Ok(native)
    }

    /// Watches the folders where they are now.
    pub(super) fn cover_all(&mut self, places: &Places) -> Result<(), Trouble> {
        let old = {
            let mut known = self.places.write().unwrap_or_else(PoisonError::into_inner);
            std::mem::replace(&mut *known, places.clone())
        };
        for folder in old.folders().filter(|old| places.folders().all(|new| new != *old)) {
            // Whether it was watched still does not matter.
            let _ = self.watcher.unwatch(folder);
        }
        // The root only for its folders: they may be replaced.
        let root = self.watcher.watch(&places.root, RecursiveMode::NonRecursive);
        root.map_err(|error| Trouble::of(&error))?;
        places.folders().try_for_each(|folder| self.cover(folder))
    }

    /// Watches a folder and all below it. When this is done, whatever happens there is told, and
    /// whatever happened before is seen by who looks now.
    pub(super) fn cover(&mut self, folder: &Path) -> Result<(), Trouble> {
        let is_limit = |error: &notify::Error| matches!(error.kind, ErrorKind::MaxFilesWatch);
        match self.watcher.watch(folder, RecursiveMode::Recursive) {
            Ok(()) => return Ok(()),
            Err(error) if is_limit(&error) => return Err(Trouble::of(&error)),
            Err(_) => {}
        }
        // One folder that may not be read, or is gone meanwhile, must not hide the others.
        for entry in WalkDir::new(folder).into_iter().flatten() {
            let is_folder = entry.file_type().is_dir();
            let watched =
                is_folder.then(|| self.watcher.watch(entry.path(), RecursiveMode::NonRecursive));
            match watched {
                Some(Err(error)) if is_limit(&error) => return Err(Trouble::of(&error)),
                _ => {}
            }
        }
        Ok(())
    }
}

/// Says what an event means, if it means anything.
fn tell(line: &Line, places: &Places, event: &Event) {
    if event.need_rescan() {
        return line.send(Signal::Everything);
    }
    let Some(kind) = kind(&event.kind) else { return };
    for place in &event.paths {
        match places.about(place) {
            About::Path(path) if line.heeds_hidden() || is_of_site(&path) => {
                line.send(Signal::Touch(path, kind));
            }
            About::Footing => line.send(Signal::Footing),
            About::Unnamed => line.send(Signal::Unnamed),
            About::Path(_) | About::Nothing => {}
        }
    }
}

/// What an event says of a file; nothing if it is not worth acting on, or another event is sure to
/// follow.
fn kind(event: &EventKind) -> Option<Kind> {
    Some(match event {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => Kind::Written,
        EventKind::Access(_) => return None,
        EventKind::Create(CreateKind::File) if TELLS_CLOSING => Kind::Begun,
        // It is still open, and its closing will be told.
        EventKind::Modify(ModifyKind::Data(_)) if TELLS_CLOSING => return None,
        // Told as a leaving and an arrival before.
        EventKind::Modify(ModifyKind::Name(RenameMode::Both)) if TELLS_CLOSING => return None,
        EventKind::Modify(ModifyKind::Name(RenameMode::From)) | EventKind::Remove(_) => Kind::Gone,
        EventKind::Any | EventKind::Create(_) | EventKind::Modify(_) | EventKind::Other => {
            Kind::Other
        }
    })
}
