//! The first two steps: reading and parsing, file by file.
//!
//! Texts are dropped as soon as they are parsed; what is kept of a file is what it means, under the
//! fingerprint of its bytes. What rests on several files is kept together with what it rests on.

mod looks;
mod pile;
mod trouble;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diag::Diagnostic;
use crate::lang::Lang;
use crate::model::layout::{self, CONTENT, Role};
use crate::model::schema::Schema;
use crate::model::settings::{self, SETTINGS, Settings};
use crate::model::theme::{self, Shelf, Theme};
use crate::model::{Parsed, Table};
use crate::parse::Doc;
use crate::path::RelPath;
use crate::print::{Fingerprint, Printer};
use crate::source::inspect::FileInfo;
use crate::source::{Files, Obstacle};

use pile::Pile;

/// Texts by path.
type Texts = Arc<BTreeMap<RelPath, Arc<str>>>;

/// What all other files are read against.
#[derive(Clone)]
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
    refused: BTreeSet<RelPath>,
    /// The files of all themes.
    themes: Arc<Vec<RelPath>>,
}

impl Ground {
    /// Whether at most the texts of templates differ.
    pub(super) fn is_same_but_templates(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.settings, &other.settings)
            && Arc::ptr_eq(&self.schema, &other.schema)
            && (Arc::ptr_eq(&self.theme, &other.theme) || self.theme.is_beside(&other.theme))
    }
}

/// What is kept between builds.
#[derive(Default)]
pub(super) struct Kept {
    /// Whether there will be another build.
    is_kept: bool,
    /// The settings' text, if there is any.
    settings: Pile<Arc<str>>,
    /// The texts of all themes.
    texts: Pile<Arc<str>>,
    /// The themes' files, as they were when `texts` was put in order.
    themes: Arc<Vec<RelPath>>,
    /// What was read from the two.
    basis: Option<Basis>,
    /// What each file is.
    plan: Option<Plan>,
    /// What could not be listed.
    obstacles: Vec<Obstacle>,
    /// Markdown files.
    docs: Pile<Arc<Doc>>,
    /// TOML files.
    tables: Pile<Arc<Table>>,
    /// Files that are published as they are.
    files: Pile<FileInfo>,
}

/// Settings, schema and theme with what they were read from.
struct Basis {
    /// The settings' text.
    text: Texts,
    /// The languages that the home page seems to exist in.
    guess: Vec<Lang>,
    /// The themes' texts.
    texts: Texts,
    /// The themes' files.
    themes: Arc<Vec<RelPath>>,
    /// What came of them.
    read: (Arc<Settings>, Arc<Schema>, Arc<Theme>),
    /// What there is to say about the first two.
    said: Vec<Diagnostic>,
    /// What there is to say about them all.
    notes: Vec<Diagnostic>,
}

impl Basis {
    /// Reads the three.
    fn read(
        old: Option<Self>,
        (text, guess): (Texts, Vec<Lang>),
        (texts, themes): (Texts, Arc<Vec<RelPath>>),
    ) -> Self {
        let old = old.filter(|old| Arc::ptr_eq(&old.text, &text) && old.guess == guess);
        let (settings, schema, said) = old.map_or_else(
            || {
                let mut said = Vec::new();
                let words = text.values().next().map(|text| &**text);
                let (settings, schema) = settings::read(&mut said, words, &guess);
                (Arc::new(settings), Arc::new(schema), said)
            },
            |old| (old.read.0, old.read.1, old.said),
        );
        let mut notes = said.clone();
        let shelf =
            Shelf { texts: BTreeMap::clone(&texts), paths: themes.iter().cloned().collect() };
        let theme = theme::read(&mut notes, (&settings, &schema), &shelf);
        let read = (settings, schema, Arc::new(theme));
        Self { text, guess, texts, themes, read, said, notes }
    }

    /// Whether this is what reading them now would give. A map of texts that is another may still
    /// say the same, but then somebody has moved files, which is rare.
    fn holds(&self, other: (&Texts, &[Lang]), kept: &Kept) -> bool {
        Arc::ptr_eq(&self.text, other.0)
            && self.guess == other.1
            && Arc::ptr_eq(&self.texts, &kept.texts.values())
            && self.themes == kept.themes
    }
}

/// What each file is, with what that depends on.
struct Plan {
    /// The fingerprint of all of it.
    print: Fingerprint,
    /// The files of the content.
    content: Arc<Vec<RelPath>>,
    /// Those that cannot be read.
    refused: BTreeSet<RelPath>,
    /// The files of all themes.
    themes: Arc<Vec<RelPath>>,
    /// The site's languages.
    langs: Vec<Lang>,
    /// What each file of the content is.
    roles: Arc<BTreeMap<RelPath, Role>>,
}

impl Plan {
    /// Whether the plan fits.
    fn holds(&self, ground: &Ground) -> bool {
        self.content == ground.content
            && self.refused == ground.refused
            && self.themes == ground.themes
            && self.langs.iter().eq(langs(&ground.settings))
    }
}

/// The site's languages, the main one first.
fn langs(settings: &Settings) -> impl Iterator<Item = &Lang> {
    settings.languages.iter().map(|language| &language.lang)
}

/// The path of a file that exists but is not read.
fn refused(obstacle: &Obstacle) -> Option<RelPath> {
    match obstacle {
        Obstacle::LeavesFolder(path) | Obstacle::Unreadable(path, _) => Some(path.clone()),
        Obstacle::NameNotUtf8(_) => None,
    }
}

