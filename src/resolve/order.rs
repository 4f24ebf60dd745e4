//! The order of lists: by hand where entries say so, then as their kind sorts, then by title.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use crate::lang::Lang;
use crate::lang::collate::Collation;
use crate::model::entry::{Entry, EntryId};
use crate::model::schema::{Kind, Name, Sort};
use crate::site::sort::{FieldKey, field_key, title};
use crate::site::{Listed, Lists, Place, Site, State};

/// What an entry is sorted by: its number, its field, its title, its id.
type SortKey = (i64, FieldKey, Box<[u8]>, EntryId);

/// So many entries are put into a list that is in order; more are sorted with all others.
const FEW: usize = 100;

/// The order of all lists.
#[derive(Default)]
pub(super) struct Order {
    /// All shown entries of each kind in the order of a language.
    sorted: Lists,
    /// Those of them that lists of the language show.
    lists: Lists,
}

/// Sorts each kind's entries for each language. Those that are the same in `old` are in order
/// already. If only entries of some `kinds` are others than there, the rest is not looked at.
pub(super) fn sort(site: &Site, old: Option<&Site>, kinds: Option<&BTreeSet<Name>>) -> Order {
    let languages = site.model.settings.languages.iter().map(|own| &own.lang);
    let public = || site.model.schema.public_kinds();
    let all: Vec<_> = languages.flat_map(|lang| public().map(move |kind| (kind, lang))).collect();
    let lists = all.into_par_iter().map(|(kind, lang)| {
        let key = (kind.name.clone(), lang.clone());
        let same = old.filter(|_| kinds.is_some_and(|kinds| !kinds.contains(&kind.name)));
        let known = same.and_then(|old| Some((old.sorted.get(&key)?, old.lists.get(&key)?)));
        let (sorted, listed) = known
            .map(|(sorted, listed)| (sorted.clone(), listed.clone()))
            .unwrap_or_else(|| lists((site, old), (kind, &key)));
        (key, sorted, listed)
    });
    let mut order = Order::default();
    for (key, sorted, listed) in lists.collect::<Vec<_>>() {
        order.sorted.insert(key.clone(), sorted);
        order.lists.insert(key, listed);
    }
    order
}

impl Order {
    /// Gives a site this order.
    pub(super) fn apply(self, site: &mut Site) {
        (site.sorted, site.lists) = (self.sorted, self.lists);
    }
}

/// The entries of a kind in the order of a language, and those of them that its lists show.
fn lists(
    (site, old): (&Site, Option<&Site>),
    (kind, key): (&Kind, &(Name, Lang)),
) -> (Arc<Listed>, Arc<Listed>) {
    let lang = &key.1;
    let ids = sorted((site, old), (kind, lang), &Collation::for_lang(lang));
    let listed: Vec<EntryId> = ids.iter().filter(|id| is_listed(site, id, lang)).cloned().collect();
    let sorted = shared(ids, [old.and_then(|old| old.sorted.get(key)), None]);
    let listed = shared(listed, [Some(&sorted), old.and_then(|old| old.lists.get(key))]);
    (sorted, listed)
}

/// A list of these entries; one of those that there are already, if it is the same.
fn shared(ids: Vec<EntryId>, known: [Option<&Arc<Listed>>; 2]) -> Arc<Listed> {
    let mut known = known.into_iter().flatten();
    let same = known.find(|known| known.ids == ids).cloned();
    same.unwrap_or_else(|| Arc::new(Listed::of(ids)))
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
    let of_kind = site.places.of_kind(&kind.name);
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
        let mut ids: Vec<EntryId> = before.ids.iter().filter(stays).cloned().collect();
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
