//! The list pages of filters, and the indexes of lists.
//!
//! Nobody asked for them by name, so they give way to whatever else has their route, now or at other
//! times: no entry, file or redirect may be refused because a filter came into being by itself.

use std::collections::BTreeSet;

use super::{Claim, Life, Plan, pages_of};
use crate::model::entry::EntryId;
use crate::model::schema::Name;
use crate::path::Route;
use crate::resolve::former::former_address;
use crate::resolve::listings;
use crate::site::listing::{Filter, index_route};
use crate::site::lists::{pages, per_page};
use crate::site::{Output, Site, State};

/// Plans the pages of filters and the indexes, after all else but redirects.
pub(super) fn plan(plan: &mut Plan, site: &Site) {
    let former = former(site);
    let sections = || site.model.sections.iter();
    let mut later = BTreeSet::new();
    let mut free = Vec::new();
    for (folder, kind) in sections() {
        let Some(place) = site.places.get(&EntryId::section(folder)) else { continue };
        later.extend(self::later(site, (folder, kind)));
        for (route, output) in self::pages_of_filters(site, folder) {
            free.push((route, output, place));
        }
    }
    let mut refused: Option<Output> = None;
    for (route, output, place) in free {
        if is_further(&output, refused.as_ref()) || former.contains(&route) || !plan.is_free(&route)
        {
            if let Output::Filter(.., 1) = output {
                refused = Some(output);
            }
            plan.blocked.insert(route);
            continue;
        }
        let life = Life::of(&place.entry.facts, &site.world.now.zone);
        plan.add(route, Claim { output, span: place.entry.span(), life, is_live: true });
    }
    for route in later {
        match !former.contains(&route) && plan.is_free(&route) {
            true => plan.dormant.insert(route),
            false => plan.blocked.insert(route),
        };
    }
}

/// Whether an output is a further page of the filter whose first page is refused: nothing would lead
/// there.
fn is_further(output: &Output, refused: Option<&Output>) -> bool {
    match (output, refused) {
        (Output::Filter(id, lang, filter, _), Some(Output::Filter(first, of, other, _))) => {
            (id, lang, filter) == (first, of, other)
        }
        _ => false,
    }
}

/// The routes that redirects and addresses which are gone for good have.
fn former(site: &Site) -> BTreeSet<Route> {
    let settings = &site.model.settings.row;
    let rows = settings.rows("redirects").filter_map(|row| row.text("from"));
    let places = site.places.values().filter(|place| place.state != State::Draft);
    let own = places.flat_map(|place| place.entry.facts.texts("redirects"));
    let all = rows.chain(settings.texts("gone")).chain(own);
    all.filter_map(|address| former_address(address).ok()).collect()
}

/// The pages of the filters of a section's list in all languages, and the indexes.
pub(super) fn pages_of_filters(site: &Site, folder: &str) -> Vec<(Route, Output)> {
    let id = EntryId::section(folder);
    let (Some(place), Some(kind)) = (site.shown(&id), site.kind_listed(&id)) else {
        return Vec::new();
    };
    let size = per_page(site, &id);
    let mut made = Vec::new();
    for (lang, first) in place.pages.iter() {
        let Some(listing) = site.listing(&id, lang).filter(|listing| !listing.groups.is_empty())
        else {
            continue;
        };
        let Some(wording) = site.wording(kind, lang) else { continue };
        for group in &listing.groups {
            for option in &group.options {
                let feature = &option.feature;
                let page = |page| {
                    let route = wording.route(first, (&group.field, feature), page)?;
                    let (field, feature) = (group.field.clone(), feature.clone());
                    let filter = Filter { field, feature };
                    Some((route, Output::Filter(id.clone(), lang.clone(), filter, page)))
                };
                made.extend((1..=pages(option.at.len(), size)).filter_map(page));
            }
        }
        let index = index_route(first).filter(|_| listing.has_index());
        made.extend(index.map(|route| (route, Output::Index(id.clone(), lang.clone()))));
    }
    made
}

/// The routes that pages of filters of a section's list, and its indexes, do not have now, but at
/// other times.
pub(super) fn later(site: &Site, (folder, kind): (&str, &Name)) -> BTreeSet<Route> {
    let id = EntryId::section(folder);
    let Some(place) = site.places.get(&id).filter(|_| !folder.is_empty()) else {
        return BTreeSet::new();
    };
    let groups = listings::most(site, (folder, kind));
    let Some(kind) = site.kind_listed(&id).filter(|_| !groups.is_empty()) else {
        return BTreeSet::new();
    };
    let size = per_page(site, &id);
    let mut routes = BTreeSet::new();
    for (lang, first) in pages_of(site, place).iter().filter(|(lang, _)| !lang.is_simple()) {
        let Some(wording) = site.wording(kind, lang) else { continue };
        routes.extend(index_route(first));
        for (field, options) in &groups {
            for (feature, count) in options {
                let route = |page| wording.route(first, (field, feature), page);
                routes.extend((1..=pages(*count, size)).filter_map(route));
            }
        }
    }
    for (route, _) in pages_of_filters(site, folder) {
        routes.remove(&route);
    }
    routes
}
