//! Filling the holes of Markdown: in fields here, in bodies by `render`, both by the same rules.

use std::cell::RefCell;
use std::convert::Infallible;
use std::sync::Arc;

use tera::value::Key;

use super::Site;
use super::goal::{self, Goal};
use super::query::Query;
use super::seen::Seen;
use super::way::way;
use crate::lang::Lang;
use crate::parse::html::escape_attribute;
use crate::parse::{Filling, Link, Markup, Target};
use crate::path::RelPath;

/// Lets `content` write what belongs into each hole.
pub fn holes<E>(
    markup: &Markup,
    mut content: impl FnMut(&mut String, &Filling) -> Result<(), E>,
) -> Result<String, E> {
    let html: &str = &markup.html;
    let mut out = String::with_capacity(html.len() + markup.holes.len() * 64);
    let mut at = 0;
    for hole in &markup.holes {
        out.push_str(&html[at..hole.at]);
        at = hole.at;
        content(&mut out, &hole.what)?;
    }
    out.push_str(&html[at..]);
    Ok(out)
}

/// The Markdown of a field: it has links, but neither pictures nor blocks.
pub fn plain(site: &Site, (markup, from): (&Markup, &RelPath), lang: &Lang) -> String {
    let links = Links::new(markup, (from, lang), site);
    let filled = holes(markup, |out, filling| {
        links.part(out, filling);
        Ok::<_, Infallible>(())
    });
    match filled {
        Ok(html) => html,
        Err(never) => match never {},
    }
}

/// Whom a text asks for what belongs into its holes: the site itself, or the site on behalf of a
/// render that has to note the answers.
pub trait Guide {
    /// Where a link leads; nothing if its target is not there yet.
    fn goal(&self, from: &RelPath, target: &Arc<Target>, lang: &Lang) -> Option<Goal>;

    /// Any other answer.
    fn see(&self, query: Query) -> Seen;
}

impl Guide for Site {
    fn goal(&self, from: &RelPath, target: &Arc<Target>, lang: &Lang) -> Option<Goal> {
        goal::goal(self, &way(self, from, target), lang)
    }

    fn see(&self, query: Query) -> Seen {
        self.answer(&query)
    }
}

/// What fills the holes of links and words.
pub struct Links<'a> {
    /// The Markdown.
    markup: &'a Markup,
    /// The file that it stands in, and the language of the page.
    place: (&'a RelPath, &'a Lang),
    /// Whom to ask.
    guide: &'a dyn Guide,
    /// The link that was asked for last: its start is followed by its end.
    last: RefCell<Option<(usize, Option<Goal>)>>,
}

impl<'a> Links<'a> {
    /// What fills the holes of one Markdown text.
    pub fn new(markup: &'a Markup, place: (&'a RelPath, &'a Lang), guide: &'a dyn Guide) -> Self {
        Self { markup, place, guide, last: RefCell::new(None) }
    }

    /// Writes what belongs into a hole; `false` for pictures and blocks.
    pub fn part(&self, out: &mut String, filling: &Filling) -> bool {
        match filling {
            Filling::LinkStart(at) => self.with_link(*at, |link, goal| {
                if let Some(goal) = goal {
                    start_tag(out, goal, link.title.as_deref());
                }
            }),
            Filling::LinkWords(at) => self.with_link(*at, |link, goal| {
                let (from, lang) = self.place;
                let words = Query::Words(from.clone(), link.target.clone(), lang.clone());
                let words = self.guide.see(words);
                let href = goal.map(|goal| &*goal.href);
                escape_attribute(out, words.value.as_str().or(href).unwrap_or_default());
            }),
            Filling::LinkEnd(at) => self.with_link(*at, |_, goal| {
                if goal.is_some() {
                    out.push_str("</a>");
                }
            }),
            Filling::Word(key) => {
                let phrase = Query::Phrase(Arc::from(*key), self.place.1.clone());
                let seen = self.guide.see(phrase);
                escape_attribute(out, text(&seen, "other").unwrap_or(key));
            }
            Filling::Picture(_) | Filling::Block(_) => return false,
        }
        true
    }

    /// Does something with a link and where it leads.
    fn with_link(&self, at: usize, with: impl FnOnce(&Link, Option<&Goal>)) {
        let Some(link) = self.markup.links.get(at) else { return };
        let mut last = self.last.borrow_mut();
        let known = last.take().filter(|(known, _)| *known == at);
        let (_, goal) = last.insert(known.unwrap_or_else(|| {
            let (from, lang) = self.place;
            (at, self.guide.goal(from, &link.target, lang))
        }));
        with(link, goal.as_ref());
    }
}

/// Writes the start tag of a link.
fn start_tag(out: &mut String, goal: &Goal, title: Option<&str>) {
    attribute(out, "<a href", &goal.href);
    if let Some(lang) = &goal.foreign {
        attribute(out, " hreflang", lang.as_str());
    }
    if let Some(title) = title {
        attribute(out, " title", title);
    }
    if goal.is_outside {
        out.push_str(" class=\"external\" rel=\"external\"");
    }
    out.push('>');
}

/// Writes an attribute.
fn attribute(tag: &mut String, name: &str, value: &str) {
    tag.push_str(name);
    tag.push_str("=\"");
    escape_attribute(tag, value);
    tag.push('"');
}

/// A text inside an answer.
pub fn text<'a>(seen: &'a Seen, key: &'a str) -> Option<&'a str> {
    seen.value.as_map()?.get(&Key::Str(key))?.as_str()
}
