//! Footnotes inside a line, `^[text]`, as other programs have them.

use std::ops::Range;

use super::Mode;
use super::label::{after, before};
use super::writer::Writer;
use crate::diag::Code;
use crate::words;

/// An edit may repeat so many bytes of the paragraph.
const MOST_REPEATED: usize = 2000;

impl Writer<'_> {
    /// Reports `^[text]` at a byte, if it holds words: `x^[2]` may be an exponent.
    pub(super) fn check_inline_note(&mut self, at: usize) {
        let Some(text) = enclosed(after(self.source, at + 1)) else { return };
        let is_escaped = before(self.source, at).ends_with('\\');
        let is_words = text.contains(char::is_alphabetic) && text.contains(' ');
        if !is_words || is_escaped {
            return;
        }
        let place = at..at + 1 + text.len() + 2;
        if self.mode != Mode::Body {
            return self.misplaced(&place, words!("Fußnoten", "footnotes"));
        }
        let message = words!(
            "`^[…]` wird keine Fußnote und erscheint als Text",
            "`^[…]` becomes no footnote and comes out as text"
        );
        let label = self.free_label();
        let text = text.trim();
        let advice = words!(
            "schreiben Sie hier `[^{label}]`, und unter den Absatz in eine Zeile für sich \
             `[^{label}]: ` und den Text der Fußnote",
            "write `[^{label}]` here, and `[^{label}]: ` and the text of the footnote on a line of \
             its own below the paragraph"
        );
        let problem = self.problem(Code::PlainMarkup, place.clone(), message);
        let problem = match self.rest_of_paragraph(&place) {
            Some(rest) => {
                let words = self.source.get(rest.clone()).unwrap_or_default();
                let fixed = format!("[^{label}]{words}\n\n[^{label}]: {text}");
                problem.fix(advice, self.span(place.start..rest.end), fixed)
            }
            None => problem.help(advice),
        };
        self.notes.push(problem);
    }

    /// A number that no footnote has, another one each time. The text is looked through once.
    fn free_label(&mut self) -> usize {
        let label = self.free_label.unwrap_or_else(|| {
            let used = self.source.split("[^").skip(1).filter_map(|rest| rest.split_once(']'));
            let used = used.filter_map(|(label, _)| label.parse::<usize>().ok()).max();
            used.unwrap_or_default().saturating_add(1)
        });
        self.free_label = Some(label.saturating_add(1));
        label
    }

    /// What follows on the way to the end of a paragraph; nothing where a footnote cannot stand
    /// right below it: in lists, quotes and tables.
    fn rest_of_paragraph(&self, place: &Range<usize>) -> Option<Range<usize>> {
        let rest = self.source.get(place.end..)?;
        let mut end = place.end;
        for line in rest.split_inclusive('\n').take_while(|line| !line.trim().is_empty()) {
            end += line.len();
        }
        let words = self.source.get(place.end..end)?.trim_end();
        // An edit that says half a page again helps nobody, and two of them would overlap.
        let is_short = words.len() <= MOST_REPEATED && !words.contains("^[");
        let is_plain = is_short && self.depth == 0 && self.table.is_none() && !self.in_heading;
        is_plain.then_some(place.end..place.end + words.len())
    }
}

/// What stands in the brackets that a text begins with.
fn enclosed(text: &str) -> Option<&str> {
    let mut depth = 0;
    let end = text.bytes().position(|byte| {
        match byte {
            b'[' => depth += 1,
            b']' => depth -= 1,
            _ => {}
        }
        depth == 0
    })?;
    text.get(1..end)
}
