//! Pages on which others rest: the home page, those of sections, and those with a role.

use crate::diag::{Code, Diagnostic, Severity, Span};
use crate::model::entry::{Entry, EntryId};
use crate::site::{Place, Site, State};
use crate::words;

/// Reports a home page that is not there at all times, drafts of sections whose entries are shown,
/// and roles that several pages have.
pub(super) fn check(notes: &mut Vec<Diagnostic>, site: &Site) {
    if let Some(place) = site.places.get(&EntryId::section("")) {
        home(notes, place);
    }
    for (folder, kind) in site.model.sections.iter().filter(|(folder, _)| !folder.is_empty()) {
        let Some(place) = site.places.get(&EntryId::section(folder)) else { continue };
        let is_shown = |other: &Place| {
            *other.entry.section == *folder
                && other.entry.id.kind == *kind
                && other.state.has_pages()
        };
        if place.state == State::Draft && site.places.values().any(is_shown) {
            notes.push(empty_section(place));
        }
    }
    for (id, place) in site.places.iter().filter(|(_, place)| place.state.has_pages()) {
        let role = place.entry.facts.choice("role");
        let first = role.and_then(|role| site.roles.get(role)).filter(|first| *first != id);
        if let (Some(role), Some(first)) = (role, first.and_then(|first| site.places.get(first))) {
            notes.push(second(place, role, first));
        }
    }
}

/// A page with a role that another has already: links to the role lead to that one only.
fn second(place: &Place, role: &str, first: &Place) -> Diagnostic {
    let path = &first.entry.path;
    let message = words!(
        "die Aufgabe `{role}` hat schon eine andere Seite",
        "another page has the role `{role}` already"
    );
    Diagnostic::new(Code::DuplicateRole, at(&place.entry, "role"), message)
        .also(at(&first.entry, "role"), words!("hierher führen die Links", "links lead here"))
        .help(words!(
            "löschen Sie `role` in einer der Seiten, oder führen Sie beide in `{path}` zusammen",
            "delete `role` in one of the pages, or make both one in `{path}`"
        ))
}

/// The home page is published at all times, as the site is.
fn home(notes: &mut Vec<Diagnostic>, place: &Place) {
    let entry = &place.entry;
    if place.state == State::Draft {
        let message = words!("die Startseite ist ein Entwurf", "the home page is a draft");
        notes.push(Diagnostic::new(Code::HomeMissing, at(entry, "draft"), message).help(words!(
            "löschen Sie die Zeile; ohne Startseite gibt es keine Website",
            "delete the line; without a home page there is no site"
        )));
    }
    for name in ["publish_on", "expires_on"] {
        if entry.facts.get(name).is_some() {
            let message = words!(
                "die Startseite kann kein `{name}` haben",
                "the home page cannot have `{name}`"
            );
            notes.push(Diagnostic::new(Code::HomeMissing, at(entry, name), message).help(words!(
                "löschen Sie die Zeile; die Startseite gibt es immer",
                "delete the line; the home page is always there"
            )));
        }
    }
}

/// A section that is a draft while its entries are shown.
fn empty_section(place: &Place) -> Diagnostic {
    let title = place.entry.title();
    let message = words!(
        "die Rubrik „{title}“ ist ein Entwurf, ihre Einträge erscheinen trotzdem",
        "the section “{title}” is a draft, and its entries are shown all the same"
    );
    Diagnostic::new(Code::DraftReference, at(&place.entry, "draft"), message)
        .severity(Severity::Warning)
        .help(words!(
            "löschen Sie die Zeile, oder machen Sie auch die Einträge zu Entwürfen",
            "delete the line, or make drafts of the entries too"
        ))
}

/// Where a field of an entry was written.
fn at(entry: &Entry, name: &str) -> Span {
    Span::new(&entry.path, entry.facts.span_of(name).unwrap_or(entry.at.clone()))
}
