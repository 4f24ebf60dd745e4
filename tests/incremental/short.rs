//! Which edits take the short way to a site: those that concern one entry, and nobody else by what it
//! gives up or brings. That the short way leads where the long one does is for the oracle to say;
//! here it is said that it is taken, and where it must not be.

use super::Warm;
use super::draw::quoted;
use super::site::{self, File, Site, Text};

/// An entry with these fields.
fn entry(kind: &str, fields: &[(&str, &str)]) -> File {
    let mut text = Text::titled("Neu");
    let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    text.fields.extend(fields);
    File::Doc(kind.to_owned(), text)
}

/// Sets a field of an entry.
fn set(site: &mut Site, path: &str, name: &str, value: &str) {
    let Some(File::Doc(_, text)) = site.files.get_mut(path) else { panic!("{path} is no text") };
    text.fields.insert(name.to_owned(), value.to_owned());
}

/// Makes an edit after some others; says whether the site was made the short way, and compares all
/// that came of it with a clean build.
fn is_short(before: impl FnOnce(&mut Site), edit: impl FnOnce(&mut Site)) -> bool {
    let mut site = site::start();
    before(&mut site);
    let mut warm = Warm::new();
    warm.build(&site);
    let known = warm.short;
    edit(&mut site);
    warm.build(&site);
    let mut clean = Warm::new();
    clean.build(&site);
    assert_eq!(warm.shown, clean.shown);
    assert_eq!(warm.outputs, clean.outputs);
    warm.short > known
}

/// An event that refers to what there is.
fn event() -> File {
    let fields = [
        ("type", "\"workshop\""),
        ("start", "2026-03-20"),
        ("initiatives", "[\"i1\"]"),
        ("topics", "[\"t1\"]"),
    ];
    entry("event", &fields)
}

#[test]
fn entries_come_and_go_the_short_way() {
    let path = "content/veranstaltungen/e9.md";
    assert!(is_short(|_| {}, |site| drop(site.files.insert(path.to_owned(), event()))));
    let with = |site: &mut Site| drop(site.files.insert(path.to_owned(), event()));
    assert!(is_short(with, |site| drop(site.files.remove(path))));
    let renamed = |site: &mut Site| {
        let file = site.files.remove(path).unwrap();
        site.files.insert("content/veranstaltungen/f9.md".to_owned(), file);
    };
    assert!(is_short(with, renamed));
    let moved = |site: &mut Site| {
        let file = site.files.remove(path).unwrap();
        site.files.insert("content/veranstaltungen/gruppe/e9.md".to_owned(), file);
    };
    assert!(is_short(with, moved));
}

#[test]
fn facts_change_the_short_way() {
    let path = "content/veranstaltungen/e1.md";
    assert!(is_short(|_| {}, |site| set(site, path, "start", "2026-02-15")));
    assert!(is_short(|_| {}, |site| set(site, path, "topics", "[\"t2\"]")));
    assert!(is_short(|_| {}, |site| set(site, path, "slug", "\"anders\"")));
    let path = "content/veranstaltungen/e9.md";
    let with = |site: &mut Site| drop(site.files.insert(path.to_owned(), event()));
    assert!(is_short(with, |site| set(site, path, "draft", "true")));
    let draft = |site: &mut Site| {
        with(site);
        set(site, path, "draft", "true");
    };
    assert!(is_short(draft, |site| set(site, path, "draft", "false")));
    let translated = |site: &mut Site| {
        let path = "content/veranstaltungen/e1.en.md".to_owned();
        site.files.insert(path, entry("event", &[]));
    };
    assert!(is_short(|_| {}, translated));
    assert!(is_short(translated, |site| {
        site.files.remove("content/veranstaltungen/e1.en.md");
    }));
}

#[test]
fn lists_grow_and_shrink_the_short_way() {
    let two = |site: &mut Site| set(site, "content/veranstaltungen/_index.md", "per_page", "2");
    let path = "content/veranstaltungen/e9.md";
    assert!(is_short(two, |site| drop(site.files.insert(path.to_owned(), event()))));
    let three = |site: &mut Site| {
        two(site);
        site.files.insert(path.to_owned(), event());
    };
    assert!(is_short(three, |site| drop(site.files.remove(path))));
    // The list of all that refer to a topic has pages of its own from the 21st on.
    let many = |site: &mut Site| {
        for number in 0..19 {
            site.files.insert(format!("content/veranstaltungen/v{number}.md"), event());
        }
    };
    assert!(is_short(many, |site| drop(site.files.insert(path.to_owned(), event()))));
    let more = |site: &mut Site| {
        many(site);
        site.files.insert(path.to_owned(), event());
    };
    assert!(is_short(more, |site| drop(site.files.remove(path))));
}

