//! The frame of a page: title, breadcrumb, languages, pagination.

use tera::Value;

use super::{entry, filters, inverses};
use crate::lang::Lang;
use crate::model::entry::{EntryId, SECTION};
use crate::path::Route;
use crate::site::listing::Filter;
use crate::site::lists::{INVERSE_PAGE, inverse_route, paged, pages, per_page};
use crate::site::query::Query;
use crate::site::seen::{Seen, SeenMap};
use crate::site::{Output, Site, fill};

/// What lists have and other pages do not.
const LISTED: [&str; 8] =
    ["entries", "relations", "pagination", "section", "inverse", "kind", "filter", "index"];

/// The page that an output shows, without the entry itself; nothing for other outputs.
pub(super) fn frame(site: &Site, route: &Route) -> Seen {
    Seen::or_none(map(site, route).map(SeenMap::finish))
}

/// The same with the entry, whose fingerprint is left out.
pub(crate) fn page(site: &Site, route: &Route, entry: Value) -> Seen {
    Seen::or_none(map(site, route).map(|map| map.finish_with("entry", entry)))
}

/// What a page shows beside its entry.
fn map(site: &Site, route: &Route) -> Option<SeenMap> {
    let output = site.outputs.get(route)?;
    let mut map = SeenMap::with_capacity(32);
    map.put("url", Seen::text(&site.href(route)))
        .put("canonical", Seen::text(&site.absolute(route)));
    map.put("noindex", Seen::bool(site.world.preview));
    let lang = match output {
        Output::Entry(id, lang) => {
            entry_frame(site, (id, lang), &mut map);
            lang
        }
        Output::List(id, lang, page) => {
            list_frame(site, (id, lang), (None, *page), &mut map);
            lang
        }
        Output::Filter(id, lang, filter, page) => {
            list_frame(site, (id, lang), (Some(filter), *page), &mut map);
            lang
        }
        Output::Inverse(id, lang, inverse, page) => {
            inverse_frame(site, (id, lang), (inverse, *page), &mut map);
            lang
        }
        Output::NotFound(lang) => {
            map.put("type", Seen::text("404"));
            map.put("title", super::notices::string(site, "not_found_title", lang));
            map.put("description", Seen::none());
            lang
        }
        _ => return None,
    };
    map.put("lang", Seen::text(lang.as_str())).put("simple", Seen::bool(lang.is_simple()));
    map.put("breadcrumb", breadcrumb(site, output, lang));
    map.put("languages", languages(site, output, lang));
    map.put("alternates", alternates(site, output));
    for key in LISTED {
        if !map.has(key) {
            map.put(key, Seen::none());
        }
    }
    if !map.has("filters") {
        map.put("filters", Seen::list([]));
    }
    Some(map)
}

/// The frame of an entry's page.
fn entry_frame(site: &Site, (id, lang): (&EntryId, &Lang), map: &mut SeenMap) {
    let is_home = &*id.kind == SECTION && id.id.is_empty();
    map.put("type", Seen::text(if is_home { "home" } else { "entry" }));
    map.put("kind", Seen::text(&id.kind));
    title_and_description(site, (id, lang), map);
}

/// Title and description of a page that shows an entry.
fn title_and_description(site: &Site, (id, lang): (&EntryId, &Lang), map: &mut SeenMap) {
    map.put("title", Seen::text(entry::title(site, id, lang)));
    let summary = site.answer(&Query::Summary(id.clone(), lang.clone()));
    map.put("description", Seen::text_or_none(fill::text(&summary, "summary")));
}

