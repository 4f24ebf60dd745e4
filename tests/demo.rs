//! The demo site through the years, and however it is read.
//!
//! A build may fail because of an edit, never because of the date: so the repository's own site is
//! looked at on every day of three years, and made anew whenever it says that it changes.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use rayon::prelude::*;

use schaukasten::diag::{Diagnostic, Severity};
use schaukasten::lang::zone::Now;
use schaukasten::path::{RelPath, Route};
use schaukasten::pipeline::{Build, Builder, Collected, Content, Moment, Options};
use schaukasten::resolve;
use schaukasten::site::{Site, World};
use schaukasten::source::disk::Disk;
use schaukasten::source::embedded::{Embedded, Overlay};
use schaukasten::source::{Files, Listing};

use crate::built::options;

/// The first day that is looked at.
const FIRST: Date = date(2026, 1, 1);

/// The day after the last.
const END: Date = date(2029, 1, 1);

/// The repository's own files.
pub(crate) fn disk() -> Disk {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    Disk::with_content(root.clone(), root.join("content"))
}

/// Does something with the files of the demo site, the embedded theme among them.
fn on_demo<T>(act: impl FnOnce(&dyn Files) -> T) -> T {
    let disk = disk();
    act(&Overlay { top: &disk, bottom: &Embedded })
}

/// The errors among diagnostics.
fn errors(notes: &[Diagnostic]) -> Vec<&Diagnostic> {
    notes.iter().filter(|note| note.severity == Severity::Error).collect()
}

/// A moment as builds take it.
fn at(instant: Timestamp) -> Options {
    Options { now: Moment::Instant(instant), preview: false, base_url: None }
}

/// A warm builder and what it has made.
#[derive(Default)]
struct Through {
    /// The outputs that are text.
    outputs: BTreeMap<Route, Content>,
}

impl Through {
    /// Builds as at a moment, and says whether any output is another than before.
    fn build(&mut self, builder: &mut Builder, files: &dyn Files, now: Timestamp) -> (Build, bool) {
        let sink = Collected::default();
        let build = builder.build(files, &at(now), &sink);
        let (mut outputs, kept) = sink.finish();
        for route in kept {
            let content = self.outputs.get(&route).expect("what is kept was made before").clone();
            outputs.insert(route, content);
        }
        let is_other = self.outputs != outputs;
        self.outputs = outputs;
        (build, is_other)
    }
}

/// The moments at which the demo site says that it changes, from the first day to the last.
///
/// At each of them what templates see, or what there is to say about the site, must really change,
/// and a second before it the output must still be as it was. Once in a while a theme shows nothing
/// of the change: a series whose last month has begun may be over, and then is over.
fn changes(files: &dyn Files, start: Timestamp, end: Timestamp) -> Vec<Timestamp> {
    let mut builder = Builder::warm();
    let mut through = Through::default();
    let (mut build, _) = through.build(&mut builder, files, start);
    let mut changes = Vec::new();
    let (mut now, mut invisible) = (start, 0);
    loop {
        assert!(errors(&build.diagnostics).is_empty(), "at {now}: {:#?}", build.diagnostics);
        let Some(text) = &build.next_change else { return changes };
        let next: Timestamp = text.parse().unwrap();
        assert!(next > now, "the next change after {now} is said to be {next}");
        if next >= end {
            return changes;
        }
        let before = next - jiff::SignedDuration::from_secs(1);
        let (still, is_other) = through.build(&mut builder, files, before);
        assert!(!is_other, "the output changes between {now} and {before} already");
        assert_eq!(still.diagnostics, build.diagnostics);
        assert_eq!(still.next_change, build.next_change);
        let (then, is_other) = through.build(&mut builder, files, next);
        let is_seen = then.rendered.iter().any(|route| route.as_str().ends_with(".html"));
        assert!(is_seen || then.diagnostics != build.diagnostics, "nothing changes at {next}");
        changes.push(next);
        invisible += usize::from(is_seen && !is_other);
        assert!(invisible <= 2, "no reader sees what changes at {next}");
        (build, now) = (then, next);
    }
}

/// All that the time decides about a site.
fn state(site: &Site) -> String {
    let places = site.places.iter().map(|(id, place)| {
        format!("{id} {:?} {:?} {:?}", place.state, place.timing, place.featured)
    });
    places.collect::<Vec<_>>().join("\n")
}

#[test]
fn every_day_of_three_years_is_sound() {
    let mut notes = Vec::new();
    let model = on_demo(|files| Builder::default().model(&mut notes, files));
    assert!(errors(&notes).is_empty(), "{notes:#?}");
    let zone = model.settings.zone.clone();
    let instant = |day: Date| zone.instant(day.at(0, 0, 0, 0));
    let changes = on_demo(|files| changes(files, instant(FIRST), instant(END)));
    assert!(changes.len() > 10, "the demo site has events to come: {changes:?}");
    let days: Vec<Date> =
        FIRST.series(jiff::ToSpan::days(1)).take_while(|day| *day < END).collect();
    let looked: Vec<(Timestamp, String)> = days
        .par_iter()
        .map(|day| {
            let now = Now { instant: instant(*day), zone: zone.clone() };
            let base_url = model.settings.base_url.clone();
            let mut notes = Vec::new();
            let world = World { now, preview: false, base_url };
            let site = resolve::resolve(&mut notes, model.clone(), world);
            assert!(errors(&notes).is_empty(), "on {day}: {notes:#?}");
            let next = changes.iter().find(|change| **change > instant(*day));
            assert_eq!(
                site.next_change.filter(|next| *next < instant(END)).as_ref(),
                next,
                "{day}"
            );
            (instant(*day), state(&site))
        })
        .collect();
    for pair in looked.windows(2) {
        let ((today, state), (tomorrow, next_state)) = (&pair[0], &pair[1]);
        let changes = changes.iter().any(|change| today < change && change <= tomorrow);
        assert!(changes || state == next_state, "something changes unsaid after {today}");
    }
}

/// Files that are listed in another order than they should be.
struct Shuffled<'a>(&'a dyn Files);

impl Files for Shuffled<'_> {
    fn list(&self, folder: &str) -> Listing {
        let mut listing = self.0.list(folder);
        Arc::make_mut(&mut listing.files).sort_by_key(schaukasten::print::Fingerprint::of);
        listing
    }

    fn read(&self, path: &RelPath) -> std::io::Result<Vec<u8>> {
        self.0.read(path)
    }

    fn size(&self, path: &RelPath) -> std::io::Result<u64> {
        self.0.size(path)
    }

    fn open(&self, path: &RelPath) -> std::io::Result<Box<dyn std::io::Read + '_>> {
        self.0.open(path)
    }
}

/// All that a clean build makes and says.
fn made(files: &dyn Files) -> (BTreeMap<Route, Content>, Vec<Diagnostic>, Vec<Route>) {
    let sink = Collected::default();
    let build = Builder::default().build(files, &options("2026-11-20"), &sink);
    (sink.finish().0, build.diagnostics, build.routes)
}

#[test]
fn the_order_of_files_does_not_matter() {
    let (plain, shuffled) = on_demo(|files| (made(files), made(&Shuffled(files))));
    assert_eq!(plain.1, shuffled.1);
    assert!(plain == shuffled, "the outputs differ");
}

#[test]
fn the_number_of_threads_does_not_matter() {
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| on_demo(made))
    };
    let (one, several) = (with(1), with(4));
    assert_eq!(one.1, several.1);
    assert!(one == several, "the outputs differ");
}
