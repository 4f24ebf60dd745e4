//! What stands in a list more than once.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use super::read::Reading;
use super::schema::{Field, Type};
use crate::diag::{Code, Diagnostic, Severity};
use crate::parse::toml::{Node, Value};
use crate::words;

/// Warns of references and rows that a list has already.
pub(super) fn check(
    notes: &mut Vec<Diagnostic>,
    reading: &Reading<'_>,
    (field, items): (&Field, &[Node]),
) {
    let is_meant = matches!(field.ty, Type::Ref(_) | Type::Table(_));
    if !is_meant || items.len() < 2 || reading.words_only() {
        return;
    }
    let mut known: BTreeMap<String, &Range<usize>> = BTreeMap::new();
    for node in items {
        let mut text = String::new();
        let is_whole = print(node, &mut text);
        let Some(first) = known.insert(text, &node.span).filter(|_| is_whole) else { continue };
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
