//! The order of lists: by hand where entries say so, then as their kind sorts, then by title.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::lang::Lang;
use crate::lang::collate::Collation;
use crate::model::entry::{Entry, EntryId};
use crate::model::schema::{Kind, Sort};
use crate::site::sort::{FieldKey, field_key, title};
use crate::site::{Lists, Place, Site, State};

/// What an entry is sorted by: its number, its field, its title, its id.
type SortKey = (i64, FieldKey, Box<[u8]>, EntryId);

/// So many entries are put into a list that is in order; more are sorted with all others.
const FEW: usize = 100;

/// The order of all lists.
#[derive(Default)]
pub(super) struct Order {
    /// All shown entries of each kind in the order of a language.
    pub(super) sorted: Lists,
    /// The entries of each kind, as a language lists them.
    pub(super) lists: Lists,
    /// Where each entry stands among those of its kind in the main language.
    pub(super) ranks: FxHashMap<EntryId, usize>,
    /// Where each entry stands in the list of a language.
    pub(super) positions: FxHashMap<(EntryId, Lang), usize>,
}

/// Sorts each kind's entries for each language. Those that are the same in `old` are in order already.
pub(super) fn sort(site: &Site, old: Option<&Site>) -> Order {
    let languages = site.model.settings.languages.iter().map(|own| &own.lang);
    let kinds = || site.model.schema.public_kinds();
    let all: Vec<_> = languages.flat_map(|lang| kinds().map(move |kind| (kind, lang))).collect();
    let sorted = all.into_par_iter().map(|(kind, lang)| {
        let ids = sorted((site, old), (kind, lang), &Collation::for_lang(lang));
        (kind, lang, ids)
    });
    let mut order = Order::default();
    for (kind, lang, ids) in sorted.collect::<Vec<_>>() {
        if lang == site.main_lang() {
            order.ranks.extend(ids.iter().cloned().enumerate().map(|(rank, id)| (id, rank)));
        }
        let listed: Vec<EntryId> =
            ids.iter().filter(|id| is_listed(site, id, lang)).cloned().collect();
        order.sorted.insert((kind.name.clone(), lang.clone()), ids);
        let at = listed.iter().enumerate().map(|(at, id)| ((id.clone(), lang.clone()), at));
        order.positions.extend(at);
        order.lists.insert((kind.name.clone(), lang.clone()), listed);
    }
    order
}

impl Order {
    /// Gives a site this order.
    pub(super) fn apply(self, site: &mut Site) {
        site.sorted = Arc::new(self.sorted);
        site.lists = Arc::new(self.lists);
        site.ranks = Arc::new(self.ranks);
        site.positions = Arc::new(self.positions);
    }
}

/// Whether an entry has the same place in all lists as the one of its name that the site has.
pub(super) fn stays(site: &Site, entry: &Entry) -> bool {
    let (Some(old), Some(kind)) = (site.places.get(&entry.id), site.kind(&entry.id)) else {
        return false;
    };
    site.model.settings.languages.iter().all(|language| {
        let lang = &language.lang;
        let collation = Collation::for_lang(lang);
        let key = |entry| key((entry, lang), &kind.sort, &collation);
        key(&*old.entry) == key(entry)
    })
}

/// All shown entries of a kind in the order of a language.
fn sorted(
    (site, old): (&Site, Option<&Site>),
    (kind, lang): (&Kind, &Lang),
    collation: &Collation,
) -> Vec<EntryId> {
    let is_shown = |place: &&Place| place.state == State::Shown;
    let of_kind = site.places.values().filter(|place| place.entry.id.kind == kind.name);
    let old = old.and_then(|old| Some((old, old.sorted.get(&(kind.name.clone(), lang.clone()))?)));
    let is_known = |place: &&Place| {
        let was = old.and_then(|(old, _)| old.places.get(&place.entry.id)).filter(is_shown);
        was.is_some_and(|was| Arc::ptr_eq(&was.entry, &place.entry))
    };
    let (known, new): (Vec<&Place>, Vec<&Place>) = of_kind.filter(is_shown).partition(is_known);
    let key = |entry: &Entry| key((entry, lang), &kind.sort, collation);
    if let Some((_, before)) = old.filter(|_| new.len() <= FEW.min(known.len())) {
        let stays =
            |id: &&EntryId| site.places.get(*id).filter(is_shown).is_some_and(|p| is_known(&p));
        let mut ids: Vec<EntryId> = before.iter().filter(stays).cloned().collect();
        for place in new {
            let own = key(&place.entry);
            let is_before =
                |id: &EntryId| site.places.get(id).is_some_and(|place| key(&place.entry) < own);
            let at = ids.partition_point(is_before);
            ids.insert(at, place.entry.id.clone());
        }
        return ids;
    }
    let all: Vec<&Place> = known.into_iter().chain(new).collect();
    let mut keys: Vec<SortKey> = all.par_iter().map(|place| key(&place.entry)).collect();
    keys.par_sort_unstable();
    keys.into_iter().map(|key| key.3).collect()
}

/// What an entry is sorted by in a language.
fn key((entry, lang): (&Entry, &Lang), sort: &Sort, collation: &Collation) -> SortKey {
    let title = collation.key(title(entry, lang));
    let by_title = &*sort.field == "title" && !sort.descending;
    let field = if by_title { FieldKey::Unset } else { field_key((entry, lang), sort, collation) };
    let order = entry.facts.integer("order").unwrap_or(i64::MAX);
    (order, field, title, entry.id.clone())
}

/// Whether an entry stands in the lists of a language: it is translated, or the language falls back
/// to the original.
fn is_listed(site: &Site, id: &EntryId, lang: &Lang) -> bool {
    let Some(place) = site.places.get(id) else { return false };
    if place.pages.contains_key(lang) {
        return true;
    }
    let falls_back =
        site.model.settings.language(lang.as_str()).is_none_or(|language| language.fallback);
    falls_back && !place.entry.is_only()
}
