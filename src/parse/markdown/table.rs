//! Tables: in a box that scrolls on small screens and can be reached with the keyboard.

use std::ops::Range;

use pulldown_cmark::Alignment;

use super::draft::Mark;
use super::writer::Writer;
use crate::diag::Code;
use crate::parse::Filling;
use crate::words;

/// A table that is being written.
#[derive(Debug)]
pub(super) struct TableBuffer {
    /// How each column is aligned.
    alignments: Vec<Alignment>,
    /// The column that comes next.
    column: usize,
    /// Whether the row is the head.
    in_head: bool,
    /// Whether a cell of the head says something.
    has_head: bool,
    /// Whether there is a row below the head.
    has_rows: bool,
    /// How far the draft was before the cell, and after its start tag.
    cell: (Mark, Mark),
    /// Where the last cell ends in the source.
    cell_end: usize,
}

impl Writer<'_> {
    /// Begins a table.
    pub(super) fn start_table(&mut self, alignments: Vec<Alignment>) {
        self.block_tag("<div class=\"table-scroll\" role=\"group\" tabindex=\"0\" aria-label=\"");
        self.out.hole(Filling::Word("table"));
        self.out.push("\">\n<table>\n");
        let here = self.out.mark();
        self.table = Some(TableBuffer {
            alignments,
            column: 0,
            in_head: true,
            has_head: false,
            has_rows: false,
            cell: (here, here),
            cell_end: 0,
        });
    }

    /// Ends a table.
    pub(super) fn end_table(&mut self) {
        let has_rows = self.table.take().is_some_and(|table| table.has_rows);
        self.out.push(if has_rows { "</tbody>\n</table>\n</div>\n" } else { "</table>\n</div>\n" });
    }

    /// Begins a row.
    pub(super) fn start_row(&mut self, in_head: bool) {
        let Some(table) = &mut self.table else { return };
        table.in_head = in_head;
        table.column = 0;
        let is_first = !in_head && !std::mem::replace(&mut table.has_rows, !in_head);
        self.out.push(match (in_head, is_first) {
            (true, _) => "<thead>\n<tr>\n",
            (false, true) => "<tbody>\n<tr>\n",
            (false, false) => "<tr>\n",
        });
    }

    /// Ends a row.
    pub(super) fn end_row(&mut self, in_head: bool, range: Range<usize>) {
        self.out.push(if in_head { "</tr>\n</thead>\n" } else { "</tr>\n" });
        if in_head && self.table.as_ref().is_some_and(|table| !table.has_head) {
            self.report_empty_head(range.clone());
        }
        self.check_row(&range);
    }

    /// Begins a cell.
    pub(super) fn start_cell(&mut self) {
        let Some(table) = &mut self.table else { return };
        table.cell.0 = self.out.mark();
        self.out.push(if table.in_head { "<th scope=\"col\"" } else { "<td" });
        self.out.push(match table.alignments.get(table.column) {
            Some(Alignment::Left) => " class=\"align-left\">",
            Some(Alignment::Center) => " class=\"align-center\">",
            Some(Alignment::Right) => " class=\"align-right\">",
            Some(Alignment::None) | None => ">",
        });
        table.cell.1 = self.out.mark();
        table.column += 1;
    }

    /// Ends a cell. An empty one in the head heads nothing and becomes a plain cell.
    pub(super) fn end_cell(&mut self, range: Range<usize>) {
        let Some(table) = &mut self.table else { return };
        table.cell_end = range.end;
        if table.in_head && self.out.mark() == table.cell.1 {
            self.out.html.truncate(table.cell.0.html);
            self.out.push("<td></td>\n");
        } else {
            table.has_head |= table.in_head;
            self.out.push(if table.in_head { "</th>\n" } else { "</td>\n" });
        }
    }

    /// Reports a head that says nothing: who hears a cell hears what stands above it first.
    fn report_empty_head(&mut self, range: Range<usize>) {
        let message = words!("der Kopf der Tabelle ist leer", "the head of the table is empty");
        let note = self.problem(Code::TableHead, range, message).help(words!(
            "schreiben Sie in die erste Zeile, was in jeder Spalte steht",
            "write into the first line what stands in each column"
        ));
        self.notes.push(note);
    }

    /// Reports cells that no column of the head is for: the parser drops them.
    fn check_row(&mut self, range: &Range<usize>) {
        let Some(table) = &self.table else { return };
        let columns = table.alignments.len();
        let start = table.cell_end;
        let rest = self.source.get(start..range.end).unwrap_or_default();
        let surplus = rest.trim().trim_matches('|').trim();
        if surplus.is_empty() {
            return;
        }
        let place = start + rest.find(surplus).unwrap_or_default();
        let place = place..place + surplus.len();
        let message = words!(
            "die Zeile hat mehr Zellen als der Kopf der Tabelle, der {columns} hat",
            "the row has more cells than the head of the table, which has {columns}"
        );
        let problem = self
            .problem(Code::TableRow, place, message)
            .help(words!(
                "ergänzen Sie im Kopf und in der Zeile darunter eine Spalte, oder löschen Sie die Zelle",
                "add a column to the head and to the line below it, or delete the cell"
            ))
            .help(words!(
                "schreiben Sie `\\|`, wenn der senkrechte Strich zum Text gehört",
                "write `\\|` if the vertical bar belongs to the text"
            ));
        self.notes.push(problem);
    }
}
