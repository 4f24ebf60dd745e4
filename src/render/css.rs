//! Style sheets: one file out of many, small, with every address in it checked.
//!
//! [`bundle`] reads a style sheet and what it imports, puts all of it into one, and asks for the
//! address of every file that a `url()` names. Nothing is ever loaded from another server, so an
//! address that leaves the site is a problem, and so is a file that does not exist.

mod problem;
mod urls;
mod variables;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, RwLock};

use lightningcss::rules::import::ImportRule;
use lightningcss::rules::layer::LayerBlockRule;
use lightningcss::rules::media::MediaRule;
use lightningcss::rules::supports::SupportsRule;
use lightningcss::rules::{CssRule, CssRuleList};
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions, StyleSheet};
use lightningcss::visitor::Visit;

pub use self::problem::{CssProblem, Trouble};
use self::problem::{offset, too_deep, word_at};
use self::urls::{Target, Urls, target};
pub use self::variables::{Mode, Modes, Setting};
use crate::diag::Span;
use crate::path::{RelPath, Route};
use crate::print::Fingerprint;

/// So many imports may come together in one style sheet.
const IMPORTS: usize = 500;

/// So many brackets may stand in each other.
const DEPTH: usize = 64;

/// A style sheet that is ready to be published.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The text, minified.
    pub css: String,
    /// All style sheets that went into it.
    pub sources: BTreeSet<RelPath>,
    /// All files that it points to.
    pub assets: BTreeSet<RelPath>,
    /// What is kept as it is, although it looks like a mistake.
    pub doubts: Vec<CssProblem>,
    /// The custom properties that it gives to the root element, in their order.
    pub settings: Vec<Setting>,
}

/// Makes one style sheet out of `entry` and all that it imports. `read` gives the text of a style
/// sheet, `asset_url` the address of a file that is going to be published.
pub fn bundle(
    entry: &RelPath,
    read: &dyn Fn(&RelPath) -> Option<Arc<str>>,
    asset_url: &dyn Fn(&RelPath) -> Option<String>,
) -> Result<Sheet, Vec<CssProblem>> {
    let mut problems = Vec::new();
    let texts = gather(&mut problems, entry, read);
    let mut sheets = BTreeMap::new();
    let mut assets = BTreeSet::new();
    for (number, (path, text)) in (0..).zip(&texts) {
        let mut sheet = parse(&mut problems, (path, number), text);
        if let Some(sheet) = &mut sheet {
            let mut urls = Urls { path, text, asset_url, problems: Vec::new(), assets: Vec::new() };
            let Ok(()) = sheet.visit(&mut urls);
            problems.append(&mut urls.problems);
            assets.extend(urls.assets);
        }
        sheets.extend(sheet.map(|sheet| (path, sheet)));
    }
    let mut bundler = Bundler { sheets: &sheets, texts: &texts, problems, imports: 0 };
    let rules = bundler.rules(entry, &mut Vec::new());
    let (doubts, mut problems): (Vec<_>, Vec<_>) =
        bundler.problems.into_iter().partition(CssProblem::is_doubt);
    if problems.is_empty() {
        let comments = sheets.values().flat_map(|sheet| sheet.license_comments.iter().cloned());
        let settings = variables::settings(&rules, &texts);
        match print(&texts, rules, comments.collect()) {
            Ok(css) => {
                let sources = texts.keys().cloned().collect();
                return Ok(Sheet { css, sources, assets, doubts, settings });
            }
            Err(words) => problems
                .push(CssProblem { span: Span::start_of(entry), trouble: Trouble::Syntax(words) }),
        }
    }
    problems.extend(doubts);
    problems.sort();
    problems.dedup();
    Err(problems)
}

/// The name under which a file is published, with the mark of its contents before the extension:
/// `assets/site.css` becomes `assets/site.1a2b3c4d.css`.
pub fn fingerprinted(path: &str, print: Fingerprint) -> Route {
    let (folder, name) = path.rsplit_once('/').map_or(("", path), |(folder, name)| (folder, name));
    let slash = if folder.is_empty() { "" } else { "/" };
    let print = print.short();
    Route::new(match name.rsplit_once('.') {
        Some((stem, end)) if !stem.is_empty() => format!("{folder}{slash}{stem}.{print}.{end}"),
        _ => format!("{folder}{slash}{name}.{print}"),
    })
}

/// The texts of `entry` and of all that it imports, directly or not.
fn gather(
    problems: &mut Vec<CssProblem>,
    entry: &RelPath,
    read: &dyn Fn(&RelPath) -> Option<Arc<str>>,
) -> BTreeMap<RelPath, Arc<str>> {
    let mut texts = BTreeMap::new();
    let Some(text) = read(entry) else {
        let trouble = Trouble::NoSheet(entry.to_string());
        problems.push(CssProblem { span: Span::start_of(entry), trouble });
        return texts;
    };
    let mut queue = vec![entry.clone()];
    texts.insert(entry.clone(), text);
    while let Some(path) = queue.pop() {
        let text = texts[&path].clone();
        for (target, span) in imports(problems, &path, &text) {
            if texts.contains_key(&target) {
                continue;
            }
            match read(&target) {
                Some(text) => {
                    texts.insert(target.clone(), text);
                    queue.push(target);
                }
                None => {
                    let trouble = Trouble::NoSheet(target.to_string());
                    problems.push(CssProblem { span, trouble });
                }
            }
        }
    }
    texts
}

