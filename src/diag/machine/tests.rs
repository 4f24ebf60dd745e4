//! The three forms for one set of diagnostics.

use super::*;
use crate::diag::{Code, Diagnostic, Tongue};
use crate::path::RelPath;
use crate::words;

/// A few diagnostics: with a place and a fix, the same once more, without a place, in a file that
/// cannot be read.
fn notes() -> Vec<Diagnostic> {
    let path = RelPath::new("content/ä, b.md");
    let span = |range| Span::new(&path, range);
    let first =
        Diagnostic::new(Code::WrongType, span(3..5), words!("100 % `falsch`", "100% `wrong`"))
            .label(words!("hier", "here"))
            .fix(words!("richtig\nschreiben", "write\nit right"), span(3..5), "x");
    let alone = Diagnostic::without_place(Code::OutputLocked, words!("belegt", "locked"));
    let gone = Span::new(&RelPath::new("content/weg.md"), 40..99);
    let gone = Diagnostic::new(Code::PersonalAddress, gone, words!("Adresse", "address"));
    vec![first.clone(), first, alone, gone]
}

/// The text of the one file that can be read.
fn texts(path: &RelPath) -> Option<String> {
    (path.name() == "ä, b.md").then(|| "ä\nö!".to_owned())
}

#[test]
fn github_commands_are_escaped() {
    let out = github(&notes(), &texts, Tongue::De);
    let first = "::error file=content/ä%2C b.md,line=2,endLine=2,col=1,endColumn=1,title=wrong-type\
                 ::100 %25 `falsch` (hier)%0Arichtig%0Aschreiben";
    let lines: Vec<_> = out.lines().collect();
    assert_eq!(lines.first(), Some(&first));
    assert_eq!(lines.get(2), Some(&"::error title=output-locked::belegt"));
    assert_eq!(
        lines.get(3),
        Some(
            &"::notice file=content/weg.md,line=1,endLine=1,col=1,endColumn=1,\
               title=personal-address::Adresse"
        )
    );
}

#[test]
fn gitlab_fingerprints_are_unique_and_stable() {
    let read = |tongue| -> serde_json::Value {
        serde_json::from_str(&gitlab(&notes(), &texts, tongue)).unwrap()
    };
    let (german, english) = (read(Tongue::De), read(Tongue::En));
    let prints = |all: &serde_json::Value| -> Vec<String> {
        all.as_array().unwrap().iter().map(|one| one["fingerprint"].to_string()).collect()
    };
    assert_eq!(prints(&german), prints(&english));
    let unique: std::collections::BTreeSet<_> = prints(&german).into_iter().collect();
    assert_eq!(unique.len(), 4);
    assert_eq!(german[0]["location"]["lines"]["begin"], 2);
    assert_eq!(german[2]["location"]["path"], "content/site.toml");
    assert_eq!(german[3]["severity"], "info");
}

#[test]
fn json_has_it_all() {
    let all: serde_json::Value = serde_json::from_str(&json(&notes(), &texts, Tongue::En)).unwrap();
    let first = &all[0];
    assert_eq!(first["code"], "wrong-type");
    assert_eq!(first["line"], 2);
    assert_eq!(first["end_column"], 2);
    assert_eq!(first["help"][0]["fix"]["replacement"], "x");
    assert_eq!(first["help"][0]["fix"]["start"], 3);
    assert!(all[2].get("file").is_none());
}
