//! One array of objects with all that is known.

use serde::Serialize;

use super::{Extent, extent};
use crate::diag::lines::Texts;
use crate::diag::{Diagnostic, Fix, Help, Label, Tongue};
use crate::path::RelPath;

/// A diagnostic. Field names and their order are part of the interface.
#[derive(Serialize)]
struct Entry<'a> {
    /// The stable name of the problem.
    code: &'static str,
    /// `error`, `warning`, `overdue` or `hint`.
    severity: &'static str,
    /// What is wrong.
    message: &'a str,
    /// Where; these fields are missing if no file is to blame.
    #[serde(flatten)]
    place: Option<Place<'a>>,
    /// What there is to see, the place of the problem first.
    labels: Vec<Mark<'a>>,
    /// Ways out, the best first.
    help: Vec<Advice<'a>>,
    /// Background.
    notes: Vec<&'a str>,
}

/// A stretch of a file.
#[derive(Serialize)]
struct Place<'a> {
    /// The file's path, relative to the site's root.
    file: &'a str,
    /// The first line.
    line: usize,
    /// The first column.
    column: usize,
    /// The last line.
    end_line: usize,
    /// The column behind the last character.
    end_column: usize,
    /// The first byte, counted from 0.
    start: usize,
    /// The byte behind the last.
    end: usize,
}

/// A place and what there is to see.
#[derive(Serialize)]
struct Mark<'a> {
    /// Where.
    #[serde(flatten)]
    place: Place<'a>,
    /// A few words; may be empty.
    text: &'a str,
}

/// A way out.
#[derive(Serialize)]
struct Advice<'a> {
    /// What to do.
    text: &'a str,
    /// The edit that does it.
    fix: Option<Edit<'a>>,
}

/// An edit.
#[derive(Serialize)]
struct Edit<'a> {
    /// The bytes to replace.
    #[serde(flatten)]
    place: Place<'a>,
    /// What stands there afterwards.
    replacement: &'a str,
}

/// All diagnostics as one JSON array, with a line end behind it.
pub fn json(
    notes: &[Diagnostic],
    texts: &dyn Fn(&RelPath) -> Option<String>,
    tongue: Tongue,
) -> String {
    let mut texts = Texts::new(texts);
    let entries: Vec<_> = notes.iter().map(|note| entry(note, &mut texts, tongue)).collect();
    let mut out =
        serde_json::to_string_pretty(&entries).expect("texts and numbers can be written as JSON");
    out.push('\n');
    out
}

/// One diagnostic.
fn entry<'a>(note: &'a Diagnostic, texts: &mut Texts<'_>, tongue: Tongue) -> Entry<'a> {
    let mark = |label: &'a Label, texts: &mut Texts<'_>| Mark {
        place: place(&label.span, texts),
        text: label.text.get(tongue),
    };
    let advice = |help: &'a Help, texts: &mut Texts<'_>| Advice {
        text: help.text.get(tongue),
        fix: help.fix.as_ref().map(|fix: &'a Fix| Edit {
            place: place(&fix.span, texts),
            replacement: &fix.replacement,
        }),
    };
    Entry {
        code: note.code.as_str(),
        severity: note.severity.as_str(),
        message: note.message.get(tongue),
        place: note.place().map(|span| place(span, texts)),
        labels: note.labels.iter().map(|label| mark(label, texts)).collect(),
        help: note.help.iter().map(|help| advice(help, texts)).collect(),
        notes: note.notes.iter().map(|text| text.get(tongue)).collect(),
    }
}

/// A stretch of a file.
fn place<'a>(span: &'a crate::diag::Span, texts: &mut Texts<'_>) -> Place<'a> {
    let Extent { start, end } = extent(span, texts);
    let range = texts.lines(&span.path).map_or(0..0, |lines| lines.clamp(&span.range));
    Place {
        file: span.path.as_str(),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        start: range.start,
        end: range.end,
    }
}
