//! Lists and their filters: what the index says is on the pages, every option leads somewhere, and
//! long lists do without.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;

use crate::built::{Built, build, memory};
use crate::demo::disk;

/// The day on which the sites are built.
const DAY: &str = "2026-11-21";

/// The addresses that links in a piece of HTML lead to.
fn addresses(html: &str) -> Vec<&str> {
    html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// The route of a page by its address.
fn route(address: &str) -> String {
    format!("{}index.html", address.trim_start_matches('/'))
}

/// The part of a page in which the entries of its list stand.
fn entries(page: &str) -> &str {
    page.split_once("<div data-entries>").unwrap().1.split("</main>").next().unwrap()
}

/// The indexes of a site, by route.
fn indexes(built: &Built) -> BTreeMap<&str, Value> {
    let all = built.texts.iter().filter(|(route, _)| route.ends_with("/filter.json"));
    all.map(|(route, text)| (&**route, serde_json::from_str(text).unwrap())).collect()
}

/// Texts in a list.
fn texts(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect()
}

#[test]
fn entries_of_an_index_stand_on_the_pages_that_it_names() {
    let built = build(&disk(), DAY);
    built.is_sound();
    let indexes = indexes(&built);
    assert!(indexes.len() > 6, "{:?}", indexes.keys());
    for (index, said) in indexes {
        let pages = texts(&said["pages"]);
        let size = usize::try_from(said["size"].as_u64().unwrap()).unwrap();
        for (at, entry) in said["entries"].as_array().unwrap().iter().enumerate() {
            let address = entry[0].as_str().unwrap();
            let page = entries(built.page(&route(pages[at / size])));
            assert!(addresses(page).contains(&address), "{index}: {address} is on no card");
        }
    }
}

#[test]
fn an_option_leads_to_as_many_entries_as_it_says() {
    let built = build(&disk(), DAY);
    let mut looked = 0;
    for (index, said) in indexes(&built) {
        let list = built.page(&route(texts(&said["pages"])[0]));
        let filters = list.split_once("filters-groups").unwrap().1;
        let groups: Vec<&str> = filters.split("data-filter=\"").skip(1).collect();
        assert_eq!(groups.len(), said["filters"].as_array().unwrap().len(), "{index}");
        for (number, group) in groups.iter().enumerate() {
            let [word, options] = said["filters"][number].as_array().unwrap().as_slice() else {
                panic!("{index} has a group without a word")
            };
            assert!(group.starts_with(word.as_str().unwrap()), "{index}: {word}");
            for option in group.split("data-option=\"").skip(1) {
                let (name, rest) = option.split_once('"').unwrap();
                let at = texts(options).iter().position(|known| *known == name).unwrap();
                let has = |entry: &&Value| {
                    let own = entry[1][number].as_array().unwrap();
                    own.iter().any(|own| own.as_u64() == Some(at as u64))
                };
                let passing: Vec<&Value> =
                    said["entries"].as_array().unwrap().iter().filter(has).collect();
                assert!(rest.contains(&format!("({})", passing.len())), "{index}: {name} {rest}");
                let address = addresses(rest)[0];
                let page = built.page(&route(address));
                if page.contains("<div data-entries>") {
                    looked += 1;
                    let shown = addresses(entries(page));
                    for entry in passing.iter().take(20) {
                        assert!(shown.contains(&entry[0].as_str().unwrap()), "{address}: {entry}");
                    }
                }
            }
        }
    }
    assert!(looked > 50, "{looked} pages of filters");
}

#[test]
fn filters_of_a_list_are_one_language_each() {
    let built = build(&disk(), DAY);
    built.holds("en/events/index.html", &["/en/events/type/networking/", "Filter the list"]);
    built.lacks("en/events/index.html", &["/veranstaltungen/art/"]);
    let simple = |route: &&String| route.starts_with("de-simple/") && route.contains("filter");
    assert_eq!(built.texts.keys().find(simple), None);
}

/// A site of so many partners, some of which belong to a topic.
fn partners(count: usize) -> Built {
    let mut rows = String::new();
    for number in 0..count {
        let ty = ["verein", "stiftung", "unternehmen"][number % 3];
        let topics = if number % 2 == 0 { "[\"a\", \"b\"]" } else { "[]" };
        let _ = writeln!(
            rows,
            "[[entry]]\nid = \"p{number}\"\ntitle = \"P {number}\"\ntype = \"{ty}\"\ntopics = {topics}\n"
        );
    }
    let settings = "schema = 1\ntitle = \"Viele\"\nbase_url = \"https://viele.example.org/\"\nper_page = 200\ntheme = \"kurz\"\n";
    let files = memory(&[
        ("content/site.toml", settings),
        ("content/_index.md", "+++\ntitle = \"Start\"\n+++\n"),
        ("content/partner/_index.md", "+++\ntitle = \"Partner\"\nkind = \"partner\"\n+++\n"),
        ("content/partner/_entries.toml", &rows),
        ("content/themen/_index.md", "+++\ntitle = \"Themen\"\nkind = \"topic\"\n+++\n"),
        ("content/themen/a.md", "+++\ntitle = \"A\"\n+++\n"),
        ("content/themen/b.md", "+++\ntitle = \"B\"\n+++\n"),
        ("themes/kurz/theme.toml", "name = \"kurz\"\nextends = \"schaukasten\"\n"),
        ("themes/kurz/templates/partner.html", "{{ page.title }}"),
        (
            "themes/kurz/templates/list.html",
            "{{ page.index or \"without\" }}{% for group in page.filters %} {{ group.field }}{% endfor %}{% block list %}{% endblock list %}",
        ),
    ]);
    let built = build(&files, DAY);
    built.is_sound();
    built
}

#[test]
fn a_long_list_has_single_filters_only() {
    let short = partners(1000);
    assert_eq!(short.page("partner/index.html"), "/partner/filter.json type topics");
    assert_eq!(indexes(&short)["partner/filter.json"]["entries"].as_array().unwrap().len(), 1000);
    let long = partners(1001);
    assert_eq!(long.page("partner/index.html"), "without type");
    assert!(indexes(&long).is_empty());
    for route in ["partner/art/verein/index.html", "partner/art/verein/seite/2/index.html"] {
        assert_eq!(long.page(route), "without type");
    }
}

/// A site whose filters have labels that come to one word in addresses.
fn alike() -> Built {
    let settings = r#"
schema = 1
title = "Gleich"
base_url = "https://gleich.example.org/"
languages = ["de", "en"]
per_page = 2
[[redirects]]
from = "/w/frei/ja/"
to = "/w/"
[kinds.tool]
label = { de = "Werkzeug", en = "Tool" }
plural = { de = "Werkzeuge", en = "Tools" }
[kinds.tool.fields.typ]
type = "choice"
filter = true
label = { de = "Art", en = "Kind" }
[kinds.tool.fields.typ.choices]
"c" = { de = "C", en = "C" }
"c++" = { de = "C++", en = "C++" }
"c-2" = { de = "C 2", en = "C 2" }
"x" = "Großes X"
[kinds.tool.fields.art]
type = "bool"
filter = true
label = { de = "Art", en = "Kind" }
[kinds.tool.fields.sheet]
type = "date"
filter = true
label = { de = "Seite", en = "Page" }
[kinds.tool.fields.seite]
type = "bool"
filter = true
label = { de = "Seite", en = "Page" }
[kinds.tool.fields.free]
type = "bool"
filter = true
label = { de = "Frei", en = "Free" }
"#;
    let mut rows = String::new();
    for (number, ty) in ["c", "c++", "c-2", "x"].iter().cycle().take(16).enumerate() {
        let (is, year) = (number % 2 == 0, if number % 4 == 0 { "0002" } else { "2024" });
        let _ = writeln!(
            rows,
            "[[entry]]\nid = \"w{number}\"\ntitle = \"W {number}\"\ntyp = \"{ty}\"\nart = {is}\nseite = {is}\nfree = {is}\nsheet = \"{year}\"\n"
        );
    }
    build(
        &memory(&[
            ("content/site.toml", settings),
            ("content/_index.md", "+++\ntitle = \"Start\"\n+++\n"),
            ("content/_index.en.md", "+++\ntitle = \"Home\"\n+++\n"),
            ("content/w/_index.md", "+++\ntitle = \"Werkzeuge\"\nkind = \"tool\"\n+++\n"),
            ("content/w/_index.en.md", "+++\ntitle = \"Tools\"\n+++\n"),
            ("content/w/_entries.toml", &rows),
        ]),
        DAY,
    )
}

#[test]
fn no_two_filters_have_one_word() {
    let built = alike();
    built.is_sound();
    let words = |index: &str| -> BTreeMap<String, String> {
        let said = &indexes(&built)[index]["filters"];
        let group = |group: &Value| (group[0].as_str().unwrap().to_owned(), group[1].to_string());
        said.as_array().unwrap().iter().map(group).collect()
    };
    let known = |all: [(&str, &str); 5]| {
        BTreeMap::from(all.map(|(group, options)| (group.to_owned(), options.to_owned())))
    };
    let german = [
        ("art", r#"["c","c-3","c-2","x"]"#),
        ("art-2", r#"["ja","nein"]"#),
        ("sheet", r#"["2024","2"]"#),
        ("seite-2", r#"["ja","nein"]"#),
        ("frei", r#"["ja","nein"]"#),
    ];
    assert_eq!(words("w/filter.json"), known(german));
    let english = [
        ("kind", r#"["c","c-3","c-2","grosses-x"]"#),
        ("art", r#"["yes","no"]"#),
        ("sheet", r#"["2024","2"]"#),
        ("seite", r#"["yes","no"]"#),
        ("free", r#"["yes","no"]"#),
    ];
    assert_eq!(words("en/w/filter.json"), known(english));
    let page = built.page("w/index.html");
    for id in ["filter-art_", "filter-art-2_"] {
        assert_eq!(page.matches(&format!("id=\"{id}\"")).count(), 1, "{id}");
    }
    for (route, title) in [
        ("w/art/c/index.html", "Werkzeuge: C"),
        ("w/art/c-3/index.html", "Werkzeuge: C++"),
        ("w/seite/2/index.html", "Werkzeuge"),
        ("w/sheet/2/index.html", "Werkzeuge: Seite 2"),
        ("w/art/x/index.html", "Werkzeuge: Großes X"),
    ] {
        built.holds(route, &[&format!("<h1>{title}</h1>")]);
    }
}

#[test]
fn a_filter_without_its_first_page_has_no_others() {
    let built = alike();
    let is_its = |route: &&String| route.starts_with("w/frei/ja/");
    let made: Vec<&String> = built.texts.keys().filter(is_its).collect();
    assert_eq!(made, ["w/frei/ja/index.html"]);
    built.holds("w/frei/nein/seite/4/index.html", &["Frei"]);
    built.holds("en/w/free/yes/page/4/index.html", &["Free"]);
    built.lacks("w/index.html", &["/w/frei/ja/"]);
}

#[test]
fn what_is_called_off_stands_where_its_dates_are() {
    let mut rows = String::new();
    for (id, start, more) in [
        ("hand", "2026-01-05", "order = 1"),
        ("soon", "2026-12-01", ""),
        ("off", "2026-12-02", "status = \"abgesagt\""),
        ("later", "2027-01-03", ""),
        ("moved", "2027-01-04", "status = \"verschoben\""),
        ("today", "2026-11-21", "status = \"abgesagt\""),
        ("over", "2026-10-02", "status = \"abgesagt\""),
        ("past", "2026-10-01", ""),
    ] {
        let _ = writeln!(
            rows,
            "[[entry]]\nid = \"{id}\"\ntitle = \"{id}\"\ntype = \"workshop\"\nstart = \"{start}\"\n{more}\n"
        );
    }
    let settings = "schema = 1\ntitle = \"Termine\"\nbase_url = \"https://termine.example.org/\"\n";
    let events = "+++\ntitle = \"Termine\"\nkind = \"event\"\n+++\n";
    let files = memory(&[
        ("content/site.toml", settings),
        ("content/_index.md", "+++\ntitle = \"Start\"\n+++\n"),
        ("content/t/_index.md", events),
        ("content/t/_entries.toml", &rows),
    ]);
    let sections = |day: &str| -> Vec<String> {
        let built = build(&files, day);
        let list = entries(built.page("t/index.html")).to_owned();
        let sections = list.split("<section class=\"section ").skip(1);
        let said = sections.map(|section| {
            let form = section.split('"').next().unwrap();
            let ids = addresses(section).into_iter().filter_map(|to| to.strip_prefix("/t/"));
            let ids = ids.filter(|id| !id.starts_with("jahr/"));
            let ids: Vec<&str> = ids.map(|id| id.trim_end_matches('/')).collect();
            format!("{form}: {}", ids.join(" "))
        });
        said.collect()
    };
    let before = ["month: today", "month: soon off", "month: later moved", "year: hand over past"];
    assert_eq!(sections(DAY), before);
    let after = ["month: soon off", "month: later moved", "year: hand today over past"];
    assert_eq!(sections("2026-11-22"), after);
    let next = build(&files, DAY).build.next_change;
    assert_eq!(next.as_deref(), Some("2026-11-21T23:00:00Z"));
}
