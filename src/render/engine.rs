//! Tera with the theme's templates, and its errors as diagnostics.
//!
//! A broken template is reported with its place and left out, with all that cannot do without it;
//! the others render.

use std::collections::{BTreeMap, BTreeSet};

use tera::{Context, ErrorKind, Tera};

use super::{filters, functions, report, track};
use crate::diag::Diagnostic;
use crate::model::schema::Name;
use crate::model::theme::Theme;
use crate::path::RelPath;

/// So many bytes most pages have.
const USUAL: usize = 16 * 1024;

/// The compiled templates of a theme.
pub struct Engine {
    /// Tera itself.
    tera: Tera,
    /// The file of each template.
    paths: BTreeMap<Name, RelPath>,
    /// Templates that are left out because they, or what they need, are broken.
    broken: BTreeSet<Name>,
}

impl Engine {
    /// Compiles all templates of a theme.
    pub fn compile(theme: &Theme) -> (Self, Vec<Diagnostic>) {
        let mut notes = Vec::new();
        let paths: BTreeMap<Name, RelPath> = theme
            .templates
            .iter()
            .map(|(name, template)| (name.clone(), template.path.clone()))
            .collect();
        let mut broken = alone(&mut notes, theme, &paths);
        let mut tera = new(theme);
        loop {
            let good = theme.templates.iter().filter(|(name, _)| !broken.contains(*name));
            match tera.add_raw_templates(good.map(|(name, template)| (&**name, &**template.text))) {
                Ok(()) => break,
                Err(error) => {
                    let found = report::joined(&mut notes, theme, &error);
                    let before = broken.len();
                    broken.extend(found);
                    if broken.len() == before {
                        broken.extend(paths.keys().cloned());
                    }
                    tera = new(theme);
                }
            }
        }
        (Self { tera, paths, broken }, notes)
    }

    /// Whether a template is there and not broken.
    pub fn has(&self, name: &str) -> bool {
        self.paths.contains_key(name) && !self.broken.contains(name)
    }

    /// Whether a template is left out because of an error that has been reported.
    pub fn is_broken(&self, name: &str) -> bool {
        self.broken.contains(name)
    }

    /// All templates that are left out.
    pub fn broken(&self) -> &BTreeSet<Name> {
        &self.broken
    }

    /// Renders a template: text in UTF-8.
    pub fn render(&self, name: &str, context: &Context) -> Result<Vec<u8>, tera::Error> {
        let mut out = Vec::with_capacity(USUAL);
        let made = self.tera.render_to(name, context, &mut out);
        made.map_err(|error| track::failure().unwrap_or(error))?;
        Ok(out)
    }

    /// Renders a component by itself.
    pub(super) fn component(
        &self,
        name: &str,
        (arguments, implicits): (&Context, &Context),
    ) -> Result<String, tera::Error> {
        let made =
            self.tera.render_component_with_implicits(name, arguments, implicits, None, true);
        made.map_err(|error| track::failure().unwrap_or(error))
    }

    /// Whether there is a component of a name.
    pub(super) fn has_component(&self, name: &str) -> bool {
        self.tera.contains_component(name)
    }

    /// The names of all components, sorted.
    pub(super) fn components(&self) -> BTreeSet<&str> {
        self.tera.get_component_names().collect()
    }

    /// The file of a template.
    pub fn path(&self, name: &str) -> Option<&RelPath> {
        self.paths.get(name)
    }
}

/// Tera with our functions and filters, and no templates yet. Of two components of one name the one
/// nearer to the front of the theme's chain wins: Tera ranks templates by these prefixes.
fn new(theme: &Theme) -> Tera {
    let mut tera = Tera::default();
    let hidden = theme.chain.iter().skip(1).map(|name| format!("{name}/"));
    tera.set_fallback_prefixes(hidden).expect("there are no templates yet");
    functions::register(&mut tera);
    filters::register(&mut tera);
    tera
}

/// Tries each template alone, so that every syntax error is found, not the first only. Errors about
/// other templates are left for when all are there.
fn alone(
    notes: &mut Vec<Diagnostic>,
    theme: &Theme,
    paths: &BTreeMap<Name, RelPath>,
) -> BTreeSet<Name> {
    let mut broken = BTreeSet::new();
    for (name, template) in &theme.templates {
        let Err(error) = new(theme).add_raw_template(name, &template.text) else { continue };
        if let ErrorKind::SyntaxError(report) = error.kind()
            && let Some(path) = paths.get(name)
        {
            notes.push(report::syntax(path, report));
            broken.insert(name.clone());
        }
    }
    broken
}
