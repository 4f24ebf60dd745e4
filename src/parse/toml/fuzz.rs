//! Thousands of damaged texts: none is too much, and none is judged otherwise than by the library.

use super::scan::Scan;
use super::*;
use crate::diag::text::{Style, render};
use crate::diag::{Code, Tongue};
use crate::path::RelPath;

/// Small pseudo-random numbers, the same in every run.
struct Random(u64);

impl Random {
    /// A number below `end`.
    fn below(&mut self, end: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end.max(1)
    }

    /// A place between two characters.
    fn place(&mut self, text: &str) -> usize {
        let mut at = self.below(text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    /// The text with one change.
    fn mutate(&mut self, text: &str) -> String {
        const PIECES: &[&str] = &[
            "\"",
            "'",
            "[",
            "]",
            "{",
            "}",
            "„",
            "“",
            "\u{a0}",
            "=",
            ":",
            "\n",
            "+++\n",
            "\\",
            "#",
            "\"\"\"",
            "'''",
            ",",
            "–",
            "\r\n",
            "\r",
            "ä",
            "🦀",
            "[[",
            "]]",
            ".",
            "-",
            "---\n",
            "a = ",
            "\0",
            "\u{feff}",
            "  ",
            "5.000",
            "14.11.2018",
            "- ",
            "|",
            "\t",
            ";",
            "true",
            "(",
            "0",
        ];
        let (a, b) = (self.place(text), self.place(text));
        let (a, b) = (a.min(b), a.max(b).min(a.min(b) + 40));
        let b = (b..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap();
        match self.below(4) {
            0 => format!("{}{}", &text[..a], &text[b..]),
            1 => format!("{}{}{}", &text[..b], &text[a..b], &text[b..]),
            _ => format!("{}{}{}", &text[..a], PIECES[self.below(PIECES.len())], &text[a..]),
        }
    }
}

/// Texts that the changes begin with.
const SEEDS: &[&str] = &[
    "+++\ntitle = \"Der Bann\"\nstart = 2022-07-01\nmembers = [\n  { partner = \"bmi\", role = 'x' }, # y\n  \"bmf\",\n]\n[place]\nname = \"\"\"a\nb\"\"\"\n[[links]]\nurl = \"https://a.example/#x\"\n+++\n\nText\n",
    "---\ntitle: Foo # x\ntopics:\n  - a\n  - b: c\n    d: [1, {e: f}]\ntext: |\n  a\n  b\n---\nText\n",
    "a.b.c = 1\r\n\"x y\" = [[1, 2], [\"ä\", „b“]]\r\n[t.u]\r\nv = 9:00\r\nw = { x = 1, y = [ ] }\r\n",
    "title: Foo\nb = \"Der \"Bann\"\"\nc = [1 2\nd = \"\"\"x\n# Überschrift\n\nText",
];

#[test]
fn no_text_is_too_much() {
    let mut random = Random(7);
    let path = RelPath::new("content/a.md");
    for round in 0..4000 {
        let mut text = SEEDS[round % SEEDS.len()].to_owned();
        for _ in 0..1 + random.below(6) {
            text = random.mutate(&text);
        }
        let mut notes = Vec::new();
        let (node, _) = parse(&mut notes, &text, &Place::At(path.clone(), 0));
        check_places(&text, &node);
        let fine = ::toml::de::DeTable::parse(&text).is_ok();
        if fine {
            let found = Scan::of(&text, &Place::At(path.clone(), 0)).found;
            assert!(found.is_empty(), "right, but refused: {text:?} {found:?}");
        }
        let told = notes.iter().any(|note| note.code != Code::InvalidValue);
        assert_ne!(fine, told, "wrong, but taken, or the other way round: {text:?} {notes:?}");
        let (node, _, body) = crate::parse::front::read(&mut notes, &path, &text);
        check_places(&text, &node);
        assert!(text.get(body.clone()).is_some(), "{body:?} {text:?}");
        let places = notes.iter().flat_map(|note| &note.labels).map(|label| &label.span.range);
        let fixes = notes.iter().flat_map(|note| &note.help).filter_map(|help| help.fix.as_ref());
        for range in places.chain(fixes.map(|fix| &fix.span.range)) {
            assert!(text.get(range.clone()).is_some(), "{range:?} {text:?} {notes:?}");
        }
        let tongue = if round % 2 == 0 { Tongue::De } else { Tongue::En };
        render(&notes, &|_| Some(text.clone()), Style { tongue, color: round % 3 == 0 });
    }
}

/// Checks that all places of a tree lie inside its text.
fn check_places(text: &str, node: &Node) {
    assert!(text.get(node.span.clone()).is_some(), "{:?} {text:?}", node.span);
    node.items().iter().for_each(|item| check_places(text, item));
    for (key, value) in node.entries() {
        assert!(text.get(key.span.clone()).is_some(), "{:?} {text:?}", key.span);
        check_places(text, value);
    }
}
