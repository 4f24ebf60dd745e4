//! The lists of sections: in which order each shows its entries, and which filters narrow it.
//!
//! What is still to come stands first in lists that begin with the newest, soonest on top. A filter
//! exists if entries of the list pass it. Which of them do may change by itself with the clock:
//! [`most`] says what there may be at any time.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::lang::Lang;
use crate::model::datum::Datum;
use crate::model::entry::{EntryId, SECTION};
use crate::model::schema::{Field, Kind, Name, Type};
use crate::site::listing::{
    self, FEWEST_ENTRIES, FEWEST_OPTIONS, Facet, Feature, Group, Listing, Listings, MOST_INDEXED,
    MOST_REFERENCES, Pick, TIMINGS,
};
use crate::site::lists::list_of;
use crate::site::{Listed, Place, Site, State};

/// The lists of all sections, or of those of some kinds only.
pub(super) fn make(site: &Site, kinds: Option<&BTreeSet<Name>>) -> Listings {
    let is_meant = |kind: &Name| kinds.is_none_or(|kinds| kinds.contains(kind));
    let sections = site.model.sections.iter();
    let meant = sections.filter(|(folder, kind)| !folder.is_empty() && is_meant(kind));
    let meant: Vec<(&str, &Name)> = meant.collect();
    let made = meant.into_par_iter().flat_map_iter(|section| of_section(site, section));
    made.collect::<Vec<_>>().into_iter().collect()
}

/// The kinds whose lists may differ if entries of some kinds do: these, and those that can be
/// filtered by them.
pub(super) fn touched(site: &Site, kinds: &BTreeSet<Name>) -> BTreeSet<Name> {
    let schema = &site.model.schema;
    let refers = |ty: &Type| match ty {
        Type::Ref(targets) => targets.iter().any(|target| kinds.contains(target)),
        _ => false,
    };
    let looks_at = |facet: &Facet<'_>| match facet {
        Facet::Timing => false,
        Facet::Field(field) => reference(site, field).is_some_and(|(_, inner)| refers(&inner.ty)),
    };
    let touched = schema.public_kinds().filter(|kind| {
        let mut languages = site.model.settings.languages.iter().map(|language| &language.lang);
        let mut is_short =
            || languages.any(|lang| site.list(&kind.name, lang).len() <= MOST_INDEXED);
        kinds.contains(&kind.name)
            || is_short() && listing::facets(schema, kind).iter().any(looks_at)
    });
    touched.map(|kind| kind.name.clone()).collect()
}

/// The list of a section in each language in which it has a page. Languages that show the same
/// share it.
fn of_section(site: &Site, (folder, name): (&str, &Name)) -> Vec<((Name, Lang), Arc<Listing>)> {
    let section = EntryId::section(folder);
    let (Some(place), Some(kind)) = (site.shown(&section), site.model.schema.kind(name)) else {
        return Vec::new();
    };
    let mut made: Vec<((Name, Lang), Arc<Listing>)> = Vec::new();
    for lang in place.pages.keys() {
        let order = order(site, (folder, kind), lang);
        let same = made.iter().filter(|((_, other), _)| other.is_simple() == lang.is_simple());
        let mut same = same.filter(|(_, other)| other.order.ids == order.ids);
        let listing = same.next().map(|(_, other)| other.clone()).unwrap_or_else(|| {
            let groups = if lang.is_simple() { Vec::new() } else { groups(site, kind, &order) };
            Arc::new(Listing { order, groups })
        });
        made.push(((section.id.clone(), lang.clone()), listing));
    }
    made
}

/// The entries of a section's list in order. Where they come with the newest on top, what is to come
/// and what goes on stands first, soonest on top; but behind what is ordered by hand.
fn order(site: &Site, (folder, kind): (&str, &Kind), lang: &Lang) -> Arc<Listed> {
    let listed = || site.lists.get(&(kind.name.clone(), lang.clone())).cloned().unwrap_or_default();
    let rule = kind
        .timing
        .as_ref()
        .filter(|rule| !rule.open_ended && kind.sort.descending && kind.sort.field == rule.from);
    if rule.is_none() {
        return match &*kind.name == "page" {
            true => Arc::new(Listed::of(list_of(site, folder, &kind.name, lang).into_owned())),
            false => listed(),
        };
    }
    let place = |id: &EntryId| site.places.get(id);
    let is_by_hand =
        |id: &&EntryId| place(id).is_some_and(|own| own.entry.facts.integer("order").is_some());
    let is_to_come = |id: &&EntryId| place(id).is_some_and(|own| own.is_to_come);
    let all = listed();
    let (by_hand, others): (Vec<&EntryId>, Vec<&EntryId>) = all.ids.iter().partition(is_by_hand);
    let (to_come, others): (Vec<&EntryId>, Vec<&EntryId>) =
        others.into_iter().partition(is_to_come);
    if to_come.is_empty() {
        return all;
    }
    let ids = by_hand.into_iter().chain(to_come.into_iter().rev()).chain(others);
    Arc::new(Listed::of(ids.cloned().collect()))
}

