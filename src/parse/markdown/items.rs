//! Lines that look like the items of a list, but go on with what stands above them.

use std::ops::Range;

use super::date::is_day;
use super::rows::{Row, bare};
use super::writer::Writer;
use crate::diag::{Code, Severity};
use crate::words;

/// Signs that other programs put before the items of a list; those of Word's symbol font among them.
const BULLETS: [char; 18] = [
    '•', '●', '▪', '■', '◦', '‣', '·', '∙', '○', '➢', '→', '➔', '➤', '►', '✓', '✔', '\u{f0b7}',
    '\u{f0a7}',
];

/// Dashes that are put before items.
const DASHES: [char; 2] = ['–', '—'];

/// An item is looked for in so many lines above.
const SIGHT: usize = 5;

impl Writer<'_> {
    /// Reports lines that begin like items without a space behind their marks: several of them, or
    /// one below an item of a list.
    pub(super) fn check_items(&mut self, rows: &[Row<'_>]) {
        let Some(first) = rows.first() else { return };
        let source = self.source;
        let above: Vec<&str> = source[..first.range.start]
            .rsplit('\n')
            .skip(1)
            .map(bare)
            .take_while(|line| !line.is_empty())
            .take(SIGHT)
            .collect();
        let last = above.first().copied().unwrap_or_default();
        // `Landes-` at the end of the line above goes on with `-behörden`.
        if last.ends_with('-') {
            return;
        }
        let count = (1..).zip(rows).take_while(|(number, row)| item(row.words, *number).is_some());
        let count = count.count();
        if count > 1 {
            if rows[..count - 1].iter().any(|row| is_broken(source, row)) {
                return;
            }
            return self.report_items(&rows[..count]);
        }
        let number = number(first.words);
        if (2..100).contains(&number) && !last.is_empty() && self.check_late_list(rows, number) {
            return;
        }
        let star = first.words.strip_prefix(['*', '+']);
        let star = star.filter(|rest| rest.starts_with(char::is_alphabetic));
        let mark = item(first.words, number).or_else(|| star.map(|_| &first.words[..1]));
        let Some(mark) = mark.filter(|mark| !mark.starts_with(DASHES)) else { return };
        let is_above = |line: &&str| match number {
            0 => line.strip_prefix(mark).is_some_and(|rest| rest.starts_with(' ')),
            _ => line.starts_with(&format!("{}. ", number.saturating_sub(1))),
        };
        if above.iter().any(is_above) {
            self.report_item(first, mark);
        }
    }

    /// Reports a list below a paragraph that begins with another number than 1, which would go on
    /// with the paragraph. Says whether it is one.
    fn check_late_list(&mut self, rows: &[Row<'_>], first: usize) -> bool {
        let is_item = |row: &Row<'_>, number: usize| {
            let rest = row.words.strip_prefix(number.to_string().as_str());
            let rest = rest.and_then(|rest| rest.strip_prefix(". "));
            rest.is_some_and(|rest| rest.starts_with(char::is_alphabetic))
        };
        let [one, two, ..] = rows else { return false };
        let dot = one.words.find('.').unwrap_or_default();
        let is_list = is_item(one, first) && is_item(two, first + 1) && !is_day(one.words, dot);
        if !is_list || self.depth > 0 {
            return false;
        }
        let message = words!(
            "vor dieser Liste fehlt eine leere Zeile, so läuft sie in den Absatz darüber",
            "an empty line is missing before this list, so it runs into the paragraph above"
        );
        let advice = words!("lassen Sie davor eine Zeile frei", "leave an empty line before it");
        // What stands above is part of the edit: a line end alone would not be seen.
        let start = self.source[..one.range.start].rfind('\n').unwrap_or_default();
        let above = self.source[..start].rfind('\n').map_or(0, |end| end + 1);
        let line = self.source.get(above..start).unwrap_or_default().trim_end();
        let both = self.span(above..one.range.end);
        let problem =
            self.problem(Code::PlainMarkup, one.range.clone(), message).severity(Severity::Warning);
        self.notes.push(problem.fix(advice, both, format!("{line}\n\n{}", one.words)));
        true
    }

    /// Reports a line that becomes a part of the item above it.
    fn report_item(&mut self, row: &Row<'_>, mark: &str) {
        let message = words!(
            "hinter `{mark}` fehlt ein Leerzeichen, so gehört die Zeile zum Punkt darüber",
            "a space is missing behind `{mark}`, so this line belongs to the item above it"
        );
        let advice = words!("ergänzen Sie ein Leerzeichen", "add a space");
        let end = row.range.start + mark.len();
        let gap = self.span(end..end);
        let problem =
            self.problem(Code::PlainMarkup, row.range.clone(), message).severity(Severity::Warning);
        self.notes.push(problem.fix(advice, gap, " "));
    }

    /// Reports lines that would run together instead of becoming a list.
    fn report_items(&mut self, rows: &[Row<'_>]) {
        let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return };
        let whole: Range<usize> = first.range.start..last.range.end;
        let mut fixed = self.source.get(whole.clone()).unwrap_or_default().to_owned();
        for (number, row) in (1..).zip(rows).collect::<Vec<_>>().into_iter().rev() {
            let Some(mark) = item(row.words, number) else { continue };
            let start = row.range.start - whole.start;
            let written = if mark.is_ascii() { mark } else { "-" };
            let blank = row.words[mark.len()..].len() - row.words[mark.len()..].trim_start().len();
            fixed.replace_range(start..start + mark.len() + blank, &format!("{written} "));
        }
        let message = words!(
            "diese Zeilen werden keine Liste und laufen ineinander",
            "these lines become no list and run into each other"
        );
        let mark = if first.words.starts_with(|c: char| c.is_ascii_digit()) { "1." } else { "-" };
        let problem = self
            .problem(Code::PlainMarkup, first.range.clone(), message)
            .severity(Severity::Warning);
        if first.words.starts_with("a)") {
            return self.notes.push(problem.help(words!(
                "beginnen Sie jede Zeile mit `-` und einem Leerzeichen, oder lassen Sie zwischen den \
                 Zeilen jeweils eine frei",
                "begin each line with `-` and a space, or leave an empty line between them"
            )));
        }
        let help = words!(
            "beginnen Sie jede Zeile mit `{mark}` und einem Leerzeichen",
            "begin each line with `{mark}` and a space"
        );
        self.notes.push(problem.fix(help, self.span(whole), fixed));
    }
}

