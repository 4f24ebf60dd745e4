//! RESOLVE: every entry in its place.
//!
//! Here the site is looked at as a whole: which entries are shown today, what refers to what, in
//! which order lists stand, which files go out, and which address each page has. It is redone in
//! full whenever a file changes. Only what rests on one entry alone may be taken from the last site,
//! if the entry is the very same; and [`amend()`] makes a site to be shown until this is done, if few
//! entries differ.

mod addresses;
mod amend;
mod backs;
mod cycles;
mod downloads;
mod claims;
mod each;
mod exchange;
mod files;
mod former;
mod life;
mod legal;
pub mod links;
mod listings;
mod order;
mod outputs;
mod redirects;
mod references;
mod requests;
mod rows;
mod settings;
mod standing;
mod style;
mod time;
mod walk;

pub use amend::amend;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::diag::Diagnostic;
use crate::lang::Lang;
use crate::model::entry::{Entry, EntryId};
use crate::model::inverse;
use crate::model::schema::Name;
use crate::model::{self, Model};
use crate::path::{RelPath, Route};
use crate::site::wording::wordings;
use crate::site::{Answers, Bodies, ByPath, Place, Places, Site, Ties, World, view};

/// Puts every entry in its place, and says what is wrong there.
pub fn resolve(notes: &mut Vec<Diagnostic>, model: Model, world: World) -> Site {
    let site = place(notes, model, world, None);
    check(notes, &site);
    site
}

/// Puts every entry in its place: all that pages need. What is found on the way is said. What was
/// found out for the same entries of `old` is taken from there.
pub fn place(notes: &mut Vec<Diagnostic>, model: Model, world: World, old: Option<&Site>) -> Site {
    place_unless(notes, (model, world), old, &|| false).expect("nobody broke it off")
}

/// The same, unless somebody is in a hurry: `None` if `is_over` says so between two steps.
pub fn place_unless(
    notes: &mut Vec<Diagnostic>,
    (model, world): (Model, World),
    old: Option<&Site>,
    is_over: &(dyn Fn() -> bool + Sync),
) -> Option<Site> {
    let mut site = bare(notes, model, world);
    let is_alike = |old: &&Site| {
        Arc::ptr_eq(&old.model.settings, &site.model.settings)
            && Arc::ptr_eq(&old.model.schema, &site.model.schema)
    };
    let old = old.filter(is_alike);
    if is_over() {
        return None;
    }
    addresses::place(&mut site, old);
    let publish = || {
        let mut said = Vec::new();
        (files::publish(&mut said, &site), said)
    };
    let (order, (published, said)) = rayon::join(|| order::sort(&site, old, None), publish);
    notes.extend(said);
    (site.files, site.assets) = (Arc::new(published.files), Arc::new(published.assets));
    order.apply(&mut site);
    site.listings = listings::make(&site, None);
    if is_over() {
        return None;
    }
    site.roles = Arc::new(roles(&site));
    site.menu_targets = Arc::new(menus(&site));
    let (backs, plan) = rayon::join(|| backs::connect(&site), || outputs::entries(&site));
    let (backs, missed) = backs;
    site.backs = backs;
    if is_over() {
        return None;
    }
    let planned = outputs::plan(&site, plan, &published.dormant);
    notes.extend(planned.notes);
    (site.outputs, site.dormant) = (Arc::new(planned.outputs), Arc::new(planned.dormant));
    Arc::make_mut(&mut site.assets).extend(planned.sheets);
    site.ties = Ties {
        wanted: Arc::new(published.wanted),
        missed: Arc::new(missed),
        contested: Arc::new(planned.contested),
    };
    Some(site)
}

/// Says what is wrong with a site. What pages show does not depend on it.
pub fn check(notes: &mut Vec<Diagnostic>, site: &Site) {
    let steps = [
        references::check,
        standing::check,
        links::check,
        settings::check,
        legal::check,
        downloads::check,
        style::check,
        requests::check,
        by_hand,
    ];
    let checked = steps.into_par_iter().map(|step| {
        let mut said = Vec::new();
        step(&mut said, site);
        said
    });
    notes.extend(checked.collect::<Vec<_>>().into_iter().flatten());
}

/// Says what was written on the wrong side of a relation.
fn by_hand(notes: &mut Vec<Diagnostic>, site: &Site) {
    let named = |place: &Place| (place.entry.id.clone(), place.entry.clone());
    let entries = site.places.values().map(named).collect();
    model::by_hand::check(notes, (&site.model.schema, &site.model.sections), &entries);
}

