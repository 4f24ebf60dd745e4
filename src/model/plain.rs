//! Marks of Markdown and HTML in a text that takes none: they come out as they are written.

use std::ops::Range;

use super::schema::Field;
use crate::diag::{Code, Diagnostic, Severity};
use crate::parse::Place;
use crate::words;

/// Tags that people write into a line of words.
const TAGS: [&str; 12] =
    ["a", "b", "br", "em", "i", "p", "small", "span", "strong", "sub", "sup", "u"];

/// Signs that people write by their names.
const NAMES: [&str; 17] = [
    "nbsp", "amp", "quot", "lt", "gt", "shy", "ndash", "mdash", "hellip", "euro", "auml", "ouml",
    "uuml", "Auml", "Ouml", "Uuml", "szlig",
];

/// Reports the first mark in a text of plain words. Only what nobody writes for its own sake counts.
pub(super) fn check(notes: &mut Vec<Diagnostic>, text: &str, place: &Place, field: &Field) {
    let Some(range) = mark(text) else { return };
    let (name, shown) = (&field.name, text.get(range.clone()).unwrap_or_default());
    let message = words!(
        "in `{name}` bewirkt `{shown}` nichts und erscheint als Text",
        "in `{name}`, `{shown}` does nothing and comes out as text"
    );
    let note = Diagnostic::new(Code::PlainMarkup, place.span(range), message);
    notes.push(note.severity(Severity::Warning).help(words!(
        "schreiben Sie hier nur Wörter; Hervorhebungen und Verweise gehören in den Text der Seite",
        "write nothing but words here; emphasis and links belong into the text of the page"
    )));
}

/// The first mark in a text.
fn mark(text: &str) -> Option<Range<usize>> {
    let signs = text.match_indices(['*', '[', '<', '&']);
    signs.map(|(at, _)| at).find_map(|at| {
        let rest = &text[at..];
        let found = strong(rest).or_else(|| link(rest)).or_else(|| tag(rest));
        found.or_else(|| reference(rest)).map(|length| at..at + length)
    })
}

/// The length of `**words**` at the start of a text.
fn strong(text: &str) -> Option<usize> {
    let inner = text.strip_prefix("**")?;
    let end = inner.get(..most(inner))?.find("**")?;
    let words = &inner[..end];
    let is_word = |c: char| c.is_alphabetic();
    (words.starts_with(is_word) && words.ends_with(char::is_alphanumeric)).then_some(end + 4)
}

/// The length of `[words](address)` at the start of a text.
fn link(text: &str) -> Option<usize> {
    let near = text.get(..most(text))?;
    let (words, rest) = near.strip_prefix('[')?.split_once("](")?;
    let (address, _) = rest.split_once(')')?;
    let is_address = address.contains(['/', '.', '#', ':']) && !address.contains(' ');
    let fits = is_address && !words.contains(['[', ']']);
    fits.then_some("[](".len() + words.len() + address.len() + ")".len())
}

/// The length of a tag at the start of a text.
fn tag(text: &str) -> Option<usize> {
    let near = text.get(..most(text))?;
    let (inner, _) = near.strip_prefix('<')?.split_once('>')?;
    let name = inner.trim_matches('/').split(' ').next()?;
    let is_alone = inner.trim_matches(['/', ' ']) == name || inner.contains('=');
    (TAGS.contains(&name) && is_alone).then_some(inner.len() + 2)
}

/// The length of a sign by its name, `&nbsp;`, at the start of a text.
fn reference(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('&')?;
    let name = NAMES
        .iter()
        .find(|name| inner.strip_prefix(**name).is_some_and(|rest| rest.starts_with(';')))?;
    Some(name.len() + 2)
}

/// How much of a text is looked at for the end of a mark.
fn most(text: &str) -> usize {
    const SIGHT: usize = 400;
    text.floor_char_boundary(SIGHT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_told_from_signs() {
        let check = |text: &str, wanted: Option<&str>| {
            assert_eq!(mark(text).and_then(|range| text.get(range)), wanted, "{text}");
        };
        check("Das **neue** Haus", Some("**neue**"));
        check("Das [Haus](../a/haus.md)", Some("[Haus](../a/haus.md)"));
        check("Eins<br>zwei", Some("<br>"));
        check("<a href=\"x\">", Some("<a href=\"x\">"));
        check("A&nbsp;B", Some("&nbsp;"));
        check("Tom & Jerry; A&B; a < b > c; 2 ** 3 ** 4; *", None);
        check("[sic](mit Absicht) <b und c> Mitarbeiter*innen und Bürger**", None);
        check("", None);
    }
}
