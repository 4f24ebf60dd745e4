//! A whole site, resolved: read-only, and all that renders ever see.
//!
//! `resolve` makes a [`Site`]; renders put [queries](query::Query) to it, which it answers with
//! [values](seen::Seen) made by `view`. Answers that many ask for are kept.

pub mod answers;
pub mod fill;
pub mod foreign;
pub mod goal;
pub mod listing;
pub mod lists;
mod places;
pub mod query;
pub mod seen;
pub mod select;
mod share;
pub mod sort;
pub mod view;
pub mod way;
pub mod wording;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use indexmap::IndexMap;
use jiff::Timestamp;
use rustc_hash::{FxBuildHasher, FxHashMap};
use tera::Value;

use crate::lang::Lang;
use crate::lang::zone::Now;
use crate::model::Model;
use crate::model::datum::Reference;
use crate::model::entry::{Body, Entry, EntryId, Looked};
use crate::model::inverse::Source;
use crate::model::schema::{Kind, Name, Type};
use crate::model::theme::Phrase;
use crate::path::{RelPath, Route, percent_encoded};
use crate::print::Fingerprint;
use answers::is_shared;
pub use answers::{Answers, Bodies, Filled};
use listing::{Filter, Listings};
pub use places::Places;
use query::Query;
use seen::Seen;
use wording::Wordings;

/// What the output depends on beside the files.
#[derive(Clone, Debug)]
pub struct World {
    /// One reading of the clock.
    pub now: Now,
    /// Whether drafts and scheduled entries are shown.
    pub preview: bool,
    /// The site's address, with a slash at its end.
    pub base_url: Arc<str>,
}

/// Whether an entry is shown, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// In lists and at its own address.
    Shown,
    /// At its own address only.
    Expired,
    /// Nowhere: a draft.
    Draft,
    /// Nowhere yet.
    Scheduled,
    /// Nowhere any more.
    Gone,
}

impl State {
    /// Whether the entry has pages.
    pub fn has_pages(self) -> bool {
        matches!(self, Self::Shown | Self::Expired)
    }
}

/// An entry in its place. Made once, never changed.
#[derive(Clone, Debug)]
pub struct Place {
    /// The entry.
    pub entry: Arc<Entry>,
    /// Whether it is shown.
    pub state: State,
    /// Whether it would be hidden without the preview.
    pub hidden_because: Option<State>,
    /// Its pages, by language.
    pub pages: Arc<BTreeMap<Lang, Route>>,
    /// Where now stands in relation to its dates: `upcoming`, `cancelled`, …
    pub timing: Option<&'static str>,
    /// Whether its dates are to come or go on, even if it is cancelled or postponed.
    pub is_to_come: bool,
    /// Whether it is featured now.
    pub featured: bool,
}

/// One entry that refers to another, as that other sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Back {
    /// Who refers.
    pub from: EntryId,
    /// Where it does, sorted: one entry may do so several times.
    pub spots: Vec<Spot>,
}

/// Where a reference stands in an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// The number of the schema's inverse source.
    pub source: usize,
    /// The row of the field in which the reference stands.
    pub row: usize,
}

/// Who refers to an entry: by the inverse's name, in the order in which lists show them.
pub type ByName = BTreeMap<Name, Vec<Back>>;

/// Who refers to whom.
pub type Backs = IndexMap<EntryId, Arc<ByName>, FxBuildHasher>;

/// One file to make. All that goes into its render by value is here; the rest is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Output {
    /// The page of an entry, a section without a list, or the home page.
    Entry(EntryId, Lang),
    /// A page of a section's list, counted from one.
    List(EntryId, Lang, usize),
    /// A page of those in a section's list who pass a filter.
    Filter(EntryId, Lang, Filter, usize),
    /// The index of a section's list, by which scripts filter.
    Index(EntryId, Lang),
    /// A page of the list of an entry's inverse.
    Inverse(EntryId, Lang, Name, usize),
    /// The page for addresses that do not exist.
    NotFound(Lang),
    /// A page that leads on to an address.
    Redirect(Arc<str>),
    /// `sitemap.xml`.
    Sitemap,
    /// `robots.txt`.
    Robots,
    /// The accessibility statement for machines.
    Statement,
    /// A style sheet of the theme, bundled.
    Sheet(RelPath),
    /// A file, as it is.
    Copy(RelPath, Fingerprint),
}

