//! Entries: documents whose front matter has been read against their kind.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::{Deref, Range};
use std::sync::Arc;

use indexmap::Equivalent;

use super::datum::Row;
use super::read::{self, Owner, Reading};
use super::schema::{Kind, Name, Schema};
use super::theme::Theme;
use super::{dates, idle, rows, value};
use crate::diag::{Code, Diagnostic, Span};
use crate::lang::Lang;
use crate::parse::toml::{Damage, Node, Value};
use crate::parse::{Doc, Markup, markdown};
use crate::path::{RelPath, id_from, is_id};
use crate::print::Fingerprint;
use crate::words;

/// The kind of the folders' own pages.
pub const SECTION: &str = "section";

/// Names one entry of a site. It is looked up so often that it is told apart by a fingerprint,
/// without a look at the texts, and copied so often that these are one.
#[derive(Clone)]
pub struct EntryId {
    /// Its parts, which are never changed.
    parts: Arc<Parts>,
    /// The fingerprint of both.
    print: Fingerprint,
}

/// The parts of an entry's name.
pub struct Parts {
    /// Its kind.
    pub kind: Name,
    /// Its id, unique within the kind; for a section its folder, empty for the home page.
    pub id: Name,
}

impl EntryId {
    /// Names an entry.
    pub fn new(kind: &str, id: &str) -> Self {
        Self::of(Arc::from(kind), Arc::from(id))
    }

    /// Names an entry by names that exist already.
    pub fn of(kind: Name, id: Name) -> Self {
        let Looked { print } = Looked::up(&kind, &id);
        Self { parts: Arc::new(Parts { kind, id }), print }
    }

    /// Names the section of a folder of `content/`.
    pub fn section(folder: &str) -> Self {
        Self::new(SECTION, folder)
    }
}

impl Deref for EntryId {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.parts
    }
}

/// An entry's name that is only looked up, in place of [`EntryId`].
#[derive(Hash)]
pub struct Looked {
    /// The fingerprint of kind and id.
    print: Fingerprint,
}

impl Looked {
    /// The name of an entry by kind and id.
    pub fn up(kind: &str, id: &str) -> Self {
        let kind = Fingerprint::of_bytes(kind.as_bytes());
        Self { print: Fingerprint::of_tagged(kind.tag(), id.as_bytes()) }
    }
}

impl Equivalent<EntryId> for Looked {
    fn equivalent(&self, id: &EntryId) -> bool {
        self.print == id.print
    }
}

impl PartialEq for EntryId {
    fn eq(&self, other: &Self) -> bool {
        self.print == other.print
    }
}

impl Eq for EntryId {}

impl Hash for EntryId {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.print.hash(state);
    }
}

impl PartialOrd for EntryId {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for EntryId {
    fn cmp(&self, other: &Self) -> Ordering {
        (&self.kind, &self.id).cmp(&(&other.kind, &other.id))
    }
}

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind, self.id)
    }
}

impl fmt::Debug for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// One thing of a kind, with its translations.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its name.
    pub id: EntryId,
    /// The main file.
    pub path: RelPath,
    /// The place to point to when the entry as a whole is meant.
    pub at: Range<usize>,
    /// The folder of the section that it belongs to.
    pub section: Name,
    /// All fields, in the main language.
    pub facts: Row,
    /// The body in the main language.
    pub body: Body,
    /// The translations.
    pub words: BTreeMap<Lang, Translation>,
}

/// An entry's words in another language.
#[derive(Clone, Debug)]
pub struct Translation {
    /// The file.
    pub path: RelPath,
    /// The place to point to when the translation as a whole is meant.
    pub at: Range<usize>,
    /// The translated fields.
    pub row: Row,
    /// The body.
    pub body: Body,
}

/// A body and the parameters of its blocks.
#[derive(Clone, Debug, Default)]
pub struct Body {
    /// The Markdown, parsed.
    pub markup: Arc<Markup>,
    /// The parameters of each of its blocks; `None` for a block that the theme does not have.
    pub blocks: Vec<Option<Row>>,
}

