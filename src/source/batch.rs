//! What is suspected to have changed on disk, all at once.
//!
//! A suspicion may be wrong, a change that is not suspected is never seen: who makes a [`Batch`]
//! errs on the side of naming too much. What became of the files themselves is not told here, as
//! it would be old by the time it is read.

use std::collections::BTreeSet;

use super::disk::is_ignored;
use crate::path::RelPath;

/// Suspicions that belong together: one saving, one checkout.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// Files and folders that may have been written, created, moved or removed, with all that is
    /// or was below them.
    pub paths: BTreeSet<RelPath>,
    /// Whether files may have come or gone that are not named.
    pub is_incomplete: bool,
    /// Whether any file may have changed.
    pub is_everything: bool,
}

impl Batch {
    /// The suspicion that these paths have changed.
    pub fn of<'a>(paths: impl IntoIterator<Item = &'a str>) -> Self {
        Self { paths: paths.into_iter().map(RelPath::new).collect(), ..Self::default() }
    }

    /// The suspicion that anything may have changed.
    pub fn everything() -> Self {
        Self { is_everything: true, ..Self::default() }
    }

    /// Whether nothing is suspected.
    pub fn is_empty(&self) -> bool {
        self.paths.is_empty() && !self.is_incomplete && !self.is_everything
    }
}

/// Whether a path can be one of a site's: no part of it is hidden or an editor's copy.
pub fn is_of_site(path: &RelPath) -> bool {
    !path.as_str().split('/').any(is_ignored)
}
