//! From bytes to text: what a text file must be before anything else looks at it.
//!
//! What leaves here is UTF-8 without control characters. They are replaced by as many bytes as they
//! had, so that places stay what they are in the file.

use std::borrow::Cow;

use super::TEXT_LIMIT;
use super::bytes::any_in_file;
use crate::diag::{Code, Diagnostic, Severity, Span};
use crate::path::RelPath;
use crate::words;

/// The byte-order mark, which some editors put before a text.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// The character that stands where another was lost.
const LOST: char = '\u{fffd}';

/// The text in `bytes`, without a byte-order mark. `None` if it cannot be read as text.
pub fn decode(notes: &mut Vec<Diagnostic>, path: &RelPath, bytes: &[u8]) -> Option<String> {
    if bytes.len() as u64 > TEXT_LIMIT {
        notes.push(too_large(path, bytes.len() as u64));
        return None;
    }
    let rest = unmarked(bytes);
    if rest.len() < bytes.len() {
        notes.push(mark(path));
    }
    match std::str::from_utf8(rest) {
        Ok(text) => Some(cleaned(notes, path, text)),
        Err(error) => {
            notes.push(not_utf8(path, bytes, error.valid_up_to()));
            None
        }
    }
}

/// The text in `bytes` for showing a diagnostic: as [`decode`] reads it, with a sign for each byte
/// that is none; nothing if it is no text at all.
pub fn for_display(bytes: &[u8]) -> Option<String> {
    let rest = unmarked(bytes);
    let text = match String::from_utf8_lossy(rest) {
        Cow::Borrowed(text) => text.to_owned(),
        Cow::Owned(_) if rest.contains(&0) => return None,
        Cow::Owned(text) => text,
    };
    Some(if has_lone_returns(&text) { with_line_feeds(&text) } else { text })
}

/// What follows the byte-order mark; a program that puts one before a text does not look whether
/// there is one.
fn unmarked(mut bytes: &[u8]) -> &[u8] {
    while let Some(rest) = bytes.strip_prefix(MARK) {
        bytes = rest;
    }
    bytes
}

/// A text without characters that no text should have.
fn cleaned(notes: &mut Vec<Diagnostic>, path: &RelPath, text: &str) -> String {
    if !any_in_file(text.as_bytes(), |byte| is_suspect(byte) | (byte == b'\r')) {
        return text.to_owned();
    }
    let mut text = Cow::Borrowed(text);
    if has_lone_returns(&text) {
        notes.push(lone_returns(path, &text));
        text = Cow::Owned(with_line_feeds(&text));
    }
    if !any_in_file(text.as_bytes(), is_suspect) {
        return text.into_owned();
    }
    report(notes, path, &text, lost, |c| c == LOST);
    if report(notes, path, &text, control, is_control) {
        let blank = |c: char| match is_control(c) {
            true => " ".repeat(c.len_utf8()),
            false => c.to_string(),
        };
        text = Cow::Owned(text.chars().map(blank).collect());
    }
    text.into_owned()
}

/// Whether a byte may begin a character that no text should have: a look at bytes alone lets nearly
/// every text pass. Controls above ASCII begin with C2, the replacement character with EF.
fn is_suspect(byte: u8) -> bool {
    let is_white = (byte == b'\n') | (byte == b'\r') | (byte == b'\t');
    (byte < 0x20) & !is_white | (byte == 0x7f) | (byte == 0xc2) | (byte == 0xef)
}

/// Whether a character controls a device instead of being shown.
fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t')
}

/// Whether lines end as on old Macs, with `\r` alone.
fn has_lone_returns(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_lone = |at: usize| bytes.get(at + 1) != Some(&b'\n');
    any_in_file(bytes, |byte| byte == b'\r') && text.match_indices('\r').any(|(at, _)| is_lone(at))
}

/// The text with a line feed in place of each `\r` that stands alone.
fn with_line_feeds(text: &str) -> String {
    let mut chars = text.chars().peekable();
    let mut out = String::with_capacity(text.len());
    while let Some(c) = chars.next() {
        out.push(if c == '\r' && chars.peek() != Some(&'\n') { '\n' } else { c });
    }
    out
}

/// Reports the first of some characters, with the count of the others; says whether there are any.
fn report(
    notes: &mut Vec<Diagnostic>,
    path: &RelPath,
    text: &str,
    tell: fn(Span, char) -> Diagnostic,
    is_meant: fn(char) -> bool,
) -> bool {
    let mut found = text.char_indices().filter(|(_, c)| is_meant(*c));
    let Some((at, c)) = found.next() else { return false };
    let note = tell(Span::new(path, at..at + c.len_utf8()), c);
    notes.push(match found.count() {
        0 => note,
        1 => note.note(words!(
            "ein zweites solches Zeichen steht weiter unten in der Datei",
            "there is a second such character further down in the file"
        )),
        more => note.note(words!(
            "solche Zeichen stehen an {more} weiteren Stellen der Datei",
            "there are {more} more such characters in the file"
        )),
    });
    true
}

