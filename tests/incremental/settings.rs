//! `site.toml` in pieces, each of which can be written in several ways.

use schaukasten::model::schema::Schema;

use super::dice::Dice;

/// A piece of `site.toml` and the ways to write it; the first is that of the first build.
type Piece = &'static [&'static str];

/// What marks a way that is an error.
const FAULTY: &str = "!";

/// The keys that stand above all tables.
const TOP: &[Piece] = &[
    &["schema = 1", "!schema = 2"],
    &[
        "title = { de = \"Probe\", en = \"Trial\" }",
        "title = \"Probe zwei\"",
        "title = { de = \"Probe\", en = \"Trial two\", de-simple = \"Pro-Be\" }",
    ],
    &["", "description = { de = \"Was es ist\", en = \"What it is\" }"],
    &[
        "base_url = \"https://probe.example.org/\"",
        "base_url = \"https://probe.example.org/unter/ordner/\"",
        "base_url = \"https://andere.example.org\"",
    ],
    &["", "timezone = \"America/New_York\"", "!timezone = \"Mond\""],
    &["", "region = \"bw\"", "region = \"Mond\"", "region = \"bund\""],
    &["theme = \"eigen\"", "theme = \"basis\"", "theme = \"eigen\"", "!theme = \"keine\""],
    &[
        "languages = [\"de\", \"en\", \"de-simple\"]",
        "languages = [\"de\", \"en\"]",
        "languages = [\"de\"]",
        "languages = [\"en\", \"de\"]",
        "languages = [\"de\", \"de-simple\", \"en\", \"fr\"]",
    ],
    &["per_page = 2", "per_page = 1", "", "per_page = 3"],
    &["", "example = { de = \"Beispiel\", en = \"Example\" }"],
    &["gone = [\"/weg/\"]", ""],
];

/// The tables.
const TABLES: &[Piece] = &[
    &[
        "",
        "[theme_options]\ncolour = \"rot\"\nlimit = 2",
        "[theme_options]\ntint = \"#24a\"",
        "[theme_options]\ntint = \"#ff0\"",
        "![theme_options]\ncolor = \"rot\"",
    ],
    &["", "[language.en]\nfallback = false", "[language.en]\nlabel = \"Englisch\""],
    &["", "[language.de-simple]\nfallback = true\nlabel = \"Leicht\""],
    &[
        "[publisher]\nname = \"Amt\"",
        "[publisher]\nname = { de = \"Amt\", en = \"Office\" }\nemail = \"a@b.example\"",
    ],
    &[
        "",
        "[licence]\ntext = \"CC-BY-4.0\"",
        "[licence]\ntext = \"CC0-1.0\"\ndata = \"DL-DE-BY-2.0\"",
    ],
    &[
        "",
        "[newsletter]\nurl = \"https://example.org/n\"\ninterval = { de = \"oft\", en = \"often\" }",
    ],
    &["", "[press]\nname = \"Presse\"\nemail = \"presse@example.org\""],
    &["", "[[social]]\nlabel = \"M\"\nurl = \"https://example.org/m\""],
    &[
        "[[menus.main]]\nkind = \"event\"\n[[menus.main]]\npage = \"impressum\"",
        "[[menus.main]]\nkind = \"partner\"\n[[menus.main]]\nkind = \"event\"\nlabel = { de = \"Termine\" }",
        "",
        "[[menus.main]]\nentry = \"initiative:i1\"\n[[menus.main]]\nurl = \"/dateien/\"",
        "[[menus.main]]\nurl = \"https://example.org/\"\nlabel = \"Aussen\"",
    ],
    &["", "[[menus.footer]]\npage = \"impressum\"\n[[menus.footer]]\npage = \"fehlt\""],
    &[
        "[[redirects]]\nfrom = \"/alt/\"\nto = \"initiative:i1\"",
        "[[redirects]]\nfrom = \"/alt/\"\nto = \"/partner/\"",
        "[[redirects]]\nfrom = \"/alt.html\"\nto = \"https://example.org/\"\n[[redirects]]\nfrom = \"/alt2\"\nto = \"event:e1\"",
        "[[redirects]]\nfrom = \"/partner/\"\nto = \"/fehlt/\"",
        "",
    ],
    &[
        "",
        "[origins]\nmedia = [\"https://medien.example\"]",
        "[origins]\nmedia = [\"https://medien.example/\"]\nembed = [\"https://video.example\"]",
    ],
    &[
        "[files]\nalways = [\"dateien/*.pdf\"]",
        "",
        "[files]\nalways = [\"dateien/*\", \"fehlt/*\"]",
    ],
    &[
        "[kinds.person]\nlabel = { de = \"Person\", en = \"Person\" }\nplural = { de = \"Personen\", en = \"People\" }\n[kinds.person.fields.office]\ntype = \"text\"\nsummary = true\nlabel = { de = \"Amt\", en = \"Office\" }",
        "[kinds.person]\nlabel = { de = \"Mensch\", en = \"Human\" }\nsort = \"-office\"\n[kinds.person.fields.office]\ntype = \"text\"\nrequired = true\nlabel = { de = \"Stelle\", en = \"Post\" }",
        "",
    ],
    &[
        "[kinds.solution.fields.contact_person]\ntype = \"ref\"\nto = [\"person\"]\nmany = true\ninverse = \"solutions\"\nlabel = { de = \"Ansprechperson\", en = \"Contact\" }\ninverse_label = { de = \"Betreut\", en = \"Looks after\" }",
        "[kinds.solution.fields.contact_person]\ntype = \"ref\"\nto = [\"person\"]\nlabel = { de = \"Person\", en = \"Person\" }",
        "",
    ],
    &[
        "[legal.accessibility]\nstatus = \"teilweise\"\ncreated = 2025-04-01\nreviewed = 2025-04-02\nenforcement = { name = { de = \"Stelle\", en = \"Body\" }, url = \"https://example.org/s\" }\nlimitations = [{ what = { de = \"Karten\", en = \"Maps\" }, reason = \"ausserhalb\", planned = \"2026-03\" }]",
        "",
        "[legal.accessibility]\nstatus = \"vollstaendig\"\nscope = \"Alles\"\nenforcement = { name = \"Amt\" }",
        "![legal.accessibility]\nstatus = \"vollstaendig\"\nlimitations = [{ what = \"Karten\", reason = \"unvereinbar\" }]",
    ],
    &[
        "",
        "[legal.imprint]\nrepresented_by = \"Ada\"\naddress = \"Postfach 1, 12345 Stadt\"\n[legal.privacy]\nhost = { name = { de = \"Rechner\", en = \"Host\" } }",
        "[legal.privacy]\nlogs = [{ what = \"IP\", days = 3 }, { what = { de = \"Zeit\", en = \"Time\" } }]",
    ],
    &[
        "",
        "[[legal.signs.videos]]\nabout = \"contents\"\ntitle = { de = \"Film\", en = \"Video\" }\nfile = \"dateien/a.txt\"\nduration = \"1 Minute\"",
        "[legal.signs]\nplanned = 2026-03-04\n[legal.easy_language]\nplanned = \"2026-03\"",
    ],
    &[
        "",
        "[kinds.event]\nsort = \"title\"",
        "[kinds.event.fields.type]\nrequired = false\nlabel = { de = \"Sorte\", en = \"Sort\" }",
    ],
    &["", "[kinds.event.fields.type.choices]\nfest = { de = \"Fest\", en = \"Feast\" }"],
    &[
        "",
        "![kinds.partner.fields.legal_form]\ntype = \"integer\"",
        "[kinds.partner.fields.size]\ntype = \"table\"\ntable = \"size\"\nmany = true\nlabel = { de = \"Größe\", en = \"Size\" }",
    ],
    &[
        "[types.size]\nlabel = { de = \"Größe\", en = \"Size\" }\n[types.size.fields.year]\ntype = \"date\"\n[types.size.fields.people]\ntype = \"integer\"",
        "",
    ],
    &[
        "",
        "[shared.fields.remark]\ntype = \"markdown\"\ntranslatable = true\nlabel = { de = \"Bemerkung\", en = \"Remark\" }",
    ],
];

