//! The oracle: after any series of edits a warm builder makes what a clean one makes, byte for
//! byte, and says the same.
//!
//! It protects the law that output is a function of the files, the options and the clock: that
//! every query a render puts to the site is noted, that fingerprints see all that can be seen, and
//! that nothing reaches a page by another way. If a render forgot to note that it used a template,
//! say, this would fail within a few edits. [`precision`] protects the opposite: that only what
//! would come out differently is made again.

pub(crate) mod dice;
mod draw;
pub(crate) mod edits;
mod precision;
mod settings;
mod short;
pub(crate) mod site;
pub(crate) mod theme;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};

use schaukasten::diag::Diagnostic;
use schaukasten::path::Route;
use schaukasten::pipeline::{Build, Builder, Collected, Content, Options, Placed, demand};
use schaukasten::render::page::Made;
use schaukasten::source::Files;
use schaukasten::source::embedded::{Embedded, Overlay};

use dice::Dice;
use site::Site;

/// The bytes of every output.
pub(crate) type Outputs = BTreeMap<Route, Vec<u8>>;

/// A builder that has built before, and what lies in its output folder.
struct Warm {
    /// The builder.
    builder: Builder,
    /// What it has made so far and not taken back.
    outputs: Outputs,
    /// How many outputs it was spared in all.
    kept: usize,
    /// What somebody would see who looks before all is made.
    shown: Outputs,
    /// The name of the state that was placed last.
    state: String,
    /// When its work is broken off.
    dice: Dice,
    /// How often it was.
    broken_off: usize,
    /// How often a site was made the short way.
    short: usize,
}

impl Warm {
    /// A builder that has built nothing yet.
    fn new() -> Self {
        Self {
            builder: Builder::warm(),
            outputs: Outputs::new(),
            kept: 0,
            shown: Outputs::new(),
            state: String::new(),
            dice: Dice::new(1),
            broken_off: 0,
            short: 0,
        }
    }

    /// Builds a site again.
    fn build(&mut self, site: &Site) -> Build {
        on(site, |files| self.build_files(files, &site.options()))
    }

    /// Builds again: what is new replaces what was, what is the same stays, the rest goes.
    fn build_files(&mut self, files: &dyn Files, options: &Options) -> Build {
        let sink = Collected::default();
        let placed = self.builder.place(files, options);
        self.short += usize::from(placed.is_short());
        self.shown = on_demand(files, &placed);
        self.state = placed.state.to_string();
        let build = loop {
            if let Some(build) = self.go_on(&placed, &sink) {
                break build;
            }
            self.broken_off += 1;
        };
        let (made, kept) = sink.finish();
        let mut outputs = bytes(files, made);
        // Whoever is broken off and goes on keeps a thing twice, or what was made just before.
        let kept: BTreeSet<Route> =
            kept.into_iter().filter(|route| !outputs.contains_key(route)).collect();
        self.kept += kept.len();
        for route in kept {
            let old = self.outputs.remove(&route);
            outputs.insert(route, old.expect("what is kept was made before"));
        }
        self.outputs = outputs;
        build
    }

    /// Does the rest of the work, or a part of it.
    fn go_on(&mut self, placed: &Placed, sink: &Collected) -> Option<Build> {
        let patience = if self.dice.one_in(2) { usize::MAX } else { self.dice.below(300) };
        let asked = AtomicUsize::new(0);
        let is_over = || asked.fetch_add(1, Ordering::Relaxed) >= patience;
        let checked = self.builder.check(placed, &is_over)?;
        assert!(checked.other().is_none(), "the short way led astray");
        self.builder.finish(&checked, sink, &is_over)
    }

    /// Only looks at a site, and does a part of the rest at most: somebody saves again already.
    fn glance(&mut self, site: &Site) {
        on(site, |files| {
            let placed = self.builder.place(files, &site.options());
            if self.dice.one_in(2) {
                // What it makes is seen by nobody: all that comes of it is known to be made.
                let sink = Collected::default();
                let _ = self.go_on(&placed, &sink);
                let (made, _) = sink.finish();
                self.outputs.extend(bytes(files, made));
            }
        });
    }
}

