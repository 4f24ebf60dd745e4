//! The short way to a site: the last one, with a few entries or the templates exchanged.
//!
//! Most edits concern one entry. Then most of what is decided about the site as a whole stays as it
//! was: what is shown, where, with which files. Whoever shows pages need not wait for all of it to be
//! decided again. That is done all the same, a little later, for what there is to say.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{From, Last};
use crate::model::entry::{Entry, EntryId};
use crate::model::layout::{self, Role};
use crate::model::{self, Parsed, Table};
use crate::path::RelPath;
use crate::resolve;
use crate::site::{self, Place, Site, World};
use crate::source::inspect::FileInfo;

/// Beyond so many changed files the long way is hardly longer.
const MOST: usize = 16;

/// The files with errors that show before all is checked.
#[derive(Clone, Debug, Default)]
pub(super) struct Faulty {
    /// Those that are wrong in themselves, for as long as they are as they are.
    pub(super) wrong: BTreeSet<RelPath>,
    /// Those that lead nowhere, which another file may mend.
    pub(super) astray: BTreeSet<RelPath>,
}

impl Faulty {
    /// All of them.
    pub(super) fn all(&self) -> BTreeSet<RelPath> {
        self.wrong.union(&self.astray).cloned().collect()
    }
}

/// The site made of `from`, if the short way leads there; and the files with errors.
pub(super) fn site(last: &Last, from: &From, world: &World) -> Option<(Site, Faulty)> {
    if !is_same_time(&last.site, world) || !last.ground.is_same_but_templates(&from.ground) {
        return None;
    }
    let mut wrong = last.faulty.wrong.clone();
    from.parsed.changed.iter().for_each(|path| {
        wrong.remove(path);
    });
    let (mut gone, mut come) = (Vec::new(), Vec::new());
    for path in last.beside.changed(&from.parsed)? {
        let old = entry(&last.site, &path)?;
        let mut said = Vec::new();
        let new = match from.parsed.roles.contains_key(&path) {
            true => Some(model::entry_again(&mut said, &last.site.model, &from.parsed, &path)?),
            false => None,
        };
        for entry in old.map(|old| &**old).into_iter().chain(&new) {
            let words = entry.words.values().map(|words| &words.path);
            for path in words.chain([&entry.path]) {
                wrong.remove(path);
            }
        }
        wrong.extend(super::faulty(&said));
        if old.is_some() != new.is_some() && makes_section(&last.site, &path) {
            return None;
        }
        let is_same = new.as_ref().zip(old).is_some_and(|(new, old)| new.id == old.id);
        gone.extend(old.filter(|_| !is_same).map(|old| old.id.clone()));
        come.extend(new);
    }
    let ids: Vec<EntryId> = come.iter().map(|entry| entry.id.clone()).collect();
    let site = resolve::amend(&last.site, (gone, come), (&from.ground.theme, world))?;
    let astray = astray(last, &site, ids);
    Some((site, Faulty { wrong, astray }))
}

/// The files of entries that lead nowhere: of those that were written since the last site, if they are
/// few, and of those that did so before. A new entry may be the one that they miss.
pub(super) fn astray_anywhere(last: &Last, site: &Site) -> BTreeSet<RelPath> {
    let is_new = |(id, place): &(&EntryId, &Place)| {
        last.site.places.get(*id).is_none_or(|old| !Arc::ptr_eq(&old.entry, &place.entry))
    };
    let new = site.places.iter().filter(is_new).map(|(id, _)| id.clone());
    let mut looked: Vec<EntryId> = new.take(MOST + 1).collect();
    if looked.len() > MOST {
        looked.clear();
    }
    astray(last, site, looked)
}

/// The files that lead nowhere of some entries, and of those that did so before.
fn astray(last: &Last, site: &Site, mut looked: Vec<EntryId>) -> BTreeSet<RelPath> {
    let before = last.faulty.astray.iter();
    let before = before.filter_map(|path| site.by_path.get(&path.in_composed_form()));
    looked.extend(before.map(|(id, _)| id.clone()));
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

    /// The main files of the Markdown files that differ; nothing if anything else differs, or if they
    /// are many.
    fn changed(&self, new: &Parsed) -> Option<BTreeSet<RelPath>> {
        let is_same = Arc::ptr_eq(&self.tables, &new.tables)
            && Arc::ptr_eq(&self.files, &new.files)
            && self.unread == new.unread;
        if !is_same || new.changed.len() > MOST {
            return None;
        }
        if !Arc::ptr_eq(&self.roles, &new.roles) && !self.has_roles_but(&new.changed, &new.roles) {
            return None;
        }
        let role = |path: &RelPath| new.roles.get(path).or_else(|| self.roles.get(path));
        let main = |path: &RelPath| match role(path)? {
            Role::Entry(_, None) | Role::Section(None) => Some(path.clone()),
            // A tag in other letters is reported, and the file is wrong then.
            Role::Entry(_, Some(lang)) | Role::Section(Some(lang)) => {
                path.stem().ends_with(&format!(".{lang}")).then(|| model::main_path(path, lang))
            }
            _ => None,
        };
        new.changed.iter().map(main).collect()
    }

    /// Whether all files but those that changed are what they were, and are there. What a file is may
    /// depend on others that are named like it, up to a dot.
    fn has_roles_but(&self, changed: &[RelPath], new: &BTreeMap<RelPath, Role>) -> bool {
        let moved = |path: &&RelPath| self.roles.get(*path) != new.get(*path);
        let is_alone = |path: &RelPath| {
            let stem = path.as_str().strip_suffix("md").unwrap_or(path.as_str());
            let beside = new.range(RelPath::new(stem)..).map(|(path, _)| path);
            let mut beside = beside.take_while(|path| path.as_str().starts_with(stem));
            beside.all(|path| changed.contains(path))
        };
        let has = |roles: &BTreeMap<RelPath, Role>| {
            changed.iter().filter(|path| roles.contains_key(*path)).count()
        };
        changed.iter().filter(moved).all(is_alone)
            && self.roles.len() - has(&self.roles) == new.len() - has(new)
    }
}

/// Whether a folder may be a section, or none, only because of the entries in it.
fn makes_section(site: &Site, path: &RelPath) -> bool {
    let folder = layout::home_folder(path);
    !folder.is_empty()
        && !folder.contains('/')
        && !site.places.contains_key(&EntryId::section(folder))
}

/// The entry of a main file in the last site, if it had one; nothing at all if its name belongs to
/// another file.
fn entry<'a>(site: &'a Site, path: &RelPath) -> Option<Option<&'a Arc<Entry>>> {
    let Some((id, _)) = site.by_path.get(&path.in_composed_form()) else { return Some(None) };
    let entry = &site.places.get(id)?.entry;
    // Two files may have one name, if its umlauts are written in two ways.
    (entry.path == *path).then_some(Some(entry))
}
