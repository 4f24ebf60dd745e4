//! Dates as templates see them.

use crate::lang::date::range::{pieces, range};
use crate::lang::when::When;
use crate::lang::{Lang, date};
use crate::parse::html::escaped;
use crate::site::Site;
use crate::site::query::Query;
use crate::site::seen::{Seen, SeenMap};

/// A date or moment. The same ones come again and again, and writing them in words is dear.
pub(super) fn when(site: &Site, when: When, lang: &Lang) -> Seen {
    site.answer(&Query::Date(when, lang.clone()))
}

/// A date or moment with all its parts.
pub(super) fn date(site: &Site, when: When, lang: &Lang) -> Seen {
    let mut map = SeenMap::default();
    let parts = date::parts(when, lang);
    map.put("iso", Seen::text(&when.iso()));
    map.put("text", Seen::text(&date::long(when, lang)));
    map.put("short", Seen::text(&date::short(when, lang)));
    map.put("with_weekday", Seen::text(&date::with_weekday(when, lang)));
    map.put("month_text", Seen::text(&date::month(when, lang)));
    map.put("datetime", Seen::text(&when.datetime(&site.world.now.zone)));
    map.put("year", Seen::integer(i64::from(parts.year)));
    map.put("month", Seen::text_or_none(parts.month.as_deref()));
    map.put("month_short", Seen::text_or_none(parts.month_short.as_deref()));
    map.put("day", parts.day.map_or_else(Seen::none, |day| Seen::integer(i64::from(day))));
    map.put("weekday", Seen::text_or_none(parts.weekday.as_deref()));
    map.put("time", Seen::text_or_none(parts.time.as_deref()));
    map.put("has_time", Seen::bool(matches!(when, When::At(_))));
    map.finish()
}

/// From when to when something lasts, in words and with each date marked as such.
pub(super) fn span(site: &Site, start: Option<When>, end: Option<When>, lang: &Lang) -> Seen {
    let Some(first) = start.or(end) else { return Seen::none() };
    let last = end.filter(|end| Some(*end) != start);
    let mut map = SeenMap::default();
    let text = match (start, last) {
        (Some(start), Some(end)) => range(start, end, lang),
        (Some(start), None) => date::long(start, lang),
        (None, _) => crate::lang::date::range::until(first, lang),
    };
    let html = match (start, last) {
        (Some(start), Some(end)) => {
            let pieces = pieces(start, end, lang);
            let first = time(site, start, &pieces.start);
            let second = match pieces.end.as_str() {
                "" => String::new(),
                text => time(site, end, text),
            };
            format!("{first}{}{second}", escaped(pieces.between))
        }
        _ => time(site, first, &text),
    };
    map.put("text", Seen::text(&text)).put("html", Seen::html(&html));
    map.put("start", start.map_or_else(Seen::none, |date| when(site, date, lang)));
    map.put("end", last.map_or_else(Seen::none, |date| when(site, date, lang)));
    map.finish()
}

/// A `<time>` element.
fn time(site: &Site, when: When, text: &str) -> String {
    format!("<time datetime=\"{}\">{}</time>", when.datetime(&site.world.now.zone), escaped(text))
}
