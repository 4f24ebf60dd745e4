//! The documentation is true: its examples build, its errors come out as shown, and what it says of
//! templates covers what the program has.
//!
//! A fenced block with a path behind its language is a file. All of a page's files make one site. A
//! block with `wrong` behind its path is an edit of that site; the edits before a block of `text`
//! bring about the diagnostics that stand there. `UPDATE=1 cargo test docs` writes them anew.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{env, fs};

use schaukasten::diag::Code;
use schaukasten::diag::text::{Style, render};
use schaukasten::path::{RelPath, Route};
use schaukasten::pipeline::{Builder, Collected, Content, Moment, Options, text_of};
use schaukasten::source::Memory;
use schaukasten::source::embedded::{Embedded, Overlay};

/// A fenced block of a page.
struct Fence {
    /// The words behind the fence: language, path, `wrong`.
    info: Vec<String>,
    /// The number of its first line inside the page, counted from nought.
    line: usize,
    /// What stands in it.
    text: String,
}

impl Fence {
    /// Whether it is a file, and one that is an edit or not.
    fn is_file(&self, wrong: bool) -> bool {
        self.info.len() > 1 && (self.info.get(2).map(String::as_str) == Some("wrong")) == wrong
    }
}

/// The fenced blocks of a page.
fn fences(page: &str) -> Vec<Fence> {
    let mut found: Vec<Fence> = Vec::new();
    let mut open: Option<usize> = None;
    for (line, text) in page.lines().enumerate() {
        let ticks = text.chars().take_while(|c| *c == '`').count();
        match open {
            None if ticks >= 3 => {
                open = Some(ticks);
                let info = text[ticks..].split_whitespace().map(str::to_owned).collect();
                found.push(Fence { info, line: line + 1, text: String::new() });
            }
            Some(width) if ticks >= width && text.len() == ticks => open = None,
            Some(_) => {
                let last = found.last_mut().unwrap();
                last.text.push_str(text);
                last.text.push('\n');
            }
            None => {}
        }
    }
    assert!(open.is_none(), "a fenced block is not closed");
    found
}

/// A file of this repository.
fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A page of the documentation.
fn page(path: &str) -> String {
    fs::read_to_string(repository(path)).unwrap()
}

/// The site that the files of a page make.
fn site(page: &str) -> Memory {
    let mut files = Memory::default();
    for fence in fences(page).iter().filter(|fence| fence.is_file(false)) {
        let path = &fence.info[1];
        assert!(!files.files.contains_key(&RelPath::new(path)), "`{path}` stands there twice");
        files.insert(path, fence.text.as_bytes());
    }
    files
}

/// Builds a site: what there is to say, as text, and the outputs.
fn build(files: &Memory, preview: bool) -> (String, BTreeMap<Route, Content>) {
    let files = Overlay { top: files, bottom: &Embedded };
    let now = Moment::Local("2026-11-21T09:00".to_owned());
    let options = Options { now, preview, base_url: None };
    let sink = Collected::default();
    let built = Builder::default().build(&files, &options, &sink);
    let style = Style { tongue: built.tongue, color: false };
    let said = render(&built.diagnostics, &|path: &RelPath| text_of(&files, path), style);
    (said, sink.finish().0)
}

/// The text of an output.
fn output<'a>(made: &'a BTreeMap<Route, Content>, route: &str) -> &'a str {
    match made.get(&Route::new(route)) {
        Some(Content::Text(text)) => text,
        _ => panic!("there is no text at `{route}`"),
    }
}

#[test]
fn examples_for_authors_build() {
    let files = site(&page("docs/authoring.md"));
    for preview in [false, true] {
        let (said, made) = build(&files, preview);
        assert_eq!(said, "");
        for route in [
            "initiativen/digitallotsen/index.html",
            "en/initiatives/digital-guides/index.html",
            "de-simple/initiativen/digitallotsen/index.html",
            "initiativen/campus/lageplan.svg",
            "projekte/lotsen/index.html",
            "themen/einfache-sprache/index.html",
        ] {
            assert!(made.contains_key(&Route::new(route)), "there is no `{route}`");
        }
        let scheduled = Route::new("aktuelles/jahresbericht/index.html");
        assert_eq!(made.contains_key(&scheduled), preview);
        let guides = output(&made, "initiativen/digitallotsen/index.html");
        for words in ["über 350", "1\u{a0}Million\u{a0}Euro", "Fachhochschule Musterstadt"] {
            assert!(guides.contains(words), "{words} is not shown");
        }
        let partner = output(&made, "partner/gemeindetag/index.html");
        assert!(partner.contains("Ada Muster"), "an own kind is not shown on the other side");
    }
}

