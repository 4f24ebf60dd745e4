//! Keys that are no fields: misspelt, in the wrong table, or the other side of a relation.

use super::{Owner, Reading, holds_words};
use crate::diag::{Code, Diagnostic, Words, suggest};
use crate::model::datum::unread::Stray;
use crate::model::schema::{Field, Fields, Name};
use crate::model::{ENGLISH, GERMAN, inverse};
use crate::parse::toml::{Key, Node};
use crate::words;

/// Says what is wrong with a key; the other side of a relation is left to those who know all
/// entries.
pub(super) fn told(
    notes: &mut Vec<Diagnostic>,
    reading: &Reading<'_>,
    (key, value, table): (&Key, &Node, &Node),
    (fields, above): (&Fields, Option<&Fields>),
) -> Stray {
    let stray = |meant: Option<&str>, is_above| Stray {
        key: key.clone(),
        value: value.clone(),
        meant: meant.map(Name::from),
        above: is_above,
    };
    let above = above.filter(|_| table.header);
    if let Owner::Entry(kind) = reading.owner
        && inverse::source_of(reading.schema, kind, &key.name).is_some()
    {
        return stray(None, above.is_some());
    }
    let is_entry = matches!(reading.owner, Owner::Entry(_));
    if is_entry && (reading.schema.is_partial || reading.schema.lost.contains(&key.name)) {
        return stray(None, false);
    }
    if above.is_some_and(|fields| fields.get(&key.name).is_some()) {
        notes.push(misplaced(reading, key, table));
        return stray(Some(&key.name), true);
    }
    let mut found = similar(fields, &key.name);
    // What is set already is not meant, nor what must not be set.
    found.retain(|name| table.get(name).is_none() && may_set(reading, fields, name));
    let mut found_above = above.map(|fields| similar(fields, &key.name)).unwrap_or_default();
    found_above.retain(|name| above.is_some_and(|fields| may_set(reading, fields, name)));
    notes.push(unknown(reading, key, (fields, &found, &found_above)));
    match (found.as_slice(), found_above.as_slice()) {
        ([only], _) => stray(Some(only), false),
        ([], [only]) => stray(Some(only), true),
        _ => stray(None, false),
    }
}

/// Whether a field may be set: in a translation only if it holds words.
fn may_set(reading: &Reading<'_>, fields: &Fields, name: &str) -> bool {
    let holds = |field| holds_words(reading.schema, field);
    !reading.words_only() || fields.get(name).is_some_and(holds)
}

/// The fields that are called nearly so, in code or in words.
fn similar(fields: &Fields, name: &str) -> Vec<String> {
    let known: Vec<_> = fields
        .iter()
        .map(|field| (&*field.name, [field.label.get(&GERMAN), field.label.get(&ENGLISH)]))
        .collect();
    suggest::closest_labelled(name, known.into_iter())
}

/// A key that no field has; fields of this table that may be meant, and of the one above it.
fn unknown(
    reading: &Reading<'_>,
    key: &Key,
    (fields, found, found_above): (&Fields, &[String], &[String]),
) -> Diagnostic {
    let name = &key.name;
    let span = reading.span(&key.span);
    let what = match reading.owner {
        Owner::Block(block) => words!(
            "der Baustein `{block}` hat keine Angabe `{name}`",
            "the block `{block}` has no parameter `{name}`"
        ),
        Owner::Entry(_) | Owner::Settings | Owner::Options | Owner::Sidecar => {
            words!("unbekannte Angabe `{name}`", "unknown field `{name}`")
        }
    };
    let note = Diagnostic::new(reading.unknown(), span.clone(), what)
        .label(words!("gibt es hier nicht", "does not exist here"));
    match (found, suggest::did_you_mean(found), found_above) {
        ([only], Some(text), _) => note.fix(text, span, only.clone()),
        (_, Some(text), _) => note.help(text),
        (_, None, [only]) => note.help(words!(
            "ähnlich heißt `{only}`; das gehört über die erste Zeile mit eckigen Klammern",
            "did you mean `{only}`? it belongs above the first line in square brackets"
        )),
        _ => note.help(list(reading, fields)),
    }
}

/// A field of the entry that stands below a `[[table]]`.
fn misplaced(reading: &Reading<'_>, key: &Key, table: &Node) -> Diagnostic {
    let name = &key.name;
    Diagnostic::new(
        Code::MisplacedField,
        reading.span(&key.span),
        words!("`{name}` steht unter einer Tabelle", "`{name}` stands below a table"),
    )
    .label(words!("gehört so zur Tabelle darüber", "belongs to the table above it"))
    .also(reading.span(&table.span), words!("diese Tabelle", "this table"))
    .help(match reading.path.name().starts_with("_entries.") {
        true => words!(
            "setzen Sie `{name}` unter sein `[[entry]]`, über die nächste Zeile mit eckigen Klammern",
            "move `{name}` below its `[[entry]]`, above the next line in square brackets"
        ),
        false => words!(
            "setzen Sie `{name}` über die erste Zeile mit eckigen Klammern",
            "move `{name}` above the first line in square brackets"
        ),
    })
}

/// The fields that may be set, the basic ones first.
fn list(reading: &Reading<'_>, fields: &Fields) -> Words {
    let may_be_set = |field: &&Field| may_set(reading, fields, &field.name);
    let fields: Vec<&Field> = fields.iter().filter(may_be_set).collect();
    let basic = fields.iter().filter(|field| field.basic);
    // `key` pairs rows with their translation, which is hardly what somebody is looking for.
    let others = fields.iter().filter(|field| !field.basic && &*field.name != "key");
    let names: Vec<_> =
        basic.chain(others).take(12).map(|field| format!("`{}`", field.name)).collect();
    if names.is_empty() {
        return words!("löschen Sie die Zeile", "delete the line");
    }
    let list = names.join(", ");
    let more = if fields.len() > 12 { ", …" } else { "" };
    words!("möglich sind {list}{more}", "there are {list}{more}")
}
