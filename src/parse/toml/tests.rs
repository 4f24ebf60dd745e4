//! Mistakes and what is said about them.

use super::*;
use crate::diag::Code;
use crate::path::RelPath;

/// Parses a text that begins at byte 10 of its file.
fn parsed(text: &str) -> (Node, Vec<Diagnostic>) {
    let mut notes = Vec::new();
    let (node, damage) = parse(&mut notes, text, &Place::At(RelPath::new("a.md"), 10));
    assert!(damage.ranges().iter().all(|range| range.end <= text.len() + 10));
    (node, notes)
}

/// A tree in one line, without places; `#` marks tables of headers, `!` what is broken.
fn shown(node: &Node) -> String {
    match &node.value {
        Value::String(text) => format!("{text:?}"),
        Value::Integer(number) => number.to_string(),
        Value::Float(_, text) | Value::Datetime(text) => text.to_string(),
        Value::Bool(value) => value.to_string(),
        Value::Array(items) => {
            format!("[{}]", items.iter().map(shown).collect::<Vec<_>>().join(", "))
        }
        Value::Table(entries) => {
            let all = entries.iter().map(|(key, node)| format!("{}: {}", key.name, shown(node)));
            let mark = if node.header { "#" } else { "" };
            format!("{mark}{{{}}}", all.collect::<Vec<_>>().join(", "))
        }
        Value::Broken => "!".to_owned(),
    }
}

/// Checks each diagnostic's code, place and German message; and the edit of its first help.
#[track_caller]
fn check(text: &str, wanted: &[(Code, &str, &str, &str)]) {
    let (_, mut notes) = parsed(text);
    crate::diag::sort(&mut notes);
    let part = |range: &Range<usize>| text[range.start - 10..range.end - 10].to_owned();
    let found: Vec<_> = notes
        .iter()
        .map(|note| {
            let fix = note.help.first().and_then(|help| help.fix.as_ref());
            let fix = fix.map_or(String::new(), |fix| {
                format!("{} → {}", part(&fix.span.range), fix.replacement)
            });
            (note.code, part(&note.place().unwrap().range), note.message.de.clone(), fix)
        })
        .collect();
    let wanted: Vec<_> = wanted
        .iter()
        .map(|(code, place, words, fix)| {
            (*code, (*place).to_owned(), (*words).to_owned(), (*fix).to_owned())
        })
        .collect();
    assert_eq!(found, wanted, "{text}");
}

/// Checks the tree that is left of a text with mistakes.
#[track_caller]
fn check_tree(text: &str, wanted: &str) {
    assert_eq!(shown(&parsed(text).0), wanted, "{text}");
}

use Code::{GermanDate, GermanNumber, InvalidDate, TomlSyntax};

#[test]
fn texts_without_mistakes_keep_their_order_and_places() {
    let text = "b = 1\na = [2.50, 1_000, 0xff]\n[t]\nd = 2022-07-01\n[[l]]\nx.y = true\n[[l]]\n";
    check(text, &[]);
    check_tree(
        text,
        "{b: 1, a: [2.50, 1000, 255], t: #{d: 2022-07-01}, l: [#{x: {y: true}}, #{}]}",
    );
    let (node, _) = parsed(text);
    let (key, value) = &node.entries()[1];
    assert_eq!((key.span.clone(), value.span.clone()), (16..17, 20..39));
    let list = node.get("l").unwrap();
    assert!(list.header && !node.header);
    assert_eq!(&text[list.items()[1].span.start - 10..], "[[l]]\n");
}

#[test]
fn prints_do_not_depend_on_places() {
    let print = |text: &str| parsed(text).0.print();
    assert_eq!(print("a = 1\nb = [2]"), print("a  =  1 # x\n\nb = [ 2 ]"));
    assert_ne!(print("a = 1"), print("a = 2"));
    assert_ne!(print("a = 1.0"), print("a = 1.00"));
    assert_ne!(print("a = ['b']"), print("a = 'b'"));
}

