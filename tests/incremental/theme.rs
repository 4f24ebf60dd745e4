//! Themes, and the ways to write their files: a small one with the site's own that extends it, and
//! one of the site's own that extends the embedded one.

use std::collections::BTreeMap;

use super::dice::Dice;

/// A file that is not there.
const ABSENT: &str = "-";

/// What marks a way that makes templates, or the site, fail.
const FAULTY: &str = "!";

/// Where in a template more may stand.
const SLOT: &str = "@@";

/// The files of themes, each with the ways to write it; the first is that of the first build.
type Files = &'static [(&'static str, &'static [&'static str])];

/// A small theme, and one that extends it.
const SMALL: Files = &[
    (
        "basis/theme.toml",
        &[
            "name = \"basis\"\n[options.colour]\ntype = \"choice\"\ndefault = \"blau\"\nlabel = { de = \"Farbe\", en = \"Colour\" }\n[options.colour.choices]\nblau = { de = \"Blau\", en = \"Blue\" }\nrot = { de = \"Rot\", en = \"Red\" }\n[options.limit]\ntype = \"integer\"\ndefault = 1\nlabel = { de = \"Grenze\", en = \"Limit\" }\n[options.tint]\ntype = \"colour\"\nvariable = \"--tint\"\n[[contrast]]\ncolours = [\"--tint\"]\non = [\"--paper\"]",
            "name = \"basis\"\n[options.tint]\ntype = \"colour\"\nvariable = \"--tint\"\nmode = \"dark\"\n[[contrast]]\ncolours = [\"--tint\", \"--no\"]\non = [\"--paper\"]\nat_least = 7",
            "name = \"basis\"\n[options.colour]\ntype = \"text\"\ndefault = \"gelb\"\nlabel = { de = \"Farbe\", en = \"Colour\" }",
            "name = \"basis\"",
        ],
    ),
    (
        "basis/templates/base.html",
        &[
            "<!doctype html><html lang=\"{{ page.lang }}\"><title>{{ page.title }} – {{ site.title }}</title><link href=\"{{ asset(path=\"assets/site.css\") }}\">{% include \"templates/parts/menu.html\" %}{% block main %}{% endblock main %}@@{% include \"templates/parts/foot.html\" %}</html>",
            "<!doctype html><html lang=\"{{ page.lang }}\"><title>{{ page.title }}</title>{# ein Kommentar #}{% block main %}{% endblock main %}{% include \"templates/parts/foot.html\" %}</html>",
            "<!doctype html>{{ site }}{% block main %}{% endblock main %}",
        ],
    ),
    (
        "basis/templates/parts/menu.html",
        &[
            "<nav>{% for item in site.menus.main %}<a href=\"{{ item.url }}\"{% if item.current %} aria-current=\"page\"{% endif %}>{{ item.title }}</a>{% endfor %}</nav>",
            "<nav>{% for kind in site.kinds %}{{ kind.plural }} {{ kind.url }}{% endfor %}</nav>",
            "<nav>{% for l in page.languages %}<a href=\"{{ l.url }}\">{{ l.label }}</a>{% endfor %}{{ page.breadcrumb }}</nav>",
        ],
    ),
    (
        "basis/templates/parts/foot.html",
        &[
            "<footer>{{ trans(key=\"foot\") }} {{ site.publisher?.name or \"\" }}@@</footer>",
            "<footer>{{ trans(key=\"foot\") }} {{ site.roles.imprint?.url or \"\" }} {{ <note_line text={theme.colour?.label} /> }}</footer>",
            "<footer>{{ site.publisher }}{{ site.licence }}{{ site.newsletter }}{{ site.social }}{{ site.press }}</footer>",
        ],
    ),
    (
        "basis/templates/parts/card.html",
        &[
            "{% component card(entry) %}<div>{{ <to entry={entry} /> }} {{ entry.summary }} {{ entry.dates?.text or \"\" }}@@</div>{% endcomponent card %}",
            "{% component card(entry) %}<div>{{ <to entry={entry} /> }} {{ entry }}</div>{% endcomponent card %}",
            "{% component card(entry) %}<p>{{ <to entry={entry} /> }}</p>{% endcomponent card %}{% component more() %}{{ count(kind=\"event\") }}{% endcomponent more %}",
            "!{% component card(entry, kind) %}{{ kind }}{% endcomponent card %}",
        ],
    ),
    (
        "basis/templates/parts/link.html",
        &[
            "{% component to(entry) %}<a href=\"{{ entry.url }}\">{{ entry.title }}</a>{% endcomponent to %}{% component note_line(text) %}<i>{{ text }}</i>{% endcomponent note_line %}",
            "{% component to(entry) %}<a href=\"{{ entry.url }}\">{{ entry.short_title }}</a>@@{% endcomponent to %}{% component note_line(text) %}<i>{{ text }}</i>{% endcomponent note_line %}",
            "{% component to(entry) %}<a>{{ entry.id }}</a>{% endcomponent to %}",
        ],
    ),
    (
        "basis/templates/parts/extra.html",
        &[
            ABSENT,
            "{% component extra(text) %}<b>{{ text }}@@</b>{% endcomponent extra %}zusatz",
            "ohne Bauteil {{ lang }}",
            "!{% component card(entry) %}doppelt{% endcomponent card %}",
        ],
    ),
    (
        "basis/templates/home.html",
        &[
            "{% extends \"templates/base.html\" %}{% block main %}<h1>{{ page.title }}</h1>{{ page.entry.body }}{% for entry in entries(kind=\"event\", timing=[\"upcoming\", \"running\"], limit=theme.limit) %}{{ <card entry={entry} /> }}{% endfor %}@@{% endblock main %}",
            "{% extends \"templates/base.html\" %}{% block main %}{% for entry in entries(featured=true) %}{{ <card entry={entry} /> }}{% endfor %}{{ page.entry }}{% endblock main %}",
            "{% extends \"templates/base.html\" %}{% block main %}{{ pictures() }}{{ player(url=\"https://medien.example/x.mp4\") }}@@{% endblock main %}",
            "!{% extends \"templates/base.html\" %}{% block main %}<img src=\"https://medien.example/x.png\">{{ player(url=\"https://video.example/w/x\") }}{% endblock main %}",
        ],
    ),
    (
        "basis/templates/entry.html",
        &[
            "{% extends \"templates/base.html\" %}{% block main %}<h1>{{ page.entry.title }}</h1>{% block facts %}{% for field in page.entry.fields %}<dt>{{ field.label }}</dt><dd>{{ field.value }}</dd>{% endfor %}{% endblock facts %}{{ page.entry.body }}{% for inverse in page.entry.inverses %}{{ inverse.label }}{% for card in component(name=\"card\", entries=inverse.entries) %}{{ card }}{% endfor %}{% for relation in inverse.relations %}{{ component(name=\"card\", entry=relation.entry) }}{% for said in relation.rows %}{{ said.row }}{{ said.via }}{% endfor %}{% endfor %}{% endfor %}@@{% endblock main %}",
            "{% extends \"templates/base.html\" %}{% block main %}{% block facts %}{% endblock facts %}{{ page }}{% endblock main %}",
            "{% extends \"templates/base.html\" %}{% block main %}{{ page.title }}{{ page.entry.body }}{% endblock main %}",
        ],
    ),
    (
        "basis/templates/event.html",
        &[
            "{% extends \"templates/entry.html\" %}{% block facts %}{{ page.entry.timing_label }} {% if page.entry.start %}{{ page.entry.start | range(end=page.entry.end) }}{% endif %}{{ super() }}@@{% endblock facts %}",
            "{% extends \"templates/entry.html\" %}{% block facts %}{{ page.entry.dates?.html or \"\" }}{{ page.entry.notices }}{% endblock facts %}",
            ABSENT,
        ],
    ),
    (
        "basis/templates/topic.html",
        &[
            ABSENT,
            "{% extends \"templates/base.html\" %}{% block main %}{% for entry in entries(topic=page.entry.id) %}{{ <card entry={entry} /> }}{% endfor %}@@{% endblock main %}",
        ],
    ),
    (
        "basis/templates/list.html",
        &[
            "{% extends \"templates/base.html\" %}{% block main %}<h1>{{ page.title }}</h1>{{ page.section.body }}{% for entry in page.entries %}{{ <card entry={entry} /> }}{% endfor %}{{ page.pagination?.next or \"\" }}{{ page.filters }}@@{% endblock main %}",
            "{% extends \"templates/base.html\" %}{% block main %}{{ page }}{% endblock main %}",
        ],
    ),
    (
        "basis/templates/event-list.html",
        &[
            ABSENT,
            "{% extends \"templates/list.html\" %}{% block main %}{{ super() }}{{ count(kind=\"event\", timing=\"upcoming\") }}{% endblock main %}",
        ],
    ),
    (
        "basis/templates/list.de-simple.html",
        &[
            ABSENT,
            "leicht: {{ page.title }}{% for entry in page.entries %}{{ <card entry={entry} /> }}{% endfor %}",
        ],
    ),
    (
        "basis/templates/entry.de-simple.html",
        &[
            "{% extends \"templates/base.html\" %}{% block main %}leicht: {{ page.title }} {{ page.entry.body }}{% endblock main %}",
            ABSENT,
        ],
    ),
    (
        "basis/templates/inverse.html",
        &[
            "{% extends \"templates/base.html\" %}{% block main %}{{ page.inverse }}{% for entry in page.entries %}{{ <card entry={entry} /> }}{% endfor %}@@{% endblock main %}",
            "{% extends \"templates/base.html\" %}{% block main %}{{ page.entry.body }}{{ page.pagination }}{% endblock main %}",
            ABSENT,
        ],
    ),
    (
        "basis/templates/404.html",
        &[
            "{% extends \"templates/base.html\" %}{% block main %}{{ page.title }}@@{% endblock main %}",
            ABSENT,
        ],
    ),
    (
        "basis/templates/redirect.html",
        &[
            "<a href=\"{{ target }}\">{{ canonical }} {{ title }} {{ lang }} {{ site.title }}</a>",
            "{{ target }} {{ theme }}",
            ABSENT,
        ],
    ),
    (
        "basis/blocks/note.html",
        &[
            "<aside>{{ params.title }}{{ params.text }}{{ params.level?.label or \"\" }}@@</aside>",
            "<aside>{{ params }}{{ site.title }}{{ lang }}</aside>",
            ABSENT,
        ],
    ),
    (
        "basis/blocks/note.toml",
        &[
            "[fields.title]\ntype = \"text\"\nlabel = { de = \"Titel\", en = \"Title\" }\n[fields.text]\ntype = \"prose\"\nlabel = { de = \"Text\", en = \"Text\" }\n[fields.level]\ntype = \"choice\"\ndefault = \"a\"\nlabel = { de = \"Stufe\", en = \"Level\" }\n[fields.level.choices]\na = { de = \"Stufe A\", en = \"Level A\" }\nb = { de = \"Stufe B\", en = \"Level B\" }",
            "[fields.title]\ntype = \"text\"\nrequired = true\nlabel = { de = \"Titel\", en = \"Title\" }\n[fields.text]\ntype = \"text\"\nlabel = { de = \"Text\", en = \"Text\" }",
            ABSENT,
        ],
    ),
    (
        "basis/blocks/entries.html",
        &[
            "{% for entry in entries(kind=params.kind, topic=params.topic?.id, sort=params.sort, limit=params.limit) %}{{ <card entry={entry} /> }}{% endfor %}",
            "{{ count(kind=params.kind) }}@@",
        ],
    ),
    (
        "basis/blocks/entries.toml",
        &[
            "[fields.kind]\ntype = \"text\"\nlabel = { de = \"Art\", en = \"Kind\" }\n[fields.topic]\ntype = \"ref\"\nto = [\"topic\"]\nlabel = { de = \"Thema\", en = \"Topic\" }\n[fields.sort]\ntype = \"text\"\nlabel = { de = \"Sortierung\", en = \"Sort\" }\n[fields.limit]\ntype = \"integer\"\ndefault = 3\nlabel = { de = \"Grenze\", en = \"Limit\" }",
            "[fields.kind]\ntype = \"text\"\ndefault = \"news\"\nlabel = { de = \"Art\", en = \"Kind\" }",
        ],
    ),
    (
        "basis/blocks/picture.html",
        &[
            "<figure><img src=\"{{ params.picture.url }}\" alt=\"{{ params.picture.alt }}\">{{ params.picture.credit_line }}@@</figure>",
            ABSENT,
            "<figure>{{ params.picture }}{{ trans(key=\"hello\", name=\"Bild\") }}</figure>",
        ],
    ),
    (
        "basis/blocks/picture.toml",
        &[
            "[fields.picture]\ntype = \"picture\"\nlabel = { de = \"Bild\", en = \"Picture\" }",
            ABSENT,
        ],
    ),
    (
        "basis/blocks/datei.html",
        &[
            "{{ params.file?.name or \"\" }} {{ params.file?.size_text or \"\" }} {{ params.file?.url or \"\" }}",
            "{{ params }}",
        ],
    ),
    (
        "basis/blocks/datei.toml",
        &["[fields.file]\ntype = \"file\"\nlabel = { de = \"Datei\", en = \"File\" }"],
    ),
    (
        "basis/i18n/de.toml",
        &[
            "foot = \"Fuss\"\nhello = \"Hallo {name}\"\nnot_found_title = \"Nicht da\"\nthings = { one = \"ein Ding\", other = \"{count} Dinge\" }\ntiming_upcoming = \"kommt\"\nnotice_draft = \"Entwurf\"",
            "foot = \"Fußzeile\"\nhello = \"Guten Tag {name}\"\nnot_found_title = \"Fehlt\"\nthings = \"Dinge\"\ntiming_past = \"vorbei\"\nfootnote = \"Fussnote\"\nleft_to_right = \"Von links\"\npicture_source = \"Quelle\"",
            "!foot = 3\nhello = \"Hallo\"\nthings = \"Dinge\"",
        ],
    ),
    (
        "basis/i18n/en.toml",
        &[
            "foot = \"Foot\"\nhello = \"Hello {name}\"\nthings = { one = \"one thing\", other = \"{count} things\" }",
            "foot = \"Footer\"\nwindow_open = \"open now\"\nnote = \"Note\"",
            ABSENT,
        ],
    ),
    (
        "basis/i18n/de-simple.toml",
        &[ABSENT, "foot = \"Fuß-Zeile\"\nnot_found_title = \"Nicht ge-funden\""],
    ),
    (
        "basis/assets/site.css",
        &[
            "@import \"teil.css\";\nbody { color: red; background: url(\"logo.svg\"); }",
            "body { color: blue; }",
            ":root { --paper: #fff; --tint: #888; }\n@media (prefers-color-scheme: dark) { :root { --paper: #111; } }\n@unknown x;",
            "!@import \"fehlt.css\";",
            "!body { color: }}",
        ],
    ),
    (
        "basis/assets/teil.css",
        &["p { margin: 0; }", "p { margin: 1px; background: url(\"punkt.svg\"); }", ABSENT],
    ),
    (
        "basis/assets/logo.svg",
        &[
            "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\"/>",
            ABSENT,
        ],
    ),
    (
        "basis/assets/punkt.svg",
        &[
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"2\"/>",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"3\"/>",
        ],
    ),
    (
        "eigen/theme.toml",
        &[
            "name = \"eigen\"\nextends = \"basis\"",
            "name = \"eigen\"\nextends = \"basis\"\n[options.limit]\ntype = \"integer\"\ndefault = 3\nlabel = { de = \"Grenze\", en = \"Limit\" }",
            "!name = \"eigen\"\nextends = \"eigen\"",
            "!name = \"eigen\"",
        ],
    ),
    (
        "eigen/templates/entry.html",
        &[
            ABSENT,
            "{% extends \"basis/templates/entry.html\" %}{% block facts %}eigen {{ super() }}@@{% endblock facts %}",
            "{% extends \"templates/base.html\" %}{% block main %}eigen{% endblock main %}",
        ],
    ),
    (
        "eigen/templates/partner.html",
        &[
            ABSENT,
            "{% extends \"templates/entry.html\" %}{% block facts %}{{ page.entry.initiatives?.count or \"\" }}@@{% endblock facts %}",
        ],
    ),
    (
        "eigen/templates/parts/card.html",
        &[
            ABSENT,
            "{% component card(entry) %}<div class=\"eigen\">{{ <to entry={entry} /> }}</div>{% endcomponent card %}",
            "{% component card(entry) %}{{ <to entry={entry} /> }}{{ <neu entry={entry} /> }}{% endcomponent card %}{% component neu(entry) %}{{ entry.kind_label }}{% endcomponent neu %}",
        ],
    ),
    (
        "eigen/templates/parts/foot.html",
        &[
            ABSENT,
            "<footer>eigen {{ trans(key=\"foot\") }}</footer>",
            "<footer>{% include \"basis/templates/parts/foot.html\" %}</footer>",
        ],
    ),
    ("eigen/templates/parts/menu.html", &[ABSENT, "<nav>eigen{{ site.menus }}</nav>"]),
    ("eigen/templates/404.html", &[ABSENT, "eigen {{ page.type }}"]),
    ("eigen/blocks/note.html", &[ABSENT, "<aside class=\"eigen\">{{ params.text }}</aside>"]),
    (
        "eigen/blocks/note.toml",
        &[ABSENT, "[fields.text]\ntype = \"markdown\"\nlabel = { de = \"Text\", en = \"Text\" }"],
    ),
    ("eigen/i18n/de.toml", &[ABSENT, "foot = \"Eigener Fuss\"", "things = \"Sachen\""]),
    ("eigen/assets/site.css", &[ABSENT, "@import \"teil.css\";\nbody { color: green; }"]),
    (
        "eigen/assets/logo.svg",
        &[ABSENT, "<svg xmlns=\"http://www.w3.org/2000/svg\" height=\"9\"/>"],
    ),
    ("eigen/assets/eigen.png", &[ABSENT, "kein Bild"]),
];

