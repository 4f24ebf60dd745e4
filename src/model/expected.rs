//! What a field expects, in words and by example, for those who wrote something else.

use super::read::Reading;
use super::schema::{Field, Group, Schema, Type};
use crate::diag::{Code, Diagnostic, Words};
use crate::parse::toml::{Node, Value};
use crate::words;

/// What people write for `true` and `false`.
const YES: &[&str] = &["ja", "yes", "wahr", "true", "an", "on", "1"];

/// And for the other.
const NO: &[&str] = &["nein", "no", "falsch", "false", "aus", "off", "0"];

/// Reports a value of another type than the field's.
pub(super) fn wrong_type<T>(
    notes: &mut Vec<Diagnostic>,
    reading: &Reading<'_>,
    node: &Node,
    field: &Field,
) -> Option<T> {
    if node.is_broken() {
        return None;
    }
    let (name, found, wanted) = (&field.name, node.describe(), describe(&field.ty));
    let (found_de, found_en, de, en) = (&found.de, &found.en, wanted.de, wanted.en);
    let message = if field.many {
        words!(
            "in `{name}` steht {found_de}, erwartet wird {de}",
            "`{name}` contains {found_en}, expected {en}"
        )
    } else {
        words!(
            "`{name}` ist {found_de}, erwartet wird {de}",
            "`{name}` is {found_en}, expected {en}"
        )
    };
    let span = reading.span(&node.span);
    let note = Diagnostic::new(Code::WrongType, span.clone(), message).label(found);
    notes.push(match meant(node, field) {
        Some(text) => {
            let help = words!("schreiben Sie `{text}`", "write `{text}`");
            note.fix(help, span, text)
        }
        None => {
            let example = example(reading.schema, field);
            note.help(words!(
                "schreiben Sie etwa `{name} = {example}`",
                "write for example `{name} = {example}`"
            ))
        }
    });
    None
}

/// The value as it was meant, if that is certain.
fn meant(node: &Node, field: &Field) -> Option<String> {
    let is_text = matches!(field.ty, Type::Text | Type::Words | Type::Markdown | Type::Phone);
    match (&node.value, &field.ty) {
        (Value::Array(items), _) if !field.many => match items.as_slice() {
            [Node { value: Value::String(text), .. }] => quoted(text),
            _ => None,
        },
        (Value::String(text), Type::Bool) => {
            let text = text.trim().to_lowercase();
            let is = |words: &[&str]| words.contains(&text.as_str());
            let value = if is(YES) { Some("true") } else { is(NO).then_some("false") };
            value.map(str::to_owned)
        }
        (Value::Integer(number), Type::Bool) if matches!(number, 0 | 1) => {
            Some((*number == 1).to_string())
        }
        (Value::Integer(number), _) if is_text => quoted(&number.to_string()),
        (Value::Float(_, text) | Value::Datetime(text), _) if is_text => quoted(text),
        _ => None,
    }
}

/// A text in quotes; nothing if it would need escapes.
fn quoted(text: &str) -> Option<String> {
    let is_plain = !text.chars().any(|c| c.is_control() || matches!(c, '"' | '\\'));
    is_plain.then(|| format!("\"{text}\""))
}

/// What a field of this type holds, in words.
fn describe(ty: &Type) -> Words {
    let (de, en) = match ty {
        Type::Text | Type::Words | Type::Markdown | Type::Prose | Type::Phone => {
            ("ein Text in Anführungszeichen", "a text in quotes")
        }
        Type::Integer => ("eine ganze Zahl", "a whole number"),
        Type::Number => ("eine Zahl", "a number"),
        Type::Bool => ("`true` oder `false`", "`true` or `false`"),
        Type::Choice(_) => ("einer der vorgesehenen Werte", "one of the values there are"),
        Type::Date => ("ein Datum", "a date"),
        Type::Moment => ("ein Datum, auch mit Uhrzeit", "a date, also with a time"),
        Type::Ref(_) => ("die Kennung eines Eintrags", "the id of an entry"),
        Type::Url => ("eine Webadresse", "a web address"),
        Type::Email => ("eine E-Mail-Adresse", "an e-mail address"),
        Type::File => ("der Pfad einer Datei", "the path of a file"),
        Type::Picture => ("der Pfad eines Bildes", "the path of a picture"),
        Type::Language => ("ein Sprachkürzel", "a language tag"),
        Type::Colour => ("eine Farbe", "a colour"),
        Type::Kind => ("der Name einer Art", "the name of a kind"),
        Type::Table(_) => {
            ("eine Gruppe von Angaben in geschweiften Klammern", "a group of fields in braces")
        }
        Type::Raw => ("etwas anderes", "something else"),
    };
    Words { de: de.to_owned(), en: en.to_owned() }
}

/// A value that the field could have, as TOML.
pub(super) fn example(schema: &Schema, field: &Field) -> String {
    let one = match &field.ty {
        Type::Table(name) => schema.group(name).map_or("{ … }".to_owned(), row),
        _ => single(field),
    };
    if field.many { format!("[{one}]") } else { one }
}

/// A row that a group could have: an id if that will do, else what it cannot do without.
fn row(group: &Group) -> String {
    if group.reference.is_some() {
        return "\"…\"".to_owned();
    }
    let fields = || group.fields.iter().filter(|field| &*field.name != "key");
    let mut shown: Vec<&Field> = fields()
        .filter(|field| field.required || group.one_of.first() == Some(&field.name))
        .collect();
    if shown.is_empty() {
        shown = fields().filter(|field| field.basic).take(2).collect();
    }
    if shown.is_empty() {
        shown = fields().take(1).collect();
    }
    let value = |field: &Field| match field.many {
        true => format!("[{}]", single(field)),
        false => single(field),
    };
    let parts: Vec<String> =
        shown.iter().map(|field| format!("{} = {}", field.name, value(field))).collect();
    format!("{{ {} }}", parts.join(", "))
}

/// One value, not of a group.
fn single(field: &Field) -> String {
    match &field.ty {
        Type::Integer => field.min.unwrap_or(1).to_string(),
        Type::Number => "5000".to_owned(),
        Type::Bool => "true".to_owned(),
        Type::Choice(choices) => format!("\"{}\"", choices.first().map_or("…", |c| &c.value)),
        Type::Date => "\"2026-11-21\"".to_owned(),
        Type::Moment => "\"2026-11-21T09:00\"".to_owned(),
        Type::Url => "\"https://www.example.org/\"".to_owned(),
        Type::Email => "\"info@example.org\"".to_owned(),
        Type::Language => "\"de\"".to_owned(),
        Type::Colour => "\"#2044aa\"".to_owned(),
        Type::Kind => "\"event\"".to_owned(),
        Type::Picture => "\"bild.jpg\"".to_owned(),
        Type::File => "\"datei.pdf\"".to_owned(),
        Type::Table(_) => "{ … }".to_owned(),
        _ => "\"…\"".to_owned(),
    }
}
