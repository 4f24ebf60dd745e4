//! What stands behind a value or header, up to the line's end.

use std::ops::Range;

use super::guess::{clip, looks_like_key};
use super::library::may_be_deep;
use super::scan::{Lost, Scan, Step};
use super::stray::comment_mark;
use crate::diag::Code;
use crate::words;

impl Scan<'_> {
    /// Steps over the rest of a line. The value before it begins at `from`; a header has none.
    pub(super) fn after_value(&mut self, from: Option<usize>) -> Step {
        let end = self.at;
        self.blanks();
        let rest = self.line_rest();
        if rest.is_empty() || rest.starts_with('#') {
            return Ok(());
        }
        let range = self.at..self.at + rest.len();
        self.at = range.end;
        let from = from.filter(|from| *from < end);
        let behind = rest.trim_start_matches([',', ';', ' ', '\t']);
        if from.is_some() && behind.len() < rest.len() && looks_like_key(behind) {
            let second = range.end - behind.len();
            return Err(self.second_field(end..second, second..range.end));
        }
        match from {
            Some(_) if looks_like_key(rest) => {
                return Err(self.second_field(end..range.start, range));
            }
            Some(from) if rest.starts_with(',') && rest != "," => {
                self.several_values(from..range.end);
            }
            _ => self.leftover(range, rest),
        }
        Ok(())
    }

    /// Reports a second `key = value` on a line, and goes on there.
    fn second_field(&mut self, gap: Range<usize>, range: Range<usize>) -> Lost {
        let message = words!(
            "hinter dem Wert beginnt eine zweite Angabe",
            "a second field begins behind the value"
        );
        let rest = self.get(range.clone());
        let name = rest.split('=').next().unwrap_or_default().trim_end();
        let name = range.start..range.start + name.len();
        let help = words!("beginnen Sie davor eine neue Zeile", "begin a new line before it");
        let note = self.mistake(Code::TomlSyntax, &name, message);
        let note = note.fix(help, self.span(&gap), "\n");
        self.repairs.put(gap.clone(), "\n");
        self.at = range.start;
        self.found.push((gap, note));
        Lost
    }

    /// Reports several values without brackets.
    fn several_values(&mut self, all: Range<usize>) {
        let list = format!("[{}]", self.get(all.clone()).trim_end_matches(','));
        let message =
            words!("mehrere Werte brauchen eckige Klammern", "several values need brackets");
        let note = self.mistake(Code::TomlSyntax, &all, message);
        let help = words!("machen Sie eine Liste daraus", "make it a list");
        let certain = !may_be_deep(&list) && ::toml::de::DeValue::parse(&list).is_ok();
        let note = if certain { note.fix(help, self.span(&all), list) } else { note.help(help) };
        self.break_value(all, note);
    }

    /// Reports anything else that stands there, and leaves it out.
    fn leftover(&mut self, range: Range<usize>, rest: &str) {
        let shown = clip(rest);
        let message =
            words!("hinter dem Ende steht noch `{shown}`", "`{shown}` stands behind the end");
        let note = self.mistake(Code::TomlSyntax, &range, message);
        if let Some(mark) = comment_mark(rest).filter(|mark| *mark != rest) {
            let mark = range.start..range.start + mark.len();
            let help = words!("beginnen Sie Anmerkungen mit `#`", "begin comments with `#`");
            let note = note.fix(help, self.span(&mark), "#");
            self.repairs.put(range.clone(), "");
            return self.found.push((range, note));
        }
        let marks = rest.chars().all(|c| matches!(c, ']' | '}' | ')' | ' ' | ',' | ';'));
        let note = if marks {
            note.fix(words!("löschen Sie `{shown}`", "delete `{shown}`"), self.span(&range), "")
        } else {
            note.help(words!(
                "setzen Sie Text ganz in Anführungszeichen, weitere Angaben auf eigene Zeilen",
                "put the whole text in quotes, and other fields on lines of their own"
            ))
        };
        self.repairs.put(range.clone(), "");
        self.found.push((range, note));
    }
}
