//! HTML in Markdown: a few tags are let through, if they are closed where they were opened.

use std::ops::Range;

use super::writer::Writer;
use crate::diag::{Code, Words};
use crate::parse::html::{self, Piece, Tag, allowed};
use crate::words;

/// An end tag is taken to belong to one of so many elements that were opened last.
const SIGHT: usize = 100;

/// An inline element that is open.
#[derive(Debug)]
pub(super) enum Open {
    /// One written in Markdown.
    Markdown,
    /// One written as a tag.
    Raw {
        /// The tag's name.
        name: String,
        /// Where it stands.
        range: Range<usize>,
        /// Whether it was reported that its end tag is in the wrong place.
        reported: bool,
    },
}

impl Writer<'_> {
    /// Opens an inline element.
    pub(super) fn open_markdown(&mut self, html: &str) {
        self.open.push(Open::Markdown);
        self.out.push(html);
    }

    /// Closes the innermost element that was written in Markdown, and all tags inside it.
    pub(super) fn close_markdown(&mut self, html: &str) {
        let innermost = self.open.iter().rposition(|open| matches!(open, Open::Markdown));
        self.close_raw(innermost.map_or(0, |at| at + 1));
        self.open.pop();
        self.out.push(html);
    }

    /// Closes the tags that are still open, down to a number of elements, and reports them.
    pub(super) fn close_raw(&mut self, down_to: usize) {
        while self.open.len() > down_to {
            let Some(Open::Raw { name, range, reported }) = self.open.pop() else { continue };
            self.out.push(&format!("</{name}>"));
            if reported {
                continue;
            }
            let message = words!("`<{name}>` wird nicht geschlossen", "`<{name}>` is not closed");
            let problem = self.problem(Code::RawHtml, range, message).help(words!(
                "schreiben Sie `</{name}>` ans Ende, noch im selben Absatz und außerhalb von \
                 Hervorhebungen, die innen beginnen",
                "write `</{name}>` at the end, within the same paragraph and outside of any \
                 emphasis that begins inside"
            ));
            self.notes.push(problem);
        }
    }

    /// A tag in a line.
    pub(super) fn inline_html(&mut self, source: &str, range: Range<usize>) {
        let source = self.mask.raw(source).into_owned();
        for (piece, _) in html::pieces(&source) {
            self.piece(piece, range.clone());
        }
    }

    /// Writes a tag, or reports it.
    pub(super) fn piece(&mut self, piece: Piece<'_>, range: Range<usize>) {
        match piece {
            Piece::Text(_) | Piece::Comment => {}
            Piece::Open(tag) => self.open_tag(&tag, range),
            Piece::Close(name) => self.close_tag(&name, range),
            Piece::Other if self.source[range.start..].starts_with("<!--") => {
                let message =
                    words!("der Kommentar wird nicht geschlossen", "the comment is not closed");
                let help = words!("schreiben Sie `-->` an sein Ende", "write `-->` at its end");
                let line = self.first_line(&range);
                self.markup.is_open = true;
                self.report_html(line, message, help);
            }
            Piece::Other => {
                let message = words!("dieses HTML ist nicht erlaubt", "this HTML is not allowed");
                self.report_html(range, message, allowed::instead_of(""));
            }
        }
    }

    /// Writes a start tag.
    fn open_tag(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        let name = &tag.name;
        if !allowed::is_tag(name) {
            *self.rejected.entry(name.clone()).or_default() += 1;
            let message = words!("`<{name}>` ist nicht erlaubt", "`<{name}>` is not allowed");
            return self.report_html(range, message, allowed::instead_of(name));
        }
        let fault = allowed::attribute_fault(tag);
        let attributes = if fault.is_some() { &[][..] } else { &tag.attributes };
        if let Some(message) = fault {
            let help = words!(
                "erlaubt sind `lang`, `dir` und `title`, in `<time>` auch `datetime`",
                "`lang`, `dir` and `title` are allowed, and `datetime` in `<time>`"
            );
            self.report_html(range.clone(), message, help);
        }
        self.out.push(&format!("<{name}"));
        for (attribute, value) in attributes {
            self.out.push(&format!(" {attribute}=\""));
            let value = value.unwrap_or_default();
            html::escape_around_references(&mut self.out.html, value, true);
            self.out.push("\"");
        }
        self.out.push(">");
        if !allowed::is_void(name) {
            self.open.push(Open::Raw { name: name.clone(), range, reported: false });
        }
    }

    /// Writes an end tag. That of a tag that is not allowed goes without a word if the start tag
    /// was reported.
    fn close_tag(&mut self, name: &str, range: Range<usize>) {
        if let Some(count) = self.rejected.get_mut(name).filter(|count| **count > 0) {
            *count -= 1;
            return;
        }
        let is_it = |open: &Open| match open {
            Open::Raw { name: open, reported, .. } => open == name && !reported,
            Open::Markdown => false,
        };
        let out_of_sight = self.open.len().saturating_sub(SIGHT);
        let found = self.open[out_of_sight..].iter().rposition(is_it);
        let found = found.map(|at| at + out_of_sight);
        if found.is_some_and(|at| at + 1 == self.open.len()) {
            self.open.pop();
            return self.out.push(&format!("</{name}>"));
        }
        if let Some(Open::Raw { reported, .. }) = found.map(|at| &mut self.open[at]) {
            *reported = true;
        }
        let message =
            words!("`</{name}>` steht an der falschen Stelle", "`</{name}>` is in the wrong place");
        let help = match allowed::is_tag(name) {
            true if allowed::is_void(name) => {
                words!("schreiben Sie `<{name}>`", "write `<{name}>`")
            }
            false => allowed::instead_of(name),
            true => words!(
                "schließen Sie `<{name}>` im selben Absatz, und was zuletzt geöffnet wurde, zuerst",
                "close `<{name}>` within the same paragraph, and what was opened last, first"
            ),
        };
        self.report_html(range, message, help);
    }

    /// Reports HTML.
    fn report_html(&mut self, range: Range<usize>, message: Words, help: Words) {
        let problem = self.problem(Code::RawHtml, range, message).help(help);
        self.notes.push(problem);
    }
}
