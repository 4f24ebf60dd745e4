//! Markdown to HTML with holes.
//!
//! CommonMark, as pulldown-cmark reads it, with the extensions of the authoring guide. Its events
//! run through one state machine, `writer::Writer`, which writes the HTML and takes down what
//! the rest of the program needs to know: headings, links, pictures, blocks. Whatever Markdown
//! would turn into plain text in silence (an undefined footnote, an unknown alert) is an error
//! here. Nothing in this module looks beyond the text it is given.

mod address;
mod alert;
mod angle;
mod apart;
mod bare_block;
mod brackets;
mod broken;
mod date;
mod draft;
mod emphasis;
mod excerpt;
mod finished;
mod flow;
mod footnote;
mod foreign_mark;
mod heading;
mod html_block;
mod ids;
mod indented;
mod inline;
mod inline_note;
mod items;
mod label;
mod link;
mod link_words;
mod lookalike;
mod mask;
mod outline;
mod picture;
mod place;
mod quote;
mod raw;
mod rows;
mod shortcode;
mod simple;
mod table;
mod target;
mod task;
mod tongue;
#[cfg(test)]
mod tests;
mod writer;

use pulldown_cmark::{LinkType, Options, Parser};

use self::mask::Mask;
use self::writer::Writer;
use super::{Markup, Place};
use crate::diag::Diagnostic;

pub use self::target::{is_local, is_scheme};

/// The theme strings that [`Filling::Word`](super::Filling::Word) asks for.
pub const WORDS: [&str; 11] = [
    "alert_caution",
    "alert_important",
    "alert_note",
    "alert_tip",
    "alert_warning",
    "footnote",
    "footnote_back",
    "footnotes",
    "table",
    "task_done",
    "task_open",
];

/// How much of Markdown a text may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    /// All of it: the body of a page.
    Body,
    /// Paragraphs, lists, tables and quotes, but no headings, footnotes and blocks, whose ids
    /// would clash with those of the body.
    Prose,
    /// One line without blocks of any sort; its HTML has no paragraph around it.
    Inline,
}

/// Reads the body of a page.
pub fn body(notes: &mut Vec<Diagnostic>, text: &str, place: &Place) -> Markup {
    read(notes, text, place, Mode::Body)
}

/// Reads a field that takes paragraphs, but neither headings nor blocks.
pub fn prose(notes: &mut Vec<Diagnostic>, text: &str, place: &Place) -> Markup {
    read(notes, text, place, Mode::Prose)
}

/// Reads a field that takes one line of words, emphasis and links.
pub fn inline(notes: &mut Vec<Diagnostic>, text: &str, place: &Place) -> Markup {
    // Indented text would be code; in TOML's multi-line strings the indent means nothing.
    let trimmed = text.trim_start();
    let place = place.part(text.len() - trimmed.len());
    read(notes, trimmed.trim_end(), &place, Mode::Inline)
}

/// Runs the parser's events through the state machine.
fn read(notes: &mut Vec<Diagnostic>, source: &str, place: &Place, mode: Mode) -> Markup {
    let (text, mask) = Mask::hide(source, mode == Mode::Inline);
    let mut undefined = Vec::new();
    let on_undefined = |link: pulldown_cmark::BrokenLink<'_>| {
        undefined.push((link.link_type, link.span));
        None
    };
    let parser = Parser::new_with_broken_link_callback(&text, options(), Some(on_undefined));
    let definitions = parser.reference_definitions().iter();
    let definitions: label::Definitions = definitions
        .map(|(label, definition)| (label::normal(label), definition.span.clone()))
        .collect();
    let labels: Vec<String> = definitions.keys().cloned().collect();
    let already = notes.len();
    let mut writer = Writer::new(notes, source, place, (&mask, mode));
    writer.definitions = definitions;
    for (event, range) in parser.into_offset_iter() {
        writer.event(event, range);
    }
    for (_, range) in undefined.iter().filter(|(kind, _)| *kind != LinkType::Shortcut) {
        // What is proposed there needs no word of its own.
        let text = source.get(range.clone()).unwrap_or_default();
        writer.used.extend(label::meant(text, &labels));
    }
    let markup = writer.finish();
    for (kind, range) in undefined {
        label::report(notes, (source, place), &labels, (kind, range));
    }
    if let Place::Within(_) = place {
        // The text's bytes are not the file's: no edit can be given.
        notes[already..]
            .iter_mut()
            .flat_map(|note| &mut note.help)
            .for_each(|help| help.fix = None);
    }
    markup
}

/// The extensions in use. No smart punctuation: quotation marks come out as they were written.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
}
