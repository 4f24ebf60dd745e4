//! What a text would make a browser fetch from elsewhere: addresses with a host, where they are loaded and
//! not only linked.
//!
//! Every page goes through here, so it is one look at each `//` and at the tag around it, without a
//! parser. What a script composes is beyond it.

mod tag;

use std::ops::Range;

use memchr::{memmem, memrchr};

use self::tag::{Place, place};

/// An address that would be fetched.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Load {
    /// The address, with its host.
    pub address: Box<str>,
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// Whether it is a picture, a film or sound.
    pub is_media: bool,
}

/// What HTML, or SVG, would load.
pub fn markup(text: &[u8]) -> Vec<Load> {
    // Browsers take a backslash for a slash.
    if memmem::find(text, b"/\\").is_some() {
        let straight: Vec<u8> =
            text.iter().map(|byte| if *byte == b'\\' { b'/' } else { *byte }).collect();
        return slashed(&straight);
    }
    slashed(text)
}

/// What HTML whose addresses have slashes alone would load.
fn slashed(text: &[u8]) -> Vec<Load> {
    let mut found = Vec::new();
    let (mut known, mut tag) = (0, None);
    for slashes in memmem::find_iter(text, b"//") {
        // A later address stands in the same tag, or in one that begins behind the last address.
        if let Some(start) = memrchr(b'<', &text[known..slashes]) {
            tag = Some(known + start);
        }
        known = slashes;
        let Some(tag) = tag else { continue };
        // Most addresses are those of links.
        let before = &text[tag..slashes];
        let is_plain = |word: &[u8]| memmem::find(before, word).is_none();
        if before.starts_with(b"<a ") && is_plain(b"url(") && is_plain(b"ping") {
            continue;
        }
        let start = start_of(text, slashes);
        if let Some(is_media) = loads(text, tag, start) {
            found.push(load(text, start, is_media));
        }
    }
    found.retain(|load| !is_comment(&text[..load.range.start]));
    found
}

/// What a script would load, as far as it says so in one go.
pub fn script(text: &[u8]) -> Vec<Load> {
    const LOADING: [&[u8]; 8] = [
        b"import",
        b"from",
        b"fetch(",
        b"import(",
        b"importScripts(",
        b"Worker(",
        b"EventSource(",
        b"src=",
    ];
    let mut found = Vec::new();
    for slashes in memmem::find_iter(text, b"//") {
        let start = start_of(text, slashes);
        let Some((b'"' | b'\'' | b'`', before)) = text[..start].split_last() else { continue };
        let before: Vec<u8> =
            before.iter().rev().copied().filter(|b| !b.is_ascii_whitespace()).take(16).collect();
        let is_loading = |word: &&[u8]| word.iter().rev().eq(before.iter().take(word.len()));
        if LOADING.iter().any(is_loading) {
            found.push(load(text, start, false));
        }
    }
    found
}

/// What a style sheet would load.
pub fn style(text: &[u8]) -> Vec<Load> {
    let starts = memmem::find_iter(text, b"//").map(|slashes| start_of(text, slashes));
    starts.filter(|start| is_style(&text[..*start])).map(|start| load(text, start, false)).collect()
}

/// Where the address begins whose host stands behind these slashes.
fn start_of(text: &[u8], slashes: usize) -> usize {
    let before = &text[..slashes];
    let scheme = [&b"https:"[..], b"http:"].into_iter().find(|scheme| {
        before.len() >= scheme.len()
            && before[before.len() - scheme.len()..].eq_ignore_ascii_case(scheme)
    });
    slashes - scheme.map_or(0, <[u8]>::len)
}

/// Whether an address that begins at a byte is loaded, and then whether as a medium; `tag` is where the
/// last tag before it begins.
fn loads(text: &[u8], tag: usize, start: usize) -> Option<bool> {
    let is_style = is_style(&text[..start]);
    match place(text, tag, start)? {
        Place::Inside(element) => (is_style && element == b"style").then_some(false),
        Place::Attribute { .. } if is_style => Some(false),
        Place::Attribute { element, name, is_first, rel } => {
            is_loaded(&element, &name, is_first, &rel).then(|| is_medium(&element, &name))
        }
    }
}

/// Whether CSS that ends here goes on with an address that it loads.
fn is_style(before: &[u8]) -> bool {
    const QUOTES: [&[u8]; 5] = [b"", b"\"", b"'", b"&quot;", b"&#39;"];
    let before = before.trim_ascii_end();
    QUOTES.iter().filter_map(|quote| before.strip_suffix(*quote)).any(|before| {
        let before = before.trim_ascii_end();
        before.ends_with(b"url(") || before.ends_with(b"@import")
    })
}

/// Whether the address in an attribute is loaded. `is_first` says that it stands at the beginning of the
/// value, or of a part of a list.
fn is_loaded(element: &[u8], name: &[u8], is_first: bool, rel: &[u8]) -> bool {
    const RELATIONS: [&[u8]; 12] = [
        b"stylesheet",
        b"icon",
        b"apple-touch-icon",
        b"apple-touch-icon-precomposed",
        b"mask-icon",
        b"preload",
        b"modulepreload",
        b"prefetch",
        b"preconnect",
        b"dns-prefetch",
        b"prerender",
        b"manifest",
    ];
    let is_named = || {
        rel.split(u8::is_ascii_whitespace)
            .any(|word| RELATIONS.iter().any(|known| known.eq_ignore_ascii_case(word)))
    };
    is_first
        && match name {
            b"src" | b"srcset" | b"poster" | b"background" | b"action" | b"formaction"
            | b"imagesrcset" | b"ping" => true,
            b"data" => element == b"object",
            b"href" | b"xlink:href" => match element {
                b"link" => is_named(),
                b"use" | b"image" | b"feimage" | b"script" | b"base" => true,
                _ => false,
            },
            _ => false,
        }
}

