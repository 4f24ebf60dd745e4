//! Findings that have lasted.
//!
//! An editor that empties a file and writes it in a second step leaves, for a moment, a file that is
//! wrong. Nobody wants to see that flash. So an error is told only if it outlives a short while;
//! that all is well again is told at once, but not before all pages were made: until then nobody
//! knows.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{Instant, sleep_until, timeout_at};

use super::show::Findings;
use crate::diag::{Diagnostic, Severity};

/// So long an error must last.
const LASTING: Duration = Duration::from_millis(150);

/// A receiver.
type Heard = watch::Receiver<Option<Arc<Findings>>>;

/// Findings as they are worth telling, until the sender of `raw` is gone. Must be called inside a
/// runtime.
pub fn settled(mut raw: Heard) -> Heard {
    let (sender, receiver) = watch::channel(None);
    tokio::spawn(async move {
        loop {
            let newest = raw.borrow_and_update().clone();
            if let Some(newest) = newest {
                let told = sender.borrow().clone();
                let lasting = wait(&mut raw, told.as_deref(), newest).await;
                let Some(lasting) = lasting else { return };
                let is_new = lasting.as_ref().is_some_and(|new| !is_told(&sender.borrow(), new));
                if is_new {
                    sender.send_replace(lasting);
                }
            }
            tokio::select! {
                changed = raw.changed() => if changed.is_err() { return },
                () = sender.closed() => return,
            }
        }
    });
    receiver
}

/// Whether exactly this was told.
fn is_told(told: &Option<Arc<Findings>>, new: &Arc<Findings>) -> bool {
    told.as_ref().is_some_and(|told| Arc::ptr_eq(told, new))
}

/// Waits until findings have lasted or better ones have come. `Some(None)` if there is nothing to
/// be told yet, `None` if nothing is heard any more.
async fn wait(
    raw: &mut Heard,
    told: Option<&Findings>,
    mut newest: Arc<Findings>,
) -> Option<Option<Arc<Findings>>> {
    let mut deadline = moment_from_now();
    loop {
        let known = told.map_or(&[][..], |told| &told.diagnostics);
        let fresh = fresh_errors(known, &newest.diagnostics);
        if fresh.is_empty() {
            // What is not complete may lack errors that are still there.
            let is_better = errors(known).count() > errors(&newest.diagnostics).count();
            return Some((newest.is_complete || !is_better).then_some(newest));
        }
        match timeout_at(deadline, raw.changed()).await {
            Err(_) => return Some(Some(newest)),
            Ok(Err(_)) => {
                sleep_until(deadline).await;
                return None;
            }
            Ok(Ok(())) => {}
        }
        let next = raw.borrow_and_update().clone()?;
        // Whoever types on while something stays wrong is told of it all the same.
        let is_still_there = fresh.iter().any(|note| next.diagnostics.contains(note));
        if !is_still_there {
            deadline = moment_from_now();
        }
        newest = next;
    }
}

/// When an error that comes now will have lasted.
fn moment_from_now() -> Instant {
    // A sleep knows its own deadline, so the clock is not read here.
    tokio::time::sleep(LASTING).deadline()
}

/// The errors among findings.
fn errors(notes: &[Diagnostic]) -> impl Iterator<Item = &Diagnostic> {
    notes.iter().filter(|note| note.severity == Severity::Error)
}

/// The errors that were not told before.
fn fresh_errors(told: &[Diagnostic], new: &[Diagnostic]) -> Vec<Diagnostic> {
    errors(new).filter(|note| !told.contains(note)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Code, Tongue, Words};
    use crate::print::Fingerprint;

    fn findings(errors: &[&str], is_complete: bool) -> Option<Arc<Findings>> {
        let error = |text: &&str| Diagnostic::without_place(Code::SiteMissing, Words::same(*text));
        let diagnostics = errors.iter().map(error).collect();
        let state = Fingerprint::of(errors);
        Some(Arc::new(Findings { state, pages: 1, diagnostics, tongue: Tongue::En, is_complete }))
    }

    /// What is told, and how long after `steps` began; each step is a pause in milliseconds and
    /// then findings.
    async fn told(steps: &[(u64, &[&str], bool)]) -> Vec<usize> {
        let (sender, raw) = watch::channel(None);
        let mut settled = settled(raw);
        let mut counts = Vec::new();
        let mut take = |settled: &mut Heard| {
            if settled.has_changed().unwrap() {
                let count = settled.borrow_and_update().as_ref().unwrap().diagnostics.len();
                counts.push(count);
            }
        };
        for (pause, errors, is_complete) in steps {
            tokio::time::sleep(Duration::from_millis(*pause)).await;
            take(&mut settled);
            sender.send_replace(findings(errors, *is_complete));
        }
        tokio::time::sleep(Duration::from_millis(300)).await;
        take(&mut settled);
        counts
    }

    #[tokio::test]
    async fn an_error_is_told_if_it_lasts() {
        assert_eq!(told(&[(0, &[], true), (30, &["a"], true)]).await, [0, 1]);
    }

    #[tokio::test]
    async fn an_error_that_is_gone_is_not_told() {
        assert_eq!(told(&[(0, &[], true), (30, &["a"], true), (50, &[], true)]).await, [0, 0]);
    }

    #[tokio::test]
    async fn an_error_that_stays_while_others_come_and_go_is_told() {
        let steps: &[(u64, &[&str], bool)] =
            &[(0, &["a"], true), (90, &["a", "b"], true), (90, &["a"], true), (90, &["a"], true)];
        assert_eq!(told(steps).await.first(), Some(&2));
    }

    #[tokio::test]
    async fn only_what_is_complete_takes_errors_away() {
        let steps: &[(u64, &[&str], bool)] = &[(0, &["a"], true), (250, &[], false)];
        assert_eq!(told(steps).await, [1]);
        let steps: &[(u64, &[&str], bool)] =
            &[(0, &["a"], true), (250, &[], false), (30, &[], true)];
        assert_eq!(told(steps).await, [1, 0]);
    }
}
