//! Reading one value of a field.

use std::sync::Arc;

use super::datum::{Datum, FileRef, Reference, Row};
use super::expected::wrong_type;
use super::read::{Reading, group, repeated_fact};
use super::schema::{Choice, Field, Fields, Kind, Labels, Name, Type};
use super::{address, date, number, plain, text};
use crate::diag::{Code, Diagnostic, Span, suggest};
use crate::lang::Lang;
use crate::parse::toml::{Node, Value};
use crate::parse::{Place, markdown};
use crate::words;

/// Reads one value. `None` if it could not be read; then something was reported.
pub fn read(
    notes: &mut Vec<Diagnostic>,
    reading: &Reading<'_>,
    node: &Node,
    (field, above): (&Field, Option<&Fields>),
) -> Option<Datum> {
    let span = reading.span(&node.span);
    match &field.ty {
        Type::Raw => Some(Datum::Raw(Arc::new(node.clone()))),
        Type::Table(name) => table(notes, reading, node, (name, field, above)),
        Type::Picture => picture(notes, reading, node, field),
        Type::Date | Type::Moment => date::read(notes, reading, node, field).map(Datum::When),
        Type::Integer | Type::Number => number::number(notes, reading, node, field),
        Type::Bool => match node.value {
            Value::Bool(value) => Some(Datum::Bool(value)),
            _ => wrong_type(notes, reading, node, field),
        },
        Type::Words if matches!(node.value, Value::Table(_)) => {
            labels(notes, reading, node).map(Datum::Words)
        }
        _ => {
            let Value::String(text) = &node.value else {
                return wrong_type(notes, reading, node, field);
            };
            text::check(notes, reading, (&span, text), field)?;
            text_value(notes, reading, (text, node), field)
        }
    }
}

/// Reads a value that is written as text.
fn text_value(
    notes: &mut Vec<Diagnostic>,
    reading: &Reading<'_>,
    (text, node): (&Arc<str>, &Node),
    field: &Field,
) -> Option<Datum> {
    let span = reading.span(&node.span);
    match &field.ty {
        Type::Words => Some(Datum::Words(Labels::same(text))),
        Type::Markdown => {
            let markup = markdown::inline(notes, text, &place_of(reading, node, text));
            Some(Datum::Markup(Arc::new(markup)))
        }
        Type::Prose => {
            let markup = markdown::prose(notes, text, &place_of(reading, node, text));
            Some(Datum::Markup(Arc::new(markup)))
        }
        Type::Choice(choices) => choice(notes, &span, text, (field, choices)).map(Datum::Choice),
        Type::Ref(kinds) => reference(notes, span, text, kinds).map(Datum::Ref),
        Type::Kind => kind(notes, reading, (&span, text)).map(Datum::Text),
        Type::Url => address::url(notes, &span, text, field).map(Datum::Text),
        Type::Email => address::email(notes, &span, text).map(Datum::Text),
        Type::Phone => address::phone(notes, &span, text).map(Datum::Text),
        Type::File => {
            address::file(notes, &span, text).map(|path| Datum::File(FileRef { path, span }))
        }
        Type::Language => text::language(notes, &span, text).map(Datum::Language),
        Type::Colour => text::colour(notes, &span, text).map(Datum::Text),
        Type::Text => {
            plain::check(notes, text, &place_of(reading, node, text), field);
            Some(Datum::Text(text.clone()))
        }
        Type::Integer
        | Type::Number
        | Type::Bool
        | Type::Date
        | Type::Moment
        | Type::Picture
        | Type::Table(_)
        | Type::Raw => Some(Datum::Text(text.clone())),
    }
}

/// Where the text of a value stands: byte for byte in the file, unless it has escapes. A text of
/// as many bytes as its span less the quotes has none.
pub fn place_of(reading: &Reading<'_>, node: &Node, text: &str) -> Place {
    let quotes = node.span.len().saturating_sub(text.len());
    match quotes {
        2 => Place::At(reading.path.clone(), node.span.start + 1),
        6 => Place::At(reading.path.clone(), node.span.start + 3),
        7 => Place::At(reading.path.clone(), node.span.start + 4),
        _ => Place::Within(reading.span(&node.span)),
    }
}

