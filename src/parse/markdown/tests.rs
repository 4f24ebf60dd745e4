//! What editors write, and what becomes of it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use super::*;
use crate::parse::{Filling, Target};
use crate::path::RelPath;

/// Texts do not start at the start of their file; a wrong base shows.
const START: usize = 7;

/// Where the texts stand.
fn place() -> Place {
    Place::At(RelPath::new("content/a.md"), START)
}

/// Reads a body and gives it with its problems: code and bytes.
fn read_body(source: &str) -> (Markup, Vec<String>) {
    let mut notes = Vec::new();
    let markup = body(&mut notes, source, &place());
    (markup, shown_notes(source, &notes))
}

/// Problems, each as its code and the bytes it points at.
fn shown_notes(source: &str, notes: &[Diagnostic]) -> Vec<String> {
    let shown = notes.iter().map(|note| {
        let range = &note.place().unwrap().range;
        let bytes = &source[range.start - START..range.end - START];
        format!("{} {bytes}", note.code.as_str())
    });
    shown.collect()
}

/// HTML with its holes named.
fn shown(markup: &Markup) -> String {
    let mut out = String::new();
    let mut done = 0;
    for hole in &markup.holes {
        out.push_str(&markup.html[done..hole.at]);
        done = hole.at;
        out.push_str(&match hole.what {
            Filling::LinkStart(index) => format!("{{a {}}}", leads(&markup.links[index].target)),
            Filling::LinkWords(_) => "{words}".to_owned(),
            Filling::LinkEnd(_) => "{/a}".to_owned(),
            Filling::Picture(index) => {
                let picture = &markup.pictures[index];
                let figure = if picture.alone { "figure" } else { "img" };
                format!("{{{figure} {} {}}}", picture.path, picture.alt)
            }
            Filling::Block(index) => format!("{{block {}}}", markup.blocks[index].name),
            Filling::Word(key) => format!("{{{key}}}"),
        });
    }
    out.push_str(&markup.html[done..]);
    out
}

/// Where a link leads, in short.
fn leads(target: &Target) -> String {
    match target {
        Target::Outside(url) => url.to_string(),
        Target::Here(anchor) => format!("#{anchor}"),
        Target::File(path, None) | Target::Address(path, None) => path.to_string(),
        Target::File(path, Some(anchor)) | Target::Address(path, Some(anchor)) => {
            format!("{path}#{anchor}")
        }
        Target::Entry(kind, id, _) => format!("{kind}:{id}"),
    }
}

/// Checks the HTML of a body without problems.
#[track_caller]
fn check(source: &str, html: &str) {
    let (markup, notes) = read_body(source);
    assert_eq!(notes, [""; 0], "{source}");
    assert_eq!(shown(&markup).trim_end(), html, "{source}");
}

/// Checks the problems of a body.
#[track_caller]
fn check_notes(source: &str, expected: &[&str]) {
    let (_, notes) = read_body(source);
    assert_eq!(notes, expected, "{source}");
    // Spans are the same whatever the line ends.
    let source = source.replace('\n', "\r\n");
    let (_, notes) = read_body(&source);
    let notes: Vec<_> = notes.iter().map(|note| note.replace("\r\n", "\n")).collect();
    assert_eq!(notes, expected, "{source:?}");
}

/// Checks the HTML of a single line.
#[track_caller]
fn check_inline(source: &str, html: &str, expected: &[&str]) {
    let mut notes = Vec::new();
    let markup = inline(&mut notes, source, &place());
    assert_eq!(shown(&markup), html);
    assert_eq!(shown_notes(source, &notes), expected);
}

