//! What `content/site.toml` says, typed.
//!
//! The settings are read by the same reader as entries, against `settings.toml`, so that every
//! misspelling is told with its place and a suggestion.

use std::sync::Arc;

use super::datum::{Datum, Row};
use super::declare;
use super::origins::{self, Origins};
use super::read::{self, Owner, Reading};
use super::region::Regions;
use super::schema::{Labels, Name, Schema};
use crate::diag::{Code, Diagnostic, Severity, Span};
use crate::lang::Lang;
use crate::lang::zone::Zone;
use crate::parse::toml::{Damage, Node, Value};
use crate::parse::{Place, toml};
use crate::path::RelPath;
use crate::words;

/// The file that holds a site's settings.
pub const SETTINGS: &str = "content/site.toml";

/// The version of `site.toml` that this program reads.
const VERSION: i64 = 1;

/// The settings of a site.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The site's name.
    pub title: Labels,
    /// What the site is, in a sentence or two.
    pub description: Labels,
    /// The site's address, with a slash at its end.
    pub base_url: Arc<str>,
    /// The zone that dates and times are meant in.
    pub zone: Zone,
    /// The theme's name.
    pub theme: Arc<str>,
    /// The languages; the first is the main one.
    pub languages: Vec<Language>,
    /// The number of entries on one list page.
    pub per_page: usize,
    /// The servers beside the site's own.
    pub origins: Origins,
    /// All of it, as it was read: for menus, publisher and the rest.
    pub row: Row,
    /// What declares `row`: its groups of fields.
    pub own: Arc<Schema>,
    /// The regions whose law is known.
    pub regions: Arc<Regions>,
    /// The options for the theme, not yet checked against what it declares.
    pub theme_options: Option<Arc<Node>>,
}

/// A language of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Language {
    /// Its tag.
    pub lang: Lang,
    /// What it calls itself.
    pub label: Arc<str>,
    /// Whether its lists show entries that are not translated, in the main language.
    pub fallback: bool,
}

impl Settings {
    /// The main language.
    pub fn main(&self) -> &Lang {
        &self.languages[0].lang
    }

    /// The language with this tag, if the site has it.
    pub fn language(&self, tag: &str) -> Option<&Language> {
        self.languages.iter().find(|language| language.lang.as_str() == tag)
    }

    /// The region, if its name is known, with what its law says.
    pub fn region(&self) -> Option<(&Name, &Row)> {
        let name = self.row.text("region")?;
        self.regions.get(name).map(|row| (name, row))
    }

    /// One of the groups of `[legal]`.
    pub fn legal(&self, name: &str) -> Option<&Row> {
        self.row.row("legal")?.row(name).filter(|row| !row.is_unread())
    }

    /// The part of the base URL's path before the site's own addresses: empty, or `/preview/12`.
    pub fn base_path(&self) -> &str {
        let host = self.base_url.find("://").map_or(0, |at| at + 3);
        let path = self.base_url[host..].find('/').map_or("", |at| &self.base_url[host + at..]);
        path.trim_end_matches('/')
    }
}

/// The settings and the schema that `site.toml` declares. Without its text, or where that does not
/// say which languages there are, `guess` are the languages.
pub fn read(notes: &mut Vec<Diagnostic>, text: Option<&str>, guess: &[Lang]) -> (Settings, Schema) {
    let path = RelPath::new(SETTINGS);
    let text = text.filter(|text| {
        let is_empty = text.trim().is_empty();
        notes.extend(is_empty.then(empty));
        !is_empty
    });
    let (node, damage) = match text {
        Some(text) => toml::parse(notes, text, &Place::At(path.clone(), 0)),
        None => (Node::broken(0..0), Damage::default()),
    };
    let mut schema = declare::schema(notes, &path, &node);
    let declarations = ["kinds", "types", "shared"];
    schema.is_partial = text.is_none()
        || node.is_broken()
        || declarations.iter().any(|name| {
            let own = node.get(name);
            damage.may_hide(&node, name) || own.is_some_and(|own| damage.touches(&own.span))
        });
    let own = own_schema();
    let reading = Reading {
        schema: &own,
        path: &path,
        damage: &damage,
        words_of: None,
        owner: Owner::Settings,
    };
    let group = own.group("settings");
    let row =
        group.map_or_else(Row::default, |group| read::group(notes, &reading, &node, (group, None)));
    let meant = row.written_as("languages").map(|stray| tags(&stray.value)).unwrap_or_default();
    let guess = match (row.may_lack("languages"), meant.is_empty()) {
        (false, _) => &[],
        (true, false) => &meant[..],
        (true, true) => guess,
    };
    let settings = settings(notes, &reading, (row, guess));
    schema.media.clone_from(&settings.origins.media);
    (settings, schema)
}

/// The languages that a value names which was not read as a setting.
fn tags(node: &Node) -> Vec<Lang> {
    let texts = std::iter::once(node).chain(node.items()).filter_map(Node::as_str);
    texts.filter_map(Lang::parse).collect()
}

