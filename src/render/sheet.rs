//! Style sheets of the theme as outputs, and what they make of a theme's colours.

use std::sync::Arc;

use super::contrast;
use super::css::{self, CssProblem, Setting, Sheet};
use crate::diag::{Diagnostic, Span};
use crate::path::RelPath;
use crate::site::{Output, Site};

/// A style sheet with all that it imports, its addresses those of the published files, and the colours
/// that the site sets behind it.
pub(super) fn sheet(site: &Site, path: &RelPath) -> Result<String, Vec<Diagnostic>> {
    let theme = &site.model.theme;
    let mut made = bundled(site, path)
        .map_err(|problems| problems.iter().map(CssProblem::diagnostic).collect::<Vec<_>>())?;
    if theme.own_colours().next().is_some() {
        let (sheets, _) = all(site);
        made.css.push_str(&contrast::own_rules(theme, &made.settings, &settings(&sheets)));
    }
    Ok(made.css)
}

/// Says what is doubtful about the style sheets, and which of their colours do not stand out from each
/// other. What keeps them from being published is said when they are made.
pub fn check(notes: &mut Vec<Diagnostic>, site: &Site) {
    let (sheets, is_whole) = all(site);
    let mut doubts: Vec<&CssProblem> = sheets.iter().flat_map(|sheet| &sheet.doubts).collect();
    doubts.sort();
    doubts.dedup();
    notes.extend(doubts.into_iter().map(CssProblem::diagnostic));
    if is_whole {
        contrast::check(notes, &site.model.theme, &settings(&sheets));
    }
}

/// All that style sheets set for the root element.
fn settings(sheets: &[Sheet]) -> Vec<Setting> {
    sheets.iter().flat_map(|sheet| sheet.settings.iter().cloned()).collect()
}

/// All published style sheets that can be made, those of the theme below first, and whether there are no
/// others.
fn all(site: &Site) -> (Vec<Sheet>, bool) {
    let chain = &site.model.theme.chain;
    let height = |path: &RelPath| {
        let own = chain.iter().position(|name| path.below(&format!("themes/{name}")).is_some());
        std::cmp::Reverse(own)
    };
    let mut paths: Vec<&RelPath> = site
        .outputs
        .values()
        .filter_map(|output| match output {
            Output::Sheet(path) => Some(path),
            _ => None,
        })
        .collect();
    paths.sort_by_key(|path| (height(path), *path));
    let made: Vec<_> = paths.iter().filter_map(|path| bundled(site, path).ok()).collect();
    let is_whole = made.len() == paths.len();
    (made, is_whole)
}

/// A style sheet with all that it imports.
fn bundled(site: &Site, path: &RelPath) -> Result<Sheet, Vec<CssProblem>> {
    let theme = &site.model.theme;
    let inside = |path: &RelPath| {
        theme.assets.iter().find(|(_, known)| *known == path).map(|(inside, _)| inside)
    };
    let read = |path: &RelPath| -> Option<Arc<str>> {
        theme.sheets.get(visible(site, path)).map(|text| Arc::clone(text))
    };
    let url = |path: &RelPath| {
        let name = inside(path).map(|name| &**name).or_else(|| in_theme(path))?;
        site.assets.get(name).map(|route| site.href(route))
    };
    let mut made = css::bundle(path, &read, &url);
    let place = |span: &mut Span| span.path = visible(site, &span.path).clone();
    match &mut made {
        Ok(sheet) => {
            sheet.settings.iter_mut().for_each(|setting| place(&mut setting.span));
            sheet.doubts.iter_mut().for_each(|doubt| place(&mut doubt.span));
        }
        Err(problems) => problems.iter_mut().for_each(|problem| place(&mut problem.span)),
    }
    made
}

/// The file that stands for one which a theme further up the chain hides.
fn visible<'a>(site: &'a Site, path: &'a RelPath) -> &'a RelPath {
    in_theme(path).and_then(|inside| site.model.theme.assets.get(inside)).unwrap_or(path)
}

/// The path of a file inside its theme.
fn in_theme(path: &RelPath) -> Option<&str> {
    path.below("themes")?.split_once('/').map(|(_, inside)| inside)
}
