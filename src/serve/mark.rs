//! The one line that the server adds to a page.
//!
//! It carries the fingerprint of the page, so that the browser knows which bytes it has, whatever
//! became of the page before it asks. The script is a file of the same origin: a policy that the
//! site sends along must not stop it.

use crate::print::Fingerprint;

/// Where the server answers itself.
pub(super) const OWN: &str = "/__schaukasten/";

/// The header that asks for a page as it is.
pub(super) const HEADER: &str = "x-schaukasten";

/// The end of a page's content.
const END: &[u8] = b"</body>";

/// The line.
pub(super) fn line(print: Fingerprint) -> String {
    format!("<script src=\"{OWN}live.js?page={print}\" data-schaukasten defer></script>\n")
}

/// A page with the line before its last `</body>`; at its end if there is none.
pub(super) fn marked(page: &[u8], print: Fingerprint) -> Vec<u8> {
    let line = line(print);
    let is_end = |at: &usize| page[*at..*at + END.len()].eq_ignore_ascii_case(END);
    let last = page.len().checked_sub(END.len());
    let at = last.and_then(|last| (0..=last).rev().find(is_end)).unwrap_or(page.len());
    let mut out = Vec::with_capacity(page.len() + line.len());
    out.extend_from_slice(&page[..at]);
    out.extend_from_slice(line.as_bytes());
    out.extend_from_slice(&page[at..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(page: &str, expected: &str) {
        let print = Fingerprint::of_bytes(page.as_bytes());
        let out = String::from_utf8(marked(page.as_bytes(), print)).unwrap();
        assert_eq!(out.replace(&line(print), "|"), expected);
    }

    #[test]
    fn the_line_stands_before_the_end() {
        check("<p>a</p>\n</body>\n</html>", "<p>a</p>\n|</body>\n</html>");
        check("<pre></body></pre></BODY>", "<pre></body></pre>|</BODY>");
        check("</body>", "|</body>");
    }

    #[test]
    fn a_page_without_an_end_gets_it_last() {
        check("<p>a", "<p>a|");
        check("", "|");
        check("</body", "</body|");
        check("ä</bödy>", "ä</bödy>|");
    }
}