/// All outputs of a site that can be made, each by itself.
fn on_demand(files: &dyn Files, placed: &Placed) -> Outputs {
    let routes = placed.round.site.outputs.keys();
    let made = routes.filter_map(|route| {
        let made = match demand::make(&placed.round, route)?.ok()? {
            Made::Text(text) => text,
            Made::Copy(path) => files.read(&path).unwrap(),
        };
        Some((route.clone(), made))
    });
    made.collect()
}

/// The bytes of what a build made.
pub(crate) fn bytes(files: &dyn Files, made: BTreeMap<Route, Content>) -> Outputs {
    let bytes = |content| match content {
        Content::Text(text) => text.into_bytes(),
        Content::File(path) => files.read(&path).unwrap(),
    };
    made.into_iter().map(|(route, content)| (route, bytes(content))).collect()
}

/// What a builder without a past makes of a site.
fn clean(site: &Site) -> (Build, Outputs) {
    on(site, |files| {
        let sink = Collected::default();
        let build = Builder::default().build(files, &site.options(), &sink);
        (build, bytes(files, sink.finish().0))
    })
}

/// Does something with the files of a site, and the embedded theme below them if it extends that.
fn on<T>(site: &Site, act: impl FnOnce(&dyn Files) -> T) -> T {
    let memory = site.memory();
    match site.theme.is_child() {
        true => act(&Overlay { top: &memory, bottom: &Embedded }),
        false => act(&memory),
    }
}

/// How two builds differ, in a few lines; nothing if they do not.
fn difference(warm: (&Build, &Outputs), clean: (&Build, &Outputs)) -> Option<String> {
    let mut out = String::new();
    let (warm_build, clean_build) = (warm.0, clean.0);
    for (name, these, those) in [
        ("only the warm builder", &warm_build.diagnostics, &clean_build.diagnostics),
        ("only the clean builder", &clean_build.diagnostics, &warm_build.diagnostics),
    ] {
        for note in these.iter().filter(|note| !those.contains(note)) {
            let _ = writeln!(out, "{name} says {}", in_short(note));
        }
    }
    if out.is_empty() && warm_build.diagnostics != clean_build.diagnostics {
        out.push_str("the diagnostics come in another order\n");
    }
    for route in warm.1.keys().filter(|route| !clean.1.contains_key(*route)) {
        let _ = writeln!(out, "only the warm builder has {route}");
    }
    for (route, wanted) in clean.1 {
        match warm.1.get(route) {
            None => {
                let _ = writeln!(out, "only the clean builder has {route}");
            }
            Some(found) if found != wanted => {
                let _ = writeln!(out, "{route} differs: {}", first_difference(found, wanted));
            }
            Some(_) => {}
        }
    }
    let rest = |build: &Build| {
        (build.routes.clone(), build.pages, build.next_change.clone(), build.tongue)
    };
    if rest(warm_build) != rest(clean_build) {
        out.push_str("routes, number of pages, next change or language of messages differ\n");
    }
    (!out.is_empty()).then_some(out)
}

/// A diagnostic in one line.
pub(crate) fn in_short(note: &Diagnostic) -> String {
    format!("{}: {} at {:?} {:?}", note.code.as_str(), note.message.en, note.place(), note.notes)
}

/// The surroundings of the first byte in which two outputs differ.
pub(crate) fn first_difference(found: &[u8], wanted: &[u8]) -> String {
    let at = found.iter().zip(wanted).take_while(|(a, b)| a == b).count();
    let part = |bytes: &[u8]| {
        let near = &bytes[at.saturating_sub(60)..(at + 120).min(bytes.len())];
        String::from_utf8_lossy(near).into_owned()
    };
    format!("\n  warm:  …{}…\n  clean: …{}…", part(found), part(wanted))
}