impl Output {
    /// Whether it is a page that people read.
    pub fn is_page(&self) -> bool {
        match self {
            Self::Entry(..)
            | Self::List(..)
            | Self::Filter(..)
            | Self::Inverse(..)
            | Self::NotFound(_) => true,
            Self::Index(..)
            | Self::Redirect(_)
            | Self::Sitemap
            | Self::Robots
            | Self::Statement
            | Self::Sheet(_)
            | Self::Copy(..) => false,
        }
    }
}

/// Outputs by their routes, found by hash.
pub type Outputs = IndexMap<Route, Output, FxBuildHasher>;

/// The entries of each kind in each language, in their order.
pub type Lists = BTreeMap<(Name, Lang), Arc<Listed>>;

/// Entries in an order. Most lists of a site are those of another that differs little, and share
/// them.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// The entries.
    pub ids: Vec<EntryId>,
    /// Where each of them stands.
    pub positions: FxHashMap<EntryId, usize>,
}

impl Listed {
    /// Entries in this order.
    pub fn of(ids: Vec<EntryId>) -> Self {
        let positions = ids.iter().cloned().enumerate().map(|(at, id)| (id, at)).collect();
        Self { ids, positions }
    }
}

/// The entry, and for a translation the language, of each file.
pub type ByPath = FxHashMap<RelPath, (EntryId, Option<Lang>)>;

/// What has to be known of all entries to change a few: who else wants what they give up, or would
/// get what they bring. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Ties {
    /// How many entries with pages point to each file of the content.
    pub wanted: Arc<FxHashMap<RelPath, usize>>,
    /// The ids that references miss. Some of them may be missed no longer.
    pub missed: Arc<BTreeSet<Name>>,
    /// The routes that several outputs claim, each at its time.
    pub contested: Arc<BTreeSet<Route>>,
}

impl Ties {
    /// Whether another site's ties are these, or say more.
    pub fn cover(&self, amended: &Self) -> bool {
        self.wanted == amended.wanted
            && self.contested == amended.contested
            && self.missed.is_subset(&amended.missed)
    }
}

/// A whole site. What is large is shared, so that another one that differs little costs little.
#[derive(Debug)]
pub struct Site {
    /// The typed content, but for the entries: they are in `places`.
    pub model: Model,
    /// What the output depends on beside the files.
    pub world: World,
    /// All entries in their places, sorted.
    pub places: Places,
    /// Each kind's entries in each language, as lists show them.
    pub lists: Lists,
    /// The same with those that are not listed in the language.
    pub sorted: Lists,
    /// The lists of sections, with their filters.
    pub listings: Listings,
    /// The words for filters in addresses.
    pub wordings: Arc<Wordings>,
    /// The pages that the items of all menus lead to, by language.
    pub menu_targets: Arc<BTreeMap<Lang, Vec<Option<Route>>>>,
    /// The pages that have a task of their own, by task: `imprint`, `privacy`.
    pub roles: Arc<BTreeMap<Name, EntryId>>,
    /// Who refers to whom, as far as lists of a language show it. Languages that show the same
    /// share it.
    pub backs: BTreeMap<Lang, Arc<Backs>>,
    /// The fields that are shown on the other side.
    pub sources: Arc<[Source]>,
    /// Which entry each file belongs to.
    pub by_path: Arc<ByPath>,
    /// The files whose names are not all ASCII, by their composed paths: an umlaut can be written in
    /// two ways.
    pub spelled: Arc<FxHashMap<String, RelPath>>,
    /// The templates that are left out because they, or what they need, are broken: known once the
    /// theme is compiled.
    pub broken: BTreeSet<Name>,
    /// The files of the content that are published, with their routes.
    pub files: Arc<BTreeMap<RelPath, Route>>,
    /// The theme's assets that are published, by their path inside the theme.
    pub assets: Arc<BTreeMap<Name, Route>>,
    /// All outputs, sorted.
    pub outputs: Arc<Outputs>,
    /// The routes that are no outputs now, but are at other times: those of entries that are shown
    /// later, or no more.
    pub dormant: Arc<BTreeSet<Route>>,
    /// When the output would next change by itself.
    pub next_change: Option<Timestamp>,
    /// What has to be known of all entries to change a few.
    pub ties: Ties,
    /// The bodies with their holes filled, as far as renders may ask for them.
    pub bodies: Bodies,
    /// Answers given so far that others may ask for again. None of them knows a body.
    pub answers: Answers,
}

impl Site {
    /// The answer to a question.
    pub fn answer(&self, query: &Query) -> Seen {
        let answer = || view::answer(self, query);
        if let Some(form) = self.answers.form(&self.places, query) {
            return form.get_or_init(answer).clone();
        }
        match is_shared(query) {
            true => self.answers.other(query).get_or_init(answer).clone(),
            false => answer(),
        }
    }

