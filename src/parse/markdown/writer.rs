//! The state machine that the parser's events run through.
//!
//! Everything that is in the making has a buffer with a name: the heading, the link, the picture,
//! the code, the table. What happens at an event stands in the module named after the thing; this
//! one only sends events there. Nothing recurses, so deep nesting costs no stack.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::Mode;
use super::draft::{Draft, Mark};
use super::excerpt::Plain;
use super::flow::CodeBuffer;
use super::footnote::Notes;
use super::heading::HeadingBuffer;
use super::html_block::HtmlBuffer;
use super::ids::Ids;
use super::label::Definitions;
use super::link::LinkBuffer;
use super::lookalike;
use super::mask::Mask;
use super::picture::PictureBuffer;
use super::raw::Open;
use super::simple::Sentence;
use super::table::TableBuffer;
use super::tongue::Tongues;
use crate::diag::Diagnostic;
use crate::parse::{Markup, Place};
use crate::print::Hashed;
use crate::source::bytes::any_in_file;

/// Turns events into HTML and takes down what was seen on the way.
pub(super) struct Writer<'a> {
    /// What is wrong so far.
    pub(super) notes: &'a mut Vec<Diagnostic>,
    /// The text as it was written.
    pub(super) source: &'a str,
    /// Where the text stands.
    pub(super) place: &'a Place,
    /// What was hidden from the parser.
    pub(super) mask: &'a Mask,
    /// How much of Markdown the text may use.
    pub(super) mode: Mode,
    /// Where each label of a link is defined.
    pub(super) definitions: Definitions,
    /// The labels that links and pictures use.
    pub(super) used: BTreeSet<String>,
    /// Where HTML goes now.
    pub(super) out: Draft,
    /// Drafts put aside while a footnote is written, each with the footnote's place in the list.
    pub(super) outer: Vec<(Draft, usize)>,
    /// The links, pictures and blocks so far.
    pub(super) markup: Markup,
    /// The headings so far.
    pub(super) headings: Vec<HeadingBuffer>,
    /// Whether the last of them is still being written.
    pub(super) in_heading: bool,
    /// How far the draft was after the last heading.
    pub(super) after_heading: Option<Mark>,
    /// The footnotes so far.
    pub(super) footnotes: Notes,
    /// The paragraph being written: how far the draft was after its start tag.
    pub(super) paragraph: Option<Mark>,
    /// The list item that began last: how far the draft was after `<li`.
    pub(super) item: Option<Mark>,
    /// The link being written.
    pub(super) link: Option<LinkBuffer>,
    /// The picture whose alternative text is being read.
    pub(super) picture: Option<PictureBuffer>,
    /// The code being read.
    pub(super) code: Option<CodeBuffer>,
    /// The block of raw HTML being read.
    pub(super) html: Option<HtmlBuffer>,
    /// The table being written.
    pub(super) table: Option<TableBuffer>,
    /// Inline elements that are open, the outermost first.
    pub(super) open: Vec<Open>,
    /// How many start tags of a name were rejected whose end tags are still to come.
    pub(super) rejected: BTreeMap<String, usize>,
    /// Whether the source has signs that other programs give a meaning to.
    pub(super) has_signs: bool,
    /// How many marks of other programs were found.
    pub(super) foreign_marks: usize,
    /// The end of the last row that was told to be parted from the next one by an empty line.
    pub(super) spread_row: Option<usize>,
    /// How far the source was looked at for emphasis that is none.
    pub(super) emphasis_end: usize,
    /// A number that no footnote has, once somebody asked.
    pub(super) free_label: Option<usize>,
    /// Whether the source has an odd number of `**`, once somebody asked.
    pub(super) has_odd_marks: Option<bool>,
    /// The sentence being read, in texts whose sentences are to be short.
    pub(super) sentence: Option<Sentence>,
    /// The languages that were heard, in texts that may have several.
    pub(super) tongues: Option<Tongues>,
    /// The words so far.
    pub(super) plain: Plain,
    /// How many lists, quotes and footnotes are open.
    pub(super) depth: usize,
    /// Whether a block in a text of one line was reported; the others follow from it.
    pub(super) misplaced: bool,
}

