//! The pages that every public site has: imprint, privacy page, accessibility statement.

use super::is_somebodys;
use crate::diag::{Code, Diagnostic, Severity, Span, Words};
use crate::lang::Lang;
use crate::model::settings::SETTINGS;
use crate::path::RelPath;
use crate::site::{Place, Site};
use crate::words;

/// The pages by their roles: what they are called, and a file for each.
const PAGES: [(&str, [&str; 2], &str); 3] = [
    ("imprint", ["das Impressum", "imprint"], "impressum.md"),
    ("privacy", ["die Datenschutzerklärung", "privacy page"], "datenschutz.md"),
    (
        "accessibility",
        ["die Erklärung zur Barrierefreiheit", "accessibility statement"],
        "barrierefreiheit.md",
    ),
];

/// Reports pages that are missing, or missing in a language.
pub(super) fn check(notes: &mut Vec<Diagnostic>, site: &Site) {
    if !is_somebodys(&site.model.settings) {
        return;
    }
    let mut absent = Vec::new();
    for (role, names, file) in PAGES {
        match site.roles.get(role).and_then(|id| site.shown(id)) {
            Some(place) => languages(notes, site, (place, names)),
            None => absent.push((role, names, file)),
        }
    }
    notes.extend((!absent.is_empty()).then(|| missing(site, &absent)));
}

/// Pages that are not there.
fn missing(site: &Site, absent: &[(&str, [&str; 2], &str)]) -> Diagnostic {
    let row = &site.model.settings.row;
    let said = ["region", "publisher", "legal"].iter().find_map(|name| row.span_of(name));
    let start = said.map_or(0, |span| span.start);
    let names =
        |at: usize| absent.iter().map(|(_, names, _)| names[at]).collect::<Vec<_>>().join(", ");
    let (de, en) = (names(0), names(1));
    let message = words!("es fehlt: {de}", "there is no {en}");
    let files =
        absent.iter().map(|(role, _, file)| format!("`content/{file}` (`role = \"{role}\"`)"));
    let files = files.collect::<Vec<_>>().join(", ");
    let span = Span::new(&RelPath::new(SETTINGS), start..start + 1);
    Diagnostic::new(Code::LegalPage, span, message).help(words!(
        "legen Sie {files} an; die Angaben dafür stehen in `[legal]` in `site.toml`",
        "create {files}; their facts stand in `[legal]` in `site.toml`"
    ))
}

/// Reports the languages that a page is missing in. Leichte Sprache is not asked for here.
fn languages(notes: &mut Vec<Diagnostic>, site: &Site, (place, [de, en]): (&Place, [&str; 2])) {
    let languages = site.model.settings.languages.iter().map(|language| &language.lang);
    let is_absent = |lang: &&Lang| {
        !lang.is_simple() && !place.pages.contains_key(*lang) && *lang != site.main_lang()
    };
    for lang in languages.filter(is_absent) {
        let file = format!("{}.{lang}.md", place.entry.path.stem());
        let message: Words = words!("{de} gibt es nicht auf `{lang}`", "no {en} in `{lang}`");
        let note = Diagnostic::new(Code::LegalPage, place.entry.span(), message);
        notes.push(note.severity(Severity::Hint).help(words!(
            "legen Sie `{file}` an; für den Pflichttext genügt ein `title`",
            "create `{file}`; for the mandatory text a `title` is enough"
        )));
    }
}
