//! Diagnostics as text for people, in rustc's style.
//!
//! The drawing is annotate-snippets' work. It panics on spans that do not fit its text, so it only
//! ever sees an excerpt, whose spans do.

mod drawing;
mod excerpt;

use std::collections::BTreeMap;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Level, Renderer};

use self::drawing::{Drawing, plain};
use super::lines::Texts;
use super::{Code, Diagnostic, Severity, Tongue, Words};
use crate::path::RelPath;
use crate::words;

/// So many diagnostics of one code are shown; the others are counted.
pub const MOST_PER_CODE: usize = 20;

/// How text for people looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// The language of the messages.
    pub tongue: Tongue,
    /// Whether a terminal reads it that knows colours.
    pub color: bool,
}

/// Renders diagnostics, which are sorted already, with an empty line after each. `texts` gives the
/// text of a source file, if it has one.
pub fn render(
    notes: &[Diagnostic],
    texts: &dyn Fn(&RelPath) -> Option<String>,
    style: Style,
) -> String {
    let mut texts = Texts::new(texts);
    let mut counts: BTreeMap<Code, usize> = BTreeMap::new();
    let mut out = String::new();
    for note in notes {
        let count = counts.entry(note.code).or_default();
        *count += 1;
        if *count <= MOST_PER_CODE {
            out.push_str(&one(note, &mut texts, style));
            out.push_str("\n\n");
        }
    }
    for (code, count) in counts {
        let more = count.saturating_sub(MOST_PER_CODE);
        if more > 0 {
            let code = code.as_str();
            let line =
                words!("… und {more} weitere mit `{code}`", "… and {more} more with `{code}`");
            out.push_str(line.get(style.tongue));
            out.push_str("\n\n");
        }
    }
    out
}

/// One diagnostic as text, and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// The text, as [`render`] would show it.
    pub text: String,
    /// Its file, line and column, counted from 1; the start of a file that cannot be read.
    pub place: Option<(RelPath, usize, usize)>,
}

/// Renders diagnostics one by one, for whoever shows them in a frame of its own.
pub fn each(
    notes: &[&Diagnostic],
    texts: &dyn Fn(&RelPath) -> Option<String>,
    style: Style,
) -> Vec<Drawn> {
    let mut texts = Texts::new(texts);
    let mut draw = |note: &Diagnostic| {
        let place = note.place().map(|span| {
            let lines = texts.lines(&span.path);
            let at = lines.map(|lines| lines.position(lines.clamp(&span.range).start));
            (span.path.clone(), at.map_or(1, |at| at.line), at.map_or(1, |at| at.column))
        });
        Drawn { text: one(note, &mut texts, style), place }
    };
    notes.iter().map(|note| draw(note)).collect()
}

/// How many diagnostics there are of each severity, in one line.
pub fn summary(notes: &[Diagnostic], tongue: Tongue) -> String {
    let count = |severity| notes.iter().filter(|note| note.severity == severity).count();
    let parts: Vec<String> =
        [Severity::Error, Severity::Warning, Severity::Overdue, Severity::Hint]
            .into_iter()
            .map(|severity| (severity, count(severity)))
            .filter(|(_, count)| *count > 0)
            .map(|(severity, count)| {
                let name = counted(severity, count);
                format!("{count} {}", name.get(tongue))
            })
            .collect();
    if parts.is_empty() {
        return words!("nichts zu beanstanden", "nothing to complain about").get(tongue).to_owned();
    }
    parts.join(", ")
}

/// The name of a severity behind a number.
fn counted(severity: Severity, count: usize) -> Words {
    match (severity, count) {
        (Severity::Error, 1) => words!("Fehler", "error"),
        (Severity::Error, _) => words!("Fehler", "errors"),
        (Severity::Warning, 1) => words!("Warnung", "warning"),
        (Severity::Warning, _) => words!("Warnungen", "warnings"),
        (Severity::Overdue, _) => words!("überfällig", "overdue"),
        (Severity::Hint, 1) => words!("Hinweis", "hint"),
        (Severity::Hint, _) => words!("Hinweise", "hints"),
    }
}

/// The name of a severity before a message.
fn level(severity: Severity, tongue: Tongue) -> Level<'static> {
    let (level, name) = match severity {
        Severity::Error => (Level::ERROR, words!("Fehler", "error")),
        Severity::Warning => (Level::WARNING, words!("Warnung", "warning")),
        Severity::Overdue => (Level::WARNING, words!("Überfällig", "overdue")),
        Severity::Hint => (Level::INFO, words!("Hinweis", "hint")),
    };
    level.with_name(name.get(tongue).to_owned())
}

/// Renders one diagnostic, without a line end.
fn one(note: &Diagnostic, texts: &mut Texts<'_>, style: Style) -> String {
    let tongue = style.tongue;
    let title = level(note.severity, tongue)
        .primary_title(plain(note.message.get(tongue)))
        .id(note.code.as_str());
    let mut drawing = Drawing::new(title);
    drawing.places(note, texts, tongue);
    drawing.advice(note, texts, tongue);
    let (groups, finish) = drawing.finish();
    let renderer = if style.color { Renderer::styled() } else { Renderer::plain() };
    // Lines are cut already, so the width of a terminal has no say.
    let renderer = renderer.term_width(usize::from(u16::MAX)).decor_style(DecorStyle::Ascii);
    finish.apply(&renderer.render(&groups))
}

#[cfg(test)]
mod tests;
