//! Blocks in a body, read against the parameters that the theme declares.

use super::datum::Row;
use super::entry::Ground;
use super::read::{self, Owner, Reading};
use super::schema::Sort;
use crate::diag::{Code, Diagnostic, suggest};
use crate::parse::Block;
use crate::parse::toml::Node;
use crate::path::RelPath;
use crate::words;

/// Reads one block. `None` if the theme has no such block; then that was reported.
pub fn read(
    notes: &mut Vec<Diagnostic>,
    ground: Ground<'_>,
    path: &RelPath,
    block: &Block,
) -> Option<Row> {
    let Some(group) = ground.theme.blocks.get(&block.name) else {
        if !ground.theme.is_partial {
            notes.push(unknown(ground, block));
        }
        return None;
    };
    if ground.theme.lost.contains(&block.name) {
        return None;
    }
    let reading = Reading {
        schema: ground.schema,
        path,
        damage: &block.damage,
        words_of: None,
        owner: Owner::Block(&block.name),
    };
    let parameters = Node { span: block.span.range.clone(), ..block.parameters.clone() };
    let mut row = read::group(notes, &reading, &parameters, (group, None));
    super::media::check(notes, &reading, (&row, &block.name));
    check_sort(notes, &reading, &row);
    check_query(notes, &reading, &parameters);
    read::add_defaults(&mut row, &group.fields);
    Some(row)
}

/// Reports a block of entries that names none.
fn check_query(notes: &mut Vec<Diagnostic>, reading: &Reading<'_>, node: &Node) {
    const OTHERS: &[&str] = &["title", "sort", "limit"];
    let is_entries = matches!(reading.owner, Owner::Block("entries"));
    let is_asked = node.entries().iter().any(|(key, _)| !OTHERS.contains(&&*key.name));
    if !is_entries || is_asked || !reading.damage.is_empty() {
        return;
    }
    let message = words!(
        "der Baustein `entries` nennt keine Einträge",
        "the block `entries` names no entries"
    );
    let span = reading.span(&node.span);
    notes.push(Diagnostic::new(Code::MissingParameter, span, message).help(words!(
        "schreiben Sie etwa `kind = \"event\"` oder `entries = [\"…\"]`",
        "write for example `kind = \"event\"` or `entries = [\"…\"]`"
    )));
}

/// Reports entries of a kind that are to be sorted by a field which that kind does not have.
fn check_sort(notes: &mut Vec<Diagnostic>, reading: &Reading<'_>, row: &Row) {
    let (Some(kind), Some(sort)) = (row.text("kind"), row.text("sort")) else { return };
    let Some(kind) = reading.schema.kind(kind) else { return };
    let field = Sort::parse(sort).field;
    if kind.fields.get(&field).is_some() {
        return;
    }
    let name = &kind.name;
    let span = reading.span(&row.span_of("sort").unwrap_or_default());
    let message = words!(
        "`{name}` hat keine Angabe `{field}`, nach der sich sortieren ließe",
        "`{name}` has no field `{field}` to sort by"
    );
    let note = Diagnostic::new(Code::InvalidValue, span, message);
    let found = suggest::closest(&field, kind.fields.iter().map(|field| &*field.name));
    notes.push(match suggest::did_you_mean(&found) {
        Some(text) => note.help(text),
        None => note.help(words!(
            "schreiben Sie etwa `sort = \"title\"`, oder `\"-title\"` für absteigend",
            "write `sort = \"title\"`, or `\"-title\"` for descending"
        )),
    });
}

/// A block that the theme does not have.
fn unknown(ground: Ground<'_>, block: &Block) -> Diagnostic {
    let name = &block.name;
    let known: Vec<&str> = ground.theme.blocks.keys().map(|name| &**name).collect();
    let labelled = ground.theme.blocks.values().map(|block| {
        let labels = block.label.0.values().map(|label| &**label);
        (&*block.name, labels)
    });
    let found = suggest::closest_labelled(name, labelled);
    let message = words!("es gibt keinen Baustein `{name}`", "there is no block `{name}`");
    let note = Diagnostic::new(Code::UnknownBlock, block.span.clone(), message)
        .label(words!("kennt die Gestaltung nicht", "unknown to the theme"));
    let note = match (found.as_slice(), suggest::did_you_mean(&found)) {
        ([only], Some(text)) => note.fix(text, block.span.clone(), only.clone()),
        (_, Some(text)) => note.help(text),
        _ => note,
    };
    let list = known.join("`, `");
    note.help(words!("vorhanden sind `{list}`", "there are `{list}`"))
}
