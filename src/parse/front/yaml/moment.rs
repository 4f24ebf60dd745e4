//! Dates with a time, as other programs write them into front matter.

use super::Yaml;
use crate::lang::when::{Precision, When};

/// The key of a page's own date, which is a day.
const DATE: &str = "date";

/// A value, as a field of this name takes it: a time without its offset, for what is written is
/// what the author's clock showed, and of a page's date the day alone.
pub(super) fn local(key: &str, value: Yaml) -> Yaml {
    let moment = match &value {
        Yaml::Bare(words) | Yaml::Text(words) => moment(words),
        Yaml::Empty | Yaml::List(_) | Yaml::Map(_) => None,
    };
    let Some(moment) = moment else { return value };
    match moment.day() {
        Some(day) if key == DATE => Yaml::Bare(When::Day(day).iso()),
        _ => Yaml::Text(moment.iso()),
    }
}

/// The moment that words name, whatever offset they give: `2026-11-01T10:00:00+01:00`.
fn moment(words: &str) -> Option<When> {
    let (day, time) = words.split_once(['T', 't', ' '])?;
    let clock = time.split(['Z', 'z', '+', '-']).next().unwrap_or_default().trim_end();
    let when = When::parse(&format!("{day}T{clock}")).ok()?;
    (when.precision() == Precision::Time).then_some(when)
}
