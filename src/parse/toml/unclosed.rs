//! Brackets that are never closed.

use std::ops::Range;

use super::guess::looks_like_header;
use super::scan::{Lost, Scan};
use crate::diag::{Code, Diagnostic};
use crate::words;

impl Scan<'_> {
    /// Reports a bracket that is never closed and goes on at the next line that looks like a
    /// statement.
    pub(super) fn unclosed(&mut self, open: usize, close: &str) -> Lost {
        let range = open..open + 1;
        let here = self.get(range.clone());
        // What is open around it is not closed either: its end would have been met.
        let around: Vec<usize> = self.opened.iter().copied().filter(|at| *at < open).collect();
        let all: String = around.iter().map(|at| self.get(*at..*at + 1)).collect();
        let message = if around.is_empty() {
            words!("`{here}` wird nicht geschlossen", "`{here}` is never closed")
        } else {
            words!("`{all}{here}` wird nicht geschlossen", "`{all}{here}` is never closed")
        };
        let outer = all.chars().rev().map(|c| if c == '[' { ']' } else { '}' });
        let close = &format!("{close}{}", outer.collect::<String>());
        let next = if self.at < self.text.len() {
            self.at - self.get(0..self.at).rsplit('\n').next().map_or(0, str::len)
        } else {
            self.next_statement(open)
        };
        let mut note = self.mistake(Code::TomlSyntax, &range, message);
        if next < self.text.len() {
            let line = self.line_range(next);
            note = note.also(
                self.span(&line),
                words!("hier beginnt schon die nächste Angabe", "the next field begins here"),
            );
        }
        let note = self.close_fix(note, open, next, close);
        self.lose(next, range, note)
    }

    /// Adds the advice to close a bracket before the line that begins at `next`.
    fn close_fix(&self, note: Diagnostic, open: usize, next: usize, close: &str) -> Diagnostic {
        let end = open + self.get(open..next).trim_end().len();
        let several = self.get(open..end).contains('\n');
        let added = if several { format!("\n{close}") } else { close.to_owned() };
        note.fix(words!("ergänzen Sie `{close}`", "add `{close}`"), self.span(&(end..end)), added)
    }

    /// Reports a row of a list whose brace is not closed before the next row, and closes it where
    /// its last value ended.
    pub(super) fn unclosed_row(&mut self, open: usize, end: usize) {
        let range = open..open + 1;
        let message = words!("`{{` wird nicht geschlossen", "`{{` is never closed");
        let next = self.line_range(self.at);
        let label =
            words!("hier beginnt schon die nächste Zeile der Liste", "the next row begins here");
        let is_parted = self.get(end..self.at).trim_start().starts_with(',');
        let close = if is_parted { "}" } else { "}," };
        let note =
            self.mistake(Code::TomlSyntax, &range, message).also(self.span(&next), label).fix(
                words!("ergänzen Sie `{close}`", "add `{close}`"),
                self.span(&(end..end)),
                format!(" {close}"),
            );
        self.repairs.put(end..end, " }");
        self.found.push((open..end, note));
        self.at = end;
    }

    /// Whether a brace that none opens closes what is open here, before the next header.
    pub(super) fn closes_below(&self) -> bool {
        /// Nobody writes longer tables in braces.
        const MOST_LINES: usize = 60;
        let mut open = 0_u32;
        let lines = self.rest().lines().take_while(|line| !looks_like_header(line));
        for c in lines.take(MOST_LINES).flat_map(str::chars) {
            match c {
                '{' => open += 1,
                '}' if open == 0 => return true,
                '}' => open -= 1,
                _ => {}
            }
        }
        false
    }

    /// The line that begins here, without blanks at its end.
    fn line_range(&self, start: usize) -> Range<usize> {
        start..start + self.get(start..self.line_end(start)).trim_end().len()
    }
}
