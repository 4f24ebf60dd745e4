//! Style sheets: imports, addresses, problems.

use std::collections::BTreeMap;
use std::sync::Arc;

use schaukasten::path::RelPath;
use schaukasten::print::Fingerprint;
use schaukasten::render::css::{CssProblem, Sheet, Trouble, bundle, fingerprinted};

/// Bundles the style sheet `a.css` of some files; files that do not end in `.css` are assets.
fn bundled(files: &[(&str, &str)]) -> Result<Sheet, Vec<CssProblem>> {
    let files: BTreeMap<_, _> =
        files.iter().map(|(path, text)| (RelPath::new(path), Arc::<str>::from(*text))).collect();
    let read = |path: &RelPath| files.get(path).cloned();
    let url = |path: &RelPath| files.contains_key(path).then(|| format!("/base/{path}?1"));
    bundle(&RelPath::new("a.css"), &read, &url)
}

/// The text that comes out.
fn check(files: &[(&str, &str)], expected: &str) {
    let sheet = bundled(files).unwrap();
    assert_eq!(sheet.css.trim_end(), expected);
    assert_eq!(bundled(files).unwrap(), sheet);
}

/// The problems, each as the text of its place and what it is.
fn troubles(files: &[(&str, &str)]) -> Vec<(String, Trouble)> {
    let texts: BTreeMap<_, _> = files.iter().copied().collect();
    let found = bundled(files).unwrap_err();
    let shown = |problem: CssProblem| {
        let said = problem.diagnostic();
        assert!(!said.message.de.is_empty() && !said.help.is_empty());
        let text = texts[problem.span.path.as_str()];
        (text[problem.span.range].to_owned(), problem.trouble)
    };
    found.into_iter().map(shown).collect()
}

#[test]
fn imports_are_put_in_place_in_order() {
    check(
        &[
            (
                "a.css",
                "@layer x, y; @import 'b/b.css'; @import url(c.css) layer(y) print; p{top:1px}",
            ),
            ("b/b.css", "@import '../c.css' supports(display: grid) screen; b { color: red }"),
            ("c.css", "i { color: blue }"),
        ],
        "@layer x,y;@media screen{@supports (display:grid){i{color:#00f}}}b{color:red}\
         @media print{@layer y{i{color:#00f}}}p{top:1px}",
    );
}

