//! All that templates can see: the answers to queries, made from the resolved site.
//!
//! An entry has three forms. A *link* is its name and address, a *summary* what lists show, the
//! *whole* everything. A whole holds summaries, a summary links, so nothing nests without end.

mod dates;
mod entry;
mod field;
mod filters;
mod frame;
mod inverses;
mod legal;
mod media;
mod notices;
mod player;
mod row;
mod site;

pub(super) use entry::is_foreign;

use super::query::Query;
use super::seen::{Seen, SeenMap};
use super::{Site, select};
use crate::lang::Lang;
use crate::model::schema::Name;
use crate::path::Route;
use crate::print::Fingerprint;
use crate::site::goal::{self, Goal};
use crate::site::way::{self, Way};

pub(crate) use frame::{page, twin};
pub(crate) use site::menu_targets;

/// Answers a question.
pub(super) fn answer(site: &Site, query: &Query) -> Seen {
    match query {
        Query::Template(name) => template(site, name),
        Query::Component(name) => component(site, name),
        Query::Frame(route) => frame::frame(site, route),
        Query::Site(route, lang) => self::site::site(site, route, lang),
        Query::Marked(marks, lang) => self::site::marked(site, marks, lang),
        Query::Everywhere(lang) => self::site::everywhere(site, lang),
        Query::Options(lang) => self::site::options(site, lang),
        Query::Whole(id, lang) => entry::whole(site, id, lang),
        Query::Body(id, lang) => match site.bodies.get(id, lang) {
            Some((html, print)) => Seen::printed_html(&html, print),
            None => Seen::html(""),
        },
        Query::Summary(id, lang) => entry::summary(site, id, lang),
        Query::Link(id, lang) => entry::link(site, id, lang),
        Query::List(selection, lang) => {
            if let Some(mistake) = select::mistake(site, selection) {
                return Seen::text(&mistake.packed());
            }
            let ids = select::select(site, selection, lang);
            Seen::list(ids.iter().map(|id| site.answer(&Query::Summary(id.clone(), lang.clone()))))
        }
        Query::Count(selection) => {
            if let Some(mistake) = select::mistake(site, selection) {
                return Seen::text(&mistake.packed());
            }
            Seen::count(select::select(site, selection, site.main_lang()).len())
        }
        Query::NoInverse(source, lang) => inverses::none(site, *source, lang),
        Query::Kind(name, lang) => self::site::kind(site, name, lang),
        Query::Labels(kind, lang) => entry::labels(site, kind, lang),
        Query::Columns(group, lang) => entry::columns(site, group, lang),
        Query::Filters(section, lang, field) => filters::group(site, (section, lang), field),
        Query::Index(section, lang) => filters::index(site, section, lang),
        Query::Date(when, lang) => dates::date(site, *when, lang),
        Query::Phrase(key, lang) => phrase(site, key, lang),
        Query::Target(from, target, lang) => {
            let goal = goal::goal(site, &way::way(site, from, target), lang);
            Seen { value: tera::Value::none(), print: Goal::print(goal.as_ref()) }
        }
        Query::Words(from, target, lang) => words_of(site, &way::way(site, from, target), lang),
        Query::Picture(from, path, lang) => media::picture(site, (from, path), lang),
        Query::Pictures(lang) => media::pictures(site, lang),
        Query::File(path, lang) => media::file(site, path, lang),
        Query::Asset(inside) => match site.assets.get(inside) {
            Some(route) => Seen::text(&site.href(route)),
            None => Seen::none(),
        },
        Query::Address(path) => Seen::text(&site.address(path)),
        Query::Origins => origins(site),
        Query::Player(url) => player::player(site, url),
        Query::Block(id, lang, at) => entry::block(site, (id, lang), *at),
    }
}

/// The servers that pages may load from: only the fingerprint matters.
fn origins(site: &Site) -> Seen {
    let settings = &site.model.settings;
    let print = Fingerprint::of(&(&settings.origins, &settings.base_url, &site.world.base_url));
    Seen { value: tera::Value::none(), print }
}

/// The source of a template and of all that it pulls in, and whether it can be used, which may hang
/// on templates that it does not name: only its fingerprint matters.
fn template(site: &Site, name: &Name) -> Seen {
    let is_broken = site.broken.contains(name);
    let print = Fingerprint::of(&(site.model.theme.closure_print(name), is_broken));
    Seen { value: tera::Value::none(), print }
}

/// All templates that define a component, as [`template`] sees them.
fn component(site: &Site, name: &str) -> Seen {
    let defining = site.model.theme.defining(name);
    Seen::list(defining.map(|name| template(site, name)))
}

/// A string of the theme: `one` and `other`.
fn phrase(site: &Site, key: &Name, lang: &Lang) -> Seen {
    let Some(phrase) = site.phrase(key, lang) else { return Seen::none() };
    let mut map = SeenMap::with_capacity(2);
    map.put("one", Seen::text(&phrase.one)).put("other", Seen::text(&phrase.other));
    map.finish()
}

/// What a link without words of its own says: the title of what it leads to.
fn words_of(site: &Site, way: &Way, lang: &Lang) -> Seen {
    match way {
        Way::Entry(id, _) => match site.page_for(id, lang) {
            Some((own, _)) => Seen::text(entry::title(site, id, own)),
            None => Seen::none(),
        },
        Way::File(path) => Seen::text(path.name()),
        _ => Seen::none(),
    }
}

/// The file that a page's address names, for marking the current page in menus.
fn is_below(route: &Route, folder: &Route) -> bool {
    let folder = folder.as_str().strip_suffix("index.html").unwrap_or(folder.as_str());
    !folder.is_empty() && route.as_str().starts_with(folder)
}
