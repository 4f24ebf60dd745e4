//! Reading dates and moments, with the mistakes that people make in them.

use super::expected::wrong_type;
use super::read::Reading;
use super::schema::{Field, Type};
use crate::diag::{Code, Diagnostic, Span, Words};
use crate::lang::when::{Missing, When, WhenError};
use crate::parse::toml::{Node, Value};
use crate::words;

/// Reads a year, month, day, or moment; quoted or not.
pub fn read(
    notes: &mut Vec<Diagnostic>,
    reading: &Reading<'_>,
    node: &Node,
    field: &Field,
) -> Option<When> {
    let span = &reading.span(&node.span);
    let text = match &node.value {
        Value::String(text) | Value::Datetime(text) => text.to_string(),
        Value::Integer(year) if (1000..=9999).contains(year) => year.to_string(),
        Value::Integer(day) if (10_000_000..=99_999_999).contains(day) => day.to_string(),
        _ => return wrong_type(notes, reading, node, field),
    };
    match When::parse(&text) {
        Ok(When::At(_)) if matches!(field.ty, Type::Date) => {
            let name = &field.name;
            let day = text.get(..10).unwrap_or(&text).to_owned();
            let message =
                words!("`{name}` ist ein Tag ohne Uhrzeit", "`{name}` is a day without a time");
            let help = words!("schreiben Sie `\"{day}\"`", "write `\"{day}\"`");
            let note = Diagnostic::new(Code::WrongType, span.clone(), message);
            notes.push(note.fix(help, span.clone(), format!("\"{day}\"")));
            None
        }
        Ok(when) => Some(when),
        Err(error) => {
            notes.push(invalid((span, field), &text, error));
            None
        }
    }
}

/// A text that is no date.
fn invalid((span, field): (&Span, &Field), text: &str, error: WhenError) -> Diagnostic {
    let at = |code, message| Diagnostic::new(code, span.clone(), message);
    let day_only = matches!(field.ty, Type::Date);
    let certain = |code, (message, label): (Words, Words), iso: String| {
        let iso = if day_only { iso.chars().take(10).collect() } else { iso };
        let help = words!("schreiben Sie `\"{iso}\"`", "write `\"{iso}\"`");
        at(code, message).label(label).fix(help, span.clone(), format!("\"{iso}\""))
    };
    match error {
        WhenError::German(iso) => certain(
            Code::GermanDate,
            (
                words!(
                    "`{text}` steht in deutscher Schreibweise",
                    "`{text}` is in German notation"
                ),
                words!("das Jahr gehört nach vorn", "the year comes first"),
            ),
            iso,
        ),
        WhenError::English(iso) | WhenError::Slip(iso) => certain(
            Code::InvalidDate,
            (
                words!("`{text}` ist so kein Datum", "`{text}` is no date in this form"),
                words!("andere Schreibweise", "another notation"),
            ),
            iso,
        ),
        WhenError::OneDigit(iso) => certain(
            Code::InvalidDate,
            (
                words!("in `{text}` fehlt eine Null", "a zero is missing in `{text}`"),
                words!(
                    "Monat, Tag und Stunde haben zwei Ziffern",
                    "months, days and hours have two digits"
                ),
            ),
            iso,
        ),
        WhenError::NoSuchDay(missing) => {
            let (label, help) = no_such(&missing);
            at(Code::InvalidDate, words!("`{text}` gibt es nicht", "there is no `{text}`"))
                .label(label)
                .help(help)
        }
        WhenError::WithOffset(_) => at(
            Code::InvalidDate,
            words!("`{text}` nennt eine Zeitverschiebung", "`{text}` names an offset"),
        )
        .label(words!("Ortszeit genügt", "local time is enough"))
        .help(words!(
            "schreiben Sie die Ortszeit ohne `Z` oder `+02:00`; die Zeitzone steht in `site.toml`",
            "write the local time without `Z` or `+02:00`; the zone is set in `site.toml`"
        )),
        WhenError::NotADate if is_time(text) => at(
            Code::InvalidDate,
            words!("`{text}` ist nur eine Uhrzeit", "`{text}` is only a time of day"),
        )
        .label(words!("der Tag fehlt", "the day is missing"))
        .help(words!(
            "schreiben Sie den Tag davor, etwa `\"2026-11-21T09:00\"`",
            "write the day before it, such as `\"2026-11-21T09:00\"`"
        )),
        WhenError::NotADate if text.trim().is_empty() => {
            at(Code::InvalidDate, words!("das Datum ist leer", "the date is empty")).help(words!(
                "schreiben Sie ein Datum wie `\"2026-11-21\"` oder löschen Sie die Zeile",
                "write a date such as `\"2026-11-21\"`, or delete the line"
            ))
        }
        WhenError::NotADate if is_period(text) => {
            at(Code::InvalidDate, words!("`{text}` ist ein Zeitraum", "`{text}` is a period"))
                .label(words!("nur ein Datum ist möglich", "one date only"))
                .help(words!(
                    "schreiben Sie hier nur den ersten Tag; den letzten in das Feld für das Ende, wo es eines gibt (`end`, `until`)",
                    "write the first day only; the last one in the field for the end, where there is one (`end`, `until`)"
                ))
        }
        WhenError::NotADate if day_only => {
            at(Code::InvalidDate, words!("`{text}` ist kein Datum", "`{text}` is no date"))
                .label(words!("kein Datum", "no date"))
                .help(words!(
                    "schreiben Sie `\"2026\"`, `\"2026-11\"` oder `\"2026-11-21\"`",
                    "write `\"2026\"`, `\"2026-11\"` or `\"2026-11-21\"`"
                ))
        }
        WhenError::NotADate => at(
            Code::InvalidDate,
            words!("`{text}` ist kein Datum", "`{text}` is no date"),
        )
        .label(words!("kein Datum", "no date"))
        .help(words!(
            "schreiben Sie `\"2026\"`, `\"2026-11\"`, `\"2026-11-21\"` oder `\"2026-11-21T09:00\"`",
            "write `\"2026\"`, `\"2026-11\"`, `\"2026-11-21\"` or `\"2026-11-21T09:00\"`"
        )),
    }
}

