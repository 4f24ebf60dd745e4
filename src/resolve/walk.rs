//! Walking through all values of an entry, however deep they stand.

use crate::model::datum::{Datum, Row};
use crate::model::schema::{Field, Fields, Schema, Type};

/// A value met on the way.
pub(super) struct Met<'a> {
    /// The field of the entry in which the walk went down.
    pub(super) top: &'a Field,
    /// The item of that field's list.
    pub(super) item: usize,
    /// The field that holds the value.
    pub(super) field: &'a Field,
    /// The field whose table holds `field`, if it stands in one.
    pub(super) holder: Option<&'a Field>,
    /// The value: never a list.
    pub(super) datum: &'a Datum,
}

/// Calls `visit` with every value of `row`, those inside tables included.
pub(super) fn walk<'a>(
    schema: &'a Schema,
    (row, fields): (&'a Row, &'a Fields),
    visit: &mut dyn FnMut(&Met<'a>),
) {
    for (name, datum) in &row.values {
        let Some(field) = fields.get(name) else { continue };
        for (item, one) in items(datum).iter().enumerate() {
            let met = Met { top: field, item, field, holder: None, datum: one };
            down(schema, met, visit);
        }
    }
}

/// Visits a value and those inside it.
fn down<'a>(schema: &'a Schema, met: Met<'a>, visit: &mut dyn FnMut(&Met<'a>)) {
    visit(&met);
    let Datum::Row(row) = met.datum else { return };
    let group = match &met.field.ty {
        Type::Table(name) => schema.group(name),
        Type::Picture => schema.group("picture_use"),
        _ => None,
    };
    let Some(group) = group else { return };
    for (name, datum) in &row.values {
        let Some(field) = group.fields.get(name) else { continue };
        for one in items(datum) {
            let inner =
                Met { top: met.top, item: met.item, field, holder: Some(met.field), datum: one };
            down(schema, inner, visit);
        }
    }
}

/// The items of a list, or the one value.
fn items(datum: &Datum) -> &[Datum] {
    match datum {
        Datum::List(items) => items,
        one => std::slice::from_ref(one),
    }
}
