//! Declarations of single fields.

mod colour;

use std::sync::Arc;

use super::Declaring;
use super::property::{Property, flag, integer, labels, name_map, names, text};
use crate::diag::{Diagnostic, Span, Words, suggest};
use crate::model::datum::Datum;
use crate::model::read::{self, Owner, Reading};
use crate::model::schema::{Choice, Field, Labels, Name, Pattern, Schema, Type};
use crate::parse::toml::{Damage, Key, Node};
use crate::words;

/// All properties that a field's declaration may have.
const PROPERTIES: &[&str] = &[
    "type",
    "to",
    "table",
    "choices",
    "many",
    "required",
    "default",
    "min",
    "max",
    "pattern",
    "translatable",
    "extend",
    "basic",
    "summary",
    "filter",
    "public",
    "fraction",
    "acyclic",
    "inverse",
    "inverses",
    "inverse_label",
    "variable",
    "mode",
    "label",
    "help",
];

/// What a site may change of a field that exists already.
const CHANGEABLE: &[&str] = &["label", "help", "required", "basic", "filter", "choices"];

/// Declares a field; `known` is the one that exists already.
pub(in crate::model) fn declare(
    notes: &mut Vec<Diagnostic>,
    declaring: &Declaring<'_>,
    (key, node): (&Key, &Node),
    known: Option<&Field>,
) -> Option<Field> {
    let mut field = match known {
        Some(field) => field.clone(),
        None => new(&key.name, field_type(notes, declaring, (key, node))?),
    };
    for (property, value) in super::entries(node) {
        let name = &*property.name;
        if known.is_some() && declaring.by_site && !CHANGEABLE.contains(&name) {
            let message = words!(
                "`{name}` einer vorhandenen Angabe lässt sich nicht ändern",
                "`{name}` of a field that exists cannot be changed"
            );
            let list = CHANGEABLE.join("`, `");
            notes.push(
                declaring
                    .problem(value, message)
                    .help(words!("ändern lassen sich `{list}`", "`{list}` can be changed")),
            );
            continue;
        }
        set(notes, declaring, (property, value), &mut field);
    }
    if let Some(default) = node.get("default").filter(|_| known.is_none() || !declaring.by_site) {
        field.default = default_value(notes, declaring, default, &field);
    }
    Some(field)
}

/// The value that stands in where nothing is set.
fn default_value(
    notes: &mut Vec<Diagnostic>,
    declaring: &Declaring<'_>,
    node: &Node,
    field: &Field,
) -> Option<Arc<Datum>> {
    if matches!(&field.ty, Type::Choice(choices) if choices.is_empty()) {
        return None;
    }
    if matches!(field.ty, Type::Table(_) | Type::Picture) {
        let message = words!(
            "eine Gruppe von Angaben kann hier keinen Standardwert haben",
            "a group of fields cannot have a default here"
        );
        notes.push(declaring.problem(node, message));
        return None;
    }
    let schema = Schema::default();
    let damage = Damage::default();
    let reading = Reading {
        schema: &schema,
        path: declaring.path,
        damage: &damage,
        words_of: None,
        owner: Owner::Options,
    };
    read::value_of(notes, &reading, node, field).map(Arc::new)
}

/// A field with nothing but a name and a type.
fn new(name: &Name, ty: Type) -> Field {
    Field {
        name: name.clone(),
        fixed: super::fixed(name),
        ty,
        many: false,
        required: false,
        default: None,
        min: None,
        max: None,
        pattern: None,
        translatable: false,
        extend: false,
        basic: false,
        summary: false,
        filter: false,
        public: true,
        fraction: false,
        acyclic: false,
        shared: false,
        inverse: None,
        inverses: std::collections::BTreeMap::new(),
        variable: None,
        label: Labels::same(name),
        help: Labels::default(),
        inverse_label: Labels::default(),
    }
}

/// The field by which the rows of a list are paired with their translation.
pub(super) fn key() -> Field {
    let mut field = new(&Arc::from("key"), Type::Text);
    field.translatable = true;
    field.public = false;
    field.label = Labels(
        [("de", "Schlüssel der Zeile"), ("en", "Key of the row")]
            .map(|(lang, text)| (Arc::from(lang), Arc::from(text)))
            .into(),
    );
    field
}

/// Sets one property.
fn set(
    notes: &mut Vec<Diagnostic>,
    declaring: &Declaring<'_>,
    (property, value): (&Key, &Node),
    field: &mut Field,
) {
    let pair = (property, value);
    match &*property.name {
        "type" | "to" | "table" | "default" => {}
        "choices" => add_choices(notes, declaring, pair, field),
        "many" => field.many = flag(notes, declaring, pair),
        "required" => field.required = flag(notes, declaring, pair),
        "min" => field.min = integer(notes, declaring, pair),
        "max" => {
            field.max = integer(notes, declaring, pair).and_then(|max| u64::try_from(max).ok());
        }
        "pattern" => set_pattern(notes, declaring, pair, field),
        "translatable" => field.translatable = flag(notes, declaring, pair),
        "extend" => field.extend = flag(notes, declaring, pair),
        "basic" => field.basic = flag(notes, declaring, pair),
        "summary" => field.summary = flag(notes, declaring, pair),
        "filter" => field.filter = flag(notes, declaring, pair),
        "public" => field.public = flag(notes, declaring, pair),
        "fraction" => field.fraction = flag(notes, declaring, pair),
        "acyclic" => field.acyclic = flag(notes, declaring, pair),
        "inverse" => field.inverse = text(notes, declaring, pair),
        "inverses" => field.inverses = name_map(notes, declaring, pair),
        "inverse_label" => field.inverse_label = labels(notes, declaring, pair),
        "variable" => colour::variable(notes, declaring, pair, field),
        "mode" => colour::mode(notes, declaring, pair, field),
        "label" => field.label = labels(notes, declaring, pair),
        "help" => field.help = labels(notes, declaring, pair),
        _ => notes.push(declaring.unknown(property, PROPERTIES)),
    }
}

