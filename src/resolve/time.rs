//! What the clock reading says of each entry: shown or not, upcoming or past, featured, overdue.
//!
//! All that depends on time is computed here, once. The moments at which any of it changes are
//! collected, so that the build can say when the output would next change by itself.

use std::sync::Arc;

use jiff::Timestamp;

use crate::diag::{Code, Diagnostic, Span};
use crate::lang::timing::{Period, Timing, has_come, is_over};
use crate::lang::when::When;
use crate::lang::zone::Now;
use crate::model::Model;
use crate::model::datum::{Datum, Row};
use crate::model::entry::Entry;
use crate::model::schema::{Field, Kind, Type};
use crate::model::window::opening;
use crate::site::{Place, State, World};
use crate::words;

/// What an entry is today, without its pages.
pub(super) fn place(
    notes: &mut Vec<Diagnostic>,
    (model, world): (&Model, &World),
    entry: &Arc<Entry>,
    moments: &mut Vec<Timestamp>,
) -> Place {
    let now = &world.now;
    let facts = &entry.facts;
    let (state, hidden_because) = match state(facts, now) {
        hidden @ (State::Draft | State::Scheduled) if world.preview => (State::Shown, Some(hidden)),
        state => (state, None),
    };
    let from = |when: When| now.zone.instant(when.first());
    let after = |when: When| now.zone.instant(when.last());
    moments.extend(facts.when("publish_on").map(from));
    moments.extend(facts.when("expires_on").map(after));
    moments.extend(facts.when("featured_until").map(after));
    let kind = model.schema.kind(&entry.id.kind);
    let (timing, is_to_come) = kind.map_or((None, false), |kind| timing(kind, facts, now, moments));
    if let Some(kind) = kind {
        windows(model, (facts, &kind.fields), now, moments);
    }
    if let Some(review) = facts.when("review_on") {
        moments.push(from(review));
        if has_come(review, now) && state.has_pages() {
            notes.push(overdue_review(entry));
        }
    }
    let until = facts.when("featured_until");
    let featured = facts.is_true("featured") || until.is_some();
    Place {
        entry: entry.clone(),
        state,
        hidden_because,
        pages: Arc::default(),
        timing,
        is_to_come,
        featured: featured && !until.is_some_and(|until| is_over(until, now)),
    }
}

/// Whether an entry is shown today.
fn state(facts: &Row, now: &Now) -> State {
    if facts.is_true("draft") {
        return State::Draft;
    }
    if facts.when("publish_on").is_some_and(|on| !has_come(on, now)) {
        return State::Scheduled;
    }
    match facts.when("expires_on").filter(|on| is_over(*on, now)) {
        Some(_) if facts.is_true("gone") => State::Gone,
        Some(_) => State::Expired,
        None => State::Shown,
    }
}

/// Where now stands in relation to the entry's dates, as the kind's rule says. What is cancelled or
/// postponed stays so; any other status counts only where the dates leave it open. And whether it is
/// to come or goes on, which what is cancelled or postponed is by its dates.
fn timing(
    kind: &Kind,
    facts: &Row,
    now: &Now,
    moments: &mut Vec<Timestamp>,
) -> (Option<&'static str>, bool) {
    let Some(rule) = kind.timing.as_ref() else { return (None, false) };
    let status_name = rule.status.as_ref();
    let status = status_name.and_then(|name| status_timing(kind.fields.get(name)?, facts));
    let (start, end) = (facts.when(&rule.from), facts.when(&rule.to));
    let period = Period { start, end, open_ended: rule.open_ended };
    let changes = period.changes(&now.zone);
    match status {
        Some("cancelled" | "postponed") => moments.extend(turns(&period, &changes, now)),
        _ => moments.extend(changes),
    }
    let by_dates = period.timing(now);
    let timing = match (by_dates, status) {
        (_, Some(wins @ ("cancelled" | "postponed"))) => {
            return (Some(wins), is_to_come(by_dates));
        }
        (Timing::Unknown, Some(status)) => Some(status),
        (Timing::Running, Some("past")) if end.is_none() => Some("past"),
        (Timing::Unknown, None) if start.is_none() && end.is_none() => None,
        (timing, _) => Some(timing.as_str()),
    };
    (timing, matches!(timing, Some("upcoming" | "running")))
}

/// Whether dates are to come or go on.
fn is_to_come(timing: Timing) -> bool {
    matches!(timing, Timing::Upcoming | Timing::Running)
}

/// Of the moments at which a period changes, in order, those at which it becomes, or is no longer, to
/// come: of what is called off nothing shows that it would begin.
fn turns(period: &Period, changes: &[Timestamp], now: &Now) -> Vec<Timestamp> {
    let mut was = period.start.is_some();
    let does_turn = |moment: &&Timestamp| {
        let then = Now { instant: **moment, zone: now.zone.clone() };
        let is = is_to_come(period.timing(&then));
        std::mem::replace(&mut was, is) != is
    };
    changes.iter().filter(does_turn).copied().collect()
}

/// What a written status says about timing.
fn status_timing(field: &Field, facts: &Row) -> Option<&'static str> {
    let Type::Choice(choices) = &field.ty else { return None };
    let value = facts.choice(&field.name)?;
    let choice = choices.iter().find(|choice| choice.value == *value)?;
    let known = ["upcoming", "running", "past", "cancelled", "postponed"];
    known.into_iter().find(|name| choice.timing.as_deref() == Some(name))
}

/// Collects the moments at which windows inside an entry open or close.
fn windows(
    model: &Model,
    (row, fields): (&Row, &crate::model::schema::Fields),
    now: &Now,
    moments: &mut Vec<Timestamp>,
) {
    for (name, _) in &row.values {
        let Some(Type::Table(group)) = fields.get(name).map(|field| &field.ty) else { continue };
        let Some(group) = model.schema.group(group) else { continue };
        for inner in row.rows(name) {
            if let Some(opening) = opening(group, inner) {
                moments.extend(opening.changes(&now.zone));
            }
        }
    }
}

/// The day of the next review has come.
fn overdue_review(entry: &Entry) -> Diagnostic {
    let title = entry.title();
    let span = entry.facts.span_of("review_on").unwrap_or_default();
    let message = words!("„{title}“ ist zu prüfen", "“{title}” is due for review");
    Diagnostic::new(Code::ReviewOverdue, Span::new(&entry.path, span), message)
        .label(words!("dieser Tag ist gekommen", "this day has come"))
        .help(words!(
            "prüfen Sie den Eintrag und setzen Sie `review_on` auf den nächsten Termin",
            "review the entry and set `review_on` to the next date"
        ))
}

/// Reports pictures whose rights have ended.
pub(super) fn sidecars(
    notes: &mut Vec<Diagnostic>,
    (model, world): (&Model, &World),
    moments: &mut Vec<Timestamp>,
) {
    for (picture, sidecar) in &*model.sidecars {
        let Some(Datum::When(until)) = sidecar.row.get("rights_until") else { continue };
        moments.push(world.now.zone.instant(until.last()));
        if !is_over(*until, &world.now) {
            continue;
        }
        let span = sidecar.row.span_of("rights_until").unwrap_or_default();
        let message = words!(
            "das Recht, `{picture}` zu zeigen, ist abgelaufen",
            "the right to show `{picture}` has ended"
        );
        notes.push(
            Diagnostic::new(Code::RightsOverdue, Span::new(&sidecar.path, span), message)
                .label(words!("dieser Tag ist vorbei", "this day is over"))
                .help(words!(
                    "ersetzen Sie das Bild oder verlängern Sie das Recht",
                    "replace the picture or extend the right"
                )),
        );
    }
}
