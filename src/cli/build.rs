//! `build` and `check`.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use super::args::{BuildArgs, CheckArgs, Common, Format};
use super::{FINE, MISUSED, WRONG, report, usage};
use crate::diag::{Code, Diagnostic, Severity, Tongue};
use crate::lang::{Lang, number};
use crate::model::layout::CONTENT;
use crate::path::{RelPath, Route};
use crate::pipeline::{Build, Builder, Nowhere, Options, Sink};
use crate::source::Files;
use crate::source::disk::Disk;
use crate::source::embedded::{Embedded, Overlay};
use crate::words;
use crate::write::{Failure, Published, Stage, StageOptions};

/// Runs `schaukasten build`.
pub(super) fn build(args: &BuildArgs) -> u8 {
    let started = Instant::now();
    let common = &args.common;
    let Some(options) = usage::options(common) else { return MISUSED };
    let root = root(&common.content);
    let disk = Disk::with_content(root.clone(), common.content.clone());
    let files = Overlay { top: &disk, bottom: &Embedded };
    let output = args.output.clone().unwrap_or_else(|| beside(&common.content, "public"));
    let sources = vec![common.content.clone(), root.join("themes")];
    let stage = Stage::open(&output, &StageOptions { root, sources, swap: args.swap });
    let (mut build, published) = match stage {
        Ok(stage) => publish(args, (&files, &options), stage),
        Err(refusal) => {
            let mut build = Builder::default().build(&files, &options, &Nowhere);
            build.diagnostics.insert(0, refusal.diagnostic());
            (build, None)
        }
    };
    say_if_absent(&mut build, common, &files);
    let tongue = report::tongue(common, build.tongue);
    report::diagnostics(args.verdict.format, &files, &build.diagnostics, tongue);
    match published {
        Some(published) => {
            let line = written(&build, &published, (&output, started.elapsed()), tongue);
            report::last_line(args.verdict.format, &line);
            FINE
        }
        None => {
            report::last_line(args.verdict.format, &not_written(&build, &output, tongue));
            WRONG
        }
    }
}

/// Builds into a stage, and publishes if nothing is wrong.
fn publish(
    args: &BuildArgs,
    (files, options): (&dyn Files, &Options),
    stage: Stage,
) -> (Build, Option<Published>) {
    let sink =
        Staging { files, stage: &stage, failures: Mutex::default(), bar: bar(args.verdict.format) };
    let mut build = Builder::default().build(files, options, &sink);
    sink.bar.finish_and_clear();
    let mut failures = sink.failures.into_inner().unwrap_or_else(PoisonError::into_inner);
    failures.sort_by_key(|failure| failure.words().en);
    failures.truncate(1);
    build.diagnostics.extend(failures.iter().map(Failure::diagnostic));
    if fails(&build.diagnostics, (args.verdict.strict, false)) {
        return (build, None);
    }
    match stage.commit(build.next_change.as_deref()) {
        Ok(published) => (build, Some(published)),
        Err(failure) => {
            build.diagnostics.push(failure.diagnostic());
            (build, None)
        }
    }
}

/// Runs `schaukasten check`.
pub(super) fn check(args: &CheckArgs) -> u8 {
    let started = Instant::now();
    let common = &args.common;
    let Some(options) = usage::options(common) else { return MISUSED };
    let disk = Disk::with_content(root(&common.content), common.content.clone());
    let files = Overlay { top: &disk, bottom: &Embedded };
    let mut build = Builder::default().build(&files, &options, &Nowhere);
    let is_absent = say_if_absent(&mut build, common, &files);
    let tongue = report::tongue(common, build.tongue);
    report::diagnostics(args.verdict.format, &files, &build.diagnostics, tongue);
    if is_absent {
        report::last_line(
            args.verdict.format,
            words!("nichts geprüft", "nothing checked").get(tongue),
        );
        return WRONG;
    }
    let (pages, time) = (pages(build.pages, tongue), seconds(started.elapsed(), tongue));
    let is_wrong = fails(&build.diagnostics, (args.verdict.strict, args.overdue));
    let line = if is_wrong && !fails(&build.diagnostics, (args.verdict.strict, false)) {
        words!(
            "{pages} in {time} geprüft: etwas ist überfällig",
            "checked {pages} in {time}: something is overdue"
        )
    } else if is_wrong {
        words!(
            "{pages} in {time} geprüft: so lässt sich das nicht veröffentlichen",
            "checked {pages} in {time}: this cannot be published"
        )
    } else {
        words!(
            "{pages} in {time} geprüft: bereit zum Veröffentlichen",
            "checked {pages} in {time}: ready to publish"
        )
    };
    report::last_line(args.verdict.format, line.get(tongue));
    if is_wrong { WRONG } else { FINE }
}

