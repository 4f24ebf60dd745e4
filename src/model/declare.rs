//! From declarations in TOML to a [`Schema`]: the base schema, then the site's own.
//!
//! A site may add kinds, groups, fields and choices, and override `label`, `help`, `required`,
//! `sort` and `basic` of what is there; never a type, because templates and exports rely on it.

mod check;
mod field;
mod property;

use std::sync::{Arc, LazyLock};

use rustc_hash::FxHashSet;

pub(super) use property::listed;

use super::schema::{Field, Fields, Group, Kind, Labels, Name, Schema, Sort, TimingRule};
use crate::diag::{Code, Diagnostic, Span, Words, suggest};
use crate::parse::toml::{Key, Node, Value};
use crate::parse::{Place, toml};
use crate::path::RelPath;
use crate::words;

/// The text of the base schema.
const BASE: &str = include_str!("showcase.toml");

/// What is being declared, and whether it is the site's own.
pub(super) struct Declaring<'a> {
    /// The file, for spans.
    pub(super) path: &'a RelPath,
    /// Whether this is a site's `site.toml`: then what exists may only be changed a little.
    pub(super) by_site: bool,
}

impl Declaring<'_> {
    /// A problem with a declaration.
    pub(super) fn problem(&self, node: &Node, message: Words) -> Diagnostic {
        Diagnostic::new(Code::SchemaError, Span::new(self.path, node.span.clone()), message)
    }

    /// A declaration that is no table; nothing if it could not be read at all.
    fn no_table(&self, key: &Key, node: &Node) -> Option<Diagnostic> {
        let (name, found) = (&key.name, node.describe());
        let message = Words {
            de: format!("`{name}` ist {}, erwartet wird eine Tabelle", found.de),
            en: format!("`{name}` is {}, expected a table", found.en),
        };
        let help = words!(
            "beginnen Sie die Tabelle mit ihrem Namen in einfachen eckigen Klammern",
            "begin the table with its name in single square brackets"
        );
        (!node.is_broken()).then(|| self.problem(node, message).help(help))
    }

    /// A property that a declaration cannot have.
    pub(super) fn unknown(&self, key: &Key, known: &[&str]) -> Diagnostic {
        let name = &key.name;
        let message = words!("unbekannte Eigenschaft `{name}`", "unknown property `{name}`");
        let found = suggest::closest(name, known.iter().copied());
        let list = known.join("`, `");
        let span = Span::new(self.path, key.span.clone());
        let note = Diagnostic::new(Code::SchemaError, span, message);
        let span = Span::new(self.path, key.span.clone());
        let note = match (found.as_slice(), suggest::did_you_mean(&found)) {
            ([only], Some(text)) => note.fix(text, span, only.clone()),
            (_, Some(text)) => note.help(text),
            _ => note,
        };
        note.help(words!("möglich sind `{list}`", "there are `{list}`"))
    }
}

/// The words of the base schema, each once.
static WORDS: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| BASE.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').collect());

/// A name as it stands in the base schema, if it stands there.
pub(super) fn fixed(name: &str) -> Option<&'static str> {
    WORDS.get(name).copied()
}

/// The schema of a site: the base schema with the `kinds`, `types` and `shared` tables of
/// `site.toml` put on top.
pub fn schema(notes: &mut Vec<Diagnostic>, path: &RelPath, site: &Node) -> Schema {
    let base_path = RelPath::new("showcase.toml");
    let (base, _) = toml::parse(notes, BASE, &Place::At(base_path.clone(), 0));
    let mut schema = Schema::default();
    let mut shared = Vec::new();
    let declaring = Declaring { path: &base_path, by_site: false };
    declare(notes, &declaring, &base, (&mut schema, &mut shared));
    let declaring = Declaring { path, by_site: true };
    declare(notes, &declaring, site, (&mut schema, &mut shared));
    expand(&mut schema);
    check::schema(notes, &declaring, site, &schema);
    schema
}

/// Replaces `*` in all declarations of references.
fn expand(schema: &mut Schema) {
    let names = schema.clone();
    schema.kinds.iter_mut().for_each(|kind| names.expand(&mut kind.fields));
    schema.groups.values_mut().for_each(|group| names.expand(&mut group.fields));
}

