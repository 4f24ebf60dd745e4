//! The addresses in a style sheet: where each leads, and what is put in its place.

use std::convert::Infallible;

use lightningcss::properties::custom::{Function, Token, TokenOrValue};
use lightningcss::values::string::CowArcStr;
use lightningcss::values::url::Url;
use lightningcss::visit_types;
use lightningcss::visitor::{Visit, VisitTypes, Visitor};

use super::problem::{CssProblem, Trouble, offset, word_at};
use crate::diag::Span;
use crate::path::{RelPath, percent_decoded};

/// Where an address in a style sheet leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// To a file beside the style sheet; with what follows its path.
    File(RelPath, String),
    /// Nowhere: what is shown stands in the address, or in the page.
    Inside,
    /// To another server.
    Elsewhere,
    /// To a path from the root of the server, which need not be the root of the site.
    Rooted,
    /// Out of the site's folder, or to no path at all.
    Nowhere,
}

impl Target {
    /// What is said of a target that is no file.
    pub(super) fn trouble(&self, url: &str) -> Trouble {
        match self {
            Self::Elsewhere => Trouble::Foreign(url.to_owned()),
            Self::Rooted => Trouble::Rooted(url.to_owned()),
            Self::File(..) | Self::Inside | Self::Nowhere => Trouble::NoFile(url.to_owned()),
        }
    }
}

/// Where `url` leads from the style sheet at `path`.
pub(super) fn target(path: &RelPath, url: &str) -> Target {
    let url = url.trim();
    let (file, rest) = url.split_at(url.find(['?', '#']).unwrap_or(url.len()));
    let scheme = file.split_once(':').map(|(scheme, _)| scheme).filter(|scheme| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    });
    match scheme {
        Some(scheme) if scheme.eq_ignore_ascii_case("data") => return Target::Inside,
        Some(_) => return Target::Elsewhere,
        None => {}
    }
    if file.starts_with("//") || file.starts_with("\\\\") {
        Target::Elsewhere
    } else if file.starts_with('/') {
        Target::Rooted
    } else if file.is_empty() {
        if rest.starts_with('#') { Target::Inside } else { Target::Nowhere }
    } else {
        let found = percent_decoded(file).and_then(|file| path.join(&file));
        found.map_or(Target::Nowhere, |file| Target::File(file, rest.to_owned()))
    }
}

/// A walk through a style sheet that replaces addresses.
pub(super) struct Urls<'a> {
    /// The style sheet's path.
    pub(super) path: &'a RelPath,
    /// Its text.
    pub(super) text: &'a str,
    /// Gives the address of a file that is going to be published.
    pub(super) asset_url: &'a dyn Fn(&RelPath) -> Option<String>,
    /// What was found wrong.
    pub(super) problems: Vec<CssProblem>,
    /// The files that are pointed to.
    pub(super) assets: Vec<RelPath>,
}

impl<'i> Visitor<'i> for Urls<'_> {
    type Error = Infallible;

    fn visit_types(&self) -> VisitTypes {
        // The derived walk enters `image-set()` only for those who look for resolutions.
        visit_types!(URLS | RESOLUTIONS | FUNCTIONS)
    }

    fn visit_url(&mut self, url: &mut Url<'i>) -> Result<(), Infallible> {
        let place = offset(self.text, url.loc.line.saturating_sub(1), url.loc.column);
        self.replace(&mut url.url, place);
        Ok(())
    }

    /// Looks into functions in places that are not known to CSS, where strings are addresses.
    fn visit_function(&mut self, function: &mut Function<'i>) -> Result<(), Infallible> {
        let name = function.name.0.to_ascii_lowercase();
        if matches!(name.as_str(), "image-set" | "-webkit-image-set" | "src") {
            for argument in &mut function.arguments.0 {
                if let TokenOrValue::Token(Token::String(url)) = argument {
                    let place = self.text.find(url.as_ref()).unwrap_or(0);
                    self.replace(url, place);
                }
            }
        }
        function.visit_children(self)
    }
}

impl<'i> Urls<'_> {
    /// Puts the published file's address in the place of `url`, which stands at `place`.
    fn replace(&mut self, url: &mut CowArcStr<'i>, place: usize) {
        let trouble = match target(self.path, url) {
            Target::Inside => return,
            Target::File(file, rest) => match (self.asset_url)(&file) {
                Some(address) => {
                    *url = format!("{address}{rest}").into();
                    self.assets.push(file);
                    return;
                }
                None => Trouble::NoFile(file.to_string()),
            },
            other => other.trouble(url),
        };
        let span = Span::new(self.path, word_at(self.text, place));
        self.problems.push(CssProblem { span, trouble });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where `url` leads from `assets/css/a.css`.
    fn check(url: &str, expected: Target) {
        assert_eq!(target(&RelPath::new("assets/css/a.css"), url), expected, "{url}");
    }

    #[test]
    fn addresses_lead_to_files_or_nowhere() {
        let file = |path: &str, rest: &str| Target::File(RelPath::new(path), rest.to_owned());
        check("b.svg", file("assets/css/b.svg", ""));
        check("../b.svg#icon", file("assets/b.svg", "#icon"));
        check("a%20b.svg?x", file("assets/css/a b.svg", "?x"));
        check("data:image/png;base64,AA==", Target::Inside);
        check("#filter", Target::Inside);
        check("", Target::Nowhere);
        check("../../../b.svg", Target::Nowhere);
        check("/b.svg", Target::Rooted);
        check("//example.org/b.svg", Target::Elsewhere);
        check("HTTPS://example.org/b.svg", Target::Elsewhere);
    }
}
