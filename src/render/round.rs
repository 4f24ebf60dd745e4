//! One of the two rounds of rendering: what all its renders share.

use std::fmt;
use std::hash::BuildHasher;
use std::sync::{Arc, RwLock};

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::engine::Engine;
use super::track::Made;
use crate::lang::Lang;
use crate::model::entry::EntryId;
use crate::model::schema::Name;
use crate::print::Fingerprint;
use crate::site::Site;

/// What all renders of a round share.
pub struct Round {
    /// The site that they may ask.
    pub site: Arc<Site>,
    /// The templates.
    pub engine: Arc<Engine>,
    /// The components that were rendered already.
    parts: Parts,
}

/// Rendered components, spread over several maps: threads rarely wait for one another.
type Parts = [Shelf; SHELVES];

/// One of the maps.
type Shelf = RwLock<FxHashMap<Part, Arc<Made>>>;

/// How many maps there are.
const SHELVES: usize = 32;

/// A component that is the same wherever it stands: lists are full of cards, and every page has a
/// foot.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Part {
    /// What it shows.
    pub subject: Subject,
    /// The language of the page.
    pub lang: Lang,
    /// The component, with its other arguments as they are written.
    pub call: Name,
}

/// What a component shows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// An entry's summary.
    Entry(EntryId),
    /// The site, as the page sees it: by its fingerprint.
    Site(Fingerprint),
}

impl Round {
    /// A round in which nothing was rendered yet.
    pub fn new(site: Arc<Site>, engine: Arc<Engine>) -> Arc<Self> {
        Arc::new(Self { site, engine, parts: Parts::default() })
    }

    /// A component that was rendered before.
    pub(super) fn known(&self, part: &Part) -> Option<Arc<Made>> {
        self.shelf(part).read().expect("no panic while locked").get(part).cloned()
    }

    /// Keeps a rendered component.
    pub(super) fn keep(&self, part: Part, memo: Arc<Made>) {
        self.shelf(&part).write().expect("no panic while locked").insert(part, memo);
    }

    /// The map that a component belongs into.
    fn shelf(&self, part: &Part) -> &Shelf {
        // The maps themselves go by the lowest and the highest bits.
        let middle = (FxBuildHasher.hash_one(part) >> 32) as usize;
        &self.parts[middle % SHELVES]
    }
}

impl fmt::Debug for Round {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Round").finish_non_exhaustive()
    }
}
