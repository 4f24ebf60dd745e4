//! Lists written one item a line, each behind a hyphen, as YAML and Markdown have them.

use std::ops::Range;

use super::guess::{clip, looks_like_key};
use super::scan::Scan;
use crate::diag::{Code, Diagnostic};
use crate::words;

/// What begins an item: hyphens, and what programs and people put in their place.
const MARKS: [char; 4] = ['-', '–', '•', '*'];

impl Scan<'_> {
    /// Whether nothing follows on this line, and an item in the next one with something on it.
    pub(super) fn items_below(&self, from: usize) -> bool {
        let mut lines = self.get(from..self.text.len()).lines();
        lines.next().is_some_and(|line| line.trim().is_empty())
            && lines.find(|line| !line.trim().is_empty()).is_some_and(|line| item(line).is_some())
    }

    /// The end of a value in YAML that begins here: of the line, or of the list or table in the
    /// lines below.
    pub(super) fn yaml_end(&self, from: usize) -> usize {
        let first = self.line_end(from);
        if !self.get(from..first).trim().is_empty() {
            return from + self.get(from..first).trim_end().len();
        }
        let has_items = self.items_below(from);
        let (mut end, mut at) = (first, first);
        while let Some(start) = self.get(at..self.text.len()).find('\n').map(|gap| at + gap + 1) {
            let line = self.get(start..self.line_end(start));
            at = self.line_end(start);
            if has_items && end == first && line.trim().is_empty() {
                continue;
            }
            let is_part = line.starts_with([' ', '\t', '-']) || has_items && item(line).is_some();
            if !is_part || looks_like_key(line.trim_start()) {
                break;
            }
            end = at;
        }
        end
    }

    /// What is said about a list whose name and sign stand in `place`, and which ends there.
    pub(super) fn hyphen_list(&self, place: &Range<usize>, name: &str, end: usize) -> Diagnostic {
        let shown = clip(name);
        let message = words!(
            "die Liste `{shown}` steht nicht in eckigen Klammern",
            "the list `{shown}` does not stand in square brackets"
        );
        let note = self.mistake(Code::TomlSyntax, place, message);
        let mut yaml = format!("{name}:\n");
        for line in self.get(place.end..end).lines().skip(1) {
            let indent = &line[..line.len() - line.trim_start().len()];
            yaml.push_str(&match item(line) {
                Some(words) => format!("{indent}- {}\n", words.trim_end_matches(',')),
                None => format!("{line}\n"),
            });
        }
        let (toml, lost) = crate::parse::front::yaml::to_toml(&yaml);
        let toml = toml.trim_end();
        if !lost.is_empty() {
            return note.help(words!(
                "schreiben Sie etwa `{shown} = [\"eins\", \"zwei\"]`",
                "write something like `{shown} = [\"one\", \"two\"]`"
            ));
        }
        let help = if toml.contains('\n') || clip(toml) != toml {
            words!("setzen Sie die Liste in eckige Klammern", "put the list in square brackets")
        } else {
            words!("schreiben Sie `{toml}`", "write `{toml}`")
        };
        note.fix(help, self.span(&(place.start..end)), toml)
    }
}

/// The words of an item, without its mark. A hyphen before a digit is a sign.
fn item(line: &str) -> Option<&str> {
    let rest = line.trim().strip_prefix(MARKS)?;
    let is_item = rest.starts_with([' ', '"', '\'']) || rest.starts_with(char::is_alphabetic);
    is_item.then(|| rest.trim_start())
}
