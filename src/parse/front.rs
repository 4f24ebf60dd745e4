//! Front matter: the TOML between two `+++` lines at the start of a Markdown file.
//!
//! Whatever else a file begins with is told apart here, because it is one of the first mistakes
//! that people make: nothing at all, a missing line, YAML, JSON. A file without readable front
//! matter gives [`toml::Value::Broken`] in place of a table, so that nobody asks for its fields.

mod astray;
mod body;
mod foreign;
pub(crate) mod yaml;

use std::borrow::Cow;
use std::ops::Range;

use self::body::guess_body;
use super::Place;
use super::toml::guess::looks_like_key;
use super::toml::{self, Damage, Node};
use crate::diag::{Code, Diagnostic, Span};
use crate::path::{RelPath, id_from};
use crate::words;

/// The line before and after front matter.
const FENCE: &str = "+++";

/// Front matter, what of it could not be read, and the byte where the body starts.
pub type Front = (Node, Damage, usize);

/// Reads the front matter of a file.
pub fn read(notes: &mut Vec<Diagnostic>, path: &RelPath, text: &str) -> Front {
    if text.is_empty() {
        // An empty file is reported where it is read.
        return unreadable(0..0);
    }
    let file = File { path, text };
    let start = text.len() - text.trim_start().len();
    let first = file.line(start);
    let words = text.get(first.clone()).unwrap_or_default().trim_end();
    match words {
        FENCE => {
            if start > 0 {
                file.report_blanks(notes, start);
            }
            file.fenced(notes, first)
        }
        "---" => foreign::hyphens(notes, &file, first),
        _ if is_nearly_fence(words) => {
            let fence = first.start..first.start + words.len();
            file.report_odd_fence(notes, fence);
            file.fenced(notes, first)
        }
        _ if looks_like_key(words) && file.closing(start).is_some() => {
            file.report_no_opening(notes, start);
            file.between(notes, start..start, start)
        }
        _ if words.strip_prefix(FENCE).is_some_and(|rest| looks_like_key(rest.trim_start())) => {
            astray::beside(notes, &file, first)
        }
        _ => astray::read(notes, &file, &first)
            .or_else(|| foreign::bare(notes, &file, &first))
            .or_else(|| foreign::json(notes, &file, &first))
            .unwrap_or_else(|| foreign::missing(notes, &file, first)),
    }
}

/// What stands for front matter that cannot be read.
fn unreadable(range: Range<usize>) -> Front {
    let body = range.end;
    (Node::broken(range.clone()), Damage::whole(range), body)
}

/// Whether a line is meant to be a fence: two or more plus signs.
fn is_nearly_fence(words: &str) -> bool {
    words.len() > 1 && words.bytes().all(|b| matches!(b, b'+' | b' ')) && words != FENCE
}

/// The file whose front matter is read.
struct File<'a> {
    /// Its path.
    path: &'a RelPath,
    /// Its text.
    text: &'a str,
}

