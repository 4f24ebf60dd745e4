//! The order of lists: by hand where entries say so, then as their kind sorts, then by title.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::lang::Lang;
use crate::lang::collate::Collation;
use crate::model::entry::{Entry, EntryId};
use crate::model::schema::{Kind, Sort};
use crate::site::sort::{FieldKey, field_key, title};
use crate::site::{Lists, Site, State};

/// What an entry is sorted by: its number, its field, its title, its id.
type SortKey = (i64, FieldKey, Box<[u8]>, EntryId);

/// The order of all lists.
#[derive(Default)]
pub(super) struct Order {
    /// The entries of each kind, as a language lists them.
    pub(super) lists: Lists,
    /// Where each entry stands among those of its kind in the main language.
    pub(super) ranks: FxHashMap<EntryId, usize>,
    /// Where each entry stands in the list of a language.
    pub(super) positions: FxHashMap<(EntryId, Lang), usize>,
}

/// Sorts each kind's entries for each language.
pub(super) fn sort(site: &Site) -> Order {
    let languages = site.model.settings.languages.iter().map(|own| &own.lang);
    let kinds = || site.model.schema.public_kinds();
    let all: Vec<_> = languages.flat_map(|lang| kinds().map(move |kind| (kind, lang))).collect();
    let sorted = all.into_par_iter().map(|(kind, lang)| {
        let ids = sorted(site, (kind, lang), &Collation::for_lang(lang));
        (kind, lang, ids)
    });
    let mut order = Order::default();
    for (kind, lang, ids) in sorted.collect::<Vec<_>>() {
        if lang == site.main_lang() {
            order.ranks.extend(ids.iter().cloned().enumerate().map(|(rank, id)| (id, rank)));
        }
        let listed: Vec<EntryId> = ids.into_iter().filter(|id| is_listed(site, id, lang)).collect();
        let at = listed.iter().enumerate().map(|(at, id)| ((id.clone(), lang.clone()), at));
        order.positions.extend(at);
        order.lists.insert((kind.name.clone(), lang.clone()), listed);
    }
    order
}

impl Order {
    /// Gives a site this order.
    pub(super) fn apply(self, site: &mut Site) {
        site.lists = Arc::new(self.lists);
        site.ranks = Arc::new(self.ranks);
        site.positions = Arc::new(self.positions);
    }
}

/// Whether an entry has the same place in all lists as the one of its name that the site has.
pub(super) fn stays(site: &Site, entry: &Entry) -> bool {
    let (Some(old), Some(kind)) = (site.model.entries.get(&entry.id), site.kind(&entry.id)) else {
        return false;
    };
    site.model.settings.languages.iter().all(|language| {
        let lang = &language.lang;
        let collation = Collation::for_lang(lang);
        let key = |entry| key((entry, lang), &kind.sort, &collation);
        key(&**old) == key(entry)
    })
}

/// All shown entries of a kind in the order of a language.
fn sorted(site: &Site, (kind, lang): (&Kind, &Lang), collation: &Collation) -> Vec<EntryId> {
    let of_kind: Vec<&Entry> = site
        .places
        .values()
        .filter(|place| place.entry.id.kind == kind.name && place.state == State::Shown)
        .map(|place| &*place.entry)
        .collect();
    let mut keys: Vec<SortKey> =
        of_kind.par_iter().map(|entry| key((entry, lang), &kind.sort, collation)).collect();
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
