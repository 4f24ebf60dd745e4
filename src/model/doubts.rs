//! What may exist although it could not be read.
//!
//! A file that cannot be read is reported once, where it is. Everybody who refers to what it holds
//! would be told again that there is no such thing, which is not even true; so references and links
//! ask here first.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::Parsed;
use super::entry::{Entry, EntryId};
use super::layout::{self, Role};
use super::schema::Name;
use super::sections::{self, Sections};
use crate::parse::Doc;
use crate::parse::toml::Damage;
use crate::path::RelPath;

/// What may exist.
#[derive(Clone, Debug, Default)]
pub struct Doubts {
    /// The names of files that may be entries of any kind.
    ids: BTreeSet<Name>,
    /// Kinds of which not all entries are known.
    kinds: BTreeSet<Name>,
    /// Files that could not be read, composed.
    paths: BTreeSet<String>,
    /// Folders with files that were not read in full, and so may point to others.
    folders: BTreeSet<String>,
    /// Whether several entries claim one name.
    has_rivals: bool,
}

impl Doubts {
    /// What may exist beside the entries that are known.
    pub(super) fn of(
        (parsed, sections): (&Parsed, &Sections),
        entries: &BTreeMap<EntryId, Arc<Entry>>,
    ) -> Self {
        let known: FxHashSet<&RelPath> = entries.values().map(|entry| &entry.path).collect();
        let mut doubts = Self {
            paths: parsed.unread.iter().map(RelPath::composed).collect(),
            ..Self::default()
        };
        doubts.folders = folders(parsed, entries);
        for (path, role) in parsed.roles.iter() {
            match role {
                Role::Entry(name, None) if !known.contains(path) => {
                    doubts.ids.insert(Name::from(name.as_str()));
                    doubts.paths.insert(path.composed());
                }
                Role::Section(None) if !known.contains(path) => {
                    doubts.paths.insert(path.composed());
                }
                Role::Entries(None) => {
                    let table = parsed.tables.get(path);
                    if table.is_none_or(|table| !sections::is_whole(table)) {
                        let section = sections.nearest(layout::home_folder(path));
                        doubts.kinds.insert(Name::from(sections.kind(section)));
                    }
                }
                _ => {}
            }
        }
        doubts
    }

    /// The same, knowing whether several entries claim one name.
    pub(super) fn with_rivals(self, has_rivals: bool) -> Self {
        Self { has_rivals, ..self }
    }

    /// Whether several entries claim one name: if one goes, another has it.
    pub fn has_rivals(&self) -> bool {
        self.has_rivals
    }

    /// Whether there is nothing to doubt.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty() && self.kinds.is_empty() && self.paths.is_empty()
    }

    /// Whether an entry of one of these kinds may exist.
    pub fn has_entry(&self, kinds: &[Name], id: &str) -> bool {
        // Entries of a section whose kind is not known may be of any kind.
        let is_open = |kind: &Name| self.kinds.contains(kind) || self.kinds.contains("");
        self.ids.contains(id) || kinds.iter().any(is_open)
    }

    /// Whether something that was not read may point to a file.
    pub fn may_want(&self, file: &RelPath) -> bool {
        let is_below = |folder: &str| file.folder() == folder || file.below(folder).is_some();
        self.folders.iter().any(|folder| is_below(folder))
    }

    /// Whether a file may exist, or be an entry.
    pub fn has_path(&self, path: &RelPath) -> bool {
        self.paths.contains(&path.composed())
    }
}

/// The folders of files that were not read in full: with syntax errors, with code or comments that do
/// not end, or with blocks that the theme does not have.
fn folders(parsed: &Parsed, entries: &BTreeMap<EntryId, Arc<Entry>>) -> BTreeSet<String> {
    let is_whole = |doc: &Doc| {
        let blocks = doc.body.blocks.iter();
        !doc.front.is_broken()
            && !doc.body.is_open
            && blocks.map(|block| &block.damage).chain([&doc.damage]).all(Damage::is_empty)
    };
    let docs = parsed.docs.iter().filter(|(_, doc)| !is_whole(doc)).map(|(path, _)| path);
    let tables = parsed.tables.iter().filter(|(_, table)| !table.damage.is_empty());
    let bodies = entries.values().flat_map(|entry| {
        let words = entry.words.values().map(|words| (&words.path, &words.body));
        std::iter::once((&entry.path, &entry.body)).chain(words)
    });
    let unknown = bodies.filter(|(_, body)| body.blocks.iter().any(Option::is_none));
    let paths = docs.chain(tables.map(|(path, _)| path)).chain(unknown.map(|(path, _)| path));
    paths.map(|path| path.folder().to_owned()).collect()
}