/// The groups of filters of a list: those with something to choose.
fn groups(site: &Site, kind: &Kind, order: &Listed) -> Vec<Group> {
    let count = order.ids.len();
    if count < FEWEST_ENTRIES {
        return Vec::new();
    }
    let facets = listing::facets(&site.model.schema, kind).into_iter();
    let facets = facets.filter(|facet| count <= MOST_INDEXED || !is_reference(site, facet));
    let places: Vec<Option<&Place>> = order.ids.iter().map(|id| site.places.get(id)).collect();
    let groups = facets.map(|facet| {
        let mut found: BTreeMap<Feature, Vec<usize>> = BTreeMap::new();
        for (at, place) in places.iter().enumerate() {
            let Some(place) = place else { continue };
            features(site, place, facet, &mut |feature| {
                let places = found.entry(feature).or_default();
                if places.last() != Some(&at) {
                    places.push(at);
                }
            });
        }
        let options = found.into_iter().map(|(feature, at)| Pick { feature, at }).collect();
        Group { field: facet.name(), options: in_order(facet, options) }
    });
    groups.filter(|group| group.options.len() >= FEWEST_OPTIONS).collect()
}

/// The options of a group in order: choices as the schema has them, the newest years first; of
/// references only those that are most frequent.
fn in_order(facet: Facet<'_>, mut options: Vec<Pick>) -> Vec<Pick> {
    let choices = match facet {
        Facet::Field(Field { ty: Type::Choice(choices), .. }) => choices.as_slice(),
        _ => &[],
    };
    if options.iter().any(|option| !option.feature.has_pages()) && options.len() > MOST_REFERENCES {
        options.sort_by_key(|option| std::cmp::Reverse(option.at.len()));
        options.truncate(MOST_REFERENCES);
    }
    let rank = |at: Option<usize>| at.and_then(|at| i64::try_from(at).ok()).unwrap_or(i64::MAX);
    options.sort_by_cached_key(|option| match &option.feature {
        Feature::Choice(value) => {
            (rank(choices.iter().position(|choice| choice.value == *value)), None)
        }
        Feature::Timing(name) => (rank(TIMINGS.iter().position(|(own, ..)| own == name)), None),
        Feature::Year(year) => (-i64::from(*year), None),
        Feature::Bool(value) => (i64::from(!value), None),
        Feature::Entry(id) => (0, Some(id.clone())),
    });
    options
}

/// The field in which a reference stands, with the group's own if that is a row; `None` if it is no
/// reference.
fn reference<'a>(site: &'a Site, field: &'a Field) -> Option<(Option<&'a Name>, &'a Field)> {
    match &field.ty {
        Type::Ref(_) => Some((None, field)),
        Type::Table(group) => {
            let group = site.model.schema.group(group)?;
            let name = group.reference.as_ref()?;
            Some((Some(name), group.fields.get(name)?))
        }
        _ => None,
    }
}

/// Whether filters look for what is referred to.
fn is_reference(site: &Site, facet: &Facet<'_>) -> bool {
    matches!(facet, Facet::Field(field) if reference(site, field).is_some())
}

/// All that an entry has which filters of a group look for.
fn features(site: &Site, place: &Place, facet: Facet<'_>, add: &mut dyn FnMut(Feature)) {
    let field = match facet {
        Facet::Timing => {
            let known = TIMINGS.iter().map(|(name, ..)| *name);
            let own = known.filter(|name| place.timing == Some(*name));
            return own.map(Feature::Timing).for_each(add);
        }
        Facet::Field(field) => field,
    };
    let target = reference(site, field);
    for item in place.entry.facts.items(&field.name) {
        let feature = match (item, target) {
            (Datum::Choice(value), _) => Some(Feature::Choice(value.clone())),
            (Datum::Bool(value), _) => Some(Feature::Bool(*value)),
            (Datum::When(when), _) => Some(Feature::Year(when.year())),
            (Datum::Row(row), Some((Some(name), inner))) => {
                row.get(name).and_then(|datum| referred(site, inner, datum))
            }
            (datum, Some((None, own))) => referred(site, own, datum),
            _ => None,
        };
        feature.into_iter().for_each(&mut *add);
    }
}

/// The entry that a reference leads to, if it has a page.
fn referred(site: &Site, field: &Field, datum: &Datum) -> Option<Feature> {
    let Datum::Ref(reference) = datum else { return None };
    let id = site.referred(&field.ty, reference)?;
    site.page_for(&id, site.main_lang())?;
    Some(Feature::Entry(id))
}

/// What filters with pages of a section's list may look for at any time, with how many entries may
/// have it then.
pub(super) fn most(
    site: &Site,
    (folder, name): (&str, &Name),
) -> Vec<(Name, Vec<(Feature, usize)>)> {
    let Some(kind) = site.model.schema.kind(name) else { return Vec::new() };
    let is_own = |place: &&Place| {
        place.state != State::Draft && (&**name != "page" || &*place.entry.section == folder)
    };
    let places: Vec<&Place> = site.places.of_kind(name).filter(is_own).collect();
    if places.len() < FEWEST_ENTRIES || &**name == SECTION {
        return Vec::new();
    }
    let facets = listing::facets(&site.model.schema, kind).into_iter();
    let groups = facets.filter(|facet| !is_reference(site, facet)).map(|facet| {
        let mut found: BTreeMap<Feature, usize> = BTreeMap::new();
        match facet {
            Facet::Timing => {
                let all = TIMINGS.iter().map(|(name, ..)| (Feature::Timing(name), places.len()));
                found.extend(all);
            }
            Facet::Field(_) => places.iter().for_each(|place| {
                features(site, place, facet, &mut |feature| {
                    *found.entry(feature).or_default() += 1;
                });
            }),
        }
        (facet.name(), found.into_iter().collect::<Vec<_>>())
    });
    groups.filter(|(_, options)| options.len() >= FEWEST_OPTIONS).collect()
}
