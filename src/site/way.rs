//! Where links and paths in files lead.

use super::lists::address_route;
use super::{Site, State};
use crate::model::entry::EntryId;
use crate::model::layout::CONTENT;
use crate::parse::Target;
use crate::path::{RelPath, Route, percent_decoded};

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// To another site.
    Outside(String),
    /// To a whole address of this site at which it has nothing, though its web server may.
    Beside(String),
    /// To a heading of the same page.
    Here(String),
    /// To an entry's page, and an anchor in it.
    Entry(EntryId, Option<String>),
    /// To a file.
    File(RelPath),
    /// To an address of the site, and an anchor.
    Address(Route, Option<String>),
    /// To something that is not published yet, or no more: only the words stay.
    NotYet,
    /// To nothing.
    Nowhere,
    /// To a draft.
    Draft(EntryId),
}

/// Where a link in the file `from` leads.
pub fn way(site: &Site, from: &RelPath, target: &Target) -> Way {
    match target {
        Target::Outside(url) => own_way(site, url).unwrap_or_else(|| Way::Outside(url.to_string())),
        Target::Here(anchor) => Way::Here(anchor.to_string()),
        Target::Entry(kind, id, anchor) => {
            entry_way(site, &EntryId::new(kind, id), anchor.as_deref())
        }
        Target::Address(path, anchor) => address_way(site, path, anchor.as_deref()),
        Target::File(path, anchor) => file_way(site, from, path, anchor.as_deref()),
    }
}

/// Where an address on the site leads.
fn address_way(site: &Site, path: &str, anchor: Option<&str>) -> Way {
    let route = address_route(path);
    if site.outputs.contains_key(&route) {
        Way::Address(route, anchor.map(str::to_owned))
    } else if site.dormant.contains(&route) {
        Way::NotYet
    } else {
        Way::Nowhere
    }
}

/// Where a web address leads that is one of the site itself, as texts taken over from elsewhere
/// often have it.
fn own_way(site: &Site, url: &str) -> Option<Way> {
    let settings = &*site.model.settings.base_url;
    let path = [settings, &*site.world.base_url]
        .into_iter()
        .find_map(|base| url.strip_prefix(base.trim_end_matches('/')))?;
    let (path, anchor) = match path.split_once('#') {
        Some((path, anchor)) => (path, Some(anchor)),
        None => (path, None),
    };
    // Behind a question mark stands what programs look at, and behind the name of the site's host
    // perhaps the rest of another one.
    if path.contains('?') || !path.is_empty() && !path.starts_with('/') {
        return None;
    }
    let path = percent_decoded(path).unwrap_or_else(|| path.to_owned());
    Some(match address_way(site, &path, anchor) {
        // Hosts lead to a page without its slash as well.
        Way::Nowhere => match address_way(site, &format!("{path}/"), anchor) {
            Way::Nowhere => Way::Beside(url.to_owned()),
            way => way,
        },
        way => way,
    })
}

/// Where a link to an entry leads.
fn entry_way(site: &Site, id: &EntryId, anchor: Option<&str>) -> Way {
    match site.places.get(id).map(|place| place.state) {
        Some(State::Shown | State::Expired) => Way::Entry(id.clone(), anchor.map(str::to_owned)),
        Some(State::Scheduled | State::Gone) => Way::NotYet,
        Some(State::Draft) => Way::Draft(id.clone()),
        None => Way::Nowhere,
    }
}

/// Where a relative path leads: to the entry of that file, to the folder's section, to a file.
fn file_way(site: &Site, from: &RelPath, path: &str, anchor: Option<&str>) -> Way {
    let Some(target) = from.join(path) else { return Way::Nowhere };
    if let Some(id) = entry_of(site, &target) {
        return entry_way(site, &id, anchor);
    }
    match find_file(site, from, path) {
        Some(file) => Way::File(file),
        None => Way::Nowhere,
    }
}

/// The entry that a path means: its file, `name/index.md` for `name.md`, or a folder's section or
/// entry.
fn entry_of(site: &Site, target: &RelPath) -> Option<EntryId> {
    let target = target.in_composed_form();
    let at = |path: &RelPath| site.by_path.get(path).map(|(id, _)| id.clone());
    let inside = |folder: &str, name: &str| at(&RelPath::new(format!("{folder}/{name}")));
    match target.as_str().strip_suffix(".md") {
        Some(stem) => at(&target).or_else(|| inside(stem, "index.md")),
        None => {
            inside(target.as_str(), "_index.md").or_else(|| inside(target.as_str(), "index.md"))
        }
    }
}

/// The file that a path in a file leads to, whichever way its umlauts are written. A slash at the
/// start means the folder of the content.
pub fn find_file(site: &Site, from: &RelPath, path: &str) -> Option<RelPath> {
    let folder = if path.starts_with('/') { CONTENT } else { from.folder() };
    let target = RelPath::joined(folder, path).filter(|target| target.below(CONTENT).is_some())?;
    if site.model.files.contains_key(&target) {
        return Some(target);
    }
    if target.as_str().is_ascii() {
        return None;
    }
    site.spelled.get(&target.composed()).cloned()
}