/// The schema that one text declares, and nothing else: for settings and themes.
pub fn only(notes: &mut Vec<Diagnostic>, path: &RelPath, text: &str) -> Schema {
    let (node, _) = toml::parse(notes, text, &Place::At(path.clone(), 0));
    let mut schema = Schema::default();
    let declaring = Declaring { path, by_site: false };
    declare(notes, &declaring, &node, (&mut schema, &mut Vec::new()));
    schema
}

/// Puts all that one file declares into the schema.
fn declare(
    notes: &mut Vec<Diagnostic>,
    declaring: &Declaring<'_>,
    root: &Node,
    (schema, shared): (&mut Schema, &mut Vec<Field>),
) {
    for (key, node) in tables(notes, declaring, root, "types") {
        declare_group(notes, declaring, (key, node), schema);
    }
    if let Some((key, node)) = root.entries().iter().find(|(key, _)| &*key.name == "shared") {
        match node.is_table() {
            true => notes.extend(
                node.entries()
                    .iter()
                    .filter(|(key, _)| &*key.name != "fields")
                    .map(|(key, _)| declaring.unknown(key, &["fields"])),
            ),
            false => notes.extend(declaring.no_table(key, node)),
        }
        for (key, node) in tables(notes, declaring, node, "fields") {
            declare_shared(notes, declaring, (key, node), (schema, shared));
        }
    }
    for (key, node) in tables(notes, declaring, root, "kinds") {
        declare_kind(notes, declaring, (key, node), (schema, shared));
    }
}

/// The tables inside the table `name`, each with its key.
fn tables<'a>(
    notes: &mut Vec<Diagnostic>,
    declaring: &Declaring<'_>,
    node: &'a Node,
    name: &str,
) -> Vec<(&'a Key, &'a Node)> {
    let Some((key, node)) = node.entries().iter().find(|(key, _)| &*key.name == name) else {
        return Vec::new();
    };
    if !node.is_table() {
        notes.extend(declaring.no_table(key, node));
    }
    let mut found = Vec::new();
    for (key, node) in node.entries() {
        match node.is_table() {
            true => found.push((key, node)),
            false => notes.extend(declaring.no_table(key, node)),
        }
    }
    found
}

/// Declares a field of every kind.
fn declare_shared(
    notes: &mut Vec<Diagnostic>,
    declaring: &Declaring<'_>,
    (key, node): (&Key, &Node),
    (schema, shared): (&mut Schema, &mut Vec<Field>),
) {
    let known = shared.iter().find(|field| field.name == key.name);
    let Some(mut field) = field::declare(notes, declaring, (key, node), known) else {
        schema.lost.insert(key.name.clone());
        return;
    };
    field.shared = true;
    shared.retain(|other| other.name != field.name);
    for kind in &mut schema.kinds {
        kind.fields.put(field.clone());
    }
    shared.push(field);
}

/// Declares a kind, or changes one.
fn declare_kind(
    notes: &mut Vec<Diagnostic>,
    declaring: &Declaring<'_>,
    (key, node): (&Key, &Node),
    (schema, shared): (&mut Schema, &mut Vec<Field>),
) {
    let at = schema.kinds.iter().position(|kind| kind.name == key.name);
    let mut kind = match at {
        Some(at) => schema.kinds[at].clone(),
        None => {
            let mut kind = Kind { name: key.name.clone(), ..Kind::default() };
            shared.iter().for_each(|field| kind.fields.put(field.clone()));
            kind.label = Labels::same(&key.name);
            kind.plural = Labels::same(&key.name);
            kind
        }
    };
    let entries = entries(node);
    let known = ["label", "plural", "sort", "timing", "feeds", "schema_org", "internal", "fields"];
    for (property, value) in entries {
        match &*property.name {
            "label" => kind.label = property::labels(notes, declaring, (property, value)),
            "plural" => kind.plural = property::labels(notes, declaring, (property, value)),
            "sort" => {
                if let Some(sort) = property::text(notes, declaring, (property, value)) {
                    kind.sort = Sort::parse(&sort);
                }
            }
            "timing" => kind.timing = timing(notes, declaring, (property, value)),
            "internal" => kind.internal = !declaring.by_site,
            "feeds" | "schema_org" => {}
            "fields" => {}
            _ => notes.push(declaring.unknown(property, &known)),
        }
    }
    for (key, node) in tables(notes, declaring, node, "fields") {
        match field::declare(notes, declaring, (key, node), kind.fields.get(&key.name)) {
            Some(field) => kind.fields.put(field),
            None => {
                schema.lost.insert(key.name.clone());
            }
        }
    }
    match at {
        Some(at) => schema.kinds[at] = kind,
        None => schema.kinds.push(kind),
    }
}

