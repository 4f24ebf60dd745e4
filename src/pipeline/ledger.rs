//! What bodies and outputs rest on, in numbers.
//!
//! Thousands of pages ask the same questions. Each question stands here once, with the answer's
//! fingerprint of the last time; a page has the numbers of its questions. After an edit every
//! question is asked once, and what rests on an answer that differs is stale. An item is as the last
//! site would have it, or it is stale: so work may be broken off at any point, and taken up for
//! another site.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::questions::{Number, Questions};
use crate::lang::Lang;
use crate::model::entry::EntryId;
use crate::path::Route;
use crate::print::Fingerprint;
use crate::render::body::BodyKey;
use crate::render::track::Reads;
use crate::site::query::Query;
use crate::site::{Output, Site};

/// So many questions are asked before there is time to break off.
const PORTION: usize = 64;

/// So many questions may be kept that nobody asks any more, beside as many as are asked.
const SPARE: usize = 10_000;

/// The numbers of questions, sorted.
type Numbers = Box<[Number]>;

/// What everything rests on.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    /// All questions with the fingerprint of the last answer.
    questions: Questions,
    /// The bodies that were filled.
    bodies: FxHashMap<(EntryId, Lang), BodyItem>,
    /// The outputs that were made.
    outputs: FxHashMap<Route, OutputItem>,
}

/// A body that was filled.
#[derive(Debug)]
struct BodyItem {
    /// What went into it by value.
    key: BodyKey,
    /// The fingerprint of what came of it.
    print: Fingerprint,
    /// What it rests on.
    reads: Numbers,
    /// Whether it may differ now.
    is_stale: bool,
}

/// An output that was made.
#[derive(Debug)]
struct OutputItem {
    /// What went into it by value.
    output: Output,
    /// What it rests on.
    reads: Numbers,
    /// Whether it may differ now.
    is_stale: bool,
}

/// Whether somebody wants the work to be broken off.
pub(super) type IsOver<'a> = &'a (dyn Fn() -> bool + Sync);

impl Ledger {
    /// Asks `site` all questions that do not know bodies, and marks what rests on other answers.
    /// `None` if it was broken off.
    pub(super) fn ask_first(&mut self, site: &Site, is_over: IsOver<'_>) -> Option<()> {
        self.ask(site, |query| !knows_bodies(query), is_over)
    }

    /// Asks `site`, which knows the fingerprints of all bodies, the other questions.
    pub(super) fn ask_second(&mut self, site: &Site, is_over: IsOver<'_>) -> Option<()> {
        self.ask(site, knows_bodies, is_over)
    }

    /// Asks some questions, and marks what rests on other answers.
    fn ask(
        &mut self,
        site: &Site,
        is_meant: impl Fn(&Query) -> bool + Sync,
        is_over: IsOver<'_>,
    ) -> Option<()> {
        let asked: Vec<(Vec<(Number, Fingerprint)>, bool)> = self
            .questions
            .shelves()
            .map(|shelf| {
                let mut others = Vec::new();
                for (at, (number, query, known)) in shelf.enumerate() {
                    if at % PORTION == 0 && is_over() {
                        return (others, false);
                    }
                    let print = if is_meant(query) { site.answer(query).print } else { known };
                    if print != known {
                        others.push((number, print));
                    }
                }
                (others, true)
            })
            .collect();
        let is_whole = asked.iter().all(|(_, is_whole)| *is_whole);
        let mut differs = vec![false; self.questions.end()];
        for (number, print) in asked.into_iter().flat_map(|(others, _)| others) {
            differs[number as usize] = true;
            self.questions.put(number, print);
        }
        self.mark(&differs);
        is_whole.then_some(())
    }

    /// Marks what rests on a question whose answer differs.
    fn mark(&mut self, differs: &[bool]) {
        if !differs.contains(&true) {
            return;
        }
        let rests = |reads: &[Number]| reads.iter().any(|at| differs[*at as usize]);
        self.bodies.par_iter_mut().for_each(|(_, item)| item.is_stale |= rests(&item.reads));
        self.outputs.par_iter_mut().for_each(|(_, item)| item.is_stale |= rests(&item.reads));
    }

    /// The fingerprint of a filled body, if it still holds.
    pub(super) fn body(&self, key: &BodyKey) -> Option<Fingerprint> {
        let item = self.bodies.get(&(key.id.clone(), key.lang.clone()))?;
        (!item.is_stale && item.key == *key).then_some(item.print)
    }

    /// Takes note of a body that was filled.
    pub(super) fn put_body(&mut self, key: BodyKey, print: Fingerprint, reads: &Reads) {
        let reads = self.numbers(reads);
        let name = (key.id.clone(), key.lang.clone());
        self.bodies.insert(name, BodyItem { key, print, reads, is_stale: false });
    }

    /// Whether an output still holds.
    pub(super) fn holds(&self, route: &Route, output: &Output) -> bool {
        self.outputs.get(route).is_some_and(|item| !item.is_stale && item.output == *output)
    }

    /// Takes note of an output that was made.
    pub(super) fn put_output(&mut self, (route, output): (&Route, &Output), reads: &Reads) {
        let reads = self.numbers(reads);
        let item = OutputItem { output: output.clone(), reads, is_stale: false };
        self.outputs.insert(route.clone(), item);
    }

    /// Forgets an output, so that it is made again.
    pub(super) fn drop_output(&mut self, route: &Route) {
        self.outputs.remove(route);
    }

    /// Forgets what the site does not have any more, and the questions that only that asked.
    pub(super) fn tidy(&mut self, site: &Site) {
        self.outputs.retain(|route, _| site.outputs.contains_key(route));
        let has_page = |id: &EntryId, lang: &Lang| {
            site.places.get(id).is_some_and(|place| place.pages.contains_key(lang))
        };
        self.bodies.retain(|(id, lang), _| has_page(id, lang));
        let mut is_asked = vec![false; self.questions.end()];
        let bodies = self.bodies.values().map(|item| &item.reads);
        let outputs = self.outputs.values().map(|item| &item.reads);
        for number in bodies.chain(outputs).flatten() {
            is_asked[*number as usize] = true;
        }
        let asked = is_asked.iter().filter(|is_asked| **is_asked).count();
        if self.questions.len() > asked * 2 + SPARE {
            let numbers = self.questions.keep(&is_asked);
            let renumber = |reads: &mut Numbers| {
                reads.iter_mut().for_each(|number| *number = numbers[*number as usize]);
            };
            self.bodies.values_mut().for_each(|item| renumber(&mut item.reads));
            self.outputs.values_mut().for_each(|item| renumber(&mut item.reads));
        }
    }

    /// The numbers of questions; new ones are added with their answers.
    fn numbers(&mut self, reads: &Reads) -> Numbers {
        let number = |(query, print): (&Query, &Fingerprint)| self.questions.number(query, *print);
        let mut numbers: Vec<Number> = reads.iter().map(number).collect();
        numbers.sort_unstable();
        numbers.into()
    }
}

/// Whether the answer to a question holds a filled body, or its fingerprint.
fn knows_bodies(query: &Query) -> bool {
    matches!(query, Query::Whole(..) | Query::Body(..) | Query::Frame(..))
}
