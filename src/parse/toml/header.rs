//! Headers: `[table]` and `[[list]]`.

use std::ops::Range;

use super::guess::{clip, is_odd_blank, quoted};
use super::key::Dotted;
use super::scan::{KeyUse, Scan, Statement, Step};
use super::tree::stray_name;
use crate::diag::Code;
use crate::words;

impl Scan<'_> {
    /// A header and the rest of its line.
    pub(super) fn header(&mut self) -> Step {
        let start = self.at;
        let mut double = self.rest().starts_with("[[");
        self.at += if double { 2 } else { 1 };
        self.blanks();
        let key = self.key().filter(|key| !key.parts.is_empty());
        let Some(key) = key.filter(|_| matches!(self.header_end(), None | Some(']' | '#'))) else {
            self.at = start;
            self.stray_line(start);
            return Ok(());
        };
        if self.left_out(&key, start) {
            // Without any header, the fields below would belong to the table before.
            self.repairs.put(start..self.at, format!("[{}]", stray_name(start)));
            return Ok(());
        }
        self.blanks();
        let close = if double { "]]" } else { "]" };
        if self.rest().starts_with("]]") && !double {
            self.double_close(start, &key);
        } else if self.rest().starts_with(close) {
            self.at += close.len();
            if !double && self.is_list(&key) {
                self.single_brackets(start..self.at, &key);
                double = true;
            }
        } else {
            self.open_header(start, &key, close);
        }
        if key.foreign {
            self.foreign_key(&key);
            let parts: Vec<_> = key.parts.iter().map(|(name, _)| quoted(name)).collect();
            self.repairs.put(key.range.clone(), parts.join("."));
        }
        self.enter(&key, double);
        self.statements.push(Statement { range: start..self.at, value: self.at..self.at });
        self.after_value(None)
    }

    /// Whether tables of a list with this name stand above.
    fn is_list(&self, key: &Dotted) -> bool {
        matches!(key.parts.as_slice(), [(name, _)] if self.arrays.contains_key(&format!("\u{1}{name}")))
    }

    /// Reports `[name]` below `[[name]]`, and takes it for one more.
    fn single_brackets(&mut self, range: Range<usize>, key: &Dotted) {
        let name = self.get(key.range.clone());
        let meant = format!("[[{name}]]");
        let shown = clip(name);
        let message = words!(
            "`[{shown}]` hat einfache Klammern, `[[{shown}]]` weiter oben doppelte",
            "`[{shown}]` has single brackets, `[[{shown}]]` above has double ones"
        );
        let help = words!("schreiben Sie `[[{shown}]]`", "write `[[{shown}]]`");
        let note = self.mistake(Code::TomlSyntax, &range, message);
        let note = note.fix(help, self.span(&range), meant.clone());
        self.repairs.put(range.clone(), meant);
        self.found.push((range, note));
    }

    /// What follows a header's name, past blanks.
    fn header_end(&mut self) -> Option<char> {
        let rest = self.line_rest();
        rest.chars().find(|c| !matches!(c, ' ' | '\t') && !is_odd_blank(*c))
    }

    /// Makes a header's table the one that keys belong to.
    fn enter(&mut self, key: &Dotted, double: bool) {
        let mut path = String::new();
        for (index, (name, range)) in key.parts.iter().enumerate() {
            path.push('\u{1}');
            path.push_str(name);
            self.keys.push(KeyUse { path: path.clone(), range: range.clone() });
            let last = index + 1 == key.parts.len();
            if last && double {
                *self.arrays.entry(path.clone()).or_default() += 1;
            }
            if let Some(count) = self.arrays.get(&path).filter(|_| !last || double) {
                path.push_str(&format!("\u{2}{count}"));
            }
        }
        self.scope = path;
    }

    /// Reports a line that is a header but for a character that does not belong there, and takes
    /// it for one. Says whether it is.
    pub(super) fn damaged_header(&mut self) -> bool {
        let start = self.at;
        let line = self.line_rest();
        let line = line.split_once(" #").map_or(line, |(line, _)| line).trim_end();
        let Some((name, double)) = meant_header(line) else { return false };
        let name = start + name.start..start + name.end;
        let range = start..start + line.len();
        let words = self.get(name.clone());
        let meant = if double { format!("[[{words}]]") } else { format!("[{words}]") };
        let shown = clip(line);
        let message = words!(
            "`{shown}` ist kein richtiger Tabellenkopf",
            "`{shown}` is no proper table header"
        );
        let note = self.mistake(Code::TomlSyntax, &range, message);
        let help = words!("schreiben Sie `{meant}`", "write `{meant}`");
        let note = note.fix(help, self.span(&range), meant.clone());
        self.repairs.put(range.clone(), meant);
        let parts = vec![(words.to_owned(), name.clone())];
        self.enter(&Dotted { parts, range: name, foreign: false }, double);
        self.statements.push(Statement { range: range.clone(), value: range.end..range.end });
        self.found.push((range, note));
        true
    }

    /// Reports `[name` and `[[name]`.
    fn open_header(&mut self, start: usize, key: &Dotted, close: &str) {
        let closed = self.rest().starts_with(']');
        let end = if closed { self.at + 1 } else { key.range.end };
        let missing = if closed { "]" } else { close };
        let shown = clip(self.get(start..end));
        let message = words!("`{shown}` ist nicht geschlossen", "`{shown}` is not closed");
        let range = start..end;
        let note = self
            .mistake(Code::TomlSyntax, &range, message)
            .label(words!("hier fehlt `{missing}`", "`{missing}` is missing here"))
            .fix(
                words!("ergänzen Sie `{missing}`", "add `{missing}`"),
                self.span(&(end..end)),
                missing,
            );
        self.repairs.put(end..end, missing);
        self.found.push((range, note));
        self.at = end;
    }

    /// Reports `[name]]`.
    fn double_close(&mut self, start: usize, key: &Dotted) {
        self.at += 2;
        let range = start..self.at;
        let name = clip(self.get(key.range.clone()));
        let message = words!(
            "vor `{name}` steht eine Klammer, dahinter stehen zwei",
            "one bracket stands before `{name}`, but two behind it"
        );
        let help =
            words!("beginnen Sie einen Listeneintrag mit `[[`", "begin a list entry with `[[`");
        let note = self.mistake(Code::TomlSyntax, &range, message);
        let note = note.fix(help, self.span(&(start..start)), "[");
        self.repairs.put(start..start, "[");
        self.found.push((range, note));
    }
}

