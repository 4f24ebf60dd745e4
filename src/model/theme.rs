//! The theme: templates, blocks, strings, options and assets, of a theme and of those it extends.

mod blocks;
mod contrast;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::datum::Row;
use super::read::{self, Owner, Reading};
use super::schema::{Fields, Group, Name, Schema};
use super::settings::{SETTINGS, Settings};
use super::{closure, declare};
use crate::diag::{Code, Diagnostic, Span, suggest};
use crate::parse::toml::{Damage, Node, Value};
use crate::parse::{Place, toml};
use crate::path::RelPath;
use crate::print::{Fingerprint, Hashed};
use crate::words;
pub use contrast::{Pairs, Role};

/// The theme of a site that names none.
pub const DEFAULT: &str = "schaukasten";

/// A theme, complete.
#[derive(Clone, Debug, Default)]
pub struct Theme {
    /// The theme and those it extends, the site's own first.
    pub chain: Vec<Name>,
    /// Whether a theme of the chain is missing or could not be read: then nobody knows its options
    /// and blocks.
    pub is_partial: bool,
    /// The blocks whose declaration could not be read in full.
    pub lost: BTreeSet<Name>,
    /// Templates by name: `templates/entry.html`, `blocks/video.html`; those that a theme further
    /// up the chain hides also with that theme's name before them.
    pub templates: BTreeMap<Name, Template>,
    /// For each template those that it pulls in itself.
    pub pulls: BTreeMap<Name, BTreeSet<Name>>,
    /// Blocks by name.
    pub blocks: BTreeMap<Name, Group>,
    /// The fingerprint of all that declares them.
    pub declared: Fingerprint,
    /// The fingerprint of all that the theme is made of beside the texts of templates.
    pub beside: Fingerprint,
    /// Strings by language and key.
    pub strings: BTreeMap<Name, Strings>,
    /// The declared options.
    pub options: Fields,
    /// Their values for this site.
    pub values: Row,
    /// Which colours stand on which.
    pub contrast: Vec<Pairs>,
    /// Assets by their path inside the theme: `assets/site.css`.
    pub assets: BTreeMap<Name, RelPath>,
    /// The texts of style sheets, by path.
    pub sheets: BTreeMap<RelPath, Hashed<Arc<str>>>,
}

/// Strings of one language by key, in the order of the files. Every page looks up several.
pub type Strings = IndexMap<Name, Phrase, FxBuildHasher>;

/// A template's source.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Template {
    /// The file.
    pub path: RelPath,
    /// Its text.
    pub text: Hashed<Arc<str>>,
}

/// A string of a theme, in one language.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Phrase {
    /// For a count of one.
    pub one: Arc<str>,
    /// For any other count, or always.
    pub other: Arc<str>,
}

/// The files of all themes that can be had: texts by path, and the paths of all else.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    /// Templates, declarations, strings and style sheets.
    pub texts: BTreeMap<RelPath, Arc<str>>,
    /// All files.
    pub paths: BTreeSet<RelPath>,
}

impl Theme {
    /// The fingerprint of all templates: what a compiled engine depends on.
    pub fn print(&self) -> Fingerprint {
        Fingerprint::of(&self.templates)
    }

    /// Whether entries read against the one are the same as against the other.
    pub fn has_blocks_of(&self, other: &Self) -> bool {
        self.declared == other.declared
            && self.chain == other.chain
            && self.is_partial == other.is_partial
            && self.lost == other.lost
    }

    /// Whether at most the texts of templates differ, if both were read for the same settings.
    pub fn is_beside(&self, other: &Self) -> bool {
        self.beside == other.beside && self.chain == other.chain
    }

    /// The templates that define a component.
    pub fn defining(&self, component: &str) -> impl Iterator<Item = &Name> {
        closure::defining(&self.templates).remove(component).into_iter().flatten()
    }

