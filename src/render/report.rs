//! Tera's errors as diagnostics of ours.

use std::error::Error as _;

use tera::{ErrorKind, ReportError};

use crate::diag::{Code, Diagnostic, Span, Words, suggest};
use crate::model::schema::Name;
use crate::model::theme::Theme;
use crate::path::RelPath;
use crate::words;

/// The tests that Tera has, for suggestions.
const TESTS: &[&str] = &[
    "string",
    "number",
    "map",
    "bool",
    "array",
    "integer",
    "float",
    "none",
    "iterable",
    "defined",
    "undefined",
    "odd",
    "even",
    "divisible_by",
    "starting_with",
    "ending_with",
    "containing",
];

/// A template that does not parse.
pub(super) fn syntax(path: &RelPath, report: &ReportError) -> Diagnostic {
    let span = Span::new(path, report.span().range.clone());
    let message = words!("die Vorlage lässt sich nicht lesen", "the template cannot be read");
    Diagnostic::new(Code::TemplateSyntax, span, message).note(Words::same(report.message())).help(
        words!(
            "berichtigen Sie die Vorlage an dieser Stelle",
            "correct the template at this place"
        ),
    )
}

/// What Tera says about all templates together: unknown names, missing parents. Returns the
/// templates that cannot be used.
pub(super) fn joined(notes: &mut Vec<Diagnostic>, theme: &Theme, error: &tera::Error) -> Vec<Name> {
    let at_start = |name: &str| {
        let template = theme.templates.get(name)?;
        Some((Name::from(name), Span::start_of(&template.path)))
    };
    match error.kind() {
        ErrorKind::MissingParent { current, parent } => {
            // A parent that exists was left out because of an error of its own.
            if theme.templates.contains_key(parent.as_str()) {
                return vec![Name::from(current.as_str())];
            }
            let found = suggest::closest(parent, theme.templates.keys().map(|name| &**name));
            let message =
                words!("die Vorlage `{parent}` gibt es nicht", "there is no template `{parent}`");
            let Some((name, start)) = at_start(current) else { return Vec::new() };
            let span = quoted(theme, current, parent).unwrap_or(start);
            notes.push(with_suggestion(
                Diagnostic::new(Code::TemplateSyntax, span, message),
                &found,
            ));
            vec![name]
        }
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
            let Some((name, start)) = at_start(tpl) else { return Vec::new() };
            let message = words!(
                "die Vorlage `{tpl}` bindet sich selbst ein",
                "the template `{tpl}` includes itself"
            );
            let span = quoted(theme, tpl, tpl).unwrap_or(start);
            let help = words!(
                "löschen Sie die Zeile oder nennen Sie darin eine andere Vorlage",
                "delete the line, or name another template in it"
            );
            notes.push(Diagnostic::new(Code::TemplateSyntax, span, message).help(help));
            vec![name]
        }
        _ => pieces(notes, theme, &error.to_string()),
    }
}

/// Several errors come as one text, in Tera's own form: `error: …`, then `--> name:line:col`.
fn pieces(notes: &mut Vec<Diagnostic>, theme: &Theme, text: &str) -> Vec<Name> {
    if let Some((name, note)) = twice(theme, text) {
        notes.push(note);
        return vec![name];
    }
    let mut broken = Vec::new();
    let mut message = String::new();
    for line in text.lines() {
        let line = line.trim_start();
        if let Some(rest) = line.strip_prefix("error: ") {
            message = rest.to_owned();
        } else if let Some(place) = line.strip_prefix("--> ")
            && let Some((name, span)) = place_of(theme, place)
        {
            if !is_left_out(theme, &message) {
                notes.push(unknown(theme, span, &message));
            }
            broken.push(name);
        }
    }
    if broken.is_empty() {
        let message =
            words!("die Vorlagen passen nicht zusammen", "the templates do not fit together");
        notes
            .push(Diagnostic::without_place(Code::TemplateSyntax, message).note(Words::same(text)));
    }
    broken
}

