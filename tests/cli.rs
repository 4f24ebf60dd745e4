//! The program from outside: exit codes, what is printed where, and what only a disk can show.
//!
//! Each test has a folder of its own, with the small site of `tests/site`.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use schaukasten::write::{Stage, StageOptions};

use crate::scratch::Scratch;

/// The binary.
const PROGRAM: &str = env!("CARGO_BIN_EXE_schaukasten");

/// The command that takes a process all rights of the administrator.
const NOBODY: &[&str] =
    &["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=-all"];

/// What a run did.
#[derive(Debug, PartialEq, Eq)]
struct Ran {
    /// The exit code.
    code: i32,
    /// The standard output.
    out: String,
    /// The standard error.
    err: String,
}

/// A site in a folder of its own.
struct Site(Scratch);

impl Site {
    /// The site of `tests/site`.
    fn new() -> Self {
        let site = Self(Scratch::new());
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/site");
        for (path, bytes) in files(&from) {
            site.0.write(&path, &String::from_utf8(bytes).unwrap());
        }
        site
    }

    /// A site with a mistake.
    fn wrong() -> Self {
        let site = Self::new();
        site.0.write("content/ueber.md", "+++\ntitel = \"Über uns\"\n+++\n");
        site
    }

    /// The command with its arguments, in the site's folder and without what is set around it.
    fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(PROGRAM);
        command.args(arguments.split_whitespace()).current_dir(self.0.path());
        command.env_remove("SOURCE_DATE_EPOCH").stdin(Stdio::null());
        command
    }

    /// Runs the program.
    fn run(&self, arguments: &str) -> Ran {
        ran(&mut self.command(arguments))
    }

    /// The published files.
    fn public(&self) -> BTreeMap<String, Vec<u8>> {
        files(&self.0.join("public"))
    }
}

/// Runs a command.
fn ran(command: &mut Command) -> Ran {
    let done = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    Ran { code: done.status.code().unwrap(), out: text(&done.stdout), err: text(&done.stderr) }
}

/// All files below a folder; none if there is no folder.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let walk = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    let paths = walk.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path);
    let name = |path: &PathBuf| path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
    paths.map(|path| (name(&path), fs::read(&path).unwrap())).collect()
}

/// Checks the exit code, and that the standard error has all of some texts.
#[track_caller]
fn check(ran: &Ran, code: i32, parts: &[&str]) {
    assert_eq!(ran.code, code, "{ran:#?}");
    for part in parts {
        assert!(ran.err.contains(part), "{part}\nis not in\n{}", ran.err);
    }
    assert!(!ran.err.contains("panicked"), "{}", ran.err);
}

#[test]
fn a_build_publishes_and_says_so() {
    let site = Site::new();
    let ran = site.run("build");
    check(&ran, 0, &["nichts zu beanstanden"]);
    assert!(ran.out.starts_with("8 Seiten in ") && ran.out.contains(" nach `public`"), "{ran:?}");
    assert!(site.public().contains_key("index.html") && site.public().contains_key("404.html"));
    let again = site.run("build");
    assert!(again.out.contains("0 neu, 0 geändert, 0 entfernt"), "{again:?}");
}

#[test]
fn with_errors_the_old_site_stands() {
    let site = Site::new();
    site.run("build");
    let before = site.public();
    site.0.write("content/ueber.md", "+++\ntitel = \"Über uns\"\n+++\n");
    let ran = site.run("build");
    check(&ran, 1, &["Fehler[unknown-field]: unbekannte Angabe `titel`", "1 Fehler\n"]);
    assert_eq!(ran.out, "nichts veröffentlicht; `public` ist unverändert\n");
    assert_eq!(site.public(), before);
}

#[test]
fn check_says_the_same_and_writes_nothing() {
    let site = Site::wrong();
    let before = files(site.0.path());
    let (built, checked) = (site.run("build"), site.run("check"));
    assert_eq!((checked.code, checked.err), (1, built.err));
    assert!(checked.out.ends_with("so lässt sich das nicht veröffentlichen\n"), "{}", checked.out);
    assert_eq!(files(site.0.path()), before);
    assert!(!site.0.join("public").exists());
}

