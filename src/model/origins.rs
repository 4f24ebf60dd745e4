//! The servers beside the site's own that a site declares: for media of its own, and for players that
//! visitors may ask for.
//!
//! The Content Security Policy of a site is made of the same lists.

use std::sync::Arc;

use super::datum::Row;
use super::read::Reading;
use crate::diag::{Code, Diagnostic};
use crate::words;

/// What `[origins]` declares, each as scheme and host: `https://medien.land.example`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Origins {
    /// Where pictures, films and sound may lie.
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
    }
}
