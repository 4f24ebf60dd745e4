//! Publishing: what is where after a publish, after half of one, and after none.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use schaukasten::diag::Code;
use schaukasten::path::Route;
use schaukasten::write::manifest::Manifest;
use schaukasten::write::{Failure, Published, Publishing, Refusal, Stage, StageOptions};

use crate::scratch::Scratch;

/// The files of a site by route.
type Site = BTreeMap<String, String>;

/// A site of small files, written `route=text`.
fn site(files: &[&str]) -> Site {
    let pair = |file: &&str| {
        let (route, text) = file.split_once('=').unwrap();
        (route.to_owned(), text.to_owned())
    };
    files.iter().map(pair).collect()
}

/// Opens the stage of `public` in a folder of its own.
fn open(folder: &Scratch) -> Result<Stage, Refusal> {
    Stage::open(&folder.join("public"), &StageOptions::default())
}

/// Puts all files of a site.
fn put(stage: &Stage, site: &Site) {
    for (route, text) in site {
        stage.put(&Route::new(route), text.as_bytes()).unwrap();
    }
}

/// Publishes a site to `public`.
fn publish(folder: &Scratch, site: &Site) -> Result<Published, Failure> {
    let stage = open(folder).unwrap();
    put(&stage, site);
    stage.commit(None)
}

/// Prepares the publish of a site to `output`.
fn prepare(output: &Path, site: &Site, swap: bool) -> Publishing {
    let stage = Stage::open(output, &StageOptions { swap, ..StageOptions::default() }).unwrap();
    put(&stage, site);
    stage.prepare(None).unwrap()
}

/// All files below a folder, by path; empty folders as paths with a slash at their end.
fn tree(folder: &Path) -> Site {
    let mut files = Site::new();
    for entry in walkdir::WalkDir::new(folder).min_depth(1) {
        let entry = entry.unwrap();
        let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
        if entry.file_type().is_file() {
            files.insert(path, fs::read_to_string(entry.path()).unwrap());
        } else if entry.file_type().is_dir() && fs::read_dir(entry.path()).unwrap().count() == 0 {
            files.insert(path + "/", String::new());
        }
    }
    files
}

/// What is in `public`, without the manifest.
fn public(folder: &Scratch) -> Site {
    let mut files = tree(&folder.join("public"));
    files.remove("schaukasten.json");
    files
}

/// Makes sure that nothing is left of a stage.
fn expect_no_stage(folder: &Scratch) {
    assert!(!folder.join(".public.schaukasten").exists());
    assert!(!folder.join("public/.schaukasten-stage").exists());
}

#[test]
fn a_first_publish_is_all_there() {
    let folder = Scratch::new();
    let one = site(&["index.html=home", "a/index.html=a", "assets/x.css=x"]);
    let done = publish(&folder, &one).unwrap();
    assert_eq!((done.new, done.changed, done.removed, done.unchanged), (3, 0, 0, 0));
    assert_eq!(public(&folder), one);
    let text = fs::read(folder.join("public/schaukasten.json")).unwrap();
    let manifest = Manifest::parse(&text).unwrap();
    assert_eq!(manifest.files.len(), 3);
    assert_eq!(manifest.text().into_bytes(), text);
    serde_json::from_slice::<serde_json::Value>(&text).unwrap();
    let mode = fs::metadata(folder.join("public/a/index.html")).unwrap().permissions().mode();
    assert_eq!(mode & 0o111, 0);
    expect_no_stage(&folder);
}

#[test]
fn an_empty_folder_is_taken_over_with_its_permissions() {
    let folder = Scratch::new();
    fs::create_dir(folder.join("public")).unwrap();
    fs::set_permissions(folder.join("public"), fs::Permissions::from_mode(0o750)).unwrap();
    publish(&folder, &site(&["index.html=home"])).unwrap();
    assert_eq!(public(&folder), site(&["index.html=home"]));
    let mode = fs::metadata(folder.join("public")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o750);
}

#[test]
fn folders_above_are_made_and_taken_back() {
    let folder = Scratch::new();
    let output = folder.join("x/y/public");
    drop(Stage::open(&output, &StageOptions::default()).unwrap());
    assert!(!folder.join("x").exists());
    prepare(&output, &site(&["index.html=home"]), false).finish().unwrap();
    assert!(output.join("index.html").exists());
}

