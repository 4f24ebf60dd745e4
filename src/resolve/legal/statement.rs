//! The accessibility statement: facts that contradict one another, and readers without an office to
//! turn to.

use super::{at, span_of};
use crate::diag::{Code, Diagnostic, Severity, Span};
use crate::model::datum::Row;
use crate::model::region::has_wording;
use crate::site::Site;
use crate::words;

/// Reports them.
pub(super) fn check(notes: &mut Vec<Diagnostic>, site: &Site) {
    let Some(row) = site.model.settings.legal("accessibility") else { return };
    notes.extend(status(site, row));
    notes.extend(dates(row));
    notes.extend(no_body(site, row));
}

/// A status that the gaps of the statement do not bear out: its limitations, and what `[legal.signs]`
/// and `[legal.easy_language]` plan, which the page lists with them.
fn status(site: &Site, row: &Row) -> Option<Diagnostic> {
    let status = row.choice("status")?;
    if row.may_lack("limitations") {
        return None;
    }
    let gaps = gaps(site, row);
    match (&**status, gaps.as_slice()) {
        ("vollstaendig", [first, ..]) => {
            let count = gaps.len();
            let message = words!(
                "„vollständig vereinbar“ und doch Einschränkungen: {count}",
                "“fully compliant”, and yet limitations: {count}"
            );
            let note = at(Code::LegalFact, (row, "status"), message).severity(Severity::Error);
            Some(note.also(first.clone(), words!("widerspricht dem", "contradicts it")).help(
                words!(
                    "schreiben Sie `status = \"teilweise\"`, oder löschen Sie die Einschränkungen",
                    "write `status = \"teilweise\"`, or delete the limitations"
                ),
            ))
        }
        ("teilweise" | "nicht", []) => {
            let message = words!(
                "es fehlt, was nicht barrierefrei ist",
                "it does not say what is not accessible"
            );
            Some(at(Code::LegalFact, (row, "status"), message).help(words!(
                "ergänzen Sie `limitations = [{{ what = \"…\", reason = \"unvereinbar\" }}]`",
                "add `limitations = [{{ what = \"…\", reason = \"unvereinbar\" }}]`"
            )))
        }
        _ => None,
    }
}

/// Where each gap stands that the page lists.
fn gaps(site: &Site, row: &Row) -> Vec<Span> {
    let limits = row.items("limitations").iter().map(|_| span_of((row, "limitations")));
    let planned = |name: &&str| {
        let offer = site.model.settings.legal(name)?;
        offer.when("planned").map(|_| span_of((offer, "planned")))
    };
    limits.chain(["signs", "easy_language"].iter().filter_map(planned)).collect()
}

/// A review before there was anything to review.
fn dates(row: &Row) -> Option<Diagnostic> {
    let (created, reviewed) = (row.when("created")?, row.when("reviewed")?);
    if reviewed.last() >= created.last() {
        return None;
    }
    let message =
        words!("überprüft, bevor es die Erklärung gab", "reviewed before there was a statement");
    let note = at(Code::LegalFact, (row, "reviewed"), message).severity(Severity::Error);
    Some(
        note.also(span_of((row, "created")), words!("erstellt", "prepared"))
            .help(words!("prüfen Sie beide Tage", "check both dates")),
    )
}

/// A statement that does not say whom to turn to. For a region whose law is not known nobody else can
/// say it.
fn no_body(site: &Site, row: &Row) -> Option<Diagnostic> {
    let settings = &site.model.settings;
    let is_known = settings.region().is_some_and(|(_, region)| has_wording(region));
    if is_known || row.get("enforcement").is_some() || row.may_lack("enforcement") {
        return None;
    }
    let message = words!(
        "die Erklärung nennt keine Durchsetzungsstelle",
        "the statement names no enforcement body"
    );
    let place = match settings.row.span_of("region") {
        Some(_) => (&settings.row, "region"),
        None => (row, ""),
    };
    let note = at(Code::LegalFact, place, message).severity(Severity::Error);
    Some(note.help(words!(
        "ergänzen Sie `[legal.accessibility.enforcement]` mit `name`, `address` und `url`; für `region = \"bund\"`, `\"bw\"` und `\"by\"` ist sie bekannt",
        "add `[legal.accessibility.enforcement]` with `name`, `address` and `url`; for `region = \"bund\"`, `\"bw\"` and `\"by\"` it is known"
    )))
}
