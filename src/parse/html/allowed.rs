//! Which HTML an author may write, and what to write instead of the rest.

use super::Tag;
use crate::diag::Words;
use crate::words;

/// Tags that may stand in a paragraph.
const TAGS: [&str; 26] = [
    "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark",
    "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
];

/// Whether the tag may stand in a paragraph.
pub fn is_tag(name: &str) -> bool {
    TAGS.contains(&name)
}

/// Whether the tag has no end tag.
pub fn is_void(name: &str) -> bool {
    matches!(name, "br" | "wbr")
}

/// What is wrong with the attributes of an allowed tag, if anything is.
pub fn attribute_fault(tag: &Tag<'_>) -> Option<Words> {
    let name = &tag.name;
    for (index, (attribute, value)) in tag.attributes.iter().enumerate() {
        let value = value.unwrap_or_default();
        if tag.attributes[..index].iter().any(|(earlier, _)| earlier == attribute) {
            return Some(words!(
                "`{attribute}` steht in `<{name}>` zweimal",
                "`{attribute}` is written twice in `<{name}>`"
            ));
        }
        let fits = match attribute.as_str() {
            "title" => true,
            "lang" => is_language(value),
            "dir" => matches!(value, "ltr" | "rtl" | "auto"),
            "datetime" if name == "time" => value.starts_with(|c: char| c.is_ascii_digit()),
            _ => {
                return Some(words!(
                    "das Attribut `{attribute}` ist in `<{name}>` nicht erlaubt",
                    "the attribute `{attribute}` is not allowed in `<{name}>`"
                ));
            }
        };
        if !fits {
            return Some(words!(
                "`{value}` ist kein Wert für `{attribute}`",
                "`{value}` is no value for `{attribute}`"
            ));
        }
    }
    missing_attribute(tag)
}

/// The attribute without which a tag means nothing.
fn missing_attribute(tag: &Tag<'_>) -> Option<Words> {
    let name = &tag.name;
    let needed = match name.as_str() {
        "time" => "datetime",
        "bdo" => "dir",
        _ => return None,
    };
    let missing = !tag.attributes.iter().any(|(attribute, _)| attribute == needed);
    missing.then(|| words!("`<{name}>` braucht `{needed}`", "`<{name}>` needs `{needed}`"))
}

/// Whether a value has the form of a language tag: `en`, `de-AT`.
fn is_language(value: &str) -> bool {
    let mut parts = value.split('-');
    parts.next().is_some_and(|first| (2..=8).contains(&first.len()))
        && value.split('-').all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

/// What to write instead of a tag that is not allowed.
pub fn instead_of(name: &str) -> Words {
    match name {
        "a" => words!("schreiben Sie `[Text](Ziel)`", "write `[text](target)`"),
        "img" | "picture" | "figure" | "figcaption" | "svg" => words!(
            "schreiben Sie `![Beschreibung](bild.jpg \"Bildunterschrift\")`",
            "write `![description](picture.jpg \"caption\")`"
        ),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => words!(
            "schreiben Sie eine Überschrift mit `##`, eine Ebene tiefer mit `###`",
            "write a heading with `##`, one level down with `###`"
        ),
        "table" | "thead" | "tbody" | "tr" | "td" | "th" | "caption" => words!(
            "schreiben Sie die Tabelle mit senkrechten Strichen: `| A | B |`, darunter `|---|---|`",
            "write the table with vertical bars: `| A | B |`, and `|---|---|` below"
        ),
        "ul" | "ol" | "li" => words!(
            "schreiben Sie die Liste mit `- ` oder `1. ` am Anfang jeder Zeile",
            "write the list with `- ` or `1. ` at the start of each line"
        ),
        "dl" | "dt" | "dd" => words!(
            "schreiben Sie den Begriff in eine Zeile und darunter `: ` mit der Erklärung",
            "write the term on one line and `: ` with the explanation below"
        ),
        "iframe" | "video" | "embed" | "object" => {
            words!("nehmen Sie den Baustein `{{video}}`", "use the block `{{video}}`")
        }
        "audio" => words!("nehmen Sie den Baustein `{{audio}}`", "use the block `{{audio}}`"),
        "details" | "summary" => {
            words!("nehmen Sie den Baustein `{{accordion}}`", "use the block `{{accordion}}`")
        }
        _ => instead_of_rest(name),
    }
}

/// What to write instead of less common tags.
fn instead_of_rest(name: &str) -> Words {
    match name {
        "p" | "div" | "section" | "article" | "center" => words!(
            "lassen Sie zwischen Absätzen eine Zeile frei; für das Aussehen sorgt die Gestaltung",
            "leave an empty line between paragraphs; looks are up to the theme"
        ),
        "font" | "big" | "tt" | "style" => words!(
            "löschen Sie das; für das Aussehen sorgt die Gestaltung",
            "delete it; looks are up to the theme"
        ),
        "hr" => words!(
            "schreiben Sie `---` zwischen zwei Leerzeilen",
            "write `---` between empty lines"
        ),
        "blockquote" => words!(
            "schreiben Sie `> ` an den Anfang jeder Zeile des Zitats",
            "write `> ` at the start of each line of the quotation"
        ),
        "pre" => words!(
            "schreiben Sie den Text zwischen zwei Zeilen mit drei Akzenten (Backticks)",
            "write the text between two lines of three backticks"
        ),
        "strike" => words!("schreiben Sie `~~Text~~`", "write `~~text~~`"),
        "script" | "link" | "meta" | "base" | "noscript" => words!(
            "löschen Sie das; Skripte und Einbindungen sind in Texten nicht erlaubt",
            "delete it; scripts and embedded resources are not allowed in texts"
        ),
        "form" | "input" | "button" | "select" | "textarea" | "label" => words!(
            "verweisen Sie auf eine Seite mit dem Formular",
            "link to a page that has the form"
        ),
        _ => words!(
            "schreiben Sie `\\<` statt `<`, wenn die Zeichen im Text stehen sollen",
            "write `\\<` instead of `<` if the characters belong to the text"
        ),
    }
}
