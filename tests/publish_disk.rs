//! Publishing where the system says no: full disks, read-only disks, missing permissions.
//!
//! Such a world is made for a child process alone, with the system's own tools. Where these are
//! not there or not allowed, the tests say so and pass.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use schaukasten::diag::Code;
use schaukasten::path::Route;
use schaukasten::write::{Failure, Refusal, Stage, StageOptions};

use crate::scratch::Scratch;

/// The folder that the child process works in.
const FOLDER: &str = "SCHAUKASTEN_TEST_FOLDER";

/// The command that gives a process mounts of its own.
const MOUNTS: &[&str] = &["unshare", "--user", "--map-root-user", "--mount"];

/// The command that takes a process all rights of the administrator.
const NOBODY: &[&str] =
    &["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=-all"];

/// A command after another that wraps it.
fn wrapped(wrapper: &[&str], program: &Path) -> Command {
    let mut command = Command::new(wrapper[0]);
    command.args(&wrapper[1..]).arg(program);
    command
}

/// Runs an ignored test of this module in a world of its own.
fn run(test: &str, wrapper: &[&str], folder: &Scratch) {
    let program = std::env::current_exe().unwrap();
    let probe = wrapped(wrapper, &program).arg("--list").output();
    if !probe.is_ok_and(|done| done.status.success()) {
        return;
    }
    let done = wrapped(wrapper, &program)
        .args([&format!("publish_disk::{test}"), "--exact", "--ignored"])
        .env(FOLDER, folder.path())
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stdout));
}

/// The folder to work in, if this is the child process.
fn folder() -> Option<PathBuf> {
    std::env::var_os(FOLDER).map(PathBuf::from)
}

/// Mounts something; `false` if that is not allowed.
fn mount(arguments: &[&str], place: &Path) -> bool {
    Command::new("mount").args(arguments).arg(place).status().is_ok_and(|status| status.success())
}

/// Opens the stage of an output folder.
fn open(output: &Path) -> Result<Stage, Refusal> {
    Stage::open(output, &StageOptions::default())
}

/// Publishes files to an output folder.
fn publish(output: &Path, files: &[(&str, &str)]) -> Result<(), Failure> {
    let stage = open(output).unwrap();
    for (route, text) in files {
        stage.put(&Route::new(route), text.as_bytes())?;
    }
    stage.commit(None).map(drop)
}

/// The names of what is in a folder, with the texts of files.
fn entries(folder: &Path) -> BTreeMap<String, Option<String>> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    let named = |entry: fs::DirEntry| {
        (entry.file_name().into_string().unwrap(), fs::read_to_string(entry.path()).ok())
    };
    entries.map(named).collect()
}

/// Makes sure that a failure is the system's, of one kind.
fn expect_kind(failure: &Failure, expected: ErrorKind) {
    assert!(matches!(failure, Failure::System { kind, .. } if *kind == expected), "{failure:?}");
    assert_eq!(failure.code(), Code::OutputUnwritable);
    assert_eq!(failure.diagnostic().notes.len(), 1);
}

#[test]
fn a_full_disk_leaves_the_old_site() {
    run("full_disk", MOUNTS, &Scratch::new());
}

#[test]
#[ignore = "runs in a process of its own"]
fn full_disk() {
    let Some(folder) = folder() else { return };
    if !mount(&["-t", "tmpfs", "-o", "size=64k", "tmpfs"], &folder) {
        return;
    }
    let output = folder.join("public");
    publish(&output, &[("a.html", "a"), ("b.html", "b")]).unwrap();
    let before = entries(&output);
    let big = "x".repeat(100_000);
    let failure = publish(&output, &[("a.html", "new"), ("c.html", &big)]).unwrap_err();
    expect_kind(&failure, ErrorKind::StorageFull);
    assert_eq!(entries(&output), before);
    assert_eq!(entries(&folder).len(), 1);
    publish(&output, &[("a.html", "new")]).unwrap();
    assert_eq!(entries(&output)["a.html"].as_deref(), Some("new"));
}

#[test]
fn an_output_that_is_a_mount_of_its_own_works() {
    run("mounts", MOUNTS, &Scratch::new());
}

#[test]
#[ignore = "runs in a process of its own"]
fn mounts() {
    let Some(folder) = folder() else { return };
    let output = folder.join("public");
    fs::create_dir(&output).unwrap();
    // The same device, and yet files cannot be renamed into it from outside.
    if !mount(&["--bind", output.to_str().unwrap()], &output) {
        return;
    }
    for text in ["one", "two"] {
        publish(&output, &[("a.html", text), ("b/c.html", text)]).unwrap();
        assert_eq!(entries(&output)["a.html"].as_deref(), Some(text));
        assert_eq!(entries(&output).len(), 3);
        assert_eq!(entries(&folder).len(), 1);
    }
    let first = open(&output).unwrap();
    assert!(output.join(".schaukasten-stage").exists());
    assert!(matches!(open(&output).unwrap_err(), Refusal::Locked { .. }));
    drop(first);

    assert!(mount(&["-o", "remount,bind,ro"], &output));
    let Refusal::Unwritable(failure) = open(&output).unwrap_err() else { panic!() };
    expect_kind(&failure, ErrorKind::ReadOnlyFilesystem);
    assert_eq!(entries(&output)["a.html"].as_deref(), Some("two"));
}

#[test]
fn missing_permissions_are_named() {
    let folder = Scratch::new();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o777)).unwrap();
    run("permissions", NOBODY, &folder);
}

#[test]
#[ignore = "runs in a process of its own"]
fn permissions() {
    let Some(folder) = folder() else { return };
    let mode = |path: &str, mode| {
        fs::set_permissions(folder.join(path), fs::Permissions::from_mode(mode)).unwrap();
    };
    fs::create_dir(folder.join("site")).unwrap();
    let output = folder.join("site/public");
    publish(&output, &[("a.html", "a"), ("b/c.html", "c"), ("d.html", "d")]).unwrap();

    // The folder above is closed: the stage goes inside.
    mode("site", 0o555);
    publish(&output, &[("a.html", "new"), ("b/c.html", "c"), ("d.html", "d")]).unwrap();
    assert_eq!(entries(&output)["a.html"].as_deref(), Some("new"));
    let Refusal::Unwritable(failure) = open(&folder.join("site/other")).unwrap_err() else {
        panic!()
    };
    expect_kind(&failure, ErrorKind::PermissionDenied);

    // A folder inside is closed: nothing is begun.
    mode("site/public/b", 0o555);
    let before = entries(&output);
    for files in [
        &[("a.html", "x"), ("b/c.html", "x"), ("d.html", "d")][..],
        &[("a.html", "x"), ("b/new.html", "x"), ("b/c.html", "c")],
        &[("a.html", "x")],
    ] {
        expect_kind(&publish(&output, files).unwrap_err(), ErrorKind::PermissionDenied);
        assert_eq!(entries(&output), before);
    }

    // All is closed.
    mode("site/public", 0o555);
    let Refusal::Unwritable(failure) = open(&output).unwrap_err() else { panic!() };
    expect_kind(&failure, ErrorKind::PermissionDenied);
    for path in ["site/public", "site/public/b", "site"] {
        mode(path, 0o755);
    }
}
