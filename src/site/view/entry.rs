//! The three forms of an entry: link, summary, whole.

use super::field::{self, Eye};
use super::{dates, inverses, notices};
use crate::lang::Lang;
use crate::model::entry::{Entry, EntryId};
use crate::model::schema::{Field, Kind, Name, Type};
use crate::parse::html::escaped;
use crate::site::query::Query;
use crate::site::seen::{Seen, SeenMap};
use crate::site::{Place, Site};

/// Fields that every form shows in its own way.
const FRAME: &[&str] = &["id", "title", "short_title", "summary", "picture"];

/// An entry as a link; nothing if it is not shown.
pub(super) fn link(site: &Site, id: &EntryId, lang: &Lang) -> Seen {
    match site.shown(id) {
        Some(place) => link_map((site, 8), place, lang).finish(),
        None => Seen::none(),
    }
}

/// What a link holds, in a map with room for so many values.
fn link_map((site, room): (&Site, usize), place: &Place, lang: &Lang) -> SeenMap {
    let entry = &place.entry;
    let page = site.page_for(&entry.id, lang);
    let own = page.map_or(site.main_lang(), |(page_lang, _)| page_lang);
    let mut map = SeenMap::with_capacity(room);
    map.put("kind", Seen::text(&entry.id.kind));
    map.put("id", Seen::text(&entry.id.id));
    map.put("title", Seen::text(title(site, &entry.id, own)));
    map.put("short_title", Seen::text(short_title(entry, own)));
    map.put("url", page.map_or_else(Seen::none, |(_, route)| Seen::text(&site.href(route))));
    map.put("lang", Seen::text(own.as_str()));
    map.put("foreign", foreign(own, lang));
    map
}

/// The language of words, where it is not the page's.
pub(super) fn foreign(own: &Lang, page: &Lang) -> Seen {
    Seen::text_or_none(is_foreign(own, page).then_some(own.as_str()))
}

/// Whether words in a language are to be marked on a page in another.
pub(in crate::site) fn is_foreign(own: &Lang, page: &Lang) -> bool {
    own != page && own.as_str() != page.base()
}

/// An entry's title in a language, or its own.
pub(super) fn title<'a>(site: &'a Site, id: &EntryId, lang: &Lang) -> &'a str {
    let Some(place) = site.places.get(id) else { return "" };
    let translated = place.entry.words.get(lang).and_then(|words| words.row.text("title"));
    translated.map_or_else(|| place.entry.title(), |title| &**title)
}

/// An entry's short title in a language, else its title.
fn short_title<'a>(entry: &'a Entry, lang: &Lang) -> &'a str {
    let words = entry.words.get(lang).map(|words| &words.row);
    let of_words = words.and_then(|row| row.text("short_title").or_else(|| row.text("title")));
    let own = || entry.facts.text("short_title").map_or_else(|| entry.title(), |title| &**title);
    of_words.map_or_else(own, |title| &**title)
}

/// From where the fields of an entry are looked at.
fn eye<'a>(site: &'a Site, entry: &'a Entry, lang: &'a Lang, brief: bool) -> Eye<'a> {
    let words = entry.words.get(lang).map_or(&entry.path, |words| &words.path);
    let schema = &*site.model.schema;
    Eye { site, schema, lang, main: &entry.path, words, brief, translated: false }
}

/// One field of an entry.
fn field_of(eye: Eye<'_>, entry: &Entry, kind: &Kind, name: &str) -> (Seen, bool) {
    let Some(field) = kind.fields.get(name) else { return (Seen::none(), false) };
    let words = entry.words.get(eye.lang).and_then(|words| words.row.get(name));
    field::value(eye, field, entry.facts.get(name), words)
}

/// An entry as lists show it; nothing if it is not shown.
pub(super) fn summary(site: &Site, id: &EntryId, lang: &Lang) -> Seen {
    match (site.shown(id), site.kind(id)) {
        (Some(place), Some(kind)) => summary_of(site, (place, kind), lang),
        _ => Seen::none(),
    }
}

