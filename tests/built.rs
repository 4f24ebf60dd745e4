//! Sites built for a test, and what a reader finds on their pages.

use std::collections::BTreeMap;

use schaukasten::diag::{Code, Diagnostic, Severity};
use schaukasten::pipeline::{Build, Builder, Collected, Content, Moment, Options};
use schaukasten::source::embedded::{Embedded, Overlay};
use schaukasten::source::{Files, Memory};

/// A site and what came of it.
pub(crate) struct Built {
    /// What the build says of itself.
    pub(crate) build: Build,
    /// The outputs that are text, by route.
    pub(crate) texts: BTreeMap<String, String>,
    /// The outputs that are files, by route, with the path they come from.
    pub(crate) files: BTreeMap<String, String>,
}

/// Builds files, with the embedded theme below them, as on a day.
pub(crate) fn build(files: &dyn Files, day: &str) -> Built {
    let sink = Collected::default();
    let over = Overlay { top: files, bottom: &Embedded };
    let build = Builder::default().build(&over, &options(day), &sink);
    let (mut texts, mut copies) = (BTreeMap::new(), BTreeMap::new());
    for (route, content) in sink.finish().0 {
        match content {
            Content::Text(text) => drop(texts.insert(route.to_string(), text)),
            Content::File(path) => drop(copies.insert(route.to_string(), path.to_string())),
        }
    }
    Built { build, texts, files: copies }
}

/// What a build depends on beside the files, on a day.
pub(crate) fn options(day: &str) -> Options {
    Options { now: Moment::Local(day.to_owned()), preview: false, base_url: None }
}

/// A site in memory made of paths and texts.
pub(crate) fn memory(files: &[(&str, &str)]) -> Memory {
    let mut memory = Memory::default();
    files.iter().for_each(|(path, text)| memory.insert(path, *text));
    memory
}

impl Built {
    /// The HTML of a page.
    #[track_caller]
    pub(crate) fn page(&self, route: &str) -> &str {
        let known: Vec<&String> = self.texts.keys().collect();
        self.texts.get(route).unwrap_or_else(|| panic!("there is no {route}, but {known:#?}"))
    }

    /// Checks that a page holds each of some pieces of HTML.
    #[track_caller]
    pub(crate) fn holds(&self, route: &str, pieces: &[&str]) {
        let page = self.page(route);
        for piece in pieces {
            assert!(page.contains(piece), "{route} lacks `{piece}`:\n{page}");
        }
    }

    /// Checks that a page holds none of some pieces of HTML.
    #[track_caller]
    pub(crate) fn lacks(&self, route: &str, pieces: &[&str]) {
        let page = self.page(route);
        for piece in pieces {
            assert!(!page.contains(piece), "{route} holds `{piece}`:\n{page}");
        }
    }

    /// Checks that nothing is wrong.
    #[track_caller]
    pub(crate) fn is_sound(&self) {
        assert!(!self.build.has_errors(), "{:#?}", self.errors());
    }

    /// The errors.
    pub(crate) fn errors(&self) -> Vec<&Diagnostic> {
        let notes = self.build.diagnostics.iter();
        notes.filter(|note| note.severity == Severity::Error).collect()
    }

    /// The only error; it must have this code.
    #[track_caller]
    pub(crate) fn only_error(&self, code: Code) -> &Diagnostic {
        match self.errors()[..] {
            [only] => {
                assert_eq!(only.code, code, "{only:#?}");
                only
            }
            ref all => panic!("one error is expected: {all:#?}"),
        }
    }
}

/// The text that a reader sees of some HTML: no tags, every run of blanks one blank.
pub(crate) fn seen(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        // Words in two elements are two words.
        text.push(' ');
        rest = rest[at..].split_once('>').map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    for (entity, c) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&amp;", "&"),
    ] {
        text = text.replace(entity, c);
    }
    one_line(&text)
}

/// Text with every run of blanks, of whatever width, made one blank.
pub(crate) fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
