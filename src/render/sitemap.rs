//! `sitemap.xml` (sitemaps.org 0.9): every page with its other languages.
//!
//! Every version of a page lists itself and all others, because search engines ignore pairs that
//! do not point to each other. Leichte Sprache stands in the sitemap, but not as an alternate:
//! search engines know languages and regions only.

use std::fmt::Write as _;

use crate::lang::Lang;
use crate::lang::when::When;
use crate::model::entry::EntryId;
use crate::parse::html::escaped;
use crate::path::Route;
use crate::site::view::twin;
use crate::site::{Output, Site, State};

/// The file's text.
pub(super) fn sitemap(site: &Site) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    );
    if !site.world.preview {
        for (route, output) in &*site.outputs {
            if let Some((id, lang)) = page(site, output) {
                url(&mut out, site, (route, output), (id, lang));
            }
        }
    }
    out.push_str("</urlset>\n");
    out
}

/// The entry and language of an output that search engines should know.
fn page<'a>(site: &Site, output: &'a Output) -> Option<(&'a EntryId, &'a Lang)> {
    let (id, lang) = match output {
        Output::Entry(id, lang) | Output::List(id, lang, _) | Output::Inverse(id, lang, _, _) => {
            (id, lang)
        }
        _ => return None,
    };
    let is_shown = site.places.get(id).is_some_and(|place| place.state == State::Shown);
    is_shown.then_some((id, lang))
}

/// One page.
fn url(
    out: &mut String,
    site: &Site,
    (route, output): (&Route, &Output),
    (id, lang): (&EntryId, &Lang),
) {
    let _ = writeln!(out, "<url><loc>{}</loc>", escaped(&site.absolute(route)));
    let updated = site.places.get(id).and_then(|place| place.entry.facts.when("updated"));
    if let (Some(When::Day(day)), Output::Entry(..)) = (updated, output) {
        let _ = writeln!(out, "<lastmod>{day}</lastmod>");
    }
    if !lang.is_simple() {
        alternates(out, site, output);
    }
    out.push_str("</url>\n");
}

/// The other languages of a page, itself among them.
fn alternates(out: &mut String, site: &Site, output: &Output) {
    let languages =
        site.model.settings.languages.iter().filter(|language| !language.lang.is_simple());
    let found: Vec<(&str, Route)> =
        languages.filter_map(|l| Some((l.lang.as_str(), twin(site, output, &l.lang)?))).collect();
    if found.len() < 2 {
        return;
    }
    let main = found.iter().find(|(tag, _)| *tag == site.main_lang().as_str());
    let default = main.map(|(_, route)| ("x-default", route.clone()));
    for (tag, route) in found.iter().cloned().chain(default) {
        let href = escaped(&site.absolute(&route));
        let _ = writeln!(out, "<xhtml:link rel=\"alternate\" hreflang=\"{tag}\" href=\"{href}\"/>");
    }
}