/// A control character.
fn control(span: Span, c: char) -> Diagnostic {
    let code = u32::from(c);
    let message = words!(
        "hier steht ein unsichtbares Steuerzeichen (U+{code:04X})",
        "an invisible control character (U+{code:04X}) stands here"
    );
    Diagnostic::new(Code::ControlCharacter, span.clone(), message)
        .label(words!("gehört in keinen Text", "belongs in no text"))
        .fix(words!("löschen Sie das Zeichen", "delete the character"), span, "")
}

/// A character that was lost when the text went from one encoding to another.
fn lost(span: Span, _: char) -> Diagnostic {
    let message = words!(
        "hier ging beim Speichern ein Zeichen verloren",
        "a character was lost here when the file was saved"
    );
    Diagnostic::new(Code::FileNotUtf8, span, message)
        .severity(Severity::Warning)
        .label(words!("ein Ersatzzeichen", "a replacement character"))
        .help(words!("schreiben Sie das richtige Zeichen", "write the right character"))
}

/// Lines that end as on old Macs.
fn lone_returns(path: &RelPath, text: &str) -> Diagnostic {
    let at = text.find('\r').unwrap_or(0);
    let message = words!(
        "Zeilen enden mit einem einzelnen Wagenrücklauf (CR)",
        "lines end with a carriage return alone (CR)"
    );
    Diagnostic::new(Code::ControlCharacter, Span::new(path, at..at), message)
        .severity(Severity::Warning)
        .help(words!(
            "speichern Sie die Datei mit Zeilenenden „LF“ oder „CRLF“",
            "save the file with line ends “LF” or “CRLF”"
        ))
}

/// A text file that is too large.
pub fn too_large(path: &RelPath, size: u64) -> Diagnostic {
    const TENTH: u64 = 1024 * 1024 / 10;
    // Never less than what is allowed.
    let tenths = size.div_ceil(TENTH);
    let (whole, tenth) = (tenths / 10, tenths % 10);
    let message = words!(
        "die Datei ist mit {whole},{tenth} MiB zu groß",
        "the file is too large: {whole}.{tenth} MiB"
    );
    Diagnostic::new(Code::FileTooLarge, Span::start_of(path), message).help(words!(
        "eine Textdatei darf 16 MiB haben; teilen Sie sie auf",
        "a text file may have 16 MiB; split it"
    ))
}

/// A byte-order mark.
fn mark(path: &RelPath) -> Diagnostic {
    let message = words!(
        "die Datei beginnt mit einer Byte-Reihenfolge-Markierung",
        "the file begins with a byte-order mark"
    );
    Diagnostic::new(Code::ByteOrderMark, Span::start_of(path), message).help(words!(
        "speichern Sie sie als „UTF-8“ ohne „BOM“",
        "save it as “UTF-8” without “BOM”"
    ))
}

/// A text in another encoding; the first byte that is none of UTF-8.
fn not_utf8(path: &RelPath, bytes: &[u8], at: usize) -> Diagnostic {
    let is_wide = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
    let message = if is_wide {
        words!("die Datei ist in UTF-16 gespeichert", "the file is saved in UTF-16")
    } else {
        words!("die Datei ist nicht in UTF-8 gespeichert", "the file is not saved in UTF-8")
    };
    // In the text that is shown, a sign of its own stands for what cannot be read.
    let span = Span::new(path, at..at + LOST.len_utf8());
    Diagnostic::new(Code::FileNotUtf8, span, message)
        .label(words!("kein Zeichen in UTF-8", "no character in UTF-8"))
        .help(words!(
            "speichern Sie sie im Editor mit der Zeichenkodierung „UTF-8“",
            "save it in your editor with the encoding “UTF-8”"
        ))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the text that bytes are read as, and the codes that they get.
    fn check(bytes: &[u8], text: Option<&str>, codes: &[&str]) {
        let mut notes = Vec::new();
        assert_eq!(decode(&mut notes, &RelPath::new("a.md"), bytes).as_deref(), text);
        assert_eq!(notes.iter().map(|note| note.code.as_str()).collect::<Vec<_>>(), codes);
        let shown = for_display(bytes);
        for span in notes.iter().filter_map(Diagnostic::place) {
            assert!(shown.as_deref().is_none_or(|shown| shown.get(span.range.clone()).is_some()));
        }
    }

    #[test]
    fn bytes_become_text() {
        check("aä\r\n".as_bytes(), Some("aä\r\n"), &[]);
        check(b"\xef\xbb\xbfa", Some("a"), &["byte-order-mark"]);
        check(b"\xef\xbb\xbf\xef\xbb\xbfa", Some("a"), &["byte-order-mark"]);
        check(b"a\xe4b", None, &["file-not-utf8"]);
        check(b"\xff\xfea\0", None, &["file-not-utf8"]);
        check(b"a\0\x1bb", Some("a  b"), &["control-character"]);
        check("a\u{96}b".as_bytes(), Some("a  b"), &["control-character"]);
        check(b"a\rb\r\nc\r", Some("a\nb\r\nc\n"), &["control-character"]);
        check("a\u{fffd}".as_bytes(), Some("a\u{fffd}"), &["file-not-utf8"]);
    }
}
