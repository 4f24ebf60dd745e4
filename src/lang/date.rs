//! Dates as words: `13. Dezember 2018, 9:00 Uhr`.
//!
//! A date is written as precisely as it is known, never more. A no-break space stands between day
//! and month, and between a time and `Uhr`. Leichte Sprache knows no abbreviations and no dashes.
//! Languages that this program does not speak get the ISO form.

pub mod range;

use jiff::civil::{Date, Time, Weekday};

use super::Lang;
use super::when::When;
use crate::diag::Tongue;

/// A space at which no line breaks.
const NBSP: char = '\u{a0}';

/// The pieces of a date, for templates that set them apart.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Parts {
    /// The year.
    pub year: i16,
    /// The month's name.
    pub month: Option<String>,
    /// The month's name, abbreviated: `Dez.`
    pub month_short: Option<String>,
    /// The day of the month.
    pub day: Option<i8>,
    /// The day of the week.
    pub weekday: Option<String>,
    /// The time of day: `9:00 Uhr`.
    pub time: Option<String>,
}

/// The whole date: `13. Dezember 2018, 9:00 Uhr`, `Dezember 2018`, `2018`.
pub fn long(when: When, lang: &Lang) -> String {
    let style = Style::of(lang);
    style.with_time(style.date(when), when)
}

/// The whole date with the day of the week: `Donnerstag, 13. Dezember 2018`.
pub fn with_weekday(when: When, lang: &Lang) -> String {
    let style = Style::of(lang);
    let date = style.date(when);
    let date = match (when.day().and_then(|day| style.weekday(day)), style) {
        (None, _) => date,
        (Some(weekday), Style::English) => format!("{weekday} {date}"),
        (Some(weekday), _) => format!("{weekday}, {date}"),
    };
    style.with_time(date, when)
}

/// A form for tables and cards: `13.12.2018`, `13 Dec 2018`. Leichte Sprache has none.
pub fn short(when: When, lang: &Lang) -> String {
    let style = Style::of(lang);
    let date = match (style, when.day(), when.month()) {
        (Style::Simple | Style::Iso, ..) | (_, _, None) => style.date(when),
        (Style::German, Some(day), _) => {
            format!("{:02}.{:02}.{}", day.day(), day.month(), day.year())
        }
        (Style::English, Some(day), Some(month)) => {
            format!("{}{NBSP}{} {}", day.day(), style.month_short(month), day.year())
        }
        (_, None, Some(month)) => format!("{} {}", style.month_short(month), when.year()),
    };
    style.with_time(date, when)
}

/// Month and year: `Dezember 2018`; the year if no more is known.
pub fn month(when: When, lang: &Lang) -> String {
    let month = when.month().map_or(When::Year(when.year()), |m| When::Month(when.year(), m));
    Style::of(lang).date(month)
}

/// The date without its time of day.
pub fn without_time(when: When, lang: &Lang) -> String {
    Style::of(lang).date(when)
}

/// The time of day, if it is known: `9:00 Uhr`, `09:00`.
pub fn time(when: When, lang: &Lang) -> Option<String> {
    when.time().map(|time| Style::of(lang).time(time))
}

/// The pieces of a date.
pub fn parts(when: When, lang: &Lang) -> Parts {
    let style = Style::of(lang);
    Parts {
        year: when.year(),
        month: when.month().map(|month| style.month(month)),
        month_short: when.month().map(|month| style.month_short(month)),
        day: when.day().map(Date::day),
        weekday: when.day().and_then(|day| style.weekday(day)).map(str::to_owned),
        time: time(when, lang),
    }
}

/// The ways to write a date.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    /// German.
    German,
    /// Leichte Sprache.
    Simple,
    /// British English.
    English,
    /// Digits only.
    Iso,
}

impl Style {
    /// The way in which a language writes dates.
    fn of(lang: &Lang) -> Self {
        match lang.tongue() {
            Some(Tongue::De) if lang.is_simple() => Self::Simple,
            Some(Tongue::De) => Self::German,
            Some(Tongue::En) => Self::English,
            None => Self::Iso,
        }
    }

