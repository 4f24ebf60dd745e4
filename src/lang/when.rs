//! Dates as precise as they are known: a year, a month, a day, or a day and a time.
//!
//! One reader serves quoted and unquoted dates. It takes the ISO form only; what people write
//! instead is recognised by `guess` and comes back as an error that carries the right form.

mod guess;

use std::cmp::Ordering;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};

use super::zone::{Zone, with_offset};

/// A point in time or the period it is known to lie in. Times are local to the site's zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum When {
    /// `2022`
    Year(i16),
    /// `2022-07`
    Month(i16, i8),
    /// `2022-07-14`
    Day(Date),
    /// `2022-07-14T09:00`
    At(DateTime),
}

/// How precisely a [`When`] is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Precision {
    /// The year.
    Year,
    /// The month.
    Month,
    /// The day.
    Day,
    /// The time of day.
    Time,
}

/// Why a text is no [`When`]. Texts in variants are the right form of what was written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum WhenError {
    /// Nothing that looks like a date: `bald`, `Ende Juli`.
    NotADate,
    /// A date or time that no calendar or clock has.
    NoSuchDay(Missing),
    /// A German date: `14.11.2018`, `14. November 2018`, `11/2018`, `Juli 2022`.
    German(String),
    /// An English date: `14 March 2018`, `November 14, 2018`.
    English(String),
    /// A month, day or hour of one digit: `2022-7-4`.
    OneDigit(String),
    /// Another slip in the ISO form: `2022/07/14`, `20220714`, `2022-07-14 9 Uhr`.
    Slip(String),
    /// A time with an offset, which says the instant meant: `2022-07-14T09:00Z`.
    WithOffset(Timestamp),
}

/// What a calendar or clock does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Missing {
    /// The month.
    Month,
    /// The day; the month ends with day `last`.
    Day {
        /// The month's last day.
        last: i8,
    },
    /// The time of day.
    Time,
}

impl WhenError {
    /// The right form of what was written, where it is certain.
    pub fn fix(&self) -> Option<&str> {
        match self {
            Self::German(iso) | Self::English(iso) | Self::OneDigit(iso) | Self::Slip(iso) => {
                Some(iso)
            }
            Self::NotADate | Self::NoSuchDay(_) | Self::WithOffset(_) => None,
        }
    }
}

impl When {
    /// Reads a date in ISO form: `2022`, `2022-07`, `2022-07-14`, `2022-07-14T09:00`, with a blank
    /// in place of the `T` and with seconds if need be.
    pub fn parse(text: &str) -> Result<Self, WhenError> {
        let text = text.trim();
        let (date, time) = match text.split_once(['T', 't', ' ']) {
            Some((date, time)) => (date, Some(time)),
            None => (text, None),
        };
        let Some(mut raw) = iso_date(date) else { return guess::guess(text) };
        let Some(time) = time else { return raw.check() };
        let Some((clock, offset)) = iso_time(time).filter(|_| raw.day.is_some()) else {
            return guess::guess(text);
        };
        raw.time = Some(clock);
        match (raw.check()?, offset) {
            (Self::At(local), Some(seconds)) => {
                Err(with_offset(local, seconds).map_or(WhenError::NotADate, WhenError::WithOffset))
            }
            (when, _) => Ok(when),
        }
    }

    /// The period's first moment.
    pub fn first(&self) -> DateTime {
        match *self {
            Self::Year(year) => first_of(year, 1),
            Self::Month(year, month) => first_of(year, month),
            Self::Day(day) => day.to_datetime(Time::midnight()),
            Self::At(moment) => moment,
        }
    }

    /// The first moment after the period; a moment has no length.
    pub fn last(&self) -> DateTime {
        match *self {
            Self::Year(year) => first_of(year.saturating_add(1), 1),
            Self::Month(year, 12..) => first_of(year.saturating_add(1), 1),
            Self::Month(year, month) => first_of(year, month.max(1) + 1),
            Self::Day(day) => end_of(day),
            Self::At(moment) => moment,
        }
    }

