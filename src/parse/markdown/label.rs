//! Brackets that look like a link but lead nowhere: Markdown takes them for plain text.
//!
//! Brackets alone (`[sic]`) are plain text. An undefined label, an alert that is none, or an
//! address that is no address are mistakes, and told apart by what stands around them.

use std::ops::Range;

use pulldown_cmark::LinkType;

use super::alert::unknown_alert;
use crate::diag::{Code, Diagnostic};
use crate::parse::Place;
use crate::words;

/// So many bytes on either side of brackets tell what they are; to read whole lines again and again
/// would take forever where a file is one line.
const SIGHT: usize = 400;

/// What stands before a byte of the text, as far as it matters.
pub(super) fn before(text: &str, at: usize) -> &str {
    text.get(text.floor_char_boundary(at.saturating_sub(SIGHT))..at).unwrap_or_default()
}

/// What stands after a byte of the text, as far as it matters.
pub(super) fn after(text: &str, at: usize) -> &str {
    text.get(at..text.floor_char_boundary(at.saturating_add(SIGHT))).unwrap_or_default()
}

/// Reports brackets whose label is not defined, unless they are plain text.
pub(super) fn report(
    notes: &mut Vec<Diagnostic>,
    source: &str,
    place: &Place,
    (kind, range): (LinkType, Range<usize>),
) {
    let Some(text) = source.get(range.clone()) else { return };
    if kind != LinkType::Shortcut {
        // The parser leaves out the empty brackets of `[text][]`.
        let brackets = source[range.end..].starts_with("[]") && kind == LinkType::Collapsed;
        let range = range.start..range.end + if brackets { 2 } else { 0 };
        return notes.push(undefined_label(text, place, &range));
    }
    if let Some(name) = text.strip_prefix("[!").and_then(|rest| rest.strip_suffix(']')) {
        let line_start = before(source, range.start).rsplit('\n').next().unwrap_or_default();
        let is_alert = !name.is_empty() && name.chars().all(char::is_alphabetic);
        if is_alert && line_start.chars().all(|c| matches!(c, '>' | ' ' | '\t' | '-' | '*')) {
            notes.push(unknown_alert(name, line_start, place, &range));
        }
        return;
    }
    notes.extend(no_address(source, place, &range));
}

/// Reports `[text][label]` without the definition of `label`.
fn undefined_label(text: &str, place: &Place, range: &Range<usize>) -> Diagnostic {
    let label = text.strip_suffix("[]").unwrap_or(text);
    let label = label.trim_end_matches(']').rsplit('[').next().unwrap_or(label);
    let label = label.split_whitespace().collect::<Vec<_>>().join(" ");
    let message =
        words!("zu `[{label}]` ist keine Adresse angegeben", "there is no address for `[{label}]`");
    Diagnostic::new(Code::UndefinedLabel, place.span(range.clone()), message)
        .help(words!(
            "schreiben Sie die Adresse in eine Zeile für sich: `[{label}]: adresse`",
            "write the address on a line of its own: `[{label}]: address`"
        ))
        .help(words!(
            "setzen Sie `\\` vor die Klammern, wenn sie zum Text gehören",
            "put `\\` before the brackets if they belong to the text"
        ))
}

/// Reports `[text](address)` that is no link for what is in the address, and `[text] (https://…)`.
fn no_address(source: &str, place: &Place, range: &Range<usize>) -> Option<Diagnostic> {
    let rest = after(source, range.end).lines().next()?;
    let inside = rest.trim_start_matches(' ').strip_prefix('(')?;
    let address = &inside[..closing_bracket(inside)?];
    let start = range.end + rest.len() - inside.len();
    let span = place.span(start..start + address.len());
    let is_web = address.starts_with("http://") || address.starts_with("https://");
    let problem = |message| Diagnostic::new(Code::LinkScheme, span.clone(), message);
    if rest.starts_with(' ') {
        let gap = place.span(range.end..start - 1);
        let message = words!(
            "zwischen Text und Adresse des Verweises steht ein Leerzeichen",
            "there is a space between the words and the address of the link"
        );
        let advice = words!("löschen Sie das Leerzeichen", "delete the space");
        return is_web.then(|| problem(message).fix(advice, gap, ""));
    }
    if !is_web && !looks_like_address(address) {
        return None;
    }
    let message = words!(
        "das ist keine Adresse: in einer Adresse stehen keine Leerzeichen",
        "this is no address: there are no spaces in an address"
    );
    if address.contains(['"', '„', '“', '”', '»', '«']) {
        return Some(problem(message).help(words!(
            "schreiben Sie hinter die Adresse höchstens einen Titel in geraden Anführungszeichen: \
             `(bild.jpg \"Titel\")`",
            "write no more than a title in straight quotation marks after the address: \
             `(picture.jpg \"title\")`"
        )));
    }
    let advice = words!("schreiben Sie `(<{address}>)`", "write `(<{address}>)`");
    Some(problem(message).fix(advice, span.clone(), format!("<{address}>")))
}

/// The position of the bracket that closes one before the text.
fn closing_bracket(text: &str) -> Option<usize> {
    let mut depth = 0;
    text.bytes().position(|byte| {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 0 => return true,
            b')' => depth -= 1,
            _ => {}
        }
        false
    })
}

/// Whether something with spaces in it was meant for an address: it begins like a path, or a word
/// of it ends like a file's name.
fn looks_like_address(text: &str) -> bool {
    let is_file = |word: &str| {
        word.rsplit_once('.').is_some_and(|(_, end)| {
            (2..=5).contains(&end.len()) && end.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
    };
    let mut words = text.split_whitespace();
    words.clone().next().is_some_and(|first| first.contains('/') || first.starts_with('#'))
        || words.any(is_file)
}
