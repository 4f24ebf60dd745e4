//! Pictures: their alternative text is Markdown, too, but comes out as plain words.

use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::Event;

use super::Mode;
use super::link::{backslash, local};
use super::target::is_local;
use super::writer::Writer;
use crate::diag::{Code, Words};
use crate::parse::{Filling, Picture};
use crate::path::percent_decoded;
use crate::words;

/// A picture whose alternative text is being read.
#[derive(Debug)]
pub(super) struct PictureBuffer {
    /// The address, as written but without escapes.
    address: String,
    /// The caption.
    caption: Option<Arc<str>>,
    /// The alternative text so far.
    alt: String,
    /// How many elements are open inside.
    depth: usize,
    /// The place of the whole picture.
    range: Range<usize>,
}

impl Writer<'_> {
    /// Begins a picture.
    pub(super) fn start_picture(&mut self, address: &str, title: &str, range: Range<usize>) {
        self.picture = Some(PictureBuffer {
            address: self.mask.raw(address).trim().to_owned(),
            caption: (!title.is_empty()).then(|| Arc::from(self.mask.text(title))),
            alt: String::new(),
            depth: 0,
            range,
        });
    }

    /// Takes an event that belongs to a picture's alternative text, or ends the picture.
    pub(super) fn picture_event(&mut self, event: &Event<'_>) {
        let Some(picture) = &mut self.picture else { return };
        match event {
            Event::Start(_) => picture.depth += 1,
            Event::End(_) if picture.depth > 0 => picture.depth -= 1,
            Event::End(_) => self.end_picture(),
            Event::Text(text) => picture.alt.push_str(&self.mask.text(text)),
            Event::Code(text) => picture.alt.push_str(&self.mask.raw(text)),
            Event::SoftBreak | Event::HardBreak => picture.alt.push(' '),
            _ => {}
        }
    }

    /// Leaves a hole for a picture.
    fn end_picture(&mut self) {
        let Some(picture) = self.picture.take() else { return };
        if self.mode != Mode::Body {
            return self.misplaced(&picture.range, words!("Bilder", "pictures"));
        }
        if is_local(&picture.address) {
            return self.notes.push(local(self.span(picture.range)));
        }
        if picture.address.contains('\\') {
            return self.windows_path(&picture);
        }
        if let Some((code, message, help)) = address_fault(&picture.address) {
            let problem = self.problem(code, picture.range, message).help(help);
            return self.notes.push(problem);
        }
        if let Some(heading) = self.headings.last_mut().filter(|_| self.in_heading) {
            heading.title.push_str(&picture.alt);
        }
        let path = percent_decoded(&picture.address).unwrap_or(picture.address);
        self.plain.gap();
        self.out.hole(Filling::Picture(self.markup.pictures.len()));
        self.markup.pictures.push(Picture {
            path: Arc::from(path),
            alt: Arc::from(picture.alt.trim()),
            caption: picture.caption,
            alone: false,
            span: self.place.span(picture.range),
        });
    }

    /// Reports a path with backslashes.
    fn windows_path(&mut self, picture: &PictureBuffer) {
        let right = picture.address.replace('\\', "/");
        let whole = self.source.get(picture.range.clone()).unwrap_or_default();
        let start = whole.rfind("](").map_or(0, |at| at + 2);
        let part = whole[start..].find(&picture.address).map(|at| picture.range.start + start + at);
        let part = part.map(|at| self.span(at..at + picture.address.len()));
        let place = self.span(picture.range.clone());
        let mut problem = backslash(place.clone(), (part.clone().unwrap_or(place), &right));
        if part.is_none() {
            problem.help.iter_mut().for_each(|help| help.fix = None);
        }
        self.notes.push(problem);
    }

    /// Reports captions of pictures that stand in the middle of text, where none can be shown.
    pub(super) fn check_captions(&mut self) {
        let pictures = self.markup.pictures.iter();
        for picture in pictures.filter(|picture| picture.caption.is_some() && !picture.alone) {
            let message = words!(
                "ein Bild mitten im Text kann keine Bildunterschrift haben",
                "a picture in the middle of text cannot have a caption"
            );
            let help = words!(
                "setzen Sie das Bild zwischen zwei Leerzeilen oder löschen Sie den Text in \
                 Anführungszeichen",
                "put the picture between two empty lines, or delete the text in quotation marks"
            );
            let span = picture.span.clone();
            let problem = crate::diag::Diagnostic::new(Code::PictureTitle, span, message);
            self.notes.push(problem.help(help));
        }
    }
}

/// Why a picture's address cannot be, and what to do about it.
fn address_fault(address: &str) -> Option<(Code, Words, Words)> {
    let scheme = address.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    let path_help = words!(
        "schreiben Sie den Pfad des Bildes, zum Beispiel `bild.jpg`, in die runden Klammern",
        "write the path of the picture, for example `picture.jpg`, into the round brackets"
    );
    if address.is_empty() {
        let message = words!("das Bild hat keine Adresse", "the picture has no address");
        return Some((Code::LinkScheme, message, path_help));
    }
    if address.starts_with("//") || matches!(scheme.as_deref(), Some("http" | "https")) {
        let message = words!(
            "das Bild `{address}` würde von einem fremden Server geladen",
            "the picture `{address}` would be loaded from another server"
        );
        let help = words!(
            "speichern Sie das Bild neben der Seite und schreiben Sie seinen Dateinamen",
            "save the picture next to the page and write the name of its file"
        );
        return Some((Code::ForeignOrigin, message, help));
    }
    let scheme = scheme.filter(|scheme| scheme.bytes().all(|byte| byte.is_ascii_alphanumeric()))?;
    let message = words!(
        "`{scheme}:` ist bei Bildern nicht erlaubt",
        "`{scheme}:` is not allowed for pictures"
    );
    Some((Code::LinkScheme, message, path_help))
}
