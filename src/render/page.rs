//! The second round: one output, from its template or made by the program itself.

use tera::{Context, Value};

use super::round::Round;
use super::track::{self, ask};
use super::{report, requests, robots, sheet, sitemap, statement};
use crate::diag::{Code, Diagnostic, Span};
use crate::lang::Lang;
use crate::model::entry::{EntryId, SECTION};
use crate::model::schema::Name;
use crate::path::{RelPath, Route};
use crate::site::fill;
use crate::site::lists::address_route;
use crate::site::query::Query;
use crate::site::{Output, Site};
use crate::words;

/// What an output is: bytes, or a file that is copied.
pub enum Made {
    /// Text in UTF-8. What templates write is not looked through again.
    Text(Vec<u8>),
    /// The file at this path, as it is.
    Copy(RelPath),
}

/// Makes one output. To be called inside a render, for it asks. Nothing is said twice: if the
/// template that is needed is broken, that has been reported.
pub fn render(round: &Round, (route, output): (&Route, &Output)) -> Result<Made, Vec<Diagnostic>> {
    let site = &round.site;
    match output {
        Output::Copy(path, _) => Ok(Made::Copy(path.clone())),
        Output::Sitemap => Ok(Made::Text(sitemap::sitemap(site).into_bytes())),
        Output::Robots => Ok(Made::Text(robots::robots(site).into_bytes())),
        Output::Statement => Ok(Made::Text(statement::statement(site).into_bytes())),
        Output::Sheet(path) => sheet::sheet(site, path).map(|sheet| Made::Text(sheet.into_bytes())),
        Output::Redirect(target) => redirect(round, target).map(Made::Text),
        Output::Index(id, lang) => {
            let index = ask(Query::Index(id.clone(), lang.clone())).value;
            Ok(Made::Text(index.as_str().unwrap_or("{}").as_bytes().to_vec()))
        }
        Output::Entry(..)
        | Output::List(..)
        | Output::Filter(..)
        | Output::Inverse(..)
        | Output::NotFound(_) => template(round, (route, output)).map(Made::Text),
    }
}

/// Whether an output is made from the whole site by value, and so made anew each time.
pub fn is_always_made(output: &Output) -> bool {
    matches!(output, Output::Sitemap | Output::Robots | Output::Statement | Output::Sheet(_))
}

/// The language of an output.
pub fn lang_of(site: &Site, output: &Output) -> Lang {
    match output {
        Output::Entry(_, lang)
        | Output::List(_, lang, _)
        | Output::Filter(_, lang, ..)
        | Output::Index(_, lang)
        | Output::Inverse(_, lang, _, _)
        | Output::NotFound(lang) => lang.clone(),
        _ => site.main_lang().clone(),
    }
}

/// Renders the template of a page.
fn template(round: &Round, (route, output): (&Route, &Output)) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let Round { site, engine, .. } = round;
    let candidates = candidates(site, output);
    for name in &candidates {
        ask(Query::Template(Name::from(name.as_str())));
        if engine.is_broken(name) {
            return Err(Vec::new());
        }
        if engine.has(name) {
            return page(round, (route, output), name);
        }
    }
    Err(vec![no_template(site, &candidates, output)])
}

/// Renders one template for a page.
fn page(
    round: &Round,
    (route, output): (&Route, &Output),
    name: &str,
) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let Round { site, engine, .. } = round;
    let lang = lang_of(site, output);
    let mut context = Context::new();
    context.insert_value("page", page_value(route, output));
    context.insert_value("site", track::site(route.clone()));
    context.insert_value("theme", ask(Query::Options(lang)).value);
    let html = engine.render(name, &context).map_err(|error| {
        vec![report::failure(&site.model.theme, (name, &error), subject(site, output).as_ref())]
    })?;
    requests::check(site, (name, entry_of(output)), &html)?;
    Ok(html)
}

/// The frame of a page with the entry that it shows.
fn page_value(route: &Route, output: &Output) -> Value {
    let entry = match output {
        Output::Entry(id, lang) | Output::Inverse(id, lang, _, _) => {
            ask(Query::Whole(id.clone(), lang.clone())).value
        }
        _ => Value::none(),
    };
    track::page(route, entry)
}

/// The entry that a page is about.
fn entry_of(output: &Output) -> Option<&EntryId> {
    match output {
        Output::Entry(id, _)
        | Output::List(id, ..)
        | Output::Filter(id, ..)
        | Output::Inverse(id, ..) => Some(id),
        _ => None,
    }
}

