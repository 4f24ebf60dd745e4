//! A build with a past: what still holds is not made again.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::ledger::IsOver;
use super::{Build, Builder, Checked, Last, Placed, Sink, model, output, release, told};
use crate::diag::Diagnostic;
use crate::model::entry::EntryId;
use crate::path::Route;
use crate::render::body::{self, BodyKey};
use crate::render::round::Round;
use crate::render::track::{self, Memo, Reads};
use crate::render::{page, page::Made, sheet};
use crate::resolve;
use crate::site::{Filled, Output, Site};

/// So much is made side by side before it is noted what it rests on.
const PORTION: usize = 128;

/// A filled body and what it rests on, or why it cannot be filled.
type Attempt = Result<Memo<Filled>, Vec<Diagnostic>>;

/// What became of one output.
enum Rendered {
    /// It is what it was.
    Same,
    /// It was made, and rests on these answers.
    New(Reads),
    /// It could not be made.
    Failed(Vec<Diagnostic>),
    /// It was left for later.
    Left,
}

/// The bodies that could not be filled, and why.
type Failed = Vec<Diagnostic>;

impl Builder {
    /// Says what is wrong with the site that was [placed](Self::place) last. `None` if `is_over`
    /// says so first.
    pub fn check(&mut self, placed: &Placed, is_over: IsOver<'_>) -> Option<Checked> {
        let mut notes = placed.notes.clone();
        let (site, is_other) = self.whole(&mut notes, placed, is_over)?;
        if is_over() {
            return None;
        }
        resolve::check(&mut notes, &site);
        sheet::check(&mut notes, &site);
        let (engine, tongue, state) = (placed.round.engine.clone(), placed.tongue, placed.state);
        Some(Checked { site, engine, state, tongue, notes, is_other })
    }

    /// Makes every output that is not what it was. `None` if `is_over` says so before all is done;
    /// what was done by then counts for the next time.
    pub fn finish(
        &mut self,
        checked: &Checked,
        sink: &dyn Sink,
        is_over: IsOver<'_>,
    ) -> Option<Build> {
        let round = Round::new(Arc::new(checked.site.afresh()), checked.engine.clone());
        let build = self.all((checked, &round), sink, is_over);
        // Whoever broke it off is in a hurry.
        release(checked.site.outputs.len(), round);
        build
    }

    /// Makes every output that is not what it was, from a round in which nothing was made yet.
    fn all(
        &mut self,
        (checked, round): (&Checked, &Arc<Round>),
        sink: &dyn Sink,
        is_over: IsOver<'_>,
    ) -> Option<Build> {
        let site = &checked.site;
        self.ledger.tidy(site);
        let mut failed = Vec::new();
        let shared = body::shared(site);
        self.ledger.ask_first(&round.site, is_over)?;
        self.fill(&mut failed, (round, &shared), is_over)?;
        self.ledger.ask_second(&round.site, is_over)?;
        let rendered = self.render(&mut failed, (round, &shared, sink), is_over)?;
        Some(told((site, checked.tongue), (checked.notes.clone(), failed), rendered))
    }

    /// The site that was placed; anew with all there is to say, if it was made the short way, and
    /// whether it is another then. `None` if it was broken off.
    fn whole(
        &mut self,
        notes: &mut Vec<Diagnostic>,
        placed: &Placed,
        is_over: IsOver<'_>,
    ) -> Option<(Arc<Site>, bool)> {
        let Some(from) = &placed.short else { return Some((placed.round.site.clone(), false)) };
        let model = model(notes, from, Some(&mut self.families));
        if is_over() {
            return None;
        }
        let (world, old) = (placed.round.site.world.clone(), &placed.round.site);
        let mut site = resolve::place_unless(notes, (model, world), Some(old), is_over)?;
        site.broken.clone_from(placed.round.engine.broken());
        let is_other = !site.share(&placed.round.site);
        debug_assert!(is_other || site.ties.cover(&placed.round.site.ties), "ties went astray");
        let site = Arc::new(site);
        self.last = Some(Last::new(from, site.clone(), placed.faulty.clone()));
        Some((site, is_other))
    }