/// What entries are read against.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    /// The schema.
    pub schema: &'a Schema,
    /// The theme, for its blocks.
    pub theme: &'a Theme,
}

impl Entry {
    /// The span of the entry as a whole.
    pub fn span(&self) -> Span {
        Span::new(&self.path, self.at.clone())
    }

    /// The place of the id, where it is written, else of the entry as a whole.
    pub fn id_span(&self) -> Span {
        Span::new(&self.path, self.facts.span_of("id").unwrap_or(self.at.clone()))
    }

    /// The title in the main language; the id if there is none.
    pub fn title(&self) -> &str {
        self.facts.text("title").map_or(&self.id.id, |title| title)
    }

    /// Whether the entry exists in one language only: its main file's.
    pub fn is_only(&self) -> bool {
        self.facts.is_true("only")
    }
}

/// The stretch to point to when a file is meant as a whole: its title, else its first line.
fn place_of(front: &Node) -> Range<usize> {
    front.get("title").map_or(front.span.start..front.span.start, |title| title.span.clone())
}

/// One file's or row's raw material.
pub struct Raw<'a> {
    /// The file.
    pub path: &'a RelPath,
    /// The fields.
    pub front: Cow<'a, Node>,
    /// What could not be read.
    pub damage: &'a Damage,
    /// The body.
    pub body: Arc<Markup>,
}

impl<'a> Raw<'a> {
    /// What a Markdown file gives.
    pub fn of_doc(doc: &'a Doc) -> Self {
        let front = doc.front.node(&doc.path);
        Self { path: &doc.path, front, damage: &doc.damage, body: doc.body.clone() }
    }

