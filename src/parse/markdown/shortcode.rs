//! Shortcodes in square brackets, as WordPress has them: `[caption id="x"]`, `[gallery ids="1,2"]`.

use std::ops::Range;

use super::label::after;
use super::writer::Writer;
use crate::diag::{Code, Severity};
use crate::words;

impl Writer<'_> {
    /// Reports a shortcode at the start of a line that is not that of a block here.
    pub(super) fn check_bracket_shortcode(&mut self, at: usize) {
        let Some(length) = shortcode(after(self.source, at)) else { return };
        let place: Range<usize> = at..at + length;
        let message = words!(
            "solche Aufrufe gibt es hier nicht, das erscheint als Text",
            "there are no such calls here, this comes out as text"
        );
        let problem = self.problem(Code::PlainMarkup, place, message).severity(Severity::Warning);
        self.notes.push(problem.help(words!(
            "löschen Sie den Aufruf, oder schreiben Sie, was er zeigen soll, mit den Mitteln dieser \
             Seite, etwa ein Bild als `![Beschreibung](bild.jpg)`",
            "delete the call, or write what it is to show as it is written here, a picture for one \
             as `![description](picture.jpg)`"
        )));
    }
}

/// The length of the shortcode that a text begins with: a name and what is set by it, in quotes,
/// within brackets that are those of no link.
fn shortcode(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('[')?;
    let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-');
    let mut rest = inner.trim_start_matches(is_name);
    if !inner.starts_with(|c: char| c.is_ascii_lowercase()) || !rest.starts_with(' ') {
        return None;
    }
    loop {
        rest = rest.trim_start_matches(' ');
        if let Some(behind) = rest.strip_prefix(']') {
            let is_link = behind.starts_with(['(', '[', ':']);
            return (!is_link).then_some(text.len() - behind.len());
        }
        let value = rest.trim_start_matches(is_name).strip_prefix('=')?;
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (inside, behind) = value[1..].split_once(quote)?;
        if inside.contains('\n') || rest.starts_with('=') {
            return None;
        }
        rest = behind;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortcodes_are_told_from_brackets() {
        let check =
            |text: &str, wanted: Option<usize>| assert_eq!(shortcode(text), wanted, "{text}");
        check("[caption id=\"x\" align='left']Bild", Some(29));
        check("[contact-form-7 id=\"12\"]", Some(24));
        check("[a b=\"c\"](d.md)", None);
        check("[data-x=\"1\"]", None);
        check("[siehe auch]", None);
        check("[a b=\"c", None);
        check("[a =\"c\"]", None);
    }
}
