//! Reading a table of TOML against the fields that a schema declares.
//!
//! The same reader serves entries, rows, settings, theme options and block parameters, so that a
//! misspelt setting is told as well as a misspelt field. It says all that is wrong and keeps what
//! is right.

mod absent;
mod stray;

use std::collections::BTreeSet;
use std::ops::Range;

use super::datum::{Datum, Row};
use super::rows::{self, Keys, Pairing};
use super::schema::{Field, Fields, Group, Name, Schema, Type};
use super::{repeated, text, value};
use crate::diag::{Code, Diagnostic, Span};
use crate::parse::toml::{Damage, Key, Node, Value, mentions};
use crate::path::RelPath;
use crate::words;

/// What is being read, and how.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    /// The schema, for the groups that tables are made of.
    pub schema: &'a Schema,
    /// The file.
    pub path: &'a RelPath,
    /// What of the file could not be read: values that touch a syntax error are left alone.
    pub damage: &'a Damage,
    /// In a translation, where only words may be set, the fields of the main file.
    pub words_of: Option<&'a Row>,
    /// What the fields belong to.
    pub owner: Owner<'a>,
}

/// What the fields that are being read belong to: decides which code an unknown one has.
#[derive(Clone, Copy)]
pub enum Owner<'a> {
    /// An entry of a kind.
    Entry(&'a str),
    /// A setting of `site.toml`.
    Settings,
    /// A theme's option.
    Options,
    /// A parameter of a block.
    Block(&'a str),
    /// The facts about a picture.
    Sidecar,
}

impl Reading<'_> {
    /// The span of some bytes of the file.
    pub fn span(&self, range: &Range<usize>) -> Span {
        Span::new(self.path, range.clone())
    }

    /// Whether only words may be set.
    pub fn words_only(&self) -> bool {
        self.words_of.is_some()
    }

    /// The code for a field that does not exist.
    fn unknown(&self) -> Code {
        match self.owner {
            Owner::Block(_) => Code::UnknownParameter,
            Owner::Entry(_) | Owner::Settings | Owner::Options | Owner::Sidecar => {
                Code::UnknownField
            }
        }
    }

    /// The code for a required field that is not set.
    fn missing(&self) -> Code {
        match self.owner {
            Owner::Block(_) => Code::MissingParameter,
            Owner::Entry(_) | Owner::Settings | Owner::Options | Owner::Sidecar => {
                Code::MissingField
            }
        }
    }
}

/// Reads a whole table: every key against `fields`, then what is missing. `above` are the fields
/// of the entry that the table stands in, for keys that slipped below a `[[table]]`.
pub fn table(
    notes: &mut Vec<Diagnostic>,
    reading: &Reading<'_>,
    node: &Node,
    (fields, above): (&Fields, Option<&Fields>),
) -> Row {
    let Value::Table(entries) = &node.value else {
        let mut row = Row { span: node.span.clone(), ..Row::default() };
        row.unread_mut().is_all = true;
        return row;
    };
    let mut row = Row::with_room(node.span.clone(), entries.len());
    for (key, value) in entries {
        match fields.get(&key.name) {
            Some(field) => {
                let around = (field, above.or(Some(fields)));
                let read = field_value(notes, reading, (key, value), around);
                if !is_read(reading, value, read.as_ref()) {
                    row.unread_mut().fields.push(field.name.clone());
                }
                if let Some((datum, parts)) = read {
                    row.push(&field.name, datum, value.span.clone());
                    if !parts.is_empty() {
                        row.parts.push((field.name.clone(), parts));
                    }
                }
            }
            None if reading.damage.touches(&key.span) => {}
            None => {
                let stray = stray::told(notes, reading, (key, value, node), (fields, above));
                row.unread_mut().strays.push(stray);
            }
        }
    }
    let hidden = reading.damage.hidden(node);
    let is_hidden = |field: &&Field| hidden.iter().any(|text| mentions(text, &field.name));
    for field in fields.iter().filter(is_hidden) {
        row.unread_mut().fields.push(field.name.clone());
    }
    if !reading.words_only() {
        absent::required(notes, reading, (node, &row), (fields, above));
    }
    row
}

