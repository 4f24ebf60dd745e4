//! Numbers as people write them: in German notation, with their unit, with a plus sign to call.

use std::ops::Range;

use super::guess::{self, clip, is_scalar, quoted};
use super::scan::{Scan, Within};
use crate::diag::{Code, Diagnostic};
use crate::words;

impl Scan<'_> {
    /// Numbers in German notation, with dashes as signs, with zeros before them.
    pub(super) fn number(&self, range: &Range<usize>, text: &str) -> Option<Diagnostic> {
        let shown = clip(text);
        if let Some(note) = self.thousands(range, text) {
            return Some(note);
        }
        // A number with a plus sign and blanks is one to call.
        let calls = text.starts_with('+') && text.contains([' ', '/']);
        let german = guess::german_number(text).filter(|number| is_scalar(number) && !calls);
        if let Some(number) = german {
            let message = words!(
                "`{shown}` ist eine Zahl in deutscher Schreibweise",
                "`{shown}` is a number in German notation"
            );
            return Some(self.replace(Code::GermanNumber, range, message, number));
        }
        if let Some(plain) = guess::with_hyphens(text).filter(|plain| is_scalar(plain)) {
            let message =
                words!("`{shown}` enthält einen Gedankenstrich", "`{shown}` has a dash in it");
            return Some(self.replace(Code::TomlSyntax, range, message, plain));
        }
        self.zeros(range, text)
    }

    /// Digits with a zero before them: a short number, or text made of digits.
    fn zeros(&self, range: &Range<usize>, text: &str) -> Option<Diagnostic> {
        /// Postcodes and most numbers to call have more digits than this.
        const MOST_COUNTED: usize = 3;
        let digits = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '/');
        if !text.starts_with('0') || !text.chars().all(digits) {
            return None;
        }
        let shown = clip(text);
        let message = words!(
            "`{shown}` ist keine Zahl, weil sie mit 0 beginnt",
            "`{shown}` is no number, as it begins with 0"
        );
        let as_text = quoted(text);
        if text.len() <= MOST_COUNTED && guess::all_digits(text) {
            let number = text.trim_start_matches('0');
            let number = if number.is_empty() { "0" } else { number };
            let note = self.replace(Code::TomlSyntax, range, message, number);
            return Some(
                note.help(words!("als Text ist es `{as_text}`", "as text, it is `{as_text}`")),
            );
        }
        let note = self.replace(Code::TomlSyntax, range, message, as_text);
        Some(note.note(words!(
            "Postleitzahlen, Telefon- und Aktennummern sind Text",
            "postcodes, phone numbers and file numbers are text"
        )))
    }

    /// Thousands with commas between them: `1,000`, `1,000,000`. A single group other than `000` may
    /// be a German fraction.
    fn thousands(&self, range: &Range<usize>, text: &str) -> Option<Diagnostic> {
        let (first, groups) = text.split_once(',')?;
        let grouped = groups.split(',').all(|group| group.len() == 3 && guess::all_digits(group));
        let leading = (1..=3).contains(&first.len()) && guess::all_digits(first);
        let certain = groups.contains(',') || groups == "000";
        if !grouped || !leading || !certain || first.starts_with('0') {
            return None;
        }
        let number = text.replace(',', "");
        let message = words!(
            "`{text}` ist keine Zahl: Tausender werden nicht abgeteilt",
            "`{text}` is no number: nothing parts the thousands"
        );
        Some(self.replace(Code::GermanNumber, range, message, number))
    }

    /// A number with its unit, where the key asks for the number alone: `value = 12%`.
    pub(super) fn measured(
        &self,
        range: &Range<usize>,
        text: &str,
        within: Within,
    ) -> Option<Diagnostic> {
        let key = self.keys.last().filter(|_| within != Within::Array)?;
        let digits = |c: char| c.is_ascii_digit();
        if self.get(key.range.clone()) != "value" || !text.contains(digits) {
            return None;
        }
        let (before, rest) = text.split_at(text.find(digits)?);
        let end = rest.rfind(digits)? + 1;
        let (number, unit) = (&rest[..end], rest[end..].trim());
        let number = guess::german_number(number).unwrap_or_else(|| number.to_owned());
        if !is_scalar(&number) || unit.contains('"') || before.contains('"') {
            return None;
        }
        let shown = clip(text);
        let message = words!(
            "`{shown}` ist keine Zahl: in `value` steht nur die Zahl",
            "`{shown}` is no number: `value` holds nothing but the number"
        );
        let note = self.mistake(Code::TomlSyntax, range, message);
        if unit.is_empty() {
            let note = note.fix(
                words!("schreiben Sie `value = {number}`", "write `value = {number}`"),
                self.span(range),
                number,
            );
            return Some(note.help(words!(
                "schreiben Sie es sonst in Worten, statt `value`: `text = \"{shown}\"`",
                "or write it in words, in place of `value`: `text = \"{shown}\"`"
            )));
        }
        Some(note.help(words!(
            "schreiben Sie `value = {number}` und `unit = \"{unit}\"`",
            "write `value = {number}` and `unit = \"{unit}\"`"
        )))
    }

    /// Reports the digits at `start`, in a table in braces, as the rest of a number with commas:
    /// `5,5`, `1,000`. Says whether they are, and steps over them.
    pub(super) fn comma_in_number(&mut self, start: usize) -> bool {
        let before = self.get(0..start).strip_suffix(',').unwrap_or_default();
        let Some(leaf) = self.leaves.last().filter(|leaf| leaf.end == before.len()).cloned() else {
            return false;
        };
        let line = self.get(start..self.line_end(start));
        let digits = line.split(|c: char| !c.is_ascii_digit() && c != ',').next();
        let length = digits.unwrap_or_default().trim_end_matches(',').len();
        let range = leaf.start..start + length;
        let text = self.get(range.clone());
        let note = self.thousands(&range, text).or_else(|| {
            let number = guess::german_number(text).filter(|number| is_scalar(number))?;
            let message = words!(
                "`{text}` ist eine Zahl in deutscher Schreibweise",
                "`{text}` is a number in German notation"
            );
            let help = words!(
                "schreiben Sie einen Punkt statt des Kommas",
                "write a point instead of the comma"
            );
            let note = self.mistake(Code::GermanNumber, &range, message);
            Some(note.fix(help, self.span(&range), number))
        });
        let Some(note) = note else { return false };
        self.at = range.end;
        self.break_value(range, note);
        true
    }
}
