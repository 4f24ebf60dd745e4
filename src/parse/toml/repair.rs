//! Edits that mend a copy of a text, and the way back from the copy to the text.

use std::ops::Range;

/// One change to the text.
#[derive(Clone, Debug)]
struct Edit {
    /// What is replaced.
    range: Range<usize>,
    /// What stands there afterwards.
    replacement: String,
    /// Whether the replacement is a value that stands for one that could not be read.
    broken: bool,
}

/// Changes to a text, none inside another.
#[derive(Clone, Debug, Default)]
pub(super) struct Repairs {
    /// The changes, in no order.
    edits: Vec<Edit>,
    /// The end of the last one.
    reach: usize,
}

impl Repairs {
    /// Replaces a stretch by what the author meant.
    pub(super) fn put(&mut self, range: Range<usize>, replacement: impl Into<String>) {
        self.add(Edit { range, replacement: replacement.into(), broken: false });
    }

    /// Puts a stand-in where a value cannot be read.
    pub(super) fn break_value(&mut self, range: Range<usize>) {
        self.add(Edit { range, replacement: "0".to_owned(), broken: true });
    }

    /// Takes back all changes behind a byte.
    pub(super) fn forget(&mut self, from: usize) {
        self.edits.retain(|edit| edit.range.start < from);
        self.reach = self.edits.iter().map(|edit| edit.range.end).max().unwrap_or(0);
    }

    /// Adds a change, in place of those that lie inside it.
    fn add(&mut self, edit: Edit) {
        // Most changes come behind all others.
        if edit.range.start < self.reach {
            let (start, end) = (edit.range.start, edit.range.end);
            let inside = |old: &Edit| start <= old.range.start && old.range.end <= end;
            self.edits.retain(|old| start == end || !inside(old));
        }
        self.reach = self.reach.max(edit.range.end);
        self.edits.push(edit);
    }

    /// Applies all changes.
    pub(super) fn apply(&self, text: &str) -> (String, Map) {
        let mut edits: Vec<&Edit> = self.edits.iter().collect();
        edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
        let mut copy = String::with_capacity(text.len());
        let mut map = Map::default();
        let mut done = 0;
        for edit in edits {
            if edit.range.start < done {
                continue;
            }
            copy.push_str(text.get(done..edit.range.start).unwrap_or_default());
            let start = copy.len();
            copy.push_str(&edit.replacement);
            let piece =
                Piece { copy: start..copy.len(), text: edit.range.clone(), broken: edit.broken };
            map.pieces.push(piece);
            done = edit.range.end;
        }
        copy.push_str(text.get(done..).unwrap_or_default());
        (copy, map)
    }
}

/// A stretch of the copy that is not as it was in the text.
#[derive(Clone, Debug)]
struct Piece {
    /// Its bytes in the copy.
    copy: Range<usize>,
    /// The bytes in the text whose place it takes.
    text: Range<usize>,
    /// Whether it is a stand-in for a value.
    broken: bool,
}

/// The way from positions in a mended copy back to the text.
#[derive(Clone, Debug, Default)]
pub(super) struct Map {
    /// The stretches that differ, in order.
    pieces: Vec<Piece>,
}

impl Map {
    /// The stretch of the text that a stretch of the copy stands for.
    pub(super) fn range(&self, copy: Range<usize>) -> Range<usize> {
        let start = self.position(copy.start, |piece| piece.text.start);
        let end = self.position(copy.end, |piece| piece.text.end);
        start..end.max(start)
    }

    /// One position; inside a piece that differs, `inside` decides.
    fn position(&self, copy: usize, inside: impl Fn(&Piece) -> usize) -> usize {
        let after = self.pieces.partition_point(|piece| piece.copy.start < copy);
        let Some(piece) = after.checked_sub(1).and_then(|index| self.pieces.get(index)) else {
            return copy;
        };
        if copy < piece.copy.end { inside(piece) } else { copy - piece.copy.end + piece.text.end }
    }

    /// The stretch of the text whose stand-in begins at this byte of the copy.
    pub(super) fn broken_at(&self, copy: usize) -> Option<Range<usize>> {
        let from = self.pieces.partition_point(|piece| piece.copy.start < copy);
        let here = self.pieces.get(from..)?.iter().take_while(|piece| piece.copy.start == copy);
        here.filter(|piece| piece.broken).map(|piece| piece.text.clone()).next()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_find_their_way_back() {
        let text = "a = „x“\nb = 1\n";
        let mut repairs = Repairs::default();
        repairs.break_value(4..11);
        repairs.put(13..13, " ");
        let (copy, map) = repairs.apply(text);
        assert_eq!(copy, "a = 0\nb  = 1\n");
        assert_eq!(map.range(0..1), 0..1);
        assert_eq!(map.range(4..5), 4..11);
        assert_eq!(map.broken_at(4), Some(4..11));
        assert_eq!(map.range(6..7), 12..13);
        assert_eq!(map.range(11..12), 16..17);
        assert_eq!(map.broken_at(11), None);
    }

    #[test]
    fn a_wider_change_takes_the_place_of_narrower_ones() {
        let mut repairs = Repairs::default();
        repairs.put(2..3, "x");
        repairs.put(5..5, "y");
        repairs.break_value(1..6);
        assert_eq!(repairs.apply("abcdefgh").0, "a0gh");
    }
}
