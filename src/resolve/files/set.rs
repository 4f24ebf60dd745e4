//! The files that the settings name: those of the theme's options, such as a logo, and the films in
//! sign language.

use std::collections::{BTreeMap, BTreeSet};

use super::Files;
use crate::diag::Diagnostic;
use crate::diag::suggest::Budget;
use crate::model::settings::SETTINGS;
use crate::path::RelPath;
use crate::site::Site;

/// Collects them.
pub(super) fn files(
    notes: &mut Vec<Diagnostic>,
    site: &Site,
    index: &BTreeMap<String, RelPath>,
    (into, budget): (&mut BTreeSet<RelPath>, &mut Budget),
) {
    let path = RelPath::new(SETTINGS);
    let mut files = Files { site, index, path: &path, into, budget };
    let (theme, settings) = (&site.model.theme, &site.model.settings);
    files.row(notes, (&theme.values, &theme.options), &site.model.schema);
    let Some(signs) = settings.legal("signs") else { return };
    if let Some(group) = settings.own.group("signs") {
        files.row(notes, (signs, &group.fields), &settings.own);
    }
}
