//! The plain words of a text: how many there are, and how it begins.

use std::borrow::Cow;
use std::ops::Range;

/// An excerpt has at most so many characters.
const LIMIT: usize = 300;

/// So many bytes are looked at in one go.
const STRETCH: usize = 16;

/// What stands right behind a word, with no blank between.
const CLOSING: [char; 7] = ['.', ',', ';', ':', '!', '?', ')'];

/// What a sentence ends with.
const MARKS: [char; 6] = ['.', '!', '?', '“', '"', ')'];

/// So many bytes are counted in one go at least, unless a block ends before.
const PENDING: usize = 2048;

/// Counts words and keeps the first paragraph.
#[derive(Debug, Default)]
pub(super) struct Plain {
    /// Text whose words are not counted yet. It comes in short pieces, and counting has its price
    /// for each piece.
    pending: String,
    /// The words so far.
    words: u32,
    /// Whether the last character belongs to a word that is counted already.
    in_word: bool,
    /// The first paragraph, as far as an excerpt needs it.
    excerpt: String,
    /// Whether the text that comes now belongs into the excerpt.
    collecting: bool,
    /// Whether something without words came last: a picture, a footnote's mark.
    gap: bool,
}

impl Plain {
    /// A paragraph begins that an excerpt may be taken from.
    pub(super) fn begin_paragraph(&mut self) {
        self.collecting = self.excerpt.is_empty();
    }

    /// A paragraph or another block ends.
    pub(super) fn end_block(&mut self) {
        self.count_pending();
        self.in_word = false;
        self.collecting = false;
    }

    /// Adds words.
    pub(super) fn push(&mut self, text: &str) {
        self.pending.push_str(text);
        if self.pending.len() >= PENDING {
            self.count_pending();
        }
        if std::mem::take(&mut self.gap) && text.starts_with(CLOSING) {
            let kept = self.excerpt.trim_end().len();
            self.excerpt.truncate(kept);
        }
        // A few bytes more than the limit can take tell that there is more.
        if self.collecting && self.excerpt.len() <= LIMIT * 4 {
            self.excerpt.push_str(&text[..text.len() - after(text, LIMIT + 1).len()]);
        }
    }

    /// Counts the words of all text so far.
    fn count_pending(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let mut text = std::mem::take(&mut self.pending);
        self.count(&text);
        text.clear();
        self.pending = text;
    }

    /// Counts the words of a text: many bytes at once where they tell enough.
    fn count(&mut self, text: &str) {
        let bytes = text.as_bytes();
        self.look_closely(text, 0..bytes.len().min(1));
        let Some((_, rest)) = bytes.split_first() else { return };
        let (stretches, _) = rest.as_chunks::<STRETCH>();
        let (before, _) = bytes.as_chunks::<STRETCH>();
        let mut at = 1;
        for (before, stretch) in before.iter().zip(stretches) {
            let words = words_begun(before, stretch);
            match words.filter(|_| self.in_word || before[0] == b' ') {
                Some(words) => {
                    self.words = self.words.saturating_add(words);
                    self.in_word = stretch[STRETCH - 1] != b' ';
                }
                None => self.look_closely(text, at..at + STRETCH),
            }
            at += STRETCH;
        }
        self.look_closely(text, at..bytes.len());
    }

    /// Looks at each character that begins in a stretch of a text.
    fn look_closely(&mut self, text: &str, stretch: Range<usize>) {
        for (at, byte) in stretch.clone().zip(&text.as_bytes()[stretch]) {
            match byte {
                b' ' | b'\t'..=b'\r' => self.in_word = false,
                0x80..0xc0 => {} // not the first byte of a character
                _ if self.in_word && byte.is_ascii() => {}
                _ => self.see(text[at..].chars().next().unwrap_or(' ')),
            }
        }
    }

    /// Something without words stands here: a picture, a footnote's mark.
    pub(super) fn gap(&mut self) {
        self.gap = self.collecting;
    }

    /// Words stand here that are not known yet, those of a link's target: the excerpt ends with the
    /// sentence before them. If there is none, the next paragraph is taken.
    pub(super) fn cut(&mut self) {
        if std::mem::take(&mut self.collecting) {
            let end = last_sentence(&self.excerpt);
            self.excerpt.truncate(end);
        }
    }

    /// Takes note of a character.
    fn see(&mut self, c: char) {
        if c.is_whitespace() {
            self.in_word = false;
        } else if !self.in_word && c.is_alphanumeric() {
            self.in_word = true;
            self.words = self.words.saturating_add(1);
        }
    }

    /// The number of words, and the excerpt: cut at the end of a word if it is too long.
    pub(super) fn finish(mut self) -> (u32, String) {
        self.count_pending();
        let text = single_spaced(&self.excerpt);
        let text = text.trim();
        let end = text.len() - after(text, LIMIT).len();
        if end == text.len() {
            return (self.words, text.to_owned());
        }
        // One character is left for the dots.
        let last = text[..end].char_indices().next_back().map_or(0, |(at, _)| at);
        let whole_words = text[..last].rfind(' ').unwrap_or(last);
        let cut = text[..whole_words].trim_end_matches([' ', ',', ';', ':', '–', '-']);
        (self.words, format!("{cut}…"))
    }
}

