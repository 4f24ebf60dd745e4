//! The short way to a site: the last one, with a few entries or the templates exchanged.
//!
//! Most edits change words or markup. Then all that is decided about the site as a whole stays as it
//! was: what is shown, where, with which files. Whoever shows pages need not wait for all of it to be
//! decided again. That is done all the same, a little later, for what there is to say.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{From, Last};
use crate::diag::Diagnostic;
use crate::model::entry::{Entry, EntryId};
use crate::model::layout::Role;
use crate::model::{self, Parsed, Table};
use crate::parse::Doc;
use crate::path::RelPath;
use crate::resolve;
use crate::site::{self, Place, Site, World};
use crate::source::inspect::FileInfo;

/// Beyond so many changed files the long way is hardly longer.
const MOST: usize = 16;

/// The site made of `from`, if the short way leads there; and the files with errors.
pub(super) fn site(last: &Last, from: &From, world: &World) -> Option<(Site, BTreeSet<RelPath>)> {
    if !is_same_time(&last.site, world) || !last.ground.is_same_but_templates(&from.ground) {
        return None;
    }
    let (mut entries, mut faulty) = (Vec::new(), last.faulty.clone());
    for path in last.beside.changed(&from.parsed)? {
        let mut said = Vec::new();
        let entry = entry(&mut said, &last.site, (from, path))?;
        let words = entry.words.values().map(|words| &words.path);
        for path in words.chain([&entry.path]) {
            faulty.remove(path);
        }
        faulty.extend(super::faulty(&said));
        entries.push(entry);
    }
    let mut site = resolve::exchange(&last.site, entries, &from.ground.theme)?;
    site.world = world.clone();
    Some((site, faulty))
}

/// The files of entries that lead nowhere: of those that were written since the last site, if they are
/// few, and of those that were wrong before. A new entry may be the one that they miss.
pub(super) fn misled(last: &Last, site: &Site) -> BTreeSet<RelPath> {
    let is_new = |(id, place): &(&EntryId, &Place)| {
        last.site.places.get(*id).is_none_or(|old| !Arc::ptr_eq(&old.entry, &place.entry))
    };
    let new = site.places.iter().filter(is_new).map(|(id, _)| id.clone());
    let mut looked: Vec<EntryId> = new.take(MOST + 1).collect();
    if looked.len() > MOST {
        looked.clear();
    }
    let wrong = last.faulty.iter().filter_map(|path| site.by_path.get(&path.in_composed_form()));
    looked.extend(wrong.map(|(id, _)| id.clone()));
    super::faulty(&resolve::check_entries(site, &looked))
}

/// Whether nothing has changed by itself since the site was made.
fn is_same_time(site: &Site, world: &World) -> bool {
    let site::World { now, preview, base_url } = &site.world;
    let passed = now.instant..=world.now.instant;
    *preview == world.preview
        && *base_url == world.base_url
        && now.zone.name() == world.now.zone.name()
        && (now.instant == world.now.instant
            || (!passed.is_empty() && site.next_change.is_none_or(|next| !passed.contains(&next))))
}

/// All files beside those in Markdown.
pub(super) struct Beside {
    /// The TOML files.
    tables: Arc<BTreeMap<RelPath, Arc<Table>>>,
    /// The files that are published as they are.
    files: Arc<BTreeMap<RelPath, FileInfo>>,
    /// What each file is.
    roles: Arc<BTreeMap<RelPath, Role>>,
    /// The files that could not be read.
    unread: BTreeSet<RelPath>,
}

impl Beside {
    /// Those of a site.
    pub(super) fn of(parsed: &Parsed) -> Self {
        let Parsed { tables, files, roles, unread, .. } = parsed;
        let (tables, files, roles) = (tables.clone(), files.clone(), roles.clone());
        Self { tables, files, roles, unread: unread.clone() }
    }

    /// The Markdown files that differ; nothing if anything else differs, or if they are many.
    fn changed<'a>(&self, new: &'a Parsed) -> Option<&'a [RelPath]> {
        let is_same = Arc::ptr_eq(&self.tables, &new.tables)
            && Arc::ptr_eq(&self.files, &new.files)
            && Arc::ptr_eq(&self.roles, &new.roles)
            && self.unread == new.unread;
        let changed = new.changed.as_deref().filter(|changed| changed.len() <= MOST);
        changed.filter(|_| is_same)
    }
}

/// The entry that a file belongs to, read again; nothing if it is not made of Markdown files alone.
fn entry(
    notes: &mut Vec<Diagnostic>,
    site: &Site,
    (from, path): (&From, &RelPath),
) -> Option<Entry> {
    let (id, _) = site.by_path.get(&path.in_composed_form())?;
    let old = &site.places.get(id)?.entry;
    // Two files may have one name, if its umlauts are written in two ways.
    if old.path != *path && old.words.values().all(|words| words.path != *path) {
        return None;
    }
    let parsed = &from.parsed;
    let main: &Arc<Doc> = parsed.docs.get(&old.path)?;
    let words: Option<Vec<_>> =
        old.words.iter().map(|(lang, words)| Some((lang, parsed.docs.get(&words.path)?))).collect();
    let name = match parsed.roles.get(&old.path)? {
        Role::Entry(name, None) => Some(name.as_str()),
        Role::Section(None) => None,
        _ => return None,
    };
    let new = model::entry_again(notes, &site.model, old, (main, name), &words?)?;
    (new.id == old.id).then_some(new)
}
