//! What people write in place of an ISO date, and the ISO date they mean.
//!
//! A text is cut into numbers, words and marks; a few shapes of these are known. Nothing guessed
//! here is ever taken as a date: it only makes the error better.

use super::{Raw, When, WhenError};

/// A piece of a written date.
#[derive(Debug)]
enum Piece {
    /// A number and how many digits it has.
    Number(i32, usize),
    /// A word in lower case.
    Word(String),
    /// Anything else that is not blank.
    Mark(char),
}

use Piece::{Mark, Number, Word};

/// In which way a text differs from an ISO date.
#[derive(Clone, Copy)]
enum Form {
    /// It is a German date.
    German,
    /// It is an English date.
    English,
    /// It lacks a leading zero.
    OneDigit,
    /// It is an ISO date but for a mark.
    Slip,
}

/// Always an error; with the ISO form if the text can be read as a date.
pub(super) fn guess(text: &str) -> Result<When, WhenError> {
    let pieces = pieces(text);
    let Some((mut raw, mut form, rest)) = date(without_weekday(&pieces)) else {
        return Err(WhenError::NotADate);
    };
    if !rest.is_empty() {
        let time = time(rest).filter(|_| raw.day.is_some()).ok_or(WhenError::NotADate)?;
        raw.time = Some(time.0);
        if time.1 && matches!(form, Form::Slip) {
            form = Form::OneDigit;
        }
    }
    let iso = raw.check()?.iso();
    Err(match form {
        Form::German => WhenError::German(iso),
        Form::English => WhenError::English(iso),
        Form::OneDigit => WhenError::OneDigit(iso),
        Form::Slip => WhenError::Slip(iso),
    })
}

/// Cuts a text into pieces. What changes nothing is left out: blanks, commas, the dot of an
/// abbreviation, the ending of an English ordinal.
fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let same = |c: char| match first {
            '0'..='9' => c.is_ascii_digit(),
            _ => first.is_alphabetic() && c.is_alphabetic(),
        };
        let length = rest.find(|c| !same(c)).unwrap_or(rest.len()).max(first.len_utf8());
        let (piece, after) = rest.split_at(length);
        let ends_word = matches!(pieces.last(), Some(Word(_)));
        match piece {
            "," => {}
            "." if ends_word => {}
            "st" | "nd" | "rd" | "th" if matches!(pieces.last(), Some(Number(..))) => {}
            _ if first.is_ascii_digit() => {
                pieces.push(Number(piece.parse().unwrap_or(-1), piece.len()));
            }
            _ if first.is_alphabetic() => pieces.push(Word(piece.to_lowercase())),
            _ => pieces.push(Mark(first)),
        }
        rest = after.trim_start();
    }
    pieces
}

/// The pieces after a day of the week, if they begin with one.
fn without_weekday(pieces: &[Piece]) -> &[Piece] {
    const GERMAN: [&str; 8] = [
        "montag",
        "dienstag",
        "mittwoch",
        "donnerstag",
        "freitag",
        "samstag",
        "sonnabend",
        "sonntag",
    ];
    const ENGLISH: [&str; 7] =
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let names = |word: &str, letters: usize| {
        let mut all = GERMAN.iter().chain(&ENGLISH);
        all.any(|name| *name == word || name.get(..letters) == Some(word))
    };
    match pieces {
        [Word(word), rest @ ..] if names(word, 2) || names(word, 3) => rest,
        _ => pieces,
    }
}

