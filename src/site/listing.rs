//! The list of a section: its entries in the order in which it shows them, and the filters that
//! narrow it.
//!
//! Without scripts a reader follows one filter at a time, to a list page of its own or, for a
//! reference, to the page of the entry that is referred to. With them all can be combined, over an
//! index of the list. A short list needs no filter, and one that all entries pass is none.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::wording::Wording;
use super::{Listed, Site};
use crate::lang::Lang;
use crate::model::entry::EntryId;
use crate::model::schema::{Field, Kind, Name, Schema, Type};
use crate::path::Route;

/// A list with fewer entries is read faster than a filter is chosen.
pub const FEWEST_ENTRIES: usize = 8;

/// A group with fewer options separates nothing.
pub const FEWEST_OPTIONS: usize = 2;

/// Of a reference, so many options stand in a group: those that most entries have.
pub const MOST_REFERENCES: usize = 30;

/// A list with more entries has no index, and no filters by reference: both would be too long.
pub const MOST_INDEXED: usize = 1000;

/// The name of the group that every kind with a timing has.
pub const TIMING: &str = "timing";

/// The timings that a filter looks for, in the order of its options; with the German and the
/// English word that stands in addresses.
pub const TIMINGS: &[(&str, &str, &str)] = &[
    ("upcoming", "bevorstehend", "upcoming"),
    ("running", "laufend", "running"),
    ("past", "beendet", "past"),
    ("cancelled", "abgesagt", "cancelled"),
    ("postponed", "verschoben", "postponed"),
];

/// The lists of all sections, by folder and language, as far as these have pages.
pub type Listings = BTreeMap<(Name, Lang), Arc<Listing>>;

/// The list of a section in a language.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// The entries, in order.
    pub order: Arc<Listed>,
    /// The groups of filters; none if the list is short or in easy language.
    pub groups: Vec<Group>,
}

impl Listing {
    /// Whether there is an index of it.
    pub fn has_index(&self) -> bool {
        !self.groups.is_empty() && self.order.ids.len() <= MOST_INDEXED
    }

    /// Where the entries stand that pass a filter.
    pub fn passing(&self, filter: &Filter) -> &[usize] {
        let group = self.groups.iter().find(|group| group.field == filter.field);
        let mut options = group.into_iter().flat_map(|group| &group.options);
        let option = options.find(|option| option.feature == filter.feature);
        option.map_or(&[], |option| &option.at)
    }
}

/// The filters of one field.
#[derive(Debug, PartialEq, Eq)]
pub struct Group {
    /// The field, or [`TIMING`].
    pub field: Name,
    /// The options, in order.
    pub options: Vec<Pick>,
}

/// A filter that can be chosen.
#[derive(Debug, PartialEq, Eq)]
pub struct Pick {
    /// What it looks for.
    pub feature: Feature,
    /// Where the entries stand that have it.
    pub at: Vec<usize>,
}

/// What an entry has that a filter looks for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Feature {
    /// A timing.
    Timing(&'static str),
    /// A value of a choice.
    Choice(Name),
    /// Whether something holds.
    Bool(bool),
    /// The year of a date.
    Year(i16),
    /// An entry that is referred to.
    Entry(EntryId),
}

impl Feature {
    /// The name that templates see: as it stands in front matter.
    pub fn name(&self) -> String {
        match self {
            Self::Timing(name) => (*name).to_owned(),
            Self::Choice(value) => value.to_string(),
            Self::Bool(value) => value.to_string(),
            Self::Year(year) => year.to_string(),
            Self::Entry(id) => format!("{}:{}", id.kind, id.id),
        }
    }

    /// Whether there is a list of those who have it; what is referred to has a page of its own.
    pub fn has_pages(&self) -> bool {
        !matches!(self, Self::Entry(_))
    }
}

/// One filter: what is looked for, and in which field.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Filter {
    /// The field, or [`TIMING`].
    pub field: Name,
    /// What is looked for.
    pub feature: Feature,
}

/// What the filters of a group look at.
#[derive(Clone, Copy, Debug)]
pub enum Facet<'a> {
    /// Where now stands in relation to the dates.
    Timing,
    /// A field.
    Field(&'a Field),
}

impl Facet<'_> {
    /// The name of the group.
    pub fn name(&self) -> Name {
        match self {
            Self::Timing => Name::from(TIMING),
            Self::Field(field) => field.name.clone(),
        }
    }
}

/// Whether a date is the one by which a kind is sorted: then it is simply *the year*.
pub fn is_year(kind: &Kind, field: &Field) -> bool {
    kind.sort.field == field.name && matches!(field.ty, Type::Date | Type::Moment)
}

/// What the entries of a kind can be filtered by, in order: the kind's own fields before those that
/// every kind has.
pub fn facets<'a>(schema: &'a Schema, kind: &'a Kind) -> Vec<Facet<'a>> {
    let is_meant = |field: &&Field| field.filter && field.public && schema.can_filter(&field.ty);
    let fields = |shared| {
        let of_kind = kind.fields.iter().filter(is_meant);
        of_kind.filter(move |field| field.shared == shared).map(Facet::Field)
    };
    let timing = kind.timing.iter().map(|_| Facet::Timing);
    timing.chain(fields(false)).chain(fields(true)).collect()
}

/// The route of the index of a list, whose first page is given.
pub fn index_route(first: &Route) -> Option<Route> {
    Some(Route::new(format!("{}filter.json", first.as_str().strip_suffix("index.html")?)))
}

impl Site {
    /// The list of a section in a language.
    pub fn listing(&self, section: &EntryId, lang: &Lang) -> Option<&Arc<Listing>> {
        self.listings.get(&(section.id.clone(), lang.clone()))
    }

    /// The kind whose entries a section lists.
    pub fn kind_listed(&self, section: &EntryId) -> Option<&Kind> {
        self.model.schema.kind(self.model.sections.kind(&section.id))
    }

    /// The words for the filters of a kind in addresses of a language.
    pub fn wording(&self, kind: &Kind, lang: &Lang) -> Option<&Wording> {
        self.wordings.get(&(kind.name.clone(), lang.clone()))
    }

    /// The route of a page of those in a section's list who pass a filter, if it is made.
    pub fn filter_page(
        &self,
        (section, lang): (&EntryId, &Lang),
        filter: &Filter,
        page: usize,
    ) -> Option<Route> {
        let first = self.places.get(section)?.pages.get(lang)?;
        let wording = self.wording(self.kind_listed(section)?, lang)?;
        let route = wording.route(first, (&filter.field, &filter.feature), page)?;
        let output = super::Output::Filter(section.clone(), lang.clone(), filter.clone(), page);
        (self.outputs.get(&route) == Some(&output)).then_some(route)
    }
}