#[test]
fn quotation_marks() {
    check(
        "t = „Der Bann“\nl = [»a«, \"b\"]",
        &[
            (
                TomlSyntax,
                "„Der Bann“",
                "`„` und `“` können keinen Wert einschließen",
                "„Der Bann“ → \"Der Bann\"",
            ),
            (TomlSyntax, "»a«", "`»` und `«` können keinen Wert einschließen", "»a« → \"a\""),
        ],
    );
    check(
        "t = \"Foo“\nu = „Foo",
        &[
            (TomlSyntax, "“", "der Text beginnt mit `\"`, endet aber mit `“`", "“ → \""),
            (TomlSyntax, "„Foo", "`„` kann keinen Wert einleiten", "„Foo → \"Foo\""),
        ],
    );
    check(
        "t = \"Der \"Bann\"\" # x\nu = { a = 'Land's End', b = 1 }",
        &[
            (
                TomlSyntax,
                "\"Der \"Bann\"\"",
                "Anführungszeichen stehen in Anführungszeichen",
                "\"Der \"Bann\"\" → 'Der \"Bann\"'",
            ),
            (
                TomlSyntax,
                "'Land's End'",
                "Anführungszeichen stehen in Anführungszeichen",
                "'Land's End' → \"Land's End\"",
            ),
        ],
    );
    check(
        "t = „Foo“ und „Bar“",
        &[(
            TomlSyntax,
            "„Foo“ und „Bar“",
            "der Text `„Foo“ und „Bar“` steht ohne Anführungszeichen",
            "„Foo“ und „Bar“ → \"„Foo“ und „Bar“\"",
        )],
    );
    check_tree(
        "t = „a“\nl = [»a«, \"b\"]\nx = { a = ‚b‘, c = 1 }",
        "{t: !, l: [!, \"b\"], x: {a: !, c: 1}}",
    );
}

#[test]
fn missing_marks() {
    check(
        "t = \"abc\nu = abc\"\nv = { a = \"b, c = \"d\" }",
        &[
            (TomlSyntax, "\"abc", "das schließende Anführungszeichen fehlt", " → \""),
            (TomlSyntax, "abc\"", "das öffnende Anführungszeichen fehlt", "abc\" → \"abc\""),
            (TomlSyntax, "\"b", "das schließende Anführungszeichen fehlt", " → \""),
        ],
    );
    check(
        "t = \"abc\ndef\"\nu = 1",
        &[(
            TomlSyntax,
            "\"abc\ndef\"",
            "der Text geht über mehrere Zeilen, beginnt aber nur mit einem `\"`",
            "\"abc\ndef\" → \"\"\"abc\ndef\"\"\"",
        )],
    );
    check_tree("t = \"\"\"abc\nb = \"\"\"x\"\"\"\nc = 1", "{t: !, b: \"x\", c: 1}");
    check_tree("a = [1, 2\nb = 3\n[c]\nd = { e = 1\nf = 2", "{a: !, b: 3, c: #{d: !, f: 2}}");
    check(
        "[a\nx = 1\n[[b]\ny = 2",
        &[
            (TomlSyntax, "[a", "`[a` ist nicht geschlossen", " → ]"),
            (TomlSyntax, "[[b]", "`[[b]` ist nicht geschlossen", " → ]"),
        ],
    );
    check(
        "[[links,]]\nx = 1\nx[[links]]\nx = 2",
        &[
            (
                TomlSyntax,
                "[[links,]]",
                "`[[links,]]` ist kein richtiger Tabellenkopf",
                "[[links,]] → [[links]]",
            ),
            (
                TomlSyntax,
                "x[[links]]",
                "`x[[links]]` ist kein richtiger Tabellenkopf",
                "x[[links]] → [[links]]",
            ),
        ],
    );
    check_tree("[a\nx = 1\n[[b]\ny = 2", "{a: #{x: 1}, b: [#{y: 2}]}");
}

#[test]
fn odd_blanks() {
    check(
        "a\u{a0}= 1\n\u{200b}b = 2\nc = \"x\u{a0}y\"",
        &[
            (
                TomlSyntax,
                "\u{a0}",
                "hier steht ein besonderes Leerzeichen (U+00A0), das TOML nicht kennt",
                "\u{a0} →  ",
            ),
            (TomlSyntax, "\u{200b}", "hier steht ein unsichtbares Zeichen (U+200B)", "\u{200b} → "),
        ],
    );
    check_tree("a\u{a0}= 1\n\u{200b}b = 2", "{a: 1, b: 2}");
}

