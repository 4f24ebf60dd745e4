//! Findings as the browser gets them.
//!
//! The text is that of the terminal. All words that the script shows come from here, so that the
//! script knows no language.

use std::sync::Arc;

use serde::Serialize;
use tokio::sync::watch;
use tokio::task::spawn_blocking;

use super::show::Findings;
use crate::diag::text::{self, Style};
use crate::diag::{Diagnostic, Severity, Tongue};
use crate::path::RelPath;
use crate::pipeline::text_of;
use crate::source::Files;
use crate::words;

/// So many errors are shown, and as many other findings; the rest is counted. A schema that nothing
/// fits any more makes thousands.
const MOST: usize = 50;

/// Before the first findings.
const NONE_YET: &str = "null";

/// Findings, and the words around them.
#[derive(Serialize)]
struct Message<'a> {
    /// The language of the words.
    lang: &'static str,
    /// How many there are of each sort.
    summary: String,
    /// The words.
    words: Labels<'a>,
    /// What keeps the site from being published.
    errors: Vec<Item>,
    /// All else.
    others: Vec<Item>,
    /// How many are not shown.
    more: Option<String>,
}

/// What is written on the overlay.
#[derive(Serialize)]
struct Labels<'a> {
    /// What the overlay is called if there are errors.
    title: &'a str,
    /// On the button that closes it.
    close: &'a str,
    /// What stands above all that is no error.
    others: &'a str,
    /// Before a place, for those who hear it: it opens the editor.
    open: &'a str,
    /// Said if no editor could be opened.
    failed: &'a str,
    /// What the corner mark is called.
    source: &'a str,
}

/// A finding.
#[derive(Serialize)]
struct Item {
    /// `error`, `warning`, `overdue` or `hint`.
    severity: &'static str,
    /// The text, as in the terminal.
    text: String,
    /// The file; missing if none is to blame.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    /// The line.
    line: usize,
    /// The column.
    column: usize,
}

/// Makes the message of each of the findings, until their sender is gone. Must be called inside a
/// runtime.
pub(super) fn messages(
    mut findings: watch::Receiver<Option<Arc<Findings>>>,
    files: Arc<dyn Files + Send + Sync>,
) -> watch::Receiver<Arc<str>> {
    let (sender, receiver) = watch::channel(Arc::from(NONE_YET));
    tokio::spawn(async move {
        loop {
            let newest = findings.borrow_and_update().clone();
            if let Some(newest) = newest {
                let files = files.clone();
                let made = spawn_blocking(move || message(&newest, files.as_ref())).await;
                // A message that cannot be made is no reason to say nothing ever again.
                if let Ok(made) = made {
                    sender.send_if_modified(|known| {
                        let is_new = **known != *made;
                        *known = Arc::from(made);
                        is_new
                    });
                }
            }
            tokio::select! {
                changed = findings.changed() => if changed.is_err() { return },
                () = sender.closed() => return,
            }
        }
    });
    receiver
}

/// The message as JSON.
fn message(findings: &Findings, files: &dyn Files) -> String {
    let tongue = findings.tongue;
    let (errors, others): (Vec<_>, Vec<_>) =
        findings.diagnostics.iter().partition(|note| note.severity == Severity::Error);
    let hidden = errors.len().saturating_sub(MOST) + others.len().saturating_sub(MOST);
    let more =
        words!("… und {hidden} weitere, siehe Terminal", "… and {hidden} more, see terminal");
    let summary = match findings.diagnostics.is_empty() {
        true => String::new(),
        false => text::summary(&findings.diagnostics, tongue),
    };
    let words = [
        words!("Fehler auf dieser Website", "Errors on this site"),
        words!("Schließen", "Close"),
        words!("Außerdem", "Also"),
        words!("Im Editor öffnen:", "Open in the editor:"),
        words!("Das ließ sich nicht öffnen:", "This could not be opened:"),
        words!("Quelle dieser Seite", "Source of this page"),
    ];
    let [title, close, also, open, failed, source] = words.each_ref().map(|word| word.get(tongue));
    let message = Message {
        lang: match tongue {
            Tongue::De => "de",
            Tongue::En => "en",
        },
        summary,
        words: Labels { title, close, others: also, open, failed, source },
        errors: items(&errors, files, tongue),
        others: items(&others, files, tongue),
        more: (hidden > 0).then(|| more.get(tongue).to_owned()),
    };
    serde_json::to_string(&message).expect("texts and numbers can be written as JSON")
}

/// The first findings of a sort.
fn items(notes: &[&Diagnostic], files: &dyn Files, tongue: Tongue) -> Vec<Item> {
    let notes = &notes[..notes.len().min(MOST)];
    let texts = |path: &RelPath| text_of(files, path);
    let drawn = text::each(notes, &texts, Style { tongue, color: false });
    let items = notes.iter().zip(drawn).map(|(note, drawn)| {
        let (path, line, column) = match drawn.place {
            Some((path, line, column)) => (Some(path.to_string()), line, column),
            None => (None, 1, 1),
        };
        Item { severity: note.severity.as_str(), text: drawn.text, path, line, column }
    });
    items.collect()
}
