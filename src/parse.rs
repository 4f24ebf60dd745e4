//! PARSE: one file, nothing else.
//!
//! [`markdown_file`] turns the text of a Markdown file into a [`Doc`]; a `Doc` holds nothing that
//! another file could change. Links, pictures and blocks are [`Hole`]s in its HTML, filled when the
//! whole site is known. Front matter stays an untyped tree of [`toml::Node`]s: which fields there
//! may be is for `model` to say, so a changed schema does not parse any Markdown again.

pub mod block;
mod conflict;
pub mod fields;
pub mod front;
pub mod highlight;
pub mod html;
pub mod markdown;
pub mod placeholder;
pub mod toml;

use std::ops::Range;
use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Span};
use crate::path::RelPath;
use crate::print::Hashed;
pub use fields::Fields;
pub use placeholder::Placeholder;

/// What one Markdown file says, knowing no other file.
#[derive(Clone, Debug)]
pub struct Doc {
    /// The file.
    pub path: RelPath,
    /// The front matter.
    pub front: Fields,
    /// What of the front matter could not be read; values that touch a syntax error are not
    /// checked further.
    pub damage: toml::Damage,
    /// The body.
    pub body: Arc<Markup>,
}

/// A stretch of Markdown, turned into HTML with holes.
#[derive(Clone, Debug, Default)]
pub struct Markup {
    /// The HTML without what stands in the holes.
    pub html: Hashed<Arc<str>>,
    /// The holes, by position in `html`.
    pub holes: Vec<Hole>,
    /// The headings, in order.
    pub headings: Vec<Heading>,
    /// Every id that a link can lead to: headings, footnotes.
    pub anchors: Vec<Arc<str>>,
    /// The links, in order.
    pub links: Vec<Link>,
    /// The pictures, in order.
    pub pictures: Vec<Picture>,
    /// The blocks, in order.
    pub blocks: Vec<Block>,
    /// Whether code, a block or a comment in it does not end: what stands below was not read.
    pub is_open: bool,
    /// What was meant to be replaced, by its place in the file; of a whole body only.
    pub placeholders: Box<[Placeholder]>,
    /// The number of words.
    pub words: u32,
    /// The first paragraph's plain text, at most 300 characters.
    pub excerpt: Arc<str>,
}

/// A place in the HTML that is filled later.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Hole {
    /// The byte in the HTML before which it belongs.
    pub at: usize,
    /// What belongs there.
    pub what: Filling,
}

/// What belongs into a hole. Numbers are indices into the markup's lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Filling {
    /// The start tag of a link: `<a href="…">`; nothing if the target is not published yet.
    LinkStart(usize),
    /// The words of a link that was written without any: the target's title.
    LinkWords(usize),
    /// The end tag that goes with `LinkStart`.
    LinkEnd(usize),
    /// A whole picture: `<img>`, or `<figure>` if it stands alone.
    Picture(usize),
    /// A whole block.
    Block(usize),
    /// A word of the page's language: the theme string with this key, escaped for an attribute.
    Word(&'static str),
}

/// A heading of the body.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Heading {
    /// 2 to 6.
    pub level: u8,
    /// The id, stable as long as the words are.
    pub id: Arc<str>,
    /// The words, without markup.
    pub title: Arc<str>,
}

/// A link as it was written.
#[derive(Clone, Debug)]
pub struct Link {
    /// Where it is to lead.
    pub target: Arc<Target>,
    /// The title in quotes behind the address, if any.
    pub title: Option<Arc<str>>,
    /// The place of the address.
    pub span: Span,
}

/// Where a link is to lead.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// Another site, `mailto:` or `tel:`: taken as it is.
    Outside(Arc<str>),
    /// A heading of the same page, without the `#`.
    Here(Arc<str>),
    /// A relative path, percent-decoded, and an anchor in the page it leads to.
    File(Arc<str>, Option<Arc<str>>),
    /// A path from the site's root (`/initiativen/`), percent-decoded, and an anchor.
    Address(Arc<str>, Option<Arc<str>>),
    /// An entry: kind, id, anchor. Whether such a kind exists is not known here.
    Entry(Arc<str>, Arc<str>, Option<Arc<str>>),
}

