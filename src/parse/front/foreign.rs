//! Files that begin with something else than TOML between `+++` lines.

use std::ops::Range;

use super::yaml::to_toml;
use super::{FENCE, File, Front, is_nearly_fence};
use crate::diag::{Code, Diagnostic};
use crate::parse::Place;
use crate::parse::toml::{self, guess::quoted};
use crate::words;

/// The line before and after YAML.
const HYPHENS: &str = "---";

/// So many lines that cannot be turned into TOML are pointed at.
const MOST_LOST: usize = 10;

/// Reads a file that begins with `---`: YAML, or TOML between the wrong lines.
pub(super) fn hyphens(notes: &mut Vec<Diagnostic>, file: &File<'_>, first: Range<usize>) -> Front {
    let closing =
        file.lines(first.end).find(|(_, line)| matches!(line.trim_end(), "---" | "..." | FENCE));
    let Some(inner) = inner(file, first.end, closing.as_ref().map(|(range, _)| range.start)) else {
        return missing(notes, file, first);
    };
    let end = closing.map_or(inner.end, |(range, _)| range.end);
    let place = first.start..first.start + HYPHENS.len();
    match between_hyphens(file, (&place, &inner, end), "") {
        Some((note, front)) => {
            notes.push(note);
            front
        }
        None => yaml(notes, file, place, (inner, 0..end)),
    }
}

/// TOML between lines of `---`, and what is said about it. What stands above goes below it.
fn between_hyphens(
    file: &File<'_>,
    (place, inner, end): (&Range<usize>, &Range<usize>, usize),
    above: &str,
) -> Option<(Diagnostic, Front)> {
    let text = file.text.get(inner.clone())?;
    let mut unsaid = Vec::new();
    let (node, damage) = toml::parse(&mut unsaid, text, &Place::At(file.path.clone(), inner.start));
    if !unsaid.is_empty() || node.entries().is_empty() {
        return None;
    }
    let message = words!(
        "TOML steht zwischen Zeilen mit `---` statt `+++`",
        "TOML stands between lines of `---` instead of `+++`"
    );
    let help = words!("schreiben Sie `+++` davor und dahinter", "write `+++` before and behind it");
    let note = Diagnostic::new(Code::FrontMatterMissing, file.span(place.clone()), message);
    let note = note.fix(help, file.span(0..end), format!("+++\n{text}+++\n{above}"));
    Some((note, (node, damage, end..file.text.len())))
}

/// Reports YAML in `inner`, in place of which and of all around it TOML is to stand.
pub(super) fn yaml(
    notes: &mut Vec<Diagnostic>,
    file: &File<'_>,
    place: Range<usize>,
    (inner, whole): (Range<usize>, Range<usize>),
) -> Front {
    notes.push(in_yaml(file, (place, &inner, &whole), ""));
    file.unreadable(whole)
}

/// Whether fields of YAML or TOML begin in the line at `start`, up to a line of `---` or the end of
/// code, with a title among them: other words with a colon begin many a text.
pub(super) fn begins(file: &File<'_>, start: usize) -> bool {
    let is_end = |line: &str| ["---", "```", "~~~"].iter().any(|end| line.trim().starts_with(end));
    let Some((end, _)) = file.lines(start).find(|(_, line)| is_end(line)) else { return false };
    let mut lines = file.text.get(start..end.start).unwrap_or_default().lines();
    lines.clone().next().is_some_and(|line| !line.trim().is_empty()) && lines.any(is_title)
}

/// Whether a line of some sets the title, as YAML writes it.
pub(super) fn has_title(lines: &str) -> bool {
    lines.lines().any(|line| is_title(line) && line.contains(':'))
}

/// Whether a line sets the title.
fn is_title(line: &str) -> bool {
    let key = line.split_once([':', '=']).map(|(key, _)| key.trim().to_lowercase());
    key.is_some_and(|key| matches!(key.as_str(), "title" | "titel"))
}

