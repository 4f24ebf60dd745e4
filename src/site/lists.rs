//! Lists as they are shown: which entries, how many on a page, at which routes.

use std::borrow::Cow;

use super::{Back, Site};
use crate::lang::Lang;
use crate::model::entry::EntryId;
use crate::model::schema::Name;
use crate::path::{Route, id_from};

/// So many entries of an inverse stand on the entry's own page.
pub const INVERSE_PAGE: usize = 20;

/// The entries that a section's list shows. Several sections may hold pages, each its own.
pub fn list_of<'a>(site: &'a Site, folder: &str, kind: &Name, lang: &Lang) -> Cow<'a, [EntryId]> {
    let all = site.list(kind, lang);
    if &**kind != "page" {
        return Cow::Borrowed(all);
    }
    let own =
        |id: &&EntryId| site.places.get(*id).is_some_and(|place| &*place.entry.section == folder);
    Cow::Owned(all.iter().filter(own).cloned().collect())
}

/// How many entries stand on one page of a section's list.
pub fn per_page(site: &Site, section: &EntryId) -> usize {
    let entry = site.places.get(section).map(|place| &place.entry);
    let own = entry.and_then(|entry| entry.facts.integer("per_page"));
    own.and_then(|number| usize::try_from(number).ok())
        .filter(|number| *number > 0)
        .unwrap_or(site.model.settings.per_page)
}

/// The number of pages for so many entries: at least one.
pub fn pages(count: usize, per_page: usize) -> usize {
    count.div_ceil(per_page).max(1)
}

/// The word before the number of a list's page in addresses.
pub fn page_word(lang: &Lang) -> &'static str {
    if lang.base() == "de" { "seite" } else { "page" }
}

/// The route of a list's page: the first has no number.
pub fn paged(first: &Route, lang: &Lang, page: usize) -> Route {
    if page == 1 {
        return first.clone();
    }
    let folder = first.as_str().strip_suffix("index.html").unwrap_or(first.as_str());
    Route::page(&format!("{folder}{}/{page}/", page_word(lang)))
}

/// What refers to an entry under one name, as far as lists of a language show it.
pub fn backs<'a>(site: &'a Site, id: &EntryId, inverse: &str, lang: &Lang) -> &'a [Back] {
    let by_name = site.backs.get(lang).and_then(|backs| backs.get(id));
    by_name.and_then(|by_name| by_name.get(inverse)).map_or(&[], Vec::as_slice)
}

/// The route of a page of an inverse's list: below the entry's own, by the inverse's label.
pub fn inverse_route(
    site: &Site,
    id: &EntryId,
    (inverse, lang): (&str, &Lang),
    page: usize,
) -> Option<Route> {
    let own = site.places.get(id)?.pages.get(lang)?;
    let source = site
        .sources
        .iter()
        .find(|source| &*source.inverse == inverse && source.targets.contains(&id.kind))?;
    let label = id_from(source.label.get(lang));
    let segment = if label.is_empty() { id_from(inverse) } else { label };
    let folder = own.as_str().strip_suffix("index.html")?;
    Some(paged(&Route::page(&format!("{folder}{segment}/")), lang, page))
}

/// The route behind an address on the site: `/a/` is a page, `/a.pdf` a file.
pub fn address_route(address: &str) -> Route {
    let path = address.trim_start_matches('/');
    if path.is_empty() || path.ends_with('/') { Route::page(path) } else { Route::new(path) }
}

/// The entries that refer to an entry under an inverse's name.
pub fn inverse_ids(site: &Site, id: &EntryId, inverse: &str, lang: &Lang) -> Vec<EntryId> {
    backs(site, id, inverse, lang).iter().map(|back| back.from.clone()).collect()
}
