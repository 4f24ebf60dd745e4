//! How a language writes: dates, numbers, lists, sort order; and time as far as it is words.
//!
//! German (with `de-simple`, Leichte Sprache) and English are spoken in full. In any other language
//! dates come in ISO form, so that nothing is ever printed in the wrong language. The clock is not
//! read here: [`zone::Now`] is handed in.

pub mod collate;
pub mod date;
pub mod names;
pub mod number;
pub mod timing;
pub mod when;
pub mod zone;

use std::fmt;

use icu_locale_core::LanguageIdentifier;

use crate::diag::Tongue;

/// The longest tag: room for a language, script, region and two variants.
const LONGEST: usize = 31;

/// A language by its BCP 47 tag: `de`, `en`, `de-simple`.
///
/// All threads copy languages all the time, so the tag stands in here: a shared one would have a
/// counter that they all wait for.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Lang {
    /// The tag, filled up with zeros, which sort before all else.
    tag: [u8; LONGEST],
    /// How long it is.
    length: u8,
}

impl Lang {
    /// Takes a tag in any letter case; `None` for what is no BCP 47 tag, or has more than 31
    /// characters.
    pub fn parse(tag: &str) -> Option<Self> {
        let id = LanguageIdentifier::try_from_str(tag).ok()?;
        let canonical = id.to_string();
        // `und` says that the language is unknown, and an underscore is another standard's.
        let same = !id.language.is_unknown() && canonical.eq_ignore_ascii_case(tag);
        let mut tag = [0; LONGEST];
        tag.get_mut(..canonical.len())?.copy_from_slice(canonical.as_bytes());
        let length = u8::try_from(canonical.len()).ok()?;
        same.then_some(Self { tag, length })
    }

    /// Whether this program knows the language by name.
    pub fn is_known(&self) -> bool {
        row(self.as_str()).is_some()
    }

    /// The language that is called so by itself, in German or in English: `Deutsch`.
    pub fn named(name: &str) -> Option<Self> {
        let wanted = name.trim().to_lowercase();
        let is_it = |name: &str| name.to_lowercase() == wanted;
        let found = LANGUAGES
            .iter()
            .find(|row| is_it(row.autonym) || is_it(row.german) || is_it(row.english))?;
        Self::parse(found.tag)
    }

    /// The tag in canonical letter case.
    pub fn as_str(&self) -> &str {
        let tag = self.tag.get(..usize::from(self.length)).unwrap_or_default();
        std::str::from_utf8(tag).unwrap_or_default()
    }

    /// The tag's first part: `de` for `de-simple`.
    pub fn base(&self) -> &str {
        self.as_str().split('-').next().unwrap_or_default()
    }

    /// Whether this is the simplified form of a language, such as Leichte Sprache.
    pub fn is_simple(&self) -> bool {
        self.as_str().split('-').skip(1).any(|part| part == "simple")
    }

    /// The language among those this program speaks; `None` for all others.
    pub fn tongue(&self) -> Option<Tongue> {
        match self.base() {
            "de" => Some(Tongue::De),
            "en" => Some(Tongue::En),
            _ => None,
        }
    }

    /// The form that Open Graph wants: `de_DE`. Without a region in the tag, the language's own.
    pub fn og_locale(&self) -> String {
        let base = self.base();
        match self.region().or_else(|| Some(row(base)?.region).filter(|region| !region.is_empty()))
        {
            Some(region) => format!("{base}_{region}"),
            None => base.to_owned(),
        }
    }

    /// The language's name for itself: `Deutsch`, `English`, `Leichte Sprache`; the tag if it is
    /// not known.
    pub fn autonym(&self) -> String {
        self.name(|row| row.autonym)
    }

    /// The language's name in another language: `Englisch` in German. In languages that this
    /// program does not speak, its name for itself.
    pub fn name_in(&self, reader: &Self) -> String {
        match reader.tongue() {
            Some(Tongue::De) => self.name(|row| row.german),
            Some(Tongue::En) => self.name(|row| row.english),
            None => self.autonym(),
        }
    }

