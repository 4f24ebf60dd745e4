//! Hides from the parser what it would misread, byte for byte.
//!
//! In `Bürger*innen` a star between two letters is no emphasis, `30. November` at the start of a
//! line is no list, and neither may be broken after the dot. One byte is put in the place of
//! another, so every position stays what it was; the bytes used occur nowhere in the text. They are
//! turned back wherever text leaves the parser: [`Mask::text`] for words, [`Mask::raw`] for code
//! and addresses.

use std::borrow::Cow;

use super::date::is_day;
use crate::source::bytes::any;

/// So many bytes are looked at in one go.
const STRETCH: usize = 64;

/// The bytes that stand for something else in a text given to the parser.
#[derive(Debug, Default)]
pub(super) struct Mask {
    /// Stands for a star between two letters.
    star: Option<u8>,
    /// Stands for the space between a day and its month, which becomes a no-break space.
    day: Option<u8>,
    /// Stands for a space that would make a number at the start of a line a list.
    gap: Option<u8>,
}

impl Mask {
    /// Hides what the parser is not to see. In a text of one line a number at its start
    /// (`1. Preis`) is never a list.
    pub(super) fn hide(text: &str, one_line: bool) -> (Cow<'_, str>, Self) {
        let (stars, days) = to_hide(text);
        let gap = if one_line { list_gap(text) } else { None };
        if stars.is_empty() && days.is_empty() && gap.is_none() {
            return (Cow::Borrowed(text), Self::default());
        }
        let mut free = free_bytes(text);
        let mask = Self { star: free.next(), day: free.next(), gap: free.next() };
        let mut bytes = text.as_bytes().to_vec();
        put(&mut bytes, &stars, mask.star);
        put(&mut bytes, gap.as_slice(), mask.gap);
        put(&mut bytes, &days, mask.day);
        let hidden = String::from_utf8(bytes).expect("one ASCII byte was put in another's place");
        (Cow::Owned(hidden), mask)
    }

    /// Turns hidden bytes back into what readers are to see.
    pub(super) fn text<'a>(&self, text: &'a str) -> Cow<'a, str> {
        self.restore(text, "\u{a0}")
    }

    /// Turns hidden bytes back into what was written.
    pub(super) fn raw<'a>(&self, text: &'a str) -> Cow<'a, str> {
        self.restore(text, " ")
    }

    /// Turns hidden bytes back, the space after a day into `day`.
    fn restore<'a>(&self, text: &'a str, day: &str) -> Cow<'a, str> {
        // No text has this byte.
        let [star, day_gap, gap] = [self.star, self.day, self.gap].map(|byte| byte.unwrap_or(0xff));
        let is_hidden = |byte: u8| (byte == star) | (byte == day_gap) | (byte == gap);
        if self.star.is_none() || !any(text.as_bytes(), is_hidden) {
            return Cow::Borrowed(text);
        }
        let mut out = String::with_capacity(text.len() + 8);
        for c in text.chars() {
            match u8::try_from(c).ok().filter(|&byte| is_hidden(byte)) {
                None => out.push(c),
                byte if byte == self.star => out.push('*'),
                byte if byte == self.day => out.push_str(day),
                Some(_) => out.push(' '),
            }
        }
        Cow::Owned(out)
    }
}

/// The stars between two letters, and the spaces between a day and its month.
fn to_hide(text: &str) -> (Vec<usize>, Vec<usize>) {
    let (mut stars, mut days) = (Vec::new(), Vec::new());
    let bytes = text.as_bytes();
    for at in candidates(bytes) {
        match bytes[at] {
            b'*' => stars.extend(is_word_star(text, at).then_some(at)),
            _ => days.extend(is_day(text, at).then_some(at + 1)),
        }
    }
    (stars, days)
}

/// The bytes that may be a star between letters or the dot of a day, judged by themselves and the
/// bytes around them. Stretches without any, as most are, are passed over quickly: without a way
/// out of the loop, the compiler takes many bytes at once.
fn candidates(bytes: &[u8]) -> impl Iterator<Item = usize> {
    let triples = |start: usize| {
        let end = bytes.len().min(start + STRETCH + 2);
        let all = bytes[start..end].iter().zip(&bytes[start + 1..end]).zip(&bytes[start + 2..end]);
        all.map(|((before, byte), after)| is_candidate(*before, *byte, *after))
    };
    let any = move |start: &usize| triples(*start).fold(false, |found, is_one| found | is_one);
    let starts = (0..bytes.len().saturating_sub(2)).step_by(STRETCH).filter(any);
    starts.flat_map(move |start| {
        let found = (start + 1..).zip(triples(start));
        found.filter(|(_, is_one)| *is_one).map(|(at, _)| at)
    })
}