#[test]
fn names_and_words_come_out_as_written() {
    check("Digitalakademie@bw, open.bydata", "<p>Digitalakademie@bw, open.bydata</p>");
    check("Bürger*innen und Freund*innen", "<p>Bürger*innen und Freund*innen</p>");
    check("*Bürger*innen* `a*b`", "<p><em>Bürger*innen</em> <code>a*b</code></p>");
    check(
        "Wissenschaftler:innen, snake_case_name",
        "<p>Wissenschaftler:innen, snake_case_name</p>",
    );
    check("„So“ »so« ‚so‘ \"so\" 'so' -- ...", "<p>„So“ »so« ‚so‘ \"so\" 'so' -- ...</p>");
    check("Silben\u{ad}trennung 5\u{202f}%", "<p>Silben\u{ad}trennung 5\u{202f}%</p>");
    check("www.example.org info@example.org", "<p>www.example.org info@example.org</p>");
    check("5~6 und 7~8, ~~neun~~", "<p>5~6 und 7~8, <del>neun</del></p>");
    check("[sic] [1] (siehe oben) [x](so)", "<p>[sic] [1] (siehe oben) {a so}x{/a}</p>");
}

#[test]
fn dates_are_neither_lists_nor_broken() {
    check("30. November 2018: Start", "<p>30.\u{a0}November 2018: Start</p>");
    check("- 13. Dezember: Auftakt", "<ul>\n<li>13.\u{a0}Dezember: Auftakt</li>\n</ul>");
    check("am 30.\nNovember", "<p>am 30.\u{a0}November</p>");
    check("`30. November`", "<p><code>30. November</code></p>");
    check("1. Januar\n2. Februar", "<ol>\n<li>Januar</li>\n<li>Februar</li>\n</ol>");
    check("[30. Mai](a.md \"30. Mai\")", "<p>{a a.md}30.\u{a0}Mai{/a}</p>");
}

#[test]
fn addresses_are_escaped_once() {
    let (markup, notes) = read_body("[A](https://x.de/?v=R_i_V&f=y) <https://x.de/a*b> <a@b.de>");
    // An address in place of words is worth a word.
    assert_eq!(notes.len(), 1, "{notes:?}");
    let targets: Vec<_> = markup.links.iter().map(|link| leads(&link.target)).collect();
    assert_eq!(targets, ["https://x.de/?v=R_i_V&f=y", "https://x.de/a*b", "mailto:a@b.de"]);
    assert_eq!(markup.links[0].span.range, START + 4..START + 29);
}

#[test]
fn links_lead_to_files_entries_and_headings() {
    check(
        "[](partner:bechtle) [a](../b/c.md#d) [e](#f)",
        "<p>{a partner:bechtle}{words}{/a} {a ../b/c.md#d}a{/a} {a #f}e{/a}</p>",
    );
    check("[a]\n\n[a]: <b c.md> 'd'", "<p>{a b c.md}a{/a}</p>");
}

#[test]
fn links_that_lead_nowhere_are_errors() {
    check_notes("ä [a]() b", &["link-scheme [a]()"]);
    check_notes("[a](javascript:b 'c')", &["link-scheme javascript:b"]);
    check_notes("[a](<file:///b c>)", &["link-scheme file:///b c"]);
    check_notes("[a](www.b.de/c)", &["url-without-scheme www.b.de/c"]);
    check_notes("> [a][b]\n>\n> [b]: info@c.de", &["url-without-scheme info@c.de"]);
    check_notes("[](https://a.de)", &["empty-text [](https://a.de)"]);
    check_notes("[a](b c.md)", &["link-scheme b c.md"]);
    check_notes("[a](b (1).pdf)", &["link-scheme b (1).pdf"]);
    check_notes("![a](b.jpg „c“)", &["link-scheme b.jpg „c“"]);
    check_notes("[a] (https://b.de)", &["link-scheme https://b.de"]);
    check_notes("<www.b.de/c>", &["url-without-scheme www.b.de/c"]);
}

#[test]
fn undefined_labels_are_errors() {
    check_notes("[a][b] [c][]", &["undefined-label [a][b]", "undefined-label [c][]"]);
    check_notes("a[^1] und \\[^2], `[^3]`", &["undefined-footnote [^1]"]);
    check_notes("- a\n\n  > [!HINWEIS]\n  > b", &["unknown-alert [!HINWEIS]"]);
    check_notes("> [!NOTE] a", &["unknown-alert [!NOTE]"]);
    check_notes("[!TIP]\na", &["unknown-alert [!TIP]"]);
}