/// The frame of a section's list, or of those in it who pass a filter.
fn list_frame(
    site: &Site,
    (id, lang): (&EntryId, &Lang),
    (filter, page): (Option<&Filter>, usize),
    map: &mut SeenMap,
) {
    let Some(listing) = site.listing(id, lang) else { return };
    let all = &listing.order.ids;
    let size = per_page(site, id);
    let from = (page - 1) * size;
    map.put("type", Seen::text("list"));
    map.put("kind", Seen::text(site.model.sections.kind(&id.id)));
    let summary = |id: &EntryId| site.answer(&Query::Summary(id.clone(), lang.clone()));
    let (count, entries) = match filter {
        None => (all.len(), Seen::list(all.iter().skip(from).take(size).map(summary))),
        Some(filter) => {
            let at = listing.passing(filter);
            let shown = at.iter().skip(from).take(size).filter_map(|at| all.get(*at));
            (at.len(), Seen::list(shown.map(summary)))
        }
    };
    map.put("entries", entries);
    map.put("section", site.answer(&Query::Whole(id.clone(), lang.clone())));
    filters::put(site, (id, lang), filter, map);
    let first = site.places.get(id).and_then(|place| place.pages.get(lang));
    let route = |page| match filter {
        None => first.map(|first| paged(first, lang, page)),
        Some(filter) => site.filter_page((id, lang), filter, page),
    };
    map.put("pagination", pagination(site, (count, size, page), &route));
    match filter {
        None => title_and_description(site, (id, lang), map),
        Some(filter) => {
            map.put("title", Seen::text(&filters::page_title(site, (id, lang), filter)));
            map.put("description", Seen::none());
        }
    }
}

/// The frame of a list of what refers to an entry.
fn inverse_frame(
    site: &Site,
    (id, lang): (&EntryId, &Lang),
    (name, page): (&str, usize),
    map: &mut SeenMap,
) {
    let source = site
        .sources
        .iter()
        .find(|source| &*source.inverse == name && source.targets.contains(&id.kind));
    let label = source.map_or(name, |source| source.label.get(lang));
    map.put("type", Seen::text("inverse")).put("kind", Seen::text(&id.kind));
    map.put("title", Seen::text(&format!("{} – {label}", entry::title(site, id, lang))));
    map.put("description", Seen::none());
    let mut inverse = SeenMap::default();
    inverse.put("name", Seen::text(name)).put("label", Seen::text(label));
    map.put("inverse", inverse.finish());
    inverses::page(site, (id, lang), (name, page), map);
    let count = crate::site::lists::backs(site, id, name, lang).len();
    let route = |page| inverse_route(site, id, (name, lang), page);
    map.put("pagination", pagination(site, (count, INVERSE_PAGE, page), &route));
}

/// Where in a paged list a page stands; nothing if there is only one.
fn pagination(
    site: &Site,
    (count, size, page): (usize, usize, usize),
    route: &dyn Fn(usize) -> Option<Route>,
) -> Seen {
    let total = pages(count, size);
    let url = |page: usize| match (1..=total).contains(&page).then(|| route(page)).flatten() {
        Some(route) => Seen::text(&site.href(&route)),
        None => Seen::none(),
    };
    let number = |number: usize| {
        let mut map = SeenMap::default();
        map.put("number", Seen::count(number)).put("url", url(number));
        map.put("current", Seen::bool(number == page));
        map.finish()
    };
    let mut map = SeenMap::default();
    map.put("current", Seen::count(page)).put("total", Seen::count(total));
    map.put("count", Seen::count(count));
    map.put("first", Seen::count(((page - 1) * size + 1).min(count)));
    map.put("last", Seen::count((page * size).min(count)));
    map.put("prev", url(page.saturating_sub(1))).put("next", url(page + 1));
    map.put("pages", Seen::list(near(page, total).into_iter().map(number)));
    map.finish()
}

/// The pages worth a link: the first, the last, and those around the current one.
fn near(page: usize, total: usize) -> Vec<usize> {
    let around = page.saturating_sub(2).max(1)..=(page + 2).min(total);
    let mut all: Vec<usize> =
        std::iter::once(1).chain(around).chain(std::iter::once(total)).collect();
    all.dedup();
    all
}

