//! What list pages say of their filters, and the index by which scripts combine them.

use serde_json::json;

use super::{entry, notices};
use crate::lang::Lang;
use crate::lang::collate::Collation;
use crate::model::entry::EntryId;
use crate::model::schema::{Field, Kind, Name, Type};
use crate::path::Route;
use crate::site::listing::{self, Feature, Filter, Group, Listing, Pick, index_route};
use crate::site::lists::{paged, pages, per_page};
use crate::site::query::Query;
use crate::site::seen::{Seen, SeenMap};
use crate::site::wording::Wording;
use crate::site::{Output, Site};

/// A section's list in a language.
struct List<'a> {
    /// The site.
    site: &'a Site,
    /// The section.
    section: &'a EntryId,
    /// The language.
    lang: &'a Lang,
    /// The kind of its entries.
    kind: &'a Kind,
    /// The words for its filters in addresses.
    wording: &'a Wording,
    /// The list.
    listing: &'a Listing,
}

impl<'a> List<'a> {
    /// The list of a section, if it has one in the language.
    fn of(site: &'a Site, section: &'a EntryId, lang: &'a Lang) -> Option<Self> {
        let (kind, listing) = (site.kind_listed(section)?, site.listing(section, lang)?);
        let wording = site.wording(kind, lang)?;
        Some(Self { site, section, lang, kind, wording, listing })
    }

    /// The field that a group looks at; none for the timing.
    fn field(&self, group: &str) -> Option<&'a Field> {
        self.kind.fields.get(group)
    }

    /// What a group is called.
    fn label(&self, group: &str) -> String {
        match self.field(group) {
            None => notices::string_text(self.site, "filter_timing", self.lang),
            Some(field) if listing::is_year(self.kind, field) => {
                notices::string_text(self.site, "filter_year", self.lang)
            }
            Some(field) => field.label.get(self.lang).to_owned(),
        }
    }

    /// What an option is called.
    fn option_label(&self, group: &str, feature: &Feature) -> String {
        let string = |key: &str| notices::string_text(self.site, key, self.lang);
        match feature {
            Feature::Timing(name) => string(&format!("timing_{name}")),
            Feature::Bool(true) => string("yes"),
            Feature::Bool(false) => string("no"),
            Feature::Year(year) => year.to_string(),
            Feature::Entry(id) => {
                let own = self.site.page_for(id, self.lang).map(|(own, _)| own);
                entry::title(self.site, id, own.unwrap_or(self.lang)).to_owned()
            }
            Feature::Choice(value) => match self.field(group).map(|field| &field.ty) {
                Some(Type::Choice(choices)) => {
                    let choice = choices.iter().find(|choice| choice.value == *value);
                    choice.map_or(&**value, |choice| choice.label.get(self.lang)).to_owned()
                }
                _ => value.to_string(),
            },
        }
    }

    /// Where an option leads: to the list of those who have it, or to what is referred to.
    fn address(&self, (group, feature): (&Name, &Feature)) -> Option<String> {
        let site = self.site;
        if let Feature::Entry(id) = feature {
            return Some(site.href(site.page_for(id, self.lang)?.1));
        }
        let route = self.wording.route(&self.page(1)?, (group, feature), 1)?;
        let is_its = |output: &Output| match output {
            Output::Filter(section, lang, filter, _) => {
                section == self.section
                    && lang == self.lang
                    && (&filter.field, &filter.feature) == (group, feature)
            }
            _ => false,
        };
        site.outputs.get(&route).is_some_and(is_its).then(|| site.href(&route))
    }

    /// The options of a group; references as their titles are sorted.
    fn options(&self, group: &'a Group) -> Vec<&'a Pick> {
        let mut options: Vec<&Pick> = group.options.iter().collect();
        if options.iter().any(|option| !option.feature.has_pages()) {
            let collation = Collation::for_lang(self.lang);
            options.sort_by_cached_key(|option| {
                collation.key(&self.option_label(&group.field, &option.feature))
            });
        }
        options
    }

    /// An option as templates see it.
    fn option(&self, (group, pick): (&Name, &Pick), chosen: Option<&Filter>) -> Seen {
        let feature = &pick.feature;
        let foreign = match feature {
            Feature::Entry(id) => {
                let own = self.site.page_for(id, self.lang).map(|(own, _)| own);
                own.map_or_else(Seen::none, |own| entry::foreign(own, self.lang))
            }
            _ => Seen::none(),
        };
        let is_chosen =
            chosen.is_some_and(|filter| filter.field == *group && filter.feature == *feature);
        let mut map = SeenMap::with_capacity(8);
        map.put("value", Seen::text(&feature.name()));
        map.put("word", Seen::text(&self.wording.option(group, feature)));
        map.put("label", Seen::text(&self.option_label(group, feature)));
        map.put("count", Seen::count(pick.at.len()));
        map.put("url", Seen::text_or_none(self.address((group, feature)).as_deref()));
        map.put("foreign", foreign).put("current", Seen::bool(is_chosen));
        map.finish()
    }

    /// A group as templates see it.
    fn group(&self, group: &'a Group, chosen: Option<&Filter>) -> Seen {
        let name = &group.field;
        let options = self.options(group).into_iter();
        let mut map = SeenMap::with_capacity(4);
        map.put("field", Seen::text(name)).put("label", Seen::text(&self.label(name)));
        map.put("word", Seen::text_or_none(self.wording.group(name)));
        map.put("options", Seen::list(options.map(|pick| self.option((name, pick), chosen))));
        map.finish()
    }

    /// All groups as templates see them. Those of which nothing is chosen are the same on all pages.
    fn groups(&self, chosen: Option<&Filter>) -> Seen {
        Seen::list(self.listing.groups.iter().map(|group| {
            match chosen.filter(|filter| filter.field == group.field) {
                Some(_) => self.group(group, chosen),
                None => {
                    let (section, lang) = (self.section.clone(), self.lang.clone());
                    self.site.answer(&Query::Filters(section, lang, group.field.clone()))
                }
            }
        }))
    }

    /// The address of a page of the whole list.
    fn page(&self, page: usize) -> Option<Route> {
        let first = self.site.places.get(self.section)?.pages.get(self.lang)?;
        Some(paged(first, self.lang, page))
    }

    /// The index: the pages of the list and how many entries stand on one; the groups of filters with
    /// the words for their options; and of each entry, in order, its address and the numbers of its
    /// options in each group.
    fn index(&self) -> String {
        let (site, lang, ids) = (self.site, self.lang, &self.listing.order.ids);
        let size = per_page(site, self.section);
        let groups = &self.listing.groups;
        let filters: Vec<_> = groups
            .iter()
            .map(|group| {
                let field = &group.field;
                let words = group.options.iter();
                let words = words.map(|option| self.wording.option(field, &option.feature));
                (self.wording.group(field), words.collect::<Vec<_>>())
            })
            .collect();
        let mut has = vec![vec![Vec::new(); groups.len()]; ids.len()];
        for (number, group) in groups.iter().enumerate() {
            for (option, pick) in group.options.iter().enumerate() {
                pick.at.iter().for_each(|at| has[*at][number].push(option));
            }
        }
        let entries: Vec<_> = ids
            .iter()
            .zip(has)
            .map(|(id, has)| (site.page_for(id, lang).map(|(_, route)| site.href(route)), has))
            .collect();
        let addresses = (1..=pages(ids.len(), size)).filter_map(|page| self.page(page));
        let addresses: Vec<String> = addresses.map(|route| site.href(&route)).collect();
        json!({ "size": size, "pages": addresses, "filters": filters, "entries": entries })
            .to_string()
    }
}

