//! The first two steps: reading and parsing, file by file.
//!
//! Texts are dropped as soon as they are parsed; what is kept of a file is its parse result under
//! the fingerprint of its bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diag::{Code, Diagnostic, Span, Words};
use crate::model::layout::{self, CONTENT, Role};
use crate::model::schema::Schema;
use crate::model::settings::{self, SETTINGS, Settings};
use crate::model::theme::{self, Shelf, Theme};
use crate::model::{Parsed, Table};
use crate::parse::{self, Doc, Place, toml};
use crate::path::RelPath;
use crate::print::Fingerprint;
use crate::source::inspect::{FileInfo, inspect};
use crate::source::{Files, Obstacle, TEXT_LIMIT, text};
use crate::words;

/// What all other files are read against.
pub(super) struct Ground {
    /// The settings.
    pub(super) settings: Arc<Settings>,
    /// The schema.
    pub(super) schema: Arc<Schema>,
    /// The theme.
    pub(super) theme: Arc<Theme>,
    /// The files of the content.
    content: Arc<Vec<RelPath>>,
    /// The files of the content that cannot be read.
    unread: BTreeSet<RelPath>,
    /// The files of all themes.
    themes: Arc<Vec<RelPath>>,
}

impl Ground {
    /// Whether files read against the one are the same as against the other.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.settings, &other.settings)
            && Arc::ptr_eq(&self.schema, &other.schema)
            && Arc::ptr_eq(&self.theme, &other.theme)
    }
}

/// Lists all files, and reads settings, schema and theme.
pub(super) fn ground(notes: &mut Vec<Diagnostic>, files: &dyn Files) -> Ground {
    let content = files.list(CONTENT);
    let themes = files.list("themes");
    notes.extend(content.obstacles.iter().chain(&themes.obstacles).map(obstacle));
    let unread: BTreeSet<RelPath> = content.obstacles.iter().filter_map(refused).collect();
    let path = RelPath::new(SETTINGS);
    let text = read_text(notes, files, &path);
    if text.is_none() && !unread.contains(&path) && !content.has(&path) {
        notes.push(settings::missing());
    }
    let guess = layout::home_languages(content.files.iter());
    let (settings, schema) = settings::read(notes, text.as_deref(), &guess);
    let shelf = shelf(notes, files, &themes.files);
    let theme = theme::read(notes, (&settings, &schema), &shelf);
    Ground {
        settings: Arc::new(settings),
        schema: Arc::new(schema),
        theme: Arc::new(theme),
        content: content.files,
        unread,
        themes: themes.files,
    }
}

/// The path of a file that exists but is not read.
fn refused(obstacle: &Obstacle) -> Option<RelPath> {
    match obstacle {
        Obstacle::LeavesFolder(path) | Obstacle::Unreadable(path, _) => Some(path.clone()),
        Obstacle::NameNotUtf8(_) => None,
    }
}

/// The texts of all themes.
fn shelf(notes: &mut Vec<Diagnostic>, files: &dyn Files, themes: &[RelPath]) -> Shelf {
    let mut shelf = Shelf::default();
    for path in themes {
        shelf.paths.insert(path.clone());
        if matches!(path.extension().as_str(), "html" | "toml" | "css")
            && let Some(text) = read_text(notes, files, path)
        {
            shelf.texts.insert(path.clone(), Arc::from(text));
        }
    }
    shelf
}

/// A text file that exists; `None` if it does not, or could not be read, which is then said.
fn read_text(notes: &mut Vec<Diagnostic>, files: &dyn Files, path: &RelPath) -> Option<String> {
    match files.read(path) {
        Ok(bytes) => text::decode(notes, path, &bytes),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => {
            notes.push(unread(files, path, &error));
            None
        }
    }
}

/// Why a text file is not read.
fn unread(files: &dyn Files, path: &RelPath, error: &io::Error) -> Diagnostic {
    match error.kind() {
        io::ErrorKind::FileTooLarge => {
            text::too_large(path, files.size(path).unwrap_or(TEXT_LIMIT + 1))
        }
        _ => unreadable(path, &error.to_string()),
    }
}

