//! The three kinds of path, never mixed: a [`RelPath`] names a source file, a [`Route`] an
//! output, and a url (a `String` made by the site's settings) a place on the web.
//!
//! Also here: which names may serve as an entry's id, and how any other name is turned into one.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

use icu_normalizer::ComposingNormalizer;

/// The file in the output folder that lists what was published.
pub const MANIFEST: &str = "schaukasten.json";

/// The file in the output folder that holds the accessibility statement for machines.
pub const STATEMENT: &str = "barrierefreiheit.json";

/// A source file's path relative to the site's root, with slashes, exactly as the file system
/// spells it.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RelPath(Arc<str>);

impl RelPath {
    /// Takes a path that already has slashes and is relative to the site's root.
    pub fn new(path: impl AsRef<str>) -> Self {
        Self(Arc::from(path.as_ref()))
    }

    /// The whole path.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part, with its extension.
    pub fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// The last part without the text after its last dot.
    pub fn stem(&self) -> &str {
        self.name().rsplit_once('.').map_or(self.name(), |(stem, _)| stem)
    }

    /// What follows the last dot of the name, in lower case; empty without a dot.
    pub fn extension(&self) -> String {
        self.name().rsplit_once('.').map_or(String::new(), |(_, end)| end.to_lowercase())
    }

    /// The folder, without a slash at its end; empty at the root.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The path with everything before and including `folder/` taken off.
    pub fn below(&self, folder: &str) -> Option<&str> {
        self.0.strip_prefix(folder)?.strip_prefix('/')
    }

    /// Resolves a relative reference as it stands in this file: `../a/b.md` against the file's
    /// folder. `None` if it climbs above the site's root.
    pub fn join(&self, reference: &str) -> Option<Self> {
        Self::joined(self.folder(), reference)
    }

    /// Resolves a relative reference against a folder.
    pub fn joined(folder: &str, reference: &str) -> Option<Self> {
        let (mut folder, mut reference) = (folder.trim_matches('/'), reference);
        while let Some(rest) = reference.strip_prefix("../").filter(|_| !folder.is_empty()) {
            folder = folder.rfind('/').map_or("", |end| &folder[..end]);
            reference = rest;
        }
        let mut path = String::with_capacity(folder.len() + 1 + reference.len());
        path.push_str(folder);
        if is_straight(reference) {
            push_part(&mut path, reference);
            return Some(Self(Arc::from(path)));
        }
        for part in reference.split('/') {
            match part {
                "" | "." => {}
                ".." if path.is_empty() => return None,
                ".." => path.truncate(path.rfind('/').unwrap_or(0)),
                name => push_part(&mut path, name),
            }
        }
        Some(Self(Arc::from(path)))
    }

    /// The path in Unicode's composed form, so that both ways to write an umlaut compare equal.
    pub fn composed(&self) -> String {
        composed(&self.0)
    }

    /// The same as a path.
    #[must_use]
    pub fn in_composed_form(&self) -> Self {
        if self.0.is_ascii() { self.clone() } else { Self::new(self.composed()) }
    }
}

/// Whether a reference only goes down, with nothing to leave out: no part is empty or begins with a
/// dot.
fn is_straight(reference: &str) -> bool {
    let mut before = b'/';
    for byte in reference.bytes() {
        if before == b'/' && matches!(byte, b'/' | b'.') {
            return false;
        }
        before = byte;
    }
    before != b'/'
}

/// Adds a part to a path.
fn push_part(path: &mut String, part: &str) {
    if !path.is_empty() {
        path.push('/');
    }
    path.push_str(part);
}

impl fmt::Display for RelPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for RelPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// An output's path below the output folder, with slashes, not percent-encoded:
/// `initiativen/govtech-campus/index.html`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Route(Arc<str>);

impl Route {
    /// Takes a path without a slash at its start.
    pub fn new(path: impl AsRef<str>) -> Self {
        Self(Arc::from(path.as_ref()))
    }

    /// The route of a page whose address is `address` (`initiativen/govtech-campus/`, or empty
    /// for the home page).
    pub fn page(address: &str) -> Self {
        Self::new(format!("{address}index.html"))
    }

    /// The file below the output folder.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address as it stands in links, percent-encoded, with a slash at its start and without
    /// `index.html`. The site's base path still has to be put before it.
    pub fn address(&self) -> String {
        self.address_below("")
    }

    /// The same with the site's base path before it.
    pub fn address_below(&self, base: &str) -> String {
        let path = self.0.strip_suffix("index.html").filter(|p| p.is_empty() || p.ends_with('/'));
        let path = path.unwrap_or(&self.0);
        let mut out = String::with_capacity(base.len() + 1 + path.len());
        out.push_str(base);
        out.push('/');
        encode(&mut out, path);
        out
    }
}

