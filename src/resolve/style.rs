//! What the style sheets of a theme must not do.

use crate::diag::{Code, Diagnostic, Span};
use crate::path::RelPath;
use crate::site::Site;
use crate::words;

/// Reports style sheets that take the outline away: it is what shows where the keyboard is, and in
/// forced colours nothing else is left of the focus (WCAG 2.4.7).
pub(super) fn check(notes: &mut Vec<Diagnostic>, site: &Site) {
    for (path, text) in &site.model.theme.sheets {
        for start in outlines(text) {
            notes.push(note(path, start));
        }
    }
}

/// The declaration that begins at a byte.
fn note(path: &RelPath, start: usize) -> Diagnostic {
    let span = Span::new(path, start..start + "outline".len());
    let message =
        words!("hier verschwindet, was den Fokus zeigt", "here vanishes what shows the focus");
    Diagnostic::new(Code::FocusOutline, span, message)
        .label(words!("ohne Umriss", "without an outline"))
        .help(words!(
            "lassen Sie den Umriss stehen, oder machen Sie ihn mit `outline-color: transparent` unsichtbar, wo etwas anderes den Fokus zeigt",
            "leave the outline, or make it invisible with `outline-color: transparent` where something else shows the focus"
        ))
}

/// Where declarations begin that take the outline away.
fn outlines(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        if let Some(comment) = rest.strip_prefix("/*") {
            at += comment.find("*/").map_or(rest.len(), |end| end + 4);
            continue;
        }
        if is_taken_away(&text[..at], rest) {
            found.push(at);
        }
        at += rest.chars().next().map_or(1, char::len_utf8);
    }
    found
}

/// Whether such a declaration begins here.
fn is_taken_away(before: &str, rest: &str) -> bool {
    let name = |rest: &str| {
        let lower = rest.get(..rest.len().min(13)).unwrap_or_default().to_ascii_lowercase();
        ["outline-style", "outline-width", "outline"]
            .into_iter()
            .find(|name| lower.starts_with(name))
            .map(str::len)
    };
    if !rest.starts_with(['o', 'O']) || before.ends_with(|c: char| c == '-' || c.is_alphanumeric())
    {
        return false;
    }
    let Some(value) = name(rest).and_then(|end| rest.get(end..)?.trim_start().strip_prefix(':'))
    else {
        return false;
    };
    let end = value.find([';', '}', '!']).unwrap_or(value.len());
    let mut words = value[..end].split_whitespace();
    words.any(|word| matches!(word.to_ascii_lowercase().as_str(), "none" | "0" | "0px"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_takes_the_outline_away() {
        for css in [
            "a{outline:none}",
            "a { outline : 0 ; }",
            "a{OUTLINE-STYLE:none!important}",
            "a{outline: 0px solid}",
        ] {
            assert_eq!(outlines(css).len(), 1, "{css}");
        }
        for css in [
            "a{outline:3px solid}",
            "a{outline-color:transparent}",
            "a{outline-offset:0}",
            "/* outline: none */ a{}",
            "a{--outline:none}",
            "a{border:none}",
            ".outline{border:0}",
        ] {
            assert!(outlines(css).is_empty(), "{css}");
        }
    }
}