#[test]
fn dates_and_numbers() {
    check(
        "a = 2022-07\nb = 14.11.2018\nc = 9:00\nd = 5.000.000\ne = 2022-02-30\nf = 2018–11–14\ng = 5,5\nh = 01067\n",
        &[
            (
                TomlSyntax,
                "2022-07",
                "der Monat `2022-07` steht ohne Anführungszeichen",
                "2022-07 → \"2022-07\"",
            ),
            (
                GermanDate,
                "14.11.2018",
                "`14.11.2018` ist ein Datum in deutscher Schreibweise",
                "14.11.2018 → \"2018-11-14\"",
            ),
            (TomlSyntax, "9:00", "`9:00` ist eine Uhrzeit ohne Tag und ohne Anführungszeichen", ""),
            (
                GermanNumber,
                "5.000.000",
                "`5.000.000` ist eine Zahl in deutscher Schreibweise",
                "5.000.000 → 5000000",
            ),
            (InvalidDate, "2022-02-30", "das Datum `2022-02-30` gibt es nicht", ""),
            (
                TomlSyntax,
                "2018–11–14",
                "`2018–11–14` enthält Gedankenstriche",
                "2018–11–14 → \"2018-11-14\"",
            ),
            (GermanNumber, "5,5", "`5,5` ist eine Zahl in deutscher Schreibweise", "5,5 → 5.5"),
            (
                TomlSyntax,
                "01067",
                "`01067` ist keine Zahl, weil sie mit 0 beginnt",
                "01067 → \"01067\"",
            ),
        ],
    );
    check(
        "a = 99999999999999999999\nb = 31.02.2020\nc = { v = 1,5 }",
        &[
            (
                Code::InvalidValue,
                "99999999999999999999",
                "die Zahl `99999999999999999999` ist zu groß",
                "",
            ),
            (InvalidDate, "31.02.2020", "das Datum `31.02.2020` gibt es nicht", ""),
            (GermanNumber, "1,5", "`1,5` ist eine Zahl in deutscher Schreibweise", "1,5 → 1.5"),
        ],
    );
    check("a = 5.000", &[]);
}

#[test]
fn values_without_quotes() {
    check(
        "a = laufend\nb = ja\nc = [x, 1]\nd =\ne = #x\nf = a, b",
        &[
            (
                TomlSyntax,
                "laufend",
                "der Text `laufend` steht ohne Anführungszeichen",
                "laufend → \"laufend\"",
            ),
            (TomlSyntax, "ja", "`ja` ist kein Wert", "ja → true"),
            (TomlSyntax, "x", "der Text `x` steht ohne Anführungszeichen", "x → \"x\""),
            (TomlSyntax, "d =", "`d` hat keinen Wert", ""),
            (TomlSyntax, "#x", "`e` hat keinen Wert", "#x → \"#x\""),
            (TomlSyntax, "a, b", "der Text `a, b` steht ohne Anführungszeichen", "a, b → \"a, b\""),
        ],
    );
    check_tree("a = laufend\nd =\nc = [x, 1]\nl =\n[1, 2]\n", "{a: !, d: !, c: [!, 1], l: [1, 2]}");
}

#[test]
fn yaml_between() {
    check(
        "title: \"x\"\nb: Foo bar\nc:\n  - a\n  - b\nd = 1",
        &[
            (TomlSyntax, ":", "hinter `title` steht `:` statt `=`", ": →  ="),
            (TomlSyntax, ":", "hinter `b` steht `:` statt `=`", "b: Foo bar → b = \"Foo bar\""),
            (
                TomlSyntax,
                "c:",
                "die Liste `c` steht nicht in eckigen Klammern",
                "c:\n  - a\n  - b → c = [\"a\", \"b\"]",
            ),
        ],
    );
    check_tree("title: \"x\"\nb: Foo bar\nc:\n  - a\nd = 1", "{title: \"x\", b: !, c: !, d: 1}");
}

