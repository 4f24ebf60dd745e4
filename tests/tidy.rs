//! Rules about the source text that no compiler checks: the layers point down, the world is touched
//! at its two ends only, and files stay short enough to be read.

use std::fs;
use std::path::Path;

/// From the bottom up: a module may use those before it, never those after it.
const LAYERS: &[&str] = &[
    "path", "print", "diag", "lang", "source", "parse", "model", "site", "resolve", "render",
    "write", "pipeline", "serve", "cli",
];

/// So many lines may a file have, tests not counted.
const MAX_LINES: usize = 400;

/// What may lie at the top level, besides dotfiles and what Git ignores.
const TOP_LEVEL: &[&str] = &[
    "Cargo.lock",
    "Cargo.toml",
    "README.md",
    "content",
    "docs",
    "netlify.toml",
    "src",
    "tests",
    "themes",
];

/// A source file.
struct Module {
    /// Its path below `src`, without the ending: `parse/toml`.
    name: String,
    /// The whole text.
    text: String,
}

impl Module {
    /// The module of the top level that it belongs to.
    fn layer(&self) -> &str {
        self.name.split('/').next().unwrap_or(&self.name)
    }

    /// Whether it is `name` or lies below it.
    fn is_in(&self, name: &str) -> bool {
        self.name.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// The lines of its code, numbered: no tests, which stand last, and no comments.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = (1..).zip(self.text.lines());
        let code = lines.take_while(|(_, line)| *line != "#[cfg(test)]");
        code.filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// The modules below it that hold nothing but tests.
    fn tests(&self) -> Vec<String> {
        let parts = self.text.split("#[cfg(test)]\n").skip(1);
        let declared = |part: &str| {
            let line = part.lines().find(|line| !line.starts_with("#["))?;
            Some(format!("{}/{}", self.name, line.strip_prefix("mod ")?.strip_suffix(';')?))
        };
        parts.filter_map(declared).collect()
    }

    /// The numbers of the lines of code that name one of `words`.
    fn naming(&self, words: &[&str]) -> Vec<String> {
        let found = self.code().filter(|(_, line)| words.iter().any(|word| names(line, word)));
        found
            .map(|(number, line)| format!("src/{}.rs:{number}: {}", self.name, line.trim()))
            .collect()
    }
}

/// Whether `line` contains `word`, and not as the end of a longer name.
fn names(line: &str, word: &str) -> bool {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        let whole = word.ends_with(|c| !is_name(c)) || !after.is_some_and(is_name);
        whole && (word.starts_with(|c| !is_name(c)) || !before.is_some_and(is_name))
    })
}

/// All source files.
fn modules() -> Vec<Module> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = walkdir::WalkDir::new(&src).sort_by_file_name().into_iter();
    let paths = files.map(|entry| entry.unwrap().into_path());
    let rust = paths.filter(|path| path.extension().is_some_and(|end| end == "rs"));
    let all: Vec<Module> = rust
        .map(|path| {
            let name = path.strip_prefix(&src).unwrap().with_extension("");
            let name = name.to_str().unwrap().replace('\\', "/");
            Module { name, text: fs::read_to_string(&path).unwrap() }
        })
        .collect();
    let tests: Vec<String> = all.iter().flat_map(Module::tests).collect();
    all.into_iter().filter(|module| !tests.contains(&module.name)).collect()
}

/// Fails if a module other than `allowed` names one of `words`.
fn check(words: &[&str], allowed: &[&str]) {
    let others = |module: &Module| !allowed.iter().any(|name| module.is_in(name));
    let modules = modules().into_iter().filter(others);
    let found: Vec<_> = modules.flat_map(|module| module.naming(words)).collect();
    assert!(found.is_empty(), "only {allowed:?} may do this:\n{}", found.join("\n"));
}

#[test]
fn layers_point_down() {
    let mut found = Vec::new();
    for module in modules().iter().filter(|module| !matches!(module.layer(), "lib" | "main")) {
        let height = LAYERS.iter().position(|layer| *layer == module.layer());
        let height = height.unwrap_or_else(|| panic!("`{}` stands in no layer", module.name));
        let above = &LAYERS[height + 1..];
        let above: Vec<_> = above.iter().map(|layer| format!("crate::{layer}")).collect();
        found.extend(module.naming(&above.iter().map(String::as_str).collect::<Vec<_>>()));
        // Neither may a layer be reached by a way that the lines above do not see.
        found.extend(module.naming(&["crate::{", "super::super::"]));
        if !module.name.contains('/') {
            found.extend(module.naming(&["super::"]));
        }
    }
    assert!(found.is_empty(), "these lines use a layer above them:\n{}", found.join("\n"));
}

#[test]
fn disk_is_touched_in_two_places() {
    // Whoever watches files has to look at them, though never into them.
    let allowed = ["source/disk", "source/watch", "write"];
    check(&["fs::", "std::fs", "File::", "walkdir", "WalkDir"], &allowed);
}

#[test]
fn only_cli_prints() {
    let words = [
        "print!(",
        "println!(",
        "eprint!(",
        "eprintln!(",
        "dbg!(",
        "stdout()",
        "stderr()",
        "indicatif",
    ];
    check(&words, &["cli"]);
}

#[test]
fn only_cli_knows_clock_and_environment() {
    let words = [
        "SystemTime",
        "Timestamp::now",
        "Zoned::now",
        "TimeZone::system",
        "TimeZone::try_system",
        "std::env",
        "env::var",
        "env::args",
        "env::current_dir",
    ];
    check(&words, &["cli"]);
    // Waiting needs a clock, but one that tells nobody what time it is.
    check(&["Instant::now"], &["cli", "source/watch"]);
}

#[test]
fn nothing_is_unwrapped_or_allowed() {
    check(&[".unwrap()", "#[allow(", "#![allow("], &[]);
}

#[test]
fn files_are_short() {
    for module in modules() {
        let text = module.text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let lines = text.lines().count();
        assert!(lines <= MAX_LINES, "src/{}.rs has {lines} lines", module.name);
    }
}

#[test]
fn every_module_says_what_it_is() {
    for module in modules() {
        assert!(module.text.starts_with("//! "), "src/{}.rs begins without `//!`", module.name);
    }
}

#[test]
fn the_top_level_is_closed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let ignored = fs::read_to_string(root.join(".gitignore")).unwrap();
    let ignored: Vec<_> = ignored.lines().map(|line| line.trim_matches('/')).collect();
    for entry in fs::read_dir(root).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let known = TOP_LEVEL.contains(&name.as_str()) || ignored.contains(&name.as_str());
        assert!(known || name.starts_with('.'), "`{name}` does not belong at the top level");
    }
}

#[test]
fn names_are_found_whole() {
    for (line, word, expected) in [
        ("use std::fs;", "std::fs", true),
        ("fs::read(path)", "fs::", true),
        ("offs::read(path)", "fs::", false),
        ("crate::pathology", "crate::path", false),
        ("crate::path::RelPath", "crate::path", true),
        ("eprintln!(\"x\")", "println!(", false),
        ("x.unwrap()", ".unwrap()", true),
        ("x.unwrap_or(1)", ".unwrap()", false),
    ] {
        assert_eq!(names(line, word), expected, "{line}");
    }
}
