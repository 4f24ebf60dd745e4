//! Two dates as one text: `13.–14. Dezember 2018`.
//!
//! What both ends share is written once. A dash between words has spaces around it, a dash between
//! numbers has none; Leichte Sprache writes `bis`.

use super::{Style, long};
use crate::diag::Tongue;
use crate::lang::Lang;
use crate::lang::when::When;

/// A range in pieces, so that each end can be marked up.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Pieces {
    /// The text of the start; of the whole if one text says it all.
    pub start: String,
    /// What stands between, with its spaces.
    pub between: &'static str,
    /// The text of the end; empty if one text says it all.
    pub end: String,
}

/// The range as one text.
pub fn range(start: When, end: When, lang: &Lang) -> String {
    let Pieces { start, between, end } = pieces(start, end, lang);
    start + between + &end
}

/// The range in pieces.
pub fn pieces(start: When, end: When, lang: &Lang) -> Pieces {
    let style = Style::of(lang);
    style.shortened(start, end).unwrap_or_else(|| Pieces {
        start: long(start, lang),
        between: style.spaced_dash(),
        end: long(end, lang),
    })
}

/// What has been so from a date on: `seit 2022`.
pub fn since(when: When, lang: &Lang) -> String {
    match lang.tongue() {
        Some(Tongue::De) => format!("seit {}", long(when, lang)),
        Some(Tongue::En) => format!("since {}", long(when, lang)),
        None => format!("{} –", long(when, lang)),
    }
}

/// What will be so from a date on: `ab 2. Mai 2027`.
pub fn from(when: When, lang: &Lang) -> String {
    match lang.tongue() {
        Some(Tongue::De) => format!("ab {}", long(when, lang)),
        Some(Tongue::En) => format!("from {}", long(when, lang)),
        None => format!("{} –", long(when, lang)),
    }
}

/// What is so until a date: `bis 2019`.
pub fn until(when: When, lang: &Lang) -> String {
    match lang.tongue() {
        Some(Tongue::De) => format!("bis {}", long(when, lang)),
        Some(Tongue::En) => format!("until {}", long(when, lang)),
        None => format!("– {}", long(when, lang)),
    }
}

/// The time for which a relation holds: `2018–2020`, `seit 2022`, `bis 2019`.
pub fn period(start: Option<When>, end: Option<When>, lang: &Lang) -> Option<String> {
    match (start, end) {
        (Some(start), Some(end)) => Some(range(start, end, lang)),
        (Some(start), None) => Some(since(start, lang)),
        (None, Some(end)) => Some(until(end, lang)),
        (None, None) => None,
    }
}

impl Style {
    /// The range with what both ends share written once; `None` if they share nothing.
    fn shortened(self, start: When, end: When) -> Option<Pieces> {
        let alone = |start: String| Some(Pieces { start, between: "", end: String::new() });
        let pair = |start, between, end| Some(Pieces { start, between, end });
        match (start, end) {
            _ if start == end => alone(self.with_time(self.date(start), start)),
            (When::Year(a), When::Year(b)) => pair(a.to_string(), self.dash(), b.to_string()),
            (When::At(a), When::At(b)) if a.date() == b.date() => {
                let start = self.with_time(self.date(start), start);
                // `Uhr` is said once, behind the second time.
                let start = start.strip_suffix("\u{a0}Uhr").unwrap_or(&start).to_owned();
                pair(start, self.dash(), self.time(b.time()))
            }
            (When::At(a), When::Day(b)) if a.date() == b => {
                alone(self.with_time(self.date(start), start))
            }
            (When::Day(a), When::At(b)) if a == b.date() && self != Self::Iso => {
                pair(self.day(a), self.until(), self.time(b.time()))
            }
            _ if self == Self::Iso || start.year() != end.year() => None,
            (When::Month(_, a), When::Month(..)) => {
                pair(self.month(a), self.dash(), self.date(end))
            }
            (When::Day(a), When::Day(b)) if a.month() == b.month() => {
                pair(self.day_number(a), self.dash(), self.day(b))
            }
            (When::Day(a), When::Day(b)) => {
                pair(self.day_and_month(a), self.spaced_dash(), self.day(b))
            }
            _ => None,
        }
    }