/// How each piece is written at the moment.
#[derive(Clone)]
pub(crate) struct Settings {
    /// The number of the way, for each piece of `TOP` and then of `TABLES`.
    chosen: Vec<usize>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { chosen: vec![0; TOP.len() + TABLES.len()] }
    }
}

impl Settings {
    /// The file.
    pub(crate) fn text(&self) -> String {
        let pieces = TOP.iter().chain(TABLES).zip(&self.chosen);
        let lines: Vec<&str> =
            pieces.map(|(piece, way)| piece[*way].trim_start_matches(FAULTY)).collect();
        lines.join("\n")
    }

    /// Writes one piece in another way; more often than not in that of the first build.
    pub(crate) fn edit(&mut self, dice: &mut Dice) {
        let at = dice.below(self.chosen.len());
        let ways = TOP.iter().chain(TABLES).nth(at).map_or(1, |piece| piece.len());
        self.chosen[at] = if dice.one_in(2) { 0 } else { dice.below(ways) };
    }

    /// Writes one piece in a way of its own: for tests of one edit alone.
    pub(crate) fn choose(&mut self, way: &str) {
        let all = TOP.iter().chain(TABLES).enumerate();
        for (at, piece) in all {
            if let Some(found) = piece.iter().position(|known| *known == way) {
                self.chosen[at] = found;
            }
        }
    }

    /// Mends all that is an error.
    pub(crate) fn mend(&mut self) {
        for (way, piece) in self.chosen.iter_mut().zip(TOP.iter().chain(TABLES)) {
            if piece[*way].starts_with(FAULTY) {
                *way = 0;
            }
        }
    }

    /// The schema that the file declares.
    pub(crate) fn schema(&self) -> Schema {
        schaukasten::model::settings::read(&mut Vec::new(), Some(&self.text()), &[]).1
    }
}
