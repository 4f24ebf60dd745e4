//! Values on one line: quoted texts, `[a, b]`, `{a: b}`.

use super::{Yaml, plain};

/// Nested more deeply, nothing is read.
const DEEPEST: usize = 20;

/// The value that a line says behind its key; nothing if it does not end.
pub(super) fn value(words: &str) -> Option<Yaml> {
    match words.chars().next() {
        Some('"' | '\'' | '[' | '{') => {
            let mut rest = words;
            let value = part(&mut rest, 0, &[])?;
            let rest = rest.trim_start();
            (rest.is_empty() || rest.starts_with('#')).then_some(value)
        }
        Some('#') => Some(Yaml::Text(words.to_owned())),
        _ => Some(plain(words.split(" #").next().unwrap_or(words).trim_end())),
    }
}

/// A value inside brackets; plain words end at one of `ends`.
fn part(rest: &mut &str, depth: usize, ends: &[char]) -> Option<Yaml> {
    *rest = rest.trim_start();
    match rest.chars().next()? {
        '"' => double(rest),
        '\'' => single(rest),
        '[' | '{' if depth >= DEEPEST => None,
        '[' => list(rest, depth),
        '{' => map(rest, depth),
        _ => {
            let end = rest.find(ends).unwrap_or(rest.len());
            let (words, after) = rest.split_at_checked(end)?;
            *rest = after;
            Some(plain(words.trim()))
        }
    }
}

/// `"text"` with escapes.
fn double(rest: &mut &str) -> Option<Yaml> {
    let mut text = String::new();
    let mut chars = rest.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => {
                *rest = rest.get(at + 1..)?;
                return Some(Yaml::Text(text));
            }
            '\\' => match chars.next()?.1 {
                'n' => text.push('\n'),
                't' => text.push('\t'),
                other => text.push(other),
            },
            c => text.push(c),
        }
    }
    None
}

/// `'text'`, in which two marks stand for one.
fn single(rest: &mut &str) -> Option<Yaml> {
    let mut text = String::new();
    let mut chars = rest.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        if c != '\'' {
            text.push(c);
        } else if chars.next_if(|(_, next)| *next == '\'').is_some() {
            text.push('\'');
        } else {
            *rest = rest.get(at + 1..)?;
            return Some(Yaml::Text(text));
        }
    }
    None
}

/// `[a, b]`.
fn list(rest: &mut &str, depth: usize) -> Option<Yaml> {
    *rest = rest.get(1..)?;
    let mut items = Vec::new();
    loop {
        *rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix(']') {
            *rest = after;
            return Some(Yaml::List(items));
        }
        items.push(part(rest, depth + 1, &[',', ']'])?);
        separator(rest, ']')?;
    }
}

/// `{a: b, c: d}`.
fn map(rest: &mut &str, depth: usize) -> Option<Yaml> {
    *rest = rest.get(1..)?;
    let mut entries = Vec::new();
    loop {
        *rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix('}') {
            *rest = after;
            return Some(Yaml::Map(entries));
        }
        let key = match part(rest, DEEPEST, &[':', ',', '}'])? {
            Yaml::Text(key) | Yaml::Bare(key) => key,
            _ => return None,
        };
        *rest = rest.trim_start().strip_prefix(':')?;
        entries.push((key, part(rest, depth + 1, &[',', '}'])?));
        separator(rest, '}')?;
    }
}

/// Steps over a comma; nothing if neither it nor the end follows.
fn separator(rest: &mut &str, end: char) -> Option<()> {
    *rest = rest.trim_start();
    match rest.strip_prefix(',') {
        Some(after) => *rest = after,
        None if rest.starts_with(end) => {}
        None => return None,
    }
    Some(())
}
