//! Which files go out: those that something published points to, and no others.
//!
//! A draft's pictures therefore stay at home with it. A file that nobody points to is a warning,
//! because it was meant for something.

mod amend;
mod set;
mod wrong;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::rows;
use super::walk::walk;
use crate::diag::suggest::Budget;
use crate::diag::{Code, Diagnostic, Span};
use crate::model::datum::{Datum, FileRef, Row};
use crate::model::entry::{Body, Entry};
use crate::model::layout::CONTENT;
use crate::model::schema::{Fields, Name, Schema, Type};
use crate::parse::{Picture, Target};
use crate::path::{RelPath, Route, composed};
use crate::site::way::find_file as find;
use crate::site::{Place, Site, State};
use crate::source::inspect::is_picture_name;
use crate::words;
pub(super) use amend::{amend, of};
use wrong::{long_alt, missing, no_alt, no_credit, no_picture, poor_alt, position};

/// Alternative text that is longer is listened to by nobody.
const LONGEST_ALT: usize = 200;

/// The facts about a picture that say whose it is.
const ORIGIN: &[&str] = &["credit", "copyright", "licence", "source"];

/// A file that something points to.
struct Wanted<'a> {
    /// The file that points.
    from: &'a RelPath,
    /// The path as written.
    path: &'a str,
    /// Where it is written.
    span: &'a Span,
}

/// The files that go out.
pub(super) struct Outgoing {
    /// The files of the content, with their routes.
    pub(super) files: BTreeMap<RelPath, Route>,
    /// The theme's assets, by their paths inside the theme.
    pub(super) assets: BTreeMap<Name, Route>,
    /// The files that only entries want which are shown at other times.
    pub(super) dormant: BTreeSet<RelPath>,
    /// How many entries with pages point to each file.
    pub(super) wanted: FxHashMap<RelPath, usize>,
}

/// Finds all files that are pointed to, reports those that are missing and those that nobody wants,
/// and gives the others their routes.
pub(super) fn publish(notes: &mut Vec<Diagnostic>, site: &Site) -> Outgoing {
    let index = index(site);
    let mut budget = Budget::ample();
    let mut by_entries: FxHashMap<RelPath, usize> = FxHashMap::default();
    let mut mentioned: BTreeSet<RelPath> = BTreeSet::new();
    let mut dormant: BTreeSet<RelPath> = BTreeSet::new();
    let places: Vec<&Place> = site.places.values().collect();
    // One word about a picture is enough, wherever it is shown.
    let mut uncredited = BTreeSet::new();
    let look = |place: &Place, budget: &mut Budget| {
        let (mut said, mut found) = (Vec::new(), BTreeSet::new());
        entry_files(&mut said, site, (&index, &place.entry), (&mut found, budget));
        (said, found)
    };
    // As for all entries: side by side without proposals, and again where something is wrong.
    let looked: Vec<_> = places.par_iter().map(|place| look(place, &mut Budget::none())).collect();
    for (place, (mut said, found)) in places.into_iter().zip(looked) {
        if !said.is_empty() && !budget.is_spent() {
            (said, _) = look(place, &mut budget);
        }
        said.retain(|note| {
            note.code != Code::MissingCredit || uncredited.insert(note.message.clone())
        });
        notes.append(&mut said);
        match place.state {
            State::Shown | State::Expired => {
                found.into_iter().for_each(|path| *by_entries.entry(path).or_default() += 1);
            }
            State::Scheduled | State::Gone => dormant.extend(found),
            State::Draft => mentioned.extend(found),
        }
    }
    let mut wanted: BTreeSet<RelPath> = by_entries.keys().cloned().collect();
    set::files(notes, site, &index, (&mut wanted, &mut budget));
    always(notes, site, &mut wanted);
    dormant.retain(|path| !wanted.contains(path));
    mentioned.extend(dormant.iter().cloned());
    unused(notes, site, (&wanted, &mentioned));
    let positions = wanted
        .iter()
        .filter(|path| site.model.files.get(*path).is_some_and(|info| info.has_position));
    notes.extend(positions.map(position));
    let files = wanted.into_iter().map(|path| (path.clone(), route(&path))).collect();
    Outgoing { files, assets: assets(site), dormant, wanted: by_entries }
}

