//! The first round: a page's Markdown with its holes filled.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::sync::Arc;

use rayon::prelude::*;
use tera::value::Key;
use tera::{Context, Value};

use super::engine::Engine;
use super::report;
use super::round::Round;
use super::track::{self, Noted, ask};
use crate::diag::{Diagnostic, Span};
use crate::lang::Lang;
use crate::model::entry::{EntryId, SECTION};
use crate::model::schema::Name;
use crate::parse::html::escaped;
use crate::parse::{Filling, Markup, Picture};
use crate::path::{RelPath, Route};
use crate::print::Fingerprint;
use crate::site::fill::Links;
use crate::site::query::Query;
use crate::site::seen::Seen;
use crate::site::{Filled, Output, Place, Site, fill};

/// All that goes into a body's render by value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BodyKey {
    /// The entry.
    pub id: EntryId,
    /// The language of the page that it is for.
    pub lang: Lang,
    /// The file it comes from.
    pub path: RelPath,
    /// The fingerprint of its Markdown.
    pub print: Fingerprint,
}

/// The bodies that pages need, as far as they are asked for: one for each entry and language with a
/// page.
pub fn wanted(site: &Site, is_asked: impl Fn(&EntryId) -> bool) -> Vec<BodyKey> {
    let places = site.places.values().filter(|place| is_asked(&place.entry.id));
    let pages = places.flat_map(|place| place.pages.keys().map(move |lang| (place, lang)));
    let pages: Vec<(&Place, &Lang)> = pages.collect();
    pages.into_par_iter().map(|(place, lang)| key(site, place, lang)).collect()
}

/// The entries whose bodies several pages show: sections, and those with lists of what refers to
/// them.
pub fn shared(site: &Site) -> BTreeSet<EntryId> {
    let outputs = site.outputs.values();
    let shown = outputs.filter_map(|output| match output {
        Output::Entry(id, _) | Output::List(id, ..) if &*id.kind == SECTION => Some(id.clone()),
        Output::Inverse(id, ..) => Some(id.clone()),
        _ => None,
    });
    shown.collect()
}

/// The key of one body.
pub fn key(site: &Site, place: &Place, lang: &Lang) -> BodyKey {
    let (body, _, path) = site.body(&place.entry, lang);
    let markup = &body.markup;
    let pictures: Vec<_> =
        markup.pictures.iter().map(|p| (&p.path, &p.alt, &p.caption, p.alone)).collect();
    let links: Vec<_> = markup.links.iter().map(|link| (&link.target, &link.title)).collect();
    let blocks: Vec<_> = markup.blocks.iter().map(|block| &block.name).collect();
    let print = Fingerprint::of(&(markup.html.print(), &markup.holes, pictures, links, blocks));
    BodyKey { id: place.entry.id.clone(), lang: lang.clone(), path: path.clone(), print }
}

/// The key of one body that is not kept, and so needs no fingerprint.
pub fn passing_key(site: &Site, place: &Place, lang: &Lang) -> BodyKey {
    let (_, _, path) = site.body(&place.entry, lang);
    let print = Fingerprint::default();
    BodyKey { id: place.entry.id.clone(), lang: lang.clone(), path: path.clone(), print }
}

/// Fills one body. To be called inside a render, for it asks.
pub fn render(round: &Round, key: &BodyKey) -> Result<Filled, Vec<Diagnostic>> {
    let (site, engine) = (&*round.site, &*round.engine);
    let Some(place) = site.places.get(&key.id) else { return Err(Vec::new()) };
    let (body, _, _) = site.body(&place.entry, &key.lang);
    let links = Links::new(&body.markup, (&key.path, &key.lang), &Noted);
    let filling = Filler { engine, key, markup: &body.markup, links, site };
    let mut notes = Vec::new();
    let html = fill::holes(&body.markup, |out, what| {
        filling.hole(&mut notes, (out, what));
        Ok::<_, Infallible>(())
    });
    match html {
        Ok(html) if notes.is_empty() => {
            let print = Fingerprint::of_bytes(html.as_bytes());
            Ok((Arc::from(html), print))
        }
        Ok(_) => Err(notes),
        Err(never) => match never {},
    }
}