/// Whether a text is two dates, the second after a dash, a slash or `bis`.
fn is_period(text: &str) -> bool {
    let is_date = |text: &str| !matches!(When::parse(text.trim()), Err(WhenError::NotADate));
    ["–", "—", "/", " - ", " bis ", " to "].iter().any(|sign| {
        text.split_once(sign).is_some_and(|(first, last)| {
            first.trim().starts_with(|c: char| c.is_ascii_digit()) && is_date(last)
        })
    })
}

/// What a calendar or clock does not have, and what to do about it.
fn no_such(missing: &Missing) -> (Words, Words) {
    match missing {
        Missing::Month => (
            words!("kein Monat im Kalender", "no month of the calendar"),
            words!("prüfen Sie den Monat: 01 bis 12", "check the month: 01 to 12"),
        ),
        Missing::Day { last } => (
            words!("kein Tag im Kalender", "no day of the calendar"),
            words!("prüfen Sie den Tag: 01 bis {last}", "check the day: 01 to {last}"),
        ),
        Missing::Time => (
            words!("keine Uhrzeit", "no time of day"),
            words!("prüfen Sie die Uhrzeit: 00:00 bis 23:59", "check the time: 00:00 to 23:59"),
        ),
    }
}

/// Whether a text is a time of day: `9:00`, `09.30 Uhr`, `9 Uhr`.
fn is_time(text: &str) -> bool {
    let text = text.trim();
    let plain = text.strip_suffix("Uhr").map_or(text, str::trim_end);
    let is_number =
        |part: &str| matches!(part.len(), 1 | 2) && part.bytes().all(|b| b.is_ascii_digit());
    match plain.split_once([':', '.']) {
        Some((hours, minutes)) => is_number(hours) && minutes.split(':').all(is_number),
        None => plain.len() < text.len() && is_number(plain),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_recognised() {
        for text in ["9:00", "09:00:00", "9.30 Uhr", "9 Uhr"] {
            assert!(is_time(text), "{text}");
        }
        for text in ["", "9", "Uhr", "9:0x", "2026", "9:000", ":"] {
            assert!(!is_time(text), "{text}");
        }
    }
}
