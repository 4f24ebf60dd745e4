//! Dates and times as people write them.

use super::guess::{all_digits, is_odd_blank};

/// The date in ISO notation that a date in German notation means: `14.11.2018`,
/// `14. November 2018`, `11/2018`, `November 2018`. `None` if it is none, or does not exist.
pub(crate) fn german_date(text: &str) -> Option<String> {
    let text: String = text.chars().map(|c| if is_odd_blank(c) { ' ' } else { c }).collect();
    let parts: Vec<&str> =
        text.split(['.', '/', ' ']).map(str::trim).filter(|part| !part.is_empty()).collect();
    let (year, rest) = parts.split_last()?;
    if year.len() != 4 || !all_digits(year) || year.starts_with('0') {
        return None;
    }
    match rest {
        [day, month] => {
            let (day, month) = (small(day)?, month_number(month)?);
            let last = days_in(year.parse().ok()?, month);
            (1..=last).contains(&day).then(|| format!("{year}-{month:02}-{day:02}"))
        }
        // A lone `3.2018` is a number.
        [month] if !text.contains('.') || !all_digits(month) => {
            Some(format!("{year}-{:02}", month_number(month)?))
        }
        _ => None,
    }
}

/// Whether this has the form of a German date with day, month and year in digits, even if there is
/// no such day.
pub(crate) fn looks_german_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('.').map(str::trim).collect();
    matches!(parts.as_slice(), [day, month, year]
        if small(day).is_some() && small(month).is_some() && year.len() == 4 && all_digits(year))
}

/// A date with its parts in ISO order, but not all digits: `2022-7`, `2018-11-4`, `2022-07`. Gives
/// it with all digits; `None` if there is no such day.
pub(super) fn iso_date(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split('-').collect();
    let (year, rest) = parts.split_first()?;
    // What begins with 0 is rather the number of a telephone.
    if year.len() != 4 || !all_digits(year) || year.starts_with('0') {
        return None;
    }
    match rest {
        [month] => Some(format!("{year}-{:02}", small(month).filter(|m| (1..=12).contains(m))?)),
        [month, day] => {
            let (month, day) = (small(month)?, small(day)?);
            let last = days_in(year.parse().ok()?, month);
            (1..=last).contains(&day).then(|| format!("{year}-{month:02}-{day:02}"))
        }
        _ => None,
    }
}

/// A time of day as people write it: `9:00`, `9:00 Uhr`, `9.30 Uhr`, `9 Uhr`. Gives it with two
/// digits each.
pub(super) fn time(text: &str) -> Option<String> {
    let bare = text.strip_suffix("Uhr").or(text.strip_suffix("uhr")).map(str::trim_end);
    let separators: &[char] = if bare.is_some() { &[':', '.'] } else { &[':'] };
    let parts: Vec<&str> = bare.unwrap_or(text).split(separators).collect();
    let (hour, minute) = match parts.as_slice() {
        [hour] if bare.is_some() => (*hour, "00"),
        [hour, minute] => (*hour, *minute),
        [hour, minute, "00"] => (*hour, *minute),
        _ => return None,
    };
    let (hour, minute) = (small(hour)?, small(minute).filter(|_| minute.len() == 2)?);
    (hour < 24 && minute < 60).then(|| format!("{hour:02}:{minute:02}"))
}

/// A date and a time, either in German notation or with too few digits: `2018-11-14 9:00`,
/// `14.11.2018, 9:00 Uhr`.
pub(super) fn moment(text: &str) -> Option<String> {
    let (date, clock) = match text.split_once('T') {
        Some(parts) => parts,
        None => {
            let words = text.strip_suffix("Uhr").unwrap_or(text).trim_end();
            words.rsplit_once([' ', ','])?
        }
    };
    let date = date.trim_end_matches([',', ' ']);
    let date = iso_date(date).or_else(|| german_date(date)).filter(|date| date.len() == 10)?;
    Some(format!("{date}T{}", time(clock.trim())?))
}

/// A number of one or two digits.
fn small(text: &str) -> Option<u32> {
    (text.len() <= 2 && all_digits(text)).then(|| text.parse().ok())?
}

/// A month by its number or its name, German or English, whole or shortened.
fn month_number(text: &str) -> Option<u32> {
    if let Some(number) = small(text) {
        return (1..=12).contains(&number).then_some(number);
    }
    const NAMES: [&[&str]; 12] = [
        &["januar", "jänner", "january"],
        &["februar", "february"],
        &["märz", "march", "mrz"],
        &["april"],
        &["mai", "may"],
        &["juni", "june"],
        &["juli", "july"],
        &["august"],
        &["september"],
        &["oktober", "october"],
        &["november"],
        &["dezember", "december"],
    ];
    let text = text.to_lowercase();
    let long_enough = text.chars().count() >= 3;
    let found = NAMES
        .iter()
        .position(|names| long_enough && names.iter().any(|name| name.starts_with(&text)));
    found.and_then(|index| u32::try_from(index + 1).ok())
}

/// How many days a month has; none for a month that does not exist.
fn days_in(year: u32, month: u32) -> u32 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn german_dates_are_understood() {
        let check = |text: &str, wanted: Option<&str>| {
            assert_eq!(german_date(text).as_deref(), wanted, "{text}");
        };
        check("14.11.2018", Some("2018-11-14"));
        check("4.1.2018", Some("2018-01-04"));
        check("14. November 2018", Some("2018-11-14"));
        check("1. Sept. 2018", Some("2018-09-01"));
        check("November 2018", Some("2018-11"));
        check("06/2018", Some("2018-06"));
        check("31.02.2018", None);
        check("29.02.2020", Some("2020-02-29"));
        check("6.2018", None);
        check("5.000.000", None);
        check("ab 2018", None);
    }

    #[test]
    fn times_are_understood() {
        let check = |text: &str, wanted: Option<&str>| {
            assert_eq!(time(text).or_else(|| moment(text)).as_deref(), wanted, "{text}");
        };
        check("9:00", Some("09:00"));
        check("9:00 Uhr", Some("09:00"));
        check("9.30 Uhr", Some("09:30"));
        check("25:00", None);
        check("2018-11-14 9:00", Some("2018-11-14T09:00"));
        check("14.11.2018, 9:00 Uhr", Some("2018-11-14T09:00"));
        check("14. November 2018 9:00", Some("2018-11-14T09:00"));
        check("2018-11-14T9:00", Some("2018-11-14T09:00"));
    }
}
