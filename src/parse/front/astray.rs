//! Front matter in the wrong place: below other text, beside its `+++`, without any `+++`, twice.

use std::ops::Range;

use super::body::guess_body;
use super::{FENCE, File, Front};
use crate::diag::{Code, Diagnostic};
use crate::parse::Place;
use crate::parse::toml::{self, guess};
use crate::words;

/// Reads front matter that does not begin the file, or has no `+++` lines. `None` if there is none.
pub(super) fn read(
    notes: &mut Vec<Diagnostic>,
    file: &File<'_>,
    first: &Range<usize>,
) -> Option<Front> {
    below(notes, file, first).or_else(|| bare(notes, file, first))
}

/// Whether fields begin in the line at `start`, or behind comments and empty lines.
fn begins(file: &File<'_>, start: usize) -> bool {
    let words = file.lines(start).map(|(_, line)| line.trim());
    let mut said = words.skip_while(|words| words.is_empty() || words.starts_with('#'));
    said.next().is_some_and(guess::looks_like_key)
}

/// Reads front matter that has other text above it, and reports the text.
fn below(notes: &mut Vec<Diagnostic>, file: &File<'_>, first: &Range<usize>) -> Option<Front> {
    let mut fences = file.lines(first.end).filter(|(_, line)| line.trim() == FENCE);
    let (opening, _) = fences.find(|(range, _)| begins(file, range.end))?;
    let place = file.words(first.clone());
    let words = file.text.get(place.clone()).unwrap_or_default();
    let alone = file.text.get(first.end..opening.start).is_some_and(|gap| gap.trim().is_empty());
    let closing = file.closing(opening.end);
    let marks = ["```", "~~~"].into_iter().find(|marks| words.starts_with(marks) && alone);
    let here = words!("hier beginnt der Dateikopf", "the front matter begins here");
    let note = |message| {
        let note = Diagnostic::new(Code::FrontMatterMissing, file.span(place.clone()), message);
        note.also(file.span(file.words(opening.clone())), here.clone())
    };
    let (Some(marks), Some(closing)) = (marks, closing) else {
        let message = words!("vor dem Dateikopf steht Text", "text stands before the front matter");
        notes.push(note(message).help(words!(
            "setzen Sie diesen Text unter das zweite `+++`, oder löschen Sie ihn",
            "put this text below the second `+++`, or delete it"
        )));
        return Some(file.fenced(notes, opening));
    };
    let message = words!(
        "der Dateikopf steht in einem Block mit Code",
        "the front matter stands in a block of code"
    );
    let end = fence_below(file, closing.end, marks).unwrap_or(closing.end);
    let front = file.text.get(opening.start..closing.end).unwrap_or_default();
    let help = words!(
        "löschen Sie diese Zeile und die, mit der der Block endet",
        "delete this line and the one that ends the block"
    );
    notes.push(note(message).fix(help, file.span(0..end), front));
    let (node, damage, body) = file.fenced(notes, opening.clone());
    Some((node, damage, body.max(end)))
}

/// The end of the next line with something on it, if that is a fence of code.
fn fence_below(file: &File<'_>, start: usize, marks: &str) -> Option<usize> {
    let (range, line) = file.lines(start).find(|(_, line)| !line.trim().is_empty())?;
    line.trim().starts_with(marks).then_some(range.end)
}

/// Reads front matter without any `+++`: the lines at the top that look like TOML.
fn bare(notes: &mut Vec<Diagnostic>, file: &File<'_>, first: &Range<usize>) -> Option<Front> {
    if !begins(file, first.start) {
        return None;
    }
    let (end, body) = guess_body(file, first.start);
    let text = file.text.get(first.start..end)?;
    let message = words!(
        "die Angaben stehen nicht zwischen zwei Zeilen `+++`",
        "the fields do not stand between two lines of `+++`"
    );
    let help = words!(
        "schreiben Sie `+++` in eine Zeile davor und in eine dahinter",
        "write `+++` on a line before them and on one behind them"
    );
    let place = file.span(file.words(first.clone()));
    let line_end = if text.ends_with('\n') { "" } else { "\n" };
    let fixed = format!("+++\n{text}{line_end}+++\n");
    let note = Diagnostic::new(Code::FrontMatterMissing, place, message);
    notes.push(note.fix(help, file.span(0..end), fixed));
    let (mut node, damage) = toml::parse(notes, text, &Place::At(file.path.clone(), first.start));
    node.span = file.words(first.clone());
    Some((node, damage, body))
}

/// Reads front matter that begins on the line of its `+++`; it may end there, too.
pub(super) fn beside(notes: &mut Vec<Diagnostic>, file: &File<'_>, first: Range<usize>) -> Front {
    let fence = first.start..first.start + FENCE.len();
    let words = fence.end..file.words(first.clone()).end;
    let written = file.text.get(words.clone()).unwrap_or_default();
    let message =
        words!("neben `+++` steht noch eine Angabe", "a field stands on the line of `+++`");
    let help = words!(
        "setzen Sie `+++` jeweils in eine Zeile für sich",
        "put each `+++` on a line of its own"
    );
    let note = Diagnostic::new(Code::FrontMatterMissing, file.span(fence.clone()), message);
    let Some(inner) = written.strip_suffix(FENCE) else {
        let gap = words.start..words.end - written.trim_start().len();
        notes.push(note.fix(help, file.span(gap), "\n"));
        return file.between(notes, fence, words.start);
    };
    let fixed = format!("\n{}\n+++", inner.trim());
    notes.push(note.fix(help, file.span(words.clone()), fixed));
    let (mut node, damage) = toml::parse(notes, inner, &Place::At(file.path.clone(), words.start));
    node.span = fence;
    (node, damage, first.end)
}

/// The second front matter right below the line that closes the first, if there is one: its
/// opening and its closing line.
pub(super) fn second(
    file: &File<'_>,
    closing: &Range<usize>,
) -> Option<(Range<usize>, Range<usize>)> {
    let (opening, line) = file.lines(closing.end).find(|(_, line)| !line.trim().is_empty())?;
    let last = file.closing(opening.end)?;
    (line.trim() == FENCE && begins(file, opening.end)).then_some((opening, last))
}

/// Reports a second front matter, and makes one of the two if the fields of the second would belong
/// to no table of the first. Gives the TOML, of the same length as what it stands for.
pub(super) fn joined(
    notes: &mut Vec<Diagnostic>,
    file: &File<'_>,
    start: usize,
    (closing, opening, last): (&Range<usize>, &Range<usize>, &Range<usize>),
) -> String {
    let first = file.text.get(start..closing.start).unwrap_or_default();
    let message = words!(
        "hier beginnt ein zweiter Dateikopf, der als Text erscheinen würde",
        "a second front matter begins here, which would come out as text"
    );
    let place = file.span(file.words(opening.clone()));
    let label = words!("hier endet der erste", "the first ends here");
    let note = Diagnostic::new(Code::PlainMarkup, place, message)
        .also(file.span(file.words(closing.clone())), label);
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