/// A picture as it was written.
#[derive(Clone, Debug)]
pub struct Picture {
    /// The relative path, percent-decoded.
    pub path: Arc<str>,
    /// The text in brackets, plain; empty if none was written.
    pub alt: Arc<str>,
    /// The title in quotes: the caption.
    pub caption: Option<Arc<str>>,
    /// Whether it stands alone in its paragraph and so becomes a figure.
    pub alone: bool,
    /// The place of the whole picture.
    pub span: Span,
}

/// A block as it was written: a fence whose info string is a name in braces.
#[derive(Clone, Debug)]
pub struct Block {
    /// The name in braces.
    pub name: Arc<str>,
    /// The place of the name.
    pub span: Span,
    /// Its parameters: a table, with spans in the file.
    pub parameters: toml::Node,
    /// What of the parameters could not be read.
    pub damage: toml::Damage,
}

/// Where a text that is not a file of its own stands in a file.
#[derive(Clone, Debug)]
pub enum Place {
    /// Its bytes stand in the file as they are, from this byte on.
    At(RelPath, usize),
    /// They are written with escapes; all that can be said is this stretch.
    Within(Span),
}

impl Place {
    /// The span of some of the text's bytes.
    pub fn span(&self, range: Range<usize>) -> Span {
        match self {
            Self::At(path, start) => Span::new(path, start + range.start..start + range.end),
            Self::Within(span) => span.clone(),
        }
    }

    /// The place of the part of the text that begins with byte `offset`.
    pub fn part(&self, offset: usize) -> Self {
        match self {
            Self::At(path, start) => Self::At(path.clone(), start + offset),
            Self::Within(span) => Self::Within(span.clone()),
        }
    }
}

impl Doc {
    /// What stands for a file that could not be read.
    pub fn unread(path: &RelPath) -> Self {
        Self {
            path: path.clone(),
            front: Fields::Read(toml::Node::broken(0..0)),
            damage: toml::Damage::whole(0..0),
            body: Arc::default(),
        }
    }
}

/// Parses a whole Markdown file. The text is whole and has no byte-order mark; line ends may be
/// CRLF.
pub fn markdown_file(path: &RelPath, text: &str) -> (Doc, Vec<Diagnostic>) {
    file((path, text), false)
}

/// The same for a document that is held for long: its front matter is folded, unless something is
/// wrong with it.
pub fn markdown_file_to_keep(path: &RelPath, text: &str) -> (Doc, Vec<Diagnostic>) {
    file((path, text), true)
}

/// Parses a Markdown file, and folds its front matter if that is wanted.
fn file((path, text): (&RelPath, &str), folds: bool) -> (Doc, Vec<Diagnostic>) {
    let whole = Place::At(path.clone(), 0);
    if let Some(note) = conflict::report(text, &whole, Code::PlainMarkup) {
        return (Doc::unread(path), vec![note]);
    }
    let mut notes = Vec::new();
    let (front, damage, range) = front::read(&mut notes, path, text);
    let is_clean = notes.is_empty() && damage.is_empty() && !front.is_broken();
    let front = match folds && is_clean {
        true => Fields::Folded(Arc::from(&text[..range.start])),
        false => Fields::Read(front),
    };
    let place = Place::At(path.clone(), range.start);
    let mut body = markdown::body(&mut notes, &text[range.clone()], &place);
    body.placeholders = placeholders(&text[range.clone()], range.start);
    (Doc { path: path.clone(), front, damage, body: Arc::new(body) }, notes)
}

/// What of a body that begins with byte `start` was meant to be replaced.
fn placeholders(text: &str, start: usize) -> Box<[Placeholder]> {
    let mut all = placeholder::found(text);
    for one in &mut all {
        one.range = one.range.start + start..one.range.end + start;
    }
    all.into()
}
