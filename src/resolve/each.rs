//! Looking at every entry for what is wrong with it.

use rayon::prelude::*;

use crate::diag::Diagnostic;
use crate::diag::suggest::Budget;
use crate::site::{Place, Site};

/// Reports what is wrong with each entry, in their order.
///
/// All are looked at side by side, without proposals; where something is wrong, again one after the
/// other, so that the number of threads does not decide which mistakes get one.
pub(super) fn place(
    notes: &mut Vec<Diagnostic>,
    site: &Site,
    budget: &mut Budget,
    check: impl Fn(&Place, &mut Budget) -> Vec<Diagnostic> + Sync,
) {
    let places: Vec<&Place> = site.places.values().collect();
    let found: Vec<Vec<Diagnostic>> =
        places.par_iter().map(|place| check(place, &mut Budget::none())).collect();
    for (place, plain) in places.into_iter().zip(found).filter(|(_, plain)| !plain.is_empty()) {
        notes.extend(if budget.is_spent() { plain } else { check(place, budget) });
    }
}
