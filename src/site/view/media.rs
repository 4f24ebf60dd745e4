//! Files and pictures as templates see them.

use super::entry;
use super::field::Eye;
use crate::lang::collate::Collation;
use crate::lang::{Lang, names, number};
use crate::model::datum::{Datum, Reference, Row};
use crate::model::entry::EntryId;
use crate::model::schema::Name;
use crate::model::sidecar::Sidecar;
use crate::parse::html::escaped;
use crate::path::RelPath;
use crate::site::query::Query;
use crate::site::seen::{Seen, SeenMap};
use crate::site::{Site, fill};

/// A file: where it is, what it is, how large.
pub(super) fn file(site: &Site, path: &RelPath, lang: &Lang) -> Seen {
    let Some(route) = site.files.get(path) else { return Seen::none() };
    let size = site.model.files.get(path).map_or(0, |info| info.size);
    let mut map = SeenMap::default();
    map.put("url", Seen::text(&site.href(route)));
    map.put("name", Seen::text(path.name()));
    map.put("format", Seen::text(&path.extension().to_uppercase()));
    map.put("size", Seen::integer(i64::try_from(size).unwrap_or(i64::MAX)));
    map.put("size_text", Seen::text(&number::size(size, lang)));
    map.finish()
}

/// A picture that a body names by a relative path.
pub(super) fn picture(site: &Site, (from, path): (&RelPath, &str), lang: &Lang) -> Seen {
    match crate::site::way::find_file(site, from, path) {
        Some(found) => picture_of(site, &found, lang),
        None => Seen::none(),
    }
}

/// A picture with what its sidecar says.
fn picture_of(site: &Site, path: &RelPath, lang: &Lang) -> Seen {
    known(site, path, (None, None), lang)
}

/// The facts about a picture that say whose it is.
const ORIGIN: &[&str] = &["credit", "copyright", "licence", "source"];

/// All published pictures of which something says whose they are, by what they show.
pub(super) fn pictures(site: &Site, lang: &Lang) -> Seen {
    let collation = Collation::for_lang(lang);
    let mut credited: Vec<_> = site
        .model
        .sidecars
        .iter()
        .filter(|(path, sidecar)| {
            let is_told = ORIGIN.iter().any(|name| sidecar.row.get(name).is_some());
            is_told && site.files.contains_key(*path)
        })
        .map(|(path, sidecar)| {
            let alt = match word(sidecar, "alt", lang) {
                Some((Datum::Text(alt), _)) => alt.trim(),
                _ => "",
            };
            (collation.key(if alt.is_empty() { path.name() } else { alt }), path)
        })
        .collect();
    credited.sort();
    Seen::list(credited.into_iter().map(|(_, path)| {
        let mut map = SeenMap::with_capacity(2);
        map.put("name", Seen::text(path.name())).put("picture", picture_of(site, path, lang));
        map.finish()
    }))
}

/// Words with whether they are in the main language because there are none in the page's.
type Worded = (String, bool);

/// A picture as a field uses it: its own words before the sidecar's.
pub(super) fn used_picture(eye: Eye<'_>, own: &Row, words: Option<&Row>) -> Seen {
    let Some(Datum::File(file)) = own.get("file") else { return Seen::none() };
    let Some(path) = crate::site::way::find_file(eye.site, eye.main, &file.path) else {
        return Seen::none();
    };
    let get = |name: &str| match words.and_then(|words| words.get(name)) {
        Some(datum) => Some((datum, false)),
        None => own.get(name).map(|datum| (datum, true)),
    };
    let alt = match get("alt") {
        Some((Datum::Text(alt), fell_back)) => Some((alt.to_string(), fell_back)),
        _ => None,
    };
    let caption = match get("caption") {
        Some((Datum::Markup(markup), fell_back)) => {
            let from = if fell_back { eye.main } else { eye.words };
            Some((fill::plain(eye.site, (markup, from), eye.lang), fell_back))
        }
        _ => None,
    };
    known(eye.site, &path, (alt, caption), eye.lang)
}

/// What a sidecar says of a picture: its alternative text and its caption.
fn sidecar_words(site: &Site, sidecar: &Sidecar, lang: &Lang) -> (Option<Worded>, Option<Worded>) {
    let alt = match word(sidecar, "alt", lang) {
        Some((Datum::Text(alt), fell_back)) => Some((alt.to_string(), fell_back)),
        _ => None,
    };
    let caption = match word(sidecar, "caption", lang) {
        Some((Datum::Markup(markup), fell_back)) => {
            Some((fill::plain(site, (markup, &sidecar.path), lang), fell_back))
        }
        _ => None,
    };
    (alt.filter(|_| !sidecar.row.is_true("decorative")), caption)
}

