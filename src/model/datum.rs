//! Values of fields, read and typed.

pub mod unread;

use std::ops::Range;
use std::sync::Arc;

use super::schema::{Labels, Name};
use crate::diag::Span;
use crate::lang::Lang;
use crate::lang::when::When;
use crate::parse::{Markup, toml};
use unread::Unread;

/// The value of a field.
#[derive(Clone, Debug)]
pub enum Datum {
    /// Plain text: also addresses of all sorts.
    Text(Arc<str>),
    /// One text per language.
    Words(Labels),
    /// Markdown, parsed.
    Markup(Arc<Markup>),
    /// A whole number.
    Integer(i64),
    /// Any number.
    Number(f64),
    /// `true` or `false`.
    Bool(bool),
    /// One of the field's values.
    Choice(Name),
    /// A date or moment.
    When(When),
    /// A reference to an entry.
    Ref(Reference),
    /// A file, as it was written.
    File(FileRef),
    /// A language.
    Language(Lang),
    /// A group of fields; for a picture those of `picture` and `file`. Boxed: few values are one, and
    /// every value has room for the largest.
    Row(Box<Row>),
    /// Several of these.
    List(Vec<Datum>),
    /// What somebody else reads.
    Raw(Arc<toml::Node>),
}

/// A reference as it was written.
#[derive(Clone, Debug)]
pub struct Reference {
    /// The kind; empty if several are possible and none was written.
    pub kind: Name,
    /// The id.
    pub id: Name,
    /// Where it was written.
    pub span: Span,
}

/// A path as it was written, relative to the file it stands in.
#[derive(Clone, Debug)]
pub struct FileRef {
    /// The path.
    pub path: Arc<str>,
    /// Where it was written.
    pub span: Span,
}

/// The fields that are set, in the order written.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// Names and values.
    pub values: Vec<(Name, Datum)>,
    /// Where each value was written, in the same order.
    pub spans: Vec<Range<usize>>,
    /// Where the items of each list were written, in the order of the items.
    pub parts: Vec<(Name, Vec<Range<usize>>)>,
    /// Where the whole was written.
    pub span: Range<usize>,
    /// What was written but not read; mostly nothing.
    pub unread: Option<Box<Unread>>,
}

impl Row {
    /// A row without values yet, with room for so many and no more: rows are held for long.
    pub fn with_room(span: Range<usize>, count: usize) -> Self {
        let (values, spans) = (Vec::with_capacity(count), Vec::with_capacity(count));
        Self { values, spans, span, ..Self::default() }
    }

    /// The value of a field, if it is set.
    pub fn get(&self, name: &str) -> Option<&Datum> {
        self.values.iter().find(|(key, _)| &**key == name).map(|(_, value)| value)
    }

    /// Where the value of a field was written.
    pub fn span_of(&self, name: &str) -> Option<Range<usize>> {
        let at = self.values.iter().position(|(key, _)| &**key == name)?;
        self.spans.get(at).cloned()
    }

    /// Where an item of a list was written; the whole value if that is no list.
    pub fn span_of_item(&self, name: &str, at: usize) -> Option<Range<usize>> {
        let parts = self.parts.iter().find(|(key, _)| &**key == name);
        parts.and_then(|(_, spans)| spans.get(at).cloned()).or_else(|| self.span_of(name))
    }

    /// Makes room for so many more values.
    pub fn make_room(&mut self, count: usize) {
        self.values.reserve_exact(count);
        self.spans.reserve_exact(count);
    }

    /// Adds a field that is not set yet.
    pub fn push(&mut self, name: &Name, value: Datum, span: Range<usize>) {
        self.values.push((name.clone(), value));
        self.spans.push(span);
    }

    /// A field that holds plain text.
    pub fn text(&self, name: &str) -> Option<&Arc<str>> {
        match self.get(name) {
            Some(Datum::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// A field that holds text per language.
    pub fn words(&self, name: &str) -> Option<&Labels> {
        match self.get(name) {
            Some(Datum::Words(words)) => Some(words),
            _ => None,
        }
    }

    /// A field that holds a choice.
    pub fn choice(&self, name: &str) -> Option<&Name> {
        match self.get(name) {
            Some(Datum::Choice(choice)) => Some(choice),
            _ => None,
        }
    }

    /// A field that holds a date or moment.
    pub fn when(&self, name: &str) -> Option<When> {
        match self.get(name) {
            Some(Datum::When(when)) => Some(*when),
            _ => None,
        }
    }

    /// Whether a field is set to `true`.
    pub fn is_true(&self, name: &str) -> bool {
        matches!(self.get(name), Some(Datum::Bool(true)))
    }

    /// A field that holds a whole number.
    pub fn integer(&self, name: &str) -> Option<i64> {
        match self.get(name) {
            Some(Datum::Integer(number)) => Some(*number),
            _ => None,
        }
    }

    /// A field that holds a group of fields.
    pub fn row(&self, name: &str) -> Option<&Row> {
        match self.get(name) {
            Some(Datum::Row(row)) => Some(row),
            _ => None,
        }
    }

    /// A field as a list: the items of a list, or the one value.
    pub fn items(&self, name: &str) -> &[Datum] {
        match self.get(name) {
            Some(Datum::List(items)) => items,
            Some(one) => std::slice::from_ref(one),
            None => &[],
        }
    }

    /// The rows of a field that holds a list of groups.
    pub fn rows(&self, name: &str) -> impl Iterator<Item = &Row> {
        self.items(name).iter().filter_map(|item| match item {
            Datum::Row(row) => Some(&**row),
            _ => None,
        })
    }

    /// The texts of a field that holds a list of texts.
    pub fn texts(&self, name: &str) -> impl Iterator<Item = &Arc<str>> {
        self.items(name).iter().filter_map(|item| match item {
            Datum::Text(text) => Some(text),
            _ => None,
        })
    }
}
