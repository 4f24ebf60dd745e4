//! Small sites that use much of the model each, to be damaged.

use std::fs;
use std::path::Path;

use schaukasten::source::Memory;

/// A picture that is one.
const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"3\"/>\n";

/// The demo site.
pub(super) fn demo() -> Memory {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut site = Memory::default();
    for entry in walkdir::WalkDir::new(root.join("content")).sort_by_file_name() {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            site.insert(&path, fs::read(entry.path()).unwrap());
        }
    }
    site
}

/// A site in memory from texts by path.
fn site(files: &[(&str, &str)]) -> Memory {
    let mut site = Memory::default();
    for (path, text) in files {
        site.insert(path, *text);
    }
    site
}

/// One entry of most kinds, in two languages, with relations of every sort.
pub(super) fn relations() -> Memory {
    let mut site = site(&[
        ("content/_index.md", "+++\ntitle = \"Start\"\n+++\nWillkommen bei [A](initiative:a).\n"),
        ("content/_index.en.md", "+++\ntitle = \"Home\"\n+++\nWelcome to [](initiative:a).\n"),
        ("content/impressum.md", "+++\ntitle = \"Impressum\"\nrole = \"imprint\"\n+++\nWir.\n"),
        ("content/datenschutz.md", "+++\ntitle = \"Daten\"\nrole = \"privacy\"\n+++\n"),
        ("content/erklaerung.md", "+++\ntitle = \"Zugang\"\nrole = \"accessibility\"\n+++\n"),
        ("content/film.mp4", "film"),
        (
            "content/initiativen/_index.md",
            "+++\ntitle = \"Initiativen\"\nkind = \"initiative\"\n+++\n",
        ),
        (
            "content/initiativen/_index.en.md",
            "+++\ntitle = \"Initiatives\"\nslug = \"initiatives\"\n+++\n",
        ),
        ("content/initiativen/a.md", INITIATIVE),
        ("content/initiativen/a.en.md", INITIATIVE_EN),
        (
            "content/initiativen/b/index.md",
            "+++\ntitle = \"B\"\ntype = \"fonds\"\npart_of = [\"a\"]\npicture = \"bild.svg\"\n+++\n![Bild](bild.svg)\n",
        ),
        ("content/initiativen/b/bild.svg", SVG),
        (
            "content/initiativen/b/bild.svg.toml",
            "alt = \"Ein Bild\"\ncredit = \"Wir\"\npeople = [{ name = \"N\" }]\n",
        ),
        ("content/initiativen/b/bild.svg.en.toml", "alt = \"A picture\"\n"),
        ("content/partner/_index.md", "+++\ntitle = \"Partner\"\nkind = \"partner\"\n+++\n"),
        ("content/partner/_entries.toml", PARTNERS),
        (
            "content/partner/_entries.en.toml",
            "[[entry]]\nid = \"p\"\ntitle = \"P in English\"\ntext = \"More.\"\n",
        ),
        (
            "content/termine/_index.md",
            "+++\ntitle = \"Termine\"\nkind = \"event\"\nper_page = 1\n+++\n",
        ),
        ("content/termine/e.md", EVENT),
        (
            "content/termine/reihe/f.md",
            "+++\ntitle = \"F\"\ntype = \"reihe\"\nstart = 2026-03-29T01:30\nstatus = \"abgesagt\"\n+++\n",
        ),
    ]);
    site.insert("content/site.toml", format!("{SETTINGS}{LEGAL}"));
    site
}

