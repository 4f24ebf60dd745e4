//! The colour nearest to one that does not stand out enough, of the same hue, that does.

use super::colour::Colour;
use super::view::View;
use super::{passes, resting};
use crate::model::theme::Theme;

/// So many steps lie between black and white.
const STEPS: u16 = 400;

/// The nearest colour, lighter or darker, with which all pairs of a property pass.
pub(super) fn any(
    theme: &Theme,
    view: &View<'_>,
    (name, colour): (&str, Colour),
) -> Option<Colour> {
    let start = colour.lightness();
    let both = steps().flat_map(|step| [start - step, start + step]);
    first(theme, view, (name, colour), both)
}

/// The colour itself if it will do, else the nearest that is lighter.
pub(super) fn lighter(
    theme: &Theme,
    view: &View<'_>,
    (name, colour): (&str, Colour),
) -> Option<Colour> {
    if passes(&resting(theme, view, name), view, (name, colour)) {
        return Some(colour);
    }
    let start = colour.lightness();
    first(theme, view, (name, colour), steps().map(|step| start + step))
}

/// How far to go, step by step.
fn steps() -> impl Iterator<Item = f32> {
    (1..=STEPS).map(|step| f32::from(step) / f32::from(STEPS))
}

/// The first of some lightnesses at which a colour passes.
fn first(
    theme: &Theme,
    view: &View<'_>,
    (name, colour): (&str, Colour),
    lightnesses: impl Iterator<Item = f32>,
) -> Option<Colour> {
    let pairs = resting(theme, view, name);
    lightnesses
        .filter(|lightness| (0.0..=1.0).contains(lightness))
        .map(|lightness| colour.with_lightness(lightness))
        .find(|colour| passes(&pairs, view, (name, *colour)))
}
