//! Properties of declarations: each must have a value of the right type, or it would be left out in
//! silence.

use std::collections::BTreeMap;

use super::Declaring;
use crate::diag::{Diagnostic, Words};
use crate::model::schema::{Labels, Name};
use crate::parse::toml::{Key, Node, Value};
use crate::words;

/// A property and its value.
pub(super) type Property<'a> = (&'a Key, &'a Node);

/// Reports a value of another type than the property's.
fn wrong(
    notes: &mut Vec<Diagnostic>,
    declaring: &Declaring<'_>,
    (key, value): Property<'_>,
    (wanted, example): (Words, &str),
) {
    if value.is_broken() {
        return;
    }
    let (name, found) = (&key.name, value.describe());
    let (found_de, found_en, de, en) = (&found.de, &found.en, wanted.de, wanted.en);
    let message = words!(
        "`{name}` ist {found_de}, erwartet wird {de}",
        "`{name}` is {found_en}, expected {en}"
    );
    let help =
        words!("schreiben Sie etwa `{name} = {example}`", "write for example `{name} = {example}`");
    notes.push(declaring.problem(value, message).help(help));
}

/// `true` or `false`.
pub(super) fn flag(
    notes: &mut Vec<Diagnostic>,
    declaring: &Declaring<'_>,
    property: Property<'_>,
) -> bool {
    property.1.as_bool().unwrap_or_else(|| {
        let wanted = words!("`true` oder `false`", "`true` or `false`");
        wrong(notes, declaring, property, (wanted, "true"));
        false
    })
}

/// A text.
pub(super) fn text(
    notes: &mut Vec<Diagnostic>,
    declaring: &Declaring<'_>,
    property: Property<'_>,
) -> Option<Name> {
    let text = property.1.as_str().map(Name::from);
    if text.is_none() {
        let wanted = words!("ein Text in Anführungszeichen", "a text in quotes");
        wrong(notes, declaring, property, (wanted, "\"…\""));
    }
    text
}

/// A whole number.
pub(super) fn integer(
    notes: &mut Vec<Diagnostic>,
    declaring: &Declaring<'_>,
    property: Property<'_>,
) -> Option<i64> {
    let number = property.1.as_integer();
    if number.is_none() {
        let wanted = words!("eine ganze Zahl", "a whole number");
        wrong(notes, declaring, property, (wanted, "100"));
    }
    number
}

/// A name or a list of names.
pub(super) fn names(
    notes: &mut Vec<Diagnostic>,
    declaring: &Declaring<'_>,
    property: Property<'_>,
) -> Vec<Name> {
    let found = listed(property.1);
    let count = match &property.1.value {
        Value::Array(items) => items.len(),
        _ => 1,
    };
    if found.len() < count {
        let wanted = words!("eine Liste von Namen", "a list of names");
        wrong(notes, declaring, property, (wanted, "[\"…\"]"));
    }
    found
}

/// The names in a list, or the one name.
pub(in crate::model) fn listed(node: &Node) -> Vec<Name> {
    match &node.value {
        Value::Array(items) => items.iter().filter_map(Node::as_str).map(Name::from).collect(),
        Value::String(text) => vec![text.clone()],
        _ => Vec::new(),
    }
}

/// A name for each of several names.
pub(super) fn name_map(
    notes: &mut Vec<Diagnostic>,
    declaring: &Declaring<'_>,
    property: Property<'_>,
) -> BTreeMap<Name, Name> {
    let wanted = || words!("eine Tabelle von Namen", "a table of names");
    if !property.1.is_table() {
        wrong(notes, declaring, property, (wanted(), "{ host = \"…\" }"));
    }
    let pairs = property.1.entries().iter();
    pairs
        .filter_map(|pair| {
            let value = text(notes, declaring, (&pair.0, &pair.1))?;
            Some((pair.0.name.clone(), value))
        })
        .collect()
}

/// `{ from = "…", to = "…" }`: the names of two fields.
pub(super) fn pair(
    notes: &mut Vec<Diagnostic>,
    declaring: &Declaring<'_>,
    property: Property<'_>,
) -> Option<(Name, Name)> {
    let name = |key| property.1.get(key).and_then(Node::as_str).map(Name::from);
    let pair = name("from").zip(name("to"));
    if pair.is_none() {
        let wanted = words!("eine Tabelle mit zwei Namen", "a table of two names");
        wrong(notes, declaring, property, (wanted, "{ from = \"…\", to = \"…\" }"));
    }
    pair
}

/// A text, or one per language.
pub(super) fn labels(
    notes: &mut Vec<Diagnostic>,
    declaring: &Declaring<'_>,
    property: Property<'_>,
) -> Labels {
    match &property.1.value {
        Value::String(text) => Labels::same(text),
        Value::Table(entries) => {
            let texts = entries.iter().filter_map(|(key, value)| {
                Some((key.name.clone(), text(notes, declaring, (key, value))?))
            });
            Labels(texts.collect())
        }
        _ => {
            let wanted = words!("ein Text, auch je Sprache", "a text, also per language");
            wrong(notes, declaring, property, (wanted, "{ de = \"…\", en = \"…\" }"));
            Labels::default()
        }
    }
}
