//! All rows of an entry: its fields in every language, and the parameters of the blocks in its
//! bodies.

use crate::lang::Lang;
use crate::model::datum::Row;
use crate::model::entry::{Body, Entry};
use crate::model::schema::Fields;
use crate::path::RelPath;
use crate::site::Site;

/// A row and where it stands.
pub(super) struct Stands<'a> {
    /// The file.
    pub(super) path: &'a RelPath,
    /// The language of the words in it.
    pub(super) lang: &'a Lang,
    /// The row.
    pub(super) row: &'a Row,
    /// The fields it may have.
    pub(super) fields: &'a Fields,
    /// The body that it stands in, if it is that of a block.
    pub(super) body: Option<&'a Body>,
}

/// All rows of an entry.
pub(super) fn all<'a>(site: &'a Site, entry: &'a Entry) -> Vec<Stands<'a>> {
    let Some(kind) = site.kind(&entry.id) else { return Vec::new() };
    let fields = &kind.fields;
    let mut rows = Vec::new();
    for (path, lang, row, body) in texts(site, entry) {
        rows.push(Stands { path, lang, row, fields, body: None });
        for (block, row) in body.markup.blocks.iter().zip(&body.blocks) {
            if let (Some(row), Some(group)) = (row, site.model.theme.blocks.get(&block.name)) {
                let fields = &group.fields;
                rows.push(Stands { path, lang, row, fields, body: Some(body) });
            }
        }
    }
    rows
}

/// An entry's files: the main one, then the translations.
pub(super) fn texts<'a>(
    site: &'a Site,
    entry: &'a Entry,
) -> impl Iterator<Item = (&'a RelPath, &'a Lang, &'a Row, &'a Body)> {
    let main = (&entry.path, site.main_lang(), &entry.facts, &entry.body);
    let words = entry.words.iter();
    std::iter::once(main).chain(words.map(|(lang, w)| (&w.path, lang, &w.row, &w.body)))
}
