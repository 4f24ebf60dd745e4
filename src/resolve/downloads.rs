//! Documents to download: whether anything says that they are accessible.
//!
//! A PDF is part of the offer, and the law asks as much of it as of a page (EN 301 549, clause 10).

use super::rows;
use crate::diag::suggest::Budget;
use crate::diag::{Code, Diagnostic, Span};
use crate::model::datum::{Datum, Row};
use crate::model::schema::{Fields, Type};
use crate::path::RelPath;
use crate::site::{Place, Site};
use crate::words;

/// The endings of documents that can be made accessible, or not.
const DOCUMENTS: &[&str] =
    &["pdf", "doc", "docx", "odt", "xls", "xlsx", "ods", "ppt", "pptx", "odp", "rtf", "epub"];

/// The facts that say something about it.
const SAYING: &[&str] = &["accessible", "alternative"];

/// Reports documents of which nothing is said.
pub(super) fn check(notes: &mut Vec<Diagnostic>, site: &Site) {
    super::each::place(notes, site, &mut Budget::none(), |place, _| entry(site, place));
}

/// Reports those of one entry.
fn entry(site: &Site, place: &Place) -> Vec<Diagnostic> {
    let mut notes = Vec::new();
    for stands in rows::all(site, &place.entry) {
        row(&mut notes, stands.path, (stands.row, stands.fields));
        for (name, _) in &stands.row.values {
            let Some(Type::Table(group)) = stands.fields.get(name).map(|field| &field.ty) else {
                continue;
            };
            let Some(group) = site.model.schema.group(group) else { continue };
            for inner in stands.row.rows(name) {
                row(&mut notes, stands.path, (inner, &group.fields));
            }
        }
    }
    notes
}

/// Reports one row, if it is about a document.
fn row(notes: &mut Vec<Diagnostic>, path: &RelPath, (row, fields): (&Row, &Fields)) {
    if !SAYING.iter().all(|name| fields.get(name).is_some()) || row.is_unread() {
        return;
    }
    if SAYING.iter().any(|name| row.get(name).is_some()) {
        return;
    }
    let file = match row.get("file") {
        Some(Datum::File(file)) => Some((&*file.path, file.span.clone())),
        _ => None,
    };
    let url = || {
        let span = Span::new(path, row.span_of("url").unwrap_or_default());
        row.text("url").map(|url| (&**url, span))
    };
    let Some((target, span)) = file.or_else(url) else { return };
    let name = target.split(['?', '#']).next().unwrap_or_default();
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
    if !DOCUMENTS.contains(&ending.as_str()) {
        return;
    }
    let message = words!(
        "zu diesem Dokument steht nirgends, ob es barrierefrei ist",
        "nothing says whether this document is accessible"
    );
    notes.push(Diagnostic::new(Code::DownloadAccess, span, message).help(words!(
        "ergänzen Sie `accessible = true` oder `accessible = false` und `alternative = \"…\"`: wo es den Inhalt zugänglich gibt",
        "add `accessible = true`, or `accessible = false` and `alternative = \"…\"`: where the content is accessible"
    )));
}