/// Declares a group of fields, or adds to one.
fn declare_group(
    notes: &mut Vec<Diagnostic>,
    declaring: &Declaring<'_>,
    (key, node): (&Key, &Node),
    schema: &mut Schema,
) {
    let mut group = schema.groups.get(&key.name).cloned().unwrap_or_else(|| new_group(&key.name));
    let known = ["label", "reference", "one_of", "window", "period", "fields"];
    for (property, value) in entries(node) {
        match &*property.name {
            "label" => group.label = property::labels(notes, declaring, (property, value)),
            "reference" => group.reference = property::text(notes, declaring, (property, value)),
            "one_of" => group.one_of = property::names(notes, declaring, (property, value)),
            "window" => group.window = property::pair(notes, declaring, (property, value)),
            "period" => group.period = property::pair(notes, declaring, (property, value)),
            "fields" => {}
            _ => notes.push(declaring.unknown(property, &known)),
        }
    }
    for (key, node) in tables(notes, declaring, node, "fields") {
        match field::declare(notes, declaring, (key, node), group.fields.get(&key.name)) {
            Some(field) => group.fields.put(field),
            None => {
                schema.lost.insert(key.name.clone());
            }
        }
    }
    schema.groups.insert(key.name.clone(), group);
}

/// The fields of a table `fields`: a theme's options, a block's parameters. They may refer to the
/// kinds and groups of `schema`.
pub fn fields(
    notes: &mut Vec<Diagnostic>,
    path: &RelPath,
    (node, name): (&Node, &str),
    schema: &Schema,
) -> Fields {
    let declaring = Declaring { path, by_site: false };
    let mut found = Fields::default();
    for (key, node) in tables(notes, &declaring, node, name) {
        if let Some(field) = field::declare(notes, &declaring, (key, node), None) {
            let mut own = Fields::default();
            own.put(field);
            schema.expand(&mut own);
            for field in own.iter() {
                check::one(notes, &declaring, (schema, field), (key, node));
                found.put(field.clone());
            }
        }
    }
    found
}

/// What a table calls itself in its `label`.
pub fn label(notes: &mut Vec<Diagnostic>, path: &RelPath, node: &Node) -> Labels {
    let declaring = Declaring { path, by_site: false };
    let label = node.entries().iter().find(|(key, _)| &*key.name == "label");
    let label = label.map(|(key, node)| property::labels(notes, &declaring, (key, node)));
    label.unwrap_or_default()
}

/// A group with nothing but the `key` that pairs rows with their translation.
fn new_group(name: &Name) -> Group {
    let mut group = Group { name: name.clone(), label: Labels::same(name), ..Group::default() };
    group.fields.put(field::key());
    group
}

/// The properties of a declaration.
fn entries(node: &Node) -> &[(Key, Node)] {
    match &node.value {
        Value::Table(entries) => entries,
        _ => &[],
    }
}

/// `{ from, to, status, moved, open_ended }`.
fn timing(
    notes: &mut Vec<Diagnostic>,
    declaring: &Declaring<'_>,
    (key, node): (&Key, &Node),
) -> Option<TimingRule> {
    let (from, to) = property::pair(notes, declaring, (key, node))?;
    let name = |key| node.get(key).and_then(Node::as_str).map(Arc::from);
    let open_ended = node.get("open_ended").and_then(Node::as_bool) == Some(true);
    Some(TimingRule { from, to, status: name("status"), moved: name("moved"), open_ended })
}
