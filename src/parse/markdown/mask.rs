//! Hides from the parser what it would misread, byte for byte.
//!
//! In `Bürger*innen` a star between two letters is no emphasis, `30. November` at the start of a
//! line is no list, and neither may be broken after the dot. One byte is put in the place of
//! another, so every position stays what it was; the bytes used occur nowhere in the text. They are
//! turned back wherever text leaves the parser: [`Mask::text`] for words, [`Mask::raw`] for code
//! and addresses.

use std::borrow::Cow;

use super::date::is_day;

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
        let stars = text.match_indices('*').map(|(at, _)| at).filter(|&at| is_word_star(text, at));
        let days = text.match_indices(". ").map(|(at, _)| at).filter(|&at| is_day(text, at));
        let stars: Vec<usize> = stars.collect();
        let days: Vec<usize> = days.map(|at| at + 1).collect();
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
        let is_hidden =
            |byte| self.star == Some(byte) || self.day == Some(byte) || self.gap == Some(byte);
        if self.star.is_none() || !text.bytes().any(is_hidden) {
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
    fn bytes_in_use_are_not_taken() {
        let every: String = (1..128).map(char::from).collect();
        let text = format!("{every}a*b");
        assert_eq!(Mask::hide(&text, false).0, text);
        let (seen, mask) = Mask::hide("a*b \u{e} &#x7f; &#15; &#x10;", false);
        assert_eq!(mask.star, Some(17));
        assert_eq!(mask.raw(&seen), "a*b \u{e} &#x7f; &#15; &#x10;");
    }
}
