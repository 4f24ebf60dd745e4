//! A site with a few entries other than before.
//!
//! Most of what is decided about a site as a whole does not depend on any one entry. Where an entry
//! comes, goes or says something else, what it gives up is taken out and what it brings is put in. If
//! anybody else may want the one or get the other, nothing is amended: then all is to be decided
//! anew.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::exchange::differs_in_words;
use super::{addresses, backs, files, listings, menus, order, outputs, time};
use crate::model::entry::{Entry, EntryId, Looked, SECTION};
use crate::model::schema::Name;
use crate::model::theme::Theme;
use crate::site::{Place, Site, State, World};

/// The facts that matter to others than those who refer to the entry.
const DECISIVE: &[&str] = &["redirects", "role"];

/// What became of entries, by their names.
pub(super) struct Change {
    /// Those that are no longer there, or no longer what they were.
    pub(super) gone: Vec<EntryId>,
    /// Those that are new, or other than they were.
    pub(super) come: Vec<EntryId>,
    /// Those of which some words differ, and that stand elsewhere in lists.
    pub(super) moved: Vec<EntryId>,
}

impl Change {
    /// What becomes of entries if some go and others come. `None` if two would have one name.
    fn new(
        site: &Site,
        (gone, come): (Vec<EntryId>, &[Entry]),
        moved: Vec<EntryId>,
    ) -> Option<Self> {
        let mut gone: BTreeSet<EntryId> = gone.into_iter().collect();
        for entry in come {
            let Some(old) = site.places.get(&entry.id) else { continue };
            if old.entry.path != entry.path && !gone.contains(&entry.id) {
                return None;
            }
            gone.insert(entry.id.clone());
        }
        let names: BTreeSet<&EntryId> = come.iter().map(|entry| &entry.id).collect();
        let come_ids = || come.iter().map(|entry| entry.id.clone()).collect();
        let is_clear = names.len() == come.len();
        is_clear.then(|| Self { gone: gone.into_iter().collect(), come: come_ids(), moved })
    }
}

/// The site without the entries `gone`, with those of `come`, with a theme of which at most templates
/// are others, and at a moment until which nothing changes by itself. `None` if that cannot be had
/// without a look at all entries.
pub fn amend(
    site: &Site,
    (gone, come): (Vec<EntryId>, Vec<Entry>),
    (theme, world): (&Arc<Theme>, &World),
) -> Option<Site> {
    let mut new = site.afresh();
    new.world = world.clone();
    if !Arc::ptr_eq(&site.model.theme, theme) {
        new.model.theme = theme.clone();
        if outputs::assets(&new) != *site.assets {
            return None;
        }
    }
    let (said, come): (Vec<Entry>, Vec<Entry>) =
        come.into_iter().partition(|entry| differs_in_words(site, entry));
    let moves = |entry: &&Entry| !order::stays(site, entry);
    let moved: Vec<EntryId> = said.iter().filter(moves).map(|entry| entry.id.clone()).collect();
    for entry in said {
        let Some(place) = new.places.get(&entry.id).cloned() else { continue };
        new.places.exchange(Place { entry: Arc::new(entry), ..place });
    }
    let change = Change::new(site, (gone, &come), moved)?;
    if !change.gone.is_empty() || !change.come.is_empty() {
        places(&mut new, (site, &change), come)?;
        files::amend(&mut new, site, &change)?;
    }
    if [&change.gone, &change.come, &change.moved].iter().all(|ids| ids.is_empty()) {
        return Some(new);
    }
    let all = change.gone.iter().chain(&change.come).chain(&change.moved);
    let kinds = all.map(|id| id.kind.clone()).collect();
    order::sort(&new, Some(site), Some(&kinds)).apply(&mut new);
    let kinds = listings::touched(&new, &kinds);
    let lists = listings::make(&new, Some(&kinds));
    new.listings.extend(lists);
    let (lists, missed) = backs::amend(&mut new, site, &change);
    if !change.gone.is_empty() || !change.come.is_empty() {
        outputs::amend(&mut new, site, (&change, &kinds, &lists))?;
        new.menu_targets = Arc::new(menus(&new));
        let is_left = |id: &&EntryId| !new.places.contains_key(id);
        let left: Vec<Name> = change.gone.iter().filter(is_left).map(|id| id.id.clone()).collect();
        Arc::make_mut(&mut new.ties.missed).extend(missed.into_iter().chain(left));
    }
    Some(new)
}