/// A theme that extends the embedded one.
const CHILD: Files = &[
    (
        "eigen/theme.toml",
        &[
            "name = \"eigen\"\nextends = \"schaukasten\"",
            "name = \"eigen\"\nextends = \"schaukasten\"\n[options.home_limit]\ntype = \"integer\"\ndefault = 1\nlabel = { de = \"Grenze\", en = \"Limit\" }",
        ],
    ),
    (
        "eigen/templates/base.html",
        &[
            ABSENT,
            "{% extends \"schaukasten/templates/base.html\" %}{% block head %}<meta name=\"eigen\">@@{% endblock head %}",
        ],
    ),
    (
        "eigen/templates/partner.html",
        &[
            ABSENT,
            "{% extends \"schaukasten/templates/partner.html\" %}{% block facts %}{{ super() }}@@{% endblock facts %}",
        ],
    ),
    (
        "eigen/templates/list.html",
        &[
            ABSENT,
            "{% extends \"templates/base.html\" %}{% block main %}{{ <cards entries={page.entries} /> }}@@{% endblock main %}",
        ],
    ),
    (
        "eigen/templates/parts/link.html",
        &[
            ABSENT,
            "{% component entry_link(to) %}<a class=\"eigen\" href=\"{{ to.url }}\">{{ to.title }}</a>{% endcomponent entry_link %}{% component external_link(url, label=null, language=null, kind=\"link\") %}{{ label or url }}{% endcomponent external_link %}",
        ],
    ),
    ("eigen/templates/parts/extra.html", &["zusatz", ABSENT]),
    ("eigen/blocks/note.html", &["<aside>{{ params.text }}@@</aside>", "{{ params }}"]),
    (
        "eigen/blocks/note.toml",
        &[
            "[fields.title]\ntype = \"text\"\nlabel = { de = \"Titel\", en = \"Title\" }\n[fields.text]\ntype = \"prose\"\nlabel = { de = \"Text\", en = \"Text\" }\n[fields.level]\ntype = \"text\"\nlabel = { de = \"Stufe\", en = \"Level\" }",
        ],
    ),
    ("eigen/blocks/datei.html", &["{{ params.file?.name or \"\" }}"]),
    (
        "eigen/blocks/datei.toml",
        &["[fields.file]\ntype = \"file\"\nlabel = { de = \"Datei\", en = \"File\" }"],
    ),
    ("eigen/blocks/entries.html", &[ABSENT, "{{ <cards entries={entries(kind=params.kind)} /> }}"]),
    (
        "eigen/i18n/de.toml",
        &[
            "foot = \"Fuss\"\nhello = \"Hallo {name}\"\nthings = { one = \"ein Ding\", other = \"{count} Dinge\" }",
            "foot = \"Fuß\"\nhello = \"Hallo\"\nthings = \"Dinge\"\nentries = \"Sachen\"",
        ],
    ),
    (
        "eigen/assets/logo.svg",
        &[
            "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\"/>",
        ],
    ),
    ("eigen/assets/punkt.svg", &["<svg xmlns=\"http://www.w3.org/2000/svg\"/>"]),
    ("eigen/assets/eigen.png", &["kein Bild"]),
    ("eigen/assets/site.css", &[ABSENT, "@import \"css/tokens.css\";\nbody { color: green; }"]),
];

