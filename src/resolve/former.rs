//! Former addresses of pages, as people write them: `/projekte/alt/`.

use crate::diag::{Code, Diagnostic, Span, Words};
use crate::path::{MANIFEST, Route, composed, percent_decoded};
use crate::words;

/// The file that answers at a former address, or why there can be none.
pub(super) fn former_address(text: &str) -> Result<Route, Words> {
    if text.trim().is_empty() {
        return Err(words!("ist leer", "is empty"));
    }
    if text.starts_with("//")
        || text.split(['/', '?', '#']).next().is_some_and(|first| first.contains(':'))
    {
        return Err(words!("liegt auf einer anderen Website", "lies on another site"));
    }
    let Some(path) = text.strip_prefix('/') else {
        return Err(words!("muss mit `/` beginnen", "must begin with `/`"));
    };
    if let Some(sign) = text.chars().find(|c| matches!(c, '?' | '#')) {
        return Err(words!(
            "was ab `{sign}` steht, erfährt der Server nicht",
            "no server looks at what follows `{sign}`"
        ));
    }
    let Some(path) = percent_decoded(path).map(|path| composed(&path)) else {
        return Err(words!(
            "die Prozentzeichen ergeben keinen Text",
            "the percent signs make no text"
        ));
    };
    if path.is_empty() {
        return Ok(Route::page(""));
    }
    let parts = path.strip_suffix('/').unwrap_or(&path);
    if let Some(part) = parts.split('/').find(|part| is_unfit(part)) {
        return Err(match part.trim().is_empty() {
            true => words!("nichts zwischen zwei `/`", "nothing between two `/`"),
            false => words!("`{part}` kann kein Ordner sein", "`{part}` cannot be a folder"),
        });
    }
    if path == MANIFEST {
        return Err(words!(
            "so heißt eine Datei dieses Programms",
            "a file of this program has it"
        ));
    }
    let is_file = path.ends_with(".html") || path.ends_with(".htm");
    let slash = if is_file || path.ends_with('/') { "" } else { "/" };
    Ok(if is_file { Route::new(path) } else { Route::page(&format!("{path}{slash}")) })
}

/// Whether a part of a path cannot be a folder that a request reaches.
fn is_unfit(part: &str) -> bool {
    const LONGEST: usize = 255;
    part.trim().is_empty()
        || part.starts_with('.')
        || part.len() > LONGEST
        || part.chars().any(|c| c == '\\' || c.is_control())
}

/// What there is to say about an address that cannot be a former one.
pub(super) fn unfit(text: &str, reason: Words, span: &Span) -> Diagnostic {
    let message = match text.trim().is_empty() {
        true => words!("die frühere Adresse ist leer", "the former address is empty"),
        false => words!(
            "`{text}` kann keine frühere Adresse sein",
            "`{text}` cannot be a former address"
        ),
    };
    let note = Diagnostic::new(Code::InvalidValue, span.clone(), message).label(reason);
    let rooted = format!("/{text}");
    if !text.trim().is_empty() && !text.starts_with('/') && former_address(&rooted).is_ok() {
        let help = words!("schreiben Sie `{rooted}`", "write `{rooted}`");
        return note.fix(help, span.clone(), format!("\"{rooted}\""));
    }
    note.help(words!(
        "schreiben Sie, was hinter dem Namen der Website steht, etwa `/projekte/alt/`",
        "write what stands behind the site's name, such as `/projects/old/`"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The route of an address; nothing if it cannot be a former one.
    fn check(text: &str, route: Option<&str>) {
        let found = former_address(text).ok();
        assert_eq!(found.as_ref().map(Route::as_str), route, "{text}");
    }

    #[test]
    fn addresses_become_files() {
        check("/", Some("index.html"));
        check("/alt/", Some("alt/index.html"));
        check("/alt", Some("alt/index.html"));
        check("/alt/seite.html", Some("alt/seite.html"));
        check("/a%20b/", Some("a b/index.html"));
        check("/%c3%bcber/", Some("über/index.html"));
        check("/u\u{308}ber/", Some("über/index.html"));
    }

    #[test]
    fn what_no_request_reaches_is_refused() {
        for text in
            ["", " ", "alt/", "//x.de/", "https://x/", "mailto:a@b", "/../x", "/a//b", "/./a"]
        {
            check(text, None);
        }
        for text in ["/%2e%2e/x", "/.git/x", "/.schaukasten/x", "\\x", "/a\\b", "/a?x=1", "/a#b"] {
            check(text, None);
        }
        for text in ["/schaukasten.json", "/a%00b/", "/%ff/", "/ /", "//"] {
            check(text, None);
        }
        check(&format!("/{}/", "x".repeat(256)), None);
    }
}
