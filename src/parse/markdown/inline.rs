//! What stands inside a paragraph: words, emphasis, code, breaks.

use std::ops::Range;

use pulldown_cmark::Tag;

use super::Mode;
use super::date;
use super::label;
use super::writer::Writer;
use crate::diag::{Code, Severity};
use crate::parse::html;
use crate::words;

impl Writer<'_> {
    /// Begins an inline element.
    pub(super) fn start_inline(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Strong => self.open_markdown("<strong>"),
            Tag::Strikethrough if self.is_double(&range) => self.open_markdown("<del>"),
            Tag::Strikethrough => self.open_markdown("~"),
            Tag::Link { link_type, dest_url, title, id } => {
                self.use_label(&id);
                self.start_link(link_type, (&dest_url, &title), &id, range);
            }
            Tag::Image { dest_url, title, id, .. } => {
                self.use_label(&id);
                self.start_picture(&dest_url, &title, range);
            }
            _ => self.open_markdown("<em>"),
        }
    }

    /// Takes down the label of a link or picture, if it has one.
    fn use_label(&mut self, id: &str) {
        if !id.is_empty() {
            self.used.insert(label::normal(id));
        }
    }

    /// Ends struck text, or single tildes that come out as they were written: `~` is more often
    /// "about" than a mark.
    pub(super) fn end_strikethrough(&mut self, range: &Range<usize>) {
        self.close_markdown(if self.is_double(range) { "</del>" } else { "~" });
    }

    /// Whether something is enclosed in two tildes.
    fn is_double(&self, range: &Range<usize>) -> bool {
        self.source.get(range.clone()).is_some_and(|text| text.starts_with("~~"))
    }

    /// Words, code, or HTML, by what is being read.
    pub(super) fn text(&mut self, text: &str, range: Range<usize>) {
        if let Some(code) = &mut self.code {
            code.text.push_str(&self.mask.raw(text));
            code.pieces.push(range);
            return;
        }
        if self.html.is_some() {
            return self.html_line(text, range);
        }
        self.check_text(text, &range);
        let shown = self.mask.text(text);
        // A line may have been broken between a day and its month.
        if !self.out.is_at_slot() && date::is_broken_date(&self.out.html, &shown) {
            self.out.html.pop();
            self.out.push("\u{a0}");
        }
        html::escape_text(&mut self.out.html, &shown);
        self.words(&shown);
    }

    /// Takes down words that readers see.
    pub(super) fn words(&mut self, shown: &str) {
        self.plain.push(shown);
        if let Some(heading) = self.headings.last_mut().filter(|_| self.in_heading) {
            heading.title.push_str(shown);
        }
    }

    /// Code in a line.
    pub(super) fn code_span(&mut self, text: &str) {
        let shown = self.mask.raw(text);
        self.out.push("<code>");
        html::escape_text(&mut self.out.html, &shown);
        self.out.push("</code>");
        self.words(&shown);
    }

    /// The end of a line that goes on. In Leichte Sprache each sentence has a line of its own (DIN
    /// SPEC 33429), as it was written.
    pub(super) fn soft_break(&mut self) {
        if self.sentence.is_some() && self.out.html.ends_with(['.', '!', '?', ':', '“', '>']) {
            return self.hard_break();
        }
        self.out.push("\n");
        self.words(" ");
    }

    /// A line break.
    pub(super) fn hard_break(&mut self) {
        self.out.push("<br>\n");
        self.words(" ");
    }

    /// Reports what the parser takes for plain text, though it was meant for something else: a
    /// footnote's mark without a footnote, a web address in angle brackets without its scheme.
    fn check_text(&mut self, text: &str, range: &Range<usize>) {
        self.check_lookalike(range);
        if !matches!(text, "[" | "![" | "<" | "]") {
            return;
        }
        if text == "[" && self.is_line_start(range.start) {
            self.check_shortcode_brackets(range.start);
            self.check_empty_box(range.start);
        }
        let rest = label::after(self.source, range.end);
        let is_escaped = label::before(self.source, range.start).ends_with('\\');
        let line = rest.lines().next().unwrap_or_default();
        match (text, line.chars().next()) {
            ("]", Some('(')) if !is_escaped => self.check_no_opening(range.start),
            ("[", _) if label::before(self.source, range.start).ends_with('^') => {
                self.check_inline_note(range.start - 1);
            }
            ("[" | "![", Some('^')) if !is_escaped => {
                let Some((label, _)) = line[1..].split_once(']') else { return };
                if !label.is_empty() && !label.contains([' ', '[']) {
                    self.undefined_footnote(label, range.end - 1..range.end + label.len() + 2);
                }
            }
            ("[" | "![", _) if !is_escaped => self.check_no_closing(range.start),
            ("<", Some('!')) if !is_escaped && line.starts_with("!--") => {
                self.open_comment(range.start..range.end + line.trim_end().len());
            }
            ("<", Some('w')) if !is_escaped && line.starts_with("www.") => {
                let Some((host, _)) = line.split_once('>') else { return };
                if !host.contains(' ') {
                    self.address_without_scheme(host, range.end..range.end + host.len());
                }
            }
            _ => {}
        }
    }

    /// Reports `[^1]` without its footnote.
    fn undefined_footnote(&mut self, label: &str, place: Range<usize>) {
        if self.mode != Mode::Body {
            return self.misplaced(&place, words!("Fußnoten", "footnotes"));
        }
        self.footnotes.undefined.push((label.to_owned(), place));
    }

    /// Reports a comment in a line that does not end within its paragraph.
    fn open_comment(&mut self, place: Range<usize>) {
        let message = words!(
            "der Kommentar endet nicht im selben Absatz und erscheint als Text",
            "the comment does not end within its paragraph and comes out as text"
        );
        let help = words!(
            "schreiben Sie `-->` an sein Ende, noch im selben Absatz",
            "write `-->` at its end, within the same paragraph"
        );
        let problem = self.problem(Code::PlainMarkup, place, message);
        self.notes.push(problem.severity(Severity::Warning).help(help));
    }

    /// Reports `<www.example.org>`.
    fn address_without_scheme(&mut self, host: &str, place: Range<usize>) {
        let message = words!("der Adresse fehlt `https://`", "the address lacks `https://`");
        let advice = words!("schreiben Sie `https://{host}`", "write `https://{host}`");
        let fix = self.span(place.clone());
        let problem = self.problem(Code::UrlWithoutScheme, place, message);
        self.notes.push(problem.fix(advice, fix, format!("https://{host}")));
    }
}
