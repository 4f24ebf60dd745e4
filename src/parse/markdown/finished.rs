//! Drafts put together: ids and numbers in their slots, footnotes below the text, linked both ways.

use std::sync::Arc;

use super::draft::{Draft, Slot};
use super::footnote::Note;
use crate::parse::{Filling, Heading, Hole};

/// HTML whose slots are settled.
#[derive(Debug, Default)]
pub(super) struct Finished {
    /// The HTML.
    pub(super) html: String,
    /// Its holes.
    pub(super) holes: Vec<Hole>,
    /// The ids of the footnotes.
    pub(super) anchors: Vec<Arc<str>>,
}

impl Finished {
    /// Writes a draft, with ids and numbers in their slots.
    pub(super) fn put(&mut self, draft: &Draft, headings: &[Heading], notes: &mut [Note]) {
        let mut done = 0;
        for &(at, slot) in &draft.slots {
            self.html.push_str(&draft.html[done..at]);
            done = at;
            match slot {
                Slot::Hole(what) => self.hole(what),
                Slot::HeadingId(index) => self.html.push_str(&headings[index].id),
                Slot::NoteReference(index) => self.reference(&mut notes[index]),
            }
        }
        self.html.push_str(&draft.html[done..]);
    }

    /// Leaves a hole.
    pub(super) fn hole(&mut self, what: Filling) {
        self.holes.push(Hole { at: self.html.len(), what });
    }

    /// Writes a reference to a footnote.
    fn reference(&mut self, note: &mut Note) {
        let (Some(number), Some(id)) = (note.number, &note.id) else { return };
        let own = &note.references[note.written];
        note.written += 1;
        self.html.push_str(&format!(
            "<sup class=\"footnote-ref\"><a href=\"#{id}\" id=\"{own}\" role=\"doc-noteref\" \
             aria-label=\""
        ));
        self.hole(Filling::Word("footnote"));
        self.html.push_str(&format!(" {number}\">{number}</a></sup>"));
    }

    /// Writes the links from a footnote back to its references.
    fn back_links(&mut self, note: &Note) {
        let number = note.number.unwrap_or_default();
        for (index, reference) in note.references.iter().enumerate() {
            self.html.push_str(&format!(
                " <a href=\"#{reference}\" class=\"footnote-back\" role=\"doc-backlink\" \
                 aria-label=\""
            ));
            self.hole(Filling::Word("footnote_back"));
            let which = if index == 0 { String::new() } else { format!("-{}", index + 1) };
            self.html.push_str(&format!(" {number}{which}\">↩\u{fe0e}</a>"));
        }
    }

    /// Writes a footnote; the links back stand at the end of its last paragraph.
    pub(super) fn note(&mut self, note: usize, headings: &[Heading], notes: &mut [Note]) {
        let mut text = notes[note].text.take().unwrap_or_default();
        let in_paragraph = text.html.ends_with("</p>\n");
        if in_paragraph {
            text.html.truncate(text.html.len() - "</p>\n".len());
        }
        if let Some(id) = &notes[note].id {
            self.html.push_str(&format!("<li id=\"{id}\">"));
            self.anchors.push(id.clone());
        }
        self.put(&text, headings, notes);
        if !in_paragraph {
            self.html.push_str("<p>");
        }
        self.back_links(&notes[note]);
        self.html.push_str("</p>\n</li>\n");
    }
}
