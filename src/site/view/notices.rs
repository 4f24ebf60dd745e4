//! Notices at the top of a page: cancelled, moved, draft, expired.

use crate::lang::{Lang, date};
use crate::model::schema::Kind;
use crate::site::seen::{Seen, SeenMap};
use crate::site::{Place, Site, State};

/// The notices of an entry.
pub(super) fn of(site: &Site, (place, kind): (&Place, &Kind), lang: &Lang) -> Seen {
    let mut all = Vec::new();
    if let Some(timing @ ("cancelled" | "postponed")) = place.timing {
        all.push(notice(site, timing, lang));
    }
    let moved = kind.timing.as_ref().and_then(|rule| place.entry.facts.when(rule.moved.as_ref()?));
    if let Some(from) = moved.filter(|_| place.timing != Some("cancelled")) {
        let text =
            string_text(site, "notice_moved", lang).replace("{date}", &date::long(from, lang));
        all.push(seen("moved", &text));
    }
    match place.hidden_because {
        Some(State::Draft) => all.push(notice(site, "draft", lang)),
        Some(State::Scheduled) => all.push(notice(site, "scheduled", lang)),
        _ => {}
    }
    if place.state == State::Expired {
        all.push(notice(site, "expired", lang));
    }
    Seen::list(all)
}

/// A notice whose text is a string of the theme.
fn notice(site: &Site, name: &str, lang: &Lang) -> Seen {
    seen(name, &string_text(site, &format!("notice_{name}"), lang))
}

/// A notice.
fn seen(name: &str, text: &str) -> Seen {
    let mut map = SeenMap::default();
    map.put("type", Seen::text(name)).put("text", Seen::text(text));
    map.finish()
}

/// A string of the theme.
pub(super) fn string(site: &Site, key: &str, lang: &Lang) -> Seen {
    Seen::text(&string_text(site, key, lang))
}

/// A string of the theme; its key if there is none.
pub(super) fn string_text(site: &Site, key: &str, lang: &Lang) -> String {
    site.phrase(key, lang).map_or_else(|| key.to_owned(), |phrase| phrase.other.to_string())
}
