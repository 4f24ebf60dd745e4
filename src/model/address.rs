//! Reading addresses: of the web, of mail, of telephones, of files.

use std::sync::Arc;

use super::schema::Field;
use crate::diag::{Code, Diagnostic, Span};
use crate::parse::markdown::is_local;
use crate::parse::toml::guess::quoted;
use crate::words;

/// A web address: `https://` or `http://` and a host.
pub fn url(
    notes: &mut Vec<Diagnostic>,
    span: &Span,
    text: &Arc<str>,
    field: &Field,
) -> Option<Arc<str>> {
    let name = &field.name;
    if is_mail(text.strip_prefix("mailto:").unwrap_or(text)) || text.starts_with("mailto:") {
        notes.push(mail_as_url(span, text));
        return None;
    }
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    match host {
        Some(host) if is_host(host) && !text.contains(char::is_whitespace) => {
            return Some(text.clone());
        }
        Some(_) => {}
        None if looks_like_host(text) => {
            let note = Diagnostic::new(
                Code::UrlWithoutScheme,
                span.clone(),
                words!("in `{name}` fehlt `https://`", "`https://` is missing in `{name}`"),
            )
            .label(words!("wäre ein Pfad auf dieser Website", "would be a path on this site"));
            let (help, fixed) = (
                words!("schreiben Sie `https://{text}`", "write `https://{text}`"),
                format!("\"https://{text}\""),
            );
            notes.push(note.fix(help, span.clone(), fixed));
            return None;
        }
        None => {}
    }
    let message = words!("`{text}` ist keine Webadresse", "`{text}` is no web address");
    let help = words!(
        "schreiben Sie die ganze Adresse, mit `https://` am Anfang",
        "write the whole address, starting with `https://`"
    );
    notes.push(Diagnostic::new(Code::InvalidValue, span.clone(), message).help(help));
    None
}

/// Whether a text can be the address of a site: that of others is put behind it.
pub fn is_site(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let is_foreign = |c: char| c.is_whitespace() || c.is_control() || "?#<>\"\\".contains(c);
    host.is_some_and(is_host) && !text.contains(is_foreign)
}

/// Whether what follows the scheme begins with a host.
fn is_host(rest: &str) -> bool {
    let host = rest.split(['/', '?', '#']).next().unwrap_or("");
    !host.is_empty()
        && !host.starts_with('.')
        && host.chars().all(|c| c.is_alphanumeric() || ".-:@[]".contains(c))
}

/// Whether text without a scheme is meant as a web address: `www.example.org/x`, `example.org`.
pub fn looks_like_host(text: &str) -> bool {
    let host = text.split(['/', '?', '#']).next().unwrap_or("");
    let Some((_, end)) = host.rsplit_once('.') else { return false };
    is_host(text)
        && end.len() >= 2
        && end.chars().all(char::is_alphabetic)
        && !text.starts_with("./")
}

/// An e-mail address where a web address is expected.
fn mail_as_url(span: &Span, text: &str) -> Diagnostic {
    let message = words!(
        "`{text}` ist eine E-Mail-Adresse, keine Webadresse",
        "`{text}` is an e-mail address, no web address"
    );
    Diagnostic::new(Code::InvalidValue, span.clone(), message).help(words!(
        "E-Mail-Adressen stehen ohne `mailto:` in der Angabe `email`; hier gehört eine Adresse mit `https://` hin",
        "e-mail addresses stand without `mailto:` in the field `email`; here belongs an address with `https://`"
    ))
}

/// Whether a text is an e-mail address.
fn is_mail(text: &str) -> bool {
    let parts = text.split_once('@').filter(|_| !text.contains(char::is_whitespace));
    parts.is_some_and(|(local, host)| {
        !local.is_empty()
            && !local.contains(['/', ':', '?', '#'])
            && host.contains('.')
            && !host.contains('/')
            && is_host(host)
    })
}

