//! Where now stands in relation to dates: of an entry, and of a window that opens and closes.
//!
//! Both are functions of the clock reading, and both can say at which moments they will give
//! another answer. From these moments comes the time of the next build. A day lasts until its end,
//! so an end that is a day is inclusive. Inside a period of which only the year or month is known,
//! nobody can know, and the answer is that it is unknown.

use jiff::Timestamp;
use jiff::civil::DateTime;

use super::when::{Precision, When, end_of};
use super::zone::{Now, Zone};

/// Where now stands in relation to an entry's dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Timing {
    /// It has not begun.
    Upcoming,
    /// It has begun and not ended.
    Running,
    /// It has ended.
    Past,
    /// The dates leave it open.
    Unknown,
}

impl Timing {
    /// The name that templates and queries use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Upcoming => "upcoming",
            Self::Running => "running",
            Self::Past => "past",
            Self::Unknown => "unknown",
        }
    }
}

/// From when to when something lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    /// Its beginning.
    pub start: Option<When>,
    /// Its end; a day is part of it.
    pub end: Option<When>,
    /// Whether it goes on where no end is written, as an initiative does. Otherwise, as an event,
    /// it then lasts until its first day is over.
    pub open_ended: bool,
}

impl Period {
    /// Where `now` stands.
    pub fn timing(&self, now: &Now) -> Timing {
        let reached = |moment: Option<Moment>| moment.map(|moment| moment.reached(now));
        match (reached(self.beginning()), reached(self.ending())) {
            (_, Some(Reached::Yes)) => Timing::Past,
            (Some(Reached::No), _) => Timing::Upcoming,
            (Some(Reached::Yes), None | Some(Reached::No)) => Timing::Running,
            (None | Some(Reached::Perhaps), _) | (_, Some(Reached::Perhaps)) => Timing::Unknown,
        }
    }

    /// The moments at which [`Period::timing`] may give another answer, in order. At such a moment
    /// itself the new answer holds.
    pub fn changes(&self, zone: &Zone) -> Vec<Timestamp> {
        changes([self.beginning(), self.ending()], zone)
    }

    /// The moment of beginning.
    fn beginning(&self) -> Option<Moment> {
        self.start.map(Moment::begin_of)
    }

    /// The moment of ending: the written one, else that of a start which is all there is.
    fn ending(&self) -> Option<Moment> {
        match (self.end, self.start) {
            (Some(end), _) => Some(Moment::end_of(end)),
            (None, Some(start)) if !self.open_ended => Some(Moment::end_of_first_day(start)),
            (None, _) => None,
        }
    }
}

/// Whether something can be done now that is possible for a time only: to apply, to register.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Window {
    /// Now.
    Open,
    /// No longer.
    Closed,
    /// Later.
    NotYet,
    /// The dates leave it open, or there are none.
    Unknown,
}

impl Window {
    /// The name that templates and queries use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed => "closed",
            Self::NotYet => "not-yet",
            Self::Unknown => "unknown",
        }
    }
}

/// From when to when a window is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Opening {
    /// When it opens; without it, it is open already.
    pub opens: Option<When>,
    /// When it closes, a day inclusive; without it, it stays open.
    pub closes: Option<When>,
}

impl Opening {
    /// Where `now` stands.
    pub fn window(&self, now: &Now) -> Window {
        let reached = |moment: Option<Moment>| moment.map(|moment| moment.reached(now));
        match (reached(self.opening()), reached(self.closing())) {
            (None, None) => Window::Unknown,
            (_, Some(Reached::Yes)) => Window::Closed,
            (Some(Reached::No), _) => Window::NotYet,
            (Some(Reached::Perhaps), _) | (_, Some(Reached::Perhaps)) => Window::Unknown,
            (None | Some(Reached::Yes), None | Some(Reached::No)) => Window::Open,
        }
    }

    /// The moments at which [`Opening::window`] may give another answer, in order. At such a moment
    /// itself the new answer holds.
    pub fn changes(&self, zone: &Zone) -> Vec<Timestamp> {
        changes([self.opening(), self.closing()], zone)
    }

    /// The moment of opening.
    fn opening(&self) -> Option<Moment> {
        self.opens.map(Moment::begin_of)
    }

    /// The moment of closing.
    fn closing(&self) -> Option<Moment> {
        self.closes.map(Moment::end_of)
    }
}

/// Whether a single date has come: `publish_on`, `featured_until`. A year or month has come with
/// its first day.
pub fn has_come(when: When, now: &Now) -> bool {
    now.instant >= now.zone.instant(when.first())
}

