//! Keys.

use std::ops::Range;

use super::guess::clip;
use super::scan::{DEEPEST, KeyUse, Scan};
use crate::diag::{Code, Diagnostic};
use crate::words;

/// A key as written: `a`, `a.b`, `"a b".c`.
pub(super) struct Dotted {
    /// Its parts, unquoted, with their places.
    pub(super) parts: Vec<(String, Range<usize>)>,
    /// All of it.
    pub(super) range: Range<usize>,
    /// Whether a part has letters that need quotes.
    pub(super) foreign: bool,
}

impl Scan<'_> {
    /// Reads a key and the blanks behind it; nothing if there is none.
    pub(super) fn key(&mut self) -> Option<Dotted> {
        let start = self.at;
        let mut key = Dotted { parts: Vec::new(), range: start..start, foreign: false };
        loop {
            let from = self.at;
            let name = self.key_part(&mut key.foreign)?;
            // One part more tells that there are too many.
            if key.parts.len() <= DEEPEST {
                key.parts.push((name, from..self.at));
            }
            key.range.end = self.at;
            self.blanks();
            if self.peek() != Some('.') {
                // Hyphens alone are the mark of an item, as YAML has it.
                let is_mark = self.get(key.range.clone()).bytes().all(|byte| byte == b'-');
                return (!is_mark).then_some(key);
            }
            self.bump();
            self.blanks();
        }
    }

    /// One part of a key.
    fn key_part(&mut self, foreign: &mut bool) -> Option<String> {
        if let Some(quote @ ('"' | '\'')) = self.peek() {
            let line = self.line_rest().get(1..)?;
            let end = line.find(quote)?;
            self.at += end + 2;
            return line.get(..end).map(str::to_owned);
        }
        let start = self.at;
        while self.peek().is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '-')) {
            self.bump();
        }
        let name = self.get(start..self.at);
        *foreign |= !name.is_ascii();
        (!name.is_empty()).then(|| name.to_owned())
    }

    /// Notes the uses of a key below the current scope and gives the path of what it names.
    pub(super) fn note_key(&mut self, key: &Dotted) -> String {
        let mut path = self.scope.clone();
        for (name, range) in &key.parts {
            path.push('\u{1}');
            path.push_str(name);
            self.keys.push(KeyUse { path: path.clone(), range: range.clone() });
        }
        path
    }

    /// Reports a key of too many parts in the line that begins at `start`, and leaves the line out.
    /// Says whether it is one.
    pub(super) fn left_out(&mut self, key: &Dotted, start: usize) -> bool {
        let Some(note) = self.too_deep(key) else { return false };
        self.found.push((key.range.clone(), note));
        self.at = self.line_end(start);
        self.repairs.put(start..self.at, "");
        true
    }

    /// What is said about a key of too many parts.
    pub(super) fn too_deep(&self, key: &Dotted) -> Option<Diagnostic> {
        if key.parts.len() <= DEEPEST {
            return None;
        }
        let message = words!(
            "der Name hat mehr als {DEEPEST} Teile mit Punkten dazwischen",
            "the name has more than {DEEPEST} parts with dots between them"
        );
        let help = words!("löschen Sie die Zeile", "delete the line");
        Some(self.mistake(Code::TomlSyntax, &key.range, message).help(help))
    }

    /// Reports a key with letters that need quotes.
    pub(super) fn foreign_key(&mut self, key: &Dotted) {
        let name = clip(self.get(key.range.clone()));
        let message = words!(
            "`{name}` kann nicht der Name einer Angabe sein",
            "`{name}` cannot be the name of a field"
        );
        let note = self
            .mistake(Code::TomlSyntax, &key.range, message)
            .label(words!("Umlaute oder Sonderzeichen", "letters other than a to z"));
        let help = words!(
            "verwenden Sie nur a bis z, Ziffern, `_` und `-`: `ä` wird `ae`",
            "use only a to z, digits, `_` and `-`"
        );
        let plain = crate::path::id_from(&name).replace('-', "_");
        let is_word = key.parts.len() == 1 && !plain.is_empty() && !name.ends_with('…');
        let note = match is_word && !plain.contains('.') && !name.contains(['-', '"', '\'']) {
            true => note.fix(help, self.span(&key.range), plain),
            false => note.help(help),
        };
        self.found.push((key.range.clone(), note));
    }

    /// Whether several words and then `=` stand here: `kurzer titel = "x"`.
    pub(super) fn is_spaced_key(&self, start: usize) -> bool {
        let line = self.get(start..self.line_end(start));
        line.split_once('=').is_some_and(|(name, _)| {
            let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ');
            name.chars().all(word) && name.split_whitespace().count() <= 4
        })
    }

    /// Reports a key of several words and steps over `=`.
    pub(super) fn spaced_key(&mut self, start: usize) {
        let end = self.line_end(start);
        let name = self.get(start..end).split('=').next().unwrap_or_default().trim_end();
        let range = start..start + name.len();
        let joined = crate::path::id_from(name).replace(['-', '.'], "_");
        let shown = clip(name);
        let message = words!(
            "`{shown}` kann nicht der Name einer Angabe sein",
            "`{shown}` cannot be the name of a field"
        );
        let note = self
            .mistake(Code::TomlSyntax, &range, message)
            .label(words!("mehrere Wörter", "several words"))
            .help(words!(
                "schreiben Sie ein Wort, etwa `{joined}`",
                "write one word, say `{joined}`"
            ));
        self.at = self.get(start..end).find('=').map_or(end, |at| start + at + 1);
        self.found.push((range, note));
    }
}