/// Reads a group of fields, or the one reference that stands for it.
fn table(
    notes: &mut Vec<Diagnostic>,
    reading: &Reading<'_>,
    node: &Node,
    (name, field, above): (&Name, &Field, Option<&Fields>),
) -> Option<Datum> {
    let declared = reading.schema.group(name)?;
    match (&node.value, &declared.reference) {
        (Value::Table(_), _) => {
            Some(Datum::Row(Box::new(group(notes, reading, node, (declared, above)))))
        }
        (Value::String(text), Some(reference_field)) if !reading.words_only() => {
            let Type::Ref(kinds) = &declared.fields.get(reference_field)?.ty else { return None };
            let id = reference(notes, reading.span(&node.span), text, kinds)?;
            let mut row = Row::with_room(node.span.clone(), 1);
            row.push(reference_field, Datum::Ref(id), node.span.clone());
            Some(Datum::Row(Box::new(row)))
        }
        (Value::String(_), Some(_)) => {
            notes.push(repeated_fact(reading, &node.span, field));
            None
        }
        _ => wrong_type(notes, reading, node, field),
    }
}

/// Reads a picture: a path, or a table with the path and words for this use.
fn picture(
    notes: &mut Vec<Diagnostic>,
    reading: &Reading<'_>,
    node: &Node,
    field: &Field,
) -> Option<Datum> {
    let span = reading.span(&node.span);
    match &node.value {
        Value::String(text) if !reading.words_only() => {
            let path = address::file(notes, &span, text)?;
            let mut row = Row::with_room(node.span.clone(), 1);
            row.push(&Name::from("file"), Datum::File(FileRef { path, span }), node.span.clone());
            Some(Datum::Row(Box::new(row)))
        }
        Value::Table(_) => {
            let declared = reading.schema.group("picture_use")?;
            Some(Datum::Row(Box::new(group(notes, reading, node, (declared, None)))))
        }
        Value::String(_) => {
            let name = &field.name;
            notes.push(repeated_fact(reading, &node.span, field).help(words!(
                "um die Beschreibung zu übersetzen, schreiben Sie `{name} = {{ alt = \"…\" }}`",
                "to translate the description, write `{name} = {{ alt = \"…\" }}`"
            )));
            None
        }
        _ => wrong_type(notes, reading, node, field),
    }
}

/// A value that the field's list does not have.
fn choice(
    notes: &mut Vec<Diagnostic>,
    span: &Span,
    text: &Arc<str>,
    (field, choices): (&Field, &[Choice]),
) -> Option<Name> {
    // That there are no values to choose from was reported.
    if choices.is_empty() {
        return None;
    }
    if let Some(choice) = choices.iter().find(|choice| choice.value == *text) {
        return Some(choice.value.clone());
    }
    let known: Vec<_> = choices
        .iter()
        .map(|choice| {
            let labels = [choice.label.get(&super::GERMAN), choice.label.get(&super::ENGLISH)];
            (&*choice.value, labels.map(str::to_owned).to_vec())
        })
        .collect();
    let found = suggest::closest_labelled(
        text,
        known.iter().map(|(n, l)| (*n, l.iter().map(String::as_str))),
    );
    let name = &field.name;
    let mut note = Diagnostic::new(
        Code::UnknownChoice,
        span.clone(),
        words!("`{name}` kann nicht `{text}` sein", "`{name}` cannot be `{text}`"),
    )
    .label(words!("steht nicht in der Liste", "is not in the list"));
    match (found.as_slice(), suggest::did_you_mean(&found)) {
        ([only], Some(text)) => note = note.fix(text, span.clone(), format!("\"{only}\"")),
        (_, Some(text)) => note = note.help(text),
        _ => {}
    }
    let all: Vec<_> = choices.iter().map(|choice| format!("`{}`", choice.value)).collect();
    let all = all.join(", ");
    notes.push(note.help(words!("möglich sind {all}", "the list has {all}")));
    None
}

