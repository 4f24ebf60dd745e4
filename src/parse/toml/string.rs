//! Texts between straight quotation marks.

use std::ops::Range;

use super::bracket::odd_comma;
use super::guess::{looks_like_header, looks_like_key};
use super::quotes::{may_follow, next_key};
use super::scan::{Scan, Step, Within};
use crate::diag::Code;
use crate::words;

/// A text over several lines may have so many before its end is looked for no further.
const MOST_LINES: usize = 30;

impl Scan<'_> {
    /// A text.
    pub(super) fn string(&mut self, within: Within) -> Step {
        let open = self.at;
        for delimiter in ["\"\"\"", "'''"] {
            if self.rest().starts_with(delimiter) {
                return self.long_string(open, delimiter);
            }
        }
        let quote = if self.peek() == Some('"') { '"' } else { '\'' };
        let line = self.get(open + 1..self.line_end(open));
        if let Some(end) = self.short_opening(open, line, quote) {
            self.missing_opening(open, end, quote);
            return Ok(());
        }
        let Some(length) = closing(line, quote) else {
            self.unclosed_string(open, quote, within);
            return Ok(());
        };
        let end = open + 1 + length + 1;
        let body = self.get(open + 1..end - 1);
        let after = self.get(end..self.line_end(end));
        if self.is_swallowed(body, after, within) {
            let at = open + 1 + next_key(body).or_else(|| body.rfind(',')).unwrap_or(body.len());
            self.missing_quote(open, at, quote);
        } else if !may_follow(within, after) && !self.is_next_value(after, within) {
            self.nested_quotes(open, end, within);
        } else {
            self.at = end;
            self.leaves.push(open..end);
            if quote == '"' {
                self.escapes(open..end, 1);
            }
        }
        Ok(())
    }

    /// The end of a text over several lines whose opening has one or two quotation marks only, and
    /// nothing behind them.
    fn short_opening(&self, open: usize, line: &str, quote: char) -> Option<usize> {
        if line.trim_end().chars().any(|c| c != quote) || line.trim_end().len() > 1 {
            return None;
        }
        let next = self.next_statement(open);
        let below = self.get(open..next);
        let three = quote.to_string().repeat(3);
        let close = below.find(&three)? + three.len();
        let rest = below.get(close..)?.split('\n').next()?;
        may_follow(Within::Line, rest.trim_end()).then_some(open + close)
    }

    /// Reports a text over several lines whose opening has too few quotation marks.
    fn missing_opening(&mut self, open: usize, end: usize, quote: char) {
        let marks = if self.get(open + 1..end).starts_with(quote) { 2 } else { 1 };
        let range = open..open + marks;
        let three = quote.to_string().repeat(3);
        let message = words!(
            "der Text endet mit `{three}`, beginnt aber nicht damit",
            "the text ends with `{three}` but does not begin with it"
        );
        let help = words!("schreiben Sie `{three}`", "write `{three}`");
        let note = self.mistake(Code::TomlSyntax, &range, message);
        let note = note.fix(help, self.span(&range), three);
        self.break_value(open..end, note);
        self.at = end;
    }

    /// Whether what follows a text is a new value, so that a comma or line end is missing and not
    /// something in the text.
    fn is_next_value(&self, after: &str, within: Within) -> bool {
        let next = after.trim_start();
        match within {
            Within::Line => {
                next.starts_with([',', ';'])
                    || next.starts_with("//")
                    || (next.len() < after.len() && looks_like_key(next))
            }
            _ if odd_comma(after, within).is_some() => true,
            Within::Array => next.len() < after.len() && next.starts_with(['"', '\'', '{', '[']),
            Within::Inline => next.len() < after.len() && looks_like_key(next),
        }
    }

    /// Whether a text has run into the next one, because its closing quotation mark is missing:
    /// the `", role = "` of `{ partner = "bmi, role = "x" }`.
    fn is_swallowed(&self, body: &str, after: &str, within: Within) -> bool {
        let word = after.starts_with(|c: char| c.is_alphanumeric());
        match within {
            Within::Line => false,
            Within::Inline => word && body.trim_end().ends_with('=') && next_key(body).is_some(),
            Within::Array => word && body.trim_end().ends_with(','),
        }
    }

    /// Reports a text whose closing quotation mark belongs before `end`.
    fn missing_quote(&mut self, open: usize, end: usize, quote: char) {
        let end = open + self.get(open..end).trim_end().len();
        let end = end.max(open + 1);
        let range = open..end;
        let message =
            words!("das schließende Anführungszeichen fehlt", "the closing quote is missing");
        let place = end..end;
        let help = words!("ergänzen Sie `{quote}`", "add `{quote}`");
        let note = self.mistake(Code::TomlSyntax, &range, message).fix(
            help,
            self.span(&place),
            quote.to_string(),
        );
        self.break_value(range, note);
        self.at = end;
    }

    /// Reports a text that does not end on its line.
    fn unclosed_string(&mut self, open: usize, quote: char, within: Within) {
        let line = self.get(open + 1..self.line_end(open));
        if let Some(range) = typographic_end(line, within) {
            let range = open + 1 + range.start..open + 1 + range.end;
            let close = self.get(range.clone());
            let message = words!(
                "der Text beginnt mit `{quote}`, endet aber mit `{close}`",
                "the text begins with `{quote}` but ends with `{close}`"
            );
            let note = self
                .mistake(Code::TomlSyntax, &range, message)
                .label(words!("typografisches Anführungszeichen", "typographic quotation mark"))
                .fix(
                    words!("schreiben Sie auch hier `{quote}`", "write `{quote}` here, too"),
                    self.span(&range),
                    quote.to_string(),
                );
            let end = range.end;
            self.break_value(open..end, note);
            self.at = end;
        } else if let Some(end) = self.end_below(open, quote, within) {
            self.several_lines(open, end, quote);
        } else {
            let end = self.loose_end(open + 1, within);
            self.missing_quote(open, end, quote);
        }
    }

    /// The end of a text on one of the next lines.
    fn end_below(&self, open: usize, quote: char, within: Within) -> Option<usize> {
        let mut start = self.line_end(open);
        for _ in 0..MOST_LINES {
            start += self.get(start..self.text.len()).find('\n')? + 1;
            let end = self.line_end(start);
            let line = self.get(start..end);
            if looks_like_key(line.trim_start()) || looks_like_header(line) {
                return None;
            }
            if let Some(at) = closing(line, quote) {
                let follows = line.get(at + 1..).is_some_and(|rest| may_follow(within, rest));
                return follows.then_some(start + at + 1);
            }
        }
        None
    }

    /// Reports a text over several lines between single quotation marks.
    fn several_lines(&mut self, open: usize, end: usize, quote: char) {
        let range = open..end;
        let inner = self.get(open + 1..end - 1);
        let three = quote.to_string().repeat(3);
        let message = words!(
            "der Text geht über mehrere Zeilen, beginnt aber nur mit einem `{quote}`",
            "the text has several lines, but begins with a single `{quote}`"
        );
        let help = words!(
            "setzen Sie den Text zwischen `{three}` und `{three}`",
            "put the text between `{three}` and `{three}`"
        );
        let fixed = format!("{three}{inner}{three}");
        let note =
            self.mistake(Code::TomlSyntax, &range, message).fix(help, self.span(&range), fixed);
        self.break_value(range, note);
        self.at = end;
    }
}

/// Where the text of a line ends, if it does.
fn closing(line: &str, quote: char) -> Option<usize> {
    match quote {
        '"' => unescaped(line, "\""),
        _ => line.find('\''),
    }
}

/// The first place of a delimiter that no backslash stands before.
pub(super) fn unescaped(text: &str, delimiter: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes.get(at) {
            Some(b'\\') => at += 2,
            _ if bytes.get(at..)?.starts_with(delimiter.as_bytes()) => return Some(at),
            _ => at += 1,
        }
    }
    None
}

/// The typographic mark that ends a text, if one does and no other opened inside it.
fn typographic_end(line: &str, within: Within) -> Option<Range<usize>> {
    let mut open = 0_u32;
    for (at, c) in line.char_indices() {
        match c {
            '„' | '‚' | '›' => open += 1,
            '“' | '”' | '‟' | '’' | '‘' | '«' | '»' | '‹' => {
                let end = at + c.len_utf8();
                if open == 0 && line.get(end..).is_some_and(|rest| may_follow(within, rest)) {
                    return Some(at..end);
                }
                open = open.saturating_sub(1);
            }
            _ => {}
        }
    }
    None
}
