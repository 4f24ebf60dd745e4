//! HTML as it is written by hand in Markdown, and as it is written by us.
//!
//! Escaping for text and attributes; and a reader for tags that tells a start tag with its
//! attributes from everything else. Which tags are allowed is in [`allowed`].

pub mod allowed;

use std::ops::Range;

use crate::source::bytes::any;

/// Writes text as it stands between tags.
pub fn escape_text(out: &mut String, text: &str) {
    escape(out, text, false);
}

/// Writes text as it stands in a double-quoted attribute.
pub fn escape_attribute(out: &mut String, text: &str) {
    escape(out, text, true);
}

/// Text as it stands in HTML or XML, inside elements and double-quoted attributes alike.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape_attribute(&mut out, text);
    out
}

/// What HTML of ours says: without tags, and with what was escaped as it was.
pub fn plain(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut in_tag = false;
    for char in html.chars() {
        match char {
            '<' => in_tag = true,
            '>' if in_tag => in_tag = false,
            _ if !in_tag => out.push(char),
            _ => {}
        }
    }
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    entities.iter().fold(out, |text, (entity, char)| match text.contains(entity) {
        true => text.replace(entity, char),
        false => text,
    })
}

/// Writes text with what HTML gives a meaning to escaped, and characters that HTML does not
/// allow replaced.
fn escape(out: &mut String, text: &str, quotes: bool) {
    if !any(text.as_bytes(), is_special) {
        return out.push_str(text);
    }
    let mut done = 0;
    for (at, byte) in text.bytes().enumerate() {
        if !SPECIAL[usize::from(byte)] {
            continue;
        }
        let Some(c) = text[at..].chars().next() else { continue };
        let instead = match c {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' if quotes => "&quot;",
            '\r' => "",
            '\u{b}' | '\u{c}' => " ",
            _ if is_forbidden(c) => "\u{fffd}",
            _ => continue,
        };
        out.push_str(&text[done..at]);
        out.push_str(instead);
        done = at + c.len_utf8();
    }
    out.push_str(&text[done..]);
}

/// [`is_special`] for each byte: looking it up is quicker for a single byte.
const SPECIAL: [bool; 256] = {
    let mut special = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        special[byte] = is_special(byte as u8);
        byte += 1;
    }
    special
};

/// Whether a byte may begin a character that is not written as it is.
#[inline]
const fn is_special(byte: u8) -> bool {
    let is_sign = (byte == b'&') | (byte == b'<') | (byte == b'>') | (byte == b'"');
    let is_control = (byte < 0x20) & (byte != b'\t') & (byte != b'\n') | (byte == 0x7f);
    is_sign | is_control | (byte == 0xc2) | (byte == 0xef) | (byte >= 0xf0)
}

/// Whether HTML forbids the character: controls and Unicode's noncharacters.
fn is_forbidden(c: char) -> bool {
    let control = c.is_control() && !matches!(c, '\t' | '\n');
    control || matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe
}

/// Writes text in which character references are already written out: they stay, the rest is
/// escaped.
pub fn escape_around_references(out: &mut String, text: &str, quotes: bool) {
    let mut done = 0;
    for (at, _) in text.match_indices('&') {
        if is_reference(&text[at..]) {
            escape(out, &text[done..at], quotes);
            out.push('&');
            done = at + 1;
        }
    }
    escape(out, &text[done..], quotes);
}

/// Whether text that starts with `&` starts with a character reference.
fn is_reference(text: &str) -> bool {
    let name = text.bytes().skip(1).take(34).position(|byte| byte == b';');
    let Some(name) = name.map(|end| &text[1..=end]) else { return false };
    match name.strip_prefix('#') {
        Some(number) => {
            let number = number.strip_prefix(['x', 'X']).unwrap_or(number);
            !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_hexdigit())
        }
        None => !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric()),
    }
}