    /// The day, if it is known.
    pub fn day(&self) -> Option<Date> {
        match *self {
            Self::Year(_) | Self::Month(..) => None,
            Self::Day(day) => Some(day),
            Self::At(moment) => Some(moment.date()),
        }
    }

    /// The year.
    pub fn year(&self) -> i16 {
        match *self {
            Self::Year(year) | Self::Month(year, _) => year,
            Self::Day(day) => day.year(),
            Self::At(moment) => moment.year(),
        }
    }

    /// The month, 1 to 12, if it is known.
    pub fn month(&self) -> Option<i8> {
        match *self {
            Self::Year(_) => None,
            Self::Month(_, month) => Some(month),
            Self::Day(day) => Some(day.month()),
            Self::At(moment) => Some(moment.month()),
        }
    }

    /// The time of day, if it is known.
    pub fn time(&self) -> Option<Time> {
        match *self {
            Self::Year(_) | Self::Month(..) | Self::Day(_) => None,
            Self::At(moment) => Some(moment.time()),
        }
    }

    /// How precise it is.
    pub fn precision(&self) -> Precision {
        match self {
            Self::Year(_) => Precision::Year,
            Self::Month(..) => Precision::Month,
            Self::Day(_) => Precision::Day,
            Self::At(_) => Precision::Time,
        }
    }

    /// The ISO form, as [`When::parse`] reads it.
    pub fn iso(&self) -> String {
        match *self {
            Self::Year(year) => format!("{year:04}"),
            Self::Month(year, month) => format!("{year:04}-{month:02}"),
            Self::Day(day) => iso_day(day),
            Self::At(moment) => format!("{}T{}", iso_day(moment.date()), iso_clock(moment.time())),
        }
    }

    /// The value for `<time datetime>`: the ISO form, a time with its offset.
    pub fn datetime(&self, zone: &Zone) -> String {
        let Self::At(moment) = *self else { return self.iso() };
        let instant = zone.instant(moment);
        // A time that clocks skip is written as the time they show then.
        format!("{}{}", Self::At(zone.local(instant)).iso(), zone.offset_text(instant))
    }
}

