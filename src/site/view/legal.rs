//! The facts of the legal pages as templates see them: those of `[legal]`, with what stands in where
//! nothing is said, and what the region's law adds.

use super::field::Eye;
use super::row;
use crate::lang::Lang;
use crate::model::datum::{Datum, Row};
use crate::model::region::{has_wording, label};
use crate::model::schema::Name;
use crate::model::settings::SETTINGS;
use crate::path::{RelPath, Route, STATEMENT};
use crate::site::Site;
use crate::site::seen::{Seen, SeenMap};

/// What stands in where `[legal.imprint]` says nothing: what the publisher says.
const OF_PUBLISHER: [&str; 4] = ["name", "address", "email", "phone"];

/// All of it.
pub(super) fn legal(site: &Site, lang: &Lang) -> Seen {
    let path = RelPath::new(SETTINGS);
    let schema = &*site.model.settings.own;
    let eye = Eye { site, schema, lang, main: &path, words: &path, brief: true, translated: false };
    let own = |name: &str| site.model.settings.legal(name);
    let seen = |group: &str, row: &Row| row::row(eye, &Name::from(group), (row, None)).0;
    let or_none = |found: Option<Seen>| found.unwrap_or_else(Seen::none);
    let mut map = SeenMap::default();
    map.put("region", region(eye));
    map.put("accessibility", or_none(own("accessibility").map(|row| statement(eye, row))));
    map.put("imprint", or_none(own("imprint").map(|row| imprint(eye, row))));
    map.put("privacy", or_none(own("privacy").map(|row| privacy(eye, row))));
    map.put("signs", or_none(own("signs").map(|row| seen("signs", row))));
    let plan = own("easy_language").map(|row| seen("offer_plan", row));
    map.put("easy_language", or_none(plan));
    map.finish()
}

/// What the law of the region says; without a wording of its own only what it is called.
fn region(eye: Eye<'_>) -> Seen {
    let Some((name, row)) = eye.site.model.settings.region() else { return Seen::none() };
    let words = |name: &str| Seen::text_or_none(row.words(name).map(|words| words.get(eye.lang)));
    let law = |datum: &Datum| match datum {
        Datum::Words(words) => Some(Seen::text(words.get(eye.lang))),
        _ => None,
    };
    let mut map = SeenMap::default();
    map.put("id", Seen::text(name)).put("label", Seen::text_or_none(label(row, eye.lang)));
    map.put("known", Seen::bool(has_wording(row)));
    map.put("laws", Seen::list(row.items("laws").iter().filter_map(law).collect::<Vec<_>>()));
    map.put("answer", words("answer"));
    map.finish()
}

/// A group of facts, to which what is not set may be added.
fn facts(eye: Eye<'_>, group: &str, row: &Row) -> SeenMap {
    let seen = row::row(eye, &Name::from(group), (row, None)).0;
    let mut map = SeenMap::default();
    if let Some(known) = seen.value.as_map() {
        map.put_printed(known, seen.print);
    }
    map
}

/// The facts of the accessibility statement.
fn statement(eye: Eye<'_>, own: &Row) -> Seen {
    let Eye { site, .. } = eye;
    let mut map = facts(eye, "statement", own);
    map.put("procedure", Seen::none());
    if own.get("scope").is_none() {
        map.put("scope", Seen::text(&site.world.base_url));
    }
    if own.get("enforcement").is_none()
        && let Some((_, region)) = site.model.settings.region()
        && let Some(body) = region.row("enforcement")
    {
        map.put("enforcement", row::row(eye, &Name::from("body"), (body, None)).0);
        // It tells of this very body.
        let words = region.words("procedure").map(|words| words.get(eye.lang));
        map.put("procedure", Seen::text_or_none(words));
    }
    map.put("data", Seen::text(&site.href(&Route::new(STATEMENT))));
    map.finish()
}

/// The facts of the imprint.
fn imprint(eye: Eye<'_>, own: &Row) -> Seen {
    let mut map = facts(eye, "imprint", own);
    for name in OF_PUBLISHER.into_iter().filter(|name| own.get(name).is_none()) {
        map.put(name, publisher(eye, name));
    }
    map.finish()
}

/// The facts of the privacy page. Whoever answers for the site answers for the data.
fn privacy(eye: Eye<'_>, own: &Row) -> Seen {
    let mut map = facts(eye, "privacy", own);
    if own.get("controller").is_none() {
        let imprint = eye.site.model.settings.legal("imprint");
        let mut controller = SeenMap::default();
        for name in OF_PUBLISHER {
            let own = imprint.and_then(|row| row.get(name)).map(|datum| text(datum, eye.lang));
            controller.put(name, own.unwrap_or_else(|| publisher(eye, name)));
        }
        controller.put("url", Seen::none());
        map.put("controller", controller.finish());
    }
    map.finish()
}

/// A fact about the publisher.
fn publisher(eye: Eye<'_>, name: &str) -> Seen {
    let row = eye.site.model.settings.row.row("publisher");
    row.and_then(|row| row.get(name)).map_or_else(Seen::none, |datum| text(datum, eye.lang))
}

/// A text, or one per language.
fn text(datum: &Datum, lang: &Lang) -> Seen {
    match datum {
        Datum::Words(words) => Seen::text(words.get(lang)),
        Datum::Text(text) => Seen::text(text),
        _ => Seen::none(),
    }
}
