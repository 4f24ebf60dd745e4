//! One family, read again by itself: when little has changed, nobody looks at all the others.

use std::sync::Arc;

use super::{Family, Source, Translations, family, key, translated};
use crate::diag::Diagnostic;
use crate::model::entry::{Entry, Ground};
use crate::model::layout::{self, Role};
use crate::model::{Model, Parsed, main_path};
use crate::path::RelPath;

/// The entry of a main file in Markdown, read from its files as they are now. `None` if there is no
/// such file, or if rows of a table may belong to the entry.
pub(in crate::model) fn one(
    notes: &mut Vec<Diagnostic>,
    model: &Model,
    parsed: &Parsed,
    path: &RelPath,
) -> Option<Entry> {
    let Model { schema, theme, sections, .. } = model;
    let role = parsed.roles.get(path).filter(|role| role.is_main())?;
    let main = Source::Doc(parsed.docs.get(path)?.clone());
    let mut words = Translations::default();
    let own = words.entry(path.clone()).or_default();
    let stem = path.as_str().strip_suffix("md")?;
    let beside = parsed.roles.range(RelPath::new(stem)..);
    let beside = beside.take_while(|(path, _)| path.as_str().starts_with(stem));
    for (own_path, role) in beside {
        if let Some(lang) = translated(role).filter(|lang| main_path(own_path, lang) == *path) {
            own.push((own_path, lang));
        }
    }
    let key = key((sections, parsed), (path, role, main), &words);
    let has_rows = |(table, _): (&RelPath, _)| {
        let is_translated = table.name().starts_with("_entries.")
            && matches!(parsed.roles.get(table), Some(Role::Entries(Some(_))));
        is_translated && sections.kind(sections.nearest(layout::home_folder(table))) == key.kind
    };
    if parsed.tables.iter().any(has_rows) {
        return None;
    }
    let Family { entries, notes: said, .. } = family(Ground { schema, theme }, path, key);
    notes.extend(said);
    Arc::try_unwrap(entries.into_iter().next()?).ok()
}