#[test]
fn only_what_differs_is_touched() {
    let folder = Scratch::new();
    publish(&folder, &site(&["a.html=a", "b.html=b", "c/d/e.html=e", "f/g.html=g"])).unwrap();
    let before = fs::metadata(folder.join("public/a.html")).unwrap();
    let two = site(&["a.html=a", "b.html=other", "f/g.html=g", "f/new.html=n", "x/y/z.html=z"]);
    let done = publish(&folder, &two).unwrap();
    let routes: Vec<_> = done.changed_routes.iter().map(Route::as_str).collect();
    assert_eq!(routes, ["b.html", "c/d/e.html", "f/new.html", "x/y/z.html"]);
    assert_eq!((done.new, done.changed, done.removed, done.unchanged), (2, 1, 1, 2));
    let after = fs::metadata(folder.join("public/a.html")).unwrap();
    assert_eq!((before.ino(), before.ctime_nsec()), (after.ino(), after.ctime_nsec()));
    assert_eq!(public(&folder), two);
    expect_no_stage(&folder);

    let done = publish(&folder, &two).unwrap();
    assert_eq!((done.new, done.changed, done.removed, done.unchanged), (0, 0, 0, 5));
    assert_eq!(done.changed_routes, []);
}

#[test]
fn copies_are_compared_too() {
    let folder = Scratch::new();
    let route = Route::new("film.mp4");
    let long = "x".repeat(300_000);
    for (text, expected) in [(&long, (1, 0)), (&long, (0, 0)), (&format!("{long}y"), (0, 1))] {
        let stage = open(&folder).unwrap();
        stage.copy(&route, &mut text.as_bytes()).unwrap();
        let done = stage.commit(None).unwrap();
        assert_eq!((done.new, done.changed), expected);
        assert_eq!(&fs::read_to_string(folder.join("public/film.mp4")).unwrap(), text);
    }
}

#[test]
fn the_next_change_is_written_down() {
    let folder = Scratch::new();
    publish(&folder, &site(&["a.html=a"])).unwrap();
    let stage = open(&folder).unwrap();
    put(&stage, &site(&["a.html=a"]));
    let done = stage.commit(Some("2026-01-01T00:00+01:00")).unwrap();
    assert_eq!((done.unchanged, done.changed_routes.len()), (1, 0));
    let text = fs::read(folder.join("public/schaukasten.json")).unwrap();
    let manifest = Manifest::parse(&text).unwrap();
    assert_eq!(manifest.next_change.as_deref(), Some("2026-01-01T00:00+01:00"));
}

#[test]
fn a_stage_without_commit_leaves_no_trace() {
    let folder = Scratch::new();
    publish(&folder, &site(&["a.html=a"])).unwrap();
    let stage = open(&folder).unwrap();
    put(&stage, &site(&["b.html=b"]));
    drop(stage);
    assert_eq!(public(&folder), site(&["a.html=a"]));
    expect_no_stage(&folder);
}

#[test]
fn files_and_folders_change_places() {
    let folder = Scratch::new();
    for swap in [false, true] {
        for files in [&["a=file", "b/c=c", "b/d/e=e"][..], &["a/x/y=y", "a/z=z", "b=file"]] {
            prepare(&folder.join("public"), &site(files), swap).finish().unwrap();
            assert_eq!(public(&folder), site(files));
        }
    }
}

#[test]
fn what_others_wrote_stays() {
    let folder = Scratch::new();
    publish(&folder, &site(&["a/b.html=b", "c.html=c", "d/e.html=e"])).unwrap();
    folder.write("public/CNAME", "example.org");
    folder.write("public/.git/HEAD", "ref");
    folder.write("public/a/mine.txt", "mine");
    folder.write("public/d/e.html", "changed by hand");
    symlink("/etc", folder.join("public/etc")).unwrap();
    for swap in [false, true] {
        let text = format!("c.html=new {swap}");
        prepare(&folder.join("public"), &site(&[&text]), swap).finish().unwrap();
        let mut expected = site(&[&text, "CNAME=example.org", ".git/HEAD=ref"]);
        expected.extend(site(&["a/mine.txt=mine", "d/e.html=changed by hand"]));
        assert_eq!(public(&folder), expected);
        assert_eq!(fs::read_link(folder.join("public/etc")).unwrap(), Path::new("/etc"));
    }
}

#[test]
fn foreign_files_are_never_overwritten() {
    let folder = Scratch::new();
    publish(&folder, &site(&["a.html=a", "b/c=c"])).unwrap();
    folder.write("public/new.html", "mine");
    folder.write("public/dir/mine", "mine");
    folder.write("public/b/mine", "mine");
    let before = tree(&folder.join("public"));
    for (files, clash) in [
        (&["new.html=x"][..], "new.html"),
        (&["new.html=mine"], "new.html"),
        (&["new.html/index.html=x"], "new.html"),
        (&["dir=x"], "dir/mine"),
        (&["b=x"], "b/mine"),
    ] {
        let failure = publish(&folder, &site(files)).unwrap_err();
        assert_eq!(failure, Failure::Foreign(folder.join("public").join(clash)));
        assert_eq!(failure.code(), Code::OutputFolder);
        assert_eq!(tree(&folder.join("public")), before);
        expect_no_stage(&folder);
    }
}

