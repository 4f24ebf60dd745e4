//! Pairing the rows of a translated list with those of the main file.
//!
//! Most lists have the same rows in every language: a translation gives their words, in the same
//! order or by `key`. A list that translations may extend is another matter: there a row whose `key`
//! the main file has gives words, and any other is a row of its own, with facts.

use std::cell::Cell;

use rustc_hash::FxHashSet;

use super::datum::{Datum, Row};
use super::read::{Reading, holds_words};
use super::schema::{Field, Fields, Schema, Type};
use crate::diag::{Code, Diagnostic, Help, Span, suggest};
use crate::parse::toml::Node;
use crate::words;

/// What a row of a translation is.
pub(super) enum Pairing<'a> {
    /// The words of a row of the main file.
    Words,
    /// A row of its own.
    Whole,
    /// Nothing but words for a key that the main file does not have.
    Unknown(&'a Node),
}

/// For so many unknown keys of a list others are proposed.
const MOST: usize = 20;

/// The keys of the main file's rows.
pub(super) struct Keys<'a> {
    /// The rows.
    main: &'a [Datum],
    /// Their keys.
    known: FxHashSet<&'a str>,
    /// How many that are unknown were told.
    told: Cell<usize>,
}

impl<'a> Keys<'a> {
    /// The keys of the list of a field.
    pub(super) fn of(main: &'a Row, field: &Field) -> Self {
        let main = main.items(&field.name);
        Self { main, known: main.iter().filter_map(key).collect(), told: Cell::new(0) }
    }
}

/// What one item of a translated list is, given the keys of the main file's.
pub(super) fn pairing<'a>(
    schema: &Schema,
    field: &Field,
    (keys, item): (&Keys<'_>, &'a Node),
) -> Pairing<'a> {
    if !field.extend {
        return Pairing::Words;
    }
    let Some(written) = item.get("key") else { return Pairing::Whole };
    if written.as_str().is_some_and(|written| keys.known.contains(written)) {
        return Pairing::Words;
    }
    let Type::Table(name) = &field.ty else { return Pairing::Whole };
    let Some(group) = schema.group(name) else { return Pairing::Whole };
    let is_words = |name: &str| {
        let inner = group.fields.get(name);
        name == "key" || inner.is_some_and(|inner| holds_words(schema, inner))
    };
    match item.entries().iter().all(|(key, _)| is_words(&key.name)) {
        true => Pairing::Unknown(written),
        false => Pairing::Whole,
    }
}

