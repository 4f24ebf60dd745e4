//! Texts over several lines, between three quotation marks.

use std::ops::Range;

use super::guess::looks_like_key;
use super::scan::{Lost, Scan, Step};
use super::string::unescaped;
use crate::diag::Code;
use crate::words;

impl Scan<'_> {
    /// A text between three quotation marks.
    pub(super) fn long_string(&mut self, open: usize, delimiter: &str) -> Step {
        let body = self.get(open + 3..self.text.len());
        let found = match delimiter {
            "\"\"\"" => unescaped(body, delimiter),
            _ => body.find(delimiter),
        };
        let Some(length) = found else {
            let next = self.next_statement(open);
            return Err(self.unclosed_long(open, next, None));
        };
        let quote = delimiter.get(..1).unwrap_or_default();
        let more = body.get(length + 3..).unwrap_or_default();
        let more = more.len() - more.trim_start_matches(quote).len();
        let end = open + 3 + length + 3 + more.min(2);
        let last = self.get(open + 3..open + 3 + length).rsplit_once('\n').map(|(_, last)| last);
        if let Some(last) =
            last.filter(|last| looks_like_key(last) && last.trim_end().ends_with('='))
        {
            let next = open + 3 + length - last.len();
            return Err(self.unclosed_long(open, next, Some(end - more.min(2) - 3..end)));
        }
        self.at = end;
        self.leaves.push(open..end);
        if delimiter == "\"\"\"" {
            self.escapes(open..end, 3);
        }
        Ok(())
    }

    /// Reports a text between three quotation marks that does not end before the next statement.
    fn unclosed_long(&mut self, open: usize, next: usize, wrong: Option<Range<usize>>) -> Lost {
        let range = open..open + 3;
        let marks = self.get(range.clone());
        let message = words!(
            "der Text hinter `{marks}` endet nicht",
            "the text behind `{marks}` does not end"
        );
        let end = open + self.get(open..next).trim_end().len();
        let mut note = self.mistake(Code::TomlSyntax, &range, message);
        if let Some(wrong) = wrong {
            let label = words!("für TOML endet er erst hier", "for TOML, it ends only here");
            note = note.also(self.span(&wrong), label);
        }
        let help = words!(
            "ergänzen Sie am Ende des Textes `{marks}`",
            "add `{marks}` at the end of the text"
        );
        let note = note.fix(help, self.span(&(end..end)), format!("\n{marks}"));
        self.lose(next, range, note)
    }
}
