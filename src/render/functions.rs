//! What templates can call. Each function asks the site, and nothing else.

mod component;

use std::sync::Arc;

use tera::value::Key;
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use self::component::component;
use super::cover;
use super::track::{ask, lang, phrase};
use crate::diag::Words;
use crate::lang::{Lang, number};
use crate::model::entry::EntryId;
use crate::model::schema::Name;
use crate::path::RelPath;
use crate::site::query::{Query, Selection};
use crate::words;

/// The names of all functions, for suggestions.
pub(super) const NAMES: &[&str] = &[
    "entries",
    "count",
    "entry",
    "link",
    "component",
    "trans",
    "url",
    "asset",
    "file",
    "picture",
    "pictures",
    "player",
    "kind",
    "cover",
    "range",
    "throw",
];

/// Makes the functions known to Tera.
pub(super) fn register(tera: &mut Tera) {
    tera.register_function("entries", entries);
    tera.register_function("count", count);
    tera.register_function("entry", entry);
    tera.register_function("link", link);
    tera.register_function("component", component);
    tera.register_function("trans", trans);
    tera.register_function("url", url);
    tera.register_function("asset", asset);
    tera.register_function("file", file);
    tera.register_function("picture", picture);
    tera.register_function("pictures", pictures);
    tera.register_function("player", player);
    tera.register_function("kind", kind);
    tera.register_function("cover", cover);
}

/// The language of the page; templates are only ever rendered for one.
fn page_lang() -> TeraResult<Lang> {
    lang().ok_or_else(|| Error::message("there is no page"))
}

/// Summaries of the entries that the arguments select.
fn entries(kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let selection = Arc::new(selection(&kwargs)?);
    selected(ask(Query::List(selection, page_lang()?)).value)
}

/// The number of entries that the arguments select.
fn count(kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    selected(ask(Query::Count(Arc::new(selection(&kwargs)?))).value)
}

/// What a selection found; if that is text, it says why there can be nothing.
fn selected(found: Value) -> TeraResult<Value> {
    match found.as_str() {
        Some(mistake) => Err(Error::message(mistake)),
        None => Ok(found),
    }
}

/// An error in both languages.
fn error(words: &Words) -> Error {
    Error::message(words.packed())
}

/// Reports an argument that a function does not have.
fn only(kwargs: &Kwargs, known: &[&str]) -> TeraResult<()> {
    let names = kwargs.iter().filter_map(|(name, _)| name.as_str());
    match names.into_iter().find(|name| !known.contains(name)) {
        Some(name) => {
            let list = known.join("`, `");
            Err(error(&words!(
                "es gibt hier kein Argument `{name}`, nur `{list}`",
                "there is no argument `{name}` here, only `{list}`"
            )))
        }
        None => Ok(()),
    }
}

/// The cover of an entry, for where it has no picture. It hangs on kind and id alone, so nothing is
/// asked.
fn cover(kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    only(&kwargs, &["entry"])?;
    match named(kwargs.must_get("entry")?) {
        Some(id) => Ok(Value::safe_string(&cover::cover(&id.kind, &id.id))),
        None => Err(no_entry()),
    }
}

/// An argument is none of an entry's forms.
fn no_entry() -> Error {
    error(&words!("`entry` ist kein Eintrag", "`entry` is no entry"))
}

/// One entry's summary, or nothing.
fn entry(kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    only(&kwargs, &["id"])?;
    Ok(ask(Query::Summary(id(kwargs.must_get("id")?)?, page_lang()?)).value)
}

/// One entry as a link, or nothing.
fn link(kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    only(&kwargs, &["id"])?;
    Ok(ask(Query::Link(id(kwargs.must_get("id")?)?, page_lang()?)).value)
}

/// The entry that a link, a summary, a whole or a text `kind:id` names.
fn named(value: &Value) -> Option<EntryId> {
    if let Some(text) = value.as_str() {
        return text.split_once(':').map(|(kind, id)| EntryId::new(kind, id));
    }
    let part = |key: &'static str| value.as_map()?.get(&Key::Str(key))?.as_str();
    Some(EntryId::new(part("kind")?, part("id")?))
}

/// A string of the theme, its placeholders filled.
fn trans(kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let key: &str = kwargs.must_get("key")?;
    let lang = page_lang()?;
    let count = kwargs.get::<i64>("count")?;
    let Some(phrase) = phrase(key) else {
        return Err(error(&words!(
            "die Gestaltung hat keinen Text `{key}`",
            "the theme has no string `{key}`"
        )));
    };
    let text = if count == Some(1) { &phrase.one } else { &phrase.other };
    if !text.contains('{') {
        return Ok(Value::normal_string(text));
    }
    let mut text = text.to_string();
    for (name, value) in kwargs.iter() {
        let Some(name) = name.as_str().filter(|name| *name != "key") else { continue };
        let shown = match value.as_i64() {
            Some(number) => number::integer(number, &lang),
            None => value.to_string(),
        };
        text = text.replace(&format!("{{{name}}}"), &shown);
    }
    Ok(Value::from(text))
}