/// The style sheets that one imports, and where.
fn imports(problems: &mut Vec<CssProblem>, path: &RelPath, text: &str) -> Vec<(RelPath, Span)> {
    // What does not parse is reported when the rules are read.
    let Some(sheet) = parse(&mut Vec::new(), (path, 0), text) else { return Vec::new() };
    let mut found = Vec::new();
    for rule in &sheet.rules.0 {
        let CssRule::Import(rule) = rule else { continue };
        let span = import_span(path, text, rule);
        match target(path, &rule.url) {
            Target::File(file, _) => found.push((file, span)),
            other => problems.push(CssProblem { span, trouble: other.trouble(&rule.url) }),
        }
    }
    found
}

/// Where an import stands.
fn import_span(path: &RelPath, text: &str, rule: &ImportRule<'_>) -> Span {
    let start = offset(text, rule.loc.line, rule.loc.column);
    let length = text[start..].find([';', '\n']).unwrap_or(text.len() - start);
    Span::new(path, start..start + length)
}

/// Reads the rules of a style sheet, which know its number then, and reports all that is wrong with
/// them.
fn parse<'i>(
    problems: &mut Vec<CssProblem>,
    (path, source_index): (&RelPath, u32),
    text: &'i str,
) -> Option<StyleSheet<'i>> {
    if let Some(at) = too_deep(text, DEPTH) {
        let trouble = Trouble::TooDeep(DEPTH);
        problems.push(CssProblem { span: Span::new(path, at..at + 1), trouble });
        return None;
    }
    let found = Arc::new(RwLock::new(Vec::new()));
    let options = ParserOptions {
        error_recovery: true,
        warnings: Some(found.clone()),
        source_index,
        ..ParserOptions::default()
    };
    let sheet = StyleSheet::parse(text, options);
    let mut errors = found.write().map(|mut found| std::mem::take(&mut *found)).unwrap_or_default();
    let sheet = sheet.map_err(|error| errors.push(error)).ok();
    problems.extend(errors.iter().map(|error| {
        let place = error.loc.as_ref().map_or(0, |at| offset(text, at.line, at.column));
        let span = Span::new(path, word_at(text, place));
        CssProblem { span, trouble: Trouble::of(&error.kind) }
    }));
    sheet
}

/// The rules as one minified text, after the comments that have to stay.
fn print<'i>(
    texts: &BTreeMap<RelPath, Arc<str>>,
    rules: Vec<CssRule<'i>>,
    comments: Vec<lightningcss::values::string::CowArcStr<'i>>,
) -> Result<String, String> {
    let sources = texts.keys().map(ToString::to_string).collect();
    let mut sheet = StyleSheet::new(sources, CssRuleList(rules), ParserOptions::default());
    sheet.license_comments = comments;
    sheet.minify(MinifyOptions::default()).map_err(|error| error.to_string())?;
    let options = PrinterOptions { minify: true, ..PrinterOptions::default() };
    sheet.to_css(options).map(|done| done.code).map_err(|error| error.to_string())
}

/// Puts imported rules where they are imported.
struct Bundler<'a, 'i> {
    /// The style sheets, each with its own rules.
    sheets: &'a BTreeMap<&'i RelPath, StyleSheet<'i>>,
    /// Their texts.
    texts: &'i BTreeMap<RelPath, Arc<str>>,
    /// What was found wrong.
    problems: Vec<CssProblem>,
    /// How many imports were followed.
    imports: usize,
}

impl<'i> Bundler<'_, 'i> {
    /// The rules of a style sheet with those of its imports. `above` are the sheets that are just
    /// being put together.
    fn rules(&mut self, path: &RelPath, above: &mut Vec<RelPath>) -> Vec<CssRule<'i>> {
        let Some(sheet) = self.sheets.get(path) else { return Vec::new() };
        let mut rules = Vec::with_capacity(sheet.rules.0.len());
        above.push(path.clone());
        for rule in &sheet.rules.0 {
            match rule {
                CssRule::Import(import) => {
                    let imported = self.import(path, import, above);
                    rules.extend(conditional(import, imported));
                }
                other => rules.push(other.clone()),
            }
        }
        above.pop();
        rules
    }

    /// The rules that an import stands for.
    fn import(
        &mut self,
        path: &RelPath,
        import: &ImportRule<'i>,
        above: &mut Vec<RelPath>,
    ) -> Vec<CssRule<'i>> {
        let Target::File(file, _) = target(path, &import.url) else { return Vec::new() };
        self.imports += 1;
        let trouble = if above.contains(&file) {
            Trouble::Cycle(file.to_string())
        } else if self.imports == IMPORTS {
            Trouble::TooMany(IMPORTS)
        } else if self.imports > IMPORTS {
            return Vec::new();
        } else {
            return self.rules(&file, above);
        };
        let text = self.texts.get(path).map_or("", |text| text);
        self.problems.push(CssProblem { span: import_span(path, text, import), trouble });
        Vec::new()
    }
}

/// Puts imported rules under the conditions of their import.
fn conditional<'i>(import: &ImportRule<'i>, rules: Vec<CssRule<'i>>) -> Vec<CssRule<'i>> {
    let loc = import.loc;
    let mut rules = rules;
    if let Some(name) = &import.layer {
        let rule = LayerBlockRule { name: name.clone(), rules: CssRuleList(rules), loc };
        rules = vec![CssRule::LayerBlock(rule)];
    }
    if let Some(condition) = &import.supports {
        let rule = SupportsRule { condition: condition.clone(), rules: CssRuleList(rules), loc };
        rules = vec![CssRule::Supports(rule)];
    }
    if !import.media.media_queries.is_empty() {
        let rule = MediaRule { query: import.media.clone(), rules: CssRuleList(rules), loc };
        rules = vec![CssRule::Media(rule)];
    }
    rules
}
