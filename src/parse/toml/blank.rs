//! What stands between the words: blanks, line ends, comments.

use std::ops::Range;

use super::guess::{is_odd_blank, is_visible_blank};
use super::scan::{MOST_MISTAKES, Scan};
use crate::diag::Code;
use crate::words;

impl Scan<'_> {
    /// Steps over blanks; reports those that TOML does not take for one.
    pub(super) fn blanks(&mut self) {
        loop {
            let start = self.at;
            while matches!(self.peek(), Some(' ' | '\t')) {
                self.bump();
            }
            let odd = self.at;
            while self.peek().is_some_and(is_odd_blank) {
                self.bump();
            }
            if odd < self.at {
                self.odd_blanks(odd..self.at);
            }
            if start == self.at {
                return;
            }
        }
    }

    /// Reports blanks that are none to TOML.
    fn odd_blanks(&mut self, range: Range<usize>) {
        if self.found.len() >= MOST_MISTAKES {
            return self.repairs.put(range, " ");
        }
        let found = self.get(range.clone());
        let code = found.chars().next().map_or(0, u32::from);
        let visible = found.chars().any(is_visible_blank);
        let replacement = if visible { " " } else { "" };
        let message = if visible {
            words!(
                "hier steht ein besonderes Leerzeichen (U+{code:04X}), das TOML nicht kennt",
                "a special space (U+{code:04X}) stands here, which TOML does not know"
            )
        } else {
            words!(
                "hier steht ein unsichtbares Zeichen (U+{code:04X})",
                "an invisible character (U+{code:04X}) stands here"
            )
        };
        let help = if visible {
            words!("schreiben Sie ein gewöhnliches Leerzeichen", "write an ordinary space")
        } else {
            words!("löschen Sie das Zeichen", "delete the character")
        };
        let note = self.mistake(Code::TomlSyntax, &range, message);
        let note = note.fix(help, self.span(&range), replacement);
        self.repairs.put(range.clone(), replacement);
        self.found.push((range, note));
    }

    /// Steps over blanks, line ends and comments.
    pub(super) fn space(&mut self) {
        loop {
            self.blanks();
            match self.peek() {
                Some('\n' | '\r') => self.bump(),
                Some('#') => self.at = self.line_end(self.at),
                _ => return,
            }
        }
    }
}
