//! The shape of a site's content: kinds, groups and fields, as the schema declares them.
//!
//! A [`Schema`] is made by `declare` from the embedded base schema and the site's own additions;
//! once made it does not change.

mod labels;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use regex_lite::Regex;
use rustc_hash::FxHashMap;

pub use self::labels::Labels;
use super::datum::Datum;

/// A name from the schema: of a kind, a group, a field, a choice, an inverse.
pub type Name = Arc<str>;

/// All kinds and groups of a site.
#[derive(Clone, Debug, Default)]
pub struct Schema {
    /// The kinds, in the order in which they are declared.
    pub kinds: Vec<Kind>,
    /// The groups of fields that tables are made of.
    pub groups: BTreeMap<Name, Group>,
    /// The names of fields whose declaration could not be read.
    pub lost: BTreeSet<Name>,
    /// Whether the site may declare more, which could not be read.
    pub is_partial: bool,
    /// The servers beside the site's own on which its media lie.
    pub media: Vec<Name>,
}

/// A kind of entry.
#[derive(Clone, Debug, Default)]
pub struct Kind {
    /// Its name in front matter, code and templates.
    pub name: Name,
    /// What one entry is called.
    pub label: Labels,
    /// What several are called.
    pub plural: Labels,
    /// How its entries are sorted.
    pub sort: Sort,
    /// Which fields its timing is computed from.
    pub timing: Option<TimingRule>,
    /// Whether it is made by the program itself (`section`): no references, no lists.
    pub internal: bool,
    /// Its fields, those of every kind first.
    pub fields: Fields,
}

/// A named group of fields.
#[derive(Clone, Debug, Default)]
pub struct Group {
    /// Its name.
    pub name: Name,
    /// What one row is called.
    pub label: Labels,
    /// The reference that a row stands for: a plain id in place of a row means this field.
    pub reference: Option<Name>,
    /// Fields of which exactly one must be set.
    pub one_of: Vec<Name>,
    /// The fields that say from when to when something is open: its state is computed.
    pub window: Option<(Name, Name)>,
    /// The fields that say from when to when a row holds.
    pub period: Option<(Name, Name)>,
    /// Its fields.
    pub fields: Fields,
}

/// A list of fields, found by name.
#[derive(Clone, Debug, Default)]
pub struct Fields {
    /// The fields, in the order declared.
    list: Vec<Field>,
    /// Where in the list each name stands.
    index: FxHashMap<Name, usize>,
}

impl Fields {
    /// The field of that name.
    pub fn get(&self, name: &str) -> Option<&Field> {
        self.index.get(name).map(|at| &self.list[*at])
    }

    /// All fields, in the order declared.
    pub fn iter(&self) -> impl Iterator<Item = &Field> {
        self.list.iter()
    }

    /// Adds a field, or replaces the one of that name.
    pub fn put(&mut self, field: Field) {
        match self.index.get(&field.name) {
            Some(at) => self.list[*at] = field,
            None => {
                self.index.insert(field.name.clone(), self.list.len());
                self.list.push(field);
            }
        }
    }
}

/// One field.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name in front matter.
    pub name: Name,
    /// The same, if the program's own schema has it: templates' values then need no copy of it.
    pub fixed: Option<&'static str>,
    /// What it holds.
    pub ty: Type,
    /// Whether it holds a list.
    pub many: bool,
    /// Whether it must be set.
    pub required: bool,
    /// What stands in where nothing is set.
    pub default: Option<Arc<Datum>>,
    /// The smallest value of a number.
    pub min: Option<i64>,
    /// The largest number of characters (text) or rows (list), or the largest value (number).
    pub max: Option<u64>,
    /// What the whole text must match.
    pub pattern: Option<Pattern>,
    /// Whether a translation may set it.
    pub translatable: bool,
    /// Whether a translation's rows are its own and come behind the main file's, in any number.
    pub extend: bool,
    /// Whether templates, forms and docs show it first.
    pub basic: bool,
    /// Whether it is part of summaries.
    pub summary: bool,
    /// Whether lists can be filtered by it.
    pub filter: bool,
    /// Whether it may leave in data exports, feeds and structured data.
    pub public: bool,
    /// Whether `5.000` is meant as written and not as five thousand.
    pub fraction: bool,
    /// Whether following it must never lead back to the start.
    pub acyclic: bool,
    /// Whether every kind has it.
    pub shared: bool,
    /// The name under which the entries referred to see this entry.
    pub inverse: Option<Name>,
    /// For references inside a table: the inverse of each.
    pub inverses: BTreeMap<Name, Name>,
    /// For a colour: the custom property of the style sheet that it sets.
    pub variable: Option<Variable>,
    /// What it is called.
    pub label: Labels,
    /// What it means.
    pub help: Labels,
    /// What its inverse is called.
    pub inverse_label: Labels,
}

/// A custom property of a style sheet that a theme's option sets.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Variable {
    /// Its name, with its hyphens.
    pub name: Name,
    /// Whether it is set for a dark ground only.
    pub is_dark: bool,
}

