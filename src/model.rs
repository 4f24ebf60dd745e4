//! MODEL: entries, that is documents with typed fields.
//!
//! The schema, the settings and the theme say what there may be; here the parsed files are read
//! against them, file by file. What files say about each other, references and links, is for
//! `resolve`.

pub mod address;
pub mod block;
pub mod by_hand;
mod closure;
mod dates;
mod expected;
mod families;
mod idle;
pub mod date;
pub mod datum;
pub mod declare;
pub mod doubts;
pub mod entry;
pub mod inverse;
pub mod layout;
pub mod media;
pub mod number;
pub mod origins;
pub mod read;
pub mod region;
mod plain;
mod repeated;
pub mod rows;
pub mod schema;
pub mod sections;
pub mod settings;
pub mod sidecar;
mod text;
pub mod theme;
pub mod value;
pub mod window;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use crate::diag::{Code, Diagnostic, Span};
use crate::lang::Lang;
use crate::parse::{Doc, toml};
use crate::path::RelPath;
use crate::source::inspect::FileInfo;
use crate::words;
use datum::Datum;
use doubts::Doubts;
use entry::{Entry, EntryId};
use families::Entries;
pub use families::Kept;
use layout::Role;
use schema::Schema;
use sections::Sections;
use settings::Settings;
use sidecar::Sidecar;
use theme::Theme;

/// The language of German labels.
pub static GERMAN: LazyLock<Lang> = LazyLock::new(|| Lang::parse("de").expect("a valid tag"));

/// The language of English labels.
pub static ENGLISH: LazyLock<Lang> = LazyLock::new(|| Lang::parse("en").expect("a valid tag"));

/// A TOML file of its own: `_entries.toml`, a sidecar.
#[derive(Clone, Debug)]
pub struct Table {
    /// What it says.
    pub node: toml::Node,
    /// What could not be read.
    pub damage: toml::Damage,
}

/// All files of a site, each parsed by itself.
#[derive(Clone, Debug, Default)]
pub struct Parsed {
    /// What each file in `content/` is.
    pub roles: Arc<BTreeMap<RelPath, Role>>,
    /// The Markdown files.
    pub docs: Arc<BTreeMap<RelPath, Arc<Doc>>>,
    /// The TOML files, but for `site.toml`.
    pub tables: Arc<BTreeMap<RelPath, Arc<Table>>>,
    /// The files that are published as they are, of content and themes.
    pub files: Arc<BTreeMap<RelPath, FileInfo>>,
    /// The files of content that exist but could not be read.
    pub unread: BTreeSet<RelPath>,
    /// The Markdown files that mean something else than when they were parsed last, those among them
    /// that are new and those that are gone.
    pub changed: Vec<RelPath>,
}

/// A site's content, typed; nothing refers to anything yet. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Model {
    /// The settings.
    pub settings: Arc<Settings>,
    /// The schema.
    pub schema: Arc<Schema>,
    /// The theme.
    pub theme: Arc<Theme>,
    /// The folders with an `_index.md`.
    pub sections: Arc<Sections>,
    /// The entries, sections among them.
    pub entries: Arc<BTreeMap<EntryId, Arc<Entry>>>,
    /// What is known of pictures, by the picture's path.
    pub sidecars: Arc<BTreeMap<RelPath, Sidecar>>,
    /// The files that can be published.
    pub files: Arc<BTreeMap<RelPath, FileInfo>>,
    /// What may exist although it could not be read.
    pub doubts: Arc<Doubts>,
}

/// Reads all files of a site against its schema. What is in `kept` is not read again, and what is
/// read is put there.
pub fn build(
    notes: &mut Vec<Diagnostic>,
    (settings, schema, theme): (Arc<Settings>, Arc<Schema>, Arc<Theme>),
    parsed: &Parsed,
    kept: Option<&mut Kept>,
) -> Model {
    let sections = sections::read(notes, &schema, parsed);
    layout::check_names(notes, &settings, &parsed.roles);
    for (path, role) in parsed.roles.iter() {
        if let Role::Foreign(lang) = role {
            notes.push(match lang == settings.main() {
                true => main_language(path, lang, &parsed.roles),
                false => foreign(path, lang, &settings),
            });
        }
    }
    let already = notes.len();
    let entries = families::read(notes, (&schema, &theme), (&sections, parsed), kept);
    let has_rivals = notes[already..].iter().any(|note| note.code == Code::DuplicateId);
    check_homes(notes, &settings, &entries);
    let sidecars = sidecar::read(notes, &schema, parsed);
    let doubts = Doubts::of((parsed, &sections), &entries).with_rivals(has_rivals);
    Model {
        settings,
        schema,
        theme,
        sections: Arc::new(sections),
        entries: Arc::new(entries),
        sidecars: Arc::new(sidecars),
        files: parsed.files.clone(),
        doubts: Arc::new(doubts),
    }
}

/// The entry of a main file in Markdown, read again from its files as they are now. `None` if there is
/// none, or if rows of a table may belong to it.
pub fn entry_again(
    notes: &mut Vec<Diagnostic>,
    model: &Model,
    parsed: &Parsed,
    path: &RelPath,
) -> Option<Entry> {
    families::one(notes, model, parsed, path)
}

/// The main file that a translation belongs to.
pub fn main_path(path: &RelPath, lang: &Lang) -> RelPath {
    let ending = path.extension();
    let stem = path.as_str().rsplit_once('.').map_or(path.as_str(), |(stem, _)| stem);
    // The tag may be written in other letters than the language's own.
    let at = stem.len().saturating_sub(lang.as_str().len() + 1);
    RelPath::new(format!("{}.{ending}", stem.get(..at).unwrap_or(stem)))
}

