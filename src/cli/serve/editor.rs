//! Which editor opens a file, and how it is told the line.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use crate::path::RelPath;
use crate::serve::OpenEditor;
use crate::source::disk::Disk;

/// Editors with a window of their own and what they are told, the likeliest first.
const KNOWN: &[(&str, &str)] = &[
    ("code", "-g {file}:{line}:{column}"),
    ("codium", "-g {file}:{line}:{column}"),
    ("cursor", "-g {file}:{line}:{column}"),
    ("zed", "{file}:{line}:{column}"),
    ("zeditor", "{file}:{line}:{column}"),
    ("subl", "{file}:{line}:{column}"),
    ("idea", "--line {line} --column {column} {file}"),
    ("kate", "--line {line} --column {column} {file}"),
    ("gnome-text-editor", "{file}"),
    ("gedit", "{file} +{line}:{column}"),
    ("geany", "{file}:{line}:{column}"),
    ("mousepad", "--line={line} --column={column} {file}"),
];

/// Said if neither an editor is known nor the system knows what to do.
const NONE_FOUND: &str = "kein Programm gefunden, no program found: `--editor`";

/// Opens files of a site in the editor that was named, or in one that is there, or in whatever the
/// system opens such files with.
pub(super) fn opener(named: Option<String>, disk: Disk) -> Arc<OpenEditor> {
    Arc::new(move |path: &RelPath, line: usize, column: usize| {
        let file = disk.place(path).ok_or(io::ErrorKind::NotFound)?;
        let named = named.clone().filter(|pattern| !pattern.trim().is_empty());
        match named.or_else(installed) {
            Some(pattern) => start(&words(&pattern, (&file, line, column))),
            None => open::that_detached(&file).map_err(|_| io::Error::other(NONE_FOUND)),
        }
    })
}

/// The first known editor on this machine. `VISUAL` counts if it names one of them: others may need
/// a terminal, which nobody could see here.
fn installed() -> Option<String> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let wanted = std::env::var_os("VISUAL").or_else(|| std::env::var_os("EDITOR"));
    let wanted = wanted.and_then(|command| command.into_string().ok()).unwrap_or_default();
    let wanted = wanted.split_whitespace().next().and_then(|word| word.rsplit('/').next());
    let preferred = KNOWN.iter().filter(|(name, _)| wanted == Some(*name));
    let mut candidates = preferred.chain(KNOWN);
    let is_there = |name: &str| folders.iter().any(|folder| folder.join(name).is_file());
    let (name, pattern) = candidates.find(|(name, _)| is_there(name))?;
    Some(format!("{name} {pattern}"))
}

/// The words of a command, with the place put in. No shell reads them, so nothing in the name of a
/// file can do harm; a pattern without a place for the file gets it at its end.
fn words(pattern: &str, (file, line, column): (&Path, usize, usize)) -> Vec<OsString> {
    let mut words: Vec<OsString> = Vec::new();
    for word in pattern.split_whitespace() {
        let word = word.replace("{line}", &line.to_string());
        let word = word.replace("{column}", &column.to_string());
        let mut parts = word.split("{file}");
        let mut out = OsString::from(parts.next().unwrap_or_default());
        for part in parts {
            out.push(file);
            out.push(part);
        }
        words.push(out);
    }
    if !pattern.contains("{file}") {
        words.push(file.as_os_str().to_owned());
    }
    words
}

/// Starts a command that lives on by itself.
fn start(words: &[OsString]) -> io::Result<()> {
    let [program, arguments @ ..] = words else { return Err(io::ErrorKind::InvalidInput.into()) };
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|error| {
        let program = program.display();
        // Not found would read as if the file were not there.
        io::Error::other(format!("{program}: {error}"))
    })?;
    // Somebody has to hear of its end, or it would stay as a dead entry among the processes.
    std::thread::spawn(move || child.wait());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pattern: &str, expected: &[&str]) {
        assert_eq!(words(pattern, (Path::new("/a b/c.md"), 7, 3)), expected, "{pattern}");
    }

    #[test]
    fn the_place_is_put_in() {
        check("code -g {file}:{line}:{column}", &["code", "-g", "/a b/c.md:7:3"]);
        check("vi +{line}", &["vi", "+7", "/a b/c.md"]);
    }

    #[test]
    fn names_of_files_are_not_read_again() {
        let words = words("e {file}", (Path::new("/{line} {file}; rm"), 7, 3));
        assert_eq!(words, ["e", "/{line} {file}; rm"]);
    }
}