/// What may stand in a slot. The first ones do not look at the page, and so may stand in components
/// and blocks too.
const SNIPPETS: &[&str] = &[
    "",
    "{# nur ein Kommentar #}",
    "{{ trans(key=\"foot\") }}",
    "{{ trans(key=\"hello\", name=\"Welt\") }}",
    "{{ trans(key=\"things\", count=count(kind=\"partner\")) }}",
    "{% for e in entries(kind=\"news\", sort=\"title\", limit=2) %}{{ e.title }}{{ e.url }}{% endfor %}",
    "{% for g in entries(kind=[\"event\", \"initiative\"]) | group_by(attribute=\"type.label\") %}{{ g.key }}{{ g.items | length }}{% endfor %}",
    "{{ count(kind=\"event\", timing=\"upcoming\") }}",
    "{{ entry(id=\"initiative:i1\") }}",
    "{{ link(id=\"partner:p1\")?.title or \"\" }}",
    "{{ entries(of=\"initiative:i1\", inverse=\"events\") | map(attribute=\"title\") | join(sep=\", \") }}",
    "{{ entries(topic=\"t1\") }}",
    "{{ entries(ids=[\"event:e1\", \"event:e2\"], sort=\"-start\") | map(attribute=\"title\") | join_and }}",
    "{{ entries(featured=true, except=\"event:e1\") | length }}",
    "{{ count(kind=\"initiative\", status=\"laufend\") }}",
    "{{ url(path=\"/partner/\") }}",
    "{{ asset(path=\"assets/logo.svg\") }}",
    "{{ asset(path=\"assets/punkt.svg\") }}",
    "{{ asset(path=\"assets/eigen.png\") }}",
    "{{ file(path=\"content/dateien/b.pdf\") }}",
    "{{ picture(path=\"content/dateien/bild-1.svg\") }}",
    "{{ kind(name=\"event\") }}",
    "!{{ <extra text=\"x\" /> }}",
    "!{{ <more /> }}",
    "!{% include \"templates/parts/extra.html\" %}",
    "!{{ throw(message=\"nein\") }}",
    "!{{ nichts.da }}",
    // From here on for pages.
    "{{ page.entry }}",
    "{{ page.languages }}{{ page.alternates }}",
    "{{ page.breadcrumb }}",
    "{{ site }}",
    "{{ theme }}",
    "{{ page.description }}{{ page.canonical }}{{ page.noindex }}",
    "{{ page.entry?.contents or \"\" }}{{ page.entry?.words or \"\" }}",
    "{{ page.entry?.previous or \"\" }}{{ page.entry?.next or \"\" }}",
    "{{ page.entry?.inverses or \"\" }}",
    "!{{ page.nichts.da }}",
];

