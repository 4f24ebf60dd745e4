//! What each file in `content/` is, by its name and place alone.

use std::collections::{BTreeMap, BTreeSet};

use super::settings::{SETTINGS, Settings};
use crate::diag::{Code, Diagnostic, Severity, Span};
use crate::lang::Lang;
use crate::path::RelPath;
use crate::words;

/// The folder that holds all that editors touch.
pub const CONTENT: &str = "content";

/// The home page's file.
pub const HOME: &str = "content/_index.md";

/// What a file is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// `site.toml`.
    Settings,
    /// `_index.md`: the section of its folder.
    Section(Option<Lang>),
    /// `_entries.toml`: many small entries.
    Entries(Option<Lang>),
    /// An entry: the name that its id comes from.
    Entry(String, Option<Lang>),
    /// `name.jpg.toml`: what is known of a picture.
    Sidecar(RelPath, Option<Lang>),
    /// A file to publish if something published points to it.
    File,
    /// A translation into a language that needs none, or that the site does not have.
    Foreign(Lang),
    /// A file that is not read: its name begins with `.` or `_`.
    Hidden,
}

impl Role {
    /// Whether it is the main file of an entry, or of several.
    pub fn is_main(&self) -> bool {
        matches!(self, Self::Section(None) | Self::Entries(None) | Self::Entry(_, None))
    }
}

/// The languages that the home page seems to exist in, for when the settings do not say: German,
/// then those of the names `_index.en.md`.
pub fn home_languages<'a>(paths: impl Iterator<Item = &'a RelPath>) -> Vec<Lang> {
    let tag = |path: &'a RelPath| {
        let tag = path.below(CONTENT)?.strip_prefix("_index.")?.strip_suffix(".md")?;
        Lang::parse(tag)
    };
    Lang::parse("de").into_iter().chain(paths.filter_map(tag)).collect()
}

/// What each file is.
pub fn roles(settings: &Settings, paths: &[RelPath]) -> BTreeMap<RelPath, Role> {
    let all: BTreeSet<&str> = paths.iter().map(RelPath::as_str).collect();
    paths.iter().map(|path| (path.clone(), role(settings, path, &all))).collect()
}

/// What one file is.
fn role(settings: &Settings, path: &RelPath, all: &BTreeSet<&str>) -> Role {
    let inside = path.below(CONTENT).unwrap_or(path.as_str());
    if path.as_str() == SETTINGS {
        return Role::Settings;
    }
    let folder = inside.rsplit_once('/').map_or("", |(folder, _)| folder);
    if folder.split('/').any(|part| part.starts_with(['.', '_'])) {
        return Role::Hidden;
    }
    if let Some(lang) = foreign(path, all)
        && settings.language(lang.as_str()).is_none_or(|known| known.lang == *settings.main())
    {
        return Role::Foreign(lang);
    }
    let (stem, lang) = without_language(settings, path.stem());
    match (stem, path.extension().as_str()) {
        ("_index", "md") => Role::Section(lang),
        ("_entries", "toml") => Role::Entries(lang),
        _ if path.name().starts_with(['.', '_']) => Role::Hidden,
        ("index", "md") if !folder.is_empty() => {
            let name = folder.rsplit('/').next().unwrap_or(folder);
            Role::Entry(name.to_owned(), lang)
        }
        (stem, "md") => Role::Entry(stem.to_owned(), lang),
        (_, "toml") => sidecar(settings, path, all),
        _ => Role::File,
    }
}

/// The language that a file seems to be a translation into: it is named like another, but for a
/// known tag.
fn foreign(path: &RelPath, all: &BTreeSet<&str>) -> Option<Lang> {
    let (whole, ending) = path.as_str().rsplit_once('.')?;
    let (main, tag) = whole.rsplit_once('.')?;
    let lang = tag_of(tag)?;
    let is_special = main.ends_with("/_index") || main.ends_with("/_entries");
    let has_main = match ending {
        "md" => is_special || all.contains(format!("{main}.md").as_str()),
        "toml" => is_special || all.contains(main),
        _ => false,
    };
    has_main.then_some(lang)
}

/// The language that the end of a name seems to be: a known one, or one of a country.
fn tag_of(tag: &str) -> Option<Lang> {
    let lang = Lang::parse(tag)?;
    let is_known = |lang: &Lang| Lang::parse(lang.base()).is_some_and(|base| base.is_known());
    is_known(&lang).then_some(lang)
}

/// Tells of files whose names are nearly those of a language's, or of an `_index.md`.
pub fn check_names(
    notes: &mut Vec<Diagnostic>,
    settings: &Settings,
    roles: &BTreeMap<RelPath, Role>,
) {
    main_language(notes, settings, roles);
    for (path, role) in roles {
        match role {
            Role::Entry(_, Some(lang))
            | Role::Section(Some(lang))
            | Role::Entries(Some(lang))
            | Role::Sidecar(_, Some(lang)) => notes.extend(other_letters(path, lang)),
            Role::Entry(_, None) => notes.extend(other_language(settings, path)),
            Role::Hidden => notes.extend(capital(path)),
            _ => {}
        }
    }
}

/// A translation whose name has the tag in other letters, capital ones mostly.
fn other_letters(path: &RelPath, lang: &Lang) -> Option<Diagnostic> {
    let (stem, tag) = path.stem().rsplit_once('.')?;
    let (name, ending) = (path.name(), path.extension());
    let message = words!(
        "in `{name}` steht das Kürzel der Sprache in anderen Buchstaben als `{lang}`",
        "the language's tag in `{name}` has other letters than `{lang}`"
    );
    let note = Diagnostic::new(Code::FileName, Span::start_of(path), message);
    (tag != lang.as_str()).then(|| {
        note.help(words!(
            "benennen Sie die Datei in `{stem}.{lang}.{ending}` um",
            "rename the file to `{stem}.{lang}.{ending}`"
        ))
    })
}