    /// The date without its time of day.
    fn date(self, when: When) -> String {
        match when {
            When::Year(year) => year.to_string(),
            When::Month(..) if self == Self::Iso => when.iso(),
            When::Month(year, month) => format!("{} {year}", self.month(month)),
            When::Day(day) => self.day(day),
            When::At(moment) => self.day(moment.date()),
        }
    }

    /// `13. Dezember 2018`
    fn day(self, day: Date) -> String {
        match self {
            Self::Iso => When::Day(day).iso(),
            _ => format!("{} {}", self.day_and_month(day), day.year()),
        }
    }

    /// `13. Dezember`
    fn day_and_month(self, day: Date) -> String {
        format!("{}{NBSP}{}", self.day_number(day), self.month(day.month()))
    }

    /// `13.`
    fn day_number(self, day: Date) -> String {
        match self {
            Self::German | Self::Simple => format!("{}.", day.day()),
            Self::English | Self::Iso => day.day().to_string(),
        }
    }

    /// A date and the time of day that belongs to it, if it is known.
    fn with_time(self, date: String, when: When) -> String {
        match (when.time(), self) {
            (None, _) => date,
            (Some(time), Self::Iso) => format!("{date} {}", self.time(time)),
            (Some(time), _) => format!("{date}, {}", self.time(time)),
        }
    }

    /// `9:00 Uhr`
    fn time(self, time: Time) -> String {
        match self {
            Self::German | Self::Simple => format!("{}{NBSP}Uhr", self.clock(time)),
            Self::English | Self::Iso => self.clock(time),
        }
    }

    /// `9:00`
    fn clock(self, time: Time) -> String {
        match self {
            Self::German | Self::Simple => format!("{}:{:02}", time.hour(), time.minute()),
            Self::English | Self::Iso => format!("{:02}:{:02}", time.hour(), time.minute()),
        }
    }

    /// The name of a month.
    fn month(self, month: i8) -> String {
        const GERMAN: [&str; 12] = [
            "Januar",
            "Februar",
            "März",
            "April",
            "Mai",
            "Juni",
            "Juli",
            "August",
            "September",
            "Oktober",
            "November",
            "Dezember",
        ];
        const ENGLISH: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        match self {
            Self::German | Self::Simple => nth(GERMAN, month),
            Self::English => nth(ENGLISH, month),
            Self::Iso => format!("{month:02}"),
        }
    }

    /// The name of a month, abbreviated as the Duden and British custom have it.
    fn month_short(self, month: i8) -> String {
        const GERMAN: [&str; 12] = [
            "Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.",
            "Dez.",
        ];
        const ENGLISH: [&str; 12] =
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        match self {
            Self::German => nth(GERMAN, month),
            Self::English => nth(ENGLISH, month),
            Self::Simple | Self::Iso => self.month(month),
        }
    }

    /// The name of a day of the week; digits have none.
    fn weekday(self, day: Date) -> Option<&'static str> {
        let weekday = day.weekday();
        match self {
            Self::German | Self::Simple => Some(german_weekday(weekday)),
            Self::English => Some(english_weekday(weekday)),
            Self::Iso => None,
        }
    }
}

/// The name of a month; its number if there is no such month.
fn nth(names: [&str; 12], month: i8) -> String {
    let index = usize::try_from(month).ok().and_then(|month| month.checked_sub(1));
    index.and_then(|index| names.get(index)).map_or(month.to_string(), |name| (*name).to_owned())
}

/// The German name of a day of the week.
fn german_weekday(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "Montag",
        Weekday::Tuesday => "Dienstag",
        Weekday::Wednesday => "Mittwoch",
        Weekday::Thursday => "Donnerstag",
        Weekday::Friday => "Freitag",
        Weekday::Saturday => "Samstag",
        Weekday::Sunday => "Sonntag",
    }
}

