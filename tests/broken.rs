//! Damaged sites: whatever is done to the files, the program says what is wrong, points into the
//! files, and neither panics nor takes long.
//!
//! Damage is pseudo-random but the same in every run. `BROKEN_ROUNDS=5000 cargo test broken` does
//! more of it, `BROKEN_SEED` begins elsewhere; a failure names the seed that repeats it.

mod mutate;
mod sites;

use std::env;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use schaukasten::diag::text::{self, Style};
use schaukasten::diag::{Code, Diagnostic, Severity, Span, Tongue, machine};
use schaukasten::path::RelPath;
use schaukasten::pipeline::{Build, Builder, Moment, Nowhere, Options, text_of};
use schaukasten::source::embedded::{Embedded, Overlay};
use schaukasten::source::{Files, Memory};

use mutate::{Random, mutate};

/// One build may take so long, on a busy machine and without optimization.
const PATIENCE: Duration = Duration::from_secs(30);

/// Damages `site` in several ways, `rounds` times, and looks at what the program says of it.
fn damage(site: &Memory, rounds: u64, most: usize) {
    let number = |name: &str| env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let first = number("BROKEN_SEED").unwrap_or(0);
    let rounds = number("BROKEN_ROUNDS").unwrap_or(rounds);
    let mut builder = Builder::warm();
    for seed in first..first + rounds {
        let mut random = Random::new(seed);
        let mut files = site.clone();
        let count = 1 + random.below(most);
        let done: Vec<String> = (0..count).map(|_| mutate(&mut files, &mut random)).collect();
        let started = Instant::now();
        let found = catch_unwind(AssertUnwindSafe(|| look(&mut builder, &files)));
        let time = started.elapsed();
        let found = found.unwrap_or_else(|_| Err("the program panicked".to_owned()));
        let found = found.and_then(|()| match time > PATIENCE {
            true => Err(format!("the build took {time:?}")),
            false => Ok(()),
        });
        if let Err(problem) = found {
            panic!("BROKEN_SEED={seed} BROKEN_ROUNDS=1: {problem}\n{}", done.join("\n"));
        }
    }
}

/// Builds a site and checks what is said of it.
fn look(builder: &mut Builder, site: &Memory) -> Result<(), String> {
    let files = Overlay { top: site, bottom: &Embedded };
    let options = Options {
        now: Moment::Local("2026-03-01T12:00".to_owned()),
        preview: false,
        base_url: None,
    };
    let build = builder.build(&files, &options, &Nowhere);
    for note in &build.diagnostics {
        spans(&files, note)?;
    }
    print(&files, &build);
    let damaged = site.files.keys().any(|path| path.below("themes").is_some());
    let failure = build.diagnostics.iter().find(|note| note.code == Code::TemplateFailure);
    match failure.filter(|_| !damaged) {
        Some(note) => Err(format!("content alone made a template fail: {note:?}")),
        None => Ok(()),
    }
}

/// Every place must lie in its file; where it is cut, that is between two characters.
fn spans(files: &dyn Files, note: &Diagnostic) -> Result<(), String> {
    let labels = note.labels.iter().map(|label| &label.span);
    let fixes = note.help.iter().filter_map(|help| help.fix.as_ref()).map(|fix| &fix.span);
    for Span { path, range } in labels.chain(fixes) {
        let Some(text) = text_of(files, path) else { continue };
        let is_inside = range.start <= range.end && range.end <= text.len();
        if !is_inside || !text.is_char_boundary(range.start) || !text.is_char_boundary(range.end) {
            return Err(format!("{path:?} {range:?} of {}: {note:?}", text.len()));
        }
    }
    Ok(())
}

/// Renders all diagnostics in all formats and languages.
fn print(files: &dyn Files, build: &Build) {
    let texts = |path: &RelPath| text_of(files, path);
    for tongue in [Tongue::De, Tongue::En] {
        for color in [false, true] {
            text::render(&build.diagnostics, &texts, Style { tongue, color });
        }
        text::summary(&build.diagnostics, tongue);
        machine::json(&build.diagnostics, &texts, tongue);
        machine::github(&build.diagnostics, &texts, tongue);
        machine::gitlab(&build.diagnostics, &texts, tongue);
    }
}

/// The codes that a site gets as it is, advice aside.
fn codes(site: &Memory) -> Vec<Code> {
    let files = Overlay { top: site, bottom: &Embedded };
    let options = Options {
        now: Moment::Local("2026-03-01T12:00".to_owned()),
        preview: false,
        base_url: None,
    };
    let build = Builder::default().build(&files, &options, &Nowhere);
    let told = build.diagnostics.iter().filter(|note| note.severity != Severity::Hint);
    told.map(|note| note.code).collect()
}

#[test]
fn sites_are_whole_before_they_are_damaged() {
    for site in [sites::relations(), sites::schema(), sites::markdown()] {
        assert_eq!(codes(&site), []);
    }
}

#[test]
fn damaged_relations() {
    damage(&sites::relations(), 120, 8);
}

#[test]
fn damaged_schemas() {
    damage(&sites::schema(), 120, 6);
}

#[test]
fn damaged_markdown() {
    damage(&sites::markdown(), 120, 6);
}

#[test]
fn damaged_demo() {
    damage(&sites::demo(), 8, 60);
}
