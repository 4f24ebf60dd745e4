//! The other side of a relation, written by hand.
//!
//! A relation has one home. Who writes it on the other side as well has to be told where the home
//! is, so this looks at all entries once they are known.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::datum::unread::Stray;
use super::datum::{Datum, Row};
use super::entry::{Entry, EntryId};
use super::inverse::{self, Source};
use super::schema::{Schema, Type};
use super::sections::Sections;
use crate::diag::{Code, Diagnostic, Span, Words};
use crate::parse::toml::{Node, Value};
use crate::path::RelPath;
use crate::words;

/// So many files are named for one key.
const MOST: usize = 3;

/// Reports every inverse that is written by hand.
pub fn check(
    notes: &mut Vec<Diagnostic>,
    (schema, sections): (&Schema, &Sections),
    entries: &BTreeMap<EntryId, Arc<Entry>>,
) {
    let mut sources = None;
    let entries_with_strays =
        entries.par_iter().filter(|(_, entry)| rows(entry).any(|(_, row)| !all(row).is_empty()));
    for (_, entry) in entries_with_strays.collect::<Vec<_>>() {
        for (path, row) in rows(entry) {
            for stray in all(row) {
                let sources = sources.get_or_insert_with(|| inverse::sources(schema));
                let seen: Vec<&Source> = sources
                    .iter()
                    .filter(|source| source.inverse == stray.key.name)
                    .filter(|source| source.targets.contains(&entry.id.kind))
                    .collect();
                if let Some(first) = seen.first() {
                    let note = written(path, stray);
                    let folder = sections.of_kind(&first.kind);
                    notes.push(advise(note, (schema, entries, folder), (entry, stray), &seen));
                }
            }
        }
    }
}

/// The fields of an entry and of its translations, with their files.
fn rows(entry: &Entry) -> impl Iterator<Item = (&RelPath, &Row)> {
    let words = entry.words.values().map(|words| (&words.path, &words.row));
    std::iter::once((&entry.path, &entry.facts)).chain(words)
}

/// The keys that are no fields, of an entry and of its rows.
fn all(row: &Row) -> Vec<&Stray> {
    fn collect<'a>(datum: &'a Datum, found: &mut Vec<&'a Stray>) {
        match datum {
            Datum::List(items) => items.iter().for_each(|item| collect(item, found)),
            Datum::Row(row) => {
                found.extend(row.strays());
                row.values.iter().for_each(|(_, datum)| collect(datum, found));
            }
            _ => {}
        }
    }
    let mut found: Vec<&Stray> = row.strays().iter().collect();
    row.values.iter().for_each(|(_, datum)| collect(datum, &mut found));
    found.retain(|stray| stray.meant.is_none());
    found
}

/// What is wrong.
fn written(path: &RelPath, stray: &Stray) -> Diagnostic {
    let name = &stray.key.name;
    let span = Span::new(path, stray.key.span.clone());
    let message =
        words!("`{name}` wird nicht von Hand geschrieben", "`{name}` is not written by hand");
    Diagnostic::new(Code::InverseWritten, span, message)
        .label(words!("entsteht von selbst", "is made by itself"))
}

/// Adds where to write it: in the files of the entries that are named, or of the kind's section.
fn advise(
    mut note: Diagnostic,
    (schema, entries, folder): (&Schema, &BTreeMap<EntryId, Arc<Entry>>, Option<&str>),
    (entry, stray): (&Entry, &Stray),
    sources: &[&Source],
) -> Diagnostic {
    let mut named = 0;
    for id in ids(&stray.value).into_iter().take(MOST) {
        let home = sources.iter().find_map(|source| {
            let id = id.rsplit(':').next().unwrap_or(id);
            Some((source, entries.get(&EntryId::new(&source.kind, id))?))
        });
        if let Some((source, home)) = home {
            note = note.help(in_file(schema, (entry, home), source));
            named += 1;
        }
    }
    match (named, sources.first(), folder) {
        (0, Some(source), Some(folder)) => {
            let field = &source.field;
            note.help(words!(
                "löschen Sie die Zeile und tragen Sie die Beziehung auf der anderen Seite ein: in den Dateien unter `content/{folder}/`, in der Angabe `{field}`",
                "delete the line and write the relation on the other side: in the files below `content/{folder}/`, in their field `{field}`"
            ))
        }
        (0, Some(source), None) => {
            let (kind, field) = (&source.kind, &source.field);
            note.help(words!(
                "löschen Sie die Zeile und tragen Sie die Beziehung auf der anderen Seite ein: bei der Art `{kind}`, in der Angabe `{field}`",
                "delete the line and write the relation on the other side: in entries of kind `{kind}`, in their field `{field}`"
            ))
        }
        _ => note,
    }
}

/// What to write into one file, if it does not stand there yet.
fn in_file(schema: &Schema, (entry, home): (&Entry, &Entry), source: &Source) -> Words {
    let (path, field, id) = (&home.path, &source.field, &entry.id.id);
    if home.facts.get(field).is_some_and(|datum| mentions(datum, id)) {
        return words!(
            "löschen Sie die Zeile: die Beziehung steht schon in `{path}`",
            "delete the line: the relation is in `{path}` already"
        );
    }
    let declared = schema.kind(&source.kind).and_then(|kind| kind.fields.get(field));
    let is_list = declared.is_some_and(|field| field.many);
    let takes_ids = declared.is_some_and(|field| match &field.ty {
        Type::Ref(_) => true,
        Type::Table(group) => {
            field.inverse.is_some() && schema.group(group).is_some_and(|g| g.reference.is_some())
        }
        _ => false,
    });
    if !takes_ids {
        return words!(
            "löschen Sie die Zeile und tragen Sie `{id}` in `{path}` ein, in der Angabe `{field}`",
            "delete the line and write `{id}` into `{path}`, in its field `{field}`"
        );
    }
    let prefix =
        if source.targets.len() > 1 { format!("{}:", entry.id.kind) } else { String::new() };
    if is_list && home.facts.get(field).is_some() {
        return words!(
            "löschen Sie die Zeile und ergänzen Sie in `{path}` die Liste `{field}` um `\"{prefix}{id}\"`",
            "delete the line and add `\"{prefix}{id}\"` to the list `{field}` in `{path}`"
        );
    }
    let value = if is_list { format!("[\"{prefix}{id}\"]") } else { format!("\"{prefix}{id}\"") };
    words!(
        "löschen Sie die Zeile und schreiben Sie in `{path}`: `{field} = {value}`",
        "delete the line and write in `{path}`: `{field} = {value}`"
    )
}

/// The ids in a value: texts, and the texts of rows.
fn ids(node: &Node) -> Vec<&str> {
    match &node.value {
        Value::String(text) => vec![text],
        Value::Array(items) => items.iter().flat_map(ids).collect(),
        Value::Table(entries) => entries.iter().filter_map(|(_, value)| value.as_str()).collect(),
        _ => Vec::new(),
    }
}

/// Whether a value refers to an id.
fn mentions(datum: &Datum, id: &str) -> bool {
    match datum {
        Datum::Ref(reference) => &*reference.id == id,
        Datum::List(items) => items.iter().any(|item| mentions(item, id)),
        Datum::Row(row) => row.values.iter().any(|(_, datum)| mentions(datum, id)),
        _ => false,
    }
}
