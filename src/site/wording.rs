//! The words for filters in addresses: of each group, and of each of its options.
//!
//! They stay as they are for as long as the schema does. A group is named by its label, as an inverse
//! is. Values are German words in every site; in other languages the label takes their place. No two
//! groups have one word, nor two options of a group: the page of one would show the entries of the
//! other. Where what is written does not tell them apart, a number does.

use std::collections::{BTreeMap, BTreeSet};

use crate::lang::Lang;
use crate::model::schema::{Choice, Kind, Name, Schema, Type};
use crate::path::{Route, id_from};
use crate::site::listing::{Facet, Feature, TIMINGS, facets, is_year};
use crate::site::lists::{page_word, paged};

/// The words for the filters of all kinds, by kind and language.
pub type Wordings = BTreeMap<(Name, Lang), Wording>;

/// The words for the filters of all kinds of a schema in some languages.
pub fn wordings<'a>(schema: &Schema, languages: impl Iterator<Item = &'a Lang>) -> Wordings {
    let of_lang = |lang: &'a Lang| {
        let made = schema
            .kinds
            .iter()
            .map(move |kind| ((kind.name.clone(), lang.clone()), Wording::new(schema, kind, lang)));
        made.collect::<Vec<_>>()
    };
    languages.flat_map(of_lang).collect()
}

/// The words for the filters of a kind in addresses of a language.
#[derive(Debug, PartialEq, Eq)]
pub struct Wording {
    /// The language.
    lang: Lang,
    /// The words for groups, by the group's name.
    groups: BTreeMap<Name, String>,
    /// The words for the values of choices, by the group's name.
    choices: BTreeMap<Name, BTreeMap<Name, String>>,
    /// The groups whose references lead to several kinds, so that an id is not enough.
    mixed: BTreeSet<Name>,
}

impl Wording {
    /// The words for the filters of a kind. Of two groups with one label the second has its name.
    fn new(schema: &Schema, kind: &Kind, lang: &Lang) -> Self {
        let facets = facets(schema, kind);
        let word = |facet: &Facet<'_>| match facet {
            Facet::Timing => word_in(lang, "zeit", "time").to_owned(),
            Facet::Field(field) if is_year(kind, field) => word_in(lang, "jahr", "year").to_owned(),
            Facet::Field(field) => id_from(field.label.get(lang)),
        };
        let groups = facets.iter().map(|facet| {
            let name = facet.name();
            let words = vec![word(facet), id_from(&name)];
            (name, words)
        });
        // Below it, the list has its own pages.
        let groups = told_apart(groups.collect(), &[page_word(lang)]);
        let (mut choices, mut mixed) = (BTreeMap::new(), BTreeSet::new());
        for facet in &facets {
            let Facet::Field(field) = facet else { continue };
            match &field.ty {
                Type::Choice(of) => {
                    choices.insert(field.name.clone(), values(of, lang));
                }
                Type::Ref(targets) if targets.len() > 1 => {
                    mixed.insert(field.name.clone());
                }
                _ => {}
            }
        }
        Self { lang: lang.clone(), groups, choices, mixed }
    }

    /// The word for a group.
    pub fn group(&self, field: &str) -> Option<&str> {
        self.groups.get(field).map(String::as_str)
    }

    /// The word for an option of a group.
    pub fn option(&self, field: &str, feature: &Feature) -> String {
        let word = |de, en| word_in(&self.lang, de, en).to_owned();
        match feature {
            Feature::Timing(name) => {
                let words = TIMINGS.iter().find(|(known, ..)| known == name);
                words.map_or_else(|| (*name).to_owned(), |(_, de, en)| word(de, en))
            }
            Feature::Bool(true) => word("ja", "yes"),
            Feature::Bool(false) => word("nein", "no"),
            Feature::Choice(value) => {
                let known = self.choices.get(field).and_then(|words| words.get(value));
                known.cloned().unwrap_or_else(|| id_from(value))
            }
            Feature::Year(year) => year.to_string(),
            Feature::Entry(id) if self.mixed.contains(field) => format!("{}:{}", id.kind, id.id),
            Feature::Entry(id) => id.id.to_string(),
        }
    }

    /// The route of a page of those who pass a filter: below the list, whose first page is given.
    pub fn route(
        &self,
        first: &Route,
        (field, feature): (&str, &Feature),
        page: usize,
    ) -> Option<Route> {
        let (group, option) = (self.group(field)?, self.option(field, feature));
        if option.is_empty() || !feature.has_pages() {
            return None;
        }
        let folder = first.as_str().strip_suffix("index.html")?;
        Some(paged(&Route::page(&format!("{folder}{group}/{option}/")), &self.lang, page))
    }
}

