//! What there is to say about colours.

use super::view::Found;
use super::{Weak, nearest};
use crate::diag::{Code, Diagnostic, Severity, Words};
use crate::model::settings::SETTINGS;
use crate::model::theme::{Role, Theme};
use crate::render::css::{Mode, Setting};
use crate::words;

/// A colour that is too much like those it meets, the most alike first. Who mends one pair mends them all,
/// so they are one diagnostic.
pub(super) fn weak(theme: &Theme, pairs: &[Weak<'_>]) -> Option<Diagnostic> {
    let (worst, others) = pairs.split_first()?;
    let (front, ground) = (&worst.front, &worst.ground);
    let (de, en) = (ratio(worst.contrast, ','), ratio(worst.contrast, '.'));
    let (front_name, ground_name) = (&front.0.name, &ground.0.name);
    let (front_hex, ground_hex) = (front.1.colour.hex(), ground.1.colour.hex());
    let message = words!(
        "`{front_name}` ({front_hex}) hebt sich mit {de} zu 1 zu wenig von `{ground_name}` ({ground_hex}) ab",
        "`{front_name}` ({front_hex}) stands out too little from `{ground_name}` ({ground_hex}): {en} to 1"
    );
    let (at_fault, other, blamed) = blamed(worst)?;
    let Words { de: modes_de, en: modes_en } = modes(worst);
    let (de, en) = (ratio(worst.at_least, ','), ratio(worst.at_least, '.'));
    let mut note = Diagnostic::new(Code::LowContrast, blamed.span.clone(), message)
        .label(words!("{modes_de}: verlangt sind {de} zu 1", "{modes_en}: {en} to 1 is needed"));
    if let Some(other) = other.trail.first().filter(|other| other.span != blamed.span) {
        note = note.also(other.span.clone(), words!("die andere Farbe", "the other colour"));
    }
    if let Some(variant) = variant(worst) {
        note = note.note(words!("bei der Auswahl `{variant}`", "with the choice `{variant}`"));
    }
    if !others.is_empty() {
        let (de, en) = (also(others, ','), also(others, '.'));
        note = note.note(words!("zu wenig ist auch {de}", "too little is also {en}"));
    }
    Some(note.help(help(theme, worst, (&blamed.name, at_fault))))
}

/// The other pairs, in short.
fn also(pairs: &[Weak<'_>], point: char) -> String {
    let preposition = if point == ',' { "auf" } else { "on" };
    let one = |weak: &Weak<'_>| {
        let (front, ground) = (&weak.front.0.name, &weak.ground.0.name);
        format!("`{front}` {preposition} `{ground}` ({})", ratio(weak.contrast, point))
    };
    pairs.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// Which colour of a pair is at fault, the other, and where the first is set: what a site sets itself
/// before what its theme does, and what is in front before its ground.
pub(super) fn blamed<'w, 'a>(
    weak: &'w Weak<'a>,
) -> Option<(&'w Found<'a>, &'w Found<'a>, &'a Setting)> {
    let (front, ground) = (&weak.front.1, &weak.ground.1);
    let (at_fault, other) = match own(ground) {
        Some(_) if own(front).is_none() => (ground, front),
        _ => (front, ground),
    };
    let setting = own(at_fault).or_else(|| at_fault.trail.first().copied())?;
    Some((at_fault, other, setting))
}

/// What would be right.
fn help(theme: &Theme, weak: &Weak<'_>, (name, found): (&str, &Found<'_>)) -> Words {
    match nearest::any(theme, &weak.view, (name, found.colour)) {
        Some(better) => {
            let better = better.hex();
            words!("es genügt `{better}`", "`{better}` is enough")
        }
        None => words!(
            "keine Helligkeit dieser Farbe genügt: ändern Sie auch die andere",
            "no lightness of this colour is enough: change the other one too"
        ),
    }
}

/// The option of the site that a colour comes from.
fn own<'a>(found: &Found<'a>) -> Option<&'a Setting> {
    found.trail.iter().copied().find(|setting| setting.span.path.as_str() == SETTINGS)
}

