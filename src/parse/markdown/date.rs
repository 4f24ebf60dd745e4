//! German dates in running text: a day with a dot, a space, a month.

use super::label::before;

/// The months after which a number and a dot are a day, and the short forms that take a dot.
const MONTHS: [&str; 15] = [
    "Januar",
    "Jänner",
    "Februar",
    "März",
    "Ma\u{308}rz",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
    "Feber",
];

/// Short forms of the months, written with a dot.
const SHORT_MONTHS: [&str; 12] = [
    "Jan.", "Feb.", "Mär.", "Apr.", "Jun.", "Jul.", "Aug.", "Sep.", "Sept.", "Okt.", "Nov.", "Dez.",
];

/// Whether the dot at `at`, followed by a space, ends the day of a date.
pub(super) fn is_day(text: &str, at: usize) -> bool {
    let rest = &text[at + 2..];
    let Some(month) = month_at_start(rest) else { return false };
    let digits = text[..at].bytes().rev().take_while(u8::is_ascii_digit).take(3).count();
    let start = at - digits;
    let Ok(day) = text[start..at].parse::<u32>() else { return false };
    let before = text[..start].chars().next_back();
    if digits > 2 || !(1..=31).contains(&day) || before.is_some_and(char::is_alphanumeric) {
        return false;
    }
    !may_be_list(text, start, day) || {
        let year = rest[month..].strip_prefix(' ').unwrap_or_default();
        year.bytes().take_while(u8::is_ascii_digit).count() == 4
    }
}

/// Whether a line was broken between a day, with which `before` ends, and its month, with which
/// `after` starts.
pub(super) fn is_broken_date(before: &str, after: &str) -> bool {
    let Some(text) = before.strip_suffix(".\n") else { return false };
    let digits = text.bytes().rev().take(3).take_while(u8::is_ascii_digit).count();
    (1..=2).contains(&digits) && month_at_start(after).is_some()
}

/// The length of the month's name with which `text` starts, if it does.
fn month_at_start(text: &str) -> Option<usize> {
    let ends = |name: &&&str| {
        text.strip_prefix(**name).is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
    };
    let long = MONTHS.iter().find(ends).map(|name| name.len());
    long.or_else(|| SHORT_MONTHS.iter().find(|name| text.starts_with(**name)).map(|n| n.len()))
}

/// Whether the number at `start` may well number the items of a list: it stands at the start of
/// its line and is 1, or follows on the number of the item before.
fn may_be_list(text: &str, start: usize, number: u32) -> bool {
    let before = before(text, start);
    let (above, prefix) = before.rsplit_once('\n').unwrap_or(("", before));
    if !prefix.trim_start_matches([' ', '\t', '>']).is_empty() {
        return false;
    }
    let mut lines = above.rsplit('\n').map(|line| line.trim_start_matches([' ', '\t', '>', '\r']));
    let previous = lines.find(|line| !line.trim().is_empty()).unwrap_or_default();
    let follows = previous
        .strip_prefix(&(number - 1).to_string())
        .is_some_and(|rest| rest.starts_with(['.', ')']));
    number == 1 || follows
}