#[test]
fn links_in_the_output_are_not_followed() {
    let folder = Scratch::new();
    publish(&folder, &site(&["a/b.html=b", "c.html=c"])).unwrap();
    fs::rename(folder.join("public/a"), folder.join("elsewhere")).unwrap();
    symlink("../elsewhere", folder.join("public/a")).unwrap();
    let failure = publish(&folder, &site(&["a/b.html=other"])).unwrap_err();
    assert_eq!(failure, Failure::Link(folder.join("public/a")));
    publish(&folder, &site(&["c.html=c"])).unwrap();
    assert_eq!(tree(&folder.join("elsewhere")), site(&["b.html=b"]));

    fs::remove_file(folder.join("public/c.html")).unwrap();
    folder.write("target", "c");
    symlink("../target", folder.join("public/c.html")).unwrap();
    publish(&folder, &site(&["c.html=other"])).unwrap();
    assert_eq!(fs::read_to_string(folder.join("target")).unwrap(), "c");
    assert_eq!(public(&folder)["c.html"], "other");
}

/// The refusal of an output folder.
fn refusal(output: PathBuf, options: &StageOptions) -> Refusal {
    let refusal = Stage::open(&output, options).unwrap_err();
    let said = refusal.diagnostic();
    assert!(!said.message.de.is_empty() && !said.help.is_empty());
    refusal
}

#[test]
fn folders_of_others_are_refused() {
    let folder = Scratch::new();
    let options = StageOptions {
        root: folder.path().into(),
        sources: vec![folder.join("content"), folder.join("themes")],
        swap: false,
    };
    folder.write("content/a.md", "");
    folder.write("themes/x/theme.toml", "");
    folder.write("mine/letter.txt", "dear");
    folder.write("file", "");
    folder.write("broken/schaukasten.json", "{");
    folder.write("later/schaukasten.json", &Manifest::default().text().replace(": 1", ": 2"));
    let climbing = Manifest::default().text().replace(
        "\"files\": {",
        "\"files\": {\"../content/a.md\": {\"hash\": \"99aa06d3014798d86001c324468d497f\", \"size\": 0}",
    );
    folder.write("climbing/schaukasten.json", &climbing);
    symlink("content", folder.join("link")).unwrap();
    symlink("nothing", folder.join("dead")).unwrap();
    let before = tree(folder.path());
    let refused = |path: &str| refusal(folder.join(path), &options);

    assert!(matches!(refused("mine"), Refusal::Foreign { example, .. } if example == "letter.txt"));
    assert!(matches!(refused("file"), Refusal::NotAFolder(_)));
    assert!(matches!(refused("broken"), Refusal::Manifest(_)));
    assert!(matches!(refused("later"), Refusal::Manifest(_)));
    assert!(matches!(refused("climbing"), Refusal::Manifest(_)));
    assert!(matches!(refused("content"), Refusal::InSource { .. }));
    assert!(matches!(refused("content/public"), Refusal::InSource { .. }));
    assert!(matches!(refused("link/public"), Refusal::InSource { .. }));
    assert!(matches!(refused("themes/x/../y/z"), Refusal::InSource { .. }));
    assert!(matches!(refused("."), Refusal::HoldsSource { .. }));
    assert!(matches!(refused(".."), Refusal::HoldsSource { .. }));
    assert!(matches!(refused("file/public"), Refusal::Unwritable(_)));
    assert!(matches!(refused("dead"), Refusal::Unwritable(_)));
    assert!(matches!(refused("content/a.md"), Refusal::NotAFolder(_)));
    assert_eq!(tree(folder.path()), before);
}

#[test]
fn a_repository_may_be_there_before_the_first_publish() {
    let folder = Scratch::new();
    folder.write("public/.git/HEAD", "ref");
    publish(&folder, &site(&["index.html=home"])).unwrap();
    assert_eq!(public(&folder), site(&["index.html=home", ".git/HEAD=ref"]));
}