/// How many words begin in a stretch of a text; `before` is the same stretch one byte earlier.
/// `None` if bytes alone do not tell: there may be white space that is no space, or a word that
/// begins with something else than an ASCII letter or digit. That is rare, and without a way out
/// of the loop the compiler takes all bytes at once.
fn words_begun(before: &[u8; STRETCH], stretch: &[u8; STRETCH]) -> Option<u32> {
    let (mut words, mut unclear) = (0_u8, false);
    for (before, byte) in before.iter().zip(stretch) {
        let begins = (*before == b' ') & (*byte != b' ');
        let may_be_white = (*byte < 0x20) | (*byte == 0xc2) | (*byte >= 0xe0);
        words += u8::from(begins);
        unclear |= may_be_white | begins & !is_ascii_letter_or_digit(*byte);
    }
    (!unclear).then_some(u32::from(words))
}

/// The same as [`u8::is_ascii_alphanumeric`], in sums that can be done with many bytes at once.
fn is_ascii_letter_or_digit(byte: u8) -> bool {
    ((byte | 0x20).wrapping_sub(b'a') < 26) | (byte.wrapping_sub(b'0') < 10)
}

/// A text with one space for any number of blanks between words.
fn single_spaced(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let is_odd = |(byte, next): (&u8, &u8)| {
        (*byte == b'\n') | (*byte == b'\t') | (*byte == b' ') & (*next == b' ')
    };
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    if !pairs.fold(false, |found, pair| found | is_odd(pair)) {
        return Cow::Borrowed(text.trim_matches([' ', '\n', '\t']));
    }
    let words = text.split([' ', '\n', '\t']).filter(|word| !word.is_empty());
    Cow::Owned(words.collect::<Vec<_>>().join(" "))
}

/// What follows the first `count` characters of a text.
fn after(text: &str, count: usize) -> &str {
    let mut chars = text.chars();
    chars.nth(count - 1);
    chars.as_str()
}

/// The end of the last whole sentence.
fn last_sentence(text: &str) -> usize {
    let marks = text.char_indices().filter(|(_, c)| MARKS.contains(c));
    marks.map(|(at, c)| at + c.len_utf8()).rfind(|at| ends_sentence(text, *at)).unwrap_or(0)
}

/// Whether a sentence ends at a byte. A full stop behind a short word may be that of an
/// abbreviation, and one behind a short number that of a day; both end none.
fn ends_sentence(text: &str, at: usize) -> bool {
    let (before, after) = text.split_at(at);
    let stop = before.trim_end_matches(['“', '"', ')']);
    let word = stop.trim_end_matches(['.', '!', '?']);
    let letters = word.chars().rev().take_while(|c| c.is_alphabetic()).count();
    let digits = word.chars().rev().take_while(char::is_ascii_digit).count();
    let is_whole = letters > 4 || digits > 3 || !stop.ends_with('.');
    stop.len() > word.len()
        && is_whole
        && after.starts_with([' ', '\n'])
        && !after.trim_start().starts_with(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_paragraphs_are_cut_between_words() {
        let mut plain = Plain::default();
        plain.begin_paragraph();
        plain.push(&"größer, ".repeat(100));
        let (words, excerpt) = plain.finish();
        assert_eq!(words, 100);
        assert!(excerpt.chars().count() <= 300, "{excerpt}");
        assert!(excerpt.ends_with("größer…"), "{excerpt}");
    }

    #[test]
    fn many_bytes_at_once_count_like_single_characters() {
        let pieces =
            ["Über", "a", " ", "(", "–", "\u{a0}", "\u{2003}", "7", "\t", "日本", "für", "*"];
        let mut seed = 1_usize;
        for _ in 0..2000 {
            let mut text = String::new();
            for _ in 0..40 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                text.push_str(pieces[(seed >> 33) % pieces.len()]);
                text.push_str(["", " ", "und", "x "][(seed >> 50) % 4]);
            }
            let words = text.split_whitespace();
            let words = words.filter(|word| word.contains(char::is_alphanumeric)).count();
            let mut plain = Plain::default();
            plain.push(&text);
            assert_eq!(plain.finish().0 as usize, words, "{text}");
        }
    }

    #[test]
    fn blanks_become_one_space() {
        for (text, expected) in
            [(" a  b ", "a b"), ("a\nb\tc", "a b c"), ("a b\n", "a b"), ("\n", "")]
        {
            let mut plain = Plain::default();
            plain.begin_paragraph();
            plain.push(text);
            assert_eq!(plain.finish().1, expected);
        }
    }

    #[test]
    fn gaps_leave_no_blanks() {
        let mut plain = Plain::default();
        plain.begin_paragraph();
        plain.push("Seit 2022 ");
        plain.gap();
        plain.push(" gibt es das ");
        plain.gap();
        plain.push(".");
        assert_eq!(plain.finish().1, "Seit 2022 gibt es das.");
    }

    #[test]
    fn excerpts_end_before_words_that_are_not_known() {
        let check = |first: &str, wanted: &str| {
            let mut plain = Plain::default();
            plain.begin_paragraph();
            plain.push(first);
            plain.cut();
            plain.push(".");
            plain.end_block();
            plain.begin_paragraph();
            plain.push("Danach");
            assert_eq!(plain.finish().1, wanted);
        };
        check("Alle lernen. Das ist der erste Jahrgang der ", "Alle lernen.");
        check("Wer lernt? Es sind z. B. die ", "Wer lernt?");
        check("Sie sagen „Alle lernen.“ Es ist ", "Sie sagen „Alle lernen.“");
        check("Das ist lt. Abs. 3 Nr. 5 der ", "Danach");
        check("", "Danach");
    }

    #[test]
    fn dashes_are_no_words() {
        let mut plain = Plain::default();
        plain.push("Stadt – Land & 5.000 E-Mails");
        assert_eq!(plain.finish().0, 4);
    }
}