/// Whether a theme's file is read as text.
fn is_text(path: &&RelPath) -> bool {
    matches!(path.extension().as_str(), "html" | "toml" | "css")
}

impl Kept {
    /// Nothing yet, for a builder that builds again.
    pub(super) fn warm() -> Self {
        Self { is_kept: true, ..Self::default() }
    }

    /// Lists all files, and reads settings, schema and theme.
    pub(super) fn ground(&mut self, notes: &mut Vec<Diagnostic>, files: &dyn Files) -> Ground {
        let (content, themes) = (files.list(CONTENT), files.list("themes"));
        self.obstacles = content.obstacles.iter().chain(&themes.obstacles).cloned().collect();
        notes.extend(self.obstacles.iter().map(trouble::obstacle));
        let refused: BTreeSet<RelPath> = content.obstacles.iter().filter_map(refused).collect();
        let path = RelPath::new(SETTINGS);
        if self.basis.is_none() {
            self.settings.place(vec![path.clone()]);
        }
        self.settings.refresh(files, &looks::Texts);
        let text = self.settings.values();
        if text.is_empty() && !refused.contains(&path) && !content.has(&path) {
            notes.push(settings::missing());
        }
        if self.basis.is_none() || self.themes != themes.files {
            self.themes.clone_from(&themes.files);
            self.texts.place(themes.files.iter().filter(is_text).cloned().collect());
        }
        self.texts.refresh(files, &looks::Texts);
        let is_as_planned =
            self.plan.as_ref().is_some_and(|plan| Arc::ptr_eq(&plan.content, &content.files));
        let guess = match self.basis.as_ref().filter(|_| is_as_planned) {
            Some(basis) => basis.guess.clone(),
            None => layout::home_languages(content.files.iter()),
        };
        let basis = match self.basis.take() {
            Some(basis) if basis.holds((&text, &guess), self) => basis,
            old => Basis::read(old, (text, guess), (self.texts.values(), self.themes.clone())),
        };
        let said = self.settings.notes().chain(self.texts.notes()).chain(&basis.notes);
        notes.extend(said.cloned());
        let (settings, schema, theme) = basis.read.clone();
        self.basis = Some(basis);
        Ground { settings, schema, theme, content: content.files, refused, themes: themes.files }
    }

    /// The fingerprint of all files as they were last read.
    pub(super) fn print(&self) -> Fingerprint {
        let mut printer = Printer::default();
        self.settings.add_to(&mut printer);
        self.texts.add_to(&mut printer);
        self.docs.add_to(&mut printer);
        self.tables.add_to(&mut printer);
        self.files.add_to(&mut printer);
        // What is in no pile says something too: that it cannot be read, or is in the wrong place.
        let plan = self.plan.as_ref().map(|plan| plan.print);
        printer.add(&Fingerprint::of(&(plan, &self.obstacles)).to_bytes());
        printer.finish()
    }

    /// Parses every file of the content that is new or has other bytes than last time.
    pub(super) fn parse(
        &mut self,
        notes: &mut Vec<Diagnostic>,
        files: &dyn Files,
        ground: &Ground,
    ) -> Parsed {
        let roles = self.roles(ground);
        let changed = self
            .docs
            .refresh(files, &looks::Docs { refused: &ground.refused, is_kept: self.is_kept });
        self.tables.refresh(files, &looks::Tables);
        self.files.refresh(files, &looks::Others);
        let said = self.docs.notes().chain(self.tables.notes()).chain(self.files.notes());
        notes.extend(said.cloned());
        let mut unread = ground.refused.clone();
        let found = self.docs.unread().chain(self.tables.unread()).chain(self.files.unread());
        unread.extend(found.cloned());
        let (docs, tables) = (self.docs.values(), self.tables.values());
        Parsed { docs, tables, files: self.files.values(), roles, unread, changed }
    }

    /// What each file is; where that is not what it was, the files are put in order anew.
    fn roles(&mut self, ground: &Ground) -> Arc<BTreeMap<RelPath, Role>> {
        if let Some(plan) = self.plan.as_ref().filter(|plan| plan.holds(ground)) {
            return plan.roles.clone();
        }
        let Ground { content, refused, themes, .. } = ground;
        let paths: Vec<RelPath> = content.iter().chain(refused).cloned().collect();
        let roles = Arc::new(layout::roles(&ground.settings, &paths));
        let of = |wanted: fn(&Role) -> bool| {
            roles.iter().filter(move |(_, role)| wanted(role)).map(|(path, _)| path)
        };
        let is_read = |path: &&RelPath| !refused.contains(*path);
        let docs = of(|role| matches!(role, Role::Section(_) | Role::Entry(..)));
        self.docs.place(docs.cloned().collect());
        let tables = of(|role| matches!(role, Role::Entries(_) | Role::Sidecar(..)));
        self.tables.place(tables.filter(is_read).cloned().collect());
        let assets = themes.iter().filter(|path| path.as_str().contains("/assets/"));
        let others = of(|role| matches!(role, Role::File)).filter(is_read).chain(assets);
        self.files.place(others.cloned().collect());
        let print = Fingerprint::of(&(content, refused, themes, &roles));
        self.plan = Some(Plan {
            print,
            content: content.clone(),
            refused: refused.clone(),
            themes: themes.clone(),
            langs: langs(&ground.settings).cloned().collect(),
            roles: roles.clone(),
        });
        roles
    }
}