    /// The page that an output shows, with the entry on it; the fingerprint is that of the answer to
    /// [`Query::Frame`].
    pub fn page(&self, route: &Route, entry: Value) -> Seen {
        view::page(self, route, entry)
    }

    /// All entries of a kind that lists of a language show, in their order.
    pub fn list(&self, kind: &Name, lang: &Lang) -> &[EntryId] {
        self.lists.get(&(kind.clone(), lang.clone())).map_or(&[], |listed| &listed.ids)
    }

    /// Where an entry stands in the order of its kind in the main language; behind all others, if it
    /// stands nowhere.
    pub fn rank(&self, id: &EntryId) -> usize {
        let sorted = self.sorted.get(&(id.kind.clone(), self.main_lang().clone()));
        sorted.and_then(|sorted| sorted.positions.get(id)).copied().unwrap_or(usize::MAX)
    }

    /// The main language.
    pub fn main_lang(&self) -> &Lang {
        self.model.settings.main()
    }

    /// The kind of an entry.
    pub fn kind(&self, id: &EntryId) -> Option<&Kind> {
        self.model.schema.kind(&id.kind)
    }

    /// An entry that has pages, or would have if its kind had any.
    pub fn shown(&self, id: &EntryId) -> Option<&Place> {
        self.places.get(id).filter(|place| place.state.has_pages())
    }

    /// The entry that a reference means, whatever its state.
    pub fn referred(&self, ty: &Type, reference: &Reference) -> Option<EntryId> {
        referred(&self.places, ty, reference)
    }

    /// The page that a reader of `lang` gets to see of an entry, and its language.
    pub fn page_for(&self, id: &EntryId, lang: &Lang) -> Option<(&Lang, &Route)> {
        let place = self.shown(id)?;
        let own = place.pages.get_key_value(lang);
        let main = || place.pages.get_key_value(self.main_lang());
        own.or_else(main).or_else(|| place.pages.iter().next())
    }

    /// The body of an entry in a language, or that of its main file; and the language it is in.
    pub fn body<'a>(
        &'a self,
        entry: &'a Entry,
        lang: &'a Lang,
    ) -> (&'a Body, &'a Lang, &'a RelPath) {
        match entry.words.get(lang) {
            Some(words) => (&words.body, lang, &words.path),
            None => (&entry.body, self.main_lang(), &entry.path),
        }
    }

    /// A string of the theme. In a language without it, that of the main language.
    pub fn phrase(&self, key: &str, lang: &Lang) -> Option<&Phrase> {
        let strings = &self.model.theme.strings;
        let main = self.main_lang();
        let tags = [lang.as_str(), lang.base(), main.as_str(), main.base(), "en", "de"];
        tags.iter().find_map(|tag| strings.get(*tag)?.get(key))
    }

    /// Whether an address on the site is that of something which is shown at other times only.
    pub fn is_dormant(&self, address: &str) -> bool {
        let path = address.split('#').next().unwrap_or(address);
        path.starts_with('/') && self.dormant.contains(&lists::address_route(path))
    }

    /// A route as it stands in links: with the base path before it.
    pub fn href(&self, route: &Route) -> String {
        route.address_below(self.base_path())
    }

    /// A route's whole address.
    pub fn absolute(&self, route: &Route) -> String {
        route.address_below(self.world.base_url.trim_end_matches('/'))
    }

    /// An address on the site as it stands in links.
    pub fn address(&self, path: &str) -> String {
        format!("{}{}", self.base_path(), percent_encoded(path))
    }

    /// The path of the site's address before its own: empty, or `/preview/12`.
    pub fn base_path(&self) -> &str {
        let url = &*self.world.base_url;
        let slashes = url.bytes().enumerate().filter(|(_, byte)| *byte == b'/');
        slashes.map(|(at, _)| at).nth(2).map_or("", |at| url[at..].trim_end_matches('/'))
    }
}

/// The entry that a reference means, whatever its state. Without a kind it is the only entry of
/// that id among the kinds that the field takes.
pub fn referred(places: &Places, ty: &Type, reference: &Reference) -> Option<EntryId> {
    let Type::Ref(kinds) = ty else { return None };
    let of_kind = |kind: &Name| places.name_of(&Looked::up(kind, &reference.id));
    if !reference.kind.is_empty() {
        let is_allowed = kinds.contains(&reference.kind);
        return is_allowed.then(|| of_kind(&reference.kind)).flatten().cloned();
    }
    let mut found = kinds.iter().filter_map(of_kind);
    let first = found.next()?;
    found.next().is_none().then(|| first.clone())
}
