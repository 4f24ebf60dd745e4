//! Numbers as words: `5.000`, `1,5`, `1,2 MB`, `1 Milliarde Euro`.
//!
//! Digits are grouped from a thousand on, as authorities do. A no-break space stands between a
//! number and its unit. Words for how exact a number is belong to the schema.

use super::Lang;
use crate::diag::Tongue;

/// A whole number with its digits in groups: `5.000`.
pub fn integer(number: i64, lang: &Lang) -> String {
    let digits = grouped(&number.unsigned_abs().to_string(), Marks::of(lang));
    if number < 0 { format!("−{digits}") } else { digits }
}

/// A number with as many decimals as it has: `1,5`. What is no number is a dash.
pub fn decimal(number: f64, lang: &Lang) -> String {
    if number.is_nan() {
        return "–".to_owned();
    }
    let minus = if number < 0.0 { "−" } else { "" };
    if number.is_infinite() {
        return format!("{minus}∞");
    }
    // The shortest text that reads back as the same number; never with an exponent.
    let text = number.abs().to_string();
    let marks = Marks::of(lang);
    match text.split_once('.') {
        None => format!("{minus}{}", grouped(&text, marks)),
        Some((whole, rest)) => format!("{minus}{}{}{rest}", grouped(whole, marks), marks.decimal),
    }
}

/// A file's size, rounded to what helps to decide whether to load it: `812 kB`, `1,2 MB`.
pub fn size(bytes: u64, lang: &Lang) -> String {
    const UNITS: [&str; 5] = ["kB", "MB", "GB", "TB", "PB"];
    if bytes < 1000 {
        let unit = match (lang.tongue(), bytes) {
            (Some(Tongue::De), _) => "Byte",
            (Some(Tongue::En) | None, 1) => "byte",
            (Some(Tongue::En) | None, _) => "bytes",
        };
        return format!("{bytes}\u{a0}{unit}");
    }
    // Tenths of the unit.
    let mut tenths = bytes.saturating_add(50) / 100;
    let mut unit = 0;
    while tenths >= 9995 && unit + 1 < UNITS.len() {
        tenths = (tenths + 500) / 1000;
        unit += 1;
    }
    let (whole, tenth) = match tenths {
        100.. => ((tenths + 5) / 10, 0),
        _ => (tenths / 10, tenths % 10),
    };
    let marks = Marks::of(lang);
    let whole = grouped(&whole.to_string(), marks);
    let number = if tenth == 0 { whole } else { format!("{whole}{}{tenth}", marks.decimal) };
    format!("{number}\u{a0}{}", UNITS[unit])
}

/// A share: `25 %`, `25%`.
pub fn percent(number: f64, lang: &Lang) -> String {
    match lang.tongue() {
        Some(Tongue::En) => format!("{}%", decimal(number, lang)),
        Some(Tongue::De) | None => format!("{}\u{a0}%", decimal(number, lang)),
    }
}

/// An amount of money, by the currency's three letters: `12.500 Euro`, `1,5 Millionen Euro`.
pub fn money(amount: f64, currency: &str, lang: &Lang) -> String {
    let Some(cents) = cents(amount) else {
        return format!("{}\u{a0}{currency}", decimal(amount, lang));
    };
    let minus = if cents < 0 { "−" } else { "" };
    let cents = cents.unsigned_abs();
    let number = match lang.tongue().and_then(|tongue| in_words(cents, tongue, lang)) {
        Some(words) => words,
        None => hundredths(cents, true, lang),
    };
    let unit = match (currency, lang.tongue()) {
        ("EUR", Some(Tongue::De)) => "Euro",
        ("EUR", Some(Tongue::En)) if cents == 100 => "euro",
        ("EUR", Some(Tongue::En)) => "euros",
        _ => currency,
    };
    format!("{minus}{number}\u{a0}{unit}")
}

