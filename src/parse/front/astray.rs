//! Front matter in the wrong place: below other text, or without any `+++`.

use std::ops::Range;

use super::opening::Opening;
use super::{FENCE, File, Front, foreign};
use crate::diag::Diagnostic;
use crate::parse::toml::guess;

/// Reads front matter that does not begin the file, or has no `+++` lines. `None` if there is none.
pub(super) fn read(
    notes: &mut Vec<Diagnostic>,
    file: &File<'_>,
    first: &Range<usize>,
) -> Option<Front> {
    let is_bare = || begins(file, first.start);
    below(notes, file, first).or_else(|| is_bare().then(|| bare(notes, file, first.clone())))
}

/// Whether fields begin in the line at `start`, or behind comments and empty lines.
pub(super) fn begins(file: &File<'_>, start: usize) -> bool {
    let words = file.lines(start).map(|(_, line)| line.trim());
    let mut said = words.skip_while(|words| words.is_empty() || words.starts_with('#'));
    said.next().is_some_and(guess::looks_like_key)
}

/// Reads front matter that has other text above it, and reports the text.
fn below(notes: &mut Vec<Diagnostic>, file: &File<'_>, first: &Range<usize>) -> Option<Front> {
    let mut fences = file.lines(first.end).filter(|(_, line)| matches!(line.trim(), FENCE | "---"));
    let (opening, line) = fences.find(|(range, line)| match line.trim() {
        FENCE => begins(file, range.end),
        _ => foreign::begins(file, range.end),
    })?;
    let above = first.start..opening.start;
    if line.trim() == FENCE {
        let fault = Opening::below(file, above);
        return Some(file.between(notes, opening.clone(), opening.end, Some(fault)));
    }
    foreign::below(notes, file, (above, opening))
}

/// Reads front matter without a line of `+++` before it.
pub(super) fn bare(notes: &mut Vec<Diagnostic>, file: &File<'_>, first: Range<usize>) -> Front {
    let fault = Opening::none(file, first.start);
    let start = first.start;
    file.between(notes, first, start, Some(fault))
}
