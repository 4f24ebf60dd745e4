//! What the program needs to know of a file that it does not read as text: its size, its
//! fingerprint, and whether it is a picture.

use std::io::{self, Read};

use super::loads::{self, Load};
use super::{Files, exif};
use crate::path::RelPath;
use crate::print::{Fingerprint, Printer};

/// So many bytes of a file are looked at to learn a picture's size.
const HEAD: usize = 256 * 1024;

/// So many bytes of a file are looked at that may load others.
const ACTIVE: usize = 4 * 1024 * 1024;

/// A file as it is published: known, but not held in memory.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FileInfo {
    /// Its size in bytes.
    pub size: u64,
    /// The fingerprint of its bytes.
    pub print: Fingerprint,
    /// What it shows, if it is a picture.
    pub picture: Option<PictureSize>,
    /// Whether it is a photo that says where it was taken.
    pub has_position: bool,
    /// What it would load from elsewhere, if it is an SVG picture, a page, a style sheet or a script.
    pub loads: Box<[Load]>,
}

/// A picture's own size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PictureSize {
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

/// Looks at a file.
pub fn inspect(files: &dyn Files, path: &RelPath) -> io::Result<FileInfo> {
    let mut stream = files.open(path)?;
    let mut printer = Printer::default();
    let mut head = Vec::new();
    let mut buffer = vec![0; 64 * 1024];
    let mut size = 0;
    let extension = path.extension();
    let is_active = matches!(&*extension, "svg" | "html" | "htm" | "css" | "js" | "mjs");
    let enough = if is_active { ACTIVE } else { HEAD };
    loop {
        let count = stream.read(&mut buffer)?;
        if count == 0 {
            break;
        }
        printer.add(&buffer[..count]);
        size += count as u64;
        if head.len() < enough {
            head.extend_from_slice(&buffer[..count]);
        }
    }
    let picture = picture_size(&extension, &head);
    let has_position = exif::has_position(&head);
    let loads = match &*extension {
        "svg" | "html" | "htm" => loads::markup(&head),
        "css" => loads::style(&head),
        "js" | "mjs" => loads::script(&head),
        _ => Vec::new(),
    };
    Ok(FileInfo { size, print: printer.finish(), picture, has_position, loads: loads.into() })
}

/// Whether files with this ending are pictures.
pub fn is_picture_name(extension: &str) -> bool {
    matches!(extension, "svg" | "png" | "jpg" | "jpeg" | "gif" | "webp" | "avif")
}

/// The size of a picture, if the bytes are one and its name says so.
fn picture_size(extension: &str, head: &[u8]) -> Option<PictureSize> {
    match extension {
        "svg" => svg_size(text_of(head)),
        _ if is_picture_name(extension) => {
            let size = imagesize::blob_size(head).ok()?;
            let (width, height) =
                (u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?);
            (width > 0 && height > 0).then_some(PictureSize { width, height })
        }
        _ => None,
    }
}

/// The text at the start of some bytes, which may end in the middle of a character.
fn text_of(bytes: &[u8]) -> &str {
    let end = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    std::str::from_utf8(bytes.get(..end).unwrap_or_default()).unwrap_or_default()
}

/// The size of an SVG: `width` and `height` of its root, else those of its `viewBox`.
fn svg_size(text: &str) -> Option<PictureSize> {
    let start = text.find("<svg")?;
    let root = &text[start..];
    let root = &root[..root.find('>')?];
    let number = |name: &str| {
        let value = attribute(root, name)?;
        value.trim_end_matches("px").trim().parse::<f64>().ok()
    };
    let (width, height) = match (number("width"), number("height")) {
        (Some(width), Some(height)) => (width, height),
        _ => {
            let view = attribute(root, "viewBox")?;
            let parts: Vec<f64> =
                view.split([' ', ',']).filter_map(|part| part.parse().ok()).collect();
            (*parts.get(2)?, *parts.get(3)?)
        }
    };
    let is_size = |number: f64| (1.0..100_000.0).contains(&number);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked just above"
    )]
    let whole = |number: f64| number.round() as u32;
    (is_size(width) && is_size(height))
        .then(|| PictureSize { width: whole(width), height: whole(height) })
}

/// The value of an attribute in a start tag.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = tag;
    while let Some(at) = rest.find(name) {
        let before = rest[..at].chars().next_back();
        let after = rest[at + name.len()..].trim_start();
        rest = &rest[at + name.len()..];
        if let (Some(before), Some(value)) = (before, after.strip_prefix('='))
            && before.is_whitespace()
        {
            let value = value.trim_start();
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            return value[1..].split(quote).next();
        }
    }
    None
}
