//! Blocks of HTML: a paragraph if they hold nothing but allowed tags.

use std::ops::Range;

use super::writer::Writer;
use crate::diag::Code;
use crate::parse::html::{self, Piece};
use crate::words;

/// A block of HTML that is being read.
#[derive(Debug, Default)]
pub(super) struct HtmlBuffer {
    /// What was read, with hidden bytes.
    text: String,
    /// Where its lines begin: in `text`, and in the source.
    lines: Vec<(usize, usize)>,
}

impl HtmlBuffer {
    /// The place in the source of some bytes of the text.
    fn place(&self, range: &Range<usize>) -> Range<usize> {
        let place = |at: usize| {
            let line = self.lines.partition_point(|&(start, _)| start <= at).saturating_sub(1);
            let (start, place) = self.lines.get(line).copied().unwrap_or_default();
            place + (at - start)
        };
        place(range.start)..place(range.end.saturating_sub(1).max(range.start)) + 1
    }
}

impl Writer<'_> {
    /// A line of a block of HTML.
    pub(super) fn html_line(&mut self, text: &str, range: Range<usize>) {
        if let Some(html) = &mut self.html {
            html.lines.push((html.text.len(), range.start));
            html.text.push_str(text);
        }
    }

    /// Ends a block of HTML. One that holds nothing but allowed tags becomes a paragraph.
    pub(super) fn end_html(&mut self) {
        let Some(block) = self.html.take() else { return };
        let pieces = html::pieces(&block.text);
        self.block_tag("<p>");
        let start = self.out.mark();
        let mut reported = false;
        for (piece, range) in pieces {
            let place = block.place(&range);
            match piece {
                Piece::Text(text) if self.open.is_empty() && !text.trim().is_empty() => {
                    // Without the tag's end the rest of the block is not worth a word.
                    if !std::mem::replace(&mut reported, true) {
                        let white = text.len() - text.trim_start().len();
                        self.report_text(block.place(&(range.start + white..range.end)));
                    }
                }
                Piece::Text(text) => {
                    let shown = self.mask.text(text).into_owned();
                    html::escape_around_references(&mut self.out.html, &shown, false);
                    self.words(&shown);
                }
                piece => {
                    let before = self.notes.len();
                    self.piece(piece, place);
                    reported |= self.notes.len() > before;
                }
            }
        }
        self.close_raw(0);
        if self.out.html[start.html..].trim().is_empty() {
            self.out.html.truncate(start.html - "<p>".len());
        } else {
            self.out.push("</p>\n");
        }
    }

    /// Reports text in a block of HTML: no Markdown in it would be read.
    fn report_text(&mut self, place: Range<usize>) {
        let line = self.first_line(&place);
        let message = words!(
            "neben einem HTML-Tag am Anfang eines Absatzes wird kein Markdown gelesen",
            "no Markdown is read beside an HTML tag at the start of a paragraph"
        );
        let problem = self.problem(Code::RawHtml, line, message).help(words!(
            "lassen Sie hinter dem Tag oder Kommentar eine Zeile frei",
            "leave an empty line after the tag or comment"
        ));
        self.notes.push(problem);
    }
}
