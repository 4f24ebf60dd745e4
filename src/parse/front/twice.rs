//! A second front matter right below the first, which would be published as text.

use std::ops::Range;

use super::astray::begins;
use super::{FENCE, File};
use crate::diag::{Code, Diagnostic};
use crate::words;

/// A second front matter.
pub(super) struct Second {
    /// Its opening line.
    opening: Range<usize>,
    /// Its closing line.
    pub(super) last: Range<usize>,
    /// Whether it stands between lines of `---`, as other programs have it.
    is_foreign: bool,
}

/// The second front matter right below the line that closes the first, if there is one.
pub(super) fn second(file: &File<'_>, closing: &Range<usize>) -> Option<Second> {
    let (opening, line) = file.lines(closing.end).find(|(_, line)| !line.trim().is_empty())?;
    match line.trim() {
        FENCE if begins(file, opening.end) => {
            let last = file.closing(opening.end)?;
            Some(Second { opening, last, is_foreign: false })
        }
        "---" => {
            let last = file.lines(opening.end).find(|(_, line)| !is_pair(line))?;
            let is_closed = last.1.trim() == "---" && last.0.start > opening.end;
            is_closed.then_some(Second { opening, last: last.0, is_foreign: true })
        }
        _ => None,
    }
}

/// Whether a line is a key with a value, as YAML writes it.
fn is_pair(line: &str) -> bool {
    let is_word = |c: char| c.is_ascii_lowercase() || c == '_';
    let is_key = |key: &str| !key.is_empty() && key.chars().all(is_word);
    line.split_once(": ").is_some_and(|(key, _)| is_key(key))
}

/// Reports a second front matter, and makes one of the two if the fields of the second would belong
/// to no table of the first. Gives the TOML, of the same length as what it stands for.
pub(super) fn joined(
    notes: &mut Vec<Diagnostic>,
    file: &File<'_>,
    start: usize,
    (closing, second): (&Range<usize>, &Second),
) -> String {
    let first = file.text.get(start..closing.start).unwrap_or_default();
    let Second { opening, last, is_foreign } = second;
    let message = words!(
        "hier beginnt ein zweiter Dateikopf, der als Text erscheinen würde",
        "a second front matter begins here, which would come out as text"
    );
    let place = file.span(file.words(opening.clone()));
    let label = words!("hier endet der erste", "the first ends here");
    let note = Diagnostic::new(Code::PlainMarkup, place, message)
        .also(file.span(file.words(closing.clone())), label);
    if *is_foreign {
        notes.push(note.help(words!(
            "schreiben Sie, was davon noch fehlt, als `name = wert` in den ersten Dateikopf, und \
             löschen Sie den zweiten",
            "write what is still missing of it as `name = value` into the first front matter, and \
             delete the second"
        )));
        return first.to_owned();
    }
    if first.lines().any(|line| line.trim_start().starts_with('[')) {
        notes.push(note.help(words!(
            "setzen Sie die Angaben in den ersten Dateikopf, über die erste Zeile mit `[`",
            "put the fields into the first front matter, above the first line with `[`"
        )));
        return first.to_owned();
    }
    let help = words!(
        "löschen Sie das zweite und das dritte `+++`, dann ist es ein einziger Dateikopf",
        "delete the second and the third `+++`, which makes it one front matter"
    );
    notes.push(note.fix(help, file.span(closing.start..opening.end), ""));
    let all = file.text.get(start..last.start).unwrap_or_default();
    let mut toml = all.to_owned();
    for fence in [closing, opening] {
        // A comment of the same length keeps all positions.
        let fence = fence.start - start..file.words(fence.clone()).end - start;
        toml.replace_range(fence.clone(), &"#".repeat(fence.len()));
    }
    toml
}
