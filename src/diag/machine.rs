//! Diagnostics for programs: plain JSON, and the two forms that forges show in merge requests.
//!
//! Lines and columns count from 1, columns in characters. A diagnostic without a place counts for
//! `content/site.toml` where the form needs a file.

mod github;
mod gitlab;
mod json;

pub use github::github;
pub use gitlab::gitlab;
pub use json::json;

use super::Span;
use super::lines::{Position, Texts};

/// The file that stands for the site as a whole.
const SITE: &str = "content/site.toml";

/// Where a stretch begins and ends.
struct Extent {
    /// Where it begins.
    start: Position,
    /// Behind its last character.
    end: Position,
}

/// Where a stretch lies; at the start of its file if that cannot be read.
fn extent(span: &Span, texts: &mut Texts<'_>) -> Extent {
    match texts.lines(&span.path) {
        Some(lines) => {
            let range = lines.clamp(&span.range);
            Extent { start: lines.position(range.start), end: lines.position(range.end) }
        }
        None => {
            let start = Position { line: 1, column: 1 };
            Extent { start, end: start }
        }
    }
}

#[cfg(test)]
mod tests;