#[test]
fn german_alerts_are_understood() {
    let mut notes = Vec::new();
    body(&mut notes, "> [!Achtung]\n> a", &place());
    assert_eq!(notes[0].help[0].fix.as_ref().unwrap().replacement, "[!CAUTION]");
    check(
        "> [!WARNING]\n> a",
        "<div class=\"alert alert-warning\" role=\"note\">\n<p class=\"alert-title\">\
         {alert_warning}</p>\n<p>a</p>\n</div>",
    );
}

#[test]
fn pictures_alone_become_figures() {
    check("![a *b*](c%20d.jpg \"e\")", "{figure c d.jpg a b}");
    check("a ![b](c.jpg)", "<p>a {img c.jpg b}</p>");
    check("a\n\n![b](c.jpg)\n\nd", "<p>a</p>\n{figure c.jpg b}\n<p>d</p>");
    check("[![b](c.jpg)](d.md)", "<p>{a d.md}{img c.jpg b}{/a}</p>");
    check_notes("a ![b](c.jpg \"d\")", &["picture-title ![b](c.jpg \"d\")"]);
    check_notes("![b](https://a.de/c.jpg)", &["foreign-origin ![b](https://a.de/c.jpg)"]);
    check_notes("![b]()", &["link-scheme ![b]()"]);
}

#[test]
fn headings_have_stable_ids() {
    check(
        "## Über uns\n### Über uns\na\n## Kontakt {#ueber-uns}\nb\n## ???\nc",
        "<h2 id=\"ueber-uns-2\">Über uns</h2>\n<h3 id=\"ueber-uns-3\">Über uns</h3>\n<p>a</p>\n\
         <h2 id=\"ueber-uns\">Kontakt</h2>\n<p>b</p>\n<h2 id=\"abschnitt\">???</h2>\n<p>c</p>",
    );
    let (markup, _) = read_body("## *A* `b` [c](d.md) ![e](f.jpg)\n\n[^1]\n\n[^1]: g");
    assert_eq!(&*markup.headings[0].title, "A b c e");
    let anchors: Vec<_> = markup.anchors.iter().map(|anchor| &**anchor).collect();
    assert_eq!(anchors, ["a-b-c-e", "fn-1"]);
}

#[test]
fn headings_keep_their_order() {
    check_notes("# A\n\n## B\n\nc", &["heading-level # A"]);
    check_notes("A\n===\nb", &["heading-level A"]);
    check_notes("## A\n\n#### B\nb\n\n#### C\nc", &["heading-level #### B"]);
    check_notes("## A {#c}\na\n\n## B {#c}\nb", &["duplicate-anchor ## B {#c}"]);
    check_notes("## A\n\n### B\n\n## C\n\nd", &["empty-text ### B"]);
    check_notes("##\n", &["empty-text ##"]);
    check_notes("## A {b}\nc", &["raw-html {b}"]);
    check_notes("A\nB {c d}\n---\ne", &["raw-html {c d}"]);
    check("## A {b\\}\nc", "<h2 id=\"a-b\">A {b}</h2>\n<p>c</p>");
    check("## A {#b .c}\nd", "<h2 id=\"b\" class=\"c\">A</h2>\n<p>d</p>");
}

