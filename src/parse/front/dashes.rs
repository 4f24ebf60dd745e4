//! Front matter below a line of typographic dashes, which some programs make of `---` as it is
//! typed.

use std::ops::Range;

use super::opening::Opening;
use super::{FENCE, File, Front, astray, foreign};
use crate::diag::Diagnostic;
use crate::words;

/// Whether a line is made of dashes, not all of them hyphens.
pub(super) fn is_dashes(words: &str) -> bool {
    words.contains(['–', '—']) && words.chars().all(|c| matches!(c, '–' | '—' | '-' | ' '))
}

/// Reads a file that begins with a line of dashes. `None` if no fields follow: then it may be any
/// text.
pub(super) fn read(
    notes: &mut Vec<Diagnostic>,
    file: &File<'_>,
    first: &Range<usize>,
) -> Option<Front> {
    if !file.text.get(first.clone()).is_some_and(|line| is_dashes(line.trim_end())) {
        return None;
    }
    if astray::begins(file, first.end) {
        let fault = Opening::dashes(file.words(first.clone()));
        return Some(file.fenced(notes, first.clone(), Some(fault)));
    }
    let is_end = |line: &str| is_dashes(line) || matches!(line, "" | "---" | "..." | FENCE);
    let end = file.lines(first.end).find(|(_, line)| is_end(line.trim()));
    let inner = first.end..end.as_ref().map_or(file.text.len(), |(range, _)| range.start);
    let fence = end.filter(|(_, line)| !line.trim().is_empty());
    let whole = 0..fence.map_or(inner.end, |(range, _)| range.end);
    if !foreign::has_title(file.text.get(inner.clone())?) {
        return None;
    }
    let front = foreign::yaml(notes, file, file.words(first.clone()), (inner, whole));
    if let Some(note) = notes.pop() {
        notes.push(note.note(words!(
            "ein Programm hat aus `---` Gedankenstriche gemacht; hier steht stattdessen `+++`",
            "a program made dashes of `---`; what stands here instead is `+++`"
        )));
    }
    Some(front)
}
