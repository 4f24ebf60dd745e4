//! Selections: which entries a list shows.

use super::lists::inverse_ids;
use super::query::Selection;
use super::sort::by_field;
use super::{Place, Site, State};
use crate::diag::{Words, suggest};
use crate::lang::Lang;
use crate::model::datum::Datum;
use crate::model::entry::EntryId;
use crate::model::schema::{Name, Sort};
use crate::words;

/// What a selection can be made of besides fields, for suggestions.
const ARGUMENTS: &[&str] = &[
    "kind", "ids", "topic", "timing", "featured", "sort", "limit", "offset", "except", "inverse",
    "of",
];

/// All timings.
const TIMINGS: &[&str] = &["upcoming", "running", "past", "unknown", "cancelled", "postponed"];

/// The entries that a selection names, in their order.
pub fn select(site: &Site, selection: &Selection, lang: &Lang) -> Vec<EntryId> {
    let mut ids = candidates(site, selection, lang);
    ids.retain(|id| site.places.get(id).is_some_and(|place| fits(selection, place)));
    if let Some((field, descending)) = &selection.sort {
        by_field(site, &mut ids, &Sort { field: field.clone(), descending: *descending }, lang);
    }
    let ids = ids.into_iter().skip(selection.offset);
    ids.take(selection.limit.unwrap_or(usize::MAX)).collect()
}

/// Why a selection can never name anything: a kind, field, inverse or timing that does not exist.
pub fn mistake(site: &Site, selection: &Selection) -> Option<Words> {
    let schema = &site.model.schema;
    if let Some(kind) = selection.kinds.iter().find(|kind| schema.kind(kind).is_none()) {
        let known = schema.public_kinds().map(|kind| &*kind.name);
        let message = words!("es gibt keine Art `{kind}`", "there is no kind `{kind}`");
        return Some(with_similar(message, kind, known));
    }
    let kinds = || {
        let all = schema.public_kinds();
        all.filter(|kind| selection.kinds.is_empty() || selection.kinds.contains(&kind.name))
    };
    let named = selection.fields.iter().map(|(field, _)| field);
    let mut named = named.chain(selection.sort.iter().map(|(field, _)| field));
    if let Some(field) = named.find(|field| kinds().all(|kind| kind.fields.get(field).is_none())) {
        let fields = kinds().flat_map(|kind| kind.fields.iter()).map(|field| &*field.name);
        let known = ARGUMENTS.iter().copied().chain(fields);
        let message = words!("es gibt keine Angabe `{field}`", "there is no field `{field}`");
        return Some(with_similar(message, field, known));
    }
    if let Some((_, inverse)) = &selection.of {
        let known = || site.sources.iter().map(|source| &*source.inverse);
        if known().all(|known| *known != **inverse) {
            let message =
                words!("es gibt keinen Rückverweis `{inverse}`", "there is no inverse `{inverse}`");
            return Some(with_similar(message, inverse, known()));
        }
    }
    let timing = selection.timing.iter().find(|timing| !TIMINGS.contains(&&***timing))?;
    let message = words!("es gibt keine Zeitlage `{timing}`", "there is no timing `{timing}`");
    Some(with_similar(message, timing, TIMINGS.iter().copied()))
}

/// A message with the name that may be meant.
fn with_similar<'a>(message: Words, wanted: &str, known: impl Iterator<Item = &'a str>) -> Words {
    suggest::with(message, suggest::did_you_mean(&suggest::closest(wanted, known)))
}

/// The entries that may be meant, in order, before anything narrows them.
fn candidates(site: &Site, selection: &Selection, lang: &Lang) -> Vec<EntryId> {
    if let Some(ids) = &selection.ids {
        return ids.iter().filter(|id| site.shown(id).is_some()).cloned().collect();
    }
    if let Some((id, inverse)) = &selection.of {
        return inverse_ids(site, id, inverse, lang);
    }
    let of_kind = |kind: &Name| site.list(kind, lang).iter().cloned();
    match selection.kinds.is_empty() {
        false => selection.kinds.iter().flat_map(of_kind).collect(),
        true => site.model.schema.public_kinds().flat_map(|kind| of_kind(&kind.name)).collect(),
    }
}

/// Whether an entry is part of a selection.
fn fits(selection: &Selection, place: &Place) -> bool {
    let entry = &place.entry;
    let has_kind = selection.kinds.is_empty() || selection.kinds.contains(&entry.id.kind);
    let has_topic = selection.topic.as_ref().is_none_or(|topic| holds(place, "topics", topic));
    let timing = |wanted: &Name| place.timing == Some(&**wanted);
    let is_listed = selection.ids.is_some() || place.state == State::Shown;
    has_kind
        && has_topic
        && is_listed
        && (selection.timing.is_empty() || selection.timing.iter().any(timing))
        && (!selection.featured || place.featured)
        && selection.except.as_ref() != Some(&entry.id)
        && selection.fields.iter().all(|(field, value)| holds(place, field, value))
}

/// Whether a field of an entry has a value, or has it among others.
fn holds(place: &Place, field: &str, value: &str) -> bool {
    place.entry.facts.items(field).iter().any(|item| match item {
        Datum::Text(text) | Datum::Choice(text) => **text == *value,
        Datum::Ref(reference) => {
            *reference.id == *value || format!("{}:{}", reference.kind, reference.id) == value
        }
        Datum::Bool(flag) => flag.to_string() == value,
        Datum::Integer(number) => number.to_string() == value,
        Datum::When(when) => when.iso().starts_with(value),
        Datum::Row(row) => row.values.iter().any(|(_, inner)| match inner {
            Datum::Ref(reference) => *reference.id == *value,
            Datum::Choice(choice) => **choice == *value,
            _ => false,
        }),
        _ => false,
    })
}
