//! Looking at all files again and again, where the system does not tell of changes.
//!
//! A look compares names, sizes and times, not bytes. Times have a grain: of two changes within one
//! grain, the second leaves no trace. So what has changed is named a second time when its grain is
//! surely over.

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::os::unix::fs::MetadataExt;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use super::gather::Kind;
use super::{Line, Signal};
use crate::path::RelPath;
use crate::source::disk::Disk;
use crate::source::{Files, Obstacle};

/// The time from one look to the next.
const INTERVAL: Duration = Duration::from_secs(1);

/// The same while changes go on.
const SHORT_INTERVAL: Duration = Duration::from_millis(100);

/// So many looks after a change was seen, its grain of time is over.
const GRAIN: u32 = 2;

/// A thread that looks at all files; it ends when this is dropped.
pub(super) struct Poll {
    /// Nothing is ever sent here: that it is dropped is the message.
    _alive: Sender<()>,
}

impl Poll {
    /// Begins to look. Whatever changes after this is seen.
    pub(super) fn start(disk: Disk, line: Line) -> Self {
        let (alive, end) = mpsc::channel();
        let mut look = Look::at(&disk);
        let mut recent: Vec<(RelPath, u32)> = Vec::new();
        let mut wait = INTERVAL;
        thread::spawn(move || {
            while end.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                let now = Look::at(&disk);
                let changes = look.changes(&now);
                let has_changed = !changes.is_empty() || look.obstacles != now.obstacles;
                if wait == INTERVAL {
                    recent.iter_mut().for_each(|(_, looks)| *looks += 1);
                }
                let over = recent.extract_if(.., |(_, looks)| *looks >= GRAIN);
                let mut told: Vec<_> = over.map(|(path, _)| (path, Kind::Other)).collect();
                recent.extend(changes.iter().map(|(path, _)| (path.clone(), 0)));
                told.extend(changes);
                if look.obstacles != now.obstacles {
                    line.send(Signal::Everything);
                }
                if !told.is_empty() {
                    line.send(Signal::Polled(told));
                }
                wait = if has_changed { SHORT_INTERVAL } else { INTERVAL };
                look = now;
            }
        });
        Self { _alive: alive }
    }
}

/// What a look at all files saw.
struct Look {
    /// What can be seen of each file from outside.
    stamps: BTreeMap<RelPath, Stamp>,
    /// What could not be listed.
    obstacles: Vec<Obstacle>,
}

/// What can be seen of a file from outside; if any of this differs, so may the bytes. `None` if it
/// cannot be seen.
type Stamp = Option<[i128; 7]>;

impl Look {
    /// Looks at all files.
    fn at(disk: &Disk) -> Self {
        let [content, themes] = ["content", "themes"].map(|folder| disk.list(folder));
        let files = content.files.iter().chain(themes.files.iter());
        let stamp =
            |path: &RelPath| disk.locate(path.as_str()).and_then(|at| fs::metadata(at).ok());
        let stamps = files.map(|path| (path.clone(), stamp(path).as_ref().map(seen))).collect();
        Self { stamps, obstacles: [content.obstacles, themes.obstacles].concat() }
    }

    /// What is different in a later look.
    fn changes(&self, later: &Self) -> Vec<(RelPath, Kind)> {
        let is_same = |path: &RelPath, stamp| self.stamps.get(path) == Some(stamp);
        let touched = later.stamps.iter().filter(|(path, stamp)| !is_same(path, stamp));
        let gone = self.stamps.keys().filter(|path| !later.stamps.contains_key(*path));
        let touched = touched.map(|(path, _)| (path.clone(), Kind::Other));
        touched.chain(gone.map(|path| (path.clone(), Kind::Gone))).collect()
    }
}

/// The numbers that change when a file does.
fn seen(data: &Metadata) -> [i128; 7] {
    let nanoseconds =
        |seconds: i64, rest: i64| i128::from(seconds) * 1_000_000_000 + i128::from(rest);
    [
        i128::from(data.dev()),
        i128::from(data.ino()),
        i128::from(data.mode()),
        i128::from(data.uid()),
        i128::from(data.size()),
        nanoseconds(data.mtime(), data.mtime_nsec()),
        nanoseconds(data.ctime(), data.ctime_nsec()),
    ]
}
