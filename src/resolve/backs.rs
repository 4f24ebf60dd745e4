//! The other side of references: who refers to whom.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

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

/// What refers to each entry, as lists of each language show it.
pub(super) type ByLang = BTreeMap<Lang, Arc<Backs>>;

/// A reference: the entry that it leads to, the name under which that sees it, and where it stands.
type Forth<'a> = (EntryId, &'a Name, Spot);

/// Finds for each entry who refers to it, in the order in which lists show them.
pub(super) fn connect(site: &Site) -> ByLang {
    let places: Vec<(&EntryId, &Place)> =
        site.places.iter().filter(|(_, place)| place.state == State::Shown).collect();
    let forth: Vec<Vec<Forth<'_>>> =
        places.par_iter().map(|place| references(site, *place)).collect();
    let mut backs = Backs::default();
    for ((id, _), forth) in places.into_iter().zip(forth) {
        forth.into_iter().for_each(|one| note(&mut backs, id, one));
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
    languages
        .map(|language| (language.lang.clone(), shown_in(site, &all, &language.lang)))
        .collect()
}

/// The references of an entry that the other side is to see.
fn references<'a>(site: &'a Site, (id, place): (&EntryId, &'a Place)) -> Vec<Forth<'a>> {
    let mut found = Vec::new();
    let Some(kind) = site.kind(id) else { return found };
    walk(&site.model.schema, (&place.entry.facts, &kind.fields), &mut |met| {
        found.extend(reference(site, id, (&met.top.name, met.item), met));
    });
    in_pictures(site, (&mut found, id), place);
    found
}

/// A reference that an entry makes in a field, if the other side is to see it.
fn reference<'a>(
    site: &'a Site,
    id: &EntryId,
    (top, row): (&Name, usize),
    met: &Met<'a>,
) -> Option<Forth<'a>> {
    let Datum::Ref(reference) = met.datum else { return None };
    let inverse = inverse_of(&site.model.schema, met)?;
    let target = site.referred(&met.field.ty, reference)?;
    let source = site.sources.iter().position(|source| {
        source.kind == id.kind && source.field == *top && source.inverse == *inverse
    })?;
    Some((target, inverse, Spot { source, row }))
}

/// Notes a reference of an entry with the one that it leads to.
fn note(backs: &mut Backs, id: &EntryId, (target, inverse, spot): Forth<'_>) {
    let list = backs.entry(target).or_default().entry(inverse.clone()).or_default();
    // Entries come one after the other, so its own is the last of the list.
    if list.last().is_none_or(|last| last.from != *id) {
        list.push(Back { from: id.clone(), spots: Vec::new() });
    }
    if let Some(own) = list.last_mut() {
        own.spots.push(spot);
    }
}

/// Adds what the sidecars of an entry's pictures refer to: who is in the picture.
fn in_pictures<'a>(site: &'a Site, (found, id): (&mut Vec<Forth<'a>>, &EntryId), place: &Place) {
    let Some(group) = site.model.schema.group("picture") else { return };
    let top = Name::from(PICTURE);
    for path in pictures(site, &place.entry) {
        let Some(sidecar) = site.model.sidecars.get(&path) else { continue };
        walk(&site.model.schema, (&sidecar.row, &group.fields), &mut |met| {
            found.extend(reference(site, id, (&top, 0), met));
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