    /// One of the names in the table, with what the tag says beyond its first part.
    fn name(&self, column: impl Fn(&Row) -> &'static str) -> String {
        match (row(self.as_str()), row(self.base()), self.region()) {
            (Some(row), ..) => column(row).to_owned(),
            (None, Some(row), Some(region)) => format!("{} ({region})", column(row)),
            _ => self.as_str().to_owned(),
        }
    }

    /// The region in the tag: `AT` for `de-AT`.
    fn region(&self) -> Option<&str> {
        let is_region =
            |part: &&str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_uppercase());
        self.as_str().split('-').skip(1).find(is_region)
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

/// What is known of a language.
struct Row {
    /// Its tag.
    tag: &'static str,
    /// The region that Open Graph's locale names; empty where none stands for the language.
    region: &'static str,
    /// Its name for itself.
    autonym: &'static str,
    /// Its German name.
    german: &'static str,
    /// Its English name.
    english: &'static str,
}

/// The row of exactly this tag.
fn row(tag: &str) -> Option<&'static Row> {
    LANGUAGES.iter().find(|row| row.tag == tag)
}

/// Makes a row.
const fn known(
    [tag, region]: [&'static str; 2],
    [autonym, german, english]: [&'static str; 3],
) -> Row {
    Row { tag, region, autonym, german, english }
}

/// The official languages of the European Union, those of minorities in Germany, German Sign
/// Language, and those in which German authorities often publish.
const LANGUAGES: &[Row] = &[
    known(["ar", ""], ["العربية", "Arabisch", "Arabic"]),
    known(["bg", "BG"], ["Български", "Bulgarisch", "Bulgarian"]),
    known(["cs", "CZ"], ["Čeština", "Tschechisch", "Czech"]),
    known(["da", "DK"], ["Dansk", "Dänisch", "Danish"]),
    known(["de", "DE"], ["Deutsch", "Deutsch", "German"]),
    known(["de-simple", "DE"], ["Leichte Sprache", "Leichte Sprache", "German (easy to read)"]),
    known(["dsb", "DE"], ["Dolnoserbšćina", "Niedersorbisch", "Lower Sorbian"]),
    known(["el", "GR"], ["Ελληνικά", "Griechisch", "Greek"]),
    known(["en", "GB"], ["English", "Englisch", "English"]),
    known(["en-simple", "GB"], ["Easy read", "Englisch (leicht zu lesen)", "Easy read"]),
    known(["es", "ES"], ["Español", "Spanisch", "Spanish"]),
    known(["et", "EE"], ["Eesti", "Estnisch", "Estonian"]),
    known(["fa", ""], ["فارسی", "Persisch", "Persian"]),
    known(["fi", "FI"], ["Suomi", "Finnisch", "Finnish"]),
    known(["fr", "FR"], ["Français", "Französisch", "French"]),
    known(["frr", "DE"], ["Nordfriisk", "Nordfriesisch", "North Frisian"]),
    known(["frs", "DE"], ["Oostfräisk", "Ostfriesisches Platt", "East Frisian Low Saxon"]),
    known(["ga", "IE"], ["Gaeilge", "Irisch", "Irish"]),
    known(
        ["gsg", "DE"],
        ["Deutsche Gebärdensprache", "Deutsche Gebärdensprache", "German Sign Language"],
    ),
    known(["hr", "HR"], ["Hrvatski", "Kroatisch", "Croatian"]),
    known(["hsb", "DE"], ["Hornjoserbšćina", "Obersorbisch", "Upper Sorbian"]),
    known(["hu", "HU"], ["Magyar", "Ungarisch", "Hungarian"]),
    known(["it", "IT"], ["Italiano", "Italienisch", "Italian"]),
    known(["lt", "LT"], ["Lietuvių", "Litauisch", "Lithuanian"]),
    known(["lv", "LV"], ["Latviešu", "Lettisch", "Latvian"]),
    known(["mt", "MT"], ["Malti", "Maltesisch", "Maltese"]),
    known(["nds", "DE"], ["Plattdüütsch", "Niederdeutsch", "Low German"]),
    known(["nl", "NL"], ["Nederlands", "Niederländisch", "Dutch"]),
    known(["pl", "PL"], ["Polski", "Polnisch", "Polish"]),
    known(["pt", "PT"], ["Português", "Portugiesisch", "Portuguese"]),
    known(["ro", "RO"], ["Română", "Rumänisch", "Romanian"]),
    known(["rom", ""], ["Romani", "Romanes", "Romani"]),
    known(["ru", "RU"], ["Русский", "Russisch", "Russian"]),
    known(["sk", "SK"], ["Slovenčina", "Slowakisch", "Slovak"]),
    known(["sl", "SI"], ["Slovenščina", "Slowenisch", "Slovenian"]),
    known(["sq", "AL"], ["Shqip", "Albanisch", "Albanian"]),
    known(["sr", "RS"], ["Српски", "Serbisch", "Serbian"]),
    known(["stq", "DE"], ["Seeltersk", "Saterfriesisch", "Saterland Frisian"]),
    known(["sv", "SE"], ["Svenska", "Schwedisch", "Swedish"]),
    known(["tr", "TR"], ["Türkçe", "Türkisch", "Turkish"]),
    known(["uk", "UA"], ["Українська", "Ukrainisch", "Ukrainian"]),
    known(["vi", "VN"], ["Tiếng Việt", "Vietnamesisch", "Vietnamese"]),
    known(["zh", "CN"], ["中文", "Chinesisch", "Chinese"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    /// Compares tag, base and names of what `tag` is taken for.
    fn check(tag: &str, expected: Option<[&str; 4]>) {
        let german = Lang::parse("de").unwrap();
        let found = Lang::parse(tag).map(|lang| {
            [lang.to_string(), lang.og_locale(), lang.autonym(), lang.name_in(&german)]
        });
        assert_eq!(found, expected.map(|texts| texts.map(str::to_owned)), "{tag}");
    }

    #[test]
    fn tags_are_checked_and_named() {
        check("de", Some(["de", "de_DE", "Deutsch", "Deutsch"]));
        check("EN", Some(["en", "en_GB", "English", "Englisch"]));
        check("de-simple", Some(["de-simple", "de_DE", "Leichte Sprache", "Leichte Sprache"]));
        check("de-at", Some(["de-AT", "de_AT", "Deutsch (AT)", "Deutsch (AT)"]));
        check("ar", Some(["ar", "ar", "العربية", "Arabisch"]));
        check("tlh", Some(["tlh", "tlh", "tlh", "tlh"]));
        let longest = "gsw-Latn-CH-abcdefgh-ijklmnop-qrstuvwx";
        check(
            "gsw-Latn-CH-abcdefgh-ijklmnop",
            Some([
                "gsw-Latn-CH-abcdefgh-ijklmnop",
                "gsw_CH",
                "gsw-Latn-CH-abcdefgh-ijklmnop",
                "gsw-Latn-CH-abcdefgh-ijklmnop",
            ]),
        );
        check(longest, None);
        for wrong in ["", "d", "de_DE", "und", "deutsch-land-e", "de-", "ä", "de simple"] {
            check(wrong, None);
        }
    }

    #[test]
    fn simple_is_a_variant() {
        let simple = Lang::parse("de-simple").unwrap();
        assert!(simple.is_simple());
        assert_eq!(simple.base(), "de");
        assert_eq!(simple.tongue(), Some(Tongue::De));
        assert!(!Lang::parse("de-AT").unwrap().is_simple());
    }

    #[test]
    fn the_table_is_sorted_and_its_tags_parse() {
        assert!(LANGUAGES.is_sorted_by(|a, b| a.tag < b.tag));
        for row in LANGUAGES {
            assert_eq!(Lang::parse(row.tag).map(|lang| lang.to_string()).as_deref(), Some(row.tag));
        }
    }
}
