//! The region whose law holds: its name decides which office readers are sent to.

use super::at;
use crate::diag::{Code, Diagnostic, Severity, Span, suggest};
use crate::model::settings::SETTINGS;
use crate::path::RelPath;
use crate::site::Site;
use crate::words;

/// Reports a region that nobody knows: as a warning if another is clearly meant.
pub(super) fn check(notes: &mut Vec<Diagnostic>, site: &Site) {
    let settings = &site.model.settings;
    let Some(name) = settings.row.text("region") else { return };
    if settings.regions.get(name).is_some() {
        return;
    }
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
