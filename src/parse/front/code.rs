//! Front matter in a block of code, as it is copied from instructions.

use std::ops::Range;

use super::astray::begins;
use super::ending::{self, Ending};
use super::opening::Opening;
use super::{FENCE, File, Front, foreign};
use crate::diag::{Diagnostic, Words};
use crate::words;

/// What may stand behind the fence of code that is front matter.
const LANGUAGES: [&str; 7] = ["", "toml", "yaml", "yml", "ini", "md", "markdown"];

/// Reads front matter in a block of code at the top of a file. `None` if there is none.
pub(super) fn read(
    notes: &mut Vec<Diagnostic>,
    file: &File<'_>,
    first: &Range<usize>,
) -> Option<Front> {
    let words = file.text.get(file.words(first.clone()))?;
    let marks = ["```", "~~~"].into_iter().find(|marks| words.starts_with(marks))?;
    let language = words.trim_start_matches(['`', '~']).trim().to_lowercase();
    if !LANGUAGES.contains(&language.as_str()) {
        return None;
    }
    let (inside, line) = file.lines(first.end).find(|(_, line)| !line.trim().is_empty())?;
    let start = if line.trim() == FENCE { inside.end } else { inside.start };
    if begins(file, start) {
        return Some(toml(notes, file, (first, start, marks)));
    }
    yaml(notes, file, (first, inside, marks))
}

/// What is said about a block of code.
fn message() -> Words {
    words!(
        "der Dateikopf steht in einem Block mit Code",
        "the front matter stands in a block of code"
    )
}

/// Reads TOML that begins at `start`.
fn toml(
    notes: &mut Vec<Diagnostic>,
    file: &File<'_>,
    (first, start, marks): (&Range<usize>, usize, &str),
) -> Front {
    let ending = closed(file, start, marks).unwrap_or_else(|| ending::find(file, start));
    let above = file.text.get(first.end..start).unwrap_or_default();
    let help = if above.contains(FENCE) {
        words!(
            "löschen Sie diese Zeile und die, mit der der Block endet",
            "delete this line and the one that ends the block"
        )
    } else {
        words!(
            "schreiben Sie statt dieser Zeile und der, mit der der Block endet, jeweils `+++`",
            "write `+++` instead of this line and instead of the one that ends the block"
        )
    };
    let fault = Opening {
        place: file.words(first.clone()),
        message: message(),
        both: None,
        above: 0..0,
        help,
        fix: Some(file.rewritten(start, &ending)),
    };
    file.ended(notes, first.clone(), (start, ending), Some(fault))
}

/// The end of front matter where the block of code ends.
fn closed(file: &File<'_>, start: usize, marks: &str) -> Option<Ending> {
    let is_fence = |line: &str| line.trim().starts_with(marks);
    let (line, words) =
        file.lines(start).find(|(_, line)| line.trim() == FENCE || is_fence(line))?;
    let below = file.lines(line.end).find(|(_, line)| !line.trim().is_empty());
    let last = below.filter(|(_, below)| !is_fence(words) && is_fence(below));
    let end = last.map_or(line.end, |(last, _)| last.end);
    Some(Ending { toml: line.start, closing: line.start..end, body: end, late: None, fault: None })
}

/// Reads YAML whose first line is `inside`.
fn yaml(
    notes: &mut Vec<Diagnostic>,
    file: &File<'_>,
    (first, inside, marks): (&Range<usize>, Range<usize>, &str),
) -> Option<Front> {
    let is_fence = |line: &str| line.trim().starts_with(marks);
    let is_open = file.text.get(inside.clone()).is_some_and(|line| line.trim() == "---");
    let start = if is_open { inside.end } else { inside.start };
    if !foreign::begins(file, start) {
        return None;
    }
    let is_end = |line: &str| is_fence(line) || line.trim() == "---";
    let end = file.lines(start).find(|(_, line)| is_end(line))?.0.start;
    let all = file.lines(end).find(|(_, line)| is_fence(line)).map_or(end, |(line, _)| line.end);
    let place = file.words(first.clone());
    Some(foreign::yaml(notes, file, place, (start..end, 0..all)))
}
