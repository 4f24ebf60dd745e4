//! Alerts that are none, and the one that was meant.

use std::ops::Range;

use super::quote::ALERTS;
use crate::diag::{Code, Diagnostic};
use crate::parse::Place;
use crate::words;

/// German and other words that people write for an alert, and which one they mean.
const ALERT_WORDS: [(&str, &str); 15] = [
    ("HINWEIS", "NOTE"),
    ("NOTIZ", "NOTE"),
    ("ANMERKUNG", "NOTE"),
    ("INFO", "NOTE"),
    ("INFORMATION", "NOTE"),
    ("TIPP", "TIP"),
    ("TIPPS", "TIP"),
    ("HINT", "TIP"),
    ("WICHTIG", "IMPORTANT"),
    ("WARNUNG", "WARNING"),
    ("WARN", "WARNING"),
    ("ATTENTION", "WARNING"),
    ("ACHTUNG", "CAUTION"),
    ("VORSICHT", "CAUTION"),
    ("GEFAHR", "CAUTION"),
];

/// Reports an alert that does not exist, or exists but does not stand as it must.
pub(super) fn unknown_alert(
    name: &str,
    line_start: &str,
    place: &Place,
    range: &Range<usize>,
) -> Diagnostic {
    let span = place.span(range.clone());
    let upper = name.to_uppercase();
    if ALERTS.contains(&upper.as_str()) {
        let message = words!("`[!{name}]` steht nicht allein", "`[!{name}]` does not stand alone");
        let alone = words!(
            "lassen Sie die Zeile hinter `[!{name}]` enden und schreiben Sie in der nächsten weiter",
            "end the line after `[!{name}]` and go on in the next one"
        );
        let quoted = words!(
            "setzen Sie `> ` vor diese und die folgenden Zeilen",
            "put `> ` before this and the following lines"
        );
        let help = if line_start.contains('>') { alone } else { quoted };
        return Diagnostic::new(Code::UnknownAlert, span, message).help(help);
    }
    let message = words!("es gibt keinen Hinweiskasten `{name}`", "there is no alert `{name}`");
    let problem = Diagnostic::new(Code::UnknownAlert, span.clone(), message);
    match meant(&upper) {
        Some(alert) => problem.fix(
            words!("schreiben Sie `[!{alert}]`", "write `[!{alert}]`"),
            span,
            format!("[!{alert}]"),
        ),
        None => problem.help(words!(
            "es gibt `[!NOTE]` (Hinweis), `[!TIP]` (Tipp), `[!IMPORTANT]` (wichtig), \
             `[!WARNING]` (Warnung) und `[!CAUTION]` (Vorsicht)",
            "there are `[!NOTE]`, `[!TIP]`, `[!IMPORTANT]`, `[!WARNING]` and `[!CAUTION]`"
        )),
    }
}

/// The alert that a word means: by a list of words, else one that starts the same.
fn meant(word: &str) -> Option<&'static str> {
    let listed = ALERT_WORDS.iter().find(|(written, _)| *written == word).map(|(_, meant)| *meant);
    let start: String = word.chars().take(3).collect();
    listed
        .or_else(|| ALERTS.into_iter().find(|alert| alert.starts_with(&start) && start.len() == 3))
}
