//! What a table lacks: fields that must be set, and alternatives of which one must.
//!
//! A field is not said to be missing where the program knows that it was written, only wrongly: on
//! a line that could not be read, under a misspelt name, or below a `[[table]]`.

use super::Reading;
use crate::diag::{Code, Diagnostic, Words};
use crate::model::datum::Row;
use crate::model::expected;
use crate::model::schema::{Field, Fields, Group, Type};
use crate::model::{ENGLISH, GERMAN};
use crate::parse::toml::Node;
use crate::words;

/// Reports each required field that is not set.
pub(super) fn required(
    notes: &mut Vec<Diagnostic>,
    reading: &Reading<'_>,
    (node, row): (&Node, &Row),
    (fields, above): (&Fields, Option<&Fields>),
) {
    if !node.is_table() || is_doubtful(reading, node) {
        return;
    }
    let needed = fields.iter().filter(|field| field.required && field.default.is_none());
    let missing: Vec<&Field> =
        needed.filter(|field| !is_written(reading, (node, row), &field.name)).collect();
    // A row has so few fields that an unknown key is one of those it lacks.
    if above.is_some() && missing.len() <= unclear(row) {
        return;
    }
    for field in missing {
        let name = &field.name;
        let (de, en) = (field.label.get(&GERMAN), field.label.get(&ENGLISH));
        notes.push(
            Diagnostic::new(
                reading.missing(),
                reading.span(&node.span),
                Words {
                    de: format!("die Angabe `{name}` fehlt{}", in_words(name, de)),
                    en: format!("the field `{name}` is missing{}", in_words(name, en)),
                },
            )
            .label(words!("muss hier stehen", "must be set here"))
            .help(way_out(reading, field)),
        );
    }
}

/// A field's label behind its name, where it says more.
fn in_words(name: &str, label: &str) -> String {
    if label.eq_ignore_ascii_case(name) { String::new() } else { format!(" ({label})") }
}

/// What to write for a field that is missing. Of a list the first value is no better than others.
fn way_out(reading: &Reading<'_>, field: &Field) -> Words {
    let name = &field.name;
    if let Type::Choice(choices) = &field.ty
        && !choices.is_empty()
    {
        let all: Vec<_> = choices.iter().map(|choice| format!("`{}`", choice.value)).collect();
        let all = all.join(", ");
        return words!(
            "schreiben Sie `{name} = \"…\"`; möglich sind {all}",
            "write `{name} = \"…\"`; the list has {all}"
        );
    }
    let example = expected::example(reading.schema, field);
    words!("schreiben Sie `{name} = {example}`", "write `{name} = {example}`")
}

/// Whether a table's header could not be read, so that its keys may be another's.
fn is_doubtful(reading: &Reading<'_>, node: &Node) -> bool {
    node.header && reading.damage.touches(&node.span)
}

/// Whether a field was written, be it wrongly.
fn is_written(reading: &Reading<'_>, (node, row): (&Node, &Row), name: &str) -> bool {
    node.get(name).is_some()
        || reading.damage.may_hide(node, name)
        || row.written_as(name).is_some()
}

/// How many keys are no fields, and nobody can tell which are meant.
fn unclear(row: &Row) -> usize {
    row.strays().iter().filter(|stray| !stray.above && stray.meant.is_none()).count()
}

/// Reports a group in which not exactly one of its alternatives is set.
pub(super) fn one_of(
    notes: &mut Vec<Diagnostic>,
    reading: &Reading<'_>,
    (node, row): (&Node, &Row),
    group: &Group,
) {
    if !node.is_table() || is_doubtful(reading, node) {
        return;
    }
    let is_one = |name: &str| group.one_of.iter().any(|one| &**one == name);
    let set: Vec<_> = node.entries().iter().filter(|(key, _)| is_one(&key.name)).collect();
    let written = group.one_of.iter().any(|name| is_written(reading, (node, row), name));
    if set.len() == 1 || set.is_empty() && (written || unclear(row) > 0) {
        return;
    }
    let (oder, or) = alternatives(group);
    let message = if set.is_empty() {
        Words { de: format!("es fehlt {oder}"), en: format!("{or} is missing") }
    } else {
        Words {
            de: format!("nur eine dieser Angaben ist möglich: {oder}"),
            en: format!("only one of these is possible: {or}"),
        }
    };
    let place = set.get(1).map_or(&node.span, |(key, _)| &key.span);
    let code = match (&*group.name, set.is_empty()) {
        ("relation", _) => Code::RelationRow,
        (_, true) => reading.missing(),
        (_, false) => Code::InvalidValue,
    };
    let mut note = Diagnostic::new(code, reading.span(place), message);
    if let Some((first, _)) = set.first().filter(|_| set.len() > 1) {
        let name = &first.name;
        note = note.also(
            reading.span(&first.span),
            words!("`{name}` steht schon da", "`{name}` is set already"),
        );
    }
    notes.push(note.help(one_of_help(group, (&oder, &or))));
}

/// The names of the alternatives, in German and in English.
fn alternatives(group: &Group) -> (String, String) {
    let names: Vec<_> = group.one_of.iter().map(|name| format!("`{name}`")).collect();
    match names.split_last() {
        Some((last, first @ [_, ..])) => {
            let first = first.join(", ");
            (format!("{first} oder {last}"), format!("{first} or {last}"))
        }
        _ => (names.join(""), names.join("")),
    }
}

/// Which of the alternatives to set.
fn one_of_help(group: &Group, (oder, or): (&str, &str)) -> Words {
    if &*group.name == "relation" {
        return words!(
            "`partner` nimmt die Kennung eines Eintrags, `name` den Namen von jemandem ohne Eintrag",
            "`partner` takes the id of an entry, `name` the name of somebody without one"
        );
    }
    words!("setzen Sie genau eine davon: {oder}", "set exactly one of them: {or}")
}
