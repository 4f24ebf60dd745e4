//! From bytes to lines and columns.
//!
//! Spans come from many steps and are not trusted here: whatever they say, what leaves this module
//! lies inside the text and between characters.

use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use crate::path::RelPath;

/// A text and where its lines begin.
#[derive(Debug)]
pub(super) struct Lines {
    /// The text.
    text: String,
    /// The first byte of each line.
    starts: Vec<usize>,
}

/// A place as people count: from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Position {
    /// The line.
    pub(super) line: usize,
    /// The column.
    pub(super) column: usize,
}

impl Lines {
    /// Finds the lines of a text.
    pub(super) fn of(text: String) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        Self { text, starts }
    }

    /// A stretch that lies inside the text and between characters, and contains what `range` says
    /// of the text.
    pub(super) fn clamp(&self, range: &Range<usize>) -> Range<usize> {
        let mut start = range.start.min(self.text.len());
        while !self.text.is_char_boundary(start) {
            start -= 1;
        }
        let mut end = range.end.clamp(start, self.text.len());
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        start..end
    }

    /// The index, from 0, of the line that holds a byte.
    pub(super) fn line_of(&self, byte: usize) -> usize {
        self.starts.partition_point(|start| *start <= byte).saturating_sub(1)
    }

    /// A line's bytes without its end; empty beyond the last line.
    pub(super) fn line(&self, index: usize) -> Range<usize> {
        let Some(start) = self.starts.get(index).copied() else {
            return self.text.len()..self.text.len();
        };
        let end = self.starts.get(index + 1).map_or(self.text.len(), |next| next - 1);
        let line = self.text.get(start..end).unwrap_or_default();
        start..start + line.strip_suffix('\r').unwrap_or(line).len()
    }

    /// Some of the text.
    pub(super) fn get(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or_default()
    }

    /// Where a byte between two characters stands.
    pub(super) fn position(&self, byte: usize) -> Position {
        let line = self.line_of(byte);
        let start = self.line(line).start;
        Position { line: line + 1, column: self.get(start..byte).chars().count() + 1 }
    }
}

/// Texts that were asked for before are kept, since neighbouring diagnostics share a file.
pub(super) struct Texts<'a> {
    /// Gives the text of a file, if there is one.
    read: &'a dyn Fn(&RelPath) -> Option<String>,
    /// What was read.
    known: BTreeMap<RelPath, Option<Rc<Lines>>>,
}

impl<'a> Texts<'a> {
    /// Nothing is read yet.
    pub(super) fn new(read: &'a dyn Fn(&RelPath) -> Option<String>) -> Self {
        Self { read, known: BTreeMap::new() }
    }

    /// The lines of a file.
    pub(super) fn lines(&mut self, path: &RelPath) -> Option<Rc<Lines>> {
        let read = self.read;
        let known = self.known.entry(path.clone());
        known.or_insert_with(|| read(path).map(|text| Rc::new(Lines::of(text)))).clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_from_one() {
        let lines = Lines::of("aä\r\nb\n".to_owned());
        let check = |byte: usize, line: usize, column: usize| {
            assert_eq!(lines.position(byte), Position { line, column }, "{byte}");
        };
        check(0, 1, 1);
        check(3, 1, 3);
        check(5, 2, 1);
        check(7, 3, 1);
        assert_eq!(lines.line(0), 0..3);
        assert_eq!(lines.line(1), 5..6);
        assert_eq!(lines.line(2), 7..7);
        assert_eq!(lines.line(9), 7..7);
    }

    #[test]
    fn any_stretch_is_made_to_fit() {
        let lines = Lines::of("aä€".to_owned());
        assert_eq!(lines.clamp(&(2..2)), 1..3);
        assert_eq!(lines.clamp(&(2..4)), 1..6);
        assert_eq!(lines.clamp(&(40..90)), 6..6);
        let backwards = std::ops::Range { start: 3, end: 1 };
        assert_eq!(lines.clamp(&backwards), 3..3);
    }
}
