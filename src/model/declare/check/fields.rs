//! What must hold of each field that is declared.

use std::collections::BTreeSet;

use super::{Declaring, RESERVED, problem, unknown};
use crate::diag::{Diagnostic, Span, Words};
use crate::model::schema::{Field, Fields, Name, Schema, Type};
use crate::parse::toml::{Key, Node};
use crate::words;

/// Reports what is wrong with the fields that a table `fields` declares.
pub(in crate::model::declare) fn all(
    notes: &mut Vec<Diagnostic>,
    declaring: &Declaring<'_>,
    (schema, fields): (&Schema, &Fields),
    node: &Node,
) {
    for (key, node) in node.get("fields").map_or(&[][..], Node::entries) {
        if let Some(field) = fields.get(&key.name) {
            one(notes, declaring, (schema, field), (key, node));
        }
    }
}

/// Reports what is wrong with one field.
pub(in crate::model::declare) fn one(
    notes: &mut Vec<Diagnostic>,
    declaring: &Declaring<'_>,
    (schema, field): (&Schema, &Field),
    (key, node): (&Key, &Node),
) {
    let at = |node: &Node| Span::new(declaring.path, node.span.clone());
    let span = Span::new(declaring.path, key.span.clone());
    field_name(notes, field, &span);
    // Without a type, it changes a field that exists and keeps its own.
    if node.get("type").is_some() {
        targets(notes, (declaring, schema), field, (&span, node));
    }
    if let Some(inverse) = node.get("inverse").filter(|_| !refers(schema, &field.ty)) {
        let message = words!("nur ein Verweis hat `inverse`", "only a reference has `inverse`");
        let help = words!(
            "löschen Sie die Zeile; für Verweise in einer Tabelle gibt es `inverses`",
            "delete the line; for references inside a table there is `inverses`"
        );
        notes.push(problem(&at(inverse), message, help));
    }
    if let Some(at) = node.get("filter").filter(|at| at.as_bool() == Some(true)) {
        notes.extend(filter(schema, field).map(|(message, help)| {
            problem(&Span::new(declaring.path, at.span.clone()), message, help)
        }));
    }
    limits(notes, declaring, node);
    inverses(notes, declaring, (schema, field), node);
    if is_endless(schema, field, &mut BTreeSet::new()) {
        let name = &field.name;
        let message = words!(
            "`{name}` müsste sich selbst enthalten, ohne Ende",
            "`{name}` would have to contain itself, without end"
        );
        let help = words!("nehmen Sie `required` heraus", "take `required` out");
        notes.push(problem(&span, message, help));
    }
}

/// Why lists cannot be filtered by a field, and what to do, if that is so.
fn filter(schema: &Schema, field: &Field) -> Option<(Words, Words)> {
    let name = &field.name;
    if !schema.can_filter(&field.ty) {
        let ty = field.ty.name();
        let message = words!(
            "nach `{name}` vom Typ `{ty}` lässt sich nicht filtern",
            "lists cannot be filtered by `{name}` of type `{ty}`"
        );
        let help = words!(
            "`filter` geht bei `choice`, `bool`, `date`, `moment`, `ref` und Tabellen, deren Zeilen für einen Verweis stehen",
            "`filter` works with `choice`, `bool`, `date`, `moment`, `ref` and tables whose rows stand for a reference"
        );
        return Some((message, help));
    }
    (!field.public).then(|| {
        let message = words!(
            "nach `{name}` lässt sich nicht filtern, denn es ist nicht öffentlich",
            "lists cannot be filtered by `{name}`, which is not public"
        );
        (message, words!("nehmen Sie `public = false` heraus", "take `public = false` out"))
    })
}

/// Limits must leave something over.
fn limits(notes: &mut Vec<Diagnostic>, declaring: &Declaring<'_>, node: &Node) {
    let Some(at) = node.get("max") else { return };
    let Some(max) = at.as_integer() else { return };
    let span = Span::new(declaring.path, at.span.clone());
    if let Some(min) = node.get("min").and_then(Node::as_integer).filter(|min| *min > max) {
        let message = words!(
            "`max` ist mit {max} kleiner als `min` mit {min}",
            "`max` is {max}, smaller than `min`, which is {min}"
        );
        let help = words!("tauschen Sie die beiden", "swap the two");
        notes.push(problem(&span, message, help));
    } else if max < 0 {
        let message = words!("`max` ist kleiner als 0", "`max` is smaller than 0");
        let help = words!("nehmen Sie eine positive Zahl", "use a positive number");
        notes.push(problem(&span, message, help));
    }
}

/// Reports the fields of entries that are named like something else that templates see of them.
pub(in crate::model::declare) fn reserved(
    notes: &mut Vec<Diagnostic>,
    declaring: &Declaring<'_>,
    node: &Node,
) {
    for (key, _) in node.get("fields").map_or(&[][..], Node::entries) {
        let name = &key.name;
        if RESERVED.contains(&&**name) {
            let span = Span::new(declaring.path, key.span.clone());
            let message = words!(
                "`{name}` hat in Vorlagen schon eine Bedeutung",
                "`{name}` has a meaning in templates already"
            );
            let help =
                words!("geben Sie der Angabe einen anderen Namen", "give the field another name");
            notes.push(problem(&span, message, help));
        }
    }
}

