//! A site that edits are made to: what it holds, and the files that come of it.

use std::collections::{BTreeMap, BTreeSet};

use schaukasten::path::RelPath;
use schaukasten::pipeline::{Moment, Options};
use schaukasten::source::Memory;

use super::draw::quoted;
use super::settings::Settings;
use super::theme::Theme;

/// An entry, a section or a translation: fields in TOML, and paragraphs.
#[derive(Clone, Default)]
pub(crate) struct Text {
    /// The fields, each with its value as it is written.
    pub(crate) fields: BTreeMap<String, String>,
    /// The paragraphs of the body.
    pub(crate) body: Vec<String>,
}

impl Text {
    /// A text with a title.
    pub(crate) fn titled(title: &str) -> Self {
        let fields = BTreeMap::from([("title".to_owned(), quoted(title))]);
        Self { fields, body: vec![format!("Absatz über {title}.")] }
    }

    /// The text as a Markdown file.
    fn markdown(&self) -> String {
        let fields: String =
            self.fields.iter().map(|(name, value)| format!("{name} = {value}\n")).collect();
        format!("+++\n{fields}+++\n\n{}\n", self.body.join("\n\n"))
    }

    /// The text as a row of `_entries.toml`.
    fn row(&self, id: &str) -> String {
        let fields: String =
            self.fields.iter().map(|(name, value)| format!("{name} = {value}\n")).collect();
        format!("[[entry]]\nid = {id:?}\n{fields}text = {}\n\n", quoted(&self.body.join("\n\n")))
    }
}

/// A file below `content/`.
#[derive(Clone)]
pub(crate) enum File {
    /// A Markdown file: what is said of entries of this kind, or its words in another language.
    Doc(String, Text),
    /// An `_entries.toml` of this kind: texts by id.
    Rows(String, Vec<(String, Text)>),
    /// What is known of a picture.
    Sidecar(BTreeMap<String, String>),
    /// Anything else.
    Plain(Vec<u8>),
}

/// A site and what its build depends on beside the files.
#[derive(Clone)]
pub(crate) struct Site {
    /// The files below `content/`, but for `site.toml`.
    pub(crate) files: BTreeMap<String, File>,
    /// The settings.
    pub(crate) settings: Settings,
    /// The site's own theme, and one that it extends.
    pub(crate) theme: Theme,
    /// Files that are broken at the moment, each in one of several ways.
    pub(crate) damage: BTreeMap<String, usize>,
    /// Folders that are not there at the moment.
    pub(crate) absent: BTreeSet<&'static str>,
    /// Hours since the first build.
    pub(crate) hours: i64,
    /// Whether drafts are shown.
    pub(crate) preview: bool,
    /// An address in place of that in the settings.
    pub(crate) base_url: Option<String>,
}

impl Site {
    /// The files as they lie on disk.
    pub(crate) fn memory(&self) -> Memory {
        let mut memory = Memory::default();
        memory.insert("content/site.toml", self.settings.text());
        for (path, file) in &self.files {
            let bytes = match file {
                File::Doc(_, text) => text.markdown().into_bytes(),
                File::Rows(_, rows) => {
                    rows.iter().map(|(id, text)| text.row(id)).collect::<String>().into_bytes()
                }
                File::Sidecar(fields) => {
                    let lines = fields.iter().map(|(name, value)| format!("{name} = {value}\n"));
                    lines.collect::<String>().into_bytes()
                }
                File::Plain(bytes) => bytes.clone(),
            };
            memory.insert(path, bytes);
        }
        for (path, text) in self.theme.files() {
            memory.insert(&path, text);
        }
        for (path, way) in &self.damage {
            if let Some(bytes) = memory.files.get_mut(&RelPath::new(path)) {
                break_in(bytes, *way);
            }
        }
        self.leave_out(&mut memory);
        memory
    }

    /// Takes out what lies in folders that are not there, or below a file: no disk can hold that.
    fn leave_out(&self, memory: &mut Memory) {
        let all: BTreeSet<RelPath> = memory.files.keys().cloned().collect();
        let folders = |path: &RelPath| {
            let ends: Vec<usize> = path.as_str().match_indices('/').map(|(at, _)| at).collect();
            ends.into_iter().map(|end| RelPath::new(&path.as_str()[..end])).collect::<Vec<_>>()
        };
        memory.files.retain(|path, _| {
            let is_absent = |folder: &RelPath| self.absent.contains(folder.as_str());
            !folders(path).iter().any(|folder| is_absent(folder) || all.contains(folder))
        });
    }

    /// What the build depends on beside the files.
    pub(crate) fn options(&self) -> Options {
        Options {
            now: Moment::Instant(self.now()),
            preview: self.preview,
            base_url: self.base_url.clone(),
        }
    }

    /// What the clock shows.
    pub(crate) fn now(&self) -> jiff::Timestamp {
        let start: jiff::Timestamp = "2026-03-01T10:00:00Z".parse().unwrap();
        start + jiff::SignedDuration::from_hours(self.hours)
    }

