//! Reading text that has errors: our own walk mends what it knows, the library reads the rest.

use std::collections::BTreeSet;
use std::ops::Range;

use ::toml::Spanned;
use ::toml::de::DeTable;

use super::guess::clip;
use super::scan::{DEEPEST, MOST_MISTAKES, Scan};
use super::tree::{Source, stray_name};
use super::{Node, Value};
use crate::diag::{Code, Diagnostic, Words};
use crate::parse::Place;
use crate::words;

/// What the library still refuses after a round is mended and read again, but not for ever.
const ROUNDS: usize = 4;

/// The table of a text without errors. A key of very many parts would take much memory, so a line
/// that may hold one counts as an error.
pub(super) fn table(text: &str) -> Option<Spanned<DeTable<'_>>> {
    if may_be_deep(text) {
        return None;
    }
    let (table, errors) = DeTable::parse_recoverable(text);
    errors.is_empty().then_some(table)
}

/// Whether a line has so many dots that they may part a key into too many.
pub(super) fn may_be_deep(text: &str) -> bool {
    text.lines().any(|line| line.len() > DEEPEST && line.matches('.').nth(DEEPEST - 1).is_some())
}

/// Reports all errors of a text and gives the tree of what can be read, with the stretches that
/// cannot.
pub(super) fn mend(
    notes: &mut Vec<Diagnostic>,
    text: &str,
    place: &Place,
) -> (Node, Vec<Range<usize>>) {
    let mut scan = Scan::of(text, place);
    let headers = scan.statements.iter().filter(|statement| statement.value.is_empty());
    let mut told = Told {
        places: BTreeSet::new(),
        lines: std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect(),
        headers: headers.map(|header| header.range.clone()).collect(),
        twice: BTreeSet::new(),
    };
    let mut node = None;
    for _ in 0..ROUNDS {
        let (copy, map) = scan.repairs.apply(text);
        let (table, errors) = DeTable::parse_recoverable(&copy);
        let before = told.places.len();
        let mut refused = Vec::new();
        for error in errors {
            let at = map.range(error.span().unwrap_or_default());
            refused.push(at.clone());
            if scan.found.len() >= MOST_MISTAKES {
                continue;
            }
            scan.refuse(&mut told, at, error.message());
        }
        let done = told.places.len() == before || scan.found.len() >= MOST_MISTAKES;
        let refused = joined(refused);
        let source = Source { copy: &copy, map: &map, place, refused: &refused };
        let mut unfit = Vec::new();
        node = Some((source.root(&mut unfit, table.get_ref(), 0..copy.len()), unfit));
        if done {
            break;
        }
    }
    let (mut node, unfit) = node.unwrap_or_else(|| (Node::new(Value::Broken, 0..0), Vec::new()));
    node.span = place.span(0..text.len()).range;
    finish(&mut scan.found, scan.at < text.len());
    let mut broken: Vec<_> =
        scan.found.iter().map(|(range, _)| place.span(range.clone()).range).collect();
    if scan.at < text.len() {
        broken.push(place.span(scan.at..text.len()).range);
    }
    broken.extend(unfit.iter().filter_map(Diagnostic::place).map(|span| span.range.clone()));
    notes.extend(scan.found.into_iter().map(|(_, note)| note));
    notes.extend(unfit);
    (node, broken)
}

/// What the library said that was passed on.
struct Told {
    /// Where: the start of a value, a key or a line.
    places: BTreeSet<usize>,
    /// The start of every line.
    lines: Vec<usize>,
    /// Every header.
    headers: Vec<Range<usize>>,
    /// The start of those whose tables stand twice.
    twice: BTreeSet<usize>,
}

impl Told {
    /// The start of the line that holds a byte.
    fn line(&self, byte: usize) -> usize {
        let after = self.lines.partition_point(|start| *start <= byte);
        after.checked_sub(1).and_then(|index| self.lines.get(index)).copied().unwrap_or(0)
    }
}

impl Told {
    /// The header above a byte, or at it.
    fn header(&self, byte: usize) -> Option<&Range<usize>> {
        let after = self.headers.partition_point(|header| header.start <= byte);
        after.checked_sub(1).and_then(|index| self.headers.get(index))
    }
}

/// Sorted stretches; those that touch become one.
fn joined(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    ranges.dedup_by(|next, last| {
        let touches = next.start <= last.end;
        if touches {
            last.end = last.end.max(next.end);
        }
        touches
    });
    ranges
}

/// Sorts the mistakes by place; tells where the rest of the text was not looked at.
fn finish(found: &mut Vec<(Range<usize>, Diagnostic)>, cut: bool) {
    found.sort_by_key(|(range, _)| (range.start, range.end));
    let cut = cut || found.len() > MOST_MISTAKES;
    found.truncate(MOST_MISTAKES);
    if cut && let Some((_, note)) = found.last_mut() {
        note.notes.push(words!(
            "nach {MOST_MISTAKES} Fehlern wurde der Rest nicht mehr geprüft",
            "after {MOST_MISTAKES} errors, the rest was not checked"
        ));
    }
}