/// A group of filters of a section's list, of which none is chosen.
pub(super) fn group(site: &Site, (section, lang): (&EntryId, &Lang), field: &str) -> Seen {
    let list = List::of(site, section, lang);
    Seen::or_none(list.and_then(|list| {
        let group = list.listing.groups.iter().find(|group| *group.field == *field)?;
        Some(list.group(group, None))
    }))
}

/// The index of a section's list, as JSON.
pub(super) fn index(site: &Site, section: &EntryId, lang: &Lang) -> Seen {
    Seen::or_none(List::of(site, section, lang).map(|list| Seen::text(&list.index())))
}

/// What a list page says of its filters: all groups, the index, and the one filter that it shows.
pub(super) fn put(
    site: &Site,
    (section, lang): (&EntryId, &Lang),
    chosen: Option<&Filter>,
    map: &mut SeenMap,
) {
    let Some(list) = List::of(site, section, lang) else { return };
    map.put("filters", list.groups(chosen));
    let index = list.page(1).and_then(|first| index_route(&first)).filter(|route| {
        matches!(site.outputs.get(route), Some(Output::Index(own, of)) if own == section && of == lang)
    });
    map.put("index", index.map_or_else(Seen::none, |route| Seen::text(&site.href(&route))));
    let Some(filter) = chosen else { return };
    let (group, feature) = (&filter.field, &filter.feature);
    let mut shown = SeenMap::with_capacity(6);
    shown.put("field", Seen::text(group)).put("label", Seen::text(&list.label(group)));
    shown.put("value", Seen::text(&feature.name()));
    shown.put("value_label", Seen::text(&list.option_label(group, feature)));
    shown.put("title", Seen::text(&title(&list, filter)));
    let all = list.page(1).map(|route| site.href(&route));
    shown.put("list", Seen::text_or_none(all.as_deref()));
    map.put("filter", shown.finish());
}

/// What those who pass a filter have in common, in a few words. A year or a yes says little alone.
fn title(list: &List<'_>, filter: &Filter) -> String {
    let value = list.option_label(&filter.field, &filter.feature);
    let says_enough = match filter.feature {
        Feature::Bool(_) => false,
        Feature::Year(_) => {
            list.field(&filter.field).is_some_and(|field| listing::is_year(list.kind, field))
        }
        _ => true,
    };
    if says_enough { value } else { format!("{} {value}", list.label(&filter.field)) }
}

/// The title of the page of those in a list who pass a filter.
pub(super) fn page_title(
    site: &Site,
    (section, lang): (&EntryId, &Lang),
    filter: &Filter,
) -> String {
    let own = entry::title(site, section, lang);
    match List::of(site, section, lang) {
        Some(list) => format!("{own}: {}", title(&list, filter)),
        None => own.to_owned(),
    }
}

/// The first page of those in a list who pass a filter, as a link.
pub(super) fn link(
    site: &Site,
    (section, lang): (&EntryId, &Lang),
    filter: &Filter,
) -> Option<Seen> {
    let list = List::of(site, section, lang)?;
    let title = Seen::text(&title(&list, filter));
    let mut map = SeenMap::with_capacity(7);
    map.put("kind", Seen::text(&section.kind)).put("id", Seen::text(&section.id));
    map.put("title", title.clone()).put("short_title", title);
    let url = list.address((&filter.field, &filter.feature));
    map.put("url", Seen::text_or_none(url.as_deref()));
    map.put("lang", Seen::text(lang.as_str())).put("foreign", Seen::none());
    Some(map.finish())
}
