//! Whether the colours of a theme stand out from each other: WCAG 1.4.3 for text, 1.4.11 for lines and
//! signs.
//!
//! A theme says in `theme.toml` which colours meet. What they are is computed from its style sheets:
//! for light and dark, for more contrast where that makes a difference, and for each variant that the
//! theme offers, with the colours that a site sets itself. All is a function of the theme and the
//! settings, so it is done once for each build, however many pages there are.

mod colour;
mod nearest;
mod own;
mod report;
mod view;

use std::collections::{BTreeMap, BTreeSet};

use self::colour::Colour;
use self::view::{Found, View};
use crate::diag::{Diagnostic, Span};
use crate::model::theme::{Role, Theme};
use crate::render::css::Setting;

/// Two colours that meet and are too much alike.
struct Weak<'a> {
    /// What is in front.
    front: (&'a Role, Found<'a>),
    /// What it stands on.
    ground: (&'a Role, Found<'a>),
    /// Their contrast, in hundredths.
    contrast: u32,
    /// The contrast that is needed.
    at_least: u32,
    /// Where it was seen first.
    view: View<'a>,
    /// In which modes.
    modes: BTreeSet<usize>,
}

/// The rules for the colours that the site sets, as far as a style sheet uses them: `used` are its
/// settings, `all` those of all style sheets.
pub(super) fn own_rules(theme: &Theme, used: &[Setting], all: &[Setting]) -> String {
    own::rules(&own::settings(theme, all), used)
}

/// Reports all pairs of colours that do not stand out from each other; `settings` are those of all
/// style sheets, in the order in which they hold.
pub(super) fn check(notes: &mut Vec<Diagnostic>, theme: &Theme, settings: &[Setting]) {
    let own = own::settings(theme, settings);
    let known = view::by_name(settings.iter());
    let is_known = |name: &str| known.contains_key(name);
    notes.extend(own.iter().filter(|own| !is_known(&own.name)).map(report::unused));
    notes.extend(unknown(theme, &is_known));
    let all = view::by_name(settings.iter().chain(&own));
    let views = view::all(&all);
    let mut found = Findings::default();
    for view in &views {
        pairs(theme).for_each(|pair| found.look(view, pair));
    }
    found.tell(notes, theme);
}

/// What was found wrong with pairs of colours.
#[derive(Default)]
struct Findings<'a> {
    /// Those that are too much alike, by where they are set.
    weak: BTreeMap<Meeting<'a>, Weak<'a>>,
    /// Properties that cannot be compared, by where they are set.
    dim: BTreeMap<Key, Diagnostic>,
}

/// Where two colours are set, their names, and their contrast.
type Meeting<'a> = ([Vec<Key>; 2], [&'a str; 2], u32);

/// A place, as places are sorted.
type Key = (String, usize);

impl<'a> Findings<'a> {
    /// Looks at a pair in one view.
    fn look(&mut self, view: &View<'a>, (front, ground, at_least): Pair<'a>) {
        let found = (view.colour(&front.name), view.colour(&ground.name));
        let (Some(over), Some(under)) = found else {
            let lost = if found.0.is_none() { front } else { ground };
            let setting = view.setting(&lost.name);
            self.dim.extend(setting.map(|at| (key(&at.span), report::no_colour(at))));
            return;
        };
        if !under.colour.is_opaque() {
            let setting = under.trail.last();
            self.dim.extend(setting.map(|at| (key(&at.span), report::see_through(at))));
            return;
        }
        let contrast = over.colour.on(under.colour).contrast(under.colour);
        if contrast >= at_least {
            return;
        }
        let name = ([place(&over), place(&under)], [&*front.name, &*ground.name], contrast);
        let (front, ground) = ((front, over), (ground, under));
        let modes = BTreeSet::new();
        let new = || Weak { front, ground, contrast, at_least, view: view.clone(), modes };
        let known = self.weak.entry(name).or_insert_with(new);
        known.at_least = known.at_least.max(at_least);
        known.modes.insert(view.mode);
    }

    /// Says what was found: of each colour that is at fault once.
    fn tell(self, notes: &mut Vec<Diagnostic>, theme: &Theme) {
        notes.extend(self.dim.into_values());
        let mut by_blame: BTreeMap<_, Vec<Weak<'_>>> = BTreeMap::new();
        for weak in self.weak.into_values() {
            let Some((_, _, setting)) = report::blamed(&weak) else { continue };
            by_blame.entry((key(&setting.span), weak.modes.clone())).or_default().push(weak);
        }
        for pairs in by_blame.values_mut() {
            pairs.sort_by_key(|weak| weak.contrast);
            let mut told = BTreeSet::new();
            let name = |weak: &Weak<'_>| (weak.front.0.name.clone(), weak.ground.0.name.clone());
            pairs.retain(|weak| told.insert(name(weak)));
            notes.extend(report::weak(theme, pairs));
        }
    }
}

/// The colours that no style sheet sets, each once. A theme whose style sheets are all replaced says nothing
/// of those that took their place.
fn unknown(theme: &Theme, is_known: &dyn Fn(&str) -> bool) -> Vec<Diagnostic> {
    let roles = || theme.contrast.iter().flat_map(|pairs| pairs.colours.iter().chain(&pairs.on));
    let used: BTreeSet<_> =
        roles().filter(|role| is_known(&role.name)).map(|role| &role.span.path).collect();
    let mut told = BTreeSet::new();
    roles()
        .filter(|role| !is_known(&role.name) && used.contains(&role.span.path))
        .filter(|role| told.insert(&role.name))
        .map(report::unknown)
        .collect()
}

/// All pairs of colours that meet, and the contrast that each needs.
fn pairs(theme: &Theme) -> impl Iterator<Item = Pair<'_>> {
    theme.contrast.iter().flat_map(|pairs| {
        let on = move |front| pairs.on.iter().map(move |ground| (front, ground, pairs.at_least));
        pairs.colours.iter().flat_map(on)
    })
}

/// A pair of colours that meet, and the contrast that it needs.
type Pair<'t> = (&'t Role, &'t Role, u32);

/// The pairs of which a colour rests on a property.
fn resting<'t>(theme: &'t Theme, view: &View<'_>, name: &str) -> Vec<Pair<'t>> {
    let rests = |role: &Role| {
        let found = view.colour(&role.name);
        *role.name == *name
            || found.is_some_and(|found| found.trail.iter().any(|setting| setting.name == name))
    };
    pairs(theme).filter(|(front, ground, _)| rests(front) || rests(ground)).collect()
}

/// Whether pairs stand out with another colour for a property. Those of which the other has no colour do
/// not count.
fn passes(pairs: &[Pair<'_>], view: &View<'_>, (name, colour): (&str, Colour)) -> bool {
    let view = View { instead: Some((name, colour)), ..view.clone() };
    pairs.iter().all(|(front, ground, at_least)| {
        let found = view.colour(&front.name).zip(view.colour(&ground.name));
        found.is_none_or(|(over, under)| {
            over.colour.on(under.colour).contrast(under.colour) >= *at_least
        })
    })
}

/// Where a colour is set, to tell it from others.
fn place(found: &Found<'_>) -> Vec<Key> {
    found.trail.iter().map(|setting| key(&setting.span)).collect()
}

/// The place of a span.
fn key(span: &Span) -> Key {
    (span.path.to_string(), span.range.start)
}
