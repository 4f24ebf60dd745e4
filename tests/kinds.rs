//! A site's own kinds, groups, fields and choices, made in `site.toml` alone: a showcase that also
//! presents the people behind its solutions, in the embedded theme.

use schaukasten::diag::Code;
use schaukasten::source::Memory;

use crate::built::{Built, build, memory};

/// The settings of the site.
const SETTINGS: &str = r#"
schema = 1
title = { de = "Menschen und Lösungen", en = "People and solutions" }
base_url = "https://menschen.example.org/"
languages = ["de", "en"]

[[menus.main]]
kind = "person"

[kinds.person]
label = { de = "Person", en = "Person" }
plural = { de = "Personen", en = "People" }
sort = "-since"

[kinds.person.fields.office]
type = "text"
translatable = true
summary = true
label = { de = "Amt", en = "Office" }

[kinds.person.fields.since]
type = "date"
label = { de = "Dabei seit", en = "Here since" }

[kinds.person.fields.skills]
type = "choice"
many = true
label = { de = "Kenntnisse", en = "Skills" }
choices = { recht = { de = "Vergaberecht", en = "Procurement law" }, daten = { de = "Datenanalyse", en = "Data analysis" } }

[kinds.person.fields.employer]
type = "ref"
to = ["partner"]
inverse = "staff"
label = { de = "Arbeitet bei", en = "Works at" }
inverse_label = { de = "Beschäftigte", en = "Staff" }

[kinds.person.fields.awards]
type = "table"
table = "award"
many = true
label = { de = "Auszeichnungen", en = "Awards" }
inverses = { sponsor = "sponsored" }

[types.award]
label = { de = "Auszeichnung", en = "Award" }

[types.award.fields.name]
type = "text"
required = true
translatable = true
label = { de = "Preis", en = "Prize" }

[types.award.fields.year]
type = "date"
label = { de = "Jahr", en = "Year" }

[types.award.fields.sponsor]
type = "ref"
to = ["partner"]
many = true
label = { de = "Gestiftet von", en = "Sponsored by" }
inverse_label = { de = "Gestiftete Preise", en = "Sponsored prizes" }

[kinds.solution.fields.owners]
type = "ref"
to = ["person"]
many = true
inverse = "solutions"
label = { de = "Verantwortlich", en = "Owners" }
inverse_label = { de = "Betreute Lösungen", en = "Solutions looked after" }

[kinds.event.fields.type.choices]
hackathon = { de = "Programmierwettbewerb", en = "Hackathon" }
"#;

/// The rest of the site.
const CONTENT: &[(&str, &str)] = &[
    ("content/_index.md", "+++\ntitle = \"Start\"\n+++\n"),
    ("content/_index.en.md", "+++\ntitle = \"Home\"\n+++\n"),
    ("content/personen/_index.md", "+++\ntitle = \"Wer wir sind\"\nkind = \"person\"\n+++\n"),
    ("content/personen/_index.en.md", "+++\ntitle = \"Who we are\"\nslug = \"people\"\n+++\n"),
    (
        "content/personen/ada.md",
        "+++\ntitle = \"Ada Amsel\"\noffice = \"Referat 12\"\nsince = \"2019-04\"\nskills = [\"recht\", \"daten\"]\nemployer = \"amt\"\nawards = [{ name = \"Goldene Akte\", year = 2021, sponsor = [\"amt\"] }, { name = \"Silberne Akte\", sponsor = [\"amt\", \"bund\"] }]\n+++\nSie hat das Portal begonnen.\n",
    ),
    (
        "content/personen/ada.en.md",
        "+++\ntitle = \"Ada Amsel\"\noffice = \"Unit 12\"\nawards = [{ name = \"Golden File\" }, { name = \"Silver File\" }]\n+++\nShe started the portal.\n",
    ),
    (
        "content/personen/_entries.toml",
        "[[entry]]\nid = \"bela\"\ntitle = \"Béla Buche\"\nsince = 2023\ntext = \"Er hat übernommen.\"\n",
    ),
    ("content/partner/_index.md", "+++\ntitle = \"Partner\"\nkind = \"partner\"\n+++\n"),
    ("content/partner/bund.md", "+++\ntitle = \"Bund\"\ntype = \"behoerde\"\n+++\n"),
    ("content/partner/amt.md", "+++\ntitle = \"Musteramt\"\ntype = \"behoerde\"\n+++\n"),
    ("content/loesungen/_index.md", "+++\ntitle = \"Lösungen\"\nkind = \"solution\"\n+++\n"),
    (
        "content/loesungen/portal.md",
        "+++\ntitle = \"Portal\"\ntype = \"portal\"\nstatus = \"produktiv\"\nowners = [\"ada\", \"bela\"]\n+++\nMehr weiß [](person:ada).\n",
    ),
    ("content/termine/_index.md", "+++\ntitle = \"Termine\"\nkind = \"event\"\n+++\n"),
    (
        "content/termine/jam.md",
        "+++\ntitle = \"Jam\"\ntype = \"hackathon\"\nstart = 2026-05-05\n+++\n",
    ),
];

