//! The order of words in a language: in German, `ä` stands with `a` and `ß` with `ss`.
//!
//! Order is by dictionary rules, letter case counts last, and numbers count by their value, so
//! that `Standort 2` comes before `Standort 10`. Sort keys are made once per text; comparing them
//! is comparing bytes.

use std::cmp::Ordering;

use icu_collator::options::CollatorOptions;
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use icu_locale_core::LanguageIdentifier;

use super::Lang;

/// How a language sorts.
#[derive(Debug)]
pub struct Collation(CollatorBorrowed<'static>);

impl Collation {
    /// The order of a language; of one without rules of its own, the order common to all.
    pub fn for_lang(lang: &Lang) -> Self {
        let own = LanguageIdentifier::try_from_str(lang.base()).ok();
        let collator = own
            .and_then(|id| collator(CollatorPreferences::from(&id)))
            .or_else(|| collator(CollatorPreferences::default()))
            .expect("the order common to all languages is compiled in");
        Self(collator)
    }

    /// Bytes that compare as the texts do. Texts that differ only in what nobody sees have equal
    /// keys.
    pub fn key(&self, text: &str) -> Box<[u8]> {
        let mut key = Vec::with_capacity(text.len() * 2);
        let Ok(()) = self.0.write_sort_key_to(text, &mut key);
        key.into_boxed_slice()
    }

    /// Compares two texts, for where a key would be used only once.
    pub fn compare(&self, a: &str, b: &str) -> Ordering {
        self.0.compare(a, b)
    }
}

/// A collator that counts numbers by their value.
fn collator(mut preferences: CollatorPreferences) -> Option<CollatorBorrowed<'static>> {
    preferences.numeric_ordering = Some(CollationNumericOrdering::True);
    Collator::try_new(preferences, CollatorOptions::default()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks that `texts` stand in the order of `lang`, by keys and by comparing.
    fn check(lang: &str, texts: &[&str]) {
        let collation = Collation::for_lang(&Lang::parse(lang).unwrap());
        for pair in texts.windows(2) {
            assert!(collation.key(pair[0]) < collation.key(pair[1]), "{lang}: {pair:?}");
            assert_eq!(collation.compare(pair[0], pair[1]), Ordering::Less, "{lang}: {pair:?}");
        }
    }

    #[test]
    fn order_is_that_of_a_dictionary() {
        let german = [
            "#digital", "5 Jahre", "10 Jahre", "Amt", "Ämter", "Apfel", "Masse", "Maße", "Mast",
            "Ofen", "öffnen", "Zahl",
        ];
        check("de", &german);
        check("de-simple", &german);
        check("en", &german);
        check("de", &["Standort 2", "Standort 10"]);
        check("de", &["bayern", "Bayern", "Bayern innovativ", "bayernweit"]);
        // Swedish and Danish put the same letters at the end.
        check("sv", &["Zon", "Ämne"]);
        check("tlh", &["a", "Ä", "b"]);
    }

    #[test]
    fn both_ways_to_write_an_umlaut_are_equal() {
        let collation = Collation::for_lang(&Lang::parse("de").unwrap());
        assert_eq!(collation.key("Ämter"), collation.key("A\u{308}mter"));
    }
}