/// Whether a line with a sign before it goes on with the items above, of which the first is reported.
pub(super) fn goes_on(text: &str, above: &str) -> bool {
    let is_sign = !text.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '|');
    is_sign && item(above, 1).is_some()
}

/// Whether the author broke the line behind a row, so that the next does not run into it.
fn is_broken(source: &str, row: &Row<'_>) -> bool {
    let is_blank = source.get(row.range.end..).is_some_and(|rest| rest.starts_with("  "));
    let ends = ["\\", "<br>", "<br/>", "<br />"];
    is_blank || ends.iter().any(|end| row.words.ends_with(end))
}

/// The number that a line begins with; 0 if there is none.
fn number(words: &str) -> usize {
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    words[..digits].parse().unwrap_or_default()
}

/// Whether a text begins like an item of a list without a space behind its mark, or with a mark
/// that is none.
pub(super) fn may_be(text: &str) -> bool {
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = match text.chars().next() {
        Some('0'..='9') => {
            digits.strip_prefix(['.', ')']).map(|rest| rest.strip_prefix(' ').unwrap_or(rest))
        }
        Some('a') => text.strip_prefix("a) "),
        Some('-' | '*' | '+') => text.get(1..),
        _ => item(text, 1).map(|mark| text[mark.len()..].trim_start()),
    };
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_alphabetic))
}

/// The mark of an item of a list that Markdown does not take for one: `-word`, `• word`, and as the
/// item with this number `1.word` or `a) word`.
fn item(words: &str, number: usize) -> Option<&str> {
    let sign = words.chars().next()?;
    let rest = match sign {
        '0'..='9' => words.strip_prefix(number.to_string().as_str())?.strip_prefix(['.', ')'])?,
        '-' => &words[1..],
        'a'..='z' => {
            let is_next = usize::from(words.as_bytes()[0] - b'a') + 1 == number;
            words[1..].strip_prefix(") ").filter(|_| is_next)?
        }
        // Two dashes enclose a part of a sentence.
        _ if DASHES.contains(&sign) => {
            let rest = &words[sign.len_utf8()..];
            match rest.strip_prefix(' ') {
                Some(rest) if DASHES.iter().all(|dash| !rest.contains(&format!(" {dash}"))) => rest,
                None if !rest.contains(DASHES) => rest,
                _ => return None,
            }
        }
        _ if BULLETS.contains(&sign) => words[sign.len_utf8()..].trim_start(),
        _ => return None,
    };
    let mark = if sign.is_ascii() { words.len() - rest.len() } else { sign.len_utf8() };
    rest.starts_with(char::is_alphabetic).then(|| &words[..mark])
}
