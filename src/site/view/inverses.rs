//! What refers to an entry, as its page shows it.

use super::field::{self, Eye};
use crate::lang::Lang;
use crate::model::datum::{Datum, Row};
use crate::model::entry::EntryId;
use crate::model::schema::{Field, Fields, Name, Type};
use crate::site::lists::{INVERSE_PAGE, backs, inverse_route};
use crate::site::query::Query;
use crate::site::seen::{Seen, SeenMap};
use crate::site::{Back, Site, Spot};

/// Adds each inverse under its own name, and the list of those that are not empty.
pub(super) fn put(site: &Site, (id, lang): (&EntryId, &Lang), map: &mut SeenMap) {
    let mut all = Vec::new();
    let mut done: Vec<&Name> = Vec::new();
    let sources = site.sources.iter().enumerate();
    for (at, source) in sources.filter(|(_, source)| source.targets.contains(&id.kind)) {
        if done.contains(&&source.inverse) {
            continue;
        }
        done.push(&source.inverse);
        if backs(site, id, &source.inverse, lang).is_empty() {
            let none = site.answer(&Query::NoInverse(at, lang.clone()));
            map.put_known(&source.inverse, source.fixed, none);
            continue;
        }
        let seen = inverse(site, (id, lang), &source.inverse, source.label.get(lang));
        all.push(seen.clone());
        map.put_known(&source.inverse, source.fixed, seen);
    }
    map.put("inverses", Seen::list(all));
}

/// An inverse that is empty: the same for all entries.
pub(super) fn none(site: &Site, source: usize, lang: &Lang) -> Seen {
    let Some(source) = site.sources.get(source) else { return Seen::none() };
    let nobody = EntryId::new("", "");
    inverse(site, (&nobody, lang), &source.inverse, source.label.get(lang))
}

/// One inverse: how many refer, the first of them, and where the rest is.
fn inverse(site: &Site, (id, lang): (&EntryId, &Lang), name: &Name, label: &str) -> Seen {
    let count = backs(site, id, name, lang).len();
    let url = (count > INVERSE_PAGE).then(|| inverse_route(site, id, (name, lang), 1)).flatten();
    let mut map = SeenMap::with_capacity(6);
    map.put("name", Seen::text(name)).put("label", Seen::text(label));
    map.put("count", Seen::count(count));
    page(site, (id, lang), (name, 1), &mut map);
    map.put("url", url.map_or_else(Seen::none, |route| Seen::text(&site.href(&route))));
    map.finish()
}

/// Adds one page of those who refer to an entry: `entries`, and `relations` if a relation itself
/// has something to say.
pub(super) fn page(
    site: &Site,
    (id, lang): (&EntryId, &Lang),
    (name, page): (&str, usize),
    map: &mut SeenMap,
) {
    let all = backs(site, id, name, lang).iter();
    let shown = || all.clone().skip((page - 1) * INVERSE_PAGE).take(INVERSE_PAGE);
    let summary = |back: &Back| site.answer(&Query::Summary(back.from.clone(), lang.clone()));
    map.put("entries", Seen::list(shown().map(summary)));
    let rows: Vec<Vec<_>> = shown().map(|back| rows_of(site, (back, id), lang)).collect();
    let is_silent = rows.iter().flatten().all(|said| said.row.is_none());
    let relation = |(back, rows): (&Back, Vec<Said<'_>>)| {
        let mut map = SeenMap::with_capacity(2);
        map.put("entry", summary(back)).put("rows", Seen::list(rows.into_iter().map(Said::seen)));
        map.finish()
    };
    let relations = shown().zip(rows).filter(|_| !is_silent).map(relation);
    map.put("relations", Seen::list(relations));
}

/// What one reference says.
struct Said<'a> {
    /// The label of the field in which it stands.
    via: Option<&'a str>,
    /// Its row, if that says more than whom it refers to.
    row: Seen,
    /// The group of the row.
    table: Option<&'a Name>,
    /// The fields of that group.
    columns: Seen,
    /// The names of those that only refer to whom the row is shown to.
    but: Seen,
}