    /// The fingerprint of a template and of all that it may pull in.
    pub fn closure_print(&self, name: &str) -> Fingerprint {
        let mut open: Vec<&Name> =
            self.templates.get_key_value(name).map(|(name, _)| name).into_iter().collect();
        let mut known: BTreeSet<&Name> = open.iter().copied().collect();
        while let Some(name) = open.pop() {
            for found in self.pulls.get(name).into_iter().flatten() {
                if known.insert(found) {
                    open.push(found);
                }
            }
        }
        let texts: Vec<_> = known.iter().map(|name| (name, self.templates.get(*name))).collect();
        Fingerprint::of(&texts)
    }
}

/// Reads the theme that the settings name.
pub fn read(
    notes: &mut Vec<Diagnostic>,
    (settings, schema): (&Settings, &Schema),
    shelf: &Shelf,
) -> Theme {
    let (chain, is_partial) = chain(notes, settings, shelf);
    let names = chain.iter().map(|(name, _)| name.clone());
    let mut theme = Theme { chain: names.collect(), is_partial, ..Theme::default() };
    for (name, declaration) in chain.iter().rev() {
        let path = RelPath::new(format!("themes/{name}/theme.toml"));
        for field in
            declare::fields(notes, &path, (declaration, "options"), &Schema::default()).iter()
        {
            theme.options.put(field.clone());
        }
        theme.contrast.extend(contrast::read(notes, &path, declaration));
        take_files(notes, (shelf, schema), name, &mut theme);
    }
    let mut said = Vec::new();
    theme.values = options(&mut said, settings, &theme.options);
    notes.extend(said.into_iter().filter(|note| !is_partial || note.code != Code::UnknownField));
    let is_template = |path: &RelPath| path.extension() == "html";
    let declares = |path: &RelPath| path.as_str().contains("/blocks/") && !is_template(path);
    let texts = |is_meant: &dyn Fn(&RelPath) -> bool| {
        let texts: Vec<_> = shelf.texts.iter().filter(|(path, _)| is_meant(path)).collect();
        Fingerprint::of(&texts)
    };
    theme.declared = texts(&declares);
    theme.beside = Fingerprint::of(&(texts(&|path| !is_template(path)), &shelf.paths));
    blocks::without_template(notes, &theme, shelf);
    theme.pulls = closure::pulls(&theme.templates);
    theme
}

/// A theme's name and declaration.
type Declared = (Name, Node);

/// The theme and those it extends, each with its declaration. Where that goes wrong the default
/// theme takes the place of what is missing, so that the pages can still be checked. Says also whether
/// something is missing.
fn chain(notes: &mut Vec<Diagnostic>, settings: &Settings, shelf: &Shelf) -> (Vec<Declared>, bool) {
    let mut is_partial = false;
    let span = settings.row.span_of("theme").unwrap_or_default();
    let mut next = Some((settings.theme.clone(), Span::new(&RelPath::new(SETTINGS), span)));
    let mut chain: Vec<Declared> = Vec::new();
    while let Some((name, asked_at)) = next.take() {
        if chain.iter().any(|(known, _)| *known == name) {
            let message = words!(
                "die Gestaltung `{name}` erweitert sich selbst",
                "the theme `{name}` extends itself"
            );
            notes.push(Diagnostic::new(Code::ThemeCycle, asked_at, message).help(words!(
                "löschen Sie `extends` in einer der beteiligten Dateien",
                "delete `extends` in one of the files involved"
            )));
            chain.extend(default(shelf, &chain));
            break;
        }
        let path = RelPath::new(format!("themes/{name}/theme.toml"));
        let Some(text) = shelf.texts.get(&path) else {
            // A declaration that cannot be read as text was reported.
            match shelf.paths.contains(&path) {
                true => chain.push((name, Node::table())),
                false => notes.push(missing(shelf, &name, asked_at)),
            }
            is_partial = true;
            chain.extend(default(shelf, &chain));
            break;
        };
        let (node, damage) = toml::parse(notes, text, &Place::At(path.clone(), 0));
        check_declaration(notes, &path, &node);
        let parent = node
            .get("extends")
            .map(|parent| (parent.as_str().map(Name::from), parent.span.clone()));
        let is_lost = damage.may_hide(&node, "extends");
        chain.push((name, node));
        match parent {
            Some((Some(parent), span)) => next = Some((parent, Span::new(&path, span))),
            None if !is_lost => {}
            _ => {
                is_partial = true;
                chain.extend(default(shelf, &chain));
            }
        }
    }
    (chain, is_partial)
}

