//! What can be wrong with a style sheet, and where.

use std::ops::Range;

use lightningcss::error::{ParserError, SelectorError};

use crate::diag::{Code, Diagnostic, Severity, Span, Words};
use crate::words;

/// Something wrong in a style sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CssProblem {
    /// Where.
    pub span: Span,
    /// What.
    pub trouble: Trouble,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trouble {
    /// It does not parse; the parser's words.
    Syntax(String),
    /// A rule or a selector that is not known, and is passed on as it is.
    Unknown(String),
    /// An imported style sheet that does not exist.
    NoSheet(String),
    /// A file that does not exist.
    NoFile(String),
    /// An address on another server.
    Foreign(String),
    /// An address that starts at the root of the server.
    Rooted(String),
    /// A style sheet that imports itself, directly or not.
    Cycle(String),
    /// More imports than this.
    TooMany(usize),
    /// More brackets in each other than this.
    TooDeep(usize),
}

impl Trouble {
    /// What a parser's error means.
    pub(super) fn of(error: &ParserError<'_>) -> Self {
        let words = error.to_string();
        let is_passed_on = matches!(
            error,
            ParserError::AtRuleInvalid(_)
                | ParserError::SelectorError(
                    SelectorError::UnsupportedPseudoClass(_)
                        | SelectorError::UnsupportedPseudoElement(_)
                )
        );
        if is_passed_on { Self::Unknown(words) } else { Self::Syntax(words) }
    }
}

impl CssProblem {
    /// Whether the style sheet can be published all the same.
    pub fn is_doubt(&self) -> bool {
        matches!(self.trouble, Trouble::Unknown(_))
    }

    /// The problem as a diagnostic.
    pub fn diagnostic(&self) -> Diagnostic {
        let new = |code, message| Diagnostic::new(code, self.span.clone(), message);
        match &self.trouble {
            Trouble::Syntax(said) => new(
                Code::StyleSheet,
                words!("hier ist das Stylesheet fehlerhaft", "the style sheet has an error here"),
            )
            .help(words!(
                "berichtigen Sie das CSS an dieser Stelle",
                "correct the CSS at this place"
            ))
            .note(Words::same(said)),
            Trouble::Unknown(said) => new(
                Code::StyleSheet,
                words!(
                    "diese Regel oder dieser Selektor ist nicht bekannt",
                    "this rule or selector is not known"
                ),
            )
            .help(words!("prüfen Sie die Schreibweise", "check the spelling"))
            .severity(Severity::Warning)
            .note(Words::same(said)),
            Trouble::NoSheet(path) => new(
                Code::FileMissing,
                words!("es gibt kein Stylesheet `{path}`", "there is no style sheet `{path}`"),
            )
            .help(words!(
                "berichtigen Sie den Pfad; er gilt vom Ordner dieses Stylesheets aus",
                "correct the path; it starts at the folder of this style sheet",
            )),
            Trouble::NoFile(path) => new(
                Code::FileMissing,
                words!("es gibt keine Datei `{path}`", "there is no file `{path}`"),
            )
            .help(words!(
                "berichtigen Sie den Pfad; er gilt vom Ordner dieses Stylesheets aus",
                "correct the path; it starts at the folder of this style sheet",
            )),
            Trouble::Foreign(url) => new(
                Code::ForeignOrigin,
                words!(
                    "`{url}` würde von einem fremden Server geladen",
                    "`{url}` would be loaded from another server",
                ),
            )
            .help(words!(
                "legen Sie die Datei in den Ordner der Gestaltung und verweisen Sie dorthin",
                "put the file into the theme's folder and point to it there",
            )),
            Trouble::Rooted(url) => new(
                Code::StyleSheet,
                words!(
                    "`{url}` beginnt an der Wurzel des Servers, nicht bei diesem Stylesheet",
                    "`{url}` starts at the root of the server, not at this style sheet",
                ),
            )
            .help(words!(
                "schreiben Sie den Pfad vom Ordner dieses Stylesheets aus",
                "write the path from the folder of this style sheet",
            )),
            Trouble::Cycle(path) => new(
                Code::StyleSheet,
                words!(
                    "`{path}` bindet sich auf diesem Weg selbst ein",
                    "`{path}` imports itself this way",
                ),
            )
            .help(words!("streichen Sie dieses `@import`", "remove this `@import`")),
            Trouble::TooMany(count) => new(
                Code::StyleSheet,
                words!(
                    "hier kommen mehr als {count} Einbindungen zusammen",
                    "more than {count} imports come together here",
                ),
            )
            .help(words!("legen Sie Stylesheets zusammen", "merge style sheets")),
            Trouble::TooDeep(count) => new(
                Code::StyleSheet,
                words!(
                    "hier sind mehr als {count} Klammern ineinander geschachtelt",
                    "more than {count} brackets stand in each other here",
                ),
            )
            .help(words!("schachteln Sie flacher", "nest less deeply")),
        }
    }

