//! From when to when an entry has pages: by its dates alone, whatever the clock says.
//!
//! Two entries may have one address if they never have it at the same time. The first day of the one
//! may be the last of the other: then the new one has it.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use crate::lang::zone::Zone;
use crate::model::datum::Row;
use crate::site::{Site, State};

/// From when to when something exists.
#[derive(Clone, Copy, Debug)]
pub(super) struct Life {
    /// The first moment.
    from: Timestamp,
    /// The moment after the last.
    until: Timestamp,
    /// The beginning of the last day.
    last_day: Timestamp,
}

impl Life {
    /// That of what has no dates.
    pub(super) const ALWAYS: Self =
        Self { from: Timestamp::MIN, until: Timestamp::MAX, last_day: Timestamp::MAX };

    /// That of an entry's pages.
    pub(super) fn of(facts: &Row, zone: &Zone) -> Self {
        let from = facts.when("publish_on").map(|when| zone.instant(when.first()));
        let end = facts.when("expires_on").filter(|_| facts.is_true("gone"));
        let until = end.map(|when| zone.instant(when.last()));
        let last_day = end.map(|when| {
            let day = when.last().checked_sub(SignedDuration::from_hours(24));
            zone.instant(day.unwrap_or(when.last()).max(when.first()))
        });
        Self {
            from: from.unwrap_or(Timestamp::MIN),
            until: until.unwrap_or(Timestamp::MAX),
            last_day: last_day.unwrap_or(Timestamp::MAX),
        }
    }

    /// Whether both exist at some moment, and not only on the day on which one follows the other.
    pub(super) fn meets(&self, other: &Self) -> bool {
        !self.is_followed_by(other) && !other.is_followed_by(self)
    }

    /// Whether the other begins on the last day, or later.
    pub(super) fn is_followed_by(&self, other: &Self) -> bool {
        other.from >= self.last_day.min(self.until)
    }
}

/// Takes the pages of entries whose successor, at the same address, is shown already.
pub(super) fn give_way(site: &mut Site) {
    let mut first = rustc_hash::FxHashMap::default();
    let mut gone = Vec::new();
    let zone = &site.world.now.zone;
    for (id, place) in site.places.iter() {
        for route in place.pages.values() {
            let Some(other) = first.insert(route, id) else { continue };
            let Some(rival) = site.places.get(other) else { continue };
            let (own, theirs) =
                (Life::of(&place.entry.facts, zone), Life::of(&rival.entry.facts, zone));
            if own.is_followed_by(&theirs) {
                gone.push(id.clone());
                first.insert(route, other);
            } else if theirs.is_followed_by(&own) {
                gone.push(other.clone());
            }
        }
    }
    if gone.is_empty() {
        return;
    }
    for id in gone {
        if let Some(place) = site.places.get_mut(&id) {
            place.state = State::Gone;
            place.pages = Arc::default();
        }
    }
}