/// An entry that is shown, as lists show it.
fn summary_of(site: &Site, (place, kind): (&Place, &Kind), lang: &Lang) -> Seen {
    let entry = &place.entry;
    let eye = eye(site, entry, lang, true);
    let mut map = link_map((site, 32), place, lang);
    let mut foreign = SeenMap::with_capacity(0);
    let is_translated = entry.words.contains_key(lang);
    let mut field = |name: &str| {
        let (seen, fell_back) = field_of(eye, entry, kind, name);
        if let Some(field) = kind.fields.get(name).filter(|_| fell_back && is_translated) {
            foreign.put_field(field, Seen::text(site.main_lang().as_str()));
        }
        seen
    };
    let text = field("summary");
    let excerpt = &site.body(entry, lang).0.markup.excerpt;
    let text = if text.is_none() && !excerpt.is_empty() { Seen::text(excerpt) } else { text };
    map.put("summary", text);
    map.put("picture", field("picture"));
    map.put("kind_label", Seen::text(kind.label.get(lang)));
    map.put("dates", entry_dates(site, (place, kind), lang));
    map.put("timing", Seen::text_or_none(place.timing));
    map.put("timing_label", timing_label(site, place, lang));
    map.put("to_come", Seen::bool(place.is_to_come));
    map.put("featured", Seen::bool(place.featured));
    let because = place.hidden_because;
    map.put("draft", Seen::bool(because == Some(crate::site::State::Draft)));
    map.put("scheduled", Seen::bool(because == Some(crate::site::State::Scheduled)));
    map.put("expired", Seen::bool(place.state == crate::site::State::Expired));
    for shown in kind.fields.iter().filter(|field| field.summary) {
        map.put_field(shown, field(&shown.name));
    }
    map.put("lang_of", if is_translated { foreign.finish() } else { Seen::none() });
    map.finish()
}

/// An entry's dates in words: what was written in words, else from start to end, or its date.
fn entry_dates(site: &Site, (place, kind): (&Place, &Kind), lang: &Lang) -> Seen {
    let entry = &place.entry;
    let facts = &entry.facts;
    let words = entry.words.get(lang).and_then(|words| words.row.text("date_text"));
    let (start, end) = match &kind.timing {
        Some(rule) => (facts.when(&rule.from), facts.when(&rule.to)),
        None => (facts.when("date").or_else(|| facts.when("delivered")), None),
    };
    if let Some(text) = words.or_else(|| facts.text("date_text")) {
        let mut map = SeenMap::default();
        map.put("text", Seen::text(text)).put("html", Seen::html(&escaped(text)));
        map.put("start", start.map_or_else(Seen::none, |start| dates::when(site, start, lang)));
        map.put("end", end.map_or_else(Seen::none, |end| dates::when(site, end, lang)));
        return map.finish();
    }
    let (start, end) = match kind.timing.as_ref().is_some_and(|rule| rule.open_ended) {
        true if start.is_some() && end.is_none() => return since(site, start, lang),
        _ => (start, end),
    };
    dates::span(site, start, end, lang)
}

/// What has begun and goes on: `seit 2017`.
fn since(site: &Site, start: Option<crate::lang::when::When>, lang: &Lang) -> Seen {
    let Some(start) = start else { return Seen::none() };
    let text = crate::lang::date::range::since(start, lang);
    let mut map = SeenMap::default();
    let datetime = start.datetime(&site.world.now.zone);
    let html = format!("<time datetime=\"{datetime}\">{}</time>", escaped(&text));
    map.put("text", Seen::text(&text)).put("html", Seen::html(&html));
    map.put("start", dates::when(site, start, lang)).put("end", Seen::none());
    map.finish()
}

/// The theme's word for an entry's timing.
fn timing_label(site: &Site, place: &Place, lang: &Lang) -> Seen {
    let Some(timing) = place.timing.filter(|timing| *timing != "unknown") else {
        return Seen::none();
    };
    notices::string(site, &format!("timing_{timing}"), lang)
}

/// An entry in full; nothing if it is not shown.
pub(super) fn whole(site: &Site, id: &EntryId, lang: &Lang) -> Seen {
    let (Some(place), Some(kind)) = (site.shown(id), site.kind(id)) else { return Seen::none() };
    let entry = &place.entry;
    let eye = eye(site, entry, lang, false);
    let summary = site.answer(&Query::Summary(id.clone(), lang.clone()));
    let mut map = SeenMap::with_capacity(120);
    if let Some(known) = summary.value.as_map() {
        map.put_printed(known, summary.print);
    }
    let mut foreign = SeenMap::with_capacity(0);
    let mut fields = Vec::new();
    let is_translated = entry.words.contains_key(lang);
    for field in kind.fields.iter() {
        let words = entry.words.get(lang).and_then(|words| words.row.get(&field.name));
        let (seen, fell_back) = field::value(eye, field, entry.facts.get(&field.name), words);
        let fell_back = fell_back && is_translated;
        if fell_back {
            foreign.put_field(field, Seen::text(site.main_lang().as_str()));
        }
        // What is set may still lead nowhere: to an entry that is not published yet.
        if field.public && !field.shared && !seen.is_empty() {
            fields.push(field_seen(site, (field, fell_back), (seen.clone(), lang)));
        }
        if !FRAME.contains(&&*field.name) || &*field.name == "picture" {
            map.put_field(field, seen);
        }
    }
    map.put("summary", field_of(eye, entry, kind, "summary").0);
    map.put("lang_of", foreign.finish()).put("fields", Seen::list(fields));
    map.put("labels", site.answer(&Query::Labels(kind.name.clone(), lang.clone())));
    body(site, entry, lang, &mut map);
    inverses::put(site, (id, lang), &mut map);
    neighbours(site, id, lang, &mut map);
    map.put("notices", notices::of(site, (place, kind), lang));
    map.put(
        "path",
        Seen::text(entry.words.get(lang).map_or(entry.path.as_str(), |words| words.path.as_str())),
    );
    map.finish()
}