#[test]
fn addresses_are_replaced_everywhere() {
    let sheet = bundled(&[
        ("a.css", "@import 'b/b.css'; a { background: url(x.svg#i), image-set('x.svg' 1x) }"),
        (
            "b/b.css",
            "@font-face { font-family: F; src: url('../f.woff2') format('woff2') }
             b { --x: url(x.svg); mask: url(#m); cursor: url(data:image/png;base64,AA), auto }",
        ),
        ("x.svg", ""),
        ("b/x.svg", ""),
        ("f.woff2", ""),
    ])
    .unwrap();
    for part in [
        "url(/base/x.svg?1#i)",
        "image-set(\"/base/x.svg?1\"",
        "url(/base/f.woff2?1)",
        "--x:url(/base/b/x.svg?1)",
        "url(#m)",
        "url(data:image/png;base64,AA)",
    ] {
        assert!(sheet.css.contains(part), "{part}: {}", sheet.css);
    }
    assert_eq!(
        sheet.assets.iter().map(RelPath::as_str).collect::<Vec<_>>(),
        ["b/x.svg", "f.woff2", "x.svg"]
    );
    assert_eq!(sheet.sources.len(), 2);
}

#[test]
fn no_property_hides_an_address() {
    for declaration in [
        "background: url(x.svg)",
        "background-image: linear-gradient(red, blue), url('x.svg')",
        "background: -webkit-image-set(url(x.svg) 1x)",
        "background: image-set('x.svg' type('image/svg+xml'), url(x.svg) 2x)",
        "border-image: url(x.svg) 30",
        "border-image-source: url(x.svg)",
        "list-style: url(x.svg)",
        "list-style-image: url(x.svg)",
        "content: url(x.svg) / 'alt'",
        "cursor: url(x.svg) 1 2, auto",
        "mask: url(x.svg)",
        "mask-image: url(x.svg)",
        "-webkit-mask-image: url(x.svg)",
        "mask-border-source: url(x.svg)",
        "filter: url(x.svg#f)",
        "backdrop-filter: url(x.svg#f)",
        "clip-path: url(x.svg#f)",
        "fill: url(x.svg#f)",
        "marker: url(x.svg#f)",
        "shape-outside: url(x.svg)",
        "offset-path: url(x.svg#f)",
        "--x: foo(url(x.svg))",
        "background: var(--y, url(x.svg))",
        "unknown-thing: url(x.svg)",
        "background: cross-fade(url(x.svg), url(x.svg), 50%)",
        "color: if(style(--a): url(x.svg); else: url(x.svg))",
    ] {
        for around in [
            "a{D}",
            "@media print{a{D}}",
            "a{&:hover{D}}",
            "@layer x{a{D}}",
            "@page{D}",
            "@container (width > 1px){a{D}}",
            "@scope (a){b{D}}",
            "@starting-style{a{D}}",
            "@keyframes k{from{D}}",
            "@neu{a{D}}",
            "@page{@top-left{D}}",
        ] {
            let text = around.replace('D', declaration);
            let sheet = bundled(&[("a.css", &text), ("x.svg", "")]).unwrap();
            let rest = sheet.css.replace("/base/x.svg?1", "");
            assert!(!rest.contains("x.svg"), "{text}: {}", sheet.css);
        }
    }
}

#[test]
fn all_problems_are_found_at_once() {
    let found = troubles(&[
        (
            "a.css",
            "@import 'none.css';\n@import 'https://example.org/x.css';\n@import 'b.css';\n\
             /* ä */ a { background: url(none.png) }\nb { background: url(//example.org/x.png) }\n\
             c { background: url(/x.png) }\nd { color red }\n",
        ),
        ("b.css", "a { color: red }}\n"),
    ]);
    let places: Vec<_> = found.iter().map(|(place, _)| place.as_str()).collect();
    assert_eq!(
        places,
        [
            "@import 'none.css'",
            "@import 'https://example.org/x.css'",
            "url(none.png)",
            "url(//example.org/x.png)",
            "url(/x.png)",
            "red",
            "}",
        ]
    );
    assert_eq!(found[0].1, Trouble::NoSheet("none.css".into()));
    assert_eq!(found[1].1, Trouble::Foreign("https://example.org/x.css".into()));
    assert_eq!(found[2].1, Trouble::NoFile("none.png".into()));
    assert_eq!(found[4].1, Trouble::Rooted("/x.png".into()));
}

#[test]
fn circles_end() {
    let found = troubles(&[
        ("a.css", "@import 'b.css'; a { color: red }"),
        ("b.css", "@import 'a.css'; @import 'b.css' print;"),
    ]);
    assert_eq!(found[0], ("@import 'a.css'".into(), Trouble::Cycle("a.css".into())));
    assert_eq!(found[1], ("@import 'b.css' print".into(), Trouble::Cycle("b.css".into())));
    assert_eq!(
        troubles(&[("b.css", "")].map(|_| ("a.css", "@import 'a.css'")))[0].0,
        "@import 'a.css'"
    );
}

#[test]
fn what_doubles_at_every_level_ends_too() {
    let names: Vec<_> = (0..40).map(|n| format!("{n}.css")).collect();
    let texts: Vec<_> =
        (0..40).map(|n| format!("@import '{0}.css'; @import '{0}.css';", n + 1)).collect();
    let mut files = vec![("a.css", "@import '0.css';"), ("40.css", "")];
    files.extend(names.iter().map(String::as_str).zip(texts.iter().map(String::as_str)));
    assert_eq!(troubles(&files)[0].1, Trouble::TooMany(500));
}

#[test]
fn what_is_not_known_is_kept_and_told() {
    let sheet =
        bundled(&[("a.css", "/*! EUPL */ @neu x { y: z } a:hoover { color: red }")]).unwrap();
    assert!(sheet.css.starts_with("/*! EUPL */"), "{}", sheet.css);
    assert!(sheet.css.contains("@neu") && sheet.css.contains(":hoover"), "{}", sheet.css);
    assert_eq!(sheet.doubts.len(), 2);
}

#[test]
fn odd_texts_do_no_harm() {
    for text in
        ["", "\u{feff}a{}", "}", "{", "@", "@import", "\\", "a{b:c", "/*", "url(", "\0", "ä"]
    {
        let _ = bundled(&[("a.css", text)]);
    }
    for part in ["a{", "a{b:(", "@media print{", "a{b:[{(", ":not(", "@media (not ("] {
        let (deep, just) =
            (part.repeat(10_000), part.repeat(64 / part.matches(['{', '(', '[']).count()));
        let found = bundled(&[("a.css", &deep)]).unwrap_err();
        assert_eq!(found[0].trouble, Trouble::TooDeep(64));
        let _ = bundled(&[("a.css", &just)]);
    }
    assert_eq!(bundled(&[]).unwrap_err().len(), 1);
}

#[test]
fn names_carry_the_mark_of_the_contents() {
    let print = Fingerprint::of_bytes(b"x");
    let mark = print.short();
    for (path, expected) in [
        ("assets/site.css", format!("assets/site.{mark}.css")),
        ("a.min.js", format!("a.min.{mark}.js")),
        ("x.y/LICENCE", format!("x.y/LICENCE.{mark}")),
    ] {
        assert_eq!(fingerprinted(path, print).as_str(), expected);
    }
}
