//! One output of a site, for whoever asks for it.
//!
//! Nothing is noted of what it rests on: it is made from the site as it is, and with the site it is
//! forgotten. So it needs no proof that it is not stale.

use std::sync::Arc;

use crate::diag::Diagnostic;
use crate::path::Route;
use crate::render::page::Made;
use crate::render::round::Round;
use crate::render::{body, page, track};
use crate::site::Output;

/// Makes the output at a route; `None` if the site has none there.
pub fn make(round: &Arc<Round>, route: &Route) -> Option<Result<Made, Vec<Diagnostic>>> {
    let (route, output) = round.site.outputs.get_key_value(route)?;
    fill(round, output);
    let lang = page::lang_of(&round.site, output);
    Some(track::once((round, &lang), || page::render(round, (route, output))))
}

/// Fills the body that an output shows, unless somebody has. One that cannot be filled is left out;
/// what there is to say of it is said when all is checked.
fn fill(round: &Arc<Round>, output: &Output) {
    let (Output::Entry(id, lang)
    | Output::List(id, lang, _)
    | Output::Filter(id, lang, ..)
    | Output::Inverse(id, lang, ..)) = output
    else {
        return;
    };
    let site = &round.site;
    let Some(place) = site.places.get(id) else { return };
    if site.bodies.get(id, lang).is_some() {
        return;
    }
    let key = body::passing_key(site, place, lang);
    if let Ok(body) = track::once((round, lang), || body::render(round, &key)) {
        site.bodies.put(id, lang, body);
    }
}
