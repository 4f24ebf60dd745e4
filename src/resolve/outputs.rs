//! The list of everything to make, each at its own route.

mod amend;
mod filters;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::claims::{Claim, Plan};
use super::files::fingerprinted;
use super::life::Life;
use super::{addresses, redirects};
use crate::diag::{Diagnostic, Span};
use crate::lang::Lang;
use crate::model::entry::{EntryId, SECTION};
use crate::model::schema::Name;
use crate::model::settings::SETTINGS;
use crate::path::{RelPath, Route, STATEMENT};
use crate::print::Fingerprint;
use crate::site::lists::{INVERSE_PAGE, inverse_route, paged, pages, per_page};
use crate::site::{Output, Outputs, Place, Site, State};

pub(super) use amend::amend;

/// What is to be made.
pub(super) struct Planned {
    /// The outputs.
    pub(super) outputs: Outputs,
    /// Routes that nothing has now, but something has at other times.
    pub(super) dormant: BTreeSet<Route>,
    /// Routes that several outputs claim, each at its time.
    pub(super) contested: BTreeSet<Route>,
    /// The style sheets that templates name, by their paths inside the theme.
    pub(super) sheets: Vec<(Name, Route)>,
    /// What is wrong with them.
    pub(super) notes: Vec<Diagnostic>,
}

/// Plans all outputs but the pages of entries, which are in `plan` already; `dormant` are files that
/// are published at other times.
pub(super) fn plan(site: &Site, mut plan: Plan, dormant: &BTreeSet<RelPath>) -> Planned {
    let sheets = sheets(site, &site.assets);
    lists(&mut plan, site);
    inverses(&mut plan, site);
    files(&mut plan, site, &sheets);
    fixed(&mut plan, site);
    plan.dormant.extend(dormant.iter().map(super::files::route));
    filters::plan(&mut plan, site);
    redirects::add(&mut plan, site);
    redirects::gone(&mut plan, site);
    plan.check_folders();
    let (outputs, [dormant, contested], notes) = plan.finish();
    Planned { outputs, dormant, contested, sheets, notes }
}

/// Plans the pages of entries; a section with a kind has a list instead.
pub(super) fn entries(site: &Site) -> Plan {
    let mut plan = Plan::default();
    for (id, place) in site.places.iter() {
        let is_list = &*id.kind == SECTION && !id.id.is_empty();
        for (lang, route) in pages_of(site, place).iter() {
            let (lang, route) = (lang.clone(), route.clone());
            let span = address_at(place, &lang);
            let life = Life::of(&place.entry.facts, &site.world.now.zone);
            let is_live = place.state.has_pages();
            match place.state {
                State::Draft => {}
                State::Gone => {
                    plan.dormant.insert(route);
                }
                _ if is_list && is_live => {}
                _ => {
                    let output = match is_list {
                        true => Output::List(id.clone(), lang, 1),
                        false => Output::Entry(id.clone(), lang),
                    };
                    plan.add(route, Claim { output, span, life, is_live });
                }
            }
        }
    }
    plan
}

/// The pages of an entry, whether it has them now or at other times.
fn pages_of(site: &Site, place: &Place) -> Arc<BTreeMap<Lang, Route>> {
    match place.state {
        State::Shown | State::Expired => place.pages.clone(),
        State::Scheduled | State::Gone => Arc::new(addresses::all(site, &place.entry)),
        State::Draft => Arc::default(),
    }
}

/// What an entry's address in a language comes from, as far as it is written: its slug or title.
fn address_at(place: &Place, lang: &Lang) -> Span {
    let entry = &place.entry;
    let words = entry.words.get(lang).map(|words| (&words.path, &words.row));
    let rows = words.into_iter().chain(std::iter::once((&entry.path, &entry.facts)));
    let mut slugs = rows.filter_map(|(path, row)| Some(Span::new(path, row.span_of("slug")?)));
    slugs.next().unwrap_or_else(|| entry.span())
}

/// The lists of sections, in pages. A list has more pages at other times.
fn lists(plan: &mut Plan, site: &Site) {
    for (folder, kind) in site.model.sections.iter() {
        let (now, later) = (list_pages(site, folder), later_pages(site, (folder, kind)));
        plan.dormant.extend(later);
        let Some(place) = site.places.get(&EntryId::section(folder)) else { continue };
        for (route, output) in now {
            let life = Life::of(&place.entry.facts, &site.world.now.zone);
            let span = match &output {
                Output::List(_, lang, _) => address_at(place, lang),
                _ => place.entry.span(),
            };
            plan.add(route, Claim { output, span, life, is_live: true });
        }
    }
}

/// The pages of a section's list in all languages.
fn list_pages(site: &Site, folder: &str) -> Vec<(Route, Output)> {
    let id = EntryId::section(folder);
    let Some(place) = site.shown(&id).filter(|_| !folder.is_empty()) else { return Vec::new() };
    let routes = place.pages.iter().flat_map(|(lang, route)| {
        let count = site.listing(&id, lang).map_or(0, |listing| listing.order.ids.len());
        let numbers = 1..=pages(count, per_page(site, &id));
        let id = &id;
        numbers.map(move |page| {
            (paged(route, lang, page), Output::List(id.clone(), lang.clone(), page))
        })
    });
    routes.collect()
}

