//! A site's own theme that extends the embedded one: it overrides what it wants, file by file.

use schaukasten::diag::Code;
use schaukasten::source::Memory;

use crate::built::{Built, build, memory};

/// A site of only `content/`.
const CONTENT: &[(&str, &str)] = &[
    (
        "content/site.toml",
        "schema = 1\ntitle = \"Probe\"\nbase_url = \"https://probe.example.org/\"\nlanguages = [\"de\"]\n[[menus.main]]\nkind = \"initiative\"\n",
    ),
    ("content/_index.md", "+++\ntitle = \"Start\"\n+++\n"),
    ("content/initiativen/_index.md", "+++\ntitle = \"Initiativen\"\nkind = \"initiative\"\n+++\n"),
    (
        "content/initiativen/eins.md",
        "+++\ntitle = \"Eins\"\ntype = \"programm\"\nwebsite = \"https://eins.example.org/\"\n+++\nText.\n\n```{accordion}\ntitle = \"Mehr\"\ntext = \"Verborgenes\"\n```\n",
    ),
    (
        "content/initiativen/zwei.md",
        "+++\ntitle = \"Zwei\"\ntype = \"fonds\"\npart_of = [\"eins\"]\n+++\n",
    ),
];

/// The site, with a theme of its own made of some files, and options for it.
fn site(options: &str, files: &[(&str, &str)]) -> Memory {
    let mut memory = memory(CONTENT);
    let settings = CONTENT[0].1.replace("languages", "theme = \"amt\"\nlanguages");
    memory.insert("content/site.toml", format!("{settings}\n{options}"));
    memory.insert("themes/amt/theme.toml", "name = \"amt\"\nextends = \"schaukasten\"\n");
    for (path, text) in files {
        memory.insert(&format!("themes/amt/{path}"), *text);
    }
    memory
}

/// The site built with a theme of its own.
fn with(files: &[(&str, &str)]) -> Built {
    let built = build(&site("", files), "2026-03-01");
    built.is_sound();
    built
}

/// The site's style sheet.
fn sheet(built: &Built) -> &str {
    let found = built.texts.iter().find(|(route, _)| route.ends_with(".css"));
    found.unwrap().1
}

#[test]
fn a_site_of_only_content_builds() {
    let built = build(&memory(CONTENT), "2026-03-01");
    built.is_sound();
    assert_eq!(built.build.diagnostics, []);
    built.holds("index.html", &["<h1>Start</h1>", "href=\"/initiativen/\""]);
    built.holds("initiativen/eins/index.html", &["Verborgenes", "https://eins.example.org/"]);
    assert!(sheet(&built).contains("--"), "the style sheet has the theme's tokens");
}

#[test]
fn an_empty_child_changes_nothing_but_its_name() {
    let (plain, child) = (build(&memory(CONTENT), "2026-03-01"), with(&[]));
    assert_eq!(plain.texts, child.texts);
}

#[test]
fn a_template_extends_the_one_it_hides() {
    let built = with(&[(
        "templates/initiative.html",
        "{% extends \"schaukasten/templates/initiative.html\" %}\n{% block facts %}<div class=\"amt\"></div>{{ super() }}{% endblock facts %}",
    )]);
    built.holds(
        "initiativen/eins/index.html",
        &["<div class=\"amt\"></div>", "eins.example.org", "<h1>Eins</h1>"],
    );
    built.lacks("index.html", &["class=\"amt\""]);
}

#[test]
fn a_template_of_all_kinds_reaches_the_templates_of_the_parent() {
    let built = with(&[(
        "templates/base.html",
        "{% extends \"schaukasten/templates/base.html\" %}\n{% block head %}<meta name=\"amt\" content=\"1\">{% endblock head %}",
    )]);
    for route in ["index.html", "initiativen/index.html", "initiativen/eins/index.html", "404.html"]
    {
        built.holds(route, &["<meta name=\"amt\" content=\"1\">"]);
    }
}

#[test]
fn a_component_is_replaced_by_replacing_its_file() {
    let own = "{% component entry_link(to) %}{{ to.title }}{% endcomponent entry_link %}";
    for path in ["templates/a.html", "templates/parts/z.html"] {
        let built = build(&site("", &[(path, own)]), "2026-03-01");
        let note = built.only_error(Code::TemplateSyntax);
        assert_eq!(note.place().unwrap().path.as_str(), format!("themes/amt/{path}"));
        let help = &note.help[0].text.de;
        assert!(help.contains("`themes/amt/templates/parts/link.html`"), "{help}");
        built.holds("index.html", &["<h1>Start</h1>"]);
    }
}

