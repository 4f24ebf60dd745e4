//! Style sheets of the theme as outputs.

use std::sync::Arc;

use super::css::{self, CssProblem};
use crate::diag::Diagnostic;
use crate::path::RelPath;
use crate::site::Site;

/// A style sheet with all that it imports, its addresses those of the published files.
pub(super) fn sheet(site: &Site, path: &RelPath) -> Result<String, Vec<Diagnostic>> {
    let theme = &site.model.theme;
    let inside = |path: &RelPath| {
        theme.assets.iter().find(|(_, known)| *known == path).map(|(inside, _)| inside)
    };
    let read = |path: &RelPath| -> Option<Arc<str>> {
        let hidden =
            path.below("themes").and_then(|rest| rest.split_once('/')).map(|(_, inside)| inside);
        let visible = hidden.and_then(|inside| theme.assets.get(inside)).unwrap_or(path);
        theme.sheets.get(visible).map(|text| Arc::clone(text))
    };
    let url = |path: &RelPath| {
        let hidden =
            path.below("themes").and_then(|rest| rest.split_once('/')).map(|(_, inside)| inside);
        let name = inside(path).map(|name| &**name).or(hidden)?;
        site.assets.get(name).map(|route| site.href(route))
    };
    let made = css::bundle(path, &read, &url);
    made.map(|sheet| sheet.css)
        .map_err(|problems| problems.iter().map(CssProblem::diagnostic).collect())
}