/// A component that two templates define, neither of which hides the other: ``Component `x` is
/// defined in both `a` and `b` ``. The one nearer to the front of the theme's chain is left out, so
/// that the theme below it stays whole.
fn twice(theme: &Theme, text: &str) -> Option<(Name, Diagnostic)> {
    let mut names = text.strip_prefix("Component `")?.split('`').step_by(2);
    let (component, a, b) = (names.next()?, names.next()?, names.next()?);
    let owner = |name: &str| {
        let path = &theme.templates.get(name)?.path;
        let (owner, inside) = path.below("themes")?.split_once('/')?;
        Some((theme.chain.iter().position(|known| **known == *owner)?, owner, inside))
    };
    let ((a_rank, ..), (b_rank, ..)) = (owner(a)?, owner(b)?);
    let (own, other) = if a_rank < b_rank { (a, b) } else { (b, a) };
    let span = |name: &str| definition(theme, name, component);
    let message = words!(
        "das Bauteil `{component}` gibt es zweimal",
        "the component `{component}` exists twice"
    );
    let note = Diagnostic::new(Code::TemplateSyntax, span(own)?, message)
        .label(words!("die zweite Stelle", "the second one"))
        .also(span(other)?, words!("die erste Stelle", "the first one"));
    let help = if a_rank == b_rank {
        words!("geben Sie einem der beiden einen anderen Namen", "give one of them another name")
    } else {
        let ((_, theme, _), (_, _, inside)) = (owner(own)?, owner(other)?);
        words!(
            "um das andere zu ersetzen, legen Sie es in `themes/{theme}/{inside}`",
            "put it into `themes/{theme}/{inside}` to replace the other"
        )
    };
    Some((Name::from(own), note.help(help)))
}

/// The place where a template defines a component.
fn definition(theme: &Theme, template: &str, component: &str) -> Option<Span> {
    let template = theme.templates.get(template)?;
    let mut tags = template.text.match_indices("component").map(|(at, tag)| at + tag.len());
    tags.find_map(|at| {
        let rest = template.text[at..].trim_start();
        let start = template.text.len() - rest.len();
        let fits = rest.strip_prefix(component)?.trim_start().starts_with('(');
        fits.then(|| Span::new(&template.path, start..start + component.len()))
    })
}

/// Whether an error is about a template, or a component in one, that exists but was left out because
/// of an error of its own.
fn is_left_out(theme: &Theme, message: &str) -> bool {
    let name = message.split('`').nth(1).unwrap_or("");
    match message {
        _ if message.starts_with("Unknown template") => theme.templates.contains_key(name),
        _ if message.starts_with("Unknown component") => {
            theme.templates.values().any(|t| components(&t.text).iter().any(|one| one == name))
        }
        _ => false,
    }
}

/// The template and span of `name:line:col`.
fn place_of(theme: &Theme, place: &str) -> Option<(Name, Span)> {
    let mut parts = place.rsplitn(3, ':');
    let column: usize = parts.next()?.trim().parse().ok()?;
    let line: usize = parts.next()?.parse().ok()?;
    let name = parts.next()?;
    let template = theme.templates.get(name)?;
    let start: usize =
        template.text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = &template.text[start..];
    let at = rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at);
    let length = rest[at..].find(|c: char| !(c.is_alphanumeric() || "_.<'\"/-".contains(c)));
    let end = start + at + length.unwrap_or(rest.len() - at).max(1);
    Some((Name::from(name), Span::new(&template.path, start + at..end)))
}

/// The place where a template names another in quotes.
fn quoted(theme: &Theme, current: &str, name: &str) -> Option<Span> {
    let template = theme.templates.get(current)?;
    let at = template.text.find(name)?;
    Some(Span::new(&template.path, at..at + name.len()))
}

/// A filter, function, test, component or template that does not exist.
fn unknown(theme: &Theme, span: Span, message: &str) -> Diagnostic {
    let name = message.split('`').nth(1).unwrap_or("");
    let (words, known): (Words, Vec<String>) = if message.starts_with("Unknown function") {
        let known = super::functions::NAMES.iter().map(ToString::to_string).collect();
        (words!("es gibt keine Funktion `{name}`", "there is no function `{name}`"), known)
    } else if message.starts_with("Unknown filter") {
        let known = super::filters::NAMES.iter().map(ToString::to_string).collect();
        (words!("es gibt keinen Filter `{name}`", "there is no filter `{name}`"), known)
    } else if message.starts_with("Unknown template") {
        let known = theme.templates.keys().map(ToString::to_string).collect();
        (words!("die Vorlage `{name}` gibt es nicht", "there is no template `{name}`"), known)
    } else if message.starts_with("Unknown component") {
        let known = theme.templates.values().flat_map(|t| components(&t.text)).collect();
        (words!("es gibt kein Bauteil `{name}`", "there is no component `{name}`"), known)
    } else if message.starts_with("Unknown test") {
        let known = TESTS.iter().map(ToString::to_string).collect();
        (words!("es gibt keine Prüfung `{name}`", "there is no test `{name}`"), known)
    } else {
        (words!("die Vorlage lässt sich nicht lesen", "the template cannot be read"), Vec::new())
    };
    let found = suggest::closest(name, known.iter().map(String::as_str));
    with_suggestion(Diagnostic::new(Code::TemplateSyntax, span, words), &found)
        .note(Words::same(message))
}