#[test]
fn a_wrong_command_line_says_what_was_meant() {
    let site = Site::new();
    check(&site.run("build --ouput x"), 2, &["tip: a similar argument exists: '--output'"]);
    check(&site.run("biuld"), 2, &["tip: a similar subcommand exists: 'build'"]);
    check(&site.run("build --format xml"), 2, &["[possible values: text, json, github, gitlab]"]);
    check(&site.run("build --now heute"), 2, &["`--now heute` is no moment"]);
    check(&site.run("check --overdu"), 2, &["'--overdue'"]);
    check(&site.run(""), 2, &["Usage: schaukasten <COMMAND>"]);
    let epoch = ran(site.command("build").env("SOURCE_DATE_EPOCH", "gestern"));
    check(&epoch, 2, &["SOURCE_DATE_EPOCH is `gestern`"]);
    let epoch = ran(site.command("build --lang de").env("SOURCE_DATE_EPOCH", "gestern"));
    check(&epoch, 2, &["Fehler: SOURCE_DATE_EPOCH ist `gestern`"]);
    let german = site.run("check --lang de --now 21.11.2026");
    check(&german, 2, &["Fehler: `--now 21.11.2026` ist kein Zeitpunkt; schreiben Sie"]);
    for count in ["0", "257", "99999999"] {
        let refused = format!("`--threads {count}` is not possible; write 1 to 256");
        check(&site.run(&format!("check --threads {count}")), 2, &[&refused]);
    }
    for url in ["https://", "https://x/?a", "https://x#y", "https://x/<a>", "ftp://x/"] {
        check(
            &site.run(&format!("check --base-url {url}")),
            2,
            &["cannot be the address of a site"],
        );
    }
    check(&site.run("check --base-url example.org"), 2, &["write `https://example.org`"]);
    assert!(!site.0.join("public").exists());
}

#[test]
fn warnings_fail_if_asked() {
    let site = Site::new();
    site.0.write("content/alt.pdf", "%PDF-1.4");
    let ran = site.run("build --strict");
    check(&ran, 1, &["Warnung[unused-file]", "1 Warnung\n"]);
    assert!(ran.out.contains("`--strict` lässt keine Warnung zu"), "{}", ran.out);
    assert!(!site.0.join("public").exists());
    check(&site.run("build"), 0, &["1 Warnung\n"]);
    check(&site.run("check --strict"), 1, &["1 Warnung\n"]);
}

#[test]
fn what_is_overdue_fails_only_if_asked() {
    let site = Site::new();
    site.0.write("content/ueber.md", "+++\ntitle = \"Über uns\"\nreview_on = \"2020-01\"\n+++\n");
    check(&site.run("build --strict"), 0, &["Überfällig[review-overdue]", "1 überfällig\n"]);
    check(&site.run("check"), 0, &["1 überfällig\n"]);
    let ran = site.run("check --overdue");
    check(&ran, 1, &["1 überfällig\n"]);
    assert!(ran.out.ends_with("etwas ist überfällig\n"), "{}", ran.out);
    check(&site.run("check --overdue --now 2019-12-31"), 0, &["nichts zu beanstanden"]);
}

#[test]
fn programs_read_the_standard_output() {
    let site = Site::wrong();
    let json = site.run("check --format json");
    let all: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!((json.code, all[0]["code"].as_str()), (1, Some("unknown-field")));
    assert_eq!(all[0]["file"], "content/ueber.md");
    let gitlab = site.run("check --format gitlab");
    let all: serde_json::Value = serde_json::from_str(&gitlab.out).unwrap();
    assert_eq!(all[0]["location"]["lines"]["begin"], 2);
    let github = site.run("check --format github");
    let start = "::error file=content/ueber.md,line=2,";
    assert!(github.out.starts_with(start), "{}", github.out);
    for ran in [json, gitlab, github] {
        assert!(ran.err.contains(" geprüft: "), "{}", ran.err);
    }
    let fine = Site::new().run("build --format json");
    assert_eq!((fine.code, fine.out.trim()), (0, "[]"));
}

#[test]
fn messages_come_in_the_language_that_is_asked_for() {
    let site = Site::wrong();
    let ran = site.run("build --lang en");
    check(&ran, 1, &["error[unknown-field]: unknown field `titel`", "1 error\n"]);
    assert_eq!(ran.out, "nothing published; `public` is as it was\n");
    let settings = fs::read_to_string(site.0.join("content/site.toml")).unwrap();
    site.0.write("content/site.toml", &format!("{settings}languages = [\"en\"]\n"));
    check(&site.run("build"), 1, &["error[unknown-field]"]);
    check(&site.run("build --lang de"), 1, &["Fehler[unknown-field]"]);
}

#[test]
fn there_may_be_no_site() {
    let site = Site::new();
    let expected = "Fehler[site-missing]: in `inhalt` liegt keine Website\n  |\n  = Hilfe: rufen Sie \
                    das Programm im Ordner der Website auf, oder nennen Sie den Ordner der Inhalte \
                    mit `--content`\n\n1 Fehler\n";
    let ran = site.run("check --content inhalt --lang de");
    assert_eq!((ran.code, ran.err.as_str()), (1, expected));
    assert_eq!(ran.out, "nichts geprüft\n");
}

