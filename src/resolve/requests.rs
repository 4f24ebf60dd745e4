//! Files that would make a browser ask another server: SVG pictures, scripts, and whatever else is published
//! as it is. The theme's style sheets are checked where they are bundled, pages where they are made.

use std::collections::BTreeSet;

use crate::diag::Diagnostic;
use crate::model::schema::Name;
use crate::path::RelPath;
use crate::site::{Site, foreign};

/// Reports what published files would load from elsewhere.
pub(super) fn check(notes: &mut Vec<Diagnostic>, site: &Site) {
    let theme = &site.model.theme.assets;
    let is_copied = |inside: &&Name| !inside.ends_with(".css");
    let assets = site.assets.keys().filter(is_copied).filter_map(|inside| theme.get(inside));
    let paths: BTreeSet<&RelPath> = site.files.keys().chain(assets).collect();
    for path in paths {
        let Some(info) = site.model.files.get(path) else { continue };
        let foreign = info.loads.iter().filter(|load| foreign::is_foreign(site, load));
        notes.extend(foreign.map(|load| foreign::in_file(path, load)));
    }
}
