//! What was meant to be replaced and was not: `TODO`, `[Name]`, Lorem ipsum, Max Mustermann.
//!
//! Whether it matters is for others to say: on a page that the law asks for it does. Every body is
//! looked through, so this goes from one rare piece of text to the next.

use std::ops::Range;

/// A piece of text that stands for another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placeholder {
    /// Where it stands.
    pub range: Range<usize>,
    /// Whether it is an invented name or address, which an example may have.
    pub is_invented: bool,
}

/// Words that stand for what is still to be written.
const GAPS: &[&str] = &["TODO", "FIXME", "TBD", "XXX", "xxx", "___"];

/// How invented names and addresses begin.
const INVENTED: &[&str] =
    &["Mustermann", "Musterfrau", "Musterstr", "Musterstadt", "Musterhausen", "Musterort"];

/// What a piece in brackets asks for, in small letters.
const ASKED: &[&str] = &[
    "name",
    "anschrift",
    "adresse",
    "address",
    "straße",
    "street",
    "ort",
    "plz",
    "telefon",
    "phone",
    "e-mail",
    "email",
    "datum",
    "date",
    "behörde",
    "stelle",
    "url",
    "einfügen",
    "ergänzen",
    "ausfüllen",
    "insert",
    "organisation",
];

/// A piece in brackets is no longer.
const LONGEST: usize = 60;

/// All placeholders in a text, in their order.
pub fn found(text: &str) -> Vec<Placeholder> {
    let gap = |range| Placeholder { range, is_invented: false };
    let invented = |range| Placeholder { range, is_invented: true };
    let mut all: Vec<Placeholder> = Vec::new();
    // To look whether a word is there at all is much faster than to look where.
    for word in GAPS.iter().filter(|word| text.contains(**word)) {
        all.extend(text.match_indices(word).filter_map(|(at, _)| run(text, at, word)).map(gap));
    }
    if text.contains("orem ipsum") {
        let starts = text.match_indices("orem ipsum");
        all.extend(starts.map(|(at, words)| gap(word_start(text, at)..at + words.len())));
    }
    for (open, close) in [('[', ']'), ('<', '>')] {
        let starts = text.match_indices(open);
        all.extend(starts.filter_map(|(at, _)| bracketed(text, at, close)).map(gap));
    }
    if text.contains("Muster") {
        for name in INVENTED {
            let starts = text.match_indices(name);
            all.extend(starts.map(|(at, _)| invented(at..word_end(text, at + name.len()))));
        }
    }
    if text.contains("@example.") {
        let mails = text.match_indices("@example.");
        all.extend(mails.map(|(at, _)| invented(word_start(text, at)..word_end(text, at + 9))));
    }
    all.sort_by_key(|one| one.range.start);
    all.dedup_by(|one, before| one.range.start < before.range.end);
    all
}

/// A word that stands by itself, repeated or not.
fn run(text: &str, at: usize, word: &str) -> Option<Range<usize>> {
    let last = word.chars().next_back()?;
    let is_part = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let before = text[..at].chars().next_back();
    // Inside a run there is nothing to look for: to look for its end each time would take the square of
    // its length.
    if is_part(before) || before == Some(last) {
        return None;
    }
    let rest = &text[at + word.len()..];
    let end = text.len() - rest.trim_start_matches(last).len();
    (!is_part(text[end..].chars().next())).then_some(at..end)
}

/// A piece in brackets that asks for something; no link, footnote or task.
fn bracketed(text: &str, at: usize, close: char) -> Option<Range<usize>> {
    let inside = &text[at + 1..];
    let end = inside.char_indices().take(LONGEST).find(|(_, c)| *c == close || *c == '\n');
    let (end, _) = end.filter(|(_, c)| *c == close)?;
    let (inside, after) = (&inside[..end], &inside[end + close.len_utf8()..]);
    let is_link = after.starts_with(['(', '[', ':']) || text[..at].ends_with(['!', ']']);
    let is_words = inside.starts_with(char::is_alphabetic)
        && !inside.contains(['=', '@'])
        && !inside.contains("://");
    let lower = inside.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric() && c != '-');
    let asks = words.any(|word| ASKED.contains(&word));
    (!is_link && is_words && asks).then(|| at..at + 1 + end + close.len_utf8())
}

/// Where the word around a byte begins.
fn word_start(text: &str, at: usize) -> usize {
    text[..at]
        .rfind(|c: char| c.is_whitespace() || "<(\"[:".contains(c))
        .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8))
}

/// Where the word around a byte ends.
fn word_end(text: &str, at: usize) -> usize {
    text[at..].find(|c: char| !c.is_alphanumeric()).map_or(text.len(), |end| at + end)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Compares what is found in a text: the pieces, invented ones with a `?` behind them.
    fn check(text: &str, expected: &[&str]) {
        let piece = |one: &Placeholder| {
            let mark = if one.is_invented { "?" } else { "" };
            format!("{}{mark}", &text[one.range.clone()])
        };
        assert_eq!(found(text).iter().map(piece).collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn what_was_to_be_replaced_is_found() {
        check("Vertreten durch TODO.", &["TODO"]);
        check("Telefon: XXXXX, Fax: xxx", &["XXXXX", "xxx"]);
        check("Lorem ipsum dolor", &["Lorem ipsum"]);
        check("[Name der Behörde], [Ort einfügen]", &["[Name der Behörde]", "[Ort einfügen]"]);
        check("<Name>, <Straße und Nummer>", &["<Name>", "<Straße und Nummer>"]);
        check("Name: ________", &["________"]);
        check(
            "Max Mustermann, Musterstraße 1, 12345 Musterstadt",
            &["Mustermann?", "Musterstraße?", "Musterstadt?"],
        );
        check("[x](mailto:amt@example.org)", &["amt@example.org?"]);
    }

    #[test]
    fn a_long_run_is_read_once() {
        let line = "_".repeat(1_000_000);
        check(&line, &[&line]);
    }

    #[test]
    fn what_is_meant_is_left_alone() {
        for text in [
            "",
            "TODOs erledigt, Mastodon",
            "XXL, xxxy",
            "[Name](https://example.com/), [Name][1], ![Name](a.png)",
            "[^1] [ ] [x] [!NOTE] [sic] [PDF] […]",
            "<https://example.com/name>, <name@amt.de>",
            "snake__case, a_b",
            "Das Muster ist gut. Musterländle und Mustergültiges.",
            "Am Ort der Stelle, mit Name und Datum",
        ] {
            check(text, &[]);
        }
    }
}
