//! Entries with their translations, read file by file.
//!
//! A main file and the translations beside it are one family: nothing in it depends on other
//! families. So all are read side by side, and one of which no file has changed is not read again.

mod one;

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

pub(super) use one::one;

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
    /// The main file.
    path: RelPath,
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
    /// The families in the order of their main files.
    families: Vec<Family>,
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
    let old =
        kept.as_deref_mut().map(|kept| std::mem::take(&mut kept.families)).unwrap_or_default();
    let wanted = wanted((sections, parsed), &words, &old);
    let read: Vec<Member> = wanted
        .into_par_iter()
        .map(|(path, key, at)| match at.filter(|at| old[*at].key.is(&key)) {
            Some(at) => Member::Known(at),
            None => Member::New(Box::new(family(ground, path, key))),
        })
        .collect();
    let mut old: Vec<Option<Family>> = old.into_iter().map(Some).collect();
    let families = read.into_iter().filter_map(|member| match member {
        Member::Known(at) => old[at].take(),
        Member::New(family) => Some(*family),
    });
    let mut entries = Vec::with_capacity(parsed.docs.len());
    for family in families {
        entries.extend(family.entries.iter().cloned());
        notes.extend(family.notes.iter().cloned());
        if let Some(kept) = &mut kept {
            kept.families.push(family);
        }
    }
    let mut entries = unique(notes, entries);
    orphans(notes, parsed, &words);
    rows(notes, ground, (sections, parsed), &mut entries);
    entries
}

/// The language of a translation in Markdown.
fn translated(role: &Role) -> Option<&Lang> {
    match role {
        Role::Section(Some(lang)) | Role::Entry(_, Some(lang)) => Some(lang),
        _ => None,
    }
}

/// A family in the list of all.
enum Member {
    /// It may be what it was: its number among the old ones.
    Known(usize),
    /// It was read just now.
    New(Box<Family>),
}

/// What all families are to be read from, with the numbers of those that there were. All lists are
/// in the order of the paths, so nothing is searched for.
fn wanted<'a>(
    (sections, parsed): (&'a Sections, &'a Parsed),
    words: &Translations<'a>,
    old: &[Family],
) -> Vec<(&'a RelPath, Key<'a>, Option<usize>)> {
    let mut docs = parsed.docs.iter().peekable();
    let mut old = old.iter().enumerate().peekable();
    let mains = parsed.roles.iter().filter(|(_, role)| role.is_main());
    let family = mains.filter_map(|(path, role)| {
        while docs.next_if(|(own, _)| *own < path).is_some() {}
        while old.next_if(|(_, own)| own.path < *path).is_some() {}
        let main = match role {
            Role::Entries(_) => Source::Table(parsed.tables.get(path)?.clone()),
            _ => Source::Doc(docs.next_if(|(own, _)| *own == path)?.1.clone()),
        };
        let known = old.next_if(|(_, own)| own.path == *path).map(|(at, _)| at);
        Some((path, key((sections, parsed), (path, role, main), words), known))
    });
    family.collect()
}

/// The Markdown files that translate others, by the file that they belong to.
type Translations<'a> = FxHashMap<RelPath, Vec<(&'a RelPath, &'a Lang)>>;

/// Finds all translations.
fn translations(parsed: &Parsed) -> Translations<'_> {
    let mut found = Translations::default();
    for (path, role) in parsed.roles.iter() {
        if let Some(lang) = translated(role) {
            found.entry(main_path(path, lang)).or_default().push((path, lang));
        }
    }
    found
}

/// What a family is to be read from.
fn key<'a>(
    (sections, parsed): (&'a Sections, &Parsed),
    (path, role, main): (&'a RelPath, &'a Role, Source),
    words: &Translations<'a>,
) -> Key<'a> {
    let folder = layout::home_folder(path);
    let nearest = sections.nearest(folder);
    let found = if words.is_empty() { None } else { words.get(path) };
    let found = found.into_iter().flatten();
    let words = found.filter_map(|(path, lang)| {
        Some((*path, *lang, Source::Doc(parsed.docs.get(*path)?.clone())))
    });
    let (section, kind) = match role {
        Role::Section(_) => (folder, entry::SECTION),
        _ => (nearest, sections.kind(nearest)),
    };
    Key { main, role, section, kind, words: words.collect() }
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
    Family { path: path.clone(), key, entries, notes }
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
        if let Some(lang) = translated(role) {
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
