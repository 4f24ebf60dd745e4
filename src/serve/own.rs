//! The few pages that are the server's own.
//!
//! They are for moments in which there is no page of the site to show: before the first build, and
//! where a page cannot be made. They carry the script, so that they give way by themselves.

use axum::http::{HeaderMap, header};

use super::mark;
use crate::diag::{Tongue, Words};
use crate::print::Fingerprint;
use crate::words;

/// The page that stands for the site until it is there.
pub(super) fn building(tongue: Tongue) -> Vec<u8> {
    let title = words!("Die Website wird gebaut …", "The site is being built …");
    let text = words!(
        "Diese Seite weicht ihr von selbst, sobald sie fertig ist.",
        "This page makes way for it by itself as soon as it is done."
    );
    // Where scripts are off, the browser has to ask again by itself.
    let head = "<noscript><meta http-equiv=\"refresh\" content=\"1\"></noscript>\n";
    page((&title, &text), Fingerprint::of_bytes(b"building"), head, tongue)
}

/// The page for an address with nothing behind it, where the site has none of its own.
pub(super) fn nothing(tongue: Tongue) -> Vec<u8> {
    let title = words!("Hier ist nichts", "There is nothing here");
    let text = words!(
        "Unter dieser Adresse veröffentlicht die Website keine Seite.",
        "The site publishes no page at this address."
    );
    page((&title, &text), super::compare::nothing(), "", tongue)
}

/// The page in place of one that could not be made.
pub(super) fn broken(tongue: Tongue) -> Vec<u8> {
    let title = words!("Diese Seite ließ sich nicht bauen", "This page could not be built");
    let text = words!(
        "Das Programm ist daran gescheitert; im Terminal steht mehr.",
        "The program failed at it; the terminal says more."
    );
    page((&title, &text), super::compare::broken(), "", tongue)
}

/// The language to speak before the site says its own: the first that the browser names.
pub(super) fn tongue(known: Option<Tongue>, headers: &HeaderMap) -> Tongue {
    let named = || headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok();
    known.unwrap_or_else(|| match named() {
        Some(langs) if langs.trim_start().to_ascii_lowercase().starts_with("de") => Tongue::De,
        _ => Tongue::En,
    })
}

/// A page with a heading and a sentence.
fn page(
    (title, text): (&Words, &Words),
    print: Fingerprint,
    head: &str,
    tongue: Tongue,
) -> Vec<u8> {
    let lang = match tongue {
        Tongue::De => "de",
        Tongue::En => "en",
    };
    let (title, text, line) = (title.get(tongue), text.get(tongue), mark::line(print));
    let page = format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}</title>\n{head}\
         <style>body {{ font: 1.125rem/1.5 system-ui, sans-serif; max-width: 36rem; \
         margin: 20vh auto; padding: 0 1rem }}</style>\n</head>\n<body>\n<main>\n\
         <h1>{title}</h1>\n<p role=\"status\">{text}</p>\n</main>\n{line}</body>\n</html>\n"
    );
    page.into_bytes()
}
