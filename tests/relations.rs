//! Every fact and every relation of the demo site, looked up on its pages.
//!
//! The model says what there is; the pages must show it: each public value of each entry at least
//! once on the entry's page, each reference as a link on both sides. So a field that the theme
//! forgets is found here, also one that the schema gets later. All in German, the site's main
//! language.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use schaukasten::lang::when::When;
use schaukasten::lang::zone::Now;
use schaukasten::lang::{date, number};
use schaukasten::model::GERMAN;
use schaukasten::model::datum::{Datum, Row};
use schaukasten::model::entry::EntryId;
use schaukasten::model::schema::{Field, Fields, Type};
use schaukasten::path::{RelPath, Route, percent_encoded};
use schaukasten::pipeline::Builder;
use schaukasten::resolve;
use schaukasten::site::{Output, Place, Site, World};
use schaukasten::source::embedded::{Embedded, Overlay};

use crate::built::{self, Built, one_line, seen};
use crate::demo;

/// The day of the build: on it all entries are shown, and events are still to come.
const DAY: &str = "2026-11-20";

/// Public fields with a value that no page shows as it stands, as `kind.field`, each for a reason:
/// `genau` needs no word, `EUR` is shown as Euro, minutes as the time of a session's end; the short
/// title of a page is what menus call it. It must not grow.
const NOT_SHOWN: &[&str] = &[
    "event.numbers.qualifier",
    "event.sessions.minutes",
    "initiative.numbers.qualifier",
    "initiative.numbers.unit",
    "page.short_title",
    "solution.numbers.qualifier",
];

/// References that the schema shows on one side only, as `kind.field`.
const ONE_SIDED: &[&str] = &[];

/// The demo site: what there is, and what was made of it.
struct Demo {
    /// All entries in their places.
    site: Site,
    /// The pages.
    built: Built,
}

/// The demo site, built once for all tests.
static DEMO: LazyLock<Demo> = LazyLock::new(|| {
    let disk = demo::disk();
    let files = Overlay { top: &disk, bottom: &Embedded };
    let mut notes = Vec::new();
    let model = Builder::default().model(&mut notes, &files);
    let now = Now::parse(DAY, model.settings.zone.clone()).unwrap();
    let base_url = model.settings.base_url.clone();
    let site = resolve::resolve(&mut notes, model, World { now, preview: false, base_url });
    Demo { site, built: built::build(&disk, DAY) }
});

impl Demo {
    /// What is between the header and the footer of a page.
    fn main(&self, route: &Route) -> &str {
        let page = self.built.page(route.as_str());
        let after =
            page.split_once("<main").unwrap_or_else(|| panic!("{route} has no main part")).1;
        after.split_once("</main>").unwrap().0
    }

    /// The entries that have a German page of their own, with its route.
    fn entries(&self) -> impl Iterator<Item = (&EntryId, &Place, &Route)> {
        let places = self.site.places.iter();
        places.filter_map(|(id, place)| Some((id, place, place.pages.get(&*GERMAN)?)))
    }

    /// The pages that may show what refers to an entry: its own, and the lists of its inverses.
    fn pages_of(&self, id: &EntryId) -> Vec<&Route> {
        let is_of = |output: &Output| match output {
            Output::Entry(own, lang)
            | Output::Inverse(own, lang, ..)
            | Output::List(own, lang, _) => own == id && *lang == *GERMAN,
            _ => false,
        };
        let outputs = self.site.outputs.iter();
        outputs.filter(|(_, output)| is_of(output)).map(|(route, _)| route).collect()
    }
}

/// A value met in an entry.
struct Met<'a> {
    /// Its name with those of the fields around it: `event.sessions.title`.
    name: String,
    /// The field whose table holds the value's field.
    holder: Option<&'a Field>,
    /// The field.
    field: &'a Field,
    /// The value; never a list.
    datum: &'a Datum,
}

/// All public values of a row, those inside tables included.
fn values<'a>(
    site: &'a Site,
    (row, fields): (&'a Row, &'a Fields),
    (name, holder): (&str, Option<&'a Field>),
) -> Vec<Met<'a>> {
    let mut all = Vec::new();
    for (key, _) in &row.values {
        let Some(field) = fields.get(key).filter(|field| field.public && &*field.name != "key")
        else {
            continue;
        };
        let name = format!("{name}.{key}");
        for datum in row.items(key) {
            let group = match &field.ty {
                Type::Table(group) => Some(&**group),
                Type::Picture => Some("picture_use"),
                _ => None,
            };
            match (datum, group.and_then(|group| site.model.schema.group(group))) {
                (Datum::Row(row), Some(group)) => {
                    all.extend(values(site, (row, &group.fields), (&name, Some(field))));
                }
                _ => all.push(Met { name: name.clone(), holder, field, datum }),
            }
        }
    }
    all
}