#[test]
fn errors_are_told_as_shown() {
    let path = "docs/authoring.md";
    let mut text = page(path);
    let good = site(&text);
    let mut files = good.clone();
    let mut differences = Vec::new();
    let mut is_edited = false;
    for fence in fences(&text) {
        if fence.is_file(true) {
            files.insert(&fence.info[1], fence.text.as_bytes());
            is_edited = true;
        } else if is_edited {
            assert_eq!(fence.info, ["text"], "line {}: here the errors are due", fence.line);
            let (said, _) = build(&files, false);
            let said = format!("{}\n", said.trim_end());
            if said != fence.text {
                differences.push((fence.line, fence.text, said));
            }
            files = good.clone();
            is_edited = false;
        }
    }
    if env::var_os("UPDATE").is_some_and(|value| value == "1") {
        for (line, shown, said) in differences.drain(..).rev() {
            let mut lines: Vec<&str> = text.lines().collect();
            lines.splice(line..line + shown.lines().count(), said.lines());
            text = lines.join("\n") + "\n";
        }
        fs::write(repository(path), text).unwrap();
    }
    let told =
        differences.iter().map(|(line, shown, said)| format!("{path}:{line}\n{shown}\n{said}"));
    let told: Vec<_> = told.collect();
    assert!(told.is_empty(), "{}\nUPDATE=1 cargo test docs accepts this", told.join("\n"));
}

#[test]
fn the_example_theme_builds() {
    let (said, made) = build(&site(&page("docs/themes.md")), false);
    assert_eq!(said, "");
    let home = output(&made, "index.html");
    for words in [
        "<p class=\"site-motto\">Wir machen das.</p>",
        "<h2>Menschen in Musterland</h2>",
        "<a href=\"/personen/ada-muster/\">Ada Muster</a>",
        "<ol class=\"steps\">",
    ] {
        assert!(home.contains(words), "{words} is not on the home page:\n{home}");
    }
    let person = output(&made, "personen/ada-muster/index.html");
    for words in
        ["<p class=\"employer\">Arbeitet bei: Gemeindetag Musterland</p>", "/assets/musterland."]
    {
        assert!(person.contains(words), "{words} is not there:\n{person}");
    }
    let solution = output(&made, "loesungen/terminkalender/index.html");
    assert!(
        solution.contains("<p>Auf der Werkbank: <strong>im Einsatz</strong></p>"),
        "{solution}"
    );
}

#[test]
fn the_second_theme_is_shown_whole() {
    let shown = site(&page("docs/themes.md"));
    let folder = repository("themes/werkstatt");
    let files = walkdir::WalkDir::new(&folder).into_iter().map(Result::unwrap);
    let mut count = 0;
    for file in files.filter(|file| file.file_type().is_file()) {
        let inside = file.path().strip_prefix(repository("")).unwrap().to_str().unwrap();
        let text = fs::read(file.path()).unwrap();
        let stands = shown.files.get(&RelPath::new(inside));
        assert!(stands.is_some_and(|stands| stands[..] == text[..]), "`{inside}` is not as shown");
        count += 1;
    }
    let parts = shown.files.keys().filter(|path| path.below("themes/werkstatt").is_some());
    assert_eq!(parts.count(), count, "files are shown that do not exist");
}

/// What stands between `before` and the end of a name, in the files of a folder of the default theme.
fn named_in_theme(folder: &str, before: &str) -> BTreeSet<String> {
    let files = walkdir::WalkDir::new(repository("themes/schaukasten").join(folder)).into_iter();
    let files = files.map(Result::unwrap).filter(|file| file.file_type().is_file());
    let mut names = BTreeSet::new();
    for text in files.map(|file| fs::read_to_string(file.path()).unwrap()) {
        let is_name = |c: char| c.is_alphanumeric() || c == '_';
        let ends = text.split(before).skip(1).map(|rest| rest.split(|c| !is_name(c)).next());
        names.extend(ends.flatten().map(str::to_owned));
    }
    assert!(!names.is_empty(), "nothing follows `{before}` in {folder}");
    names
}

#[test]
fn all_of_the_default_theme_is_described() {
    let text = page("docs/themes.md");
    let is_described = |name: &str| text.contains(&format!("`{name}`"));
    for folder in ["templates", "templates/parts"] {
        for file in fs::read_dir(repository("themes/schaukasten").join(folder)).unwrap() {
            let name = file.unwrap().file_name().into_string().unwrap();
            assert!(!name.ends_with(".html") || is_described(&name), "`{name}` is not described");
        }
    }
    for (folder, before) in [
        ("templates", "{% block "),
        ("templates", "{%- block "),
        ("blocks", "[fields."),
        ("theme.toml", "[options."),
    ] {
        for name in named_in_theme(folder, before) {
            assert!(is_described(&name), "`{name}` ({before}…) is not described");
        }
    }
    for file in fs::read_dir(repository("themes/schaukasten/blocks")).unwrap() {
        let name = file.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned();
        assert!(is_described(&name), "the block `{name}` is not described");
    }
}

/// The names in quotes that follow `before` in the program's sources at `path`.
fn named_in_code(path: &str, before: &str) -> Vec<String> {
    let sources = walkdir::WalkDir::new(repository(path)).sort_by_file_name();
    let files = sources.into_iter().map(|entry| entry.unwrap().into_path());
    let files = files.filter(|path| path.extension().is_some_and(|end| end == "rs"));
    let texts = files.map(|path| fs::read_to_string(path).unwrap());
    let mut names = Vec::new();
    for text in texts {
        for after in text.split(before).skip(1) {
            let quoted =
                after.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next());
            names.extend(quoted.map(str::to_owned));
        }
    }
    assert!(!names.is_empty(), "nothing follows `{before}` in {path}");
    names
}