/// The file that a page is about, for diagnostics.
fn subject(site: &Site, output: &Output) -> Option<Span> {
    site.places.get(entry_of(output)?).map(|place| place.entry.span())
}

/// The templates that may render an output, the most special first.
fn candidates(site: &Site, output: &Output) -> Vec<String> {
    let lang = lang_of(site, output);
    let bases: Vec<String> = match output {
        Output::Entry(id, _) if is_home(id) => vec!["home".to_owned()],
        Output::Entry(id, _) => vec![id.kind.to_string(), "entry".to_owned()],
        Output::List(id, ..) | Output::Filter(id, ..) => {
            let kind = site.model.sections.kind(&id.id);
            vec![format!("{kind}-list"), "list".to_owned()]
        }
        Output::Inverse(..) => vec!["inverse".to_owned(), "list".to_owned()],
        Output::NotFound(_) => vec!["404".to_owned()],
        _ => Vec::new(),
    };
    let plain = |base: &String| format!("templates/{base}.html");
    if !lang.is_simple() {
        return bases.iter().map(plain).collect();
    }
    let simple = bases.iter().map(|base| format!("templates/{base}.{}.html", lang.as_str()));
    simple.chain(bases.iter().map(plain)).collect()
}

/// Whether an entry is the home page.
fn is_home(id: &EntryId) -> bool {
    &*id.kind == SECTION && id.id.is_empty()
}

/// No template renders an output.
fn no_template(site: &Site, candidates: &[String], output: &Output) -> Diagnostic {
    let wanted_de = candidates.join("` oder `");
    let wanted_en = candidates.join("` or `");
    let theme = &site.model.settings.theme;
    let message = words!(
        "die Gestaltung hat keine Vorlage `{wanted_de}`",
        "the theme has no template `{wanted_en}`"
    );
    // The theme is to blame, not the page; so all pages together are one diagnostic.
    let declared = RelPath::new(format!("themes/{theme}/theme.toml"));
    let note = Diagnostic::new(Code::ThemeError, Span::start_of(&declared), message);
    let note = match subject(site, output) {
        Some(span) => note.also(span, words!("für diese Seite", "for this page")),
        None => note,
    };
    note.help(words!(
        "legen Sie die Vorlage in `themes/{theme}/` an oder erweitern Sie mit `extends` eine Gestaltung, die sie hat",
        "create the template in `themes/{theme}/`, or extend a theme that has it with `extends`"
    ))
}

/// The title of the page at an address of the site.
fn title_at(site: &Site, address: &str) -> Option<String> {
    let path = address.strip_prefix(site.base_path()).filter(|path| path.starts_with('/'))?;
    let frame = ask(Query::Frame(address_route(path)));
    fill::text(&frame, "title").map(str::to_owned)
}

/// A page that leads on without script.
fn redirect(round: &Round, target: &str) -> Result<Vec<u8>, Vec<Diagnostic>> {
    const NAME: &str = "templates/redirect.html";
    let Round { site, engine, .. } = round;
    ask(Query::Template(Name::from(NAME)));
    let lang = site.main_lang().clone();
    let mut context = Context::new();
    context.insert_value("target", Value::normal_string(target));
    let canonical = match target.contains("://") {
        true => target.to_owned(),
        false => {
            let path = target.strip_prefix(site.base_path()).unwrap_or(target);
            format!("{}{path}", site.world.base_url.trim_end_matches('/'))
        }
    };
    context.insert_value("canonical", Value::normal_string(&canonical));
    let title = title_at(site, target);
    context.insert_value("title", Value::normal_string(title.as_deref().unwrap_or(target)));
    context.insert_value("lang", Value::normal_string(lang.as_str()));
    context.insert_value("site", track::site(Route::new("")));
    context.insert_value("theme", ask(Query::Options(lang)).value);
    if engine.is_broken(NAME) {
        return Err(Vec::new());
    }
    if !engine.has(NAME) {
        return Err(vec![no_template(site, &[NAME.to_owned()], &Output::Robots)]);
    }
    let html = engine
        .render(NAME, &context)
        .map_err(|error| vec![report::failure(&site.model.theme, (NAME, &error), None)])?;
    requests::check(site, (NAME, None), &html)?;
    Ok(html)
}