/// The files of the content by composed path.
fn index(site: &Site) -> BTreeMap<String, RelPath> {
    let content = site.model.files.keys().filter(|path| path.below(CONTENT).is_some());
    content.map(|path| (path.composed(), path.clone())).collect()
}

/// The route of a file of the content: its own path, in composed form.
pub(super) fn route(path: &RelPath) -> Route {
    Route::new(composed(path.below(CONTENT).unwrap_or(path.as_str())))
}

/// Collects the files of one entry with its translations.
fn entry_files(
    notes: &mut Vec<Diagnostic>,
    site: &Site,
    (index, entry): (&BTreeMap<String, RelPath>, &Entry),
    (into, budget): (&mut BTreeSet<RelPath>, &mut Budget),
) {
    for stands in rows::all(site, entry) {
        let mut files = Files { site, index, path: stands.path, into, budget };
        files.row(notes, (stands.row, stands.fields), &site.model.schema);
    }
    for (path, _, _, body) in rows::texts(site, entry) {
        Files { site, index, path, into, budget }.body(notes, body);
    }
}

/// What collects the files of one source.
struct Files<'a> {
    /// The site.
    site: &'a Site,
    /// The files there are.
    index: &'a BTreeMap<String, RelPath>,
    /// The source.
    path: &'a RelPath,
    /// The files found.
    into: &'a mut BTreeSet<RelPath>,
    /// How much may be proposed.
    budget: &'a mut Budget,
}

impl Files<'_> {
    /// Collects the files that fields name; `schema` declares the groups among them.
    fn row(&mut self, notes: &mut Vec<Diagnostic>, row: (&Row, &Fields), schema: &Schema) {
        let mut found: Vec<(FileRef, Option<Box<Row>>)> = Vec::new();
        let mut markups = Vec::new();
        walk(schema, row, &mut |met| match (met.datum, &met.field.ty) {
            (Datum::Row(row), Type::Picture) => {
                if let Some(Datum::File(file)) = row.get("file") {
                    found.push((file.clone(), Some(row.clone())));
                }
            }
            (Datum::File(file), Type::File) => {
                let is_picture =
                    met.holder.is_some_and(|holder| matches!(holder.ty, Type::Picture));
                if !is_picture {
                    found.push((file.clone(), None));
                }
            }
            (Datum::Markup(markup), _) => markups.push(markup.clone()),
            _ => {}
        });
        for (file, picture) in found {
            let wanted = Wanted { from: self.path, path: &file.path, span: &file.span };
            let Some(path) = self.want(notes, &wanted) else { continue };
            if let Some(row) = picture {
                let alt = row.text("alt").map_or("", |alt| alt);
                self.picture(notes, &path, (alt, &file.span));
            }
        }
        for markup in markups {
            self.body(notes, &Body { markup, blocks: Vec::new() });
        }
    }

    /// Collects the files that a body shows or links to.
    fn body(&mut self, notes: &mut Vec<Diagnostic>, body: &Body) {
        for Picture { path, alt, caption, span, .. } in &body.markup.pictures {
            let wanted = Wanted { from: self.path, path, span };
            if let Some(found) = self.want(notes, &wanted) {
                self.picture(notes, &found, (alt, span));
                if caption.as_deref().is_some_and(|caption| !alt.is_empty() && caption == &**alt) {
                    notes.push(poor_alt(alt, span));
                }
            }
        }
        for link in &body.markup.links {
            // Markdown is read, and never goes out as a file.
            if let Target::File(path, _) = &*link.target
                && !path.ends_with(".md")
                && let Some(found) = find(self.site, self.path, path)
            {
                self.into.insert(found);
            }
        }
    }

    /// Takes a file if it exists, else says so.
    fn want(&mut self, notes: &mut Vec<Diagnostic>, wanted: &Wanted<'_>) -> Option<RelPath> {
        match find(self.site, wanted.from, wanted.path) {
            Some(path) => {
                self.into.insert(path.clone());
                Some(path)
            }
            None => {
                let target = wanted.from.join(wanted.path);
                if !target.is_some_and(|path| self.site.model.doubts.has_path(&path)) {
                    notes.push(missing(self.index, wanted, self.budget));
                }
                None
            }
        }
    }

    /// Reports a picture that is none, or whose alternative text, here or in its sidecar, is missing
    /// or says nothing.
    fn picture(&self, notes: &mut Vec<Diagnostic>, path: &RelPath, (alt, span): (&str, &Span)) {
        let Some(info) = self.site.model.files.get(path) else { return };
        if info.picture.is_none() {
            notes.push(no_picture(path, info.size, span));
            return;
        }
        let sidecar = self.site.model.sidecars.get(path);
        let lost = sidecar.is_some_and(|sidecar| sidecar.lost_alt);
        let sidecar = sidecar.map(|sidecar| &sidecar.row);
        let told = sidecar.and_then(|row| row.text("alt")).map_or("", |alt| alt);
        let decorative = sidecar.is_some_and(|row| row.is_true("decorative"));
        let wrong = match if alt.trim().is_empty() { told.trim() } else { alt.trim() } {
            "" if decorative || lost => return,
            "" => Some(no_alt(path, span)),
            text if text == path.name() || text == path.stem() => Some(poor_alt(text, span)),
            text => {
                let count = text.chars().count();
                (count > LONGEST_ALT).then(|| long_alt(count, span))
            }
        };
        let has_origin =
            sidecar.is_some_and(|row| ORIGIN.iter().any(|name| row.get(name).is_some()));
        // One thing at a time.
        let uncredited = !has_origin && !decorative && !lost;
        notes.extend(wrong.or_else(|| uncredited.then(|| no_credit(path, span))));
    }
}