/// A word for addresses: as in [`paged`], German where the language is.
fn word_in<'a>(lang: &Lang, de: &'a str, en: &'a str) -> &'a str {
    if lang.base() == "de" { de } else { en }
}

/// The words for the values of a choice. Where the labels of several come to one word, the values
/// themselves tell them apart.
fn values(choices: &[Choice], lang: &Lang) -> BTreeMap<Name, String> {
    let labels: Vec<String> = match lang.base() {
        "de" => vec![String::new(); choices.len()],
        _ => choices.iter().map(|choice| id_from(choice.label.get(lang))).collect(),
    };
    let count = counted(labels.iter());
    let wanted = choices.iter().zip(&labels).map(|(choice, label)| {
        let own = id_from(&choice.value);
        let is_alone = count.get(&**label) == Some(&1);
        (choice.value.clone(), if is_alone { vec![label.clone(), own] } else { vec![own] })
    });
    told_apart(wanted.collect(), &[])
}

/// How often each word occurs.
fn counted<'a>(words: impl Iterator<Item = &'a String>) -> BTreeMap<&'a str, usize> {
    let mut count = BTreeMap::new();
    words.for_each(|word| *count.entry(&**word).or_default() += 1);
    count
}

/// A word for each: of those that it may have, the first that is free and not empty. What nobody else
/// wants first of all is given first, so that it stays when others come to want one word; these get
/// theirs in order, and a number if there is none left.
fn told_apart(wanted: Vec<(Name, Vec<String>)>, reserved: &[&str]) -> BTreeMap<Name, String> {
    let count = counted(wanted.iter().filter_map(|(_, words)| words.first()));
    let mut taken: BTreeSet<String> = reserved.iter().map(|word| (*word).to_owned()).collect();
    taken.insert(String::new());
    let mut found = BTreeMap::new();
    let is_alone = |words: &[String], taken: &BTreeSet<String>| {
        let first = words.first().filter(|first| count.get(&***first) == Some(&1));
        first.filter(|first| !taken.contains(*first)).cloned()
    };
    for (name, words) in &wanted {
        if let Some(word) = is_alone(words, &taken) {
            taken.insert(word.clone());
            found.insert(name.clone(), word);
        }
    }
    // Where many want one word, their numbers are not counted from the beginning each time.
    let mut last: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, words) in &wanted {
        if found.contains_key(name) {
            continue;
        }
        let free = words.iter().find(|word| !taken.contains(*word)).cloned();
        let word = free.unwrap_or_else(|| {
            let stem = words.iter().find(|word| !word.is_empty()).map_or("", String::as_str);
            numbered(stem, &taken, last.entry(stem).or_insert(1))
        });
        taken.insert(word.clone());
        found.insert(name.clone(), word);
    }
    found
}

/// A word with the next number that makes another one of it than those that are taken.
fn numbered(stem: &str, taken: &BTreeSet<String>, last: &mut usize) -> String {
    loop {
        *last += 1;
        let word = if stem.is_empty() { last.to_string() } else { format!("{stem}-{last}") };
        if !taken.contains(&word) {
            return word;
        }
    }
}