impl Borrow<str> for Route {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// `text` in Unicode's composed form (NFC).
pub fn composed(text: &str) -> String {
    // Below the combining marks everything is composed already.
    if text.is_ascii() || text.chars().all(|c| c < '\u{300}') {
        return text.to_owned();
    }
    ComposingNormalizer::new_nfc().normalize(text).into_owned()
}

/// `path` with every byte percent-encoded that may not stand in a URL's path (RFC 3986,
/// section 3.3); slashes are kept.
pub fn percent_encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    encode(&mut out, path);
    out
}

/// Writes a path percent-encoded.
fn encode(out: &mut String, path: &str) {
    if path.bytes().all(|byte| PLAIN[usize::from(byte)]) {
        return out.push_str(path);
    }
    for byte in path.bytes() {
        if PLAIN[usize::from(byte)] {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
}

/// Whether each byte stands in a path as it is.
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        plain[byte] = matches!(
            byte as u8,
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' | b'@'
                | b'!' | b'$' | b'(' | b')' | b',' | b';' | b':' | b'=' | b'+' | b'*'
        );
        byte += 1;
    }
    plain
};

/// `text` with percent-encoded bytes decoded; `None` if what comes out is not UTF-8.
pub fn percent_decoded(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let pair = bytes.get(at + 1..at + 3).filter(|pair| pair.iter().all(u8::is_ascii_hexdigit));
        let hex = pair.and_then(|pair| std::str::from_utf8(pair).ok());
        match hex.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(byte) if bytes[at] == b'%' => {
                out.push(byte);
                at += 3;
            }
            _ => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).ok()
}

/// Whether `name` may be an entry's id: `[a-z0-9.-]+`, not starting with a dot.
pub fn is_id(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with('.')
        && name.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-'))
}

/// The id nearest to `text`: lower case, umlauts spelled out, anything else a hyphen. Empty if
/// nothing is left.
pub fn id_from(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 4);
    let mut put = |c: char| match c {
        'a'..='z' | '0'..='9' | '.' => out.push(c),
        'ä' | 'æ' => out.push_str("ae"),
        'ö' | 'ø' | 'œ' => out.push_str("oe"),
        'ü' => out.push_str("ue"),
        'ß' => out.push_str("ss"),
        'à' | 'á' | 'â' | 'ã' | 'å' => out.push('a'),
        'è' | 'é' | 'ê' | 'ë' => out.push('e'),
        'ì' | 'í' | 'î' | 'ï' => out.push('i'),
        'ò' | 'ó' | 'ô' | 'õ' => out.push('o'),
        'ù' | 'ú' | 'û' => out.push('u'),
        'ç' => out.push('c'),
        'ñ' => out.push('n'),
        '\'' | '’' | '\u{ad}' => {}
        _ if out.ends_with('-') || out.is_empty() => {}
        _ => out.push('-'),
    };
    // What does not combine and has one lower case is most of what there is.
    match text.chars().all(|c| c < '\u{130}') {
        true => text.chars().for_each(|c| put(lower(c))),
        false => composed(text).chars().flat_map(char::to_lowercase).for_each(put),
    }
    out.trim_matches(|c| c == '-' || c == '.').to_owned()
}

/// The lower case of a character below U+0130: from there on, some have one of several characters.
fn lower(c: char) -> char {
    if c.is_ascii() { c.to_ascii_lowercase() } else { c.to_lowercase().next().unwrap_or(c) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_spell_out_umlauts() {
        assert_eq!(id_from("Förderung digitaler Talente"), "foerderung-digitaler-talente");
        assert_eq!(id_from("Kommunal? Digital!"), "kommunal-digital");
        assert_eq!(id_from("Digitalakademie@bw"), "digitalakademie-bw");
        assert_eq!(id_from("A\u{308}mter"), "aemter");
        assert_eq!(id_from("open.bydata"), "open.bydata");
        assert_eq!(id_from("???"), "");
    }

    #[test]
    fn references_resolve_against_the_folder() {
        let path = RelPath::new("content/a/b.md");
        assert_eq!(path.join("../c/d.md").map(|p| p.to_string()), Some("content/c/d.md".into()));
        assert_eq!(path.join("../../../d.md"), None);
        assert_eq!(path.join("../..").map(|p| p.to_string()), Some(String::new()));
        assert_eq!(path.join("../../..").map(|p| p.to_string()), None);
        for (reference, expected) in
            [("x", "content/a/x"), ("./x//y/", "content/a/x/y"), ("x/../.y", "content/a/.y")]
        {
            assert_eq!(path.join(reference).map(|p| p.to_string()), Some(expected.into()));
        }
        assert_eq!(RelPath::joined("", "a/b.md").map(|p| p.to_string()), Some("a/b.md".into()));
        assert_eq!(RelPath::joined("", "../b.md"), None);
    }

    #[test]
    fn addresses_are_encoded() {
        assert_eq!(Route::page("").address(), "/");
        assert_eq!(Route::page("a/b/").address(), "/a/b/");
        assert_eq!(Route::new("a/Grüße 1.pdf").address(), "/a/Gr%C3%BC%C3%9Fe%201.pdf");
        assert_eq!(percent_decoded("Gr%C3%BC%C3%9Fe%201.pdf").as_deref(), Some("Grüße 1.pdf"));
    }
}
