//! A site that is built once and held in memory: stands in for the workshop.
//!
//! It knows nothing of where pages come from but the name, and hears of no edit.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::Tongue;
use crate::path::{RelPath, Route};
use crate::pipeline::{Builder, Collected, Content, Options};
use crate::print::Fingerprint;
use crate::serve::{About, Body, Findings, Piece, Show};
use crate::site::State;
use crate::source::Files;

/// Everything that was published.
struct Held {
    /// The outputs.
    pieces: BTreeMap<Route, Piece>,
    /// The fingerprint of all of them.
    state: Fingerprint,
    /// The files.
    files: Arc<dyn Files + Send + Sync>,
}

/// Builds the site.
pub(super) fn build(
    files: Arc<dyn Files + Send + Sync>,
    options: &Options,
    tongue: Option<Tongue>,
) -> (Arc<dyn Show>, Arc<Findings>) {
    let sink = Collected::default();
    let build = Builder::default().build(files.as_ref(), options, &sink);
    let made = sink.finish().0.into_iter();
    let pieces: BTreeMap<_, _> = made
        .filter_map(|(route, content)| Some((route, piece(files.as_ref(), content)?)))
        .collect();
    let prints: Vec<_> = pieces.iter().map(|(route, piece)| (route, piece.print)).collect();
    let state = Fingerprint::of(&prints);
    let findings = Findings {
        state,
        pages: build.pages,
        diagnostics: build.diagnostics.into(),
        tongue: tongue.unwrap_or(build.tongue),
        is_complete: true,
    };
    (Arc::new(Held { pieces, state, files }), Arc::new(findings))
}

/// One output.
fn piece(files: &dyn Files, content: Content) -> Option<Piece> {
    let (body, print) = match content {
        Content::Text(text) => {
            let print = Fingerprint::of_bytes(text.as_bytes());
            (Body::Text(Arc::from(text.into_bytes())), print)
        }
        Content::File(path) => {
            let bytes = files.read(&path).ok()?;
            let print = Fingerprint::of_bytes(&bytes);
            (Body::File(path, bytes.len() as u64), print)
        }
    };
    Some(Piece { body, print, is_old: false })
}

impl Show for Held {
    fn state(&self) -> Fingerprint {
        self.state
    }

    fn piece(&self, route: &Route) -> Option<Piece> {
        self.pieces.get(route).cloned()
    }

    fn not_found(&self, _: &str) -> Option<Piece> {
        self.piece(&Route::new("404.html"))
    }

    fn about(&self, route: &Route) -> Option<About> {
        let name = route.as_str().strip_suffix("/index.html")?;
        let path = RelPath::new(format!("content/{name}.md"));
        self.files.size(&path).ok().map(|_| About { path, state: State::Shown })
    }

    fn page_of(&self, path: &RelPath) -> Option<Route> {
        let route = Route::page(&format!("{}/", path.below("content")?.strip_suffix(".md")?));
        self.pieces.contains_key(&route).then_some(route)
    }

    fn base_path(&self) -> String {
        String::new()
    }
}
