//! Commas and closing brackets of lists and tables: too many, too few, the wrong ones.

use std::ops::Range;

use super::guess::looks_like_key;
use super::scan::{Scan, Within};
use crate::diag::Code;
use crate::words;

/// What people write in place of a comma.
const COMMAS: [&str; 9] = [";", ".", "/", "|", "&", "und", "oder", "and", "or"];

impl Scan<'_> {
    /// Steps over a comma; reports one that nothing stands before, and `;`.
    pub(super) fn separator(&mut self, found: char, last: &mut Option<usize>) {
        let range = self.at..self.at + 1;
        self.bump();
        let message = match (last.take(), found) {
            (Some(_), ',') => return,
            (Some(_), _) => {
                let message = words!("hier steht `;` statt `,`", "`;` stands here instead of `,`");
                let note = self.mistake(Code::TomlSyntax, &range, message);
                let help = words!("schreiben Sie `,`", "write `,`");
                self.repairs.put(range.clone(), ",");
                let note = note.fix(help, self.span(&range), ",");
                return self.found.push((range, note));
            }
            (None, _) => {
                words!("vor `{found}` fehlt ein Wert", "a value is missing before `{found}`")
            }
        };
        let note = self.mistake(Code::TomlSyntax, &range, message);
        let help = words!(
            "löschen Sie `{found}` oder ergänzen Sie den Wert",
            "delete `{found}` or add the value"
        );
        self.repairs.put(range.clone(), "");
        let note = note.fix(help, self.span(&range), "");
        self.found.push((range, note));
    }

    /// Reports and steps over what stands for a comma behind the value that ended at `end`, if
    /// something does.
    pub(super) fn odd_separator(&mut self, end: usize, within: Within) -> bool {
        let behind = self.get(end..self.line_end(end));
        let Some(word) = odd_comma(behind, within) else { return false };
        let comma = if behind[word.end..].starts_with(['"', '\'', '{', '[']) { ", " } else { "," };
        let whole = end..end + word.end;
        let range = end + word.start..whole.end;
        let found = self.get(range.clone());
        let message =
            words!("hier steht `{found}` statt `,`", "`{found}` stands here instead of `,`");
        let note = self.mistake(Code::TomlSyntax, &range, message);
        let note = note.fix(words!("schreiben Sie `,`", "write `,`"), self.span(&whole), comma);
        self.at = whole.end;
        self.repairs.put(whole, comma);
        self.found.push((range, note));
        true
    }

    /// Takes back the report of a missing comma before a value that begins with a mistake: there
    /// was no value to be, and the comma is not what is missing.
    pub(super) fn forget_comma(&mut self, comma: Option<usize>, start: usize) {
        let after = comma.and_then(|index| self.found.get(index + 1));
        if let Some(index) = comma
            && after.is_some_and(|(range, _)| range.start == start)
        {
            self.found.remove(index);
        }
    }

    /// Reports a missing comma behind the value that ended here. Gives the report's index.
    pub(super) fn comma_before(&mut self, last: Option<usize>) -> Option<usize> {
        let end = last?;
        let range = end..end;
        self.repairs.put(range.clone(), ",");
        if self.found.last().is_some_and(|(last, _)| last.end == end) {
            // What stands there is wrong already, and maybe no value at all.
            return None;
        }
        let message =
            words!("zwischen zwei Werten fehlt ein Komma", "a comma is missing between two values");
        let note = self
            .mistake(Code::TomlSyntax, &range, message)
            .label(words!("hier fehlt `,`", "`,` is missing here"))
            .fix(words!("ergänzen Sie ein Komma", "add a comma"), self.span(&range), ",");
        self.found.push((range, note));
        Some(self.found.len() - 1)
    }

    /// Steps over a bracket of another sort behind a mistake on the same line, which explains it.
    pub(super) fn explained(&mut self) -> bool {
        let known = self.found.last().is_some_and(|(last, _)| {
            self.text.get(last.end..self.at).is_some_and(|gap| !gap.contains('\n'))
        });
        if known {
            self.repairs.put(self.at..self.at + 1, "");
            self.bump();
        }
        known
    }

    /// Reports a list or table that ends with a bracket of another sort. Says whether it is over.
    pub(super) fn wrong_bracket(&mut self, open: usize, found: char) -> bool {
        let array = self.get(open..open + 1) == "[";
        let (wanted, other) = if array { (']', '}') } else { ('}', ']') };
        // The bracket may close what is around, or be there by mistake.
        let outer = found == other && self.opened.len() > 1;
        let range = self.at..self.at + 1;
        let line = self.get(range.end..self.line_end(range.end));
        let closes = line
            .find(wanted)
            .filter(|end| line.get(..*end).is_some_and(|inner| !inner.contains(['[', '{'])));
        if closes.is_some() && (!array || !outer) {
            return self.extra_bracket(range, found);
        }
        if !outer && self.explained() {
            return false;
        }
        let place = if outer { self.at..self.at } else { range.clone() };
        let (what_de, what_en) = if array { ("Liste", "list") } else { ("Tabelle", "table") };
        let message = words!(
            "die {what_de} endet mit `{found}` statt `{wanted}`",
            "the {what_en} ends with `{found}` instead of `{wanted}`"
        );
        let here = words!("hier beginnt die {what_de}", "the {what_en} begins here");
        let note = self
            .mistake(Code::TomlSyntax, &range, message)
            .also(self.span(&(open..open + 1)), here)
            .fix(
                words!("schreiben Sie `{wanted}`", "write `{wanted}`"),
                self.span(&place),
                wanted.to_string(),
            );
        self.repairs.put(place, wanted.to_string());
        self.found.push((range, note));
        if !outer {
            self.bump();
        }
        true
    }

    /// Reports a bracket that closes nothing, in the middle of a list or table that goes on.
    fn extra_bracket(&mut self, range: Range<usize>, found: char) -> bool {
        let message = words!("`{found}` schließt hier nichts", "`{found}` closes nothing here");
        let note = self.mistake(Code::TomlSyntax, &range, message);
        let help = words!("löschen Sie `{found}`", "delete `{found}`");
        let note = note.fix(help, self.span(&range), "");
        self.repairs.put(range.clone(), "");
        self.found.push((range, note));
        self.bump();
        false
    }
}

/// Where, behind a value, something stands for a comma: the next value follows it, or the end of
/// the line or list. A word is one only between blanks, for it may belong to a text with quotes in it.
pub(super) fn odd_comma(behind: &str, within: Within) -> Option<Range<usize>> {
    let ahead = behind.trim_start_matches([' ', '\t']);
    let word = COMMAS.into_iter().find(|word| ahead.starts_with(word))?;
    let rest = &ahead[word.len()..];
    let next = rest.trim_start_matches([' ', '\t']);
    let is_sign = word.len() == 1;
    let is_last = is_sign && (next.is_empty() || next.starts_with([']', '}', '#']));
    let is_apart = ahead.len() < behind.len() && next.len() < rest.len();
    let follows = match within {
        Within::Line => false,
        Within::Array => next.starts_with(['"', '\'', '{', '[']) || is_last,
        Within::Inline => looks_like_key(next) || is_last,
    };
    let start = behind.len() - ahead.len();
    (follows && (is_sign || is_apart)).then_some(start..start + word.len())
}
