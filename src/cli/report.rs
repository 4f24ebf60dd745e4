//! Printing: diagnostics, and the last line.

use std::io::{self, IsTerminal, Write};

use super::args::{Common, Format, MessageLang};
use crate::diag::text::Style;
use crate::diag::{Diagnostic, Tongue, machine, text};
use crate::path::RelPath;
use crate::pipeline::text_of;
use crate::source::Files;

/// The language that messages are printed in.
pub(super) fn tongue(common: &Common, site: Tongue) -> Tongue {
    match common.lang {
        Some(MessageLang::De) => Tongue::De,
        Some(MessageLang::En) => Tongue::En,
        None => site,
    }
}

/// Prints diagnostics: text to the standard error, for programs to the standard output.
pub(super) fn diagnostics(format: Format, files: &dyn Files, notes: &[Diagnostic], tongue: Tongue) {
    let texts = |path: &RelPath| text_of(files, path);
    match format {
        Format::Text => {
            for_people(files, notes, tongue);
            let summary = text::summary(notes, tongue);
            if !summary.is_empty() {
                say(&format!("{summary}\n"));
            }
        }
        Format::Json => print(&machine::json(notes, &texts, tongue)),
        Format::Github => print(&machine::github(notes, &texts, tongue)),
        Format::Gitlab => print(&machine::gitlab(notes, &texts, tongue)),
    }
}

/// Prints diagnostics as text, without counting them.
pub(super) fn for_people(files: &dyn Files, notes: &[Diagnostic], tongue: Tongue) {
    let texts = |path: &RelPath| text_of(files, path);
    let color = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    say(&text::render(notes, &texts, Style { tongue, color }));
}

/// Prints the last line, where it does not get into the way of a program that reads.
pub(super) fn last_line(format: Format, line: &str) {
    match format {
        Format::Text => print(&format!("{line}\n")),
        Format::Json | Format::Github | Format::Gitlab => say(&format!("{line}\n")),
    }
}

/// Prints to the standard output. Whoever closed it does not want to hear more.
pub(super) fn print(text: &str) {
    let _ = io::stdout().lock().write_all(text.as_bytes());
}

/// Prints to the standard error.
pub(super) fn say(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}