/// An address on the site with the base path before it.
fn url(kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    only(&kwargs, &["path"])?;
    Ok(ask(Query::Address(Name::from(kwargs.must_get::<&str>("path")?))).value)
}

/// The fingerprinted address of an asset.
fn asset(kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    only(&kwargs, &["path"])?;
    let path: &str = kwargs.must_get("path")?;
    let seen = ask(Query::Asset(Name::from(path)));
    if seen.is_none() {
        return Err(error(&words!(
            "die Gestaltung hat keine Datei `{path}`",
            "the theme has no asset `{path}`"
        )));
    }
    Ok(seen.value)
}

/// A file of the content, or nothing.
fn file(kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    only(&kwargs, &["path"])?;
    Ok(ask(Query::File(RelPath::new(kwargs.must_get::<&str>("path")?), page_lang()?)).value)
}

/// A picture of the content, or nothing.
fn picture(kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    only(&kwargs, &["path"])?;
    let path: &str = kwargs.must_get("path")?;
    let root = RelPath::new("site.toml");
    Ok(ask(Query::Picture(root, Name::from(path), page_lang()?)).value)
}

/// All published pictures of which something says whose they are.
fn pictures(kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    only(&kwargs, &[])?;
    Ok(ask(Query::Pictures(page_lang()?)).value)
}

/// How what lies at an address elsewhere plays in a page, or nothing.
fn player(kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    only(&kwargs, &["url"])?;
    let url = kwargs.get::<&Value>("url")?.and_then(Value::as_str);
    Ok(url.map_or_else(Value::none, |url| ask(Query::Player(Name::from(url))).value))
}

/// A kind.
fn kind(kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    only(&kwargs, &["name"])?;
    let name: &str = kwargs.must_get("name")?;
    let seen = ask(Query::Kind(Name::from(name), page_lang()?));
    if seen.is_none() {
        return Err(error(&words!("es gibt keine Art `{name}`", "there is no kind `{name}`")));
    }
    Ok(seen.value)
}

/// An entry named as `kind:id`.
fn id(text: &str) -> TeraResult<EntryId> {
    let (kind, id) = text.split_once(':').ok_or_else(|| {
        error(&words!("`{text}` hat nicht die Form `art:kennung`", "`{text}` is no `kind:id`"))
    })?;
    Ok(EntryId::new(kind, id))
}

/// The selection that arguments describe. Arguments that are none of the known ones are fields.
fn selection(kwargs: &Kwargs) -> TeraResult<Selection> {
    let mut selection = Selection::default();
    let of: Option<&str> = kwargs.get("of")?;
    for (name, value) in kwargs.iter() {
        if value.is_none() || value.is_undefined() {
            continue;
        }
        match name.as_str().unwrap_or("") {
            "kind" => selection.kinds = names(value),
            "ids" => {
                selection.ids =
                    Some(names(value).iter().map(|name| id(name)).collect::<TeraResult<_>>()?);
            }
            "topic" => selection.topic = names(value).into_iter().next(),
            "timing" => selection.timing = names(value),
            "featured" => selection.featured = value.as_bool().unwrap_or(false),
            "sort" => selection.sort = sort(value),
            "limit" => selection.limit = number_of(value),
            "offset" => selection.offset = number_of(value).unwrap_or(0),
            "except" => selection.except = Some(id(value.as_str().unwrap_or(""))?),
            "inverse" => {
                let of = of.ok_or_else(|| {
                    error(&words!("zu `inverse` gehört `of`", "`inverse` needs `of`"))
                })?;
                selection.of = Some((id(of)?, Name::from(value.as_str().unwrap_or(""))));
            }
            "of" => {}
            field => {
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                selection.fields.push((Name::from(field), Name::from(text)));
            }
        }
    }
    Ok(selection)
}

/// A text, a link or summary by its name, a choice by its value, or a list of these.
fn names(value: &Value) -> Vec<Name> {
    if let Some(items) = value.as_array() {
        return items.iter().flat_map(names).collect();
    }
    if let Some(text) = value.as_str() {
        return vec![Name::from(text)];
    }
    let part =
        |key: &str| value.get_from_path(key).and_then(|part| part.as_str().map(str::to_owned));
    match (part("kind"), part("id"), part("value")) {
        (Some(kind), Some(id), _) => vec![Name::from(format!("{kind}:{id}"))],
        (_, _, Some(value)) => vec![Name::from(value)],
        _ => Vec::new(),
    }
}

/// `title` or `-start`.
fn sort(value: &Value) -> Option<(Name, bool)> {
    let text = value.as_str().filter(|text| !text.is_empty())?;
    Some(match text.strip_prefix('-') {
        Some(field) => (Name::from(field), true),
        None => (Name::from(text), false),
    })
}

/// A number of things.
fn number_of(value: &Value) -> Option<usize> {
    usize::try_from(value.as_i64()?).ok()
}
