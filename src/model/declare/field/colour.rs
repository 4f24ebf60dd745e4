//! Which custom property of the style sheet a colour sets.

use super::Declaring;
use crate::diag::Diagnostic;
use crate::model::declare::property::{Property, text};
use crate::model::schema::{Field, Type};
use crate::words;

/// `variable = "--color-action-default"`.
pub(super) fn variable(
    notes: &mut Vec<Diagnostic>,
    declaring: &Declaring<'_>,
    property: Property<'_>,
    field: &mut Field,
) {
    if !is_colour(notes, declaring, property, field) {
        return;
    }
    let Some(name) = text(notes, declaring, property) else { return };
    let is_plain = |c: char| c == '-' || c == '_' || c.is_ascii_alphanumeric();
    if name.strip_prefix("--").is_some_and(|rest| !rest.is_empty() && rest.chars().all(is_plain)) {
        field.variable.get_or_insert_default().name = name;
        return;
    }
    let message = words!(
        "`{name}` ist keine Variable eines Stylesheets",
        "`{name}` is no custom property of a style sheet"
    );
    notes.push(declaring.problem(property.1, message).help(words!(
        "nennen Sie eine mit zwei Strichen davor, etwa `--color-action-default`",
        "name one with two hyphens before it, such as `--color-action-default`"
    )));
}

/// `mode = "dark"`: the colour is for a dark ground.
pub(super) fn mode(
    notes: &mut Vec<Diagnostic>,
    declaring: &Declaring<'_>,
    property: Property<'_>,
    field: &mut Field,
) {
    if !is_colour(notes, declaring, property, field) {
        return;
    }
    let Some(name) = text(notes, declaring, property) else { return };
    match &*name {
        "light" | "dark" => field.variable.get_or_insert_default().is_dark = &*name == "dark",
        _ => {
            let message = words!("`mode` kann nicht `{name}` sein", "`mode` cannot be `{name}`");
            notes.push(declaring.problem(property.1, message).help(words!(
                "schreiben Sie `\"light\"` oder `\"dark\"`",
                "write `\"light\"` or `\"dark\"`"
            )));
        }
    }
}

/// Whether a field is a colour; if not, that is a problem.
fn is_colour(
    notes: &mut Vec<Diagnostic>,
    declaring: &Declaring<'_>,
    (key, node): Property<'_>,
    field: &Field,
) -> bool {
    let is_colour = matches!(field.ty, Type::Colour);
    if !is_colour {
        let name = &key.name;
        let message = words!(
            "nur eine Angabe vom Typ `colour` hat `{name}`",
            "only a field of type `colour` has `{name}`"
        );
        let help = words!("löschen Sie die Zeile", "delete the line");
        notes.push(declaring.problem(node, message).help(help));
    }
    is_colour
}
