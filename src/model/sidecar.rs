//! What is known of a picture, from the file beside it: `name.jpg.toml`, `name.jpg.en.toml`.

use std::collections::BTreeMap;

use super::Parsed;
use super::datum::Row;
use super::layout::Role;
use super::read::{self, Owner, Reading};
use super::schema::Schema;
use crate::diag::Diagnostic;
use crate::lang::Lang;
use crate::path::RelPath;

/// The facts about one picture.
#[derive(Clone, Debug)]
pub struct Sidecar {
    /// The file that says them.
    pub path: RelPath,
    /// The facts, in the main language.
    pub row: Row,
    /// The words in other languages.
    pub words: BTreeMap<Lang, Row>,
    /// Whether there is alternative text that could not be read, which was reported.
    pub lost_alt: bool,
}

/// Reads all sidecars, by the path of the picture.
pub fn read(
    notes: &mut Vec<Diagnostic>,
    schema: &Schema,
    parsed: &Parsed,
) -> BTreeMap<RelPath, Sidecar> {
    let Some(group) = schema.group("picture") else { return BTreeMap::new() };
    let nothing = Row::default();
    let mut sidecars: BTreeMap<RelPath, Sidecar> = BTreeMap::new();
    for (path, role) in parsed.roles.iter() {
        let Role::Sidecar(of, lang) = role else { continue };
        let new = || Sidecar {
            path: path.clone(),
            row: Row::default(),
            words: BTreeMap::new(),
            lost_alt: false,
        };
        let Some(table) = parsed.tables.get(path) else {
            // It could not be read, which was reported.
            sidecars.entry(of.clone()).or_insert_with(new).lost_alt |= lang.is_none();
            continue;
        };
        let reading = Reading {
            schema,
            path,
            damage: &table.damage,
            words_of: lang.as_ref().map(|_| &nothing),
            owner: Owner::Sidecar,
        };
        let row = read::group(notes, &reading, &table.node, (group, None));
        let sidecar = sidecars.entry(of.clone()).or_insert_with(new);
        match lang {
            Some(lang) => {
                sidecar.words.insert(lang.clone(), row);
            }
            None => {
                let written = table.node.get("alt").is_some();
                let hidden = table.damage.may_hide(&table.node, "alt");
                sidecar.lost_alt = row.get("alt").is_none() && (written || hidden);
                sidecar.path = path.clone();
                sidecar.row = row;
            }
        }
    }
    sidecars
}
