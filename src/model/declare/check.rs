//! What must hold of a schema as a whole.

mod fields;

use super::Declaring;
use crate::diag::{Code, Diagnostic, Span, Words, suggest};
use crate::model::inverse::{self, Source};
use crate::model::schema::{Fields, Kind, Schema, Type};
use crate::parse::markdown::is_scheme;
use crate::parse::toml::{Key, Node};
use crate::words;

use fields::reserved;
pub(super) use fields::{all as fields, one};

/// Names that templates use for other things than fields.
const RESERVED: &[&str] = &[
    "kind", "url", "lang", "foreign", "body", "contents", "inverses", "fields", "notices",
    "previous", "next", "timing", "to_come", "dates", "path", "words", "row", "via",
];

/// A problem with a name, with the way out.
fn problem(span: &Span, message: Words, help: Words) -> Diagnostic {
    Diagnostic::new(Code::SchemaError, span.clone(), message).help(help)
}

/// Reports what a site's declarations make impossible.
pub(super) fn schema(
    notes: &mut Vec<Diagnostic>,
    declaring: &Declaring<'_>,
    site: &Node,
    schema: &Schema,
) {
    let declared = |name: &str| site.get(name).map_or(&[][..], Node::entries);
    let sources = inverse::sources(schema);
    for (key, node) in declared("kinds") {
        if let Some(kind) = schema.kind(&key.name).filter(|_| node.is_table()) {
            fields(notes, declaring, (schema, &kind.fields), node);
            reserved(notes, declaring, node);
            own_kind(notes, declaring, (schema, site, &sources), (kind, key, node));
        }
    }
    for (key, node) in declared("types") {
        if let Some(group) = schema.group(&key.name).filter(|_| node.is_table()) {
            fields(notes, declaring, (schema, &group.fields), node);
            named_fields(notes, declaring, &group.fields, node);
            no_filters(notes, declaring, node);
        }
    }
    if let (Some(node), Some(any)) = (site.get("shared"), schema.public_kinds().next()) {
        fields(notes, declaring, (schema, &any.fields), node);
        reserved(notes, declaring, node);
        for (key, _) in node.get("fields").map_or(&[][..], Node::entries) {
            if let Some(source) = sources.iter().find(|source| source.inverse == key.name) {
                notes.push(is_inverse(source, &Span::new(declaring.path, key.span.clone())));
            }
        }
    }
}

/// Reports what is wrong with a kind.
fn own_kind(
    notes: &mut Vec<Diagnostic>,
    declaring: &Declaring<'_>,
    (schema, site, sources): (&Schema, &Node, &[Source]),
    (kind, key, node): (&Kind, &Key, &Node),
) {
    let span = |key: &Key| Span::new(declaring.path, key.span.clone());
    kind_name(notes, kind, &span(key));
    notes.extend(label(schema, kind, (&span(key), node)));
    if let Some(sort) = node.get("sort")
        && kind.fields.get(&kind.sort.field).is_none()
    {
        let field = &kind.sort.field;
        let message = words!(
            "sortiert wird nach `{field}`, das es nicht gibt",
            "entries are sorted by `{field}`, which does not exist"
        );
        let known: Vec<&str> = kind.fields.iter().map(|field| &*field.name).collect();
        notes.push(unknown((declaring, sort), (field, &known), message));
    }
    timing(notes, declaring, kind, node);
    for (key, field) in node.get("fields").map_or(&[][..], Node::entries) {
        for source in sources {
            let is_own = source.kind == kind.name && source.field == key.name;
            if is_own {
                if field.get("inverse_label").is_some() {
                    let at = field.get("inverse").map_or(&key.span, |node| &node.span);
                    let at = Span::new(declaring.path, at.clone());
                    notes.extend(same_inverse(sources, source, &at));
                }
                let at = field.get("inverse").map_or(&key.span, |node| &node.span);
                inverse_name(notes, schema, source, &Span::new(declaring.path, at.clone()));
            }
            let meets = source.inverse == key.name && source.targets.contains(&kind.name);
            if meets && !is_new(site, source) {
                notes.push(is_inverse(source, &span(key)));
            }
        }
    }
}