#[test]
fn a_file_of_components_may_hold_fewer_than_the_one_it_hides() {
    let built = with(&[(
        "templates/parts/link.html",
        "{% component entry_link(to) %}<a class=\"amt\" href=\"{{ to.url }}\">{{ to.title }}</a>{% endcomponent entry_link %}",
    )]);
    built.holds(
        "initiativen/index.html",
        &["<a class=\"amt\" href=\"/initiativen/eins/\">Eins</a>"],
    );
    built.holds("initiativen/eins/index.html", &["href=\"https://eins.example.org/\""]);
}

#[test]
fn a_component_may_stand_only_once_in_a_theme() {
    let twice = "{% component amt() %}1{% endcomponent amt %}";
    let files = [("templates/a.html", twice), ("templates/b.html", twice)];
    let built = build(&site("", &files), "2026-03-01");
    let note = built.only_error(Code::TemplateSyntax);
    let places: Vec<&str> = note.labels.iter().map(|label| label.span.path.as_str()).collect();
    assert_eq!(places, ["themes/amt/templates/b.html", "themes/amt/templates/a.html"]);
    built.holds("index.html", &["<h1>Start</h1>"]);
}

#[test]
fn a_block_looks_as_the_site_wants_it() {
    let built = with(&[("blocks/accordion.html", "<div class=\"amt\">{{ params.title }}</div>")]);
    built.holds("initiativen/eins/index.html", &["<div class=\"amt\">Mehr</div>"]);
    built.lacks("initiativen/eins/index.html", &["<details"]);
}

#[test]
fn a_site_adds_a_block_of_its_own() {
    let mut files = site(
        "",
        &[
            (
                "blocks/merkzettel.html",
                "<aside>{{ params.text }} {{ trans(key=\"skip_link\") }}</aside>",
            ),
            (
                "blocks/merkzettel.toml",
                "[fields.text]\ntype = \"markdown\"\nrequired = true\nlabel = { de = \"Text\", en = \"Text\" }\n",
            ),
        ],
    );
    files.insert(
        "content/initiativen/drei.md",
        "+++\ntitle = \"Drei\"\ntype = \"fonds\"\n+++\n\n```{merkzettel}\ntext = \"Zu [](initiative:eins)\"\n```\n",
    );
    let built = build(&files, "2026-03-01");
    built.is_sound();
    built.holds(
        "initiativen/drei/index.html",
        &["<aside>Zu <a href=\"/initiativen/eins/\">Eins</a>"],
    );
    files.insert(
        "content/initiativen/drei.md",
        "+++\ntitle = \"Drei\"\ntype = \"fonds\"\n+++\n\n```{merkzettel}\n```\n",
    );
    build(&files, "2026-03-01").only_error(Code::MissingParameter);
}

#[test]
fn a_call_of_another_program_is_proposed_as_a_block_with_the_parameters_there_are() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/themes/schaukasten/blocks");
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let declared = files.filter(|path| path.extension().is_some_and(|ending| ending == "toml"));
    let fixes = |call: &str| {
        let mut files = site("", &[]);
        let text = format!("+++\ntitle = \"Drei\"\ntype = \"fonds\"\n+++\n\n{call}\n");
        files.insert("content/initiativen/drei.md", text);
        let built = build(&files, "2026-03-01");
        built
            .errors()
            .into_iter()
            .flat_map(|note| &note.help)
            .filter(|help| help.fix.is_some())
            .count()
    };
    for path in declared {
        let block = path.file_stem().unwrap().to_str().unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        let names =
            text.lines().filter_map(|line| line.strip_prefix("[fields.")?.strip_suffix(']'));
        for name in names.filter(|name| !name.contains('.')) {
            assert_eq!(fixes(&format!("[{block} {name}=\"x\"]")), 1, "{block} {name}");
        }
        assert_eq!(fixes(&format!("[{block} anders=\"x\"]")), 0, "{block}");
    }
}

#[test]
fn strings_are_overridden_one_by_one() {
    let built = with(&[("i18n/de.toml", "skip_link = \"Gleich zum Text\"\n")]);
    built.holds("index.html", &["Gleich zum Text"]);
    let plain = build(&memory(CONTENT), "2026-03-01");
    plain.lacks("index.html", &["Gleich zum Text"]);
    let rest = plain.page("404.html").split("<main").nth(1).unwrap().to_owned();
    assert!(built.page("404.html").contains(&rest), "all other strings are the parent's");
}