    /// What problems are sorted by.
    fn key(&self) -> impl Ord + '_ {
        (&self.span.path, self.span.range.start, self.span.range.end, &self.trouble)
    }
}

impl PartialOrd for CssProblem {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for CssProblem {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key().cmp(&other.key())
    }
}

/// The byte at a line, counted from 0, and a column, counted from 1 in UTF-16 units. Lines end as
/// CSS has it.
pub(super) fn offset(text: &str, line: u32, column: u32) -> usize {
    let mut start = 0;
    for _ in 0..line {
        let rest = &text[start..];
        let Some(end) = rest.find(['\n', '\r', '\x0c']) else { return text.len() };
        start += end + if rest[end..].starts_with("\r\n") { 2 } else { 1 };
    }
    let mut left = column.saturating_sub(1) as usize;
    for (at, c) in text[start..].char_indices() {
        if left == 0 {
            return start + at;
        }
        left = left.saturating_sub(c.len_utf16());
    }
    text.len()
}

/// The byte at which more than `limit` brackets are open. The parser goes down one level of the
/// stack for each, so it must not see such a text. Brackets in strings and comments do not count.
pub(super) fn too_deep(text: &str, limit: usize) -> Option<usize> {
    let (mut depth, mut quote, mut is_comment) = (0_usize, None, false);
    let mut bytes = text.bytes().enumerate().peekable();
    while let Some((at, byte)) = bytes.next() {
        let next = bytes.peek().map(|(_, byte)| *byte);
        match (byte, quote) {
            (b'*', _) if is_comment => is_comment = next != Some(b'/'),
            _ if is_comment => {}
            (b'\\', _) => drop(bytes.next()),
            (b'\n', Some(_)) => quote = None,
            (_, Some(open)) if byte == open => quote = None,
            (_, Some(_)) => {}
            (b'"' | b'\'', None) => quote = Some(byte),
            (b'/', None) if next == Some(b'*') => {
                is_comment = true;
                bytes.next();
            }
            (b'(' | b'[' | b'{', None) => depth += 1,
            (b')' | b']' | b'}', None) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > limit {
            return Some(at);
        }
    }
    None
}

/// The word that begins at a byte, or the single character that is no word; at the end of the text
/// what comes last.
pub(super) fn word_at(text: &str, start: usize) -> Range<usize> {
    let rest = text[start..].trim_start_matches([' ', '\t']);
    if rest.trim_start().is_empty() {
        let end = text.trim_end().len();
        let last = text[..end].chars().next_back().map_or(0, char::len_utf8);
        return end - last..end;
    }
    let ends = |c: char| c.is_whitespace() || ";{},".contains(c);
    let first = rest.chars().next().map_or(0, char::len_utf8);
    let start = text.len() - rest.len();
    start..start + rest.find(ends).unwrap_or(rest.len()).max(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_utf16() {
        let text = "a\r\n/* ä😀 */ x\x0cy\rz";
        assert_eq!(offset(text, 0, 1), 0);
        assert_eq!(text[offset(text, 1, 11)..].chars().next(), Some('x'));
        assert_eq!(text[offset(text, 2, 1)..].chars().next(), Some('y'));
        assert_eq!(text[offset(text, 3, 1)..].chars().next(), Some('z'));
        assert_eq!(offset(text, 9, 9), text.len());
        assert_eq!(offset(text, 3, 9), text.len());
    }

    #[test]
    fn brackets_are_counted_outside_of_strings_and_comments() {
        assert_eq!(too_deep("a{b{c{}}}", 2), Some(5));
        assert_eq!(too_deep("a{b{}c{}}", 2), None);
        assert_eq!(too_deep("/*(((*/ '(((' \"\\\"(((\" \\(\\(\\(", 2), None);
        assert_eq!(too_deep("/*/(((", 2), None);
        assert_eq!(too_deep("/**/(((", 2), Some(6));
    }

    #[test]
    fn words_end_at_the_rules_signs() {
        assert_eq!(word_at("a { colr: red; }", 4), 4..9);
        assert_eq!(word_at("a {", 2), 2..3);
        assert_eq!(word_at("a }\n", 4), 2..3);
        assert_eq!(word_at("", 0), 0..0);
        assert_eq!(word_at("ä", 0), 0..2);
    }
}
