//! The site as a page sees it: name, menus, publisher, languages.

use std::sync::Arc;

use super::{entry, is_below, legal};
use crate::lang::Lang;
use crate::model::datum::{Datum, Row};
use crate::model::entry::EntryId;
use crate::model::schema::Name;
use crate::path::{RelPath, Route};
use crate::site::Site;
use crate::site::lists::list_of;
use crate::site::query::{Mark, Query};
use crate::site::seen::{Seen, SeenMap};

use super::field::{self, Eye};

/// The site, as seen from an output. Most pages of a section see the same.
pub(super) fn site(site: &Site, route: &Route, lang: &Lang) -> Seen {
    let targets = site.menu_targets.get(lang).map_or(&[][..], Vec::as_slice);
    let marks: Arc<[Mark]> = targets.iter().map(|target| mark(route, target.as_ref())).collect();
    site.answer(&Query::Marked(marks, lang.clone()))
}

/// What the site is on every page, and its menus with their marks.
pub(super) fn marked(site: &Site, marks: &[Mark], lang: &Lang) -> Seen {
    let everywhere = site.answer(&Query::Everywhere(lang.clone()));
    let mut map = SeenMap::default();
    if let Some(known) = everywhere.value.as_map() {
        map.put_printed(known, everywhere.print);
    }
    map.put("menus", menus(site, marks, lang));
    map.finish()
}

/// What every page of a language sees of the site.
pub(super) fn everywhere(site: &Site, lang: &Lang) -> Seen {
    let settings = &site.model.settings;
    let words = |name: &str| settings.row.words(name).map(|words| words.get(lang));
    let home =
        |lang: &Lang| site.places.get(&EntryId::section("")).and_then(|home| home.pages.get(lang));
    let mut map = SeenMap::default();
    map.put("title", Seen::text(settings.title.get(lang)));
    map.put("description", Seen::text_or_none(words("description")));
    map.put("example", Seen::text_or_none(words("example")));
    map.put("url", Seen::text(&site.world.base_url));
    map.put("home", home(lang).map_or_else(Seen::none, |route| Seen::text(&site.href(route))));
    map.put("lang", Seen::text(lang.as_str()));
    map.put(
        "languages",
        Seen::list(settings.languages.iter().map(|language| {
            let mut map = SeenMap::default();
            let url =
                home(&language.lang).map_or_else(Seen::none, |route| Seen::text(&site.href(route)));
            map.put("lang", Seen::text(language.lang.as_str()))
                .put("label", Seen::text(&language.label));
            map.put("home", url).put("simple", Seen::bool(language.lang.is_simple()));
            map.finish()
        })),
    );
    map.put("region", Seen::text_or_none(settings.row.text("region").map(|region| &**region)));
    map.put("preview", Seen::bool(site.world.preview));
    // What lacks something was reported, and templates need not expect it.
    for (name, needed) in [("publisher", &["name"][..]), ("newsletter", &["url"]), ("press", &[])] {
        let own = settings.row.row(name).filter(|row| has(row, needed));
        map.put(name_of(name), own.map_or_else(Seen::none, |row| words_row(row, lang)));
    }
    let is_whole = |row: &&Row| has(row, &["label", "url"]);
    let social = settings.row.rows("social").filter(is_whole).map(|row| words_row(row, lang));
    map.put("social", Seen::list(social.collect::<Vec<_>>()));
    map.put("licence", licence(settings.row.row("licence")));
    let kinds = site.model.schema.public_kinds();
    map.put(
        "kinds",
        Seen::list(kinds.map(|k| site.answer(&Query::Kind(k.name.clone(), lang.clone())))),
    );
    map.put("roles", roles(site, lang));
    map.put("legal", legal::legal(site, lang));
    map.finish()
}

/// Whether some fields of a row are set.
fn has(row: &Row, names: &[&str]) -> bool {
    names.iter().all(|name| row.get(name).is_some())
}

