//! Which files go out, when a few entries have changed; and what is wrong with those that they name.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::entry_files;
use crate::diag::Diagnostic;
use crate::diag::suggest::Budget;
use crate::model::entry::EntryId;
use crate::path::RelPath;
use crate::resolve::amend::Change;
use crate::site::{Place, Site};

/// Notes in a site that was made of `old` who points to which file now. `None` if other files go out.
pub(in crate::resolve) fn amend(site: &mut Site, old: &Site, change: &Change) -> Option<()> {
    let found = |site: &Site, ids: &[EntryId]| {
        let places = ids.iter().filter_map(|id| site.shown(id));
        let files = places.flat_map(|place| {
            let (index, mut found) = (BTreeMap::new(), BTreeSet::new());
            let into = (&mut found, &mut Budget::none());
            entry_files(&mut Vec::new(), site, (&index, &place.entry), into);
            found
        });
        files.collect::<Vec<_>>()
    };
    let (lost, won) = (found(old, &change.gone), found(site, &change.come));
    if lost.is_empty() && won.is_empty() {
        return Some(());
    }
    let wanted = Arc::make_mut(&mut site.ties.wanted);
    for path in won {
        *wanted.entry(path).or_default() += 1;
    }
    for path in &lost {
        let count = wanted.get_mut(path)?;
        *count -= 1;
        if *count == 0 {
            wanted.remove(path);
        }
    }
    let is_same = |path: &RelPath| wanted.contains_key(path) == old.ties.wanted.contains_key(path);
    (lost.iter().all(is_same) && wanted.len() == old.ties.wanted.len()).then_some(())
}

/// Reports what is wrong with the files that some entries name, without proposals.
pub(in crate::resolve) fn of(notes: &mut Vec<Diagnostic>, site: &Site, places: &[&Place]) {
    for place in places {
        let into = (&mut BTreeSet::new(), &mut Budget::none());
        entry_files(notes, site, (&BTreeMap::new(), &place.entry), into);
    }
}
