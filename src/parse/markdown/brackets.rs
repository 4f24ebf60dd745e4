//! Brackets of the wrong sort around the words of a link or its address: both swapped, doubled, or
//! braces.

use std::ops::Range;

use super::address::{Brackets, is_outside, looks_like_address, looks_like_id};
use super::label::{after, before};
use super::writer::Writer;
use crate::diag::{Code, Diagnostic, Severity};
use crate::words;

impl Brackets<'_> {
    /// Reports `![[picture.jpg]]` and `[[page]]`.
    pub(super) fn wiki(&self) -> Option<Diagnostic> {
        let name = self.source[self.range.clone()].strip_prefix('[')?.strip_suffix(']')?;
        let before = before(self.source, self.range.start);
        let behind = after(self.source, self.range.end).strip_prefix(']')?;
        if before.ends_with("![") {
            let message = words!(
                "`![[{name}]]` zeigt kein Bild und erscheint als Text",
                "`![[{name}]]` shows no picture and comes out as text"
            );
            let whole = self.range.start - 2..self.range.end + 1;
            let problem = Diagnostic::new(Code::PlainMarkup, self.place.span(whole), message)
                .severity(Severity::Warning);
            return Some(problem.help(words!(
                "schreiben Sie `![Beschreibung]({name})`",
                "write `![description]({name})`"
            )));
        }
        let is_other = behind.starts_with(['(', '[', ':', ']'])
            || !name.contains(char::is_alphabetic)
            || before.ends_with("\\[")
            || before.ends_with("[[")
            || name.trim_matches('_').eq_ignore_ascii_case("toc");
        if !before.ends_with('[') || is_other {
            return None;
        }
        let message = words!(
            "`[[{name}]]` wird kein Verweis und erscheint als Text",
            "`[[{name}]]` becomes no link and comes out as text"
        );
        let whole = self.range.start - 1..self.range.end + 1;
        let problem = Diagnostic::new(Code::PlainMarkup, self.place.span(whole), message)
            .severity(Severity::Warning);
        Some(problem.help(words!(
            "schreiben Sie `[Text](pfad.md)`, oder `\\` vor die Klammern, wenn sie zum Text gehören",
            "write `[text](path.md)`, or `\\` before the brackets if they belong to the text"
        )))
    }

    /// Reports `[text]{page.md}`.
    pub(super) fn in_braces(&self) -> Option<Diagnostic> {
        let rest = after(self.source, self.range.end).lines().next()?.strip_prefix('{')?;
        let address = &rest[..rest.find('}')?];
        let fits = is_outside(address) || looks_like_address(address) || looks_like_id(address);
        if !fits || address.contains([' ', '=']) || address.starts_with(['#', '.', '/']) {
            return None;
        }
        let whole = self.range.end..self.range.end + address.len() + 2;
        let message = words!(
            "die Adresse steht in geschweiften Klammern, so wird das kein Verweis",
            "the address stands in braces, so this becomes no link"
        );
        let right = format!("({address})");
        let advice = words!("schreiben Sie `{right}`", "write `{right}`");
        let fix = self.place.span(whole.clone());
        Some(self.problem(whole, message).fix(advice, fix, right))
    }

    /// Reports `(text)[page.md]`.
    pub(super) fn all_swapped(&self) -> Option<Diagnostic> {
        let address = self.source[self.range.clone()].strip_prefix('[')?.strip_suffix(']')?;
        let inside = before(self.source, self.range.start).strip_suffix(')')?;
        let text = &inside[inside.rfind('(')? + 1..];
        let outside = &inside[..inside.len() - text.len() - 1];
        let is_picture = is_mark(outside) && looks_like_address(address);
        let is_file = address.ends_with(".md") || is_outside(address) || is_picture;
        if !is_file || address.contains(char::is_whitespace) || text.contains('\n') {
            return None;
        }
        let mark = if is_picture { "!" } else { "" };
        let whole = self.range.start - text.len() - 2 - mark.len()..self.range.end;
        let right = format!("{mark}[{text}]({address})");
        Some(self.swap(whole, right))
    }

    /// What is said about brackets of both sorts in each other's place.
    fn swap(&self, whole: Range<usize>, right: String) -> Diagnostic {
        let message = words!(
            "die runden und die eckigen Klammern sind vertauscht",
            "the round and the square brackets are swapped"
        );
        let advice = words!("schreiben Sie `{right}`", "write `{right}`");
        let fix = self.place.span(whole.clone());
        self.problem(whole, message).fix(advice, fix, right)
    }

    /// Reports `(https://…)[text]`.
    pub(super) fn swapped(&self) -> Option<Diagnostic> {
        let inside = before(self.source, self.range.start).strip_suffix(')')?;
        let at = inside.rfind('(')?;
        let (outside, address) = (&inside[..at], &inside[at + 1..]);
        let is_picture = is_mark(outside) && looks_like_address(address);
        let fits = (is_outside(address) || is_picture) && !outside.ends_with(']');
        if !fits || address.contains(char::is_whitespace) || outside.ends_with('\\') {
            return None;
        }
        let text = &self.source[self.range.clone()];
        // A number in square brackets is a reference to literature.
        if !is_picture && text.bytes().all(|byte| byte.is_ascii_digit() || b"[]".contains(&byte)) {
            return None;
        }
        let mark = if is_picture { "!" } else { "" };
        let whole = self.range.start - address.len() - 2 - mark.len()..self.range.end;
        Some(self.swap(whole, format!("{mark}{text}({address})")))
    }
}

