//! Where front matter ends: at a line of `+++`, at something that was meant for one, or where text
//! seems to begin.

use std::ops::Range;

use super::body::{Guess, guess_body, is_header};
use super::dashes::is_dashes;
use super::{FENCE, File, is_nearly_fence, late};
use crate::diag::{Code, Diagnostic, Words};
use crate::parse::toml;
use crate::parse::toml::guess::{is_any_blank, looks_like_key};
use crate::words;

/// Where front matter ends.
#[derive(Debug)]
pub(super) struct Ending {
    /// The end of its TOML.
    pub(super) toml: usize,
    /// What closes it; empty if nothing does.
    pub(super) closing: Range<usize>,
    /// The start of the body.
    pub(super) body: usize,
    /// The line of `+++` that stands behind the text instead, at the end of the file.
    pub(super) late: Option<Range<usize>>,
    /// What is wrong, if anything.
    pub(super) fault: Option<Fault>,
}

/// What can be wrong with the end of front matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// Nothing closes it.
    Missing,
    /// A line closes it that is not quite `+++`.
    Similar,
    /// A `+++` closes it that has no line of its own.
    Beside,
}

/// The end of the front matter whose fields begin at `start`.
pub(super) fn find(file: &File<'_>, start: usize) -> Ending {
    let closing = file.closing(start);
    let end = closing.as_ref().map_or(file.text.len(), |line| line.start);
    let inner = file.text.get(start..end).unwrap_or_default();
    let is_simple = !inner.contains(FENCE) && !has_empty_line(inner) && !late::ends(inner);
    // Text is never TOML; fields with comments and lists between them are.
    if let Some(line) = closing.clone().filter(|_| is_simple || toml::is_right(inner)) {
        return Ending::at(line);
    }
    let guess = guess_body(file, start);
    if let Some(fence) = guess.fence.clone() {
        // In a list that is not closed, a line of its own is found as well.
        return match closing.filter(|line| line.start == fence.start) {
            Some(line) => Ending::at(line),
            None => beside(file, fence),
        };
    }
    let gap = file.text.get(guess.end..end).unwrap_or_default();
    let is_text = is_text(&guess, gap);
    let late = closing.clone().filter(|line| {
        let is_last = file.text.get(line.end..).is_some_and(|rest| rest.trim().is_empty());
        let fields = file.text.get(start..guess.end).unwrap_or_default();
        is_last && (is_text || late::is_text(&guess, fields, gap))
    });
    if let Some(line) = closing.filter(|_| late.is_none() && !is_text) {
        return Ending::at(line);
    }
    let similar = similar(file, start, &guess).filter(|_| late.is_none());
    similar.unwrap_or(Ending {
        toml: guess.end,
        closing: guess.end..guess.end,
        body: guess.body,
        late,
        fault: Some(Fault::Missing),
    })
}

/// Whether there is an empty line in front matter: behind one, text may begin.
fn has_empty_line(text: &str) -> bool {
    text.contains("\n\n") || text.contains("\n\r\n")
}

/// Whether what stands between the last field and a line of `+++` is text, so that the line is far
/// too late: paragraphs, parted from the fields, and from the line or from one another. Comments
/// alone are fields that somebody left out.
fn is_text(guess: &Guess, gap: &str) -> bool {
    let is_apart = gap.starts_with(['\n', '\r']) && has_empty_line(gap.trim_start());
    let is_comment = |line: &str| line.starts_with('#') && !line.starts_with("##");
    let mut lines = gap.lines().map(str::trim).filter(|line| !line.is_empty());
    is_apart && !guess.is_open && !gap.lines().any(could_be_field) && !lines.all(is_comment)
}

/// Whether a line is a field, or one in the manner of YAML.
pub(super) fn could_be_field(line: &str) -> bool {
    let line = line.trim();
    let is_word =
        |key: &str| !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '_');
    looks_like_key(line)
        || is_header(line)
        || line.split_once(':').is_some_and(|(key, _)| is_word(key))
}

/// The end at a `+++` that stands behind a field.
fn beside(file: &File<'_>, fence: Range<usize>) -> Ending {
    let line = file.line(fence.end);
    let is_last = file.text.get(line.clone()).is_some_and(|rest| rest.trim().is_empty());
    let body = if is_last { line.end } else { fence.end };
    Ending { toml: fence.start, closing: fence, body, late: None, fault: Some(Fault::Beside) }
}

