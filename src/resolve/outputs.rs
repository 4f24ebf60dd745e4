//! The list of everything to make, each at its own route.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::files::fingerprinted;
use super::name;
use crate::diag::{Code, Diagnostic, Span, Words};
use crate::lang::Lang;
use crate::model::datum::Row;
use crate::model::entry::{EntryId, SECTION};
use crate::model::schema::Name;
use crate::model::settings::SETTINGS;
use crate::path::{RelPath, Route, percent_decoded};
use crate::print::Fingerprint;
use crate::site::lists::{
    INVERSE_PAGE, address_route, inverse_route, list_of, paged, pages, per_page,
};
use crate::site::{Output, Place, Site};
use crate::words;

/// The outputs so far, each with who asked for it.
struct Plan<'a> {
    /// Where problems go.
    notes: &'a mut Vec<Diagnostic>,
    /// The outputs.
    outputs: BTreeMap<Route, (Output, Span)>,
}

impl Plan<'_> {
    /// Adds an output, or says that another has its address.
    fn add(&mut self, route: Route, output: Output, span: Span) {
        match self.outputs.get(&route) {
            Some((known, first)) if *known != output => {
                let note = duplicate(&route, &span, first);
                self.notes.push(note.help(way_out(known, &output)));
            }
            Some(_) => {}
            None => {
                self.outputs.insert(route, (output, span));
            }
        }
    }
}

/// Plans all outputs.
pub(super) fn plan(notes: &mut Vec<Diagnostic>, site: &mut Site) {
    let mut plan = Plan { notes, outputs: BTreeMap::new() };
    entries(&mut plan, site);
    lists(&mut plan, site);
    inverses(&mut plan, site);
    files(&mut plan, site);
    fixed(&mut plan, site);
    redirects(&mut plan, site);
    gone(&mut plan, site);
    folders(&mut plan);
    let outputs = plan.outputs.into_iter().map(|(route, (output, _))| (route, output)).collect();
    for (inside, route) in sheets(site) {
        site.assets.insert(inside, route);
    }
    site.outputs = outputs;
}