/// An entry whose name ends with a language that the site does not have.
fn other_language(settings: &Settings, path: &RelPath) -> Option<Diagnostic> {
    let (stem, tag) = path.stem().rsplit_once('.')?;
    let lang = tag_of(tag).filter(|lang| lang != settings.main() && tag == tag.to_lowercase())?;
    let (name, base) = (path.name(), lang.base());
    let message = words!(
        "`{name}` endet mit einer Sprache, die diese Website nicht hat",
        "`{name}` ends with a language that this site does not have"
    );
    let note = Diagnostic::new(Code::FileName, Span::start_of(path), message);
    let note = note.severity(Severity::Warning);
    let note = match settings.language(base).filter(|own| own.lang != *settings.main()) {
        Some(_) => note.help(words!(
            "für eine Übersetzung benennen Sie die Datei in `{stem}.{base}.md` um",
            "for a translation, rename the file to `{stem}.{base}.md`"
        )),
        None => note.help(words!(
            "für eine Übersetzung nehmen Sie `{lang}` in `languages` in `site.toml` auf",
            "for a translation, add `{lang}` to `languages` in `site.toml`"
        )),
    };
    Some(note.help(words!(
        "sonst nehmen Sie einen Namen ohne Punkt, etwa `{stem}-{tag}.md`",
        "else use a name without a dot, such as `{stem}-{tag}.md`"
    )))
}

/// A file that would be an `_index.md` or `_entries.toml`, but for its capital letters.
fn capital(path: &RelPath) -> Option<Diagnostic> {
    let (name, better) = (path.name(), path.name().to_lowercase());
    let is_hidden = path.folder().split('/').any(|part| part.starts_with(['.', '_']));
    let is_meant = (better.starts_with("_index.") && better.ends_with(".md"))
        || (better.starts_with("_entries.") && better.ends_with(".toml"));
    if is_hidden || !is_meant || name == better {
        return None;
    }
    let message = words!("`{name}` wird nicht gelesen", "`{name}` is not read");
    Some(
        Diagnostic::new(Code::FileName, Span::start_of(path), message).help(words!(
            "benennen Sie die Datei in `{better}` um",
            "rename the file to `{better}`"
        )),
    )
}

/// Hints at entries whose name ends with the main language: other programs write it so, but an entry
/// may also be named like a host.
fn main_language(
    notes: &mut Vec<Diagnostic>,
    settings: &Settings,
    roles: &BTreeMap<RelPath, Role>,
) {
    let main = settings.main().as_str();
    for (path, _) in roles.iter().filter(|(_, role)| matches!(role, Role::Entry(_, None))) {
        let Some(stem) = path.stem().strip_suffix(main).and_then(|stem| stem.strip_suffix('.'))
        else {
            continue;
        };
        let name = path.stem();
        let message = words!(
            "dieser Eintrag heißt `{name}`, mit der Hauptsprache am Ende",
            "this entry is called `{name}`, with the main language at its end"
        );
        let note = Diagnostic::new(Code::FileName, Span::start_of(path), message);
        notes.push(note.severity(Severity::Hint).help(words!(
            "benennen Sie die Datei in `{stem}.md` um, wenn das Ende die Sprache sein soll",
            "rename the file to `{stem}.md` if the end is meant as the language"
        )));
    }
}

/// A sidecar, if there is a file that it describes.
fn sidecar(settings: &Settings, path: &RelPath, all: &BTreeSet<&str>) -> Role {
    let whole = path.as_str().strip_suffix(".toml").unwrap_or(path.as_str());
    if all.contains(whole) {
        return Role::Sidecar(RelPath::new(whole), None);
    }
    let (stem, lang) = without_language(settings, whole);
    if lang.is_some() && all.contains(stem) {
        return Role::Sidecar(RelPath::new(stem), lang);
    }
    Role::File
}

/// A name without the tag of one of the site's languages at its end, and that language. The main
/// language has no suffix, so `name.de.md` of a German site is an entry called `name.de`.
fn without_language<'a>(settings: &Settings, stem: &'a str) -> (&'a str, Option<Lang>) {
    let Some((name, tag)) = stem.rsplit_once('.') else { return (stem, None) };
    let mut others = settings.languages.iter().map(|language| &language.lang);
    // A tag in other letters means no other language.
    let is_it = |lang: &&Lang| lang.as_str().eq_ignore_ascii_case(tag) && *lang != settings.main();
    match others.find(is_it) {
        Some(lang) if !name.is_empty() => (name, Some(lang.clone())),
        _ => (stem, None),
    }
}

/// The folder of `content/` that an entry's file counts for: for `name/index.md` the one above.
pub fn home_folder(path: &RelPath) -> &str {
    let folder = path.folder();
    let folder = folder.strip_prefix(CONTENT).unwrap_or(folder).trim_start_matches('/');
    if path.stem() == "index" || path.stem().starts_with("index.") {
        return folder.rsplit_once('/').map_or("", |(above, _)| above);
    }
    folder
}

/// The nearest of `sections` (folders of `content/`) at or above `folder`; empty for the root.
pub fn nearest<'a>(sections: &BTreeSet<String>, folder: &'a str) -> &'a str {
    let mut folder = folder;
    while !folder.is_empty() && !sections.contains(folder) {
        folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
    }
    folder
}
