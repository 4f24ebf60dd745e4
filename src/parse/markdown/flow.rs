//! Paragraphs, lists, rules and code.

use std::ops::Range;

use pulldown_cmark::CodeBlockKind;

use super::Mode;
use super::draft::Slot;
use super::writer::Writer;
use crate::diag::Code;
use crate::parse::block::{self, Fence};
use crate::parse::{Filling, highlight};
use crate::words;

/// Code that is being read.
#[derive(Debug)]
pub(super) struct CodeBuffer {
    /// What stands behind the fence; `None` for indented code.
    pub(super) info: Option<String>,
    /// The code.
    pub(super) text: String,
    /// Where its pieces stand.
    pub(super) pieces: Vec<Range<usize>>,
}

impl Writer<'_> {
    /// A line across.
    pub(super) fn rule(&mut self, range: Range<usize>) {
        if self.mode == Mode::Inline {
            self.misplaced(&range, words!("Trennlinien", "lines across"));
        }
        self.end_inline();
        self.block_tag("<hr>\n");
    }

    /// Begins a paragraph.
    pub(super) fn start_paragraph(&mut self, range: &Range<usize>) {
        if self.mode == Mode::Inline {
            if !(self.out.html.is_empty() && self.out.slots.is_empty()) {
                self.misplaced(range, words!("mehrere Absätze", "several paragraphs"));
            }
        } else {
            self.block_tag("<p>");
        }
        if self.depth == 0 {
            self.plain.begin_paragraph();
        }
        self.paragraph = Some(self.out.mark());
    }

    /// Ends a paragraph. One that holds a picture and nothing else becomes that picture.
    pub(super) fn end_paragraph(&mut self) {
        let Some(start) = self.paragraph.take().filter(|_| self.mode != Mode::Inline) else {
            return;
        };
        if self.out.html.len() > start.html {
            return self.out.push("</p>\n");
        }
        match self.out.slots.get(start.slots..) {
            Some([]) => self.out.cut_before(start, "<p>".len()),
            Some([(_, Slot::Hole(Filling::Picture(index)))]) => {
                self.markup.pictures[*index].alone = true;
                self.out.cut_before(start, "<p>".len());
                self.out.push("\n");
            }
            _ => self.out.push("</p>\n"),
        }
    }

    /// Begins a list.
    pub(super) fn start_list(&mut self, start: Option<u64>) {
        match start {
            None => self.block_tag("<ul>\n"),
            Some(1) => self.block_tag("<ol>\n"),
            Some(number) => self.block_tag(&format!("<ol start=\"{number}\">\n")),
        }
    }

    /// Begins an item of a list.
    pub(super) fn start_item(&mut self) {
        self.block_tag("<li");
        let mark = self.out.mark();
        self.out.push(">");
        self.item = Some(mark);
    }

    /// The mark of a task: a sign with a name, for a disabled check box tells no one anything.
    pub(super) fn task(&mut self, done: bool) {
        if let Some(mark) = self.item.take() {
            self.out.html.insert_str(mark.html, " class=\"task\"");
        }
        let (sign, word) = if done { ("☑", "task_done") } else { ("☐", "task_open") };
        self.out.push("<span class=\"task-mark\" role=\"img\" aria-label=\"");
        self.out.hole(Filling::Word(word));
        self.out.push(&format!("\">{sign}</span> "));
    }

    /// Begins code.
    pub(super) fn start_code(&mut self, kind: CodeBlockKind<'_>) {
        let info = match kind {
            CodeBlockKind::Indented => None,
            CodeBlockKind::Fenced(info) => Some(self.mask.raw(&info).into_owned()),
        };
        self.code = Some(CodeBuffer { info, text: String::new(), pieces: Vec::new() });
    }

    /// Ends code: a block if there is a name in braces behind the fence.
    pub(super) fn end_code(&mut self, range: Range<usize>) {
        let Some(code) = self.code.take() else { return };
        let is_fenced = code.info.is_some();
        let is_closed = self.source.get(range.clone()).is_none_or(block::is_closed);
        self.markup.is_open |= is_fenced && !is_closed;
        match code.info {
            Some(info) if block::is_block(&info) => {
                let fence = Fence { info, range, text: code.text, pieces: code.pieces };
                self.block(&fence);
            }
            info => {
                match info {
                    Some(_) if !is_closed => self.report_open(&range),
                    Some(_) => {}
                    None => self.check_indented(&code.text, &range),
                }
                let info = info.unwrap_or_default();
                self.check_bare_block(&info, &code.text, &range);
                let language = info.split([' ', '\t', ',']).next().unwrap_or_default();
                self.out.fresh_line();
                highlight::write(&mut self.out.html, language, &code.text);
            }
        }
    }

    /// Reports code that ends only with the text around it: the rest of the page becomes code.
    fn report_open(&mut self, range: &Range<usize>) {
        let line = self.first_line(range);
        let message = words!(
            "der Code, der hier beginnt, hört nicht auf",
            "the code that begins here does not end"
        );
        let is_tilde = self.source.get(line.clone()).is_some_and(|text| text.starts_with('~'));
        let help = match is_tilde {
            true => words!(
                "setzen Sie unter den Code eine Zeile mit ebenso vielen Tilden (`~`)",
                "put a line with as many tildes (`~`) below the code"
            ),
            false => words!(
                "setzen Sie unter den Code eine Zeile mit ebenso vielen Akzenten (Backticks)",
                "put a line with as many backticks below the code"
            ),
        };
        let problem = self.problem(Code::CodeFence, line, message).help(help);
        self.notes.push(problem);
    }

    /// A block, or an error in a field that has no room for it.
    fn block(&mut self, fence: &Fence) {
        match self.mode {
            Mode::Body => self.notes_in_block(&fence.text),
            Mode::Prose => return self.misplaced(&fence.range, words!("Bausteine", "blocks")),
            Mode::Inline => return,
        }
        if let Some(block) = block::read(self.notes, self.source, self.place, fence) {
            self.out.fresh_line();
            self.out.hole(Filling::Block(self.markup.blocks.len()));
            self.out.push("\n");
            self.markup.blocks.push(block);
        }
    }
}