#[test]
fn footnotes_are_numbered_by_reference() {
    check(
        "a[^b] c[^d] e[^b]\n\n[^d]: f\n\n[^b]: g[^h]\n\n[^h]: - i",
        "<p>a<sup class=\"footnote-ref\"><a href=\"#fn-b\" id=\"fnref-b\" role=\"doc-noteref\" \
         aria-label=\"{footnote} 1\">1</a></sup> c<sup class=\"footnote-ref\"><a href=\"#fn-d\" \
         id=\"fnref-d\" role=\"doc-noteref\" aria-label=\"{footnote} 2\">2</a></sup> e<sup \
         class=\"footnote-ref\"><a href=\"#fn-b\" id=\"fnref-b-2\" role=\"doc-noteref\" \
         aria-label=\"{footnote} 1\">1</a></sup></p>\n<section class=\"footnotes\" \
         role=\"doc-endnotes\" aria-label=\"{footnotes}\">\n<ol>\n<li id=\"fn-b\"><p>g<sup \
         class=\"footnote-ref\"><a href=\"#fn-h\" id=\"fnref-h\" role=\"doc-noteref\" \
         aria-label=\"{footnote} 3\">3</a></sup> <a href=\"#fnref-b\" class=\"footnote-back\" \
         role=\"doc-backlink\" aria-label=\"{footnote_back} 1\">↩\u{fe0e}</a> <a \
         href=\"#fnref-b-2\" class=\"footnote-back\" role=\"doc-backlink\" \
         aria-label=\"{footnote_back} 1-2\">↩\u{fe0e}</a></p>\n</li>\n<li id=\"fn-d\"><p>f <a \
         href=\"#fnref-d\" class=\"footnote-back\" role=\"doc-backlink\" \
         aria-label=\"{footnote_back} 2\">↩\u{fe0e}</a></p>\n</li>\n<li id=\"fn-h\">\
         <ul>\n<li>i</li>\n</ul>\n<p> <a href=\"#fnref-h\" class=\"footnote-back\" \
         role=\"doc-backlink\" aria-label=\"{footnote_back} 3\">↩\u{fe0e}</a></p>\n</li>\n\
         </ol>\n</section>",
    );
    check_notes("a\n\n[^b]: c", &["undefined-footnote [^b]: c"]);
    check_notes("a[^b]\n\n[^b]: c\n\n[^b]: d", &["duplicate-anchor [^b]: d"]);
}

#[test]
fn tables_can_be_scrolled_and_lose_nothing() {
    check(
        "| | b |\n|:-:|--:|\n| c\\|d | *e* |",
        "<div class=\"table-scroll\" role=\"group\" tabindex=\"0\" aria-label=\"{table}\">\n\
         <table>\n<thead>\n<tr>\n<td></td>\n<th scope=\"col\" class=\"align-right\">b</th>\n</tr>\n\
         </thead>\n<tbody>\n<tr>\n<td class=\"align-center\">c|d</td>\n\
         <td class=\"align-right\"><em>e</em></td>\n</tr>\n</tbody>\n</table>\n</div>",
    );
    check_notes("| a |\n|---|\n| b | c | d |\n| e |", &["table-row c | d"]);
}

#[test]
fn tasks_have_a_sign_with_a_name() {
    check(
        "- [x] a\n- [ ] b",
        "<ul>\n<li class=\"task\"><span class=\"task-mark\" role=\"img\" \
         aria-label=\"{task_done}\">☑</span> a</li>\n<li class=\"task\"><span class=\"task-mark\" \
         role=\"img\" aria-label=\"{task_open}\">☐</span> b</li>\n</ul>",
    );
}

#[test]
fn texts_with_escapes_get_no_edits() {
    let whole = Place::Within(place().span(0..20));
    let mut notes = Vec::new();
    prose(&mut notes, "[a](www.b.de/c)", &whole);
    assert_eq!(notes[0].help[0].fix, None);
    assert_eq!(notes[0].place().unwrap().range, START..START + 20);
}

#[test]
fn some_tags_are_let_through() {
    check(
        "<Span Lang='en' title=\"a &amp; *b*\">*c*</SPAN><br/>d <!-- e -->",
        "<p><span lang=\"en\" title=\"a &amp; *b*\"><em>c</em></span><br>d </p>",
    );
    check("<!-- a\n\nb -->\n\nc", "<p>c</p>");
    check("<mark>\na & b\n</mark>", "<p><mark>\na &amp; b\n</mark></p>");
}

#[test]
fn other_tags_are_errors() {
    check_notes("a <b>c", &["raw-html <b>"]);
    check_notes("<b>a\n\nb</b>", &["raw-html <b>", "raw-html </b>"]);
    check_notes("*a <b>c* d</b>", &["raw-html <b>", "raw-html </b>"]);
    check_notes("<b><i>a</b></i>", &["raw-html </b>"]);
    check_notes("<b onclick='x'>a</b>", &["raw-html <b onclick='x'>"]);
    check_notes("> <div>\n> <p>a</p>\n> </div>", &["raw-html <div>", "raw-html <p>"]);
    check_notes("a <img src=x> <E-Mail>", &["raw-html <img src=x>", "raw-html <E-Mail>"]);
    check_notes("<!-- a --> *b*", &["raw-html *b*"]);
    check_notes("a</div>", &["raw-html </div>"]);
    check_notes("<?php echo 1 ?>", &["raw-html <?php echo 1 ?>"]);
}

