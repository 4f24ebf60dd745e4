//! The program that cases run: the pipeline on files in memory, and what the command line prints.
//!
//! Each run is built twice, from nothing and by a builder that remembers the runs before it. Both
//! must say and make the same, so every case with an edit also tests what is kept between builds.

use std::collections::BTreeMap;

use schaukasten::diag::text::{self, Style};
use schaukasten::diag::{Severity, Tongue, machine};
use schaukasten::path::{RelPath, Route};
use schaukasten::pipeline::{Build, Builder, Collected, Content, Moment, Options, text_of};
use schaukasten::source::embedded::{Embedded, Overlay};
use schaukasten::source::{Files, Memory};

/// The moment of every run that names no other, in the site's zone.
const NOW: &str = "2026-11-21T12:00";

/// The bytes of outputs.
type Outputs = BTreeMap<Route, Vec<u8>>;

/// What comes of a run.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// Everything that is printed.
    pub(crate) printed: String,
    /// The outputs that are published; none if something is wrong.
    pub(crate) outputs: BTreeMap<String, Vec<u8>>,
    /// The pages that the builder with a memory rendered, in order.
    pub(crate) rendered: Vec<String>,
}

/// The program, with what it remembers of its earlier runs.
pub(crate) struct Program {
    /// The builder that remembers.
    warm: Builder,
    /// What that builder made so far.
    known: Outputs,
}

/// A command line.
struct Command {
    /// Whether it is `build`, which publishes.
    publishes: bool,
    /// What the build depends on beside the files.
    options: Options,
    /// Whether warnings keep it from publishing.
    strict: bool,
    /// The language of messages, if it is given.
    tongue: Option<Tongue>,
    /// How diagnostics are written.
    format: String,
}

impl Program {
    /// A program that has not run yet.
    pub(crate) fn new() -> Self {
        Self { warm: Builder::warm(), known: BTreeMap::new() }
    }

    /// Runs a command line on files that cover the embedded theme.
    pub(crate) fn run(&mut self, files: &Memory, line: &str) -> Result<Outcome, String> {
        let command = Command::parse(line)?;
        let files = Overlay { top: files, bottom: &Embedded };
        let sink = Collected::default();
        let build = Builder::default().build(&files, &command.options, &sink);
        let (made, _) = finish(sink, &files);
        let remembered = self.remember(&files, &command, &made)?;
        let same = [
            ("diagnostics", remembered.diagnostics == build.diagnostics),
            ("routes", remembered.routes == build.routes),
            ("next change", remembered.next_change == build.next_change),
            ("number of pages", remembered.pages == build.pages),
        ];
        if let Some((what, _)) = same.iter().find(|(_, same)| !same) {
            return Err(format!("`{line}`: a warm builder gives other {what}"));
        }
        let publishes = command.publishes && !command.fails(&build);
        let outputs = made.into_iter().filter(|_| publishes);
        Ok(Outcome {
            printed: command.print(&build, &files),
            outputs: outputs.map(|(route, bytes)| (route.to_string(), bytes)).collect(),
            rendered: remembered.rendered.iter().filter_map(page).collect(),
        })
    }

    /// Builds with the builder that remembers, and compares what it has made until now.
    fn remember(
        &mut self,
        files: &dyn Files,
        command: &Command,
        made: &Outputs,
    ) -> Result<Build, String> {
        let sink = Collected::default();
        let build = self.warm.build(files, &command.options, &sink);
        let (new, kept) = finish(sink, files);
        self.known.retain(|route, _| kept.contains(route));
        self.known.extend(new);
        let routes = made.keys().chain(self.known.keys());
        match routes.into_iter().find(|route| made.get(*route) != self.known.get(*route)) {
            Some(route) => Err(format!("a warm builder makes another `{route}`")),
            None => Ok(build),
        }
    }
}

impl Command {
    /// Reads a command line, which has no quotes.
    fn parse(line: &str) -> Result<Self, String> {
        let mut words = line.split_whitespace();
        let options =
            Options { now: Moment::Local(NOW.to_owned()), preview: false, base_url: None };
        let mut command = Self {
            publishes: words.next() == Some("build"),
            options,
            strict: false,
            tongue: None,
            format: "text".to_owned(),
        };
        while let Some(name) = words.next() {
            let mut value = || words.next().ok_or(format!("`{line}`: {name} of what?"));
            match name {
                "--preview" => command.options.preview = true,
                "--strict" => command.strict = true,
                "--now" => command.options.now = Moment::Local(value()?.to_owned()),
                "--base-url" => command.options.base_url = Some(value()?.to_owned()),
                "--lang" => command.tongue = Some(tongue(value()?)?),
                "--format" => value()?.clone_into(&mut command.format),
                _ => return Err(format!("`{line}`: unknown option `{name}`")),
            }
        }
        Ok(command)
    }

    /// Whether something keeps a build from being published.
    fn fails(&self, build: &Build) -> bool {
        let is_warning = |severity| severity == Severity::Warning;
        build.has_errors()
            || self.strict && build.diagnostics.iter().any(|note| is_warning(note.severity))
    }

    /// What the command line prints, but for its last line, which tells the time.
    fn print(&self, build: &Build, files: &dyn Files) -> String {
        let notes = &build.diagnostics;
        let tongue = self.tongue.unwrap_or(build.tongue);
        let texts = |path: &RelPath| text_of(files, path);
        match self.format.as_str() {
            "json" => machine::json(notes, &texts, tongue),
            "github" => machine::github(notes, &texts, tongue),
            "gitlab" => machine::gitlab(notes, &texts, tongue),
            _ => {
                let style = Style { tongue, color: false };
                text::render(notes, &texts, style) + &text::summary(notes, tongue)
            }
        }
    }
}

/// What a build made, in bytes, and the routes that it kept.
fn finish(sink: Collected, files: &dyn Files) -> (Outputs, Vec<Route>) {
    let (made, kept) = sink.finish();
    let bytes = |content| match content {
        Content::Text(text) => text.into_bytes(),
        Content::File(path) => files.read(&path).unwrap(),
    };
    (made.into_iter().map(|(route, content)| (route, bytes(content))).collect(), kept)
}

/// The language of messages that a word names.
fn tongue(word: &str) -> Result<Tongue, String> {
    match word {
        "de" => Ok(Tongue::De),
        "en" => Ok(Tongue::En),
        _ => Err(format!("messages are not written in `{word}`")),
    }
}

/// The folder of a page: `a/` for `a/index.html`, `/` for the home page; nothing for other outputs.
fn page(route: &Route) -> Option<String> {
    let route = route.to_string();
    let folder = route.strip_suffix("index.html")?;
    Some(if folder.is_empty() { "/".to_owned() } else { folder.to_owned() })
}
