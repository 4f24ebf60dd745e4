//! Leichte Sprache: sentences and words that are too long for it.
//!
//! DIN SPEC 33429 asks for short sentences and for compounds that are parted by a hyphen. Whether a
//! text is easy to read people have to say; this only points to places worth a second look. It looks
//! at texts in a language with `simple` in its tag, which stands in the name of their file.

use std::ops::Range;

use pulldown_cmark::Event;

use super::writer::Writer;
use super::{Mode, Place};
use crate::diag::Code;
use crate::lang::Lang;
use crate::path::RelPath;
use crate::words;

/// A sentence may have so many words.
const WORDS: usize = 12;

/// A word, or a part of one between hyphens, may have so many letters.
const LETTERS: usize = 16;

/// A sentence that is being read.
#[derive(Debug, Default)]
pub(super) struct Sentence {
    /// How many words it has so far.
    words: usize,
    /// Where it stands in the source so far.
    range: Range<usize>,
}

impl Sentence {
    /// One that has not begun, if the text is to be looked at.
    pub(super) fn of(place: &Place, mode: Mode) -> Option<Self> {
        match place {
            Place::At(path, _) if mode == Mode::Body && is_simple(path) => Some(Self::default()),
            _ => None,
        }
    }
}

/// Whether a file's name says that its language is a simple one.
fn is_simple(path: &RelPath) -> bool {
    let tag = path.stem().rsplit_once('.').map(|(_, tag)| tag);
    tag.and_then(Lang::parse).is_some_and(|lang| lang.is_simple())
}

impl Writer<'_> {
    /// Looks at the words of an event, if the text is in Leichte Sprache.
    pub(super) fn hear(&mut self, event: &Event<'_>, range: &Range<usize>) {
        if self.sentence.is_none() || self.code.is_some() {
            return;
        }
        match event {
            Event::Text(_) => self.hear_words(range),
            Event::Start(tag) if !super::writer::is_inline(tag) => self.end_sentence(),
            Event::End(tag) if !super::writer::is_inline_end(tag) => self.end_sentence(),
            _ => {}
        }
    }

    /// Takes the words of a stretch of text.
    fn hear_words(&mut self, range: &Range<usize>) {
        let text = self.source.get(range.clone()).unwrap_or_default();
        let mut at = range.start;
        for part in text.split_inclusive(char::is_whitespace) {
            let written = part.trim_end();
            let place = at..at + written.len();
            at += part.len();
            let word = written.trim_matches(|char: char| !char.is_alphanumeric());
            if !word.is_empty() {
                self.hear_word(word, place.clone());
            }
            if written.ends_with(['.', '!', '?', ':']) {
                self.end_sentence();
            }
        }
    }

    /// Takes one word of a sentence.
    fn hear_word(&mut self, word: &str, place: Range<usize>) {
        if let Some(sentence) = &mut self.sentence {
            let start = if sentence.words == 0 { place.start } else { sentence.range.start };
            sentence.range = start..place.end;
            sentence.words += 1;
        }
        let is_part_long =
            |part: &str| part.chars().filter(|char| char.is_alphabetic()).count() > LETTERS;
        let is_address = word.contains(['@', '/']) || word.contains("www.");
        if is_address || !word.split(['-', '·', '.']).any(is_part_long) {
            return;
        }
        let message = words!("„{word}“ ist ein langes Wort", "“{word}” is a long word");
        let note = self.problem(Code::SimpleLanguage, place, message).help(words!(
            "trennen Sie es mit einem Bindestrich (`Bundes-Tag`), oder nehmen Sie ein kürzeres Wort",
            "part it with a hyphen, or take a shorter word"
        ));
        self.notes.push(note);
    }

    /// Ends the sentence, and says so if it was long.
    fn end_sentence(&mut self) {
        let Some(Sentence { words, range }) = self.sentence.as_mut().map(std::mem::take) else {
            return;
        };
        if words <= WORDS {
            return;
        }
        let message = words!("der Satz hat {words} Wörter", "the sentence has {words} words");
        let note = self.problem(Code::SimpleLanguage, range, message).help(words!(
            "machen Sie zwei Sätze daraus, mit einer Aussage in jedem",
            "make two sentences of it, with one statement in each"
        ));
        self.notes.push(note);
    }
}