impl Ord for When {
    /// By the first moment; at the same moment, the less precise before the more precise.
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |when: &Self| (when.first(), when.precision(), when.year(), when.month());
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for When {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Numbers that look like a date but are not yet checked against the calendar.
#[derive(Clone, Copy, Debug, Default)]
struct Raw {
    /// The year.
    year: i16,
    /// The month.
    month: Option<i8>,
    /// The day; only with a month.
    day: Option<i8>,
    /// Hour, minute, second; only with a day.
    time: Option<[i8; 3]>,
}

impl Raw {
    /// The date, if calendar and clock have it.
    fn check(self) -> Result<When, WhenError> {
        let Some(month) = self.month else { return Ok(When::Year(self.year)) };
        let first =
            Date::new(self.year, month, 1).map_err(|_| WhenError::NoSuchDay(Missing::Month))?;
        let Some(day) = self.day else { return Ok(When::Month(self.year, month)) };
        let last = first.days_in_month();
        let date = Date::new(self.year, month, day)
            .map_err(|_| WhenError::NoSuchDay(Missing::Day { last }))?;
        let Some([hour, minute, second]) = self.time else { return Ok(When::Day(date)) };
        let time =
            Time::new(hour, minute, second, 0).map_err(|_| WhenError::NoSuchDay(Missing::Time))?;
        Ok(When::At(date.to_datetime(time)))
    }
}

/// `2022`, `2022-07` or `2022-07-14`.
fn iso_date(text: &str) -> Option<Raw> {
    let mut parts = text.split('-');
    let year = digits(parts.next()?, 4)?;
    let month = parts.next().map(|part| small(part).ok_or(())).transpose().ok()?;
    let day = parts.next().map(|part| small(part).ok_or(())).transpose().ok()?;
    parts.next().is_none().then_some(Raw { year, month, day, time: None })
}

/// `09:00`, `09:00:30`, `09:00:30.5`; and the seconds of the offset written after it. Fractions of
/// a second are read over.
fn iso_time(text: &str) -> Option<([i8; 3], Option<i32>)> {
    let end = text.find(['Z', 'z', '+', '-']).unwrap_or(text.len());
    let (clock, offset) = text.split_at(end);
    let (clock, fraction) = clock.trim_end().split_once('.').unwrap_or((clock.trim_end(), "0"));
    if fraction.is_empty() || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let mut parts = clock.split(':');
    let time = [small(parts.next()?)?, small(parts.next()?)?, parts.next().map_or(Some(0), small)?];
    let offset = if offset.is_empty() { None } else { Some(iso_offset(offset)?) };
    parts.next().is_none().then_some((time, offset))
}

/// `Z`, `+02:00`, `+0200` or `+02`, in seconds.
fn iso_offset(text: &str) -> Option<i32> {
    if text.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+')?),
    };
    let (hours, minutes) = match text.split_once(':') {
        Some(pair) => pair,
        None => text.split_at_checked(2)?,
    };
    let minutes = if minutes.is_empty() { 0 } else { small(minutes)? };
    Some(sign * (i32::from(small(hours)?) * 3600 + i32::from(minutes) * 60))
}

/// A number of exactly two digits.
fn small(text: &str) -> Option<i8> {
    digits(text, 2).and_then(|number| i8::try_from(number).ok())
}

/// A number of exactly so many digits, at most four.
fn digits(text: &str, count: usize) -> Option<i16> {
    let fits = text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| text.parse().ok()).flatten()
}

/// The first moment of a month; beyond the years that can be counted, the nearest moment.
fn first_of(year: i16, month: i8) -> DateTime {
    let beyond = if year > 0 { DateTime::MAX } else { DateTime::MIN };
    Date::new(year, month.clamp(1, 12), 1).map_or(beyond, |date| date.to_datetime(Time::midnight()))
}

/// The first moment after a day.
pub(super) fn end_of(day: Date) -> DateTime {
    day.tomorrow().map_or(DateTime::MAX, |next| next.to_datetime(Time::midnight()))
}

/// `2022-07-14`
fn iso_day(day: Date) -> String {
    format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day())
}