    /// Mends what was broken on purpose.
    pub(crate) fn mend(&mut self) {
        self.damage.clear();
        self.absent.clear();
        self.theme.mend();
        self.settings.mend();
    }

    /// The entries that there are, by kind and id.
    pub(crate) fn ids(&self) -> Vec<(String, String)> {
        let mut ids = Vec::new();
        for (path, file) in &self.files {
            match file {
                File::Doc(kind, _) if kind != "section" && lang_of(path).is_none() => {
                    ids.push((kind.clone(), id_of(path).to_owned()));
                }
                File::Rows(kind, rows) if lang_of(path).is_none() => {
                    ids.extend(rows.iter().map(|(id, _)| (kind.clone(), id.clone())));
                }
                _ => {}
            }
        }
        ids
    }

    /// The paths of the files that `wanted` takes.
    pub(crate) fn paths(&self, wanted: impl Fn(&str, &File) -> bool) -> Vec<String> {
        let fits = self.files.iter().filter(|(path, file)| wanted(path, file));
        fits.map(|(path, _)| path.clone()).collect()
    }
}

/// The language that a file's name gives it.
pub(crate) fn lang_of(path: &str) -> Option<&str> {
    let name = path.rsplit('/').next()?;
    ["en", "de-simple"].into_iter().find(|lang| {
        name.rsplit_once('.').is_some_and(|(stem, _)| stem.ends_with(&format!(".{lang}")))
    })
}

/// The id that a main file's path gives its entry.
pub(crate) fn id_of(path: &str) -> &str {
    let path = path.strip_suffix("/index.md").unwrap_or(path);
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".md").unwrap_or(name)
}

/// Damages a file as people and editors do.
fn break_in(bytes: &mut Vec<u8>, way: usize) {
    match way % 5 {
        0 => bytes.extend_from_slice(b"\n{% if x %}\n[[kaputt\n"),
        1 => {
            let cut = bytes.len() / 2;
            bytes.truncate(cut);
        }
        2 => bytes.clear(),
        3 => bytes.splice(..0, *b"titel = \n{{ ").for_each(drop),
        _ => bytes.extend_from_slice(&[0xff, 0xfe]),
    }
}

/// The site as it is before the first edit.
pub(crate) fn start() -> Site {
    let mut files = BTreeMap::new();
    for (folder, kind, title) in SECTIONS {
        let mut text = Text::titled(title);
        text.fields.insert("kind".to_owned(), quoted(kind));
        files.insert(format!("content/{folder}/_index.md"), File::Doc("section".to_owned(), text));
        let path = format!("content/{folder}/_index.en.md");
        let text = Text::titled(&format!("{title} EN"));
        files.insert(path, File::Doc("section".to_owned(), text));
    }
    for (name, title) in [("", "Start"), (".en", "Home"), (".de-simple", "Anfang")] {
        let path = format!("content/_index{name}.md");
        files.insert(path, File::Doc("section".to_owned(), Text::titled(title)));
    }
    for (path, kind, fields) in ENTRIES {
        let mut text = Text::titled(&format!("{kind} {}", id_of(path)));
        text.body
            .extend(BODIES.iter().filter(|(own, _)| own == path).map(|(_, p)| (*p).to_owned()));
        for line in fields.lines() {
            let (name, value) = line.trim().split_once(" = ").unwrap();
            text.fields.insert(name.to_owned(), value.to_owned());
        }
        files.insert(format!("content/{path}"), File::Doc((*kind).to_owned(), text));
    }
    for (path, kind) in [("initiativen/i1.en.md", "initiative"), ("impressum.en.md", "page")] {
        let text = Text::titled(&format!("translated {kind}"));
        files.insert(format!("content/{path}"), File::Doc(kind.to_owned(), text));
    }
    let row = |id: &str| {
        let mut text = Text::titled(&format!("partner {id}"));
        text.fields.insert("type".to_owned(), quoted("behoerde"));
        (id.to_owned(), text)
    };
    let rows = File::Rows("partner".to_owned(), vec![row("p4"), row("p5")]);
    files.insert("content/partner/_entries.toml".to_owned(), rows);
    for (path, bytes) in FILES {
        files.insert(format!("content/dateien/{path}"), File::Plain(bytes.as_bytes().to_vec()));
    }
    let sidecar = [("alt", "Ein Bild"), ("credit", "Foto: A")];
    let sidecar = sidecar.map(|(name, text)| (name.to_owned(), quoted(text))).into();
    files.insert("content/dateien/bild-1.svg.toml".to_owned(), File::Sidecar(sidecar));
    Site {
        files,
        settings: Settings::default(),
        theme: Theme::small(),
        damage: BTreeMap::new(),
        absent: BTreeSet::new(),
        hours: 0,
        preview: false,
        base_url: None,
    }
}

