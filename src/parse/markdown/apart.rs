//! A picture whose `!` stands apart from its brackets, `! [plan](plan.svg)`: Markdown takes it for
//! a link to the picture.

use std::ops::Range;

use super::Mode;
use super::label::before;
use super::writer::Writer;
use crate::diag::{Code, Severity};
use crate::parse::Target;
use crate::source::inspect::is_picture_name;
use crate::words;

impl Writer<'_> {
    /// Reports a link to a picture behind a `!` that begins its line: no sentence begins so.
    pub(super) fn check_apart(&mut self, target: &Target, range: &Range<usize>) {
        let Target::File(path, _) = target else { return };
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
        let above = before(self.source, range.start);
        let mark = above.trim_end_matches(' ');
        let is_apart = mark.len() < above.len() && mark.ends_with('!');
        if self.mode != Mode::Body || !is_apart || !is_picture_name(&ending.to_lowercase()) {
            return;
        }
        let end = range.start - (above.len() - mark.len());
        let start = end - "!".len();
        if !self.is_line_start(start) {
            return;
        }
        let message = words!(
            "hinter `!` steht ein Leerzeichen, so wird aus dem Bild ein Verweis",
            "a space stands behind `!`, which makes a link of the picture"
        );
        let gap = self.span(end..range.start);
        let problem = self
            .problem(Code::PlainMarkup, start..range.end, message)
            .severity(Severity::Warning)
            .fix(words!("löschen Sie das Leerzeichen", "delete the space"), gap, "");
        self.notes.push(problem.help(words!(
            "löschen Sie `!`, wenn ein Verweis gemeint ist",
            "delete `!` if a link is meant"
        )));
    }
}