#[test]
fn what_concerns_others_takes_the_long_way() {
    let path = "content/veranstaltungen/e9.md";
    let with = |fields: &'static [(&'static str, &'static str)]| {
        move |site: &mut Site| drop(site.files.insert(path.to_owned(), entry("event", fields)))
    };
    let kind = ("type", "\"workshop\"");
    for fields in [
        // Another address leads there.
        &[kind, ("redirects", "[\"/alt/\"]")][..],
        // It has its address at another time, and somebody else may have it now.
        &[kind, ("publish_on", "2027-01-01")],
        // A page of that address exists.
        &[kind, ("slug", "\"e1\"")],
    ] {
        let fields: &'static [_] = fields.to_vec().leak();
        assert!(!is_short(|_| {}, with(fields)), "{fields:?}");
    }
    // Somebody misses it.
    let missing = |site: &mut Site| set(site, "content/aktuelles/n1.md", "about", "[\"event:e9\"]");
    assert!(!is_short(missing, with(&[("type", "\"workshop\"")])));
    // Who says `e9` without a kind means another from now on.
    let other = |site: &mut Site| {
        let path = "content/initiativen/e9.md".to_owned();
        site.files.insert(path, entry("initiative", &[("type", "\"programm\"")]));
    };
    assert!(!is_short(other, with(&[("type", "\"workshop\"")])));
    // The last one that points to a file, and the first.
    let body = |site: &mut Site| drop(site.files.remove("content/themen/t1.md"));
    assert!(!is_short(|_| {}, body));
    let first = |site: &mut Site| {
        let Some(File::Doc(_, text)) = site.files.get_mut("content/themen/t2.md") else { panic!() };
        text.body.push("[Neu](../dateien/neu.txt)".to_owned());
    };
    let unused = |site: &mut Site| {
        let file = File::Plain(b"neu".to_vec());
        site.files.insert("content/dateien/neu.txt".to_owned(), file);
    };
    assert!(!is_short(unused, first));
    // A page with a task.
    let role = |site: &mut Site| {
        set(site, "content/impressum.md", "role", &quoted("privacy"));
    };
    assert!(!is_short(|_| {}, role));
    // A section.
    let section = |site: &mut Site| set(site, "content/partner/_index.md", "per_page", "1");
    assert!(!is_short(|_| {}, section));
}

#[test]
fn a_translation_without_its_main_file_takes_the_long_way() {
    let alone = |site: &mut Site| drop(site.files.remove("content/initiativen/i1.md"));
    assert!(!is_short(|_| {}, alone));
    let again = |site: &mut Site| {
        let file = entry("initiative", &[("type", "\"programm\"")]);
        site.files.insert("content/initiativen/i1.md".to_owned(), file);
    };
    assert!(!is_short(alone, again));
}

/// An event with these fields at a path.
fn at(path: &'static str, fields: &'static [(&'static str, &'static str)]) -> impl Fn(&mut Site) {
    move |site| {
        let mut all = vec![("type", "\"workshop\"")];
        all.extend(fields);
        site.files.insert(path.to_owned(), entry("event", &all));
    }
}

#[test]
fn who_gives_way_takes_the_long_way() {
    let (e8, e9) = ("content/veranstaltungen/e8.md", "content/veranstaltungen/e9.md");
    let both = |site: &mut Site| {
        set(site, "content/themen/t1.md", "slug", "\"eins\"");
        at(e8, &[("slug", "\"tag\"")])(site);
        at(e9, &[("slug", "\"morgen\""), ("publish_on", "2026-03-01")])(site);
    };
    // On its last day the one has its address no longer, and the other has it.
    let clash = |site: &mut Site| {
        both(site);
        set(site, e8, "expires_on", "2026-03-01");
        set(site, e8, "gone", "true");
        set(site, e9, "slug", "\"tag\"");
    };
    assert!(!is_short(clash, |site| set(site, e9, "slug", "\"morgen\"")));
    assert!(!is_short(clash, |site| set(site, e9, "publish_on", "2026-02-15")));
    // Words change nothing about that.
    assert!(is_short(clash, |site| set(site, e9, "title", "\"Anders\"")));
    assert!(!is_short(clash, |site| drop(site.files.remove(e9))));
}

#[test]
fn who_claims_a_name_with_another_takes_the_long_way() {
    // The row comes behind the file, and has the name when that goes.
    let path = "content/partner/A/p4.md";
    let both = |site: &mut Site| {
        site.files.insert(path.to_owned(), entry("partner", &[("type", "\"verein\"")]));
    };
    assert!(!is_short(both, |site| drop(site.files.remove(path))));
    // Two new entries want one address.
    let slug = &[("slug", "\"neu\"")];
    let two = |site: &mut Site| {
        at("content/veranstaltungen/e8.md", slug)(site);
        at("content/veranstaltungen/e9.md", slug)(site);
    };
    assert!(!is_short(|_| {}, two));
}

#[test]
fn a_folder_that_becomes_a_section_takes_the_long_way() {
    let bare = |site: &mut Site| {
        site.files.retain(|path, _| !path.starts_with("content/loesungen/"));
        site.files.insert("content/aktuelles/n1.md".to_owned(), entry("news", &[]));
    };
    let first = |site: &mut Site| {
        let fields = [("type", "\"portal\""), ("status", "\"idee\"")];
        site.files.insert("content/loesungen/s9.md".to_owned(), entry("solution", &fields));
    };
    assert!(!is_short(bare, first));
    let with = |site: &mut Site| {
        bare(site);
        first(site);
    };
    assert!(!is_short(with, |site| drop(site.files.remove("content/loesungen/s9.md"))));
}

#[test]
fn a_translated_row_takes_the_long_way() {
    let path = "content/partner/p9.md";
    let with = |site: &mut Site| {
        site.files.insert(path.to_owned(), entry("partner", &[("type", "\"verein\"")]));
        let words = |id: &str| (id.to_owned(), Text::titled("Words"));
        let rows = File::Rows("partner".to_owned(), vec![words("p4"), words("p9")]);
        site.files.insert("content/partner/_entries.en.toml".to_owned(), rows);
    };
    assert!(!is_short(with, |site| drop(site.files.remove(path))));
}
