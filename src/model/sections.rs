//! Sections: folders whose `_index.md` says which kind their entries are.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::layout::{self, Role};
use super::schema::{Kind, Name, Schema};
use super::{Parsed, Table};
use crate::diag::{Code, Diagnostic, Span, Words, suggest};
use crate::parse::toml::{Damage, Key, Node, Value};
use crate::path::{RelPath, id_from, is_id};
use crate::words;

/// The kind of entries outside all sections.
const PAGE: &str = "page";

/// The sections of a site, by folder of `content/`; the root is the empty folder.
#[derive(Clone, Debug, Default)]
pub struct Sections {
    /// The kind of each section's entries.
    kinds: BTreeMap<String, Name>,
    /// The folders alone.
    folders: BTreeSet<String>,
}

impl Sections {
    /// The section that a folder belongs to: itself, or the nearest above.
    pub fn nearest<'a>(&self, folder: &'a str) -> &'a str {
        layout::nearest(&self.folders, folder)
    }

    /// The kind of a section's entries; empty if it is not known, which was reported.
    pub fn kind(&self, folder: &str) -> &str {
        match self.kinds.get(folder) {
            Some(kind) => kind,
            None if self.folders.contains(folder) => "",
            None => PAGE,
        }
    }

    /// All sections with the kinds of their entries, by folder.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Name)> {
        self.kinds.iter().map(|(folder, kind)| (folder.as_str(), kind))
    }

    /// The folder of a kind's section: the first, if there are several by mistake.
    pub fn of_kind(&self, kind: &str) -> Option<&str> {
        self.iter().find(|(folder, name)| &***name == kind && !folder.is_empty()).map(|(f, _)| f)
    }
}

/// Reads which kind each section's entries are.
pub fn read(notes: &mut Vec<Diagnostic>, schema: &Schema, parsed: &Parsed) -> Sections {
    let mut sections = Sections::default();
    let mut homes: BTreeMap<Name, (RelPath, Span)> = BTreeMap::new();
    let is_section = |role: &Role| matches!(role, Role::Section(None));
    for (path, _) in parsed.roles.iter().filter(|(_, role)| is_section(role)) {
        let folder = layout::home_folder(path).to_owned();
        sections.folders.insert(folder.clone());
        let Some(doc) = parsed.docs.get(path) else { continue };
        let front = doc.front.node(path);
        let Some(kind) = kind_of(notes, schema, (path, &folder), (&front, &doc.damage)) else {
            continue;
        };
        let at = front.get("kind").map_or(0..0, |node| node.span.clone());
        let is_told = front.get("kind").and_then(Node::as_str) == Some(&*kind);
        let span = Span::new(path, at);
        // A kind that was guessed is no claim to be the only section for it.
        if &*kind != PAGE && is_told {
            match homes.get(&kind) {
                Some((_, first)) => notes.push(second(&kind, span, first)),
                None => {
                    homes.insert(kind.clone(), (path.clone(), span));
                }
            }
        }
        sections.kinds.insert(folder, kind);
    }
    without_index(notes, schema, parsed, &mut sections);
    sections
}

/// Reports folders that are called like a kind without a section, hold entries, and have no
/// `_index.md` to say so; they are taken for that kind's.
fn without_index(
    notes: &mut Vec<Diagnostic>,
    schema: &Schema,
    parsed: &Parsed,
    sections: &mut Sections,
) {
    let entries = parsed.roles.iter().filter(|(_, role)| matches!(role, Role::Entry(_, None)));
    let homes: BTreeSet<&str> = entries.map(|(path, _)| layout::home_folder(path)).collect();
    for folder in homes.into_iter().filter(|folder| !folder.is_empty() && !folder.contains('/')) {
        let found = similar(schema, folder);
        let ([kind], false) = (found.as_slice(), sections.folders.contains(folder)) else {
            continue;
        };
        if kind == PAGE || sections.of_kind(kind).is_some() {
            continue;
        }
        let path = RelPath::new(format!("{}/{folder}/_index.md", layout::CONTENT));
        let message =
            words!("der Rubrik `{folder}` fehlt `{path}`", "the section `{folder}` lacks `{path}`");
        notes.push(Diagnostic::new(Code::SectionKind, Span::start_of(&path), message).help(
            words!(
                "legen Sie die Datei an: `+++`, `title = \"…\"`, `kind = \"{kind}\"`, `+++`",
                "create the file: `+++`, `title = \"…\"`, `kind = \"{kind}\"`, `+++`"
            ),
        ));
        sections.folders.insert(folder.to_owned());
        sections.kinds.insert(folder.to_owned(), Name::from(kind.as_str()));
    }
}

