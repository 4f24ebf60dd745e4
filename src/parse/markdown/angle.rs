//! What stands around an address within its brackets and keeps them from being a link: one angle
//! bracket without the other, or two of them; the size of a picture.

use std::ops::Range;

use super::address::{Brackets, is_outside, looks_like_address, looks_like_id};
use crate::diag::Diagnostic;
use crate::words;

impl Brackets<'_> {
    /// Reports `(<page.md)` and `(<<page.md>)`, given what stands between the round brackets.
    pub(super) fn angles(&self, inside: &str, start: usize) -> Option<Diagnostic> {
        let opened = inside.trim_start_matches('<');
        let count = inside.len() - opened.len();
        // A title stands behind the address.
        let end = opened.find(['>', '"']).unwrap_or(opened.len());
        let address = opened[..end].trim_end();
        // A title that does not end either would still keep it from being a link.
        if opened[end..].matches('"').count() % 2 == 1 {
            return None;
        }
        let close = opened[end..].len() - opened[end..].trim_start_matches('>').len();
        let fits = is_outside(address) || looks_like_address(address) || looks_like_id(address);
        if !fits || (count, close) == (0, 0) || (count, close) == (1, 1) {
            return None;
        }
        let end = start + count + address.len() + close;
        let right = format!("<{address}>");
        if (count, close) == (1, 0) {
            let message = words!(
                "hinter der Adresse fehlt `>`, so wird das kein Verweis",
                "`>` is missing behind the address, so this becomes no link"
            );
            let gap = self.place.span(end..end);
            let advice = words!("ergänzen Sie `>`", "add `>`");
            return Some(self.problem(start..end, message).fix(advice, gap, ">"));
        }
        let message = words!(
            "um die Adresse stehen spitze Klammern, die nicht zusammengehören, so wird das kein Verweis",
            "the angle brackets around the address do not match, so this becomes no link"
        );
        let advice = words!("schreiben Sie `{right}`", "write `{right}`");
        let fix = self.place.span(start..end);
        Some(self.problem(start..end, message).fix(advice, fix, right))
    }

    /// Reports `(picture.png =100x50)`, given what stands between the round brackets.
    pub(super) fn size(&self, inside: &str, start: usize) -> Option<Diagnostic> {
        let (above, size) = inside.trim_end().rsplit_once(' ')?;
        let is_size = size.strip_prefix('=').is_some_and(|size| {
            size.contains(|c: char| c.is_ascii_digit())
                && size.chars().all(|c| c.is_ascii_digit() || matches!(c, 'x' | '*' | '%'))
        });
        if !is_size || !looks_like_address(above) {
            return None;
        }
        let whole: Range<usize> = start + above.trim_end().len()..start + inside.len();
        let message = words!(
            "die Größe `{size}` gehört nicht zur Adresse, so wird das kein Bild",
            "the size `{size}` is no part of the address, so this becomes no picture"
        );
        let advice = words!("löschen Sie `{size}`", "delete `{size}`");
        let place = whole.end - size.len()..whole.end;
        let fix = self.place.span(whole);
        Some(self.problem(place, message).fix(advice, fix, ""))
    }
}
