//! The list of everything to make, each at its own route.

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
use crate::path::{RelPath, Route};
use crate::print::Fingerprint;
use crate::site::lists::{INVERSE_PAGE, inverse_route, list_of, paged, pages, per_page};
use crate::site::{Output, Outputs, Place, Site, State};

/// What is to be made.
pub(super) struct Planned {
    /// The outputs.
    pub(super) outputs: Outputs,
    /// Routes that nothing has now, but something has at other times.
    pub(super) dormant: BTreeSet<Route>,
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
    redirects::add(&mut plan, site);
    redirects::gone(&mut plan, site);
    plan.check_folders();
    let (outputs, dormant, notes) = plan.finish();
    Planned { outputs, dormant, sheets, notes }
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
    for (folder, kind) in site.model.sections.iter().filter(|(folder, _)| !folder.is_empty()) {
        let id = EntryId::section(folder);
        let Some(place) = site.places.get(&id) else { continue };
        let most = site
            .places
            .iter()
            .filter(|(id, place)| id.kind == *kind && place.state != State::Draft);
        let most = pages(most.count(), per_page(site, &id));
        for (lang, route) in pages_of(site, place).iter() {
            plan.dormant.extend((2..=most).map(|page| paged(route, lang, page)));
            if !place.state.has_pages() {
                continue;
            }
            let count = list_of(site, folder, kind, lang).len();
            for page in 1..=pages(count, per_page(site, &id)) {
                let output = Output::List(id.clone(), lang.clone(), page);
                let life = Life::of(&place.entry.facts, &site.world.now.zone);
                let span = address_at(place, lang);
                plan.add(paged(route, lang, page), Claim { output, span, life, is_live: true });
            }
        }
    }
}

/// The lists of what refers to an entry, where there are more than its own page shows.
fn inverses(plan: &mut Plan, site: &Site) {
    for (lang, id, by_name) in site
        .backs
        .iter()
        .flat_map(|(lang, backs)| backs.iter().map(move |(id, by_name)| (lang, id, by_name)))
    {
        let Some(place) = site.shown(id).filter(|place| place.pages.contains_key(lang)) else {
            continue;
        };
        for (inverse, list) in by_name.iter() {
            let count = list.len();
            if count <= INVERSE_PAGE {
                continue;
            }
            for page in 1..=pages(count, INVERSE_PAGE) {
                let Some(route) = inverse_route(site, id, (inverse, lang), page) else { continue };
                let output = Output::Inverse(id.clone(), lang.clone(), inverse.clone(), page);
                let life = Life::of(&place.entry.facts, &site.world.now.zone);
                let span = place.entry.span();
                plan.add(route, Claim { output, span, life, is_live: true });
            }
        }
    }
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
    let print = Fingerprint::of(&(&theme.sheets, assets, &site.world.base_url)).short();
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
    for language in &site.model.settings.languages {
        let lang = &language.lang;
        let folder =
            if lang == site.main_lang() { String::new() } else { format!("{}/", lang.as_str()) };
        let output = Output::NotFound(lang.clone());
        plan.add(Route::new(format!("{folder}404.html")), always(output, &path));
    }
}
