//! A server with all that belongs to it, as the program starts it, in this process.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use schaukasten::diag::{Diagnostic, Severity, Tongue};
use schaukasten::pipeline::Options;
use schaukasten::serve::{
    Edit, Feed, Findings, Hosts, Limits, Order, Senders, Setup, Workshop, serve,
};
use schaukasten::source::Files;
use schaukasten::source::disk::Disk;
use schaukasten::source::embedded::{Embedded, SiteFiles};
use schaukasten::source::tree::Tree;
use schaukasten::source::watch::{Handle, Means, Trouble, Watch};
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{oneshot, watch};

/// A server of a site on disk.
pub(super) struct Running {
    /// Where it listens.
    pub(super) address: SocketAddr,
    /// What its clock shows, in seconds.
    clock: Arc<AtomicI64>,
    /// The way to its watch.
    handle: Handle,
    /// What there is to say.
    findings: watch::Receiver<Option<Arc<Findings>>>,
    /// Ends it.
    stop: Option<oneshot::Sender<()>>,
    /// The thread on which pages are planned.
    workshop: Option<JoinHandle<()>>,
    /// Would lead browsers elsewhere.
    _nobody: watch::Sender<Option<Edit>>,
    /// What it runs on.
    _runtime: Runtime,
}

impl Running {
    /// Starts it. Its clock stands still unless it is set.
    pub(super) fn start(root: &Path, options: Options, now: Timestamp) -> Self {
        let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = listener.local_addr().unwrap();
        let disk = Disk::new(root.into());
        let files: Arc<dyn Files + Send + Sync> = Arc::new(SiteFiles(disk.clone()));
        let (show, shows) = watch::channel(None);
        let (told, findings) = watch::channel(None);
        let (edit, edits) = watch::channel(None);
        let setup = Setup {
            hosts: Hosts::local(),
            files,
            open: Arc::new(|_, _, _| Ok(())),
            tongue: None,
            limits: Limits::default(),
        };
        // Nobody is led to the page that was edited: then its window would load another, not this.
        drop(edits);
        let (nobody, edits) = watch::channel(None);
        let feed = Feed { show: shows, findings: findings.clone(), edit: edits };
        let (stop, stopped) = oneshot::channel();
        runtime.spawn(async move {
            serve(listener, setup, feed, async { stopped.await.unwrap_or_default() }).await;
        });
        let clock = Arc::new(AtomicI64::new(now.as_second()));
        let shown = clock.clone();
        let time = move || Timestamp::from_second(shown.load(Ordering::SeqCst)).unwrap();
        let order = Order { options, clock: Some(Arc::new(time)), tongue: None, trouble };
        let senders = Senders { show, findings: told, edit };
        let mut watch = Watch::start(&disk, Means::Told);
        let handle = watch.handle();
        let workshop = std::thread::spawn(move || {
            Workshop::new(Tree::new(disk, Arc::new(Embedded)), order, senders).run(&mut watch);
        });
        let (stop, workshop) = (Some(stop), Some(workshop));
        let (_nobody, _runtime) = (nobody, runtime);
        Self { address, clock, handle, findings, stop, workshop, _nobody, _runtime }
    }

    /// Sets its clock, as the passing of time does: nobody is told.
    pub(super) fn let_clock_show(&self, now: Timestamp) {
        self.clock.store(now.as_second(), Ordering::SeqCst);
    }

    /// Sets its clock, and says so.
    pub(super) fn set_clock(&self, now: Timestamp) {
        if self.clock.swap(now.as_second(), Ordering::SeqCst) != now.as_second() {
            self.handle.wake();
        }
    }

    /// All that there is to say about a state, once all is said.
    pub(super) fn findings(&self, state: &str) -> Option<Arc<Findings>> {
        let findings = self.findings.borrow().clone();
        findings.filter(|all| all.is_complete && all.state.to_string() == state)
    }

    /// How many errors are told, once all is said.
    pub(super) fn errors(&self) -> Option<usize> {
        let findings = self.findings.borrow().clone().filter(|all| all.is_complete)?;
        let is_error = |note: &&Diagnostic| note.severity == Severity::Error;
        Some(findings.diagnostics.iter().filter(is_error).count())
    }

    /// Whether errors are told before some time is over.
    pub(super) fn has_errors_within(&self, time: Duration) -> bool {
        let end = Instant::now() + time;
        while Instant::now() < end {
            if self.errors().is_some_and(|errors| errors > 0) {
                return true;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        false
    }

    /// Whether it still works.
    pub(super) fn is_alive(&self) -> bool {
        self.workshop.as_ref().is_some_and(|thread| !thread.is_finished())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.handle.close();
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(workshop) = self.workshop.take() {
            let _ = workshop.join();
        }
    }
}

/// Without the system's word on changes this would be a test of looking for them.
fn trouble(trouble: &Trouble, _: Tongue) {
    panic!("{}", trouble.message.en);
}
