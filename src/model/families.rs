//! Entries with their translations, read file by file.
//!
//! A main file and the translations beside it are one family: nothing in it depends on other
//! families. So all are read side by side, and one of which no file has changed is not read again.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::entry::{self, Entry, EntryId, Ground, Raw};
use super::layout::{self, Role};
use super::schema::{Name, Schema};
use super::sections::{self, Sections};
use super::theme::Theme;
use super::{Parsed, Table, alone, duplicate, main_path};
use crate::diag::Diagnostic;
use crate::lang::Lang;
use crate::parse::{Doc, toml};
use crate::path::RelPath;

/// All entries of a site.
pub(super) type Entries = BTreeMap<EntryId, Arc<Entry>>;

/// A parsed file, told apart by where it lies in memory.
#[derive(Clone, Debug)]
enum Source {
    /// A Markdown file.
    Doc(Arc<Doc>),
    /// A TOML file.
    Table(Arc<Table>),
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Doc(one), Self::Doc(other)) => Arc::ptr_eq(one, other),
            (Self::Table(one), Self::Table(other)) => Arc::ptr_eq(one, other),
            _ => false,
        }
    }
}

/// What one family is to be read from.
struct Key<'a> {
    /// The main file.
    main: Source,
    /// What kind of file it is.
    role: &'a Role,
    /// The section it belongs to.
    section: &'a str,
    /// The kind of the section's entries.
    kind: &'a str,
    /// The translations.
    words: Vec<(&'a RelPath, &'a Lang, Source)>,
}

/// What one family was read from.
#[derive(Debug)]
struct From {
    /// The main file.
    main: Source,
    /// What kind of file it is.
    role: Role,
    /// The section it belongs to.
    section: Name,
    /// The kind of the section's entries.
    kind: Name,
    /// The translations.
    words: Box<[(RelPath, Lang, Source)]>,
}

impl From {
    /// Whether reading the key would give the same.
    fn is(&self, key: &Key<'_>) -> bool {
        let same = |(old, new): (&(RelPath, Lang, Source), &(&RelPath, &Lang, Source))| {
            old.0 == *new.0 && old.1 == *new.1 && old.2 == new.2
        };
        self.main == key.main
            && self.role == *key.role
            && *self.section == *key.section
            && *self.kind == *key.kind
            && self.words.len() == key.words.len()
            && self.words.iter().zip(&key.words).all(same)
    }
}

/// One family, read.
#[derive(Debug)]
struct Family {
    /// What it was read from.
    key: From,
    /// The entries: one, or all rows of a file.
    entries: Vec<Arc<Entry>>,
    /// What there is to say.
    notes: Vec<Diagnostic>,
}

/// The families of the last time.
#[derive(Debug, Default)]
pub struct Kept {
    /// What they were read against.
    ground: Option<(Arc<Schema>, Arc<Theme>)>,
    /// The families by their main files.
    families: FxHashMap<RelPath, Family>,
}

impl Kept {
    /// Forgets everything if the schema or the blocks are not those of last time.
    fn renew(&mut self, schema: &Arc<Schema>, theme: &Arc<Theme>) {
        let is_same = self.ground.as_ref().is_some_and(|(old_schema, old_theme)| {
            Arc::ptr_eq(old_schema, schema) && old_theme.has_blocks_of(theme)
        });
        if !is_same {
            self.families.clear();
        }
        self.ground = Some((schema.clone(), theme.clone()));
    }
}

