//! The servers beside the site's own that a site declares: for media of its own, and for players that
//! visitors may ask for.
//!
//! The Content Security Policy of a site is made of the same lists.

use std::sync::Arc;

use super::datum::Row;
use super::read::Reading;
use crate::diag::{Code, Diagnostic};
use crate::words;

/// The endings of films that browsers play.
const VIDEO: &[&str] = &["mp4", "m4v", "webm", "ogv"];

/// The endings of sound that browsers play.
const AUDIO: &[&str] = &["mp3", "m4a", "ogg", "oga", "opus", "wav", "flac"];

/// What `[origins]` declares, each as scheme and host: `https://medien.land.example`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Origins {
    /// Where films and sound may lie, and pictures that templates show; pictures of texts lie beside them.
    pub media: Vec<Arc<str>>,
    /// Whose players pages may show once somebody asks for them.
    pub embed: Vec<Arc<str>>,
}

/// Reads `[origins]`.
pub(super) fn read(notes: &mut Vec<Diagnostic>, reading: &Reading<'_>, row: &Row) -> Origins {
    let Some(row) = row.row("origins") else { return Origins::default() };
    let mut list = |name: &str| {
        let texts: Vec<&Arc<str>> = row.texts(name).collect();
        let mut origins: Vec<Arc<str>> = Vec::new();
        for (at, text) in texts.into_iter().enumerate() {
            let Some(origin) = of(text) else { continue };
            if text.len() > origin.len() + 1 {
                let span = reading.span(&row.span_of_item(name, at).unwrap_or_default());
                let message = words!(
                    "`{text}` nennt mehr als einen Server",
                    "`{text}` names more than a server"
                );
                let help = words!("schreiben Sie `{origin}`", "write `{origin}`");
                let note = Diagnostic::new(Code::SiteSetting, span.clone(), message);
                notes.push(note.fix(help, span, format!("\"{origin}\"")));
            }
            origins.push(Arc::from(origin));
        }
        origins.sort();
        origins.dedup();
        origins
    };
    Origins { media: list("media"), embed: list("embed") }
}

/// The scheme and host of an address, in small letters; nothing if it has no host. Where the scheme is
/// left to the page, it is `https`.
pub fn of(address: &str) -> Option<String> {
    let (scheme, rest) = match address.split_once("//") {
        Some(("", rest)) => ("https:", rest),
        Some((scheme @ ("https:" | "http:"), rest)) => (scheme, rest),
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("https:") => ("https:", rest),
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("http:") => ("http:", rest),
        _ => return None,
    };
    let host = rest.split(['/', '?', '#', '\\']).next().unwrap_or(rest).to_ascii_lowercase();
    (!host.is_empty()).then(|| format!("{scheme}//{host}"))
}

/// The part of an address behind its host, without what is asked of it: `/a/b`.
pub fn path_of(address: &str) -> &str {
    let rest = address.split_once("//").map_or(address, |(_, rest)| rest);
    let path = rest.find('/').map_or("", |at| &rest[at..]);
    path.split(['?', '#']).next().unwrap_or(path)
}

/// What lies at an address on one of the site's own servers, if browsers play it: `video` or `audio`.
pub fn medium(servers: &[Arc<str>], url: &str) -> Option<&'static str> {
    let origin = of(url)?;
    let name = path_of(url).rsplit('/').next()?;
    let ending = name.rsplit_once('.')?.1.to_ascii_lowercase();
    let is_own = servers.iter().any(|known| **known == *origin);
    match &*ending {
        ending if is_own && VIDEO.contains(&ending) => Some("video"),
        ending if is_own && AUDIO.contains(&ending) => Some("audio"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_are_scheme_and_host() {
        let check = |address: &str, expected: Option<&str>| {
            assert_eq!(of(address).as_deref(), expected, "{address}");
        };
        check("https://Medien.Land.example/a/b?c", Some("https://medien.land.example"));
        check("HTTP://a.example:8080", Some("http://a.example:8080"));
        check("//a.example/x", Some("https://a.example"));
        check("/a//b", None);
        check("mailto:a@b.example", None);
        assert_eq!(path_of("https://a.example/b/c.mp4?x=/y"), "/b/c.mp4");
        assert_eq!(path_of("https://a.example"), "");
    }

    #[test]
    fn media_on_own_servers_play() {
        let media = [Arc::from("https://medien.land.example")];
        let check = |url: &str, expected: Option<&str>| {
            assert_eq!(medium(&media, url), expected, "{url}");
        };
        check("https://medien.land.example/a/film.MP4?x=1", Some("video"));
        check("https://medien.land.example/ton.mp3", Some("audio"));
        check("https://medien.land.example/seite", None);
        check("https://fremd.example/film.mp4", None);
    }
}
