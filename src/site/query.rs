//! The closed set of questions that a render may put to the site.
//!
//! All that a template can learn is here. No query fails: what is not there has an answer too, so
//! that its appearance is noticed.

use std::sync::Arc;

use crate::lang::Lang;
use crate::lang::when::When;
use crate::model::entry::EntryId;
use crate::model::schema::Name;
use crate::parse::Target;
use crate::path::{RelPath, Route};

/// A question.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Query {
    /// The source of a template, and of all that it pulls in.
    Template(Name),
    /// A component: all templates that define it, and what they pull in.
    Component(Name),
    /// The page that an output shows: its frame, without the entry.
    Frame(Route),
    /// The site, as seen from an output in a language: menus, languages, publisher.
    Site(Route, Lang),
    /// The site with the items of its menus marked, for all pages that see the same marks.
    Marked(Arc<[Mark]>, Lang),
    /// The site, as every page of a language sees it.
    Everywhere(Lang),
    /// The theme's options.
    Options(Lang),
    /// An entry in full, without its body.
    Whole(EntryId, Lang),
    /// An entry's body, its holes filled; second round only.
    Body(EntryId, Lang),
    /// An entry as lists show it.
    Summary(EntryId, Lang),
    /// An entry as a link.
    Link(EntryId, Lang),
    /// Summaries of the entries that a selection names.
    List(Arc<Selection>, Lang),
    /// A group of filters of a section's list, of which none is chosen.
    Filters(EntryId, Lang, Name),
    /// The index of a section's list, as JSON.
    Index(EntryId, Lang),
    /// The number of entries that a selection names.
    Count(Arc<Selection>),
    /// The inverse that a source declares, by its number, if nothing refers to an entry.
    NoInverse(usize, Lang),
    /// A kind.
    Kind(Name, Lang),
    /// What the fields of a kind are called.
    Labels(Name, Lang),
    /// What the public fields of a group are called and hold.
    Columns(Name, Lang),
    /// A date or moment, as fields show it.
    Date(When, Lang),
    /// A string of the theme.
    Phrase(Name, Lang),
    /// Where a link in a file leads.
    Target(RelPath, Arc<Target>, Lang),
    /// What a link in a file says if it has no words of its own.
    Words(RelPath, Arc<Target>, Lang),
    /// A picture, as a file refers to it.
    Picture(RelPath, Name, Lang),
    /// All published pictures of which something says whose they are.
    Pictures(Lang),
    /// A file of the content, by its path.
    File(RelPath, Lang),
    /// An asset of the theme, by its path inside the theme.
    Asset(Name),
    /// The servers that pages may load from.
    Origins,
    /// How what lies at an address elsewhere plays in a page.
    Player(Name),
    /// An address on the site, with the base path before it.
    Address(Name),
    /// The parameters of a block in an entry's body, by its number.
    Block(EntryId, Lang, usize),
}

/// How an item of a menu is marked on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mark {
    /// It leads elsewhere.
    None,
    /// The page is below it.
    Active,
    /// It leads to the page itself.
    Current,
}

/// Which entries a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Selection {
    /// Of these kinds; of all if empty.
    pub kinds: Vec<Name>,
    /// Exactly these, in this order; the rest of the selection still narrows them.
    pub ids: Option<Vec<EntryId>>,
    /// The entries that an entry sees under the name of an inverse.
    pub of: Option<(EntryId, Name)>,
    /// With this topic.
    pub topic: Option<Name>,
    /// With one of these timings.
    pub timing: Vec<Name>,
    /// With a field of this value: a choice, a reference's id, or text.
    pub fields: Vec<(Name, Name)>,
    /// Only those that are featured now.
    pub featured: bool,
    /// Sorted by this field in place of the kind's own order.
    pub sort: Option<(Name, bool)>,
    /// At most so many.
    pub limit: Option<usize>,
    /// Without the first so many.
    pub offset: usize,
    /// Without this one.
    pub except: Option<EntryId>,
}