/// A key that no row of the main file has.
pub(super) fn unknown_key(
    reading: &Reading<'_>,
    (field, keys): (&Field, &Keys<'_>),
    written: &Node,
) -> Diagnostic {
    no_such_key((field, keys), written.as_str().unwrap_or("…"), reading.span(&written.span))
}

/// A key that no row of the main file has, and those that some have.
fn no_such_key((field, keys): (&Field, &Keys<'_>), written: &str, span: Span) -> Diagnostic {
    let name = &field.name;
    let message = words!(
        "`{name}` hat in der Hauptdatei keine Zeile mit dem Schlüssel `{written}`",
        "`{name}` has no row with the key `{written}` in the main file"
    );
    let note = Diagnostic::new(Code::TranslationRows, span.clone(), message);
    keys.told.set(keys.told.get() + 1);
    let is_few = keys.told.get() <= MOST;
    let known = keys.main.iter().filter(|_| is_few).filter_map(key);
    let found = suggest::closest(written, known);
    match (found.as_slice(), suggest::did_you_mean(&found)) {
        ([only], Some(text)) => note.fix(text, span, format!("\"{only}\"")),
        (_, Some(text)) => note.help(text),
        _ => note.help(words!(
            "geben Sie der Zeile in der Hauptdatei denselben Schlüssel: `key = \"{written}\"`",
            "give the row in the main file the same key: `key = \"{written}\"`"
        )),
    }
}

/// Adds to what is said of a row of its own how to translate one of the main file's instead.
pub(super) fn explain(notes: &mut [Diagnostic], field: &Field) {
    let missing = notes.iter_mut().filter(|note| note.code == Code::MissingField);
    if !matches!(field.ty, Type::Table(_)) {
        return;
    }
    for note in missing {
        note.help.push(Help {
            text: words!(
                "um eine Zeile der Hauptdatei zu übersetzen, geben Sie beiden denselben `key`",
                "to translate a row of the main file, give both the same `key`"
            ),
            fix: None,
        });
    }
}

/// Reports lists whose translation has other rows than the main file, and words for what the main
/// file does not have at all.
pub fn check(
    notes: &mut Vec<Diagnostic>,
    reading: &Reading<'_>,
    (main, translated): (&Row, &Row),
    fields: &Fields,
) {
    for (at, (name, datum)) in translated.values.iter().enumerate() {
        let Some(field) = fields.get(name).filter(|field| !field.extend) else { continue };
        // What is wrong in the main file may be all that is wrong here.
        if main.may_lack(name) {
            continue;
        }
        let span = reading.span(&translated.spans.get(at).cloned().unwrap_or_default());
        let expected = main.items(name);
        match datum {
            Datum::List(rows) if expected.is_empty() && !rows.is_empty() => {
                notes.push(not_in_main(field, span));
            }
            Datum::Row(_) if expected.is_empty() => notes.push(not_in_main(field, span)),
            Datum::List(rows) if is_keyed(field, rows) => {
                let keys = Keys::of(main, field);
                notes.extend(
                    rows.iter().filter_map(|row| unknown_row(reading, field, (&keys, row))),
                );
            }
            Datum::List(rows) => notes.extend(mismatch(span, field, (expected, rows))),
            _ => {}
        }
    }
}

/// Words for something that the main file does not have.
fn not_in_main(field: &Field, span: Span) -> Diagnostic {
    let name = &field.name;
    let message =
        words!("`{name}` steht nicht in der Hauptdatei", "`{name}` is not in the main file");
    Diagnostic::new(Code::TranslationRows, span, message).help(words!(
        "tragen Sie die Angabe zuerst in die Hauptdatei ein, oder löschen Sie sie hier",
        "set the field in the main file first, or delete it here"
    ))
}

/// Whether rows are paired by their keys.
fn is_keyed(field: &Field, rows: &[Datum]) -> bool {
    matches!(field.ty, Type::Table(_))
        && !rows.is_empty()
        && rows.iter().all(|row| key(row).is_some())
}

/// A row whose key no row of the main file has.
fn unknown_row(
    reading: &Reading<'_>,
    field: &Field,
    (keys, row): (&Keys<'_>, &Datum),
) -> Option<Diagnostic> {
    let Datum::Row(words) = row else { return None };
    let wanted = key(row)?;
    let place = reading.span(&words.span_of("key")?);
    (!keys.known.contains(wanted)).then(|| no_such_key((field, keys), wanted, place))
}

/// Why the rows cannot be paired, if they cannot.
fn mismatch(
    span: Span,
    field: &Field,
    (main, translated): (&[Datum], &[Datum]),
) -> Option<Diagnostic> {
    let name = &field.name;
    let is_table = matches!(field.ty, Type::Table(_));
    let (have, want) = (translated.len(), main.len());
    if have == want {
        return None;
    }
    let rows = |count: usize| match count {
        1 => words!("eine Zeile", "1 row"),
        _ => words!("{count} Zeilen", "{count} rows"),
    };
    let (have, want) = (rows(have), rows(want));
    let (have_de, want_de, have_en, want_en) = (have.de, want.de, have.en, want.en);
    let message = words!(
        "`{name}` hat hier {have_de}, in der Hauptdatei {want_de}",
        "`{name}` has {have_en} here, {want_en} in the main file"
    );
    let note = Diagnostic::new(Code::TranslationRows, span, message);
    Some(if is_table {
        note.help(words!(
            "schreiben Sie {want_de} in derselben Reihenfolge; was sich nicht ändert, bleibt leer: `{{}}`",
            "write {want_en} in the same order; leave what does not change empty: `{{}}`"
        ))
    } else {
        note.help(words!(
            "schreiben Sie {want_de} in derselben Reihenfolge",
            "write {want_en} in the same order"
        ))
    })
}

/// The key of a row.
pub fn key(datum: &Datum) -> Option<&str> {
    match datum {
        Datum::Row(row) => row.text("key").map(|key| &**key),
        _ => None,
    }
}

/// The words of a translation for the row at `at` of the main file's list.
pub fn partner<'a>(
    field: &Field,
    (main, at): (&Datum, usize),
    translated: &'a [Datum],
) -> Option<&'a Datum> {
    let same = translated.get(at);
    match key(main) {
        // Most translations keep the order.
        Some(wanted) if same.and_then(key) == Some(wanted) => same,
        Some(wanted) if field.extend || translated.iter().any(|row| key(row).is_some()) => {
            translated.iter().find(|row| key(row) == Some(wanted))
        }
        _ if field.extend => None,
        _ => translated.get(at),
    }
}

/// The rows that a translation adds to a list that it may extend.
pub fn added<'a>(
    field: &Field,
    main: &[Datum],
    translated: &'a [Datum],
) -> impl Iterator<Item = &'a Datum> {
    let extends = field.extend;
    let known: FxHashSet<&str> = main.iter().filter_map(key).collect();
    let is_known = move |row: &Datum| key(row).is_some_and(|key| known.contains(key));
    translated.iter().filter(move |row| extends && !is_known(row))
}
