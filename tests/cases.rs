//! Literate cases: `tests/cases/**/*.txt`, each a site in memory and what comes of it.
//!
//! A case is replayed, and what came of it is written in the form of the case; the test passes if
//! that is the text it was read from. So `UPDATE=1 cargo test cases` has only to save it. `CASE=name`
//! runs the cases whose path contains the name. [`format`] documents the form.
//!
//! A case begins with the files of `tests/site`, a home page and a section for each kind, and the
//! embedded theme; what it brings itself covers them.

mod format;
mod program;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs, panic};

use schaukasten::diag::Code;
use schaukasten::path::RelPath;
use schaukasten::source::Memory;

use format::{Block, Case, Expectation, Run, Step, parse, print, tidied};
use program::{Outcome, Program};

/// Codes that no site in memory can show, because they are about the disk; `tests/cli.rs` shows
/// them.
const ON_DISK: &[&str] = &[
    "file-unreadable",
    "link-leaves-content",
    "output-folder",
    "output-locked",
    "output-unwritable",
];

#[test]
fn cases() {
    let wanted = env::var("CASE").unwrap_or_default();
    let update = env::var_os("UPDATE").is_some_and(|value| value == "1");
    let mut problems = Vec::new();
    for path in case_files() {
        let name = path.strip_prefix(root()).unwrap().display().to_string();
        if name.contains(&wanted) {
            let found = panic::catch_unwind(|| play(&path, update));
            let found = found.unwrap_or_else(|_| Err("the program panicked".to_owned()));
            problems.extend(found.err().map(|problem| format!("{name}: {problem}")));
        }
    }
    let hint = "UPDATE=1 cargo test cases accepts what was found";
    assert!(
        problems.is_empty(),
        "{} cases fail\n\n{}\n{hint}",
        problems.len(),
        problems.join("\n")
    );
}

#[test]
fn every_code_has_a_case() {
    let folder = root().join("diagnostics");
    let shown = fs::read_to_string(root().with_file_name("cli.rs")).unwrap_or_default();
    let has_case = |code: &&str| match fs::read_to_string(folder.join(format!("{code}.txt"))) {
        Ok(case) => case.contains(&format!("[{code}]")),
        Err(_) => ON_DISK.contains(code) && shown.contains(&format!("[{code}]")),
    };
    let names: BTreeSet<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    let without: Vec<&str> = names.iter().copied().filter(|code| !has_case(code)).collect();
    assert!(without.is_empty(), "no case in tests/cases/diagnostics shows {without:?}");
    for path in case_files().iter().filter(|path| path.starts_with(&folder)) {
        let name = path.file_stem().and_then(|stem| stem.to_str()).unwrap();
        assert!(names.contains(name), "{} is named after no code", path.display());
    }
}

/// The folder of the cases.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

/// The files that every case begins with.
fn site() -> Memory {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/site");
    let mut files = Memory::default();
    for entry in walkdir::WalkDir::new(&root).into_iter().map(Result::unwrap) {
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(&root).unwrap().to_str().unwrap();
            files.insert(path, fs::read(entry.path()).unwrap());
        }
    }
    files
}

/// All cases, in order.
fn case_files() -> Vec<PathBuf> {
    let walk = walkdir::WalkDir::new(root()).sort_by_file_name();
    let paths = walk.into_iter().map(|entry| entry.unwrap().into_path());
    paths.filter(|path| path.extension().is_some_and(|end| end == "txt")).collect()
}

/// Replays the case in a file; an error says what is different.
fn play(path: &Path, update: bool) -> Result<(), String> {
    let text = fs::read_to_string(path).unwrap();
    let mut unmet = Vec::new();
    let mut program = Program::new();
    let found = replay(&mut unmet, (site(), parse(&text)?), |files, line| program.run(files, line));
    let found = print(&found?);
    if update && found != text {
        fs::write(path, &found).unwrap();
    } else if found != text {
        unmet.push(difference(&text, &found));
    }
    if unmet.is_empty() { Ok(()) } else { Err(unmet.join("\n")) }
}

/// The case as it should be written, given what the program does. Expectations that cannot be
/// rewritten and are not met are told apart.
fn replay(
    unmet: &mut Vec<String>,
    (mut files, mut case): (Memory, Case),
    mut run: impl FnMut(&Memory, &str) -> Result<Outcome, String>,
) -> Result<Case, String> {
    for step in &mut case.steps {
        match step {
            Step::Edit(blocks) => {
                for block in blocks {
                    files.insert(&block.path, block.bytes()?);
                }
            }
            Step::Delete(path) => {
                let gone = files.files.remove(&RelPath::new(&*path));
                gone.ok_or_else(|| format!("there is no `{path}` to delete"))?;
            }
            Step::Run(Run { command, rendered, printed, outputs }) => {
                let outcome = run(&files, command)?;
                *printed = tidied(&outcome.printed);
                if let Some(pages) = rendered {
                    *pages = outcome.rendered.join(" ");
                }
                for output in outputs {
                    let made = outcome.outputs.get(&output.path);
                    let found = made.map(|bytes| String::from_utf8_lossy(bytes));
                    compare(unmet, output, found.as_deref())?;
                }
            }
        }
    }
    Ok(case)
}

