//! What stands in a list more than once.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::datum::Datum;
use super::read::Reading;
use super::rows;
use super::schema::{Field, Type};
use crate::diag::{Code, Diagnostic, Severity};
use crate::parse::toml::{Node, Value};
use crate::words;

/// Warns of references and rows that a list has already, and reports rows that have another's key.
pub(super) fn check(
    notes: &mut Vec<Diagnostic>,
    reading: &Reading<'_>,
    (field, items): (&Field, &[Node]),
) {
    if items.len() < 2 {
        return;
    }
    if matches!(field.ty, Type::Table(_)) {
        keys(notes, reading, (field, items));
    }
    if matches!(field.ty, Type::Ref(_) | Type::Table(_)) && !reading.words_only() {
        twins(notes, reading, (field, items));
    }
}

/// Reports keys that an earlier row has: whoever looks for the row of a key finds that one.
fn keys(notes: &mut Vec<Diagnostic>, reading: &Reading<'_>, (field, items): (&Field, &[Node])) {
    let main = reading.words_of.map_or(&[][..], |main| main.items(&field.name));
    let mut told = None;
    let mut known: FxHashMap<&str, &Range<usize>> = FxHashMap::default();
    for node in items.iter().filter_map(|item| item.get("key")) {
        let Some(key) = node.as_str() else { continue };
        let Some(first) = known.get(key) else {
            known.insert(key, &node.span);
            continue;
        };
        // A translation that follows the main file is not to blame.
        if told.get_or_insert_with(|| doubled(main)).contains(key) {
            continue;
        }
        let name = &field.name;
        let message = words!(
            "in `{name}` gibt es den Schlüssel `{key}` zweimal",
            "the key `{key}` exists twice in `{name}`"
        );
        let note = Diagnostic::new(Code::InvalidValue, reading.span(&node.span), message)
            .label(words!("die zweite Zeile", "the second row"))
            .also(reading.span(first), words!("die erste Zeile", "the first row"));
        notes.push(note.help(words!(
            "geben Sie jeder Zeile einen eigenen Schlüssel, hier und in den Übersetzungen",
            "give each row a key of its own, here and in the translations"
        )));
    }
}

/// The keys that more than one row has.
fn doubled(main: &[Datum]) -> FxHashSet<&str> {
    let mut known = FxHashSet::default();
    main.iter().filter_map(rows::key).filter(|key| !known.insert(*key)).collect()
}

/// Warns of references and rows that say the same as an earlier one.
fn twins(notes: &mut Vec<Diagnostic>, reading: &Reading<'_>, (field, items): (&Field, &[Node])) {
    let mut known: BTreeMap<String, &Range<usize>> = BTreeMap::new();
    for node in items {
        let mut text = String::new();
        let is_whole = print(node, &mut text);
        let Some(first) = known.insert(text, &node.span).filter(|_| is_whole) else { continue };
        // The second key was told.
        if node.get("key").is_some() {
            continue;
        }
        let name = &field.name;
        let message =
            words!("in `{name}` steht etwas zweimal", "something stands in `{name}` twice");
        let note = Diagnostic::new(Code::InvalidValue, reading.span(&node.span), message)
            .severity(Severity::Warning)
            .label(words!("zum zweiten Mal", "the second time"))
            .also(reading.span(first), words!("zum ersten Mal", "the first time"));
        notes.push(note.help(words!("löschen Sie eines von beiden", "delete one of the two")));
    }
}

/// Writes a value so that values which say the same are written the same; says whether there is
/// something in it, and all of it could be read.
fn print(node: &Node, out: &mut String) -> bool {
    match &node.value {
        Value::String(text) => {
            // Nothing can be done if text cannot be put into text.
            let _ = write!(out, "{text:?}");
            !text.is_empty()
        }
        Value::Integer(value) => write!(out, "{value}").is_ok(),
        Value::Float(value, _) => write!(out, "{value}").is_ok(),
        Value::Bool(value) => write!(out, "{value}").is_ok(),
        Value::Datetime(text) => write!(out, "{text}").is_ok(),
        Value::Array(items) => {
            out.push('[');
            let whole = items.iter().all(|item| print(item, out) && write!(out, ",").is_ok());
            out.push(']');
            whole
        }
        Value::Table(entries) => {
            let mut parts: Vec<_> = entries.iter().collect();
            parts.sort_by(|(a, _), (b, _)| a.name.cmp(&b.name));
            out.push('{');
            let whole = parts
                .iter()
                .all(|(key, value)| write!(out, "{:?}=", key.name).is_ok() && print(value, out));
            out.push('}');
            whole && !entries.is_empty()
        }
        Value::Broken => false,
    }
}