/// The site with more settings.
fn site(more: &str) -> Memory {
    let mut memory = memory(CONTENT);
    memory.insert("content/site.toml", format!("{SETTINGS}\n{more}\n"));
    memory
}

/// The site with more settings, built.
fn built(more: &str) -> Built {
    build(&site(more), "2026-03-01")
}

#[test]
fn a_kind_of_ones_own_has_pages_and_a_list() {
    let built = built("");
    built.is_sound();
    let list = built.page("personen/index.html");
    let (ada, bela) = (list.find("/personen/ada/").unwrap(), list.find("/personen/bela/").unwrap());
    assert!(bela < ada, "the list is sorted by `-since`");
    built.holds("personen/index.html", &["<h1>Wer wir sind</h1>", "Ada Amsel", "Béla Buche"]);
    built.holds("index.html", &["href=\"/personen/\""]);
    built.holds(
        "personen/ada/index.html",
        &["Amt", "Referat 12", "Dabei seit", "April 2019", "Kenntnisse", "Vergaberecht"],
    );
    built.holds("personen/bela/index.html", &["<h1>Béla Buche</h1>", "Er hat übernommen."]);
}

#[test]
fn a_kind_of_ones_own_is_translated() {
    let built = built("");
    built.holds("en/people/ada/index.html", &["Office", "Unit 12", "Here since", "April 2019"]);
    built.holds("en/people/ada/index.html", &["Golden File", "Data analysis"]);
    built.lacks("en/people/ada/index.html", &["Goldene Akte", "Referat 12"]);
    built.holds(
        "en/people/index.html",
        &["<h1>Who we are</h1>", "href=\"/personen/bela/\" lang=\"de\""],
    );
}

#[test]
fn a_group_of_ones_own_is_shown_with_its_labels() {
    built("").holds(
        "personen/ada/index.html",
        &["Auszeichnungen", "Preis", "Goldene Akte", "Jahr", "2021"],
    );
}

#[test]
fn a_row_of_ones_own_group_is_shown_on_the_other_side() {
    let built = built("");
    let row = ["Gestiftete Preise", "href=\"/personen/ada/\"", "Auszeichnungen", "Jahr", "2021"];
    built.holds("partner/amt/index.html", &row);
    let page = built.page("partner/amt/index.html");
    let (gold, silver) = page.split_once("Silberne Akte").unwrap();
    assert!(!gold.contains("Gestiftet von"), "whoever reads knows that");
    assert!(silver.contains("Gestiftet von") && silver.contains("href=\"/partner/bund/\""));
}

#[test]
fn a_reference_to_a_kind_of_ones_own_is_shown_on_both_sides() {
    let built = built("");
    let links = ["href=\"/personen/ada/\"", "href=\"/personen/bela/\"", "Verantwortlich"];
    built.holds("loesungen/portal/index.html", &links);
    built.holds("personen/ada/index.html", &["Betreute Lösungen", "href=\"/loesungen/portal/\""]);
    built.holds("personen/bela/index.html", &["Betreute Lösungen", "href=\"/loesungen/portal/\""]);
    built.holds("personen/ada/index.html", &["Arbeitet bei", "href=\"/partner/amt/\""]);
    built.holds("partner/amt/index.html", &["Beschäftigte", "href=\"/personen/ada/\""]);
}