/// A name of the site's settings that is known to the program.
fn name_of(name: &str) -> &'static str {
    match name {
        "publisher" => "publisher",
        "newsletter" => "newsletter",
        _ => "press",
    }
}

/// A group of settings: texts, and texts per language.
fn words_row(row: &Row, lang: &Lang) -> Seen {
    let mut map = SeenMap::default();
    for (name, datum) in &row.values {
        let seen = match datum {
            Datum::Words(words) => Seen::text(words.get(lang)),
            Datum::Text(text) => Seen::text(text),
            Datum::Integer(number) => Seen::integer(*number),
            Datum::Bool(flag) => Seen::bool(*flag),
            _ => continue,
        };
        map.put_named(name, seen);
    }
    map.finish()
}

/// The menus that a site may have.
const MENUS: [&str; 2] = ["main", "footer"];

/// The items of a menu, as they are written.
fn menu_items<'a>(site: &'a Site, menu: &'a str) -> impl Iterator<Item = &'a Row> {
    site.model.settings.row.row("menus").into_iter().flat_map(move |menus| menus.rows(menu))
}

/// The menus, with their marks in the order of their items.
fn menus(site: &Site, marks: &[Mark], lang: &Lang) -> Seen {
    let mut marks = marks.iter().copied().chain(std::iter::repeat(Mark::None));
    let mut map = SeenMap::default();
    for menu in MENUS {
        let items = menu_items(site, menu).zip(&mut marks);
        map.put(menu, Seen::list(items.filter_map(|(row, mark)| item(site, row, (mark, lang)))));
    }
    map.finish()
}

/// The entry that an item of a menu leads to, if it is one.
fn menu_entry(site: &Site, row: &Row) -> Option<EntryId> {
    let section = row.text("kind").and_then(|kind| site.model.sections.of_kind(kind));
    let page = || row.text("page").map(|id| EntryId::new("page", id));
    let entry = || row.text("entry")?.split_once(':').map(|(kind, id)| EntryId::new(kind, id));
    section.map(EntryId::section).or_else(page).or_else(entry)
}

/// The pages that the items of all menus lead to in a language; nothing for one that leads to none.
pub(crate) fn menu_targets(site: &Site, lang: &Lang) -> Vec<Option<Route>> {
    let items = MENUS.iter().flat_map(|menu| menu_items(site, menu));
    let target = |row| Some(site.page_for(&menu_entry(site, row)?, lang)?.1.clone());
    items.map(target).collect()
}

/// How an item of a menu is marked on a page, by the page that it leads to.
fn mark(route: &Route, target: Option<&Route>) -> Mark {
    match target {
        Some(target) if target == route => Mark::Current,
        Some(target) if is_below(route, target) => Mark::Active,
        _ => Mark::None,
    }
}

/// One item of a menu; nothing if what it leads to is not shown.
fn item(site: &Site, row: &Row, (mark, lang): (Mark, &Lang)) -> Option<Seen> {
    let label = row.words("label").map(|words| words.get(lang).to_owned());
    let mut map = SeenMap::default();
    let foreign = match (menu_entry(site, row), row.text("url")) {
        (Some(id), _) => {
            let (page_lang, target) = site.page_for(&id, lang)?;
            let title = label.unwrap_or_else(|| short(site, &id, page_lang));
            map.put("title", Seen::text(&title)).put("url", Seen::text(&site.href(target)));
            map.put("external", Seen::bool(false));
            entry::foreign(page_lang, lang)
        }
        (None, Some(url)) if site.is_dormant(url) => return None,
        (None, Some(url)) => {
            let is_external = url.contains("://");
            let href = if is_external { url.to_string() } else { site.address(url) };
            map.put("title", Seen::text(&label.unwrap_or_else(|| url.to_string())));
            map.put("url", Seen::text(&href)).put("external", Seen::bool(is_external));
            Seen::none()
        }
        (None, None) => return None,
    };
    map.put("current", Seen::bool(mark == Mark::Current));
    map.put("active", Seen::bool(mark != Mark::None)).put("foreign", foreign);
    Some(map.finish())
}

