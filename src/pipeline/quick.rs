//! The short way to a site: the last one, with a few entries or the templates exchanged.
//!
//! Most edits change words or markup. Then all that is decided about the site as a whole stays as it was:
//! what is shown, where, with which files. Whoever shows pages need not wait for all of it to be
//! decided again. That is done all the same, a little later, for what there is to say.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{From, Last};
use crate::diag::Diagnostic;
use crate::model::entry::{Entry, EntryId};
use crate::model::layout::Role;
use crate::model::{self, Parsed};
use crate::parse::Doc;
use crate::path::RelPath;
use crate::resolve;
use crate::site::{self, Place, Site, World};

/// Beyond so many changed files the long way is hardly longer.
const MOST: usize = 16;

/// The site made of `from`, if the short way leads there; and the files with errors.
pub(super) fn site(last: &Last, from: &From, world: &World) -> Option<(Site, BTreeSet<RelPath>)> {
    if !is_same_time(&last.site, world) || !last.from.ground.is_same_but_templates(&from.ground) {
        return None;
    }
    let (mut entries, mut faulty) = (Vec::new(), last.faulty.clone());
    for path in changed(&last.from.parsed, &from.parsed)? {
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

/// The files of entries that were written since the last site and lead nowhere, if they are few.
pub(super) fn misled(last: &Site, site: &Site) -> BTreeSet<RelPath> {
    let is_new = |(id, place): &(&EntryId, &Place)| {
        last.places.get(*id).is_none_or(|old| !Arc::ptr_eq(&old.entry, &place.entry))
    };
    let new = site.places.iter().filter(is_new).map(|(id, _)| id.clone());
    let new: Vec<EntryId> = new.take(MOST + 1).collect();
    match new.len() <= MOST {
        true => super::faulty(&resolve::check_entries(site, &new)),
        false => BTreeSet::new(),
    }
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

/// The Markdown files that differ; nothing if anything else differs, or if they are many.
fn changed<'a>(old: &Parsed, new: &'a Parsed) -> Option<Vec<&'a RelPath>> {
    let same_tables = old.tables.len() == new.tables.len()
        && old
            .tables
            .iter()
            .zip(new.tables.iter())
            .all(|(a, b)| a.0 == b.0 && Arc::ptr_eq(a.1, b.1));
    let is_same = same_tables
        && old.unread == new.unread
        && old.docs.len() == new.docs.len()
        && (Arc::ptr_eq(&old.files, &new.files) || old.files == new.files)
        && old.roles == new.roles;
    if !is_same {
        return None;
    }
    let mut changed = Vec::new();
    for ((old_path, old), (path, doc)) in old.docs.iter().zip(new.docs.iter()) {
        if old_path != path {
            return None;
        }
        if !Arc::ptr_eq(old, doc) {
            changed.push(path);
        }
        if changed.len() > MOST {
            return None;
        }
    }
    Some(changed)
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
