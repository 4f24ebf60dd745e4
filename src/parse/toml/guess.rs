//! What an unquoted value was probably meant to be.
//!
//! Pure functions from text to text; what is said about it stands in [`super::atom`].

/// Nobody writes longer numbers, and reading long lines again and again takes time.
pub(super) const LONGEST_SCALAR: usize = 400;

/// `text`, shortened to what fits in a message.
pub(crate) fn clip(text: &str) -> String {
    const MOST: usize = 48;
    let text = text.trim();
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default().trim_end()),
        None => text.to_owned(),
    }
}

/// `text` between quotation marks, so that TOML reads back the same text.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// `true` or `false`, if the word says so in German, English or YAML.
pub(super) fn boolean(text: &str) -> Option<&'static str> {
    match text.to_lowercase().as_str() {
        "true" | "yes" | "ja" | "wahr" | "on" | "richtig" | "an" => Some("true"),
        "false" | "no" | "nein" | "falsch" | "off" | "aus" => Some("false"),
        _ => None,
    }
}

/// Whether this is a number, date, time or truth value, as TOML writes them.
pub(crate) fn is_scalar(text: &str) -> bool {
    text.len() <= LONGEST_SCALAR && ::toml::de::DeValue::parse(text).is_ok()
}

/// The number that one in German notation means: `5.000.000`, `1.234,56`, `5,5`, `1 000 000`,
/// `1'000`, `5.000 €`. Only forms that TOML does not read as another number.
pub(super) fn german_number(text: &str) -> Option<String> {
    let (sign, digits) = match text.strip_prefix(['-', '−', '–']) {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = match digits.split_once(',') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (digits, None),
    };
    let groups: Vec<&str> =
        whole.split(|c| matches!(c, '.' | '\'' | '’' | ' ') || is_odd_blank(c)).collect();
    let (first, later) = groups.split_first()?;
    let grouped = (1..=3).contains(&first.len()) && later.iter().all(|group| group.len() == 3);
    if !groups.iter().all(|group| all_digits(group)) || !(later.is_empty() || grouped) {
        return None;
    }
    let whole = groups.concat();
    let whole = if whole.len() > 1 { whole.trim_start_matches('0') } else { &whole };
    let whole = if whole.is_empty() { "0" } else { whole };
    match fraction {
        Some(fraction) if !all_digits(fraction) => None,
        Some(fraction) => Some(format!("{sign}{whole}.{fraction}")),
        None if later.is_empty() => None,
        None => Some(format!("{sign}{whole}")),
    }
}

/// `text` with typographic dashes as hyphens, if it has any.
pub(super) fn with_hyphens(text: &str) -> Option<String> {
    const DASHES: [char; 6] = ['–', '—', '−', '‐', '‑', '‒'];
    text.contains(DASHES).then(|| text.replace(DASHES, "-"))
}

/// Blanks that look like one but are none to TOML, and characters that cannot be seen at all.
pub(super) fn is_odd_blank(c: char) -> bool {
    matches!(
        c,
        '\u{a0}' | '\u{ad}' | '\u{1680}' | '\u{2000}'
            ..='\u{200f}'
                | '\u{2028}'
                | '\u{2029}'
                | '\u{202f}'
                | '\u{205f}'
                | '\u{2060}'
                | '\u{3000}'
                | '\u{feff}'
                | '\u{85}'
    )
}

/// Whether a character is a blank of any sort, be it one that cannot be seen.
pub(crate) fn is_any_blank(c: char) -> bool {
    c.is_whitespace() || is_odd_blank(c)
}

/// Whether an odd blank shows as one, and not as nothing at all.
pub(crate) fn is_visible_blank(c: char) -> bool {
    !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// Whether there are digits and nothing else.
pub(crate) fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a line begins like `key =`, with nothing before it.
pub(crate) fn looks_like_key(line: &str) -> bool {
    let bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let rest = line.trim_start_matches(bare);
    rest.len() < line.len() && rest.trim_start_matches([' ', '\t']).starts_with('=')
}

/// Whether a line is a header and nothing else: `[name]` or `[[name]]`.
pub(crate) fn looks_like_header(line: &str) -> bool {
    let bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let line = line.split('#').next().unwrap_or_default().trim_end();
    let inner = line.strip_prefix('[').and_then(|line| line.strip_suffix(']'));
    let inner = inner.map(|inner| {
        inner.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')).unwrap_or(inner).trim()
    });
    inner.is_some_and(|name| {
        name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.chars().all(bare)
            && !matches!(name, "true" | "false" | "inf" | "nan")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_german_notation_are_understood() {
        let check = |text: &str, wanted: Option<&str>| {
            assert_eq!(german_number(text).as_deref(), wanted, "{text}");
        };
        check("5.000.000", Some("5000000"));
        check("1.234,56", Some("1234.56"));
        check("5,5", Some("5.5"));
        check("1 000 000", Some("1000000"));
        check("1'000", Some("1000"));
        check("-1.000.000", Some("-1000000"));
        check("12.34.56", None);
        check("a", None);
        check("5", None);
    }
}
