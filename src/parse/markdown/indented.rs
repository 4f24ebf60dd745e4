//! Prose that becomes something else by accident: code for its indent, a heading for a line below it.

use std::ops::Range;

use super::writer::Writer;
use crate::diag::{Code, Severity};
use crate::words;

/// So many words make a sentence.
const SENTENCE: usize = 5;

impl Writer<'_> {
    /// Reports indented code that is a sentence.
    pub(super) fn check_indented(&mut self, code: &str, range: &Range<usize>) {
        if !code.trim_end().lines().all(is_prose) || !ends_sentence(code) {
            return;
        }
        let message = words!(
            "dieser Absatz ist eingerückt und erscheint als Code",
            "this paragraph is indented and comes out as code"
        );
        let problem = self
            .problem(Code::PlainMarkup, self.first_line(range), message)
            .severity(Severity::Warning);
        self.notes.push(problem.help(words!(
            "löschen Sie die Leerzeichen am Anfang seiner Zeilen",
            "delete the blanks at the start of its lines"
        )));
    }

    /// Reports a paragraph that the line of hyphens below it makes a heading.
    pub(super) fn check_underlined(&mut self, range: &Range<usize>) {
        let text = self.source.get(range.clone()).unwrap_or_default();
        if text.starts_with('#') {
            return;
        }
        let Some((words, line)) = text.trim_end().rsplit_once('\n') else { return };
        if !ends_sentence(words) || !line.trim().ends_with('-') {
            return;
        }
        let message = words!(
            "die Linie darunter macht diesen Absatz zur Überschrift",
            "the line below makes this paragraph a heading"
        );
        let last = words.rsplit('\n').next().unwrap_or_default();
        let end = range.start + words.len();
        let both = self.span(end - last.len()..end + 1 + line.len());
        let advice = words!(
            "lassen Sie vor der Linie eine Zeile frei",
            "leave an empty line before the line"
        );
        let problem = self.problem(Code::HeadingLevel, self.first_line(range), message);
        let problem = problem.severity(Severity::Warning);
        self.notes.push(problem.fix(advice, both, format!("{last}\n\n{line}")));
    }
}

/// Whether a line is made of words, and not of what stands in code or a listing.
fn is_prose(line: &str) -> bool {
    let is_sign = |c: char| "{}[]<>=;|\\/$_#`*+&@^~".contains(c);
    !line.contains(is_sign) && !line.trim().contains("  ") && !line.contains('\t')
}

/// Whether a text is a sentence: it begins with a capital letter, has some words and a dot at its
/// end.
fn ends_sentence(text: &str) -> bool {
    let text = text.trim();
    let is_start = |c: char| c.is_uppercase() || "„»\"".contains(c);
    let words = text.split_whitespace().filter(|word| word.starts_with(char::is_alphabetic));
    text.starts_with(is_start) && text.ends_with(['.', '!', '?']) && words.count() >= SENTENCE
}