/// A site that declares kinds, fields and groups of its own, with a theme of its own.
pub(super) fn schema() -> Memory {
    let settings = format!("{SETTINGS}{KINDS}");
    let mut site = site(&[
        ("content/_index.md", "+++\ntitle = \"Start\"\n+++\n"),
        ("content/_index.en.md", "+++\ntitle = \"Home\"\n+++\n"),
        ("content/leute/_index.md", "+++\ntitle = \"Leute\"\nkind = \"person\"\n+++\n"),
        (
            "content/leute/anna.md",
            "+++\ntitle = \"Anna\"\ncolour = \"rot\"\nfriends = [\"bert\"]\ntree = { label = \"a\", inner = [{ label = \"b\" }] }\n+++\nText\n",
        ),
        (
            "content/leute/bert.md",
            "+++\ntitle = \"Bert\"\nbirth = \"1970\"\nnotes = \"*Viel* [](person:anna)\"\n+++\n```{note}\ntext = \"x\"\ncount = 2\n```\n",
        ),
        (
            "themes/eigen/theme.toml",
            "name = \"eigen\"\nextends = \"schaukasten\"\n[options.size]\ntype = \"integer\"\ndefault = 3\n",
        ),
        (
            "themes/eigen/templates/entry.html",
            "{% extends \"schaukasten/templates/entry.html\" %}\n{% block main %}{{ page.title }} {{ theme.size }}{% endblock %}\n",
        ),
        (
            "themes/eigen/blocks/note.toml",
            "[fields.text]\ntype = \"markdown\"\nrequired = true\n[fields.count]\ntype = \"integer\"\ndefault = 1\n",
        ),
        ("themes/eigen/blocks/note.html", "<p>{{ params.text | safe }} {{ params.count }}</p>\n"),
        (
            "themes/eigen/i18n/de.toml",
            "menu = \"Menü\"\nresults = { one = \"ein Treffer\", other = \"{count} Treffer\" }\n",
        ),
        (
            "themes/eigen/assets/eigen.css",
            "@import \"site.css\";\n.a { background: url(bild.svg) }\n",
        ),
        ("themes/eigen/assets/bild.svg", SVG),
    ]);
    site.insert(
        "content/site.toml",
        settings.replace("theme = \"schaukasten\"", "theme = \"eigen\""),
    );
    site
}

/// Markdown of all sorts in a few pages.
pub(super) fn markdown() -> Memory {
    let mut site = site(&[
        (
            "content/site.toml",
            "schema = 1\ntitle = \"Text\"\nbase_url = \"https://example.org/unter/\"\n",
        ),
        (
            "content/_index.md",
            "+++\ntitle = \"Start\"\n+++\n[Text](text.md#eins) [Datei](datei.txt)\n",
        ),
        ("content/text.md", TEXT),
        ("content/datei.txt", "Inhalt\n"),
        ("content/bild.svg", SVG),
        ("content/film.vtt", "WEBVTT\n"),
        ("content/film.mp4", "film"),
    ]);
    site.insert(
        "content/zweite.md",
        format!("+++\ntitle = \"Zweite\"\n+++\n{}", TEXT.split_once("+++\n\n").unwrap().1),
    );
    site
}

/// Settings that most sites here share.
const SETTINGS: &str = r#"schema = 1
title = { de = "Probe", en = "Trial" }
base_url = "https://example.org/"
theme = "schaukasten"
languages = ["de", "en"]
gone = ["/alt/"]
[[menus.main]]
url = "https://example.org/"
label = "Start"
[[menus.footer]]
url = "/"
label = { de = "Anfang", en = "Home" }
[[redirects]]
from = "/neu/"
to = "/"
[files]
always = []
[theme_options]
accent = "rot"
[language.en]
fallback = false
"#;

/// The facts of the legal pages.
const LEGAL: &str = r#"
[publisher]
name = "Wir"
email = "wir@amt.example"
[legal]
level = "kommune"
[legal.accessibility]
scope = { de = "Alles", en = "All" }
status = "teilweise"
created = 2025-12-01
reviewed = 2026-01-31
method = { kind = "selbstbewertung", by = "Wir" }
feedback = { email = "wir@amt.example" }
enforcement = { name = { de = "Stelle", en = "Body" }, url = "https://stelle.example/" }
[[legal.accessibility.limitations]]
what = "Karten"
reason = "ausserhalb"
planned = "2027"
[legal.imprint]
address = "Hauptstraße 1, 98765 Neustadt"
represented_by = "Ada Neu"
[legal.privacy]
officer = { email = "daten@amt.example" }
host = { name = "Rechner" }
authority = { name = "Aufsicht" }
logs = [{ what = "IP", days = 7 }]
[[legal.signs.videos]]
about = "contents"
title = "Film"
file = "film.mp4"
duration = "1 Minute"
"#;

/// Kinds and groups of a site's own; the group holds itself.
const KINDS: &str = r#"
[kinds.person]
label = { de = "Person", en = "Person" }
plural = { de = "Personen", en = "People" }
sort = "-birth"
[kinds.person.fields.birth]
type = "date"
summary = true
[kinds.person.fields.colour]
type = "choice"
choices = { rot = "Rot", blau = { de = "Blau", en = "Blue" } }
[kinds.person.fields.friends]
type = "ref"
to = ["person", "initiative"]
many = true
inverse = "friend_of"
[kinds.person.fields.notes]
type = "prose"
translatable = true
[kinds.person.fields.tree]
type = "table"
table = "node"
[types.node.fields.label]
type = "text"
translatable = true
[types.node.fields.inner]
type = "table"
table = "node"
many = true
[kinds.solution.fields.owner]
type = "ref"
to = "person"
inverse = "owns"
"#;

