//! Addresses of links that go on in the next line.

use super::address::{Brackets, is_outside, looks_like_address};
use super::label::after;
use super::rows::bare;
use crate::diag::Diagnostic;
use crate::words;

impl Brackets<'_> {
    /// Reports an address that begins at a byte and fills its line, with its end and the bracket in
    /// the next one.
    pub(super) fn broken(&self, line: &str, start: usize) -> Option<Diagnostic> {
        let first = line.trim_end();
        let below = after(self.source, start + line.len());
        let below = below.strip_prefix("\r\n").or_else(|| below.strip_prefix('\n'))?;
        let next = bare(below.lines().next()?);
        let last = &next[..next.find(')')?];
        let is_part = |part: &str| !part.is_empty() && !part.contains([' ', '(', '"', '\'', '<']);
        // Where a line breaks at a blank, the two parts do not make the address.
        let is_joined = is_outside(first) || first.ends_with(['-', '/', '_']);
        // `(vgl.` and `(siehe` above a web address are words in round brackets.
        let is_file = || looks_like_address(last) && !last.starts_with("www.");
        let fits = is_joined || looks_like_address(first) || !first.ends_with('.') && is_file();
        if !is_part(first) || !is_part(last) || !fits {
            return None;
        }
        let gap = next.as_ptr() as usize - line.as_ptr() as usize;
        let end = start + gap + last.len();
        let message = words!(
            "diese Adresse reicht über zwei Zeilen, so wird das kein Verweis",
            "this address goes over two lines, so this becomes no link"
        );
        let problem = self.problem(start..start + first.len(), message);
        let advice =
            words!("schreiben Sie die Adresse in eine Zeile", "write the address on one line");
        Some(match is_joined {
            true => problem.fix(advice, self.place.span(start..end), format!("{first}{last}")),
            false => problem.help(advice),
        })
    }
}