/// What a whole text must match.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// As it was declared.
    pub text: Name,
    /// For the whole of a text.
    whole: Regex,
}

impl Pattern {
    /// A pattern, if the text is one.
    pub fn new(text: &Name) -> Result<Self, regex_lite::Error> {
        let whole = Regex::new(&format!("^(?:{text})$"))?;
        Ok(Self { text: text.clone(), whole })
    }

    /// Whether a text matches.
    pub fn fits(&self, text: &str) -> bool {
        self.whole.is_match(text)
    }
}

/// What a field holds.
#[derive(Clone, Debug)]
pub enum Type {
    /// Plain text.
    Text,
    /// Text, or one text per language: for settings and labels.
    Words,
    /// One line of Markdown.
    Markdown,
    /// Paragraphs and lists of Markdown.
    Prose,
    /// A whole number.
    Integer,
    /// Any number.
    Number,
    /// `true` or `false`.
    Bool,
    /// One of a list of values.
    Choice(Vec<Choice>),
    /// A year, month or day.
    Date,
    /// A date, or a local date and time.
    Moment,
    /// The id of an entry of one of these kinds.
    Ref(Vec<Name>),
    /// The name of a kind.
    Kind,
    /// A web address, with its scheme.
    Url,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A path to a file of the site.
    File,
    /// A path to a picture, or a table with a path.
    Picture,
    /// A language tag.
    Language,
    /// A colour: `#2044aa`.
    Colour,
    /// A group of fields.
    Table(Name),
    /// Anything: read by somebody else.
    Raw,
}

impl Type {
    /// The name in the schema.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Words => "words",
            Self::Markdown => "markdown",
            Self::Prose => "prose",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Bool => "bool",
            Self::Choice(_) => "choice",
            Self::Date => "date",
            Self::Moment => "moment",
            Self::Ref(_) => "ref",
            Self::Kind => "kind",
            Self::Url => "url",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::File => "file",
            Self::Picture => "picture",
            Self::Language => "language",
            Self::Colour => "colour",
            Self::Table(_) => "table",
            Self::Raw => "raw",
        }
    }
}

/// One value of a choice.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The value in front matter.
    pub value: Name,
    /// What people read.
    pub label: Labels,
    /// What it says about an entry's timing: `cancelled` and `postponed` always win, the others
    /// only where dates leave it open.
    pub timing: Option<Name>,
}

/// How the entries of a kind are sorted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Sort {
    /// By which field.
    pub field: Name,
    /// Whether the largest comes first.
    pub descending: bool,
}

impl Default for Sort {
    fn default() -> Self {
        Self { field: Arc::from("title"), descending: false }
    }
}

impl Sort {
    /// Reads `title` or `-start`.
    pub fn parse(text: &str) -> Self {
        match text.strip_prefix('-') {
            Some(field) => Self { field: Arc::from(field), descending: true },
            None => Self { field: Arc::from(text), descending: false },
        }
    }
}

/// Which fields an entry's timing is computed from.
#[derive(Clone, Debug)]
pub struct TimingRule {
    /// When it begins.
    pub from: Name,
    /// When it ends.
    pub to: Name,
    /// The written status.
    pub status: Option<Name>,
    /// The date it was moved from.
    pub moved: Option<Name>,
    /// Whether it goes on where no end is written, as an initiative does and an event does not.
    pub open_ended: bool,
}

impl Schema {
    /// The kind of that name.
    pub fn kind(&self, name: &str) -> Option<&Kind> {
        self.kinds.iter().find(|kind| &*kind.name == name)
    }

    /// The group of that name.
    pub fn group(&self, name: &str) -> Option<&Group> {
        self.groups.get(name)
    }

    /// All groups of fields.
    pub fn groups(&self) -> impl Iterator<Item = &Group> {
        self.groups.values()
    }

    /// The place of a kind in the order of declaration.
    pub fn rank(&self, name: &str) -> usize {
        self.kinds.iter().position(|kind| &*kind.name == name).unwrap_or(usize::MAX)
    }

    /// Replaces `*` in what a field may refer to by all kinds that sites make entries of.
    pub fn expand(&self, fields: &mut Fields) {
        for field in &mut fields.list {
            if let Type::Ref(kinds) = &mut field.ty
                && kinds.iter().any(|kind| &**kind == "*")
            {
                *kinds = self.public_kinds().map(|kind| kind.name.clone()).collect();
            }
        }
    }

    /// Whether lists can be filtered by what a field holds: by values that many entries share.
    pub fn can_filter(&self, ty: &Type) -> bool {
        match ty {
            Type::Choice(_) | Type::Bool | Type::Date | Type::Moment | Type::Ref(_) => true,
            Type::Table(group) => self.group(group).is_some_and(|group| group.reference.is_some()),
            _ => false,
        }
    }

    /// The kinds that sites make entries of.
    pub fn public_kinds(&self) -> impl Iterator<Item = &Kind> {
        self.kinds.iter().filter(|kind| !kind.internal)
    }
}
