//! Headings and their ids. What is wrong with their order is in [`outline`](super::outline).

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::CowStr;

use super::Mode;
use super::draft::Slot;
use super::ids::Ids;
use super::writer::Writer;
use crate::diag::Code;
use crate::parse::{Heading, html};
use crate::path::id_from;
use crate::words;

/// A heading whose id is not settled yet.
#[derive(Debug)]
pub(super) struct HeadingBuffer {
    /// 1 to 6.
    pub(super) level: u8,
    /// The words so far.
    pub(super) title: String,
    /// The id that was written by hand.
    id: Option<Arc<str>>,
    /// Where it stands.
    pub(super) range: Range<usize>,
}

impl Writer<'_> {
    /// Begins a heading.
    pub(super) fn start_heading(
        &mut self,
        level: u8,
        id: Option<&str>,
        classes: &[CowStr<'_>],
        range: Range<usize>,
    ) {
        if self.mode == Mode::Body {
            self.check_section(level);
            self.check_level(level, &range);
        }
        self.block_tag("<h");
        self.out.html.push(digit(level));
        self.out.push(" id=\"");
        self.out.slot(Slot::HeadingId(self.headings.len()));
        if !classes.is_empty() {
            self.out.push("\" class=\"");
            html::escape_attribute(&mut self.out.html, &self.mask.raw(&classes.join(" ")));
        }
        self.out.push("\">");
        let id = id.map(|id| Arc::from(self.mask.raw(id)));
        self.headings.push(HeadingBuffer { level, title: String::new(), id, range });
        self.in_heading = true;
    }

    /// Ends a heading.
    pub(super) fn end_heading(&mut self, level: u8, range: Range<usize>) {
        self.out.push("</h");
        self.out.html.push(digit(level));
        self.out.push(">\n");
        self.in_heading = false;
        self.after_heading = Some(self.out.mark());
        self.check_attributes(&range);
        self.check_underlined(&range);
        let is_empty = self.headings.last().is_some_and(|heading| heading.title.trim().is_empty());
        if is_empty && self.mode == Mode::Body {
            let line = self.first_line(&range);
            let message = words!("die Überschrift hat keinen Text", "the heading has no words");
            let problem = self.problem(Code::EmptyText, line, message).help(words!(
                "schreiben Sie hinter die Rauten, worum es geht, oder löschen Sie die Zeile",
                "write behind the signs what it is about, or delete the line"
            ));
            self.notes.push(problem);
        }
    }

    /// Settles the ids: first those that were written by hand, then those made from words.
    pub(super) fn finish_headings(&mut self, ids: &mut Ids) -> Vec<Heading> {
        let mut first = BTreeMap::new();
        let headings = std::mem::take(&mut self.headings);
        for heading in &headings {
            let Some(id) = &heading.id else { continue };
            if ids.claim(id) {
                first.insert(id.clone(), self.first_line(&heading.range));
            } else {
                self.report_duplicate(id, &first[id], &heading.range);
            }
        }
        let finished = headings.into_iter().map(|heading| {
            let id = heading.id.unwrap_or_else(|| match id_from(&heading.title).as_str() {
                "" => ids.give("abschnitt"),
                id => ids.give(id),
            });
            Heading { level: heading.level, id, title: Arc::from(heading.title.trim()) }
        });
        finished.collect()
    }

    /// Reports an id that was written by hand twice.
    fn report_duplicate(&mut self, id: &str, first: &Range<usize>, range: &Range<usize>) {
        let line = self.first_line(range);
        let message = words!(
            "die Kennung `{id}` steht schon an einer anderen Überschrift",
            "the id `{id}` belongs to another heading already"
        );
        let problem = self
            .problem(Code::DuplicateAnchor, line, message)
            .also(self.span(first.clone()), words!("zuerst hier", "first here"))
            .help(words!(
                "schreiben Sie in die Klammern eine andere Kennung",
                "write another id into the braces"
            ));
        self.notes.push(problem);
    }
}

/// The level of a heading as it is written in its tag.
fn digit(level: u8) -> char {
    char::from(b'0' + level)
}