/// The declarations of `settings.toml` and `legal.toml`.
pub(super) fn own_schema() -> Schema {
    declared(&mut Vec::new())
}

/// The same, with what is wrong with them.
pub(super) fn declared(notes: &mut Vec<Diagnostic>) -> Schema {
    let path = RelPath::new("settings.toml");
    let text = concat!(include_str!("settings.toml"), include_str!("legal.toml"));
    declare::only(notes, &path, text)
}

/// There is no `site.toml`.
pub fn missing() -> Diagnostic {
    let message = words!("`content/site.toml` fehlt", "`content/site.toml` is missing");
    Diagnostic::new(Code::SiteMissing, Span::start_of(&RelPath::new(SETTINGS)), message).help(words!(
        "legen Sie die Datei an, mindestens mit `schema = 1`, `title = \"…\"` und `base_url = \"https://…/\"`",
        "create the file, at least with `schema = 1`, `title = \"…\"` and `base_url = \"https://…/\"`"
    ))
}

/// A `site.toml` with nothing in it.
fn empty() -> Diagnostic {
    let message = words!("die Datei ist leer", "the file is empty");
    Diagnostic::new(Code::FileEmpty, Span::start_of(&RelPath::new(SETTINGS)), message).help(words!(
        "schreiben Sie mindestens `schema = 1`, `title = \"…\"` und `base_url = \"https://…/\"`",
        "write at least `schema = 1`, `title = \"…\"` and `base_url = \"https://…/\"`"
    ))
}

/// Types what was read, with defaults for what is not set.
fn settings(
    notes: &mut Vec<Diagnostic>,
    reading: &Reading<'_>,
    (row, guess): (Row, &[Lang]),
) -> Settings {
    let words = |name: &str| row.words(name).cloned().unwrap_or_default();
    check_version(notes, reading, &row);
    check_base_url(notes, reading, &row);
    let mut base_url = row.text("base_url").map_or("https://example.org/", |url| url).to_owned();
    if !base_url.ends_with('/') {
        base_url.push('/');
    }
    let per_page = row.integer("per_page").and_then(|n| usize::try_from(n).ok()).filter(|n| *n > 0);
    let theme_options = match row.get("theme_options") {
        Some(Datum::Raw(node)) => Some(node.clone()),
        _ => None,
    };
    let is_told = guess.is_empty();
    let languages = languages(notes, reading, (&row, guess));
    if is_told {
        other_languages(notes, reading, (&row, &languages));
    }
    Settings {
        title: words("title"),
        description: words("description"),
        base_url: Arc::from(base_url),
        zone: zone(notes, reading, &row),
        theme: row.text("theme").cloned().unwrap_or_else(|| Arc::from("schaukasten")),
        languages,
        per_page: per_page.unwrap_or(20),
        origins: origins::read(notes, reading, &row),
        row,
        own: Arc::new(reading.schema.clone()),
        regions: Arc::new(Regions::read(&mut Vec::new(), reading.schema)),
        theme_options,
    }
}

/// Reports an address of the site that no other can stand behind.
fn check_base_url(notes: &mut Vec<Diagnostic>, reading: &Reading<'_>, row: &Row) {
    let Some(url) = row.text("base_url").filter(|url| url.contains(['?', '#'])) else { return };
    let span = reading.span(&row.span_of("base_url").unwrap_or_default());
    let better = url.split(['?', '#']).next().unwrap_or(url);
    let message = words!(
        "`{url}` kann nicht die Adresse einer Website sein",
        "`{url}` cannot be the address of a site"
    );
    notes.push(Diagnostic::new(Code::SiteSetting, span.clone(), message).fix(
        words!("schreiben Sie `{better}`", "write `{better}`"),
        span,
        format!("\"{better}\""),
    ));
}

/// Reports a `site.toml` for another version of this program.
fn check_version(notes: &mut Vec<Diagnostic>, reading: &Reading<'_>, row: &Row) {
    let Some(version) = row.integer("schema").filter(|version| *version != VERSION) else { return };
    let span = reading.span(&row.span_of("schema").unwrap_or_default());
    let message = words!(
        "`schema = {version}` kennt dieses Programm nicht",
        "`schema = {version}` is unknown to this program"
    );
    notes.push(Diagnostic::new(Code::SiteSetting, span.clone(), message).fix(
        words!("schreiben Sie `schema = {VERSION}`", "write `schema = {VERSION}`"),
        span,
        VERSION.to_string(),
    ));
}

/// The zone, or Berlin's.
fn zone(notes: &mut Vec<Diagnostic>, reading: &Reading<'_>, row: &Row) -> Zone {
    let name = row.text("timezone").map_or("Europe/Berlin", |name| name);
    Zone::named(name).unwrap_or_else(|| {
        let span = reading.span(&row.span_of("timezone").unwrap_or_default());
        let message = words!("es gibt keine Zeitzone `{name}`", "there is no time zone `{name}`");
        notes.push(Diagnostic::new(Code::SiteSetting, span.clone(), message).fix(
            words!("in Deutschland gilt `Europe/Berlin`", "Germany has `Europe/Berlin`"),
            span,
            "\"Europe/Berlin\"",
        ));
        Zone::named("Europe/Berlin").unwrap_or_else(Zone::utc)
    })
}