/// Says what is wrong with where some entries lead and with the files that they name, without
/// proposals: all that keeps their pages from being shown, as far as other files decide about it.
pub fn check_entries(site: &Site, ids: &[EntryId]) -> Vec<Diagnostic> {
    let places: Vec<&Place> = ids.iter().filter_map(|id| site.places.get(id)).collect();
    let mut notes = Vec::new();
    references::of(&mut notes, site, &places);
    links::of(&mut notes, site, &places);
    files::of(&mut notes, site, &places);
    notes
}

/// A site whose entries have a state, and nothing else yet.
fn bare(notes: &mut Vec<Diagnostic>, model: Model, world: World) -> Site {
    let placed = || {
        let mut said = Vec::new();
        (places(&mut said, &model, &world), said)
    };
    let found = || (paths(&model), spelled(&model));
    let (((places, moments), said), (by_path, spelled)) = rayon::join(placed, found);
    notes.extend(said);
    // From here on they are looked up by their places.
    let model = Model { entries: Arc::default(), ..model };
    let next_change = moments.into_iter().filter(|moment| *moment > world.now.instant).min();
    let languages = model.settings.languages.iter().map(|language| &language.lang);
    let wordings = Arc::new(wordings(&model.schema, languages));
    Site {
        wordings,
        sources: inverse::sources(&model.schema).into(),
        by_path: Arc::new(by_path),
        spelled: Arc::new(spelled),
        answers: Answers::of(&model),
        model,
        world,
        places,
        lists: BTreeMap::new(),
        sorted: BTreeMap::new(),
        listings: BTreeMap::new(),
        menu_targets: Arc::default(),
        roles: Arc::default(),
        backs: BTreeMap::new(),
        broken: BTreeSet::new(),
        files: Arc::default(),
        assets: Arc::default(),
        outputs: Arc::default(),
        dormant: Arc::default(),
        next_change,
        ties: Ties::default(),
        bodies: Bodies::default(),
    }
}

/// What each entry is today, and all moments at which that may change.
fn places(
    notes: &mut Vec<Diagnostic>,
    model: &Model,
    world: &World,
) -> (Places, Vec<jiff::Timestamp>) {
    let entries: Vec<_> = model.entries.values().collect();
    let placed: Vec<_> = entries
        .into_par_iter()
        .map(|entry| {
            let (mut notes, mut moments) = (Vec::new(), Vec::new());
            (time::place(&mut notes, (model, world), entry, &mut moments), notes, moments)
        })
        .collect();
    let mut moments = Vec::new();
    let mut places = Vec::with_capacity(placed.len());
    for (place, mut said, mut own) in placed {
        places.push(place);
        notes.append(&mut said);
        moments.append(&mut own);
    }
    time::sidecars(notes, (model, world), &mut moments);
    legal::overdue(notes, (model, world), &mut moments);
    (Places::of(places), moments)
}

/// The pages that have a task of their own; the first of each, if there are several.
fn roles(site: &Site) -> BTreeMap<Name, EntryId> {
    let mut roles = BTreeMap::new();
    for (id, place) in site.places.iter().filter(|(_, place)| place.state.has_pages()) {
        if let Some(role) = place.entry.facts.choice("role") {
            roles.entry(role.clone()).or_insert_with(|| id.clone());
        }
    }
    roles
}

/// Where the items of menus lead in each language.
fn menus(site: &Site) -> BTreeMap<Lang, Vec<Option<Route>>> {
    let languages = site.model.settings.languages.iter().map(|language| &language.lang);
    languages.map(|lang| (lang.clone(), view::menu_targets(site, lang))).collect()
}

/// Which entry each file belongs to.
fn paths(model: &Model) -> ByPath {
    model.entries.values().flat_map(|entry| names_of(entry)).collect()
}

/// The files of an entry, by their composed paths, so that both ways to write an umlaut find them;
/// with the entry, and for a translation its language.
fn names_of(entry: &Entry) -> Vec<(RelPath, (EntryId, Option<Lang>))> {
    let is_own = entry.path.name() != "_entries.toml";
    let main = is_own.then(|| (entry.path.in_composed_form(), (entry.id.clone(), None)));
    let words = entry.words.iter().map(|(lang, words)| {
        (words.path.in_composed_form(), (entry.id.clone(), Some(lang.clone())))
    });
    main.into_iter().chain(words).collect()
}

/// The files whose names are not all ASCII, by their composed paths.
fn spelled(model: &Model) -> FxHashMap<String, RelPath> {
    let named = model.files.keys().filter(|path| !path.as_str().is_ascii());
    named.map(|path| (path.composed(), path.clone())).collect()
}

/// A shared name made of text.
fn name(text: &str) -> Arc<str> {
    Arc::from(text)
}