impl<'a> Writer<'a> {
    /// A writer for one text.
    pub(super) fn new(
        notes: &'a mut Vec<Diagnostic>,
        source: &'a str,
        place: &'a Place,
        (mask, mode): (&'a Mask, Mode),
    ) -> Self {
        Self {
            notes,
            source,
            place,
            mask,
            mode,
            definitions: Definitions::new(),
            used: BTreeSet::new(),
            out: Draft::with_room(source.len() + source.len() / 4),
            outer: Vec::new(),
            markup: Markup::default(),
            headings: Vec::new(),
            in_heading: false,
            after_heading: None,
            footnotes: Notes::default(),
            paragraph: None,
            item: None,
            link: None,
            picture: None,
            code: None,
            html: None,
            table: None,
            open: Vec::new(),
            rejected: BTreeMap::new(),
            has_signs: any_in_file(source.as_bytes(), lookalike::is_sign),
            foreign_marks: 0,
            spread_row: None,
            emphasis_end: 0,
            free_label: None,
            has_odd_marks: None,
            sentence: Sentence::of(place, mode),
            tongues: Tongues::of(source, place, mode),
            plain: Plain::default(),
            depth: 0,
            misplaced: false,
        }
    }

    /// Takes the next event.
    pub(super) fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        if let Some(link) = &mut self.link {
            link.saw(&event, range.end);
        }
        if self.picture.is_some() {
            return self.picture_event(&event);
        }
        self.hear(&event, &range);
        self.listen(&event, &range);
        match event {
            Event::Start(tag) if is_inline(&tag) => self.start_inline(tag, range),
            Event::Start(tag) => {
                self.end_inline();
                self.check_place(&tag, &range);
                self.start_block(tag, range);
            }
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) => self.text(&text, range),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.code_span(&text);
            }
            Event::Html(html) => self.html_line(&html, range),
            Event::InlineHtml(html) => self.inline_html(&html, range),
            Event::FootnoteReference(label) => self.note_reference(&label, range),
            Event::SoftBreak => self.soft_break(),
            Event::HardBreak => self.hard_break(),
            Event::Rule => self.rule(range),
            Event::TaskListMarker(done) => self.task(done),
        }
    }

    /// Begins a block.
    fn start_block(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => return self.start_paragraph(&range),
            Tag::Heading { level, id, classes, .. } => {
                return self.start_heading(level as u8, id.as_deref(), &classes, range);
            }
            Tag::CodeBlock(kind) => return self.start_code(kind),
            Tag::HtmlBlock => self.html = Some(HtmlBuffer::default()),
            Tag::FootnoteDefinition(label) => self.start_note(&label, range),
            Tag::BlockQuote(kind) => self.start_quote(kind),
            Tag::List(start) => self.start_list(start),
            Tag::Item => self.start_item(),
            Tag::DefinitionList => self.block_tag("<dl>\n"),
            Tag::DefinitionListTitle => self.block_tag("<dt>"),
            Tag::DefinitionListDefinition => self.block_tag("<dd>"),
            Tag::Table(alignments) => return self.start_table(alignments),
            Tag::TableHead => return self.start_row(true),
            Tag::TableRow => return self.start_row(false),
            Tag::TableCell => return self.start_cell(),
            _ => {}
        }
        self.depth += 1;
    }

    /// Ends a block or an inline element.
    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Emphasis => return self.close_markdown("</em>"),
            TagEnd::Strong => return self.close_markdown("</strong>"),
            TagEnd::Strikethrough => return self.end_strikethrough(&range),
            TagEnd::Link => return self.end_link(range),
            _ => self.end_inline(),
        }
        match tag {
            TagEnd::Paragraph => return self.end_paragraph(),
            TagEnd::Heading(level) => return self.end_heading(level as u8, range),
            TagEnd::CodeBlock => return self.end_code(range),
            TagEnd::HtmlBlock => self.end_html(),
            TagEnd::FootnoteDefinition => self.end_note(),
            TagEnd::BlockQuote(kind) => self.end_quote(kind),
            TagEnd::List(true) => self.out.push("</ol>\n"),
            TagEnd::List(false) => self.out.push("</ul>\n"),
            TagEnd::Item => self.out.push("</li>\n"),
            TagEnd::DefinitionList => self.out.push("</dl>\n"),
            TagEnd::DefinitionListTitle => self.out.push("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.out.push("</dd>\n"),
            TagEnd::Table => return self.end_table(),
            TagEnd::TableHead => return self.end_row(true, range),
            TagEnd::TableRow => return self.end_row(false, range),
            TagEnd::TableCell => return self.end_cell(range),
            _ => {}
        }
        self.depth = self.depth.saturating_sub(1);
    }

    /// Starts a block with a tag on a line of its own.
    pub(super) fn block_tag(&mut self, tag: &str) {
        self.out.fresh_line();
        self.out.push(tag);
    }

    /// Ends the inline elements of a block: nothing reaches into the next one.
    pub(super) fn end_inline(&mut self) {
        self.close_raw(0);
        self.plain.end_block();
    }

    /// The finished markup.
    pub(super) fn finish(mut self) -> Markup {
        self.check_captions();
        self.check_tongues();
        self.check_definitions();
        self.check_section(0);
        let mut ids = Ids::default();
        let headings = self.finish_headings(&mut ids);
        let mut finished = self.finish_notes(&mut ids, &headings);
        let (words, excerpt) = self.plain.finish();
        let own = headings.iter().map(|heading| heading.id.clone());
        let anchors = own.chain(finished.anchors).collect();
        let html = finished.html;
        let mut markup = self.markup;
        // All of this is held for as long as the site is.
        markup.links.shrink_to_fit();
        markup.pictures.shrink_to_fit();
        finished.holes.shrink_to_fit();
        Markup {
            html: Hashed::new(Arc::from(html)),
            holes: finished.holes,
            headings,
            anchors,
            words,
            excerpt: Arc::from(excerpt),
            ..markup
        }
    }
}

/// Whether the end of a tag stands inside a paragraph.
pub(super) fn is_inline_end(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image
    )
}

/// Whether a tag stands inside a paragraph.
pub(super) fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
    )
}
