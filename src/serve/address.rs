//! From what a browser asks for to what is published there.
//!
//! The rules are those of GitHub Pages and Netlify: a folder answers with its `index.html`, and
//! without the slash at its end leads to the address that has one; `/a` is also `a.html`; a file is
//! answered at its own name too, `index.html` included, since that is how both publish it. No
//! address is ever a path on disk: it names a route of the site, or nothing.

use super::show::{Piece, Show};
use crate::path::{Route, percent_decoded};

/// What stands behind an address.
#[derive(Clone, Debug)]
pub(super) enum Found {
    /// Something that is published.
    Piece(Route, Piece),
    /// Another address, for good.
    Moved(String),
    /// Nothing: the page that says so, if the site has one.
    Nothing(Option<Piece>),
    /// No address at all: what is encoded in it is no text.
    Garbled,
}

/// Looks up the path of a request, as it was sent, without its query.
pub(super) fn find(show: &dyn Show, path: &str) -> Found {
    let Some(decoded) = percent_decoded(path) else { return Found::Garbled };
    if decoded.contains('\0') {
        return Found::Garbled;
    }
    let base = show.base_path();
    let base = base.trim_end_matches('/');
    let rest = decoded.strip_prefix(base).and_then(|rest| match rest {
        "" if !base.is_empty() => None,
        rest => rest.strip_prefix('/'),
    });
    let Some(rest) = rest else {
        let is_near = decoded == "/" || decoded == base;
        return if is_near { Found::Moved(format!("{base}/")) } else { nothing(show, &decoded) };
    };
    let piece = |route: Route| show.piece(&route).map(|piece| (route, piece));
    if rest.is_empty() || rest.ends_with('/') {
        return match piece(Route::page(rest)) {
            Some((route, piece)) => Found::Piece(route, piece),
            None => nothing(show, rest),
        };
    }
    let as_file = piece(Route::new(rest)).or_else(|| piece(Route::new(format!("{rest}.html"))));
    if let Some((route, piece)) = as_file {
        return Found::Piece(route, piece);
    }
    match piece(Route::page(&format!("{rest}/"))) {
        Some((route, _)) => Found::Moved(route.address_below(base)),
        None => nothing(show, rest),
    }
}

/// The answer where nothing is, at an address below the site's own.
fn nothing(show: &dyn Show, address: &str) -> Found {
    Found::Nothing(show.not_found(address))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::serve::fake::Fake;

    fn check(show: &Fake, path: &str, expected: &str) {
        let found = match find(show, path) {
            Found::Piece(route, _) => route.to_string(),
            Found::Moved(address) => format!("-> {address}"),
            Found::Nothing(_) => "404".to_owned(),
            Found::Garbled => "400".to_owned(),
        };
        assert_eq!(found, expected, "{path}");
    }

    #[test]
    fn addresses_are_those_of_the_hosts() {
        let show = Fake::of(&["index.html", "a/index.html", "b.html", "c/Grüße 1.pdf", "404.html"]);
        for (path, expected) in [
            ("/", "index.html"),
            ("/index.html", "index.html"),
            ("/a/", "a/index.html"),
            ("/a", "-> /a/"),
            ("/a/index.html", "a/index.html"),
            ("/b", "b.html"),
            ("/b.html", "b.html"),
            ("/b/", "404"),
            ("/c/Gr%C3%BC%C3%9Fe%201.pdf", "c/Grüße 1.pdf"),
            ("/c/", "404"),
            ("/A/", "404"),
            ("//a/", "404"),
            ("//a", "404"),
            ("/../a/", "404"),
            ("/%2e%2e/%2e%2e/etc/passwd", "404"),
            ("/a/..%2findex.html", "404"),
            ("/%ff", "400"),
            ("/a%00", "400"),
            ("*", "404"),
        ] {
            check(&show, path, expected);
        }
    }

    #[test]
    fn the_base_path_is_taken_off() {
        let show = Fake::of(&["index.html", "a/index.html"]).below("/preview/12");
        for (path, expected) in [
            ("/", "-> /preview/12/"),
            ("/preview/12", "-> /preview/12/"),
            ("/preview/12/", "index.html"),
            ("/preview/12/a", "-> /preview/12/a/"),
            ("/preview/12/a/", "a/index.html"),
            ("/preview/123/", "404"),
            ("/a/", "404"),
        ] {
            check(&show, path, expected);
        }
    }
}
