//! What all answers are made from.

use std::io;
use std::sync::Arc;

use tokio::sync::{Semaphore, watch};
use tokio::task::spawn_blocking;

use super::compare::Looks;
use super::host::Hosts;
use super::show::{Edit, Findings, Show};
use super::windows::Windows;
use crate::diag::Tongue;
use crate::path::RelPath;
use crate::source::Files;

/// So many pages are made for requests at once: there are only so many cores, and each page at work
/// holds its memory.
const PAGES_AT_ONCE: usize = 8;

/// So many stretches of files are read at once.
const READS_AT_ONCE: usize = 8;

/// So many open pages are compared at once, so that requests come before them.
const LOOKS_AT_ONCE: usize = 2;

/// What is heard from whoever makes the pages. Nothing is heard before the first build is done.
#[derive(Clone, Debug)]
pub struct Feed {
    /// The newest complete state.
    pub show: watch::Receiver<Option<Arc<dyn Show>>>,
    /// What there is to say.
    pub findings: watch::Receiver<Option<Arc<Findings>>>,
    /// The file that was edited last; heard after the state with that edit, and only if the
    /// browsers are to go to its page.
    pub edit: watch::Receiver<Option<Edit>>,
}

/// Opens a file of the site at a line and column in an editor. Not found is the error for what is
/// no file of the site.
pub type OpenEditor = dyn Fn(&RelPath, usize, usize) -> io::Result<()> + Send + Sync;

/// What a server is told when it starts.
#[derive(Clone)]
pub struct Setup {
    /// The names it answers to.
    pub hosts: Hosts,
    /// The files of the site, for those that are published as they are.
    pub files: Arc<dyn Files + Send + Sync>,
    /// How a file is opened.
    pub open: Arc<OpenEditor>,
    /// The language of the few words that are the server's own, if it is known before the site is;
    /// else the browser's counts.
    pub tongue: Option<Tongue>,
    /// How long somebody may take, and how many there may be.
    pub limits: super::server::Limits,
}

/// All of it.
pub(super) struct Desk {
    /// What it was told.
    pub(super) setup: Setup,
    /// What is heard; findings only once they have settled.
    pub(super) feed: Feed,
    /// The findings as they come.
    pub(super) raw: watch::Receiver<Option<Arc<Findings>>>,
    /// The settled findings, ready to be sent.
    pub(super) notes: watch::Receiver<Arc<str>>,
    /// Turns true when the server is to end.
    pub(super) stop: watch::Receiver<bool>,
    /// The windows that listen.
    pub(super) windows: Arc<Windows>,
    /// What the open pages look like.
    pub(super) looks: Looks,
    /// Bounds the pages made at once.
    pages: Semaphore,
    /// Bounds the files read at once.
    reads: Semaphore,
    /// Bounds the pages compared at once.
    compared: Semaphore,
}

/// What work is for, which decides what it may have to wait for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Purpose {
    /// To answer a request.
    Page,
    /// To read on in a file.
    Read,
    /// To see whether an open page changed.
    Look,
}

/// The work came to no end: it panicked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Broken;

impl Desk {
    /// Puts it together.
    pub(super) fn new(
        setup: Setup,
        (feed, raw): (Feed, watch::Receiver<Option<Arc<Findings>>>),
        notes: watch::Receiver<Arc<str>>,
        stop: watch::Receiver<bool>,
    ) -> Arc<Self> {
        Arc::new(Self {
            setup,
            feed,
            raw,
            notes,
            stop,
            windows: Arc::default(),
            looks: Looks::default(),
            pages: Semaphore::new(PAGES_AT_ONCE),
            reads: Semaphore::new(READS_AT_ONCE),
            compared: Semaphore::new(LOOKS_AT_ONCE),
        })
    }

    /// The state that is served now.
    pub(super) fn show(&self) -> Option<Arc<dyn Show>> {
        self.feed.show.borrow().clone()
    }

    /// Does work where nobody waits for the thread, and not too much of it at once.
    pub(super) async fn work<T: Send + 'static>(
        &self,
        purpose: Purpose,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Broken> {
        let bound = match purpose {
            Purpose::Page => &self.pages,
            Purpose::Read => &self.reads,
            Purpose::Look => &self.compared,
        };
        let _permit = bound.acquire().await.map_err(|_| Broken)?;
        spawn_blocking(work).await.map_err(|_| Broken)
    }
}

/// Waits until the server is to end.
pub(super) async fn ended(stop: &mut watch::Receiver<bool>) {
    // An error says that the server is gone already.
    let _ = stop.wait_for(|stop| *stop).await;
}