#[test]
fn content_may_lie_elsewhere() {
    let site = Site::wrong();
    fs::rename(site.0.join("content"), site.0.join("inhalt")).unwrap();
    let wrong = site.run("build --content inhalt");
    check(&wrong, 1, &[" --> content/ueber.md:2:1\n"]);
    fs::remove_file(site.0.join("inhalt/ueber.md")).unwrap();
    let mut command = Command::new(PROGRAM);
    command.arg("build").arg("--content").arg(site.0.join("inhalt")).current_dir("/");
    check(&ran(command.env_remove("SOURCE_DATE_EPOCH")), 0, &[]);
    assert!(site.public().contains_key("index.html"));
}

#[test]
fn output_depends_on_nothing_around_it() {
    let (one, two) = (Site::new(), Site::new());
    for site in [&one, &two] {
        let event =
            "+++\ntitle = \"Charta\"\ntype = \"workshop\"\nstart = \"2026-11-21T09:00\"\n+++\n";
        site.0.write("content/veranstaltungen/charta.md", event);
    }
    let now = "build --now 2026-11-21T08:30";
    let first = ran(one.command(&format!("{now} --threads 1")).env("TZ", "Asia/Tokyo"));
    let epoch = "1795246200"; // 2026-11-21T08:30 in Berlin
    let mut second = two.command("build --threads 2");
    second.env("TZ", "America/New_York").env("LANG", "C").env("SOURCE_DATE_EPOCH", epoch);
    assert_eq!((first.code, ran(&mut second).code), (0, 0));
    assert_eq!(one.public(), two.public());
    let mut third = two.command(now);
    ran(third.env("SOURCE_DATE_EPOCH", "0"));
    assert_eq!(one.public(), two.public(), "the option wins over the environment");
}

#[test]
fn links_may_not_leave_the_content() {
    let site = Site::new();
    let elsewhere = Scratch::new();
    elsewhere.write("geheim.md", "+++\ntitle = \"Geheim\"\n+++\n");
    symlink(elsewhere.join("geheim.md"), site.0.join("content/geheim.md")).unwrap();
    symlink(elsewhere.path(), site.0.join("content/ordner")).unwrap();
    symlink(site.0.join("content/_index.md"), site.0.join("content/kopie.md")).unwrap();
    let expected = "Fehler[link-leaves-content]: die Verknüpfung `content/geheim.md` führt aus dem \
                    Ordner hinaus\n --> content/geheim.md\n  = Hilfe: legen Sie die Datei selbst \
                    hierher\n\nFehler[link-leaves-content]: die Verknüpfung `content/ordner` führt \
                    aus dem Ordner hinaus\n --> content/ordner\n  = Hilfe: legen Sie die Datei \
                    selbst hierher\n\n2 Fehler\n";
    let ran = site.run("check");
    assert_eq!((ran.code, ran.err.as_str()), (1, expected));
}

#[test]
fn links_may_lead_nowhere_or_round_in_circles() {
    let site = Site::new();
    symlink("nirgends.md", site.0.join("content/tot.md")).unwrap();
    fs::create_dir(site.0.join("content/kreis")).unwrap();
    symlink("../kreis", site.0.join("content/kreis/kreis")).unwrap();
    let ran = site.run("check");
    check(
        &ran,
        1,
        &[
            "Fehler[file-unreadable]: `content/tot.md` lässt sich nicht lesen\n --> content/tot.md\n  \
             = Notiz: No such file or directory (os error 2)\n  = Hilfe: prüfen Sie die Rechte der \
             Datei und, wenn sie eine Verknüpfung ist, wohin diese führt\n",
            "Fehler[file-unreadable]: `content/kreis/kreis` lässt sich nicht lesen\n",
            "2 Fehler\n",
        ],
    );
}

#[test]
fn names_may_be_no_text() {
    let site = Site::new();
    let name = std::ffi::OsStr::from_bytes(b"f\xf6rderung.md");
    let Ok(()) = fs::write(site.0.join("content").join(name), "+++\n+++\n") else { return };
    let expected =
        "Fehler[file-name]: der Name von `content/f\u{fffd}rderung.md` ist nicht in UTF-8";
    check(&site.run("check"), 1, &[expected]);
}

