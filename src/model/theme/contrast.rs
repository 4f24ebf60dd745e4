//! Which colours of a theme stand on which, how much they must differ, and which of them a site sets.

use std::sync::Arc;

use super::{Name, Theme, check_keys};
use crate::diag::{Code, Diagnostic, Span, Words};
use crate::model::schema::{Field, Variable};
use crate::parse::toml::{Node, Value};
use crate::path::RelPath;
use crate::print::Fingerprint;
use crate::words;

/// Text on its ground: WCAG 1.4.3.
const TEXT: u32 = 450;

/// The least and the most that two colours can differ, in hundredths.
const RANGE: std::ops::RangeInclusive<u32> = 100..=2100;

/// Colours that stand on others. All pairs are meant.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Pairs {
    /// The custom properties of what is in front.
    pub colours: Vec<Role>,
    /// The custom properties of the grounds.
    pub on: Vec<Role>,
    /// The contrast that is needed, in hundredths: 450 for 4.5 to 1.
    pub at_least: u32,
}

/// A custom property, and where it is named.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Role {
    /// Its name, with its hyphens.
    pub name: Name,
    /// Where `theme.toml` names it.
    pub span: Span,
}

impl Theme {
    /// The colours that options set, with the option of each: the name of the custom property, whether it
    /// is for a dark ground, and the value.
    pub fn own_colours(&self) -> impl Iterator<Item = (&Field, &Variable, &Arc<str>)> {
        self.options.iter().filter_map(|option| {
            let variable = option.variable.as_ref().filter(|variable| !variable.name.is_empty())?;
            Some((option, variable, self.values.text(&option.name)?))
        })
    }

    /// The fingerprint of all that style sheets get from the theme beside their texts.
    pub fn colours_print(&self) -> Fingerprint {
        let own: Vec<_> =
            self.own_colours().map(|(_, variable, value)| (variable, value)).collect();
        let needed: Vec<_> = self
            .contrast
            .iter()
            .map(|pairs| {
                let names = |roles: &[Role]| roles.iter().map(|role| role.name.clone()).collect();
                let (colours, on): (Vec<Name>, Vec<Name>) =
                    (names(&pairs.colours), names(&pairs.on));
                (colours, on, pairs.at_least)
            })
            .collect();
        Fingerprint::of(&(!own.is_empty()).then_some((own, needed)))
    }
}

/// Reads the tables `[[contrast]]` of a theme.
pub(super) fn read(notes: &mut Vec<Diagnostic>, path: &RelPath, declaration: &Node) -> Vec<Pairs> {
    let Some(list) = declaration.get("contrast").filter(|list| !list.is_broken()) else {
        return Vec::new();
    };
    if !list.is_array() {
        let message = words!("`contrast` ist keine Liste", "`contrast` is no list");
        notes.push(problem(path, list, message).help(words!(
            "beginnen Sie jeden Satz Farben mit `[[contrast]]`",
            "begin each set of colours with `[[contrast]]`"
        )));
    }
    list.items().iter().filter_map(|item| pairs(notes, path, item)).collect()
}

/// Reads one table.
fn pairs(notes: &mut Vec<Diagnostic>, path: &RelPath, node: &Node) -> Option<Pairs> {
    check_keys(notes, path, (node, &["colours", "on", "at_least"]));
    let colours = roles(notes, path, (node, "colours"))?;
    let on = roles(notes, path, (node, "on"))?;
    let at_least = match node.get("at_least") {
        Some(value) => limit(notes, path, value)?,
        None => TEXT,
    };
    Some(Pairs { colours, on, at_least })
}

/// Reads the names of custom properties.
fn roles(
    notes: &mut Vec<Diagnostic>,
    path: &RelPath,
    (node, key): (&Node, &str),
) -> Option<Vec<Role>> {
    let list = node.get(key);
    if list.is_some_and(Node::is_broken) {
        return None;
    }
    let items = list.map_or(&[][..], Node::items);
    let role = |item: &Node| {
        let name = item.as_str().filter(|name| name.starts_with("--"))?;
        Some(Role { name: Name::from(name), span: Span::new(path, item.span.clone()) })
    };
    let found: Vec<Role> = items.iter().filter_map(role).collect();
    if found.is_empty() || found.len() < items.len() {
        let message = words!(
            "`{key}` nennt keine Farben des Stylesheets",
            "`{key}` does not name colours of the style sheet"
        );
        notes.push(problem(path, list.unwrap_or(node), message).help(words!(
            "schreiben Sie eine Liste wie `{key} = [\"--color-layout-background\"]`",
            "write a list such as `{key} = [\"--color-layout-background\"]`"
        )));
        return None;
    }
    Some(found)
}

/// Reads a contrast, as hundredths.
fn limit(notes: &mut Vec<Diagnostic>, path: &RelPath, node: &Node) -> Option<u32> {
    let number = match node.value {
        Value::Float(number, _) => Some(number * 100.0),
        _ => node.as_integer().and_then(|n| u32::try_from(n).ok()).map(|n| f64::from(n) * 100.0),
    };
    let found =
        RANGE.into_iter().find(|step| number.is_some_and(|n| n.round() == f64::from(*step)));
    if found.is_none() && !node.is_broken() {
        let message = words!("das ist kein Kontrast", "this is no contrast");
        notes.push(problem(path, node, message).help(words!(
            "schreiben Sie `4.5` für Text (WCAG 1.4.3) oder `3` für Linien und Zeichen (WCAG 1.4.11)",
            "write `4.5` for text (WCAG 1.4.3), or `3` for lines and signs (WCAG 1.4.11)"
        )));
    }
    found
}

/// A declaration that cannot be.
fn problem(path: &RelPath, node: &Node, message: Words) -> Diagnostic {
    Diagnostic::new(Code::ThemeError, Span::new(path, node.span.clone()), message)
        .label(node.describe())
}