    /// What stands between two numbers or two single words.
    fn dash(self) -> &'static str {
        if self == Self::Simple { " bis " } else { "–" }
    }

    /// What stands between two texts of several words.
    fn spaced_dash(self) -> &'static str {
        if self == Self::Simple { " bis " } else { " – " }
    }

    /// What stands between a day and the time at which it ends.
    fn until(self) -> &'static str {
        match self {
            Self::German | Self::Simple => ", bis ",
            Self::English | Self::Iso => ", until ",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Compares a range in German, Leichte Sprache, English and French; `~` stands for the
    /// no-break space.
    fn check(start: &str, end: &str, expected: [&str; 4]) {
        let [start, end] = [start, end].map(|text| When::parse(text).unwrap());
        let found = ["de", "de-simple", "en", "fr"]
            .map(|lang| range(start, end, &Lang::parse(lang).unwrap()).replace('\u{a0}', "~"));
        assert_eq!(found, expected);
    }

    #[test]
    fn days() {
        check(
            "2018-12-13",
            "2018-12-13",
            ["13.~Dezember 2018", "13.~Dezember 2018", "13~December 2018", "2018-12-13"],
        );
        check(
            "2018-12-13",
            "2018-12-14",
            [
                "13.–14.~Dezember 2018",
                "13. bis 14.~Dezember 2018",
                "13–14~December 2018",
                "2018-12-13 – 2018-12-14",
            ],
        );
        check(
            "2018-11-30",
            "2018-12-02",
            [
                "30.~November – 2.~Dezember 2018",
                "30.~November bis 2.~Dezember 2018",
                "30~November – 2~December 2018",
                "2018-11-30 – 2018-12-02",
            ],
        );
        check(
            "2018-12-30",
            "2019-01-02",
            [
                "30.~Dezember 2018 – 2.~Januar 2019",
                "30.~Dezember 2018 bis 2.~Januar 2019",
                "30~December 2018 – 2~January 2019",
                "2018-12-30 – 2019-01-02",
            ],
        );
    }

    #[test]
    fn times() {
        check(
            "2018-12-13T09:00",
            "2018-12-13T17:00",
            [
                "13.~Dezember 2018, 9:00–17:00~Uhr",
                "13.~Dezember 2018, 9:00 bis 17:00~Uhr",
                "13~December 2018, 09:00–17:00",
                "2018-12-13 09:00–17:00",
            ],
        );
        check(
            "2018-12-13T09:00",
            "2018-12-14T16:00",
            [
                "13.~Dezember 2018, 9:00~Uhr – 14.~Dezember 2018, 16:00~Uhr",
                "13.~Dezember 2018, 9:00~Uhr bis 14.~Dezember 2018, 16:00~Uhr",
                "13~December 2018, 09:00 – 14~December 2018, 16:00",
                "2018-12-13 09:00 – 2018-12-14 16:00",
            ],
        );
        check(
            "2018-12-13T09:00",
            "2018-12-13",
            [
                "13.~Dezember 2018, 9:00~Uhr",
                "13.~Dezember 2018, 9:00~Uhr",
                "13~December 2018, 09:00",
                "2018-12-13 09:00",
            ],
        );
        check(
            "2018-12-13",
            "2018-12-13T17:00",
            [
                "13.~Dezember 2018, bis 17:00~Uhr",
                "13.~Dezember 2018, bis 17:00~Uhr",
                "13~December 2018, until 17:00",
                "2018-12-13 – 2018-12-13 17:00",
            ],
        );
    }

    #[test]
    fn months_years_and_mixtures() {
        check("2018", "2020", ["2018–2020", "2018 bis 2020", "2018–2020", "2018–2020"]);
        check(
            "2022-07",
            "2022-09",
            [
                "Juli–September 2022",
                "Juli bis September 2022",
                "July–September 2022",
                "2022-07 – 2022-09",
            ],
        );
        check(
            "2021-12",
            "2022-01",
            [
                "Dezember 2021 – Januar 2022",
                "Dezember 2021 bis Januar 2022",
                "December 2021 – January 2022",
                "2021-12 – 2022-01",
            ],
        );
        check(
            "2018",
            "2018-07-14",
            [
                "2018 – 14.~Juli 2018",
                "2018 bis 14.~Juli 2018",
                "2018 – 14~July 2018",
                "2018 – 2018-07-14",
            ],
        );
    }

    #[test]
    fn open_ranges() {
        let [de, en] = ["de", "en"].map(|tag| Lang::parse(tag).unwrap());
        let year = When::Year(2022);
        let day = When::parse("2027-05-02").unwrap();
        assert_eq!(since(year, &de), "seit 2022");
        assert_eq!(from(day, &de), "ab 2.\u{a0}Mai 2027");
        assert_eq!(period(None, Some(year), &en).as_deref(), Some("until 2022"));
        assert_eq!(period(Some(year), None, &en).as_deref(), Some("since 2022"));
        assert_eq!(period(None, None, &en), None);
    }
}
