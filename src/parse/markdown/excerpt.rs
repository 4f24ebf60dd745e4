//! The plain words of a text: how many there are, and how it begins.

/// An excerpt has at most so many characters.
const LIMIT: usize = 300;

/// Counts words and keeps the first paragraph.
#[derive(Debug, Default)]
pub(super) struct Plain {
    /// The words so far.
    words: u32,
    /// Whether the last character belongs to a word that is counted already.
    in_word: bool,
    /// The first paragraph, as far as an excerpt needs it.
    excerpt: String,
    /// Whether the text that comes now belongs into the excerpt.
    collecting: bool,
}

impl Plain {
    /// A paragraph begins that an excerpt may be taken from.
    pub(super) fn begin_paragraph(&mut self) {
        self.collecting = self.excerpt.is_empty();
    }

    /// A paragraph or another block ends.
    pub(super) fn end_block(&mut self) {
        self.in_word = false;
        self.collecting = false;
    }

    /// Adds words.
    pub(super) fn push(&mut self, text: &str) {
        for (at, byte) in text.bytes().enumerate() {
            match byte {
                b' ' | b'\t'..=b'\r' => self.in_word = false,
                0x80..0xc0 => {} // not the first byte of a character
                _ if self.in_word && byte < 0x80 => {}
                _ => self.see(text[at..].chars().next().unwrap_or(' ')),
            }
        }
        // A few bytes more than the limit can take tell that there is more.
        if self.collecting && self.excerpt.len() <= LIMIT * 4 {
            self.excerpt.extend(text.chars().take(LIMIT + 1));
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
    pub(super) fn finish(self) -> (u32, String) {
        let text = self.excerpt.split([' ', '\n', '\t']).filter(|word| !word.is_empty());
        let text = text.collect::<Vec<_>>().join(" ").trim().to_owned();
        let Some((end, _)) = text.char_indices().nth(LIMIT) else { return (self.words, text) };
        // One character is left for the dots.
        let last = text[..end].char_indices().next_back().map_or(0, |(at, _)| at);
        let whole_words = text[..last].rfind(' ').unwrap_or(last);
        let cut = text[..whole_words].trim_end_matches([' ', ',', ';', ':', '–', '-']);
        (self.words, format!("{cut}…"))
    }
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
    fn dashes_are_no_words() {
        let mut plain = Plain::default();
        plain.push("Stadt – Land & 5.000 E-Mails");
        assert_eq!(plain.finish().0, 4);
    }
}