/// Runs the program without the administrator's rights; nothing where that is not possible.
fn run_as_nobody(site: &Site, arguments: &str) -> Option<Ran> {
    let probe = site.0.join("probe");
    fs::write(&probe, "").unwrap();
    fs::set_permissions(&probe, fs::Permissions::from_mode(0o000)).unwrap();
    let is_powerful = fs::read(&probe).is_ok();
    fs::remove_file(&probe).unwrap();
    if !is_powerful {
        return Some(site.run(arguments));
    }
    let mut command = Command::new(NOBODY[0]);
    command.args(&NOBODY[1..]).arg(PROGRAM).current_dir(site.0.path());
    let works = command.arg("--version").output().is_ok_and(|done| done.status.success());
    let mut command = Command::new(NOBODY[0]);
    command.args(&NOBODY[1..]).arg(PROGRAM).args(arguments.split_whitespace());
    works.then(|| ran(command.current_dir(site.0.path()).env_remove("SOURCE_DATE_EPOCH")))
}

#[test]
fn files_may_be_unreadable() {
    let site = Site::wrong();
    let path = site.0.join("content/partner/_index.md");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    if let Some(ran) = run_as_nobody(&site, "check") {
        let expected = "Fehler[file-unreadable]: `content/partner/_index.md` lässt sich nicht lesen\n \
                        --> content/partner/_index.md\n  = Notiz: Permission denied (os error 13)\n";
        check(&ran, 1, &[expected, "Fehler[unknown-field]", "2 Fehler\n"]);
    }
}

#[test]
fn output_may_be_impossible_to_write() {
    let site = Site::wrong();
    fs::create_dir(site.0.join("public")).unwrap();
    for folder in ["", "public"] {
        let closed = fs::Permissions::from_mode(0o555);
        fs::set_permissions(site.0.join(folder), closed).unwrap();
    }
    let ran = run_as_nobody(&site, "build");
    for folder in ["", "public"] {
        let open = fs::Permissions::from_mode(0o755);
        fs::set_permissions(site.0.join(folder), open).unwrap();
    }
    let Some(ran) = ran else { return };
    check(
        &ran,
        1,
        &[
            "Fehler[output-unwritable]: keine Berechtigung: `",
            "` lässt sich nicht schreiben\n",
            "Hilfe: geben Sie Schreibrechte für den Ordner oder mit `--output` einen anderen Ordner an",
            "Fehler[unknown-field]",
            "2 Fehler\n",
        ],
    );
}

#[test]
fn output_may_not_lie_where_people_write() {
    let site = Site::wrong();
    let cases = [
        ("content/public", "der Ausgabeordner `content/public` liegt im Quellordner `content`"),
        (".", "der Ausgabeordner `.` enthält den Quellordner `content`"),
        ("content/site.toml", "die Ausgabe `content/site.toml` ist kein Ordner"),
    ];
    for (output, words) in cases {
        let ran = site.run(&format!("build --output {output}"));
        let expected = format!(
            "Fehler[output-folder]: {words}\n  |\n  = Hilfe: geben Sie mit `--output` einen neuen \
             oder leeren Ordner an\n\nFehler[unknown-field]"
        );
        check(&ran, 1, &[&expected, "2 Fehler\n"]);
        assert_eq!(ran.out, format!("nichts veröffentlicht; `{output}` ist unverändert\n"));
    }
    assert!(!site.0.join("content/public").exists());
    let ran = site.run("build --output themes/public");
    check(
        &ran,
        1,
        &["Fehler[output-folder]: der Ausgabeordner `themes/public` liegt im Quellordner"],
    );
    assert!(!site.0.join("themes").exists());
}

#[test]
fn files_of_others_stay() {
    let site = Site::new();
    site.0.write("public/urlaub.jpg", "Bild");
    let expected = "Fehler[output-folder]: der Ausgabeordner `public` enthält Fremdes, zum Beispiel \
                    `urlaub.jpg`\n";
    check(&site.run("build"), 1, &[expected]);
    assert_eq!(site.public().into_keys().collect::<Vec<_>>(), ["urlaub.jpg"]);
}

#[test]
fn two_builds_keep_apart() {
    let site = Site::new();
    let root = site.0.path().to_path_buf();
    let options = StageOptions { root, sources: Vec::new(), swap: false };
    let stage = Stage::open(&site.0.join("public"), &options).unwrap();
    let ran = site.run("build");
    let expected = format!(
        "Fehler[output-locked]: ein anderer Lauf (Prozess {}) veröffentlicht gerade nach `public`\n  \
         |\n  = Hilfe: warten Sie, bis der andere Lauf fertig ist, oder geben Sie mit `--output` \
         einen anderen Ordner an\n",
        std::process::id()
    );
    check(&ran, 1, &[&expected]);
    drop(stage);
    check(&site.run("build"), 0, &[]);
}

#[test]
fn nobody_need_listen() {
    let site = Site::wrong();
    let mut command = site.command("check --format json");
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let done = child.wait_with_output().unwrap();
    assert_eq!(done.status.code(), Some(1));
    assert!(!String::from_utf8_lossy(&done.stderr).contains("panicked"));
}
