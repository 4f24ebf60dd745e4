//! What an output is said to be.
//!
//! By the ending of its name, as the common hosts do it. Text is always UTF-8 here.

/// Endings, in order, and their types.
const TYPES: &[(&str, &str)] = &[
    ("apng", "image/apng"),
    ("atom", "application/atom+xml; charset=utf-8"),
    ("avif", "image/avif"),
    ("css", "text/css; charset=utf-8"),
    ("csv", "text/csv; charset=utf-8"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("epub", "application/epub+zip"),
    ("gif", "image/gif"),
    ("gz", "application/gzip"),
    ("htm", "text/html; charset=utf-8"),
    ("html", "text/html; charset=utf-8"),
    ("ico", "image/x-icon"),
    ("ics", "text/calendar; charset=utf-8"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("js", "text/javascript; charset=utf-8"),
    ("json", "application/json; charset=utf-8"),
    ("jsonld", "application/ld+json; charset=utf-8"),
    ("m4a", "audio/mp4"),
    ("map", "application/json; charset=utf-8"),
    ("md", "text/markdown; charset=utf-8"),
    ("mjs", "text/javascript; charset=utf-8"),
    ("mov", "video/quicktime"),
    ("mp3", "audio/mpeg"),
    ("mp4", "video/mp4"),
    ("odp", "application/vnd.oasis.opendocument.presentation"),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ("odt", "application/vnd.oasis.opendocument.text"),
    ("ogg", "audio/ogg"),
    ("ogv", "video/ogg"),
    ("opus", "audio/ogg"),
    ("otf", "font/otf"),
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("rss", "application/rss+xml; charset=utf-8"),
    ("srt", "application/x-subrip; charset=utf-8"),
    ("svg", "image/svg+xml; charset=utf-8"),
    ("toml", "application/toml; charset=utf-8"),
    ("ttf", "font/ttf"),
    ("txt", "text/plain; charset=utf-8"),
    ("vcf", "text/vcard; charset=utf-8"),
    ("vtt", "text/vtt; charset=utf-8"),
    ("wasm", "application/wasm"),
    ("wav", "audio/wav"),
    ("webm", "video/webm"),
    ("webmanifest", "application/manifest+json; charset=utf-8"),
    ("webp", "image/webp"),
    ("woff", "font/woff"),
    ("woff2", "font/woff2"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("xml", "application/xml; charset=utf-8"),
    ("yaml", "application/yaml; charset=utf-8"),
    ("yml", "application/yaml; charset=utf-8"),
    ("zip", "application/zip"),
];

/// The type of pages.
pub(super) const HTML: &str = "text/html; charset=utf-8";

/// The type of what is for programs.
pub(super) const JSON: &str = "application/json; charset=utf-8";

/// The type of a few plain words.
pub(super) const PLAIN: &str = "text/plain; charset=utf-8";

/// The type of the file with this name.
pub(super) fn of(name: &str) -> &'static str {
    let name = name.rsplit('/').next().unwrap_or(name);
    // A feed is XML by its ending; readers of feeds look closer.
    if name == "atom.xml" || name.ends_with(".atom.xml") {
        return "application/atom+xml; charset=utf-8";
    }
    let Some((_, ending)) = name.rsplit_once('.') else {
        // What hosts use of these has no ending but is text: `_headers`, `LICENSE`.
        return PLAIN;
    };
    let ending = ending.to_ascii_lowercase();
    match TYPES.binary_search_by_key(&ending.as_str(), |(known, _)| known) {
        Ok(at) => TYPES[at].1,
        Err(_) => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted() {
        assert!(TYPES.is_sorted());
    }

    #[test]
    fn endings_decide() {
        assert_eq!(of("a/index.html"), HTML);
        assert_eq!(of("a/Foto.JPG"), "image/jpeg");
        assert_eq!(of("feeds/events.ics"), "text/calendar; charset=utf-8");
        assert_eq!(of("atom.xml"), "application/atom+xml; charset=utf-8");
        assert_eq!(of("sitemap.xml"), "application/xml; charset=utf-8");
        assert_eq!(of("v1.2/_headers"), PLAIN);
        assert_eq!(of("a.unknown"), "application/octet-stream");
    }
}