/// So many snippets do not look at the page.
const FREE: usize = 27;

/// How each file is written at the moment.
#[derive(Clone)]
pub(crate) struct Theme {
    /// The files.
    all: Files,
    /// The number of the way, for each file.
    chosen: Vec<usize>,
    /// What stands in the slot, for each file that has any.
    slots: BTreeMap<usize, usize>,
}

impl Theme {
    /// The small theme and its child.
    pub(crate) fn small() -> Self {
        Self { all: SMALL, chosen: vec![0; SMALL.len()], slots: BTreeMap::new() }
    }

    /// A child of the embedded theme.
    pub(crate) fn child() -> Self {
        Self { all: CHILD, chosen: vec![0; CHILD.len()], slots: BTreeMap::new() }
    }

    /// Whether the embedded theme lies below.
    pub(crate) fn is_child(&self) -> bool {
        self.all == CHILD
    }

    /// The files that are there: path and text.
    pub(crate) fn files(&self) -> impl Iterator<Item = (String, String)> {
        self.all.iter().enumerate().filter_map(|(at, (path, ways))| {
            let text = ways[self.chosen[at]];
            let slot = SNIPPETS[self.slots.get(&at).copied().unwrap_or(0)];
            let (text, slot) = (text.trim_start_matches(FAULTY), slot.trim_start_matches(FAULTY));
            (text != ABSENT).then(|| (format!("themes/{path}"), text.replace(SLOT, slot)))
        })
    }