/// The kind that an `_index.md` names, or that is meant if it names none.
fn kind_of(
    notes: &mut Vec<Diagnostic>,
    schema: &Schema,
    (path, folder): (&RelPath, &str),
    (front, damage): (&Node, &Damage),
) -> Option<Name> {
    let node = front.get("kind");
    let named = node.and_then(Node::as_str);
    if folder.is_empty() {
        let is_page = named.is_none_or(|kind| kind == PAGE);
        notes.extend(node.filter(|_| !is_page).map(|node| of_home(path, &node.span)));
        return Some(Name::from(PAGE));
    }
    match named {
        Some(kind) if schema.kind(kind).is_some_and(|kind| !kind.internal) => {
            return Some(Name::from(kind));
        }
        _ => {}
    }
    let wanted = named.unwrap_or_else(|| folder.rsplit('/').next().unwrap_or(folder));
    let found = similar(schema, wanted);
    let meant = match found.as_slice() {
        [only] => Some(Name::from(only.as_str())),
        _ => None,
    };
    // What could not be read was reported.
    let is_unreadable = node.is_some_and(|node| node.as_str().is_none());
    if front.is_broken() || schema.is_partial || is_unreadable || damage.may_hide(front, "kind") {
        return meant;
    }
    let known: Vec<&str> = schema.public_kinds().map(|kind| &*kind.name).collect();
    let list = known.join("`, `");
    let message = match named {
        Some(kind) => words!("es gibt keine Art `{kind}`", "there is no kind `{kind}`"),
        None => words!(
            "die Rubrik nennt keine Art ihrer Einträge",
            "the section names no kind of its entries"
        ),
    };
    let at = node.map_or(&front.span, |node| &node.span).clone();
    let span = Span::new(path, at);
    let note = Diagnostic::new(Code::SectionKind, span.clone(), message);
    let note = match (found.as_slice(), suggest::did_you_mean(&found)) {
        ([only], Some(text)) if node.is_some() => note.fix(text, span, format!("\"{only}\"")),
        ([only], _) => note.help(words!(
            "gemeint ist wohl `kind = \"{only}\"`",
            "you may mean `kind = \"{only}\"`"
        )),
        _ => note,
    };
    notes.push(note.help(words!(
        "schreiben Sie `kind = \"…\"`; möglich sind `{list}`",
        "write `kind = \"…\"`; there are `{list}`"
    )));
    meant
}

/// A home page that names a kind.
fn of_home(path: &RelPath, place: &Range<usize>) -> Diagnostic {
    let message = words!(
        "die Startseite hat keine Art von Einträgen",
        "the home page has no kind of entries"
    );
    Diagnostic::new(Code::SectionKind, Span::new(path, place.clone()), message).help(words!(
        "löschen Sie die Zeile; was neben der Startseite liegt, sind einzelne Seiten, und andere Einträge bekommen einen Ordner mit eigener `_index.md`",
        "delete the line; what lies beside the home page are single pages, and other entries get a folder with an `_index.md` of its own"
    ))
}

/// The kinds that are called nearly so, in code or in words.
fn similar(schema: &Schema, wanted: &str) -> Vec<String> {
    let labels = |kind: &'_ Kind| -> Vec<String> {
        let labels = [&kind.label, &kind.plural].into_iter().flat_map(|label| label.0.values());
        labels.map(ToString::to_string).collect()
    };
    let known: Vec<_> = schema.public_kinds().map(|kind| (&*kind.name, labels(kind))).collect();
    suggest::closest_labelled(wanted, known.iter().map(|(n, l)| (*n, l.iter().map(String::as_str))))
}