/// What belongs to the body beside itself; the body is a query of its own.
fn body(site: &Site, entry: &Entry, lang: &Lang, map: &mut SeenMap) {
    let (body, _, _) = site.body(entry, lang);
    let heading = |heading: &crate::parse::Heading| {
        let mut map = SeenMap::default();
        map.put("level", Seen::integer(i64::from(heading.level)));
        map.put("id", Seen::text(&heading.id)).put("title", Seen::text(&heading.title));
        map.finish()
    };
    map.put("contents", Seen::list(body.markup.headings.iter().map(heading)));
    map.put("words", Seen::integer(i64::from(body.markup.words)));
    map.put("body", site.answer(&Query::Body(entry.id.clone(), lang.clone())));
}

/// What the public fields of a kind are called.
pub(super) fn labels(site: &Site, kind: &Name, lang: &Lang) -> Seen {
    let mut map = SeenMap::default();
    let fields = site.model.schema.kind(kind).into_iter().flat_map(|kind| kind.fields.iter());
    for field in fields.filter(|field| field.public) {
        map.put_field(field, Seen::text(field.label.get(lang)));
    }
    map.finish()
}

/// A field with its label, for templates that show whatever there is; for a table also its columns.
fn field_seen(
    site: &Site,
    (field, fell_back): (&Field, bool),
    (value, lang): (Seen, &Lang),
) -> Seen {
    let mut map = description(field, lang);
    map.put("lang", Seen::text_or_none(fell_back.then_some(site.main_lang().as_str())));
    let group = match &field.ty {
        Type::Table(group) => Some(group),
        _ => None,
    };
    let columns = group.map(|group| site.answer(&Query::Columns(group.clone(), lang.clone())));
    map.put("table", Seen::text_or_none(group.map(|group| &**group)));
    map.put("columns", columns.unwrap_or_else(|| Seen::list([]))).put("value", value);
    map.finish()
}

/// What the public fields of a group are called and hold.
pub(super) fn columns(site: &Site, group: &Name, lang: &Lang) -> Seen {
    let fields = site.model.schema.group(group).into_iter().flat_map(|group| group.fields.iter());
    let shown = fields.filter(|column| column.public);
    Seen::list(shown.map(|column| description(column, lang).finish()))
}

/// What a field is called and what it holds.
fn description(field: &Field, lang: &Lang) -> SeenMap {
    let mut map = SeenMap::with_capacity(8);
    map.put("name", Seen::text(&field.name)).put("label", Seen::text(field.label.get(lang)));
    map.put("type", Seen::text(field.ty.name())).put("many", Seen::bool(field.many));
    map
}

/// The entries before and after in the section's list.
fn neighbours(site: &Site, id: &EntryId, lang: &Lang, map: &mut SeenMap) {
    let list = site.lists.get(&(id.kind.clone(), lang.clone()));
    let at = list.and_then(|list| list.positions.get(id)).copied();
    let link = |at: Option<usize>| match list.zip(at).and_then(|(list, at)| list.ids.get(at)) {
        Some(id) => site.answer(&Query::Link(id.clone(), lang.clone())),
        None => Seen::none(),
    };
    map.put("previous", link(at.and_then(|at| at.checked_sub(1))));
    map.put("next", link(at.map(|at| at + 1)));
}

/// The parameters of a block in an entry's body; nothing if one that it cannot do without is missing.
pub(super) fn block(site: &Site, (id, lang): (&EntryId, &Lang), at: usize) -> Seen {
    let Some(place) = site.places.get(id) else { return Seen::none() };
    let (body, _, path) = site.body(&place.entry, lang);
    let (Some(block), Some(Some(row))) = (body.markup.blocks.get(at), body.blocks.get(at)) else {
        return Seen::none();
    };
    let Some(fields) = site.model.theme.blocks.get(&block.name) else { return Seen::none() };
    let schema = &*site.model.schema;
    let eye = Eye { site, schema, lang, main: path, words: path, brief: false, translated: true };
    let mut map = SeenMap::default();
    for field in fields.fields.iter() {
        let (seen, _) = field::value(eye, field, row.get(&field.name), None);
        if field.required && seen.is_none() {
            return Seen::none();
        }
        map.put_field(field, seen);
    }
    map.finish()
}