/// The way from the home page to the page, without the page itself.
fn breadcrumb(site: &Site, output: &Output, lang: &Lang) -> Seen {
    let mut last = None;
    let home = EntryId::section("");
    let mut way: Vec<EntryId> = Vec::new();
    match output {
        Output::Entry(id, _) if *id == home => {}
        Output::Entry(id, _) => {
            way.push(home);
            if let Some(place) = site.places.get(id) {
                way.extend(sections(&place.entry.section));
            }
        }
        Output::List(id, _, page) => {
            way.push(home);
            let all = sections(&id.id);
            let keep = if *page == 1 { all.len().saturating_sub(1) } else { all.len() };
            way.extend(all.into_iter().take(keep));
        }
        Output::Filter(id, _, filter, page) => {
            way.push(home);
            way.extend(sections(&id.id));
            last = (*page > 1).then(|| filters::link(site, (id, lang), filter)).flatten();
        }
        Output::Inverse(id, _, _, _) => {
            way.push(home);
            if let Some(place) = site.places.get(id) {
                way.extend(sections(&place.entry.section));
            }
            way.push(id.clone());
        }
        _ => way.push(home),
    }
    let way = way.into_iter().filter(|id| has_page(site, id));
    let links = way.map(|id| site.answer(&Query::Link(id, lang.clone())));
    Seen::list(links.chain(last))
}

/// Whether an entry has a page that a breadcrumb can lead to.
fn has_page(site: &Site, id: &EntryId) -> bool {
    let is_list =
        id.id.is_empty() || site.model.sections.iter().any(|(folder, _)| folder == &*id.id);
    site.shown(id).is_some() && (&*id.kind != SECTION || is_list)
}

/// The sections on the way to a folder, the outermost first.
fn sections(folder: &str) -> Vec<EntryId> {
    let ends = folder.match_indices('/').map(|(at, _)| at).chain(std::iter::once(folder.len()));
    ends.filter(|end| *end > 0).map(|end| EntryId::section(&folder[..end])).collect()
}

/// The same page in the site's languages; where it does not exist, the home page there. The list
/// stands for a filter that nobody passes there.
fn languages(site: &Site, output: &Output, lang: &Lang) -> Seen {
    let one = |language: &crate::model::settings::Language| {
        let whole = || match output {
            Output::Filter(id, ..) => site.places.get(id)?.pages.get(&language.lang).cloned(),
            _ => None,
        };
        let own = twin(site, output, &language.lang).or_else(whole);
        let home = || {
            site.places
                .get(&EntryId::section(""))
                .and_then(|home| home.pages.get(&language.lang).cloned())
        };
        let exists = own.is_some();
        let mut map = SeenMap::default();
        map.put("lang", Seen::text(language.lang.as_str()))
            .put("label", Seen::text(&language.label));
        let route = own.or_else(home);
        map.put("url", route.map_or_else(Seen::none, |route| Seen::text(&site.href(&route))));
        map.put("current", Seen::bool(language.lang == *lang)).put("exists", Seen::bool(exists));
        map.put("simple", Seen::bool(language.lang.is_simple()));
        map.finish()
    };
    Seen::list(site.model.settings.languages.iter().map(one))
}

/// The route of the same page in another language, if it exists.
pub(crate) fn twin(site: &Site, output: &Output, lang: &Lang) -> Option<Route> {
    let page = |id: &EntryId| site.places.get(id)?.pages.get(lang).cloned();
    let route = match output {
        Output::Entry(id, _) => page(id)?,
        Output::List(id, _, number) => paged(&page(id)?, lang, *number),
        Output::Inverse(id, _, name, number) => inverse_route(site, id, (name, lang), *number)?,
        Output::Filter(id, _, filter, number) => {
            return site.filter_page((id, lang), filter, *number);
        }
        _ => return None,
    };
    site.outputs.contains_key(&route).then_some(route)
}

/// The addresses of the same page in all languages, for search engines. Leichte Sprache is left
/// out: they know languages and regions only.
fn alternates(site: &Site, output: &Output) -> Seen {
    let languages =
        site.model.settings.languages.iter().filter(|language| !language.lang.is_simple());
    let found: Vec<(&str, Route)> =
        languages.filter_map(|l| Some((l.lang.as_str(), twin(site, output, &l.lang)?))).collect();
    if found.len() < 2 {
        return Seen::list([]);
    }
    let one = |(tag, route): (&str, &Route)| {
        let mut map = SeenMap::default();
        map.put("hreflang", Seen::text(tag)).put("url", Seen::text(&site.absolute(route)));
        map.finish()
    };
    let main = found.iter().find(|(tag, _)| *tag == site.main_lang().as_str());
    let default = main.map(|(_, route)| one(("x-default", route)));
    Seen::list(found.iter().map(|(tag, route)| one((tag, route))).chain(default))
}
