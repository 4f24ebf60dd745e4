//! Marks of strong emphasis with blanks inside them, `** bold **`: Markdown takes them for text.

use std::ops::Range;

use super::label::{after, before};
use super::lookalike::escaped;
use super::writer::Writer;
use crate::diag::{Code, Severity};
use crate::parse::toml::guess::clip;
use crate::words;

/// Two marks with words between them.
struct Spaced<'a> {
    /// The marks: `**` or `__`.
    mark: &'static str,
    /// The marks and what is between them.
    range: Range<usize>,
    /// What is between them, blanks at its ends included.
    inner: &'a str,
}

impl Writer<'_> {
    /// Reports `**bold` without its end, if it stands alone in its paragraph: two of them may be the
    /// signs of a note and what it belongs to.
    pub(super) fn check_unclosed(&mut self, at: usize) {
        let rest = after(self.source, at);
        let above = before(self.source, at);
        let Some(words) = rest.strip_prefix("**") else { return };
        let is_start = !above.ends_with(|c: char| c.is_alphanumeric() || "*\\".contains(c));
        if !words.starts_with(char::is_alphanumeric) || !is_start {
            return;
        }
        let above = above.rsplit("\n\n").next().unwrap_or_default();
        let line = rest.lines().next().unwrap_or_default();
        let block = rest.split("\n\n").next().unwrap_or_default();
        let marks = above.matches("**").count() + block.matches("**").count();
        let source = self.source;
        let is_odd = || source.matches("**").count() % 2 == 1;
        if marks > 1 || !*self.has_odd_marks.get_or_insert_with(is_odd) {
            return;
        }
        let words = clip(line.trim_start_matches('*'));
        let message = words!(
            "`**` vor `{words}` hat kein Ende, so wird nichts hervorgehoben",
            "`**` before `{words}` has no end, so nothing is emphasised"
        );
        let problem = self
            .problem(Code::PlainMarkup, at..at + "**".len(), message)
            .severity(Severity::Warning);
        let problem = problem.help(words!(
            "schreiben Sie `**` auch hinter das letzte Wort, das hervorgehoben sein soll",
            "write `**` behind the last word that is to be emphasised, too"
        ));
        self.notes.push(problem.help(escaped(words!("die Sterne", "the stars"))));
    }

    /// Reports `** bold **` if the stars or low lines at a byte are one of the two marks.
    pub(super) fn check_emphasis(&mut self, at: usize) {
        if at < self.emphasis_end {
            return;
        }
        let Some(Spaced { mark, range, inner }) = spaced(self.source, at, self.table.is_some())
        else {
            return self.check_tight(at);
        };
        self.emphasis_end = range.end;
        let words = clip(inner);
        let message = words!(
            "zwischen `{mark}` und `{words}` steht ein Leerzeichen, so wird nichts hervorgehoben",
            "there is a space between `{mark}` and `{words}`, so nothing is emphasised"
        );
        let right = format!("{mark}{}{mark}", inner.trim());
        let is_word = |c: char| c.is_alphanumeric();
        let blank = |is_needed| if is_needed { " " } else { "" };
        let is_tight = inner.trim_start().len() < inner.len()
            && before(self.source, range.start).ends_with(|c: char| !c.is_whitespace() && c != '(');
        let first = blank(is_tight);
        let last =
            blank(inner.ends_with(' ') && after(self.source, range.end).starts_with(is_word));
        let whole = self.span(range.clone());
        let advice = words!("löschen Sie das Leerzeichen", "delete the space");
        let problem = self.problem(Code::PlainMarkup, range, message).severity(Severity::Warning);
        let problem = problem.fix(advice, whole, format!("{first}{right}{last}"));
        let signs = if mark == "**" {
            words!("die Sterne", "the stars")
        } else {
            words!("die Unterstriche", "the low lines")
        };
        self.notes.push(problem.help(escaped(signs)));
    }
}

