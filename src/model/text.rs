//! What must hold of a value that is written as text.

use std::sync::Arc;

use super::read::{Owner, Reading};
use super::schema::{Field, Pattern};
use crate::diag::{Code, Diagnostic, Severity, Span};
use crate::lang::Lang;
use crate::path::id_from;
use crate::words;

/// What people call the simplified form of a language, in tags.
const SIMPLE: &[&str] =
    &["leicht", "leichte", "leichtesprache", "einfach", "einfache", "easy", "ls"];

/// Reports text that is empty, too long, or does not match the field's pattern.
pub(super) fn check(
    notes: &mut Vec<Diagnostic>,
    reading: &Reading<'_>,
    (span, text): (&Span, &str),
    field: &Field,
) -> Option<()> {
    let name = &field.name;
    if text.trim().is_empty() && !may_be_empty(reading, field) {
        notes.push(empty(span, field));
        return None;
    }
    let length = text.chars().count() as u64;
    if let Some(max) = field.max.filter(|max| length > *max) {
        let message = words!(
            "`{name}` hat {length} Zeichen, erlaubt sind {max}",
            "`{name}` has {length} characters, {max} are allowed"
        );
        let help = words!("kürzen Sie den Text", "shorten the text");
        notes.push(Diagnostic::new(Code::InvalidValue, span.clone(), message).help(help));
    }
    let Some(pattern) = &field.pattern else { return Some(()) };
    if !pattern.fits(text) {
        notes.push(unfit((name, pattern), span, text));
        return None;
    }
    Some(())
}

/// Whether an empty text says something: a picture without alternative text is told where it is used,
/// and there may be text for it elsewhere.
fn may_be_empty(reading: &Reading<'_>, field: &Field) -> bool {
    let is_sidecar = matches!(reading.owner, Owner::Sidecar);
    &*field.name == "alt" && !field.required && !(is_sidecar && reading.words_only())
}

/// A value with nothing in it.
fn empty(span: &Span, field: &Field) -> Diagnostic {
    let name = &field.name;
    let message = match field.many {
        true => words!("in `{name}` steht ein leerer Text", "`{name}` contains an empty text"),
        false => words!("`{name}` ist leer", "`{name}` is empty"),
    };
    let note = Diagnostic::new(Code::InvalidValue, span.clone(), message);
    note.help(match field.required {
        true => words!("schreiben Sie etwas hinein", "write something there"),
        false => words!(
            "schreiben Sie etwas hinein oder löschen Sie die Angabe",
            "write something there, or delete the field"
        ),
    })
}

/// A list with nothing in it.
pub(super) fn empty_list(span: &Span, field: &Field) -> Diagnostic {
    let name = &field.name;
    let message = words!("die Liste `{name}` ist leer", "the list `{name}` is empty");
    let help = words!("schreiben Sie etwas hinein", "write something there");
    Diagnostic::new(Code::InvalidValue, span.clone(), message).help(help)
}

/// A group of fields of which none is set.
pub(super) fn empty_table(span: &Span) -> Diagnostic {
    let message = words!("hier steht keine einzige Angabe", "not one field is set here");
    let help =
        words!("setzen Sie eine oder löschen Sie die Klammern", "set one, or delete the brackets");
    Diagnostic::new(Code::InvalidValue, span.clone(), message).help(help)
}

/// A text that does not match the field's pattern.
fn unfit((name, pattern): (&str, &Pattern), span: &Span, text: &str) -> Diagnostic {
    let message = words!("`{text}` passt nicht zu `{name}`", "`{text}` does not fit `{name}`");
    let note = Diagnostic::new(Code::InvalidValue, span.clone(), message);
    let better = id_from(text);
    if matches!(name, "id" | "slug") && !better.is_empty() {
        let help = words!(
            "nehmen Sie kleine Buchstaben, Ziffern, Punkt und Bindestrich: `{better}`",
            "use lower-case letters, digits, dots and hyphens: `{better}`"
        );
        return note.fix(help, span.clone(), format!("\"{better}\""));
    }
    let rooted = format!("/{text}");
    if pattern.fits(&rooted) {
        let help = words!("schreiben Sie `{rooted}`", "write `{rooted}`");
        return note.fix(help, span.clone(), format!("\"{rooted}\""));
    }
    let pattern = &pattern.text;
    note.help(words!("erlaubt ist das Muster `{pattern}`", "the pattern is `{pattern}`"))
}

