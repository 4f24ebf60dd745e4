//! The other side of references, when a few entries have changed.
//!
//! Whoever refers to something stands to the others as before, unless it has changed itself. So the
//! lists of the last site are taken over, and those who came are put where they belong.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{ByLang, names, own, references};
use crate::lang::Lang;
use crate::model::entry::EntryId;
use crate::model::schema::Name;
use crate::resolve::amend::Change;
use crate::site::{Back, Backs, Site, State};

/// An entry that refers to another under a name.
struct Link {
    /// The entry that is referred to.
    to: EntryId,
    /// The name under which it sees that.
    name: Name,
    /// Who refers, and where.
    back: Back,
}

/// A list of those who refer to an entry under a name.
pub(in crate::resolve) type Key = (EntryId, Name);

/// Brings the other side up to date in a site that was made of `old` and is complete but for that.
/// Returns the lists that may be others, and the ids that those miss who came.
pub(in crate::resolve) fn amend(
    site: &mut Site,
    old: &Site,
    change: &Change,
) -> (BTreeSet<Key>, Vec<Name>) {
    let (lost, _) = links(old, &change.gone);
    let (won, missed) = links(site, &change.come);
    let (moved, _) = links(site, &change.moved);
    let all = lost.iter().chain(&won).chain(&moved);
    let keys: BTreeSet<Key> = all.map(|link| (link.to.clone(), link.name.clone())).collect();
    let mut done: Vec<(Arc<Backs>, Vec<bool>, Arc<Backs>)> = Vec::new();
    let mut by_lang = ByLang::new();
    for (lang, backs) in &old.backs {
        let shown: Vec<bool> = won.iter().map(|link| is_shown(site, link, lang)).collect();
        // Languages that show the same share it, and shall go on to.
        let is_known = |(known, own, _): &&(Arc<Backs>, Vec<bool>, Arc<Backs>)| {
            Arc::ptr_eq(known, backs) && *own == shown
        };
        let new = done.iter().find(is_known).map(|(_, _, new)| new.clone()).unwrap_or_else(|| {
            let mut new = Backs::clone(backs);
            lost.iter().for_each(|link| take_out(&mut new, link));
            for id in change.gone.iter().filter(|id| !site.places.contains_key(id)) {
                new.swap_remove(id);
            }
            let seen = won.iter().zip(&shown).filter(|(_, is_shown)| **is_shown);
            seen.for_each(|(link, _)| put_in(&mut new, link));
            keys.iter().for_each(|key| sort(site, &mut new, key));
            Arc::new(new)
        });
        done.push((backs.clone(), shown, new.clone()));
        by_lang.insert(lang.clone(), new);
    }
    site.backs = by_lang;
    (keys, missed)
}

/// The references of some entries, and the ids that those miss which lead nowhere.
fn links(site: &Site, ids: &[EntryId]) -> (Vec<Link>, Vec<Name>) {
    let (names, own) = (names(site), own(site));
    let (mut links, mut missed) = (Vec::new(), Vec::new());
    let places = ids.iter().filter_map(|id| site.places.get_full(id));
    for (at, from, place) in places.filter(|(_, _, place)| place.state == State::Shown) {
        let (mut forth, nowhere) = references(site, (&names, &own), (at, place));
        missed.extend(nowhere);
        forth.sort_unstable();
        forth.dedup();
        for same in forth.chunk_by(|one, next| (one.to, one.name) == (next.to, next.name)) {
            let Some(one) = same.first() else { continue };
            let target = site.places.name_at(one.to);
            let Some((to, source)) = target.zip(site.sources.get(one.name)) else { continue };
            let spots = same.iter().map(|one| one.spot).collect();
            let back = Back { from: from.clone(), spots };
            links.push(Link { to: to.clone(), name: source.inverse.clone(), back });
        }
    }
    (links, missed)
}

/// Whether lists of a language show who refers.
fn is_shown(site: &Site, link: &Link, lang: &Lang) -> bool {
    site.places.get(&link.back.from).is_some_and(|place| !super::is_hidden(site, place, lang))
}

/// Takes out who no longer refers.
fn take_out(backs: &mut Backs, link: &Link) {
    let Some(by_name) = backs.get_mut(&link.to) else { return };
    if let Some(list) = Arc::make_mut(by_name).get_mut(&link.name) {
        list.retain(|back| back.from != link.back.from);
    }
}

/// Puts in who refers now, somewhere.
fn put_in(backs: &mut Backs, link: &Link) {
    let by_name = backs.entry(link.to.clone()).or_default();
    let list = Arc::make_mut(by_name).entry(link.name.clone()).or_default();
    list.push(link.back.clone());
}

/// Puts a list in order; what is empty is left out.
fn sort(site: &Site, backs: &mut Backs, (to, name): &Key) {
    let Some(by_name) = backs.get_mut(to) else { return };
    let lists = Arc::make_mut(by_name);
    if let Some(list) = lists.get_mut(name) {
        let kind_rank = |id: &EntryId| site.model.schema.rank(&id.kind);
        let place = |id: &EntryId| site.places.get_index_of(id);
        list.sort_by_cached_key(|back| {
            (kind_rank(&back.from), site.rank(&back.from), place(&back.from))
        });
        if list.is_empty() {
            lists.remove(name);
        }
    }
    if lists.is_empty() {
        backs.swap_remove(to);
    }
}
