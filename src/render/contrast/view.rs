//! What the colours of a page are for one reader: in one mode, with one choice of the theme's variants.

use std::collections::{BTreeMap, BTreeSet};

use super::colour::Colour;
use crate::render::css::{Mode, Setting};

/// So deep may variables name each other.
const DEPTH: usize = 16;

/// So long may a value become.
const LENGTH: usize = 4096;

/// So many combinations of variants are looked at; of more, each variant by itself.
const COMBINATIONS: usize = 64;

/// What style sheets say, by the names of properties.
pub(super) type Settings<'a> = BTreeMap<&'a str, Vec<&'a Setting>>;

/// The same settings by their names, in their order.
pub(super) fn by_name<'a>(settings: impl Iterator<Item = &'a Setting>) -> Settings<'a> {
    let mut named = Settings::new();
    for setting in settings {
        named.entry(&setting.name).or_default().push(setting);
    }
    named
}

/// The attributes of the root element.
pub(super) type Variant<'a> = BTreeMap<&'a str, &'a str>;

/// One way to look at a page.
#[derive(Clone, Debug)]
pub(super) struct View<'a> {
    /// What the style sheets say.
    pub(super) settings: &'a Settings<'a>,
    /// The mode, by its number in [`Mode::ALL`].
    pub(super) mode: usize,
    /// The variant.
    pub(super) variant: Variant<'a>,
    /// A property that has another colour than the style sheets say.
    pub(super) instead: Option<(&'a str, Colour)>,
}

/// A colour, and where it comes from: first the property asked for, then those that it names.
pub(super) struct Found<'a> {
    /// The colour.
    pub(super) colour: Colour,
    /// Where it comes from.
    pub(super) trail: Vec<&'a Setting>,
}

impl<'a> View<'a> {
    /// The mode.
    pub(super) fn mode(&self) -> Mode {
        Mode::ALL[self.mode]
    }

    /// The colour of a property. `None` if it has none, or one that depends on where it is used.
    pub(super) fn colour(&self, name: &str) -> Option<Found<'a>> {
        let mut trail = Vec::new();
        let value = self.value(name, &mut trail, 0)?;
        let colour = Colour::read(&value, self.mode().is_dark)?;
        Some(Found { colour, trail })
    }

    /// What gives a property its value.
    pub(super) fn setting(&self, name: &str) -> Option<&'a Setting> {
        let holds = |setting: &&Setting| {
            let has = |(key, value): (&String, &String)| {
                self.variant.get(key.as_str()).is_some_and(|own| own == value)
            };
            setting.modes[self.mode] && setting.attributes.iter().all(has)
        };
        let named = self.settings.get(name)?.iter().copied();
        named.filter(holds).max_by_key(|setting| setting.weight)
    }

    /// The value of a property, without variables.
    fn value(&self, name: &str, trail: &mut Vec<&'a Setting>, depth: usize) -> Option<String> {
        if let Some((_, colour)) = self.instead.as_ref().filter(|(own, _)| *own == name) {
            return Some(colour.hex());
        }
        let setting = self.setting(name).filter(|_| depth < DEPTH)?;
        trail.push(setting);
        self.filled(&setting.value, trail, depth + 1)
    }

    /// A value with its variables replaced by what they stand for.
    fn filled(&self, text: &str, trail: &mut Vec<&'a Setting>, depth: usize) -> Option<String> {
        let mut filled = text.to_owned();
        while let Some(start) = filled.find("var(") {
            let inside = &filled[start + "var(".len()..];
            let end = closing(inside)?;
            let (name, fallback) = match inside[..end].split_once(',') {
                Some((name, fallback)) => (name, Some(fallback.to_owned())),
                None => (&inside[..end], None),
            };
            let value = match (self.value(name.trim(), trail, depth), fallback) {
                (Some(value), _) => value,
                (None, Some(fallback)) if depth < DEPTH => {
                    self.filled(fallback.trim(), trail, depth + 1)?
                }
                (None, _) => return None,
            };
            let end = start + "var(".len() + end + 1;
            filled.replace_range(start..end, &value);
            if filled.len() > LENGTH {
                return None;
            }
        }
        Some(filled)
    }
}

/// Where the bracket ends that is open before a text.
fn closing(text: &str) -> Option<usize> {
    let mut open = 1_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' => open += 1,
            b')' => open -= 1,
            _ => {}
        }
        if open == 0 {
            return Some(at);
        }
    }
    None
}

/// All ways to look at a page: the modes that make a difference, with all variants that there are.
pub(super) fn all<'a>(settings: &'a Settings<'a>) -> Vec<View<'a>> {
    let differs = |one: usize, other: usize| {
        settings.values().flatten().any(|setting| setting.modes[one] != setting.modes[other])
    };
    let is_strong = differs(0, 2) || differs(1, 3);
    let modes = if is_strong { 0..4 } else { 0..2 };
    let variants = variants(settings);
    let views = modes.flat_map(|mode| {
        let view = move |variant| View { settings, mode, variant, instead: None };
        variants.clone().into_iter().map(view)
    });
    views.collect()
}

/// All variants that selectors tell apart, the one without attributes first.
fn variants<'a>(settings: &Settings<'a>) -> Vec<Variant<'a>> {
    let mut values: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (key, value) in settings.values().flatten().flat_map(|setting| &setting.attributes) {
        values.entry(key).or_default().insert(value);
    }
    let count = values.values().map(|values| values.len() + 1).product::<usize>();
    let mut variants = vec![Variant::new()];
    for (key, values) in &values {
        let bases = if count > COMBINATIONS { 1 } else { variants.len() };
        let mut more = Vec::new();
        for (value, base) in
            values.iter().flat_map(|value| variants[..bases].iter().map(move |base| (value, base)))
        {
            let mut variant = base.clone();
            variant.insert(key, value);
            more.push(variant);
        }
        variants.extend(more);
    }
    variants
}
