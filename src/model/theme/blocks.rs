//! The blocks of a theme: what each declares, and that something draws it.

use std::sync::Arc;

use super::{Shelf, Theme, check_keys};
use crate::diag::{Code, Diagnostic, Span};
use crate::model::declare;
use crate::model::schema::{Group, Schema};
use crate::parse::{Place, toml};
use crate::path::RelPath;
use crate::words;

/// Reports blocks that nothing draws: what is written into them would vanish.
pub(super) fn without_template(notes: &mut Vec<Diagnostic>, theme: &Theme, shelf: &Shelf) {
    for name in theme.blocks.keys() {
        let template = format!("blocks/{name}.html");
        if theme.templates.contains_key(&*template) {
            continue;
        }
        let paths =
            theme.chain.iter().map(|theme| RelPath::new(format!("themes/{theme}/blocks/{name}")));
        let declared = paths.map(|path| RelPath::new(format!("{path}.toml")));
        let Some(path) = declared.into_iter().find(|path| shelf.paths.contains(path)) else {
            continue;
        };
        // A template that cannot be read as text was reported.
        let html = path.as_str().replace(".toml", ".html");
        if shelf.paths.contains(&RelPath::new(html)) {
            continue;
        }
        let message = words!(
            "dem Baustein `{name}` fehlt die Vorlage `{template}`",
            "the block `{name}` has no template `{template}`"
        );
        notes.push(Diagnostic::new(Code::ThemeError, Span::start_of(&path), message).help(words!(
            "legen Sie `{template}` neben die Datei, oder löschen Sie sie",
            "put `{template}` beside the file, or delete it"
        )));
    }
}

/// The parameters that a block declares, and of which exactly one is needed; and whether that is all
/// it declares.
pub(super) fn block(
    notes: &mut Vec<Diagnostic>,
    (path, name): (&RelPath, &str),
    (text, schema): (&str, &Schema),
) -> (Group, bool) {
    let (node, damage) = toml::parse(notes, text, &Place::At(path.clone(), 0));
    let fields = declare::fields(notes, path, (&node, "fields"), schema);
    let one_of = node.get("one_of").map(declare::listed).unwrap_or_default();
    check_keys(notes, path, (&node, &["label", "help", "fields", "one_of"]));
    let label = declare::label(notes, path, &node);
    let declared = node.get("fields").map_or(0, |fields| fields.entries().len());
    let is_whole = damage.is_empty() && fields.iter().count() == declared;
    (Group { name: Arc::from(name), label, fields, one_of, ..Group::default() }, is_whole)
}
