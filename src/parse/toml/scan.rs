//! A walk over text that has syntax errors: finds the mistakes that people make and mends them in
//! a copy.
//!
//! [`Scan`] reads TOML more leniently than the library. It never says that something is right, only
//! what is wrong and how it was meant; what it does not know is left to the library. Positions are
//! bytes of the text and always lie between characters.
//!
//! Here are the state and the way through the lines; the files beside this one read one thing each:
//! blanks, keys, headers, values of each sort, and what goes wrong with them.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::ops::Range;

use super::guess::{looks_like_header, looks_like_key};
use super::repair::Repairs;
use crate::diag::{Code, Diagnostic, Span, Words};
use crate::parse::Place;

/// So many mistakes are told of in one text; the rest of it is not looked at.
pub(super) const MOST_MISTAKES: usize = 100;

/// Brackets may be nested so deep, as in the library; and so many parts may a key have.
pub(super) const DEEPEST: usize = 80;

/// Where a value stands, which decides what may follow it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Within {
    /// Behind a key of its own line.
    Line,
    /// In a list.
    Array,
    /// In a table in braces.
    Inline,
}

/// The walk came to an end in the middle of a value and goes on at a later line.
pub(super) struct Lost;

/// Whether the walk is still where the grammar says.
pub(super) type Step = Result<(), Lost>;

/// One `key = value` or header.
pub(super) struct Statement {
    /// All of it, without the line's end.
    pub(super) range: Range<usize>,
    /// Its value; empty for a header.
    pub(super) value: Range<usize>,
}

/// A place where a key stands.
pub(super) struct KeyUse {
    /// What it names, from the root: two uses of one path are one and the same key.
    pub(super) path: String,
    /// Its bytes.
    pub(super) range: Range<usize>,
}

/// The walk and what it found.
pub(super) struct Scan<'t> {
    /// The text.
    pub(super) text: &'t str,
    /// Where the text stands.
    pub(super) place: &'t Place,
    /// The next byte to look at.
    pub(super) at: usize,
    /// The mistakes and their stretches.
    pub(super) found: Vec<(Range<usize>, Diagnostic)>,
    /// What mends them.
    pub(super) repairs: Repairs,
    /// Texts, numbers and other values without parts, in order.
    pub(super) leaves: Vec<Range<usize>>,
    /// The lines that say something, in order.
    pub(super) statements: Vec<Statement>,
    /// Every key.
    pub(super) keys: Vec<KeyUse>,
    /// The path of the table that keys now belong to.
    pub(super) scope: String,
    /// How many tables each `[[list]]` has so far, by its path.
    pub(super) arrays: BTreeMap<String, usize>,
    /// A stretch within one line, up to its end; asked for again and again.
    line: Cell<(usize, usize)>,
    /// The places of the brackets that are open.
    pub(super) opened: Vec<usize>,
    /// Where the value of the current line begins.
    pub(super) value_start: usize,
}

impl<'t> Scan<'t> {
    /// Walks over a whole text.
    pub(super) fn of(text: &'t str, place: &'t Place) -> Self {
        let mut scan = Self {
            text,
            place,
            at: 0,
            found: Vec::new(),
            repairs: Repairs::default(),
            leaves: Vec::new(),
            statements: Vec::new(),
            keys: Vec::new(),
            scope: String::new(),
            arrays: BTreeMap::new(),
            line: Cell::new((0, 0)),
            opened: Vec::new(),
            value_start: 0,
        };
        while scan.at < text.len() && scan.found.len() < MOST_MISTAKES {
            scan.line();
        }
        if scan.at < text.len() {
            scan.repairs.put(scan.at..text.len(), "");
        }
        scan
    }

    /// One statement with the end of its line, or an empty line.
    fn line(&mut self) {
        let start = self.at;
        self.opened.clear();
        self.blanks();
        let step = match self.peek() {
            _ if self.damaged_header() => Ok(()),
            None | Some('\n' | '\r' | '#') => Ok(()),
            Some('[') => self.header(),
            Some(_) if self.rest().starts_with("\"\"\"") || self.rest().starts_with("'''") => {
                self.stray_line(start);
                Ok(())
            }
            Some(_) => self.key_value(),
        };
        if step.is_ok() {
            self.at = self.line_end(self.at);
            self.at += if self.rest().starts_with("\r\n") { 2 } else { 1 };
            self.at = self.at.min(self.text.len());
        }
        debug_assert!(start < self.at || self.at == self.text.len(), "the walk goes on");
        self.at = self.at.max((start + 1).min(self.text.len()));
        while !self.text.is_char_boundary(self.at) {
            self.at += 1;
        }
    }

    /// What is still ahead.
    pub(super) fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// A stretch of the text.
    pub(super) fn get(&self, range: Range<usize>) -> &'t str {
        self.text.get(range).unwrap_or_default()
    }

    /// The next character.
    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Steps over the next character.
    pub(super) fn bump(&mut self) {
        self.at += self.peek().map_or(0, char::len_utf8);
    }

    /// The end of the line that holds this byte, before `\n` or `\r\n`.
    pub(super) fn line_end(&self, from: usize) -> usize {
        let (start, end) = self.line.get();
        if (start..=end).contains(&from) && end > start {
            return end;
        }
        let rest = self.get(from..self.text.len());
        let line = rest.split('\n').next().unwrap_or_default();
        let whole = line.len() < rest.len();
        let line = line.strip_suffix('\r').filter(|_| whole).unwrap_or(line);
        self.line.set((from, from + line.len()));
        from + line.len()
    }

    /// The rest of the line ahead, without blanks at its end.
    pub(super) fn line_rest(&self) -> &'t str {
        self.get(self.at..self.line_end(self.at)).trim_end()
    }

    /// A stretch of the text as a stretch of the file.
    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        self.place.span(range.clone())
    }

    /// A diagnostic at a stretch of the text.
    pub(super) fn mistake(&self, code: Code, range: &Range<usize>, message: Words) -> Diagnostic {
        Diagnostic::new(code, self.span(range), message)
    }

    /// Adds a mistake whose value cannot be read.
    pub(super) fn break_value(&mut self, range: Range<usize>, note: Diagnostic) {
        self.repairs.break_value(range.clone());
        self.found.push((range, note));
    }

    /// Gives up on the value of the current line and goes on at a later line.
    pub(super) fn lose(&mut self, next: usize, range: Range<usize>, note: Diagnostic) -> Lost {
        let start = self.value_start;
        let end = start + self.get(start..next).trim_end().len();
        self.found.retain(|(old, _)| old.start < end);
        self.leaves.truncate(self.leaves.partition_point(|leaf| leaf.start < start));
        self.keys.truncate(self.keys.partition_point(|key| key.range.start < start));
        self.repairs.forget(end);
        self.break_value(start..end, note);
        if let Some(last) = self.found.last_mut() {
            last.0 = range;
        }
        self.at = next;
        Lost
    }

    /// Gives up in the middle of a value once there are mistakes enough.
    pub(super) fn enough(&mut self) -> Step {
        if self.found.len() < MOST_MISTAKES {
            return Ok(());
        }
        self.repairs.break_value(self.value_start..self.at);
        Err(Lost)
    }

    /// The start of the next line that looks like `key = …` or a header, for going on after a
    /// value whose end is missing; the text's end if there is none.
    pub(super) fn next_statement(&self, from: usize) -> usize {
        let mut start = from;
        while let Some(end) = self.get(start..self.text.len()).find('\n') {
            start += end + 1;
            let line = self.get(start..self.line_end(start));
            if looks_like_key(line) || looks_like_header(line) {
                return start;
            }
        }
        self.text.len()
    }
}