/// Whether an attribute holds the address of a picture, a film or sound.
fn is_medium(element: &[u8], name: &[u8]) -> bool {
    matches!(element, b"img" | b"source" | b"video" | b"audio" | b"track")
        && matches!(name, b"src" | b"srcset" | b"poster")
}

/// Whether a text ends inside a comment.
fn is_comment(before: &[u8]) -> bool {
    let Some(open) = memmem::rfind(before, b"<!--") else { return false };
    memmem::find(&before[open..], b"-->").is_none()
}

/// The address that begins at a byte.
fn load(text: &[u8], start: usize, is_media: bool) -> Load {
    let ends = |byte: &u8| byte.is_ascii_whitespace() || b"\"'`<>),\\".contains(byte);
    let end = text[start..].iter().position(ends).map_or(text.len(), |end| start + end);
    let address = String::from_utf8_lossy(&text[start..end]).replace("&amp;", "&");
    Load { address: address.into_boxed_str(), range: start..end, is_media }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The addresses that a text loads; those of media begin with `+`.
    fn check(text: &str, expected: &[&str]) {
        let shown = |load: Load| {
            assert!(
                text.is_char_boundary(load.range.start) && text.is_char_boundary(load.range.end)
            );
            format!("{}{}", if load.is_media { "+" } else { "" }, load.address)
        };
        let found: Vec<String> = markup(text.as_bytes()).into_iter().map(shown).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn what_is_loaded_is_found() {
        check("<img src=\"https://a.example/x.png\">", &["+https://a.example/x.png"]);
        check("<IMG alt='>' SRC='HTTP://a.example/x'>", &["+HTTP://a.example/x"]);
        check("<script src=//a.example/x.js></script>", &["//a.example/x.js"]);
        check(
            "<img srcset=\"/a.png 1x, https://a.example/b.png 2x\">",
            &["+https://a.example/b.png"],
        );
        check("<link href=\"https://a.example/x\" rel=\"preload\">", &["https://a.example/x"]);
        check("<link rel='alternate STYLESHEET' href='//a.example/x'>", &["//a.example/x"]);
        check("<svg><use xlink:href=\"https://a.example/x#i\"/></svg>", &["https://a.example/x#i"]);
        check("<object data=\"https://a.example/x\">", &["https://a.example/x"]);
        check(
            "<form action=\"https://a.example/x?a=1&amp;b=2\">",
            &["https://a.example/x?a=1&b=2"],
        );
        check("<p style=\"background:url( https://a.example/x)\">", &["https://a.example/x"]);
        check("<a href=\"/\" style=\"background:url(//a.example/x)\">", &["//a.example/x"]);
        check("<a style='background:url(\"//a.example/x\")'>", &["//a.example/x"]);
        check("<style>@import 'https://a.example/x';</style>", &["https://a.example/x"]);
        check("<a href=\"/\" ping=\"https://a.example/x\">", &["https://a.example/x"]);
        check("<img src=\"/\\a.example/x.png\">", &["+//a.example/x.png"]);
        check("<path fill=\"url(https://a.example/x#y)\"/>", &["https://a.example/x#y"]);
        check(
            "<p>http://b.example</p><iframe src=\"https://a.example/\">",
            &["https://a.example/"],
        );
        check(
            "<video poster=\"https://a.example/1\"><source src=\"https://a.example/2\">",
            &["+https://a.example/1", "+https://a.example/2"],
        );
    }

    #[test]
    fn what_is_only_linked_is_left_alone() {
        for text in [
            "<a href=\"https://a.example/\">https://a.example/</a>",
            "<link rel=\"canonical\" href=\"https://a.example/\">",
            "<link rel=\"alternate\" hreflang=\"en\" href=\"https://a.example/\">",
            "<meta property=\"og:image\" content=\"https://a.example/x.png\">",
            "<meta http-equiv=\"refresh\" content=\"0; url=https://a.example/\">",
            "<div data-embed=\"https://a.example/\" data-src='//a.example/'></div>",
            "<img src=\"/weiter?zu=https://a.example/\">",
            "<img src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>\">",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">",
            "<!-- <img src=\"https://a.example/x.png\"> -->",
            "<script type=\"application/ld+json\">{\"@context\":\"https://schema.org\"}</script>",
            "<code>src=\"https://a.example/\"</code>",
            "// src=\"https://a.example/\"",
            "<blockquote cite=\"https://a.example/\">",
        ] {
            check(text, &[]);
        }
    }

    #[test]
    fn styles_load_what_they_name() {
        let found = |text: &str| style(text.as_bytes()).len();
        assert_eq!(
            found("@import 'https://a.example/x.css'; a { background: url( \"//a.example/x\" ) }"),
            2
        );
        assert_eq!(found("/* https://a.example */ a { background: url(x.png) } // b"), 0);
    }

    #[test]
    fn scripts_load_what_they_name() {
        let found = |text: &str| script(text.as_bytes()).len();
        for text in [
            "import a from 'https://a.example/x.js'",
            "fetch( \"//a.example/x\")",
            "frame.src = `https://a.example/`",
            "new Worker('https://a.example/x')",
        ] {
            assert_eq!(found(text), 1, "{text}");
        }
        for text in
            ["// https://a.example", "open('https://a.example')", "const a = 'https://a.example'"]
        {
            assert_eq!(found(text), 0, "{text}");
        }
    }
}
