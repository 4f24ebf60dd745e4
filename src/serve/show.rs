//! What is shown: the whole site in one state of its files.

use std::fmt;
use std::sync::Arc;

use crate::diag::{Diagnostic, Tongue};
use crate::path::{RelPath, Route};
use crate::print::Fingerprint;
use crate::site::State;

/// One complete state of a site, as the server asks for it. All answers of one `Show` come from the
/// same files.
pub trait Show: Send + Sync {
    /// Names the state of the files.
    fn state(&self) -> Fingerprint;

    /// What is published at a route; `None` if there is nothing. May take as long as it takes to
    /// make one page, so it is not to be called where others wait.
    fn piece(&self, route: &Route) -> Option<Piece>;

    /// The page for an address with nothing behind it, in the language that the address suggests;
    /// without the path of the site's address.
    fn not_found(&self, address: &str) -> Option<Piece>;

    /// Which file the page at a route is made from.
    fn about(&self, route: &Route) -> Option<About>;

    /// The page that is made from a file, if there is one.
    fn page_of(&self, path: &RelPath) -> Option<Route>;

    /// The path of the site's address before its own: empty, or `/preview/12`.
    fn base_path(&self) -> String;
}

/// What is published at a route.
#[derive(Clone, Debug)]
pub struct Piece {
    /// The bytes, or where they are.
    pub body: Body,
    /// The fingerprint of the bytes.
    pub print: Fingerprint,
    /// Whether it is from an earlier state, because it cannot be made from the newest.
    pub is_old: bool,
}

/// The bytes of an output.
#[derive(Clone, Debug)]
pub enum Body {
    /// Text in UTF-8.
    Text(Arc<[u8]>),
    /// A file of the site as it is, and its size in bytes.
    File(RelPath, u64),
}

/// What a page is made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// The file.
    pub path: RelPath,
    /// Whether its entry would be hidden without the preview, or has expired; `State::Shown` if
    /// neither.
    pub state: State,
}

/// That a file was edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Counts the edits, from 1.
    pub number: u64,
    /// The file.
    pub path: RelPath,
}

/// What there is to say about a state.
#[derive(Clone, Debug)]
pub struct Findings {
    /// Names the state of the files.
    pub state: Fingerprint,
    /// How many pages the site has.
    pub pages: usize,
    /// All diagnostics, in order.
    pub diagnostics: Arc<[Diagnostic]>,
    /// The language to say them in.
    pub tongue: Tongue,
    /// Whether all pages were made, so that nothing more is to come.
    pub is_complete: bool,
}

impl fmt::Debug for dyn Show {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Show({})", self.state())
    }
}