impl Writer<'_> {
    /// Reports `text](https://…)`, given the square bracket.
    pub(super) fn check_no_opening(&mut self, at: usize) {
        let above = before(self.source, at).rsplit('\n').next().unwrap_or_default();
        let Some(address) = enclosed(after(self.source, at + 1)) else { return };
        if above.contains('[') || above.trim().is_empty() || !is_address(address) {
            return;
        }
        let message = words!(
            "vor dem Text dieses Verweises fehlt `[`",
            "`[` is missing before the words of this link"
        );
        let problem = self.problem(Code::LinkScheme, at..at + 1 + address.len() + 2, message);
        self.notes.push(problem.help(words!(
            "schreiben Sie `[` vor das erste Wort, das zum Ziel führen soll",
            "write `[` before the first word that is to lead there"
        )));
    }

    /// Reports `[text(https://…)`, given the square bracket.
    pub(super) fn check_no_closing(&mut self, at: usize) {
        let line = after(self.source, at).lines().next().unwrap_or_default();
        let Some(end) = line.find('(').filter(|end| !line[..*end].contains(']')) else { return };
        let Some(address) = enclosed(&line[end..]).filter(|address| is_address(address)) else {
            return;
        };
        let words = line[..end].trim_start_matches(['!', '[']);
        if words.is_empty() || words.ends_with(' ') {
            return;
        }
        let message = words!(
            "hinter dem Text dieses Verweises fehlt `]`",
            "`]` is missing behind the words of this link"
        );
        let advice = words!("ergänzen Sie `]`", "add `]`");
        let gap = self.span(at + end..at + end);
        let place = at..at + end + address.len() + 2;
        let problem = self.problem(Code::LinkScheme, place, message);
        self.notes.push(problem.fix(advice, gap, "]"));
    }
}

/// Whether a text ends with the `!` of a picture, and not of a word.
fn is_mark(text: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '\\';
    text.strip_suffix('!').is_some_and(|above| !above.ends_with(is_word))
}

/// What stands in the round brackets that a text begins with.
fn enclosed(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('(')?;
    inner.get(..inner.find(')')?)
}

/// Whether something is surely an address, and no remark in brackets.
fn is_address(text: &str) -> bool {
    !text.contains(char::is_whitespace) && (is_outside(text) || text.ends_with(".md"))
}
