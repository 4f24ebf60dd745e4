//! What custom properties a style sheet gives to the whole page: the colours of a theme.
//!
//! Only rules for the root element count, for what else a page holds is not known here. Each setting
//! knows in which modes of the screen it holds and which attributes the root element must have; what
//! is for paper only is left out.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use lightningcss::media_query::{
    MediaCondition, MediaFeature, MediaFeatureId, MediaFeatureName, MediaFeatureValue, MediaList,
    MediaQuery, MediaType, Operator, Qualifier,
};
use lightningcss::printer::PrinterOptions;
use lightningcss::properties::Property;
use lightningcss::properties::custom::CustomPropertyName;
use lightningcss::rules::{CssRule, Location};
use lightningcss::traits::ToCss;

use super::problem::offset;
use crate::diag::Span;
use crate::path::RelPath;

/// A mode of the screen that readers choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Mode {
    /// Whether the ground is dark.
    pub is_dark: bool,
    /// Whether more contrast is asked for.
    pub is_strong: bool,
}

impl Mode {
    /// All modes.
    pub const ALL: [Self; 4] = [
        Self { is_dark: false, is_strong: false },
        Self { is_dark: true, is_strong: false },
        Self { is_dark: false, is_strong: true },
        Self { is_dark: true, is_strong: true },
    ];
}

/// The modes in which something holds, in the order of [`Mode::ALL`].
pub type Modes = [bool; 4];

/// A custom property that the root element is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The property's name, with its hyphens.
    pub name: String,
    /// Its value as CSS.
    pub value: String,
    /// In which modes it holds.
    pub modes: Modes,
    /// The attributes that the root element must have.
    pub attributes: BTreeMap<String, String>,
    /// What decides between settings of one name: importance, layer, specificity. The larger wins, and
    /// of equal ones the later.
    pub weight: (bool, bool, usize),
    /// Where it is written.
    pub span: Span,
}

/// What surrounds a rule.
#[derive(Clone)]
struct Around {
    /// The modes in which it holds.
    modes: Modes,
    /// Whether it stands in a layer.
    is_layered: bool,
    /// The root element as the rules around describe it, if they do.
    root: Option<Root>,
}

/// What a selector asks of the root element.
#[derive(Clone)]
struct Root {
    /// The attributes that it must have.
    attributes: BTreeMap<String, String>,
    /// The selector's specificity, as one number: a class counts 100, an element 1.
    specificity: usize,
}

/// The settings of some rules, in their order. `texts` are those of the style sheets, in the order of
/// their numbers.
pub(super) fn settings(rules: &[CssRule<'_>], texts: &BTreeMap<RelPath, Arc<str>>) -> Vec<Setting> {
    let texts = texts.iter().collect();
    let mut found = Finder { texts, settings: Vec::new() };
    found.rules(rules, &Around { modes: [true; 4], is_layered: false, root: None });
    found.settings
}

/// A walk through rules.
struct Finder<'a> {
    /// The style sheets.
    texts: Vec<(&'a RelPath, &'a Arc<str>)>,
    /// What was found.
    settings: Vec<Setting>,
}

impl Finder<'_> {
    /// Looks at rules in what surrounds them.
    fn rules(&mut self, rules: &[CssRule<'_>], around: &Around) {
        for rule in rules {
            self.rule(rule, around);
        }
    }

    /// Looks at one rule.
    fn rule(&mut self, rule: &CssRule<'_>, around: &Around) {
        match rule {
            CssRule::Media(media) => {
                let holds = holding(&media.query);
                let modes = [0, 1, 2, 3].map(|at| around.modes[at] && holds[at]);
                self.rules(&media.rules.0, &Around { modes, ..around.clone() });
            }
            CssRule::Supports(supports) => self.rules(&supports.rules.0, around),
            CssRule::LayerBlock(layer) => {
                self.rules(&layer.rules.0, &Around { is_layered: true, ..around.clone() });
            }
            CssRule::Style(style) => {
                for selector in &style.selectors.0 {
                    let text = selector.to_css_string(PrinterOptions::default());
                    let root = text.ok().and_then(|text| root(&text, around.root.as_ref()));
                    let Some(root) = root else { continue };
                    let around = Around { root: Some(root), ..around.clone() };
                    let declared = &style.declarations;
                    self.declarations(&declared.declarations, (&around, false), style.loc);
                    self.declarations(&declared.important_declarations, (&around, true), style.loc);
                    self.rules(&style.rules.0, &around);
                }
            }
            CssRule::NestedDeclarations(nested) if around.root.is_some() => {
                let declared = &nested.declarations;
                self.declarations(&declared.declarations, (around, false), nested.loc);
                self.declarations(&declared.important_declarations, (around, true), nested.loc);
            }
            _ => {}
        }
    }

    /// Takes the custom properties among declarations.
    fn declarations(
        &mut self,
        declared: &[Property<'_>],
        (around, is_important): (&Around, bool),
        loc: Location,
    ) {
        let Some(root) = &around.root else { return };
        for property in declared {
            let Property::Custom(custom) = property else { continue };
            let CustomPropertyName::Custom(name) = &custom.name else { continue };
            let value = property.value_to_css_string(PrinterOptions::default());
            let Some(span) = self.span(&name.0, loc) else { continue };
            self.settings.push(Setting {
                name: name.0.to_string(),
                value: value.unwrap_or_default().trim().to_owned(),
                modes: around.modes,
                attributes: root.attributes.clone(),
                weight: (is_important, !around.is_layered, root.specificity),
                span,
            });
        }
    }

    /// Where a property of a rule is declared.
    fn span(&self, name: &str, loc: Location) -> Option<Span> {
        let (path, text) = self.texts.get(loc.source_index as usize)?;
        let start = offset(text, loc.line, loc.column);
        Some(Span::new(path, declaration(text, start, name).unwrap_or(start..start)))
    }
}

/// The first declaration of a property from a byte on, outside of comments.
fn declaration(text: &str, from: usize, name: &str) -> Option<Range<usize>> {
    let mut at = from;
    loop {
        let rest = text.get(at..)?;
        let start = at + rest.find(name)?;
        let before = &text[from..start];
        let is_comment = before.rfind("/*").is_some_and(|open| !before[open..].contains("*/"));
        let is_whole = !before.ends_with(|c: char| c == '-' || c.is_alphanumeric());
        let after = &text[start + name.len()..];
        if is_whole && !is_comment && after.trim_start().starts_with(':') {
            let end = after.find([';', '}']).unwrap_or(after.len());
            return Some(start..start + name.len() + after[..end].trim_end().len());
        }
        at = start + name.len();
    }
}

/// What a selector asks of the root element; nothing if it means something else, or more than that.
/// `above` is what `&` stands for.
fn root(selector: &str, above: Option<&Root>) -> Option<Root> {
    let mut root = Root { attributes: BTreeMap::new(), specificity: 0 };
    let mut rest = selector.trim();
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('&') {
            let above = above?;
            root.attributes.extend(above.attributes.clone());
            root.specificity += above.specificity;
            rest = after;
        } else if let Some(after) = rest.strip_prefix(":root") {
            (root.specificity, rest) = (root.specificity + 100, after);
        } else if let Some(after) = rest.strip_prefix("html") {
            (root.specificity, rest) = (root.specificity + 1, after);
        } else {
            let (attribute, after) = rest.strip_prefix('[')?.split_once(']')?;
            let (name, value) = attribute.split_once('=')?;
            let value = value.trim_matches(['"', '\'']);
            root.attributes.insert(name.to_owned(), value.to_owned());
            (root.specificity, rest) = (root.specificity + 100, after);
        }
    }
    Some(root)
}

