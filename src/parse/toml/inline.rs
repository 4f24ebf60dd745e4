//! Tables in braces.

use super::guess::{all_digits, clip, looks_like_header, looks_like_key};
use super::key::Dotted;
use super::scan::{Scan, Step, Within};
use super::tree::stray_name;
use crate::diag::Code;
use crate::words;

impl Scan<'_> {
    /// A table in braces.
    pub(super) fn inline_table(&mut self) -> Step {
        let open = self.at;
        self.bump();
        self.entries(open)
    }

    /// The rest of a table that began at `open`.
    pub(super) fn entries(&mut self, open: usize) -> Step {
        // The end of the last value, if no comma followed it yet.
        let mut last: Option<usize> = None;
        // The end of the last value, whatever followed it.
        let mut end = open;
        loop {
            self.enough()?;
            let line = self.at;
            self.space();
            let crossed = self.get(line..self.at).contains('\n');
            match self.peek() {
                Some('}') => {
                    self.bump();
                    return Ok(());
                }
                None => return Err(self.unclosed(open, "}")),
                _ if crossed && looks_like_header(self.line_rest()) => {
                    return Err(self.unclosed(open, "}"));
                }
                _ if crossed
                    && last.is_some()
                    && looks_like_key(self.line_rest())
                    && !self.closes_below() =>
                {
                    return Err(self.unclosed(open, "}"));
                }
                Some('{') if crossed && self.opened.len() > 1 && end > open => {
                    self.unclosed_row(open, end);
                    return Ok(());
                }
                Some(_) if last.is_some_and(|end| self.odd_separator(end, Within::Inline)) => {
                    last = None;
                }
                Some(c @ (',' | ';')) => self.separator(c, &mut last),
                Some(c @ (']' | ')')) => {
                    if self.wrong_bracket(open, c) {
                        return Ok(());
                    }
                }
                Some(_) => {
                    let comma = self.comma_before(last);
                    let start = self.at;
                    self.inline_entry()?;
                    self.forget_comma(comma, start);
                    end = self.at;
                    last = Some(end);
                }
            }
        }
    }

    /// One `key = value`.
    fn inline_entry(&mut self) -> Step {
        let start = self.at;
        let key = self.key();
        if let Some((key, note)) = key.as_ref().and_then(|key| Some((key, self.too_deep(key)?))) {
            let next = self.next_statement(self.at);
            return Err(self.lose(next, key.range.clone(), note));
        }
        self.space_before(|ahead| ahead.starts_with('='));
        let end = key.as_ref().map(|key| key.range.end);
        let Some(key) = key.filter(|_| self.inline_may_equal()) else {
            self.inline_stray(start, end);
            return Ok(());
        };
        if let Some(junk) = self.junk() {
            self.wrong_equals(junk, &key);
        } else if self.peek() == Some('=') {
            self.bump();
        } else {
            self.inline_equals(&key);
        }
        let scope = self.scope.clone();
        self.scope = self.note_key(&key);
        let value = |ahead: &str| !looks_like_key(ahead) && !ahead.starts_with([',', '}', ']']);
        self.space_before(value);
        let step = match self.peek() {
            None | Some(',' | '}' | ']' | '\n' | '\r' | '#') => {
                self.inline_missing(&key);
                Ok(())
            }
            Some(_) => self.value(Within::Inline),
        };
        self.scope = scope;
        step
    }

    /// Steps over blanks, and over line ends if what follows belongs here.
    fn space_before(&mut self, belongs: impl FnOnce(&str) -> bool) {
        self.blanks();
        if matches!(self.peek(), Some('\n' | '\r' | '#')) {
            let start = self.at;
            self.space();
            if !belongs(self.line_rest()) {
                self.at = start;
            }
        }
    }

    /// Whether something like `=` and a value are ahead.
    fn inline_may_equal(&self) -> bool {
        let ahead = self.line_rest();
        let mark = ahead.split([',', '}', ']']).next().unwrap_or_default();
        mark.starts_with(['=', ':', '"', '\'']) || mark.chars().take(4).any(|c| c == '=')
    }

    /// Reports `:`, or nothing, where `=` belongs.
    fn inline_equals(&mut self, key: &Dotted) {
        let colon = self.peek() == Some(':');
        let range = if colon { self.at..self.at + 1 } else { key.range.end..key.range.end };
        let name = clip(self.get(key.range.clone()));
        let message = if colon {
            words!(
                "hinter `{name}` steht `:` statt `=`",
                "`{name}` is followed by `:` instead of `=`"
            )
        } else {
            words!("zwischen `{name}` und dem Wert fehlt `=`", "`=` is missing behind `{name}`")
        };
        let note = self.mistake(Code::TomlSyntax, &range, message);
        let note = note.fix(words!("schreiben Sie `=`", "write `=`"), self.span(&range), " =");
        self.repairs.put(range.clone(), " =");
        self.found.push((range, note));
        if colon {
            self.bump();
        }
    }

    /// Reports a key whose value is not there.
    fn inline_missing(&mut self, key: &Dotted) {
        let name = clip(self.get(key.range.clone()));
        let range = key.range.start..self.at;
        let range = range.start..range.start + self.get(range).trim_end().len();
        let message = words!("`{name}` hat keinen Wert", "`{name}` has no value");
        let note = self.mistake(Code::TomlSyntax, &range, message).help(words!(
            "ergänzen Sie den Wert, etwa `{name} = \"…\"`, oder löschen Sie `{name}`",
            "add the value, say `{name} = \"…\"`, or delete `{name}`"
        ));
        self.repairs.break_value(range.end..range.end);
        self.found.push((range, note));
    }

    /// Reports what is no `key = value`. A lone key, which ends at `key`, stays as one without a
    /// value; anything else is left out.
    fn inline_stray(&mut self, start: usize, key: Option<usize>) {
        self.at = start;
        let line = self.line_rest();
        let end = line.char_indices().skip(1).find(|(_, c)| matches!(c, ',' | '}' | ']'));
        let end = start + end.map_or(line.len(), |(at, _)| at);
        let range = start..start + self.get(start..end).trim_end().len().max(1);
        let end = end.max(range.end);
        let shown = clip(self.get(range.clone()));
        if all_digits(&shown) && self.comma_in_number(start) {
            return;
        }
        let close = self.found.last().is_some_and(|(last, _)| {
            self.text.get(last.end..start).is_some_and(|gap| gap.len() < 4 && !gap.contains('\n'))
        });
        let message = words!("`{shown}` ist keine Angabe", "`{shown}` is no field");
        let note = self
            .mistake(Code::TomlSyntax, &range, message)
            .label(words!("kein `name = wert`", "not `name = value`"))
            .help(words!(
                "schreiben Sie in geschweiften Klammern `name = \"…\"`",
                "write `name = \"…\"` between braces"
            ));
        if key.is_some_and(|key| key == range.end) {
            self.repairs.put(end..end, " = ");
            self.repairs.break_value(end..end);
        } else {
            // A key of its own keeps the commas around it right.
            self.repairs.put(start..end, format!("{} = 0", stray_name(start)));
        }
        self.at = end;
        // Behind another mistake this is what is left of it.
        if close {
            return;
        }
        self.found.push((range, note));
    }
}
