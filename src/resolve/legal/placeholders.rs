//! What was left of a template on the legal pages: in their facts and in their texts.

use super::is_somebodys;
use crate::diag::{Code, Diagnostic, Span};
use crate::model::datum::{Datum, Row};
use crate::model::settings::SETTINGS;
use crate::parse::Placeholder;
use crate::parse::placeholder::found;
use crate::path::RelPath;
use crate::resolve::rows;
use crate::site::Site;
use crate::words;

/// The pages that are looked at.
const ROLES: [&str; 3] = ["imprint", "privacy", "accessibility"];

/// Texts that say nothing.
const NOTHING: [&str; 9] = ["…", "...", "?", "-", "–", "n/a", "unbekannt", "n.n.", "n. n."];

/// Reports them. A site that says of itself that it is an example may have invented names.
pub(super) fn check(notes: &mut Vec<Diagnostic>, site: &Site) {
    let settings = &site.model.settings.row;
    let is_example = settings.get("example").is_some() || settings.may_lack("example");
    let counts = |one: &&Placeholder| !(is_example && one.is_invented);
    for name in ["publisher", "legal"] {
        if let Some(row) = settings.row(name) {
            facts(notes, row, &|text| text_of(text, is_example));
        }
    }
    if !is_somebodys(&site.model.settings) {
        return;
    }
    for id in ROLES.iter().filter_map(|role| site.roles.get(*role)) {
        let Some(place) = site.places.get(id) else { continue };
        for (path, _, _, body) in rows::texts(site, &place.entry) {
            let left = body.markup.placeholders.iter().filter(counts);
            notes.extend(left.map(|one| note(Span::new(path, one.range.clone()))));
        }
    }
}

/// Whether a text is a placeholder, or has one in it.
fn text_of(text: &str, is_example: bool) -> bool {
    let said = text.trim();
    NOTHING.contains(&said.to_lowercase().as_str())
        || said.ends_with(" …")
        || found(text).iter().any(|one| !(is_example && one.is_invented))
}

/// Reports the facts of a group, and of those in it, that are placeholders.
fn facts(notes: &mut Vec<Diagnostic>, row: &Row, is_left: &dyn Fn(&str) -> bool) {
    for ((_, datum), span) in row.values.iter().zip(&row.spans) {
        let items = match datum {
            Datum::List(items) => items.as_slice(),
            one => std::slice::from_ref(one),
        };
        let is_found = |item: &Datum| match item {
            Datum::Text(text) => is_left(text),
            Datum::Words(words) => words.0.values().any(|text| is_left(text)),
            _ => false,
        };
        if items.iter().any(is_found) {
            notes.push(note(Span::new(&RelPath::new(SETTINGS), span.clone())));
        }
        for item in items {
            if let Datum::Row(row) = item {
                facts(notes, row, is_left);
            }
        }
    }
}

/// A placeholder.
fn note(span: Span) -> Diagnostic {
    let message = words!("hier steht noch ein Platzhalter", "a placeholder was left here");
    Diagnostic::new(Code::LegalPlaceholder, span, message)
        .label(words!("keine wirkliche Angabe", "no real fact"))
        .help(words!(
            "schreiben Sie, was gilt; eine Beispielseite sagt es mit `example = \"…\"` in `site.toml`",
            "write what is true; a site that is an example says so with `example = \"…\"` in `site.toml`"
        ))
}
