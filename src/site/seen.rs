//! What a template can see of something: a value and its fingerprint, made together so that they
//! cannot disagree.

use std::sync::Arc;

use serde::ser::{Serialize, SerializeMap, Serializer};
use tera::value::Key;
use tera::{Map, Value};

use crate::model::schema::{Field, Name};
use crate::print::Fingerprint;

/// A value for templates and its fingerprint.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The value. Cheap to clone.
    pub value: Value,
    /// The fingerprint of all of it.
    pub print: Fingerprint,
}

thread_local! {
    /// The list without items: most fields that may hold several hold none. Threads that shared one
    /// would wait for its counter.
    static EMPTY: Seen = Seen::of(Value::from(Vec::<Value>::new()), Tag::List, &[]);
}

/// What kind of value a fingerprint stands for, so that `1` and `"1"` differ.
#[derive(Clone, Copy)]
enum Tag {
    /// Plain text.
    Text,
    /// HTML.
    Html,
    /// HTML whose fingerprint was known.
    Printed,
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Integer,
    /// Any number.
    Number,
    /// A list.
    List,
    /// A map.
    Map,
}

impl Seen {
    /// Pairs a value with the fingerprint of the bytes that it was made from.
    fn of(value: Value, tag: Tag, bytes: &[u8]) -> Self {
        Self { value, print: Fingerprint::of_tagged(tag as u64, bytes) }
    }

    /// Nothing.
    pub fn none() -> Self {
        Self { value: Value::none(), print: Fingerprint::default() }
    }

    /// Plain text.
    pub fn text(text: &str) -> Self {
        Self::of(Value::normal_string(text), Tag::Text, text.as_bytes())
    }

    /// Text that is HTML already.
    pub fn html(html: &str) -> Self {
        Self::of(Value::safe_string(html), Tag::Html, html.as_bytes())
    }

    /// Text that is HTML already, and whose fingerprint is known.
    pub fn printed_html(html: &str, print: Fingerprint) -> Self {
        Self::of(Value::safe_string(html), Tag::Printed, &print.to_bytes())
    }

    /// Text, or nothing.
    pub fn text_or_none(text: Option<&str>) -> Self {
        text.map_or_else(Self::none, Self::text)
    }

    /// `true` or `false`.
    pub fn bool(value: bool) -> Self {
        Self::of(Value::from(value), Tag::Bool, &[u8::from(value)])
    }

    /// A whole number.
    pub fn integer(value: i64) -> Self {
        Self::of(Value::from(value), Tag::Integer, &value.to_le_bytes())
    }

    /// A number of things.
    pub fn count(value: usize) -> Self {
        Self::integer(i64::try_from(value).unwrap_or(i64::MAX))
    }

    /// Any number.
    pub fn number(value: f64) -> Self {
        Self::of(Value::from(value), Tag::Number, &value.to_bits().to_le_bytes())
    }

    /// A list.
    pub fn list(items: impl IntoIterator<Item = Self>) -> Self {
        let mut items = items.into_iter().peekable();
        if items.peek().is_none() {
            return EMPTY.with(Self::clone);
        }
        let mut prints = Vec::with_capacity(items.size_hint().0 * 16);
        let mut values = Vec::with_capacity(items.size_hint().0);
        for item in items {
            prints.extend_from_slice(&item.print.to_bytes());
            values.push(item.value);
        }
        Self::of(Value::from(values), Tag::List, &prints)
    }

    /// This, or nothing.
    pub fn or_none(seen: Option<Self>) -> Self {
        seen.unwrap_or_else(Self::none)
    }

    /// Whether there is nothing to see.
    pub fn is_none(&self) -> bool {
        self.value.is_none()
    }

    /// Whether there is nothing to show: nothing at all, or a list without items.
    pub fn is_empty(&self) -> bool {
        self.is_none() || self.value.as_array().is_some_and(|items| items.is_empty())
    }
}

/// Most maps have fewer values than this.
const USUAL: usize = 16;

