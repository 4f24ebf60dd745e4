//! Filters of ours: dates, numbers and lists that speak the page's language, and an order that is
//! the same in every run.

use tera::value::Key;
use tera::{Error, Kwargs, Map, State, Tera, TeraResult, Value};

use super::track::lang;
use crate::diag::Words;
use crate::lang::date::range;
use crate::lang::when::When;
use crate::lang::{Lang, collate, date, names, number};
use crate::parse::html;
use crate::words;

/// The names of our filters, then of Tera's, for suggestions.
pub(super) const NAMES: &[&str] = &[
    "date",
    "range",
    "number",
    "join_and",
    "sort",
    "group_by",
    "plain",
    "nbsp",
    "abs",
    "capitalize",
    "default",
    "escape",
    "first",
    "float",
    "get",
    "indent",
    "int",
    "join",
    "keys",
    "last",
    "length",
    "lower",
    "newlines_to_br",
    "nth",
    "pairs",
    "replace",
    "reverse",
    "round",
    "safe",
    "split",
    "str",
    "title",
    "trim",
    "truncate",
    "unique",
    "upper",
    "values",
    "wordcount",
];

/// Makes the filters known to Tera; `sort` and `group_by` take the place of its own.
pub(super) fn register(tera: &mut Tera) {
    tera.register_filter("date", date_filter);
    tera.register_filter("range", range_filter);
    tera.register_filter("number", number_filter);
    tera.register_filter("join_and", join_and);
    tera.register_filter("sort", sort);
    tera.register_filter("group_by", group_by);
    tera.register_filter("plain", plain);
    tera.register_filter("nbsp", nbsp);
}

/// An error in both languages.
fn error(words: &Words) -> Error {
    Error::message(words.packed())
}

/// The language of the page.
fn page_lang() -> TeraResult<Lang> {
    lang().ok_or_else(|| Error::message("there is no page"))
}

/// The date behind a value: its `iso`, or a text.
fn when(value: &Value) -> TeraResult<When> {
    let text = value.get_from_path("iso").and_then(Value::as_str).or_else(|| value.as_str());
    let text = text.ok_or_else(|| error(&words!("das ist kein Datum", "this is no date")))?;
    When::parse(text).map_err(|_| error(&words!("`{text}` ist kein Datum", "`{text}` is no date")))
}

/// A date in words.
fn date_filter(value: &Value, kwargs: Kwargs, _: &State<'_>) -> TeraResult<String> {
    let (when, lang) = (when(value)?, page_lang()?);
    Ok(match kwargs.get::<&str>("format")?.unwrap_or("long") {
        "long" => date::long(when, &lang),
        "short" => date::short(when, &lang),
        "weekday" => date::with_weekday(when, &lang),
        "day" => date::without_time(when, &lang),
        "month" => date::month(when, &lang),
        "year" => when.year().to_string(),
        "iso" => when.iso(),
        other => {
            return Err(error(&words!(
                "es gibt kein Datumsformat `{other}`",
                "there is no date format `{other}`"
            )));
        }
    })
}

/// From one date to another.
fn range_filter(value: &Value, kwargs: Kwargs, _: &State<'_>) -> TeraResult<String> {
    let (start, lang) = (when(value)?, page_lang()?);
    Ok(match kwargs.get::<&Value>("end")?.filter(|end| !end.is_none()) {
        Some(end) => range::range(start, when(end)?, &lang),
        None => date::long(start, &lang),
    })
}

/// A number with its separators.
fn number_filter(value: &Value, _: Kwargs, _: &State<'_>) -> TeraResult<String> {
    let lang = page_lang()?;
    match (value.as_i64(), value.as_f64()) {
        (Some(whole), _) => Ok(number::integer(whole, &lang)),
        (None, Some(any)) => Ok(number::decimal(any, &lang)),
        (None, None) => Err(error(&words!("das ist keine Zahl", "this is no number"))),
    }
}

/// `a, b und c`.
fn join_and(value: &Value, _: Kwargs, _: &State<'_>) -> TeraResult<String> {
    let items =
        value.as_array().ok_or_else(|| error(&words!("das ist keine Liste", "this is no list")))?;
    let texts: Vec<String> = items.iter().map(ToString::to_string).collect();
    Ok(names::list(&texts, &page_lang()?))
}

/// What a value is sorted by: numbers before texts, texts as the page's language sorts them.
fn sort_key(value: Option<&Value>, collation: &collate::Collation) -> (u8, Vec<u8>) {
    match value {
        Some(value) if value.is_none() || value.is_undefined() => (3, Vec::new()),
        None => (3, Vec::new()),
        Some(value) => match (value.as_i64(), value.as_str()) {
            (Some(number), _) => (0, (number.cast_unsigned() ^ (1 << 63)).to_be_bytes().to_vec()),
            (None, Some(text)) => (1, collation.key(text).to_vec()),
            (None, None) => {
                let iso = value.get_from_path("iso").map(ToString::to_string);
                (2, iso.unwrap_or_else(|| value.to_string()).into_bytes())
            }
        },
    }
}

/// A list in order; equal items stay as they were.
fn sort(value: &Value, kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let items =
        value.as_array().ok_or_else(|| error(&words!("das ist keine Liste", "this is no list")))?;
    let attribute: Option<&str> = kwargs.get("attribute")?;
    let collation = collate::Collation::for_lang(&page_lang()?);
    let mut items = items.to_vec();
    items.sort_by_cached_key(|item| match attribute {
        Some(path) => sort_key(item.get_from_path(path), &collation),
        None => sort_key(Some(item), &collation),
    });
    if kwargs.get::<bool>("descending")? == Some(true) {
        items.reverse();
    }
    Ok(Value::from(items))
}

/// A list in groups `{ key, items }`, in the order in which the keys first occur.
fn group_by(value: &Value, kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let items =
        value.as_array().ok_or_else(|| error(&words!("das ist keine Liste", "this is no list")))?;
    let attribute: &str = kwargs.must_get("attribute")?;
    let mut groups: Vec<(Value, Vec<Value>)> = Vec::new();
    for item in items {
        let key = item.get_from_path(attribute).cloned().unwrap_or_else(Value::none);
        match groups.iter_mut().find(|(known, _)| *known == key) {
            Some((_, members)) => members.push(item.clone()),
            None => groups.push((key, vec![item.clone()])),
        }
    }
    let group = |(key, items): (Value, Vec<Value>)| {
        let mut map = Map::default();
        map.insert(Key::Str("key"), key);
        map.insert(Key::Str("items"), Value::from(items));
        Value::from(map)
    };
    Ok(Value::from(groups.into_iter().map(group).collect::<Vec<_>>()))
}

/// Text without tags.
fn plain(value: &Value, _: Kwargs, _: &State<'_>) -> String {
    html::plain(&value.to_string())
}

/// Text whose blanks do not break.
fn nbsp(value: &Value, _: Kwargs, _: &State<'_>) -> String {
    value.to_string().replace(' ', "\u{a0}")
}
