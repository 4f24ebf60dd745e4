//! Alerts that are none, and the one that was meant.

use std::ops::Range;

use super::label::{after, before};
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

/// Reports the first line of a quotation that is an alert but for a blank (`[! NOTE]`) or its
/// exclamation mark (`[NOTE]`), which must stand alone then.
pub(super) fn misspelt_alert(
    source: &str,
    line_start: &str,
    place: &Place,
    range: &Range<usize>,
) -> Option<Diagnostic> {
    let inner = source.get(range.clone())?.strip_prefix('[')?.strip_suffix(']')?;
    let quoted = line_start.contains('>')
        && line_start.chars().all(|c| matches!(c, '>' | ' ' | '\t' | '-' | '*'));
    let above = before(source, range.start).rsplit('\n').nth(1).unwrap_or_default();
    if !quoted || above.trim_start().starts_with('>') {
        return None;
    }
    let (name, marked) = match inner.strip_prefix('!') {
        Some(rest) => (rest.trim(), true),
        None => (inner.trim(), false),
    };
    let alone = after(source, range.end).lines().next().is_none_or(|line| line.trim().is_empty());
    let alert = known(name).filter(|_| inner != format!("!{name}") && (marked || alone))?;
    let message = words!(
        "`[{inner}]` wird kein Hinweiskasten und erscheint als Text",
        "`[{inner}]` becomes no alert and comes out as text"
    );
    let span = place.span(range.clone());
    let problem = Diagnostic::new(Code::UnknownAlert, span.clone(), message);
    let advice = words!("schreiben Sie `[!{alert}]`", "write `[!{alert}]`");
    Some(problem.fix(advice, span, format!("[!{alert}]")))
}

/// The alert that a word names, in whatever case: its own name, or one from the list of words.
pub(super) fn known(word: &str) -> Option<&'static str> {
    let upper = word.to_uppercase();
    let own = ALERTS.into_iter().find(|alert| *alert == upper);
    own.or_else(|| {
        ALERT_WORDS.iter().find(|(written, _)| *written == upper).map(|(_, meant)| *meant)
    })
}

/// The alert that a word means: by a list of words, else one that starts the same.
fn meant(word: &str) -> Option<&'static str> {
    let start: String = word.chars().take(3).collect();
    known(word)
        .or_else(|| ALERTS.into_iter().find(|alert| alert.starts_with(&start) && start.len() == 3))
}