/// Whether a single date is over: `expires_on`, `featured_until`. A day, month or year is over
/// after its end.
pub fn is_over(when: When, now: &Now) -> bool {
    now.instant >= now.zone.instant(when.last())
}

/// A moment, or the stretch of time in which it lies. Local times.
#[derive(Clone, Copy)]
struct Moment {
    /// Before this, it has not come.
    earliest: DateTime,
    /// From this on, it has come.
    latest: DateTime,
}

/// Whether a moment has come.
#[derive(Clone, Copy)]
enum Reached {
    /// It has not.
    No,
    /// It may have.
    Perhaps,
    /// It has.
    Yes,
}

impl Moment {
    /// When something begins whose start is `when`. A day is taken to begin with its first moment.
    fn begin_of(when: When) -> Self {
        let latest = if when.precision() < Precision::Day { when.last() } else { when.first() };
        Self { earliest: when.first(), latest }
    }

    /// When something ends whose end is `when`.
    fn end_of(when: When) -> Self {
        let earliest = if when.precision() < Precision::Day { when.first() } else { when.last() };
        Self { earliest, latest: when.last() }
    }

    /// When something ends of which only the start is known: with the day on which it starts, for
    /// an event in the evening is not over the minute it begins.
    fn end_of_first_day(start: When) -> Self {
        match start.day() {
            Some(day) => Self { earliest: end_of(day), latest: end_of(day) },
            None => Self::end_of(start),
        }
    }

    /// Whether it has come.
    fn reached(self, now: &Now) -> Reached {
        if now.instant >= now.zone.instant(self.latest) {
            Reached::Yes
        } else if now.instant >= now.zone.instant(self.earliest) {
            Reached::Perhaps
        } else {
            Reached::No
        }
    }
}