/// `09:00`, with seconds if there are any.
fn iso_clock(time: Time) -> String {
    match time.second() {
        0 => format!("{:02}:{:02}", time.hour(), time.minute()),
        second => format!("{:02}:{:02}:{second:02}", time.hour(), time.minute()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Compares the ISO form, the first moment and the exclusive end.
    fn check(text: &str, iso: &str, first: &str, last: &str) {
        let when = When::parse(text).unwrap();
        let found = (when.iso(), when.first().to_string(), when.last().to_string());
        assert_eq!(found, (iso.into(), first.into(), last.into()), "{text}");
        assert_eq!(When::parse(iso), Ok(when), "{text}");
    }

    #[test]
    fn iso_dates_are_read() {
        check("2022", "2022", "2022-01-01T00:00:00", "2023-01-01T00:00:00");
        check(" 2022 ", "2022", "2022-01-01T00:00:00", "2023-01-01T00:00:00");
        check("2022-07", "2022-07", "2022-07-01T00:00:00", "2022-08-01T00:00:00");
        check("2022-12", "2022-12", "2022-12-01T00:00:00", "2023-01-01T00:00:00");
        check("2024-02-29", "2024-02-29", "2024-02-29T00:00:00", "2024-03-01T00:00:00");
        let nine = ["2022-07-14T09:00"; 2];
        check(nine[0], nine[1], "2022-07-14T09:00:00", "2022-07-14T09:00:00");
        check("2022-07-14 09:00:00", nine[1], "2022-07-14T09:00:00", "2022-07-14T09:00:00");
        check("2022-07-14t09:00:00.000", nine[1], "2022-07-14T09:00:00", "2022-07-14T09:00:00");
        let second = "2022-07-14T09:00:07";
        check(second, second, second, second);
        check("0000", "0000", "0000-01-01T00:00:00", "0001-01-01T00:00:00");
        check("9999-12-31", "9999-12-31", "9999-12-31T00:00:00", "9999-12-31T23:59:59.999999999");
    }

    #[test]
    fn offsets_are_refused_with_their_instant() {
        for (text, instant) in [
            ("2022-07-14T09:00Z", "2022-07-14T09:00:00Z"),
            ("2022-07-14T09:00:00.000Z", "2022-07-14T09:00:00Z"),
            ("2022-07-14 09:00:00+02:00", "2022-07-14T07:00:00Z"),
            ("2022-07-14T09:00 -0500", "2022-07-14T14:00:00Z"),
            ("2022-07-14T09:00+02", "2022-07-14T07:00:00Z"),
        ] {
            let expected = WhenError::WithOffset(instant.parse().unwrap());
            assert_eq!(When::parse(text), Err(expected), "{text}");
        }
        assert_eq!(When::parse("2022-07-14T09:00+99:00"), Err(WhenError::NotADate));
    }

    #[test]
    fn what_no_calendar_has_is_told_apart() {
        let day = |last| WhenError::NoSuchDay(Missing::Day { last });
        for (text, error) in [
            ("2022-02-30", day(28)),
            ("2024-02-30", day(29)),
            ("2022-04-31", day(30)),
            ("2022-04-00", day(30)),
            ("2022-13", WhenError::NoSuchDay(Missing::Month)),
            ("2022-00-10", WhenError::NoSuchDay(Missing::Month)),
            ("2022-07-14T24:30", WhenError::NoSuchDay(Missing::Time)),
            ("2022-07-14T09:60", WhenError::NoSuchDay(Missing::Time)),
            ("2022-07-14T09:00:60Z", WhenError::NoSuchDay(Missing::Time)),
            ("30.02.2022", day(28)),
            ("13/2018", WhenError::NoSuchDay(Missing::Month)),
        ] {
            assert_eq!(When::parse(text), Err(error), "{text}");
        }
    }

    #[test]
    fn order_is_by_beginning_then_precision() {
        let texts =
            ["2021-12-31", "2022", "2022-01", "2022-01-01", "2022-01-01T00:00", "2022-01-01T09:00"];
        let whens = texts.map(|text| When::parse(text).unwrap());
        assert!(whens.is_sorted_by(|a, b| a < b));
        assert!(When::Year(20000) < When::Year(30000));
    }

    #[test]
    fn times_for_machines_have_their_offset() {
        let zone = Zone::named("Europe/Berlin").unwrap();
        for (text, expected) in [
            ("2018", "2018"),
            ("2018-12", "2018-12"),
            ("2018-12-13", "2018-12-13"),
            ("2018-12-13T09:00", "2018-12-13T09:00+01:00"),
            ("2018-07-13T09:00", "2018-07-13T09:00+02:00"),
            ("2027-03-28T02:30", "2027-03-28T03:30+02:00"),
        ] {
            assert_eq!(When::parse(text).unwrap().datetime(&zone), expected);
        }
    }

    #[test]
    fn numbers_beyond_the_calendar_are_safe() {
        for when in [
            When::Year(i16::MAX),
            When::Year(i16::MIN),
            When::Month(9999, 12),
            When::Month(2022, i8::MAX),
            When::Month(i16::MAX, i8::MIN),
            When::Day(Date::MAX),
            When::At(DateTime::MAX),
        ] {
            assert!(when.first() <= when.last());
            let _ = (when.iso(), when.datetime(&Zone::utc()));
        }
    }
}
