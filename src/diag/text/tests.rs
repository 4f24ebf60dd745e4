//! How diagnostics look, and that nothing makes the renderer panic.

use super::*;
use crate::diag::Span;

/// A diagnostic at a stretch of `a.md`.
fn note(range: std::ops::Range<usize>) -> Diagnostic {
    let span = Span::new(&RelPath::new("content/a.md"), range);
    Diagnostic::new(Code::UnknownReference, span, words!("falsch", "wrong"))
}

/// Checks the whole text in German.
#[track_caller]
fn check(notes: &[Diagnostic], text: Option<&str>, wanted: &str) {
    let style = Style { tongue: Tongue::De, color: false };
    let found = render(notes, &|_| text.map(str::to_owned), style);
    assert_eq!(found, wanted);
}

#[test]
fn the_sample_of_the_design() {
    let text = "a\nb\n  { partner = \"bechtel\", role = \"x\" },\r\n";
    let span = Span::new(&RelPath::new("content/a.md"), 18..27);
    let message = words!("es gibt keinen Partner `bechtel`", "there is no partner `bechtel`");
    let note = Diagnostic::new(Code::UnknownReference, span.clone(), message)
        .label(words!("keine Kennung aus `content/partner/`", "no id of `content/partner/`"))
        .fix(words!("ähnlich heißt `bechtle`", "did you mean `bechtle`?"), span, "\"bechtle\"")
        .help(words!("einen Eintrag anlegen", "make an entry"))
        .note(words!("die Kennung ist der Dateiname", "the id is the file's name"));
    let wanted = "\
Fehler[unknown-reference]: es gibt keinen Partner `bechtel`
 --> content/a.md:3:15
  |
3 |   { partner = \"bechtel\", role = \"x\" },
  |               ^^^^^^^^^ keine Kennung aus `content/partner/`
  |
  = Notiz: die Kennung ist der Dateiname
Hilfe: ähnlich heißt `bechtle`
  |
3 -   { partner = \"bechtel\", role = \"x\" },
3 +   { partner = \"bechtle\", role = \"x\" },
  |
Hilfe: einen Eintrag anlegen

";
    check(&[note], Some(text), wanted);
}

#[test]
fn places_without_text_and_no_place() {
    let mut gone = note(3..9);
    gone.severity = Severity::Overdue;
    check(&[gone], None, "Überfällig[unknown-reference]: falsch\n --> content/a.md\n\n");
    let alone = Diagnostic::without_place(Code::OutputLocked, words!("belegt", "locked"))
        .help(words!("warten", "wait"));
    check(&[alone], None, "Fehler[output-locked]: belegt\n  |\n  = Hilfe: warten\n\n");
}

#[test]
fn columns_of_cut_lines_are_those_of_the_file() {
    let text = format!("x\n{}ZIEL{}", "ä ".repeat(4000), " ö".repeat(9_000_000 / 9));
    let found = render(
        &[note(2 + 12_000..2 + 12_004)],
        &|_| Some(text.clone()),
        Style { tongue: Tongue::En, color: false },
    );
    assert!(found.contains(" --> content/a.md:2:8001\n"), "{found}");
    assert!(found.contains("ä ZIEL ö"), "{found}");
    assert!(found.len() < 2000);
}

#[test]
fn repeated_codes_are_counted() {
    let notes: Vec<_> = (0..31).map(|at| note(at..at + 1)).collect();
    let text = "x".repeat(40);
    let style = Style { tongue: Tongue::De, color: false };
    let found = render(&notes, &|_| Some(text.clone()), style);
    assert_eq!(found.matches("Fehler[").count(), MOST_PER_CODE);
    assert!(found.ends_with("\n… und 11 weitere mit `unknown-reference`\n\n"), "{found}");
}

#[test]
fn summaries_count_by_severity() {
    let check = |severities: &[Severity], de: &str, en: &str| {
        let notes: Vec<_> =
            severities.iter().map(|severity| note(0..0).severity(*severity)).collect();
        assert_eq!(summary(&notes, Tongue::De), de);
        assert_eq!(summary(&notes, Tongue::En), en);
    };
    check(&[], "nichts zu beanstanden", "nothing to complain about");
    let all = [Severity::Error, Severity::Warning, Severity::Overdue, Severity::Hint];
    check(
        &all,
        "1 Fehler, 1 Warnung, 1 überfällig, 1 Hinweis",
        "1 error, 1 warning, 1 overdue, 1 hint",
    );
    check(&[Severity::Warning; 2], "2 Warnungen", "2 warnings");
}

#[test]
fn terminals_are_not_steered() {
    let mut steering = note(0..2).help(words!("\u{1b}[2J", "\u{1b}[2J"));
    steering.message = words!("a\u{1b}[31mb\nc", "a");
    steering = steering.fix(words!("x", "x"), Span::start_of(&RelPath::new("a")), "\u{1b}[1m");
    let text = "\u{1b}[31mrot\u{7}";
    let style = Style { tongue: Tongue::De, color: false };
    let found = render(&[steering], &|_| Some(text.to_owned()), style);
    assert!(!found.chars().any(|c| c.is_control() && c != '\n'), "{found:?}");
}

#[test]
fn any_span_can_be_drawn() {
    let texts = [
        "",
        "\n",
        "a",
        "ä\r\n\u{301}🦀\t\n\n\r\n„x“ 日本語\n",
        "\r\r\n\u{0}\u{7f}\u{200b}\u{202e}x\n",
        &"zeile\n".repeat(200),
        &"ä🦀".repeat(800),
        &format!("{}\n{}\n", "x\t".repeat(500), "\u{301}".repeat(600)),
    ];
    let mut seed = 1_u64;
    let mut random = |end: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap_or(0) % (end + 1)
    };
    for round in 0..4000 {
        let text = texts[round % texts.len()];
        let reach = text.len() + 5;
        let mut span = || Span::new(&RelPath::new("content/a.md"), random(reach)..random(reach));
        let mut made = note(0..0);
        made.labels.clear();
        for label in ["", "hier", "dort\nso"].into_iter().take(round % 4) {
            made = made.also(span(), words!("{label}", "{label}"));
        }
        for replacement in ["", "x", "\n\n", "\r\nä\t"].into_iter().take(round % 5) {
            made = made.fix(words!("so", "so"), span(), replacement);
        }
        let style = Style { tongue: Tongue::De, color: round % 2 == 0 };
        render(&[made], &|_| Some(text.to_owned()), style);
    }
}

#[test]
fn each_says_where_it_is() {
    let (first, second) =
        (note(4..6), Diagnostic::without_place(Code::SiteMissing, words!("x", "x")));
    let style = Style { tongue: Tongue::De, color: false };
    let text = Some("a\nb cd\n".to_owned());
    let drawn = each(&[&first, &second], &|_| text.clone(), style);
    assert_eq!(drawn[0].place, Some((RelPath::new("content/a.md"), 2, 3)));
    assert_eq!(drawn[1].place, None);
    let whole = render(&[first, second], &|_| text.clone(), style);
    assert_eq!(whole, format!("{}\n\n{}\n\n", drawn[0].text, drawn[1].text));
}
