//! A site made of a few texts, to test the server with.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::show::{About, Body, Piece, Show};
use crate::path::{RelPath, Route};
use crate::print::Fingerprint;
use crate::site::State;

/// Outputs by route, and where they are said to be from.
#[derive(Clone, Debug, Default)]
pub(super) struct Fake {
    /// The texts.
    pages: BTreeMap<String, String>,
    /// The path before the site's own.
    base: String,
}

impl Fake {
    /// Outputs that hold their own names.
    pub(super) fn of(routes: &[&str]) -> Self {
        let mut fake = Self::default();
        for route in routes {
            fake = fake.with(route, route);
        }
        fake
    }

    /// The same with one output more, or another text of it.
    pub(super) fn with(mut self, route: &str, text: &str) -> Self {
        self.pages.insert(route.to_owned(), text.to_owned());
        self
    }

    /// The same below a path.
    pub(super) fn below(mut self, base: &str) -> Self {
        base.clone_into(&mut self.base);
        self
    }
}

impl Show for Fake {
    fn state(&self) -> Fingerprint {
        Fingerprint::of(&self.pages)
    }

    fn piece(&self, route: &Route) -> Option<Piece> {
        let text = self.pages.get(route.as_str())?.as_bytes();
        let print = Fingerprint::of_bytes(text);
        Some(Piece { body: Body::Text(Arc::from(text)), print, is_old: false })
    }

    fn not_found(&self, _: &str) -> Option<Piece> {
        self.piece(&Route::new("404.html"))
    }

    fn about(&self, route: &Route) -> Option<About> {
        self.pages.get(route.as_str())?;
        let path = RelPath::new(format!("content/{}", route.as_str().replace(".html", ".md")));
        Some(About { path, state: State::Shown })
    }

    fn page_of(&self, path: &RelPath) -> Option<Route> {
        let route = path.below("content")?.replace(".md", ".html");
        self.pages.contains_key(&route).then(|| Route::new(route))
    }

    fn base_path(&self) -> String {
        self.base.clone()
    }
}