impl Scan<'_> {
    /// Takes in an error of the library: reports it unless its value or line was reported before,
    /// and takes the value or line out of the copy.
    fn refuse(&mut self, told: &mut Told, at: Range<usize>, message: &str) {
        let leaf = self.leaves.partition_point(|leaf| leaf.end < at.start);
        let leaf = self.leaves.get(leaf).filter(|leaf| leaf.start <= at.start).cloned();
        let duplicate =
            message.starts_with("duplicate key") || message.starts_with("cannot extend");
        if duplicate {
            if told.places.insert(at.start) {
                let note = self.duplicate(&at, message);
                let header = told.header(at.start).cloned().unwrap_or_default();
                // A table that stands twice says some things twice.
                let is_told = told.twice.contains(&header.start) && !header.contains(&at.start);
                told.twice.extend(header.contains(&at.start).then_some(header.start));
                match self.is_in_row(&at) {
                    // Under another name, which the tree leaves out, it harms nothing around it.
                    true => self.repairs.put(at.clone(), stray_name(at.start)),
                    false => self.leave_out(&at, told),
                }
                if !is_told {
                    self.found.push((at, note));
                }
            }
        } else if let Some(leaf) = leaf {
            if told.places.insert(leaf.start) {
                let note = self.refused_value(&leaf, message);
                self.break_value(leaf, note);
            }
        } else {
            let start = told.line(at.start);
            let line = start..self.line_end(start);
            if !told.places.insert(line.start) {
                return;
            }
            let known = self
                .found
                .iter()
                .any(|(range, _)| range.start <= line.end && line.start <= range.end);
            if !known {
                let note = self.refused_line(&line, &at, message);
                self.found.push((line, note));
            }
            self.leave_out(&at, told);
        }
    }

    /// Whether this is a key of a table in braces, which is part of a statement's value.
    fn is_in_row(&self, at: &Range<usize>) -> bool {
        let index = self.statements.partition_point(|statement| statement.range.end < at.start);
        let statement = self.statements.get(index);
        statement.is_some_and(|statement| statement.value.contains(&at.start))
            && self.keys.iter().any(|key| key.range == *at)
    }

    /// Takes the statement at this place out of the copy; a list entry or value stays as one that
    /// could not be read.
    fn leave_out(&mut self, at: &Range<usize>, told: &Told) {
        let index = self.statements.partition_point(|statement| statement.range.end < at.start);
        let statement =
            self.statements.get(index).filter(|statement| statement.range.start <= at.start);
        let Some(statement) = statement else {
            let start = told.line(at.start);
            return self.repairs.put(start..self.line_end(start), "");
        };
        let (all, value) = (statement.range.clone(), statement.value.clone());
        if value.is_empty() {
            // Without its header, a table's keys would land in the table before.
        } else if value.contains(&at.start) {
            self.repairs.break_value(value);
        } else {
            self.repairs.put(all, "");
        }
    }

    /// What is said about a key that stands twice.
    fn duplicate(&self, at: &Range<usize>, message: &str) -> Diagnostic {
        let name = clip(self.get(at.clone()));
        let words = if message.starts_with("cannot extend") {
            words!(
                "`{name}` ist ein Wert und kann nicht zugleich eine Tabelle sein",
                "`{name}` is a value and cannot be a table as well"
            )
        } else {
            words!("`{name}` steht zweimal", "`{name}` is set twice")
        };
        let note = self.mistake(Code::TomlSyntax, at, words);
        let here = self.keys.iter().find(|key| key.range == *at).map(|key| &key.path);
        let first = here.and_then(|path| {
            let same = self.keys.iter().filter(|key| key.path == *path);
            same.map(|key| &key.range)
                .filter(|range| range.start < at.start)
                .min_by_key(|r| r.start)
        });
        let help = words!(
            "löschen Sie eine der beiden Stellen oder benennen Sie sie um",
            "delete or rename one of the two"
        );
        let is_opened = |at: usize| self.get(0..at).trim_end().ends_with('[');
        let both = first.is_some_and(|first| is_opened(first.start) && is_opened(at.start));
        let note = match first {
            Some(first) => {
                let label = words!("hier steht `{name}` zuerst", "`{name}` is set first here");
                note.also(self.span(first), label).help(help)
            }
            None => note.help(help),
        };
        if both {
            return note.help(words!(
                "wenn `{name}` eine Liste ist, beginnen Sie jede ihrer Tabellen mit `[[{name}]]`",
                "if `{name}` is a list, begin each of its tables with `[[{name}]]`"
            ));
        }
        note
    }

    /// What is said about a value that the library refuses.
    fn refused_value(&self, leaf: &Range<usize>, message: &str) -> Diagnostic {
        let shown = clip(self.get(leaf.clone()));
        let words = words!(
            "den Wert `{shown}` kann TOML nicht lesen",
            "TOML cannot read the value `{shown}`"
        );
        self.mistake(Code::TomlSyntax, leaf, words).note(theirs(message))
    }

    /// What is said about anything else that the library refuses.
    fn refused_line(&self, line: &Range<usize>, at: &Range<usize>, message: &str) -> Diagnostic {
        let text = self.get(line.clone());
        let inside = at.start.max(line.start)..at.end.clamp(at.start, line.end.max(at.start));
        let place = if inside.is_empty() {
            let blank = text.len() - text.trim_start().len();
            line.start + blank..line.start + text.trim_end().len().max(blank)
        } else {
            inside
        };
        let words = words!("diese Zeile kann TOML nicht lesen", "TOML cannot read this line");
        self.mistake(Code::TomlSyntax, &place, words).note(theirs(message))
    }
}

/// The library's own words, as background.
fn theirs(message: &str) -> Words {
    Words::same(format!("toml: {}", message.trim()))
}
