//! The workshop: makes a show of each state of the files, and says what is wrong with it.
//!
//! First what a browser waits for, the site in its new state; then, when nothing else happens, what
//! an editor wants to know: all pages are made once, as far as they may be others than before, to
//! see whether they can be. Whoever saves again meanwhile does not wait for that.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::watch::Sender;

use super::show::{Edit, Findings, Show};
use super::shown::Shown;
use crate::diag::Tongue;
use crate::path::RelPath;
use crate::pipeline::{Builder, Checked, Moment, Nowhere, Options, Placed};
use crate::print::Fingerprint;
use crate::source::batch::Batch;
use crate::source::tree::Tree;
use crate::source::watch::{Handle, Trouble, Watch, Woken};

/// So long nothing must happen before anything is made that nobody waits for.
const QUIET: Duration = Duration::from_millis(60);

/// So long at most the workshop sleeps before it looks at the clock, which may have been set.
const NAP: Duration = Duration::from_secs(20);

/// If more files than this were saved at once, nobody is led to one of them.
const EDITED_BY_HAND: usize = 3;

/// Where the workshop says what it made.
#[derive(Clone)]
pub struct Senders {
    /// Each complete state.
    pub show: Sender<Option<Arc<dyn Show>>>,
    /// What there is to say.
    pub findings: Sender<Option<Arc<Findings>>>,
    /// What was edited.
    pub edit: Sender<Option<Edit>>,
}

/// Tells the time.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// What is known besides the files.
#[derive(Clone)]
pub struct Order {
    /// What the build depends on besides the files; its moment is used if there is no clock.
    pub options: Options,
    /// The clock, unless one moment was ordered.
    pub clock: Option<Clock>,
    /// The language of messages, unless it is the site's.
    pub tongue: Option<Tongue>,
    /// To be called if the system does not tell of changes.
    pub trouble: fn(&Trouble, Tongue),
}

/// What is still to be done for the newest state.
enum Rest {
    /// Nothing.
    Nothing,
    /// To say what is wrong with the site.
    Check(Placed),
    /// To make its pages.
    Make(Checked),
}

/// Makes shows.
pub struct Workshop {
    /// What was built before.
    builder: Builder,
    /// The files.
    tree: Tree,
    /// What is known besides them.
    order: Order,
    /// Where to say what was made.
    senders: Senders,
    /// The newest state.
    shown: Option<Arc<Shown>>,
    /// The newest state that is without errors.
    good: Option<Arc<Shown>>,
    /// When the output changes by itself.
    next_change: Option<Timestamp>,
    /// What is still to be done.
    rest: Rest,
    /// How many edits were told.
    edits: u64,
}

impl Workshop {
    /// A workshop that has made nothing yet.
    pub fn new(tree: Tree, order: Order, senders: Senders) -> Self {
        Self {
            builder: Builder::warm(),
            tree,
            order,
            senders,
            shown: None,
            good: None,
            next_change: None,
            rest: Rest::Nothing,
            edits: 0,
        }
    }

    /// Works until the watch is closed. Whoever wakes it wants the clock to be looked at.
    pub fn run(mut self, watch: &mut Watch) {
        let handle = watch.handle();
        self.place();
        let mut patience = Duration::ZERO;
        let mut told = None;
        loop {
            if watch.trouble() != told.as_ref() {
                told = watch.trouble().cloned();
                self.complain(told.as_ref());
            }
            watch.heed_hidden(self.tree.has_links());
            let wait = match self.rest {
                Rest::Nothing => self.until_change(),
                Rest::Check(_) | Rest::Make(_) => Some(patience),
            };
            patience = QUIET;
            match watch.next(wait) {
                Woken::Closed => return,
                Woken::Called => {
                    self.place();
                }
                Woken::Batch(batch) => self.take(&batch),
                Woken::Timeout if matches!(self.rest, Rest::Nothing) => {
                    if self.is_change_due() {
                        self.place();
                    }
                }
                Woken::Timeout => {
                    patience = self.go_on(&handle);
                }
            }
        }
    }

    /// Says that the system does not tell of changes.
    fn complain(&self, trouble: Option<&Trouble>) {
        if let (Some(trouble), Some(shown)) = (trouble, &self.shown) {
            (self.order.trouble)(trouble, self.order.tongue.unwrap_or(shown.tongue()));
        }
    }