/// An initiative.
const INITIATIVE: &str = r#"+++
title = "A"
short_title = "A."
summary = "Die Initiative A"
type = "programm"
status = "laufend"
start = "2022-07"
end = 2026
partners = ["p", { partner = "q", role = "traeger", since = "2020", until = "2021-12-31", part = "b", note = "*so*" }, { name = "Niemand", as_of = 2020 }]
goals = ["**Gut** sein", "[B](b/index.md)"]
numbers = [{ value = 5000, unit = "Personen", qualifier = "ueber", as_of = "2022" }, { text = "viele" }]
application = { opens = "2026-01-01", closes = "2026-02-01T12:00", url = "https://example.org/" }
milestones = [{ date = "2020", label = "Beginn" }]
locations = [{ name = "Berlin", host = "p" }]
redirects = ["/a-alt/"]
featured_until = 2027-01-01
review_on = "2026-06-01"
[[links]]
key = "x"
url = "https://example.org/x"
label = "X"
[[contacts]]
name = "Stelle"
email = "stelle@example.org"
phone = "+49 30 1234"
[[people]]
name = "N"
partner = "p"
[[quotes]]
text = "Ein *Satz*"
person = { name = "N", partner = "q" }
+++
Die Initiative hat [Partner](partner:p), [Termine](../termine/e.md) und ein Ziel[^1].

[^1]: Mehr steht [am Ziel](#ziel).

## Ziel {#ziel}

> [!NOTE]
> Gut zu wissen.

```{entries}
kind = "event"
limit = 2
```
"#;

/// Its translation.
const INITIATIVE_EN: &str = r##"+++
title = "A in English"
goals = ["Being **good**", "[B](b/index.md)"]
links = [{ key = "x", label = "X in English" }]
numbers = [{ unit = "people" }, { text = "many" }]
+++
More at the [aim](#ziel).

## Aim {#ziel}

Much.
"##;

/// Two partners.
const PARTNERS: &str = r#"[[entry]]
id = "p"
title = "P"
type = "behoerde"
website = "https://example.org/"
carriers = [{ partner = "q", since = "1990" }]
text = "Der Partner *P* und [A](../initiativen/a.md)."

[[entry]]
id = "q"
title = "Q"
type = "unternehmen"
part_of = ["p"]
names = [{ name = "Altes Q", until = "2001" }]
"#;

/// An event.
const EVENT: &str = r#"+++
title = "E"
type = "workshop"
mode = "hybrid"
start = "2026-10-24T09:00"
end = "2026-10-25T17:00"
moved_from = "2026-09-01"
place = { name = "Haus", locality = "Berlin", lat = 52.500, lon = 13.4, online = "https://example.org/" }
initiatives = ["a", "b"]
partners = [{ partner = "p", role = "gastgeber" }]
attendance = { value = 200, qualifier = "circa" }
registration = { opens = "2026-01-01", closes = "2026-10-01", url = "https://example.org/", full = true }
languages = ["de", "en"]
media = [{ type = "video", title = "Film", url = "https://example.org/film" }]
[[sessions]]
title = "Anfang"
start = "2026-10-24T09:00"
minutes = 90
host = "partner:p"
people = [{ name = "N", partner = "q" }]
+++
Text
"#;

/// Markdown of all sorts.
const TEXT: &str = r##"+++
title = "Text"
summary = "Alles, was geht"
+++

Ein Absatz mit *Betonung*, **Stärke**, `code`, ~~Streichung~~, <kbd>Strg</kbd>, Bürger*innen,
https://example.org/, [Verweis](zweite.md), [](page:zweite), [Marke][m] und Fußnote[^a].\
Neue Zeile &amp; mehr.

[m]: zweite.md "Titel"
[^a]: Eine Note mit [einer Datei](datei.txt).

## Eins {#eins}

![Ein Bild](bild.svg "Unterschrift")

1. eins
2. zwei
   - [x] drei
   - [ ] vier

### Tabelle

| a | b |
|:--|--:|
| 1 | `2` |

Begriff
: Erklärung

> Zitat
>
> > [!WARNING]
> > Achtung

```rust
fn main() {}
```

## Bausteine

```{picture}
picture = { file = "bild.svg", alt = "Bild" }
size = "breit"
```

```{download}
file = "datei.txt"
label = "Datei"
```

```{accordion}
title = "Frage"
text = """
Eine *Antwort*.
"""
```

```{video}
file = "film.mp4"
title = "Film"
captions = "film.vtt"
```

[Eins](#eins)
"##;