/// A new kind that nothing says the name of: perhaps one that exists was meant.
fn label(schema: &Schema, kind: &Kind, (span, node): (&Span, &Node)) -> Option<Diagnostic> {
    let name = &kind.name;
    let is_new = kind.label.0.get("").is_some_and(|label| label == name);
    if !is_new || node.get("label").is_some() {
        return None;
    }
    let others = schema.public_kinds().filter(|other| other.name != *name);
    let found = suggest::closest(name, others.map(|other| &*other.name));
    let message =
        words!("der neuen Art `{name}` fehlt `label`", "the new kind `{name}` has no `label`");
    let note = Diagnostic::new(Code::SchemaError, span.clone(), message);
    let note = match (found.as_slice(), suggest::did_you_mean(&found)) {
        ([only], Some(text)) => note.fix(text, span.clone(), only.clone()),
        (_, Some(text)) => note.help(text),
        _ => note,
    };
    Some(note.help(words!(
        "für eine neue Art schreiben Sie `label = \"…\"` und `plural = \"…\"`",
        "for a new kind, write `label = \"…\"` and `plural = \"…\"`"
    )))
}

/// An inverse with a label of its own that would be taken for another which shows up beside it.
fn same_inverse(sources: &[Source], source: &Source, span: &Span) -> Option<Diagnostic> {
    let meets = |other: &&Source| {
        other.inverse == source.inverse
            && (&other.kind, &other.field) != (&source.kind, &source.field)
            && other.targets.iter().any(|target| source.targets.contains(target))
    };
    let Source { inverse, kind, field, .. } = sources.iter().find(meets)?;
    let message = words!(
        "der Rückverweis `{inverse}` gibt es schon: von der Angabe `{field}` der Art `{kind}`",
        "the inverse `{inverse}` exists already: of the field `{field}` of `{kind}`"
    );
    Some(problem(
        span,
        message,
        words!(
            "geben Sie dem Rückverweis einen anderen Namen, oder löschen Sie `inverse_label`",
            "give the inverse another name, or delete `inverse_label`"
        ),
    ))
}

/// Whether the site itself declares the field that an inverse comes from; then that is told.
fn is_new(site: &Node, source: &Source) -> bool {
    let kind = site.get("kinds").and_then(|kinds| kinds.get(&source.kind));
    let field = kind.and_then(|kind| kind.get("fields")?.get(&source.field));
    field.is_some_and(|field| field.get("type").is_some())
}

/// A kind's name must not look like a URL's scheme, nor be one that the program uses.
fn kind_name(notes: &mut Vec<Diagnostic>, kind: &Kind, span: &Span) {
    let name = &kind.name;
    let other = words!("geben Sie der Art einen anderen Namen", "give the kind another name");
    if is_scheme(name) {
        let message = words!(
            "`{name}` ist der Anfang von Webadressen",
            "`{name}` is how web addresses begin"
        );
        notes.push(problem(span, message, other.clone()));
    }
    if kind.internal {
        let message = words!(
            "`{name}` ist keine Art, die eine Website ändern kann",
            "`{name}` is no kind that a site can change"
        );
        notes.push(problem(span, message, other));
    }
    let is_plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'_' | b'-');
    if name.is_empty() || !name.bytes().all(is_plain) {
        let message = words!("`{name}` kann keine Art heißen", "`{name}` cannot name a kind");
        let help = words!(
            "erlaubt sind kleine Buchstaben, Ziffern, `-` und `_`",
            "use lower-case letters, digits, `-` and `_`"
        );
        notes.push(problem(span, message, help));
    }
}

/// A field that a declaration names and that does not exist.
fn no_field(declaring: &Declaring<'_>, node: &Node, (name, fields): (&str, &Fields)) -> Diagnostic {
    let message = words!("es gibt keine Angabe `{name}`", "there is no field `{name}`");
    let known: Vec<&str> = fields.iter().map(|field| &*field.name).collect();
    unknown((declaring, node), (name, &known), message)
}

