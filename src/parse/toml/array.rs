//! Values of every sort, and lists in brackets.

use super::guess::{clip, looks_like_header, looks_like_key};
use super::quotes::OPENING;
use super::scan::{DEEPEST, Scan, Step, Within};
use crate::diag::Code;
use crate::words;

impl Scan<'_> {
    /// A value. There is a character ahead that no value's end begins with.
    pub(super) fn value(&mut self, within: Within) -> Step {
        match self.peek() {
            Some('[') => self.nested(Self::array),
            Some('{') => self.nested(Self::inline_table),
            Some('"' | '\'') => self.string(within),
            Some(c) if OPENING.contains(&c) => self.typographic(within),
            _ => {
                self.atom(within);
                Ok(())
            }
        }
    }

    /// A value in brackets, if they are not nested too deeply.
    fn nested(&mut self, read: impl FnOnce(&mut Self) -> Step) -> Step {
        if self.opened.len() >= DEEPEST {
            let range = self.at..self.at + 1;
            let message = words!(
                "zu viele Klammern sind ineinander geschachtelt",
                "brackets are nested too deeply"
            );
            let note = self.mistake(Code::TomlSyntax, &range, message);
            let next = self.next_statement(self.at);
            return Err(self.lose(next, range, note));
        }
        self.opened.push(self.at);
        let step = read(self);
        self.opened.pop();
        step
    }

    /// A list.
    fn array(&mut self) -> Step {
        let open = self.at;
        self.bump();
        self.items(open)
    }

    /// The rest of a list that began at `open`.
    pub(super) fn items(&mut self, open: usize) -> Step {
        // The end of the last value, if no comma followed it yet.
        let mut last: Option<usize> = None;
        let mut index = 0;
        loop {
            self.enough()?;
            let line = self.at;
            self.space();
            let crossed = self.get(line..self.at).contains('\n');
            match self.peek() {
                Some(']') => {
                    self.bump();
                    return Ok(());
                }
                None => return Err(self.unclosed(open, "]")),
                _ if crossed && self.begins_row() => {
                    self.open_row()?;
                    last = Some(self.at);
                }
                _ if index == 0 && self.bare_fields(open) => return Ok(()),
                _ if crossed && self.begins_statement() => return Err(self.unclosed(open, "]")),
                Some(_) if last.is_some_and(|end| self.odd_separator(end, Within::Array)) => {
                    last = None;
                }
                Some(c @ (',' | ';')) => self.separator(c, &mut last),
                Some(c @ ('}' | ')')) => {
                    if self.wrong_bracket(open, c) {
                        return Ok(());
                    }
                }
                Some(_) => {
                    self.junk_before_brace();
                    let comma = self.comma_before(last);
                    let scope = self.scope.len();
                    self.scope.push_str(&format!("\u{2}{index}"));
                    index += 1;
                    let start = self.at;
                    let step = self.value(Within::Array);
                    self.scope.truncate(scope);
                    step?;
                    self.forget_comma(comma, start);
                    last = Some(self.at);
                }
            }
        }
    }

    /// Reports a list that holds the fields of one table without the braces around them, each on a
    /// line of its own, and steps over it. Says whether it is one.
    fn bare_fields(&mut self, open: usize) -> bool {
        /// Nobody writes longer rows.
        const MOST_LINES: usize = 30;
        if !looks_like_key(self.line_rest()) {
            return false;
        }
        let mut length = 0;
        let mut lines = self.rest().split_inclusive('\n').take(MOST_LINES);
        let last = lines.find(|line| {
            let is_field = looks_like_key(line.trim()) || line.trim().is_empty();
            length += if is_field { line.len() } else { 0 };
            !is_field
        });
        let is_closed = last.is_some_and(|line| line.trim_start().starts_with(']'));
        let fields = self.get(self.at..self.at + length).trim_end().trim_end_matches(',');
        let is_parted = fields.lines().rev().skip(1).all(|line| line.trim_end().ends_with(','));
        if !is_closed || !is_parted {
            return false;
        }
        let close =
            self.at + length + self.get(self.at + length..self.text.len()).find(']').unwrap_or(0);
        let range = open..close + 1;
        let message = words!(
            "die Angaben stehen ohne geschweifte Klammern in der Liste",
            "the fields stand in the list without braces"
        );
        let help = words!(
            "setzen Sie die Angaben einer Zeile zwischen `{{` und `}}`",
            "put the fields of one row between `{{` and `}}`"
        );
        let row: Vec<&str> =
            fields.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let fixed = format!("[{{ {} }}]", row.join(" "));
        let place = open..self.at + fields.len();
        let note = self.mistake(Code::TomlSyntax, &place, message);
        let note = note.fix(help, self.span(&range), fixed);
        self.at = range.end;
        self.break_value(range, note);
        true
    }

    /// Whether the line ahead is a table whose opening brace is missing: `partner = "x" },`.
    fn begins_row(&self) -> bool {
        let line = self.line_rest();
        let line = line.rsplit_once(" #").map_or(line, |(line, _)| line.trim_end());
        looks_like_key(line) && line.trim_end_matches(',').ends_with('}') && !line.contains('{')
    }

    /// Reports a table whose opening brace is missing, and reads it.
    fn open_row(&mut self) -> Step {
        let open = self.at;
        let name = self.line_rest().split('=').next().unwrap_or_default().trim_end();
        let range = open..open + name.len();
        let name = clip(name);
        let message = words!(
            "vor `{name}` fehlt die öffnende Klammer der Tabelle",
            "the table's opening brace before `{name}` is missing"
        );
        let note = self.mistake(Code::TomlSyntax, &range, message);
        let help = words!("ergänzen Sie `{{`", "add `{{`");
        let note = note.fix(help, self.span(&(open..open)), "{ ");
        self.repairs.put(open..open, "{ ");
        self.found.push((range, note));
        self.nested(|scan| scan.entries(open))
    }

    /// Reports and steps over a single character that stands before a table's brace by mistake.
    fn junk_before_brace(&mut self) {
        let mut ahead = self.line_rest().chars();
        let Some(junk) = ahead.next().filter(|c| !matches!(c, '{' | '[' | '0'..='9')) else {
            return;
        };
        if ahead.find(|c| !matches!(c, ' ' | '\t')) != Some('{') {
            return;
        }
        let range = self.at..self.at + junk.len_utf8();
        let message = words!("vor `{{` steht `{junk}`", "`{junk}` stands before `{{`");
        let note = self.mistake(Code::TomlSyntax, &range, message);
        let help = words!("löschen Sie `{junk}`", "delete `{junk}`");
        let note = note.fix(help, self.span(&range), "");
        self.repairs.put(range.clone(), "");
        self.at = range.end;
        self.found.push((range, note));
        self.blanks();
    }

    /// Whether the line ahead can only be a new `key = …` or header.
    pub(super) fn begins_statement(&self) -> bool {
        looks_like_key(self.line_rest()) || looks_like_header(self.line_rest())
    }
}
