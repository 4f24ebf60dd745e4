//! What files begin with, and what is said about it.

use super::*;
use crate::diag::Code;

/// Checks the diagnostics (code, place, German message), the titles found and the body.
#[track_caller]
fn check(text: &str, wanted: &[(Code, &str, &str)], title: Option<&str>, body: &str) {
    let mut notes = Vec::new();
    let (node, _, range) = read(&mut notes, &RelPath::new("content/mein-eintrag.md"), text);
    let found: Vec<_> = notes
        .iter()
        .map(|note| {
            let place = note.place().map_or("", |span| &text[span.range.clone()]);
            (note.code, place, note.message.de.as_str())
        })
        .collect();
    assert_eq!(found, wanted, "{text}");
    assert_eq!(node.get("title").and_then(Node::as_str), title, "{text}");
    assert_eq!(&text[range], body, "{text}");
}

/// Checks what is left after the first help's edit of the only diagnostic.
#[track_caller]
fn check_fix(text: &str, wanted: &str) {
    let mut notes = Vec::new();
    read(&mut notes, &RelPath::new("content/mein-eintrag.md"), text);
    assert_eq!(notes.len(), 1, "{notes:?}");
    let fix = notes.first().and_then(|note| note.help.first()).and_then(|help| help.fix.clone());
    let fix = fix.expect("there is a fix");
    let mut fixed = text.to_owned();
    fixed.replace_range(fix.span.range, &fix.replacement);
    assert_eq!(fixed, wanted);
    let mut notes = Vec::new();
    read(&mut notes, &RelPath::new("content/mein-eintrag.md"), &fixed);
    assert_eq!(notes, [], "the fix is right");
}

use Code::{FrontMatterMissing, FrontMatterOpen, TomlSyntax, YamlFrontMatter};

#[test]
fn front_matter_is_read() {
    check("+++\ntitle = \"A\"\n+++\nText", &[], Some("A"), "Text");
    check("+++ \r\ntitle = \"A\"\r\n+++\t\r\n\r\nText", &[], Some("A"), "\r\nText");
    check("+++\n+++", &[], None, "");
    check("", &[], None, "");
    let mut notes = Vec::new();
    let (node, damage, _) = read(&mut notes, &RelPath::new("a.md"), "+++\na = „b“\nc = 1\n+++\n");
    assert_eq!(node.span, 0..3);
    assert_eq!(damage.ranges().first(), Some(&(8..15)));
    assert!(node.get("a").is_some_and(Node::is_broken));
}

#[test]
fn errors_have_their_place_in_the_file() {
    check(
        "+++\ntitle = \"A\"\nx = laufend\n+++\n",
        &[(TomlSyntax, "laufend", "der Text `laufend` steht ohne Anführungszeichen")],
        Some("A"),
        "",
    );
}

#[test]
fn missing_front_matter() {
    check("Text\n", &[(FrontMatterMissing, "Text", "der Dateikopf fehlt")], None, "Text\n");
    check_fix("Text\n", "+++\ntitle = \"Mein eintrag\"\n+++\n\nText\n");
    check_fix("# Mein \"Titel\"\n\nText\n", "+++\ntitle = \"Mein \\\"Titel\\\"\"\n+++\n\nText\n");
    check(" \n", &[(FrontMatterMissing, "", "der Dateikopf fehlt")], None, " \n");
    check(
        "{\"title\": 1}",
        &[(
            FrontMatterMissing,
            "{\"title\": 1}",
            "der Dateikopf ist in JSON geschrieben statt in TOML",
        )],
        None,
        "",
    );
    check(
        "---\n\nText",
        &[(FrontMatterMissing, "---", "der Dateikopf fehlt")],
        None,
        "---\n\nText",
    );
}

#[test]
fn opening_lines_that_are_almost_right() {
    let wanted = (FrontMatterMissing, "+++", "vor `+++` steht eine leere Zeile");
    check("\n+++\ntitle = \"A\"\n+++\nText", &[wanted], Some("A"), "Text");
    let wanted = (FrontMatterMissing, "+++", "vor `+++` stehen Leerzeichen");
    check("  +++\ntitle = \"A\"\n+++\nText", &[wanted], Some("A"), "Text");
    check_fix("++++\ntitle = \"A\"\n+++\nText", "+++\ntitle = \"A\"\n+++\nText");
    check_fix("\n+++\ntitle = \"A\"\n+++\nText", "+++\ntitle = \"A\"\n+++\nText");
    check_fix("title = \"A\"\n+++\nText", "+++\ntitle = \"A\"\n+++\nText");
    check_fix("---\ntitle = \"A\"\n---\nText", "+++\ntitle = \"A\"\n+++\nText");
}

