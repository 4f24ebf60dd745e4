//! Fields that change nothing where they stand.
//!
//! Somebody wrote them for a reason, and would wait in vain for what they promise.

use super::datum::Row;
use super::entry::EntryId;
use super::read::Reading;
use crate::diag::{Code, Diagnostic, Severity, Words};
use crate::words;

/// Warns of fields of an entry, or of its translation, that have no effect.
pub(super) fn check(
    notes: &mut Vec<Diagnostic>,
    reading: &Reading<'_>,
    (id, row): (&EntryId, &Row),
) {
    if row.get("slug").is_some() && *id == EntryId::section("") {
        let message = words!(
            "`slug` ändert nichts an der Adresse der Startseite",
            "`slug` does not change the home page's address"
        );
        let help = words!("löschen Sie die Zeile", "delete the line");
        notes.extend(idle(reading, (row, "slug"), message, help));
    }
    if row.is_true("gone") && row.get("expires_on").is_none() && !row.may_lack("expires_on") {
        let message = words!(
            "`gone` bewirkt nichts ohne `expires_on`",
            "`gone` does nothing without `expires_on`"
        );
        let help = words!(
            "schreiben Sie dazu `expires_on = …` mit dem letzten Tag, oder löschen Sie die Zeile",
            "add `expires_on = …` with the last day, or delete the line"
        );
        notes.extend(idle(reading, (row, "gone"), message, help));
    }
}

/// A field without effect.
fn idle(
    reading: &Reading<'_>,
    (row, field): (&Row, &str),
    message: Words,
    help: Words,
) -> Option<Diagnostic> {
    let span = reading.span(&row.span_of(field)?);
    let note = Diagnostic::new(Code::InvalidValue, span, message).severity(Severity::Warning);
    Some(note.label(words!("ohne Wirkung", "without effect")).help(help))
}