/// The end at a line that was meant for `+++`. A line across further down in the text is none:
/// between the last field and the line stands nothing, or what may be fields.
fn similar(file: &File<'_>, start: usize, guess: &Guess) -> Option<Ending> {
    let (line, _) = file.lines(start).find(|(_, line)| {
        let words = line.trim_matches(is_any_blank);
        words == FENCE || words == "---" || is_nearly_fence(words) || is_dashes(words)
    })?;
    let gap = file.text.get(guess.end..line.start).unwrap_or_default();
    let is_end = gap.lines().all(|line| line.trim().is_empty() || could_be_field(line));
    let fence = file.words(line.clone());
    let fault = Some(Fault::Similar);
    is_end.then_some(Ending { toml: line.start, closing: fence, body: line.end, late: None, fault })
}

impl Ending {
    /// The end at a line that is as it should be.
    fn at(line: Range<usize>) -> Self {
        Self { toml: line.start, body: line.end, closing: line, late: None, fault: None }
    }

    /// Reports what is wrong with the end of front matter, if anything is.
    pub(super) fn report(
        &self,
        notes: &mut Vec<Diagnostic>,
        file: &File<'_>,
        opening: &Range<usize>,
    ) {
        let Some(fault) = self.fault else { return };
        if fault == Fault::Beside {
            return notes.push(self.is_beside(file));
        }
        if let Some(late) = &self.late {
            return notes.push(self.is_late(file, late));
        }
        let message = words!(
            "die Zeile `+++` am Ende des Dateikopfs fehlt",
            "the line `+++` at the end of the front matter is missing"
        );
        let place = file.span(file.words(opening.clone()));
        let note = Diagnostic::new(Code::FrontMatterOpen, place, message);
        let here = words!("hier beginnt der Dateikopf", "the front matter begins here");
        let note = self.shown(file, note.label(here));
        if fault == Fault::Similar {
            let help = words!("schreiben Sie genau `+++`", "write exactly `+++`");
            return notes.push(note.fix(help, file.span(self.closing.clone()), FENCE));
        }
        let is_line = file.text.get(..self.toml).is_some_and(|text| text.ends_with('\n'));
        let fence = if is_line { "+++\n" } else { "\n+++\n" };
        let help = words!(
            "fügen Sie hinter der letzten Angabe eine Zeile `+++` ein",
            "insert a line `+++` behind the last field"
        );
        notes.push(note.fix(help, file.span(self.closing.clone()), fence));
    }

    /// Points to the place where front matter seems to end.
    pub(super) fn shown(&self, file: &File<'_>, note: Diagnostic) -> Diagnostic {
        let (range, label): (_, Words) = match self.fault {
            Some(Fault::Similar) => {
                let text = file.text.get(self.closing.clone()).unwrap_or_default();
                let blank = text.len() - text.trim_start().len();
                let fence = self.closing.start + blank..self.closing.end;
                (fence, words!("kein `+++`", "not `+++`"))
            }
            Some(Fault::Missing) => (
                file.words(file.line(self.body)),
                words!("hier scheint der Text zu beginnen", "the text seems to begin here"),
            ),
            _ => return note,
        };
        if range.is_empty() { note } else { note.also(file.span(range), label) }
    }

    /// What is said about a `+++` behind a field.
    fn is_beside(&self, file: &File<'_>) -> Diagnostic {
        let message = words!(
            "das `+++` am Ende des Dateikopfs steht nicht in einer Zeile für sich",
            "the `+++` at the end of the front matter has no line of its own"
        );
        let help =
            words!("setzen Sie `+++` in eine eigene Zeile", "put `+++` on a line of its own");
        let before = file.text.get(..self.closing.start).unwrap_or_default();
        let gap = before.len() - before.trim_end_matches([' ', '\t']).len();
        let rest = file.text.get(self.closing.end..).unwrap_or_default();
        let blank = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let is_last = rest.trim_start_matches([' ', '\t']).starts_with(['\n', '\r']);
        let behind = if is_last || rest.trim().is_empty() { "" } else { "\n" };
        let is_line = before.get(..before.len() - gap).is_some_and(|text| text.ends_with('\n'));
        let fence = format!("{}+++{behind}", if is_line { "" } else { "\n" });
        let whole = self.closing.start - gap..self.closing.end + blank;
        let place = file.span(self.closing.clone());
        Diagnostic::new(Code::FrontMatterOpen, place, message).fix(help, file.span(whole), fence)
    }
}