/// The same site with so many events that their list can be filtered.
pub(crate) fn with_filters() -> Site {
    let mut site = start();
    for (path, kind, fields) in EVENTS {
        let mut text = Text::titled(&format!("{kind} {}", id_of(path)));
        for line in fields.lines() {
            let (name, value) = line.trim().split_once(" = ").unwrap();
            text.fields.insert(name.to_owned(), value.to_owned());
        }
        site.files.insert(format!("content/{path}"), File::Doc((*kind).to_owned(), text));
    }
    site
}

/// More events, so many that adding or removing two makes filters come and go.
const EVENTS: &[(&str, &str, &str)] = &[
    ("veranstaltungen/e3.md", "event", "type = \"labor\"\nstart = 2026-06-01\ntopics = [\"t2\"]"),
    ("veranstaltungen/e4.md", "event", "type = \"workshop\"\nstart = 2025-12-24"),
    (
        "veranstaltungen/e5.md",
        "event",
        "type = \"workshop\"\nstart = 2025-03-02\npartners = [\"p1\"]",
    ),
    (
        "veranstaltungen/e6.md",
        "event",
        "type = \"festival\"\nstatus = \"abgesagt\"\nstart = 2026-04-01",
    ),
    ("veranstaltungen/e7.md", "event", "type = \"reihe\"\ntopics = [\"t1\", \"t2\"]"),
    (
        "veranstaltungen/e8.md",
        "event",
        "type = \"labor\"\nstart = 2026-03-03\npartners = [\"p2\", { name = \"Verein\" }]",
    ),
];

/// The sections: folder, kind, title.
pub(crate) const SECTIONS: &[(&str, &str, &str)] = &[
    ("aktuelles", "news", "Aktuelles"),
    ("initiativen", "initiative", "Initiativen"),
    ("loesungen", "solution", "Lösungen"),
    ("partner", "partner", "Partner"),
    ("personen", "person", "Personen"),
    ("themen", "topic", "Themen"),
    ("veranstaltungen", "event", "Veranstaltungen"),
];

/// The entries: path, kind, fields.
const ENTRIES: &[(&str, &str, &str)] = &[
    ("aktuelles/n1.md", "news", "date = 2026-02-01\nabout = [\"initiative:i1\", \"event:e1\"]"),
    ("aktuelles/n2.md", "news", "date = 2026-02-20"),
    (
        "initiativen/i1.md",
        "initiative",
        "type = \"programm\"\nstart = \"2026-02\"\npartners = [\"p1\", { partner = \"p4\", role = \"foerderer\" }]",
    ),
    ("initiativen/gruppe/i2.md", "initiative", "type = \"fonds\"\npart_of = [\"i1\"]"),
    ("initiativen/i3/index.md", "initiative", "type = \"netzwerk\"\ndraft = true"),
    (
        "loesungen/s1.md",
        "solution",
        "type = \"portal\"\nstatus = \"produktiv\"\ninitiatives = [\"i1\"]",
    ),
    ("partner/p1.md", "partner", "type = \"unternehmen\""),
    ("partner/p2.md", "partner", "type = \"verein\"\npart_of = [\"p1\"]"),
    ("personen/m1.md", "person", "office = \"Referat 1\""),
    ("themen/t1.md", "topic", "order = 2"),
    ("themen/t2.md", "topic", "order = 1"),
    (
        "veranstaltungen/e1.md",
        "event",
        "type = \"workshop\"\nstart = 2026-03-15\ninitiatives = [\"i1\"]\ntopics = [\"t1\"]",
    ),
    (
        "veranstaltungen/e2.md",
        "event",
        "type = \"labor\"\nstart = 2026-03-02T09:00\nfeatured = true",
    ),
    ("erklaerung.md", "page", "role = \"accessibility\""),
    ("impressum.md", "page", "role = \"imprint\""),
];

/// Paragraphs of entries, by path.
const BODIES: &[(&str, &str)] = &[
    ("initiativen/i1.md", "## Abschnitt {#anker}"),
    ("initiativen/i1.md", "![Ein Bild](../dateien/bild-1.svg \"Unterschrift\")"),
    ("initiativen/i1.md", "```{note}\ntitle = \"Hinweis\"\ntext = \"Mit [](partner:p2)\"\n```"),
    ("veranstaltungen/e1.md", "```{entries}\nkind = \"news\"\n```"),
    ("veranstaltungen/e1.md", "Mehr bei [](initiative:i1#anker) und [hier](../dateien/a.txt)."),
    (
        "partner/p1.md",
        "```{picture}\npicture = { file = \"../dateien/bild-2.svg\", alt = \"Zwei\" }\n```",
    ),
    ("themen/t1.md", "```{datei}\nfile = \"../dateien/b.pdf\"\n```"),
    ("aktuelles/n1.md", "[Partner](../partner/p1.md) und ![Zwei](../dateien/bild-2.svg) im Text."),
];

/// The files that are published as they are.
pub(crate) const FILES: &[(&str, &str)] = &[
    ("a.txt", "Text a"),
    ("b.pdf", "%PDF b"),
    ("bild-1.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"20\"/>"),
    ("bild-2.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"30\" height=\"40\"/>"),
];