#[test]
fn blocks_are_read_as_toml() {
    let source = "a\n\n> ```{video}\n> file = \"b.mp4\"\n> ```\n";
    let (markup, notes) = read_body(source);
    assert!(notes.is_empty(), "{notes:?}");
    assert_eq!(shown(&markup), "<p>a</p>\n<blockquote>\n{block video}\n</blockquote>\n");
    let block = &markup.blocks[0];
    assert_eq!(&source[block.span.range.start - START..block.span.range.end - START], "video");
    let crate::parse::toml::Value::Table(table) = &block.parameters.value else { panic!() };
    let span = &table[0].0.span;
    assert_eq!(&source[span.start - START..span.end - START], "file");
}

#[test]
fn blocks_have_a_name_and_an_end() {
    check_notes("```{Video}\n```", &["unknown-block {Video}"]);
    check_notes("~~~ {video", &["unknown-block {video"]);
    check_notes("```{video}\nfile = 1", &["unknown-block {video}"]);
    check_notes("a\n\n```\nb\n\nc", &["code-fence ```"]);
    check_notes("````\n```\n", &["code-fence ````"]);
    check_notes("```{video a}\n```\n", &["unknown-block {video a}"]);
}

#[test]
fn single_lines_have_no_paragraph() {
    check_inline("*a* [b](c.md)", "<em>a</em> {a c.md}b{/a}", &[]);
    check_inline("  1. Preis", "1. Preis", &[]);
    check_inline("3. Oktober", "3.\u{a0}Oktober", &[]);
    let mut notes = Vec::new();
    inline(&mut notes, "a\n\nb\n\n- c", &place());
    assert_eq!(shown_notes("a\n\nb\n\n- c", &notes), ["markdown-place b"]);
    let mut notes = Vec::new();
    inline(&mut notes, " # a", &place());
    assert_eq!(shown_notes(" # a", &notes), ["markdown-place # a"]);
}

#[test]
fn prose_has_neither_headings_nor_blocks() {
    let source = "- a\n\n## b\n\n```{video}\n```\n\nc[^1]\n\n[^1]: d";
    let mut notes = Vec::new();
    prose(&mut notes, source, &place());
    let expected = ["## b", "```{video}", "[^1]", "[^1]: d"];
    assert_eq!(shown_notes(source, &notes), expected.map(|line| format!("markdown-place {line}")));
}

#[test]
fn excerpts_are_the_first_paragraph() {
    let (markup, _) = read_body("> a\n\n![b](c.jpg)\n\n*D* e\nf [g](h.md)\n\ni");
    assert_eq!(&*markup.excerpt, "D e f g");
    assert_eq!(markup.words, 6);
}

#[test]
fn deep_and_long_texts_are_read() {
    let nested = (0..500).map(|depth| format!("{}- a\n", "  ".repeat(depth)));
    for text in [
        nested.collect::<String>(),
        format!("{}a", "> ".repeat(5_000)),
        format!("{}a", "- ".repeat(5_000)),
        "*a **b ".repeat(20_000),
        "[".repeat(50_000),
        "![a".repeat(20_000),
        "<b>".repeat(20_000),
        "<!--".repeat(20_000),
        "\n<a \n\n".repeat(5_000),
        "## a\n".repeat(5_000),
        "[^1]".repeat(20_000) + "\n\n[^1]: a",
        "30. Mai ".repeat(50_000),
        "a*b".repeat(100_000),
        "|a".repeat(1_000) + "\n" + &"|-".repeat(1_000) + &"\n|a".repeat(2_000),
    ] {
        read_body(&text);
    }
}

