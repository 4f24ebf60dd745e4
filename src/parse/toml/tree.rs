//! From the library's tree to ours.
//!
//! The library sorts keys by their letters; here they come back into the order in which they were
//! written.

use std::ops::Range;
use std::sync::Arc;

use ::toml::Spanned;
use ::toml::de::{DeArray, DeFloat, DeInteger, DeTable, DeValue};

use super::guess::clip;
use super::repair::Map;
use super::{Key, Node, Value};
use crate::diag::{Code, Diagnostic, Words};
use crate::parse::Place;
use crate::words;

/// Begins the name of a key that a mended copy has, and the text had not.
const STRAY: &str = "\0stray";

/// The name of such a key for something at this byte, as TOML writes it.
pub(super) fn stray_name(at: usize) -> String {
    format!("\"{}{at}\"", STRAY.replace('\0', "\\u0000"))
}

/// What a tree is made from.
pub(super) struct Source<'a> {
    /// The text that the library read.
    pub(super) copy: &'a str,
    /// The way back to the text as it was written.
    pub(super) map: &'a Map,
    /// Where the text stands.
    pub(super) place: &'a Place,
    /// Stretches of the written text that the library complained of, sorted and apart.
    pub(super) refused: &'a [Range<usize>],
}

/// Makes the tree of a text without syntax errors. What is wrong all the same, numbers that do not
/// fit, is put into the list of stretches.
pub(super) fn root(
    notes: &mut Vec<Diagnostic>,
    text: &str,
    table: &Spanned<DeTable<'_>>,
    place: &Place,
) -> (Node, Vec<Range<usize>>) {
    let map = Map::default();
    let source = Source { copy: text, map: &map, place, refused: &[] };
    let node = source.root(notes, table.get_ref(), 0..text.len());
    let broken = notes.iter().filter_map(Diagnostic::place).map(|span| span.range.clone());
    (node, broken.collect())
}