impl<'a> Said<'a> {
    /// A reference that says nothing but that it exists.
    fn nothing(via: Option<&'a str>) -> Self {
        let nothing = || Seen::list([]);
        Self { via, row: Seen::none(), table: None, columns: nothing(), but: nothing() }
    }

    /// What templates see of it.
    fn seen(self) -> Seen {
        let mut map = SeenMap::with_capacity(5);
        map.put("row", self.row).put("via", Seen::text_or_none(self.via));
        map.put("table", Seen::text_or_none(self.table.map(|table| &**table)));
        map.put("columns", self.columns).put("but", self.but);
        map.finish()
    }
}

/// The rows in which the references of one entry to another stand.
fn rows_of<'a>(site: &'a Site, (back, to): (&Back, &EntryId), lang: &Lang) -> Vec<Said<'a>> {
    back.spots.iter().map(|spot| row_of(site, (&back.from, *spot, to), lang)).collect()
}

/// The row in which a reference stands, if it says more than that, and the label of its field.
fn row_of<'a>(
    site: &'a Site,
    (from, spot, to): (&EntryId, Spot, &EntryId),
    lang: &Lang,
) -> Said<'a> {
    let Some(source) = site.sources.get(spot.source) else { return Said::nothing(None) };
    let Some(place) = site.places.get(from) else { return Said::nothing(None) };
    let field = site.kind(from).and_then(|kind| kind.fields.get(&source.field));
    let Some(field) = field else { return Said::nothing(None) };
    let via = Some(field.label.get(lang));
    let Type::Table(group) = &field.ty else { return Said::nothing(via) };
    let entry = &place.entry;
    let items = entry.facts.items(&source.field);
    let Some(Datum::Row(own)) = items.get(spot.row) else { return Said::nothing(via) };
    let words = entry.words.get(lang);
    let translated = words.map_or(&[][..], |words| words.row.items(&source.field));
    let partner = match items
        .get(spot.row)
        .and_then(|row| crate::model::rows::partner(field, (row, spot.row), translated))
    {
        Some(Datum::Row(row)) => Some(&**row),
        _ => None,
    };
    let Some(fields) = site.model.schema.group(group).map(|group| &group.fields) else {
        return Said::nothing(via);
    };
    let but: Vec<&Field> =
        fields.iter().filter(|field| is_reader(site, (own, field), to)).collect();
    let is_said = |row: &Row| row.values.iter().any(|(name, _)| says(fields, name, &but));
    if !is_said(own) && !partner.is_some_and(is_said) {
        return Said::nothing(via);
    }
    let path = words.map_or(&entry.path, |words| &words.path);
    let schema = &*site.model.schema;
    let main = &entry.path;
    let eye = Eye { site, schema, lang, main, words: path, brief: true, translated: false };
    let row = field::row_seen(eye, group, (own, partner));
    let columns = site.answer(&Query::Columns(group.clone(), lang.clone()));
    let but = Seen::list(but.into_iter().map(|field| Seen::text(&field.name)));
    Said { via, row, table: Some(group), columns, but }
}

/// Whether a field of a row refers to the entry that the row is shown to, and to nothing else.
fn is_reader(site: &Site, (row, field): (&Row, &Field), to: &EntryId) -> bool {
    let is_it = |datum: &Datum| match datum {
        Datum::Ref(reference) => site.referred(&field.ty, reference).as_ref() == Some(to),
        _ => false,
    };
    let items = row.items(&field.name);
    !items.is_empty() && items.iter().all(is_it)
}

/// Whether a field of a row tells readers more than `but` do: those that lead back to them.
fn says(fields: &Fields, name: &Name, but: &[&Field]) -> bool {
    let field = fields.get(name).filter(|field| field.public && &*field.name != "key");
    field.is_some_and(|field| but.iter().all(|own| own.name != field.name))
}
