//! A line of `+++` that stands behind the text, at the end of the file, instead of above it.

use std::ops::Range;

use super::body::{Guess, is_header};
use super::ending::{Ending, could_be_field};
use super::opening::MOST_MOVED;
use super::{FENCE, File};
use crate::diag::{Code, Diagnostic};
use crate::parse::toml::{self, guess::looks_like_key};
use crate::words;

/// Whether the last line of what stands above a line of `+++` may belong to text.
pub(super) fn ends(inner: &str) -> bool {
    inner.trim_end().lines().next_back().is_some_and(|line| is_sentence(line.trim()))
}

/// Whether what stands between the last field and the last line of a file is text: a sentence is in
/// it, or words below a heading, no field, and nothing that may be meant for one begins it. What an
/// empty line does not part from the fields may belong to the last of them, unless they are right.
pub(super) fn is_text(guess: &Guess, fields: &str, gap: &str) -> bool {
    let lines = || gap.lines().map(str::trim).filter(|line| !line.is_empty());
    let Some(first) = lines().next() else { return false };
    let is_heading = first.starts_with("##");
    let is_apart = || gap.starts_with(['\n', '\r']) || is_heading || toml::is_right(fields);
    let is_said = |line: &str| {
        is_sentence(line) || is_heading && !line.starts_with('#') && line.contains(' ')
    };
    !guess.is_open
        && !could_be_field(first)
        && !lines().any(|line| looks_like_key(line) || is_header(line))
        && lines().any(is_said)
        && is_apart()
}

/// Whether a line reads like a sentence: several words, the first with a capital, and a full stop.
fn is_sentence(line: &str) -> bool {
    line.starts_with(char::is_uppercase) && line.contains(' ') && line.ends_with(['.', '!', '?'])
}

impl Ending {
    /// What is said about a closing line behind the text.
    pub(super) fn is_late(&self, file: &File<'_>, late: &Range<usize>) -> Diagnostic {
        let message = words!(
            "das `+++` am Ende des Dateikopfs steht erst hinter dem Text",
            "the `+++` that ends the front matter stands behind the text"
        );
        let place = file.span(file.words(late.clone()));
        let note = self.shown(file, Diagnostic::new(Code::FrontMatterOpen, place, message));
        let help = words!(
            "setzen Sie `+++` über den Text: in die Zeile hinter der letzten Angabe",
            "put `+++` above the text: on the line behind the last field"
        );
        let text = file.text.get(self.toml..late.start).unwrap_or_default();
        if text.lines().count() > MOST_MOVED {
            return note.help(help);
        }
        let right = format!("{FENCE}\n{text}");
        note.fix(help, file.span(self.toml..late.end), right)
    }
}