/// The default theme, unless it is there already.
fn default(shelf: &Shelf, chain: &[Declared]) -> Option<Declared> {
    let path = RelPath::new(format!("themes/{DEFAULT}/theme.toml"));
    let text = shelf.texts.get(&path)?;
    let (node, _) = toml::parse(&mut Vec::new(), text, &Place::At(path, 0));
    let is_new = chain.iter().all(|(name, _)| **name != *DEFAULT);
    is_new.then(|| (Name::from(DEFAULT), node))
}

/// Reports keys that `theme.toml` does not have.
fn check_declaration(notes: &mut Vec<Diagnostic>, path: &RelPath, node: &Node) {
    if let Some(parent) =
        node.get("extends").filter(|node| !node.is_broken() && node.as_str().is_none())
    {
        let message = words!("`extends` nennt keine Gestaltung", "`extends` names no theme");
        let span = Span::new(path, parent.span.clone());
        notes.push(Diagnostic::new(Code::ThemeError, span, message).label(parent.describe()).help(
            words!("schreiben Sie `extends = \"{DEFAULT}\"`", "write `extends = \"{DEFAULT}\"`"),
        ));
    }
    const KNOWN: &[&str] =
        &["name", "title", "description", "extends", "options", "contrast", "licence", "author"];
    check_keys(notes, path, (node, KNOWN));
}

/// Reports keys that a file of a theme does not have.
fn check_keys(notes: &mut Vec<Diagnostic>, path: &RelPath, (node, known): (&Node, &[&str])) {
    for (key, _) in node.entries().iter().filter(|(key, _)| !known.contains(&&*key.name)) {
        let name = &key.name;
        let message = words!("unbekannte Angabe `{name}`", "unknown field `{name}`");
        let span = Span::new(path, key.span.clone());
        let note = Diagnostic::new(Code::ThemeError, span, message);
        let list = known.join("`, `");
        let found = suggest::closest(name, known.iter().copied());
        let span = Span::new(path, key.span.clone());
        let note = match (found.as_slice(), suggest::did_you_mean(&found)) {
            ([only], Some(text)) => note.fix(text, span, only.clone()),
            (_, Some(text)) => note.help(text),
            _ => note,
        };
        notes.push(note.help(words!("möglich sind `{list}`", "there are `{list}`")));
    }
}

/// A theme that is nowhere.
fn missing(shelf: &Shelf, name: &str, asked_at: Span) -> Diagnostic {
    let known: BTreeSet<&str> = shelf
        .paths
        .iter()
        .filter_map(|path| path.below("themes")?.strip_suffix("/theme.toml"))
        .collect();
    let message = words!("es gibt keine Gestaltung `{name}`", "there is no theme `{name}`");
    let folder = format!("themes/{name}");
    let label = match shelf.paths.iter().any(|path| path.below(&folder).is_some()) {
        true => words!("es fehlt `{folder}/theme.toml`", "`{folder}/theme.toml` is missing"),
        false => words!("kein Ordner in `themes/`", "no folder in `themes/`"),
    };
    let note = Diagnostic::new(Code::ThemeMissing, asked_at.clone(), message).label(label);
    let found = suggest::closest(name, known.iter().copied());
    let list = known.into_iter().collect::<Vec<_>>().join("`, `");
    let note = match (found.as_slice(), suggest::did_you_mean(&found)) {
        ([only], Some(text)) => note.fix(text, asked_at, format!("\"{only}\"")),
        _ => note,
    };
    note.help(words!("vorhanden sind `{list}`", "there are `{list}`"))
}

