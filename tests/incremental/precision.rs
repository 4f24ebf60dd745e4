//! What is made again after an edit, and what is not.
//!
//! The site is the one that the oracle begins with, in its small theme: the texts below name its
//! files and know its templates.

use std::collections::BTreeSet;

use super::draw::quoted;
use super::settings::Settings;
use super::site::{self, File, Site, Text};
use super::{Outputs, Warm};

/// A site, built once.
struct Built {
    /// The site.
    site: Site,
    /// The builder.
    warm: Warm,
}

/// What came of an edit.
struct Effect {
    /// The routes that were made again, but for those that always are.
    made: BTreeSet<String>,
    /// The routes whose bytes are others than before, or that are new or gone.
    changed: BTreeSet<String>,
}

impl Built {
    /// Builds the site once, after a few edits.
    fn after(edit: impl FnOnce(&mut Site)) -> Self {
        let mut site = site::start();
        edit(&mut site);
        let mut warm = Warm::new();
        let build = warm.build(&site);
        assert!(!build.has_errors(), "{:#?}", build.diagnostics);
        Self { site, warm }
    }

    /// Builds it again after an edit.
    fn edit(&mut self, edit: impl FnOnce(&mut Site)) -> Effect {
        edit(&mut self.site);
        let before = self.warm.outputs.clone();
        let build = self.warm.build(&self.site);
        assert!(!build.has_errors(), "{:#?}", build.diagnostics);
        let made = build.rendered.iter().map(ToString::to_string).filter(|route| !is_always(route));
        Effect { made: made.collect(), changed: changed(&before, &self.warm.outputs) }
    }
}

/// Whether an output is made from the whole site, and so each time.
fn is_always(route: &str) -> bool {
    matches!(route, "sitemap.xml" | "robots.txt" | "barrierefreiheit.json")
        || route.ends_with(".css")
}

/// The routes that differ between two builds.
fn changed(before: &Outputs, after: &Outputs) -> BTreeSet<String> {
    let routes: BTreeSet<_> = before.keys().chain(after.keys()).collect();
    let differs = routes.into_iter().filter(|route| before.get(*route) != after.get(*route));
    differs.map(ToString::to_string).collect()
}

/// A set of routes.
fn routes(list: &[&str]) -> BTreeSet<String> {
    list.iter().map(|route| (*route).to_owned()).collect()
}

/// The text of a file.
fn text<'a>(site: &'a mut Site, path: &str) -> &'a mut Text {
    match site.files.get_mut(path) {
        Some(File::Doc(_, text)) => text,
        _ => panic!("{path} is no text"),
    }
}

/// Gives an entry a summary, so that nobody shows the beginning of its body.
fn summarize(site: &mut Site, path: &str) {
    text(site, path).fields.insert("summary".to_owned(), quoted("Worum es geht"));
}

#[test]
fn nothing_is_made_again_for_nothing() {
    let mut built = Built::after(|_| {});
    let effect = built.edit(|_| {});
    assert_eq!(effect.made, routes(&[]));
    assert_eq!(effect.changed, routes(&[]));
}

#[test]
fn a_body_is_its_own_page_only() {
    let path = "content/initiativen/gruppe/i2.md";
    let mut built = Built::after(|site| summarize(site, path));
    let effect = built.edit(|site| text(site, path).body.push("Noch ein Satz.".to_owned()));
    assert_eq!(effect.made, routes(&["initiativen/i2/index.html"]));
    assert_eq!(effect.changed, effect.made);
}

#[test]
fn the_beginning_of_a_body_is_on_lists_too() {
    let path = "content/initiativen/gruppe/i2.md";
    let mut built = Built::after(|_| {});
    let effect = built.edit(|site| text(site, path).body[0] = "Ein anderer Anfang.".to_owned());
    let wanted = [
        "en/initiativen/index.html",
        "en/initiativen/i1/index.html",
        "initiativen/i1/index.html",
        "initiativen/i2/index.html",
        "initiativen/index.html",
    ];
    assert_eq!(effect.changed, routes(&wanted));
    assert_eq!(effect.made, effect.changed);
}

#[test]
fn a_translation_is_its_own_page_only() {
    let mut built = Built::after(|site| summarize(site, "content/initiativen/i1.md"));
    let path = "content/initiativen/i1.en.md";
    let effect = built.edit(|site| text(site, path).body[0] = "Other words.".to_owned());
    assert_eq!(effect.made, routes(&["en/initiativen/i1/index.html"]));
}

#[test]
fn a_title_reaches_lists_and_both_sides_of_relations() {
    let mut built = Built::after(|_| {});
    let effect = built.edit(|site| {
        let title = quoted("Ganz anders");
        text(site, "content/veranstaltungen/e1.md").fields.insert("title".to_owned(), title);
    });
    for route in [
        "veranstaltungen/e1/index.html",
        "veranstaltungen/index.html",
        "en/veranstaltungen/index.html",
        "initiativen/i1/index.html",
        "aktuelles/n1/index.html",
        "index.html",
    ] {
        assert!(effect.changed.contains(route), "{route} is as before: {:?}", effect.changed);
    }
    assert!(!effect.made.contains("partner/p1/index.html"));
    assert!(!effect.made.contains("loesungen/s1/index.html"));
}

