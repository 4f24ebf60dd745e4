//! Films and recordings of one's own: they need words for those who cannot see or hear them
//! (WCAG 1.2.1, 1.2.2). What lies on servers of others is for those who
//! run them to caption.

use super::datum::Row;
use super::origins::medium;
use super::read::Reading;
use crate::diag::{Code, Diagnostic};
use crate::words;

/// Reports a file of one's own without captions (films) or transcript (recordings).
pub fn check(notes: &mut Vec<Diagnostic>, reading: &Reading<'_>, (row, ty): (&Row, &str)) {
    let is_own = |url: &std::sync::Arc<str>| medium(&reading.schema.media, url).is_some();
    let url = || row.text("url").filter(|url| is_own(url)).and_then(|_| row.span_of("url"));
    let Some(file) = row.span_of("file").or_else(url) else { return };
    let (has, wanted, name) = match ty {
        "video" => (row.get("captions").or_else(|| row.get("transcript")), "captions", "film.vtt"),
        "audio" | "podcast" | "interview" => {
            (row.get("transcript").or_else(|| row.get("captions")), "transcript", "text.txt")
        }
        _ => return,
    };
    if has.is_some() {
        return;
    }
    let message = match wanted {
        "captions" => words!("dem Film fehlen Untertitel", "the film has no captions"),
        _ => words!("dem Tonbeitrag fehlt die Abschrift", "the recording has no transcript"),
    };
    let note = Diagnostic::new(Code::MediaText, reading.span(&file), message)
        .label(words!("für manche nicht zugänglich", "not accessible to some"));
    notes.push(note.help(words!(
        "legen Sie eine Datei dazu und nennen Sie sie: `{wanted} = \"{name}\"`",
        "add a file and name it: `{wanted} = \"{name}\"`"
    )));
}