    /// Writes one file in another way; more often than not in that of the first build.
    pub(crate) fn edit_file(&mut self, dice: &mut Dice) -> String {
        let at = dice.below(self.all.len());
        let (path, ways) = self.all[at];
        let way = if dice.one_in(3) { 0 } else { dice.below(ways.len()) };
        self.chosen[at] = way;
        format!("{path} in way {}", self.chosen[at])
    }

    /// Puts something else into a template's slot.
    pub(crate) fn edit_slot(&mut self, dice: &mut Dice) -> String {
        let all = self.all;
        let with_slot: Vec<usize> =
            (0..all.len()).filter(|at| all[*at].1.iter().any(|way| way.contains(SLOT))).collect();
        let at = *dice.pick(&with_slot);
        let path = self.all[at].0;
        let is_free = path.contains("/blocks/") || path.contains("/parts/");
        let end = if is_free { FREE } else { SNIPPETS.len() };
        let snippet = if dice.one_in(3) { 0 } else { dice.below(end) };
        self.slots.insert(at, snippet);
        format!("{path} with {}", SNIPPETS[snippet])
    }

    /// Mends all that makes templates fail.
    pub(crate) fn mend(&mut self) {
        for (way, (_, ways)) in self.chosen.iter_mut().zip(self.all) {
            if ways[*way].starts_with(FAULTY) {
                *way = 0;
            }
        }
        self.slots.retain(|_, snippet| !SNIPPETS[*snippet].starts_with(FAULTY));
    }

    /// Writes one file in the way that begins with `start`: for tests of one edit alone.
    pub(crate) fn choose(&mut self, path: &str, start: &str) {
        let at = self.all.iter().position(|(known, _)| *known == path).unwrap();
        self.chosen[at] = self.all[at].1.iter().position(|way| way.starts_with(start)).unwrap();
    }

    /// Puts something into a template's slot: for tests of one edit alone.
    pub(crate) fn fill(&mut self, path: &str, start: &str) {
        let at = self.all.iter().position(|(known, _)| *known == path).unwrap();
        self.slots.insert(at, SNIPPETS.iter().position(|known| known.starts_with(start)).unwrap());
    }
}
