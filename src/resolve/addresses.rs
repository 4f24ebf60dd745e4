//! The address of each entry's page in each language.
//!
//! Main language at the root, others below their tag; sections give the folders, and a folder
//! without an `_index.md` does not show. A page that is not translated does not exist.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::life;
use crate::lang::Lang;
use crate::model::datum::Row;
use crate::model::entry::{Entry, EntryId, SECTION};
use crate::path::Route;
use crate::site::{Place, Site};

/// Gives every shown entry its pages; those that it has in `old`, if nothing differs that gives
/// addresses.
pub(super) fn place(site: &mut Site, old: Option<&Site>) {
    let old = old.filter(|old| sections(old).eq(sections(site)));
    let known = |place: &Place| {
        let was = old?.places.get(&place.entry.id)?;
        let is_same = Arc::ptr_eq(&was.entry, &place.entry) && was.state == place.state;
        is_same.then(|| was.pages.clone())
    };
    let places: Vec<&Place> = site.places.values().collect();
    let pages: Vec<_> = places
        .par_iter()
        .map(|place| known(place).unwrap_or_else(|| Arc::new(pages(site, place))))
        .collect();
    site.places.values_mut().zip(pages).for_each(|(place, pages)| place.pages = pages);
    life::give_way(site);
}

/// The pages of all sections, told apart by where they lie in memory.
fn sections(site: &Site) -> impl Iterator<Item = *const Entry> {
    let sections = site.places.values().filter(|place| &*place.entry.id.kind == SECTION);
    sections.map(|place| Arc::as_ptr(&place.entry))
}

/// The pages of one entry today.
fn pages(site: &Site, place: &Place) -> BTreeMap<Lang, Route> {
    if place.state.has_pages() { all(site, &place.entry) } else { BTreeMap::new() }
}

/// The pages that an entry has when it is shown.
pub(super) fn all(site: &Site, entry: &Entry) -> BTreeMap<Lang, Route> {
    let languages = site.model.settings.languages.iter().map(|language| &language.lang);
    let exists = |lang: &&Lang| *lang == site.main_lang() || entry.words.contains_key(*lang);
    let route = |lang: &Lang| (lang.clone(), Route::page(&address(site, entry, lang)));
    languages.filter(exists).map(route).collect()
}

/// The address of an entry's page, without a slash at its start: `en/events/opening/`.
fn address(site: &Site, entry: &Entry, lang: &Lang) -> String {
    let root = if lang == site.main_lang() { String::new() } else { format!("{}/", lang.as_str()) };
    let mut path = section_path(site, &entry.section, lang);
    if &*entry.id.kind != SECTION {
        path.push_str(slug(entry, lang).unwrap_or(&entry.id.id));
        path.push('/');
    }
    format!("{root}{path}")
}

/// The part of an address that a section's folder gives.
fn section_path(site: &Site, folder: &str, lang: &Lang) -> String {
    let mut path = String::new();
    let mut at = 0;
    while at < folder.len() {
        let end = folder[at..].find('/').map_or(folder.len(), |next| at + next);
        let id = EntryId::section(&folder[..end]);
        if let Some(section) = site.places.get(&id) {
            path.push_str(slug(&section.entry, lang).unwrap_or(&folder[at..end]));
            path.push('/');
        }
        at = end + 1;
    }
    path
}

/// The part of the address that an entry asks for in place of its id or folder.
fn slug<'a>(entry: &'a Entry, lang: &Lang) -> Option<&'a str> {
    let of = |row: &'a Row| row.text("slug").map(|slug| &**slug);
    entry.words.get(lang).and_then(|words| of(&words.row)).or_else(|| of(&entry.facts))
}
