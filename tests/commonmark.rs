//! The examples of the CommonMark specification, and where we differ on purpose.
//!
//! `COMMONMARK_SPEC` names a JSON file with the examples (`tests` of the npm package
//! `commonmark-spec`). Without it nothing is checked, and the test says so. An example that is
//! listed as different must be different: the list is to tell the truth.

use std::collections::BTreeMap;
use std::io::Write;

use schaukasten::parse::{Filling, Markup, Place, Target, html, markdown};
use schaukasten::path::{RelPath, percent_encoded};

/// Examples whose outcome we do not want, by reason.
const DIFFERENCES: &[(&str, &[u64])] = &[
    ("a star between two letters is literal: `Bürger*innen`", &[355, 370, 429]),
    ("a link that leads nowhere is an error", &[200, 485, 486, 487, 567]),
    ("an address with a backslash is a path of Windows, and an error", &[202, 502]),
    ("only `http`, `https`, `mailto` and `tel` lead to other sites", &[596, 598, 599, 600]),
    ("code in a known language gets spans with classes", &[142, 143]),
    ("comments are dropped", &[179, 183, 308, 309, 625, 626]),
    ("a block of nothing but allowed tags becomes a paragraph", &[166]),
    (
        "HTML beyond a few inline tags is an error, and tags that are not closed are",
        &[
            21, 31, 148, 149, 150, 151, 152, 153, 154, 155, 156, 157, 158, 159, 160, 161, 162, 163,
            164, 165, 167, 169, 170, 171, 172, 173, 174, 175, 176, 177, 178, 180, 181, 182, 184,
            185, 186, 187, 188, 189, 190, 191, 201, 344, 475, 476, 477, 491, 494, 524, 536, 613,
            614, 615, 616, 617, 623, 627, 628, 629, 630, 631, 642, 643,
        ],
    ),
];

#[test]
fn examples_come_out_as_specified() {
    let Ok(file) = std::env::var("COMMONMARK_SPEC") else {
        // Past the test runner, which shows nothing of a test that passes.
        let note = b"CommonMark examples not run: COMMONMARK_SPEC does not name them\n";
        return std::io::stderr().write_all(note).unwrap();
    };
    let text = std::fs::read_to_string(file).unwrap();
    let examples: serde_json::Value = serde_json::from_str(&text).unwrap();
    let listed: BTreeMap<u64, &str> = DIFFERENCES
        .iter()
        .flat_map(|(reason, numbers)| numbers.iter().map(|number| (*number, *reason)))
        .collect();
    let mut wrong = Vec::new();
    for example in examples.as_array().unwrap() {
        let number = example["number"].as_u64().unwrap();
        // The examples show tabs as arrows.
        let text = |key: &str| example[key].as_str().unwrap().replace('→', "\t");
        let (source, expected) = (text("markdown"), normal(&text("html")));
        let place = Place::At(RelPath::new("content/example.md"), 0);
        let mut notes = Vec::new();
        let markup = markdown::body(&mut notes, &source, &place);
        let found = normal(&plain(&markup));
        match (found == expected, listed.get(&number)) {
            (true, None) | (false, Some(_)) => {}
            (true, Some(reason)) => wrong.push(format!("{number} is as specified, but: {reason}")),
            (false, None) => wrong.push(format!(
                "{number}:\n{source}\n--- expected\n{expected}\n--- found\n{found}\n--- notes\n{}\n",
                notes.iter().map(|note| note.message.en.as_str()).collect::<Vec<_>>().join("\n")
            )),
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// Markup with its holes filled by what was written: no other page is known here.
fn plain(markup: &Markup) -> String {
    let mut out = String::new();
    let mut done = 0;
    for hole in &markup.holes {
        out.push_str(&markup.html[done..hole.at]);
        done = hole.at;
        fill(&mut out, markup, hole.what);
    }
    out.push_str(&markup.html[done..]);
    out
}

/// Fills one hole.
fn fill(out: &mut String, markup: &Markup, what: Filling) {
    let mut attribute = |name: &str, value: &str| {
        out.push_str(&format!(" {name}=\""));
        html::escape_attribute(out, value);
        out.push('"');
    };
    match what {
        Filling::LinkStart(index) => {
            let link = &markup.links[index];
            attribute("href", &address(&link.target));
            if let Some(title) = &link.title {
                attribute("title", title);
            }
            let attributes = out.split_off(out.rfind(" href=").unwrap());
            out.push_str(&format!("<a{attributes}>"));
        }
        Filling::LinkEnd(_) => out.push_str("</a>"),
        Filling::LinkWords(_) => {}
        Filling::Picture(index) => {
            let picture = &markup.pictures[index];
            attribute("src", &percent_encoded(&picture.path));
            attribute("alt", &picture.alt);
            if let Some(caption) = &picture.caption {
                attribute("title", caption);
            }
            let attributes = out.split_off(out.rfind(" src=").unwrap());
            let image = format!("<img{attributes}>");
            out.push_str(&if picture.alone { format!("<p>{image}</p>") } else { image });
        }
        Filling::Block(index) => out.push_str(&format!("{{{}}}", markup.blocks[index].name)),
        Filling::Word(key) => out.push_str(key),
    }
}

/// An address as it was written.
fn address(target: &Target) -> String {
    let with = |path: &str, anchor: &Option<std::sync::Arc<str>>| match anchor {
        Some(anchor) => format!("{}#{}", encoded(path), encoded(anchor)),
        None => encoded(path),
    };
    match target {
        Target::Outside(url) => url.to_string(),
        Target::Here(anchor) => format!("#{}", encoded(anchor)),
        Target::File(path, anchor) | Target::Address(path, anchor) => with(path, anchor),
        Target::Entry(kind, id, anchor) => with(&format!("{kind}:{id}"), anchor),
    }
}

/// An address with what the specification's examples encode encoded; they leave queries alone.
fn encoded(path: &str) -> String {
    percent_encoded(path).replace("%3F", "?").replace("%26", "&")
}

/// HTML in a form that does not tell apart what looks the same.
fn normal(html: &str) -> String {
    let html =
        html.replace(" />", ">").replace("&quot;", "\"").replace("<pre tabindex=\"0\">", "<pre>");
    let mut out = String::new();
    let mut rest = html.as_str();
    // Ids of headings.
    while let Some(at) = rest.find(" id=\"") {
        out.push_str(&rest[..at]);
        let id = &rest[at + 5..];
        rest = &id[id.find('"').unwrap() + 1..];
    }
    out.push_str(rest);
    let parts = out.split_inclusive("</pre>").map(|part| {
        let (text, code) = part.split_once("<pre>").unwrap_or((part, ""));
        let text = text.replace("\n<", "<").replace(">\n", ">");
        let code = if part.contains("<pre>") { format!("<pre>{code}") } else { String::new() };
        text + &code
    });
    parts.collect::<String>().trim().to_owned()
}
