//! Ids that are given once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The ids of a page, each given once.
#[derive(Debug, Default)]
pub(super) struct Ids {
    /// Those that are given.
    taken: BTreeSet<Arc<str>>,
    /// The number to try next for an id that was wanted before.
    next: BTreeMap<String, usize>,
}

impl Ids {
    /// Gives an id as it is; `false` if it is already given.
    pub(super) fn claim(&mut self, id: &Arc<str>) -> bool {
        self.taken.insert(id.clone())
    }

    /// Gives `wanted`, or if it is already given, that with the first number that is free.
    pub(super) fn give(&mut self, wanted: &str) -> Arc<str> {
        let next = self.next.entry(wanted.to_owned()).or_insert(1);
        loop {
            let id = match *next {
                1 => Arc::from(wanted),
                number => Arc::from(format!("{wanted}-{number}")),
            };
            *next += 1;
            if self.taken.insert(Arc::clone(&id)) {
                return id;
            }
        }
    }
}