/// A file that the system refuses.
fn unreadable(path: &RelPath, words: &str) -> Diagnostic {
    let message = words!("`{path}` lässt sich nicht lesen", "`{path}` cannot be read");
    Diagnostic::new(Code::FileUnreadable, Span::start_of(path), message)
        .note(Words::same(words))
        .help(words!(
            "prüfen Sie die Rechte der Datei und, wenn sie eine Verknüpfung ist, wohin diese führt",
            "check the file's permissions and, if it is a symbolic link, where it leads"
        ))
}

/// What could not be listed.
fn obstacle(obstacle: &Obstacle) -> Diagnostic {
    match obstacle {
        Obstacle::LeavesFolder(path) => {
            let message = words!(
                "die Verknüpfung `{path}` führt aus dem Ordner hinaus",
                "the symbolic link `{path}` leads out of the folder"
            );
            Diagnostic::new(Code::LinkLeavesContent, Span::start_of(path), message)
                .help(words!("legen Sie die Datei selbst hierher", "put the file itself here"))
        }
        Obstacle::Unreadable(path, words) => unreadable(path, words),
        Obstacle::NameNotUtf8(path) => {
            let message = words!(
                "der Name von `{path}` ist nicht in UTF-8",
                "the name of `{path}` is not in UTF-8"
            );
            Diagnostic::new(Code::FileName, Span::start_of(path), message)
                .help(words!("benennen Sie die Datei um", "rename the file"))
        }
    }
}

/// Parse results that are kept between builds.
#[derive(Default)]
pub(super) struct Kept {
    /// Markdown files by path.
    docs: BTreeMap<RelPath, Known<Doc>>,
    /// TOML files by path.
    tables: BTreeMap<RelPath, Known<Table>>,
}

/// A parse result.
#[derive(Clone)]
struct Known<T> {
    /// The fingerprint of the file's bytes.
    print: Fingerprint,
    /// What it says; nothing if it could not be read as text.
    value: Option<Arc<T>>,
    /// What there is to say about it.
    notes: Vec<Diagnostic>,
}

/// A parse result, or why there is none.
type Read<T> = Result<Known<T>, Box<Diagnostic>>;

impl Kept {
    /// Parses every file of the content that is new or has other bytes than last time.
    pub(super) fn parse(
        &mut self,
        notes: &mut Vec<Diagnostic>,
        files: &dyn Files,
        ground: &Ground,
    ) -> Parsed {
        let paths: Vec<RelPath> = ground.content.iter().chain(&ground.unread).cloned().collect();
        let roles = layout::roles(&ground.settings, &paths);
        let of = |wanted: fn(&Role) -> bool| -> Vec<&RelPath> {
            let fits = |path: &&RelPath| roles.get(*path).is_some_and(wanted);
            ground.content.iter().filter(fits).collect()
        };
        let is_doc = |role: &Role| matches!(role, Role::Section(_) | Role::Entry(..));
        let is_table = |role: &Role| matches!(role, Role::Entries(_) | Role::Sidecar(..));
        let mut unread = ground.unread.clone();
        let docs = parse_all((notes, &mut unread), files, (&of(is_doc), &self.docs), parse_doc);
        let tables =
            parse_all((notes, &mut unread), files, (&of(is_table), &self.tables), parse_table);
        let mut others = of(|role| matches!(role, Role::File));
        others.extend(ground.themes.iter().filter(|path| path.as_str().contains("/assets/")));
        let files = inspect_all((notes, &mut unread), files, &others);
        let mut parsed = Parsed {
            docs: values(&docs),
            tables: values(&tables),
            files: Arc::new(files),
            roles,
            unread,
        };
        (self.docs, self.tables) = (docs, tables);
        add_unread(&mut parsed);
        parsed
    }
}

/// Puts an empty document in the place of each that could not be read, so that the entry exists.
fn add_unread(parsed: &mut Parsed) {
    for (path, role) in &parsed.roles {
        let is_doc = matches!(role, Role::Section(_) | Role::Entry(..));
        if is_doc && !parsed.docs.contains_key(path) {
            parsed.docs.insert(path.clone(), Arc::new(Doc::unread(path)));
            parsed.unread.insert(path.clone());
        }
    }
}