#[test]
fn what_looks_like_markdown_is_told() {
    let plain = |text: &str| format!("plain-markup {text}");
    let check_one = |source: &str, place: &str| check_notes(source, &[&plain(place)]);
    check_one("##Ohne Leerzeichen", "##Ohne Leerzeichen");
    check_one("> - ###Ohne", "###Ohne");
    check_notes("####### Tief", &["heading-level ####### Tief"]);
    check_one("![A](a.svg){width=50%}", "{width=50%}");
    check_one("[A](https://b.de){target=_blank .x}", "{target=_blank .x}");
    check_one("Ein ![[logo.svg]] hier", "![[logo.svg]]");
    check_one("{{< figure src=\"a\" >}}", "{{< figure src=\"a\" >}}");
    check_one("{{% note %}}x{{% /note %}}", "{{% note %}}");
    check_one(":::note\nText\n:::", ":::note");
    check_one("::: {.info}\nText", "::: {.info}");
    check_one("-eins\n-zwei\n\nText", "-eins");
    check_one("> Text:\n> 1.eins\n> 2.zwei", "1.eins");
    check_one("• eins\n• zwei", "• eins");
    check_notes("| a | b |\n| c | d |", &["table-row | a | b |"]);
    check_notes("| a | b |\n|---|\n| c | d |", &["table-row | a | b |"]);
    check_notes("> [! NOTE]\n> Text", &["unknown-alert [! NOTE]"]);
    check_notes("> [Hinweis]\n> Text", &["unknown-alert [Hinweis]"]);
    check_notes("```video\nurl = \"x\"\n```", &["unknown-block video"]);
    check_notes("[x](mailto:a@b.de?subject=A B)", &["link-scheme mailto:a@b.de?subject=A B"]);
    check_notes("[x](https://a b.de/c)", &["link-scheme https://a b.de/c"]);
    check_notes("[x](<https://a b.de/c>)", &["link-scheme https://a b.de/c"]);
    check_notes("![A] (plan.svg)", &["link-scheme plan.svg"]);
    check_notes("(https://a.de)[x]", &["link-scheme (https://a.de)[x]"]);
    check_notes("Text.\n\n[x]: https://a.de", &["undefined-label [x]: https://a.de"]);
}

#[test]
fn what_is_almost_markdown_is_told() {
    let check_one = |source: &str, place: &str| {
        check_notes(source, &[&format!("plain-markup {place}")]);
    };
    check_one("Das ist ** fett ** und", "** fett **");
    check_one("__fett __", "__fett __");
    check_one("**gut** und **fett ** und **gut**", "**fett **");
    check_one("**fett **und ** mehr", "**fett **");
    check_one("- eins\n-zwei", "-zwei");
    check_one("> 1. eins,\n> aber mehr\n> 2.zwei", "2.zwei");
    check_one("* eins\n*zwei", "*zwei");
    check_one("+ eins\n+zwei", "+zwei");
    check_one("- {vidoe}", "{vidoe}");
    check_one("{bild datei=\"a.svg\"}", "{bild datei=\"a.svg\"}");
    check_one("[gallery ids=\"1,2\"]", "[gallery ids=\"1,2\"]");
    check_one("Text.^[Eine [sic] Note.]", "^[Eine [sic] Note.]");
    check_one("Text\n\n+++\n\nText", "+++");
    check_one("**Achtung: ** mehr", "**Achtung: **");
    check_one("Liste:\n2. eins\n3. zwei", "2. eins");
    check_one("– eins\n– zwei", "– eins");
    check_one("a) eins\nb) zwei", "a) eins");
    check_one("· eins\n· zwei", "· eins");
    check_one("Siehe [[start]].", "[[start]]");
    check_one("[[_TOC_]]", "[[_TOC_]]");
    check_one("{% include x %}", "{% include x %}");
    check_one("==neu== und x", "==neu==");
    check_one("5 m^2^ groß", "^2^");
    check_one("    Das ist ein ganzer Satz.", "Das ist ein ganzer Satz.");
    check_notes("Das ist ein ganzer Satz.\n---\nText", &["heading-level Das ist ein ganzer Satz."]);
    check_notes("(Text)[start.md]", &["link-scheme (Text)[start.md]"]);
    check_notes("[Text]{start.md}", &["link-scheme {start.md}"]);
    check_notes("[x](<start.md>", &["link-scheme start.md"]);
    check_notes("[x](C:\\a.md)", &["link-scheme C:\\a.md"]);
    check_notes("![x](b\\a.svg)", &["link-scheme ![x](b\\a.svg)"]);
    check_notes("![x][a.svg]", &["undefined-label ![x][a.svg]"]);
    check_notes("> [!TIPP]: Text", &["unknown-alert [!TIPP]"]);
    check_notes("a[^1]\n\n[^1] Text", &["undefined-footnote [^1]"]);
    check_notes("Text\n\n<!-- auf", &["raw-html <!-- auf"]);
    check_one("Das ist **nicht zu Ende.", "**");
    check_one("\'\'\'{video}\nx = 1\n\'\'\'", "{video}");
    check_one("1)eins\n2)zwei", "1)eins");
    check_notes("Text](https://a.de)", &["link-scheme ](https://a.de)"]);
    check_notes("[Text(a.md) x", &["link-scheme [Text(a.md)"]);
    check_notes("| a | b |\n\n|---|---|\n\n| c | d |", &["table-row | a | b |"]);
    check_notes("| a | b |\n|–|–|\n| c | d |", &["table-row | a | b |"]);
    check_notes("[x](start.md, und", &["link-scheme start.md"]);
    check_notes("([x](https://a.de/(b)", &["link-scheme https://a.de/(b)"]);
    check_notes("![x](a.svg\nText)", &["link-scheme a.svg"]);
    check_notes("[x](partner:land", &["link-scheme partner:land"]);
    check_notes("```vidoe\nurl: x\n```", &["unknown-block vidoe"]);
    check_notes("```video {url=x}\n```", &["unknown-block video"]);
}