    /// The first round: fills the bodies that are stale, and puts the fingerprints of all, and the
    /// texts of those that several pages show, where renders find them.
    fn fill(
        &mut self,
        failed: &mut Failed,
        (round, shared): (&Arc<Round>, &BTreeSet<EntryId>),
        is_over: IsOver<'_>,
    ) -> Option<()> {
        let site = &round.site;
        let keys = body::wanted(site, |_| true);
        for portion in keys.chunks(PORTION) {
            let made: Vec<(&BodyKey, Option<Attempt>)> = portion
                .par_iter()
                .map(|key| {
                    if is_over() {
                        return (key, None);
                    }
                    let known = self.ledger.body(key).filter(|_| !shared.contains(&key.id));
                    if let Some(print) = known {
                        site.bodies.put_print(&key.id, &key.lang, print);
                        return (key, None);
                    }
                    let made = Memo::record((round, &key.lang), || body::render(round, key));
                    (key, Some(made))
                })
                .collect();
            for (key, made) in made {
                match made {
                    Some(Ok(memo)) => {
                        let (body, reads) = memo.into_parts();
                        self.ledger.put_body(key.clone(), body.1, &reads);
                        match shared.contains(&key.id) {
                            true => site.bodies.put(&key.id, &key.lang, body),
                            false => site.bodies.put_print(&key.id, &key.lang, body.1),
                        }
                    }
                    Some(Err(mut said)) => failed.append(&mut said),
                    None => {}
                }
            }
            if is_over() {
                return None;
            }
        }
        Some(())
    }

    /// The second round: makes the outputs that are stale. Returns their routes.
    fn render(
        &mut self,
        failed: &mut Failed,
        (round, shared, sink): (&Arc<Round>, &BTreeSet<EntryId>, &dyn Sink),
        is_over: IsOver<'_>,
    ) -> Option<Vec<Route>> {
        let outputs: Vec<(&Route, &Output)> = round.site.outputs.iter().collect();
        let mut rendered = Vec::new();
        for portion in outputs.chunks(PORTION) {
            let made: Vec<Rendered> = portion
                .par_iter()
                .map(|(route, output)| {
                    if !page::is_always_made(output) && self.ledger.holds(route, output) {
                        sink.keep(route);
                        return Rendered::Same;
                    }
                    if is_over() {
                        return Rendered::Left;
                    }
                    anew(round, (route, output), (shared, sink))
                })
                .collect();
            let mut is_left = false;
            for ((route, output), made) in portion.iter().zip(made) {
                match made {
                    Rendered::Same => {}
                    Rendered::New(reads) => {
                        rendered.push((*route).clone());
                        self.ledger.put_output((route, output), &reads);
                    }
                    // Only successes are kept: what failed is tried again, so its error cannot vanish.
                    Rendered::Failed(mut said) => {
                        self.ledger.drop_output(route);
                        failed.append(&mut said);
                    }
                    Rendered::Left => is_left = true,
                }
            }
            if is_left {
                return None;
            }
        }
        Some(rendered)
    }
}

/// Makes one output, and notes what it rests on.
fn anew(
    round: &Arc<Round>,
    (route, output): (&Route, &Output),
    (shared, sink): (&BTreeSet<EntryId>, &dyn Sink),
) -> Rendered {
    let site = &round.site;
    let lang = page::lang_of(site, output);
    let own = match output {
        Output::Entry(id, _) if !shared.contains(id) => site.places.get(id),
        _ => None,
    };
    // What the text says is noted with the text; the page only notes its fingerprint.
    let key = own.map(|place| body::passing_key(site, place, &lang));
    let text =
        key.as_ref().and_then(|key| track::once((round, &lang), || body::render(round, key)).ok());
    if let Some((key, body)) = key.as_ref().zip(text) {
        site.bodies.put(&key.id, &key.lang, body);
    }
    let made = Memo::record((round, &lang), || page::render(round, (route, output)));
    if let Some(key) = &key {
        site.bodies.empty(&key.id, &key.lang);
    }
    match made {
        Ok(memo) => {
            let (made, reads): (Made, Reads) = memo.into_parts();
            output::hand_over(sink, route, &made);
            Rendered::New(reads)
        }
        Err(said) => Rendered::Failed(said),
    }
}