#[test]
fn routes_stay_in_the_folder_and_come_once() {
    let folder = Scratch::new();
    let stage = open(&folder).unwrap();
    for route in ["../x", "a/../../x", "/x", "a//b", "", "schaukasten.json", ".schaukasten-stage/x"]
    {
        assert!(matches!(stage.put(&Route::new(route), b"x"), Err(Failure::Route(_))), "{route}");
    }
    stage.put(&Route::new("a"), b"x").unwrap();
    assert!(matches!(stage.put(&Route::new("a"), b"x"), Err(Failure::Route(_))));
    assert!(matches!(stage.put(&Route::new("a/b"), b"x"), Err(Failure::System { .. })));
    assert_eq!(stage.commit(None), Err(Failure::Incomplete(Route::new("a/b"))));
    assert!(!folder.join("public").exists());
}

#[test]
fn two_builds_are_kept_apart() {
    let folder = Scratch::new();
    let first = open(&folder).unwrap();
    let pid = Some(std::process::id());
    assert_eq!(open(&folder).unwrap_err(), Refusal::Locked { output: folder.join("public"), pid });
    drop(first);
    drop(open(&folder).unwrap());
    expect_no_stage(&folder);
}

#[test]
fn what_a_dead_build_left_is_cleared_away() {
    let folder = Scratch::new();
    folder.write(".public.schaukasten/files/index.html", "half");
    folder.write(".public.schaukasten/journal-draft", "[");
    folder.write(".public.schaukasten/journal", "{\"base\":null,\"resu");
    folder.write(".public.schaukasten/lock", "1");
    publish(&folder, &site(&["a.html=a"])).unwrap();
    assert_eq!(public(&folder), site(&["a.html=a"]));
    expect_no_stage(&folder);
}

/// A site of linked pages; every version has other pages and other words.
fn version(number: usize) -> Site {
    let mut files = Site::new();
    let numbers = number * 3..number * 3 + 8;
    let style = format!("assets/site.{number}.css");
    files.insert(style.clone(), format!("/* {number} */"));
    files.insert(format!("bilder/{}/b.svg", number % 2), format!("<svg>{number}</svg>"));
    let mut list = String::new();
    for page in numbers.clone() {
        let route = format!("eintraege/{page}/index.html");
        let next = if numbers.contains(&(page + 1)) { page + 1 } else { page };
        let picture = format!("bilder/{}/b.svg", number % 2);
        let text = format!(
            "{number} <a href=\"/{style}\"> <a href=\"/index.html\"> <a href=\"/{picture}\"> \
             <a href=\"/eintraege/{next}/index.html\">"
        );
        list.push_str(&format!("<a href=\"/{route}\">"));
        files.insert(route, text);
    }
    files.insert("eintraege/index.html".into(), format!("{number} {list}"));
    let home = format!("{number} <a href=\"/eintraege/index.html\"> <a href=\"/{style}\">");
    files.insert("index.html".into(), home);
    files
}

/// Makes sure that every file is whole and of one of the versions, and every link alive that can
/// be reached from the home page.
fn expect_whole(output: &Path, versions: &[&Site]) {
    for (path, text) in tree(output) {
        let is_known = versions.iter().any(|version| version.get(&path) == Some(&text));
        let is_apart = path == "schaukasten.json" || path.ends_with('/');
        assert!(is_known || is_apart, "`{path}` holds `{text}`");
    }
    let mut queue = vec!["index.html".to_owned()];
    let mut seen = BTreeSet::new();
    while let Some(path) = queue.pop() {
        let text = fs::read_to_string(output.join(&path)).unwrap_or_else(|_| panic!("{path}"));
        for link in text.split("href=\"/").skip(1) {
            let target = link.split('"').next().unwrap().to_owned();
            if seen.insert(target.clone()) {
                queue.push(target);
            }
        }
    }
}

#[test]
fn a_publish_can_be_interrupted_at_every_step() {
    let (one, two, three) = (version(1), version(2), version(3));
    for swap in [false, true] {
        for stop in 0.. {
            let folder = Scratch::new();
            let output = folder.join("public");
            prepare(&output, &one, swap).finish().unwrap();
            let mut publishing = prepare(&output, &two, swap);
            let mut is_over = false;
            for _ in 0..stop {
                is_over = !publishing.advance().unwrap();
            }
            drop(publishing);
            expect_whole(&output, &[&one, &two]);
            if swap && stop == 0 {
                assert_eq!(public(&folder), one);
            }
            prepare(&output, if stop % 2 == 0 { &two } else { &three }, false).finish().unwrap();
            assert_eq!(public(&folder), if stop % 2 == 0 { two.clone() } else { three.clone() });
            expect_no_stage(&folder);
            if is_over {
                assert!(stop > 1);
                break;
            }
        }
    }
}

