//! Filling the holes of Markdown: in fields here, in bodies by `render`, both by the same rules.

use std::cell::RefCell;
use std::convert::Infallible;
use std::sync::Arc;

use tera::Value;
use tera::value::Key;

use super::Site;
use super::query::Query;
use super::seen::Seen;
use crate::lang::Lang;
use crate::parse::html::{escape_attribute, escaped};
use crate::parse::{Filling, Markup};
use crate::path::RelPath;

/// Puts the answer of `content` into each hole.
pub fn holes<E>(
    markup: &Markup,
    mut content: impl FnMut(&Filling) -> Result<String, E>,
) -> Result<String, E> {
    let html: &str = &markup.html;
    let mut out = String::with_capacity(html.len() + markup.holes.len() * 64);
    let mut at = 0;
    for hole in &markup.holes {
        out.push_str(&html[at..hole.at]);
        at = hole.at;
        out.push_str(&content(&hole.what)?);
    }
    out.push_str(&html[at..]);
    Ok(out)
}

/// The Markdown of a field: it has links, but neither pictures nor blocks.
pub fn plain(site: &Site, (markup, from): (&Markup, &RelPath), lang: &Lang) -> String {
    let ask = |query: Query| site.answer(&query);
    let links = Links::new(markup, (from, lang), &ask);
    let filled =
        holes(markup, |filling| Ok::<_, Infallible>(links.part(filling).unwrap_or_default()));
    match filled {
        Ok(html) => html,
        Err(never) => match never {},
    }
}

/// What fills the holes of links and words.
pub struct Links<'a> {
    /// The Markdown.
    markup: &'a Markup,
    /// The file that it stands in, and the language of the page.
    place: (&'a RelPath, &'a Lang),
    /// Whom to ask.
    ask: &'a dyn Fn(Query) -> Seen,
    /// The link that was asked for last: its start is followed by its end.
    last: RefCell<Option<(usize, Seen)>>,
}

impl<'a> Links<'a> {
    /// What fills the holes of one Markdown text.
    pub fn new(
        markup: &'a Markup,
        place: (&'a RelPath, &'a Lang),
        ask: &'a dyn Fn(Query) -> Seen,
    ) -> Self {
        Self { markup, place, ask, last: RefCell::new(None) }
    }

    /// What belongs into a hole; `None` for pictures and blocks.
    pub fn part(&self, filling: &Filling) -> Option<String> {
        Some(match filling {
            Filling::LinkStart(at) => {
                let title = self.markup.links.get(*at)?.title.as_deref();
                start_tag(&Goal::of(&self.target(*at)?), title)
            }
            Filling::LinkWords(at) => {
                let (from, lang) = self.place;
                let target = self.markup.links.get(*at)?.target.clone();
                let words = (self.ask)(Query::Words(from.clone(), target, lang.clone()));
                let seen = self.target(*at)?;
                escaped(words.value.as_str().or(Goal::of(&seen).href).unwrap_or_default())
            }
            Filling::LinkEnd(at) => {
                let is_link = !self.target(*at)?.is_none();
                if is_link { "</a>".to_owned() } else { String::new() }
            }
            Filling::Word(key) => {
                let seen = (self.ask)(Query::Phrase(Arc::from(*key), self.place.1.clone()));
                escaped(text(&seen, "other").unwrap_or(key))
            }
            Filling::Picture(_) | Filling::Block(_) => return None,
        })
    }

    /// Where a link leads.
    fn target(&self, at: usize) -> Option<Seen> {
        if let Some((_, seen)) = self.last.borrow().as_ref().filter(|(known, _)| *known == at) {
            return Some(seen.clone());
        }
        let (from, lang) = self.place;
        let target = self.markup.links.get(at)?.target.clone();
        let seen = (self.ask)(Query::Target(from.clone(), target, lang.clone()));
        *self.last.borrow_mut() = Some((at, seen.clone()));
        Some(seen)
    }
}

/// Where a link leads, as the answer says it.
struct Goal<'a> {
    /// The address; nothing for a target that is not published yet.
    href: Option<&'a str>,
    /// The language of the page there, if it is another.
    foreign: Option<&'a str>,
    /// Whether it is another site.
    is_outside: bool,
}

impl<'a> Goal<'a> {
    /// Takes the answer apart.
    fn of(seen: &'a Seen) -> Self {
        let parts = seen.value.as_array().unwrap_or_default();
        let text = |at: usize| parts.get(at).and_then(Value::as_str);
        let is_outside = parts.get(2).and_then(Value::as_bool).unwrap_or(false);
        Self { href: text(0), foreign: text(1), is_outside }
    }
}

/// The start tag of a link; nothing for a target that is not published yet.
fn start_tag(goal: &Goal<'_>, title: Option<&str>) -> String {
    let Some(href) = goal.href else { return String::new() };
    let mut tag = String::with_capacity(href.len() + 64);
    attribute(&mut tag, "<a href", href);
    if let Some(lang) = goal.foreign {
        attribute(&mut tag, " hreflang", lang);
    }
    if let Some(title) = title {
        attribute(&mut tag, " title", title);
    }
    if goal.is_outside {
        tag.push_str(" class=\"external\" rel=\"external\"");
    }
    tag.push('>');
    tag
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
