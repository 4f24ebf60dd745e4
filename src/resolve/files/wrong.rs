//! What there is to say about files that are missing, or are no pictures.

use std::collections::BTreeMap;

use super::Wanted;
use crate::diag::suggest::{self, Budget};
use crate::diag::{Code, Diagnostic, Span};
use crate::path::RelPath;
use crate::resolve::links;
use crate::words;

/// A file that does not exist.
pub(super) fn missing(
    index: &BTreeMap<String, RelPath>,
    wanted: &Wanted<'_>,
    budget: &mut Budget,
) -> Diagnostic {
    let written = wanted.path;
    let message =
        words!("die Datei `{written}` gibt es nicht", "the file `{written}` does not exist");
    let folder = wanted.from.folder();
    let here = index.values().filter_map(|path| path.below(folder));
    let name = written.rsplit('/').next().unwrap_or(written);
    let is_asked = budget.take(index.len()).is_some();
    let found = if is_asked { suggest::closest(written, here) } else { Vec::new() };
    let elsewhere = index.values().find(|path| is_asked && path.name() == name);
    let note = Diagnostic::new(Code::FileMissing, wanted.span.clone(), message)
        .label(words!("nicht gefunden", "not found"));
    match (suggest::did_you_mean(&found), elsewhere) {
        (Some(text), _) => note.help(text),
        (None, Some(path)) => {
            let path = links::relative(wanted.from, path);
            note.help(words!(
                "eine Datei dieses Namens liegt woanders; schreiben Sie `{path}`",
                "a file of that name is elsewhere; write `{path}`"
            ))
        }
        (None, None) => note.help(words!(
            "legen Sie die Datei in `{folder}/` oder berichtigen Sie den Pfad",
            "put the file into `{folder}/`, or correct the path"
        )),
    }
}

/// A picture that is empty or no picture.
pub(super) fn no_picture(path: &RelPath, size: u64, span: &Span) -> Diagnostic {
    let message = match size {
        0 => words!("das Bild `{path}` ist leer", "the picture `{path}` is empty"),
        _ => words!("`{path}` ist kein Bild", "`{path}` is no picture"),
    };
    let note = Diagnostic::new(Code::PictureFormat, span.clone(), message);
    if size > 0 && path.extension() == "svg" {
        return note.help(words!(
            "eine SVG-Datei braucht `width` und `height` oder `viewBox` in `<svg …>`",
            "an SVG file needs `width` and `height`, or `viewBox`, in `<svg …>`"
        ));
    }
    note.help(words!(
        "nehmen Sie eine Datei im Format JPEG, PNG, SVG, WebP, AVIF oder GIF",
        "use a file in the format JPEG, PNG, SVG, WebP, AVIF or GIF"
    ))
}

/// A picture without alternative text.
pub(super) fn no_alt(path: &RelPath, span: &Span) -> Diagnostic {
    let name = path.name();
    let message = words!(
        "dem Bild `{name}` fehlt der Alternativtext",
        "the picture `{name}` has no alternative text"
    );
    Diagnostic::new(Code::MissingAlt, span.clone(), message)
        .label(words!("was ist darauf zu sehen?", "what does it show?"))
        .help(words!(
            "beschreiben Sie das Bild hier oder in `{name}.toml` mit `alt = \"…\"`; reinen Schmuck kennzeichnet dort `decorative = true`",
            "describe the picture here, or in `{name}.toml` with `alt = \"…\"`; decoration is marked there with `decorative = true`"
        ))
}

/// Alternative text that repeats the caption or the file's name (WCAG 1.1.1).
pub(super) fn poor_alt(alt: &str, span: &Span) -> Diagnostic {
    let message = words!(
        "der Alternativtext „{alt}“ sagt nichts über das Bild",
        "the alternative text “{alt}” says nothing about the picture"
    );
    Diagnostic::new(Code::PoorAlt, span.clone(), message)
        .label(words!(
            "wiederholt die Bildunterschrift oder den Dateinamen",
            "repeats the caption or the file's name"
        ))
        .help(words!(
            "beschreiben Sie, was zu sehen ist, für jemanden, der das Bild nicht sieht",
            "describe what it shows to somebody who cannot see it"
        ))
}

/// Alternative text that is longer than anybody listens to (WCAG 1.1.1).
pub(super) fn long_alt(count: usize, span: &Span) -> Diagnostic {
    let message = words!(
        "der Alternativtext hat {count} Zeichen",
        "the alternative text has {count} characters"
    );
    Diagnostic::new(Code::LongAlt, span.clone(), message)
        .label(words!("mehr als 200", "more than 200"))
        .help(words!(
            "sagen Sie in einem Satz, was zu sehen ist; alles Weitere gehört in den Text oder die Bildunterschrift",
            "say in one sentence what it shows; all else belongs into the text or the caption"
        ))
}

/// A picture of which nobody knows who made it.
pub(super) fn no_credit(path: &RelPath, span: &Span) -> Diagnostic {
    let name = path.name();
    let message = words!(
        "zum Bild `{name}` fehlt, von wem es ist",
        "nothing says whose the picture `{name}` is"
    );
    Diagnostic::new(Code::MissingCredit, span.clone(), message).help(words!(
        "schreiben Sie in `{name}.toml` daneben `credit = \"…\"`, und wenn es eine gibt `licence = \"…\"`",
        "write `credit = \"…\"` into `{name}.toml` beside it, and `licence = \"…\"` if there is one"
    ))
}

/// A photo that says where it was taken.
pub(super) fn position(path: &RelPath) -> Diagnostic {
    let name = path.name();
    let message = words!(
        "`{name}` verrät, wo das Foto entstanden ist",
        "`{name}` tells where the photo was taken"
    );
    Diagnostic::new(Code::PicturePosition, Span::start_of(path), message)
        .label(words!(
            "die Datei enthält die Koordinaten der Aufnahme (GPS)",
            "the file holds the coordinates of the shot (GPS)"
        ))
        .help(words!(
            "speichern Sie das Foto ohne Standort: etwa mit „Eigenschaften entfernen“ oder `exiftool -gps:all= {name}`",
            "save the photo without its place: with “remove properties”, say, or `exiftool -gps:all= {name}`"
        ))
}
