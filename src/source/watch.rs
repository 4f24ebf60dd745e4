//! Which files have changed, told soon and all at once.
//!
//! A [`Watch`] listens to the system where it tells of changes and looks for itself where it does
//! not. It hands out [`Batch`]es: suspicions that belong together, for [`Tree::update`]. It never
//! hands out part of a save, and rarely part of a checkout.
//!
//! [`Tree::update`]: super::tree::Tree::update

mod gather;
mod native;
mod places;
mod poll;
mod trouble;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use super::batch::Batch;
use super::disk::Disk;
use crate::path::RelPath;
use gather::{Gather, Kind};
use native::Native;
use places::Places;
use poll::Poll;

pub use trouble::Trouble;

/// Whether the system tells when a file that was written is closed.
const TELLS_CLOSING: bool = cfg!(any(target_os = "linux", target_os = "android"));

/// The time from one look at where the folders are to the next. That they are replaced is mostly
/// told; this is for folders elsewhere, and for links whose targets change.
const FOOTING: Duration = Duration::from_secs(1);

/// A file that was emptied will soon be written.
const EMPTIED: Duration = Duration::from_millis(30);

/// While Git says that it is at work, this often somebody looks whether it still is.
const GIT: Duration = Duration::from_millis(20);

/// Git is not believed if nothing happens for this long.
const GIT_IDLE: Duration = Duration::from_secs(1);

/// Neither is it believed for longer than this.
const GIT_AT_LATEST: Duration = Duration::from_secs(10);

/// How changes come to be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Means {
    /// The system tells, if it can.
    Told,
    /// They are looked for every second.
    Looked,
}

/// Why [`Watch::next`] came back.
#[derive(Debug, PartialEq, Eq)]
pub enum Woken {
    /// Files may have changed.
    Batch(Batch),
    /// The time is over, and nothing has happened.
    Timeout,
    /// [`Handle::wake`] was called.
    Called,
    /// [`Handle::close`] was called.
    Closed,
}

/// What is sent to a watch.
enum Signal {
    /// Something happened to a file or folder.
    Touch(RelPath, Kind),
    /// A look at all files found these.
    Polled(Vec<(RelPath, Kind)>),
    /// Something happened to a file that cannot be named.
    Unnamed,
    /// Something happened to one of the site's folders as a whole.
    Footing,
    /// Events were lost.
    Everything,
    /// The system will not tell any more.
    Failed(Trouble),
    /// Somebody wants [`Watch::next`] to come back.
    Called,
}

/// The way to a watch.
#[derive(Clone)]
struct Line {
    /// Where to send signals.
    sender: Sender<Signal>,
    /// What is known on both sides.
    shared: Arc<Shared>,
}

/// What is known on both sides of a [`Line`].
#[derive(Default)]
struct Shared {
    /// How many signals of changes were sent.
    sent: AtomicU64,
    /// How many of them were taken into batches.
    taken: AtomicU64,
    /// Whether names matter that are none of a site's.
    heeds_hidden: AtomicBool,
    /// Whether all is over.
    is_closed: AtomicBool,
}

impl Line {
    /// Sends a signal. That nobody listens any more is no error.
    fn send(&self, signal: Signal) {
        if !matches!(signal, Signal::Called) {
            self.shared.sent.fetch_add(1, Ordering::SeqCst);
        }
        let _ = self.sender.send(signal);
    }

    /// Whether names matter that are none of a site's.
    fn heeds_hidden(&self) -> bool {
        self.shared.heeds_hidden.load(Ordering::Relaxed)
    }
}

/// What other threads may ask of a watch.
#[derive(Clone)]
pub struct Handle(Line);

impl Handle {
    /// Whether something has happened that is in no batch yet: whoever works on the last one may
    /// as well stop. It may still come to nothing; so who stops must go on with the next batch even
    /// if that changes nothing.
    pub fn is_behind(&self) -> bool {
        let Shared { sent, taken, .. } = &*self.0.shared;
        sent.load(Ordering::SeqCst) != taken.load(Ordering::SeqCst)
    }

    /// Makes [`Watch::next`] come back.
    pub fn wake(&self) {
        self.0.send(Signal::Called);
    }

    /// Makes [`Watch::next`] come back now and whenever it is called again.
    pub fn close(&self) {
        self.0.shared.is_closed.store(true, Ordering::SeqCst);
        self.wake();
    }
}

/// Knows which files of a site have changed.
pub struct Watch {
    /// Where the files are.
    disk: Disk,
    /// Where their folders are, as last seen.
    places: Places,
    /// The file by which Git says that it is at work.
    git_lock: Option<PathBuf>,
    /// The system's watcher, if there is one.
    native: Option<Native>,
    /// The looking, if it is needed.
    poll: Option<Poll>,
    /// Why it is needed.
    trouble: Option<Trouble>,
    /// The way to here.
    line: Line,
    /// What comes that way.
    signals: Receiver<Signal>,
    /// How many signals of changes came.
    received: u64,
    /// What has happened and was not handed out.
    gather: Gather,
    /// When to look again where the folders are.
    footing_at: Instant,
}

impl Watch {
    /// Begins to watch the files of `disk`: what changes after this will be in a batch.
    pub fn start(disk: &Disk, means: Means) -> Self {
        let (sender, signals) = mpsc::channel();
        let line = Line { sender, shared: Arc::default() };
        let places = Places::of(disk);
        let mut watch = Self {
            disk: disk.clone(),
            git_lock: places::git_lock(&places.root),
            native: None,
            poll: None,
            trouble: None,
            line,
            signals,
            received: 0,
            gather: Gather::default(),
            footing_at: Instant::now() + FOOTING,
            places,
        };
        match means {
            Means::Told => watch.listen(),
            Means::Looked => watch.look(None),
        }
        watch
    }