/// Whether all that was written for a field came into its value.
fn is_read(reading: &Reading<'_>, node: &Node, read: Option<&Parts>) -> bool {
    match (&node.value, read) {
        (Value::Array(items), Some((Datum::List(found), _))) => {
            found.len() == items.len() && !reading.damage.touches(&node.span)
        }
        (_, read) => read.is_some(),
    }
}

/// Reads a group: its fields, and that exactly one of `one_of` is set.
pub fn group(
    notes: &mut Vec<Diagnostic>,
    reading: &Reading<'_>,
    node: &Node,
    (group, above): (&Group, Option<&Fields>),
) -> Row {
    let before = notes.len();
    let row = table(notes, reading, node, (&group.fields, above));
    let is_told = notes.len() > before || !group.one_of.is_empty();
    let is_entry = matches!(reading.owner, Owner::Entry(_) | Owner::Sidecar);
    if node.entries().is_empty()
        && node.is_table()
        && is_entry
        && !is_told
        && !reading.words_only()
        && !reading.damage.touches(&node.span)
    {
        notes.push(text::empty_table(&reading.span(&node.span)));
    }
    if !reading.words_only() && !group.one_of.is_empty() {
        absent::one_of(notes, reading, (node, &row), group);
    }
    if let Some(ty) =
        row.choice("type").filter(|_| &*group.name == "media" && !reading.words_only())
    {
        super::media::check(notes, reading, (&row, ty));
    }
    for (from, to) in group.window.iter().chain(&group.period) {
        check_order(notes, reading, &row, (from, to));
    }
    row
}

/// Reads a value by itself: a default.
pub fn value_of(
    notes: &mut Vec<Diagnostic>,
    reading: &Reading<'_>,
    node: &Node,
    field: &Field,
) -> Option<Datum> {
    let key = Key { name: field.name.clone(), span: node.span.clone() };
    field_value(notes, reading, (&key, node), (field, None)).map(|(datum, _)| datum)
}

/// Sets every field that is not set and has a default.
pub fn add_defaults(row: &mut Row, fields: &Fields) {
    let is_absent = |field: &&Field| field.default.is_some() && row.get(&field.name).is_none();
    let absent: Vec<&Field> = fields.iter().filter(is_absent).collect();
    row.make_room(absent.len());
    for field in absent {
        if let Some(default) = &field.default {
            row.push(&field.name, Datum::clone(default), row.span.clone());
        }
    }
}

/// Reports an end that lies before its start.
pub fn check_order(
    notes: &mut Vec<Diagnostic>,
    reading: &Reading<'_>,
    row: &Row,
    (from, to): (&str, &str),
) {
    let (Some(start), Some(end)) = (row.when(from), row.when(to)) else { return };
    if end.last() > start.first() || end.last() == start.first() && end == start {
        return;
    }
    let (Some(start_at), Some(end_at)) = (row.span_of(from), row.span_of(to)) else { return };
    let message = words!("`{to}` liegt vor `{from}`", "`{to}` lies before `{from}`");
    let note = Diagnostic::new(Code::EndBeforeStart, reading.span(&end_at), message)
        .label(words!("endet, bevor es beginnt", "ends before it begins"))
        .also(reading.span(&start_at), words!("der Beginn", "the start"))
        .help(words!("prüfen Sie beide Angaben", "check both dates"));
    notes.push(note);
}

/// A value, and where its items stand if it is a list.
type Parts = (Datum, Vec<Range<usize>>);

