//! How each sort of file is looked at: as Markdown, as TOML, as a text of a theme, as a file that is
//! published as it is.

use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;

use super::pile::{Found, Look};
use super::trouble;
use crate::diag::{Code, Diagnostic, Span};
use crate::model::Table;
use crate::parse::{self, Doc, Place, toml};
use crate::path::RelPath;
use crate::print::Fingerprint;
use crate::source::inspect::{FileInfo, inspect};
use crate::source::{Files, text};
use crate::words;

/// Markdown files.
pub(super) struct Docs<'a> {
    /// Those that exist but must not or cannot be opened.
    pub(super) refused: &'a BTreeSet<RelPath>,
    /// Whether they are held for long.
    pub(super) is_kept: bool,
}

impl Look<Arc<Doc>> for Docs<'_> {
    fn look(&self, files: &dyn Files, path: &RelPath, old: Option<Fingerprint>) -> Found<Arc<Doc>> {
        if self.refused.contains(path) {
            return Found::Unread(None);
        }
        let parse = match self.is_kept {
            true => parse::markdown_file_to_keep,
            false => parse::markdown_file,
        };
        read(files, path, old, |path, text| parse_doc(path, text, parse(path, text)))
    }

    /// So that the entry exists.
    fn blank(&self, path: &RelPath) -> Option<Arc<Doc>> {
        Some(Arc::new(Doc::unread(path)))
    }
}

/// TOML files.
pub(super) struct Tables;

impl Look<Arc<Table>> for Tables {
    fn look(
        &self,
        files: &dyn Files,
        path: &RelPath,
        old: Option<Fingerprint>,
    ) -> Found<Arc<Table>> {
        read(files, path, old, parse_table)
    }
}

/// Texts that are read as they are, and may be missing.
pub(super) struct Texts;

impl Look<Arc<str>> for Texts {
    fn look(&self, files: &dyn Files, path: &RelPath, old: Option<Fingerprint>) -> Found<Arc<str>> {
        match files.read(path) {
            Ok(bytes) => decoded(path, &bytes, old, |_, text| (Arc::from(text), Vec::new())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Found::Unread(None),
            Err(error) => Found::Unread(Some(Box::new(trouble::unread(files, path, &error)))),
        }
    }
}

/// Files that are not read as text.
pub(super) struct Others;

impl Look<FileInfo> for Others {
    fn look(&self, files: &dyn Files, path: &RelPath, old: Option<Fingerprint>) -> Found<FileInfo> {
        match inspect(files, path) {
            Ok(info) if old == Some(info.print) => Found::Same,
            Ok(info) => Found::New(info.print, Some(info), Vec::new()),
            Err(error) => {
                Found::Unread(Some(Box::new(trouble::unreadable(path, &error.to_string()))))
            }
        }
    }
}

/// Reads and parses a file that there should be.
fn read<T>(
    files: &dyn Files,
    path: &RelPath,
    old: Option<Fingerprint>,
    parse: impl FnOnce(&RelPath, &str) -> (T, Vec<Diagnostic>),
) -> Found<Arc<T>> {
    match files.read(path) {
        Ok(bytes) => decoded(path, &bytes, old, |path, text| {
            let (value, notes) = parse(path, text);
            (Arc::new(value), notes)
        }),
        Err(error) => Found::Unread(Some(Box::new(trouble::unread(files, path, &error)))),
    }
}

/// Parses a file's bytes, if they are others than last time.
fn decoded<V>(
    path: &RelPath,
    bytes: &[u8],
    old: Option<Fingerprint>,
    parse: impl FnOnce(&RelPath, &str) -> (V, Vec<Diagnostic>),
) -> Found<V> {
    let print = Fingerprint::of_bytes(bytes);
    if old == Some(print) {
        return Found::Same;
    }
    let mut notes = Vec::new();
    let value = text::decode(&mut notes, path, bytes).map(|text| {
        let (value, mut said) = parse(path, &text);
        notes.append(&mut said);
        value
    });
    Found::New(print, value, notes)
}

/// What came of a Markdown file, and what there is to say.
fn parse_doc(
    path: &RelPath,
    text: &str,
    (doc, mut notes): (Doc, Vec<Diagnostic>),
) -> (Doc, Vec<Diagnostic>) {
    if text.trim().is_empty() {
        let message = words!("die Datei ist leer", "the file is empty");
        notes = vec![Diagnostic::new(Code::FileEmpty, Span::start_of(path), message).help(words!(
            "schreiben Sie oben `+++`, `title = \"…\"`, `+++`, darunter den Text, oder löschen Sie die Datei",
            "write `+++`, `title = \"…\"`, `+++` at the top and the text below, or delete the file"
        ))];
    }
    (doc, notes)
}

/// Parses a TOML file.
fn parse_table(path: &RelPath, text: &str) -> (Table, Vec<Diagnostic>) {
    let mut notes = Vec::new();
    let (node, damage) = toml::parse(&mut notes, text, &Place::At(path.clone(), 0));
    (Table { node, damage }, notes)
}