/// Reads front matter between lines of `---` that has text above it.
pub(super) fn below(
    notes: &mut Vec<Diagnostic>,
    file: &File<'_>,
    (above, opening): (Range<usize>, Range<usize>),
) -> Option<Front> {
    let closing = file.lines(opening.end).find(|(_, line)| line.trim() == HYPHENS)?.0;
    let inner = opening.end..closing.start;
    let place = file.words(opening);
    let text = file.text.get(above.clone())?.trim_end();
    let moved = format!("\n{text}{}", file.gap(closing.end));
    let toml = between_hyphens(file, (&place, &inner, closing.end), &moved);
    let (note, front) = toml.unwrap_or_else(|| {
        let whole = 0..closing.end;
        (in_yaml(file, (place, &inner, &whole), &moved), file.unreadable(whole))
    });
    let label = words!("dieser Text gehört darunter", "this text belongs below it");
    notes.push(note.also(file.span(file.words(file.line(above.start))), label));
    Some(front)
}

/// Reads YAML that begins on the line of its `---`; it may end there, too.
pub(super) fn beside(
    notes: &mut Vec<Diagnostic>,
    file: &File<'_>,
    first: &Range<usize>,
) -> Option<Front> {
    let words = file.words(first.clone());
    let start = words.start + HYPHENS.len();
    let written = file.text.get(words.clone())?.strip_prefix(HYPHENS)?;
    let place = words.start..start;
    if !is_title(written) || written.contains('=') {
        return None;
    }
    if let Some(inner) = written.strip_suffix(HYPHENS) {
        return Some(yaml(notes, file, place, (start..start + inner.len(), 0..first.end)));
    }
    let closing = file.lines(first.end).find(|(_, line)| line.trim() == HYPHENS)?.0;
    Some(yaml(notes, file, place, (start..closing.start, 0..closing.end)))
}

/// Reads a file that begins with YAML without a line of `---` before it. A line with the title must
/// be among the first, for other words with a colon begin many a text.
pub(super) fn bare(
    notes: &mut Vec<Diagnostic>,
    file: &File<'_>,
    first: &Range<usize>,
) -> Option<Front> {
    let is_end = |line: &str| matches!(line.trim(), "" | "---" | "..." | FENCE);
    let after = file.lines(first.start).find(|(_, line)| is_end(line));
    let end = after.as_ref().map_or(file.text.len(), |(range, _)| range.start);
    let whole =
        0..after.filter(|(_, line)| !line.trim().is_empty()).map_or(end, |(all, _)| all.end);
    let inner = first.start..end;
    if !has_title(file.text.get(inner.clone())?) {
        return None;
    }
    Some(yaml(notes, file, file.words(first.clone()), (inner, whole)))
}

/// Reads a file that begins with JSON.
pub(super) fn json(
    notes: &mut Vec<Diagnostic>,
    file: &File<'_>,
    first: &Range<usize>,
) -> Option<Front> {
    let line = file.text.get(file.words(first.clone())).unwrap_or_default();
    let inner = line.strip_prefix('{').map(str::trim_start);
    if line != ";;;" && !inner.is_some_and(|inner| inner.is_empty() || inner.starts_with('"')) {
        return None;
    }
    let message = words!(
        "der Dateikopf ist in JSON geschrieben statt in TOML",
        "the front matter is written in JSON instead of TOML"
    );
    let place = file.span(file.words(first.clone()));
    let note = Diagnostic::new(Code::FrontMatterMissing, place, message);
    let Some((toml, end)) = json_as_toml(file.text.get(first.start..)?) else {
        notes.push(note.help(words!(
            "schreiben Sie die Angaben in TOML, jede als `name = wert` in eine Zeile, und alle \
             zwischen zwei Zeilen mit `+++`",
            "write the fields in TOML, each as `name = value` on a line, and all between two lines \
             of `+++`"
        )));
        return Some(file.unreadable(0..first.end));
    };
    let whole = 0..first.start + end;
    let help = words!("schreiben Sie die Angaben in TOML", "write the fields in TOML");
    notes.push(note.fix(help, file.span(whole.clone()), format!("+++\n{toml}+++")));
    Some(file.unreadable(whole))
}

