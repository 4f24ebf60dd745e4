//! Where the body begins if nothing says so.

use std::ops::Range;

use super::{FENCE, File};
use crate::parse::toml::guess::{is_any_blank, looks_like_key};

/// What of a value goes on behind what was read so far.
#[derive(Default)]
pub(super) struct Open {
    /// How many brackets are open.
    pub(super) brackets: usize,
    /// The three quotation marks that a text began with.
    text: Option<&'static str>,
    /// Whether the last line ends in a text that nothing closes.
    line: bool,
}

/// What front matter without a closing line is made of.
pub(super) struct Guess {
    /// Its end, behind the last line that looks like TOML.
    pub(super) end: usize,
    /// The start of the body, the next line with something on it.
    pub(super) body: usize,
    /// A `+++` among the fields, on no line of its own.
    pub(super) fence: Option<Range<usize>>,
    /// Whether a text or list in the last line is not closed, so that what follows may belong to it.
    pub(super) is_open: bool,
}

/// What the front matter that begins at `start` is made of.
pub(super) fn guess_body(file: &File<'_>, start: usize) -> Guess {
    let mut open = Open::default();
    let mut end = start;
    let mut fence = None;
    for (range, line) in file.lines(start) {
        let words = line.trim_matches(is_any_blank);
        let inside = open.brackets > 0 || open.text.is_some();
        let prose = words.starts_with("##") || words.starts_with(char::is_alphabetic);
        if looks_like_key(words) && open.text.is_none() || is_header(words) && !inside {
            open = if looks_like_key(words) && !inside { Open::default() } else { open };
        } else if words.is_empty() && open.text.is_none()
            || words.starts_with('#') && !words.starts_with("##") && !inside
        {
            continue;
        } else if open.text.is_none() && (prose || !inside) {
            let is_fence = words.strip_prefix(FENCE).is_some_and(is_text);
            let at = range.start + line.len() - line.trim_start().len();
            fence = is_fence.then_some(at..at + FENCE.len());
            break;
        }
        let found = open.follow(line, |_, rest| rest.starts_with(FENCE));
        fence = found.map(|at| range.start + at..range.start + at + FENCE.len());
        if fence.is_some() {
            break;
        }
        end = range.end;
    }
    let rest = file.text.get(end..).unwrap_or_default();
    let blank = rest.len() - rest.trim_start().len();
    let is_open = open.line || open.text.is_some() || open.brackets > 0;
    Guess { end, body: end + blank, fence, is_open }
}

/// Whether text follows three plus signs, and no fourth.
fn is_text(rest: &str) -> bool {
    rest.trim_start().starts_with(|c: char| c != '+')
}

/// Whether a line is a header, and not a link at the start of a paragraph.
pub(super) fn is_header(words: &str) -> bool {
    words.starts_with('[') && words.ends_with(']') && !words.contains("](")
}

impl Open {
    /// Takes in one more line. Stops where `is_end` says so of what stands outside of texts and
    /// comments, given how many brackets are open and the rest of the line; gives that byte.
    pub(super) fn follow(
        &mut self,
        line: &str,
        mut is_end: impl FnMut(usize, &str) -> bool,
    ) -> Option<usize> {
        self.line = false;
        let mut rest = line;
        while let Some(c) = rest.chars().next() {
            if let Some(marks) = self.text {
                rest = rest.split_once(marks)?.1;
                self.text = None;
                continue;
            }
            if is_end(self.brackets, rest) {
                return Some(line.len() - rest.len());
            }
            self.text = ["\"\"\"", "'''"].into_iter().find(|marks| rest.starts_with(marks));
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
            match c {
                _ if self.text.is_some() => rest = rest.get(2..).unwrap_or_default(),
                '"' | '\'' => rest = self.behind(c, rest),
                '[' | '{' => self.brackets += 1,
                ']' | '}' => self.brackets = self.brackets.saturating_sub(1),
                '#' => return None,
                _ => {}
            }
        }
        None
    }

    /// What follows a text that began with this mark.
    fn behind<'a>(&mut self, mark: char, text: &'a str) -> &'a str {
        let mut chars = text.char_indices();
        while let Some((at, c)) = chars.next() {
            match c {
                '\\' if mark == '"' => drop(chars.next()),
                c if c == mark => return text.get(at + 1..).unwrap_or_default(),
                _ => {}
            }
        }
        self.line = true;
        ""
    }
}
