//! Brackets that look like a link but lead nowhere: Markdown takes them for plain text.
//!
//! Brackets alone (`[sic]`) are plain text. An undefined label, an alert that is none, or an
//! address that is no address are mistakes, and told apart by what stands around them.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::LinkType;

use super::address::{looks_like_address, no_address};
use super::alert::{known, misspelt_alert, unknown_alert};
use super::writer::Writer;
use crate::diag::{Code, Diagnostic, Severity, suggest};
use crate::parse::Place;
use crate::parse::toml::guess::all_digits;
use crate::words;

/// So many bytes on either side of brackets tell what they are; to read whole lines again and again
/// would take forever where a file is one line.
const SIGHT: usize = 400;

/// So many labels are compared with one that does not exist.
pub(super) const MOST: usize = 500;

/// Where each label of a link is defined, by the label as [`normal`] makes it.
pub(super) type Definitions = BTreeMap<String, Range<usize>>;

/// What stands before a byte of the text, as far as it matters.
pub(super) fn before(text: &str, at: usize) -> &str {
    text.get(text.floor_char_boundary(at.saturating_sub(SIGHT))..at).unwrap_or_default()
}

/// What stands after a byte of the text, as far as it matters.
pub(super) fn after(text: &str, at: usize) -> &str {
    text.get(at..text.floor_char_boundary(at.saturating_add(SIGHT))).unwrap_or_default()
}

/// A label in the form in which it is looked up: neither case nor the number of blanks matters.
pub(super) fn normal(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Reports brackets whose label is not defined, unless they are plain text.
pub(super) fn report(
    notes: &mut Vec<Diagnostic>,
    (source, place): (&str, &Place),
    labels: &[String],
    (kind, range): (LinkType, Range<usize>),
) {
    let Some(text) = source.get(range.clone()) else { return };
    if kind != LinkType::Shortcut {
        // The parser leaves out the empty brackets of `[text][]`.
        let brackets = source[range.end..].starts_with("[]") && kind == LinkType::Collapsed;
        let range = range.start..range.end + if brackets { 2 } else { 0 };
        return notes.push(undefined_label(text, place, labels, &range));
    }
    let line_start = before(source, range.start).rsplit('\n').next().unwrap_or_default();
    if let Some(problem) = misspelt_alert(source, line_start, place, &range) {
        return notes.push(problem);
    }
    if let Some(name) = text.strip_prefix("[!").and_then(|rest| rest.strip_suffix(']')) {
        let is_alert = !name.is_empty() && name.chars().all(char::is_alphabetic);
        if is_alert && line_start.chars().all(|c| matches!(c, '>' | ' ' | '\t' | '-' | '*')) {
            notes.push(unknown_alert(name, line_start, place, &range));
        }
        return;
    }
    notes.extend(no_address(source, place, &range));
}

/// The label in brackets, `[text][label]` or `[label][]`.
fn label_of(text: &str) -> String {
    let label = text.strip_suffix("[]").unwrap_or(text);
    let label = label.trim_end_matches(']').rsplit('[').next().unwrap_or(label);
    label.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The labels that resemble the one in brackets.
pub(super) fn meant(text: &str, labels: &[String]) -> Vec<String> {
    let label = label_of(text);
    // One number resembles every other.
    let labels = labels.iter().map(String::as_str).filter(|_| !all_digits(&label));
    suggest::closest(&label, labels.take(MOST))
}

/// Reports `[text][label]` without the definition of `label`.
fn undefined_label(
    text: &str,
    place: &Place,
    labels: &[String],
    range: &Range<usize>,
) -> Diagnostic {
    let label = label_of(text);
    let message =
        words!("zu `[{label}]` ist keine Adresse angegeben", "there is no address for `[{label}]`");
    let span = place.span(range.clone());
    let problem = Diagnostic::new(Code::UndefinedLabel, span.clone(), message);
    let found = meant(text, labels);
    let words = text.rsplit_once("][").map_or(text, |(words, _)| words).trim_end_matches(']');
    if found.is_empty() && looks_like_address(&label) && !label.contains(' ') && words != text {
        let right = format!("{words}]({label})");
        let advice = words!("schreiben Sie `{right}`", "write `{right}`");
        return problem.fix(advice, span, right);
    }
    let problem = match (found.as_slice(), suggest::did_you_mean(&found)) {
        ([label], Some(advice)) => problem.fix(advice, span, format!("{words}][{label}]")),
        (_, Some(advice)) => problem.help(advice),
        (_, None) => problem,
    };
    problem
        .help(words!(
            "schreiben Sie die Adresse in eine Zeile für sich: `[{label}]: adresse`",
            "write the address on a line of its own: `[{label}]: address`"
        ))
        .help(words!(
            "setzen Sie `\\` vor die Klammern, wenn sie zum Text gehören",
            "put `\\` before the brackets if they belong to the text"
        ))
}

impl Writer<'_> {
    /// Tells of addresses that no link uses: they are not shown. A label without a letter or digit,
    /// as in `[//]: # (…)`, is a way to write a comment.
    pub(super) fn check_definitions(&mut self) {
        for (label, range) in &self.definitions {
            let name = label.strip_prefix('!').filter(|name| known(name).is_some());
            if let Some(name) = name {
                let line_start = before(self.source, range.start).rsplit('\n').next();
                let place = range.start..range.start + name.len() + "[!]".len();
                let name = name.to_uppercase();
                let alert =
                    unknown_alert(&name, line_start.unwrap_or_default(), self.place, &place);
                self.notes.push(alert);
                continue;
            }
            let is_comment = !label.contains(char::is_alphanumeric) || label == "comment";
            if is_comment || self.used.contains(label) {
                continue;
            }
            let message = words!(
                "die Adresse `[{label}]` verwendet kein Verweis, sie erscheint nicht",
                "no link uses the address `[{label}]`, so it is not shown"
            );
            let line = self.first_line(range);
            let problem = self
                .problem(Code::UndefinedLabel, line, message)
                .severity(Severity::Hint)
                .help(words!(
                    "schreiben Sie `[Text][{label}]` an die Stelle, an die der Verweis gehört, oder \
                     löschen Sie die Zeile",
                    "write `[text][{label}]` at the place the link belongs to, or delete the line"
                ));
            self.notes.push(problem);
        }
    }
}
