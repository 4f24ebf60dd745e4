//! Whether a page that is open somewhere is still what its browser shows.
//!
//! A [`Look`] is small, whatever the size of the page: each open page has one. It tells a change of
//! the style sheets' addresses, which a browser can follow without loading the page again, from any
//! other; and it knows what the page shows besides its own bytes, so that a picture that was drawn
//! anew is seen.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use super::address::{Found, find};
use super::show::{About, Body, Show};
use crate::print::{Fingerprint, Printer};

/// So many looks are kept of one state.
const MOST: usize = 2048;

/// All that matters of what an address answers with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Look {
    /// The fingerprint of the bytes.
    pub(super) print: Fingerprint,
    /// The fingerprint of the bytes without the addresses of style sheets.
    frame: Fingerprint,
    /// The addresses of style sheets, in order, and the fingerprints of what is there.
    sheets: Vec<(String, Fingerprint)>,
    /// The fingerprint of the pictures and scripts on it.
    parts: Fingerprint,
    /// What the page is made from.
    pub(super) about: Option<About>,
    /// Whether the page is from an earlier state.
    pub(super) is_old: bool,
}

/// What a browser has to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// Nothing.
    None,
    /// Put the second style sheet in place of the first.
    Style(Vec<(String, String)>),
    /// Load the page again.
    Reload,
}

impl Look {
    /// What stands at an address that has no page of the site.
    fn without_page(print: Fingerprint) -> Self {
        let parts = Fingerprint::default();
        Self { print, frame: print, sheets: Vec::new(), parts, about: None, is_old: false }
    }

    /// Takes a look at what an address answers with.
    pub(super) fn at(show: &dyn Show, path: &str) -> Self {
        let (piece, about) = match find(show, path) {
            Found::Piece(route, piece) => (piece, show.about(&route)),
            Found::Nothing(Some(piece)) => (piece, None),
            Found::Nothing(None) => return Self::without_page(nothing()),
            Found::Moved(address) => {
                return Self::without_page(Fingerprint::of_bytes(address.as_bytes()));
            }
            Found::Garbled => return Self::without_page(Fingerprint::default()),
        };
        let mut look = Self::without_page(piece.print);
        look.is_old = piece.is_old;
        look.about = about;
        if let Body::Text(text) = &piece.body {
            look.read(show, &String::from_utf8_lossy(text));
        }
        look
    }

    /// Reads the page itself.
    fn read(&mut self, show: &dyn Show, page: &str) {
        let print = |address: &str| match find(show, address.split(['?', '#']).next().unwrap_or(""))
        {
            Found::Piece(_, piece) => piece.print,
            Found::Moved(_) | Found::Nothing(_) | Found::Garbled => Fingerprint::default(),
        };
        let (mut frame, mut parts) = (Printer::default(), Printer::default());
        let mut rest = page;
        while let Some(tag) = next_tag(rest) {
            let (before, after) = rest.split_at(tag.start + tag.text.len());
            let href = tag.attribute("href").filter(|_| tag.is_sheet());
            match href {
                Some(href) => {
                    frame.add(&before.as_bytes()[..tag.start]);
                    frame.add(tag.text.replacen(href, "", 1).as_bytes());
                    self.sheets.push((href.to_owned(), print(href)));
                }
                None => frame.add(before.as_bytes()),
            }
            let single =
                ["src", "poster", "data"].into_iter().filter_map(|name| tag.attribute(name));
            let several = tag.attribute("srcset").into_iter().flat_map(|set| set.split(','));
            let several = several.filter_map(|one| one.split_whitespace().next());
            for part in single.chain(several).filter(|part| is_local(part)) {
                parts.add(&print(part).to_bytes());
            }
            rest = after;
        }
        frame.add(rest.as_bytes());
        (self.frame, self.parts) = (frame.finish(), parts.finish());
    }

    /// What has to be done in a browser that shows `self` for it to show `new`.
    pub(super) fn to(&self, new: &Self) -> Change {
        if self.frame != new.frame
            || self.parts != new.parts
            || self.sheets.len() != new.sheets.len()
        {
            return Change::Reload;
        }
        let pairs = self.sheets.iter().zip(&new.sheets);
        let changed: Vec<_> = pairs.filter(|(old, new)| old != new).collect();
        // An address with signs that are written in another way in HTML would not be found again.
        let is_plain = |href: &str| is_local(href) && !href.contains(['&', '?', '#']);
        if !changed.iter().all(|(old, new)| is_plain(&old.0) && is_plain(&new.0)) {
            return Change::Reload;
        }
        let pair = |((old, _), (new, print)): (&(String, _), &(String, Fingerprint))| {
            let new = if old == new { format!("{new}?{}", print.short()) } else { new.clone() };
            (old.clone(), new)
        };
        let changed: Vec<_> = changed.into_iter().map(|(old, new)| pair((old, new))).collect();
        if changed.is_empty() { Change::None } else { Change::Style(changed) }
    }
}

/// The fingerprint that stands for an address with nothing behind it, on a site that has no page
/// to say so.
pub(super) fn nothing() -> Fingerprint {
    Fingerprint::of_bytes(b"nothing")
}

/// The fingerprint that stands for what could not be made.
pub(super) fn broken() -> Fingerprint {
    Fingerprint::of_bytes(b"broken")
}

/// What an address answers with when the page behind it cannot be made at all.
pub(super) fn broken_look() -> Look {
    Look::without_page(broken())
}