#[test]
fn the_next_start_completes_what_was_begun() {
    let folder = Scratch::new();
    let output = folder.join("public");
    prepare(&output, &version(1), false).finish().unwrap();
    let mut publishing = prepare(&output, &version(2), false);
    publishing.advance().unwrap();
    drop(publishing);
    drop(open(&folder).unwrap());
    assert_eq!(public(&folder), version(2));
    expect_no_stage(&folder);
}

#[test]
fn a_journal_is_not_followed_into_another_folder() {
    let folder = Scratch::new();
    let output = folder.join("public");
    prepare(&output, &version(1), false).finish().unwrap();
    drop(prepare(&output, &version(2), false));
    fs::remove_dir_all(&output).unwrap();
    folder.write("public/letter.txt", "dear");
    assert!(matches!(open(&folder).unwrap_err(), Refusal::Foreign { .. }));
    assert_eq!(public(&folder), site(&["letter.txt=dear"]));
    expect_no_stage(&folder);
}

#[test]
fn whole_trees_are_exchanged() {
    let folder = Scratch::new();
    let output = folder.join("public");
    prepare(&output, &version(1), true).finish().unwrap();
    let before = fs::metadata(&output).unwrap().ino();
    prepare(&output, &version(1), true).finish().unwrap();
    assert_eq!(fs::metadata(&output).unwrap().ino(), before);

    let mut publishing = prepare(&output, &version(2), true);
    folder.write("public/late/note.txt", "put there meanwhile");
    assert!(publishing.advance().unwrap());
    assert!(!publishing.advance().unwrap());
    drop(publishing);
    assert_ne!(fs::metadata(&output).unwrap().ino(), before);
    let mut expected = version(2);
    expected.insert("late/note.txt".into(), "put there meanwhile".into());
    assert_eq!(public(&folder), expected);
    expect_no_stage(&folder);
}

/// Where the process that is to be killed publishes to.
const OUTPUT: &str = "SCHAUKASTEN_TEST_OUTPUT";

#[test]
#[ignore = "the process that another test kills"]
fn publish_until_killed() {
    let Some(output) = std::env::var_os(OUTPUT) else { return };
    for number in (1..=4).cycle() {
        prepare(Path::new(&output), &version(number), false).finish().unwrap();
    }
}

#[test]
fn a_killed_publish_is_completed() {
    let folder = Scratch::new();
    let output = folder.join("public");
    let versions: Vec<_> = (1..=4).map(version).collect();
    prepare(&output, &versions[0], false).finish().unwrap();
    for round in 0..25_u64 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["publish::publish_until_killed", "--exact", "--ignored"])
            .env(OUTPUT, &output)
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_micros(15_000 + round * 1_370));
        child.kill().unwrap();
        child.wait().unwrap();
        expect_whole(&output, &versions.iter().collect::<Vec<_>>());
        drop(open(&folder).unwrap());
        assert!(versions.contains(&public(&folder)), "round {round}");
        expect_no_stage(&folder);
    }
}

/// A random site over few names, in which files and folders often change places.
fn random_site(dice: &mut impl FnMut(u64) -> u64) -> Site {
    let mut files = Site::new();
    for _ in 0..dice(9) {
        let names: Vec<_> = (0..=dice(3)).map(|_| ["a", "b", "c"][dice(3) as usize]).collect();
        let route = names.join("/");
        let clashes = |other: &String| {
            let (long, short) =
                if other.len() > route.len() { (other, &route) } else { (&route, other) };
            long.strip_prefix(short.as_str()).is_some_and(|rest| rest.starts_with('/'))
        };
        if !files.keys().any(clashes) {
            files.insert(route, format!("{}", dice(3)));
        }
    }
    files
}

#[test]
fn any_series_of_publishes_ends_with_the_last() {
    let mut seed = 7_u64;
    let mut dice = move |sides: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % sides
    };
    for _ in 0..40 {
        let folder = Scratch::new();
        let output = folder.join("public");
        prepare(&output, &Site::new(), false).finish().unwrap();
        folder.write("public/x/mine", "mine");
        for _ in 0..12 {
            let mut publishing = prepare(&output, &random_site(&mut dice), dice(3) == 0);
            for _ in 0..dice(12) {
                publishing.advance().unwrap();
            }
            drop(publishing);
            let site = random_site(&mut dice);
            prepare(&output, &site, dice(3) == 0).finish().unwrap();
            let mut expected = site;
            expected.insert("x/mine".into(), "mine".into());
            assert_eq!(public(&folder), expected);
            expect_no_stage(&folder);
        }
    }
}