/// Compares an output with what is expected of it, and puts in what was found if the whole or its
/// absence was expected.
fn compare(unmet: &mut Vec<String>, output: &mut Block, found: Option<&str>) -> Result<(), String> {
    let lines = output.text.lines().map(str::trim).filter(|line| !line.is_empty());
    match (output.expectation()?, found) {
        (Expectation::Whole | Expectation::Missing, None) => {
            "missing".clone_into(&mut output.words);
            output.text.clear();
        }
        (Expectation::Whole | Expectation::Missing, Some(found)) => {
            output.words.clear();
            let end = if found.is_empty() || found.ends_with('\n') { "" } else { "\n" };
            output.text = format!("{found}{end}");
        }
        (Expectation::Has | Expectation::Lacks, None) => {
            unmet.push(format!("there is no `{}`", output.path));
        }
        (Expectation::Has, Some(found)) => {
            let absent = lines.filter(|line| !found.contains(line));
            unmet.extend(absent.map(|line| format!("`{}` lacks: {line}", output.path)));
        }
        (Expectation::Lacks, Some(found)) => {
            let present = lines.filter(|line| found.contains(line));
            unmet.extend(present.map(|line| format!("`{}` has: {line}", output.path)));
        }
    }
    Ok(())
}

/// Shows where two texts part.
fn difference(expected: &str, found: &str) -> String {
    let same = expected.lines().zip(found.lines()).take_while(|(a, b)| a == b).count();
    let excerpt = |text: &str, sign: char| -> String {
        let lines = text.lines().skip(same).take(20);
        lines.map(|line| format!("{sign} {line}\n")).collect()
    };
    format!("line {}\n{}{}", same + 1, excerpt(expected, '-'), excerpt(found, '+'))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A program that prints how many files there are and makes two outputs.
    fn program(files: &Memory, command: &str) -> Result<Outcome, String> {
        let outputs = [("a", "one\ntwo"), ("b", "three\n")];
        let outputs = outputs.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
        Ok(Outcome {
            printed: format!("{command}: {}\n\n", files.files.len()),
            outputs: outputs.into(),
            rendered: vec!["/".to_owned(), "c/".to_owned()],
        })
    }

    /// Compares what comes of a case, and what cannot be rewritten.
    fn check(steps: &str, expected: &str, expected_unmet: &[&str]) {
        let mut unmet = Vec::new();
        let case = parse(&format!("Case.\n\n{steps}")).unwrap();
        let found = replay(&mut unmet, (Memory::default(), case), program).map(|case| print(&case));
        assert_eq!(found, Ok(format!("Case.\n\n{expected}")));
        assert_eq!(unmet, expected_unmet);
    }

    #[test]
    fn what_holds_stays_as_it_is() {
        let steps = "-- x --\n== build\ndiagnostics:\nbuild: 1\n-- out/a --\none\ntwo\n\
                     -- out/b | has --\nthree\n-- out/b | lacks --\nfour\n-- out/c | missing --\n\
                     == edit\n-- y --\n== delete x\n== check -v\ndiagnostics:\ncheck -v: 1\n";
        check(steps, steps, &[]);
    }

    #[test]
    fn what_does_not_hold_is_rewritten() {
        check(
            "== build\nrendered:\n-- out/a --\ntwo\n-- out/b | missing --\n-- out/c --\nthree\n",
            "== build\nrendered: / c/\ndiagnostics:\nbuild: 0\n-- out/a --\none\ntwo\n\
             -- out/b --\nthree\n-- out/c | missing --\n",
            &[],
        );
        let steps = "== build\ndiagnostics:\nbuild: 0\n-- out/a | has --\none\nfour\n\
                     -- out/a | lacks --\ntwo\n-- out/c | has --\nfive\n";
        check(steps, steps, &["`a` lacks: four", "`a` has: two", "there is no `c`"]);
    }

    #[test]
    fn impossible_steps_are_told() {
        let case = parse("Case.\n\n== delete x\n").unwrap();
        let found = replay(&mut Vec::new(), (Memory::default(), case), program);
        assert_eq!(found, Err("there is no `x` to delete".to_owned()));
    }

    #[test]
    fn differences_begin_where_texts_part() {
        assert_eq!(difference("a\nb\nc\n", "a\nd\n"), "line 2\n- b\n- c\n+ d\n");
    }
}
