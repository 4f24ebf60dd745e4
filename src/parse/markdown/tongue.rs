//! Passages in another language than the rest of the text.
//!
//! A screen reader reads English with German sounds unless the passage says what it is (WCAG 3.1.2).
//! Only German and English are told apart, by their most common words. What a text is in, the name of its
//! file says, or else what most of it is in. Names and single words need no mark, so only passages of
//! several such words count.

use std::ops::Range;

use pulldown_cmark::Event;

use super::raw::Open;
use super::writer::{Writer, is_inline, is_inline_end};
use super::{Mode, Place};
use crate::diag::Code;
use crate::lang::Lang;
use crate::path::RelPath;
use crate::words;

/// So many common words of another language make a passage.
const COMMON: usize = 4;

/// Common words of German that no English text has.
const GERMAN: &[&str] = &[
    "auch", "auf", "aus", "bei", "das", "dem", "den", "der", "des", "die", "ein", "eine", "einen",
    "es", "für", "im", "ist", "mit", "nach", "nicht", "oder", "sich", "sie", "und", "von",
    "werden", "wir", "wird", "zu", "zum", "zur",
];

/// Common words of English that no German text has.
const ENGLISH: &[&str] = &[
    "and", "are", "as", "at", "be", "by", "for", "from", "has", "have", "is", "it", "not", "of",
    "on", "or", "our", "that", "the", "their", "this", "to", "we", "which", "with", "you",
];

/// How many common words of German and of English there are.
type Counts = [usize; 2];

/// The language that a file's name tells, as an index into [`Counts`].
fn told(path: &RelPath) -> Option<usize> {
    let (_, tag) = path.stem().rsplit_once('.')?;
    let lang = Lang::parse(tag)?;
    ["de", "en"].iter().position(|base| *base == lang.base())
}

/// What was heard of two languages.
#[derive(Debug, Default)]
pub(super) struct Tongues {
    /// The language that the file's name tells, as an index into [`Counts`].
    told: Option<usize>,
    /// In all blocks.
    all: Counts,
    /// In the block that is being read.
    here: Counts,
    /// Where the words of that block stand in the source.
    range: Range<usize>,
    /// The blocks with enough common words of one language, and hardly any of the other.
    passages: Vec<(Range<usize>, usize)>,
}

impl Tongues {
    /// Nothing heard yet, if it is worth listening: most texts have no word of the other language.
    pub(super) fn of(source: &str, place: &Place, mode: Mode) -> Option<Self> {
        let has = |word: &str| source.contains(word);
        let Place::At(path, _) = place else { return None };
        let has_german = || [" der ", " die ", " das ", " und "].into_iter().any(has);
        let told = told(path);
        let is_mixed = match told {
            Some(0) => has(" the "),
            Some(_) => has_german(),
            None => has(" the ") && has_german(),
        };
        (mode == Mode::Body && is_mixed).then(|| Self { told, ..Self::default() })
    }

    /// Takes the words of a stretch of text.
    fn hear(&mut self, text: &str, range: &Range<usize>) {
        if self.range.is_empty() {
            self.range = range.clone();
        }
        self.range.end = range.end;
        for word in text.split(|char: char| !char.is_alphanumeric()) {
            let word = word.to_lowercase();
            let is = |list: &[&str]| list.binary_search(&&*word).is_ok();
            self.here[0] += usize::from(is(GERMAN));
            self.here[1] += usize::from(is(ENGLISH));
        }
    }

    /// Ends a block.
    fn end_block(&mut self) {
        let here = std::mem::take(&mut self.here);
        let range = std::mem::take(&mut self.range);
        for (tongue, count) in here.into_iter().enumerate() {
            self.all[tongue] += count;
            if count >= COMMON && count > 4 * here[1 - tongue] {
                self.passages.push((range.clone(), tongue));
            }
        }
    }
}

impl Writer<'_> {
    /// Listens for the language of a text.
    pub(super) fn listen(&mut self, event: &Event<'_>, range: &Range<usize>) {
        let Some(tongues) = &mut self.tongues else { return };
        match event {
            Event::Text(text) if self.code.is_none() => {
                let is_marked = self.open.iter().any(|open| match open {
                    Open::Raw { range, .. } => self.source[range.clone()].contains("lang="),
                    Open::Markdown => false,
                });
                if !is_marked {
                    tongues.hear(text, range);
                }
            }
            Event::Start(tag) if !is_inline(tag) => tongues.end_block(),
            Event::End(tag) if !is_inline_end(tag) => tongues.end_block(),
            _ => {}
        }
    }

    /// Reports the passages that are not in the language of the text.
    pub(super) fn check_tongues(&mut self) {
        let Some(tongues) = self.tongues.take() else { return };
        let own = tongues.told.unwrap_or(usize::from(tongues.all[1] > tongues.all[0]));
        let (tag, german, english) = match own {
            0 => ("en", "Englisch", "English"),
            _ => ("de", "Deutsch", "German"),
        };
        for (range, _) in tongues.passages.into_iter().filter(|(_, tongue)| *tongue != own) {
            let message = words!(
                "diese Stelle ist vermutlich {german}, ohne dass es dasteht",
                "this passage seems to be {english}, and does not say so"
            );
            let note = self.problem(Code::LanguagePart, range, message).help(words!(
                "schreiben Sie `<span lang=\"{tag}\">` davor und `</span>` dahinter, damit Vorleseprogramme sie richtig aussprechen",
                "write `<span lang=\"{tag}\">` before and `</span>` behind it, so that screen readers pronounce it well"
            ));
            self.notes.push(note);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_and_apart() {
        assert!(GERMAN.is_sorted() && ENGLISH.is_sorted());
        assert!(GERMAN.iter().all(|word| !ENGLISH.contains(word)));
    }
}
