//! Sites that differ little, and share what is the same.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::answers::{Answers, Bodies};
use super::{Place, Site};
use crate::model::entry::Entry;

impl Site {
    /// The same site, of which nobody has asked anything yet. Costs little.
    #[must_use]
    pub fn afresh(&self) -> Self {
        Self {
            model: self.model.clone(),
            world: self.world.clone(),
            places: self.places.clone(),
            lists: self.lists.clone(),
            sorted: self.sorted.clone(),
            listings: self.listings.clone(),
            wordings: self.wordings.clone(),
            menu_targets: self.menu_targets.clone(),
            roles: self.roles.clone(),
            backs: self.backs.clone(),
            sources: self.sources.clone(),
            by_path: self.by_path.clone(),
            spelled: self.spelled.clone(),
            broken: self.broken.clone(),
            files: self.files.clone(),
            assets: self.assets.clone(),
            outputs: self.outputs.clone(),
            dormant: self.dormant.clone(),
            next_change: self.next_change,
            ties: self.ties.clone(),
            bodies: Bodies::default(),
            answers: Answers::of(&self.model),
        }
    }

    /// Lets go of what another site has just the same, and takes that instead: two sites that differ
    /// in a few words are hardly larger than one. Says whether all is the same.
    pub fn share(&mut self, other: &Self) -> bool {
        fn share<T: PartialEq>(own: &mut Arc<T>, other: &Arc<T>) -> bool {
            let is_same = **own == **other;
            if is_same {
                *own = other.clone();
            }
            is_same
        }
        fn share_all<K: Ord, T: PartialEq>(
            own: &mut BTreeMap<K, Arc<T>>,
            other: &BTreeMap<K, Arc<T>>,
        ) -> bool {
            let mut is_same = own.len() == other.len();
            for (key, value) in own {
                is_same &= other.get(key).is_some_and(|other| share(value, other));
            }
            is_same
        }
        let shared = [
            share_all(&mut self.lists, &other.lists),
            share_all(&mut self.sorted, &other.sorted),
            share_all(&mut self.listings, &other.listings),
            share(&mut self.wordings, &other.wordings),
            share_all(&mut self.backs, &other.backs),
            share(&mut self.menu_targets, &other.menu_targets),
            share(&mut self.roles, &other.roles),
            share(&mut self.by_path, &other.by_path),
            share(&mut self.spelled, &other.spelled),
            share(&mut self.files, &other.files),
            share(&mut self.assets, &other.assets),
            share(&mut self.outputs, &other.outputs),
            share(&mut self.dormant, &other.dormant),
            self.next_change == other.next_change,
        ];
        !shared.contains(&false) && self.has_places_of(other)
    }

    /// Whether all entries are the same as those of another site, and stand where they stand there.
    fn has_places_of(&self, other: &Self) -> bool {
        // Two readings of one file are not one in memory; they are few, so all they say is compared.
        let is_same_entry = |own: &Arc<Entry>, other: &Arc<Entry>| {
            Arc::ptr_eq(own, other) || format!("{own:?}") == format!("{other:?}")
        };
        let is_same = |(own, other): (&Place, &Place)| {
            own.state == other.state
                && own.hidden_because == other.hidden_because
                && own.pages == other.pages
                && own.timing == other.timing
                && own.is_to_come == other.is_to_come
                && own.featured == other.featured
                && is_same_entry(&own.entry, &other.entry)
        };
        self.places.len() == other.places.len()
            && self.places.values().zip(other.places.values()).all(is_same)
    }
}