#[test]
fn a_new_entry_is_on_its_list() {
    let mut built = Built::after(|_| {});
    let effect = built.edit(|site| {
        let mut new = Text::titled("Neues Netzwerk");
        new.fields.insert("type".to_owned(), quoted("netzwerk"));
        new.fields.insert("partners".to_owned(), "[\"p2\"]".to_owned());
        let file = File::Doc("initiative".to_owned(), new);
        site.files.insert("content/initiativen/i4.md".to_owned(), file);
    });
    for route in [
        "initiativen/i4/index.html",
        "initiativen/seite/2/index.html",
        "en/initiativen/page/2/index.html",
        "partner/p2/index.html",
    ] {
        assert!(effect.changed.contains(route), "{route} is as before: {:?}", effect.changed);
    }
    assert!(!effect.changed.contains("aktuelles/n2/index.html"));
}

#[test]
fn a_comment_in_a_template_changes_no_byte() {
    let mut built = Built::after(|_| {});
    let effect = built.edit(|site| site.theme.fill("basis/templates/event.html", "{# nur"));
    assert_eq!(effect.changed, routes(&[]));
    assert_eq!(
        effect.made,
        routes(&["veranstaltungen/e1/index.html", "veranstaltungen/e2/index.html"])
    );
}

#[test]
fn a_comment_in_the_template_of_all_pages_changes_no_byte() {
    let mut built = Built::after(|_| {});
    let effect = built.edit(|site| site.theme.fill("basis/templates/base.html", "{# nur"));
    assert_eq!(effect.changed, routes(&[]));
    assert!(!effect.made.contains("alt/index.html"), "a redirect has a template of its own");
}

#[test]
fn the_kind_of_a_section_is_more_than_a_word() {
    let mut built = Built::after(|_| {});
    let kind = quoted("topic");
    text(&mut built.site, "content/personen/_index.md").fields.insert("kind".to_owned(), kind);
    built.warm.build(&built.site);
    assert_eq!(built.warm.shown, built.warm.outputs, "shown before all is checked, and after");
}

#[test]
fn a_component_reaches_whoever_calls_it() {
    let mut built = Built::after(|_| {});
    let card = "basis/templates/parts/card.html";
    let effect = built.edit(|site| site.theme.fill(card, "{{ trans(key=\"foot\") }}"));
    assert!(effect.changed.contains("veranstaltungen/index.html"));
    assert!(effect.changed.contains("initiativen/i1/index.html"));
    assert!(
        effect.changed.contains("veranstaltungen/e1/index.html"),
        "its body has an entries block"
    );
    assert!(!effect.made.contains("alt/index.html"), "the redirect does not use it");
}

#[test]
fn a_string_reaches_whoever_asks_for_it() {
    let mut built = Built::after(|_| {});
    let effect = built.edit(|site| site.theme.choose("basis/i18n/en.toml", "foot = \"Footer\""));
    assert!(effect.changed.contains("en/index.html"));
    assert!(effect.changed.iter().all(|route| route.starts_with("en/")), "{:?}", effect.changed);
}

#[test]
fn a_setting_reaches_whoever_shows_it() {
    let mut built = Built::after(|_| {});
    let effect = built.edit(|site| site.settings.choose("[licence]\ntext = \"CC-BY-4.0\""));
    assert_eq!(effect.changed, routes(&[]), "no template shows the licence");
    let effect = built.edit(|site| site.settings = Settings::default());
    assert_eq!(effect.changed, routes(&[]));
}

#[test]
fn a_picture_reaches_the_pages_that_show_it() {
    let mut built = Built::after(|_| {});
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"11\" height=\"20\"/>";
    let effect = built.edit(|site| {
        let bytes = svg.as_bytes().to_vec();
        site.files.insert("content/dateien/bild-1.svg".to_owned(), File::Plain(bytes));
    });
    // The body that shows it is filled again; but the small theme shows no sizes, so that it comes
    // out the same, and its page is left alone.
    assert_eq!(effect.changed, routes(&["dateien/bild-1.svg"]));
    assert_eq!(effect.made, effect.changed);
}

#[test]
fn time_alone_reaches_what_depends_on_it() {
    let mut built = Built::after(|_| {});
    let effect = built.edit(|site| site.hours = 1);
    assert_eq!(effect.made, routes(&[]), "nothing begins or ends in this hour");
    let effect = built.edit(|site| site.hours = 24 * 4);
    assert!(effect.changed.contains("veranstaltungen/e2/index.html"), "it is over");
    assert!(!effect.made.contains("partner/p1/index.html"));
}
