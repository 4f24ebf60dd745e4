//! Values of fields as templates see them.
//!
//! A value is looked at in the language of the page. Facts come from the main file, words from the
//! translation where it has them; where it does not, the field is noted as being in the main
//! language, so that the page can mark it.

use super::{dates, media, row};
use crate::lang::{Lang, number};
use crate::model::datum::Datum;
use crate::model::rows;
use crate::model::schema::{Field, Schema, Type};
use crate::path::RelPath;
use crate::site::query::Query;
use crate::site::seen::{Seen, SeenMap};
use crate::site::{Site, fill};

/// From where a value is looked at.
#[derive(Clone, Copy)]
pub(super) struct Eye<'a> {
    /// The site.
    pub(super) site: &'a Site,
    /// What declares the groups that tables are made of.
    pub(super) schema: &'a Schema,
    /// The language of the page.
    pub(super) lang: &'a Lang,
    /// The main file of the value.
    pub(super) main: &'a RelPath,
    /// The file of its translation; the main file if there is none.
    pub(super) words: &'a RelPath,
    /// Whether references are shown as links rather than summaries.
    pub(super) brief: bool,
    /// Whether the value stands in the translation only, so that its words are the page's.
    pub(super) translated: bool,
}

/// A field's value: of the main file, with the words of the translation where there are any. Also
/// whether words of the main file had to do.
pub(super) fn value(
    eye: Eye<'_>,
    field: &Field,
    main: Option<&Datum>,
    translated: Option<&Datum>,
) -> (Seen, bool) {
    if field.many {
        return list(eye, field, (main, translated));
    }
    match (main, translated) {
        (Some(main @ Datum::Row(_)), Some(translated @ Datum::Row(_))) => {
            single(eye, field, (main, Some(translated)))
        }
        (_, Some(translated)) if field.translatable => {
            let eye = Eye { main: eye.words, ..eye };
            single(eye, field, (translated, None))
        }
        (Some(main), _) => {
            let (seen, fell_back) = single(eye, field, (main, None));
            (seen, fell_back || field.translatable && is_words(&field.ty))
        }
        (None, _) => (Seen::none(), false),
    }
}

/// Whether a value of this type is read as words.
fn is_words(ty: &Type) -> bool {
    matches!(ty, Type::Text | Type::Markdown | Type::Prose)
}

/// The items of a list, or the one value that stands for one.
fn items(datum: Option<&Datum>) -> &[Datum] {
    match datum {
        Some(Datum::List(items)) => items,
        Some(one) => std::slice::from_ref(one),
        None => &[],
    }
}

/// A field that holds a list.
fn list(
    eye: Eye<'_>,
    field: &Field,
    (main, translated): (Option<&Datum>, Option<&Datum>),
) -> (Seen, bool) {
    let (main_items, translated_items) = (items(main), items(translated));
    let mut fell_back = false;
    let mut seen: Vec<Seen> = Vec::new();
    for (at, datum) in main_items.iter().enumerate() {
        let partner = rows::partner(field, (datum, at), translated_items);
        let (one, own) = match partner {
            Some(words) if !matches!(datum, Datum::Row(_)) => {
                single(Eye { main: eye.words, ..eye }, field, (words, None))
            }
            partner => single(eye, field, (datum, partner)),
        };
        fell_back |= own || partner.is_none() && is_words(&field.ty) && field.translatable;
        if !one.is_none() {
            seen.push(one);
        }
    }
    if field.extend {
        let eye = Eye { main: eye.words, translated: true, ..eye };
        let added = rows::added(field, main_items, translated_items);
        let more = added.map(|datum| single(eye, field, (datum, None)).0);
        seen.extend(more.filter(|one| !one.is_none()));
    }
    (Seen::list(seen), fell_back)
}

/// One value.
fn single(eye: Eye<'_>, field: &Field, (main, words): (&Datum, Option<&Datum>)) -> (Seen, bool) {
    let Eye { site, lang, .. } = eye;
    let seen = match main {
        Datum::Text(text) => Seen::text(text),
        Datum::Words(labels) => return (Seen::text(labels.get(lang)), !labels.has(lang)),
        Datum::Markup(markup) => Seen::html(&fill::plain(site, (markup, eye.main), lang)),
        Datum::Integer(value) => Seen::integer(*value),
        Datum::Number(value) => Seen::number(*value),
        Datum::Bool(value) => Seen::bool(*value),
        Datum::Choice(value) => choice(field, value, lang),
        Datum::When(when) => dates::when(site, *when, lang),
        Datum::Ref(reference) => match site.referred(&field.ty, reference) {
            Some(id) if eye.brief => site.answer(&Query::Link(id, lang.clone())),
            Some(id) => site.answer(&Query::Summary(id, lang.clone())),
            None => Seen::none(),
        },
        Datum::File(file) => match crate::site::way::find_file(site, eye.main, &file.path) {
            Some(path) => media::file(site, &path, lang),
            None => Seen::none(),
        },
        Datum::Language(tag) => {
            let mut map = SeenMap::default();
            map.put("tag", Seen::text(tag.as_str())).put("label", Seen::text(&tag.name_in(lang)));
            map.finish()
        }
        Datum::Row(own) => {
            let words = match words {
                Some(Datum::Row(words)) => Some(&**words),
                _ => None,
            };
            return match &field.ty {
                Type::Picture => (media::used_picture(eye, own, words), false),
                Type::Table(group) => row::row(eye, group, (own, words)),
                _ => (Seen::none(), false),
            };
        }
        Datum::List(items) => {
            Seen::list(items.iter().map(|item| single(eye, field, (item, None)).0))
        }
        Datum::Raw(_) => Seen::none(),
    };
    (seen, false)
}

/// A choice: its value and its label.
pub(super) fn choice(field: &Field, value: &str, lang: &Lang) -> Seen {
    let label = match &field.ty {
        Type::Choice(choices) => {
            choices.iter().find(|choice| &*choice.value == value).map(|c| c.label.get(lang))
        }
        _ => None,
    };
    let mut map = SeenMap::default();
    map.put("value", Seen::text(value)).put("label", Seen::text(label.unwrap_or(value)));
    map.finish()
}

/// A number as text: whole where it is.
pub(super) fn number_text(value: f64, lang: &Lang) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "checked to be whole and small")]
    if value.fract() == 0.0 && value.abs() < 1e15 {
        return number::integer(value as i64, lang);
    }
    number::decimal(value, lang)
}

/// A row by itself.
pub(super) fn row_seen(
    eye: Eye<'_>,
    group: &crate::model::schema::Name,
    rows: (&crate::model::datum::Row, Option<&crate::model::datum::Row>),
) -> Seen {
    row::row(eye, group, rows).0
}