/// The modes in which two colours are too much alike.
fn modes(weak: &Weak<'_>) -> Words {
    let word = |mode: &usize| match Mode::ALL[*mode] {
        Mode { is_dark: false, is_strong: false } => ("hell", "light"),
        Mode { is_dark: true, is_strong: false } => ("dunkel", "dark"),
        Mode { is_dark: false, is_strong: true } => {
            ("hell mit mehr Kontrast", "light with more contrast")
        }
        Mode { is_dark: true, is_strong: true } => {
            ("dunkel mit mehr Kontrast", "dark with more contrast")
        }
    };
    let (de, en): (Vec<_>, Vec<_>) = weak.modes.iter().map(word).unzip();
    Words { de: de.join(", "), en: en.join(", ") }
}

/// The variant of the theme that the colours are from, if they are from one.
fn variant(weak: &Weak<'_>) -> Option<String> {
    let settings = weak.front.1.trail.iter().chain(&weak.ground.1.trail);
    let attributes: std::collections::BTreeMap<_, _> =
        settings.flat_map(|setting| &setting.attributes).collect();
    let shown = attributes.into_iter().map(|(key, value)| {
        let option = key.strip_prefix("data-").unwrap_or(key);
        format!("{option} = \"{value}\"")
    });
    Some(shown.collect::<Vec<_>>().join(", ")).filter(|shown| !shown.is_empty())
}

/// A contrast as people write it: 4,5.
fn ratio(hundredths: u32, point: char) -> String {
    let (whole, part) = (hundredths / 100, hundredths % 100);
    match (part, part % 10) {
        (0, _) => whole.to_string(),
        (_, 0) => format!("{whole}{point}{}", part / 10),
        _ => format!("{whole}{point}{part:02}"),
    }
}

/// A colour that `theme.toml` names and no style sheet has.
pub(super) fn unknown(role: &Role) -> Diagnostic {
    let name = &role.name;
    let message = words!("kein Stylesheet legt `{name}` fest", "no style sheet sets `{name}`");
    Diagnostic::new(Code::ThemeError, role.span.clone(), message)
        .severity(Severity::Warning)
        .label(words!("sein Kontrast bleibt ungeprüft", "its contrast is not checked"))
        .help(words!(
            "legen Sie `{name}` in einer Regel für `:root` fest, oder streichen Sie den Namen",
            "set `{name}` in a rule for `:root`, or remove the name"
        ))
}

/// A colour that a site sets and no style sheet uses.
pub(super) fn unused(setting: &Setting) -> Diagnostic {
    let name = &setting.name;
    let message = words!(
        "kein Stylesheet verwendet diese Farbe: `{name}` legt keines fest",
        "no style sheet uses this colour: none sets `{name}`"
    );
    Diagnostic::new(Code::ThemeError, setting.span.clone(), message)
        .severity(Severity::Warning)
        .help(words!(
            "legen Sie `{name}` in einem Stylesheet der Gestaltung fest",
            "set `{name}` in a style sheet of the theme"
        ))
}

/// A property that is no colour by itself.
pub(super) fn no_colour(setting: &Setting) -> Diagnostic {
    let name = &setting.name;
    let message = words!(
        "der Wert von `{name}` ist keine feste Farbe",
        "the value of `{name}` is no fixed colour"
    );
    Diagnostic::new(Code::ThemeError, setting.span.clone(), message)
        .severity(Severity::Warning)
        .label(words!("ihr Kontrast bleibt ungeprüft", "its contrast is not checked"))
        .help(words!(
            "schreiben Sie eine Farbe oder `var(…)` mit dem Namen einer anderen",
            "write a colour, or `var(…)` with the name of another"
        ))
}

/// A ground through which something shines.
pub(super) fn see_through(setting: &Setting) -> Diagnostic {
    let name = &setting.name;
    let message = words!(
        "durch `{name}` scheint durch, was dahinter ist",
        "what is behind `{name}` shines through"
    );
    Diagnostic::new(Code::ThemeError, setting.span.clone(), message)
        .severity(Severity::Warning)
        .label(words!("sein Kontrast bleibt ungeprüft", "its contrast is not checked"))
        .help(words!(
            "nehmen Sie für einen Grund eine deckende Farbe",
            "use an opaque colour for a ground"
        ))
}
