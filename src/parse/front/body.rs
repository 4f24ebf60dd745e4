//! Where the body begins if nothing says so.

use super::File;
use crate::parse::toml::guess::looks_like_key;

/// What of a value goes on in the next line.
#[derive(Default)]
struct Open {
    /// How many brackets are open.
    brackets: usize,
    /// The three quotation marks that a text began with.
    text: Option<&'static str>,
}

/// The end of the front matter that begins at `start`, behind its last line that looks like TOML;
/// and the start of the body, the next line with something on it.
pub(super) fn guess_body(file: &File<'_>, start: usize) -> (usize, usize) {
    let mut open = Open::default();
    let mut end = start;
    for (range, line) in file.lines(start) {
        let words = line.trim();
        let inside = open.brackets > 0 || open.text.is_some();
        let prose = words.starts_with("##") || words.starts_with(char::is_alphabetic);
        if looks_like_key(words) && open.text.is_none() || is_header(words) && !inside {
            open = if looks_like_key(words) && !inside { Open::default() } else { open };
            open.follow(line);
        } else if open.text.is_some() || inside && !prose {
            open.follow(line);
        } else if words.is_empty() || words.starts_with('#') && !words.starts_with("##") {
            continue;
        } else {
            break;
        }
        end = range.end;
    }
    let rest = file.text.get(end..).unwrap_or_default();
    let blank = rest.len() - rest.trim_start().len();
    (end, end + blank)
}

/// Whether a line is a header, and not a link at the start of a paragraph.
fn is_header(words: &str) -> bool {
    words.starts_with('[') && words.ends_with(']') && !words.contains("](")
}

impl Open {
    /// Takes in one more line.
    fn follow(&mut self, line: &str) {
        let mut rest = line;
        while let Some(c) = rest.chars().next() {
            if let Some(marks) = self.text {
                let Some((_, after)) = rest.split_once(marks) else { return };
                self.text = None;
                rest = after;
                continue;
            }
            let long = ["\"\"\"", "'''"].into_iter().find(|marks| rest.starts_with(marks));
            if let Some(marks) = long {
                self.text = Some(marks);
                rest = rest.get(3..).unwrap_or_default();
                continue;
            }
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
            match c {
                '"' | '\'' => rest = rest.split_once(c).map_or("", |(_, after)| after),
                '[' | '{' => self.brackets += 1,
                ']' | '}' => self.brackets = self.brackets.saturating_sub(1),
                '#' => return,
                _ => {}
            }
        }
    }
}
