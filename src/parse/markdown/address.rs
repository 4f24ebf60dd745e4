//! Brackets with an address beside them that make no link: blanks in it or before it, a bracket
//! missing. What is wrong with the brackets is in [`brackets`](super::brackets).

use std::ops::Range;

use super::label::{after, before};
use crate::diag::{Code, Diagnostic, Span, Words};
use crate::parse::Place;
use crate::words;

/// Brackets alone, with what stands around them.
pub(super) struct Brackets<'a> {
    /// The whole text.
    pub(super) source: &'a str,
    /// Where it stands.
    pub(super) place: &'a Place,
    /// The brackets; of a picture, with the exclamation mark.
    pub(super) range: Range<usize>,
}

/// Reports `[text](address)` that is no link for what is in the address or for lack of a bracket,
/// `[text] (https://…)`, `[text]{page.md}`, `(https://…)[text]`, and `[[page]]`.
pub(super) fn no_address(source: &str, place: &Place, range: &Range<usize>) -> Option<Diagnostic> {
    let brackets = Brackets { source, place, range: range.clone() };
    let found = brackets.wiki().or_else(|| brackets.swapped()).or_else(|| brackets.all_swapped());
    found.or_else(|| brackets.in_braces()).or_else(|| brackets.address_behind())
}

impl Brackets<'_> {
    /// A problem with some bytes.
    pub(super) fn problem(&self, range: Range<usize>, message: Words) -> Diagnostic {
        Diagnostic::new(Code::LinkScheme, self.place.span(range), message)
    }

    /// Whether they are those of a picture.
    fn is_picture(&self) -> bool {
        self.source[self.range.clone()].starts_with('!')
            || before(self.source, self.range.start).ends_with('!')
    }

    /// Reports an address behind the brackets that has a blank before it or in it.
    fn address_behind(&self) -> Option<Diagnostic> {
        let rest = after(self.source, self.range.end).lines().next()?;
        let inside = rest.trim_start_matches(' ').strip_prefix('(')?;
        let start = self.range.end + rest.len() - inside.len();
        let Some(end) = closing_bracket(inside) else {
            if !rest.starts_with(' ')
                && let Some(problem) = self.broken(inside, start)
            {
                return Some(problem);
            }
            return self.not_closed(inside, start).filter(|_| !rest.starts_with(' '));
        };
        let address = &inside[..end];
        if !rest.starts_with(' ') {
            let stuck = self.angles(address, start).or_else(|| self.size(address, start));
            return stuck.or_else(|| self.blank_inside(address, start..start + address.len()));
        }
        let is_file = !address.contains(char::is_whitespace)
            && looks_like_address(address)
            && (self.is_picture() || address.ends_with(".md"));
        if !is_outside(address) && !is_file {
            return None;
        }
        let gap = self.place.span(self.range.end..start - 1);
        let message = if self.is_picture() {
            words!(
                "zwischen Beschreibung und Adresse des Bildes steht ein Leerzeichen",
                "there is a space between the description and the address of the picture"
            )
        } else {
            words!(
                "zwischen Text und Adresse des Verweises steht ein Leerzeichen",
                "there is a space between the words and the address of the link"
            )
        };
        let advice = words!("löschen Sie das Leerzeichen", "delete the space");
        Some(self.problem(start..start + address.len(), message).fix(advice, gap, ""))
    }

    /// Reports an address, from a byte on, that no bracket closes.
    fn not_closed(&self, rest: &str, start: usize) -> Option<Diagnostic> {
        let open = rest.len() - rest.trim_start_matches('<').len();
        let (rest, start) = (&rest[open..], start + open);
        let word = rest.split_whitespace().next().filter(|word| rest.starts_with(word))?;
        let word = word.split('>').next().unwrap_or(word);
        let address = word.trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_', '|']);
        if !is_outside(address) && !looks_like_address(address) && !looks_like_id(address) {
            return None;
        }
        let range = start..start + address.len();
        let message = words!(
            "hinter der Adresse fehlt `)`, so wird das kein Verweis",
            "`)` is missing behind the address, so this becomes no link"
        );
        let advice = words!("ergänzen Sie `)`", "add `)`");
        let close = usize::from(rest[address.len()..].starts_with('>'));
        let end = self.place.span(range.end + close..range.end + close);
        Some(self.problem(range, message).fix(advice, end, ")"))
    }

    /// Reports an address with a blank in it.
    fn blank_inside(&self, address: &str, range: Range<usize>) -> Option<Diagnostic> {
        if !is_outside(address) && !looks_like_address(address) {
            return None;
        }
        let span = self.place.span(range);
        let problem = blank(span.clone());
        if address.contains(['"', '„', '“', '”', '»', '«']) {
            return Some(problem.help(words!(
                "schreiben Sie hinter die Adresse höchstens einen Titel in geraden \
                 Anführungszeichen: `(bild.jpg \"Titel\")`",
                "write no more than a title in straight quotation marks after the address: \
                 `(picture.jpg \"title\")`"
            )));
        }
        let Some(right) = without_blanks(address) else {
            return Some(with_blank(span));
        };
        let advice = words!("schreiben Sie `({right})`", "write `({right})`");
        Some(problem.fix(advice, span, right))
    }
}

