//! What there is to say of files that cannot be read or listed.

use std::io;

use crate::diag::{Code, Diagnostic, Span, Words};
use crate::path::RelPath;
use crate::source::{Files, Obstacle, TEXT_LIMIT, text};
use crate::words;

/// Why a text file is not read.
pub(super) fn unread(files: &dyn Files, path: &RelPath, error: &io::Error) -> Diagnostic {
    match error.kind() {
        io::ErrorKind::FileTooLarge => {
            text::too_large(path, files.size(path).unwrap_or(TEXT_LIMIT + 1))
        }
        _ => unreadable(path, &error.to_string()),
    }
}

/// A file that the system refuses.
pub(super) fn unreadable(path: &RelPath, words: &str) -> Diagnostic {
    let message = words!("`{path}` lässt sich nicht lesen", "`{path}` cannot be read");
    Diagnostic::new(Code::FileUnreadable, Span::start_of(path), message)
        .note(Words::same(words))
        .help(words!(
            "prüfen Sie die Rechte der Datei und, wenn sie eine Verknüpfung ist, wohin diese führt",
            "check the file's permissions and, if it is a symbolic link, where it leads"
        ))
}

/// What could not be listed.
pub(super) fn obstacle(obstacle: &Obstacle) -> Diagnostic {
    match obstacle {
        Obstacle::LeavesFolder(path) => {
            let message = words!(
                "die Verknüpfung `{path}` führt aus dem Ordner hinaus",
                "the symbolic link `{path}` leads out of the folder"
            );
            Diagnostic::new(Code::LinkLeavesContent, Span::start_of(path), message)
                .help(words!("legen Sie die Datei selbst hierher", "put the file itself here"))
        }
        Obstacle::Unreadable(path, words) => unreadable(path, words),
        Obstacle::NameNotUtf8(path) => {
            let message = words!(
                "der Name von `{path}` ist nicht in UTF-8",
                "the name of `{path}` is not in UTF-8"
            );
            Diagnostic::new(Code::FileName, Span::start_of(path), message)
                .help(words!("benennen Sie die Datei um", "rename the file"))
        }
    }
}
