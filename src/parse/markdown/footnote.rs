//! Footnotes: collected while reading, numbered by first reference.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use super::Mode;
use super::draft::{Draft, Slot};
use super::finished::Finished;
use super::ids::Ids;
use super::label::{MOST, after};
use super::writer::Writer;
use crate::diag::{Code, Severity, suggest};
use crate::parse::toml::guess::all_digits;
use crate::parse::{Filling, Heading};
use crate::path::id_from;
use crate::words;

/// So many bytes of ids come into each slot of a draft, if it is a usual one.
const ROOM_FOR_IDS: usize = 16;

/// The footnotes of a text.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// Each footnote that is referred to or written, in order of appearance.
    notes: Vec<Note>,
    /// Where a footnote is in the list, by its label in lower case.
    by_label: BTreeMap<String, usize>,
    /// Labels of references to footnotes that are written nowhere, and where they stand.
    pub(super) undefined: Vec<(String, Range<usize>)>,
    /// Labels, in lower case, of footnotes that blocks refer to, where that is not possible.
    pub(super) in_blocks: BTreeSet<String>,
}

/// One footnote.
#[derive(Debug, Default)]
pub(super) struct Note {
    /// The label, as first seen.
    pub(super) label: String,
    /// What it says.
    pub(super) text: Option<Draft>,
    /// Where it is written.
    pub(super) range: Option<Range<usize>>,
    /// Its number: its place in the order of first references, from 1.
    pub(super) number: Option<usize>,
    /// Its id.
    pub(super) id: Option<Arc<str>>,
    /// The ids of the references to it.
    pub(super) references: Vec<Arc<str>>,
    /// How many of these are already written.
    pub(super) written: usize,
}

impl Notes {
    /// The place of a footnote, new or not.
    fn place_of(&mut self, label: &str) -> usize {
        let count = self.notes.len();
        let place = *self.by_label.entry(label.to_lowercase()).or_insert(count);
        if place == count {
            self.notes.push(Note { label: label.to_owned(), ..Note::default() });
        }
        place
    }
}