/// Says in place of all else that there is no site, if there is none: what is missing in it is of no
/// use to somebody who is in the wrong folder. Returns whether there is none.
fn say_if_absent(build: &mut Build, common: &Common, files: &dyn Files) -> bool {
    let is_missing = build.diagnostics.iter().any(|note| note.code == Code::SiteMissing);
    if !is_missing || !files.list(CONTENT).files.is_empty() {
        return false;
    }
    let content = common.content.display();
    let message = words!("in `{content}` liegt keine Website", "there is no site in `{content}`");
    build.diagnostics.retain(|note| note.place().is_none());
    build.diagnostics.push(Diagnostic::without_place(Code::SiteMissing, message).help(words!(
        "rufen Sie das Programm im Ordner der Website auf, oder nennen Sie den Ordner der Inhalte mit `--content`",
        "run the program in the site's folder, or name the folder of the content with `--content`"
    )));
    true
}

/// Whether diagnostics make the command fail: errors always, warnings and what is overdue if asked.
fn fails(notes: &[Diagnostic], (strict, overdue): (bool, bool)) -> bool {
    notes.iter().any(|note| match note.severity {
        Severity::Error => true,
        Severity::Warning => strict,
        Severity::Overdue => overdue,
        Severity::Hint => false,
    })
}

/// The site's root: the folder that the content lies in.
pub(super) fn root(content: &Path) -> PathBuf {
    match content.parent() {
        Some(parent) if parent.as_os_str().is_empty() => PathBuf::from("."),
        Some(parent) => parent.to_path_buf(),
        None => PathBuf::from("."),
    }
}

/// A folder beside the content, written as people do: without a `./` before it.
fn beside(content: &Path, name: &str) -> PathBuf {
    content.parent().map_or_else(|| PathBuf::from(name), |parent| parent.join(name))
}

/// Writes outputs to a stage, and counts them where somebody watches.
struct Staging<'a> {
    /// The files, for what is copied.
    files: &'a dyn Files,
    /// The stage.
    stage: &'a Stage,
    /// What could not be written.
    failures: Mutex<Vec<Failure>>,
    /// The progress shown.
    bar: ProgressBar,
}

impl Staging<'_> {
    /// Takes note of an output that is done, or of why it is not.
    fn note(&self, result: Result<(), Failure>) {
        self.bar.inc(1);
        if let Err(failure) = result {
            self.failures.lock().unwrap_or_else(PoisonError::into_inner).push(failure);
        }
    }
}

impl Sink for Staging<'_> {
    fn put(&self, route: &Route, text: &[u8]) {
        self.note(self.stage.put(route, text));
    }

    fn copy(&self, route: &Route, from: &RelPath) {
        let copied = match self.files.open(from) {
            Ok(mut stream) => self.stage.copy(route, &mut stream),
            Err(error) => Err(Failure::Unread { route: route.clone(), words: error.to_string() }),
        };
        self.note(copied);
    }

    fn keep(&self, _: &Route) {}
}

/// Progress on a terminal; nothing elsewhere.
fn bar(format: Format) -> ProgressBar {
    if format != Format::Text {
        return ProgressBar::hidden();
    }
    // `indicatif` draws on the standard error, and only if that is a terminal.
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {pos}") {
        bar.set_style(style);
    }
    bar
}

/// A number of pages.
pub(super) fn pages(count: usize, tongue: Tongue) -> String {
    let words = match count {
        1 => words!("1 Seite", "1 page"),
        _ => words!("{count} Seiten", "{count} pages"),
    };
    words.get(tongue).to_owned()
}

/// A duration in seconds.
fn seconds(time: Duration, tongue: Tongue) -> String {
    let lang = match tongue {
        Tongue::De => Lang::parse("de"),
        Tongue::En => Lang::parse("en"),
    };
    let seconds = (time.as_secs_f64() * 100.0).round() / 100.0;
    lang.map_or_else(String::new, |lang| format!("{}\u{a0}s", number::decimal(seconds, &lang)))
}

/// The last line of a build that was published.
fn written(
    build: &Build,
    published: &Published,
    (output, time): (&Path, Duration),
    tongue: Tongue,
) -> String {
    let (pages, time) = (pages(build.pages, tongue), seconds(time, tongue));
    let place = output.display();
    let (new, changed, removed) = (published.new, published.changed, published.removed);
    let line = words!(
        "{pages} in {time} nach `{place}` veröffentlicht (Dateien: {new} neu, {changed} geändert, {removed} entfernt)",
        "published {pages} in {time} to `{place}` (files: {new} new, {changed} changed, {removed} removed)"
    );
    line.get(tongue).to_owned()
}

/// The last line of a build that was not published.
fn not_written(build: &Build, output: &Path, tongue: Tongue) -> String {
    let place = output.display();
    let line = if build.has_errors() {
        words!(
            "nichts veröffentlicht; `{place}` ist unverändert",
            "nothing published; `{place}` is as it was"
        )
    } else {
        words!(
            "nichts veröffentlicht, denn `--strict` lässt keine Warnung zu; `{place}` ist unverändert",
            "nothing published, because `--strict` allows no warning; `{place}` is as it was"
        )
    };
    line.get(tongue).to_owned()
}