/// Reads a date off the front of the pieces.
fn date(pieces: &[Piece]) -> Option<(Raw, Form, &[Piece])> {
    let (raw, form, rest) = match pieces {
        [Number(y, 4), Mark(a), Number(m, n @ 1..=2), Mark(b), Number(d, o @ 1..=2), rest @ ..]
            if a == b && is_separator(*a) =>
        {
            (raw(*y, *m, Some(*d)), iso_form(*a, n.min(o)), rest)
        }
        [Number(y, 4), Mark(a), Number(m, n @ 1..=2), rest @ ..] if is_separator(*a) => {
            (raw(*y, *m, None), iso_form(*a, n), rest)
        }
        [Number(all, 8), rest @ ..] => {
            (raw(all / 10_000, all / 100 % 100, Some(all % 100)), Form::Slip, rest)
        }
        [
            Number(m, 1..=2),
            Mark('/'),
            Number(d, 1..=2),
            Mark('/'),
            Number(y, digits),
            rest @ ..,
        ] if *d > 12 => (raw(year(*y, *digits)?, *m, Some(*d)), Form::English, rest),
        [Number(d, 1..=2), Mark(a), Number(m, 1..=2), Mark(b), Number(y, digits), rest @ ..]
            // `22-07-01` may begin with the day or with the year.
            if a == b && is_separator(*a) && (*digits == 4 || matches!(a, '.' | '/')) =>
        {
            (raw(year(*y, *digits)?, *m, Some(*d)), Form::German, rest)
        }
        [Number(m, 1..=2), Mark('/' | '.' | '-'), Number(y, 4), rest @ ..] => {
            (raw(*y, *m, None), Form::German, rest)
        }
        [Number(d, 1..=2), Mark('.'), Word(name), Number(y, digits), rest @ ..] => {
            (raw(year(*y, *digits)?, month(name)?.0, Some(*d)), Form::German, rest)
        }
        [Number(d, 1..=2), Word(name), Number(y, digits), rest @ ..] => {
            let (m, form) = month(name)?;
            (raw(year(*y, *digits)?, m, Some(*d)), form, rest)
        }
        [Word(name), Number(d, 1..=2), Number(y, 4), rest @ ..] => {
            (raw(*y, month(name)?.0, Some(*d)), Form::English, rest)
        }
        [Word(name), Number(y, 4), rest @ ..] => {
            let (m, form) = month(name)?;
            (raw(*y, m, None), form, rest)
        }
        _ => return None,
    };
    Some((raw?, form, rest))
}

/// Reads the pieces as a time of day; also whether its hour has one digit.
fn time(pieces: &[Piece]) -> Option<([i8; 3], bool)> {
    let pieces = match pieces {
        [Word(word), rest @ ..] if matches!(word.as_str(), "t" | "um" | "at") => rest,
        _ => pieces,
    };
    let (pieces, said) = match pieces {
        [rest @ .., Word(word)] if matches!(word.as_str(), "uhr" | "h") => (rest, true),
        _ => (pieces, false),
    };
    let (hour, digits, minute, second) = match pieces {
        [Number(h, n @ 1..=2)] if said => (h, n, 0, 0),
        [Number(h, n @ 1..=2), Mark(':' | '.'), Number(m, 2)] => (h, n, *m, 0),
        [Number(h, n @ 1..=2), Mark(':'), Number(m, 2), Mark(':'), Number(s, 2)] => (h, n, *m, *s),
        _ => return None,
    };
    let two = |number: i32| i8::try_from(number).ok();
    Some(([two(*hour)?, two(minute)?, two(second)?], *digits == 1))
}

/// Puts numbers together.
fn raw(year: i32, month: i32, day: Option<i32>) -> Option<Raw> {
    let day = day.map(|day| i8::try_from(day).ok());
    if day == Some(None) {
        return None;
    }
    let (year, month) = (i16::try_from(year).ok()?, i8::try_from(month).ok()?);
    Some(Raw { year, month: Some(month), day: day.flatten(), time: None })
}

/// The year meant by a number of two or four digits: 1970 to 2069.
fn year(number: i32, digits: usize) -> Option<i32> {
    match (digits, number) {
        (4, year) => Some(year),
        (2, short @ 0..70) => Some(2000 + short),
        (2, short) => Some(1900 + short),
        _ => None,
    }
}

/// Whether dates are written with this mark between their numbers.
fn is_separator(mark: char) -> bool {
    matches!(mark, '-' | '/' | '.' | '–' | '‑' | '−')
}

/// What is wrong with numbers in ISO order, the shortest of which has so many digits.
fn iso_form(mark: char, digits: &usize) -> Form {
    if mark == '-' && *digits == 1 { Form::OneDigit } else { Form::Slip }
}

