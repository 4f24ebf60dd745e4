//! All entries in their places: in the order of their names, found fast.
//!
//! A site that differs from another in a few entries shares all others with it. To copy ten thousand
//! of them for one word takes longer than to make the page that the word stands on.

use std::hash::Hash;
use std::sync::Arc;

use indexmap::{Equivalent, IndexMap};
use rustc_hash::FxBuildHasher;

use super::Place;
use crate::model::entry::EntryId;

/// So many places may be exchanged before all are copied.
const MOST: usize = 64;

/// All entries in their places. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// The places, but for those that were exchanged.
    all: Arc<IndexMap<EntryId, Place, FxBuildHasher>>,
    /// Those that were, with their numbers, in order.
    exchanged: Vec<(usize, Place)>,
}

impl Places {
    /// These places, in this order.
    pub fn of(places: Vec<Place>) -> Self {
        let named = places.into_iter().map(|place| (place.entry.id.clone(), place));
        Self { all: Arc::new(named.collect()), exchanged: Vec::new() }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The place with a number, unless another took its place.
    fn at<'a>(&'a self, number: usize, place: &'a Place) -> &'a Place {
        if self.exchanged.is_empty() {
            return place;
        }
        match self.exchanged.binary_search_by_key(&number, |(number, _)| *number) {
            Ok(at) => &self.exchanged[at].1,
            Err(_) => place,
        }
    }

    /// The place of an entry, with its number and the entry's name.
    pub fn get_full(
        &self,
        id: &(impl Hash + Equivalent<EntryId>),
    ) -> Option<(usize, &EntryId, &Place)> {
        let (number, id, place) = self.all.get_full(id)?;
        Some((number, id, self.at(number, place)))
    }

    /// The place of an entry.
    pub fn get(&self, id: &(impl Hash + Equivalent<EntryId>)) -> Option<&Place> {
        if self.exchanged.is_empty() {
            return self.all.get(id);
        }
        self.get_full(id).map(|(_, _, place)| place)
    }

    /// The name of an entry, if there is such a one.
    pub fn name_of(&self, id: &(impl Hash + Equivalent<EntryId>)) -> Option<&EntryId> {
        self.all.get_key_value(id).map(|(id, _)| id)
    }

    /// Whether there is an entry.
    pub fn contains_key(&self, id: &EntryId) -> bool {
        self.all.contains_key(id)
    }

    /// The number of an entry.
    pub fn get_index_of(&self, id: &EntryId) -> Option<usize> {
        self.all.get_index_of(id)
    }

    /// The name of the entry with a number.
    pub fn name_at(&self, number: usize) -> Option<&EntryId> {
        self.all.get_index(number).map(|(id, _)| id)
    }

    /// The names of all entries.
    pub fn keys(&self) -> impl Iterator<Item = &EntryId> {
        self.all.keys()
    }

    /// All places.
    pub fn values(&self) -> impl Iterator<Item = &Place> {
        self.all.values().enumerate().map(|(number, place)| self.at(number, place))
    }

    /// All places with the names of their entries.
    pub fn iter(&self) -> impl Iterator<Item = (&EntryId, &Place)> {
        self.keys().zip(self.values())
    }

    /// The places of a kind's entries.
    pub fn of_kind(&self, kind: &str) -> impl Iterator<Item = &Place> {
        let all = self.all.as_slice();
        let start = all.partition_point(|id, _| &*id.kind < kind);
        let end = all.partition_point(|id, _| &*id.kind <= kind);
        (start..end).filter_map(|number| Some(self.at(number, self.all.get_index(number)?.1)))
    }

    /// All places, to be completed.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut Place> {
        self.merge();
        Arc::make_mut(&mut self.all).values_mut()
    }

    /// The place of an entry, to be completed.
    pub fn get_mut(&mut self, id: &EntryId) -> Option<&mut Place> {
        self.merge();
        Arc::make_mut(&mut self.all).get_mut(id)
    }

    /// Puts another place where that of the same entry is.
    pub fn exchange(&mut self, place: Place) {
        let Some(number) = self.get_index_of(&place.entry.id) else { return };
        match self.exchanged.binary_search_by_key(&number, |(number, _)| *number) {
            Ok(at) => self.exchanged[at].1 = place,
            Err(at) => self.exchanged.insert(at, (number, place)),
        }
        if self.exchanged.len() > MOST {
            self.merge();
        }
    }

    /// Puts the place of a new entry among the others.
    pub fn insert(&mut self, place: Place) {
        self.merge();
        Arc::make_mut(&mut self.all).insert_sorted(place.entry.id.clone(), place);
    }

    /// Takes the place of an entry out.
    pub fn remove(&mut self, id: &EntryId) {
        self.merge();
        Arc::make_mut(&mut self.all).shift_remove(id);
    }

    /// Puts what was exchanged among all others.
    fn merge(&mut self) {
        if self.exchanged.is_empty() {
            return;
        }
        let all = Arc::make_mut(&mut self.all);
        for (number, place) in std::mem::take(&mut self.exchanged) {
            if let Some((_, own)) = all.get_index_mut(number) {
                *own = place;
            }
        }
    }
}