/// An e-mail address. One that names a person is a hint: a shared mailbox outlives its owner.
pub fn email(notes: &mut Vec<Diagnostic>, span: &Span, text: &Arc<str>) -> Option<Arc<str>> {
    let parts = text.split_once('@').filter(|_| is_mail(text));
    let Some((local, _)) = parts else {
        let message = words!("`{text}` ist keine E-Mail-Adresse", "`{text}` is no e-mail address");
        if let Some(bare) = text.strip_prefix("mailto:").filter(|bare| is_mail(bare)) {
            let help = words!("schreiben Sie `{bare}`", "write `{bare}`");
            let note = Diagnostic::new(Code::InvalidValue, span.clone(), message);
            notes.push(note.fix(help, span.clone(), format!("\"{bare}\"")));
            return None;
        }
        let help = words!(
            "schreiben Sie etwa `info@example.org`",
            "write something like `info@example.org`"
        );
        notes.push(Diagnostic::new(Code::InvalidValue, span.clone(), message).help(help));
        return None;
    };
    let is_name = |part: &str| {
        part.chars().count() > 1 && part.chars().all(|c| c.is_alphabetic() || c == '-')
    };
    if local.split_once('.').is_some_and(|(first, last)| is_name(first) && is_name(last)) {
        let message =
            words!("`{text}` ist eine persönliche Adresse", "`{text}` is a personal address");
        let help = words!(
            "ein Funktionspostfach bleibt richtig, wenn jemand die Stelle wechselt",
            "a shared mailbox stays right when somebody changes jobs"
        );
        notes.push(Diagnostic::new(Code::PersonalAddress, span.clone(), message).help(help));
    }
    Some(text.clone())
}

/// A telephone number: digits, with the signs people put between them.
pub fn phone(notes: &mut Vec<Diagnostic>, span: &Span, text: &Arc<str>) -> Option<Arc<str>> {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    if digits >= 3 && text.chars().all(|c| c.is_ascii_digit() || " +-/().".contains(c)) {
        return Some(text.clone());
    }
    let message = words!("`{text}` ist keine Telefonnummer", "`{text}` is no telephone number");
    let help =
        words!("schreiben Sie etwa `+49 30 12345-0`", "write something like `+49 30 12345-0`");
    notes.push(Diagnostic::new(Code::InvalidValue, span.clone(), message).help(help));
    None
}

/// A path to a file of the site.
pub fn file(notes: &mut Vec<Diagnostic>, span: &Span, text: &Arc<str>) -> Option<Arc<str>> {
    if is_local(text) {
        let message = words!(
            "diese Datei liegt auf einem Rechner, dort findet sie niemand",
            "this file is on somebody's computer, where nobody finds it"
        );
        let help = words!(
            "legen Sie die Datei neben den Eintrag und schreiben Sie nur ihren Namen",
            "put the file beside the entry and write nothing but its name"
        );
        notes.push(Diagnostic::new(Code::FileMissing, span.clone(), message).help(help));
        return None;
    }
    if text.contains('\\') {
        let right = text.replace('\\', "/");
        let message = words!("in Pfaden steht `/`, nicht `\\`", "paths have `/`, not `\\`");
        let help = words!("schreiben Sie `{right}`", "write `{right}`");
        let note = Diagnostic::new(Code::FileMissing, span.clone(), message);
        notes.push(note.fix(help, span.clone(), quoted(&right)));
        return None;
    }
    if text.contains("://") || text.starts_with("//") {
        let message =
            words!("`{text}` liegt auf einem anderen Server", "`{text}` lies on another server");
        let help = words!(
            "legen Sie die Datei neben den Eintrag und schreiben Sie ihren Namen",
            "put the file beside the entry and write its name"
        );
        notes.push(Diagnostic::new(Code::ForeignOrigin, span.clone(), message).help(help));
        return None;
    }
    if text.trim().is_empty() {
        let message = words!("der Pfad ist leer", "the path is empty");
        let help = words!("schreiben Sie den Namen der Datei", "write the name of the file");
        notes.push(Diagnostic::new(Code::FileMissing, span.clone(), message).help(help));
        return None;
    }
    Some(text.clone())
}