/// Whether an address is one of the site itself.
fn is_local(address: &str) -> bool {
    address.starts_with('/') && !address.starts_with("//")
}

/// A tag that loads something.
struct Tag<'a> {
    /// Where it begins.
    start: usize,
    /// The tag, up to its end.
    text: &'a str,
}

impl<'a> Tag<'a> {
    /// The value of an attribute, as it is written; only one in double quotes, as minifiers and
    /// templates write it.
    fn attribute(&self, name: &str) -> Option<&'a str> {
        let starts = self
            .text
            .match_indices(name)
            .filter(|(at, _)| self.text[..*at].ends_with(|c: char| c.is_ascii_whitespace()));
        let mut values = starts.filter_map(|(at, _)| {
            self.text[at + name.len()..].strip_prefix("=\"")?.split('"').next()
        });
        values.next()
    }

    /// Whether it names a style sheet.
    fn is_sheet(&self) -> bool {
        self.text.starts_with("<link")
            && self.attribute("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("stylesheet"))
    }
}

/// The next tag that loads something.
fn next_tag(page: &str) -> Option<Tag<'_>> {
    const NAMES: [&str; 7] = ["link", "img", "script", "source", "video", "audio", "iframe"];
    let is_one = |rest: &str| {
        NAMES.iter().any(|name| {
            rest.strip_prefix(name)
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_whitespace()))
        })
    };
    let mut starts = page.match_indices('<').map(|(at, _)| at);
    let start = starts.find(|at| is_one(&page[at + 1..]))?;
    let end = page[start..].find('>').map_or(page.len(), |end| start + end + 1);
    Some(Tag { start, text: &page[start..end] })
}

/// Looks at the newest state that were taken already: many windows may show one page.
#[derive(Default)]
pub(super) struct Looks {
    /// The state and its looks, by address.
    known: Mutex<Option<Known>>,
}

/// Looks at one state.
struct Known {
    /// The state, which is not kept alive for this.
    show: Weak<dyn Show>,
    /// The looks, by address.
    looks: HashMap<String, Arc<Look>>,
}

impl Looks {
    /// The look at an address.
    pub(super) fn get(&self, show: &Arc<dyn Show>, path: &str) -> Arc<Look> {
        if let Some(look) = self.with(show, |looks| looks.get(path).cloned()) {
            return look;
        }
        let look = Arc::new(Look::at(show.as_ref(), path));
        self.with(show, |looks| {
            if looks.len() < MOST {
                looks.insert(path.to_owned(), look.clone());
            }
        });
        look
    }

    /// Does something with the looks at a state.
    fn with<T>(
        &self,
        show: &Arc<dyn Show>,
        act: impl FnOnce(&mut HashMap<String, Arc<Look>>) -> T,
    ) -> T {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let show = Arc::downgrade(show);
        let fresh = || Known { show: show.clone(), looks: HashMap::new() };
        let known = match &mut *known {
            Some(known) if Weak::ptr_eq(&known.show, &show) => known,
            other => other.insert(fresh()),
        };
        act(&mut known.looks)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::serve::fake::Fake;

    fn change(old: &Fake, new: &Fake) -> Change {
        Look::at(old, "/").to(&Look::at(new, "/"))
    }

    fn page(text: &str) -> Fake {
        Fake::default().with("index.html", text)
    }

    #[test]
    fn an_equal_page_stays() {
        let site = page("<p>a</p>");
        assert_eq!(change(&site, &site.clone().with("other.html", "b")), Change::None);
    }

    #[test]
    fn another_style_sheet_is_exchanged() {
        let old = page("<link rel=\"stylesheet\" href=\"/a.1.css\"><p>a</p>");
        let new = page("<link rel=\"stylesheet\" href=\"/a.2.css\"><p>a</p>");
        let pair = ("/a.1.css".to_owned(), "/a.2.css".to_owned());
        assert_eq!(change(&old, &new), Change::Style(vec![pair]));
    }

    #[test]
    fn a_style_sheet_at_its_old_address_is_loaded_anew() {
        let site = page("<link rel=\"stylesheet\" href=\"/a.css\"><p>a</p>");
        let (old, new) = (site.clone().with("a.css", "a{}"), site.with("a.css", "b{}"));
        let Change::Style(pairs) = change(&old, &new) else { panic!("no change of style") };
        assert_eq!(pairs[0].0, "/a.css");
        assert!(pairs[0].1.starts_with("/a.css?"), "{pairs:?}");
    }

    #[test]
    fn anything_else_loads_the_page() {
        let old = page("<link rel=\"stylesheet\" href=\"/a.1.css\"><p>a</p>");
        for text in [
            "<link rel=\"stylesheet\" href=\"/a.2.css\"><p>b</p>",
            "<link rel=\"icon\" href=\"/a.1.css\"><p>a</p>",
            "<p>a</p>",
            "<link rel=\"stylesheet\" href=\"https://example.org/a.css\"><p>a</p>",
        ] {
            assert_eq!(change(&old, &page(text)), Change::Reload, "{text}");
        }
        assert_eq!(change(&old, &Fake::default()), Change::Reload);
    }

    #[test]
    fn a_picture_belongs_to_the_page() {
        let site = page("<img alt=\"\" src=\"/a.png\">").with("a.png", "1");
        assert_eq!(change(&site, &site.clone().with("a.png", "2")), Change::Reload);
        assert_eq!(change(&site, &site.clone().with("b.png", "2")), Change::None);
    }
}