#[test]
fn missing_closing_lines() {
    let wanted = (FrontMatterOpen, "+++", "die Zeile `+++` am Ende des Dateikopfs fehlt");
    check("+++\ntitle = \"A\"\n\nText [x](y).\n", &[wanted], Some("A"), "Text [x](y).\n");
    check("+++\ntitle = \"A\"\n# Titel\n\nText", &[wanted], Some("A"), "# Titel\n\nText");
    check("+++\ntitle = \"A\"", &[wanted], Some("A"), "");
    check_fix("+++\ntitle = \"A\"\n---\nText", "+++\ntitle = \"A\"\n+++\nText");
    check_fix("+++\ntitle = \"A\"\n\n## B\n", "+++\ntitle = \"A\"\n+++\n\n## B\n");
    check_fix(
        "+++\na = [\n  \"b\",\n]\nc = \"\"\"\nText\n\"\"\"\n\nBody",
        "+++\na = [\n  \"b\",\n]\nc = \"\"\"\nText\n\"\"\"\n+++\n\nBody",
    );
}

#[test]
fn front_matter_astray() {
    let wanted = (FrontMatterMissing, "Hallo", "vor dem Dateikopf steht Text");
    check("Hallo\n+++\ntitle = \"A\"\n+++\nText", &[wanted], Some("A"), "Text");
    let wanted = (FrontMatterMissing, "<!-- x -->", "vor dem Dateikopf steht Text");
    check("<!-- x -->\n+++\ntitle = \"A\"\n+++\nText", &[wanted], Some("A"), "Text");
    check_fix("```toml\n+++\ntitle = \"A\"\n+++\n```\nText", "+++\ntitle = \"A\"\n+++\nText");
    check_fix("title = \"A\"\nx = 1\n\nText", "+++\ntitle = \"A\"\nx = 1\n+++\n\nText");
    check_fix("# Alles\ntitle = \"A\"", "+++\n# Alles\ntitle = \"A\"\n+++\n");
    check_fix("+++title = \"A\"+++\nText", "+++\ntitle = \"A\"\n+++\nText");
    check_fix("+++ title = \"A\"\n+++\nText", "+++\ntitle = \"A\"\n+++\nText");
    let wanted = "+++\ntitle = \"A\"\nx = 1\n+++\nText";
    check_fix("+++\ntitle = \"A\"\n+++\n\n+++\nx = 1\n+++\nText", wanted);
    check("+++\n+++\n\n+++\nText", &[], None, "\n+++\nText");
}

#[test]
fn lines_that_share_a_fence() {
    check_fix("+++ +++\ntitle = \"A\"\nText", "+++\ntitle = \"A\"\n+++\nText");
    check_fix("++++++\ntitle = \"A\"\n+++\nText", "+++\ntitle = \"A\"\n+++\nText");
    check_fix("+++ +++\n\nText", "+++\ntitle = \"Mein eintrag\"\n+++\n\nText");
    check_fix("+++\ntitle = \"A\" +++\nText", "+++\ntitle = \"A\"\n+++\nText");
    check_fix("+++\nl = [\n1] +++ Text", "+++\nl = [\n1]\n+++\nText");
    check_fix("+++ a = 1, title = \"A +++\" +++ Text", "+++\na = 1\ntitle = \"A +++\"\n+++\nText");
    check_fix("a = \"\\\" +++ \" +++", "+++\na = \"\\\" +++ \"\n+++\n");
    let wanted = (
        FrontMatterOpen,
        "+++",
        "das `+++` am Ende des Dateikopfs steht nicht in einer Zeile für sich",
    );
    check("+++\ntitle = \"A\"+++ \nText", &[wanted], Some("A"), "Text");
    check("+++\ntitle = \"A\" +++ Text\n+++", &[wanted], Some("A"), " Text\n+++");
    check("+++\ntitle = \"A\" # +++\n+++\n+++ B", &[], Some("A"), "+++ B");
}

#[test]
fn lines_across_close_nothing() {
    let wanted = (FrontMatterOpen, "+++", "die Zeile `+++` am Ende des Dateikopfs fehlt");
    for text in ["Text\n\n---\n\nText", "## B\n---\n", "***\n\nText", "- eins\n\n+++\nText"] {
        check(&format!("+++\ntitle = \"A\"\n\n{text}"), &[wanted], Some("A"), text);
    }
    check_fix("+++\ntitle = \"A\"\n\n---\nText", "+++\ntitle = \"A\"\n\n+++\nText");
    // Of one paragraph above a right line, more may have been meant for a field.
    let wanted = (TomlSyntax, "Text", "`Text` ist keine Angabe");
    check("+++\ntitle = \"A\"\n\nText\n+++\nB", &[wanted], Some("A"), "B");
}

