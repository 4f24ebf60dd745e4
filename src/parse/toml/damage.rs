//! Where a text of TOML could not be read, and what may be hidden there.
//!
//! One mistake must not keep others from being told: a value that cannot be read hides nothing but
//! itself, and a line that could not be read at all hides only the names that stand on it.

use std::ops::Range;
use std::sync::Arc;

use super::{Key, Node, Value};
use crate::parse::Place;

/// The stretches of a file that hold a syntax error.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Damage {
    /// All of them, sorted.
    ranges: Vec<Range<usize>>,
    /// Those that belong to no key and value of the tree.
    gaps: Vec<Gap>,
    /// The headers of tables, sorted.
    headers: Vec<Range<usize>>,
}

/// A stretch of which nothing came into the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Gap {
    /// Where it is.
    range: Range<usize>,
    /// Its lines.
    text: Arc<str>,
}

impl Damage {
    /// A stretch that could not be read as TOML at all.
    pub fn whole(range: Range<usize>) -> Self {
        Self { ranges: vec![range], ..Self::default() }
    }

    /// The damage of a text that stands at `place`, and gave the tree `root` but for `ranges`.
    pub(super) fn of(
        (text, place): (&str, &Place),
        root: &Node,
        mut ranges: Vec<Range<usize>>,
    ) -> Self {
        ranges.sort_by_key(|range| (range.start, range.end));
        ranges.dedup();
        let mut damage = Self::default();
        if ranges.is_empty() {
            return damage;
        }
        let mut statements = Vec::new();
        damage.collect(root, &mut statements);
        damage.headers.sort_by_key(|range| range.start);
        let is_within = matches!(place, Place::Within(_));
        let is_known = |gap: &Range<usize>| {
            !is_within && statements.iter().any(|all| all.start <= gap.start && gap.end <= all.end)
        };
        let gaps = ranges.iter().filter(|range| !is_known(range));
        damage.gaps = gaps
            .map(|range| Gap { range: range.clone(), text: lines((text, place), range).into() })
            .collect();
        damage.ranges = ranges;
        damage
    }

    /// Collects the stretches of all keys with their values, and the headers.
    fn collect(&mut self, node: &Node, statements: &mut Vec<Range<usize>>) {
        if node.header && node.is_table() {
            self.headers.push(node.span.clone());
        }
        match &node.value {
            Value::Table(entries) => {
                for (Key { span, .. }, value) in entries {
                    statements.push(span.start..value.span.end.max(span.end));
                    self.collect(value, statements);
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.collect(item, statements)),
            _ => {}
        }
    }

    /// The stretches, sorted.
    pub fn ranges(&self) -> &[Range<usize>] {
        &self.ranges
    }

    /// Whether everything could be read.
    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    /// Whether a syntax error was reported in this stretch.
    pub fn touches(&self, range: &Range<usize>) -> bool {
        self.ranges.iter().any(|bad| bad.start < range.end && range.start < bad.end)
    }

    /// Whether a table may have a key of that name which could not be read.
    pub fn may_hide(&self, table: &Node, name: &str) -> bool {
        self.hidden(table).iter().any(|text| mentions(text, name))
    }

    /// The lines of a table that could not be read at all.
    pub fn hidden(&self, table: &Node) -> Vec<&str> {
        if self.gaps.is_empty() {
            return Vec::new();
        }
        let region = self.region(table);
        let is_in = |gap: &&Gap| gap.range.start < region.end && region.start <= gap.range.end;
        self.gaps.iter().filter(is_in).map(|gap| &*gap.text).collect()
    }

    /// Where the keys of a table stand: in its braces, or from its header to the next.
    fn region(&self, table: &Node) -> Range<usize> {
        let span = &table.span;
        let first = table.entries().first();
        if !table.header && first.is_some_and(|(key, _)| key.span.end <= span.end) {
            return span.clone();
        }
        let next = self.headers.partition_point(|header| header.start <= span.start);
        let next = self.headers.get(next);
        span.start..next.map_or(usize::MAX, |header| header.start)
    }
}

/// The lines that a stretch of the file touches.
fn lines<'a>((text, place): (&'a str, &Place), range: &Range<usize>) -> &'a str {
    let Place::At(_, offset) = place else { return text };
    let (start, end) = (range.start.saturating_sub(*offset), range.end.saturating_sub(*offset));
    let before = text.get(..start).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let after = text.get(end..).unwrap_or_default();
    let end = after.find('\n').map_or(text.len(), |at| end + at);
    text.get(start..end).unwrap_or(text)
}

/// Whether a name stands in a text, and not as part of another.
pub fn mentions(text: &str, name: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    text.split(|c| !is_part(c)).any(|word| word == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::toml::parse;
    use crate::path::RelPath;

    /// Checks which of the names a, b and c the root and its table `t` may hide.
    #[track_caller]
    fn check(text: &str, root: &str, table: &str) {
        let mut notes = Vec::new();
        let (node, damage) = parse(&mut notes, text, &Place::At(RelPath::new("x.md"), 7));
        let hidden = |node: &Node| -> String {
            ["a", "b", "c"].into_iter().filter(|name| damage.may_hide(node, name)).collect()
        };
        assert!(!notes.is_empty());
        assert_eq!(hidden(&node), root);
        let inner = node.get("t").map(|node| node.items().first().unwrap_or(node));
        assert_eq!(inner.map(hidden).unwrap_or_default(), table);
    }

    #[test]
    fn damage_hides_only_what_stands_there() {
        check("x = „y“\ny = \"a \"b\"\"\n", "", "");
        check("a irgendwas\nx = 1\n", "a", "");
        check("nur Text mit b\n[[t]]\nx = 1\n", "b", "");
        check("x = 1\n[[t]]\nc irgendwas\n[y]\nauch a\n", "", "c");
        check("x = 1\nt = [{ x = „y“ }]\nauch a\n", "a", "");
    }
}