/// The routes that pages of a section's list do not have now, but at other times.
fn later_pages(site: &Site, (folder, kind): (&str, &Name)) -> BTreeSet<Route> {
    let id = EntryId::section(folder);
    let Some(place) = site.places.get(&id).filter(|_| !folder.is_empty()) else {
        return BTreeSet::new();
    };
    let most = site.places.of_kind(kind).filter(|place| place.state != State::Draft).count();
    let most = pages(most, per_page(site, &id));
    let routes = pages_of(site, place);
    let all =
        routes.iter().flat_map(|(lang, route)| (2..=most).map(|page| paged(route, lang, page)));
    let now: BTreeSet<Route> =
        list_pages(site, folder).into_iter().map(|(route, _)| route).collect();
    all.filter(|route| !now.contains(route)).collect()
}

/// The lists of what refers to an entry, where there are more than its own page shows.
fn inverses(plan: &mut Plan, site: &Site) {
    for (lang, backs) in &site.backs {
        for (id, by_name) in backs.iter() {
            for (inverse, list) in by_name.iter().filter(|(_, list)| list.len() > INVERSE_PAGE) {
                let Some(place) = site.places.get(id) else { continue };
                for (route, output) in inverse_pages(site, lang, (id, inverse, list.len())) {
                    let life = Life::of(&place.entry.facts, &site.world.now.zone);
                    let span = place.entry.span();
                    plan.add(route, Claim { output, span, life, is_live: true });
                }
            }
        }
    }
}

/// The pages of the list of so many that refer to an entry under one name.
fn inverse_pages(
    site: &Site,
    lang: &Lang,
    (id, inverse, count): (&EntryId, &Name, usize),
) -> Vec<(Route, Output)> {
    let has_page = site.shown(id).is_some_and(|place| place.pages.contains_key(lang));
    if count <= INVERSE_PAGE || !has_page {
        return Vec::new();
    }
    let page = |page| {
        let route = inverse_route(site, id, (inverse, lang), page)?;
        Some((route, Output::Inverse(id.clone(), lang.clone(), inverse.clone(), page)))
    };
    (1..=pages(count, INVERSE_PAGE)).filter_map(page).collect()
}

/// The files of the content and the theme, as they are.
fn files(plan: &mut Plan, site: &Site, sheets: &[(Name, Route)]) {
    let assets = site
        .assets
        .iter()
        .filter_map(|(inside, route)| Some((site.model.theme.assets.get(inside)?, route)));
    for (path, route) in site.files.iter().chain(assets) {
        let Some(info) = site.model.files.get(path) else { continue };
        plan.add(route.clone(), always(Output::Copy(path.clone(), info.print), path));
    }
    for (inside, route) in sheets {
        if let Some(path) = site.model.theme.assets.get(inside) {
            plan.add(route.clone(), always(Output::Sheet(path.clone()), path));
        }
    }
}

/// The theme's assets that are published, style sheets among them.
pub(super) fn assets(site: &Site) -> BTreeMap<Name, Route> {
    let mut assets = super::files::assets(site);
    let sheets = sheets(site, &assets);
    assets.extend(sheets);
    assets
}

/// The style sheets that templates name, with their routes. The fingerprint is that of all sheets
/// and assets, because a sheet may pull in any of them.
fn sheets(site: &Site, assets: &BTreeMap<Name, Route>) -> Vec<(Name, Route)> {
    let theme = &site.model.theme;
    let assets: Vec<_> = assets.iter().filter(|(inside, _)| !inside.ends_with(".css")).collect();
    let colours = theme.colours_print();
    let print = Fingerprint::of(&(&theme.sheets, assets, &site.world.base_url, colours)).short();
    let named = |inside: &str| {
        theme.templates.values().any(|template| {
            ['"', '\'', '`'].iter().any(|q| template.text.contains(&format!("{q}{inside}{q}")))
        })
    };
    let sheets = theme
        .assets
        .iter()
        .filter(|(inside, path)| theme.sheets.contains_key(*path) && named(inside));
    sheets.map(|(inside, _)| (inside.clone(), fingerprinted(inside, &print))).collect()
}

/// A claim that no date limits.
fn always(output: Output, path: &RelPath) -> Claim {
    Claim { output, span: Span::start_of(path), life: Life::ALWAYS, is_live: true }
}

/// What every site has.
fn fixed(plan: &mut Plan, site: &Site) {
    let path = RelPath::new(SETTINGS);
    plan.add(Route::new("sitemap.xml"), always(Output::Sitemap, &path));
    plan.add(Route::new("robots.txt"), always(Output::Robots, &path));
    if site.model.settings.legal("accessibility").is_some() {
        plan.add(Route::new(STATEMENT), always(Output::Statement, &path));
    }
    for language in &site.model.settings.languages {
        let lang = &language.lang;
        let folder =
            if lang == site.main_lang() { String::new() } else { format!("{}/", lang.as_str()) };
        let output = Output::NotFound(lang.clone());
        plan.add(Route::new(format!("{folder}404.html")), always(output, &path));
    }
}
