//! Where problems are, and what a field has no room for.

use std::ops::Range;

use pulldown_cmark::Tag;

use super::Mode;
use super::writer::Writer;
use crate::diag::{Code, Diagnostic, Span, Words};
use crate::words;

impl Writer<'_> {
    /// The place of some bytes.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        self.place.span(range)
    }

    /// A problem with some bytes of the text.
    pub(super) fn problem(&self, code: Code, range: Range<usize>, message: Words) -> Diagnostic {
        Diagnostic::new(code, self.place.span(range), message)
    }

    /// The span of the first line of something, without its line end.
    pub(super) fn first_line(&self, range: &Range<usize>) -> Range<usize> {
        let text = self.source.get(range.clone()).unwrap_or_default();
        let line = text.lines().next().unwrap_or_default().trim_end_matches([' ', '\t']);
        range.start..range.start + line.len()
    }

    /// Reports something that the field cannot hold: `what`, in the plural.
    pub(super) fn misplaced(&mut self, range: &Range<usize>, what: Words) {
        if self.mode == Mode::Inline && std::mem::replace(&mut self.misplaced, true) {
            return;
        }
        let line = self.first_line(range);
        let Words { de, en } = what;
        let help = match self.mode {
            Mode::Inline => words!(
                "schreiben Sie eine einzige Zeile mit Wörtern, Hervorhebungen und Verweisen",
                "write a single line of words, emphasis and links"
            ),
            Mode::Prose | Mode::Body => words!(
                "setzen Sie das in den Text der Seite: unter das zweite `+++`, außerhalb von Bausteinen",
                "put it into the text of the page: below the second `+++`, outside of blocks"
            ),
        };
        let message = words!(
            "{de} sind in dieser Angabe nicht möglich",
            "{en} are not possible in this field"
        );
        self.notes.push(self.problem(Code::MarkdownPlace, line, message).help(help));
    }

    /// Checks that the field can hold a block.
    pub(super) fn check_place(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        let what = match (self.mode, tag) {
            (Mode::Body, _) => return,
            (_, Tag::Heading { .. }) => words!("Überschriften", "headings"),
            (_, Tag::FootnoteDefinition(_)) => words!("Fußnoten", "footnotes"),
            (Mode::Prose, _) => return,
            (_, Tag::List(_)) => words!("Listen", "lists"),
            (_, Tag::Table(_)) => words!("Tabellen", "tables"),
            (_, Tag::BlockQuote(_)) => words!("Zitate", "quotations"),
            (_, Tag::CodeBlock(_)) => words!("Blöcke mit Code", "blocks of code"),
            (_, Tag::HtmlBlock) => words!("Blöcke mit HTML", "blocks of HTML"),
            (_, Tag::DefinitionList) => words!("Listen von Begriffen", "definition lists"),
            _ => return,
        };
        self.misplaced(range, what);
    }
}