/// The languages with their settings; German alone if none are named.
fn languages(
    notes: &mut Vec<Diagnostic>,
    reading: &Reading<'_>,
    (row, guess): (&Row, &[Lang]),
) -> Vec<Language> {
    let language = |item: &Datum| match item {
        Datum::Language(lang) => Some(lang.clone()),
        _ => None,
    };
    let named: Vec<Lang> = row.items("languages").iter().filter_map(language).collect();
    for (at, lang) in named.iter().enumerate().filter(|(at, lang)| named[..*at].contains(lang)) {
        let span = reading.span(&row.span_of_item("languages", at).unwrap_or_default());
        let message = words!(
            "die Sprache `{lang}` steht zweimal da",
            "the language `{lang}` stands here twice"
        );
        let help = words!("löschen Sie eine von beiden", "delete one of the two");
        notes.push(Diagnostic::new(Code::SiteSetting, span, message).help(help));
    }
    let mut tags: Vec<Lang> = Vec::new();
    for lang in guess.iter().cloned().chain(named) {
        if !tags.contains(&lang) {
            tags.push(lang);
        }
    }
    if tags.is_empty() {
        tags.extend(Lang::parse("de"));
    }
    let own = match row.get("language") {
        Some(Datum::Raw(node)) => language_rows(notes, reading, node, &tags),
        _ => Vec::new(),
    };
    let language = |lang: Lang| {
        let row = own.iter().find(|(name, _)| &**name == lang.as_str()).map(|(_, row)| row);
        let fallback = match row.and_then(|row| row.get("fallback")) {
            Some(Datum::Bool(fallback)) => *fallback,
            _ => !lang.is_simple(),
        };
        let label = row.and_then(|row| row.text("label").cloned());
        Language { label: label.unwrap_or_else(|| Arc::from(lang.autonym())), fallback, lang }
    };
    tags.into_iter().map(language).collect()
}

/// Warns of texts in languages that the site does not have.
fn other_languages(
    notes: &mut Vec<Diagnostic>,
    reading: &Reading<'_>,
    (row, languages): (&Row, &[Language]),
) {
    let is_read = |tag: &str| {
        let read = languages.iter().any(|own| own.lang.as_str() == tag || own.lang.base() == tag);
        // Of a tag that nobody knows was told.
        tag.is_empty() || read || !Lang::parse(tag).is_some_and(|lang| lang.is_known())
    };
    for (at, (name, datum)) in row.values.iter().enumerate() {
        let items = match datum {
            Datum::List(items) => items.as_slice(),
            one => std::slice::from_ref(one),
        };
        for item in items {
            match item {
                Datum::Row(row) => other_languages(notes, reading, (row, languages)),
                Datum::Words(labels) => {
                    for tag in labels.0.keys().filter(|tag| !is_read(tag)) {
                        let span = row.spans.get(at).cloned().unwrap_or_default();
                        notes.push(unread_words(name, tag, reading.span(&span)));
                    }
                }
                _ => {}
            }
        }
    }
}

/// A text that no page of the site shows.
fn unread_words(name: &str, tag: &str, span: Span) -> Diagnostic {
    let message = words!(
        "`{name}` hat einen Text für `{tag}`, aber das ist keine Sprache dieser Website",
        "`{name}` has a text for `{tag}`, which is no language of this site"
    );
    Diagnostic::new(Code::SiteSetting, span, message).severity(Severity::Warning).help(words!(
        "nehmen Sie `{tag}` in `languages` auf, oder löschen Sie den Text",
        "add `{tag}` to `languages`, or delete the text"
    ))
}

/// The tables `[language.en]`.
fn language_rows(
    notes: &mut Vec<Diagnostic>,
    reading: &Reading<'_>,
    node: &Node,
    tags: &[Lang],
) -> Vec<(Name, Row)> {
    let Value::Table(entries) = &node.value else { return Vec::new() };
    let Some(group) = reading.schema.group("language_settings") else { return Vec::new() };
    let mut rows = Vec::new();
    for (key, value) in entries {
        let name = &key.name;
        if !tags.iter().any(|lang| lang.as_str() == &**name) {
            let message = words!(
                "`{name}` ist keine Sprache dieser Website",
                "`{name}` is no language of this site"
            );
            let help =
                words!("nehmen Sie `{name}` in `languages` auf", "add `{name}` to `languages`");
            notes.push(
                Diagnostic::new(Code::SiteSetting, reading.span(&key.span), message).help(help),
            );
        }
        rows.push((name.clone(), read::group(notes, reading, value, (group, None))));
    }
    rows
}
