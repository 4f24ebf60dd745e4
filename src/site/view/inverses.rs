//! What refers to an entry, as its page shows it.

use super::field::{self, Eye};
use crate::lang::Lang;
use crate::model::datum::Datum;
use crate::model::entry::EntryId;
use crate::model::schema::{Name, Type};
use crate::site::lists::{INVERSE_PAGE, backs, inverse_route};
use crate::site::query::Query;
use crate::site::seen::{Seen, SeenMap};
use crate::site::{Back, Site};

/// Adds each inverse under its own name, and the list of those that are not empty.
pub(super) fn put(site: &Site, (id, lang): (&EntryId, &Lang), map: &mut SeenMap) {
    let mut all = Vec::new();
    let mut done: Vec<&Name> = Vec::new();
    for source in site.sources.iter().filter(|source| source.targets.contains(&id.kind)) {
        if done.contains(&&source.inverse) {
            continue;
        }
        done.push(&source.inverse);
        let seen = inverse(site, (id, lang), &source.inverse, source.label.get(lang));
        let is_empty =
            site.backs.get(id).is_none_or(|by_name| !by_name.contains_key(&source.inverse));
        if !is_empty && backs(site, id, &source.inverse, lang).next().is_some() {
            all.push(seen.clone());
        }
        map.put_named(&source.inverse, seen);
    }
    map.put("inverses", Seen::list(all));
}

/// One inverse: how many refer, the first of them, and where the rest is.
fn inverse(site: &Site, (id, lang): (&EntryId, &Lang), name: &Name, label: &str) -> Seen {
    let count = backs(site, id, name, lang).count();
    let first = backs(site, id, name, lang).take(INVERSE_PAGE);
    let entries: Vec<Seen> = first.map(|back| back_seen(site, back, lang)).collect();
    let url = (count > INVERSE_PAGE).then(|| inverse_route(site, id, (name, lang), 1)).flatten();
    let mut map = SeenMap::default();
    map.put("name", Seen::text(name)).put("label", Seen::text(label));
    map.put("count", Seen::count(count)).put("entries", Seen::list(entries));
    map.put("url", url.map_or_else(Seen::none, |route| Seen::text(&site.href(&route))));
    map.finish()
}

/// The entries of one page of an inverse's list.
pub(super) fn page(
    site: &Site,
    (id, lang): (&EntryId, &Lang),
    name: &str,
    page: usize,
) -> Vec<Seen> {
    let all = backs(site, id, name, lang).skip((page - 1) * INVERSE_PAGE).take(INVERSE_PAGE);
    all.map(|back| back_seen(site, back, lang)).collect()
}

/// Who refers, with what the relation itself knows. Where it knows nothing, the summary that lists
/// show serves as it is: its `row` and `via` are null.
fn back_seen(site: &Site, back: &Back, lang: &Lang) -> Seen {
    let summary = site.answer(&Query::Summary(back.from.clone(), lang.clone()));
    let (row, via) = row_of(site, back, lang);
    if row.is_none() {
        return summary;
    }
    let mut map = SeenMap::with_capacity(2);
    map.put("row", row).put("via", Seen::text_or_none(via.as_deref()));
    with(summary, map)
}

/// A summary with more beside it.
fn with(summary: Seen, more: SeenMap) -> Seen {
    let mut map = SeenMap::default();
    let Some(known) = summary.value.as_map() else { return summary };
    map.put_printed(known.clone(), summary.print);
    map.put_all(more);
    map.finish()
}

/// The row in which the reference stands, and the label of its field.
fn row_of(site: &Site, back: &Back, lang: &Lang) -> (Seen, Option<String>) {
    let Some(source) = site.sources.get(back.source) else { return (Seen::none(), None) };
    let Some(place) = site.places.get(&back.from) else { return (Seen::none(), None) };
    let field = site.kind(&back.from).and_then(|kind| kind.fields.get(&source.field));
    let Some(field) = field else { return (Seen::none(), None) };
    let via = Some(field.label.get(lang).to_owned());
    let Type::Table(group) = &field.ty else { return (Seen::none(), via) };
    let entry = &place.entry;
    let items = entry.facts.items(&source.field);
    let Some(Datum::Row(own)) = items.get(back.row) else { return (Seen::none(), via) };
    let words = entry.words.get(lang);
    let translated = words.map_or(&[][..], |words| words.row.items(&source.field));
    let partner = match items
        .get(back.row)
        .and_then(|row| crate::model::rows::partner(field, (row, back.row), translated))
    {
        Some(Datum::Row(row)) => Some(row),
        _ => None,
    };
    let path = words.map_or(&entry.path, |words| &words.path);
    let eye = Eye { site, lang, main: &entry.path, words: path, brief: true };
    (field::row_seen(eye, group, (own, partner)), via)
}
