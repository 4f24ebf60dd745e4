//! The list of everything to make, when a few entries have changed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::filters::{later, pages_of_filters};
use super::{inverse_pages, later_pages, list_pages};
use crate::model::entry::EntryId;
use crate::model::schema::Name;
use crate::path::Route;
use crate::resolve::amend::Change;
use crate::resolve::backs;
use crate::site::lists::{self, address_route};
use crate::site::{Output, Outputs, Site};

/// With more pages that differ it is not dearer to plan all anew.
const MOST: usize = 64;

/// Exchanges pages in a site that was made of `old` and is complete but for that: those of entries,
/// and those of lists which may be longer or shorter now. `None` if others may want a route that
/// becomes free or is taken.
pub(in crate::resolve) fn amend(
    site: &mut Site,
    old: &Site,
    (change, kinds, backs): (&Change, &BTreeSet<Name>, &BTreeSet<backs::Key>),
) -> Option<()> {
    let names = change.gone.iter().chain(&change.come);
    let of_names = names.flat_map(|id| keys_of(old, id).chain(keys_of(site, id)));
    let keys: BTreeSet<backs::Key> = backs.iter().cloned().chain(of_names).collect();
    let lost = pages(old, &change.gone, (kinds, &keys))?;
    let won = pages(site, &change.come, (kinds, &keys))?;
    // Who has them now may have to give way, or no longer.
    if lost.keys().chain(won.keys()).any(|route| old.ties.contested.contains(route)) {
        return None;
    }
    if later_routes(old, kinds) != later_routes(site, kinds) {
        return None;
    }
    let differs = |one: &Pages, other: &Pages| {
        let pages = one.iter().filter(|(route, output)| other.get(*route) != Some(*output));
        pages.map(|(route, output)| (route.clone(), output.clone())).collect::<Vec<_>>()
    };
    let (lost, won) = (differs(&lost, &won), differs(&won, &lost));
    if lost.is_empty() && won.is_empty() {
        return Some(());
    }
    let redirects = redirects(old);
    let is_wanted = |(route, output): &(Route, Output)| is_wanted(old, &redirects, (route, output));
    if lost.len() + won.len() > MOST || lost.iter().chain(&won).any(is_wanted) {
        return None;
    }
    let outputs = Arc::make_mut(&mut site.outputs);
    for (route, output) in lost {
        let (_, _, was) = outputs.shift_remove_full(&route)?;
        if was != output {
            return None;
        }
    }
    let routes: Vec<Route> = won.iter().map(|(route, _)| route.clone()).collect();
    for (route, output) in won {
        if outputs.insert_sorted(route, output).1.is_some() {
            return None;
        }
    }
    let is_in_way =
        |route: &Route| is_below_output(outputs, route) || is_above_output(outputs, route);
    (!routes.iter().any(is_in_way)).then_some(())
}

/// Pages by their routes.
type Pages = BTreeMap<Route, Output>;

/// The pages of some entries, of the lists of some kinds, and of some lists of those who refer. `None`
/// if two have one route.
fn pages(
    site: &Site,
    ids: &[EntryId],
    (kinds, keys): (&BTreeSet<Name>, &BTreeSet<backs::Key>),
) -> Option<Pages> {
    let places = ids.iter().filter_map(|id| Some((id, site.shown(id)?)));
    let own = places.flat_map(|(id, place)| {
        let pages = place.pages.iter();
        pages.map(|(lang, route)| (route.clone(), Output::Entry(id.clone(), lang.clone())))
    });
    let sections = site.model.sections.iter().filter(|(_, kind)| kinds.contains(*kind));
    let lists = sections.flat_map(|(folder, _)| {
        list_pages(site, folder).into_iter().chain(pages_of_filters(site, folder))
    });
    let languages = || site.model.settings.languages.iter().map(|language| &language.lang);
    let inverses = keys.iter().flat_map(|(id, name)| {
        languages().flat_map(move |lang| {
            let count = lists::backs(site, id, name, lang).len();
            inverse_pages(site, lang, (id, name, count))
        })
    });
    let mut pages = Pages::new();
    for (route, output) in own.chain(lists).chain(inverses) {
        if pages.insert(route, output).is_some() {
            return None;
        }
    }
    Some(pages)
}

/// The lists of those who refer to an entry.
fn keys_of<'a>(site: &'a Site, id: &'a EntryId) -> impl Iterator<Item = backs::Key> + 'a {
    let by_name = site.backs.values().filter_map(move |backs| backs.get(id));
    by_name.flat_map(move |by_name| by_name.keys().map(move |name| (id.clone(), name.clone())))
}

/// The routes that lists of some kinds do not have now, but at other times.
fn later_routes(site: &Site, kinds: &BTreeSet<Name>) -> BTreeSet<Route> {
    let sections = site.model.sections.iter().filter(|(_, kind)| kinds.contains(*kind));
    let routes = |section| later_pages(site, section).into_iter().chain(later(site, section));
    sections.flat_map(routes).collect()
}

/// Where the redirects of the settings lead, as they are written.
fn redirects(site: &Site) -> Vec<(&str, Route)> {
    let rows = site.model.settings.row.rows("redirects");
    let targets = rows.filter_map(|row| row.text("to"));
    targets.map(|to| (&**to, address_route(to))).collect()
}

/// Whether somebody else may want the route of a page: at another time, or to lead there.
fn is_wanted(site: &Site, redirects: &[(&str, Route)], (route, output): (&Route, &Output)) -> bool {
    let is_it = |(kind, own): (&str, &str)| match output {
        Output::Entry(id, _) => *kind == *id.kind && *own == *id.id,
        _ => false,
    };
    let leads_there =
        |(to, target): &(&str, Route)| target == route || to.split_once(':').is_some_and(is_it);
    redirects.iter().any(leads_there)
        || site.dormant.contains(route)
        || site.dormant.range(below(route)..).next().is_some_and(|next| is_below(next, route))
        || folders(route).any(|folder| site.dormant.contains(&folder))
}

/// Whether an output is where a route needs a folder.
fn is_below_output(outputs: &Outputs, route: &Route) -> bool {
    folders(route).any(|folder| outputs.contains_key(&folder))
}

/// Whether outputs need a folder where a route is.
fn is_above_output(outputs: &Outputs, route: &Route) -> bool {
    let from = below(route);
    let all = outputs.as_slice();
    let at = all.partition_point(|other, _| *other < from);
    all.get_index(at).is_some_and(|(next, _)| is_below(next, route))
}

/// The folders that a route lies in.
fn folders(route: &Route) -> impl Iterator<Item = Route> {
    let slashes = route.as_str().match_indices('/');
    slashes.map(|(at, _)| Route::new(&route.as_str()[..at]))
}

/// What all routes begin with that lie below one.
fn below(route: &Route) -> Route {
    Route::new(format!("{}/", route.as_str()))
}

/// Whether one route lies below another.
fn is_below(route: &Route, above: &Route) -> bool {
    route.as_str().strip_prefix(above.as_str()).is_some_and(|rest| rest.starts_with('/'))
}
