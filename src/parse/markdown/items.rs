//! Lines that look like the items of a list, but go on with what stands above them.

use std::ops::Range;

use super::rows::{Row, bare};
use super::writer::Writer;
use crate::diag::Code;
use crate::words;

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
        let goes_on =
            ["-", "•"].iter().any(|mark| first.words.starts_with(mark)) && item(last, 1).is_some();
        if count > 1 && !goes_on {
            return self.report_items(&rows[..count]);
        }
        let number = first.words.bytes().take_while(u8::is_ascii_digit).count();
        let number = first.words[..number].parse::<usize>().unwrap_or_default();
        let star = first.words.strip_prefix(['*', '+']);
        let star = star.filter(|rest| rest.starts_with(char::is_alphabetic));
        let mark = item(first.words, number).or_else(|| star.map(|_| &first.words[..1]));
        let Some(mark) = mark.filter(|_| !goes_on) else { return };
        let is_above = |line: &&str| match number {
            0 => line.strip_prefix(mark).is_some_and(|rest| rest.starts_with(' ')),
            _ => line.starts_with(&format!("{}. ", number.saturating_sub(1))),
        };
        if above.iter().any(is_above) {
            self.report_item(first, mark);
        }
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
        let problem = self.problem(Code::PlainMarkup, row.range.clone(), message);
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
            let written = if mark.starts_with('•') { "-" } else { mark };
            let blank = row.words[mark.len()..].len() - row.words[mark.len()..].trim_start().len();
            fixed.replace_range(start..start + mark.len() + blank, &format!("{written} "));
        }
        let message = words!(
            "diese Zeilen werden keine Liste und laufen ineinander",
            "these lines become no list and run into each other"
        );
        let mark = if first.words.starts_with(|c: char| c.is_ascii_digit()) { "1." } else { "-" };
        let help = words!(
            "beginnen Sie jede Zeile mit `{mark}` und einem Leerzeichen",
            "begin each line with `{mark}` and a space"
        );
        let problem = self.problem(Code::PlainMarkup, first.range.clone(), message);
        self.notes.push(problem.fix(help, self.span(whole), fixed));
    }
}

/// Whether a text begins like an item of a list without a space behind its mark.
pub(super) fn may_be(text: &str) -> bool {
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = match digits.len() < text.len() {
        true => digits.strip_prefix('.'),
        false => text
            .strip_prefix(['-', '*', '+'])
            .or_else(|| text.strip_prefix('•').map(str::trim_start)),
    };
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_alphabetic))
}

/// The mark of an item of a list that Markdown does not take for one: `-word`, `• word`, and as the
/// item with this number `1.word`.
fn item(words: &str, number: usize) -> Option<&str> {
    let digits = number.to_string();
    let numbered = words.strip_prefix(digits.as_str()).and_then(|rest| rest.strip_prefix('.'));
    let rest = numbered.or_else(|| words.strip_prefix('-'));
    let rest = rest.or_else(|| words.strip_prefix('•').map(str::trim_start))?;
    let mark = if words.starts_with('•') { '•'.len_utf8() } else { words.len() - rest.len() };
    rest.starts_with(char::is_alphabetic).then(|| &words[..mark])
}
