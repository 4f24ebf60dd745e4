//! Values without quotation marks or brackets: numbers, dates, and all that only looks like them.

use std::ops::Range;

use super::guess::{self, LONGEST_SCALAR, clip, is_scalar, looks_like_key, quoted};
use super::quotes::requoted;
use super::scan::{Scan, Within};
use super::when;
use crate::diag::{Code, Diagnostic, Words};
use crate::words;

impl Scan<'_> {
    /// A value without quotation marks or brackets.
    pub(super) fn atom(&mut self, within: Within) {
        let start = self.at;
        let end = start + self.atom_length(within);
        let range = start..end;
        let text = self.get(range.clone());
        self.at = end;
        if text.is_empty() {
            // A character that no value begins with; stepping over it keeps the walk going.
            self.bump();
            return self.strange(start..self.at);
        }
        if is_scalar(text) {
            return self.leaves.push(range);
        }
        let note = self.explain(&range, text, within);
        self.break_value(range, note);
    }

    /// How many bytes of the rest of the line belong to the value.
    fn atom_length(&self, within: Within) -> usize {
        let line = self.line_rest();
        // Only a short word can be a value before a second field, and lines may be very long.
        let blank = line.bytes().take(LONGEST_SCALAR).position(|b| matches!(b, b' ' | b'\t'));
        let first = blank.and_then(|at| line.get(..at)).unwrap_or_default();
        let rest = line.get(first.len()..).unwrap_or_default().trim_start();
        if !first.is_empty() && looks_like_key(rest) && is_scalar(first) {
            return first.len();
        }
        let line = match within {
            Within::Line => line,
            Within::Array | Within::Inline => {
                line.split([',', ';', ']', '}']).next().unwrap_or_default()
            }
        };
        let comment = line
            .match_indices('#')
            .map(|(at, _)| at)
            .find(|at| line.get(..*at).is_some_and(|before| before.ends_with([' ', '\t'])));
        let whole = comment.and_then(|at| line.get(..at)).unwrap_or(line).trim_end();
        if is_scalar(whole) {
            return whole.len();
        }
        // Where a comma is missing or too much, the first of several values is read.
        let alone = match within {
            Within::Line => {
                let comma = whole.find(", ").or_else(|| whole.strip_suffix(',').map(str::len));
                comma.and_then(|at| whole.get(..at))
            }
            Within::Array => whole.split_once([' ', '\t']).map(|(first, rest)| {
                let next = rest.trim_start().split([' ', '\t']).next().unwrap_or_default();
                if is_scalar(next) { first } else { whole }
            }),
            Within::Inline => None,
        };
        alone.filter(|alone| is_scalar(alone)).unwrap_or(whole).len()
    }

    /// Reports a character that cannot begin a value.
    fn strange(&mut self, range: Range<usize>) {
        let shown = self.get(range.clone());
        let message = words!("`{shown}` ist kein Wert", "`{shown}` is no value");
        let help = words!("setzen Sie Text in Anführungszeichen", "put text in quotes");
        let note = self.mistake(Code::TomlSyntax, &range, message).help(help);
        self.break_value(range, note);
    }

    /// What is said about a value that TOML cannot read.
    fn explain(&self, range: &Range<usize>, text: &str, within: Within) -> Diagnostic {
        self.boolean(range, text)
            .or_else(|| self.null(range, text))
            .or_else(|| self.date(range, text))
            .or_else(|| self.clock(range, text))
            .or_else(|| self.number(range, text))
            .or_else(|| self.measured(range, text, within))
            .or_else(|| self.ended(range, text))
            .or_else(|| self.half_quoted(range, text))
            .or_else(|| self.round(range, text))
            .or_else(|| self.bare_pair(range, text, within))
            .unwrap_or_else(|| self.unquoted(range, text, within))
    }

    /// A diagnostic whose one fix replaces the whole value.
    pub(super) fn replace(
        &self,
        code: Code,
        range: &Range<usize>,
        message: Words,
        replacement: impl Into<String>,
    ) -> Diagnostic {
        let replacement = replacement.into();
        let help = words!("schreiben Sie `{replacement}`", "write `{replacement}`");
        self.mistake(code, range, message).fix(help, self.span(range), replacement)
    }

    /// `ja`, `True`.
    fn boolean(&self, range: &Range<usize>, text: &str) -> Option<Diagnostic> {
        let value = guess::boolean(text)?;
        let message = words!("`{text}` ist kein Wert", "`{text}` is no value");
        let note = self.replace(Code::TomlSyntax, range, message, value);
        let text = quoted(text);
        Some(note.help(words!("als Text ist es `{text}`", "as text, it is `{text}`")))
    }

    /// `null`.
    fn null(&self, range: &Range<usize>, text: &str) -> Option<Diagnostic> {
        let empty = matches!(text.to_lowercase().as_str(), "null" | "none" | "nil" | "~" | "leer");
        let message = words!(
            "`{text}` gibt es nicht: was keinen Wert hat, fehlt",
            "there is no `{text}`: what has no value is left out"
        );
        let help = words!("löschen Sie die Angabe", "delete the field");
        empty.then(|| self.mistake(Code::TomlSyntax, range, message).help(help))
    }

    /// Dates in German notation, months, days with too few digits, days that do not exist.
    fn date(&self, range: &Range<usize>, text: &str) -> Option<Diagnostic> {
        let shown = clip(text);
        let iso = guess::with_hyphens(text).unwrap_or_else(|| text.to_owned());
        if let Some(date) = when::iso_date(&iso) {
            let message = if iso.len() < text.len() {
                words!("`{shown}` enthält Gedankenstriche", "`{shown}` has dashes in it")
            } else if date == text {
                words!(
                    "der Monat `{shown}` steht ohne Anführungszeichen",
                    "the month `{shown}` has no quotes"
                )
            } else {
                words!("im Datum `{shown}` fehlen Ziffern", "the date `{shown}` lacks digits")
            };
            return Some(self.replace(Code::TomlSyntax, range, message, quoted(&date)));
        }
        if let Some(date) = when::german_date(text).or_else(|| when::moment(text)) {
            let german = text.contains(['.', '/']) || text.starts_with(char::is_alphabetic);
            let (code, message) = if german {
                let de = words!(
                    "`{shown}` ist ein Datum in deutscher Schreibweise",
                    "`{shown}` is a date in German notation"
                );
                (Code::GermanDate, de)
            } else {
                let short = words!("in `{shown}` fehlen Ziffern", "`{shown}` lacks digits");
                (Code::TomlSyntax, short)
            };
            return Some(self.replace(code, range, message, quoted(&date)));
        }
        let form = |pattern: &str| {
            iso.len() == pattern.len()
                && iso
                    .bytes()
                    .zip(pattern.bytes())
                    .all(|(c, p)| if p == b'0' { c.is_ascii_digit() } else { c == p })
        };
        if let Some((date, time)) = iso.split_once(['T', 't', ' '])
            && when::iso_date(date).is_some()
            && time.starts_with(|c: char| c.is_ascii_digit())
            && !time.contains(char::is_alphabetic)
        {
            let message =
                words!("die Uhrzeit `{time}` gibt es nicht", "the time `{time}` does not exist");
            let help = words!("prüfen Sie Stunde und Minute", "check hour and minute");
            return Some(self.mistake(Code::InvalidDate, range, message).help(help));
        }
        let month = form("0000-00") && !text.starts_with('0');
        if form("0000-00-00") || month || when::looks_german_date(text) {
            let message =
                words!("das Datum `{shown}` gibt es nicht", "the date `{shown}` does not exist");
            let help = words!("prüfen Sie Tag, Monat und Jahr", "check day, month and year");
            return Some(self.mistake(Code::InvalidDate, range, message).help(help));
        }
        None
    }

    /// Times of day with too few digits, or with the word that goes with them.
    fn clock(&self, range: &Range<usize>, text: &str) -> Option<Diagnostic> {
        let time = when::time(text)?;
        let shown = clip(text);
        let message = words!(
            "`{shown}` ist eine Uhrzeit ohne Tag und ohne Anführungszeichen",
            "`{shown}` is a time without a day and without quotes"
        );
        let help = words!(
            "schreiben Sie den Tag davor, etwa `\"2026-11-21T{time}\"`; als Text ist es `\"{shown}\"`",
            "write the day before it, such as `\"2026-11-21T{time}\"`; as text it is `\"{shown}\"`"
        );
        Some(self.mistake(Code::TomlSyntax, range, message).help(help))
    }

    /// A value with a sign behind it that ends a line elsewhere: `true;`.
    fn ended(&self, range: &Range<usize>, text: &str) -> Option<Diagnostic> {
        let value = text.trim_end_matches([';', '.']).trim_end();
        if value == text || !is_scalar(value) {
            return None;
        }
        let mark = &text[value.len()..];
        let message =
            words!("hinter dem Wert steht noch `{mark}`", "`{mark}` stands behind the value");
        Some(self.replace(Code::TomlSyntax, range, message, value))
    }

    /// A list in round brackets.
    fn round(&self, range: &Range<usize>, text: &str) -> Option<Diagnostic> {
        let inner = text.strip_prefix('(')?.strip_suffix(')')?;
        let list = format!("[{inner}]");
        if !inner.contains(['"', '\'']) || !is_scalar(&list) {
            return None;
        }
        let message = words!(
            "eine Liste steht in eckigen Klammern, nicht in runden",
            "a list stands in square brackets, not in round ones"
        );
        Some(self.replace(Code::TomlSyntax, range, message, list))
    }

    /// Text with a quotation mark only at its end.
    fn half_quoted(&self, range: &Range<usize>, text: &str) -> Option<Diagnostic> {
        let inner = text.strip_suffix(['"', '\'', '“', '”'])?;
        if inner.contains(['"', '\'', '„', '“']) || inner.is_empty() {
            return None;
        }
        let message =
            words!("das öffnende Anführungszeichen fehlt", "the opening quote is missing");
        Some(self.replace(Code::TomlSyntax, range, message, requoted(inner)))
    }

    /// `key = value` in a list, where a table in braces is meant.
    fn bare_pair(&self, range: &Range<usize>, text: &str, within: Within) -> Option<Diagnostic> {
        if within != Within::Array || !looks_like_key(text) {
            return None;
        }
        let shown = clip(text);
        let message = words!(
            "`{shown}` steht ohne geschweifte Klammern in der Liste",
            "`{shown}` stands in the list without braces"
        );
        let help = words!(
            "setzen Sie die Angaben einer Zeile zwischen `{{` und `}}`",
            "put the fields of one row between `{{` and `}}`"
        );
        Some(self.mistake(Code::TomlSyntax, range, message).help(help))
    }

    /// Text without quotation marks.
    fn unquoted(&self, range: &Range<usize>, text: &str, within: Within) -> Diagnostic {
        let shown = clip(text);
        let message = words!(
            "der Text `{shown}` steht ohne Anführungszeichen",
            "the text `{shown}` has no quotes"
        );
        let help = words!("setzen Sie den Text in Anführungszeichen", "put the text in quotes");
        let note = self.mistake(Code::TomlSyntax, range, message);
        let note = note.fix(help, self.span(range), quoted(text));
        let parts: Vec<&str> = text.split(',').map(str::trim).collect();
        let listed = within == Within::Line
            && parts.len() > 1
            && parts.iter().all(|part| !part.is_empty() && !part.contains(' '));
        if !listed {
            return note;
        }
        let list = parts.iter().map(|part| quoted(part)).collect::<Vec<_>>().join(", ");
        note.help(words!("als Liste ist es `[{list}]`", "as a list, it is `[{list}]`"))
    }
}
