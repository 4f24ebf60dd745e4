//! What YAML says, written as TOML.

use super::Yaml;
use crate::parse::toml::guess::quoted;

/// Longer lists and tables are written over several lines.
const WIDEST: usize = 80;

/// `key = value`; a comment if there is no value.
pub(super) fn entry(key: &str, value: &Yaml) -> String {
    let key = name(key);
    let value = match value {
        Yaml::Empty => return format!("# {key} ="),
        Yaml::Text(text) if text.contains('\n') => long(text),
        Yaml::List(items) => list(items),
        Yaml::Map(_) if inline(value).chars().count() > WIDEST => map(value),
        other => inline(other),
    };
    format!("{key} = {value}")
}

/// A key, in quotes if it needs them.
fn name(key: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if !key.is_empty() && key.chars().all(bare) { key.to_owned() } else { quoted(key) }
}

/// A text over several lines.
fn long(text: &str) -> String {
    let steering = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    if text.contains(steering) {
        return quoted(text);
    }
    let text = text.replace('\\', "\\\\").replace("\"\"\"", "\\\"\\\"\\\"");
    let text = match text.strip_suffix('"') {
        Some(rest) => format!("{rest}\\\""),
        None => text,
    };
    format!("\"\"\"\n{text}\"\"\"")
}

/// A list: one row to a line if it has tables or is long.
fn list(items: &[Yaml]) -> String {
    let all: Vec<_> = items.iter().filter(|item| **item != Yaml::Empty).map(inline).collect();
    let short = format!("[{}]", all.join(", "));
    let rows = items.iter().any(|item| matches!(item, Yaml::Map(_) | Yaml::List(_)));
    if !rows && short.chars().count() <= WIDEST {
        return short;
    }
    let lines: String = all.iter().map(|item| format!("  {item},\n")).collect();
    format!("[\n{lines}]")
}

/// A table over several lines.
fn map(value: &Yaml) -> String {
    let Yaml::Map(entries) = value else { return inline(value) };
    let lines: String = entries
        .iter()
        .filter(|(_, value)| *value != Yaml::Empty)
        .map(|(key, value)| format!("  {} = {},\n", name(key), inline(value)))
        .collect();
    format!("{{\n{lines}}}")
}

/// A value on one line.
fn inline(value: &Yaml) -> String {
    match value {
        Yaml::Empty => "\"\"".to_owned(),
        Yaml::Bare(words) => words.clone(),
        Yaml::Text(text) => quoted(text),
        Yaml::List(items) => {
            let items: Vec<_> = items.iter().map(inline).collect();
            format!("[{}]", items.join(", "))
        }
        Yaml::Map(entries) => {
            let filled = entries.iter().filter(|(_, value)| *value != Yaml::Empty);
            let parts: Vec<_> =
                filled.map(|(key, value)| format!("{} = {}", name(key), inline(value))).collect();
            if parts.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", parts.join(", ")) }
        }
    }
}