/// The number of a month by its German or English name, and the language that has this name; for
/// names that both have, German.
fn month(name: &str) -> Option<(i32, Form)> {
    const GERMAN: [&[&str]; 12] = [
        &["januar", "jan", "jänner"],
        &["februar", "feb", "feber"],
        &["märz", "maerz", "mär", "mrz"],
        &["april", "apr"],
        &["mai"],
        &["juni", "jun"],
        &["juli", "jul"],
        &["august", "aug"],
        &["september", "sep", "sept"],
        &["oktober", "okt"],
        &["november", "nov"],
        &["dezember", "dez"],
    ];
    const ENGLISH: [(&str, i32); 11] = [
        ("january", 1),
        ("february", 2),
        ("march", 3),
        ("mar", 3),
        ("may", 5),
        ("june", 6),
        ("july", 7),
        ("october", 10),
        ("oct", 10),
        ("december", 12),
        ("dec", 12),
    ];
    let german = (1..).zip(GERMAN).find(|(_, names)| names.contains(&name));
    let english = || ENGLISH.iter().find(|(english, _)| *english == name);
    german
        .map(|(number, _)| (number, Form::German))
        .or_else(|| english().map(|(_, number)| (*number, Form::English)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Compares the error for `text`.
    fn check(text: &str, expected: WhenError) {
        assert_eq!(When::parse(text), Err(expected), "{text}");
    }

    #[test]
    fn german_dates_are_understood() {
        for (text, iso) in [
            ("14.11.2018", "2018-11-14"),
            ("14. 11. 2018", "2018-11-14"),
            ("1.3.2020", "2020-03-01"),
            ("14.11.18", "2018-11-14"),
            ("14.11.99", "1999-11-14"),
            ("14-11-2018", "2018-11-14"),
            ("14/11/2018", "2018-11-14"),
            ("14. November 2018", "2018-11-14"),
            ("14.\u{a0}November 2018", "2018-11-14"),
            ("14. Nov. 2018", "2018-11-14"),
            ("14 November 2018", "2018-11-14"),
            ("1. März 2020", "2020-03-01"),
            ("Mo, 10.08.2026", "2026-08-10"),
            ("Mittwoch, 14. November 2018", "2018-11-14"),
            ("11/2018", "2018-11"),
            ("11.2018", "2018-11"),
            ("Juli 2022", "2022-07"),
            ("14.11.2018, 9:00 Uhr", "2018-11-14T09:00"),
            ("14.11.2018 9 Uhr", "2018-11-14T09:00"),
            ("14. November 2018 um 17.30 Uhr", "2018-11-14T17:30"),
        ] {
            check(text, WhenError::German(iso.to_owned()));
        }
    }

    #[test]
    fn english_dates_are_understood() {
        for (text, iso) in [
            ("14 March 2018", "2018-03-14"),
            ("14th March 2018", "2018-03-14"),
            ("November 14, 2018", "2018-11-14"),
            ("Wed, 14 March 2018 at 09:00", "2018-03-14T09:00"),
            ("July 2022", "2022-07"),
            ("11/14/2018", "2018-11-14"),
        ] {
            check(text, WhenError::English(iso.to_owned()));
        }
    }

    #[test]
    fn slips_are_understood() {
        for (text, iso) in [
            ("2022-7-4", "2022-07-04"),
            ("2022-7", "2022-07"),
            ("2022-07-4", "2022-07-04"),
            ("2022-07-14T9:00", "2022-07-14T09:00"),
            ("2022-07-14 9:00 Uhr", "2022-07-14T09:00"),
        ] {
            check(text, WhenError::OneDigit(iso.to_owned()));
        }
        for (text, iso) in [
            ("2022/07/14", "2022-07-14"),
            ("2022.07.14", "2022-07-14"),
            ("2022–07–14", "2022-07-14"),
            ("20220714", "2022-07-14"),
            ("2022-07-14, 09:00", "2022-07-14T09:00"),
            ("2022-07-14  09:00", "2022-07-14T09:00"),
            ("2022-07-14 09:00 Uhr", "2022-07-14T09:00"),
            ("2022-07-14T09.00", "2022-07-14T09:00"),
        ] {
            check(text, WhenError::Slip(iso.to_owned()));
        }
    }

    #[test]
    fn the_rest_is_no_date() {
        for text in [
            "",
            " ",
            "bald",
            "Ende Juli",
            "Mitte 2018",
            "Sommer 2022",
            "9:00",
            "09:00:00",
            "22",
            "-2022",
            "20222",
            "2022-",
            "2022-07-",
            "2022-07-14T",
            "2022-07-14T09",
            "2022T09:00",
            "2022-07T09:00",
            "14.11.",
            "14.11.208",
            "13.–14.12.2018",
            "heute",
            "🎉",
            "ä",
            "²022",
            "٢٠٢٢",
            "99999999999999999999",
            "2022-07-14T09:00+",
            "2022-07-14T09:00+2:00",
            "2022-07-14T09:00:00:00",
            "2022-07-14T9",
            "1.1.1.1",
            "Mai",
            "Mo",
            "2022-07-14x",
        ] {
            check(text, WhenError::NotADate);
        }
    }
}