/// What a menu calls an entry.
fn short(site: &Site, id: &EntryId, lang: &Lang) -> String {
    let link = site.answer(&Query::Link(id.clone(), lang.clone()));
    crate::site::fill::text(&link, "short_title").unwrap_or_default().to_owned()
}

/// The licences of texts and data.
fn licence(row: Option<&Row>) -> Seen {
    let one = |name: &str| match row.and_then(|row| row.text(name)) {
        Some(id) => {
            let (label, url) = known_licence(id);
            let mut map = SeenMap::default();
            map.put("id", Seen::text(id)).put("label", Seen::text(label.unwrap_or(id)));
            map.put("url", Seen::text_or_none(url));
            map.finish()
        }
        None => Seen::none(),
    };
    let mut map = SeenMap::default();
    map.put("text", one("text")).put("data", one("data"));
    map.finish()
}

/// The name and address of the licences that public bodies use.
fn known_licence(id: &str) -> (Option<&'static str>, Option<&'static str>) {
    match id {
        "CC-BY-4.0" => (Some("CC BY 4.0"), Some("https://creativecommons.org/licenses/by/4.0/")),
        "CC-BY-SA-4.0" => {
            (Some("CC BY-SA 4.0"), Some("https://creativecommons.org/licenses/by-sa/4.0/"))
        }
        "CC0-1.0" => (Some("CC0 1.0"), Some("https://creativecommons.org/publicdomain/zero/1.0/")),
        "DL-DE-BY-2.0" => (
            Some("Datenlizenz Deutschland – Namensnennung – Version 2.0"),
            Some("https://www.govdata.de/dl-de/by-2-0"),
        ),
        "DL-DE-ZERO-2.0" => (
            Some("Datenlizenz Deutschland – Zero – Version 2.0"),
            Some("https://www.govdata.de/dl-de/zero-2-0"),
        ),
        _ => (None, None),
    }
}

/// The pages with a task of their own, by task.
fn roles(site: &Site, lang: &Lang) -> Seen {
    let names = [
        "imprint",
        "privacy",
        "accessibility",
        "easy-language",
        "sign-language",
        "search",
        "sitemap",
        "credits",
    ];
    let mut map = SeenMap::default();
    for name in names {
        let seen = match site.roles.get(name) {
            Some(id) => site.answer(&Query::Link(id.clone(), lang.clone())),
            None => Seen::none(),
        };
        map.put(name, seen);
    }
    map.finish()
}

/// A kind: its names, its list, how many entries it has.
pub(super) fn kind(site: &Site, name: &Name, lang: &Lang) -> Seen {
    let Some(kind) = site.model.schema.kind(name) else { return Seen::none() };
    let section = site.model.sections.of_kind(name);
    let list = section.map(EntryId::section);
    let route = list.as_ref().and_then(|id| site.page_for(id, lang)).map(|(_, route)| route);
    let count = section.map_or(0, |folder| list_of(site, folder, name, lang).len());
    let mut map = SeenMap::default();
    map.put("kind", Seen::text(name)).put("label", Seen::text(kind.label.get(lang)));
    map.put("plural", Seen::text(kind.plural.get(lang)));
    map.put("url", route.map_or_else(Seen::none, |route| Seen::text(&site.href(route))));
    map.put("count", Seen::count(count));
    map.finish()
}

/// The theme's options.
pub(super) fn options(site: &Site, lang: &Lang) -> Seen {
    let path = RelPath::new(crate::model::settings::SETTINGS);
    let schema = &*site.model.schema;
    let eye = Eye { site, schema, lang, main: &path, words: &path, brief: true, translated: false };
    let theme = &site.model.theme;
    let mut map = SeenMap::default();
    for option in theme.options.iter() {
        map.put_field(option, field::value(eye, option, theme.values.get(&option.name), None).0);
    }
    map.finish()
}