#[test]
fn keys() {
    check(
        "kurzer titel = 1\nförderer = 2\ntitle \"x\"\nnur Text\nund mehr\n// x",
        &[
            (
                TomlSyntax,
                "kurzer titel",
                "`kurzer titel` kann nicht der Name einer Angabe sein",
                "",
            ),
            (
                TomlSyntax,
                "förderer",
                "`förderer` kann nicht der Name einer Angabe sein",
                "förderer → foerderer",
            ),
            (TomlSyntax, "title", "zwischen `title` und dem Wert fehlt `=`", " →  ="),
            (TomlSyntax, "nur Text\nund mehr", "`nur Text` ist keine Angabe", ""),
            (TomlSyntax, "// x", "`// x` ist keine Angabe", "// → #"),
        ],
    );
    check(
        "a = 1\na = 2\n[[b]]\nx = 1\n[[b]]\nx = 2\nx = 3\n[c]\n[c]\na.b = 1\n[a]",
        &[
            (TomlSyntax, "a", "`a` steht zweimal", ""),
            (TomlSyntax, "x", "`x` steht zweimal", ""),
            (TomlSyntax, "c", "`c` steht zweimal", ""),
            (TomlSyntax, "a", "`a` steht zweimal", ""),
        ],
    );
    check("[c]\nx = 1\n[c]\nx = 2\ny = 3\ny = 4", &[(TomlSyntax, "c", "`c` steht zweimal", "")]);
    check("c = { x = 1 }\n[c]\nx = 2", &[(TomlSyntax, "c", "`c` steht zweimal", "")]);
    let (_, notes) = parsed("[[b]]\nx = 1\n[[b]]\nx = 2\nx = 3");
    assert_eq!(notes[0].labels[1].span.range, 28..29);
    check_tree("a = 1\na = 2\n[c]\nx = 1\n[c]\ny = 2", "{a: 1, c: #{x: 1, y: 2}}");
}

#[test]
fn commas_and_brackets() {
    check(
        "a = [1 2]\nb = { x = 1 y = 2 }\nc = [,1,,]\nd = 1,\ne = \"a\", \"b\"\nf = [1]]\ng = 1 h = 2",
        &[
            (TomlSyntax, "", "zwischen zwei Werten fehlt ein Komma", " → ,"),
            (TomlSyntax, "", "zwischen zwei Werten fehlt ein Komma", " → ,"),
            (TomlSyntax, ",", "vor `,` fehlt ein Wert", ", → "),
            (TomlSyntax, ",", "vor `,` fehlt ein Wert", ", → "),
            (TomlSyntax, ",", "hinter dem Ende steht noch `,`", ", → "),
            (
                TomlSyntax,
                "\"a\", \"b\"",
                "mehrere Werte brauchen eckige Klammern",
                "\"a\", \"b\" → [\"a\", \"b\"]",
            ),
            (TomlSyntax, "]", "hinter dem Ende steht noch `]`", "] → "),
            (TomlSyntax, "h", "hinter dem Wert beginnt eine zweite Angabe", "  → \n"),
        ],
    );
    check(
        "a = \"x\" // y\nb = 1 ; c",
        &[
            (TomlSyntax, "// y", "hinter dem Ende steht noch `// y`", "// → #"),
            (
                TomlSyntax,
                "1 ; c",
                "der Text `1 ; c` steht ohne Anführungszeichen",
                "1 ; c → \"1 ; c\"",
            ),
        ],
    );
    check_tree(
        "a = [1 2]\nb = { x = 1 y = 2 }\nc = [,1,,]\ng = 1 h = 2\ni = [{ a }, { b = 1]\nj = [(1)]",
        "{a: [1, 2], b: {x: 1, y: 2}, c: [1], g: 1, h: 2, i: [{a: !}, {b: 1}], j: [!]}",
    );
}