    /// What a row of `_entries.toml` gives: the body is its `text`.
    pub fn of_row(
        notes: &mut Vec<Diagnostic>,
        (path, damage): (&'a RelPath, &'a Damage),
        (row, front): (&Node, &'a Node),
    ) -> Self {
        let reading = Reading {
            schema: &Schema::default(),
            path,
            damage,
            words_of: None,
            owner: Owner::Entry(""),
        };
        let body = match row.get("text").map(|node| (node, &node.value)) {
            Some((node, Value::String(text))) => {
                markdown::body(notes, text, &value::place_of(&reading, node, text))
            }
            _ => Markup::default(),
        };
        Self { path, front: Cow::Borrowed(front), damage, body: Arc::new(body) }
    }
}

/// Reads an entry's main file.
pub fn read(
    notes: &mut Vec<Diagnostic>,
    (ground, kind): (Ground<'_>, &Kind),
    raw: &Raw<'_>,
    (name, section): (Option<&str>, &str),
) -> Entry {
    let reading = Reading {
        schema: ground.schema,
        path: raw.path,
        damage: raw.damage,
        words_of: None,
        owner: Owner::Entry(&kind.name),
    };
    let mut facts = read::table(notes, &reading, &raw.front, (&kind.fields, None));
    read::add_defaults(&mut facts, &kind.fields);
    read::check_order(notes, &reading, &facts, ("publish_on", "expires_on"));
    if let Some(rule) = &kind.timing {
        read::check_order(notes, &reading, &facts, (&rule.from, &rule.to));
    }
    dates::check(notes, &reading, (kind, &facts));
    let id = match (&*kind.name, facts.text("id"), name) {
        (SECTION, _, _) => Name::from(section),
        (_, Some(id), _) => id.clone(),
        // Without front matter nobody knows whether it gives the entry another id.
        (_, None, Some(name)) if facts.is_unread() => Name::from(id_from(name)),
        (_, None, Some(name)) => id_of_name(notes, raw.path, name),
        (_, None, None) => Name::from(""),
    };
    let id = EntryId::of(kind.name.clone(), id);
    idle::check(notes, &reading, (&id, &facts));
    Entry {
        id,
        path: raw.path.clone(),
        at: place_of(&raw.front),
        section: Name::from(section),
        facts,
        body: body(notes, ground, raw),
        words: BTreeMap::new(),
    }
}

/// A body with the parameters of its blocks, checked against what the theme declares.
fn body(notes: &mut Vec<Diagnostic>, ground: Ground<'_>, raw: &Raw<'_>) -> Body {
    let blocks =
        raw.body.blocks.iter().map(|block| super::block::read(notes, ground, raw.path, block));
    Body { blocks: blocks.collect(), markup: raw.body.clone() }
}

/// The id that a file's or folder's name gives.
fn id_of_name(notes: &mut Vec<Diagnostic>, path: &RelPath, name: &str) -> Name {
    if is_id(name) {
        return Name::from(name);
    }
    let better = id_from(name);
    let message = words!("`{name}` kann keine Kennung sein", "`{name}` cannot be an id");
    let note = Diagnostic::new(Code::FileName, Span::start_of(path), message);
    notes.push(if better.is_empty() {
        note.help(words!(
            "nehmen Sie kleine Buchstaben, Ziffern, Punkt und Bindestrich",
            "use lower-case letters, digits, dots and hyphens"
        ))
    } else if path.stem() == "index" {
        note.help(words!(
            "benennen Sie den Ordner in `{better}` um",
            "rename the folder to `{better}`"
        ))
    } else {
        note.help(words!(
            "benennen Sie die Datei in `{better}.md` um",
            "rename the file to `{better}.md`"
        ))
    });
    Name::from(better)
}

/// Reads a translation of an entry and puts it there.
pub fn translate(
    notes: &mut Vec<Diagnostic>,
    (ground, kind): (Ground<'_>, &Kind),
    entry: &mut Entry,
    (lang, raw): (&Lang, &Raw<'_>),
) {
    let reading = Reading {
        schema: ground.schema,
        path: raw.path,
        damage: raw.damage,
        words_of: Some(&entry.facts),
        owner: Owner::Entry(&kind.name),
    };
    let row = read::table(notes, &reading, &raw.front, (&kind.fields, None));
    rows::check(notes, &reading, (&entry.facts, &row), &kind.fields);
    idle::check(notes, &reading, (&entry.id, &row));
    let at = place_of(&raw.front);
    if entry.is_only() {
        notes.push(unwanted(entry, reading.span(&at)));
    }
    let body = body(notes, ground, raw);
    let translation = Translation { path: raw.path.clone(), at, row, body };
    match entry.words.get(lang) {
        Some(first) => notes.push(second(entry, &translation, first)),
        None => {
            entry.words.insert(lang.clone(), translation);
        }
    }
}

/// A translation of what is to exist in one language only.
fn unwanted(entry: &Entry, span: Span) -> Diagnostic {
    let message = words!(
        "die Hauptdatei sagt, dass es diesen Eintrag nur in einer Sprache gibt",
        "the main file says that this entry exists in one language only"
    );
    let only = Span::new(&entry.path, entry.facts.span_of("only").unwrap_or_default());
    Diagnostic::new(Code::TranslationAlone, span, message)
        .also(only, words!("sagt es hier", "says so here"))
        .help(words!(
            "löschen Sie dort `only`, oder diese Übersetzung",
            "delete `only` there, or this translation"
        ))
}

/// A second translation into one language.
fn second(entry: &Entry, second: &Translation, first: &Translation) -> Diagnostic {
    let id = &entry.id.id;
    let message =
        words!("`{id}` ist hier zum zweiten Mal übersetzt", "`{id}` is translated here again");
    Diagnostic::new(Code::DuplicateId, Span::new(&second.path, second.at.clone()), message)
        .label(words!("die zweite Übersetzung", "the second translation"))
        .also(
            Span::new(&first.path, first.at.clone()),
            words!("die erste Übersetzung", "the first translation"),
        )
        .help(words!("löschen Sie eine von beiden", "delete one of the two"))
}
