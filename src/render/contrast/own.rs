//! Colours that a site sets by options of its theme.
//!
//! They come behind the theme's own rules and are stronger than any of them, but only on screens:
//! what is printed is the theme's affair. Who gives a colour for a light ground only gets one for a
//! dark ground that is as much lighter as the theme's pairs need.

use super::nearest;
use super::view::{self, Settings, Variant, View};
use crate::diag::Span;
use crate::model::settings::SETTINGS;
use crate::model::theme::Theme;
use crate::path::RelPath;
use crate::render::css::{Mode, Setting};

/// The selector of a rule that no rule of a theme is stronger than by chance.
const SELECTOR: &str = ":root:root:root";

/// A light ground with a dark one as [`Mode::ALL`] orders them.
const PLAIN: [usize; 2] = [0, 1];

/// The settings that the options stand for; `settings` are those of the style sheets.
pub(super) fn settings(theme: &Theme, settings: &[Setting]) -> Vec<Setting> {
    let mut own: Vec<Setting> = Vec::new();
    for (option, variable, value) in theme.own_colours() {
        let span = theme.values.span_of(&option.name).unwrap_or_default();
        own.push(Setting {
            name: variable.name.to_string(),
            value: value.to_string(),
            modes: Mode::ALL.map(|mode| mode.is_dark == variable.is_dark),
            attributes: std::collections::BTreeMap::new(),
            weight: (false, true, 300),
            span: Span::new(&RelPath::new(SETTINGS), span),
        });
    }
    let is_alone = |light: &&Setting| {
        let holds = |other: &Setting| other.name == light.name && other.modes[PLAIN[1]];
        light.modes[PLAIN[0]] && !own.iter().any(holds)
    };
    let alone: Vec<Setting> = own.iter().filter(is_alone).cloned().collect();
    for light in alone {
        let dark = dark(theme, &view::by_name(settings.iter().chain(&own)), light);
        own.push(dark);
    }
    own
}

/// The colour for a dark ground that goes with one for a light ground.
fn dark(theme: &Theme, settings: &Settings<'_>, light: Setting) -> Setting {
    let view = View { settings, mode: PLAIN[1], variant: Variant::new(), instead: None };
    let colour = super::colour::Colour::read(&light.value, false);
    let lighter = colour.and_then(|colour| nearest::lighter(theme, &view, (&light.name, colour)));
    let value = lighter.map_or_else(|| light.value.clone(), super::colour::Colour::hex);
    Setting { value, modes: Mode::ALL.map(|mode| mode.is_dark), ..light }
}

/// The rules for those settings that a style sheet uses.
pub(super) fn rules(own: &[Setting], used: &[Setting]) -> String {
    let is_used = |setting: &&Setting| used.iter().any(|other| other.name == setting.name);
    let block = |mode: usize, media: &str| {
        let here = own.iter().filter(is_used).filter(|setting| setting.modes[mode]);
        let declared: Vec<String> =
            here.map(|setting| format!("{}:{}", setting.name, setting.value)).collect();
        match declared.is_empty() {
            true => String::new(),
            false => format!("@media {media}{{{SELECTOR}{{{}}}}}", declared.join(";")),
        }
    };
    block(PLAIN[0], "screen") + &block(PLAIN[1], "screen and (prefers-color-scheme:dark)")
}