/// The name in a line that is a header but for one character, and whether it has two brackets.
/// Nothing if it is right, or wrong only in the number of its brackets.
fn meant_header(line: &str) -> Option<(Range<usize>, bool)> {
    /// Nobody gives a table a longer name.
    const LONGEST: usize = 80;
    let bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if line.len() > LONGEST || !line.contains('[') || !line.contains(']') || line.contains('=') {
        return None;
    }
    let name = line.split(|c| !bare(c)).max_by_key(|word| word.len())?;
    let at = line.find(name)?;
    let (before, after) = (line.get(..at)?, line.get(at + name.len()..)?);
    let count = |text: &str, bracket: char| text.chars().filter(|c| *c == bracket).count();
    let odd = |text: &str| text.chars().filter(|c| !matches!(c, '[' | ']' | ' ')).count();
    let (opened, closed) = (count(before, '['), count(after, ']'));
    let stray = odd(before) + odd(after) + count(before, ']') + count(after, '[');
    let apart = before.contains("[ [") || after.contains("] ]");
    let meant = name.len() > 1 && name.starts_with(|c: char| c.is_ascii_alphabetic());
    (meant && opened > 0 && closed > 0 && (stray == 1 || stray == 0 && apart))
        .then_some((at..at + name.len(), opened > 1 || closed > 1))
}
