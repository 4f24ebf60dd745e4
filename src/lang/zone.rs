//! The site's time zone, and the one reading of the clock that a build gets.
//!
//! Zone data comes from the program itself, never from the system: another machine with older data
//! would publish other bytes.

use std::fmt;
use std::hash::{Hash, Hasher};

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone, TimeZoneDatabase};

use super::when::{When, WhenError};

/// A time zone of the IANA database.
#[derive(Clone, PartialEq, Eq)]
pub struct Zone(TimeZone);

impl Zone {
    /// The zone of this name: `Europe/Berlin`.
    pub fn named(name: &str) -> Option<Self> {
        let zone = TimeZoneDatabase::bundled().get(name).ok()?;
        (!zone.is_unknown()).then_some(Self(zone))
    }

    /// Coordinated universal time.
    pub fn utc() -> Self {
        Self(TimeZone::UTC)
    }

    /// The names that [`Zone::named`] knows, for suggestions.
    pub fn names() -> Vec<String> {
        TimeZoneDatabase::bundled().available().map(|name| name.as_str().to_owned()).collect()
    }

    /// The name in its canonical letter case.
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// The instant at which clocks in this zone show `local`.
    ///
    /// A time that clocks show twice is its first instant; a time that they skip is moved on by
    /// the length of the gap (RFC 5545 does the same). Beyond the years that can be counted, the
    /// nearest instant.
    pub fn instant(&self, local: DateTime) -> Timestamp {
        let beyond = if local.year() > 0 { Timestamp::MAX } else { Timestamp::MIN };
        self.0.to_timestamp(local).unwrap_or(beyond)
    }

    /// What clocks in this zone show at `instant`.
    pub fn local(&self, instant: Timestamp) -> DateTime {
        self.0.to_datetime(instant)
    }

    /// The distance to universal time at `instant`: `+01:00`.
    pub fn offset_text(&self, instant: Timestamp) -> String {
        let seconds = self.0.to_offset(instant).seconds();
        let sign = if seconds < 0 { '-' } else { '+' };
        // Local mean times of the 19th century had seconds, which RFC 3339 cannot write.
        let minutes = (seconds.unsigned_abs() + 30) / 60;
        format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }
}

impl Hash for Zone {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name().hash(state);
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One reading of the clock, and the zone in which the site's days begin.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Now {
    /// The moment.
    pub instant: Timestamp,
    /// The site's zone.
    pub zone: Zone,
}

impl Now {
    /// Reads a moment given on the command line: RFC 3339, a local date and time, or a local date,
    /// which means its first moment.
    pub fn parse(text: &str, zone: Zone) -> Option<Self> {
        let instant = match When::parse(text) {
            Ok(when @ (When::Day(_) | When::At(_))) => zone.instant(when.first()),
            Ok(When::Year(_) | When::Month(..)) => return None,
            Err(WhenError::WithOffset(instant)) => instant,
            Err(_) => text.trim().parse().ok()?,
        };
        Some(Self { instant, zone })
    }

    /// A moment by its seconds since 1970, as `SOURCE_DATE_EPOCH` gives it.
    pub fn from_seconds(seconds: i64, zone: Zone) -> Option<Self> {
        Some(Self { instant: Timestamp::from_second(seconds).ok()?, zone })
    }

    /// What clocks on the site's walls show.
    pub fn local(&self) -> DateTime {
        self.zone.local(self.instant)
    }
}

/// The instant of a local time with a written offset; `None` if it cannot be counted.
pub(super) fn with_offset(local: DateTime, seconds: i32) -> Option<Timestamp> {
    Offset::from_seconds(seconds).ok()?.to_timestamp(local).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn berlin() -> Zone {
        Zone::named("Europe/Berlin").unwrap()
    }

    #[test]
    fn zones_have_names() {
        assert_eq!(Zone::named("europe/berlin").unwrap().name(), "Europe/Berlin");
        assert_eq!(Zone::utc().name(), "UTC");
        assert!(Zone::names().iter().any(|name| name == "Europe/Berlin"));
        for wrong in ["", "Berlin", "MESZ", "+02:00", "Etc/Unknown", "../etc/passwd"] {
            assert!(Zone::named(wrong).is_none(), "{wrong}");
        }
    }

    /// Compares the moment that `text` stands for in Berlin.
    fn check(text: &str, expected: Option<&str>) {
        let found = Now::parse(text, berlin()).map(|now| now.instant.to_string());
        assert_eq!(found.as_deref(), expected, "{text}");
    }

    #[test]
    fn now_can_be_given() {
        check("2026-11-21", Some("2026-11-20T23:00:00Z"));
        check("2026-07-01", Some("2026-06-30T22:00:00Z"));
        check("2026-11-21T09:00", Some("2026-11-21T08:00:00Z"));
        check("2026-11-21 09:00:30", Some("2026-11-21T08:00:30Z"));
        check("2026-11-21T09:00:00Z", Some("2026-11-21T09:00:00Z"));
        check("2026-11-21T09:00:00.5-05:00", Some("2026-11-21T14:00:00Z"));
        // Skipped by the change to summer time, and shown twice by the change back.
        check("2027-03-28T02:30", Some("2027-03-28T01:30:00Z"));
        check("2026-10-25T02:30", Some("2026-10-25T00:30:00Z"));
        for wrong in ["", "2026", "2026-11", "heute", "2026-02-30", "21.11.2026", "99999999999"] {
            check(wrong, None);
        }
    }

    #[test]
    fn seconds_since_1970() {
        let now = Now::from_seconds(1_700_000_000, berlin()).unwrap();
        assert_eq!(now.local().to_string(), "2023-11-14T23:13:20");
        assert!(Now::from_seconds(i64::MAX, berlin()).is_none());
    }

    #[test]
    fn offsets_follow_the_season() {
        let zone = berlin();
        let offset = |text| zone.offset_text(Now::parse(text, zone.clone()).unwrap().instant);
        assert_eq!(offset("2026-07-01"), "+02:00");
        assert_eq!(offset("2026-12-01"), "+01:00");
        assert_eq!(offset("1890-01-01"), "+00:53");
        assert_eq!(
            Zone::named("America/New_York").unwrap().offset_text(Timestamp::UNIX_EPOCH),
            "-05:00"
        );
    }

    #[test]
    fn the_ends_of_time_are_safe() {
        assert_eq!(berlin().instant(DateTime::MAX), Timestamp::MAX);
        assert_eq!(berlin().instant(DateTime::MIN), Timestamp::MIN);
        let _ = berlin().local(Timestamp::MAX);
    }
}