/// All public values of an entry.
fn facts<'a>(site: &'a Site, place: &'a Place) -> Vec<Met<'a>> {
    let kind = site.kind(&place.entry.id).unwrap();
    values(site, (&place.entry.facts, &kind.fields), (&kind.name, None))
}

/// Whether a page shows a value, in whichever form.
fn shows(demo: &Demo, place: &Place, (html, text): (&str, &str), met: &Met<'_>) -> bool {
    let site = &demo.site;
    let has = |wanted: &str| text.contains(&one_line(wanted));
    match met.datum {
        Datum::Text(value) => match met.field.ty {
            Type::Url | Type::Email | Type::Phone => {
                html.contains(&value.replace('&', "&amp;")) || has(value)
            }
            _ => has(value),
        },
        Datum::Markup(markup) => pieces(markup).iter().all(|piece| has(piece)),
        Datum::Integer(value) => has(&number::integer(*value, &GERMAN)),
        Datum::Number(value) => shows_number(text, *value) || html.contains(&value.to_string()),
        // What is said of it depends on the field: that it is free, say.
        Datum::Bool(_) => true,
        Datum::Choice(value) => match &met.field.ty {
            Type::Choice(choices) => choices
                .iter()
                .filter(|choice| choice.value == *value)
                .any(|choice| has(choice.label.get(&GERMAN))),
            _ => has(value),
        },
        Datum::When(when) => shows_date(site, (html, text), *when),
        Datum::Ref(reference) => match site.referred(&met.field.ty, reference) {
            Some(id) => has(site.places.get(&id).unwrap().entry.title()),
            None => false,
        },
        Datum::File(file) => match place.entry.path.join(&file.path) {
            Some(path) => {
                site.files.get(&path).is_some_and(|route| html.contains(&site.href(route)))
            }
            None => false,
        },
        Datum::Language(lang) => has(&lang.name_in(&GERMAN)),
        Datum::Words(_) | Datum::Row(_) | Datum::List(_) | Datum::Raw(_) => false,
    }
}

/// The words of Markdown between its links and tags.
fn pieces(markup: &schaukasten::parse::Markup) -> Vec<String> {
    let html: &str = &markup.html;
    let mut ends: Vec<usize> = markup.holes.iter().map(|hole| hole.at).collect();
    ends.push(html.len());
    let mut at = 0;
    let mut all = Vec::new();
    for end in ends {
        all.extend(html[at..end].split(['<', '>']).step_by(2).map(seen));
        at = end;
    }
    all.retain(|piece| !piece.is_empty());
    all
}

/// Whether a text has a number as numbers are written: whole where it is, in millions where it is.
fn shows_number(text: &str, value: f64) -> bool {
    let money = one_line(&number::money(value, "EUR", &GERMAN));
    let decimal = number::decimal(value, &GERMAN);
    #[expect(clippy::cast_possible_truncation, reason = "only looked for, as one of several forms")]
    let whole = number::integer(value as i64, &GERMAN);
    text.contains(&money) || text.contains(&decimal) || text.contains(&whole)
}

/// Whether a page has a date: in words, or marked up as one whose year or month stands beside it.
fn shows_date(site: &Site, (html, text): (&str, &str), when: When) -> bool {
    let forms = [
        date::long(when, &GERMAN),
        date::short(when, &GERMAN),
        date::without_time(when, &GERMAN),
        date::month(when, &GERMAN),
    ];
    let marked = format!("datetime=\"{}\"", when.datetime(&site.model.settings.zone));
    let time = date::time(when, &GERMAN).unwrap_or_default();
    let time = one_line(time.trim_end_matches("Uhr").trim_end());
    html.contains(&marked)
        || forms.iter().any(|form| text.contains(&one_line(form)) && text.contains(&time))
}

