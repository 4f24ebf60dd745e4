//! Files and pictures as templates see them.

use super::field::Eye;
use crate::lang::{Lang, names, number};
use crate::model::datum::{Datum, Row};
use crate::model::schema::Name;
use crate::model::sidecar::Sidecar;
use crate::path::RelPath;
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

/// A picture as a field uses it: its own words before the sidecar's.
pub(super) fn used_picture(eye: Eye<'_>, own: &Row, words: Option<&Row>) -> Seen {
    let Some(Datum::File(file)) = own.get("file") else { return Seen::none() };
    let Some(path) = crate::site::way::find_file(eye.site, eye.main, &file.path) else {
        return Seen::none();
    };
    let get = |name: &str| words.and_then(|words| words.get(name)).or_else(|| own.get(name));
    let alt = match get("alt") {
        Some(Datum::Text(alt)) => Some(alt.to_string()),
        _ => None,
    };
    let caption = match get("caption") {
        Some(Datum::Markup(markup)) => Some(fill::plain(eye.site, (markup, eye.main), eye.lang)),
        _ => None,
    };
    known(eye.site, &path, (alt, caption), eye.lang)
}

/// All that is known of a picture; words given here win over the sidecar's.
fn known(
    site: &Site,
    path: &RelPath,
    (alt, caption): (Option<String>, Option<String>),
    lang: &Lang,
) -> Seen {
    let Some(route) = site.files.get(path) else { return Seen::none() };
    let sidecar = site.model.sidecars.get(path);
    let empty = Row::default();
    let facts = sidecar.map_or(&empty, |sidecar| &sidecar.row);
    let words = |name: &str| sidecar.and_then(|sidecar| word(sidecar, name, lang));
    let text = |name: &str| match words(name) {
        Some(Datum::Text(text)) => Some(text.to_string()),
        _ => None,
    };
    let own_caption = match (words("caption"), sidecar) {
        (Some(Datum::Markup(markup)), Some(sidecar)) => {
            Some(fill::plain(site, (markup, &sidecar.path), lang))
        }
        _ => None,
    };
    let decorative = facts.is_true("decorative");
    let alt = alt.or_else(|| text("alt").filter(|_| !decorative)).unwrap_or_default();
    let mut map = SeenMap::default();
    map.put("url", Seen::text(&site.href(route))).put("alt", Seen::text(&alt));
    let caption = caption.or(own_caption);
    map.put("caption", caption.map_or_else(Seen::none, |caption| Seen::html(&caption)));
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
    map.put("people_line", Seen::text_or_none(people_line(site, facts, lang).as_deref()));
    map.finish()
}

/// A word of a sidecar in a language.
fn word<'a>(sidecar: &'a Sidecar, name: &str, lang: &Lang) -> Option<&'a Datum> {
    sidecar.words.get(lang).and_then(|row| row.get(name)).or_else(|| sidecar.row.get(name))
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

/// Who is in the picture, from left to right.
fn people_line(site: &Site, facts: &Row, lang: &Lang) -> Option<String> {
    let people: Vec<String> = facts
        .rows("people")
        .filter_map(|person| {
            let name = person.text("name")?;
            let office = person.text("function").or_else(|| person.text("office"));
            let partner = match person.get("partner") {
                Some(Datum::Ref(reference)) => {
                    let id = crate::model::entry::EntryId {
                        kind: Name::from("partner"),
                        id: reference.id.clone(),
                    };
                    site.places.get(&id).map(|place| place.entry.title().to_owned())
                }
                _ => None,
            };
            let rest: Vec<String> =
                office.map(ToString::to_string).into_iter().chain(partner).collect();
            Some(if rest.is_empty() {
                name.to_string()
            } else {
                format!("{name} ({})", rest.join(", "))
            })
        })
        .collect();
    if people.is_empty() {
        return None;
    }
    let list = names::list(&people, lang);
    Some(match people.len() {
        1 => list,
        _ => format!("{}: {list}", string(site, "left_to_right", lang)),
    })
}

/// A string of the theme.
fn string(site: &Site, key: &str, lang: &Lang) -> String {
    site.phrase(key, lang).map_or_else(|| key.to_owned(), |phrase| phrase.other.to_string())
}
