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
