//! What looks like Markdown, or is another program's, and would come out as plain text.
//!
//! Only words are looked at, never code. What takes more to tell has modules of its own:
//! [`rows`](super::rows), [`items`], [`emphasis`](super::emphasis),
//! [`foreign_mark`](super::foreign_mark), [`bare_block`](super::bare_block),
//! [`inline_note`](super::inline_note), [`indented`](super::indented), [`task`](super::task),
//! [`shortcode`](super::shortcode).

use std::ops::Range;

use super::Mode;
use super::alert;
use super::items;
use super::label::{after, before};
use super::writer::Writer;
use crate::diag::{Code, Words};
use crate::parse::toml;
use crate::source::bytes::{any, is_one_of};
use crate::words;

/// Whether a byte is a sign that other programs give a meaning to.
#[inline]
pub(super) fn is_sign(byte: u8) -> bool {
    is_one_of(byte, [b'{', b'=', b'^', b'+', b'~'])
}

impl<'a> Writer<'a> {
    /// The line that goes on at a byte, without blanks at its end.
    pub(super) fn line_from(&self, at: usize) -> &'a str {
        let rest = self.source.get(at..).unwrap_or_default();
        rest.split('\n').next().unwrap_or_default().trim_end()
    }
}

impl Writer<'_> {
    /// Reports words that were meant for something else.
    pub(super) fn check_lookalike(&mut self, range: &Range<usize>) {
        let text = self.source.get(range.clone()).unwrap_or_default();
        let has_marks = any(text.as_bytes(), |byte| is_one_of(byte, [b'*', b'_']));
        if has_marks || self.has_signs && any(text.as_bytes(), is_sign) {
            self.check_signs(text, range.start);
        }
        match text.bytes().next() {
            Some(b'{') => {
                self.check_braces(range.start);
                self.check_lone_block(range.start);
            }
            Some(b'#') if self.is_line_start(range.start) => self.check_heading(range.start),
            Some(b':') => self.check_directive(range.start),
            Some(b'-' | b'*' | b'+')
                if self.is_line_start(range.start) && self.check_stuck_box(range.start) => {}
            Some(b'|') if self.is_line_start(range.start) => self.check_rows(range.start),
            Some(b'a') if !text.starts_with("a)") => {}
            Some(b'-' | b'*' | b'0'..=b'9' | b'a' | 0xc2 | 0xe2 | 0xef)
                if items::may_be(text) && self.is_line_start(range.start) =>
            {
                self.check_rows(range.start);
            }
            Some(b'+') if self.is_line_start(range.start) => self.check_pluses(range.start),
            _ => {}
        }
    }

    /// Reports calls and emphasis in a text that begins at a byte and holds signs of them.
    fn check_signs(&mut self, text: &str, start: usize) {
        if let Some(at) = text.find("{{") {
            self.check_shortcode(start + at);
        }
        if let Some(at) = text.find("{%") {
            self.check_call(start + at);
        }
        self.check_foreign_marks(text, start);
        self.check_lowered(text, start);
        // Marks that could have been some come sign by sign.
        if matches!(text, "*" | "_") {
            self.check_emphasis(start);
            self.check_unclosed(start);
        }
        // Other signs were taken for the backticks of a fence.
        let name = text.trim_start_matches(['\'', '´', '’', '‘', '"']);
        if name.starts_with('{') && text.len() >= name.len() + 3 && self.is_line_start(start) {
            self.check_lone_block(start + text.len() - name.len());
        }
        for mark in ["**", "__"] {
            for (at, _) in text.match_indices(mark) {
                self.check_emphasis(start + at);
            }
        }
    }

    /// Whether nothing stands before a byte on its line but what begins quotes and lists.
    pub(super) fn is_line_start(&self, at: usize) -> bool {
        let line = before(self.source, at).rsplit('\n').next().unwrap_or_default();
        let is_mark = |c| matches!(c, ' ' | '\t' | '>' | '-' | '*' | '+' | '.' | ')' | '0'..='9');
        let is_strong = line.ends_with('*');
        !self.in_heading && self.mode != Mode::Inline && !is_strong && line.chars().all(is_mark)
    }

    /// Reports signs of a heading without a space behind them, or too many of them.
    fn check_heading(&mut self, at: usize) {
        let line = self.line_from(at);
        let words = line.trim_start_matches('#');
        let signs = line.len() - words.len();
        let marks = self.span(at..at + signs);
        let is_word = |c: char| c.is_alphanumeric() || "*_[\"'„“»«(".contains(c);
        let place = at..at + line.len();
        if signs > 6 && words.trim_start().starts_with(is_word) {
            let above = self.headings.last().map_or(1, |heading| heading.level.clamp(2, 5));
            let right = "#".repeat(usize::from(above) + 1);
            let blank = if words.starts_with([' ', '\t']) { "" } else { " " };
            let shown = toml::guess::clip(words);
            let message = words!(
                "`{shown}` wird keine Überschrift: es gibt nur sechs Ebenen",
                "`{shown}` becomes no heading: there are six levels only"
            );
            let advice =
                words!("schreiben Sie `{right}` vor die Überschrift", "write `{right}` before it");
            let problem = self.problem(Code::HeadingLevel, place, message);
            self.notes.push(problem.fix(advice, marks, format!("{right}{blank}")));
        } else if (2..=6).contains(&signs) && words.starts_with(is_word) {
            let message = words!(
                "hinter den Rauten fehlt ein Leerzeichen, so wird das keine Überschrift",
                "a space is missing behind the signs, so this becomes no heading"
            );
            let advice = words!("ergänzen Sie ein Leerzeichen", "add a space");
            let problem = self.problem(Code::PlainMarkup, place, message);
            let gap = self.span(at + signs..at + signs);
            let problem = problem.fix(advice, gap, " ");
            self.notes.push(problem.help(escaped(words!("die Rauten", "the signs"))));
        }
    }

    /// Reports `:::note`.
    fn check_directive(&mut self, at: usize) {
        // Below a paragraph, the first colon begins a definition.
        let above = before(self.source, at);
        let at = at - (above.len() - above.trim_end_matches(':').len());
        let line = after(self.source, at).lines().next().unwrap_or_default().trim_end();
        let Some(rest) = line.strip_prefix(":::").filter(|_| self.is_line_start(at)) else {
            return;
        };
        let rest = rest.trim_start_matches([':', ' ', '{', '.']);
        let name: String = rest.chars().take_while(|c| c.is_alphabetic()).collect();
        if name.is_empty() || rest.contains("::") {
            return;
        }
        let message = words!(
            "`:::` hat hier keine Bedeutung und erscheint als Text",
            "`:::` means nothing here and comes out as text"
        );
        let alert = alert::known(&name).unwrap_or("NOTE");
        let problem = self.problem(Code::PlainMarkup, at..at + line.len(), message).help(words!(
            "schreiben Sie für einen Hinweiskasten `> [!{alert}]`, in die Zeilen darunter `> ` und den \
             Text, und löschen Sie das `:::` am Ende",
            "write `> [!{alert}]` for an alert, `> ` and the text on the lines below, and delete the \
             `:::` at the end"
        ));
        self.notes.push(problem.help(escaped(words!("die Doppelpunkte", "the colons"))));
    }

    /// Reports `{{< figure >}}` and `{{% note %}}`.
    fn check_shortcode(&mut self, at: usize) {
        let line = after(self.source, at).lines().next().unwrap_or_default();
        let inner = line.get(2..).unwrap_or_default();
        let Some(end) = ["%}}", ">}}"].iter().filter_map(|end| inner.find(end)).min() else {
            return;
        };
        // What the parser takes for a tag is reported as one, and the end goes with its start.
        let words = inner.get(1..end).unwrap_or_default();
        let is_tag = inner.starts_with('<') && words.starts_with(|c: char| c.is_alphabetic());
        let is_call = inner.starts_with(['<', '%']) && !words.trim_start().starts_with('/');
        if !is_call || is_tag || before(self.source, at).ends_with('\\') {
            return;
        }
        self.report_call(at..at + 2 + end + 3);
    }

    /// Reports `{% include x %}`.
    fn check_call(&mut self, at: usize) {
        let line = after(self.source, at).lines().next().unwrap_or_default();
        let above = before(self.source, at);
        let words = line.trim_start_matches(['{', '%', '-', ' ']);
        let is_call = words.starts_with(char::is_alphabetic) && !above.ends_with(['{', '\\']);
        if let Some(end) = line.find("%}").filter(|_| is_call) {
            self.report_call(at..at + end + 2);
        }
    }

    /// Reports a call of another program.
    fn report_call(&mut self, place: Range<usize>) {
        let message = words!(
            "solche Aufrufe gibt es hier nicht, das erscheint als Text",
            "there are no such calls here, this comes out as text"
        );
        let problem = self.problem(Code::PlainMarkup, place, message).help(words!(
            "schreiben Sie ein Bild als `![Beschreibung](bild.jpg)`, anderes als Baustein wie \
             `{{video}}`",
            "write a picture as `![description](picture.jpg)`, anything else as a block like `{{video}}`"
        ));
        self.notes.push(problem.help(escaped(words!("die Klammern", "the braces"))));
    }

    /// Reports a line of `+++`, which closes no front matter here, and items without a space.
    fn check_pluses(&mut self, at: usize) {
        let line = self.line_from(at);
        if line != "+++" {
            if items::may_be(line) {
                self.check_rows(at);
            }
            return;
        }
        let place = at..at + line.len();
        let message = words!(
            "`+++` hat im Text keine Bedeutung und erscheint so",
            "`+++` means nothing in the text and comes out as it is"
        );
        let fix = self.span(place.clone());
        let advice = words!("löschen Sie `+++`", "delete `+++`");
        let problem = self.problem(Code::PlainMarkup, place, message).fix(advice, fix, "");
        self.notes.push(problem.help(words!(
            "schreiben Sie `---` zwischen zwei leere Zeilen, wenn eine Trennlinie gemeint ist",
            "write `---` between two empty lines if a line across is meant"
        )));
    }

    /// Reports attributes right behind a picture or link.
    fn check_braces(&mut self, at: usize) {
        let stuck = before(self.source, at).ends_with([')', ']']) && self.out.is_at_slot();
        let line = after(self.source, at).lines().next().unwrap_or_default();
        let Some(braces) = line.find('}').and_then(|end| line.get(..=end)) else { return };
        let mut words = braces.trim_matches(['{', '}']).split_whitespace().peekable();
        let is_attribute = |word: &str| word.contains('=') || word.starts_with(['#', '.', ':']);
        if !stuck || words.peek().is_none() || !words.all(is_attribute) {
            return;
        }
        let place = at..at + braces.len();
        let message = words!(
            "`{braces}` hinter einem Bild oder Verweis bewirkt nichts und erscheint als Text",
            "`{braces}` behind a picture or link does nothing and comes out as text"
        );
        let advice = words!("löschen Sie `{braces}`", "delete `{braces}`");
        let fix = self.span(place.clone());
        let problem = self.problem(Code::PlainMarkup, place, message);
        self.notes.push(problem.fix(advice, fix, ""));
    }
}

/// The advice to escape something that is meant as it is written.
pub(super) fn escaped(Words { de, en }: Words) -> Words {
    words!(
        "setzen Sie `\\` vor {de}, wenn sie zum Text gehören",
        "put `\\` before {en} if they belong to the text"
    )
}
