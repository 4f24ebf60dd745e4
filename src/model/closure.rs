//! What each template pulls in, found by scanning its text.
//!
//! Tera takes only literal names in `extends`, `include` and component calls. So a scan that finds
//! *too much* is enough: what is found too much costs a render whose output is then found equal.

use std::collections::{BTreeMap, BTreeSet};

use super::schema::Name;
use super::theme::Template;

/// For each template those that it names itself.
pub(super) fn pulls(templates: &BTreeMap<Name, Template>) -> BTreeMap<Name, BTreeSet<Name>> {
    let defining = defining(templates);
    let mut hidden: BTreeMap<&str, BTreeSet<&Name>> = BTreeMap::new();
    for name in templates.keys() {
        if let Some((_, inside)) = name.split_once('/') {
            hidden.entry(inside).or_default().insert(name);
        }
    }
    let of = |template: &Template| {
        let mut found: BTreeSet<Name> = BTreeSet::new();
        for mention in mentions(&template.text) {
            found.extend(templates.get_key_value(mention).map(|(name, _)| name.clone()));
            let more = [defining.get(mention), hidden.get(mention)];
            found.extend(more.into_iter().flatten().flatten().map(|name| (*name).clone()));
        }
        found
    };
    templates.iter().map(|(name, template)| (name.clone(), of(template))).collect()
}

/// For each component the templates that define it.
pub(super) fn defining(templates: &BTreeMap<Name, Template>) -> BTreeMap<&str, BTreeSet<&Name>> {
    let mut defining: BTreeMap<&str, BTreeSet<&Name>> = BTreeMap::new();
    for (name, template) in templates {
        for component in components(&template.text) {
            defining.entry(component).or_default().insert(name);
        }
    }
    defining
}

/// All that may name another template or a component in `source`, and more.
fn mentions(source: &str) -> impl Iterator<Item = &str> {
    let called = source.split('<').skip(1).map(|rest| ident(rest.trim_start()));
    quoted(source).chain(called).filter(|mention| !mention.is_empty())
}

/// What stands between quotes in `source`, and what stands between one pair and the next.
pub(super) fn quoted(source: &str) -> impl Iterator<Item = &str> {
    source.split(['"', '\'', '`'])
}

/// The components that `source` defines.
fn components(source: &str) -> impl Iterator<Item = &str> {
    let tags = source.split("{%").skip(1).map(|tag| tag.trim_start_matches('-').trim_start());
    tags.filter_map(|tag| Some(ident(tag.strip_prefix("component")?.trim_start())))
}

/// The identifier at the start of a text; dots and hyphens may be part of a component's name.
fn ident(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.' || c == '-'));
    &text[..end.unwrap_or(text.len())]
}