impl Writer<'_> {
    /// Reports `**Stop!**Go` if the stars at a byte are one of the two marks: behind a sign and before
    /// a letter, stars end nothing.
    fn check_tight(&mut self, at: usize) {
        let Some(Pair { mark: "**", line, start, first, last }) = pair(self.source, at) else {
            return;
        };
        let (inner, behind) = (&line[first + 2..last], &line[last + 2..]);
        let is_sign = |c: char| !c.is_alphanumeric() && !c.is_whitespace();
        if !inner.starts_with(char::is_alphanumeric)
            || !inner.ends_with(is_sign)
            || !behind.starts_with(char::is_alphabetic)
        {
            return;
        }
        let range = start + first..start + last + 2;
        self.emphasis_end = range.end;
        let message = words!(
            "hinter `**` fehlt ein Leerzeichen, so wird nichts hervorgehoben",
            "a space is missing behind `**`, so nothing is emphasised"
        );
        let gap = self.span(range.end..range.end);
        let problem = self.problem(Code::PlainMarkup, range, message).severity(Severity::Warning);
        let problem = problem.fix(words!("ergänzen Sie ein Leerzeichen", "add a space"), gap, " ");
        self.notes.push(problem.help(escaped(words!("die Sterne", "the stars"))));
    }
}

/// Two marks on a line, of which one stands at a byte.
struct Pair<'a> {
    /// The marks.
    mark: &'static str,
    /// The line.
    line: &'a str,
    /// Where the line begins.
    start: usize,
    /// Where in the line the first mark stands.
    first: usize,
    /// Where in the line the second mark stands.
    last: usize,
}

/// The two marks of which one stands at a byte. They are told apart by counting from the start of
/// the line; of a very long line that is not seen.
fn pair(source: &str, at: usize) -> Option<Pair<'_>> {
    let above = before(source, at).rsplit('\n').next().unwrap_or_default();
    let behind = after(source, at).split('\n').next().unwrap_or_default();
    let mark = ["**", "__"].into_iter().find(|mark| behind.starts_with(mark))?;
    let start = at - above.len();
    if start > 0 && !source.get(..start)?.ends_with('\n') {
        return None;
    }
    let line = source.get(start..at + behind.len())?;
    let found = marks(line, mark);
    let [first, last] = *found.chunks(2).find(|pair| pair.contains(&above.len()))? else {
        return None;
    };
    Some(Pair { mark, line, start, first, last })
}

/// Two marks with blanks inside them, of which one stands at a byte. What may be signs of a sum, of
/// a note below a table or of a form to fill in is none.
fn spaced(source: &str, at: usize, in_cell: bool) -> Option<Spaced<'_>> {
    let Pair { mark, line, start, first, last } = pair(source, at)?;
    let above = &line[..first];
    let inner = &line[first + mark.len()..last];
    let is_number = above.trim_end_matches(' ').ends_with(|c: char| c.is_ascii_digit());
    let is_blank = |c: char| matches!(c, ' ' | '\u{a0}');
    let fits = (inner.starts_with(is_blank) || inner.ends_with(is_blank))
        && inner.contains(char::is_alphabetic)
        && !inner.trim().starts_with([':', '=', '.', ',', ')'])
        && !inner.trim().ends_with(['=', '('])
        && !(mark == "__" && inner.trim().ends_with(':'))
        && !(in_cell && inner.contains('|'))
        && !(is_number || above.ends_with(char::is_alphanumeric));
    let range = start + first..start + last + mark.len();
    fits.then_some(Spaced { mark, range, inner })
}

/// Where a mark stands in a line: neither in code nor behind a backslash, and with no third sign.
fn marks(line: &str, mark: &str) -> Vec<usize> {
    let sign = &mark[1..];
    let mut found = Vec::new();
    let (mut is_code, mut done) = (false, 0);
    for (at, _) in line.match_indices(mark) {
        is_code ^= line[done..at].matches('`').count() % 2 == 1;
        done = at;
        let (above, behind) = (&line[..at], &line[at + mark.len()..]);
        let is_alone = !above.ends_with(sign) && !behind.starts_with(sign);
        if is_alone && !is_code && !above.ends_with('\\') {
            found.push(at);
        }
    }
    found
}