/// What was parsed, without what there is to say about it.
fn values<T>(known: &BTreeMap<RelPath, Known<T>>) -> BTreeMap<RelPath, Arc<T>> {
    known.iter().filter_map(|(path, known)| Some((path.clone(), known.value.clone()?))).collect()
}

/// Parses files side by side; one with the bytes of last time is taken from `old`.
fn parse_all<T: Send + Sync>(
    (notes, unread): (&mut Vec<Diagnostic>, &mut BTreeSet<RelPath>),
    files: &dyn Files,
    (found, old): (&[&RelPath], &BTreeMap<RelPath, Known<T>>),
    parse: fn(&RelPath, &str) -> (T, Vec<Diagnostic>),
) -> BTreeMap<RelPath, Known<T>>
where
    Known<T>: Clone,
{
    let parsed: Vec<(RelPath, Read<T>)> = found
        .par_iter()
        .map(|path| ((*path).clone(), parse_one(files, (path, old.get(*path)), parse)))
        .collect();
    let mut all = Vec::with_capacity(parsed.len());
    for (path, result) in parsed {
        match result {
            Ok(known) => {
                notes.extend(known.notes.iter().cloned());
                all.push((path, known));
            }
            Err(note) => {
                notes.push(*note);
                unread.insert(path);
            }
        }
    }
    all.into_iter().collect()
}

/// Parses one file.
fn parse_one<T>(
    files: &dyn Files,
    (path, old): (&RelPath, Option<&Known<T>>),
    parse: fn(&RelPath, &str) -> (T, Vec<Diagnostic>),
) -> Read<T>
where
    Known<T>: Clone,
{
    let bytes = files.read(path).map_err(|error| Box::new(unread(files, path, &error)))?;
    let print = Fingerprint::of_bytes(&bytes);
    if let Some(known) = old.filter(|known| known.print == print) {
        return Ok(known.clone());
    }
    let mut notes = Vec::new();
    let text = text::decode(&mut notes, path, &bytes);
    drop(bytes);
    let value = text.map(|text| {
        let (value, mut said) = parse(path, &text);
        notes.append(&mut said);
        Arc::new(value)
    });
    Ok(Known { print, value, notes })
}

/// Parses a Markdown file.
fn parse_doc(path: &RelPath, text: &str) -> (Doc, Vec<Diagnostic>) {
    let (doc, mut notes) = parse::markdown_file(path, text);
    if text.trim().is_empty() {
        let message = words!("die Datei ist leer", "the file is empty");
        notes = vec![Diagnostic::new(Code::FileEmpty, Span::start_of(path), message).help(words!(
            "schreiben Sie oben `+++`, `title = \"…\"`, `+++`, darunter den Text, oder löschen Sie die Datei",
            "write `+++`, `title = \"…\"`, `+++` at the top and the text below, or delete the file"
        ))];
    }
    (doc, notes)
}

/// Parses a TOML file.
fn parse_table(path: &RelPath, text: &str) -> (Table, Vec<Diagnostic>) {
    let mut notes = Vec::new();
    let (node, damage) = toml::parse(&mut notes, text, &Place::At(path.clone(), 0));
    (Table { node, damage }, notes)
}

/// Looks at the files that are not read as text.
fn inspect_all(
    (notes, unread): (&mut Vec<Diagnostic>, &mut BTreeSet<RelPath>),
    files: &dyn Files,
    found: &[&RelPath],
) -> BTreeMap<RelPath, FileInfo> {
    let looked: Vec<_> = found.par_iter().map(|path| (*path, inspect(files, path))).collect();
    let mut all = BTreeMap::new();
    for (path, result) in looked {
        match result {
            Ok(info) => {
                all.insert(path.clone(), info);
            }
            Err(error) => {
                notes.push(unreadable(path, &error.to_string()));
                unread.insert(path.clone());
            }
        }
    }
    all
}
