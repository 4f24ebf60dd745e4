//! Backslashes in texts.

use std::ops::Range;

use super::scan::Scan;
use crate::diag::Code;
use crate::words;

impl Scan<'_> {
    /// Reports the first backslash in a text that begins no escape.
    pub(super) fn escapes(&mut self, range: Range<usize>, marks: usize) {
        let body = self.get(range.start + marks..range.end - marks);
        let mut rest = body.char_indices().peekable();
        while let Some((at, c)) = rest.next() {
            if c != '\\' {
                continue;
            }
            let next = rest.next().map(|(_, c)| c);
            let line_end = marks == 3 && next.is_some_and(|c| c.is_ascii_whitespace());
            let code = body.get(at + 2..).unwrap_or_default();
            if line_end || next.is_some_and(|c| is_escape(c, code)) {
                continue;
            }
            let start = range.start + marks + at;
            let place = start..start + 1 + next.map_or(0, char::len_utf8);
            return self.wrong_escape(&range, place, body, marks);
        }
    }

    /// Reports `\d`.
    fn wrong_escape(&mut self, text: &Range<usize>, place: Range<usize>, body: &str, marks: usize) {
        let shown = self.get(place.clone());
        let message =
            words!("`{shown}` hat in Text keine Bedeutung", "`{shown}` means nothing in text");
        let note = self.mistake(Code::TomlSyntax, &place, message);
        let note = if marks == 1 && !body.contains(['\'', '"']) {
            let help = words!(
                "verwenden Sie einfache Anführungszeichen, in denen `\\` nichts Besonderes ist",
                "use single quotes, where `\\` is nothing special"
            );
            note.fix(help, self.span(text), format!("'{body}'"))
        } else {
            let help = words!("schreiben Sie den Rückstrich doppelt", "write the backslash twice");
            note.fix(help, self.span(&(place.start..place.start)), "\\")
        };
        self.break_value(text.clone(), note);
    }
}

/// Whether a letter behind a backslash, with what follows it, is an escape.
fn is_escape(letter: char, rest: &str) -> bool {
    let digits = match letter {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        _ => return "btnfre\"\\".contains(letter),
    };
    rest.len() >= digits && rest.bytes().take(digits).all(|byte| byte.is_ascii_hexdigit())
}
