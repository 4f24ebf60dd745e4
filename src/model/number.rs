//! Reading numbers, with the mistakes that people make in them: `5.000`, `"5000"`, `"1,5"`.

use super::datum::Datum;
use super::expected::wrong_type;
use super::read::Reading;
use super::schema::{Field, Type};
use crate::diag::{Code, Diagnostic, Span};
use crate::parse::toml::{Node, Value};
use crate::words;

/// Reads a number, and notices `5.000`.
pub fn number(
    notes: &mut Vec<Diagnostic>,
    reading: &Reading<'_>,
    node: &Node,
    field: &Field,
) -> Option<Datum> {
    let span = &reading.span(&node.span);
    let is_whole = matches!(field.ty, Type::Integer);
    match &node.value {
        Value::Integer(value) => {
            check_limit(notes, span, *value, field)?;
            #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
            let number = *value as f64;
            Some(if is_whole { Datum::Integer(*value) } else { Datum::Number(number) })
        }
        Value::Float(_, text) if !field.fraction && is_grouped(text) => {
            notes.push(grouped(span, text));
            None
        }
        Value::Float(value, _) if !is_whole && value.is_finite() => {
            // What lies between two whole numbers is beyond a limit if the farther one is.
            #[expect(clippy::cast_possible_truncation, reason = "a cast keeps to the limits")]
            let outer = if *value < 0.0 { value.floor() } else { value.ceil() } as i64;
            check_limit(notes, span, outer, field)?;
            Some(Datum::Number(*value))
        }
        Value::String(text) if !field.fraction && is_grouped(text) => {
            notes.push(grouped(span, text));
            None
        }
        Value::String(text) => match in_quotes(text, is_whole) {
            Some(plain) => {
                notes.push(quoted(span, text, &plain));
                None
            }
            None => wrong_type(notes, reading, node, field),
        },
        _ => wrong_type(notes, reading, node, field),
    }
}

/// Whether a number is written in groups of three, as in `5.000` or `1.000.000`.
fn is_grouped(text: &str) -> bool {
    let mut groups = text.trim_start_matches(['-', '+']).split('.');
    let first = groups.next().unwrap_or("");
    let is_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let rest: Vec<_> = groups.collect();
    (1..=3).contains(&first.len())
        && is_digits(first)
        && !rest.is_empty()
        && rest.iter().all(|part| part.len() == 3 && is_digits(part))
        && first != "0"
}

/// The number that a text in quotes is, be it with a comma: `1,5`, `1.234,5`.
fn in_quotes(text: &str, is_whole: bool) -> Option<String> {
    let text = text.trim();
    let plain = match text.split_once(',') {
        Some((whole, part)) if is_grouped(whole) => format!("{}.{part}", whole.replace('.', "")),
        Some((whole, part)) => format!("{whole}.{part}"),
        None => text.to_owned(),
    };
    let mut parts = plain.strip_prefix('-').unwrap_or(&plain).split('.');
    let is_digits = |part: Option<&str>| {
        part.is_some_and(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
    };
    let starts_well = plain == "0" || !plain.starts_with('0') || plain.starts_with("0.");
    let is_number = is_digits(parts.next())
        && parts.clone().count() <= usize::from(!is_whole)
        && parts.all(|part| is_digits(Some(part)));
    (is_number && starts_well).then_some(plain)
}

/// A number with dots between groups of three.
fn grouped(span: &Span, text: &str) -> Diagnostic {
    let plain = text.replace('.', "");
    let message =
        words!("`{text}` liest der Rechner nicht als {plain}", "`{text}` is not read as {plain}");
    let help = words!(
        "schreiben Sie `{plain}`; auf der Seite steht die Zahl dann mit Punkten",
        "write `{plain}`; the page shows it with separators"
    );
    Diagnostic::new(Code::GermanNumber, span.clone(), message)
        .label(words!("Zahl ohne Punkte", "a number without separators"))
        .fix(help, span.clone(), plain)
}

/// A number in quotes.
fn quoted(span: &Span, text: &str, plain: &str) -> Diagnostic {
    let message = words!("`{text}` ist ein Text, keine Zahl", "`{text}` is a text, not a number");
    Diagnostic::new(Code::GermanNumber, span.clone(), message)
        .label(words!("Zahl ohne Anführungszeichen", "a number without quotes"))
        .fix(words!("schreiben Sie `{plain}`", "write `{plain}`"), span.clone(), plain)
}

/// Reports a whole number beyond the field's limits.
fn check_limit(notes: &mut Vec<Diagnostic>, span: &Span, value: i64, field: &Field) -> Option<()> {
    if let Some(min) = field.min.filter(|min| value < *min) {
        let name = &field.name;
        let message = words!("`{name}` ist kleiner als {min}", "`{name}` is smaller than {min}");
        let help = words!("nehmen Sie mindestens {min}", "use {min} at least");
        notes.push(Diagnostic::new(Code::InvalidValue, span.clone(), message).help(help));
        return None;
    }
    let Some(max) = field.max.filter(|max| u64::try_from(value).is_ok_and(|value| value > *max))
    else {
        return Some(());
    };
    let name = &field.name;
    let message = words!("`{name}` ist größer als {max}", "`{name}` is larger than {max}");
    let help = words!("nehmen Sie höchstens {max}", "use {max} at most");
    notes.push(Diagnostic::new(Code::InvalidValue, span.clone(), message).help(help));
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_quotes_are_recognised() {
        let check = |text: &str, number: Option<&str>, whole: Option<&str>| {
            assert_eq!(in_quotes(text, false).as_deref(), number, "{text}");
            assert_eq!(in_quotes(text, true).as_deref(), whole, "{text}");
        };
        check("5", Some("5"), Some("5"));
        check("-5", Some("-5"), Some("-5"));
        check("1,5", Some("1.5"), None);
        check("1.5", Some("1.5"), None);
        check("1.234,5", Some("1234.5"), None);
        check("0,5", Some("0.5"), None);
        check("05", None, None);
        check("nan", None, None);
        check("1.2.3", None, None);
        check("", None, None);
        check("5 %", None, None);
    }
}
