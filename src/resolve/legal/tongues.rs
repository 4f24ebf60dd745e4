//! Facts of the legal pages that are not there in the main language of the site: its pages would show
//! them in another one.

use super::span_of;
use crate::diag::{Code, Diagnostic};
use crate::lang::Lang;
use crate::model::datum::{Datum, Row};
use crate::site::Site;
use crate::words;

/// Reports them, in `[publisher]` too, whose facts stand in for those of the imprint.
pub(super) fn check(notes: &mut Vec<Diagnostic>, site: &Site) {
    for name in ["publisher", "legal"] {
        if let Some(row) = site.model.settings.row.row(name) {
            facts(notes, row, site.main_lang());
        }
    }
}

/// Reports the facts of a group, and of those in it.
fn facts(notes: &mut Vec<Diagnostic>, row: &Row, lang: &Lang) {
    for (name, datum) in &row.values {
        match datum {
            Datum::Words(words) if !words.has(lang) => notes.push(note((row, name), lang)),
            Datum::Row(inner) => facts(notes, inner, lang),
            Datum::List(items) => {
                for item in items {
                    if let Datum::Row(inner) = item {
                        facts(notes, inner, lang);
                    }
                }
            }
            _ => {}
        }
    }
}

/// A fact without words in a language.
fn note(place: (&Row, &str), lang: &Lang) -> Diagnostic {
    let message =
        words!("diese Angabe gibt es nicht auf `{lang}`", "this fact is not there in `{lang}`");
    Diagnostic::new(Code::LegalFact, span_of(place), message)
        .label(words!("sie erscheint in einer anderen Sprache", "it is shown in another"))
        .help(words!("ergänzen Sie `{lang} = \"…\"`", "add `{lang} = \"…\"`"))
}
