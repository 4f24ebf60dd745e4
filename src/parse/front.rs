//! Front matter: the TOML between two `+++` lines at the start of a Markdown file.
//!
//! Whatever else a file begins with is told apart here, because it is one of the first mistakes
//! that people make: nothing at all, a missing line, YAML, JSON. A file without readable front
//! matter gives [`toml::Value::Broken`] in place of a table, so that nobody asks for its fields.

mod astray;
mod body;
mod code;
mod dashes;
mod ending;
mod foreign;
mod late;
pub(super) mod one_line;
mod opening;
mod twice;
pub(crate) mod yaml;

use std::borrow::Cow;
use std::ops::Range;

use self::ending::{Ending, Fault};
use self::opening::Opening;
use super::Place;
use super::toml::guess::{is_any_blank, looks_like_key};
use super::toml::{self, Damage, Node};
use crate::diag::{Diagnostic, Span};
use crate::path::{RelPath, id_from};

/// The line before and after front matter.
const FENCE: &str = "+++";

/// Front matter, what of it could not be read, and the bytes of the body.
pub type Front = (Node, Damage, Range<usize>);

/// Reads the front matter of a file.
pub fn read(notes: &mut Vec<Diagnostic>, path: &RelPath, text: &str) -> Front {
    let file = File { path, text };
    if text.is_empty() {
        // An empty file is reported where it is read.
        return file.unreadable(0..0);
    }
    let start = text.len() - text.trim_start_matches(is_any_blank).len();
    let first = file.line(start);
    let words = text.get(first.clone()).unwrap_or_default().trim_end();
    match words {
        FENCE => {
            let blanks = (start > 0).then(|| Opening::blanks(&file, start));
            file.fenced(notes, first, blanks)
        }
        "---" => foreign::hyphens(notes, &file, first),
        _ if is_nearly_fence(words) => odd(notes, &file, first),
        _ if looks_like_key(words) => astray::bare(notes, &file, first),
        _ if words.strip_prefix(FENCE).is_some_and(|rest| looks_like_key(rest.trim_start())) => {
            beside(notes, &file, first)
        }
        _ if words.starts_with(FENCE) && astray::begins(&file, first.end) => {
            odd(notes, &file, first)
        }
        _ => dashes::read(notes, &file, &first)
            .or_else(|| code::read(notes, &file, &first))
            .or_else(|| astray::read(notes, &file, &first))
            .or_else(|| foreign::bare(notes, &file, &first))
            .or_else(|| foreign::beside(notes, &file, &first))
            .or_else(|| foreign::json(notes, &file, &first))
            .unwrap_or_else(|| foreign::missing(notes, &file, first)),
    }
}

/// Reads front matter whose opening line has two plus signs, or four, or six, or a word.
fn odd(notes: &mut Vec<Diagnostic>, file: &File<'_>, first: Range<usize>) -> Front {
    let fence = file.words(first.clone());
    let is_both = ending::find(file, first.end).fault.is_some() && !astray::begins(file, first.end);
    if is_both {
        return foreign::missing(notes, file, first);
    }
    let fault = Opening::odd(file, fence);
    file.fenced(notes, first, Some(fault))
}

/// Reads front matter that begins on the line of its `+++`.
fn beside(notes: &mut Vec<Diagnostic>, file: &File<'_>, first: Range<usize>) -> Front {
    let fence = first.start..first.start + FENCE.len();
    let rest = file.text.get(fence.end..).unwrap_or_default();
    let field = file.text.len() - rest.trim_start().len();
    let fault = Opening::beside(fence.clone(), field);
    file.between(notes, fence, field, Some(fault))
}

/// Whether a line is meant to be a fence: two or more plus signs, maybe escaped or behind the sign
/// of a comment.
fn is_nearly_fence(words: &str) -> bool {
    words.bytes().filter(|byte| *byte == b'+').nth(1).is_some()
        && words.bytes().all(|byte| matches!(byte, b'+' | b' ' | b'\\' | b'#'))
        && words != FENCE
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

    /// What stands for front matter that cannot be read.
    fn unreadable(&self, range: Range<usize>) -> Front {
        let body = range.end..self.text.len();
        (Node::broken(range.clone()), Damage::whole(range), body)
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

    /// Reads what follows the opening line, of which something may be wrong.
    fn fenced(
        &self,
        notes: &mut Vec<Diagnostic>,
        opening: Range<usize>,
        fault: Option<Opening>,
    ) -> Front {
        let start = opening.end;
        self.between(notes, opening, start, fault)
    }

    /// Reads the front matter that begins at `start`, behind `opening`.
    fn between(
        &self,
        notes: &mut Vec<Diagnostic>,
        opening: Range<usize>,
        start: usize,
        fault: Option<Opening>,
    ) -> Front {
        let ending = ending::find(self, start);
        self.ended(notes, opening, (start, ending), fault)
    }

    /// Reads the front matter that begins at `start` and ends there.
    fn ended(
        &self,
        notes: &mut Vec<Diagnostic>,
        opening: Range<usize>,
        (start, ending): (usize, Ending),
        fault: Option<Opening>,
    ) -> Front {
        // What is told already is no part of the body.
        let end = ending.late.as_ref().map_or(self.text.len(), |late| late.start);
        match fault {
            Some(fault) => fault.report(notes, self, (&opening, start, &ending)),
            None => ending.report(notes, self, &opening),
        }
        let closing = ending.fault.is_none().then_some(&ending.closing);
        let second = closing.and_then(|closing| twice::second(self, closing));
        let (toml, body) = match &second {
            Some(second) => {
                let toml = twice::joined(notes, self, start, (&ending.closing, second));
                (Cow::Owned(toml), second.last.end)
            }
            None => (self.fields(start, &ending), ending.body),
        };
        let (mut node, damage) = toml::parse(notes, &toml, &Place::At(self.path.clone(), start));
        node.span = self.words(opening);
        (node, damage, body..end)
    }

    /// The TOML between `start` and an end. Fields that share a line with a `+++` are put apart,
    /// which leaves them where they are.
    fn fields(&self, start: usize, ending: &Ending) -> Cow<'_, str> {
        let toml = self.text.get(start..ending.toml).unwrap_or_default();
        if ending.fault == Some(Fault::Beside) { one_line::apart(toml) } else { toml.into() }
    }

    /// The whole front matter as it should be written, and what it is to replace.
    fn rewritten(&self, start: usize, ending: &Ending) -> (Range<usize>, String) {
        let fields = self.fields(start, ending);
        let lines: Vec<_> = fields.trim().lines().map(str::trim_end).collect();
        let rest = self.text.get(ending.closing.end..).unwrap_or_default();
        let behind = rest.trim_start_matches([' ', '\t']);
        let is_end = ending.closing.end > ending.toml && behind.starts_with(['\n', '\r']);
        let line_end = if is_end { "" } else { "\n" };
        let blank = if is_end { 0 } else { rest.len() - behind.len() };
        (0..ending.closing.end + blank, format!("+++\n{}\n+++{line_end}", lines.join("\n")))
    }

    /// What is to stand between a paragraph and what begins at a byte.
    fn gap(&self, at: usize) -> &'static str {
        let rest = self.text.get(at..).unwrap_or_default();
        let is_line = at == 0 || self.text.get(..at).is_some_and(|text| text.ends_with('\n'));
        match is_line {
            false => "",
            true if rest.trim().is_empty() || rest.starts_with(['\n', '\r']) => "\n",
            true => "\n\n",
        }
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
