//! A build without a past: everything is made once, and nothing is kept.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::{Build, Placed, Sink, output, release, told};
use crate::diag::Diagnostic;
use crate::model::entry::EntryId;
use crate::path::Route;
use crate::render::round::Round;
use crate::render::track;
use crate::render::{body, page, sheet};
use crate::resolve;
use crate::site::{Filled, Output};

/// Says what is wrong with a site, and makes all its outputs.
pub(super) fn finish(placed: Placed, sink: &dyn Sink) -> Build {
    let Placed { round, tongue, mut notes, .. } = placed;
    let site = &round.site;
    resolve::check(&mut notes, site);
    sheet::check(&mut notes, site);
    let mut failed = Vec::new();
    let shared = body::shared(site);
    fill(&mut failed, &round, &shared);
    let outputs: Vec<(&Route, &Output)> = site.outputs.iter().collect();
    let made: Vec<Vec<Diagnostic>> =
        outputs.par_iter().map(|output| once(&round, *output, (&shared, sink))).collect();
    let mut rendered = Vec::with_capacity(made.len());
    for ((route, _), mut said) in outputs.into_iter().zip(made) {
        match said.is_empty() {
            true => rendered.push(route.clone()),
            false => failed.append(&mut said),
        }
    }
    let build = told((site, tongue), (notes, failed), rendered);
    release(site.outputs.len(), round);
    build
}

/// Fills the bodies that several pages show; the others are filled just before their page is made.
fn fill(failed: &mut Vec<Diagnostic>, round: &Arc<Round>, shared: &BTreeSet<EntryId>) {
    let keys = body::wanted(&round.site, |id| shared.contains(id));
    let made: Vec<(_, Result<Filled, Vec<Diagnostic>>)> = keys
        .into_par_iter()
        .map(|key| {
            let made = track::once((round, &key.lang), || body::render(round, &key));
            (key, made)
        })
        .collect();
    for (key, made) in made {
        match made {
            Ok(body) => round.site.bodies.put(&key.id, &key.lang, body),
            Err(mut said) => failed.append(&mut said),
        }
    }
}

/// Makes one output with its body. Returns what is wrong.
fn once(
    round: &Arc<Round>,
    (route, output): (&Route, &Output),
    (shared, sink): (&BTreeSet<EntryId>, &dyn Sink),
) -> Vec<Diagnostic> {
    let site = &round.site;
    let lang = page::lang_of(site, output);
    let mut said = Vec::new();
    let made = track::once((round, &lang), || {
        let place = match output {
            Output::Entry(id, _) if !shared.contains(id) => site.places.get(id),
            _ => None,
        };
        let key = place.map(|place| body::passing_key(site, place, &lang));
        if let Some(key) = &key {
            match body::render(round, key) {
                Ok(body) => site.bodies.put(&key.id, &key.lang, body),
                Err(mut notes) => said.append(&mut notes),
            }
        }
        let made = page::render(round, (route, output));
        if let Some(key) = &key {
            site.bodies.take(&key.id, &key.lang);
        }
        made
    });
    match made {
        Ok(made) => output::hand_over(sink, route, &made),
        Err(mut notes) => said.append(&mut notes),
    }
    said
}