/// The amount in cents, if it is small enough to be counted exactly.
fn cents(amount: f64) -> Option<i64> {
    let cents = (amount * 100.0).round();
    #[expect(clippy::cast_possible_truncation, reason = "below 2^53, every whole number is exact")]
    (cents.abs() < 9e15).then_some(cents as i64)
}

/// A round amount in millions and more, `1,5 Millionen`, if two decimals are enough for it.
fn in_words(cents: u64, tongue: Tongue, lang: &Lang) -> Option<String> {
    const SCALES: [(u64, [&str; 3]); 3] = [
        (1_000_000_000_000, ["Billion", "Billionen", "trillion"]),
        (1_000_000_000, ["Milliarde", "Milliarden", "billion"]),
        (1_000_000, ["Million", "Millionen", "million"]),
    ];
    // So many cents to a hundredth of a million are as many as units to the million.
    let fits = |scale: &u64| cents >= scale * 100 && cents.is_multiple_of(*scale);
    let (scale, [one, many, english]) = SCALES.iter().find(|(scale, _)| fits(scale))?;
    let parts = cents / scale;
    let word = match tongue {
        Tongue::De if parts == 100 => one,
        Tongue::De => many,
        Tongue::En => english,
    };
    Some(format!("{}\u{a0}{word}", hundredths(parts, false, lang)))
}

/// A number of hundredths: `12,5`; with two decimals or none if `padded`, as prices have: `12,50`.
fn hundredths(number: u64, padded: bool, lang: &Lang) -> String {
    let marks = Marks::of(lang);
    let whole = grouped(&(number / 100).to_string(), marks);
    let rest = format!("{:02}", number % 100);
    let rest = if padded && rest != "00" { rest.as_str() } else { rest.trim_end_matches('0') };
    if rest.is_empty() { whole } else { format!("{whole}{}{rest}", marks.decimal) }
}

/// Puts a mark between each three digits, counted from the end.
fn grouped(digits: &str, marks: Marks) -> String {
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(marks.group);
        }
        out.push(digit);
    }
    out
}

/// What stands between digits.
#[derive(Clone, Copy)]
struct Marks {
    /// Between groups of three.
    group: char,
    /// Before decimals.
    decimal: char,
}

