//! The outline that headings make: their levels, sections without text, braces that would vanish.

use std::ops::Range;

use super::Mode;
use super::writer::Writer;
use crate::diag::{Code, Severity};
use crate::words;

impl Writer<'_> {
    /// Reports the heading before the one of level `next`, or before the end of the text, if there
    /// is nothing below it.
    pub(super) fn check_section(&mut self, next: u8) {
        let Some(heading) = self.headings.last() else { return };
        let is_empty = self.after_heading == Some(self.out.mark()) && next <= heading.level;
        if !is_empty || heading.title.trim().is_empty() || self.mode != Mode::Body {
            return;
        }
        let title = heading.title.trim();
        let message = words!(
            "unter der Überschrift `{title}` steht nichts",
            "there is nothing below the heading `{title}`"
        );
        let problem = self
            .problem(Code::EmptyText, self.first_line(&heading.range), message)
            .severity(Severity::Warning)
            .help(words!(
                "ergänzen Sie den Text oder löschen Sie die Überschrift",
                "add the text or delete the heading"
            ));
        self.notes.push(problem);
    }

    /// Reports a heading of level 1, which the title is, and one that skips a level.
    pub(super) fn check_level(&mut self, level: u8, range: &Range<usize>) {
        // A heading of level 1 is to become one of level 2.
        let above = self.headings.last().map_or(1, |heading| heading.level.max(2));
        let line = self.first_line(range);
        let signs = usize::from(level);
        let is_atx = self.source.get(line.clone()).is_some_and(|text| text.starts_with('#'));
        let marks = self.span(line.start..line.start + signs);
        if level == 1 {
            let message = words!(
                "eine Überschrift der Ebene 1 gibt es schon: den Titel der Seite",
                "there is a heading of level 1 already: the title of the page"
            );
            let advice =
                words!("schreiben Sie `##` vor die Überschrift", "write `##` before the heading");
            let problem = self.problem(Code::HeadingLevel, line, message);
            self.notes.push(match is_atx {
                true => problem.fix(advice, marks, "##"),
                false => problem.help(words!(
                    "schreiben Sie `##` vor die Überschrift und löschen Sie die Linie darunter",
                    "write `##` before the heading, and delete the line below it"
                )),
            });
        } else if level > above + 1 {
            let right = "#".repeat(usize::from(above + 1));
            let wanted = above + 1;
            let message = words!(
                "die Überschrift überspringt eine Ebene: Ebene {level} nach Ebene {above}",
                "the heading skips a level: level {level} after level {above}"
            );
            let advice = words!(
                "schreiben Sie `{right}` vor die Überschrift, das ist Ebene {wanted}",
                "write `{right}` before the heading, which is level {wanted}"
            );
            let problem = self.problem(Code::HeadingLevel, line, message);
            self.notes.push(problem.fix(advice, marks, right));
        }
    }

    /// Reports what stands in braces behind a heading and is neither an id nor a class: it would
    /// vanish.
    pub(super) fn check_attributes(&mut self, range: &Range<usize>) {
        let Some(all) = self.source.get(range.clone()) else { return };
        let mut lines = all.trim_end().rsplit('\n');
        // The text of a heading with a line below it ends above that line.
        let last = match all.starts_with('#') {
            true => lines.next(),
            false => lines.nth(1),
        };
        let Some(last) = last.map(|line| line.trim_end().trim_end_matches('#').trim_end()) else {
            return;
        };
        let Some(at) = last.rfind('{').filter(|_| last.ends_with('}')) else { return };
        let braces = &last[at..];
        // With these inside, braces are text to the parser.
        if braces.contains(['<', '>', '\\']) {
            return;
        }
        let mut words = braces[1..braces.len() - 1].split_ascii_whitespace().peekable();
        let is_text = self.headings.last().is_some_and(|heading| heading.title.ends_with(braces));
        let is_known = |word: &str| word.starts_with(['#', '.']) && word.len() > 1;
        if is_text || (words.peek().is_some() && words.all(is_known)) {
            return;
        }
        let start = last.as_ptr() as usize - self.source.as_ptr() as usize + at;
        let message = words!(
            "`{braces}` hinter einer Überschrift ist keine Kennung",
            "`{braces}` behind a heading is no id"
        );
        let end = start + braces.len();
        let last = self.span(end - 1..end);
        let problem = self.problem(Code::RawHtml, start..end, message).help(words!(
            "schreiben Sie `{{#kennung}}`, wenn es eine Kennung sein soll",
            "write `{{#id}}` if it is to be an id"
        ));
        let escape = words!(
            "setzen Sie `\\` vor die letzte Klammer, wenn sie zum Text gehört",
            "put `\\` before the last brace if it belongs to the text"
        );
        self.notes.push(problem.fix(escape, last, "\\}"));
    }
}
