//! What `serve` says in the terminal while it runs.

use std::sync::Arc;

use jiff::Zoned;
use tokio::sync::watch;
use tokio::task::spawn_blocking;

use crate::cli::args::Format;
use crate::cli::{build, report};
use crate::diag::text;
use crate::serve::Findings;
use crate::source::Files;

/// Prints each findings that are complete, until nothing more is heard: a line, and before it all
/// that is to be said if that is not what stands there already.
pub(super) async fn tell(
    mut findings: watch::Receiver<Option<Arc<Findings>>>,
    files: Arc<dyn Files + Send + Sync>,
) {
    let mut told: Option<Arc<Findings>> = None;
    loop {
        let newest = findings.borrow_and_update().clone().filter(|newest| newest.is_complete);
        if let Some(newest) = newest {
            let (now, before, files) = (newest.clone(), told.clone(), files.clone());
            // A terminal may be slow, and the files behind the messages have to be read.
            let _ = spawn_blocking(move || print(&now, before.as_deref(), files.as_ref())).await;
            told = Some(newest);
        }
        if findings.changed().await.is_err() {
            return;
        }
    }
}

/// Prints findings as far as they are new.
fn print(findings: &Findings, before: Option<&Findings>, files: &dyn Files) {
    let Findings { state, pages, diagnostics, tongue, .. } = findings;
    let is_same = before.is_some_and(|before| before.diagnostics == *diagnostics);
    if is_same && before.is_some_and(|before| before.state == *state) {
        return;
    }
    if !is_same && !diagnostics.is_empty() {
        report::for_people(files, diagnostics, *tongue);
    }
    let time = Zoned::now().strftime("%H:%M:%S").to_string();
    let pages = build::pages(*pages, *tongue);
    let count = match diagnostics.is_empty() {
        true => String::new(),
        false => format!(", {}", text::summary(diagnostics, *tongue)),
    };
    report::last_line(Format::Text, &format!("{time} · {pages}{count}"));
}