    /// Why changes are looked for although they should be told; asked after each batch, as it may
    /// turn out late.
    pub fn trouble(&self) -> Option<&Trouble> {
        self.trouble.as_ref()
    }

    /// What other threads may ask.
    pub fn handle(&self) -> Handle {
        Handle(self.line.clone())
    }

    /// Says whether files with names that are none of a site's matter, because links lead to them.
    pub fn heed_hidden(&self, is_heeded: bool) {
        self.line.shared.heeds_hidden.store(is_heeded, Ordering::Relaxed);
    }

    /// Waits for the next batch, but no longer than `timeout`; only if something has happened
    /// already, it is waited for until it is complete.
    pub fn next(&mut self, timeout: Option<Duration>) -> Woken {
        let end = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
        loop {
            while let Ok(signal) = self.signals.try_recv() {
                if self.take(signal) {
                    return self.called();
                }
            }
            if self.line.shared.is_closed.load(Ordering::SeqCst) {
                return Woken::Closed;
            }
            let now = Instant::now();
            let until = match self.gather.due() {
                Some(due) if due > now => due,
                Some(_) => match self.hold(now) {
                    Some(later) => later,
                    None => return Woken::Batch(self.finish()),
                },
                None => {
                    if end.is_some_and(|end| end <= now) {
                        return Woken::Timeout;
                    }
                    self.check_footing(now);
                    end.map_or(self.footing_at, |end| end.min(self.footing_at))
                }
            };
            match self.signals.recv_timeout(until.saturating_duration_since(now)) {
                Ok(signal) => {
                    if self.take(signal) {
                        return self.called();
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Woken::Closed,
            }
        }
    }

    /// What to say to who was called.
    fn called(&self) -> Woken {
        match self.line.shared.is_closed.load(Ordering::SeqCst) {
            true => Woken::Closed,
            false => Woken::Called,
        }
    }

    /// Takes note of a signal. Says whether it was a call.
    fn take(&mut self, signal: Signal) -> bool {
        let now = Instant::now();
        self.received += u64::from(!matches!(signal, Signal::Called));
        match signal {
            Signal::Called => return true,
            Signal::Touch(path, kind) => self.gather.add(now, path, kind),
            Signal::Polled(changes) => {
                self.gather.is_polled = true;
                changes.into_iter().for_each(|(path, kind)| self.gather.add(now, path, kind));
            }
            Signal::Unnamed => {
                self.gather.is_incomplete = true;
                self.gather.touch(now);
            }
            Signal::Footing => {
                self.gather.is_footing = true;
                self.gather.touch(now);
            }
            Signal::Everything => {
                // Folders may have come unseen, too.
                self.gather.is_footing = true;
                self.gather.add_everything(now);
            }
            Signal::Failed(trouble) => {
                self.look(Some(trouble));
                self.gather.add_everything(now);
            }
        }
        false
    }

    /// Until when to wait although nothing more happens: somebody has not finished.
    fn hold(&mut self, now: Instant) -> Option<Instant> {
        let (first, last) = self.gather.ages(now);
        let is_git_at_work = self.git_lock.as_deref().is_some_and(places::is_there);
        if is_git_at_work && last < GIT_IDLE && first < GIT_AT_LATEST {
            return Some(now + GIT);
        }
        let is_emptied = self.gather.few_written().any(|path| self.places.is_emptied(path));
        if is_emptied && self.gather.wait_longer(EMPTIED) {
            return self.gather.due().filter(|due| *due > now);
        }
        None
    }

    /// Hands out what has happened. Folders that came are watched before anybody looks into them,
    /// so that no file can come unseen in between.
    fn finish(&mut self) -> Batch {
        self.catch_up();
        let mut covered = Ok(());
        if let Some(native) = &mut self.native {
            if self.gather.is_footing {
                self.places = Places::of(&self.disk);
                covered = native.cover_all(&self.places);
            } else if TELLS_CLOSING {
                let folders = self.gather.folders();
                let mut folders = folders.filter_map(|path| self.places.locate_folder(path));
                covered = folders.try_for_each(|folder| native.cover(&folder));
            }
        }
        if let Err(trouble) = covered {
            self.look(Some(trouble));
            self.gather.add_everything(Instant::now());
        }
        self.gather.finish()
    }

    /// Takes note that all signals so far are in a batch.
    fn catch_up(&self) {
        self.line.shared.taken.store(self.received, Ordering::SeqCst);
    }

    /// Looks whether the folders are still where they were.
    fn check_footing(&mut self, now: Instant) {
        if now < self.footing_at {
            return;
        }
        self.footing_at = now + FOOTING;
        if self.native.is_some() && Places::of(&self.disk) != self.places {
            self.line.send(Signal::Footing);
        }
    }

    /// Lets the system tell of changes.
    fn listen(&mut self) {
        match Native::start(&self.places, &self.line) {
            Ok(native) => self.native = Some(native),
            Err(trouble) => return self.look(Some(trouble)),
        }
        if self.places.folders().any(places::is_shared) {
            let native = self.native.take();
            self.look(Some(Trouble::shared()));
            self.native = native;
        }
    }

    /// Looks for changes every second instead.
    fn look(&mut self, trouble: Option<Trouble>) {
        self.native = None;
        self.trouble = trouble;
        self.poll = Some(Poll::start(self.disk.clone(), self.line.clone()));
    }
}
