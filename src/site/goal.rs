//! What the start tag of a link needs: the address, and what is to be said of it.
//!
//! There is one for each link of each text, so it is no value for templates.

use super::way::Way;
use super::{Site, view};
use crate::lang::Lang;
use crate::print::Fingerprint;

/// Where a link leads, as seen from a page.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Goal {
    /// The address, with the base path before it if it is on the site.
    pub href: String,
    /// The language of the page there, if it is another.
    pub foreign: Option<Lang>,
    /// Whether it is another site.
    pub is_outside: bool,
}

impl Goal {
    /// The fingerprint of where a link leads, or of its leading nowhere yet.
    pub fn print(goal: Option<&Self>) -> Fingerprint {
        goal.map_or_else(Fingerprint::default, Fingerprint::of)
    }
}

/// Where a way ends, as seen from a page in a language; `None` if nothing is there yet.
pub(super) fn goal(site: &Site, way: &Way, lang: &Lang) -> Option<Goal> {
    let with = |mut href: String, anchor: &Option<String>| {
        if let Some(anchor) = anchor {
            href.push('#');
            href.push_str(anchor);
        }
        href
    };
    let here = |href| Goal { href, foreign: None, is_outside: false };
    Some(match way {
        Way::Outside(url) | Way::Beside(url) => {
            Goal { is_outside: url.starts_with("http"), ..here(url.clone()) }
        }
        Way::Here(anchor) => here(format!("#{anchor}")),
        Way::Entry(id, anchor) => {
            let (own, route) = site.page_for(id, lang)?;
            let foreign = view::is_foreign(own, lang).then(|| own.clone());
            Goal { foreign, ..here(with(site.href(route), anchor)) }
        }
        Way::File(path) => here(site.href(site.files.get(path)?)),
        Way::Address(route, anchor) => here(with(site.href(route), anchor)),
        Way::NotYet | Way::Nowhere | Way::Draft(_) => return None,
    })
}
