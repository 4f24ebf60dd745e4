//! What can stand in the way of publishing, and what to do about it.
//!
//! A [`Refusal`] is found before anything is rendered: the output folder cannot be used at all. A
//! [`Failure`] comes from a single place in it. Both are data; [`Refusal::diagnostic`] and
//! [`Failure::diagnostic`] say them in German and English.

use std::io;
use std::path::{Path, PathBuf};

use crate::diag::{Code, Diagnostic, Words};
use crate::path::Route;
use crate::words;

/// Why an output folder cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is something at this path that is not a folder.
    NotAFolder(PathBuf),
    /// The folder holds something that this program did not write, and no manifest of ours.
    Foreign {
        /// The output folder.
        output: PathBuf,
        /// The first thing in it, by name.
        example: String,
    },
    /// The manifest in the folder cannot be read, or is from a later version.
    Manifest(PathBuf),
    /// The folder lies in one that people write in.
    InSource {
        /// The output folder.
        output: PathBuf,
        /// The folder that people write in.
        source: PathBuf,
    },
    /// The folder holds one that people write in.
    HoldsSource {
        /// The output folder.
        output: PathBuf,
        /// The folder that people write in.
        source: PathBuf,
    },
    /// Another build is publishing to the folder.
    Locked {
        /// The output folder.
        output: PathBuf,
        /// The process that does, if it has said so already.
        pid: Option<u32>,
    },
    /// Nothing can be written there.
    Unwritable(Failure),
    /// An interrupted publish cannot be completed.
    Unfinished(Failure),
}

/// Why an output cannot be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The system refuses.
    System {
        /// The file or folder.
        path: PathBuf,
        /// What kind of refusal it is.
        kind: io::ErrorKind,
        /// The system's words.
        words: String,
    },
    /// Something that this program did not write stands where an output goes.
    Foreign(PathBuf),
    /// A folder in the output is a symbolic link, so what is written there would land elsewhere.
    Link(PathBuf),
    /// What was to be copied cannot be read to its end.
    Unread {
        /// The output it was for.
        route: Route,
        /// The system's words.
        words: String,
    },
    /// An output that was not written to its end.
    Incomplete(Route),
    /// A route that was given twice, or that cannot be a file's path.
    Route(Route),
}

impl Refusal {
    /// What is wrong.
    pub fn words(&self) -> Words {
        match self {
            Self::NotAFolder(output) => {
                let output = output.display();
                words!(
                    "die Ausgabe `{output}` ist kein Ordner",
                    "the output `{output}` is not a folder"
                )
            }
            Self::Foreign { output, example } => {
                let output = output.display();
                words!(
                    "der Ausgabeordner `{output}` enthält Fremdes, zum Beispiel `{example}`",
                    "the output folder `{output}` holds files of others, such as `{example}`",
                )
            }
            Self::Manifest(path) => {
                let path = path.display();
                words!(
                    "das Verzeichnis der Ausgabe, `{path}`, ist unlesbar oder von einer neueren Version",
                    "the manifest of the output, `{path}`, is unreadable or from a later version",
                )
            }
            Self::InSource { output, source } => {
                let (output, source) = (output.display(), source.display());
                words!(
                    "der Ausgabeordner `{output}` liegt im Quellordner `{source}`",
                    "the output folder `{output}` lies in the source folder `{source}`",
                )
            }
            Self::HoldsSource { output, source } => {
                let (output, source) = (output.display(), source.display());
                words!(
                    "der Ausgabeordner `{output}` enthält den Quellordner `{source}`",
                    "the output folder `{output}` holds the source folder `{source}`",
                )
            }
            Self::Locked { output, pid } => locked(output, *pid),
            Self::Unwritable(failure) => failure.words(),
            Self::Unfinished(failure) => {
                let Words { de, en } = failure.words();
                words!(
                    "eine unterbrochene Veröffentlichung lässt sich nicht abschließen: {de}",
                    "an interrupted publish cannot be completed: {en}",
                )
            }
        }
    }

    /// The way out.
    pub fn help(&self) -> Words {
        match self {
            Self::NotAFolder(_)
            | Self::Foreign { .. }
            | Self::InSource { .. }
            | Self::HoldsSource { .. } => words!(
                "geben Sie mit `--output` einen neuen oder leeren Ordner an",
                "name a new or empty folder with `--output`",
            ),
            Self::Manifest(_) => words!(
                "löschen Sie den Ausgabeordner oder geben Sie mit `--output` einen anderen an",
                "delete the output folder, or name another with `--output`",
            ),
            Self::Locked { .. } => words!(
                "warten Sie, bis der andere Lauf fertig ist, oder geben Sie mit `--output` einen anderen Ordner an",
                "wait until the other build is done, or name another folder with `--output`",
            ),
            Self::Unwritable(failure) | Self::Unfinished(failure) => failure.help(),
        }
    }

    /// Which problem it is.
    pub fn code(&self) -> Code {
        match self {
            Self::Locked { .. } => Code::OutputLocked,
            Self::Unwritable(failure) | Self::Unfinished(failure) => failure.code(),
            Self::NotAFolder(_)
            | Self::Foreign { .. }
            | Self::Manifest(_)
            | Self::InSource { .. }
            | Self::HoldsSource { .. } => Code::OutputFolder,
        }
    }

    /// All of it as a diagnostic.
    pub fn diagnostic(&self) -> Diagnostic {
        let said = Diagnostic::without_place(self.code(), self.words()).help(self.help());
        match self {
            Self::Unwritable(failure) | Self::Unfinished(failure) => failure.noted(said),
            _ => said,
        }
    }
}