/// A map in the making: its values in the order in which templates go through them.
pub struct SeenMap {
    /// The values with their names. Of two values of one name the later one counts.
    values: Vec<(Key<'static>, Value)>,
    /// The names and fingerprints so far, one after the other.
    prints: Vec<u8>,
}

impl Default for SeenMap {
    fn default() -> Self {
        Self::with_capacity(USUAL)
    }
}

impl SeenMap {
    /// A map with room for so many values.
    pub fn with_capacity(capacity: usize) -> Self {
        Self { values: Vec::with_capacity(capacity), prints: Vec::with_capacity(capacity * 28) }
    }

    /// Adds a value under a name known to the program.
    pub fn put(&mut self, key: &'static str, seen: Seen) -> &mut Self {
        self.print(key, seen.print);
        self.values.push((Key::Str(key), seen.value));
        self
    }

    /// Adds a value under a name from the schema or the content.
    pub fn put_named(&mut self, key: &Arc<str>, seen: Seen) -> &mut Self {
        self.print(key, seen.print);
        self.values.push((Key::String(key.clone()), seen.value));
        self
    }

    /// Adds the value of a field under its name.
    pub fn put_field(&mut self, field: &Field, seen: Seen) -> &mut Self {
        self.put_known(&field.name, field.fixed, seen)
    }

    /// Adds a value under a name that may be one known to the program.
    pub fn put_known(&mut self, name: &Name, fixed: Option<&'static str>, seen: Seen) -> &mut Self {
        match fixed {
            Some(fixed) => self.put(fixed, seen),
            None => self.put_named(name, seen),
        }
    }

    /// Adds all of another map.
    pub fn put_all(&mut self, other: Self) -> &mut Self {
        self.prints.extend_from_slice(&other.prints);
        self.values.extend(other.values);
        self
    }

    /// Adds all of a finished map, whose fingerprint is known.
    pub fn put_printed(&mut self, map: &Map, print: Fingerprint) -> &mut Self {
        self.print("", print);
        self.values.extend(map.iter().map(|(key, value)| (key.clone(), value.clone())));
        self
    }

    /// Whether there is a value of that name.
    pub fn has(&self, key: &str) -> bool {
        self.values.iter().any(|(known, _)| known.as_str() == Some(key))
    }

    /// The finished map.
    pub fn finish(self) -> Seen {
        Seen::of(map_value(&self.values), Tag::Map, &self.prints)
    }

    /// The finished map with one value more, which its fingerprint leaves out.
    pub fn finish_with(mut self, key: &'static str, value: Value) -> Seen {
        self.values.push((Key::Str(key), value));
        self.finish()
    }

    /// Takes note of a value's name and fingerprint. A zero byte ends the name.
    fn print(&mut self, key: &str, print: Fingerprint) {
        self.prints.extend_from_slice(key.as_bytes());
        self.prints.push(0);
        self.prints.extend_from_slice(&print.to_bytes());
    }
}

/// A map for templates with these values, in this order; of two of one name the later one counts.
///
/// Tera copies each map that it is handed as one, and hashes each name anew. What is serialized it
/// takes as it comes, values and the program's own names without a copy.
fn map_value(values: &[(Key<'static>, Value)]) -> Value {
    Value::try_from_serializable(&Named(values)).unwrap_or_else(|_| Value::none())
}

/// Values with their names, to be serialized as a map.
struct Named<'a>(&'a [(Key<'static>, Value)]);

impl Serialize for Named<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in self.0 {
            match key {
                // Most fields are not set; nothing is passed on faster than a value that is none.
                Key::Str(name) if value.is_none() => map.serialize_entry(&Fixed(name), &())?,
                Key::Str(name) => map.serialize_entry(&Fixed(name), value)?,
                key => map.serialize_entry(key, value)?,
            }
        }
        map.end()
    }
}

/// A name that lives as long as the program. Only as the name of a variant does serde pass such a
/// one on as what it is.
struct Fixed(&'static str);

impl Serialize for Fixed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_unit_variant("", 0, self.0)
    }
}