impl Marks {
    /// The marks of a language.
    fn of(lang: &Lang) -> Self {
        match lang.base() {
            "de" | "da" | "dsb" | "el" | "es" | "frr" | "frs" | "hr" | "hsb" | "it" | "nds"
            | "nl" | "pt" | "ro" | "sl" | "sq" | "sr" | "stq" | "tr" | "vi" => {
                Self { group: '.', decimal: ',' }
            }
            "bg" | "cs" | "et" | "fi" | "fr" | "hu" | "lt" | "lv" | "pl" | "ru" | "sk" | "sv"
            | "uk" => Self { group: '\u{a0}', decimal: ',' },
            _ => Self { group: ',', decimal: '.' },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Compares a text in German, English and French; `~` stands for the no-break space.
    fn check(write: impl Fn(&Lang) -> String, expected: [&str; 3]) {
        let found =
            ["de", "en", "fr"].map(|tag| write(&Lang::parse(tag).unwrap()).replace('\u{a0}', "~"));
        assert_eq!(found, expected);
    }

    #[test]
    fn integers_are_grouped() {
        check(|lang| integer(0, lang), ["0", "0", "0"]);
        check(|lang| integer(999, lang), ["999", "999", "999"]);
        check(|lang| integer(5000, lang), ["5.000", "5,000", "5~000"]);
        check(|lang| integer(-1_234_567, lang), ["−1.234.567", "−1,234,567", "−1~234~567"]);
        let least = ["−9.223.372.036.854.775.808", "−9,223,372,036,854,775,808"];
        check(|lang| integer(i64::MIN, lang), [least[0], least[1], "−9~223~372~036~854~775~808"]);
    }

    #[test]
    fn decimals_keep_what_they_have() {
        check(|lang| decimal(1.5, lang), ["1,5", "1.5", "1,5"]);
        check(|lang| decimal(5000.0, lang), ["5.000", "5,000", "5~000"]);
        check(|lang| decimal(-1234.25, lang), ["−1.234,25", "−1,234.25", "−1~234,25"]);
        check(|lang| decimal(0.1, lang), ["0,1", "0.1", "0,1"]);
        check(|lang| decimal(-0.0, lang), ["0", "0", "0"]);
        check(|lang| decimal(f64::NAN, lang), ["–", "–", "–"]);
        check(|lang| decimal(f64::NEG_INFINITY, lang), ["−∞", "−∞", "−∞"]);
        let _ = decimal(f64::MAX, &Lang::parse("de").unwrap());
        let _ = decimal(f64::MIN_POSITIVE, &Lang::parse("de").unwrap());
    }

    #[test]
    fn sizes_are_rounded() {
        check(|lang| size(0, lang), ["0~Byte", "0~bytes", "0~bytes"]);
        check(|lang| size(1, lang), ["1~Byte", "1~byte", "1~byte"]);
        check(|lang| size(999, lang), ["999~Byte", "999~bytes", "999~bytes"]);
        check(|lang| size(1000, lang), ["1~kB", "1~kB", "1~kB"]);
        check(|lang| size(1234, lang), ["1,2~kB", "1.2~kB", "1,2~kB"]);
        check(|lang| size(812_345, lang), ["812~kB", "812~kB", "812~kB"]);
        check(|lang| size(999_400, lang), ["999~kB", "999~kB", "999~kB"]);
        check(|lang| size(999_950, lang), ["1~MB", "1~MB", "1~MB"]);
        check(|lang| size(1_200_000, lang), ["1,2~MB", "1.2~MB", "1,2~MB"]);
        check(|lang| size(12_600_000, lang), ["13~MB", "13~MB", "13~MB"]);
        check(|lang| size(9_960_000, lang), ["10~MB", "10~MB", "10~MB"]);
        check(|lang| size(u64::MAX, lang), ["18.447~PB", "18,447~PB", "18~447~PB"]);
    }

    #[test]
    fn money_is_read_aloud() {
        let euro = |amount: f64| move |lang: &Lang| money(amount, "EUR", lang);
        check(euro(1.0), ["1~Euro", "1~euro", "1~EUR"]);
        check(euro(12.5), ["12,50~Euro", "12.50~euros", "12,50~EUR"]);
        check(euro(12_500.0), ["12.500~Euro", "12,500~euros", "12~500~EUR"]);
        check(euro(1e6), ["1~Million~Euro", "1~million~euros", "1~000~000~EUR"]);
        check(euro(1.5e6), ["1,5~Millionen~Euro", "1.5~million~euros", "1~500~000~EUR"]);
        check(euro(1e9), ["1~Milliarde~Euro", "1~billion~euros", "1~000~000~000~EUR"]);
        check(euro(1.25e9), ["1,25~Milliarden~Euro", "1.25~billion~euros", "1~250~000~000~EUR"]);
        check(euro(2e12), ["2~Billionen~Euro", "2~trillion~euros", "2~000~000~000~000~EUR"]);
        check(euro(1.234e9), ["1.234~Millionen~Euro", "1,234~million~euros", "1~234~000~000~EUR"]);
        check(euro(1_234_567.0), ["1.234.567~Euro", "1,234,567~euros", "1~234~567~EUR"]);
        check(euro(-2e6), ["−2~Millionen~Euro", "−2~million~euros", "−2~000~000~EUR"]);
        check(euro(f64::NAN), ["–~EUR", "–~EUR", "–~EUR"]);
        check(euro(f64::INFINITY), ["∞~EUR", "∞~EUR", "∞~EUR"]);
        check(
            |lang| money(3e6, "CHF", lang),
            ["3~Millionen~CHF", "3~million~CHF", "3~000~000~CHF"],
        );
        let _ = money(f64::MAX, "EUR", &Lang::parse("de").unwrap());
    }

    #[test]
    fn shares() {
        check(|lang| percent(2.5, lang), ["2,5~%", "2.5%", "2,5~%"]);
    }
}
