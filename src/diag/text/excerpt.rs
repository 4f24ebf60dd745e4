//! The few lines of a source that are shown with a diagnostic, cut to a size that can be read.
//!
//! The renderer gets a small text of its own instead of the file: a line of 15 MiB, or a label over
//! a whole file, must neither slow it down nor fill the screen.

use std::ops::Range;

use crate::diag::lines::Lines;

/// Lines of more characters are cut.
const WIDEST: usize = 180;
/// So many characters are kept before the place of interest in a line that is cut.
const BEFORE: usize = 40;
/// Labels over more lines are shown at their first line only.
const TALLEST: usize = 12;

/// A small text with the stretches that were asked for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    /// The lines.
    pub(super) source: String,
    /// The number of the first one.
    pub(super) first_line: usize,
    /// The stretches in `source`, in the order in which they were given.
    pub(super) spans: Vec<Range<usize>>,
    /// How many characters were cut before the first stretch, on its line.
    pub(super) shift: isize,
}

/// Cuts out the lines that some stretches touch. A stretch of many lines is shortened unless
/// `whole`.
pub(super) fn excerpt(lines: &Lines, ranges: &[Range<usize>], whole: bool) -> Excerpt {
    let ranges: Vec<_> = ranges.iter().map(|range| shorten(lines, range, whole)).collect();
    let first = ranges.iter().map(|range| lines.line_of(range.start)).min().unwrap_or(0);
    let last = ranges.iter().map(|range| lines.line_of(range.end)).max().unwrap_or(first);
    let mut made = Excerpt {
        source: String::new(),
        first_line: first + 1,
        spans: vec![0..0; ranges.len()],
        shift: 0,
    };
    for index in first..=last {
        add_line(&mut made, lines, index, &ranges);
        if index < last {
            made.source.push('\n');
        }
    }
    made
}

/// A stretch inside the text that ends on the line where one sees it end.
fn shorten(lines: &Lines, range: &Range<usize>, whole: bool) -> Range<usize> {
    let range = lines.clamp(range);
    if whole {
        return range;
    }
    let (first, last) = (lines.line_of(range.start), lines.line_of(range.end));
    let line = lines.line(first);
    let start = range.start.min(line.end);
    if last > first + TALLEST {
        return start..line.end;
    }
    // The end of a line counts as its end, not as the start of the next.
    let text = lines.get(start..range.end);
    let end = start + text.trim_end_matches(['\n', '\r']).len();
    start..end.max(start)
}

/// Adds a line, cut around the stretches that begin or end on it.
fn add_line(made: &mut Excerpt, lines: &Lines, index: usize, ranges: &[Range<usize>]) {
    let line = lines.line(index);
    let window = window(lines, &line, ranges);
    let start = made.source.len();
    if line.start < window.start {
        made.source.push('…');
    }
    let shown = lines.get(window.clone());
    let mut places: Vec<(usize, usize)> = Vec::new();
    for (at, c) in shown.char_indices() {
        places.push((window.start + at, made.source.len()));
        // Characters that steer a terminal are shown as a sign.
        made.source.push(if c.is_control() && c != '\t' { '\u{fffd}' } else { c });
    }
    places.push((window.end, made.source.len()));
    if window.end < line.end {
        made.source.push('…');
    }
    let place = |byte: usize| {
        let at = places.partition_point(|(from, _)| *from < byte).min(places.len() - 1);
        places.get(at).map_or(start, |(_, to)| *to)
    };
    for (number, (range, span)) in ranges.iter().zip(&mut made.spans).enumerate() {
        if lines.line_of(range.start) == index {
            span.start = place(range.start);
            span.end = span.start;
            if number == 0 {
                let cut = lines.get(line.start..window.start).chars().count();
                made.shift = isize::try_from(cut).unwrap_or(0) - isize::from(cut > 0);
            }
        }
        if lines.line_of(range.end) == index {
            span.end = place(range.end).max(span.start);
        }
    }
}

/// The part of a line that is shown.
fn window(lines: &Lines, line: &Range<usize>, ranges: &[Range<usize>]) -> Range<usize> {
    let text = lines.get(line.clone());
    if text.chars().nth(WIDEST).is_none() {
        return line.clone();
    }
    let inside = |byte: &usize| line.start <= *byte && *byte <= line.end;
    let first = ranges.iter().flat_map(|range| [range.start, range.end]).filter(inside).min();
    let first = first.unwrap_or(line.start);
    let before = lines.get(line.start..first);
    let start = before.char_indices().rev().nth(BEFORE).map_or(0, |(at, _)| at);
    let start = line.start + start;
    let rest = lines.get(start..line.end);
    let end = rest.char_indices().nth(WIDEST).map_or(line.end, |(at, _)| start + at);
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the source and the parts of it that are marked.
    fn check(text: &str, ranges: &[Range<usize>], source: &str, marked: &[&str]) {
        let made = excerpt(&Lines::of(text.to_owned()), ranges, false);
        assert_eq!(made.source, source);
        let parts: Vec<_> = made.spans.iter().map(|span| &made.source[span.clone()]).collect();
        assert_eq!(parts, marked);
    }

    #[test]
    #[expect(clippy::single_range_in_vec_init, reason = "one stretch is meant")]
    fn lines_are_cut_out() {
        check("a\nbcd\ne", &[3..4], "bcd", &["c"]);
        check("a\r\nbcd\r\ne", &[4..7, 0..1], "a\nbcd", &["cd", "a"]);
        check("a\nbcd\n", &[2..6], "bcd", &["bcd"]);
        check("a\n", &[2..2], "", &[""]);
        check("", &[0..9], "", &[""]);
        check("a\u{1b}[b", &[1..2], "a\u{fffd}[b", &["\u{fffd}"]);
    }

    #[test]
    #[expect(clippy::single_range_in_vec_init, reason = "one stretch is meant")]
    fn long_lines_are_cut() {
        let long = format!("{}ZIEL{}", "ä".repeat(5000), "ö".repeat(5000));
        let made = excerpt(&Lines::of(long), &[10_000..10_004], false);
        assert_eq!(&made.source[made.spans[0].clone()], "ZIEL");
        assert!(made.source.chars().count() < 200);
        assert_eq!(made.shift + 1 + 42, 5001, "the column without the cut");
    }
}
