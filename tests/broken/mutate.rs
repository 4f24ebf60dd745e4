//! Damage to a site: what slips of the keyboard, of the mouse and of other programs do to files.

use schaukasten::path::RelPath;
use schaukasten::source::Memory;

/// Small pseudo-random numbers, the same in every run.
pub(super) struct Random(u64);

impl Random {
    /// Numbers that depend on `seed` alone.
    pub(super) fn new(seed: u64) -> Self {
        let mut random = Self(seed ^ 0x9e37_79b9_7f4a_7c15);
        random.below(2);
        random
    }

    /// A number below `end`.
    pub(super) fn below(&mut self, end: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end.max(1)
    }

    /// One of several.
    fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// Lines and pieces that mean something to TOML, Markdown or templates, or are known to be hard.
const PIECES: &[&str] = &[
    "\"",
    "'",
    "[",
    "]",
    "{",
    "}",
    "„Titel“",
    "\u{a0}",
    "=",
    "\n",
    "\n\n",
    "\n+++\n",
    "\n---\n",
    "\n```\n",
    "\n```{gallery}\npictures = [\"bild.svg\"",
    "\n```{video}\nfile = 5\n```\n",
    "\n```{unbekannt}\n```\n",
    "\n````\n```{accordion}\ntext = \"\"\"\n## x\n\"\"\"\n```\n````\n",
    "\\",
    "#",
    "\"\"\"",
    "\r\n",
    "\r",
    "\t",
    "ä",
    "a\u{308}",
    "🦀",
    "\0",
    "\u{feff}",
    "\u{202e}",
    "\u{2028}",
    "5.000",
    "14.11.2018",
    "\nstart = 9:00\n",
    "\nstart = 2022-02-30\n",
    "\nend = \"1000\"\n",
    "\ntitel = \"Falsch\"\n",
    "\ntitle = 5\n",
    "\ntitle.de = \"x\"\n",
    "\n[[links]]\nurl = \"www.example.org\"\ntitle = \"x\"\n",
    "\n[partners]\n",
    "\npartners = [\"a\", { name = \"b\", partner = \"a\" }, {}, [[]]]\n",
    "\npart_of = [\"a\", \"initiative:a\", \"x:y\", \":\", \"\"]\n",
    "\nevents = [\"a\"]\n",
    "\nslug = \"../x\"\n",
    "\nredirects = [\"/\", \"//\", \"/../\", \"/a/index.html\", \"/%00/\"]\n",
    "\nid = \"a\"\n",
    "\ndraft = true\n",
    "\npublish_on = \"9999-12-31T23:59\"\n",
    "\nexpires_on = \"1000\"\n",
    "\nonly = true\n",
    "\nper_page = -1\n",
    "\nminutes = 9223372036854775807\n",
    "\norder = -9223372036854775808\n",
    "\nnumbers = [{ value = 1e308, unit = \"EUR\" }, { value = -0.0 }, { value = nan }]\n",
    "\nkind = \"event\"\n",
    "\n[kinds.a.fields.b]\ntype = \"table\"\ntable = \"relation\"\n",
    "\n[types.a.fields.a]\ntype = \"table\"\ntable = \"a\"\n[kinds.page.fields.a]\ntype = \"table\"\ntable = \"a\"\n",
    "\n[shared.fields.title]\ntype = \"bool\"\n",
    "\n- a\n  - b\n    1. c\n       > d\n",
    "\n> [!NOTE]\n> [!HINWEIS]\n",
    "\n# Eins\n#### Vier\n## \n## {#a}\n",
    "\n[^1] und [^1]\n\n[^1]: Fuß[^1]note\n[^2]: x\n",
    "\n| a | b |\n|---|:-:|\n| 1 | 2 | 3 |\n",
    "\n[](a.md) ![](bild.svg) ![x](bild.svg \"t\") <b onclick=1>x</b> <script>\n",
    "\n[x](a:b) [x](javascript:x) [x](//x) [x](../../../../x) [x](#) [x](%ff) [x](</>)\n",
    "\n[a]: b.md\n[a][b] [a] [a][]\n",
    "\n<div>\n\n</div>\n<!-- \n",
    "\nBegriff\n: Erklärung\n\n  : Noch eine\n",
    "*",
    "**",
    "_",
    "~~",
    "`",
    "|",
    "&amp;&#0;&#x110000;",
    "{{ page }}",
    "{% raw %}",
    "{{ <x /> }}",
    "{% extends \"templates/base.html\" %}",
];

/// Names that files and folders have on somebody's computer.
const NAMES: &[&str] = &[
    "index.md",
    "index.en.md",
    "index.xx.md",
    "_index.md",
    "_index.en.md",
    "_entries.toml",
    "_entries.en.toml",
    "_vorlage.md",
    ".md",
    "..md",
    "-.md",
    "a.md",
    "a.en.md",
    "a.en.en.md",
    "a.de.md",
    "A.md",
    "Förderung 1.md",
    "Fo\u{308}rderung 1.md",
    "100%.md",
    "a#b?.md",
    "%41.md",
    "a&b<c>\".md",
    "a'b.md",
    "  .md",
    "\u{202e}.md",
    "bild.svg",
    "bild.svg.toml",
    "bild.svg.en.toml",
    "x.toml",
    "x.TOML",
    "x.MD",
    "x",
    "404.html",
    "index.html",
    "sitemap.xml",
    "robots.txt",
    "🦀.png",
];

/// Damages a site in one way, and says how.
pub(super) fn mutate(site: &mut Memory, random: &mut Random) -> String {
    let paths: Vec<RelPath> = site.files.keys().cloned().collect();
    if paths.is_empty() {
        site.insert("content/a.md", "");
        return "add content/a.md".to_owned();
    }
    let path = random.pick(&paths).clone();
    let what = random.below(20);
    if what < 4 {
        return whole_file(site, &path, random, what);
    }
    let other = random.pick(&paths).clone();
    let donor = site.files[&other].clone();
    let bytes = site.files.entry(path.clone()).or_default();
    let how = match String::from_utf8(bytes.clone()) {
        Ok(text) if what < 18 => {
            let (how, text) = in_text(&text, &String::from_utf8_lossy(&donor), random);
            *bytes = text.into_bytes();
            how
        }
        _ => in_bytes(bytes, random),
    };
    format!("{path}: {how}")
}

/// Takes a file away, copies it, renames it, or puts it elsewhere.
fn whole_file(site: &mut Memory, path: &RelPath, random: &mut Random, what: usize) -> String {
    let paths: Vec<RelPath> = site.files.keys().cloned().collect();
    let folder = random.pick(&paths).folder().to_owned();
    let name = if random.below(3) == 0 { path.name() } else { random.pick(NAMES) };
    let deeper = if random.below(8) == 0 { "/_x/y z" } else { "" };
    let target = RelPath::new(format!("{folder}{deeper}/{name}"));
    let bytes = site.files.get(path).cloned().unwrap_or_default();
    match what {
        0 => {
            site.files.remove(path);
            format!("delete {path}")
        }
        1 => {
            site.files.insert(target.clone(), bytes);
            format!("copy {path} to {target:?}")
        }
        2 => {
            site.files.remove(path);
            site.files.insert(target.clone(), bytes);
            format!("move {path} to {target:?}")
        }
        _ => {
            site.files.insert(path.clone(), Vec::new());
            format!("empty {path}")
        }
    }
}

/// Damages a text; `donor` is another text of the site.
fn in_text(text: &str, donor: &str, random: &mut Random) -> (String, String) {
    match random.below(10) {
        0..4 => lines(text, donor, random),
        4..8 => pieces(text, donor, random),
        8 => sizes(text, random),
        _ => notation(text, random),
    }
}

/// Deletes, doubles, swaps or takes over lines.
fn lines(text: &str, donor: &str, random: &mut Random) -> (String, String) {
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    let donors: Vec<&str> = donor.split_inclusive('\n').collect();
    if lines.is_empty() || donors.is_empty() {
        return ("nothing".to_owned(), text.to_owned());
    }
    let (a, b) = (random.below(lines.len()), random.below(lines.len()));
    let how = match random.below(4) {
        0 => format!("delete line {a} ({:?})", lines.remove(a)),
        1 => {
            lines.insert(b, lines[a]);
            format!("copy line {a} to {b}")
        }
        2 => {
            lines.swap(a, b);
            format!("swap lines {a} and {b}")
        }
        _ => {
            let line = *random.pick(&donors);
            lines.insert(a, line);
            format!("insert {line:?} as line {a}")
        }
    };
    (how, lines.concat())
}

/// Inserts, deletes or exchanges pieces of text.
fn pieces(text: &str, donor: &str, random: &mut Random) -> (String, String) {
    let place = |text: &str, random: &mut Random| {
        let at = random.below(text.len() + 1);
        (at..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
    };
    let a = place(text, random);
    let reach = (a + random.below(60)).min(text.len());
    let b = (reach..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    let words: Vec<&str> = donor.split(['"', ' ', '\n']).filter(|word| !word.is_empty()).collect();
    let piece = match random.below(5) {
        0 if !words.is_empty() => *random.pick(&words),
        _ => *random.pick(PIECES),
    };
    match random.below(5) {
        0 => (format!("delete {a}..{b}"), format!("{}{}", &text[..a], &text[b..])),
        1 => (format!("cut at {a}"), text[..a].to_owned()),
        2 => (
            format!("replace {a}..{b} by {piece:?}"),
            format!("{}{piece}{}", &text[..a], &text[b..]),
        ),
        _ => (format!("insert {piece:?} at {a}"), format!("{}{piece}{}", &text[..a], &text[a..])),
    }
}

/// Makes something long or deep.
fn sizes(text: &str, random: &mut Random) -> (String, String) {
    const UNITS: &[&str] = &[
        "[", "{", "(", "> ", "- ", "*", "_", "`", "<b>", "![", "[[a]]\n", "a.", "{a=", "x ", "ä",
        "#", "|a", "\"", "&", "[^1]", "  ", "\n- ", "\n\n", "1. ", ":", "\\", "~",
    ];
    let unit = random.pick(UNITS);
    let count = [40, 200, 1000, 20_000][random.below(4)];
    let at = random.below(text.len() + 1);
    let at = (at..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    let long = unit.repeat(count);
    (format!("insert {count} x {unit:?} at {at}"), format!("{}{long}{}", &text[..at], &text[at..]))
}

/// Writes the same text as another program would.
fn notation(text: &str, random: &mut Random) -> (String, String) {
    let (how, text) = match random.below(6) {
        0 => ("CRLF", text.replace('\n', "\r\n")),
        1 => ("CR", text.replace('\n', "\r")),
        2 => ("byte-order mark", format!("\u{feff}{text}")),
        3 => ("German quotes", text.replace(" \"", " „").replace("\",", "“,")),
        4 => ("tabs", text.replace("  ", "\t").replace(" = ", "\t=\t")),
        _ => ("no-break spaces", text.replace(' ', "\u{a0}")),
    };
    (how.to_owned(), text)
}

/// Damages bytes, text or not.
fn in_bytes(bytes: &mut Vec<u8>, random: &mut Random) -> String {
    let at = random.below(bytes.len() + 1);
    let byte = *random.pick(&[0, 0xff, 0xc3, 0x80, 0xed, b'\n', b'"', 0x1b]);
    match random.below(4) {
        0 => {
            bytes.truncate(at);
            format!("truncate at {at}")
        }
        1 => {
            bytes.insert(at, byte);
            format!("insert byte {byte:#x} at {at}")
        }
        2 if at < bytes.len() => {
            bytes[at] = byte;
            format!("set byte {at} to {byte:#x}")
        }
        _ => {
            let half = bytes.split_off(at);
            bytes.splice(0..0, half);
            format!("turn around at {at}")
        }
    }
}
