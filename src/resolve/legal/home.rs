//! Leichte Sprache and sign language on the home page, where the region's law asks for them
//! (BITV 2.0 § 4 and what the Länder made of it).

use super::at;
use crate::diag::{Code, Diagnostic};
use crate::lang::Lang;
use crate::model::datum::{Datum, Row};
use crate::model::entry::EntryId;
use crate::model::region::label;
use crate::model::schema::Name;
use crate::site::Site;
use crate::words;

/// What the films have to be about.
const TOPICS: [&str; 4] = ["contents", "navigation", "statement", "more"];

/// Reports what is missing and not planned either.
pub(super) fn check(notes: &mut Vec<Diagnostic>, site: &Site) {
    let settings = &site.model.settings;
    let Some((region, row)) = settings.region().filter(|(name, row)| is_asked(site, name, row))
    else {
        return;
    };
    let name = label(row, site.main_lang()).unwrap_or(region);
    let asked = words!("so verlangt es: {name}", "asked for by: {name}");
    if !has_easy_language(site) && !is_planned(site, "easy_language") {
        let message =
            words!("auf der Startseite fehlt Leichte Sprache", "the home page lacks easy language");
        notes.push(at(Code::HomeAccess, (&settings.row, "region"), message).label(asked.clone()).help(words!(
            "schreiben Sie die Startseite auch in Leichter Sprache (`_index.de-simple.md`), oder legen Sie eine Seite mit `role = \"easy-language\"` an; bis dahin nennt `[legal.easy_language] planned` den Termin",
            "write the home page in easy language too (`_index.de-simple.md`), or create a page with `role = \"easy-language\"`; until then `[legal.easy_language] planned` says when"
        )));
    }
    let absent = absent_films(settings.legal("signs"));
    if !absent.is_empty() && !is_planned(site, "signs") {
        let list = absent.join("`, `");
        let message = words!(
            "auf der Startseite fehlt Deutsche Gebärdensprache: `{list}`",
            "the home page lacks German Sign Language: `{list}`"
        );
        notes.push(
            at(Code::HomeAccess, (&settings.row, "region"), message)
                .label(asked)
                .help(words!(
                    "nennen Sie die Filme in `[[legal.signs.videos]]`; bis es sie gibt, nennt `[legal.signs] planned` den Termin",
                    "name the films in `[[legal.signs.videos]]`; until there are any, `[legal.signs] planned` says when"
                )),
        );
    }
}

/// Whether the law asks for it at the site's level: where that is not said, at that of the state.
fn is_asked(site: &Site, region: &Name, row: &Row) -> bool {
    let legal = site.model.settings.row.row("legal");
    let own = legal.and_then(|legal| legal.choice("level"));
    let level = own.map_or(if &**region == "bund" { "bund" } else { "land" }, |level| level);
    row.items("home").iter().any(|one| match one {
        Datum::Choice(known) => &**known == level,
        _ => false,
    })
}

/// Whether the home page is there in Leichte Sprache, or a page that says where it is.
fn has_easy_language(site: &Site) -> bool {
    let home = site.shown(&EntryId::section(""));
    home.is_some_and(|home| home.pages.keys().any(Lang::is_simple))
        || site.roles.contains_key("easy-language")
}

/// Whether somebody said until when it is to be there.
fn is_planned(site: &Site, name: &str) -> bool {
    let legal = site.model.settings.row.row("legal");
    legal.is_some_and(|legal| legal.may_lack(name))
        || site
            .model
            .settings
            .legal(name)
            .is_some_and(|row| row.when("planned").is_some() || row.may_lack("planned"))
}

/// What no film is about.
fn absent_films(signs: Option<&Row>) -> Vec<&'static str> {
    let Some(signs) = signs else { return TOPICS.to_vec() };
    if signs.may_lack("videos") {
        return Vec::new();
    }
    let is_absent = |topic: &&str| {
        !signs.rows("videos").any(|row| row.choice("about").is_some_and(|about| **about == **topic))
    };
    TOPICS.into_iter().filter(is_absent).collect()
}