impl Source<'_> {
    /// The whole text's table.
    pub(super) fn root(
        &self,
        notes: &mut Vec<Diagnostic>,
        table: &DeTable<'_>,
        whole: Range<usize>,
    ) -> Node {
        Node::new(self.table(notes, table), self.place.span(whole).range)
    }

    /// A stretch of the copy, as a stretch of the file.
    fn span(&self, copy: Range<usize>) -> Range<usize> {
        self.place.span(self.map.range(copy)).range
    }

    /// A value with its place.
    fn node(&self, notes: &mut Vec<Diagnostic>, value: &Spanned<DeValue<'_>>) -> Node {
        let copy = value.span();
        if let Some(range) = self.map.broken_at(copy.start) {
            return Node::broken(self.place.span(range).range);
        }
        let text = self.map.range(copy.clone());
        let value = match value.get_ref() {
            DeValue::Array(items) => self.array(notes, items),
            DeValue::Table(table) => self.table(notes, table),
            _ if self.is_refused(&text) => Value::Broken,
            DeValue::String(words) if has_control(words) => self.hidden(notes, &text),
            DeValue::String(text) => Value::String(Arc::from(&**text)),
            DeValue::Integer(number) => self.integer(notes, number, &text),
            DeValue::Float(number) => self.float(notes, number, &copy),
            DeValue::Boolean(value) => Value::Bool(*value),
            DeValue::Datetime(_) => Value::Datetime(self.written(&copy)),
        };
        let header = match &value {
            Value::Table(_) => self.copy.as_bytes().get(copy.start) == Some(&b'['),
            Value::Array(items) => items.first().is_some_and(|item| item.header),
            _ => false,
        };
        Node { value, span: self.span(copy), header }
    }

    /// A list.
    fn array(&self, notes: &mut Vec<Diagnostic>, items: &DeArray<'_>) -> Value {
        Value::Array(items.iter().map(|item| self.node(notes, item)).collect())
    }

    /// A table, its keys sorted by where they stand.
    fn table(&self, notes: &mut Vec<Diagnostic>, table: &DeTable<'_>) -> Value {
        let mut entries: Vec<_> = table.iter().collect();
        entries.retain(|(key, _)| !key.get_ref().starts_with(STRAY));
        entries.sort_by_key(|(key, _)| key.span().start);
        let entry = |(key, value): (&Spanned<_>, &Spanned<DeValue<'_>>)| {
            let name: &std::borrow::Cow<'_, str> = key.get_ref();
            let key = Key { name: Arc::from(&**name), span: self.span(key.span()) };
            (key, self.node(notes, value))
        };
        Value::Table(entries.into_iter().map(entry).collect())
    }

    /// A whole number.
    fn integer(
        &self,
        notes: &mut Vec<Diagnostic>,
        number: &DeInteger<'_>,
        range: &Range<usize>,
    ) -> Value {
        if let Ok(number) = i64::from_str_radix(number.as_str(), number.radix()) {
            return Value::Integer(number);
        }
        if !number.as_str().bytes().any(|b| b.is_ascii_alphanumeric()) {
            let shown = clip(&number.to_string());
            let message = words!("`{shown}` ist keine Zahl", "`{shown}` is no number");
            return self.unfit(notes, range, (&shown, message));
        }
        let shown = clip(&number.to_string());
        let message = words!("die Zahl `{shown}` ist zu groß", "the number `{shown}` is too large");
        self.unfit(notes, range, (&shown, message))
    }

    /// A number with a fraction.
    fn float(
        &self,
        notes: &mut Vec<Diagnostic>,
        number: &DeFloat<'_>,
        copy: &Range<usize>,
    ) -> Value {
        let written = self.written(copy);
        match number.as_str().parse::<f64>() {
            Ok(value) if value.is_finite() => Value::Float(value, written),
            _ => {
                let shown = clip(&written);
                let message = words!(
                    "`{shown}` ist keine brauchbare Zahl",
                    "`{shown}` is not a usable number"
                );
                self.unfit(notes, &self.map.range(copy.clone()), (&shown, message))
            }
        }
    }

    /// Reports a text with an escape that stands for a sign nobody sees: the `\b` of a path.
    fn hidden(&self, notes: &mut Vec<Diagnostic>, range: &Range<usize>) -> Value {
        let message = words!(
            "in diesem Text steht `\\` vor einem Buchstaben und ergibt ein unsichtbares Zeichen",
            "in this text, `\\` before a letter makes a sign that nobody sees"
        );
        let help = words!(
            "schreiben Sie `/` in Pfaden, sonst `\\\\`",
            "write `/` in paths, and `\\\\` elsewhere"
        );
        let span = self.place.span(range.clone());
        notes.push(Diagnostic::new(Code::ControlCharacter, span, message).help(help));
        Value::Broken
    }

    /// Reports a number that nothing can be done with, given how it is shown.
    fn unfit(
        &self,
        notes: &mut Vec<Diagnostic>,
        range: &Range<usize>,
        (shown, message): (&str, Words),
    ) -> Value {
        let span = self.place.span(range.clone());
        let help = if shown.contains(|c: char| c.is_ascii_digit()) {
            words!(
                "schreiben Sie eine kleinere Zahl, oder Text in Anführungszeichen",
                "write a smaller number, or text in quotes"
            )
        } else {
            words!("schreiben Sie eine Zahl in Ziffern", "write a number in digits")
        };
        notes.push(Diagnostic::new(Code::InvalidValue, span, message).help(help));
        Value::Broken
    }

    /// A value as it was written.
    fn written(&self, copy: &Range<usize>) -> Arc<str> {
        Arc::from(self.copy.get(copy.clone()).unwrap_or_default())
    }

    /// Whether the library complained of something in this stretch.
    fn is_refused(&self, range: &Range<usize>) -> bool {
        let after = self.refused.partition_point(|bad| bad.start <= range.end);
        let last = after.checked_sub(1).and_then(|index| self.refused.get(index));
        last.is_some_and(|bad| range.start <= bad.end)
    }
}

/// Whether a text has signs that cannot be seen, line ends and tabs aside. As such they cannot stand
/// in a file, so they come from escapes.
fn has_control(text: &str) -> bool {
    text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
}