/// Whether a byte is a star between what may be letters, or a dot between a digit and a space.
fn is_candidate(before: u8, byte: u8, after: u8) -> bool {
    let may_be_letter = |byte: u8| ((byte | 0x20).wrapping_sub(b'a') < 26) | (byte >= 0x80);
    let is_star = (byte == b'*') & may_be_letter(before) & may_be_letter(after);
    is_star | (byte == b'.') & (before.wrapping_sub(b'0') < 10) & (after == b' ')
}

/// Puts a byte, if there is one to spare, at some places.
fn put(bytes: &mut [u8], places: &[usize], byte: Option<u8>) {
    for &at in places {
        if let Some(byte) = byte {
            bytes[at] = byte;
        }
    }
}

/// Control characters that the text contains neither as such nor as a numeric reference.
fn free_bytes(text: &str) -> impl Iterator<Item = u8> {
    let mut used = [false; 128];
    for byte in text.bytes().filter(u8::is_ascii) {
        used[usize::from(byte)] = true;
    }
    for (at, _) in text.match_indices("&#") {
        let digits = &text[at + 2..];
        let (digits, radix) =
            digits.strip_prefix(['x', 'X']).map_or((digits, 10), |digits| (digits, 16));
        let end = digits.bytes().take(8).take_while(u8::is_ascii_hexdigit).count();
        let number = usize::from_str_radix(&digits[..end], radix);
        if let Some(slot) = number.ok().and_then(|number| used.get_mut(number)) {
            *slot = true;
        }
    }
    // The first may stand in addresses, where Markdown takes the others for their end. Those that
    // are white space are left out.
    let bytes = std::iter::once(0x7f).chain(14..32).chain(1..9);
    bytes.filter(move |&byte: &u8| !used[usize::from(byte)])
}

/// Whether the star at `at` stands alone between two letters.
fn is_word_star(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_some_and(char::is_alphabetic)
        && text[at + 1..].chars().next().is_some_and(char::is_alphabetic)
}

/// The space that makes a number at the start of a single line a list.
fn list_gap(text: &str) -> Option<usize> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &text[digits..];
    let is_list = (1..10).contains(&digits) && (rest.starts_with(". ") || rest.starts_with(") "));
    (is_list && !text.contains('\n')).then_some(digits + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hides and shows a text; what the parser sees has `§` for a star, `_` for a day's space.
    #[track_caller]
    fn check(text: &str, hidden: &str, shown: &str) {
        let (seen, mask) = Mask::hide(text, false);
        assert_eq!(mask.raw(&seen), text);
        assert_eq!(mask.text(&seen), shown);
        let star = mask.star.map_or('\0', char::from);
        let day = mask.day.map_or('\0', char::from);
        assert_eq!(seen.replace(star, "§").replace(day, "_"), hidden);
    }

    #[test]
    fn stars_between_letters_are_hidden() {
        check("Bürger*innen", "Bürger§innen", "Bürger*innen");
        check("a*b*c **d** e* *f", "a§b§c **d** e* *f", "a*b*c **d** e* *f");
        check("Ä*ß 2*3 a**b", "Ä§ß 2*3 a**b", "Ä*ß 2*3 a**b");
    }

    #[test]
    fn days_keep_their_month() {
        check("am 30. November", "am 30._November", "am 30.\u{a0}November");
        check("30. November 2018", "30._November 2018", "30.\u{a0}November 2018");
        check("- 1. Mai", "- 1._Mai", "- 1.\u{a0}Mai");
        check("1. Mai 2020", "1._Mai 2020", "1.\u{a0}Mai 2020");
        check("13. Dez. und", "13._Dez. und", "13.\u{a0}Dez. und");
    }

    #[test]
    fn numbers_that_are_no_days_stay() {
        for text in ["32. Mai", "1930. Mai", "3. Maier", "1. Mai\n2. Juni\n3. Juli", "A1. Mai"] {
            check(text, text, text);
        }
    }

    #[test]
    fn nothing_is_missed_between_stretches() {
        for length in 0..2 * STRETCH {
            let filler = " ".repeat(length);
            check(&format!("{filler}a*b"), &format!("{filler}a§b"), &format!("{filler}a*b"));
            let day = |gap: &str| format!("{filler}am 3.{gap}Mai");
            check(&day(" "), &day("_"), &day("\u{a0}"));
        }
    }

    #[test]
    fn bytes_in_use_are_not_taken() {
        let every: String = (1..128).map(char::from).collect();
        let text = format!("{every}a*b");
        assert_eq!(Mask::hide(&text, false).0, text);
        let (seen, mask) = Mask::hide("a*b \u{e} &#x7f; &#15; &#x10;", false);
        assert_eq!(mask.star, Some(17));
        assert_eq!(mask.raw(&seen), "a*b \u{e} &#x7f; &#15; &#x10;");
    }
}
