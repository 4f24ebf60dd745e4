//! RESOLVE: every entry in its place.
//!
//! Here the site is looked at as a whole: which entries are shown today, what refers to what, in
//! which order lists stand, which files go out, and which address each page has. It is redone in
//! full whenever a fact changes; nothing in it is patched.

mod addresses;
mod backs;
mod cycles;
mod claims;
mod each;
mod files;
mod former;
mod life;
pub mod links;
mod order;
mod outputs;
mod redirects;
mod references;
mod rows;
mod settings;
mod standing;
mod time;
mod walk;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use indexmap::IndexMap;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::diag::Diagnostic;
use crate::lang::Lang;
use crate::model::Model;
use crate::model::entry::EntryId;
use crate::model::inverse;
use crate::model::schema::Name;
use crate::path::{RelPath, Route};
use crate::site::{Answers, Bodies, Places, Site, World, view};

/// Puts every entry in its place.
pub fn resolve(notes: &mut Vec<Diagnostic>, model: Model, world: World) -> Site {
    let placed = || {
        let mut said = Vec::new();
        (places(&mut said, &model, &world), said)
    };
    let found = || (paths(&model), spelled(&model));
    let (((places, moments), said), (by_path, spelled)) = rayon::join(placed, found);
    notes.extend(said);
    let answers = || Answers::new(model.settings.languages.iter().map(|language| &language.lang));
    let answers = [answers(), answers()];
    let mut site = Site {
        sources: inverse::sources(&model.schema),
        by_path,
        spelled,
        model,
        world,
        places,
        lists: BTreeMap::new(),
        ranks: FxHashMap::default(),
        positions: FxHashMap::default(),
        menu_targets: BTreeMap::new(),
        roles: BTreeMap::new(),
        backs: BTreeMap::new(),
        broken: BTreeSet::new(),
        files: BTreeMap::new(),
        assets: BTreeMap::new(),
        outputs: IndexMap::default(),
        dormant: BTreeSet::new(),
        next_change: None,
        bodies: Bodies::default(),
        answers,
        is_second_round: AtomicBool::new(false),
    };
    addresses::place(&mut site);
    let order = order::sort(&site);
    (site.lists, site.ranks, site.positions) = (order.lists, order.ranks, order.positions);
    site.roles = roles(&site);
    site.menu_targets = menus(&site);
    let publish = || {
        let mut said = Vec::new();
        (files::publish(&mut said, &site), said)
    };
    let (backs, (published, said)) = rayon::join(|| backs::connect(&site), publish);
    notes.extend(said);
    (site.backs, site.files, site.assets) = (backs, published.files, published.assets);
    let check = || {
        let mut said = Vec::new();
        references::check(&mut said, &site);
        said
    };
    let (planned, said) = rayon::join(|| outputs::plan(notes, &site, &published.dormant), check);
    notes.extend(said);
    (site.outputs, site.dormant) = (planned.outputs, planned.dormant);
    site.assets.extend(planned.sheets);
    standing::check(notes, &site);
    links::check(notes, &site);
    settings::check(notes, &site);
    let future = moments.into_iter().filter(|moment| *moment > site.world.now.instant);
    site.next_change = future.min();
    site
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
    let mut places = Places::default();
    places.reserve(placed.len());
    for (place, mut said, mut own) in placed {
        places.insert(place.entry.id.clone(), place);
        notes.append(&mut said);
        moments.append(&mut own);
    }
    time::sidecars(notes, (model, world), &mut moments);
    (places, moments)
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

/// Which entry each file belongs to. Paths are composed, so that both ways to write an umlaut find
/// the file.
fn paths(model: &Model) -> FxHashMap<RelPath, (EntryId, Option<crate::lang::Lang>)> {
    let mut paths = FxHashMap::default();
    for (id, entry) in &model.entries {
        let composed = entry.path.in_composed_form();
        if entry.path.name() != "_entries.toml" {
            paths.insert(composed, (id.clone(), None));
        }
        for (lang, words) in &entry.words {
            let composed = words.path.in_composed_form();
            paths.insert(composed, (id.clone(), Some(lang.clone())));
        }
    }
    paths
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