/// A field's name must be one that templates can use.
fn field_name(notes: &mut Vec<Diagnostic>, field: &Field, span: &Span) {
    let name = &field.name;
    let is_plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    let starts_well = name.starts_with(|c: char| c.is_ascii_lowercase());
    if !starts_well || !name.bytes().all(is_plain) {
        let message =
            words!("so kann keine Angabe heißen: `{name}`", "`{name}` cannot name a field");
        let help = words!(
            "erlaubt sind kleine Buchstaben, Ziffern und `_`, vorn ein Buchstabe",
            "use lower-case letters, digits and `_`, a letter first"
        );
        notes.push(problem(span, message, help));
    }
}

/// References must lead to kinds, tables to groups, choices to values. What is written wrongly was
/// reported.
fn targets(
    notes: &mut Vec<Diagnostic>,
    (declaring, schema): (&Declaring<'_>, &Schema),
    field: &Field,
    (span, node): (&Span, &Node),
) {
    let name = &field.name;
    let lacks = |property: &str| node.get(property).is_none();
    match &field.ty {
        Type::Ref(kinds) if kinds.is_empty() && lacks("to") => {
            let message = words!(
                "dem Verweis `{name}` fehlt das Ziel",
                "the reference `{name}` has no target"
            );
            let help = words!("schreiben Sie `to = [\"partner\"]`", "write `to = [\"partner\"]`");
            notes.push(problem(span, message, help));
        }
        Type::Ref(_) => kinds(notes, declaring, schema, node),
        Type::Table(_) if lacks("table") => {
            let message =
                words!("der Tabelle `{name}` fehlt die Gruppe", "the table `{name}` has no group");
            let help = words!(
                "schreiben Sie `table = \"…\"` mit dem Namen einer Gruppe aus `[types.…]`",
                "write `table = \"…\"` with the name of a group from `[types.…]`"
            );
            notes.push(problem(span, message, help));
        }
        Type::Table(group) if schema.group(group).is_none() && !group.is_empty() => {
            let known: Vec<&str> = schema.groups().map(|group| &*group.name).collect();
            let message = words!("es gibt keine Gruppe `{group}`", "there is no group `{group}`");
            let at = node.get("table").unwrap_or(node);
            notes.push(unknown((declaring, at), (group, &known), message));
        }
        Type::Choice(choices) if choices.is_empty() && lacks("choices") => {
            let message =
                words!("der Liste `{name}` fehlen die Werte", "the list `{name}` has no values");
            let help = words!(
                "schreiben Sie `choices = {{ ja = \"Ja\" }}`",
                "write `choices = {{ yes = \"Yes\" }}`"
            );
            notes.push(problem(span, message, help));
        }
        _ => {}
    }
}

/// The kinds that a reference leads to must exist; `*` stands for all.
fn kinds(notes: &mut Vec<Diagnostic>, declaring: &Declaring<'_>, schema: &Schema, node: &Node) {
    let Some(to) = node.get("to") else { return };
    for one in to.items().iter().chain([to]) {
        let Some(kind) = one.as_str().filter(|kind| *kind != "*") else { continue };
        if !schema.public_kinds().any(|known| *known.name == *kind) {
            let known: Vec<&str> = schema.public_kinds().map(|kind| &*kind.name).collect();
            let message = words!("es gibt keine Art `{kind}`", "there is no kind `{kind}`");
            notes.push(unknown((declaring, one), (kind, &known), message));
        }
    }
}

/// Whether a value of this type refers to an entry: by itself, or as a row that stands for one.
fn refers(schema: &Schema, ty: &Type) -> bool {
    match ty {
        Type::Ref(_) => true,
        Type::Table(group) => schema.group(group).is_none_or(|group| group.reference.is_some()),
        _ => false,
    }
}

/// The references that `inverses` names must be some of the group's.
fn inverses(
    notes: &mut Vec<Diagnostic>,
    declaring: &Declaring<'_>,
    (schema, field): (&Schema, &Field),
    node: &Node,
) {
    let group = match &field.ty {
        Type::Table(group) => schema.group(group),
        _ => None,
    };
    for (key, _) in node.get("inverses").map_or(&[][..], Node::entries) {
        let inner = group.and_then(|group| group.fields.get(&key.name));
        if inner.is_none_or(|inner| !matches!(inner.ty, Type::Ref(_))) {
            let (name, span) = (&key.name, Span::new(declaring.path, key.span.clone()));
            let message = words!(
                "`{name}` ist kein Verweis in den Zeilen dieser Tabelle",
                "`{name}` is no reference in the rows of this table"
            );
            let help = words!(
                "nennen Sie eine Angabe der Gruppe vom Typ `ref`",
                "name a field of the group of type `ref`"
            );
            notes.push(problem(&span, message, help));
        }
    }
}

/// Whether a field must be set, and so must one like it inside it, and so on.
fn is_endless<'a>(schema: &'a Schema, field: &'a Field, above: &mut BTreeSet<&'a Name>) -> bool {
    let Type::Table(name) = &field.ty else { return false };
    if !field.required || field.many {
        return false;
    }
    if !above.insert(name) {
        return true;
    }
    let group = schema.group(name);
    group.is_some_and(|group| group.fields.iter().any(|inner| is_endless(schema, inner, above)))
}
