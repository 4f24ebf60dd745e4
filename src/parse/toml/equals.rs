//! What stands between a key and its value.

use std::ops::Range;

use super::guess::{clip, is_scalar};
use super::key::Dotted;
use super::scan::{Scan, Statement};
use crate::diag::Code;
use crate::words;

impl Scan<'_> {
    /// Steps over `=`, or reports what stands there instead. Says whether the statement can be
    /// kept; nothing if no value follows.
    pub(super) fn equals(&mut self, key: &Dotted, start: usize) -> Option<bool> {
        let from = self.at;
        if let Some(junk) = self.junk() {
            self.wrong_equals(junk, key);
            return Some(true);
        }
        match self.peek() {
            Some('=') => {
                self.bump();
                if matches!(self.peek(), Some('=' | '>')) {
                    self.bump();
                    self.wrong_equals(from..self.at, key);
                }
                Some(true)
            }
            Some(':') => {
                self.bump();
                if self.peek() == Some('=') {
                    self.bump();
                }
                self.colon(from..self.at, key).then_some(true)
            }
            Some('"' | '\'' | '[' | '{' | '„' | '“' | '»' | '«') => {
                self.no_equals(key);
                Some(true)
            }
            _ if self.is_spaced_key(start) => {
                self.spaced_key(start);
                Some(false)
            }
            _ => {
                self.stray_line(start);
                None
            }
        }
    }

    /// Steps over a few marks that stand before `=`, and `=`. Gives their place.
    pub(super) fn junk(&mut self) -> Option<Range<usize>> {
        /// So many marks may be there by mistake.
        const MOST: usize = 6;
        let ahead = self.line_rest();
        let (end, _) = ahead.char_indices().take(MOST).find(|(_, c)| *c == '=')?;
        let junk = ahead.get(..end)?.trim_end();
        let odd = |c: char| !c.is_alphanumeric() && !matches!(c, ':' | '#');
        if junk.is_empty() || !junk.chars().all(odd) {
            return None;
        }
        let range = self.at..self.at + end + 1;
        self.at = range.end;
        Some(range)
    }

    /// Reports `==` or `=>`.
    pub(super) fn wrong_equals(&mut self, range: Range<usize>, key: &Dotted) {
        let found = self.get(range.clone());
        let name = clip(self.get(key.range.clone()));
        let message = words!(
            "hinter `{name}` steht `{found}` statt `=`",
            "`{name}` is followed by `{found}` instead of `=`"
        );
        let note = self.mistake(Code::TomlSyntax, &range, message);
        let note = note.fix(words!("schreiben Sie `=`", "write `=`"), self.span(&range), "=");
        self.repairs.put(range.clone(), "=");
        self.found.push((range, note));
    }

    /// Reports `key "value"`.
    fn no_equals(&mut self, key: &Dotted) {
        let place = key.range.end..key.range.end;
        let name = clip(self.get(key.range.clone()));
        let message =
            words!("zwischen `{name}` und dem Wert fehlt `=`", "`=` is missing behind `{name}`");
        let note = self.mistake(Code::TomlSyntax, &key.range, message);
        let note = note.fix(words!("ergänzen Sie `=`", "add `=`"), self.span(&place), " =");
        self.repairs.put(place, " =");
        self.found.push((key.range.clone(), note));
    }

    /// Reports `key: value`, also where the value is meant as in YAML. Says whether a value that
    /// TOML can read follows.
    fn colon(&mut self, range: Range<usize>, key: &Dotted) -> bool {
        let name = clip(self.get(key.range.clone()));
        let found = self.get(range.clone());
        let message = words!(
            "hinter `{name}` steht `{found}` statt `=`",
            "`{name}` is followed by `{found}` instead of `=`"
        );
        let note = self.mistake(Code::TomlSyntax, &range, message);
        let help = words!("schreiben Sie `=`", "write `=`");
        let value = self.line_rest().trim_start();
        let readable = value.starts_with(['"', '\'', '[', '{', '„', '»', '“']) || is_scalar(value);
        let equals = if self.get(key.range.end..range.start).is_empty() { " =" } else { "=" };
        if readable && !value.is_empty() {
            let note = note.fix(help, self.span(&range), equals);
            self.repairs.put(range.clone(), equals);
            self.found.push((range, note));
            return true;
        }
        let end = self.yaml_end(range.end);
        let whole = key.range.start..end;
        let note = if self.items_below(range.end) {
            let name = self.get(key.range.clone());
            self.hyphen_list(&(whole.start..range.end), name, end)
        } else {
            let (toml, lost) = crate::parse::front::yaml::to_toml(self.get(whole.clone()));
            let span = self.span(&whole);
            if lost.is_empty() { note.fix(help, span, toml.trim_end()) } else { note.help(help) }
        };
        // One key that cannot be read is left, so that it does not count as missing.
        self.repairs.put(range.clone(), equals);
        self.repairs.break_value(range.end..end);
        self.note_key(key);
        self.statements.push(Statement { range: whole.clone(), value: range.end..end });
        self.found.push((whole, note));
        self.at = end;
        false
    }
}
