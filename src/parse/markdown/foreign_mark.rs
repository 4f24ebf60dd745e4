//! Marks of other programs, `==marked==` and `x^2^`, which are no Markdown.

use std::ops::Range;

use super::lookalike::escaped;
use super::writer::Writer;
use crate::diag::{Code, Severity};
use crate::parse::toml::guess::clip;
use crate::words;

/// A mark, and the tag that says what it means.
const MARKS: [(&str, &str); 2] = [("==", "mark"), ("^", "sup")];

/// The longest exponent: what is longer only stands between two other signs.
const MOST_RAISED: usize = 8;

impl Writer<'_> {
    /// Reports words between two marks in a text that begins at a byte.
    pub(super) fn check_foreign_marks(&mut self, text: &str, start: usize) {
        for (mark, tag) in MARKS {
            let Some(found) = marked(text, mark) else { continue };
            let words = &text[found.start + mark.len()..found.end - mark.len()];
            let place = start + found.start..start + found.end;
            let shown = clip(words);
            let message = words!(
                "`{mark}` um `{shown}` bewirkt nichts und erscheint als Text",
                "`{mark}` around `{shown}` does nothing and comes out as text"
            );
            let right = format!("<{tag}>{words}</{tag}>");
            let advice = words!("schreiben Sie `<{tag}>…</{tag}>`", "write `<{tag}>…</{tag}>`");
            let fix = self.span(place.clone());
            let problem = self
                .problem(Code::PlainMarkup, place, message)
                .severity(Severity::Warning)
                .fix(advice, fix, right);
            self.notes.push(problem.help(escaped(words!("die Zeichen", "the signs"))));
        }
    }
}

/// The first words between two marks, with these. They begin and end with a letter or digit; an
/// exponent is short and has something before it.
fn marked(text: &str, mark: &str) -> Option<Range<usize>> {
    let is_word = |c: char| c.is_alphanumeric();
    let is_raised = mark == "^";
    let places: Vec<usize> = text.match_indices(mark).map(|(at, _)| at).collect();
    let found = places.windows(2).find(|pair| {
        let (above, behind) = (&text[..pair[0]], &text[pair[1] + mark.len()..]);
        let Some(inner) = text.get(pair[0] + mark.len()..pair[1]) else { return false };
        let is_inner = inner.starts_with(is_word) && inner.ends_with(is_word);
        let fits = match is_raised {
            true => {
                above.ends_with(is_word) && inner.len() <= MOST_RAISED && inner.chars().all(is_word)
            }
            false => !above.ends_with(is_word) && !behind.starts_with(is_word),
        };
        is_inner && fits && !above.ends_with(['=', '\\'])
    })?;
    Some(found[0]..found[1] + mark.len())
}