/// A name that is none of those there are, at the place where it is written.
fn unknown(
    (declaring, node): (&Declaring<'_>, &Node),
    (name, known): (&str, &[&str]),
    message: Words,
) -> Diagnostic {
    let span = Span::new(declaring.path, node.span.clone());
    let note = Diagnostic::new(Code::SchemaError, span.clone(), message);
    let found = suggest::closest(name, known.iter().copied());
    match (found.as_slice(), suggest::did_you_mean(&found)) {
        ([only], Some(text)) if node.as_str() == Some(name) => {
            note.fix(text, span, format!("\"{only}\""))
        }
        (_, Some(text)) => note.help(text),
        _ if known.is_empty() => note,
        _ => {
            let list = known.join("`, `");
            note.help(words!("vorhanden sind `{list}`", "there are `{list}`"))
        }
    }
}

/// The fields that timing is computed from must exist, and hold dates.
fn timing(notes: &mut Vec<Diagnostic>, declaring: &Declaring<'_>, kind: &Kind, node: &Node) {
    // What is no pair was reported.
    let is_pair = |rule: &&Node| rule.get("from").is_some() && rule.get("to").is_some();
    let Some(rule) = node.get("timing").filter(is_pair) else { return };
    for (key, value) in rule.entries() {
        let Some(name) = value.as_str() else { continue };
        let span = Span::new(declaring.path, value.span.clone());
        let is_date = !matches!(&*key.name, "status");
        match kind.fields.get(name).map(|field| &field.ty) {
            None => notes.push(no_field(declaring, value, (name, &kind.fields))),
            Some(Type::Date | Type::Moment) if is_date => {}
            Some(Type::Choice(_)) if !is_date => {}
            Some(_) => {
                let message = words!(
                    "aus `{name}` lässt sich keine Zeitlage berechnen",
                    "no timing can be computed from `{name}`"
                );
                let help = words!(
                    "nennen Sie Angaben vom Typ `date` oder `moment`, für `status` eine vom Typ `choice`",
                    "name fields of type `date` or `moment`, for `status` one of type `choice`"
                );
                notes.push(problem(&span, message, help));
            }
        }
    }
}

/// The fields that a group names must exist.
fn named_fields(
    notes: &mut Vec<Diagnostic>,
    declaring: &Declaring<'_>,
    fields: &Fields,
    node: &Node,
) {
    let properties = node.entries().iter();
    let naming = properties
        .filter(|(key, _)| matches!(&*key.name, "reference" | "one_of" | "window" | "period"));
    // What is no pair was reported.
    let is_sound = |(key, value): &&(Key, Node)| {
        let is_pair = value.get("from").is_some() && value.get("to").is_some();
        is_pair || !matches!(&*key.name, "window" | "period")
    };
    for (_, value) in naming.filter(is_sound) {
        let values = value.items().iter().chain(value.entries().iter().map(|(_, value)| value));
        for one in values.chain([value]) {
            if let Some(name) = one.as_str().filter(|name| fields.get(name).is_none()) {
                notes.push(no_field(declaring, one, (name, fields)));
            }
        }
    }
}

/// Lists are filtered by fields of entries, not by those of groups.
fn no_filters(notes: &mut Vec<Diagnostic>, declaring: &Declaring<'_>, node: &Node) {
    for (_, field) in node.get("fields").map_or(&[][..], Node::entries) {
        if let Some(filter) = field.get("filter").filter(|filter| filter.as_bool() == Some(true)) {
            let message = words!(
                "Listen lassen sich nicht nach Angaben einer Gruppe filtern",
                "lists cannot be filtered by fields of a group"
            );
            let help = words!(
                "schreiben Sie `filter = true` an eine Angabe der Art",
                "write `filter = true` at a field of the kind"
            );
            notes.push(problem(&Span::new(declaring.path, filter.span.clone()), message, help));
        }
    }
}

/// An inverse must not meet a field of the entries that it shows up at.
fn inverse_name(notes: &mut Vec<Diagnostic>, schema: &Schema, source: &Source, span: &Span) {
    let (inverse, field) = (&source.inverse, &source.field);
    let other =
        words!("geben Sie dem Rückverweis einen anderen Namen", "give the inverse another name");
    if RESERVED.contains(&&**inverse) {
        let message = words!(
            "`{inverse}` hat in Vorlagen schon eine Bedeutung",
            "`{inverse}` has a meaning in templates already"
        );
        notes.push(problem(span, message, other.clone()));
    }
    let targets = source.targets.iter().filter_map(|target| schema.kind(target));
    for target in targets.filter(|target| target.fields.get(inverse).is_some()) {
        let target = &target.name;
        let message = words!(
            "der Rückverweis `{inverse}` von `{field}` heißt wie eine Angabe von `{target}`",
            "the inverse `{inverse}` of `{field}` is named like a field of `{target}`"
        );
        notes.push(problem(span, message, other.clone()));
    }
}

/// A field that is named like an inverse that shows up beside it.
fn is_inverse(source: &Source, span: &Span) -> Diagnostic {
    let (name, kind, field) = (&source.inverse, &source.kind, &source.field);
    let message = words!(
        "`{name}` ist schon der Rückverweis der Angabe `{field}` von `{kind}`",
        "`{name}` is the inverse of the field `{field}` of `{kind}` already"
    );
    let help = words!("geben Sie der Angabe einen anderen Namen", "give the field another name");
    problem(span, message, help)
}