/// The name of a kind. The settings, which are read before kinds are known, are checked later.
fn kind(
    notes: &mut Vec<Diagnostic>,
    reading: &Reading<'_>,
    (span, text): (&Span, &Arc<str>),
) -> Option<Arc<str>> {
    let known: Vec<_> = reading.schema.public_kinds().collect();
    if known.is_empty() || reading.schema.is_partial || known.iter().any(|kind| kind.name == *text)
    {
        return Some(text.clone());
    }
    let labels = |kind: &Kind| {
        kind.label
            .0
            .values()
            .chain(kind.plural.0.values())
            .map(ToString::to_string)
            .collect::<Vec<_>>()
    };
    let labelled: Vec<_> = known.iter().map(|kind| (&*kind.name, labels(kind))).collect();
    let found = suggest::closest_labelled(
        text,
        labelled.iter().map(|(n, l)| (*n, l.iter().map(String::as_str))),
    );
    let message = words!("es gibt keine Art `{text}`", "there is no kind `{text}`");
    let note = Diagnostic::new(Code::UnknownReference, span.clone(), message);
    let list = known.iter().map(|kind| format!("`{}`", kind.name)).collect::<Vec<_>>().join(", ");
    notes.push(match (found.as_slice(), suggest::did_you_mean(&found)) {
        ([only], Some(text)) => note.fix(text, span.clone(), format!("\"{only}\"")),
        _ => note.help(words!("möglich sind {list}", "there are {list}")),
    });
    None
}

/// Takes a reference apart. Whether the entry exists is found out when all are known.
fn reference(
    notes: &mut Vec<Diagnostic>,
    span: Span,
    text: &str,
    kinds: &[Name],
) -> Option<Reference> {
    let text = text.trim();
    if text.is_empty() {
        let message = words!("der Verweis ist leer", "the reference is empty");
        let help = words!("schreiben Sie die Kennung eines Eintrags", "write the id of an entry");
        notes.push(Diagnostic::new(Code::UnknownReference, span, message).help(help));
        return None;
    }
    if text.contains("://") {
        let message = words!(
            "`{text}` ist eine Webadresse, kein Eintrag",
            "`{text}` is a web address, not an entry"
        );
        let help = words!(
            "schreiben Sie die Kennung eines Eintrags; Webadressen gehören in `links`",
            "write the id of an entry; web addresses belong in `links`"
        );
        notes.push(Diagnostic::new(Code::UnknownReference, span, message).help(help));
        return None;
    }
    let (kind, id) = match (text.split_once(':'), kinds) {
        (Some((_, id)), _) if id.trim().is_empty() => {
            let message = words!("hinter `{text}` fehlt die Kennung", "no id follows `{text}`");
            let help =
                words!("schreiben Sie die Kennung eines Eintrags", "write the id of an entry");
            notes.push(Diagnostic::new(Code::UnknownReference, span, message).help(help));
            return None;
        }
        (Some((kind, id)), _) => (Name::from(kind.trim()), id.trim()),
        (None, [only]) => (only.clone(), text),
        (None, _) => (Name::from(""), text),
    };
    Some(Reference { kind, id: Name::from(id), span })
}

/// Reads one text per language.
fn labels(notes: &mut Vec<Diagnostic>, reading: &Reading<'_>, node: &Node) -> Option<Labels> {
    let Value::Table(entries) = &node.value else { return None };
    let mut labels = Labels::default();
    for (key, value) in entries {
        match &value.value {
            Value::String(text) if text.trim().is_empty() => {
                let name = &key.name;
                let message = words!("`{name}` ist leer", "`{name}` is empty");
                let note = Diagnostic::new(Code::InvalidValue, reading.span(&value.span), message);
                notes.push(note.help(words!(
                    "schreiben Sie etwas hinein oder löschen Sie die Angabe",
                    "write something there, or delete the field"
                )));
            }
            Value::String(text) if Lang::parse(&key.name).is_some() => {
                // Of a tag that is wrong, the texts in other languages are right all the same.
                let place = reading.span(&key.span);
                notes.extend(text::unknown_tag(&place, &key.name));
                labels.0.insert(key.name.clone(), text.clone());
            }
            Value::Broken => {}
            _ => {
                let name = &key.name;
                let message = words!(
                    "`{name}` ist kein Text in einer Sprache",
                    "`{name}` is no text in a language"
                );
                let help = words!(
                    "schreiben Sie etwa `{{ de = \"…\", en = \"…\" }}`",
                    "write `{{ de = \"…\", en = \"…\" }}`"
                );
                notes.push(
                    Diagnostic::new(Code::WrongType, reading.span(&key.span), message).help(help),
                );
            }
        }
    }
    Some(labels)
}