/// TOML that says the same as the JSON at the start of a text, and where the JSON ends.
fn json_as_toml(text: &str) -> Option<(String, usize)> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter();
    let Some(Ok(serde_json::Value::Object(fields))) = values.next() else { return None };
    let lines: Vec<_> = fields.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    let (toml, lost) = to_toml(&lines.join("\n"));
    lost.is_empty().then(|| (toml, values.byte_offset()))
}

/// What is said about YAML. What stands above goes below it.
fn in_yaml(
    file: &File<'_>,
    (place, inner, whole): (Range<usize>, &Range<usize>, &Range<usize>),
    above: &str,
) -> Diagnostic {
    let message = words!(
        "der Dateikopf ist in YAML geschrieben statt in TOML",
        "the front matter is written in YAML instead of TOML"
    );
    let mut note = Diagnostic::new(Code::YamlFrontMatter, file.span(place), message);
    let text = file.text.get(inner.clone()).unwrap_or_default();
    let (toml, lost) = to_toml(text);
    let lines: Vec<_> = file.lines(inner.start).collect();
    for number in lost.iter().take(MOST_LOST) {
        let Some((range, line)) = lines.get(number - 1) else { continue };
        let blank = line.len() - line.trim_start().len();
        let shown = range.start + blank..range.start + line.trim_end().len();
        let label = words!("diese Zeile fehlt unten", "this line is left out below");
        note = note.also(file.span(shown), label);
    }
    let help = words!("schreiben Sie die Angaben in TOML", "write the fields in TOML");
    note.fix(help, file.span(whole.clone()), format!("+++\n{toml}+++\n{above}"))
}

/// The stretch that is YAML, if it looks like some.
fn inner(file: &File<'_>, start: usize, closing: Option<usize>) -> Option<Range<usize>> {
    let end = closing.or_else(|| {
        let blank = file.lines(start).find(|(_, line)| line.trim().is_empty());
        Some(blank.map_or(file.text.len(), |(range, _)| range.start))
    })?;
    let text = file.text.get(start..end)?;
    let field = |line: &str| {
        let word =
            line.trim_start_matches(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '"'));
        word.len() < line.len() && word.trim_start().starts_with([':', '='])
    };
    text.lines().any(field).then_some(start..end)
}

/// Reports that there is no front matter and shows what belongs there. A heading that becomes the
/// title is no longer part of the body.
pub(super) fn missing(notes: &mut Vec<Diagnostic>, file: &File<'_>, first: Range<usize>) -> Front {
    let line = file.text.get(first.clone()).unwrap_or_default().trim_end();
    let place = first.start..first.start + line.len();
    let message = words!("der Dateikopf fehlt", "the front matter is missing");
    let title = quoted(&file.title());
    // The heading becomes the title, which the page shows as its heading.
    let heading = line.starts_with("# ");
    let is_replaced = heading || is_nearly_fence(line);
    let replaced = if is_replaced { 0..first.end } else { 0..first.start };
    let help = if heading {
        words!(
            "schreiben Sie statt der Überschrift diese drei Zeilen",
            "write these three lines instead of the heading"
        )
    } else if is_replaced {
        words!(
            "schreiben Sie statt dieser Zeile diese drei",
            "write these three lines instead of this one"
        )
    } else {
        words!(
            "beginnen Sie die Datei mit diesen drei Zeilen",
            "begin the file with these three lines"
        )
    };
    let blank = if is_replaced { "" } else { "\n" };
    let note = Diagnostic::new(Code::FrontMatterMissing, file.span(place), message);
    let front = format!("+++\ntitle = {title}\n+++\n{blank}");
    notes.push(note.fix(help, file.span(replaced), front));
    file.unreadable(0..if is_replaced { first.end } else { 0 })
}