#[test]
fn everything_that_templates_can_use_is_described() {
    let text = page("docs/themes.md");
    let mut names = named_in_code("src/render", "register_function(");
    names.extend(named_in_code("src/render", "register_filter("));
    let is_absent =
        |name: &&String| !["(", "`", " "].iter().any(|end| text.contains(&format!("`{name}{end}")));
    let absent: Vec<_> = names.iter().filter(is_absent).collect();
    assert!(absent.is_empty(), "docs/themes.md does not describe {absent:?}");
    let code: Vec<&str> = text.split('`').skip(1).step_by(2).collect();
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let words: BTreeSet<&str> = code.iter().flat_map(|code| code.split(|c| !is_name(c))).collect();
    let values = named_in_code("src/site/view", ".put(");
    let absent: Vec<_> = values.iter().filter(|name| !words.contains(name.as_str())).collect();
    assert!(absent.is_empty(), "docs/themes.md does not name {absent:?}");
}

#[test]
fn checks_for_all_readers_are_as_bad_as_described() {
    let text = page("docs/authoring.md");
    let table = text.split("## What is checked for all readers").nth(1).unwrap();
    let rows = table.lines().skip_while(|line| !line.starts_with("| `"));
    let rows: Vec<&str> = rows.take_while(|line| line.starts_with('|')).collect();
    assert!(rows.len() > 10, "{rows:?}");
    for row in rows {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let name = cells[1].trim_matches('`');
        let code = Code::ALL.iter().find(|code| code.as_str() == name);
        let code = code.unwrap_or_else(|| panic!("there is no `{name}`"));
        assert_eq!(code.severity().as_str(), cells[3], "{name}");
    }
}

/// All pages of the documentation.
const PAGES: &[&str] = &[
    "README.md",
    "docs/accessibility.md",
    "docs/authoring.md",
    "docs/performance.md",
    "docs/publishing.md",
    "docs/themes.md",
];

/// A page without its code.
fn prose(page: &str) -> String {
    let inside: BTreeSet<usize> = fences(page)
        .iter()
        .flat_map(|fence| fence.line..fence.line + fence.text.lines().count())
        .collect();
    let lines = page.lines().enumerate().filter(|(line, _)| !inside.contains(line));
    lines.map(|(_, text)| text.split('`').step_by(2).collect::<String>() + "\n").collect()
}

/// The anchors of a page's headings, as Git forges make them.
fn anchors(page: &str) -> BTreeSet<String> {
    let headings = page.lines().filter_map(|line| line.trim_start_matches('#').strip_prefix(' '));
    let kept = |c: &char| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ');
    headings
        .map(|text| text.to_lowercase().chars().filter(kept).collect::<String>().replace(' ', "-"))
        .collect()
}

#[test]
fn links_between_pages_lead_somewhere() {
    for path in PAGES {
        let text = prose(&page(path));
        for after in text.split("](").skip(1) {
            let target = after.split(')').next().unwrap();
            if target.contains("://") {
                continue;
            }
            let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
            let folder = repository(path).parent().unwrap().to_owned();
            let file = if file.is_empty() { repository(path) } else { folder.join(file) };
            assert!(file.exists(), "{path} links to `{target}`, which does not exist");
            if !anchor.is_empty() {
                let known = anchors(&prose(&fs::read_to_string(file).unwrap()));
                assert!(known.contains(anchor), "{path} links to `{target}`, an anchor to nothing");
            }
        }
    }
}

#[test]
fn the_readme_shows_an_error_as_it_is() {
    let (readme, authoring) = (page("README.md"), page("docs/authoring.md"));
    let shown = fences(&readme);
    let error = shown.iter().find(|fence| fence.text.starts_with("Fehler[")).unwrap();
    assert!(fences(&authoring).iter().any(|fence| fence.text == error.text), "{}", error.text);
}

#[test]
fn options_and_manifest_are_described() {
    let text = page("docs/publishing.md");
    let options = fs::read_to_string(repository("src/cli/args.rs")).unwrap();
    let fields = options.split("#[arg(long").skip(1);
    let names = fields.filter_map(|field| {
        let declared = field.lines().nth(1)?.trim().strip_prefix("pub(super) ")?;
        Some(format!("`--{}", declared.split(':').next()?.replace('_', "-")))
    });
    let absent: Vec<_> = names.filter(|name| !text.contains(name.as_str())).collect();
    assert!(absent.is_empty(), "docs/publishing.md does not describe {absent:?}");
    for line in fences(&text).iter().find(|fence| fence.info == ["json"]).unwrap().text.lines() {
        let name = line.split('"').nth(1).filter(|name| !name.contains('.'));
        assert!(name.is_none_or(|name| text.contains(&format!("| `{name}` |"))), "{line}");
    }
}
