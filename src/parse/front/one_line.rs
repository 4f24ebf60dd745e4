//! Fields that share a line: `+++ title = "A", summary = "B" +++`.

use std::borrow::Cow;

use super::body::Open;
use crate::parse::toml::guess::looks_like_key;

/// Fields on one line, each put on a line of its own. What parted them becomes blanks and a line
/// end, so that all positions stay.
pub(in crate::parse) fn apart(text: &str) -> Cow<'_, str> {
    if text.trim().contains('\n') {
        return Cow::Borrowed(text);
    }
    let mut found = Vec::new();
    let mut has_value = false;
    let mut is_apart = true;
    Open::default().follow(text, |brackets, rest| {
        let is_key = brackets == 0 && is_apart && has_value && looks_like_key(rest);
        if is_key {
            found.push(text.len() - rest.len());
        }
        has_value |= rest.starts_with(['=', '"', '\'', ']', '}']);
        is_apart = rest.starts_with([' ', '\t', ',', ';']);
        false
    });
    let mut lines = text.to_owned();
    for at in found {
        let before = text.get(..at).unwrap_or_default();
        let gap = before.trim_end_matches([' ', '\t', ',', ';']).len()..at;
        let blank = " ".repeat(gap.len() - 1);
        lines.replace_range(gap, &format!("{blank}\n"));
    }
    Cow::Owned(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_put_apart() {
        let check = |text: &str, wanted: &str| assert_eq!(apart(text), wanted);
        check(" a = \"x\", b = \"y\" ", " a = \"x\" \nb = \"y\" ");
        check(
            "a = \"x, c = 1\" b = [1, 2]; c = {d = 1, e = 2}",
            "a = \"x, c = 1\"\nb = [1, 2] \nc = {d = 1, e = 2}",
        );
        check("a = 1 b = 2", "a = 1\nb = 2");
        check("a = \"x\" # b = 1", "a = \"x\" # b = 1");
    }
}
