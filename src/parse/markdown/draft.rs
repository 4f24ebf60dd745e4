//! HTML in the making: text with places where something is still to come.
//!
//! Ids of headings and numbers of footnotes are known only at the end of the text: an id that is
//! written by hand further down wins over one that was made from words. So a draft has slots for
//! them besides those that become holes.

use crate::parse::Filling;

/// Something that is still to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    /// A hole of the finished markup.
    Hole(Filling),
    /// The id of a heading, by its place among the headings.
    HeadingId(usize),
    /// A reference to a footnote, by the place of its label.
    NoteReference(usize),
}

/// HTML with slots.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    /// What is already written.
    pub(super) html: String,
    /// What is to come, each before a byte of `html`, in order.
    pub(super) slots: Vec<(usize, Slot)>,
}

/// How far a draft has got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// The length of its HTML.
    pub(super) html: usize,
    /// The number of its slots.
    pub(super) slots: usize,
}

impl Draft {
    /// An empty draft with room for so many bytes of HTML, so that it need not move while it grows.
    pub(super) fn with_room(bytes: usize) -> Self {
        Self { html: String::with_capacity(bytes), slots: Vec::new() }
    }

    /// Writes HTML.
    pub(super) fn push(&mut self, html: &str) {
        self.html.push_str(html);
    }

    /// Leaves a hole.
    pub(super) fn hole(&mut self, filling: Filling) {
        self.slot(Slot::Hole(filling));
    }

    /// Leaves room for something.
    pub(super) fn slot(&mut self, slot: Slot) {
        self.slots.push((self.html.len(), slot));
    }

    /// Whether a slot was left last.
    pub(super) fn is_at_slot(&self) -> bool {
        self.slots.last().is_some_and(|&(at, _)| at == self.html.len())
    }

    /// Begins a new line, unless there is nothing on this one.
    pub(super) fn fresh_line(&mut self) {
        if self.is_at_slot() || !(self.html.is_empty() || self.html.ends_with('\n')) {
            self.html.push('\n');
        }
    }

    /// How far it has got.
    pub(super) fn mark(&self) -> Mark {
        Mark { html: self.html.len(), slots: self.slots.len() }
    }

    /// Takes back the `length` bytes that were written just before `mark`.
    pub(super) fn cut_before(&mut self, mark: Mark, length: usize) {
        self.html.replace_range(mark.html - length..mark.html, "");
        for (at, _) in &mut self.slots[mark.slots..] {
            *at -= length;
        }
    }
}