/// Reads the entries of all files.
pub(super) fn read(
    notes: &mut Vec<Diagnostic>,
    (schema, theme): (&Arc<Schema>, &Arc<Theme>),
    (sections, parsed): (&Sections, &Parsed),
    mut kept: Option<&mut Kept>,
) -> Entries {
    if let Some(kept) = &mut kept {
        kept.renew(schema, theme);
    }
    let ground = Ground { schema, theme };
    let words = translations(parsed);
    let mains: Vec<_> = parsed.roles.iter().filter(|(_, role)| role.is_main()).collect();
    let known = kept.as_deref();
    let read: Vec<Member<'_>> = mains
        .par_iter()
        .filter_map(|(path, role)| {
            let key = key((sections, parsed), (path, role), &words)?;
            Some(match known.and_then(|kept| kept.families.get(*path)) {
                Some(family) if family.key.is(&key) => Member::Known(family),
                _ => Member::New(path, Box::new(family(ground, path, key))),
            })
        })
        .collect();
    let count = read.len();
    let mut entries = Vec::with_capacity(count);
    let mut new = Vec::new();
    for member in read {
        let family = match &member {
            Member::Known(family) => family,
            Member::New(_, family) => &**family,
        };
        entries.extend(family.entries.iter().cloned());
        notes.extend(family.notes.iter().cloned());
        if let Member::New(path, family) = member {
            new.push((path.clone(), *family));
        }
    }
    if let Some(kept) = &mut kept {
        kept.families.extend(new);
    }
    if let Some(kept) = kept.filter(|kept| kept.families.len() > count) {
        kept.families.retain(|path, _| parsed.roles.get(path).is_some_and(Role::is_main));
    }
    let mut entries = unique(notes, entries);
    orphans(notes, parsed, &words);
    rows(notes, ground, (sections, parsed), &mut entries);
    entries
}

/// A family in the list of all.
enum Member<'a> {
    /// It is what it was.
    Known(&'a Family),
    /// It was read just now, from this main file.
    New(&'a RelPath, Box<Family>),
}

/// The Markdown files that translate others, by the file that they belong to.
type Translations<'a> = FxHashMap<RelPath, Vec<(&'a RelPath, &'a Lang)>>;

/// Finds all translations.
fn translations(parsed: &Parsed) -> Translations<'_> {
    let mut found = Translations::default();
    for (path, role) in parsed.roles.iter() {
        if let Role::Section(Some(lang)) | Role::Entry(_, Some(lang)) = role {
            found.entry(main_path(path, lang)).or_default().push((path, lang));
        }
    }
    found
}

/// What a family is to be read from; nothing if its main file could not be read.
fn key<'a>(
    (sections, parsed): (&'a Sections, &Parsed),
    (path, role): (&'a RelPath, &'a Role),
    words: &Translations<'a>,
) -> Option<Key<'a>> {
    let main = match role {
        Role::Entries(_) => Source::Table(parsed.tables.get(path)?.clone()),
        _ => Source::Doc(parsed.docs.get(path)?.clone()),
    };
    let folder = layout::home_folder(path);
    let nearest = sections.nearest(folder);
    let found = words.get(path).into_iter().flatten();
    let words = found.filter_map(|(path, lang)| {
        Some((*path, *lang, Source::Doc(parsed.docs.get(*path)?.clone())))
    });
    let (section, kind) = match role {
        Role::Section(_) => (folder, entry::SECTION),
        _ => (nearest, sections.kind(nearest)),
    };
    Some(Key { main, role, section, kind, words: words.collect() })
}

/// Reads one family.
fn family(ground: Ground<'_>, path: &RelPath, key: Key<'_>) -> Family {
    let mut notes = Vec::new();
    let mut entries = main(&mut notes, ground, (path, &key));
    for entry in &mut entries {
        for (_, lang, source) in &key.words {
            let (Source::Doc(doc), Some(kind)) = (source, ground.schema.kind(&entry.id.kind))
            else {
                continue;
            };
            entry::translate(&mut notes, (ground, kind), entry, (lang, &Raw::of_doc(doc)));
        }
    }
    let Key { main, role, section, kind, words } = key;
    let words = words.into_iter().map(|(path, lang, source)| (path.clone(), lang.clone(), source));
    let key = From {
        main,
        role: role.clone(),
        section: section.into(),
        kind: kind.into(),
        words: words.collect(),
    };
    let entries = entries.into_iter().map(Arc::new).collect();
    Family { key, entries, notes }
}

