//! Dates of an entry that do not go together.

use jiff::civil::Date;

use super::datum::Row;
use super::read::Reading;
use super::schema::{Kind, TimingRule, Type};
use crate::diag::{Code, Diagnostic, Severity};
use crate::lang::when::When;
use crate::words;

/// The group of an event's sessions.
const SESSION: &str = "session";

/// Warns of sessions on other days than their event's, and of what is postponed and has a new date.
pub(super) fn check(
    notes: &mut Vec<Diagnostic>,
    reading: &Reading<'_>,
    (kind, facts): (&Kind, &Row),
) {
    let Some(rule) = &kind.timing else { return };
    let Some(start) = facts.when(&rule.from) else { return };
    let end = facts.when(&rule.to).unwrap_or(start);
    let of_sessions = |field: &&super::schema::Field| matches!(&field.ty, Type::Table(group) if &**group == SESSION);
    for field in kind.fields.iter().filter(of_sessions) {
        for row in facts.rows(&field.name) {
            notes.extend(session(reading, row, (facts, rule), (start, end)));
        }
    }
    notes.extend(postponed(reading, (kind, facts), rule));
}

/// The first day of a date, and the last.
fn days(when: When) -> (Date, Date) {
    let last = when.last().checked_sub(jiff::SignedDuration::from_secs(1));
    let first = when.first().date();
    (first, last.map_or(first, |last| last.date().max(first)))
}

/// A session that is not on one of the event's days.
fn session(
    reading: &Reading<'_>,
    row: &Row,
    (facts, rule): (&Row, &TimingRule),
    (start, end): (When, When),
) -> Option<Diagnostic> {
    let own = row.when("start")?;
    let ((first, last), (from, to)) = (days(own), (days(start).0, days(end).1));
    if last >= from && first <= to {
        return None;
    }
    let span = reading.span(&row.span_of("start")?);
    let message = words!(
        "der Programmpunkt liegt nicht in der Zeit der Veranstaltung",
        "the session is not within the time of the event"
    );
    let label = words!("an einem anderen Tag", "on another day");
    let mut note =
        Diagnostic::new(Code::InvalidValue, span, message).severity(Severity::Warning).label(label);
    if let Some(at) = facts.span_of(&rule.from) {
        note = note.also(reading.span(&at), words!("der Beginn", "the start"));
    }
    Some(note.help(words!("prüfen Sie beide Angaben", "check both dates")))
}

/// Something that is postponed without a date, and has one.
fn postponed(
    reading: &Reading<'_>,
    (kind, facts): (&Kind, &Row),
    rule: &TimingRule,
) -> Option<Diagnostic> {
    let (moved, status) = (rule.moved.as_ref()?, rule.status.as_ref()?);
    let (old, new) = (facts.when(moved)?, facts.when(&rule.from)?);
    let value = facts.choice(status)?;
    let Type::Choice(choices) = &kind.fields.get(status)?.ty else { return None };
    let choice = choices.iter().find(|choice| choice.value == *value)?;
    if choice.timing.as_deref() != Some("postponed") || old == new {
        return None;
    }
    let from = &rule.from;
    let message = words!(
        "`{status} = \"{value}\"` heißt, dass es noch keinen neuen Termin gibt",
        "`{status} = \"{value}\"` says that there is no new date yet"
    );
    let span = reading.span(&facts.span_of(status)?);
    let note = Diagnostic::new(Code::InvalidValue, span, message).severity(Severity::Warning);
    let at = reading.span(&facts.span_of(from)?);
    Some(note.also(at, words!("der neue Termin", "the new date")).help(words!(
        "löschen Sie `{status}`, wenn `{from}` der neue Termin ist; steht er noch nicht fest, löschen Sie `{moved}` und lassen Sie in `{from}` den alten",
        "delete `{status}` if `{from}` is the new date; if there is none yet, delete `{moved}` and leave the old one in `{from}`"
    )))
}