    /// Takes up changed files.
    fn take(&mut self, batch: &Batch) {
        let tree = self.tree.update(batch);
        if tree.number() == self.tree.number() {
            return;
        }
        self.tree = tree;
        if self.place() {
            self.tell_edit(batch);
        }
    }

    /// Makes the site of the newest state, and shows it. Says whether it is another than before.
    fn place(&mut self) -> bool {
        let mut options = self.order.options.clone();
        if let Some(clock) = &self.order.clock {
            options.now = Moment::Instant(clock());
        }
        let placed = self.builder.place(&self.tree, &options);
        self.next_change = placed.round.site.next_change;
        let is_new = self.shown.as_ref().is_none_or(|shown| shown.state() != placed.state);
        if is_new {
            self.show(Shown::new(placed.round.clone(), &placed, self.good.clone()));
        }
        if is_new || !matches!(self.rest, Rest::Nothing) {
            self.rest = Rest::Check(placed);
        }
        is_new
    }

    /// Shows a state.
    fn show(&mut self, shown: Shown) {
        let shown = Arc::new(shown);
        self.shown = Some(shown.clone());
        self.senders.show.send_replace(Some(shown));
    }

    /// Does a part of what is still to be done, unless something happens. Returns how long to wait
    /// before the next part.
    fn go_on(&mut self, handle: &Handle) -> Duration {
        let is_over = || handle.is_behind();
        match std::mem::replace(&mut self.rest, Rest::Nothing) {
            Rest::Nothing => QUIET,
            Rest::Check(placed) => {
                self.rest = match self.builder.check(&placed, &is_over) {
                    None => Rest::Check(placed),
                    Some(checked) => {
                        if let Some(round) = checked.other() {
                            self.next_change = round.site.next_change;
                            self.show(Shown::new(round, &placed, self.good.clone()));
                        }
                        self.tell(placed.state, &checked);
                        Rest::Make(checked)
                    }
                };
                Duration::ZERO
            }
            Rest::Make(checked) => {
                match self.builder.finish(&checked, &Nowhere, &is_over) {
                    None => self.rest = Rest::Make(checked),
                    Some(build) => {
                        if !build.has_errors() {
                            self.good = self.shown.as_ref().map(|shown| Arc::new(shown.alone()));
                        }
                        self.send(Findings {
                            state: checked.state,
                            pages: build.pages,
                            diagnostics: build.diagnostics.into(),
                            tongue: self.order.tongue.unwrap_or(build.tongue),
                            is_complete: true,
                        });
                    }
                }
                QUIET
            }
        }
    }

    /// Tells what is known before all pages are made.
    fn tell(&self, state: Fingerprint, checked: &Checked) {
        let tongue = self.order.tongue.unwrap_or(checked.tongue);
        let diagnostics = checked.diagnostics().into();
        self.send(Findings {
            state,
            pages: checked.pages(),
            diagnostics,
            tongue,
            is_complete: false,
        });
    }

    /// Sends findings.
    fn send(&self, findings: Findings) {
        self.senders.findings.send_replace(Some(Arc::new(findings)));
    }

    /// Tells which page was edited, if somebody saved one.
    fn tell_edit(&mut self, batch: &Batch) {
        let Some(shown) = &self.shown else { return };
        if batch.paths.len() > EDITED_BY_HAND {
            return;
        }
        let is_page = |path: &&RelPath| shown.page_of(path).is_some();
        let Some(path) = batch.paths.iter().find(is_page).cloned() else { return };
        self.edits += 1;
        self.senders.edit.send_replace(Some(Edit { number: self.edits, path }));
    }

    /// How long to sleep at most if nothing happens.
    fn until_change(&self) -> Option<Duration> {
        let now = (self.order.clock.as_ref()?)();
        let until = self.next_change?.duration_since(now);
        Some(Duration::try_from(until).unwrap_or_default().min(NAP))
    }

    /// Whether the output has changed by itself since it was made.
    fn is_change_due(&self) -> bool {
        let now = self.order.clock.as_ref().map(|clock| clock());
        now.zip(self.next_change).is_some_and(|(now, next)| now >= next)
    }
}