#[test]
fn the_library_has_the_last_word() {
    check(
        "a = \"\\d\"\nb = \"\\uD800\"\nc = 1\u{7}\nd = \"\\u12\"\n",
        &[
            (TomlSyntax, "\\d", "`\\d` hat in Text keine Bedeutung", "\"\\d\" → '\\d'"),
            (TomlSyntax, "\"\\uD800\"", "den Wert `\"\\uD800\"` kann TOML nicht lesen", ""),
            (
                TomlSyntax,
                "1\u{7}",
                "der Text `1\u{7}` steht ohne Anführungszeichen",
                "1\u{7} → \"1\\u0007\"",
            ),
            (TomlSyntax, "\\u", "`\\u` hat in Text keine Bedeutung", "\"\\u12\" → '\\u12'"),
        ],
    );
}

#[test]
fn text_within_a_span_has_one_place() {
    let span = crate::diag::Span::new(&RelPath::new("a.md"), 3..9);
    let mut notes = Vec::new();
    let (node, damage) = parse(&mut notes, "a = b\nc = 1", &Place::Within(span.clone()));
    assert_eq!(node.entries()[1].1.span, 3..9);
    assert_eq!(damage.ranges().first(), Some(&(3..9)));
    assert_eq!(notes[0].place(), Some(&span));
    assert!(notes[0].help.iter().all(|help| help.fix.is_none()));
}

#[test]
fn certain_fixes_are_right() {
    for text in [
        "a = „x“\n",
        "a = \"x“\n",
        "a = 14.11.2018\n",
        "a = 5.000.000\n",
        "a = ja\n",
        "a = b\n",
        "a: 1\n",
        "a: b c\n",
        "a \"x\"\n",
        "a = [1 2]\n",
        "a = { b: 1 }\n",
        "[a\n",
        "[[a]\n",
        "a = [1,,2]\n",
        "a = \"x\ny\"\n",
        "a = \"\\d\"\n",
        "a = 'x's'\n",
        "a = [1, 2\nb = 3\n",
        "a = 1,\n",
        "a = \"\"\"x\nb = 1\n",
        "a\u{a0}= 1\n",
        "a =\n[1]\n",
        "a = 1, 2\n",
        "a = [{ b = 1]\n",
        "[a]]\n",
    ] {
        let (_, notes) = parsed(text);
        assert_eq!(notes.len(), 1, "{text} {notes:?}");
        let fix = notes[0].help[0].fix.as_ref().unwrap();
        let mut fixed = text.to_owned();
        fixed.replace_range(fix.span.range.start - 10..fix.span.range.end - 10, &fix.replacement);
        let read = ::toml::de::DeTable::parse(&fixed);
        assert!(read.is_ok(), "{text} → {fixed}: {read:?}");
    }
}

#[test]
fn keys_of_too_many_parts_are_left_out() {
    let deep = vec!["a"; 20_000].join(".");
    for text in [
        format!("x = 1\n{deep} = 1\ny = 2\n"),
        format!("x = 1\ny = 2\n[{deep}]\nz = 3\n"),
        format!("x = 1\nz = {{ {deep} = 1 }}\ny = 2\n"),
    ] {
        let (node, notes) = parsed(&text);
        assert_eq!(notes.len(), 1);
        let value = |name: &str| node.get(name).and_then(Node::as_integer);
        assert_eq!((value("x"), value("y"), value("z")), (Some(1), Some(2), None));
    }
    let dots = format!("x = \"{}\"", ".".repeat(500));
    assert_eq!(parsed(&dots).1, []);
}

#[test]
fn a_key_that_stands_twice_in_a_row_harms_no_other() {
    let (node, notes) = parsed("l = [{ a = 1, a = 2, b = 3 }, { a = 4 }]\n");
    assert_eq!(notes.len(), 1);
    assert_eq!(shown(&node), "{l: [{a: 1, b: 3}, {a: 4}]}");
}

#[test]
fn braces_that_are_not_closed() {
    check_tree("l = [{ a = 1\nb = 2\n", "{l: !, b: 2}");
    check_tree("l = [\n{ a = 1\n{ a = 2 },\n]\nb = 3", "{l: [{a: 1}, {a: 2}], b: 3}");
    check_tree("l = {\na = 1\nb = 2\n}\nc = 3", "{l: {a: 1, b: 2}, c: 3}");
    check_tree("[[e]]\na = 1\n[e]\na = 2", "{e: [#{a: 1}, #{a: 2}]}");
}
