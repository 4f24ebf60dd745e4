//! Marks of other programs, `==marked==`, `++new++`, `x^2^` and `H~2~O`, which are no Markdown.

use std::ops::Range;

use super::label::{after, before};
use super::lookalike::escaped;
use super::writer::Writer;
use crate::diag::{Code, Severity};
use crate::parse::toml::guess::clip;
use crate::words;

/// A mark, and the tag that says what it means.
const MARKS: [(&str, &str); 3] = [("==", "mark"), ("++", "ins"), ("^", "sup")];

/// The longest exponent: what is longer only stands between two other signs.
const MOST_RAISED: usize = 8;

/// So many marks of one text are told: who wrote more has seen that they mean nothing here.
const MOST_MARKS: usize = 200;

/// The most digits of an index.
const MOST_LOWERED: usize = 3;

impl Writer<'_> {
    /// Reports words between two marks in a text that begins at a byte.
    pub(super) fn check_foreign_marks(&mut self, text: &str, start: usize) {
        for (mark, tag) in MARKS {
            let Some(found) = marked(text, mark) else { continue };
            // A text begins behind the backslash that stands before its first sign.
            if found.start == 0 && before(self.source, start).ends_with('\\') {
                continue;
            }
            self.report_marks(start + found.start..start + found.end, (mark, tag));
        }
    }

    /// Reports digits between two tildes in a text that begins at a byte: the parser may take the
    /// second one by itself.
    pub(super) fn check_lowered(&mut self, text: &str, start: usize) {
        for (at, mark) in text.match_indices('~') {
            let at = start + at;
            let rest = after(self.source, at + mark.len());
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let behind = rest[digits..].strip_prefix(mark);
            let is_end = behind.is_some_and(|behind| {
                !behind.starts_with(|c: char| c == '~' || c.is_ascii_digit())
            });
            if !is_end || !(1..=MOST_LOWERED).contains(&digits) {
                continue;
            }
            let word = before(self.source, at).rsplit(char::is_whitespace).next();
            let word = word.unwrap_or_default();
            if word.ends_with(char::is_alphabetic) && !word.contains("//") {
                self.report_marks(at..at + digits + 2 * mark.len(), (mark, "sub"));
            }
        }
    }

    /// Reports words between two marks, and proposes the tag.
    fn report_marks(&mut self, place: Range<usize>, (mark, tag): (&str, &str)) {
        self.foreign_marks += 1;
        if self.foreign_marks > MOST_MARKS {
            return;
        }
        let inner = place.start + mark.len()..place.end - mark.len();
        let words = self.source.get(inner).unwrap_or_default();
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

/// The first words between two marks, with these. They begin and end with a letter or digit; an
/// exponent is short and has something before it. Between plus signs is one word: `++i und j++` is
/// talk of programs.
fn marked(text: &str, mark: &str) -> Option<Range<usize>> {
    let is_word = |c: char| c.is_alphanumeric();
    let places: Vec<usize> = text.match_indices(mark).map(|(at, _)| at).collect();
    let found = places.windows(2).find(|pair| {
        let (above, behind) = (&text[..pair[0]], &text[pair[1] + mark.len()..]);
        let Some(inner) = text.get(pair[0] + mark.len()..pair[1]) else { return false };
        let is_inner = inner.starts_with(is_word) && inner.ends_with(is_word);
        let is_apart = !above.ends_with(is_word) && !behind.starts_with(is_word);
        let fits = match mark {
            "^" => {
                above.ends_with(is_word) && inner.len() <= MOST_RAISED && inner.chars().all(is_word)
            }
            "++" => {
                let is_part = |c: char| c.is_alphabetic() || c == '-';
                is_apart && inner.chars().count() > 1 && inner.chars().all(is_part)
            }
            _ => is_apart,
        };
        is_inner && fits && !above.ends_with(['=', '+', '\\']) && !behind.starts_with('+')
    })?;
    Some(found[0]..found[1] + mark.len())
}
