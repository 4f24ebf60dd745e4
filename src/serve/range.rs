//! Which bytes of an output are asked for.
//!
//! One stretch is answered as such (RFC 9110, section 14). Several at once are answered with the
//! whole, which is allowed, and which no player of media minds.

use std::ops::Range;

/// What a `Range` header comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// All of it.
    Whole,
    /// These bytes, at least one.
    Part(Range<u64>),
    /// Bytes that there are none of.
    Beyond,
}

/// Reads a `Range` header for something of `size` bytes. What makes no sense is as if it were not
/// there.
pub(super) fn read(header: &str, size: u64) -> Wanted {
    let Some((unit, set)) = header.split_once('=') else { return Wanted::Whole };
    if !unit.trim().eq_ignore_ascii_case("bytes") {
        return Wanted::Whole;
    }
    let Some((first, last)) = set.trim().split_once('-') else { return Wanted::Whole };
    match (number(first), number(last)) {
        (Some(None), Some(Some(length))) if length == 0 || size == 0 => Wanted::Beyond,
        (Some(None), Some(Some(length))) => Wanted::Part(size.saturating_sub(length)..size),
        (Some(Some(first)), Some(last)) if last.is_none_or(|last| first <= last) => {
            let end = last.map_or(size, |last| last.saturating_add(1).min(size));
            if first < size { Wanted::Part(first..end) } else { Wanted::Beyond }
        }
        _ => Wanted::Whole,
    }
}

/// A number of digits and nothing else; `Some(None)` for no digits at all. One that is too large
/// for any file counts as the largest.
fn number(text: &str) -> Option<Option<u64>> {
    let text = text.trim();
    if text.is_empty() {
        return Some(None);
    }
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| Some(text.parse().unwrap_or(u64::MAX)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(header: &str, size: u64, expected: Wanted) {
        assert_eq!(read(header, size), expected, "{header} of {size}");
    }

    #[test]
    fn one_stretch_is_taken() {
        check("bytes=0-0", 10, Wanted::Part(0..1));
        check("bytes=2-5", 10, Wanted::Part(2..6));
        check("Bytes = 2-", 10, Wanted::Part(2..10));
        check("bytes=-3", 10, Wanted::Part(7..10));
        check("bytes=-30", 10, Wanted::Part(0..10));
        check("bytes=5-99999999999999999999999", 10, Wanted::Part(5..10));
        check("bytes=5-18446744073709551615", 10, Wanted::Part(5..10));
    }

    #[test]
    fn what_lies_behind_the_end_is_refused() {
        check("bytes=10-", 10, Wanted::Beyond);
        check("bytes=99999999999999999999999-", 10, Wanted::Beyond);
        check("bytes=-0", 10, Wanted::Beyond);
        check("bytes=0-", 0, Wanted::Beyond);
        check("bytes=-5", 0, Wanted::Beyond);
    }

    #[test]
    fn anything_else_is_the_whole() {
        for header in ["", "bytes", "bytes=", "bytes=-", "bytes=5-2", "bytes=a-b", "lines=1-2"] {
            check(header, 10, Wanted::Whole);
        }
        check("bytes=0-1,3-4", 10, Wanted::Whole);
        check("bytes=+1-2", 10, Wanted::Whole);
    }
}