/// In which modes a media query holds on a screen. What depends on anything else, such as the width,
/// is taken not to hold.
fn holding(list: &MediaList<'_>) -> Modes {
    Mode::ALL.map(|mode| {
        let queries = &list.media_queries;
        queries.is_empty() || queries.iter().any(|query| query_holds(query, mode) == Some(true))
    })
}

/// Whether one query holds; `None` if that depends on something else.
fn query_holds(query: &MediaQuery<'_>, mode: Mode) -> Option<bool> {
    let is_type = matches!(query.media_type, MediaType::All | MediaType::Screen);
    let condition = query.condition.as_ref().map_or(Some(true), |it| condition_holds(it, mode));
    let holds = if is_type { condition } else { Some(false) };
    match query.qualifier {
        Some(Qualifier::Not) => holds.map(|holds| !holds),
        Some(Qualifier::Only) | None => holds,
    }
}

/// Whether a condition holds.
fn condition_holds(condition: &MediaCondition<'_>, mode: Mode) -> Option<bool> {
    match condition {
        MediaCondition::Feature(feature) => feature_holds(feature, mode),
        MediaCondition::Not(inner) => condition_holds(inner, mode).map(|holds| !holds),
        MediaCondition::Operation { operator, conditions } => {
            let decisive = matches!(operator, Operator::Or);
            let all = conditions.iter().map(|condition| condition_holds(condition, mode));
            let found: Vec<_> = all.collect();
            match found.contains(&Some(decisive)) {
                true => Some(decisive),
                false if found.contains(&None) => None,
                false => Some(!decisive),
            }
        }
        MediaCondition::Unknown(_) => None,
    }
}

/// Whether a feature is as asked for.
fn feature_holds(feature: &MediaFeature<'_>, mode: Mode) -> Option<bool> {
    let MediaFeature::Plain { name: MediaFeatureName::Standard(id), value } = feature else {
        return None;
    };
    let MediaFeatureValue::Ident(value) = value else { return None };
    let wanted: &str = &value.0;
    match (id, wanted) {
        (MediaFeatureId::PrefersColorScheme, wanted) => Some((wanted == "dark") == mode.is_dark),
        (MediaFeatureId::PrefersContrast, "more") => Some(mode.is_strong),
        (MediaFeatureId::PrefersContrast, "no-preference") => Some(!mode.is_strong),
        (MediaFeatureId::PrefersContrast, _) => Some(false),
        // In forced colours, all of them are the reader's own.
        (MediaFeatureId::ForcedColors, wanted) => Some(wanted == "none"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selectors_of_the_root_element() {
        let check = |selector: &str| {
            root(selector, None).map(|root| (root.specificity, root.attributes.len()))
        };
        assert_eq!(check(":root"), Some((100, 0)));
        assert_eq!(check("html"), Some((1, 0)));
        assert_eq!(check(":root[data-accent=\"gruen\"]"), Some((200, 1)));
        assert_eq!(check("html[data-accent=gruen]:root"), Some((201, 1)));
        for other in ["body", ":root body", ":root > *", ".dark", ":root.dark", "&", ":root:hover"]
        {
            assert_eq!(check(other), None, "{other}");
        }
    }

    #[test]
    fn declarations_are_found_outside_of_comments() {
        let text = ":root { /* --a: 1; */ --aa: 2; --a : 3 ; }";
        assert_eq!(declaration(text, 0, "--a").map(|range| &text[range]), Some("--a : 3"));
        assert_eq!(declaration(text, 0, "--b"), None);
    }
}
