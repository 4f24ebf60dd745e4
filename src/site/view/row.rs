//! Rows as templates see them, with what is computed from their fields.

use super::field::{self, Eye};
use super::{entry, notices};
use crate::lang::date::{self, range};
use crate::lang::{Lang, number};
use crate::model::datum::{Datum, Row};
use crate::model::schema::{Group, Name};
use crate::site::seen::{Seen, SeenMap};

/// A row of a group; nothing if it refers to an entry that is not shown or lacks something, so that
/// templates need not expect that. Also whether words of the main language had to do.
pub(super) fn row(eye: Eye<'_>, group: &Name, (own, words): (&Row, Option<&Row>)) -> (Seen, bool) {
    let Some(group) = eye.schema.group(group) else { return (Seen::none(), false) };
    if let Some(reference) = &group.reference
        && own.get(reference).is_some()
        && target(eye, group, own).is_none()
    {
        return (Seen::none(), false);
    }
    let mut map = SeenMap::default();
    let mut foreign = SeenMap::with_capacity(0);
    let mut fell_back = false;
    for one in group.fields.iter().filter(|one| &*one.name != "key") {
        let translated = words.and_then(|words| words.get(&one.name));
        let (seen, own_fell_back) = field::value(eye, one, own.get(&one.name), translated);
        if one.required && seen.is_none() {
            return (Seen::none(), false);
        }
        let tag = match own.get(&one.name) {
            Some(Datum::Words(labels)) => labels.tag(eye.lang),
            _ => eye.site.main_lang().as_str(),
        };
        if own_fell_back && !eye.translated && eye.lang.as_str() != tag {
            foreign.put_field(one, Seen::text(tag));
        }
        fell_back |= own_fell_back;
        map.put_field(one, seen);
    }
    map.put("lang_of", foreign.finish());
    computed(eye, group, (own, words), &mut map);
    (map.finish(), fell_back)
}

/// The entry that a row stands for, if it is shown.
fn target(eye: Eye<'_>, group: &Group, own: &Row) -> Option<crate::model::entry::EntryId> {
    let reference = group.reference.as_ref()?;
    let Some(Datum::Ref(written)) = own.get(reference) else { return None };
    let ty = &group.fields.get(reference)?.ty;
    let id = eye.site.referred(ty, written)?;
    eye.site.shown(&id).map(|_| id)
}

/// Adds what is computed from a row's fields.
fn computed(eye: Eye<'_>, group: &Group, (own, words): (&Row, Option<&Row>), map: &mut SeenMap) {
    let Eye { site, lang, .. } = eye;
    if group.reference.is_some() {
        let title = target(eye, group, own).map(|id| {
            site.page_for(&id, lang).map_or_else(String::new, |(page_lang, _)| {
                entry::title(site, &id, page_lang).to_owned()
            })
        });
        let name = text_of(own, words, "name");
        map.put("title", Seen::text_or_none(title.or(name).as_deref()));
    }
    if let Some((from, to)) = &group.period {
        let period = range::period(own.when(from), own.when(to), lang);
        map.put("period", Seen::text_or_none(period.as_deref()));
    }
    if let Some(opening) = crate::model::window::opening(group, own) {
        let window = opening.window(&site.world.now).as_str();
        let key = format!("window_{}", window.replace('-', "_"));
        let label = notices::string(site, &key, lang);
        map.put("window", Seen::text(window)).put("window_label", label);
    }
    match &*group.name {
        "number" => number_words(eye, group, (own, words), map),
        "place" => place_line((own, words), map),
        "session" => session_time(eye, own, map),
        _ => {}
    }
}

/// A text of a row in the page's language.
fn text_of(own: &Row, words: Option<&Row>, name: &str) -> Option<String> {
    let translated = words.and_then(|words| words.text(name));
    translated.or_else(|| own.text(name)).map(ToString::to_string)
}

/// A key figure in words: `über 5.000`, `1 Milliarde Euro`.
fn number_words(
    eye: Eye<'_>,
    group: &Group,
    (own, words): (&Row, Option<&Row>),
    map: &mut SeenMap,
) {
    let lang = eye.lang;
    let value = match own.get("value") {
        Some(Datum::Number(value)) => *value,
        _ => return,
    };
    let unit = text_of(own, words, "unit");
    let is_money = unit.as_deref() == Some("EUR");
    let value_text = match is_money {
        true => number::money(value, "EUR", lang),
        false => field::number_text(value, lang),
    };
    let qualifier = own.choice("qualifier").filter(|q| &***q != "genau").and_then(|value| {
        let seen = field::choice(group.fields.get("qualifier")?, value, lang);
        seen.value.get_from_path("label").and_then(|label| label.as_str().map(str::to_owned))
    });
    let text = match qualifier {
        Some(qualifier) => format!("{qualifier} {value_text}"),
        None => value_text.clone(),
    };
    map.put("text", Seen::text(&text)).put("value_text", Seen::text(&value_text));
    if is_money {
        map.put("unit", Seen::none());
    }
}

/// A place in one line: `Fraunhofer IAO, Stuttgart`.
fn place_line((own, words): (&Row, Option<&Row>), map: &mut SeenMap) {
    let part = |name| text_of(own, words, name);
    let town = match (part("postcode"), part("locality")) {
        (Some(code), Some(town)) => Some(format!("{code} {town}")),
        (code, town) => town.or(code),
    };
    let mut parts: Vec<String> = Vec::new();
    for one in
        [part("name"), part("street"), town, part("region"), part("country")].into_iter().flatten()
    {
        if !parts.contains(&one) {
            parts.push(one);
        }
    }
    let line = parts.join(", ");
    map.put("line", Seen::text_or_none((!line.is_empty()).then_some(line.as_str())));
}

/// When a session takes place: `9:00–10:30 Uhr`, or how long it lasts.
fn session_time(eye: Eye<'_>, own: &Row, map: &mut SeenMap) {
    let minutes = own.integer("minutes");
    let text = match (own.when("start"), minutes) {
        (Some(start @ crate::lang::when::When::At(at)), Some(minutes)) => {
            let span = jiff::Span::new().try_minutes(minutes);
            let end = span.ok().and_then(|span| at.checked_add(span).ok());
            let end =
                end.map(crate::lang::when::When::At).and_then(|end| date::time(end, eye.lang));
            times(date::time(start, eye.lang), end, eye.lang)
        }
        (start, minutes) => {
            let time = start.and_then(|start| date::time(start, eye.lang));
            time.or_else(|| minutes.map(|minutes| minutes_text(minutes, eye.lang)))
        }
    };
    map.put("time_text", Seen::text_or_none(text.as_deref()));
}

/// Two times of one day: the word for hours stands once.
fn times(start: Option<String>, end: Option<String>, lang: &Lang) -> Option<String> {
    let start = start?;
    let Some(end) = end else { return Some(start) };
    if lang.is_simple() {
        return Some(format!("{start} bis {end}"));
    }
    Some(format!("{}–{end}", start.trim_end_matches("Uhr").trim_end()))
}

/// A duration in minutes.
fn minutes_text(minutes: i64, lang: &Lang) -> String {
    match lang.base() {
        "de" => format!("{minutes}\u{a0}Minuten"),
        _ => format!("{minutes}\u{a0}minutes"),
    }
}
