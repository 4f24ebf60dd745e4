//! Pages that would make a browser ask another server.

use super::track::ask;
use crate::diag::{Diagnostic, Span};
use crate::model::datum::{Datum, Row};
use crate::model::entry::EntryId;
use crate::path::RelPath;
use crate::site::query::Query;
use crate::site::{Site, foreign};
use crate::source::loads;
use crate::words;

/// Reports what a page loads from elsewhere. `template` is what it was made with, `subject` the entry that it
/// is about. To be called inside the page's render: what is allowed is asked for, once there is something
/// to allow.
pub(super) fn check(
    site: &Site,
    (template, subject): (&str, Option<&EntryId>),
    html: &[u8],
) -> Result<(), Vec<Diagnostic>> {
    let found = loads::markup(html);
    if found.is_empty() {
        return Ok(());
    }
    ask(Query::Origins);
    let mut foreign: Vec<_> =
        found.into_iter().filter(|load| foreign::is_foreign(site, load)).collect();
    foreign.sort_by(|one, other| one.address.cmp(&other.address));
    foreign.dedup_by(|one, other| one.address == other.address);
    let told = foreign.iter().map(|load| {
        let page = subject.and_then(|id| site.places.get(id)).map(|place| place.entry.span());
        let written = subject.and_then(|id| in_entry(site, id, &load.address));
        match written.or_else(|| in_theme(site, &load.address)).or_else(|| page.clone()) {
            Some(span) => {
                let note = foreign::in_page(span.clone(), load);
                match page.filter(|page| page.path != span.path) {
                    Some(page) => note.also(page, words!("auf dieser Seite", "on this page")),
                    None => note,
                }
            }
            None => foreign::in_page(begun(site, template), load),
        }
    });
    let told: Vec<Diagnostic> = told.collect();
    if told.is_empty() { Ok(()) } else { Err(told) }
}

/// The template that a page is made with.
fn begun(site: &Site, template: &str) -> Span {
    let known = site.model.theme.templates.get(template);
    Span::start_of(&known.map_or_else(|| RelPath::new(template), |known| known.path.clone()))
}

/// Where a template of the theme says an address.
fn in_theme(site: &Site, address: &str) -> Option<Span> {
    let mut templates = site.model.theme.templates.values();
    templates.find_map(|template| {
        let at = template.text.find(address)?;
        Some(Span::new(&template.path, at..at + address.len()))
    })
}

/// Where an entry says an address in its fields.
fn in_entry(site: &Site, id: &EntryId, address: &str) -> Option<Span> {
    let entry = &site.places.get(id)?.entry;
    let words = entry.words.values().map(|words| (&words.path, &words.row));
    let mut rows = std::iter::once((&entry.path, &entry.facts)).chain(words);
    rows.find_map(|(path, row)| in_row(row, address).map(|range| Span::new(path, range)))
}

/// Where a row says an address.
fn in_row(row: &Row, address: &str) -> Option<std::ops::Range<usize>> {
    row.values.iter().find_map(|(name, datum)| match datum {
        Datum::Text(text) if **text == *address => row.span_of(name),
        Datum::Row(inner) => in_row(inner, address),
        Datum::List(items) => items.iter().enumerate().find_map(|(at, item)| match item {
            Datum::Text(text) if **text == *address => row.span_of_item(name, at),
            Datum::Row(inner) => in_row(inner, address),
            _ => None,
        }),
        _ => None,
    })
}
