//! Lines that are neither `key = value` nor a header.

use std::ops::Range;

use super::guess::clip;
use super::scan::Scan;
use crate::diag::{Code, Diagnostic, Label, Words};
use crate::words;

impl Scan<'_> {
    /// Reports a line that holds no `key = value`. Neighbouring ones are one mistake.
    pub(super) fn stray_line(&mut self, start: usize) {
        let end = self.line_end(start);
        let line = self.get(start..end);
        let range = start + (line.len() - line.trim_start().len())..start + line.trim_end().len();
        self.repairs.put(start..end, "");
        self.at = end;
        if comment_mark(self.get(range.clone())).is_some() || !self.joins(&range) {
            let note = self.stray_words(&range);
            self.found.push((range, note));
        }
    }

    /// Takes a line into the mistake that reaches to the end of the line above, if there is one.
    fn joins(&mut self, range: &Range<usize>) -> bool {
        if self.joins_stray(range) {
            return true;
        }
        if !self.is_below_mistake(range) {
            return false;
        }
        let place = self.place;
        let belongs = words!("gehört wohl noch dazu", "seems to belong to it");
        let Some((last, note)) = self.found.last_mut() else { return false };
        last.end = range.end;
        match note.labels.last_mut().filter(|label| label.text == belongs) {
            Some(label) => label.span.range.end = place.span(range.clone()).range.end,
            None => {
                let label = Label { span: place.span(range.clone()), text: belongs };
                note.labels.push(label);
            }
        }
        // What would mend the line above alone leaves this one as it is.
        note.help.iter_mut().for_each(|help| help.fix = None);
        true
    }

    /// Takes a line into a stray one above.
    pub(super) fn joins_stray(&mut self, range: &Range<usize>) -> bool {
        if !self.is_below_mistake(range) {
            return false;
        }
        let place = self.place;
        let Some((last, note)) = self.found.last_mut() else { return false };
        if note.notes.first() != Some(&stray_note()) {
            return false;
        }
        last.end = range.end;
        let whole = place.span(last.clone());
        note.labels.iter_mut().for_each(|label| label.span = whole.clone());
        true
    }

    /// Whether the last mistake reaches to the end of the line above.
    fn is_below_mistake(&self, range: &Range<usize>) -> bool {
        self.found.last().is_some_and(|(last, _)| {
            let gap = self.text.get(last.end..range.start);
            gap.is_some_and(|gap| gap.trim().is_empty() && gap.matches('\n').count() == 1)
        })
    }

    /// What is said about a line that holds no `key = value`.
    fn stray_words(&self, range: &Range<usize>) -> Diagnostic {
        let shown = clip(self.get(range.clone()));
        let message = words!("`{shown}` ist keine Angabe", "`{shown}` is no field");
        let note = self.mistake(Code::TomlSyntax, range, message);
        let note = note.label(words!("kein `name = wert`", "not `name = value`"));
        if let Some(mark) = comment_mark(self.get(range.clone())) {
            let mark = range.start..range.start + mark.len();
            let help = words!("beginnen Sie Anmerkungen mit `#`", "begin comments with `#`");
            return note.fix(help, self.span(&mark), "#");
        }
        let help = words!(
            "löschen Sie die Zeile, machen Sie sie mit `#` zur Anmerkung, oder schreiben Sie `name = \"…\"`",
            "delete the line, make it a comment with `#`, or write it as `name = \"…\"`"
        );
        note.help(help).note(stray_note())
    }
}

/// What other languages begin a comment with, if a line does.
pub(super) fn comment_mark(line: &str) -> Option<&'static str> {
    ["//", ";", "/*", "%", "<!--", "--"].into_iter().find(|mark| line.starts_with(mark))
}

/// Background for a line that holds no `key = value`; marks such diagnostics.
fn stray_note() -> Words {
    words!(
        "Text über mehrere Zeilen steht zwischen `\"\"\"` und `\"\"\"`",
        "text over several lines stands between `\"\"\"` and `\"\"\"`"
    )
}