/// The bounds of some moments, in order, each once.
fn changes(moments: [Option<Moment>; 2], zone: &Zone) -> Vec<Timestamp> {
    let bounds = moments.into_iter().flatten().flat_map(|m| [m.earliest, m.latest]);
    let instants = bounds.map(|local| zone.instant(local));
    // What lasts until the end of time never changes.
    let mut all: Vec<_> = instants.filter(|instant| *instant < Timestamp::MAX).collect();
    all.sort_unstable();
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;

    /// The moment of a local time in Berlin.
    fn at(now: &str) -> Now {
        Now::parse(now, Zone::named("Europe/Berlin").unwrap()).unwrap()
    }

    /// Reads a date; `-` stands for none.
    fn when(text: &str) -> Option<When> {
        (text != "-").then(|| When::parse(text).unwrap())
    }

    /// Compares what follows from `start end` at several moments.
    fn check(open_ended: bool, dates: [&str; 2], expected: &[(&str, Timing)]) {
        let period = Period { start: when(dates[0]), end: when(dates[1]), open_ended };
        for (now, timing) in expected {
            assert_eq!(period.timing(&at(now)), *timing, "{dates:?}, {open_ended}, at {now}");
        }
    }

    use Timing::{Past, Running, Unknown, Upcoming};

    #[test]
    fn a_day_lasts_until_its_end() {
        for open_ended in [false, true] {
            check(
                open_ended,
                ["2022-07-14", "2022-07-15"],
                &[
                    ("2022-07-13T23:59:59", Upcoming),
                    ("2022-07-14T00:00", Running),
                    ("2022-07-15T23:59:59", Running),
                    ("2022-07-16", Past),
                ],
            );
        }
        check(
            false,
            ["2022-07-14T09:00", "2022-07-14T17:00"],
            &[
                ("2022-07-14T08:59:59", Upcoming),
                ("2022-07-14T09:00", Running),
                ("2022-07-14T16:59:59", Running),
                ("2022-07-14T17:00", Past),
            ],
        );
    }

    #[test]
    fn partial_dates_leave_it_open() {
        check(
            false,
            ["2022", "-"],
            &[("2021-12-31", Upcoming), ("2022-06-01", Unknown), ("2023-01-01", Past)],
        );
        check(
            true,
            ["2022", "-"],
            &[("2021-12-31", Upcoming), ("2022-06-01", Unknown), ("2023-01-01", Running)],
        );
        check(
            true,
            ["2022-03", "2024"],
            &[
                ("2022-02-28", Upcoming),
                ("2022-03-31", Unknown),
                ("2022-04-01", Running),
                ("2023-12-31", Running),
                ("2024-01-01", Unknown),
                ("2025-01-01", Past),
            ],
        );
        check(true, ["-", "2024"], &[("2023-01-01", Unknown), ("2025-01-01", Past)]);
        check(true, ["-", "-"], &[("2023-01-01", Unknown)]);
    }

    #[test]
    fn a_start_alone_is_its_day_or_for_ever() {
        check(
            false,
            ["2022-07-14T19:00", "-"],
            &[("2022-07-14T18:00", Upcoming), ("2022-07-14T23:00", Running), ("2022-07-15", Past)],
        );
        check(false, ["2022-07-14", "-"], &[("2022-07-14T12:00", Running), ("2022-07-15", Past)]);
        check(true, ["2022-07-14", "-"], &[("2022-07-13", Upcoming), ("2052-07-15", Running)]);
    }

    #[test]
    fn an_end_before_the_start_is_over() {
        check(true, ["2022-07-14", "2021"], &[("2021-06-01", Upcoming), ("2022-01-01", Past)]);
    }

    /// Compares the state of a window at several moments.
    fn check_window(dates: [&str; 2], expected: &[(&str, Window)]) {
        let opening = Opening { opens: when(dates[0]), closes: when(dates[1]) };
        for (now, window) in expected {
            assert_eq!(opening.window(&at(now)), *window, "{dates:?} at {now}");
        }
    }

    #[test]
    fn windows_open_and_close() {
        use Window::{Closed, NotYet, Open, Unknown};
        check_window(
            ["2022-07-01", "2022-07-31"],
            &[("2022-06-30", NotYet), ("2022-07-31T23:59", Open), ("2022-08-01", Closed)],
        );
        check_window(
            ["-", "2022-07-31T12:00"],
            &[("2020-01-01", Open), ("2022-07-31T12:00", Closed)],
        );
        check_window(["2022-07", "-"], &[("2022-07-15", Unknown), ("2022-08-01", Open)]);
        check_window(["-", "2022-07"], &[("2022-07-15", Unknown), ("2022-08-01", Closed)]);
        check_window(["-", "-"], &[("2022-07-15", Unknown)]);
    }

    #[test]
    fn single_dates_come_and_go() {
        let day = When::parse("2022-07-14").unwrap();
        let found = ["2022-07-13", "2022-07-14", "2022-07-14T23:59", "2022-07-15"]
            .map(|now| (has_come(day, &at(now)), is_over(day, &at(now))));
        assert_eq!(found, [(false, false), (true, false), (true, false), (true, true)]);
    }

    /// Walks through all that can happen in steps of six hours and a second: between two moments
    /// of change the answer must stay the same.
    #[test]
    fn answers_change_only_when_announced() {
        let zone = Zone::named("Europe/Berlin").unwrap();
        let texts = ["-", "2027", "2027-03", "2027-03-28", "2027-03-28T02:30", "2027-10-31T02:30"];
        let pairs = texts.iter().flat_map(|start| texts.iter().map(move |end| (start, end)));
        let step = SignedDuration::from_secs(6 * 3600 + 1);
        for ((start, end), open_ended) in pairs.flat_map(|pair| [(pair, false), (pair, true)]) {
            let period = Period { start: when(start), end: when(end), open_ended };
            let opening = Opening { opens: when(start), closes: when(end) };
            let mut last = at("2026-12-30");
            while last.instant < at("2028-01-02").instant {
                let now = Now { instant: last.instant + step, zone: zone.clone() };
                let between = |t: &Timestamp| *t > last.instant && *t <= now.instant;
                let same = period.timing(&last) == period.timing(&now);
                assert!(same || period.changes(&zone).iter().any(between), "{start} {end} {now:?}");
                let same = opening.window(&last) == opening.window(&now);
                assert!(
                    same || opening.changes(&zone).iter().any(between),
                    "{start} {end} {now:?}"
                );
                last = now;
            }
        }
    }

    #[test]
    fn the_new_answer_holds_at_the_moment_itself() {
        let zone = Zone::named("Europe/Berlin").unwrap();
        let period = Period { start: when("2022"), end: when("2022-07-14"), open_ended: true };
        let answers: Vec<_> = period
            .changes(&zone)
            .into_iter()
            .flat_map(|moment| [moment - SignedDuration::from_secs(1), moment])
            .map(|instant| period.timing(&Now { instant, zone: zone.clone() }))
            .collect();
        // The year's end changes nothing any more, but might.
        assert_eq!(answers, [Upcoming, Unknown, Unknown, Past, Past, Past]);
        let for_ever = Opening { opens: None, closes: when("9999-12-31") };
        assert_eq!(for_ever.changes(&zone), []);
    }
}