/// All that is known of a picture; words given here win over the sidecar's.
fn known(
    site: &Site,
    path: &RelPath,
    (alt, caption): (Option<Worded>, Option<Worded>),
    lang: &Lang,
) -> Seen {
    let Some(route) = site.files.get(path) else { return Seen::none() };
    let sidecar = site.model.sidecars.get(path);
    let empty = Row::default();
    let facts = sidecar.map_or(&empty, |sidecar| &sidecar.row);
    let (own_alt, own_caption) =
        sidecar.map_or((None, None), |sidecar| sidecar_words(site, sidecar, lang));
    let (alt, caption) = (alt.or(own_alt), caption.or(own_caption));
    let mut map = SeenMap::default();
    map.put("url", Seen::text(&site.href(route)));
    map.put("alt", Seen::text(alt.as_ref().map_or("", |(alt, _)| alt)));
    map.put(
        "caption",
        caption.as_ref().map_or_else(Seen::none, |(caption, _)| Seen::html(caption)),
    );
    let mut lang_of = SeenMap::with_capacity(2);
    for (name, words) in [("alt", &alt), ("caption", &caption)] {
        if words.as_ref().is_some_and(|(_, fell_back)| *fell_back) {
            lang_of.put(name, entry::foreign(site.main_lang(), lang));
        }
    }
    map.put("lang_of", lang_of.finish());
    let size = site.model.files.get(path).and_then(|info| info.picture);
    let side =
        |side: Option<u32>| side.map_or_else(Seen::none, |side| Seen::integer(i64::from(side)));
    map.put("width", side(size.map(|size| size.width)))
        .put("height", side(size.map(|size| size.height)));
    for name in ["credit", "copyright", "licence", "source"] {
        map.put(name, Seen::text_or_none(facts.text(name).map(|text| &**text)));
    }
    for name in ["symbolic", "ai", "decorative"] {
        map.put(name, Seen::bool(facts.is_true(name)));
    }
    map.put("credit_line", Seen::text_or_none(credit_line(site, facts, lang).as_deref()));
    let people = people_line(site, facts, lang);
    map.put("people_line", people.map_or_else(Seen::none, |people| Seen::html(&people)));
    map.finish()
}

/// A word of a sidecar in a language, and whether that of the main language had to do.
fn word<'a>(sidecar: &'a Sidecar, name: &str, lang: &Lang) -> Option<(&'a Datum, bool)> {
    let own = sidecar.words.get(lang).and_then(|row| row.get(name)).map(|datum| (datum, false));
    own.or_else(|| sidecar.row.get(name).map(|datum| (datum, true)))
}

/// Whose picture it is, in one line.
fn credit_line(site: &Site, facts: &Row, lang: &Lang) -> Option<String> {
    let text = |name: &str| facts.text(name).map(ToString::to_string);
    let source =
        text("source").map(|source| format!("{}: {source}", string(site, "picture_source", lang)));
    let copyright = text("copyright").map(|owner| match owner.starts_with('©') {
        true => owner,
        false => format!("© {owner}"),
    });
    let parts: Vec<String> =
        [text("credit"), copyright, source, text("licence")].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// Who is in the picture, from left to right, as HTML: partners are links.
fn people_line(site: &Site, facts: &Row, lang: &Lang) -> Option<String> {
    let person = |person: &Row| {
        let name = escaped(person.text("name")?);
        let office = person.text("function").or_else(|| person.text("office"));
        let partner = match person.get("partner") {
            Some(Datum::Ref(reference)) => partner_link(site, reference, lang),
            _ => None,
        };
        let office = office.map(|office| escaped(office));
        let rest: Vec<String> = office.into_iter().chain(partner).collect();
        Some(if rest.is_empty() { name } else { format!("{name} ({})", rest.join(", ")) })
    };
    let people: Vec<String> = facts.rows("people").filter_map(person).collect();
    if people.is_empty() {
        return None;
    }
    let list = names::list(&people, lang);
    Some(match people.len() {
        1 => list,
        _ => format!("{}: {list}", escaped(&string(site, "left_to_right", lang))),
    })
}

/// A partner's title, as a link if it has a page.
fn partner_link(site: &Site, reference: &Reference, lang: &Lang) -> Option<String> {
    let id = EntryId::of(Name::from("partner"), reference.id.clone());
    site.shown(&id)?;
    let seen = site.answer(&Query::Link(id, lang.clone()));
    let title = escaped(fill::text(&seen, "title")?);
    Some(match fill::text(&seen, "url") {
        Some(url) => format!("<a href=\"{}\">{title}</a>", escaped(url)),
        None => title,
    })
}

/// A string of the theme.
fn string(site: &Site, key: &str, lang: &Lang) -> String {
    site.phrase(key, lang).map_or_else(|| key.to_owned(), |phrase| phrase.other.to_string())
}