/// The type of a new field.
fn field_type(
    notes: &mut Vec<Diagnostic>,
    declaring: &Declaring<'_>,
    (key, node): (&Key, &Node),
) -> Option<Type> {
    let name = &key.name;
    let Some(ty) = node.get("type") else {
        let message = words!("der Angabe `{name}` fehlt der Typ", "the field `{name}` has no type");
        let help = words!("schreiben Sie `type = \"text\"`", "write `type = \"text\"`");
        notes.push(declaring.problem(node, message).help(help));
        return None;
    };
    let mut list = |wanted: &str| {
        let pair = node.entries().iter().find(|(key, _)| &*key.name == wanted);
        pair.map(|(key, value)| names(notes, declaring, (key, value))).unwrap_or_default()
    };
    let simple = [
        Type::Text,
        Type::Words,
        Type::Markdown,
        Type::Prose,
        Type::Integer,
        Type::Number,
        Type::Bool,
        Type::Date,
        Type::Moment,
        Type::Url,
        Type::Email,
        Type::Phone,
        Type::File,
        Type::Picture,
        Type::Language,
        Type::Colour,
        Type::Kind,
        Type::Raw,
    ];
    if ty.is_broken() {
        return None;
    }
    let wanted = ty.as_str().unwrap_or("");
    let found = match wanted {
        "choice" => Some(Type::Choice(Vec::new())),
        "ref" => Some(Type::Ref(list("to"))),
        "table" => Some(Type::Table(list("table").into_iter().next().unwrap_or_default())),
        _ => simple.iter().find(|ty| ty.name() == wanted).cloned(),
    };
    if found.is_none() {
        let all = simple.iter().map(Type::name).chain(["choice", "ref", "table"]);
        let known: Vec<_> = all.filter(|name| !matches!(*name, "words" | "raw")).collect();
        let message = words!("es gibt keinen Typ `{wanted}`", "there is no type `{wanted}`");
        let close = suggest::closest(wanted, known.iter().copied());
        let list = known.join("`, `");
        let mut note = declaring.problem(ty, message);
        let span = Span::new(declaring.path, ty.span.clone());
        match (close.as_slice(), suggest::did_you_mean(&close)) {
            ([only], Some(text)) => note = note.fix(text, span, format!("\"{only}\"")),
            (_, Some(text)) => note = note.help(text),
            _ => {}
        }
        notes.push(note.help(words!("möglich sind `{list}`", "there are `{list}`")));
    }
    found
}

/// Adds the values of a choice to those there are; a value that exists gets new labels.
fn add_choices(
    notes: &mut Vec<Diagnostic>,
    declaring: &Declaring<'_>,
    (key, node): Property<'_>,
    field: &mut Field,
) {
    let Type::Choice(choices) = &mut field.ty else {
        let message = words!(
            "nur eine Angabe vom Typ `choice` hat `choices`",
            "only a field of type `choice` has `choices`"
        );
        notes.push(declaring.problem(node, message));
        return;
    };
    if !node.is_table() && !node.is_broken() {
        let (name, found) = (&key.name, node.describe());
        let message = Words {
            de: format!("`{name}` ist {}, erwartet wird eine Tabelle", found.de),
            en: format!("`{name}` is {}, expected a table", found.en),
        };
        notes.push(declaring.problem(node, message).help(words!(
            "schreiben Sie `choices = {{ wert = \"Beschriftung\" }}`",
            "write `choices = {{ value = \"label\" }}`"
        )));
    }
    for (key, value) in node.entries() {
        let timing = value.get("timing").and_then(Node::as_str).map(Name::from);
        let label = labels(notes, declaring, (key, &value.without("timing")));
        choices.retain(|choice| choice.value != key.name);
        choices.push(Choice { value: key.name.clone(), label, timing });
    }
}

/// Sets the pattern if it is one.
fn set_pattern(
    notes: &mut Vec<Diagnostic>,
    declaring: &Declaring<'_>,
    (key, node): Property<'_>,
    field: &mut Field,
) {
    let Some(text) = text(notes, declaring, (key, node)) else { return };
    match Pattern::new(&text) {
        Ok(pattern) => field.pattern = Some(pattern),
        Err(error) => {
            let message = words!("`{text}` ist kein Muster", "`{text}` is no pattern");
            notes.push(declaring.problem(node, message).note(Words::same(error.to_string())));
        }
    }
}
