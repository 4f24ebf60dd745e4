//! The accessibility statement for machines (BITV 2.0 § 7 (1)): all of its facts, in all languages
//! of the site, in one JSON file.
//!
//! It is written from the same facts as the page, but not in sentences: words are tables by
//! language, choices have their value and its names, dates are ISO 8601.

use serde_json::{Map, Value, json};

use crate::lang::Lang;
use crate::model::datum::{Datum, Row};
use crate::model::region::has_wording;
use crate::model::schema::{Field, Labels, Schema, Type};
use crate::site::Site;

/// The version of the file's form.
const SCHEMA: u32 = 1;

/// The file's text.
pub(super) fn statement(site: &Site) -> String {
    let settings = &site.model.settings;
    let writer = Writer { site, schema: &settings.own };
    let mut map = Map::new();
    map.insert("schema".to_owned(), json!(SCHEMA));
    map.insert("publisher".to_owned(), writer.publisher());
    map.insert("region".to_owned(), json!(settings.row.text("region").map(|region| &**region)));
    map.insert("norms".to_owned(), json!(["Directive (EU) 2016/2102", "EN 301 549"]));
    map.insert("laws".to_owned(), writer.laws());
    map.insert("pages".to_owned(), writer.pages());
    if let Some(own) = settings.legal("accessibility") {
        map.insert("scope".to_owned(), json!({ "": &*site.world.base_url }));
        if let Some((_, region)) = settings.region() {
            map.extend(writer.by_law(region, own.get("enforcement").is_none()));
        }
        map.insert("planned".to_owned(), writer.plans());
        if let Value::Object(facts) = writer.row(own, "statement") {
            map.extend(facts);
        }
    }
    let mut text = serde_json::to_string_pretty(&Value::Object(map)).unwrap_or_default();
    text.push('\n');
    text
}

/// What values are written with.
struct Writer<'a> {
    /// The site.
    site: &'a Site,
    /// What declares the groups.
    schema: &'a Schema,
}

impl Writer<'_> {
    /// The languages of the site.
    fn languages(&self) -> impl Iterator<Item = &Lang> {
        self.site.model.settings.languages.iter().map(|language| &language.lang)
    }

    /// Words by language; one text for all stands under the empty tag.
    fn words(&self, words: &Labels) -> Value {
        if let Some(text) = words.0.get("") {
            return json!({ "": &**text });
        }
        let has = |lang: &&Lang| words.0.contains_key(lang.as_str());
        let texts = self.languages().filter(has);
        texts.map(|lang| (lang.to_string(), json!(words.get(lang)))).collect()
    }

    /// What the law of a region says: in how long there has to be an answer, and the body with its
    /// procedure, unless the site names another.
    fn by_law(&self, region: &Row, has_its_body: bool) -> Map<String, Value> {
        let mut map = Map::new();
        let mut put = |name: &str| {
            let words = region.words(name);
            map.extend(words.map(|words| (name.to_owned(), self.words(words))));
        };
        put("answer");
        if let Some(body) = region.row("enforcement").filter(|_| has_its_body) {
            put("procedure");
            map.insert("enforcement".to_owned(), self.row(body, "body"));
        }
        map
    }

    /// Who answers for the site.
    fn publisher(&self) -> Value {
        let row = self.site.model.settings.row.row("publisher");
        row.and_then(|row| row.words("name")).map_or(Value::Null, |words| self.words(words))
    }

    /// By when there is to be what the home page still lacks.
    fn plans(&self) -> Value {
        let plan = |(name, offer): (&str, &str)| {
            let planned = self.site.model.settings.legal(name)?.when("planned")?;
            Some((offer.to_owned(), json!(planned.iso())))
        };
        [("signs", "sign_language"), ("easy_language", "easy_language")]
            .into_iter()
            .filter_map(plan)
            .collect()
    }

    /// The laws that the region's wording names.
    fn laws(&self) -> Value {
        let region = self.site.model.settings.region().filter(|(_, row)| has_wording(row));
        let laws = region.map_or(&[][..], |(_, row)| row.items("laws"));
        let law = |datum: &Datum| match datum {
            Datum::Words(words) => Some(self.words(words)),
            _ => None,
        };
        laws.iter().filter_map(law).collect()
    }

    /// The pages on which the statement stands for people, by language.
    fn pages(&self) -> Value {
        let place = self.site.roles.get("accessibility").and_then(|id| self.site.shown(id));
        let pages = place.map(|place| place.pages.iter());
        let page = |(lang, route)| (Lang::to_string(lang), json!(self.site.absolute(route)));
        pages.into_iter().flatten().map(page).collect()
    }

    /// A group of facts: each field that is set, under its name.
    fn row(&self, row: &Row, group: &str) -> Value {
        let Some(group) = self.schema.group(group) else { return Value::Null };
        let value = |field: &Field| {
            let datum = row.get(&field.name)?;
            Some((field.name.to_string(), self.value(field, datum)))
        };
        group.fields.iter().filter_map(value).collect()
    }

    /// One value.
    fn value(&self, field: &Field, datum: &Datum) -> Value {
        match (datum, &field.ty) {
            (Datum::Text(text), _) => json!(&**text),
            (Datum::Words(words), _) => self.words(words),
            (Datum::Integer(number), _) => json!(number),
            (Datum::Number(number), _) => json!(number),
            (Datum::Bool(flag), _) => json!(flag),
            (Datum::When(when), _) => json!(when.iso()),
            (Datum::Choice(value), Type::Choice(choices)) => {
                let choice = choices.iter().find(|choice| choice.value == *value);
                let label = choice.map_or(Value::Null, |choice| self.words(&choice.label));
                json!({ "value": &**value, "label": label })
            }
            (Datum::Row(row), Type::Table(group)) => self.row(row, group),
            (Datum::List(items), _) => items.iter().map(|item| self.value(field, item)).collect(),
            _ => Value::Null,
        }
    }
}
