//! Typographic quotation marks where straight ones belong, and quotation marks inside others.

use std::ops::Range;

use super::guess::{clip, is_any_blank, quoted};
use super::scan::{Scan, Step, Within};
use crate::diag::{Code, Diagnostic};
use crate::words;

/// Characters that look as if they began a text.
pub(super) const OPENING: [char; 14] =
    ['„', '“', '”', '‟', '»', '«', '‚', '‘', '’', '‛', '‹', '›', '`', '´'];

/// Two commas look like the German mark that begins a text.
pub(super) const COMMAS: &str = ",,";

/// Whether a character may end a text that `open` begins.
fn closes(open: char, c: char) -> bool {
    match open {
        '„' | '“' | '”' | '‟' => matches!(c, '“' | '”' | '‟' | '"'),
        '»' => matches!(c, '«' | '"'),
        '«' => matches!(c, '»' | '"'),
        '›' => matches!(c, '‹' | '\''),
        '‹' => matches!(c, '›' | '\''),
        _ => matches!(c, '‘' | '’' | '‛' | '\'' | '`' | '´'),
    }
}

/// Whether the rest of a line may follow a value.
pub(super) fn may_follow(within: Within, rest: &str) -> bool {
    let blank = rest.trim_start_matches(is_any_blank);
    match (within, blank.chars().next()) {
        (_, None) => true,
        (_, Some('#')) => true,
        (Within::Line, Some(',')) => blank.trim_end() == ",",
        (Within::Line, _) => false,
        (_, Some(c)) => matches!(c, ',' | ']' | '}'),
    }
}

/// The text between quotation marks, again between some: typographic ones inside if the text began
/// so, else single ones around it, else escaped.
pub(super) fn requoted(inner: &str) -> String {
    let mut open = 0_u32;
    let mut text = String::with_capacity(inner.len());
    for c in inner.chars() {
        match c {
            '„' => open += 1,
            '“' | '”' => open = open.saturating_sub(1),
            '"' if open > 0 => {
                open -= 1;
                text.push('“');
                continue;
            }
            _ => {}
        }
        text.push(c);
    }
    let text = text.replace("\\\"", "\"");
    if !text.contains(['"', '\\']) {
        format!("\"{text}\"")
    } else if !text.contains('\'') {
        format!("'{text}'")
    } else {
        quoted(&text)
    }
}

