//! Code Quality, which GitLab shows in merge requests.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{SITE, extent};
use crate::diag::lines::Texts;
use crate::diag::{Diagnostic, Severity, Tongue};
use crate::path::RelPath;
use crate::print::Fingerprint;

/// One finding. Names are GitLab's.
#[derive(Serialize)]
struct Issue<'a> {
    /// What is wrong, and the best way out.
    description: String,
    /// The code.
    check_name: &'a str,
    /// The same for the same finding in another run, so that GitLab can tell new ones from old.
    fingerprint: String,
    /// How bad it is, in GitLab's words.
    severity: &'static str,
    /// Where.
    location: Location<'a>,
}

/// A place.
#[derive(Serialize)]
struct Location<'a> {
    /// The file's path, relative to the site's root.
    path: &'a str,
    /// The lines.
    lines: Begin,
}

/// Where lines begin.
#[derive(Serialize)]
struct Begin {
    /// The first line.
    begin: usize,
}

/// All diagnostics as one Code Quality report, with a line end behind it.
pub fn gitlab(
    notes: &[Diagnostic],
    texts: &dyn Fn(&RelPath) -> Option<String>,
    tongue: Tongue,
) -> String {
    let mut texts = Texts::new(texts);
    let mut seen = BTreeMap::new();
    let issues: Vec<_> = notes
        .iter()
        .map(|note| {
            let path = note.place().map_or(SITE, |span| span.path.as_str());
            // German whatever the language of the report: switching it makes nothing new.
            let key = (note.code.as_str(), path, &note.message.de);
            let count: &mut usize = seen.entry(key).or_default();
            *count += 1;
            Issue {
                description: description(note, tongue),
                check_name: note.code.as_str(),
                fingerprint: Fingerprint::of(&(key, *count)).to_string(),
                severity: severity(note.severity),
                location: Location {
                    path,
                    lines: Begin {
                        begin: note.place().map_or(1, |span| extent(span, &mut texts).start.line),
                    },
                },
            }
        })
        .collect();
    let mut out =
        serde_json::to_string_pretty(&issues).expect("texts and numbers can be written as JSON");
    out.push('\n');
    out
}

/// The message with its best advice, on one line.
fn description(note: &Diagnostic, tongue: Tongue) -> String {
    let message = note.message.get(tongue);
    match note.help.first() {
        Some(help) => format!("{message}; {}", help.text.get(tongue)),
        None => message.to_owned(),
    }
}

/// GitLab's word for a severity.
fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "blocker",
        Severity::Warning => "major",
        Severity::Overdue => "minor",
        Severity::Hint => "info",
    }
}