/// Takes one theme's files; a later theme of the chain hides those of the same name.
fn take_files(
    notes: &mut Vec<Diagnostic>,
    (shelf, schema): (&Shelf, &Schema),
    theme_name: &str,
    theme: &mut Theme,
) {
    let folder = format!("themes/{theme_name}");
    for path in &shelf.paths {
        let Some(inside) = path.below(&folder) else { continue };
        let Some((part, rest)) = inside.split_once('/') else { continue };
        let text = shelf.texts.get(path);
        match (part, path.extension().as_str(), text) {
            ("templates" | "blocks", "html", Some(text)) => {
                take_template(theme, (theme_name, inside), path, text);
            }
            ("blocks", "toml", Some(text)) => {
                let name = rest.strip_suffix(".toml").unwrap_or(rest);
                let (group, is_whole) = blocks::block(notes, (path, name), (text, schema));
                match is_whole {
                    true => theme.lost.remove(name),
                    false => theme.lost.insert(Arc::from(name)),
                };
                theme.blocks.insert(Arc::from(name), group);
            }
            ("i18n", "toml", Some(text)) => {
                let lang = rest.strip_suffix(".toml").unwrap_or(rest);
                let known = theme.strings.entry(Arc::from(lang)).or_default();
                strings(notes, path, text, known);
            }
            ("assets", _, _) => {
                theme.assets.insert(Arc::from(inside), path.clone());
                if let Some(text) = text {
                    theme.sheets.insert(path.clone(), Hashed::new(text.clone()));
                }
            }
            _ => {}
        }
    }
}

/// Takes a template; the one that it hides stays reachable under its theme's name.
fn take_template(
    theme: &mut Theme,
    (theme_name, inside): (&str, &str),
    path: &RelPath,
    text: &Arc<str>,
) {
    let template = Template { path: path.clone(), text: Hashed::new(text.clone()) };
    if let Some(hidden) = theme.templates.insert(Arc::from(inside), template) {
        let owner = hidden.path.below("themes").and_then(|rest| rest.split('/').next());
        let owner = owner.unwrap_or(theme_name);
        theme.templates.insert(Arc::from(format!("{owner}/{inside}")), hidden);
    }
}

/// Adds the strings of one file.
fn strings(notes: &mut Vec<Diagnostic>, path: &RelPath, text: &str, known: &mut Strings) {
    let (node, _) = toml::parse(notes, text, &Place::At(path.clone(), 0));
    let Value::Table(entries) = node.value else { return };
    for (key, value) in entries {
        let phrase = match &value.value {
            Value::String(text) => Some(Phrase { one: text.clone(), other: text.clone() }),
            Value::Table(_) => {
                let part = |name| value.get(name).and_then(Node::as_str).map(Arc::<str>::from);
                part("other").map(|other| Phrase {
                    one: part("one").unwrap_or_else(|| other.clone()),
                    other,
                })
            }
            _ => None,
        };
        match phrase {
            Some(phrase) => {
                known.insert(key.name, phrase);
            }
            None if value.is_broken() => {}
            None => {
                let name = &key.name;
                let message = words!("`{name}` ist kein Text", "`{name}` is no text");
                notes.push(
                    Diagnostic::new(Code::ThemeError, Span::new(path, value.span.clone()), message)
                        .help(words!(
                            "schreiben Sie einen Text oder `{{ one = \"…\", other = \"…\" }}`",
                            "write a text or `{{ one = \"…\", other = \"…\" }}`"
                        )),
                );
            }
        }
    }
}

/// The values of the theme's options: the site's, else their defaults.
fn options(notes: &mut Vec<Diagnostic>, settings: &Settings, declared: &Fields) -> Row {
    let path = RelPath::new(SETTINGS);
    let schema = Schema::default();
    let reading = Reading {
        schema: &schema,
        path: &path,
        damage: &Damage::default(),
        words_of: None,
        owner: Owner::Options,
    };
    let empty = Arc::new(Node::table());
    let node = settings.theme_options.as_ref().unwrap_or(&empty);
    let mut row = read::table(notes, &reading, node, (declared, None));
    read::add_defaults(&mut row, declared);
    row
}