/// The English name of a day of the week.
fn english_weekday(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Compares one way of writing in German, Leichte Sprache, English and French; `~` stands for
    /// the no-break space.
    fn check(write: fn(When, &Lang) -> String, when: &str, expected: [&str; 4]) {
        let when = When::parse(when).unwrap();
        let found = ["de", "de-simple", "en", "fr"]
            .map(|lang| write(when, &Lang::parse(lang).unwrap()).replace(NBSP, "~"));
        assert_eq!(found, expected);
    }

    #[test]
    fn long_dates() {
        check(long, "2018", ["2018", "2018", "2018", "2018"]);
        check(long, "2018-12", ["Dezember 2018", "Dezember 2018", "December 2018", "2018-12"]);
        let german = "13.~Dezember 2018";
        check(long, "2018-12-13", [german, german, "13~December 2018", "2018-12-13"]);
        let march = "1.~März 2020";
        check(long, "2020-03-01", [march, march, "1~March 2020", "2020-03-01"]);
        let german = "13.~Dezember 2018, 9:00~Uhr";
        let english = "13~December 2018, 09:00";
        check(long, "2018-12-13T09:00", [german, german, english, "2018-12-13 09:00"]);
    }

    #[test]
    fn dates_with_the_day_of_the_week() {
        let german = "Donnerstag, 13.~Dezember 2018";
        let english = "Thursday 13~December 2018";
        check(with_weekday, "2018-12-13", [german, german, english, "2018-12-13"]);
        check(
            with_weekday,
            "2018-12",
            ["Dezember 2018", "Dezember 2018", "December 2018", "2018-12"],
        );
        let german = "Donnerstag, 13.~Dezember 2018, 17:05~Uhr";
        let english = "Thursday 13~December 2018, 17:05";
        check(with_weekday, "2018-12-13T17:05", [german, german, english, "2018-12-13 17:05"]);
    }

    #[test]
    fn short_dates() {
        check(short, "2018", ["2018", "2018", "2018", "2018"]);
        check(short, "2018-12", ["Dez. 2018", "Dezember 2018", "Dec 2018", "2018-12"]);
        let simple = "1.~März 2020";
        check(short, "2020-03-01", ["01.03.2020", simple, "1~Mar 2020", "2020-03-01"]);
        let simple = "1.~März 2020, 9:00~Uhr";
        let german = "01.03.2020, 9:00~Uhr";
        check(short, "2020-03-01T09:00", [german, simple, "1~Mar 2020, 09:00", "2020-03-01 09:00"]);
    }

    #[test]
    fn months() {
        let german = "Dezember 2018";
        check(month, "2018-12-13T09:00", [german, german, "December 2018", "2018-12"]);
        check(month, "2018", ["2018", "2018", "2018", "2018"]);
    }

    #[test]
    fn parts_stand_alone() {
        let when = When::parse("2018-12-13T09:00").unwrap();
        let found = parts(when, &Lang::parse("de").unwrap());
        let some = |text: &str| Some(text.to_owned());
        let expected = Parts {
            year: 2018,
            month: some("Dezember"),
            month_short: some("Dez."),
            day: Some(13),
            weekday: some("Donnerstag"),
            time: some("9:00\u{a0}Uhr"),
        };
        assert_eq!(found, expected);
        assert_eq!(parts(When::Year(2018), &Lang::parse("de").unwrap()).month, None);
    }

    #[test]
    fn numbers_beyond_the_calendar_are_safe() {
        for lang in ["de", "de-simple", "en", "fr"].map(|tag| Lang::parse(tag).unwrap()) {
            for when in [When::Year(i16::MIN), When::Month(i16::MAX, 13), When::Month(0, i8::MIN)] {
                let _ = (long(when, &lang), short(when, &lang), with_weekday(when, &lang));
                let _ = (month(when, &lang), parts(when, &lang));
            }
        }
    }
}