/// Takes the places of entries out, and puts those of others in.
fn places(new: &mut Site, (old, change): (&Site, &Change), come: Vec<Entry>) -> Option<()> {
    // Two files may claim one name, and the other would have it now.
    if !old.model.doubts.is_empty() || old.model.doubts.has_rivals() {
        return None;
    }
    let by_path = Arc::make_mut(&mut new.by_path);
    for id in &change.gone {
        let place = old.places.get(id).filter(|place| is_plain(&place.entry))?;
        if !has_paths_alone(old, &place.entry) {
            return None;
        }
        let mut moments = Vec::new();
        time::place(&mut Vec::new(), (&old.model, &old.world), &place.entry, &mut moments);
        if is_elsewhere(place) || old.next_change.is_some_and(|next| moments.contains(&next)) {
            return None;
        }
        let words = place.entry.words.values().map(|words| &words.path);
        for path in words.chain([&place.entry.path]) {
            by_path.remove(&path.in_composed_form());
        }
        new.places.remove(id);
    }
    for entry in come {
        let names = super::names_of(&entry);
        if !is_plain(&entry) || names.iter().any(|(path, _)| by_path.contains_key(path)) {
            return None;
        }
        by_path.extend(names);
        let mut moments = Vec::new();
        let entry = Arc::new(entry);
        let mut place =
            time::place(&mut Vec::new(), (&old.model, &new.world), &entry, &mut moments);
        if is_elsewhere(&place) {
            return None;
        }
        if place.state.has_pages() {
            place.pages = Arc::new(addresses::all(old, &entry));
        }
        let to_come = moments.into_iter().filter(|moment| *moment > new.world.now.instant);
        new.next_change = to_come.chain(new.next_change).min();
        new.places.insert(place);
    }
    let names: BTreeSet<&EntryId> = change.gone.iter().chain(&change.come).collect();
    let is_new = |id: &&&EntryId| old.places.contains_key(id) != new.places.contains_key(id);
    names.iter().filter(is_new).all(|id| is_free(new, id)).then_some(())
}

/// Whether an entry matters only to those who refer to it or list it.
fn is_plain(entry: &Entry) -> bool {
    &*entry.id.kind != SECTION
        && !entry.id.id.is_empty()
        && !entry.facts.is_unread()
        && DECISIVE.iter().all(|name| entry.facts.get(name).is_none())
}

/// Whether all files of an entry are its alone: rows stand with others in one file, and two files may
/// have one name, if its umlauts are written in two ways.
fn has_paths_alone(site: &Site, entry: &Entry) -> bool {
    let words = entry.words.values().map(|words| &words.path);
    let mut paths = words.chain([&entry.path]);
    paths.all(|path| {
        let composed = path.in_composed_form();
        let is_it = |place: &&Place| {
            let words = place.entry.words.values().map(|words| &words.path);
            let mut all = words.chain([&place.entry.path]);
            all.any(|other| other.in_composed_form() == composed)
        };
        path.extension() == "md"
            && (path.as_str().is_ascii() || site.places.values().filter(is_it).count() == 1)
    })
}

/// Whether an entry has pages at other times only, which nobody else may have then.
fn is_elsewhere(place: &Place) -> bool {
    matches!(place.state, State::Scheduled | State::Gone)
}

/// Whether no reference changes its meaning because there is, or is not, an entry of this name.
fn is_free(site: &Site, id: &EntryId) -> bool {
    let mut kinds = site.model.schema.public_kinds().map(|kind| &kind.name);
    let is_other =
        |kind: &Name| *kind != id.kind && site.places.name_of(&Looked::up(kind, &id.id)).is_some();
    !kinds.any(is_other) && !site.ties.missed.contains(&id.id)
}
