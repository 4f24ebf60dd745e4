//! Lines of the form `key = value`.

use std::ops::Range;

use super::guess::{clip, is_scalar, looks_like_header, quoted};
use super::key::Dotted;
use super::quotes::COMMAS;
use super::scan::{Lost, Scan, Statement, Step, Within};
use crate::diag::Code;
use crate::words;

impl Scan<'_> {
    /// A key, its value and the rest of the line.
    pub(super) fn key_value(&mut self) -> Step {
        let start = self.at;
        let Some(key) = self.key() else {
            if self.rest().starts_with('=') {
                return self.nameless(start);
            }
            self.stray_line(start);
            return Ok(());
        };
        if self.left_out(&key, start) {
            return Ok(());
        }
        self.blanks();
        let Some(kept) = self.equals(&key, start) else { return Ok(()) };
        let scope = self.scope.clone();
        self.scope = self.note_key(&key);
        self.blanks();
        self.value_start = self.at;
        let before = self.found.len();
        let step = self.line_value(&key).and_then(|()| self.open_end(before));
        self.scope = scope;
        let from = self.value_start;
        let step = step.and_then(|()| self.after_value(Some(from)));
        let end = start + self.get(start..self.at).trim_end().len();
        let value = self.value_start.min(end)..end;
        self.statements.push(Statement { range: start..end, value });
        if key.foreign && kept {
            self.foreign_key(&key);
        }
        if key.foreign || !kept {
            self.repairs.put(start..end, "");
        }
        step
    }

    /// Gives up on a value with a mistake that ends with an open bracket: what follows belongs to
    /// it, up to the next statement.
    fn open_end(&mut self, before: usize) -> Step {
        let value = self.get(self.value_start..self.at).trim_end();
        if self.found.len() == before || !value.ends_with(['[', '{']) {
            return Ok(());
        }
        let next = self.next_statement(self.at);
        let end = self.value_start + self.get(self.value_start..next).trim_end().len();
        self.repairs.break_value(self.value_start..end);
        self.at = next;
        Err(Lost)
    }

    /// A value and the rest of a line that begins with `=`; the name is missing or stands above.
    fn nameless(&mut self, start: usize) -> Step {
        let end = self.line_end(start);
        let range = start..start + self.get(start..end).trim_end().len();
        if !self.joins_stray(&range) {
            let message = words!("vor `=` fehlt der Name", "the name before `=` is missing");
            let help = words!("ergänzen Sie den Namen der Angabe", "add the name of the field");
            let note = self.mistake(Code::TomlSyntax, &range, message).help(help);
            self.found.push((range, note));
        }
        self.bump();
        self.blanks();
        self.value_start = self.at;
        let step = match self.peek() {
            None | Some('\n' | '\r' | '#' | ',') => Ok(()),
            Some(_) => {
                self.value(Within::Line).and_then(|()| self.after_value(Some(self.value_start)))
            }
        };
        let end = start + self.get(start..self.at).trim_end().len();
        self.repairs.put(start..end, "");
        step
    }

    /// The value of a line and what follows it.
    fn line_value(&mut self, key: &Dotted) -> Step {
        match self.peek() {
            Some(',') if self.rest().starts_with(COMMAS) => {
                self.comma_quotes();
                Ok(())
            }
            None | Some('\n' | '\r' | '#' | ',') => self.missing_value(key),
            Some(_) => self.value(Within::Line),
        }
    }

    /// Reports a value that is not there; looks for it behind `#` and on the next line.
    fn missing_value(&mut self, key: &Dotted) -> Step {
        let end = self.line_end(self.at);
        if self.get(self.at..end).trim().is_empty() && self.list_below(end) {
            return self.open_list(key);
        }
        if let Some(next) = self.value_below(end) {
            return self.value_on_next_line(key, next);
        }
        if self.items_below(self.at) {
            let place = self.up_to_here(key);
            let end = self.yaml_end(self.at);
            let note = self.hyphen_list(&place, self.get(key.range.clone()), end);
            self.repairs.break_value(self.at..end);
            self.found.push((place.start..end, note));
            self.at = end;
            return Ok(());
        }
        let name = clip(self.get(key.range.clone()));
        let message = words!("`{name}` hat keinen Wert", "`{name}` has no value");
        let place = self.up_to_here(key);
        let text = self.get(self.at..end).trim_end();
        let hidden = text.len() > 1 && text.starts_with('#') && !text.starts_with("# ");
        let note = if hidden {
            let range = self.at..self.at + text.len();
            let note = self.mistake(Code::TomlSyntax, &range, message);
            let note = note.label(words!("mit `#` beginnt eine Anmerkung", "`#` begins a comment"));
            let help = words!("setzen Sie Text in Anführungszeichen", "put text in quotes");
            note.fix(help, self.span(&range), quoted(text))
        } else {
            self.mistake(Code::TomlSyntax, &place, message).help(words!(
                "ergänzen Sie den Wert, etwa `{name} = \"…\"`, oder löschen Sie die Zeile",
                "add the value, say `{name} = \"…\"`, or delete the line"
            ))
        };
        self.repairs
            .break_value(self.at..if hidden || text.starts_with('#') { self.at } else { end });
        self.found.push((place, note));
        self.at = end;
        Ok(())
    }

    /// From a key up to here, without blanks at the end.
    fn up_to_here(&self, key: &Dotted) -> Range<usize> {
        let start = key.range.start;
        start..start + self.get(start..self.at).trim_end().len()
    }

    /// Reports a value that begins on the line below, and reads it.
    fn value_on_next_line(&mut self, key: &Dotted, next: usize) -> Step {
        let name = clip(self.get(key.range.clone()));
        let message = words!(
            "der Wert von `{name}` beginnt erst in der nächsten Zeile",
            "the value of `{name}` begins only on the next line"
        );
        let place = self.up_to_here(key);
        let gap = place.end..next;
        let help =
            words!("beginnen Sie den Wert in derselben Zeile", "begin the value on the same line");
        let note = self.mistake(Code::TomlSyntax, &place, message);
        let note = note.fix(help, self.span(&gap), " ");
        self.repairs.put(gap, " ");
        self.found.push((place, note));
        self.at = next;
        self.value_start = next;
        self.value(Within::Line)
    }

    /// Whether the lines below are those of a list whose opening bracket is missing.
    fn list_below(&self, end: usize) -> bool {
        let next = self.next_statement(end);
        let mut lines = self.get(end..next).lines().skip(1).map(str::trim);
        lines.next().is_some_and(|line| line.starts_with(['"', '\'', '{']) && line.ends_with(','))
            && lines.any(|line| line.starts_with(']'))
    }

    /// Reports a list without its opening bracket, and reads it.
    fn open_list(&mut self, key: &Dotted) -> Step {
        let place = self.up_to_here(key);
        let end = place.end..place.end;
        let message = words!(
            "vor der Liste fehlt die öffnende Klammer",
            "the opening bracket before the list is missing"
        );
        let note = self
            .mistake(Code::TomlSyntax, &place, message)
            .label(words!("hier fehlt `[`", "`[` is missing here"))
            .fix(words!("ergänzen Sie `[`", "add `[`"), self.span(&end), " [");
        self.value_start = place.end;
        self.repairs.put(end, " [");
        self.found.push((place, note));
        self.items(self.value_start)
    }

    /// Where a value begins on the line below that can only belong to this key.
    fn value_below(&self, end: usize) -> Option<usize> {
        let below = self.get(end..self.text.len());
        let below = below.strip_prefix("\r\n").or_else(|| below.strip_prefix('\n'))?;
        let trimmed = below.trim_start_matches([' ', '\t']);
        let line = trimmed.lines().next()?;
        let listed = line.starts_with('[') && !looks_like_header(line);
        let quoted =
            line.starts_with('"') && !line.trim_end().ends_with('=') && !line.contains("\" =");
        let found = listed || quoted || line.starts_with('{') || is_scalar(line.trim_end());
        found.then(|| self.text.len() - trimmed.len())
    }
}
