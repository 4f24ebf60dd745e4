//! Whether two states of an entry differ in their words only.
//!
//! All that is decided about a site as a whole rests on what entries *are*: their dates, their
//! references, where their links lead, which files they name. If none of that differs, the site
//! stays as it is, and at most its lists come in another order.

use crate::model::datum::{Datum, Row};
use crate::model::entry::{Body, Entry};
use crate::parse::Markup;
use crate::site::Site;

/// The texts that decide about more than what is read: they give addresses, and say what the entries
/// of a section are.
const DECISIVE: &[&str] = &["slug", "redirects", "id", "kind"];

/// Whether an entry differs from the one of its name in words only.
pub(super) fn differs_in_words(site: &Site, entry: &Entry) -> bool {
    site.places.get(&entry.id).is_some_and(|old| is_same_entry(&old.entry, entry))
}

/// Whether two states of an entry differ in words only.
fn is_same_entry(old: &Entry, new: &Entry) -> bool {
    old.path == new.path
        && old.section == new.section
        && is_same_row(&old.facts, &new.facts)
        && is_same_body(&old.body, &new.body)
        && old.words.len() == new.words.len()
        && old.words.iter().zip(&new.words).all(|((old_lang, old), (lang, new))| {
            old_lang == lang
                && old.path == new.path
                && is_same_row(&old.row, &new.row)
                && is_same_body(&old.body, &new.body)
        })
}

/// Whether two rows differ in words only. What could not be read may be anything.
fn is_same_row(old: &Row, new: &Row) -> bool {
    old.unread.is_none()
        && new.unread.is_none()
        && old.values.len() == new.values.len()
        && old
            .values
            .iter()
            .zip(&new.values)
            .all(|((old_name, old), (name, new))| old_name == name && is_same_datum(name, old, new))
}

/// Whether two values of a field differ in words only.
fn is_same_datum(name: &str, old: &Datum, new: &Datum) -> bool {
    match (old, new) {
        (Datum::Text(old), Datum::Text(new)) => !DECISIVE.contains(&name) || old == new,
        (Datum::Markup(old), Datum::Markup(new)) => is_same_markup(old, new),
        (Datum::Integer(old), Datum::Integer(new)) => old == new,
        (Datum::Number(old), Datum::Number(new)) => old.to_bits() == new.to_bits(),
        (Datum::Bool(old), Datum::Bool(new)) => old == new,
        (Datum::Choice(old), Datum::Choice(new)) => old == new,
        (Datum::When(old), Datum::When(new)) => old == new,
        (Datum::Ref(old), Datum::Ref(new)) => (&old.kind, &old.id) == (&new.kind, &new.id),
        (Datum::File(old), Datum::File(new)) => old.path == new.path,
        (Datum::Language(old), Datum::Language(new)) => old == new,
        (Datum::Row(old), Datum::Row(new)) => is_same_row(old, new),
        (Datum::List(old), Datum::List(new)) => {
            let mut pairs = old.iter().zip(new);
            old.len() == new.len() && pairs.all(|(old, new)| is_same_datum(name, old, new))
        }
        _ => false,
    }
}

/// Whether two bodies differ in words only.
fn is_same_body(old: &Body, new: &Body) -> bool {
    let is_same_block = |(old, new): (&Option<Row>, &Option<Row>)| match (old, new) {
        (Some(old), Some(new)) => is_same_row(old, new),
        _ => false,
    };
    is_same_markup(&old.markup, &new.markup)
        && old.blocks.len() == new.blocks.len()
        && old.blocks.iter().zip(&new.blocks).all(is_same_block)
}

/// Whether two texts lead to the same places, and show the same pictures and blocks.
fn is_same_markup(old: &Markup, new: &Markup) -> bool {
    old.links.len() == new.links.len()
        && old.links.iter().zip(&new.links).all(|(old, new)| old.target == new.target)
        && old.pictures.len() == new.pictures.len()
        && old.pictures.iter().zip(&new.pictures).all(|(old, new)| old.path == new.path)
        && old.blocks.len() == new.blocks.len()
        && old.blocks.iter().zip(&new.blocks).all(|(old, new)| old.name == new.name)
}
