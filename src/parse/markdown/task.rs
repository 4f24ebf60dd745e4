//! Tasks in a list whose box is none: `- [] a`, and `-[ ] a`, which is no item either.

use super::label::{after, before};
use super::writer::Writer;
use crate::diag::{Code, Severity};
use crate::words;

impl Writer<'_> {
    /// Reports `[]` at the start of an item.
    pub(super) fn check_empty_box(&mut self, at: usize) {
        let line = before(self.source, at).rsplit('\n').next().unwrap_or_default();
        let is_item = ["- ", "* ", "+ ", ". ", ") "].iter().any(|mark| line.ends_with(mark));
        let is_box = after(self.source, at).starts_with("[] ");
        if !is_item || !is_box || self.depth == 0 {
            return;
        }
        let message = words!(
            "`[]` wird kein Kästchen: dazwischen fehlt ein Leerzeichen",
            "`[]` becomes no box: a space is missing within it"
        );
        let gap = self.span(at + 1..at + 1);
        let advice = words!("ergänzen Sie ein Leerzeichen", "add a space");
        let problem = self.problem(Code::PlainMarkup, at..at + 2, message);
        self.notes.push(problem.severity(Severity::Warning).fix(advice, gap, " "));
    }

    /// Reports `-[ ] a` at the start of a line. Says whether it is one.
    pub(super) fn check_stuck_box(&mut self, at: usize) -> bool {
        let rest = after(self.source, at).get(1..).unwrap_or_default();
        if !["[ ] ", "[x] ", "[X] "].iter().any(|mark| rest.starts_with(mark)) {
            return false;
        }
        let place = at..at + "-[ ]".len();
        let message = words!(
            "vor dem Kästchen fehlt ein Leerzeichen, so wird das keine Aufgabe",
            "a space is missing before the box, so this becomes no task"
        );
        let gap = self.span(at + 1..at + 1);
        let advice = words!("ergänzen Sie ein Leerzeichen", "add a space");
        let problem = self.problem(Code::PlainMarkup, place, message);
        self.notes.push(problem.severity(Severity::Warning).fix(advice, gap, " "));
        true
    }
}
