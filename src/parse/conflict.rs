//! Two versions of some lines that Git could not bring together, with the marks it puts around them.

use std::ops::Range;

use super::Place;
use crate::diag::{Code, Diagnostic};
use crate::words;

/// What stands at the start of the lines before, between and behind the two versions.
const MARKS: [&str; 3] = ["<<<<<<< ", "=======", ">>>>>>> "];

/// What is said about the first conflict of a text, if it has one: nothing else in it can be judged.
pub(super) fn report(text: &str, place: &Place, code: Code) -> Option<Diagnostic> {
    // Almost no text has one, and this is the quickest way to see that.
    let first = text.contains(MARKS[0]).then(|| line(text, 0, MARKS[0])).flatten()?;
    // An example of one stands in code.
    if is_code(text.get(..first.start)?) {
        return None;
    }
    let between = line(text, first.end, MARKS[1])?;
    let last = line(text, between.end, MARKS[2])?;
    let message = words!(
        "hier stehen zwei Fassungen, die Git nicht zusammenführen konnte",
        "here are two versions that Git could not merge"
    );
    let note = Diagnostic::new(code, place.span(first), message)
        .also(place.span(between), words!("hier beginnt die zweite", "the second begins here"))
        .also(place.span(last), words!("hier endet sie", "it ends here"));
    Some(note.help(words!(
        "behalten Sie davon, was gelten soll, und löschen Sie die drei Zeilen mit `<<<<<<<`, `=======` \
         und `>>>>>>>`",
        "keep what is to stand of them, and delete the three lines with `<<<<<<<`, `=======` and \
         `>>>>>>>`"
    )))
}

/// Whether code between fences goes on behind a text.
fn is_code(above: &str) -> bool {
    let is_fence = |line: &&str| line.starts_with("```") || line.starts_with("~~~");
    above.lines().map(str::trim_start).filter(|line| is_fence(line)).count() % 2 == 1
}

/// The first line from a byte on that begins with a mark, without blanks at its end.
fn line(text: &str, from: usize, mark: &str) -> Option<Range<usize>> {
    let rest = text.get(from..)?;
    let found = rest.match_indices(mark).map(|(at, _)| from + at);
    let start = found.into_iter().find(|at| *at == 0 || text[..*at].ends_with('\n'))?;
    let words = text[start..].lines().next().unwrap_or_default().trim_end();
    Some(start..start + words.len())
}