/// Reports an address with a blank where none can be and nothing can stand for it: in a host.
pub(super) fn with_blank(span: Span) -> Diagnostic {
    blank(span).help(words!(
        "löschen Sie das Leerzeichen, oder prüfen Sie, wie die Adresse richtig lautet",
        "delete the space, or look up the right address"
    ))
}

/// What is said about a blank in an address.
fn blank(span: Span) -> Diagnostic {
    let message = words!(
        "das ist keine Adresse: in einer Adresse stehen keine Leerzeichen",
        "this is no address: there are no spaces in an address"
    );
    Diagnostic::new(Code::LinkScheme, span, message)
}

/// An address as it can be written; nothing if its blank stands in a host, where none can be.
fn without_blanks(address: &str) -> Option<String> {
    let blank = address.find(char::is_whitespace).unwrap_or(address.len());
    let encoded = || address.split_whitespace().collect::<Vec<_>>().join("%20");
    if address.starts_with("tel:") {
        return Some(address.split_whitespace().collect());
    }
    if !is_outside(address) {
        return Some(format!("<{address}>"));
    }
    let host = address.find("//").map_or(0, |at| at + 2);
    let end = address[host..].find(['/', '?', '#']).map(|at| host + at)?;
    (end < blank).then(encoded)
}

/// Whether an address leads to another site, a mailbox or a telephone.
pub(super) fn is_outside(address: &str) -> bool {
    let schemes = ["http://", "https://", "mailto:", "tel:"];
    schemes.iter().any(|scheme| address.starts_with(scheme))
}

/// The position of the bracket that closes one before the text.
fn closing_bracket(text: &str) -> Option<usize> {
    let mut depth = 0;
    text.bytes().position(|byte| {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 0 => return true,
            b')' => depth -= 1,
            _ => {}
        }
        false
    })
}

/// Whether something is a kind and an id: `partner:land`.
pub(super) fn looks_like_id(text: &str) -> bool {
    let fits = |part: &str| {
        let is_fit = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        part.starts_with(|c: char| c.is_ascii_lowercase()) && part.bytes().all(is_fit)
    };
    text.split_once(':').is_some_and(|(kind, id)| fits(kind) && fits(id))
}

/// Whether something was meant for an address: it begins like a path, or a word of it ends like a
/// file's name.
pub(super) fn looks_like_address(text: &str) -> bool {
    // Numbers have dots as well, and `und/oder` a slash.
    let is_file = |word: &str| {
        word.rsplit_once('.').is_some_and(|(_, end)| {
            (2..=5).contains(&end.len())
                && end.bytes().all(|byte| byte.is_ascii_alphanumeric())
                && end.bytes().any(|byte| byte.is_ascii_alphabetic())
        })
    };
    let is_path = |word: &str| {
        ["/", "./", "../", "#"].iter().any(|start| word.starts_with(start)) || word.ends_with('/')
    };
    let mut words = text.split_whitespace();
    words.clone().next().is_some_and(is_path) || words.any(is_file)
}
