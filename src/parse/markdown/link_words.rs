//! Whether the words of a link say where it leads.
//!
//! Who listens to a list of all links of a page hears their words alone (WCAG 2.4.4).

use std::ops::Range;

use super::writer::Writer;
use crate::diag::{Code, Severity};
use crate::parse::{Target, html};
use crate::words;

/// Words that say nothing by themselves, sorted.
const EMPTY: &[&str] = &[
    "click here",
    "continue",
    "continue reading",
    "da",
    "details",
    "dieser link",
    "diesem link",
    "dort",
    "find out more",
    "here",
    "hier",
    "hier klicken",
    "hier lesen",
    "klick hier",
    "klicken sie hier",
    "learn more",
    "link",
    "mehr",
    "mehr dazu",
    "mehr erfahren",
    "mehr infos",
    "mehr informationen",
    "mehr lesen",
    "more",
    "more information",
    "read more",
    "see here",
    "siehe hier",
    "this",
    "this link",
    "weiter",
    "weitere informationen",
    "weiterlesen",
    "zum link",
];

impl Writer<'_> {
    /// Reports words of a link that do not say where it leads; `html` is what they have become.
    pub(super) fn check_link_words(&mut self, html: &str, target: &Target, range: Range<usize>) {
        let said = said(html);
        if EMPTY.contains(&said.as_str()) {
            let message = words!(
                "„{said}“ sagt nicht, wohin der Verweis führt",
                "“{said}” does not say where the link leads"
            );
            let note = self.problem(Code::LinkWords, range, message).help(words!(
                "nehmen Sie in die eckigen Klammern, was dort zu finden ist: `[Programm der Eröffnung](…)`",
                "take into the square brackets what is to be found there: `[programme of the opening](…)`"
            ));
            self.notes.push(note);
            return;
        }
        let is_address = ["http://", "https://"].iter().any(|start| said.starts_with(start));
        if is_address && matches!(target, Target::Outside(_)) {
            let message = words!(
                "als Text des Verweises steht hier nur seine Adresse",
                "the words of the link are nothing but its address"
            );
            let note = self.problem(Code::LinkWords, range, message);
            self.notes.push(note.severity(Severity::Hint).help(words!(
                "schreiben Sie `[was dort zu finden ist](Adresse)`",
                "write `[what is to be found there](address)`"
            )));
        }
    }
}

/// Words as they are said: without tags, signs around them, and capital letters.
fn said(html: &str) -> String {
    let text = html::plain(html).to_lowercase();
    let is_word = |char: char| char.is_alphanumeric() || char == '/';
    text.trim_matches(|char| !is_word(char)).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_heard_without_what_is_around_them() {
        for said in ["hier", " Hier!", "hier &gt;", "<em>HIER</em> →", "» hier «"] {
            assert_eq!(super::said(said), "hier");
        }
        assert_eq!(said("Mehr\n  erfahren …"), "mehr erfahren");
        assert_eq!(said("<code>a</code> &amp; b"), "a & b");
    }
}
