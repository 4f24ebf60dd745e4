//! TOML as an untyped tree with a span on every key and value.
//!
//! The tree owns its texts and keeps keys in the order in which they were written, so it outlives
//! the file it came from. All syntax errors of a text are reported at once, in our own words where
//! the mistake is a common one.
//!
//! Text without errors goes through the library alone. Otherwise `scan` walks over it once more,
//! knows the mistakes that people make, and mends each in a copy; the library then reads the copy,
//! so that one mistake neither hides the next nor casts a shadow on the values around it.

mod array;
mod atom;
mod blank;
mod bracket;
mod damage;
mod equals;
mod escape;
pub(crate) mod guess;
mod header;
mod hyphens;
mod inline;
mod key;
mod library;
mod line;
mod long;
mod number;
mod quotes;
mod repair;
mod rest;
mod scan;
mod stray;
mod string;
mod tree;
mod unclosed;
pub(crate) mod when;

#[cfg(test)]
mod fuzz;
#[cfg(test)]
mod tests;

use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::Arc;

use super::{Place, conflict};
use crate::diag::{Code, Diagnostic, Words};
use crate::print::Fingerprint;
use crate::words;
pub use damage::{Damage, mentions};

/// A value and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Its bytes in the file. For a table below a header these are the header's, `[[x]]`; for one
    /// that only dotted keys made, the first key's.
    pub span: Range<usize>,
    /// Whether this is a table that a header opened, or a list of such tables: keys on the lines
    /// below belong to it, which surprises many.
    pub header: bool,
}

/// A TOML value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Text, with escapes resolved.
    String(Arc<str>),
    /// A whole number that fits 64 bits.
    Integer(i64),
    /// A number with a fraction; and its text as written, because `5.000` is a trap.
    Float(f64, Arc<str>),
    /// `true` or `false`.
    Bool(bool),
    /// An unquoted date, time or both, as written.
    Datetime(Arc<str>),
    /// A list.
    Array(Vec<Node>),
    /// A table: its keys in the order written.
    Table(Vec<(Key, Node)>),
    /// Something that could not be read; already reported.
    Broken,
}

/// A key and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The key, unquoted.
    pub name: Arc<str>,
    /// Its bytes in the file.
    pub span: Range<usize>,
}

impl Node {
    /// A value that is not the table of a header.
    pub fn new(value: Value, span: Range<usize>) -> Self {
        Self { value, span, header: false }
    }

    /// What stands for something that could not be read.
    pub fn broken(span: Range<usize>) -> Self {
        Self::new(Value::Broken, span)
    }

    /// An empty table.
    pub fn table() -> Self {
        Self::new(Value::Table(Vec::new()), 0..0)
    }

    /// A table without one of its keys; anything else as it is.
    #[must_use]
    pub fn without(&self, key: &str) -> Self {
        let Value::Table(entries) = &self.value else { return self.clone() };
        let entries = entries.iter().filter(|(known, _)| &*known.name != key);
        Self { value: Value::Table(entries.cloned().collect()), ..self.clone() }
    }

    /// Whether this could not be read, which was reported.
    pub fn is_broken(&self) -> bool {
        matches!(self.value, Value::Broken)
    }

    /// The value of a key, if this is a table that has it.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.entries().iter().find(|(found, _)| &*found.name == key).map(|(_, node)| node)
    }

    /// A table's keys and values; nothing for any other value.
    pub fn entries(&self) -> &[(Key, Self)] {
        match &self.value {
            Value::Table(entries) => entries,
            _ => &[],
        }
    }

    /// Where a table begins, to point to when something is missing in it: its first key.
    pub fn start(&self) -> Range<usize> {
        let keys = self.entries().iter().map(|(key, _)| key.span.clone());
        keys.min_by_key(|span| span.start).unwrap_or(self.span.start..self.span.start)
    }

    /// A list's values; nothing for any other value.
    pub fn items(&self) -> &[Self] {
        match &self.value {
            Value::Array(items) => items,
            _ => &[],
        }
    }

    /// The text, if this is one.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The whole number, if this is one.
    pub fn as_integer(&self) -> Option<i64> {
        match self.value {
            Value::Integer(number) => Some(number),
            _ => None,
        }
    }

    /// `true` or `false`, if this is one of them.
    pub fn as_bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// Whether this is a list.
    pub fn is_array(&self) -> bool {
        matches!(self.value, Value::Array(_))
    }

    /// Whether this is a table.
    pub fn is_table(&self) -> bool {
        matches!(self.value, Value::Table(_))
    }

    /// What this is, for messages: a text, a date.
    pub fn describe(&self) -> Words {
        match &self.value {
            Value::String(_) => words!("ein Text", "a text"),
            Value::Integer(_) => words!("eine ganze Zahl", "a whole number"),
            Value::Float(..) => words!("eine Zahl mit Nachkommastellen", "a decimal number"),
            Value::Bool(_) => {
                words!("ein Wahrheitswert (`true` oder `false`)", "`true` or `false`")
            }
            Value::Datetime(text) if !text.contains('-') => words!("eine Uhrzeit", "a time of day"),
            Value::Datetime(_) => words!("ein Datum", "a date"),
            Value::Array(_) => words!("eine Liste", "a list"),
            Value::Table(_) => words!("eine Tabelle", "a table"),
            Value::Broken => words!("etwas Unlesbares", "something unreadable"),
        }
    }

    /// The fingerprint of the value: two trees that say the same have the same, wherever they
    /// stand.
    pub fn print(&self) -> Fingerprint {
        Fingerprint::of(&Said(self))
    }
}

/// A node seen without its places.
struct Said<'a>(&'a Node);

impl Hash for Said<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::mem::discriminant(&self.0.value).hash(state);
        match &self.0.value {
            Value::String(text) | Value::Datetime(text) => text.hash(state),
            Value::Integer(number) => number.hash(state),
            Value::Float(number, text) => (number.to_bits(), text).hash(state),
            Value::Bool(value) => value.hash(state),
            Value::Array(items) => {
                items.len().hash(state);
                items.iter().for_each(|item| Said(item).hash(state));
            }
            Value::Table(entries) => {
                entries.len().hash(state);
                for (key, node) in entries {
                    key.name.hash(state);
                    Said(node).hash(state);
                }
            }
            Value::Broken => {}
        }
    }
}

/// Whether a text is TOML without a mistake.
pub fn is_right(text: &str) -> bool {
    library::table(text).is_some()
}

/// Reads a whole text as a table, whose own place is the text's start. Also says what could not be
/// read.
pub fn parse(notes: &mut Vec<Diagnostic>, text: &str, place: &Place) -> (Node, Damage) {
    let mut found = Vec::new();
    let (mut node, mut broken) = match library::table(text) {
        Some(table) => tree::root(&mut found, text, &table, place),
        None => match conflict::report(text, place, Code::TomlSyntax) {
            Some(note) => {
                found.push(note);
                (Node::broken(0..0), vec![place.span(0..text.len()).range])
            }
            None => library::mend(&mut found, text, place),
        },
    };
    if let Place::Within(span) = place {
        // The text's bytes are not the file's, so no edit can be given and no place but the whole.
        found.iter_mut().flat_map(|note| &mut note.help).for_each(|help| help.fix = None);
        broken.iter_mut().for_each(|range| *range = span.range.clone());
    }
    node.header = false;
    node.span = place.span(0..0).range;
    notes.append(&mut found);
    let damage = Damage::of((text, place), &node, broken);
    (node, damage)
}
