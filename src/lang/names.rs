//! Lists within a sentence: `a, b und c`.

use crate::diag::Tongue;

use super::Lang;

/// Joins items as a sentence does: `a, b und c`, `a, b and c`. In languages that this program
/// does not speak, with commas alone.
pub fn list(items: &[impl AsRef<str>], lang: &Lang) -> String {
    let last = match lang.tongue() {
        Some(Tongue::De) => " und ",
        Some(Tongue::En) => " and ",
        None => ", ",
    };
    let mut out = String::new();
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push_str(if index + 1 == items.len() { last } else { ", " });
        }
        out.push_str(item.as_ref());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_read_like_sentences() {
        for (lang, items, expected) in [
            ("de", &[][..], ""),
            ("de", &["a"], "a"),
            ("de", &["a", "b"], "a und b"),
            ("de-simple", &["a", "b", "c"], "a, b und c"),
            ("en", &["a", "b", "c"], "a, b and c"),
            ("fr", &["a", "b", "c"], "a, b, c"),
        ] {
            assert_eq!(list(items, &Lang::parse(lang).unwrap()), expected);
        }
    }
}
