//! Inverses as the schema declares them: which field of which kind shows up where, and under
//! what name.

use std::collections::BTreeSet;

use super::declare;
use super::schema::{Field, Fields, Labels, Name, Schema, Type};

/// The field of an entry under which all that its pictures refer to is counted, and the group of
/// what is known of a picture.
pub const PICTURE: &str = "picture";

/// A field whose references are shown on the other side.
#[derive(Clone, Debug)]
pub struct Source {
    /// The kind that has the field.
    pub kind: Name,
    /// The field of the entry, even if the reference stands deeper inside.
    pub field: Name,
    /// The kinds that can be referred to.
    pub targets: Vec<Name>,
    /// The name under which they see it.
    pub inverse: Name,
    /// The same as it stands in the base schema, if it stands there.
    pub fixed: Option<&'static str>,
    /// What it is called there.
    pub label: Labels,
}

/// All fields that are shown on the other side, in the order of the schema.
pub fn sources(schema: &Schema) -> Vec<Source> {
    let mut found = Vec::new();
    for kind in schema.public_kinds() {
        for field in kind.fields.iter() {
            let home = (&kind.name, &field.name);
            collect(schema, home, field, (&mut found, &mut BTreeSet::new()));
        }
        let picture = Name::from(PICTURE);
        for field in schema.group(PICTURE).into_iter().flat_map(|group| tables(&group.fields)) {
            collect(schema, (&kind.name, &picture), field, (&mut found, &mut BTreeSet::new()));
        }
    }
    found
}

/// Adds what one field, or the fields inside its table, shows on the other side. Groups that were
/// looked into already are left out: one may hold itself.
fn collect<'a>(
    schema: &'a Schema,
    home: (&Name, &Name),
    field: &'a Field,
    (found, known): (&mut Vec<Source>, &mut BTreeSet<&'a Name>),
) {
    if let (Type::Ref(targets), Some(inverse)) = (&field.ty, &field.inverse) {
        found.push(source((schema, home), targets, inverse, &field.inverse_label));
    }
    let Type::Table(group) = &field.ty else { return };
    let Some(group) = schema.group(group) else { return };
    if let (Some(inverse), Some(reference)) = (&field.inverse, &group.reference)
        && let Some(Type::Ref(targets)) = group.fields.get(reference).map(|field| &field.ty)
    {
        found.push(source((schema, home), targets, inverse, &field.inverse_label));
    }
    for (name, inverse) in &field.inverses {
        if let Some(inner) = group.fields.get(name)
            && let Type::Ref(targets) = &inner.ty
        {
            found.push(source((schema, home), targets, inverse, &inner.inverse_label));
        }
    }
    if known.insert(&group.name) {
        for inner in tables(&group.fields) {
            collect(schema, home, inner, (found, known));
        }
    }
}

/// The fields that hold tables themselves.
fn tables(fields: &Fields) -> impl Iterator<Item = &Field> {
    fields.iter().filter(|field| matches!(field.ty, Type::Table(_)))
}

/// Puts a source together. Without a label of its own the other side is headed with what refers to
/// it.
fn source(
    (schema, home): (&Schema, (&Name, &Name)),
    targets: &[Name],
    inverse: &Name,
    label: &Labels,
) -> Source {
    let plural = schema.kind(home.0).map(|kind| &kind.plural).filter(|_| label.is_empty());
    let label = plural.unwrap_or(label);
    Source {
        kind: home.0.clone(),
        field: home.1.clone(),
        targets: targets.to_vec(),
        inverse: inverse.clone(),
        fixed: declare::fixed(inverse),
        label: label.clone(),
    }
}

/// The kind and field in which the relation is written that entries of `kind` see as `inverse`.
pub fn source_of(schema: &Schema, kind: &str, inverse: &str) -> Option<(Name, Name)> {
    let all = sources(schema);
    let found = all.iter().find(|source| {
        &*source.inverse == inverse && source.targets.iter().any(|target| &**target == kind)
    })?;
    Some((found.kind.clone(), found.field.clone()))
}