/// What came of a series of edits.
#[derive(Default)]
struct Tally {
    /// The builds in which the warm builder made pages anew.
    with_work: usize,
    /// The builds without errors.
    without_errors: usize,
    /// The outputs compared in all.
    compared: usize,
    /// The outputs that the warm builder was spared.
    kept: usize,
    /// How often the warm builder's work was broken off.
    broken_off: usize,
    /// How often a site was made the short way.
    short: usize,
    /// The edits.
    edits: usize,
}

/// Makes rounds of edits, and compares after each.
fn play(mut site: Site, seed: u64, rounds: usize) -> Tally {
    let mut dice = Dice::new(seed);
    let mut warm = Warm::new();
    let mut tally = Tally::default();
    let mut history: Vec<String> = Vec::new();
    let mut states: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut sound = site.clone();
    for round in 0..rounds {
        if dice.one_in(3) {
            site = sound.clone();
            history.push(format!("{round}: all as it was when it was sound"));
        } else if dice.one_in(2) {
            site.mend();
            history.push(format!("{round}: faults mended"));
        }
        for _ in 0..dice.below(4) {
            let what = edits::edit(&mut site, &mut dice);
            history.push(format!("{round}: {what}"));
            match dice.one_in(2) {
                true => warm.glance(&site),
                false => drop(warm.build(&site)),
            }
        }
        let what = edits::edit(&mut site, &mut dice);
        history.push(format!("{round}: {what}"));
        let build = warm.build(&site);
        let (clean_build, outputs) = clean(&site);
        let said: Vec<String> = clean_build.diagnostics.iter().map(in_short).collect();
        let known = states
            .entry(format!("{} {:?}", warm.state, site.options().now))
            .or_insert_with(|| said.clone());
        assert_eq!(*known, said, "seed {seed}: one state, two things to say: {history:#?}");
        if let Some(found) = difference((&build, &warm.outputs), (&clean_build, &outputs)) {
            let last = history.len().saturating_sub(6);
            panic!("seed {seed}, after the edits {:#?}\n{found}", &history[last..]);
        }
        if let Some(found) = difference((&build, &warm.shown), (&clean_build, &outputs)) {
            let last = history.len().saturating_sub(6);
            panic!("seed {seed}, on demand, after the edits {:#?}\n{found}", &history[last..]);
        }
        if !build.has_errors() {
            sound = site.clone();
        }
        tally.with_work += usize::from(build.rendered.len() > 3);
        tally.without_errors += usize::from(!build.has_errors());
        tally.compared += outputs.len();
    }
    tally.kept = warm.kept;
    tally.broken_off = warm.broken_off;
    tally.short = warm.short;
    tally.edits = history.len();
    tally
}

/// How often the oracle plays: `ROUNDS=5000 cargo test incremental` for a thorough run.
pub(crate) fn rounds(usual: usize) -> usize {
    std::env::var("ROUNDS").ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// The seed of the dice: `SEED=7 cargo test incremental` for another series.
pub(crate) fn seed() -> u64 {
    std::env::var("SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(1)
}

/// Fails if a series of edits was not worth its name.
fn is_worth(tally: &Tally) {
    assert!(tally.with_work > 0, "no edit made a page anew");
    assert!(tally.without_errors > 0, "no site of the series could be published");
    assert!(tally.kept > 0, "the warm builder was spared nothing");
    assert!(tally.short > 0, "no site was made the short way");
    assert!(tally.broken_off > 0, "nobody broke off any work");
    assert!(tally.compared > tally.edits, "hardly anything was compared");
}

#[test]
fn the_start_is_sound() {
    let (build, _) = clean(&site::start());
    let said: Vec<String> = build.diagnostics.iter().map(in_short).collect();
    assert!(!build.has_errors(), "{said:#?}");
}

#[test]
fn warm_equals_clean() {
    is_worth(&play(site::start(), seed(), rounds(200)));
}

#[test]
fn warm_equals_clean_with_filters() {
    is_worth(&play(site::with_filters(), seed() + 1, rounds(200)));
}

#[test]
fn warm_equals_clean_in_the_embedded_theme() {
    let site = Site { theme: theme::Theme::child(), ..site::with_filters() };
    is_worth(&play(site, seed(), rounds(40)));
}