/// Reads a colour as six digits of red, green and blue, in small letters: `#2044aa`. Three digits stand for
/// six.
pub(super) fn colour(notes: &mut Vec<Diagnostic>, span: &Span, text: &str) -> Option<Arc<str>> {
    let digits = text.trim().strip_prefix('#').map(str::to_ascii_lowercase);
    let digits = digits.filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
    match digits.as_deref().map(|digits| (digits, digits.len())) {
        Some((digits, 6)) => Some(Arc::from(format!("#{digits}"))),
        Some((digits, 3)) => {
            let twice: String = digits.chars().flat_map(|digit| [digit, digit]).collect();
            Some(Arc::from(format!("#{twice}")))
        }
        _ => {
            let message = words!("`{text}` ist keine Farbe", "`{text}` is no colour");
            notes.push(Diagnostic::new(Code::InvalidValue, span.clone(), message).help(words!(
                "schreiben Sie `#` und sechs Ziffern für Rot, Grün und Blau, etwa `\"#2044aa\"`",
                "write `#` and six digits for red, green and blue, such as `\"#2044aa\"`"
            )));
            None
        }
    }
}

/// Reads a language tag; one that nobody knows is a warning, because there are many.
pub(super) fn language(notes: &mut Vec<Diagnostic>, span: &Span, text: &str) -> Option<Lang> {
    // Longer subtags are well-formed, but none is in use.
    let Some(lang) = Lang::parse(text).filter(|lang| lang.base().len() <= 3) else {
        notes.push(no_language(span, text));
        return None;
    };
    let base = lang.base();
    if lang.as_str().split('-').skip(1).any(|part| SIMPLE.contains(&part)) {
        let message = words!(
            "Leichte Sprache hat ein anderes Kürzel als `{lang}`",
            "easy language has another tag than `{lang}`"
        );
        let help = words!("schreiben Sie `\"{base}-simple\"`", "write `\"{base}-simple\"`");
        let note = Diagnostic::new(Code::InvalidValue, span.clone(), message);
        notes.push(note.fix(help, span.clone(), format!("\"{base}-simple\"")));
    } else {
        notes.extend(unknown_tag(span, text));
    }
    Some(lang)
}

/// The tag of a text in a language that nobody knows.
pub(super) fn unknown_tag(span: &Span, tag: &str) -> Option<Diagnostic> {
    let lang = Lang::parse(tag)?;
    if lang.is_known() || Lang::parse(lang.base()).is_some_and(|base| base.is_known()) {
        return None;
    }
    let message = words!(
        "die Sprache `{lang}` kennt dieses Programm nicht",
        "this program does not know the language `{lang}`"
    );
    let help = words!("prüfen Sie das Kürzel", "check the tag");
    let note = Diagnostic::new(Code::InvalidValue, span.clone(), message);
    Some(note.severity(Severity::Warning).help(help))
}

/// A text that is no language tag.
fn no_language(span: &Span, text: &str) -> Diagnostic {
    let message = words!("`{text}` ist kein Sprachkürzel", "`{text}` is no language tag");
    let note = Diagnostic::new(Code::InvalidValue, span.clone(), message);
    if let Some(lang) = Lang::named(text) {
        let help = words!("schreiben Sie `\"{lang}\"`", "write `\"{lang}\"`");
        return note.fix(help, span.clone(), format!("\"{lang}\""));
    }
    note.help(words!(
        "schreiben Sie etwa `de`, `en` oder `de-simple`",
        "write `de`, `en` or `de-simple`"
    ))
}