/// A piece of HTML source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Text between tags.
    Text(&'a str),
    /// A comment.
    Comment,
    /// A start tag.
    Open(Tag<'a>),
    /// An end tag: its name in lower case.
    Close(String),
    /// A declaration, a processing instruction, or a tag that never ends.
    Other,
}

/// A start tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag<'a> {
    /// The name, in lower case.
    pub name: String,
    /// The attributes: names in lower case, values without quotes but otherwise as written.
    pub attributes: Vec<(String, Option<&'a str>)>,
}

/// Takes HTML apart, each piece with its bytes.
pub fn pieces(html: &str) -> Vec<(Piece<'_>, Range<usize>)> {
    let mut pieces = Vec::new();
    let mut text_start = 0;
    let mut at = 0;
    while let Some(found) = html[at..].find('<') {
        let start = at + found;
        let Some((piece, length)) = tag(&html[start..]) else {
            at = start + 1;
            continue;
        };
        if text_start < start {
            pieces.push((Piece::Text(&html[text_start..start]), text_start..start));
        }
        at = start + length;
        text_start = at;
        pieces.push((piece, start..at));
    }
    if text_start < html.len() {
        pieces.push((Piece::Text(&html[text_start..]), text_start..html.len()));
    }
    pieces
}

/// The tag or comment with which `html` starts, and its length; `None` if its `<` is just that.
fn tag(html: &str) -> Option<(Piece<'_>, usize)> {
    let whole = html.len();
    if let Some(rest) = html.strip_prefix("<!--") {
        // `<!-->` and `<!--->` are comments, too.
        let short = ["->", ">"].iter().find(|end| rest.starts_with(**end)).map(|end| end.len());
        let length = short.or_else(|| rest.find("-->").map(|end| end + 3));
        return Some(length.map_or((Piece::Other, whole), |length| (Piece::Comment, length + 4)));
    }
    let rest = &html[1..];
    if rest.starts_with(['!', '?']) {
        return Some((Piece::Other, html.find('>').map_or(whole, |end| end + 1)));
    }
    let (rest, closing) = rest.strip_prefix('/').map_or((rest, false), |rest| (rest, true));
    let name =
        &rest[..rest.bytes().take_while(|&b| b.is_ascii_alphanumeric() || b == b'-').count()];
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let Some(end) = tag_end(html) else { return Some((Piece::Other, whole)) };
    let name_end = 1 + usize::from(closing) + name.len();
    let name = name.to_ascii_lowercase();
    let inside = html[name_end..end].trim_end_matches('/');
    let piece = if closing {
        Piece::Close(name)
    } else {
        Piece::Open(Tag { name, attributes: attributes(inside) })
    };
    Some((piece, end + 1))
}

/// The position of the `>` that ends the tag, which is not one in quotes.
fn tag_end(html: &str) -> Option<usize> {
    let mut quote = None;
    html.bytes().position(|byte| {
        match (quote, byte) {
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
        quote.is_none() && byte == b'>'
    })
}

/// The attributes between a tag's name and its end.
fn attributes(mut rest: &str) -> Vec<(String, Option<&str>)> {
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start();
        let end = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
        if rest.is_empty() {
            return attributes;
        }
        // A stray `=` is a name of its own, so that the loop gets on.
        let end = if end == 0 { 1 } else { end };
        let name = rest[..end].to_ascii_lowercase();
        rest = rest[end..].trim_start();
        let value = rest.strip_prefix('=').map(|after| {
            let (value, after) = attribute_value(after.trim_start());
            rest = after;
            value
        });
        attributes.push((name, value));
    }
}

/// The value with which `text` starts, without its quotes, and what follows it.
fn attribute_value(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(rest) = text.strip_prefix(quote) {
            return rest.split_once(quote).unwrap_or((rest, ""));
        }
    }
    text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_escaped_wherever_it_stands() {
        for c in (0..0x1_0000).chain([0x1_fffe, 0x1_f600, 0x10_ffff]).filter_map(char::from_u32) {
            let expected = match c {
                '&' => "&amp;".to_owned(),
                '<' => "&lt;".to_owned(),
                '>' => "&gt;".to_owned(),
                '"' => "&quot;".to_owned(),
                '\r' => String::new(),
                '\u{b}' | '\u{c}' => " ".to_owned(),
                _ if is_forbidden(c) => "\u{fffd}".to_owned(),
                _ => c.to_string(),
            };
            for length in [0, 15, 16, 20] {
                let filler = "x".repeat(length);
                assert_eq!(escaped(&format!("{filler}{c}")), format!("{filler}{expected}"));
                assert_eq!(escaped(&format!("{c}{filler}")), format!("{expected}{filler}"));
            }
        }
    }

    #[test]
    fn references_are_not_escaped_twice() {
        let mut out = String::new();
        escape_around_references(&mut out, "A &amp; B & C &#x41; &; \"<", true);
        assert_eq!(out, "A &amp; B &amp; C &#x41; &amp;; &quot;&lt;");
    }

    #[test]
    fn tags_are_taken_apart() {
        let all =
            pieces("a < b<SPAN lang=\"en\" title='x > y' dir=ltr hidden>c</Span><!-- > --><br/>");
        let shown: Vec<_> = all.iter().map(|(piece, _)| piece.clone()).collect();
        let tag = Tag {
            name: "span".into(),
            attributes: vec![
                ("lang".into(), Some("en")),
                ("title".into(), Some("x > y")),
                ("dir".into(), Some("ltr")),
                ("hidden".into(), None),
            ],
        };
        let br = Tag { name: "br".into(), attributes: vec![] };
        assert_eq!(
            shown,
            [
                Piece::Text("a < b"),
                Piece::Open(tag),
                Piece::Text("c"),
                Piece::Close("span".into()),
                Piece::Comment,
                Piece::Open(br),
            ]
        );
    }

    #[test]
    fn tags_without_an_end_end_with_the_text() {
        for html in ["<!-- a", "<a b='>", "<?php", "<!doctype"] {
            assert_eq!(pieces(html), [(Piece::Other, 0..html.len())]);
        }
    }

    #[test]
    fn forbidden_characters_are_replaced() {
        let mut out = String::new();
        escape_text(&mut out, "a\r\nb\u{b}c\0d\u{85}e\u{ad}f\u{202f}");
        assert_eq!(out, "a\nb c\u{fffd}d\u{fffd}e\u{ad}f\u{202f}");
    }
}