/// What fills the holes of one body.
struct Filler<'a> {
    /// The templates.
    engine: &'a Engine,
    /// The body.
    key: &'a BodyKey,
    /// Its Markdown.
    markup: &'a Markup,
    /// What fills links and words.
    links: Links<'a>,
    /// The site, for the words of diagnostics only; all else is asked for.
    site: &'a Site,
}

impl Filler<'_> {
    /// Writes what belongs into a hole.
    fn hole(&self, notes: &mut Vec<Diagnostic>, (out, what): (&mut String, &Filling)) {
        if self.links.part(out, what) {
            return;
        }
        match what {
            Filling::Picture(at) => {
                if let Some(picture) = self.markup.pictures.get(*at) {
                    out.push_str(&self.picture(notes, picture));
                }
            }
            Filling::Block(at) => out.push_str(&self.block(notes, *at)),
            _ => {}
        }
    }

    /// A picture: the theme's block of that name if it stands alone, else a plain `<img>`.
    fn picture(&self, notes: &mut Vec<Diagnostic>, picture: &Picture) -> String {
        let seen =
            ask(Query::Picture(self.key.path.clone(), picture.path.clone(), self.key.lang.clone()));
        if seen.is_none() {
            return String::new();
        }
        let value = with_words(&seen, picture);
        if picture.alone && self.has("blocks/picture.html") {
            let mut params = tera::Map::default();
            params.insert("picture".into(), value);
            return self.template(notes, ("picture", &picture.span), Value::from(params));
        }
        let text =
            |key: &str| value.get_from_path(key).map_or_else(String::new, ToString::to_string);
        let attribute = |name: &str| format!(" {name}=\"{}\"", escaped(&text(name)));
        let url = escaped(&text("url"));
        format!(
            "<img src=\"{url}\"{}{}{} loading=\"lazy\" decoding=\"async\">",
            attribute("alt"),
            attribute("width"),
            attribute("height")
        )
    }

    /// A block, by the theme's template of its name.
    fn block(&self, notes: &mut Vec<Diagnostic>, at: usize) -> String {
        let Some(block) = self.markup.blocks.get(at) else { return String::new() };
        let params = ask(Query::Block(self.key.id.clone(), self.key.lang.clone(), at));
        if params.is_none() {
            return String::new();
        }
        self.template(notes, (&block.name, &block.span), params.value)
    }

    /// Whether the theme has a template that can be used; that it has not is noted as well.
    fn has(&self, template: &str) -> bool {
        ask(Query::Template(Name::from(template)));
        self.engine.has(template)
    }

    /// Renders a block's template.
    fn template(
        &self,
        notes: &mut Vec<Diagnostic>,
        (name, span): (&str, &Span),
        params: Value,
    ) -> String {
        let template = format!("blocks/{name}.html");
        if !self.has(&template) {
            return String::new();
        }
        let mut context = Context::new();
        context.insert_value("params", params);
        context.insert_value("lang", Value::from(self.key.lang.as_str()));
        context.insert_value("theme", ask(Query::Options(self.key.lang.clone())).value);
        context.insert_value("site", track::site(Route::new("")));
        match self.engine.render(&template, &context) {
            Ok(html) => String::from_utf8_lossy(&html).trim().to_owned(),
            Err(error) => {
                let failed = (&*template, &error);
                notes.push(report::failure(&self.site.model.theme, failed, Some(span)));
                String::new()
            }
        }
    }
}

/// A picture with the words that the Markdown gives it.
fn with_words(seen: &Seen, picture: &Picture) -> Value {
    let Some(map) = seen.value.as_map() else { return Value::none() };
    let mut map = map.clone();
    let mut lang_of =
        map.get(&Key::Str("lang_of")).and_then(Value::as_map).cloned().unwrap_or_default();
    if !picture.alt.trim().is_empty() {
        map.insert("alt".into(), Value::normal_string(&picture.alt));
        lang_of.shift_remove(&Key::Str("alt"));
    }
    if let Some(caption) = &picture.caption {
        map.insert("caption".into(), Value::normal_string(caption));
        lang_of.shift_remove(&Key::Str("caption"));
    }
    map.insert("lang_of".into(), Value::from(lang_of));
    Value::from(map)
}
