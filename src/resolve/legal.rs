//! What the law asks of a public site beside its content: accessibility statement, imprint, privacy
//! page, Leichte Sprache and sign language.
//!
//! Nobody can tell from here whether a fact is true. But one that is missing, that was left as the
//! template had it, or that has grown old can be told. A young site is not kept from being published
//! for it: these are warnings. Errors are left for what would send readers to the wrong place.

mod facts;
mod home;
mod overdue;
mod pages;
mod placeholders;
mod region;
mod statement;
mod tongues;

use crate::diag::{Code, Diagnostic, Span, Words};
use crate::model::datum::Row;
use crate::model::settings::{SETTINGS, Settings};
use crate::path::RelPath;
use crate::site::Site;

pub(super) use overdue::overdue;

/// What asks for an accessibility statement in every region, and says what is in it.
const EU_MODEL: &str = "EU 2018/1523";

/// Reports all of it.
pub(super) fn check(notes: &mut Vec<Diagnostic>, site: &Site) {
    region::check(notes, site);
    statement::check(notes, site);
    facts::check(notes, site);
    placeholders::check(notes, site);
    tongues::check(notes, site);
    // Of what could not be read nobody can say that it is missing.
    if site.model.doubts.is_empty() && !site.model.settings.row.is_unread() {
        pages::check(notes, site);
        home::check(notes, site);
    }
}

/// Whether the settings say whose site it is. Before they do, nobody offers it to the public, and
/// there is nobody whom the law could ask for anything.
fn is_somebodys(settings: &Settings) -> bool {
    ["publisher", "region", "legal"].iter().any(|name| settings.row.get(name).is_some())
}

/// A diagnostic at a setting of a group; at the group's beginning, if the setting is not there.
fn at(code: Code, (row, name): (&Row, &str), message: Words) -> Diagnostic {
    Diagnostic::new(code, span_of((row, name)), message)
}

/// Where a setting of a group stands; else where the group begins.
fn span_of((row, name): (&Row, &str)) -> Span {
    let span = row.span_of(name).unwrap_or(row.span.start..row.span.start + 1);
    Span::new(&RelPath::new(SETTINGS), span)
}