#[test]
fn front_matter_in_code() {
    let wanted = "+++\ntitle = \"A\"\n+++\nText";
    check_fix("```toml\ntitle = \"A\"\n```\nText", wanted);
    check_fix("~~~\n\ntitle = \"A\"\n~~~~\nText", wanted);
    check_fix("```toml\n+++\ntitle = \"A\"\n```\nText", wanted);
    check_fix("```toml\ntitle = \"A\"\nText", wanted);
    check_fix("```\ntitle: A\n```\nText", wanted);
    check_fix("```yaml\n---\ntitle: A\n---\n```\nText", wanted);
    let wanted = (FrontMatterMissing, "```python", "der Dateikopf fehlt");
    let text = "```python\ntitle = \"A\"\n```\n";
    check(text, &[wanted], None, text);
}

#[test]
fn text_above_goes_below() {
    check_fix("Eins\n+++\ntitle = \"A\"\nText", "+++\ntitle = \"A\"\n+++\n\nEins\n\nText");
    check_fix("Eins\n---\ntitle: A\n---\nText", "+++\ntitle = \"A\"\n+++\n\nEins\n\nText");
    check_fix("Eins\n\n---\ntitle = \"A\"\n---\n", "+++\ntitle = \"A\"\n+++\n\nEins\n");
    check_fix("--- title: A ---\nText", "+++\ntitle = \"A\"\n+++\nText");
    check_fix("--- title: A\nx: 1\n---\nText", "+++\ntitle = \"A\"\nx = 1\n+++\nText");
    let wanted = (FrontMatterMissing, "Text", "der Dateikopf fehlt");
    let text = "Text\n\n---\nOrt: Ulm\n---\n";
    check(text, &[wanted], None, text);
}

#[test]
fn yaml_is_shown_as_toml() {
    let wanted = (YamlFrontMatter, "---", "der Dateikopf ist in YAML geschrieben statt in TOML");
    check("---\ntitle: A\n---\nText", &[wanted], None, "Text");
    check("---\r\ntitle: A\r\n---\r\nText", &[wanted], None, "Text");
    check("---\ntitle: A\n\nText", &[wanted], None, "\nText");
    check_fix(
        "---\ntitle: Morgenstadt: Werkstatt\nstart: 9:30\ntopics: [a]\n---\nText",
        "+++\ntitle = \"Morgenstadt: Werkstatt\"\nstart = \"9:30\"\ntopics = [\"a\"]\n+++\nText",
    );
    check_fix("title: A\n\nText: ja", "+++\ntitle = \"A\"\n+++\n\nText: ja");
    check_fix("title: A\n---\nText", "+++\ntitle = \"A\"\n+++\nText");
    check_fix("{\"title\": \"A\",\n \"l\": [1]}\nText", "+++\nl = [1]\ntitle = \"A\"\n+++\nText");
    let wanted = (FrontMatterMissing, "Ort: Ulm", "der Dateikopf fehlt");
    check("Ort: Ulm\nZeit: heute", &[wanted], None, "Ort: Ulm\nZeit: heute");
}

#[test]
fn a_fence_behind_the_text_goes_above_it() {
    let message = "das `+++` am Ende des Dateikopfs steht erst hinter dem Text";
    let late = |text: &str, body: &str| {
        check(text, &[(FrontMatterOpen, "+++", message)], Some("A"), body);
    };
    late("+++\ntitle = \"A\"\n\nEin Absatz.\n+++\n", "Ein Absatz.\n");
    late(
        "+++\ntitle = \"A\"\n\n## Ziele\n\nText. Noch: einer\n\n+++",
        "## Ziele\n\nText. Noch: einer\n\n",
    );
    late("+++\ntitle = \"A\"\nEin Absatz gleich darunter.\n+++", "Ein Absatz gleich darunter.\n");
    check_fix(
        "+++\ntitle = \"A\"\n\nEin Absatz.\n+++\n",
        "+++\ntitle = \"A\"\n+++\n\nEin Absatz.\n",
    );
    // What may belong to a field, or be one, is no text.
    let stray = |text: &str, place: &str, message: &str| {
        check(text, &[(TomlSyntax, place, message)], Some("A"), "");
    };
    stray("+++\ntitle = \"A\"\n\nein Wort\n+++", "ein Wort", "`ein Wort` ist keine Angabe");
    let mistake = "der Text `Ein` steht ohne Anführungszeichen";
    stray("+++\ntitle = \"A\"\nsummary = Ein\nText mit Punkt.\n+++", "Ein", mistake);
    let both = "`Ein Absatz.` ist keine Angabe";
    stray("+++\ntitle = \"A\"\n\nEin Absatz.\norder = 1\n+++", "Ein Absatz.", both);
}
