//! What of the legal pages has grown old: a statement that nobody looked at for a year (article 3 of
//! Implementing Decision (EU) 2018/1523, BITV 2.0 § 7 (6)), promises whose day has passed, and days of the statement that are still to come.

use jiff::{Timestamp, ToSpan};

use super::{EU_MODEL, at, span_of};
use crate::diag::{Code, Diagnostic, Words};
use crate::lang::timing::is_over;
use crate::model::Model;
use crate::model::datum::Row;
use crate::model::settings::Settings;
use crate::site::World;
use crate::words;

/// Reports it, and collects the moments at which more of it will have.
pub(in crate::resolve) fn overdue(
    notes: &mut Vec<Diagnostic>,
    (model, world): (&Model, &World),
    moments: &mut Vec<Timestamp>,
) {
    let settings = &model.settings;
    if let Some(statement) = settings.legal("accessibility") {
        review(notes, (settings, world), statement, moments);
        for name in ["created", "reviewed"] {
            ahead(notes, world, (statement, name), moments);
        }
        for row in statement.rows("limitations") {
            promise(notes, world, row, moments);
        }
    }
    for name in ["signs", "easy_language"] {
        if let Some(row) = settings.legal(name) {
            promise(notes, world, row, moments);
        }
    }
}

/// Reports a statement that was last looked at more than a year ago.
fn review(
    notes: &mut Vec<Diagnostic>,
    (settings, world): (&Settings, &World),
    row: &Row,
    moments: &mut Vec<Timestamp>,
) {
    let has_come = |name: &&str| {
        row.when(name).is_some_and(|when| world.now.zone.instant(when.first()) <= world.now.instant)
    };
    let Some(name) = ["reviewed", "created"].into_iter().find(has_come) else { return };
    let last = row.when(name).map(|when| when.last());
    let Some(due) = last.and_then(|last| last.checked_add(1.year()).ok()) else { return };
    let due = world.now.zone.instant(due);
    moments.push(due);
    if world.now.instant < due {
        return;
    }
    let message: Words = words!(
        "die Erklärung zur Barrierefreiheit ist älter als ein Jahr",
        "the accessibility statement is older than a year"
    );
    let law = match settings.region() {
        Some((name, _)) if &**name == "bund" => "BITV 2.0 § 7 (6)",
        _ => EU_MODEL,
    };
    notes.push(
        at(Code::StatementOverdue, (row, name), message)
            .label(words!("zuletzt angesehen", "last looked at"))
            .help(words!(
                "prüfen Sie die Website neu und setzen Sie `reviewed` auf den Tag der Prüfung ({law})",
                "assess the site anew and set `reviewed` to that day ({law})"
            )),
    );
}

/// Reports a day of the statement that is still to come: nobody can have prepared or assessed it
/// then, and until a year later nobody would be told that it has grown old.
fn ahead(
    notes: &mut Vec<Diagnostic>,
    world: &World,
    (row, name): (&Row, &str),
    moments: &mut Vec<Timestamp>,
) {
    let Some(when) = row.when(name) else { return };
    let begins = world.now.zone.instant(when.first());
    moments.push(begins);
    if world.now.instant >= begins {
        return;
    }
    let message = words!("dieser Tag liegt in der Zukunft", "this day is in the future");
    notes.push(at(Code::LegalFact, (row, name), message).help(words!(
        "nennen Sie den Tag, an dem die Erklärung erstellt oder zuletzt geprüft wurde",
        "give the day on which the statement was prepared or last reviewed"
    )));
}

/// Reports a day by which something was to be mended, and which is over.
fn promise(notes: &mut Vec<Diagnostic>, world: &World, row: &Row, moments: &mut Vec<Timestamp>) {
    let Some(planned) = row.when("planned") else { return };
    moments.push(world.now.zone.instant(planned.last()));
    if !is_over(planned, &world.now) {
        return;
    }
    let message = words!("dieser Termin ist vorbei", "this date is over");
    let note = Diagnostic::new(Code::PromiseOverdue, span_of((row, "planned")), message);
    notes.push(note.label(words!("so steht es in der Erklärung", "as the statement says")).help(
        words!(
            "löschen Sie die Angabe, wenn es erledigt ist, oder nennen Sie einen neuen Termin",
            "delete it if that is done, or give a new date"
        ),
    ));
}
