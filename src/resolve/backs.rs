//! The other side of references: who refers to whom.

mod amend;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::rows;
use super::walk::{Met, walk};
use crate::lang::Lang;
use crate::model::datum::{Datum, Reference};
use crate::model::entry::{Entry, EntryId};
use crate::model::inverse::PICTURE;
use crate::model::schema::{Name, Schema, Type};
use crate::path::RelPath;
use crate::site::way::find_file;
use crate::site::{Back, Backs, ByName, Place, Site, Spot, State};

pub(super) use amend::{Key, amend};

/// What refers to each entry, as lists of each language show it.
pub(super) type ByLang = BTreeMap<Lang, Arc<Backs>>;

/// A reference, in numbers that sort as the other side shows it.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Forth {
    /// The entry that it leads to.
    to: usize,
    /// The name under which that sees it: the first source with that name.
    name: usize,
    /// The rank of the kind that refers, and of the entry in it.
    rank: (usize, usize),
    /// The entry that refers.
    from: usize,
    /// Where in it the reference stands.
    spot: Spot,
}

/// Finds for each entry who refers to it, in the order in which lists show them; and which ids
/// references miss.
pub(super) fn connect(site: &Site) -> (ByLang, BTreeSet<Name>) {
    let (names, own) = (names(site), own(site));
    let places: Vec<(usize, &Place)> = site.places.values().enumerate().collect();
    let shown = places.into_par_iter().filter(|(_, place)| place.state == State::Shown);
    let references = |place| references(site, (&names, &own), place);
    let found: Vec<(Vec<Forth>, Vec<Name>)> = shown.map(references).collect();
    let (mut forth, mut missed) = (Vec::with_capacity(found.len() * 3), BTreeSet::new());
    for (own, others) in found {
        forth.extend(own);
        missed.extend(others);
    }
    forth.par_sort_unstable();
    forth.dedup();
    let targets: Vec<&[Forth]> = forth.chunk_by(|one, next| one.to == next.to).collect();
    let backs = targets.into_par_iter().filter_map(|found| seen_by(site, found));
    let all: Arc<Backs> = Arc::new(backs.collect::<Vec<_>>().into_iter().collect());
    let languages = site.model.settings.languages.iter();
    let by_lang = languages
        .map(|language| (language.lang.clone(), shown_in(site, &all, &language.lang)))
        .collect();
    (by_lang, missed)
}

/// For each source the number of the first one with the same name on the other side.
fn names(site: &Site) -> Vec<usize> {
    let sources = &site.sources;
    let first = |inverse: &Name| sources.iter().position(|source| source.inverse == *inverse);
    sources.iter().map(|source| first(&source.inverse).unwrap_or_default()).collect()
}

/// The numbers of each kind's sources.
fn own(site: &Site) -> FxHashMap<&str, Vec<usize>> {
    let mut own: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (number, source) in site.sources.iter().enumerate() {
        own.entry(&source.kind).or_default().push(number);
    }
    own
}

/// What an entry sees of the references to it, all of which are given in order.
fn seen_by(site: &Site, forth: &[Forth]) -> Option<(EntryId, Arc<ByName>)> {
    let target = site.places.name_at(forth.first()?.to)?;
    let mut by_name = BTreeMap::new();
    for same in forth.chunk_by(|one, next| one.name == next.name) {
        let Some(source) = same.first().and_then(|one| site.sources.get(one.name)) else {
            continue;
        };
        let entries = same.chunk_by(|one, next| one.from == next.from);
        let backs = entries.filter_map(|own| {
            let from = site.places.name_at(own.first()?.from)?;
            Some(Back { from: from.clone(), spots: own.iter().map(|one| one.spot).collect() })
        });
        by_name.insert(source.inverse.clone(), backs.collect());
    }
    Some((target.clone(), Arc::new(by_name)))
}

/// The references of an entry that the other side is to see; and the ids that those miss which lead
/// nowhere.
fn references(
    site: &Site,
    (names, own): (&[usize], &FxHashMap<&str, Vec<usize>>),
    (at, place): (usize, &Place),
) -> (Vec<Forth>, Vec<Name>) {
    let (mut found, mut missed) = (Vec::new(), Vec::new());
    let id = &place.entry.id;
    let (Some(kind), Some(own)) = (site.kind(id), own.get(&*id.kind)) else {
        return (found, missed);
    };
    let rank = (site.model.schema.rank(&id.kind), site.rank(id));
    let mut add = |(top, row): (&Name, usize), met: &Met<'_>| {
        let Some((reference, source)) = reference(site, own, top, met) else { return };
        let target = site.referred(&met.field.ty, reference);
        match target.and_then(|target| site.places.get_index_of(&target)) {
            Some(to) => {
                let (name, from, spot) = (names[source], at, Spot { source, row });
                found.push(Forth { to, name, rank, from, spot });
            }
            None => missed.push(reference.id.clone()),
        }
    };
    walk(&site.model.schema, (&place.entry.facts, &kind.fields), &mut |met| {
        add((&met.top.name, met.item), met);
    });
    in_pictures(site, &mut add, place);
    (found, missed)
}

/// A reference that an entry makes in a field, and the source it belongs to, if the other side is to
/// see it.
fn reference<'a>(
    site: &Site,
    own: &[usize],
    top: &Name,
    met: &Met<'a>,
) -> Option<(&'a Reference, usize)> {
    let Datum::Ref(reference) = met.datum else { return None };
    let inverse = inverse_of(&site.model.schema, met)?;
    let is_it = |number: &&usize| {
        let source = &site.sources[**number];
        source.field == *top && source.inverse == *inverse
    };
    Some((reference, *own.iter().find(is_it)?))
}

/// Adds what the sidecars of an entry's pictures refer to: who is in the picture.
fn in_pictures(site: &Site, add: &mut impl FnMut((&Name, usize), &Met<'_>), place: &Place) {
    let Some(group) = site.model.schema.group("picture") else { return };
    let top = Name::from(PICTURE);
    for path in pictures(site, &place.entry) {
        let Some(sidecar) = site.model.sidecars.get(&path) else { continue };
        walk(&site.model.schema, (&sidecar.row, &group.fields), &mut |met| add((&top, 0), met));
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

/// What of the references lists of a language show.
fn shown_in(site: &Site, all: &Arc<Backs>, lang: &Lang) -> Arc<Backs> {
    let places = site.places.iter();
    let hidden: BTreeSet<&EntryId> =
        places.filter(|(_, place)| is_hidden(site, place, lang)).map(|(id, _)| id).collect();
    if hidden.is_empty() {
        return all.clone();
    }
    let mut shown = Backs::clone(all);
    shown.retain(|_, by_name| {
        if by_name.values().flatten().any(|back| hidden.contains(&back.from)) {
            Arc::make_mut(by_name).retain(|_, list| {
                list.retain(|back| !hidden.contains(&back.from));
                !list.is_empty()
            });
        }
        !by_name.is_empty()
    });
    Arc::new(shown)
}

/// Whether lists of a language do not show an entry: it has no page in it, and its page in the main
/// language does not stand for one.
fn is_hidden(site: &Site, place: &Place, lang: &Lang) -> bool {
    let falls_back = || site.model.settings.language(lang.as_str()).is_none_or(|own| own.fallback);
    !place.pages.contains_key(lang) && (place.entry.is_only() || !falls_back())
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