/// Takes the files that `[files] always` names: paths in `content/`, `*` for any part of a name.
fn always(notes: &mut Vec<Diagnostic>, site: &Site, wanted: &mut BTreeSet<RelPath>) {
    let Some(files) = site.model.settings.row.row("files") else { return };
    for (at, pattern) in files.texts("always").enumerate() {
        let fits = |path: &&RelPath| path.below(CONTENT).is_some_and(|path| fits(pattern, path));
        let found: Vec<_> = site.model.files.keys().filter(fits).cloned().collect();
        if found.is_empty() {
            let span = files.span_of_item("always", at).unwrap_or_default();
            let span = Span::new(&RelPath::new(crate::model::settings::SETTINGS), span);
            let message = words!("zu `{pattern}` gibt es keine Datei", "no file fits `{pattern}`");
            notes.push(Diagnostic::new(Code::FileMissing, span, message).help(words!(
                "der Pfad beginnt in `content/`; `*` steht für einen Teil eines Namens",
                "the path starts in `content/`; `*` stands for part of a name"
            )));
        }
        wanted.extend(found);
    }
}

/// Whether a path fits a pattern: `*` is any run of characters but a slash.
fn fits(pattern: &str, path: &str) -> bool {
    let (patterns, parts) = (pattern.split('/'), path.split('/'));
    patterns.clone().count() == parts.clone().count()
        && patterns.zip(parts).all(|(p, part)| part_fits(p, part))
}

/// Whether one part of a path fits.
fn part_fits(pattern: &str, part: &str) -> bool {
    let mut pieces = pattern.split('*');
    let first = pieces.next().unwrap_or("");
    let Some(mut rest) = part.strip_prefix(first) else { return false };
    let pieces: Vec<&str> = pieces.collect();
    let Some((last, middle)) = pieces.split_last() else { return rest.is_empty() };
    for piece in middle {
        match rest.find(piece) {
            Some(at) => rest = &rest[at + piece.len()..],
            None => return false,
        }
    }
    rest.len() >= last.len() && rest.ends_with(last)
}