/// What is said of a folder that another build writes to.
fn locked(output: &Path, pid: Option<u32>) -> Words {
    let output = output.display();
    match pid {
        Some(pid) => words!(
            "ein anderer Lauf (Prozess {pid}) veröffentlicht gerade nach `{output}`",
            "another build (process {pid}) is publishing to `{output}`",
        ),
        None => words!(
            "ein anderer Lauf veröffentlicht gerade nach `{output}`",
            "another build is publishing to `{output}`",
        ),
    }
}

impl Failure {
    /// What the system says of a place.
    pub(super) fn system(path: PathBuf, error: &io::Error) -> Self {
        Self::System { path, kind: error.kind(), words: error.to_string() }
    }

    /// What is wrong.
    pub fn words(&self) -> Words {
        match self {
            Self::System { path, kind, .. } => refused(path, *kind),
            Self::Foreign(path) => {
                let path = path.display();
                words!(
                    "`{path}` stammt nicht von diesem Programm und steht einer Ausgabe im Weg",
                    "`{path}` was not written by this program and stands in the way of an output",
                )
            }
            Self::Link(path) => {
                let path = path.display();
                words!(
                    "`{path}` ist ein symbolischer Verweis; die Ausgabe würde an anderer Stelle landen",
                    "`{path}` is a symbolic link; the output would land elsewhere",
                )
            }
            Self::Unread { route, .. } => words!(
                "die Datei für die Ausgabe `{route}` lässt sich nicht lesen",
                "the file for the output `{route}` cannot be read",
            ),
            Self::Incomplete(route) => words!(
                "die Ausgabe `{route}` wurde nicht zu Ende geschrieben",
                "the output `{route}` was not written to its end",
            ),
            Self::Route(route) => words!(
                "die Ausgabe `{route}` gibt es zweimal, oder ihr Pfad ist ungültig",
                "the output `{route}` exists twice, or its path is not valid",
            ),
        }
    }

    /// The way out.
    pub fn help(&self) -> Words {
        match self {
            Self::System { kind, .. } => way_out(*kind),
            Self::Foreign(_) => words!(
                "benennen Sie die Datei um, verschieben Sie sie, oder geben Sie mit `--output` einen anderen Ordner an",
                "rename or move the file, or name another folder with `--output`",
            ),
            Self::Link(_) => words!(
                "ersetzen Sie den Verweis durch einen Ordner, oder löschen Sie ihn",
                "replace the link with a folder, or delete it",
            ),
            Self::Unread { .. } => {
                words!("geben Sie Leserechte für die Datei", "allow reading the file",)
            }
            Self::Incomplete(_) => words!("bauen Sie noch einmal", "build again"),
            Self::Route(_) => words!(
                "geben Sie einem der beiden Einträge einen anderen `slug`",
                "give one of the two entries another `slug`",
            ),
        }
    }

    /// Which problem it is.
    pub fn code(&self) -> Code {
        match self {
            Self::Unread { .. } => Code::FileUnreadable,
            Self::System { .. } | Self::Incomplete(_) | Self::Route(_) => Code::OutputUnwritable,
            Self::Foreign(_) | Self::Link(_) => Code::OutputFolder,
        }
    }

    /// All of it as a diagnostic.
    pub fn diagnostic(&self) -> Diagnostic {
        self.noted(Diagnostic::without_place(self.code(), self.words()).help(self.help()))
    }

    /// The diagnostic with the system's words, if there are any.
    fn noted(&self, said: Diagnostic) -> Diagnostic {
        match self {
            Self::System { words, .. } | Self::Unread { words, .. } => {
                said.note(Words::same(words))
            }
            Self::Foreign(_) | Self::Link(_) | Self::Incomplete(_) | Self::Route(_) => said,
        }
    }
}

/// What is said when the system refuses to write.
fn refused(path: &Path, kind: io::ErrorKind) -> Words {
    let path = path.display();
    match kind {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => words!(
            "kein Platz mehr auf dem Datenträger: `{path}` lässt sich nicht schreiben",
            "no space left on the disk: `{path}` cannot be written",
        ),
        io::ErrorKind::PermissionDenied => words!(
            "keine Berechtigung: `{path}` lässt sich nicht schreiben",
            "permission denied: `{path}` cannot be written",
        ),
        io::ErrorKind::ReadOnlyFilesystem => words!(
            "der Datenträger ist schreibgeschützt: `{path}` lässt sich nicht schreiben",
            "the disk is read-only: `{path}` cannot be written",
        ),
        io::ErrorKind::InvalidFilename => words!(
            "der Name von `{path}` ist für den Datenträger zu lang oder unzulässig",
            "the name of `{path}` is too long for the disk, or not allowed",
        ),
        _ => words!("`{path}` lässt sich nicht schreiben", "`{path}` cannot be written"),
    }
}

/// What to do when the system refuses to write.
fn way_out(kind: io::ErrorKind) -> Words {
    match kind {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => words!(
            "Platz schaffen und noch einmal bauen; die bisherige Fassung steht unverändert",
            "make room and build again; the old site stands as it was",
        ),
        io::ErrorKind::InvalidFilename => words!(
            "wählen Sie einen kürzeren `slug` oder Dateinamen",
            "choose a shorter `slug` or file name",
        ),
        _ => words!(
            "geben Sie Schreibrechte für den Ordner oder mit `--output` einen anderen Ordner an",
            "allow writing to the folder, or name another with `--output`",
        ),
    }
}