#[test]
fn what_only_resembles_markdown_is_not_told() {
    for source in [
        "5 ** und 6 ** Euro. Preis** und Wert**. Name: __ Ort: __ a__b__ und __ c `** x **`",
        "\\** a \\** und *** drei *** und ____ x ____",
        "| a ** | b ** |\n|---|---|\n| x ** y | z ** w |",
        "- 5 Grad\n-5 Grad",
        "- Landes-\n-behörden",
        "{Platzhalter}\n\nEin {video} im Satz, \\{video}",
        "[sic](ca. 5 und [Saal](Saal 1",
        "x^[2] und \\^[noch eine], ^[a]",
        "```video\nein Satz: so\n```",
        "```go\nx = 1\n```",
        "`+++` und a +++ b",
        "Preis** ist hoch.\n\n**ohne Gewähr",
        "[siehe oben (https://a.de) hier, a](b) und (c](d)",
        "„{Ort}“ und 'x'",
        "Am\n2. Mai und\n3. Juni\n\nJahr\n2024. Neu\n2025. Alt",
        "Ein Satz, der – mit Strich\n– weitergeht",
        "a) allein\n\n§ 3\n§ 4",
        "(siehe oben)[1], (vgl. dort)[sic], [Text]{Platz}, [[1]], \\[[start]]",
        "a == b == c, 10^6, m^2 und n^2, {%} und 100 %}",
        "Text\n\n    let x = 5;\n\n    Ort Datum Name Rolle",
        "Überschrift\n---\nText",
        "a[^1]\n\n[^1]: Text <!-- zu -->",
        "`##x` und #Digital, \\##x, Nr.#3",
        "```\n##x\n| a | b |\n:::note\n{{< a >}}\n-a\n-b\n```",
        "    ##x\n    -a\n    -b",
        "`{{< a >}}` und \\{{< a >}} und {{ x }}",
        "![A](a.svg) {width=50%}",
        "-fach und\nText",
        "| eins",
        "> Text\n> [NOTE]",
        "> [Wichtig] ist das",
        "> [siehe oben]",
        "1.FC Köln\nund 2.Liga",
        "Text [sic] (siehe oben), (vgl. dort)[1]",
        "```toml\nurl = \"x\"\n```",
        "```video\nirgendwas\n```",
        ":::",
        "########\n\n| a | b |\n|---|---|\n| c | d |",
        "[x][X Y]\n\n[x  y]: a.md\n[//]: # (weg)",
    ] {
        let (_, notes) = read_body(source);
        let notes: Vec<_> = notes.iter().filter(|note| !note.contains("empty-text")).collect();
        assert!(notes.is_empty(), "{source}: {notes:?}");
    }
}