/// Two entries of one kind with one id.
fn duplicate(entry: &Entry, first: &Entry) -> Diagnostic {
    let id = &entry.id.id;
    let message = words!("die Kennung `{id}` gibt es zweimal", "the id `{id}` exists twice");
    let (place, first_place) = (entry.id_span(), first.id_span());
    Diagnostic::new(Code::DuplicateId, place, message)
        .label(words!("der zweite Eintrag", "the second entry"))
        .also(first_place, words!("der erste Eintrag", "the first entry"))
        .help(words!(
            "geben Sie einem von beiden eine andere Kennung: durch einen anderen Dateinamen oder mit `id = \"…\"`",
            "give one of the two another id: by another file name, or with `id = \"…\"`"
        ))
}

/// A file whose name says that it is in the main language.
fn main_language(path: &RelPath, lang: &Lang, roles: &BTreeMap<RelPath, Role>) -> Diagnostic {
    let name = path.name();
    let main = main_path(path, lang);
    let message = words!(
        "`{name}` wird nicht gelesen: `{lang}` ist die Hauptsprache, ihre Dateien haben kein Kürzel",
        "`{name}` is not read: `{lang}` is the main language, whose files have no tag"
    );
    let note = Diagnostic::new(Code::TranslationAlone, Span::start_of(path), message);
    let better = main.name();
    note.help(match roles.contains_key(&main) {
        true => words!(
            "`{better}` gibt es schon: führen Sie beide dort zusammen und löschen Sie diese Datei",
            "`{better}` exists already: merge both there, and delete this file"
        ),
        false => words!("benennen Sie die Datei in `{better}` um", "rename the file to `{better}`"),
    })
}

/// A translation into a language that the site does not have.
fn foreign(path: &RelPath, lang: &Lang, settings: &Settings) -> Diagnostic {
    let name = path.name();
    let ending = path.extension();
    let stem = path.stem().rsplit_once('.').map_or(name, |(stem, _)| stem);
    let message = words!(
        "`{name}` wird nicht gelesen: `{lang}` ist keine Sprache, in die übersetzt wird",
        "`{name}` is not read: `{lang}` is no language that is translated into"
    );
    let note = Diagnostic::new(Code::TranslationAlone, Span::start_of(path), message);
    let base = settings.language(lang.base()).filter(|own| own.lang != *settings.main());
    if let Some(base) = base.map(|own| &own.lang) {
        return note.help(words!(
            "benennen Sie die Datei in `{stem}.{base}.{ending}` um",
            "rename the file to `{stem}.{base}.{ending}`"
        ));
    }
    note.help(words!(
        "nehmen Sie `{lang}` hinter der Hauptsprache in `languages` in `site.toml` auf",
        "add `{lang}` behind the main language to `languages` in `site.toml`"
    ))
    .help(words!(
        "eine Datei in der Hauptsprache heißt ohne Kürzel `{stem}.{ending}`",
        "a file in the main language is called `{stem}.{ending}`, without a tag"
    ))
}

/// A translation of a file that does not exist.
fn alone(path: &RelPath, main: &RelPath) -> Diagnostic {
    let message = words!(
        "zu dieser Übersetzung fehlt `{main}`",
        "this is a translation of `{main}`, which is missing"
    );
    Diagnostic::new(Code::TranslationAlone, Span::start_of(path), message).help(words!(
        "legen Sie die Hauptdatei an oder nehmen Sie das Sprachkürzel aus dem Dateinamen",
        "create the main file, or take the language out of the file's name"
    ))
}

/// A translated row of an entry that does not exist.
fn alone_row(path: &RelPath, row: &toml::Node, id: &str) -> Diagnostic {
    let span = row.get("id").map_or(row.span.clone(), |node| node.span.clone());
    let message = words!(
        "es gibt keinen Eintrag `{id}`, der übersetzt werden könnte",
        "there is no entry `{id}` to translate"
    );
    Diagnostic::new(Code::TranslationAlone, Span::new(path, span), message)
        .help(words!("prüfen Sie die Kennung", "check the id"))
}

/// The home page must exist in each language.
fn check_homes(notes: &mut Vec<Diagnostic>, settings: &Settings, entries: &Entries) {
    let home = entries.get(&EntryId::section(""));
    for language in &settings.languages {
        let is_main = language.lang == *settings.main();
        // Without the main file, nobody knows of its translations.
        let has = home.map_or(!is_main, |home| is_main || home.words.contains_key(&language.lang));
        if has {
            continue;
        }
        let lang = language.lang.as_str();
        let path = if is_main {
            "content/_index.md".to_owned()
        } else {
            format!("content/_index.{lang}.md")
        };
        let message = words!("die Startseite `{path}` fehlt", "the home page `{path}` is missing");
        let is_it = |item: &Datum| matches!(item, Datum::Language(own) if *own == language.lang);
        let at = settings.row.items("languages").iter().position(is_it).unwrap_or_default();
        let span = settings.row.span_of_item("languages", at).unwrap_or_default();
        let span = Span::new(&RelPath::new(settings::SETTINGS), span);
        notes.push(Diagnostic::new(Code::HomeMissing, span, message).help(words!(
            "legen Sie die Datei an, mit mindestens einem Titel",
            "create the file, with a title at least"
        )));
    }
}