#[test]
fn options_are_the_parents_and_may_get_another_default() {
    let accent = |options: &str, files: &[(&str, &str)]| {
        let built = build(&site(options, files), "2026-03-01");
        built.is_sound();
        let page = built.page("index.html");
        page.split("data-accent=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    };
    assert_eq!(accent("", &[]), "blau");
    assert_eq!(accent("[theme_options]\naccent = \"gruen\"\n", &[]), "gruen");
    let own = "name = \"amt\"\nextends = \"schaukasten\"\n[options.accent]\ntype = \"choice\"\ndefault = \"rot\"\nlabel = { de = \"Farbe\", en = \"Colour\" }\n[options.accent.choices]\nrot = { de = \"Rot\", en = \"Red\" }\ngold = { de = \"Gold\", en = \"Gold\" }\n";
    assert_eq!(accent("", &[("theme.toml", own)]), "rot");
    assert_eq!(accent("[theme_options]\naccent = \"gold\"\n", &[("theme.toml", own)]), "gold");
}

#[test]
fn an_option_that_nobody_declares_is_an_error() {
    let built = build(&site("[theme_options]\nakzent = \"gruen\"\n", &[]), "2026-03-01");
    let note = built.only_error(Code::UnknownField);
    assert_eq!(note.place().unwrap().path.as_str(), "content/site.toml");
}

#[test]
fn a_style_sheet_takes_the_place_of_the_parents() {
    let built = with(&[("assets/css/tokens.css", ":root { --amt: 1px; }")]);
    assert!(sheet(&built).contains("--amt"), "the parent's sheet imports the site's own part");
    let plain = build(&memory(CONTENT), "2026-03-01");
    let link = |built: &Built| {
        let page = built.page("index.html");
        page.split("href=\"").find(|part| part.contains(".css\"")).map(str::to_owned)
    };
    assert_ne!(link(&built), link(&plain), "its address has another fingerprint");
}

#[test]
fn an_asset_takes_the_place_of_the_parents() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\"/>";
    let built = with(&[("assets/favicon.svg", svg)]);
    assert!(built.files.values().any(|path| path == "themes/amt/assets/favicon.svg"));
    assert!(!built.files.values().any(|path| path == "themes/schaukasten/assets/favicon.svg"));
}

#[test]
fn a_file_of_the_site_covers_the_embedded_one() {
    let mut files = memory(CONTENT);
    files.insert("themes/schaukasten/templates/404.html", "<p>Hier ist nichts.</p>");
    let built = build(&files, "2026-03-01");
    built.is_sound();
    assert_eq!(built.page("404.html"), "<p>Hier ist nichts.</p>");
    built.holds("index.html", &["<h1>Start</h1>"]);
}

#[test]
fn a_theme_may_extend_one_that_extends() {
    let mut files = site(
        "",
        &[
            ("i18n/de.toml", "skip_link = \"aus amt\"\nhome = \"aus amt\"\n"),
            (
                "templates/404.html",
                "{% extends \"schaukasten/templates/404.html\" %}{% block head %}<meta name=\"amt\">{% endblock head %}",
            ),
        ],
    );
    let settings = CONTENT[0].1.replace("languages", "theme = \"referat\"\nlanguages");
    files.insert("content/site.toml", settings);
    files.insert("themes/referat/theme.toml", "name = \"referat\"\nextends = \"amt\"\n");
    files.insert("themes/referat/i18n/de.toml", "home = \"aus referat\"\n");
    files.insert(
        "themes/referat/templates/404.html",
        "{% extends \"amt/templates/404.html\" %}{% block main %}{{ super() }}referat{% endblock main %}",
    );
    let built = build(&files, "2026-03-01");
    built.is_sound();
    built.holds("404.html", &["aus amt", "aus referat", "<meta name=\"amt\">", "referat", "<h1>"]);
}

#[test]
fn a_broken_template_leaves_the_others_alone() {
    let files = [(
        "templates/initiative.html",
        "{% extends \"schaukasten/templates/initiative.html\" %}{% block facts %}{{ trnas(key=\"x\") }}{% endblock facts %}",
    )];
    let built = build(&site("", &files), "2026-03-01");
    let note = built.only_error(Code::TemplateSyntax);
    assert!(note.help.iter().any(|help| help.text.de.contains("`trans`")), "{note:#?}");
    assert_eq!(note.place().unwrap().path.as_str(), "themes/amt/templates/initiative.html");
    built.holds("initiativen/index.html", &["<h1>Initiativen</h1>"]);
    assert!(!built.texts.contains_key("initiativen/eins/index.html"));
}