/// A second section for a kind.
fn second(kind: &str, span: Span, first: &Span) -> Diagnostic {
    let message = words!(
        "für die Art `{kind}` gibt es schon eine Rubrik",
        "the kind `{kind}` has a section already"
    );
    Diagnostic::new(Code::DuplicateSection, span, message)
        .label(words!("die zweite", "the second"))
        .also(first.clone(), words!("die erste", "the first"))
        .help(words!(
            "legen Sie die Einträge in einen Ordner; Unterordner ohne `_index.md` gliedern nur",
            "put the entries into one folder; folders without `_index.md` only group"
        ))
}

/// The rows of an `_entries.toml`: each with its fields but for `text`, which is the body.
pub fn rows<'a>(
    notes: &mut Vec<Diagnostic>,
    path: &RelPath,
    table: &'a Table,
) -> Vec<(&'a Node, Node)> {
    let Value::Table(entries) = &table.node.value else { return Vec::new() };
    let mut found = Vec::new();
    for (key, node) in entries {
        match (&*key.name, &node.value) {
            ("entry", Value::Array(rows)) => {
                for row in rows {
                    match row.value {
                        Value::Table(_) => found.push((row, row.without("text"))),
                        Value::Broken => {}
                        _ => notes.push(no_row(path, &row.span, None)),
                    }
                }
            }
            (_, Value::Broken) => {}
            (name, _) => {
                let (span, part) = match name {
                    "entry" => (&node.span, None),
                    _ => (&key.span, matches!(node.value, Value::Array(_)).then_some(name)),
                };
                notes.push(no_row(path, span, part));
            }
        }
    }
    for (row, _) in &found {
        check_row(notes, (path, table), row);
    }
    found
}

/// Something else than rows of entries; a list with a name may belong to the entry above it.
fn no_row(path: &RelPath, span: &Range<usize>, list: Option<&str>) -> Diagnostic {
    let message = words!(
        "hier steht etwas anderes als ein Eintrag",
        "something else than an entry stands here"
    );
    let note = Diagnostic::new(Code::UnknownField, Span::new(path, span.clone()), message);
    let note = match list {
        Some(name) => note.help(words!(
            "schreiben Sie `[[entry.{name}]]`, wenn das zum Eintrag darüber gehört",
            "write `[[entry.{name}]]` if this belongs to the entry above it"
        )),
        None => note,
    };
    note.help(words!(
        "beginnen Sie jeden Eintrag mit einer Zeile `[[entry]]`",
        "begin each entry with a line `[[entry]]`"
    ))
}

/// Reports what a row lacks to be an entry, and a body that is none.
fn check_row(notes: &mut Vec<Diagnostic>, (path, table): (&RelPath, &Table), row: &Node) {
    if row.get("id").is_none() && !table.damage.may_hide(row, "id") {
        let message = words!("dem Eintrag fehlt die Kennung", "the entry has no id");
        let note = Diagnostic::new(Code::MissingField, Span::new(path, row.span.clone()), message);
        let title = row.get("title").and_then(Node::as_str).map_or_else(String::new, id_from);
        let id = if title.is_empty() { "…" } else { &title };
        notes.push(note.help(words!("schreiben Sie `id = \"{id}\"`", "write `id = \"{id}\"`")));
    }
    if let Some(text) = row.get("text").filter(|text| text.as_str().is_none() && !text.is_broken())
    {
        let found = text.describe();
        let message = Words {
            de: format!("`text` ist {}, erwartet wird ein Text in Anführungszeichen", found.de),
            en: format!("`text` is {}, expected a text in quotes", found.en),
        };
        let note = Diagnostic::new(Code::WrongType, Span::new(path, text.span.clone()), message);
        notes.push(note.label(found).help(words!(
            "schreiben Sie `text = \"\"\"`, dann den Text, dann `\"\"\"`",
            "write `text = \"\"\"`, then the text, then `\"\"\"`"
        )));
    }
}

/// Whether all entries of an `_entries.toml` are known.
pub(super) fn is_whole(table: &Table) -> bool {
    let is_named = |row: &Node| row.get("id").and_then(Node::as_str).is_some_and(is_id);
    let is_list = |(key, node): &(Key, Node)| &*key.name == "entry" && node.is_array();
    let rows = table.node.get("entry").map_or(&[][..], Node::items);
    rows.iter().all(is_named)
        && table.node.entries().iter().all(is_list)
        && !table.damage.may_hide(&table.node, "entry")
}