#[test]
fn every_public_value_is_on_its_page() {
    let demo = &*DEMO;
    let mut missing: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (id, place, route) in demo.entries() {
        let html = demo.main(route);
        let text = seen(html);
        for met in facts(&demo.site, place) {
            if !shows(demo, place, (html, &text), &met) {
                missing.entry(met.name.clone()).or_default().push(format!("{id}: {:?}", met.datum));
            }
        }
    }
    let names: BTreeSet<&str> = missing.keys().map(String::as_str).collect();
    let known: BTreeSet<&str> = NOT_SHOWN.iter().copied().collect();
    assert_eq!(names, known, "what pages do not show: {missing:#?}");
}

#[test]
fn every_reference_is_a_link_on_both_sides() {
    let demo = &*DEMO;
    let site = &demo.site;
    let (mut missing, mut one_sided) = (BTreeSet::new(), BTreeSet::new());
    let mut count = 0;
    for (id, place, route) in demo.entries() {
        for met in facts(site, place) {
            let Datum::Ref(reference) = met.datum else { continue };
            let target = site.referred(&met.field.ty, reference).unwrap();
            let Some(target_route) = site.places.get(&target).unwrap().pages.get(&*GERMAN) else {
                continue;
            };
            count += 1;
            if !links(demo, route, target_route) {
                missing.insert(format!("{id} does not link to {target} ({})", met.name));
            }
            if !is_two_sided(site, &met) {
                one_sided.insert(met.name.clone());
                continue;
            }
            if !demo.pages_of(&target).iter().any(|page| links(demo, page, route)) {
                missing.insert(format!("{target} does not link back to {id} ({})", met.name));
            }
        }
    }
    assert!(count > 200, "the demo site has many relations, but there are only {count}");
    assert!(missing.is_empty(), "{missing:#?}");
    let one_sided: Vec<&str> = one_sided.iter().map(String::as_str).collect();
    assert_eq!(one_sided, ONE_SIDED);
}

/// The pictures that an entry shows: in fields, in its text, in blocks there.
fn pictures(site: &Site, place: &Place) -> BTreeSet<RelPath> {
    let body = &place.entry.body;
    let in_text = body.markup.pictures.iter().map(|picture| picture.path.to_string());
    let blocks = body.markup.blocks.iter().zip(&body.blocks);
    let in_blocks = blocks.filter_map(|(block, row)| {
        let fields = &site.model.theme.blocks.get(&block.name)?.fields;
        Some(values(site, (row.as_ref()?, fields), (&block.name, None)))
    });
    let files = in_blocks.flatten().chain(facts(site, place)).filter_map(|met| match met.datum {
        Datum::File(file) => Some(file.path.to_string()),
        _ => None,
    });
    in_text.chain(files).filter_map(|path| place.entry.path.join(&path)).collect()
}

#[test]
fn who_is_in_a_picture_is_linked_on_both_sides() {
    let demo = &*DEMO;
    let site = &demo.site;
    let group = site.model.schema.group("picture").unwrap();
    let (mut missing, mut count) = (BTreeSet::new(), 0);
    for (id, place, route) in demo.entries() {
        for path in pictures(site, place) {
            let Some(sidecar) = site.model.sidecars.get(&path) else { continue };
            for met in values(site, (&sidecar.row, &group.fields), ("picture", None)) {
                let Datum::Ref(reference) = met.datum else { continue };
                let target = site.referred(&met.field.ty, reference).unwrap();
                let Some(other) = site.places.get(&target).unwrap().pages.get(&*GERMAN) else {
                    continue;
                };
                count += 1;
                let is_back = demo.pages_of(&target).iter().any(|page| links(demo, page, route));
                if !links(demo, route, other) || !is_back {
                    missing.insert(format!("{id} and {target} ({path})"));
                }
            }
        }
    }
    assert!(count > 0, "no picture of the demo site names anybody of a partner");
    assert!(missing.is_empty(), "{missing:#?}");
}

/// Whether a page links to another.
fn links(demo: &Demo, from: &Route, to: &Route) -> bool {
    let address = percent_encoded(&demo.site.href(to)).replace("%25", "%");
    let html = demo.main(from);
    html.contains(&format!("href=\"{address}\"")) || html.contains(&format!("href=\"{address}#"))
}

/// Whether the schema gives a reference a name on the other side.
fn is_two_sided(site: &Site, met: &Met<'_>) -> bool {
    let Some(holder) = met.holder else { return met.field.inverse.is_some() };
    let Type::Table(group) = &holder.ty else { return false };
    let stands_for = site.model.schema.group(group).and_then(|group| group.reference.as_ref());
    holder.inverses.contains_key(&met.field.name)
        || stands_for == Some(&met.field.name) && holder.inverse.is_some()
}