/// Reads a main file.
fn main(
    notes: &mut Vec<Diagnostic>,
    ground: Ground<'_>,
    (path, key): (&RelPath, &Key<'_>),
) -> Vec<Entry> {
    let Some(kind) = ground.schema.kind(key.kind) else { return Vec::new() };
    let mut read = |raw: &Raw<'_>, name: Option<&str>| {
        entry::read(notes, (ground, kind), raw, (name, key.section))
    };
    match (&key.main, &key.role) {
        (Source::Doc(doc), Role::Entry(name, _)) => vec![read(&Raw::of_doc(doc), Some(name))],
        (Source::Doc(doc), _) => vec![read(&Raw::of_doc(doc), None)],
        (Source::Table(table), _) => {
            let rows = sections::rows(notes, path, table);
            rows.into_iter()
                .map(|(row, fields)| {
                    let raw = Raw::of_row(notes, (path, &table.damage), (row, &fields));
                    entry::read(notes, (ground, kind), &raw, (None, key.section))
                })
                .collect()
        }
    }
}

/// The entries by their names; of several with one name the first counts, and the others are told.
fn unique(notes: &mut Vec<Diagnostic>, mut all: Vec<Arc<Entry>>) -> Entries {
    // The home page has no name to itself, and entries without one were reported.
    all.retain(|entry| !entry.id.id.is_empty() || &*entry.id.kind == entry::SECTION);
    all.sort_by(|one, other| one.id.cmp(&other.id));
    all.dedup_by(|second, first| {
        let is_second = second.id == first.id;
        if is_second {
            notes.push(duplicate(second, first));
        }
        is_second
    });
    all.into_iter().map(|entry| (entry.id.clone(), entry)).collect()
}

/// Reports translations of files that do not exist.
fn orphans(notes: &mut Vec<Diagnostic>, parsed: &Parsed, words: &Translations<'_>) {
    // The home page's own absence is reported.
    let is_there = |main: &RelPath| {
        parsed.docs.contains_key(main)
            || parsed.roles.contains_key(main)
            || main.as_str() == layout::HOME
    };
    for (path, role) in parsed.roles.iter() {
        if let Role::Section(Some(lang)) | Role::Entry(_, Some(lang)) = role {
            let main = main_path(path, lang);
            if parsed.docs.contains_key(path) && words.contains_key(&main) && !is_there(&main) {
                notes.push(alone(path, &main));
            }
        }
    }
}

/// Reads the translated rows of all `_entries.en.toml`.
fn rows(
    notes: &mut Vec<Diagnostic>,
    ground: Ground<'_>,
    (sections, parsed): (&Sections, &Parsed),
    entries: &mut Entries,
) {
    for (path, role) in parsed.roles.iter() {
        let (Role::Entries(Some(lang)), Some(table)) = (role, parsed.tables.get(path)) else {
            continue;
        };
        let section = sections.nearest(layout::home_folder(path));
        let main = main_path(path, lang);
        let is_known = !parsed.roles.contains_key(&main)
            || parsed.tables.get(&main).is_some_and(|table| sections::is_whole(table));
        let rows = (path, lang, &**table, is_known);
        translated_rows(notes, ground, rows, (sections.kind(section), entries));
    }
}

/// Reads the rows of `_entries.en.toml`; `is_known` says whether all those of the main file are
/// known.
fn translated_rows(
    notes: &mut Vec<Diagnostic>,
    ground: Ground<'_>,
    (path, lang, table, is_known): (&RelPath, &Lang, &Table, bool),
    (kind, entries): (&str, &mut Entries),
) {
    let Some(kind) = ground.schema.kind(kind) else { return };
    for (row, fields) in sections::rows(notes, path, table) {
        let Some(id) =
            row.get("id").and_then(toml::Node::as_str).filter(|id| crate::path::is_id(id))
        else {
            continue;
        };
        let Some(entry) = entries.get_mut(&EntryId::new(&kind.name, id)) else {
            notes.extend(is_known.then(|| super::alone_row(path, row, id)));
            continue;
        };
        let words = fields.without("id");
        let raw = Raw::of_row(notes, (path, &table.damage), (row, &words));
        entry::translate(notes, (ground, kind), Arc::make_mut(entry), (lang, &raw));
    }
}
