//! Lines that look like the rows of a table, but are a paragraph.

use std::ops::Range;

use super::items::goes_on;
use super::lookalike::escaped;
use super::writer::Writer;
use crate::diag::Code;
use crate::words;

/// A paragraph is looked at so far.
const MOST_LINES: usize = 200;

/// One line of a paragraph.
pub(super) struct Row<'a> {
    /// Where its words stand.
    pub(super) range: Range<usize>,
    /// Its words, without the marks of quotes around it.
    pub(super) words: &'a str,
}

impl Writer<'_> {
    /// Reports rows of a table without the line below its head, and items without a space behind
    /// their marks, if the line at `at` is the first of them.
    pub(super) fn check_rows(&mut self, at: usize) {
        let source = self.source;
        let above = source[..at].rfind('\n').map_or("", |end| &source[..end]);
        let above = bare(&above[above.rfind('\n').map_or(0, |end| end + 1)..]);
        if goes_on(&source[at..], above) {
            return;
        }
        let rows: Vec<Row<'_>> = lines(source, at).take(MOST_LINES).collect();
        let Some(first) = rows.first() else { return };
        let is_first_row = !above.starts_with('|');
        if first.words.starts_with('|') && self.table.is_none() && is_first_row {
            let end = rows.iter().take_while(|row| row.words.starts_with('|')).count();
            self.check_table(&rows[..end]);
        }
        self.check_items(&rows);
    }

    /// Reports a row that an empty line parts from the next one; of several, the first. Says whether
    /// it is one of them.
    fn is_spread(&mut self, row: &Range<usize>) -> bool {
        let is_row = |line: &str| bare(line).starts_with('|');
        let mut above = self.source[..row.start].lines().rev().skip(1).map(bare);
        if above.find(|line| !line.is_empty()).is_some_and(is_row) {
            return true;
        }
        let mut below = self.source[row.end..].lines().skip(1).map(bare);
        if !below.find(|line| !line.is_empty()).is_some_and(is_row) {
            return false;
        }
        let message = words!(
            "zwischen den Zeilen der Tabelle stehen leere Zeilen, so wird das keine Tabelle",
            "empty lines stand between the rows of the table, so this becomes no table"
        );
        let help = words!("löschen Sie die leeren Zeilen", "delete the empty lines");
        let problem = self.problem(Code::TableRow, row.clone(), message).help(help);
        self.notes.push(problem);
        self.spread_row = Some(row.end);
        true
    }

    /// Reports rows that are no table.
    fn check_table(&mut self, rows: &[Row<'_>]) {
        let Some((first, others)) = rows.split_first() else { return };
        let bars = bars(first.words);
        // One line alone is a row only if it has the form of one: bars are signs of their own, too.
        if bars < 2 || (others.is_empty() && !is_row_alone(first.words)) {
            return;
        }
        let line = format!("|{}", "---|".repeat(bars - 1));
        let place = first.range.clone();
        if others.is_empty() && self.is_spread(&place) {
            return;
        }
        if is_rule(first.words) {
            // A head that an empty line parts from it is told there.
            let above = &self.source[..place.start];
            let above = above.trim_end_matches([' ', '\t', '\n', '\r', '>']).len();
            if self.spread_row == Some(above) {
                return;
            }
            let message =
                words!("über dieser Zeile fehlt der Kopf der Tabelle", "the table has no head");
            let help = words!(
                "schreiben Sie darüber eine Zeile mit den Überschriften der Spalten: `| A | B |`",
                "write a line with the names of the columns above it: `| A | B |`"
            );
            let problem = self.problem(Code::TableRow, place, message).help(help);
            return self.notes.push(problem);
        }
        let message = words!(
            "das wird keine Tabelle: unter ihrer ersten Zeile fehlt `{line}`",
            "this becomes no table: `{line}` is missing below its first line"
        );
        let problem = self.problem(Code::TableRow, place.clone(), message);
        let help =
            words!("schreiben Sie `{line}` in die zweite Zeile", "make `{line}` its second line");
        let problem = match others.iter().position(|row| is_nearly_rule(row.words)) {
            Some(0) => problem.fix(help, self.span(others[0].range.clone()), line),
            Some(_) => problem.help(help),
            None => {
                let start = self.source[..place.start].rfind('\n').map_or(0, |at| at + 1);
                let marks = self.source[start..place.start].chars();
                let marks: String =
                    marks.map(|c| if matches!(c, '>' | '\t') { c } else { ' ' }).collect();
                let end = self.span(place.end..place.end);
                problem.fix(help, end, format!("\n{marks}{line}"))
            }
        };
        self.notes.push(problem.help(escaped(words!("die senkrechten Striche", "the bars"))));
    }
}

/// The lines from a byte on, up to one without words.
fn lines(source: &str, at: usize) -> impl Iterator<Item = Row<'_>> {
    let mut start = at;
    let all = source.get(at..).unwrap_or_default().split_inclusive('\n');
    let rows = all.map(move |line| {
        let words = bare(line);
        let first = start + (words.as_ptr() as usize - line.as_ptr() as usize);
        start += line.len();
        Row { range: first..first + words.len(), words }
    });
    rows.take_while(|row| !row.words.is_empty())
}

/// A line without the marks of quotes before it and blanks around it.
pub(super) fn bare(line: &str) -> &str {
    line.trim_start_matches([' ', '\t', '>']).trim_end()
}

/// Whether a line alone has the form of a row.
fn is_row_alone(row: &str) -> bool {
    row.starts_with('|') && row.ends_with('|') && row.contains(" | ") && bars(row) > 2
}

/// How many bars part the cells of a row.
fn bars(row: &str) -> usize {
    row.matches('|').count() - row.matches("\\|").count()
}

/// Whether a row is the line that stands below a table's head.
fn is_rule(row: &str) -> bool {
    row.contains('-') && row.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'))
}

/// Whether a row is meant for that line, with dashes that a program made of the hyphens, or others.
fn is_nearly_rule(row: &str) -> bool {
    let signs = ['-', '–', '—', '=', '_'];
    row.contains(signs)
        && row.chars().all(|c| matches!(c, '|' | ':' | ' ' | '\t') || signs.contains(&c))
}