/// Warns of files that nobody points to.
fn unused(
    notes: &mut Vec<Diagnostic>,
    site: &Site,
    (wanted, mentioned): (&BTreeSet<RelPath>, &BTreeSet<RelPath>),
) {
    let content = site.model.files.keys().filter(|path| path.below(CONTENT).is_some());
    let is_unused = |path: &&RelPath| {
        !wanted.contains(*path) && !mentioned.contains(*path) && !site.model.doubts.may_want(path)
    };
    for path in content.filter(is_unused) {
        notes.push(match (described(path), misnamed(path)) {
            (Some(picture), _) => no_described(path, &picture),
            (None, Some(better)) => not_read(path, &better),
            (None, None) => nobody_wants(path),
        });
    }
}

/// A file that nobody points to.
fn nobody_wants(path: &RelPath) -> Diagnostic {
    let message = words!("auf `{path}` verweist nichts", "nothing points to `{path}`");
    Diagnostic::new(Code::UnusedFile, Span::start_of(path), message).help(words!(
        "verlinken oder löschen Sie die Datei; `[files] always` in `site.toml` veröffentlicht sie so",
        "link to it or delete it; `[files] always` in `site.toml` publishes it as it is"
    ))
}

/// The name that makes a file one which is read, if its own is nearly that.
fn misnamed(path: &RelPath) -> Option<String> {
    let name = path.name();
    let endings = [".markdown", ".mdown", ".mkd", ".md.txt"];
    if let Some(stem) = endings.iter().find_map(|ending| name.strip_suffix(ending)) {
        return Some(format!("{stem}.md"));
    }
    let is_entries = name.eq_ignore_ascii_case("entries.toml");
    is_entries.then(|| "_entries.toml".to_owned())
}

/// A file that would be read under another name.
fn not_read(path: &RelPath, better: &str) -> Diagnostic {
    let name = path.name();
    let message = words!("`{name}` wird nicht gelesen", "`{name}` is not read");
    Diagnostic::new(Code::UnusedFile, Span::start_of(path), message)
        .help(words!("benennen Sie die Datei in `{better}` um", "rename the file to `{better}`"))
}

/// The picture that a file is meant to describe, by its name.
fn described(path: &RelPath) -> Option<RelPath> {
    let picture = RelPath::new(path.as_str().strip_suffix(".toml")?);
    is_picture_name(&picture.extension()).then_some(picture)
}

/// A description without its picture.
fn no_described(path: &RelPath, picture: &RelPath) -> Diagnostic {
    let message = words!(
        "das Bild `{picture}` gibt es nicht, das hier beschrieben wird",
        "the picture `{picture}`, described here, does not exist"
    );
    Diagnostic::new(Code::UnusedFile, Span::start_of(path), message).help(words!(
        "nennen Sie die Datei genau wie das Bild, mit `.toml` dahinter, oder löschen Sie sie",
        "call the file exactly like the picture, with `.toml` behind it, or delete it"
    ))
}

/// The theme's assets that are published: those that a template names, and those that a style sheet
/// names. Style sheets keep their place in `outputs`.
pub(super) fn assets(site: &Site) -> BTreeMap<Name, Route> {
    let theme = &site.model.theme;
    let named = |inside: &str| {
        let quotes = ['"', '\'', '`'];
        let in_template = theme.templates.values().any(|template| {
            quotes.iter().any(|quote| template.text.contains(&format!("{quote}{inside}{quote}")))
        });
        let file = inside.rsplit('/').next().unwrap_or(inside);
        in_template || theme.sheets.values().any(|sheet| sheet.contains(file))
    };
    let wanted = theme
        .assets
        .iter()
        .filter(|(inside, path)| !theme.sheets.contains_key(*path) && named(inside));
    wanted
        .filter_map(|(inside, path)| {
            let info = site.model.files.get(path)?;
            Some((inside.clone(), fingerprinted(inside, &info.print.short())))
        })
        .collect()
}

/// `assets/logo.svg` with the fingerprint of its bytes: `assets/logo.1a2b3c4d.svg`.
pub(crate) fn fingerprinted(inside: &str, print: &str) -> Route {
    match inside.rsplit_once('.') {
        Some((stem, ending)) => Route::new(format!("{stem}.{print}.{ending}")),
        None => Route::new(format!("{inside}.{print}")),
    }
}