/// The components that a template defines.
fn components(text: &str) -> Vec<String> {
    let tags = text.split("{%").skip(1).map(|tag| tag.trim_start_matches('-').trim_start());
    let named =
        tags.filter_map(|tag| tag.strip_prefix("component")?.trim_start().split('(').next());
    named.map(|name| name.trim().to_owned()).collect()
}

/// A diagnostic with what may be meant.
fn with_suggestion(note: Diagnostic, found: &[String]) -> Diagnostic {
    match suggest::did_you_mean(found) {
        Some(text) => note.help(text),
        None => note.help(words!("prüfen Sie den Namen", "check the name")),
    }
}

/// A template that fails while `subject` (a source file, if the page has one) is rendered. Where
/// Tera names no place, it is the template that the page began with.
pub(super) fn failure(
    theme: &Theme,
    (template, error): (&str, &tera::Error),
    subject: Option<&Span>,
) -> Diagnostic {
    let mut reasons = vec![];
    let mut source = error.source();
    while let Some(inner) = source {
        reasons.push(inner.to_string());
        source = inner.source();
    }
    let place = match error.kind() {
        ErrorKind::RenderingError(report) | ErrorKind::SyntaxError(report) => {
            reasons.insert(0, report.message().to_owned());
            theme
                .templates
                .get(report.filename())
                .map(|template| Span::new(&template.path, report.span().range.clone()))
        }
        _ => {
            reasons.insert(0, error.to_string());
            None
        }
    };
    let message = words!(
        "die Vorlage scheitert beim Erzeugen einer Seite",
        "the template fails while a page is made"
    );
    let begun = || theme.templates.get(template).map(|template| Span::start_of(&template.path));
    let span = place.or_else(begun).or_else(|| subject.cloned());
    let mut note = match span {
        Some(span) => Diagnostic::new(Code::TemplateFailure, span, message),
        None => Diagnostic::without_place(Code::TemplateFailure, message),
    };
    if let Some(subject) = subject.filter(|subject| note.place() != Some(*subject)) {
        note = note.also(
            subject.clone(),
            words!("beim Erzeugen dieser Seite", "while this page was made"),
        );
    }
    let mut meant = None;
    for reason in reasons {
        // Tera lists all fields of a value, which may be a hundred.
        let (reason, fields) = reason.split_once(" Available fields: ").unwrap_or((&reason, ""));
        let words = Words::unpacked(reason);
        let name = words.en.split('`').nth(1).unwrap_or("");
        let fields = fields.split(", ").filter(|field| !field.is_empty());
        let known = known_names(theme, &words.en).into_iter().chain(fields);
        meant = meant.or(suggest::did_you_mean(&suggest::closest(name, known)));
        note = note.note(words);
    }
    note.help(meant.unwrap_or(words!(
        "berichtigen Sie die Vorlage an dieser Stelle",
        "correct the template at this place"
    )))
}

/// The names of what a function of ours did not find in the theme.
fn known_names<'a>(theme: &'a Theme, reason: &str) -> Vec<&'a str> {
    if reason.starts_with("the theme has no string") {
        return theme
            .strings
            .values()
            .flat_map(|strings| strings.keys())
            .map(|key| &**key)
            .collect();
    }
    if reason.starts_with("the theme has no asset") {
        return theme.assets.keys().map(|inside| &**inside).collect();
    }
    Vec::new()
}

/// Makes one diagnostic of those that differ only in the page that was being made, with the count.
pub fn gather(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut gathered: Vec<(Diagnostic, usize)> = Vec::new();
    for note in found {
        let same = gathered.iter_mut().find(|(known, _)| {
            known.code == note.code
                && known.message == note.message
                && known.place() == note.place()
                && known.notes == note.notes
                && known.place().is_some()
        });
        match same {
            Some((known, count)) => {
                *count += 1;
                if note.labels.get(1).map(|l| (&l.span.path, l.span.range.start))
                    < known.labels.get(1).map(|l| (&l.span.path, l.span.range.start))
                {
                    known.labels.clone_from(&note.labels);
                }
            }
            None => gathered.push((note, 1)),
        }
    }
    let counted = gathered.into_iter().map(|(note, count)| match count {
        1 => note,
        _ => note.note(words!("so auf {count} Seiten", "so on {count} pages")),
    });
    counted.collect()
}
