//! The region whose law holds: its name decides which office readers are sent to, and the level what
//! its law asks for.

use super::{at, span_of};
use crate::diag::{Code, Diagnostic, Severity, Span, suggest};
use crate::model::region::has_wording;
use crate::model::settings::SETTINGS;
use crate::path::RelPath;
use crate::site::Site;
use crate::words;

/// Reports a region that nobody knows, and a level that it does not have.
pub(super) fn check(notes: &mut Vec<Diagnostic>, site: &Site) {
    let settings = &site.model.settings;
    let Some(name) = settings.row.text("region") else { return };
    match settings.regions.get(name) {
        Some(row) => {
            notes.extend(level(site, name));
            notes.extend(general(site, name).filter(|_| !has_wording(row)));
        }
        None => unknown(notes, site, name),
    }
}

/// A level of government that contradicts the region: the federation is no part of a Land, nor the other
/// way round.
fn level(site: &Site, region: &str) -> Option<Diagnostic> {
    let legal = site.model.settings.row.row("legal")?;
    let level = legal.choice("level")?;
    let is_federal = region == "bund";
    if is_federal == (&**level == "bund") {
        return None;
    }
    let message = words!(
        "`level = \"{level}\"` widerspricht `region = \"{region}\"`",
        "`level = \"{level}\"` contradicts `region = \"{region}\"`"
    );
    let place = (&site.model.settings.row, "region");
    let note = at(Code::LegalFact, (legal, "level"), message)
        .also(span_of(place), words!("nach diesem Recht", "by this law"));
    Some(note.help(match is_federal {
        true => words!(
            "für Stellen des Bundes schreiben Sie `level = \"bund\"`; sonst nennen Sie als `region` Ihr Land",
            "for bodies of the federation write `level = \"bund\"`; else name your Land as `region`"
        ),
        false => words!(
            "für Stellen des Bundes schreiben Sie `region = \"bund\"`; sonst `level = \"land\"` oder `\"kommune\"`",
            "for bodies of the federation write `region = \"bund\"`; else `level = \"land\"` or `\"kommune\"`"
        ),
    }))
}

/// A region whose law was not looked up.
fn general(site: &Site, region: &str) -> Option<Diagnostic> {
    let settings = &site.model.settings;
    settings.legal("accessibility")?;
    let message = words!(
        "für `{region}` nennt die Erklärung nur das Recht der EU",
        "for `{region}` the statement names only the law of the EU"
    );
    let note = at(Code::UnknownRegion, (&settings.row, "region"), message);
    Some(note.help(words!(
        "schreiben Sie in den Text der Seite, welche Vorschriften des Landes gelten",
        "write in the text of the page which rules of the Land hold"
    )))
}

/// Reports a region that nobody knows: as a warning if another is clearly meant.
fn unknown(notes: &mut Vec<Diagnostic>, site: &Site, name: &str) {
    let settings = &site.model.settings;
    let message = words!("die Region `{name}` ist unbekannt", "the region `{name}` is unknown");
    let note = at(Code::UnknownRegion, (&settings.row, "region"), message)
        .label(words!("die Erklärungen bleiben allgemein", "the wording stays general"));
    let found = match settings.regions.called(name) {
        Some(meant) => vec![meant.to_string()],
        None => suggest::closest(name, settings.regions.names().map(|name| &**name)),
    };
    let span = settings.row.span_of("region").unwrap_or_default();
    let span = Span::new(&RelPath::new(SETTINGS), span);
    notes.push(match (found.as_slice(), suggest::did_you_mean(&found)) {
        ([only], Some(text)) => {
            note.severity(Severity::Warning).fix(text, span, format!("\"{only}\""))
        }
        (_, Some(text)) => note.severity(Severity::Warning).help(text),
        _ => {
            let known: Vec<&str> = settings.regions.names().map(|name| &**name).collect();
            let known = known.join("`, `");
            note.help(words!(
                "bekannt sind `{known}`; jede andere nennt ihre Durchsetzungsstelle in `[legal.accessibility.enforcement]`",
                "there are `{known}`; any other names its enforcement body in `[legal.accessibility.enforcement]`"
            ))
        }
    });
}
