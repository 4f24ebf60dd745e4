//! Films and sound that lie elsewhere: which of them play in a page, and how.
//!
//! What lies on a server of the site's own plays at once. A film at a provider stays a link; if the site
//! declares the provider's player in `[origins] embed`, a page may show it in place once somebody asks
//! for it, who then knows what they do.

use crate::model::origins::{Origins, medium, of, path_of};
use crate::site::Site;
use crate::site::seen::{Seen, SeenMap};

/// Where YouTube's player is, best first.
const YOUTUBE: &[&str] = &["https://www.youtube-nocookie.com", "https://www.youtube.com"];

/// Where Vimeo's player is.
const VIMEO: &str = "https://player.vimeo.com";

/// How what lies at an address plays in a page; nothing if it can only be linked.
pub(super) fn player(site: &Site, url: &str) -> Seen {
    let origins = &site.model.settings.origins;
    let (ty, src, provider) = match (medium(&origins.media, url), embedded(origins, url)) {
        (Some(ty), _) => (ty, url.to_owned(), None),
        (None, Some((src, provider))) => ("embed", src, Some(provider)),
        (None, None) => return Seen::none(),
    };
    let mut map = SeenMap::with_capacity(3);
    map.put("type", Seen::text(ty)).put("src", Seen::text(&src));
    map.put("provider", Seen::text_or_none(provider.as_deref()));
    map.finish()
}

/// The address of the player that shows a film, and whose it is, if the site declares it.
fn embedded(origins: &Origins, url: &str) -> Option<(String, String)> {
    let declared = |origin: &str| origins.embed.iter().any(|known| **known == *origin);
    let origin = of(url)?;
    let host = origin.split_once("//").map_or("", |(_, host)| host);
    let parts: Vec<&str> = path_of(url).split('/').filter(|part| !part.is_empty()).collect();
    if let Some(id) = youtube(host, &parts, url) {
        let player = YOUTUBE.iter().find(|player| declared(player))?;
        return Some((format!("{player}/embed/{id}"), "YouTube".to_owned()));
    }
    if let Some(id) = vimeo(host, &parts) {
        // Without `dnt` the player counts who watches.
        return declared(VIMEO).then(|| (format!("{VIMEO}/video/{id}"), "Vimeo".to_owned()));
    }
    // PeerTube: <https://docs.joinpeertube.org/api/embed-player>
    let id = match *parts.as_slice() {
        ["w", id] | ["videos", "watch" | "embed", id] => id,
        _ => return None,
    };
    (is_id(id) && declared(&origin))
        .then(|| (format!("{origin}/videos/embed/{id}"), host.to_owned()))
}

/// The film that an address at YouTube means.
fn youtube<'a>(host: &str, parts: &[&'a str], url: &'a str) -> Option<&'a str> {
    let id = match (host, parts) {
        ("youtu.be", [id]) => id,
        (
            "youtube.com" | "www.youtube.com" | "m.youtube.com" | "www.youtube-nocookie.com",
            ["embed" | "shorts" | "live", id],
        ) => id,
        ("youtube.com" | "www.youtube.com" | "m.youtube.com", ["watch"]) => {
            let query = url.split('#').next()?.split_once('?')?.1;
            query.split('&').find_map(|part| part.strip_prefix("v="))?
        }
        _ => return None,
    };
    Some(id).filter(|id| is_id(id))
}

/// The film that an address at Vimeo means; one that is not listed has a second part.
fn vimeo(host: &str, parts: &[&str]) -> Option<String> {
    let is_number = |id: &str| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
    match (host, parts) {
        ("vimeo.com" | "www.vimeo.com", [id]) | ("player.vimeo.com", ["video", id])
            if is_number(id) =>
        {
            Some(format!("{id}?dnt=1"))
        }
        ("vimeo.com" | "www.vimeo.com", [id, key]) if is_number(id) && is_id(key) => {
            Some(format!("{id}?h={key}&dnt=1"))
        }
        _ => None,
    }
}

/// Whether a text can name a film, and nothing else.
fn is_id(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    (1..=64).contains(&text.len()) && text.bytes().all(fits)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn films_at_declared_providers_have_a_player() {
        let all = ["https://www.youtube-nocookie.com", VIMEO, "https://video.land.example"];
        let origins = Origins { media: Vec::new(), embed: all.map(Arc::from).to_vec() };
        let check = |url: &str, expected: Option<&str>| {
            assert_eq!(embedded(&origins, url).map(|(src, _)| src).as_deref(), expected, "{url}");
            assert_eq!(embedded(&Origins::default(), url), None, "{url}");
        };
        let youtube = Some("https://www.youtube-nocookie.com/embed/aB-_3");
        check("https://www.youtube.com/watch?t=3&v=aB-_3#x", youtube);
        check("https://youtu.be/aB-_3?si=x", youtube);
        check("https://youtube.com/shorts/aB-_3", youtube);
        check("https://www.youtube.com/live/aB-_3", youtube);
        check("https://www.youtube.com/@kanal", None);
        check("https://www.youtube.com/watch?v=a%22b", None);
        check("https://vimeo.com/123", Some("https://player.vimeo.com/video/123?dnt=1"));
        check("https://vimeo.com/123/ab4", Some("https://player.vimeo.com/video/123?h=ab4&dnt=1"));
        check("https://vimeo.com/kanal", None);
        let peertube = Some("https://video.land.example/videos/embed/k5");
        check("https://video.land.example/w/k5", peertube);
        check("https://video.land.example/videos/watch/k5", peertube);
        check("https://andere.example/w/k5", None);
        check("https://video.land.example/w/p/k5", None);
    }
}
