//! The front matter of a document, as it is held.
//!
//! As a tree it takes five times the room of its text, and who builds again and again reads it once.
//! So it can be folded: then only the text is held, and the tree is made anew for whoever asks.

use std::borrow::Cow;
use std::sync::Arc;

use super::front;
use super::toml::Node;
use crate::path::RelPath;

/// The front matter of a document.
#[derive(Clone, Debug)]
pub enum Fields {
    /// As a table, with a span on every key and value.
    Read(Node),
    /// As it is written, from the file's start to the end of its closing line; nothing is wrong with
    /// it.
    Folded(Arc<str>),
}

impl Fields {
    /// The table, for the file at `path`.
    pub fn node(&self, path: &RelPath) -> Cow<'_, Node> {
        match self {
            Self::Read(node) => Cow::Borrowed(node),
            // All that there was to say was said at the first reading.
            Self::Folded(text) => Cow::Owned(front::read(&mut Vec::new(), path, text).0),
        }
    }

    /// Whether there is no table.
    pub fn is_broken(&self) -> bool {
        matches!(self, Self::Read(node) if node.is_broken())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::{markdown_file, markdown_file_to_keep};

    #[test]
    fn what_was_folded_is_what_it_was() {
        let path = RelPath::new("content/a.md");
        for (text, is_folded) in [
            ("+++\ntitle = \"A\"\n+++\n\nText\n+++\n", true),
            ("+++\r\ntitle = \"A\"\r\ndate = 2026-01-01\r\n+++\r\nText", true),
            ("\n\n+++\ntitle = \"A\"\n+++", false),
            ("+++\n# nothing\n+++\n", true),
            ("+++\ntitle = \"\"\"\n+ ++\n\"\"\"\n[a.b]\nc = [1,\n2]\n+++\nText", true),
            ("+++\ntitle = \"A\n+++\nText", false),
            ("---\ntitle: A\n---\nText", false),
            ("Text", false),
            ("", false),
        ] {
            let (doc, notes) = markdown_file(&path, text);
            let (folded, said) = markdown_file_to_keep(&path, text);
            assert_eq!(doc.front.node(&path), folded.front.node(&path), "{text:?}");
            assert_eq!(doc.front.is_broken(), folded.front.is_broken());
            assert_eq!((&doc.body.html, notes.len()), (&folded.body.html, said.len()));
            assert_eq!(matches!(folded.front, Fields::Folded(_)), is_folded, "{text:?} {notes:?}");
        }
    }
}
