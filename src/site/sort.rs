//! What entries are sorted by.

use std::cmp::Reverse;

use super::Site;
use crate::lang::Lang;
use crate::lang::collate::Collation;
use crate::model::datum::Datum;
use crate::model::entry::{Entry, EntryId};
use crate::model::schema::Sort;

/// What a field sorts by. Entries without it come last, whichever way the list runs.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum FieldKey {
    /// Upwards.
    Up(Box<[u8]>),
    /// Downwards.
    Down(Reverse<Box<[u8]>>),
    /// Not set.
    Unset,
}

/// What a field sorts by.
pub fn field_key((entry, lang): (&Entry, &Lang), sort: &Sort, collation: &Collation) -> FieldKey {
    let bytes: Option<Box<[u8]>> = match entry.facts.get(&sort.field) {
        Some(Datum::When(when)) => Some(when.first().to_string().into_bytes().into()),
        Some(Datum::Integer(number)) => Some(ordered(*number).into()),
        #[expect(clippy::cast_possible_truncation, reason = "a thousandth decides no order")]
        Some(Datum::Number(number)) => Some(ordered((*number * 1000.0) as i64).into()),
        Some(Datum::Text(_)) if &*sort.field == "title" => Some(collation.key(title(entry, lang))),
        Some(Datum::Text(text) | Datum::Choice(text)) => Some(collation.key(text)),
        _ => None,
    };
    match bytes {
        Some(bytes) if sort.descending => FieldKey::Down(Reverse(bytes)),
        Some(bytes) => FieldKey::Up(bytes),
        None => FieldKey::Unset,
    }
}

/// Bytes that sort like the number.
fn ordered(number: i64) -> [u8; 8] {
    (number.cast_unsigned() ^ (1 << 63)).to_be_bytes()
}

/// An entry's title in a language, or its own.
pub fn title<'a>(entry: &'a Entry, lang: &Lang) -> &'a str {
    let translated = entry.words.get(lang).and_then(|words| words.row.text("title"));
    translated.map_or_else(|| entry.title(), |title| &**title)
}

/// An order that a template asks for: entries by one field, ties in the order they came.
pub fn by_field(site: &Site, ids: &mut [EntryId], sort: &Sort, lang: &Lang) {
    let collation = Collation::for_lang(lang);
    ids.sort_by_cached_key(|id| {
        site.places.get(id).map(|place| field_key((&place.entry, lang), sort, &collation))
    });
}