impl Writer<'_> {
    /// A reference to a footnote.
    pub(super) fn note_reference(&mut self, label: &str, range: Range<usize>) {
        if self.mode != Mode::Body {
            return self.misplaced(&range, words!("Fußnoten", "footnotes"));
        }
        let place = self.footnotes.place_of(&self.mask.raw(label));
        self.plain.gap();
        self.out.slot(Slot::NoteReference(place));
    }

    /// Takes down which footnotes a block refers to: it is told there that it cannot.
    pub(super) fn notes_in_block(&mut self, text: &str) {
        let parts = text.split("[^").skip(1).filter_map(|rest| rest.split_once(']'));
        let labels =
            parts.map(|(label, _)| label).filter(|label| !label.contains(char::is_whitespace));
        self.footnotes.in_blocks.extend(labels.map(str::to_lowercase));
    }

    /// Begins a footnote's text.
    pub(super) fn start_note(&mut self, label: &str, range: Range<usize>) {
        let place = self.footnotes.place_of(&self.mask.raw(label));
        self.outer.push((std::mem::take(&mut self.out), place));
        let note = &mut self.footnotes.notes[place];
        match note.range.clone() {
            Some(first) if self.mode == Mode::Body => self.report_twice(place, &first, &range),
            Some(_) => {}
            None => note.range = Some(range),
        }
    }

    /// Ends a footnote's text.
    pub(super) fn end_note(&mut self) {
        let Some((outer, place)) = self.outer.pop() else { return };
        let text = std::mem::replace(&mut self.out, outer);
        self.footnotes.notes[place].text.get_or_insert(text);
    }

    /// Reports a footnote that is written twice.
    fn report_twice(&mut self, place: usize, first: &Range<usize>, second: &Range<usize>) {
        let label = &self.footnotes.notes[place].label;
        let message =
            words!("die Fußnote `{label}` gibt es zweimal", "there are two footnotes `{label}`");
        let problem = self
            .problem(Code::DuplicateAnchor, self.first_line(second), message)
            .also(self.span(self.first_line(first)), words!("zuerst hier", "first here"))
            .help(words!(
                "geben Sie einer von beiden einen anderen Namen",
                "give one of them another name"
            ));
        self.notes.push(problem);
    }

    /// Settles all slots, and puts the footnotes below the text.
    pub(super) fn finish_notes(&mut self, ids: &mut Ids, headings: &[Heading]) -> Finished {
        let mut meant = self.report_undefined();
        meant.append(&mut self.footnotes.in_blocks);
        let mut notes = std::mem::take(&mut self.footnotes).notes;
        let order = number(&mut notes, &self.out, ids);
        if self.mode == Mode::Body {
            self.report_unused(&notes, &meant);
        }
        let mut finished = Finished::default();
        finished.html.reserve(self.out.html.len() + ROOM_FOR_IDS * self.out.slots.len());
        finished.put(&self.out, headings, &mut notes);
        if order.is_empty() {
            return finished;
        }
        finished.html.push_str("<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"");
        finished.hole(Filling::Word("footnotes"));
        finished.html.push_str("\">\n<ol>\n");
        for note in order {
            finished.note(note, headings, &mut notes);
        }
        finished.html.push_str("</ol>\n</section>\n");
        finished
    }

    /// Reports `[^1]` without its footnote. Gives the labels that were proposed, in lower case.
    fn report_undefined(&mut self) -> BTreeSet<String> {
        let mut meant = BTreeSet::new();
        let undefined = std::mem::take(&mut self.footnotes.undefined);
        let written = self.without_colon(&undefined);
        for (label, place) in undefined {
            if written.contains(&label) {
                continue;
            }
            let message =
                words!("es gibt keine Fußnote `{label}`", "there is no footnote `{label}`");
            let span = self.span(place.clone());
            let problem = self.problem(Code::UndefinedFootnote, place, message);
            // One number resembles every other.
            let is_name = |note: &&Note| note.range.is_some() && !all_digits(&label);
            let known = self.footnotes.notes.iter().filter(is_name);
            let found = suggest::closest(&label, known.take(MOST).map(|note| note.label.as_str()));
            let problem = match (found.as_slice(), suggest::did_you_mean(&found)) {
                ([name], Some(advice)) => problem.fix(advice, span, format!("[^{name}]")),
                (_, Some(advice)) => problem.help(advice),
                (_, None) => problem,
            };
            meant.extend(found.iter().map(|label| label.to_lowercase()));
            let problem = problem.help(words!(
                "schreiben Sie die Fußnote in eine Zeile für sich: `[^{label}]: Text`",
                "write the footnote on a line of its own: `[^{label}]: text`"
            ));
            self.notes.push(problem.help(words!(
                "setzen Sie `\\` vor die Klammer, wenn sie zum Text gehört",
                "put `\\` before the bracket if it belongs to the text"
            )));
        }
        meant
    }

    /// Reports footnotes that are written without the colon, at the start of a line: `[^1] Text`.
    /// Gives their labels.
    fn without_colon(&mut self, undefined: &[(String, Range<usize>)]) -> Vec<String> {
        let mut written = Vec::new();
        for (label, place) in undefined {
            let words = after(self.source, place.end);
            let is_written = self.source[..place.start].ends_with('\n')
                && words.starts_with(' ')
                && words.trim_start().starts_with(char::is_alphanumeric);
            let count = undefined.iter().take(MOST).filter(|(other, _)| other == label).count();
            if !is_written || count < 2 {
                continue;
            }
            let message = words!(
                "hinter `[^{label}]` fehlt der Doppelpunkt, so wird das keine Fußnote",
                "the colon behind `[^{label}]` is missing, so this becomes no footnote"
            );
            let gap = self.span(place.end..place.end);
            let advice = words!("ergänzen Sie `:`", "add `:`");
            let problem = self.problem(Code::UndefinedFootnote, place.clone(), message);
            self.notes.push(problem.fix(advice, gap, ":"));
            written.push(label.clone());
        }
        written
    }

    /// Reports footnotes that nothing refers to: they would not be shown. Those that were proposed
    /// for a reference to none, or are referred to where that is told, need no word of their own.
    fn report_unused(&mut self, notes: &[Note], meant: &BTreeSet<String>) {
        let unused =
            |note: &&Note| note.number.is_none() && !meant.contains(&note.label.to_lowercase());
        for note in notes.iter().filter(unused) {
            let label = &note.label;
            let line = self.first_line(&note.range.clone().unwrap_or_default());
            let message = words!(
                "auf die Fußnote `{label}` verweist nichts, sie erscheint nicht",
                "nothing refers to the footnote `{label}`, so it is not shown"
            );
            let problem = self
                .problem(Code::UndefinedFootnote, line, message)
                .severity(Severity::Warning)
                .help(words!(
                    "schreiben Sie `[^{label}]` an die Stelle, zu der sie gehört",
                    "write `[^{label}]` at the place it belongs to"
                ));
            self.notes.push(problem);
        }
    }
}

/// Numbers the footnotes by first reference and gives ids; those that only other footnotes refer
/// to come after these. Returns them in order.
fn number(notes: &mut [Note], body: &Draft, ids: &mut Ids) -> Vec<usize> {
    let mut order = Vec::new();
    let mut slots: Vec<Slot> = body.slots.iter().map(|&(_, slot)| slot).collect();
    let mut read = 0;
    loop {
        for slot in std::mem::take(&mut slots) {
            let Slot::NoteReference(index) = slot else { continue };
            let note = &mut notes[index];
            if note.number.is_none() {
                order.push(index);
                note.number = Some(order.len());
            }
            let short = short_id(note);
            note.id.get_or_insert_with(|| ids.give(&format!("fn-{short}")));
            note.references.push(ids.give(&format!("fnref-{short}")));
        }
        let Some(&next) = order.get(read) else { return order };
        read += 1;
        let text = notes[next].text.iter().flat_map(|text| &text.slots);
        slots = text.map(|&(_, slot)| slot).collect();
    }
}

/// What a footnote's ids are made of: its label, or its number if nothing of the label is left.
fn short_id(note: &Note) -> String {
    match id_from(&note.label) {
        id if id.is_empty() => note.number.unwrap_or_default().to_string(),
        id => id,
    }
}
