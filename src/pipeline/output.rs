//! Where outputs go.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use crate::path::{RelPath, Route};
use crate::render::page::Made;

/// Takes the outputs of a build, from many threads at once.
pub trait Sink: Sync {
    /// Takes an output's bytes: text in UTF-8.
    fn put(&self, route: &Route, text: &[u8]);

    /// Takes an output that is a file as it is.
    fn copy(&self, route: &Route, from: &RelPath);

    /// Hears that an output is the same as in the last build.
    fn keep(&self, route: &Route);
}

/// Hands an output over.
pub(super) fn hand_over(sink: &dyn Sink, route: &Route, made: &Made) {
    match made {
        Made::Text(text) => sink.put(route, text),
        Made::Copy(path) => sink.copy(route, path),
    }
}

/// A sink for those who only want to know what there is to say.
pub struct Nowhere;

impl Sink for Nowhere {
    fn put(&self, _: &Route, _: &[u8]) {}
    fn copy(&self, _: &Route, _: &RelPath) {}
    fn keep(&self, _: &Route) {}
}

/// One output of a [`Collected`] build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Text.
    Text(String),
    /// The file at this path.
    File(RelPath),
}

/// A sink that holds everything in memory.
#[derive(Debug, Default)]
pub struct Collected {
    /// What was put or copied.
    made: Mutex<BTreeMap<Route, Content>>,
    /// What is the same as before.
    kept: Mutex<Vec<Route>>,
}

impl Collected {
    /// All that was made in this build, and the routes that were kept.
    pub fn finish(self) -> (BTreeMap<Route, Content>, Vec<Route>) {
        let made = self.made.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut kept = self.kept.into_inner().unwrap_or_else(PoisonError::into_inner);
        kept.sort();
        (made, kept)
    }

    /// Takes note of an output.
    fn insert(&self, route: &Route, content: Content) {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        made.insert(route.clone(), content);
    }
}

impl Sink for Collected {
    fn put(&self, route: &Route, text: &[u8]) {
        self.insert(route, Content::Text(String::from_utf8_lossy(text).into_owned()));
    }

    fn copy(&self, route: &Route, from: &RelPath) {
        self.insert(route, Content::File(from.clone()));
    }

    fn keep(&self, route: &Route) {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).push(route.clone());
    }
}