#[test]
fn a_reference_to_a_kind_of_ones_own_must_resolve() {
    let mut site = site("");
    let text =
        "+++\ntitle = \"Zwei\"\ntype = \"portal\"\nstatus = \"idee\"\nowners = [\"ade\"]\n+++\n";
    site.insert("content/loesungen/zwei.md", text);
    let built = build(&site, "2026-03-01");
    let note = built.only_error(Code::UnknownReference);
    assert!(note.message.de.contains("„Person“"), "{note:#?}");
    assert!(note.help.iter().any(|help| help.text.de.contains("`ada`")), "{note:#?}");
}

#[test]
fn a_choice_of_ones_own_stands_beside_the_others() {
    let built = built("");
    built.holds("termine/jam/index.html", &["Programmierwettbewerb"]);
    let mut wrong = site("");
    wrong
        .insert("content/termine/falsch.md", "+++\ntitle = \"Falsch\"\ntype = \"hackaton\"\n+++\n");
    let built = build(&wrong, "2026-03-01");
    let note = built.only_error(Code::UnknownChoice);
    let help: String = note.help.iter().map(|help| help.text.de.as_str()).collect();
    assert!(help.contains("hackathon") && help.contains("workshop"), "{note:#?}");
}

#[test]
fn label_and_sort_of_a_known_kind_can_be_changed() {
    let built = built(
        "[kinds.solution]\nplural = { de = \"Werkzeuge\" }\nsort = \"-title\"\n[kinds.solution.fields.status]\nlabel = { de = \"Reife\" }\n[[menus.footer]]\nkind = \"solution\"\nlabel = { de = \"Alles\" }",
    );
    built.is_sound();
    built.holds("loesungen/portal/index.html", &["Reife"]);
    built.holds("404.html", &["Werkzeuge"]);
}

#[test]
fn help_required_and_basic_of_a_known_field_can_be_changed() {
    let built = built(
        "[kinds.solution.fields.delivered]\nrequired = true\nbasic = true\nhelp = { de = \"Wann sie da war.\" }",
    );
    let note = built.only_error(Code::MissingField);
    assert!(note.message.de.contains("`delivered`"), "{note:#?}");
    assert!(note.place().unwrap().path.as_str().ends_with("loesungen/portal.md"));
}

#[test]
fn a_required_field_can_become_optional() {
    let mut site = site("[kinds.event.fields.type]\nrequired = false");
    site.insert("content/termine/ohne.md", "+++\ntitle = \"Ohne Art\"\nstart = 2026-06-01\n+++\n");
    build(&site, "2026-03-01").is_sound();
}

#[test]
fn the_type_of_a_known_field_cannot_be_changed() {
    for more in [
        "[kinds.solution.fields.delivered]\ntype = \"text\"",
        "[kinds.solution.fields.partners]\nmany = false",
        "[kinds.solution.fields.initiatives]\nto = [\"event\"]",
        "[kinds.solution.fields.initiatives]\ninverse = \"andere\"",
        "[shared.fields.title]\ntype = \"markdown\"",
        "[types.relation.fields.role]\ntype = \"text\"",
    ] {
        let built = built(more);
        let note = built.only_error(Code::SchemaError);
        assert_eq!(note.place().unwrap().path.as_str(), "content/site.toml", "{more}: {note:#?}");
    }
}

#[test]
fn what_no_schema_can_hold_is_refused() {
    for more in [
        "[kinds.https]\nlabel = { de = \"Adresse\" }",
        "[kinds.person.fields.body]\ntype = \"text\"",
        "[kinds.person.fields.boss]\ntype = \"ref\"\nto = [\"chef\"]",
        "[kinds.person.fields.house]\ntype = \"table\"\ntable = \"haus\"",
        "[kinds.person.fields.colour]\ntype = \"farbe\"",
        "[kinds.solution.fields.testers]\ntype = \"ref\"\nto = [\"person\"]\ninverse = \"office\"",
    ] {
        assert_eq!(built(more).only_error(Code::SchemaError).code, Code::SchemaError, "{more}");
    }
}