/// The pages of entries; a section with a kind has a list instead.
fn entries(plan: &mut Plan<'_>, site: &Site) {
    for (id, place) in &site.places {
        if &*id.kind == SECTION && !id.id.is_empty() {
            continue;
        }
        for (lang, route) in &place.pages {
            let output = Output::Entry(id.clone(), lang.clone());
            plan.add(route.clone(), output, address_at(place, lang));
        }
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

/// The lists of sections, in pages.
fn lists(plan: &mut Plan<'_>, site: &Site) {
    for (folder, kind) in site.model.sections.iter().filter(|(folder, _)| !folder.is_empty()) {
        let id = EntryId::section(folder);
        let Some(place) = site.shown(&id) else { continue };
        for (lang, route) in &place.pages {
            let count = list_of(site, folder, kind, lang).len();
            for page in 1..=pages(count, per_page(site, &id)) {
                let output = Output::List(id.clone(), lang.clone(), page);
                plan.add(paged(route, lang, page), output, address_at(place, lang));
            }
        }
    }
}

/// The lists of what refers to an entry, where there are more than its own page shows.
fn inverses(plan: &mut Plan<'_>, site: &Site) {
    for (lang, id, by_name) in site
        .backs
        .iter()
        .flat_map(|(lang, backs)| backs.iter().map(move |(id, by_name)| (lang, id, by_name)))
    {
        let Some(place) = site.shown(id).filter(|place| place.pages.contains_key(lang)) else {
            continue;
        };
        for (inverse, list) in by_name {
            let count = list.len();
            if count <= INVERSE_PAGE {
                continue;
            }
            for page in 1..=pages(count, INVERSE_PAGE) {
                let Some(route) = inverse_route(site, id, (inverse, lang), page) else { continue };
                let output = Output::Inverse(id.clone(), lang.clone(), inverse.clone(), page);
                plan.add(route, output, place.entry.span());
            }
        }
    }
}

/// The files of the content and the theme, as they are.
fn files(plan: &mut Plan<'_>, site: &Site) {
    let assets = site
        .assets
        .iter()
        .filter_map(|(inside, route)| Some((site.model.theme.assets.get(inside)?, route)));
    for (path, route) in site.files.iter().chain(assets) {
        let Some(info) = site.model.files.get(path) else { continue };
        plan.add(route.clone(), Output::Copy(path.clone(), info.print), Span::start_of(path));
    }
    for (inside, route) in sheets(site) {
        if let Some(path) = site.model.theme.assets.get(&inside) {
            plan.add(route, Output::Sheet(path.clone()), Span::start_of(path));
        }
    }
}

/// The style sheets that templates name, with their routes. The fingerprint is that of all sheets
/// and assets, because a sheet may pull in any of them.
fn sheets(site: &Site) -> Vec<(Name, Route)> {
    let theme = &site.model.theme;
    let assets: Vec<_> =
        site.assets.iter().filter(|(inside, _)| !inside.ends_with(".css")).collect();
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

/// What every site has.
fn fixed(plan: &mut Plan<'_>, site: &Site) {
    let span = Span::start_of(&RelPath::new(SETTINGS));
    plan.add(Route::new("sitemap.xml"), Output::Sitemap, span.clone());
    plan.add(Route::new("robots.txt"), Output::Robots, span.clone());
    for language in &site.model.settings.languages {
        let lang = &language.lang;
        let folder =
            if lang == site.main_lang() { String::new() } else { format!("{}/", lang.as_str()) };
        plan.add(
            Route::new(format!("{folder}404.html")),
            Output::NotFound(lang.clone()),
            span.clone(),
        );
    }
}

/// The addresses that lead on to others: those of the settings, and former ones of entries.
fn redirects(plan: &mut Plan<'_>, site: &Site) {
    let settings = &site.model.settings.row;
    let path = RelPath::new(SETTINGS);
    for row in settings.rows("redirects") {
        let (Some(from), Some(to)) = (row.text("from"), row.text("to")) else { continue };
        let span = Span::new(&path, row.span.clone());
        match redirect_target(site, plan, to) {
            Some(target) => plan.add(redirect_route(from), Output::Redirect(target), span),
            None => plan.notes.push(bad_redirect(&path, row, to)),
        }
    }
    for place in site.places.values() {
        let Some(route) = place.pages.get(site.main_lang()) else { continue };
        for from in place.entry.facts.texts("redirects") {
            let span = place.entry.facts.span_of("redirects").unwrap_or_default();
            let span = Span::new(&place.entry.path, span);
            plan.add(redirect_route(from), Output::Redirect(name(&site.href(route))), span);
        }
    }
}

/// The file that answers at a former address.
fn redirect_route(from: &str) -> Route {
    let path = from.trim_start_matches('/');
    if path.ends_with(".html") || path.ends_with(".htm") {
        return Route::new(path);
    }
    let slash = if path.is_empty() || path.ends_with('/') { "" } else { "/" };
    Route::page(&format!("{path}{slash}"))
}

/// Where a redirect of the settings leads: another site, an entry, or an address of this one.
fn redirect_target(site: &Site, plan: &Plan<'_>, to: &str) -> Option<Arc<str>> {
    if to.starts_with("https://") || to.starts_with("http://") {
        return Some(name(to));
    }
    if let Some((kind, id)) = to.split_once(':') {
        let (_, route) = site.page_for(&EntryId::new(kind, id), site.main_lang())?;
        return Some(name(&site.href(route)));
    }
    let route = address_route(to);
    plan.outputs.contains_key(&route).then(|| name(&site.href(&route)))
}

/// A redirect to nothing.
fn bad_redirect(path: &RelPath, row: &Row, to: &str) -> Diagnostic {
    let span = row.span_of("to").unwrap_or(row.span.clone());
    let message =
        words!("die Weiterleitung führt ins Leere: `{to}`", "the redirect leads nowhere: `{to}`");
    Diagnostic::new(Code::BrokenLink, Span::new(path, span), message)
        .label(words!("gibt es nicht", "does not exist"))
        .help(words!(
            "schreiben Sie eine Adresse wie `/initiativen/` oder einen Eintrag wie `initiative:govtech-campus`",
            "write an address such as `/initiatives/` or an entry such as `initiative:govtech-campus`"
        ))
}

/// Reports addresses that are declared gone and exist all the same.
fn gone(plan: &mut Plan<'_>, site: &Site) {
    let settings = &site.model.settings.row;
    let span = settings.span_of("gone").unwrap_or_default();
    let span = Span::new(&RelPath::new(SETTINGS), span);
    for address in settings.texts("gone") {
        let route = redirect_route(address);
        if let Some((_, first)) = plan.outputs.get(&route) {
            let note = duplicate(&route, &span, first);
            let note = note.label(words!("soll erloschen sein", "is declared gone"));
            plan.notes.push(note.help(words!(
                "nehmen Sie die Adresse aus `gone` heraus",
                "take the address out of `gone`"
            )));
        }
    }
}

/// Reports an output whose name another needs for a folder.
fn folders(plan: &mut Plan<'_>) {
    let outputs: Vec<(&Route, &(Output, Span))> = plan.outputs.iter().collect();
    let mut found = Vec::new();
    for pair in outputs.windows(2) {
        let [(file, (output, first)), (below, (other, span))] = pair else { continue };
        if below.as_str().strip_prefix(file.as_str()).is_some_and(|rest| rest.starts_with('/')) {
            found.push(duplicate(file, span, first).help(way_out(output, other)));
        }
    }
    plan.notes.extend(found);
}

/// Two outputs with one address.
fn duplicate(route: &Route, span: &Span, first: &Span) -> Diagnostic {
    let address = percent_decoded(&route.address()).unwrap_or_else(|| route.address());
    let message = words!(
        "die Adresse `{address}` ist zweimal vergeben",
        "the address `{address}` is given twice"
    );
    Diagnostic::new(Code::DuplicateRoute, span.clone(), message)
        .label(words!("zum zweiten Mal", "the second time"))
        .also(first.clone(), words!("zum ersten Mal", "the first time"))
}

/// How two outputs get different addresses.
fn way_out(one: &Output, other: &Output) -> Words {
    let either = |is: fn(&Output) -> bool| is(one) || is(other);
    if either(|output| matches!(output, Output::Redirect(_))) {
        return words!(
            "nehmen Sie die Adresse aus `redirects` heraus",
            "take the address out of `redirects`"
        );
    }
    if either(|output| matches!(output, Output::Copy(..))) {
        return words!(
            "benennen Sie eine der Dateien um oder löschen Sie sie",
            "rename one of the files, or delete it"
        );
    }
    words!(
        "geben Sie einer der Seiten mit `slug = \"…\"` eine andere Adresse",
        "give one of the pages another address with `slug = \"…\"`"
    )
}