impl Scan<'_> {
    /// A text that begins with a typographic quotation mark.
    pub(super) fn typographic(&mut self, within: Within) -> Step {
        let open = self.at;
        let Some(mark) = self.peek() else { return Ok(()) };
        let line = self.line_rest();
        let body = line.get(mark.len_utf8()..).unwrap_or_default();
        let ends = body.char_indices().filter(|(_, c)| closes(mark, *c));
        let fits = |(at, c): &(usize, char)| {
            body.get(at + c.len_utf8()..).is_some_and(|rest| may_follow(within, rest))
        };
        let Some((end, close)) = ends
            .clone()
            .find(fits)
            .filter(|(end, _)| body.get(..*end).is_some_and(|inner| is_one_text(inner, mark)))
        else {
            if within == Within::Line && ends.count() > 0 {
                // Quotation marks around a part of a text that has none around the whole.
                self.atom(within);
            } else {
                self.unclosed_typographic(open, mark, within);
            }
            return Ok(());
        };
        let end = open + mark.len_utf8() + end + close.len_utf8();
        let range = open..end;
        let inner = self.get(open + mark.len_utf8()..end - close.len_utf8());
        let message = words!(
            "`{mark}` und `{close}` können keinen Wert einschließen",
            "`{mark}` and `{close}` cannot enclose a value"
        );
        let note = self.typographic_words(&range, message, inner);
        self.break_value(range, note);
        self.at = end;
        Ok(())
    }

    /// Reports `,,Text"`, up to the end of the line.
    pub(super) fn comma_quotes(&mut self) {
        let range = self.at..self.at + self.line_rest().trim_end().len();
        let inner = self.get(range.start + COMMAS.len()..range.end);
        let inner = inner.trim_end_matches(['"', '“', '”', '\'', '’', '‘']);
        let message = words!("`,,` kann keinen Wert einleiten", "`,,` cannot begin a value");
        let note = self.typographic_words(&range, message, inner);
        self.at = range.end;
        self.break_value(range, note);
    }

    /// Reports `„Text` without an end.
    fn unclosed_typographic(&mut self, open: usize, mark: char, within: Within) {
        let end = self.loose_end(open + mark.len_utf8(), within);
        let range = open..end;
        let inner = self.get(open + mark.len_utf8()..end);
        let message =
            words!("`{mark}` kann keinen Wert einleiten", "`{mark}` cannot begin a value");
        let note = self.typographic_words(&range, message, inner);
        self.break_value(range, note);
        self.at = end;
    }

    /// What is said about typographic quotation marks around a value.
    fn typographic_words(
        &self,
        range: &Range<usize>,
        message: crate::diag::Words,
        inner: &str,
    ) -> Diagnostic {
        self.mistake(Code::TomlSyntax, range, message)
            .label(words!("typografische Anführungszeichen", "typographic quotation marks"))
            .fix(
                words!("schreiben Sie gerade Anführungszeichen `\"`", "write straight quotes `\"`"),
                self.span(range),
                requoted(inner),
            )
    }

    /// Where a text without an end most likely ends on its line.
    pub(super) fn loose_end(&self, from: usize, within: Within) -> usize {
        let line = self.get(from..self.line_end(from)).trim_end();
        let comment = line.rsplit_once(" #").map(|(before, _)| before.trim_end());
        let comment = comment.filter(|before| before.ends_with([',', ']', '}']));
        let line = comment.filter(|_| within != Within::Line).unwrap_or(line);
        let line = match within {
            Within::Line => line,
            Within::Inline | Within::Array => {
                match next_key(line).filter(|_| within == Within::Inline) {
                    Some(at) => line.get(..at).unwrap_or(line),
                    None => line.trim_end_matches([' ', '\t', ',', ']', '}']),
                }
            }
        };
        from + line.trim_end().len()
    }

    /// Reports a text that goes on behind its closing quotation mark, `"Der "Bann""`. `first` is
    /// the end of what TOML takes for the text.
    pub(super) fn nested_quotes(&mut self, open: usize, first: usize, within: Within) {
        let quote = if self.get(open..first).starts_with('\'') { '\'' } else { '"' };
        let line = self.get(first..self.line_end(first));
        let fits = |(at, _): &(usize, &str)| {
            line.get(at + 1..).is_some_and(|rest| may_follow(within, rest))
        };
        let Some((last, _)) = line.match_indices(quote).find(fits) else {
            return self.cut_short(open, first, within);
        };
        let end = first + last + 1;
        let range = open..end;
        let inner = self.get(open + 1..end - 1);
        let message =
            words!("Anführungszeichen stehen in Anführungszeichen", "quotes stand inside quotes");
        let marks = words!("hier endet der Text für TOML", "for TOML, the text ends here");
        let note = self
            .mistake(Code::TomlSyntax, &range, message)
            .also(self.span(&(first - 1..first)), marks)
            .fix(
                words!(
                    "schreiben Sie innen typografische Anführungszeichen `„…“`, oder außen einfache `'`",
                    "write typographic quotes “…” inside, or single quotes `'` around it"
                ),
                self.span(&range),
                requoted(inner),
            );
        self.break_value(range, note);
        self.at = end;
    }

    /// Reports a text that goes on without any further quotation mark, `"Der" Bann`.
    fn cut_short(&mut self, open: usize, first: usize, within: Within) {
        let end = self.loose_end(first, within).max(first);
        let range = open..end;
        let shown = clip(self.get(first..end));
        let inner = format!("{}{}", self.get(open + 1..first - 1), self.get(first..end));
        let message = words!(
            "hinter dem Anführungszeichen steht noch `{shown}`",
            "the closing quote is followed by `{shown}`"
        );
        let note = self.mistake(Code::TomlSyntax, &range, message);
        let note = note
            .also(
                self.span(&(first - 1..first)),
                words!("hier endet der Text", "the text ends here"),
            )
            .fix(
                words!("setzen Sie das Anführungszeichen an das Ende", "put the quote at the end"),
                self.span(&range),
                requoted(inner.trim_end()),
            );
        self.break_value(range, note);
        self.at = end;
    }
}

/// Whether the text between two marks is one text, not two: `Foo“ und „Bar` is not.
fn is_one_text(inner: &str, mark: char) -> bool {
    let mut open = 0_i32;
    for c in inner.chars() {
        if c == mark {
            open += 1;
        } else if closes(mark, c) && c != '"' && c != '\'' {
            open -= 1;
        }
        if open < 0 {
            return false;
        }
    }
    true
}

/// Where, in the text of a line, `, key =` begins.
pub(super) fn next_key(line: &str) -> Option<usize> {
    line.match_indices(',').map(|(at, _)| at).find(|at| {
        line.get(at + 1..).is_some_and(|rest| super::guess::looks_like_key(rest.trim_start()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_quoted_again() {
        let check = |inner: &str, wanted: &str| assert_eq!(requoted(inner), wanted);
        check("Der \"Bann\"", "'Der \"Bann\"'");
        check("Der „Bann\" ist da", "\"Der „Bann“ ist da\"");
        check("Land's \"End\"", "\"Land's \\\"End\\\"\"");
        check("Der Bann", "\"Der Bann\"");
    }
}
