//! The other side of references: who refers to whom.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::rows;
use super::walk::{Met, walk};
use crate::lang::Lang;
use crate::model::datum::Datum;
use crate::model::entry::{Entry, EntryId};
use crate::model::inverse::PICTURE;
use crate::model::schema::{Name, Schema, Type};
use crate::path::RelPath;
use crate::site::way::find_file;
use crate::site::{Back, Backs, Place, Site, Spot, State};

/// Notes for each entry who refers to it, in the order in which lists show them.
pub(super) fn connect(site: &mut Site) {
    let mut backs = Backs::default();
    for (id, place) in site.places.iter().filter(|(_, place)| place.state == State::Shown) {
        let Some(kind) = site.kind(id) else { continue };
        walk(&site.model.schema, (&place.entry.facts, &kind.fields), &mut |met| {
            note(site, (&mut backs, id), (&met.top.name, met.item), met);
        });
        in_pictures(site, (&mut backs, id), place);
    }
    for list in backs.values_mut().flat_map(BTreeMap::values_mut) {
        list.sort_by_cached_key(|back| {
            let rank = site.ranks.get(&back.from).copied().unwrap_or(usize::MAX);
            (site.model.schema.rank(&back.from.kind), rank)
        });
        for back in list {
            back.spots.sort_unstable();
            back.spots.dedup();
        }
    }
    backs.sort_unstable_keys();
    let all = Arc::new(backs);
    let languages = site.model.settings.languages.iter();
    site.backs = languages
        .map(|language| (language.lang.clone(), shown_in(site, &all, &language.lang)))
        .collect();
}

/// Notes a reference that an entry makes in a field, if the other side is to see it.
fn note(
    site: &Site,
    (backs, id): (&mut Backs, &EntryId),
    (top, row): (&Name, usize),
    met: &Met<'_>,
) {
    let Datum::Ref(reference) = met.datum else { return };
    let Some(inverse) = inverse_of(&site.model.schema, met) else { return };
    let Some(target) = site.referred(&met.field.ty, reference) else { return };
    let source = site.sources.iter().position(|source| {
        source.kind == id.kind && source.field == *top && source.inverse == *inverse
    });
    let Some(source) = source else { return };
    let list = backs.entry(target).or_default().entry(inverse.clone()).or_default();
    // Entries come one after the other, so its own is the last of the list.
    if list.last().is_none_or(|last| last.from != *id) {
        list.push(Back { from: id.clone(), spots: Vec::new() });
    }
    if let Some(own) = list.last_mut() {
        own.spots.push(Spot { source, row });
    }
}

/// Notes what the sidecars of an entry's pictures refer to: who is in the picture.
fn in_pictures(site: &Site, (backs, id): (&mut Backs, &EntryId), place: &Place) {
    let Some(group) = site.model.schema.group("picture") else { return };
    let top = Name::from(PICTURE);
    for path in pictures(site, &place.entry) {
        let Some(sidecar) = site.model.sidecars.get(&path) else { continue };
        walk(&site.model.schema, (&sidecar.row, &group.fields), &mut |met| {
            note(site, (backs, id), (&top, 0), met);
        });
    }
}

/// The pictures that an entry shows, in fields, in its text and in blocks there.
fn pictures(site: &Site, entry: &Entry) -> BTreeSet<RelPath> {
    let mut found = BTreeSet::new();
    if site.model.sidecars.is_empty() {
        return found;
    }
    for stands in rows::all(site, entry) {
        walk(&site.model.schema, (stands.row, stands.fields), &mut |met| {
            if let Datum::File(file) = met.datum {
                found.extend(find_file(site, stands.path, &file.path));
            }
        });
    }
    for (path, _, _, body) in rows::texts(site, entry) {
        let pictures = body.markup.pictures.iter();
        found.extend(pictures.filter_map(|picture| find_file(site, path, &picture.path)));
    }
    found
}

/// What of the references lists of a language show: those of entries that have a page in it, or
/// whose page in the main language stands for one.
fn shown_in(site: &Site, all: &Arc<Backs>, lang: &Lang) -> Arc<Backs> {
    let falls_back = site.model.settings.language(lang.as_str()).is_none_or(|own| own.fallback);
    let hidden: BTreeSet<&EntryId> = site
        .places
        .iter()
        .filter(|(_, place)| {
            !place.pages.contains_key(lang) && (!falls_back || place.entry.is_only())
        })
        .map(|(id, _)| id)
        .collect();
    if hidden.is_empty() {
        return all.clone();
    }
    let mut shown = Backs::clone(all);
    for list in shown.values_mut().flat_map(BTreeMap::values_mut) {
        list.retain(|back| !hidden.contains(&back.from));
    }
    Arc::new(shown)
}

/// The name under which the other side sees a reference: the field's own, or for one inside a table
/// what that table's field says of it.
fn inverse_of<'a>(schema: &Schema, met: &Met<'a>) -> Option<&'a Name> {
    let Some(holder) = met.holder else { return met.field.inverse.as_ref() };
    let named = holder.inverses.get(&met.field.name);
    named.or_else(|| {
        let Type::Table(group) = &holder.ty else { return None };
        let stands_for = schema.group(group)?.reference.as_ref()?;
        holder.inverse.as_ref().filter(|_| *stands_for == met.field.name)
    })
}