/// Reads one field: a single value or a list of them.
fn field_value(
    notes: &mut Vec<Diagnostic>,
    reading: &Reading<'_>,
    (key, node): (&Key, &Node),
    (field, above): (&Field, Option<&Fields>),
) -> Option<Parts> {
    // What lies in a list or table is looked at by itself.
    let holds_others = matches!(node.value, Value::Array(_) | Value::Table(_));
    let is_broken = reading.damage.touches(&node.span) && !holds_others;
    if is_broken || matches!(node.value, Value::Broken) {
        return None;
    }
    if reading.words_only() && !holds_words(reading.schema, field) {
        notes.push(repeated_fact(reading, &key.span, field));
        return None;
    }
    if !field.many {
        let one = value::read(notes, reading, node, (field, above));
        return one.map(|one| (one, Vec::new()));
    }
    let keys = reading.words_of.map(|main| Keys::of(main, field));
    let Value::Array(items) = &node.value else {
        let one = item(notes, reading, (node, keys.as_ref()), (field, above));
        return one.map(|one| (Datum::List(vec![one]), Vec::new()));
    };
    if field.required && items.is_empty() {
        notes.push(text::empty_list(&reading.span(&node.span), field));
        return None;
    }
    repeated::check(notes, reading, (field, items));
    let (mut found, mut parts) = (Vec::new(), Vec::new());
    for node in items {
        if let Some(one) = item(notes, reading, (node, keys.as_ref()), (field, above)) {
            found.push(one);
            parts.push(node.span.clone());
        }
    }
    // A list that was not read in full cannot be compared with the main file's.
    let is_whole = found.len() == items.len() || !reading.words_only() || field.extend;
    is_whole.then_some((Datum::List(found), parts))
}

/// Reads one item of a list.
fn item(
    notes: &mut Vec<Diagnostic>,
    reading: &Reading<'_>,
    (node, keys): (&Node, Option<&Keys<'_>>),
    (field, above): (&Field, Option<&Fields>),
) -> Option<Datum> {
    let pairing = keys.map(|keys| (keys, rows::pairing(reading.schema, field, (keys, node))));
    match pairing {
        None | Some((_, Pairing::Words)) => value::read(notes, reading, node, (field, above)),
        Some((_, Pairing::Whole)) => {
            let whole = Reading { words_of: None, ..*reading };
            let before = notes.len();
            let read = value::read(notes, &whole, node, (field, above));
            rows::explain(notes.get_mut(before..).unwrap_or_default(), field);
            read
        }
        Some((keys, Pairing::Unknown(key))) => {
            let is_doubtful = reading.words_of.is_some_and(|main| main.may_lack(&field.name));
            notes.extend((!is_doubtful).then(|| rows::unknown_key(reading, (field, keys), key)));
            None
        }
    }
}

/// Whether a translation may set the field: it, or something in its rows, is words.
pub fn holds_words(schema: &Schema, field: &Field) -> bool {
    field_holds_words(schema, field, &mut BTreeSet::new())
}

/// Whether a field is words or holds some, apart from the groups that are known not to.
fn field_holds_words<'a>(
    schema: &'a Schema,
    field: &'a Field,
    known: &mut BTreeSet<&'a Name>,
) -> bool {
    if field.translatable {
        return true;
    }
    match &field.ty {
        Type::Table(name) if known.insert(name) => schema.group(name).is_some_and(|group| {
            let mut fields = group.fields.iter().filter(|inner| &*inner.name != "key");
            fields.any(|inner| field_holds_words(schema, inner, known))
        }),
        Type::Picture => true,
        _ => false,
    }
}

/// A fact in a translation.
pub(super) fn repeated_fact(
    reading: &Reading<'_>,
    place: &Range<usize>,
    field: &Field,
) -> Diagnostic {
    let name = &field.name;
    let is_set = reading.words_of.is_some_and(|main| main.get(name).is_some());
    let note = Diagnostic::new(
        Code::TranslationFact,
        reading.span(place),
        words!(
            "`{name}` gehört nicht in eine Übersetzung",
            "`{name}` does not belong in a translation"
        ),
    )
    .label(match is_set {
        true => words!("steht schon in der Hauptdatei", "is in the main file already"),
        false => words!("gehört in die Hauptdatei", "belongs in the main file"),
    });
    if !is_set {
        return note.help(words!(
            "verschieben Sie die Zeile in die Hauptdatei, wenn sie dort fehlt, sonst löschen Sie sie: Daten, Orte, Zahlen und Verweise stehen nur dort",
            "move the line to the main file if it is missing there, else delete it: dates, places, numbers and references stand there only"
        ));
    }
    note.help(words!(
        "löschen Sie die Zeile: Daten, Orte, Zahlen und Verweise kommen aus der Hauptdatei",
        "delete the line: dates, places, numbers and references come from the main file"
    ))
}