impl File<'_> {
    /// The line that begins here, with its end.
    fn line(&self, start: usize) -> Range<usize> {
        let rest = self.text.get(start..).unwrap_or_default();
        start..start + rest.find('\n').map_or(rest.len(), |end| end + 1)
    }

    /// All lines from here on, with their ends.
    fn lines(&self, start: usize) -> impl Iterator<Item = (Range<usize>, &str)> {
        let mut at = start;
        let rest = self.text.get(start..).unwrap_or_default();
        rest.split_inclusive('\n').map(move |line| {
            at += line.len();
            (at - line.len()..at, line)
        })
    }

    /// A stretch of the file.
    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.path, range)
    }

    /// A line without the blanks at its end.
    fn words(&self, line: Range<usize>) -> Range<usize> {
        let text = self.text.get(line.clone()).unwrap_or_default();
        line.start..line.start + text.trim_end().len()
    }

    /// The line that closes front matter, looked for from here on.
    fn closing(&self, start: usize) -> Option<Range<usize>> {
        self.lines(start).find(|(_, line)| line.trim_end() == FENCE).map(|(range, _)| range)
    }

    /// Reads what follows the opening line.
    fn fenced(&self, notes: &mut Vec<Diagnostic>, opening: Range<usize>) -> Front {
        let start = opening.end;
        self.between(notes, opening, start)
    }

    /// Reads the front matter that begins at `start`, behind `opening`.
    fn between(&self, notes: &mut Vec<Diagnostic>, opening: Range<usize>, start: usize) -> Front {
        let closing = self.closing(start);
        let second = closing.as_ref().and_then(|line| Some((line, astray::second(self, line)?)));
        let (toml, body) = match (second, &closing) {
            (Some((closing, (opening, last))), _) => {
                let toml = astray::joined(notes, self, start, (closing, &opening, &last));
                (Cow::Owned(toml), last.end)
            }
            (None, Some(line)) => (self.toml(start..line.start), line.end),
            (None, None) => {
                let (end, body) = self.report_open(notes, opening.clone(), start);
                (self.toml(start..end), body)
            }
        };
        let (mut node, damage) = toml::parse(notes, &toml, &Place::At(self.path.clone(), start));
        node.span = self.words(opening);
        (node, damage, body)
    }

    /// A stretch of the file as TOML.
    fn toml(&self, range: Range<usize>) -> Cow<'_, str> {
        Cow::Borrowed(self.text.get(range).unwrap_or_default())
    }

    /// Reports blanks or empty lines before the opening line.
    fn report_blanks(&self, notes: &mut Vec<Diagnostic>, start: usize) {
        let before = self.text.get(..start).unwrap_or_default();
        let message = if before.contains('\n') {
            words!("vor `+++` steht eine leere Zeile", "an empty line stands before `+++`")
        } else {
            words!("vor `+++` stehen Leerzeichen", "blanks stand before `+++`")
        };
        let note = Diagnostic::new(Code::FrontMatterMissing, self.span(start..start + 3), message)
            .fix(
                words!("beginnen Sie die Datei mit `+++`", "begin the file with `+++`"),
                self.span(0..start),
                "",
            );
        notes.push(note);
    }

    /// Reports an opening line of two or four plus signs.
    fn report_odd_fence(&self, notes: &mut Vec<Diagnostic>, fence: Range<usize>) {
        let message = words!(
            "die erste Zeile besteht nicht aus genau drei Pluszeichen",
            "the first line is not exactly three plus signs"
        );
        let span = self.span(fence.clone());
        let note = Diagnostic::new(Code::FrontMatterMissing, span, message).fix(
            words!("schreiben Sie `+++`", "write `+++`"),
            self.span(0..fence.end),
            FENCE,
        );
        notes.push(note);
    }

    /// Reports front matter that begins without an opening line.
    fn report_no_opening(&self, notes: &mut Vec<Diagnostic>, start: usize) {
        let line = self.line(start);
        let end = start + self.text.get(line).unwrap_or_default().trim_end().len();
        let message = words!(
            "vor der ersten Angabe fehlt die Zeile `+++`",
            "the line `+++` before the first field is missing"
        );
        let note = Diagnostic::new(Code::FrontMatterMissing, self.span(start..end), message).fix(
            words!("beginnen Sie die Datei mit `+++`", "begin the file with `+++`"),
            self.span(0..start),
            "+++\n",
        );
        notes.push(note);
    }

    /// Reports a missing closing line. Gives the end of the TOML and the start of the body, as
    /// they seem to be.
    fn report_open(
        &self,
        notes: &mut Vec<Diagnostic>,
        opening: Range<usize>,
        start: usize,
    ) -> (usize, usize) {
        let similar = self.lines(start).find(|(_, line)| {
            let words = line.trim();
            words == FENCE || words == "---" || is_nearly_fence(words)
        });
        let message = words!(
            "die Zeile `+++` am Ende des Dateikopfs fehlt",
            "the line `+++` at the end of the front matter is missing"
        );
        let place = self.span(self.words(opening));
        let note = Diagnostic::new(Code::FrontMatterOpen, place, message);
        let note = note.label(words!("hier beginnt der Dateikopf", "the front matter begins here"));
        if let Some((line, words)) = similar {
            let blank = words.len() - words.trim_start().len();
            let fence = line.start..line.start + words.trim_end().len();
            let shown = line.start + blank..fence.end;
            let label = words!("kein `+++`", "not `+++`");
            let help = words!("schreiben Sie genau `+++`", "write exactly `+++`");
            notes.push(note.also(self.span(shown), label).fix(help, self.span(fence), FENCE));
            return (line.start, line.end);
        }
        let (end, body) = guess_body(self, start);
        let line = self.line(body);
        let seen = body..body + self.text.get(line).unwrap_or_default().trim_end().len();
        let label = words!("hier scheint der Text zu beginnen", "the text seems to begin here");
        let note = if seen.is_empty() { note } else { note.also(self.span(seen), label) };
        let fence = if self.text.get(..end).unwrap_or_default().ends_with('\n') {
            "+++\n"
        } else {
            "\n+++\n"
        };
        let help = words!(
            "fügen Sie hinter der letzten Angabe eine Zeile `+++` ein",
            "insert a line `+++` behind the last field"
        );
        notes.push(note.fix(help, self.span(end..end), fence));
        (end, body)
    }

    /// A title to propose: of the file's first heading, else of its name.
    fn title(&self) -> String {
        let heading = self.text.lines().find_map(|line| line.strip_prefix("# "));
        match heading.map(str::trim).filter(|heading| !heading.is_empty()) {
            Some(heading) => toml::guess::clip(heading),
            None => {
                let name = id_from(self.path.stem()).replace('-', " ");
                let mut letters = name.chars();
                letters
                    .next()
                    .map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
            }
        }
    }
}

#[cfg(test)]
mod tests;
