//! Links: from how they are written to where they lead.

use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Event, LinkType, TagEnd};

use super::draft::Mark;
use super::label::normal;
use super::target::{self, Problem};
use super::writer::Writer;
use crate::diag::{Code, Diagnostic, Span};
use crate::parse::{Filling, Link, Target};
use crate::words;

/// A link that is being written.
#[derive(Debug)]
pub(super) struct LinkBuffer {
    /// How it is written.
    kind: LinkType,
    /// The address, as written but without escapes.
    address: String,
    /// The title.
    title: Option<Arc<str>>,
    /// The label under which the address is defined elsewhere.
    label: String,
    /// How far the draft was after the hole for its start tag.
    start: Mark,
    /// Where its words end in the source.
    inner_end: usize,
    /// How many links are open inside; their words stay, but HTML has no links in links.
    inner: usize,
}

impl LinkBuffer {
    /// Notes that something inside the link ends at a byte of the source.
    pub(super) fn saw(&mut self, event: &Event<'_>, end: usize) {
        if self.inner > 0 || !matches!(event, Event::End(TagEnd::Link)) {
            self.inner_end = self.inner_end.max(end);
        }
    }
}

impl Writer<'_> {
    /// Begins a link.
    pub(super) fn start_link(
        &mut self,
        kind: LinkType,
        (address, title): (&str, &str),
        label: &str,
        range: Range<usize>,
    ) {
        self.open_markdown("");
        if let Some(outer) = &mut self.link {
            outer.inner += 1;
            return;
        }
        self.out.hole(Filling::LinkStart(self.markup.links.len()));
        let address = self.mask.raw(address).into_owned();
        self.link = Some(LinkBuffer {
            kind,
            address: if kind == LinkType::Email { format!("mailto:{address}") } else { address },
            title: (!title.is_empty()).then(|| Arc::from(self.mask.raw(title))),
            label: normal(label),
            start: self.out.mark(),
            inner_end: range.start + 1,
            inner: 0,
        });
    }

    /// Ends a link.
    pub(super) fn end_link(&mut self, range: Range<usize>) {
        self.close_markdown("");
        if let Some(outer) = self.link.as_mut().filter(|outer| outer.inner > 0) {
            outer.inner -= 1;
            return;
        }
        let Some(link) = self.link.take() else { return };
        let address = self.address(&link, &range);
        let span = self.place.span(address);
        let words = self.out.html.get(link.start.html..).unwrap_or_default();
        let is_empty = words.trim().is_empty() && self.out.slots.len() == link.start.slots;
        let target = match target::target(&link.address) {
            Ok(target) => target,
            Err(problem) => {
                self.out.slots.remove(link.start.slots - 1);
                self.notes.push(report(&problem, span));
                return;
            }
        };
        if is_empty {
            self.out.html.truncate(link.start.html);
            self.out.hole(Filling::LinkWords(self.markup.links.len()));
            self.plain.cut();
            self.check_words(&target, range.clone());
        } else if self.out.slots.len() == link.start.slots {
            let html = self.out.html.get(link.start.html..).unwrap_or_default().to_owned();
            self.check_link_words(&html, &target, range.clone());
        }
        if link.kind == LinkType::Inline {
            self.check_apart(&target, &range);
        }
        self.out.hole(Filling::LinkEnd(self.markup.links.len()));
        self.markup.links.push(Link { target: Arc::new(target), title: link.title, span });
    }

    /// Reports a link without words to another site, whose title nobody here knows.
    fn check_words(&mut self, target: &Target, range: Range<usize>) {
        if !matches!(target, Target::Outside(_)) {
            return;
        }
        let message = words!("der Verweis hat keinen Text", "the link has no words");
        self.notes.push(self.problem(Code::EmptyText, range, message).help(words!(
            "schreiben Sie in die eckigen Klammern, wohin er führt",
            "write into the square brackets where it leads"
        )));
    }

    /// The bytes of a link's address; those of the whole link if it has none.
    fn address(&self, link: &LinkBuffer, range: &Range<usize>) -> Range<usize> {
        let found = match link.kind {
            LinkType::Autolink | LinkType::Email => Some(range.start + 1..range.end - 1),
            LinkType::Inline => address_after(*b"](", self.source, link.inner_end..range.end - 1),
            _ => {
                let definition = self.definitions.get(&link.label).cloned();
                definition.and_then(|all| address_after(*b"]:", self.source, all))
            }
        };
        found.filter(|address| !address.is_empty()).unwrap_or_else(|| range.clone())
    }
}

/// The bytes of the address that follows `mark` in a part of the source.
fn address_after(mark: [u8; 2], source: &str, part: Range<usize>) -> Option<Range<usize>> {
    let text = source.get(part.clone())?;
    let mut pairs = text.as_bytes().windows(mark.len());
    let after = pairs.position(|pair| pair == mark)? + mark.len();
    let white = |c: char| c.is_ascii_whitespace();
    let rest = text[after..].trim_start_matches(|c| white(c) || c == '>');
    let start = part.end - rest.len();
    match rest.strip_prefix('<') {
        Some(inner) => Some(start + 1..start + 1 + inner.find('>')?),
        None => Some(start..start + rest.find(white).unwrap_or(rest.len())),
    }
}

/// Says that an address is that of a file on somebody's computer.
pub(super) fn local(span: Span) -> Diagnostic {
    let message = words!(
        "diese Datei liegt auf einem Rechner, dort findet sie niemand",
        "this file is on somebody's computer, where nobody finds it"
    );
    Diagnostic::new(Code::LinkScheme, span, message).help(words!(
        "legen Sie die Datei neben die Seite und schreiben Sie nur ihren Namen: `datei.pdf`",
        "put the file next to the page and write nothing but its name: `file.pdf`"
    ))
}

/// Says that a path has backslashes, and what it is with slashes in a part of it.
pub(super) fn backslash(place: Span, (part, right): (Span, &str)) -> Diagnostic {
    let message = words!("in Adressen steht `/`, nicht `\\`", "addresses have `/`, not `\\`");
    let advice = words!("schreiben Sie `{right}`", "write `{right}`");
    Diagnostic::new(Code::LinkScheme, place, message).fix(advice, part, right)
}

/// Says why an address leads nowhere.
fn report(problem: &Problem, span: Span) -> Diagnostic {
    let scheme = |message| {
        Diagnostic::new(Code::LinkScheme, span.clone(), message).help(words!(
            "schreiben Sie einen Pfad wie `../partner/name.md`, eine Kennung wie `partner:name` \
             oder eine Adresse mit `https:`, `mailto:` oder `tel:`",
            "write a path like `../partners/name.md`, an id like `partner:name`, or an address \
             with `https:`, `mailto:` or `tel:`"
        ))
    };
    match problem {
        Problem::Empty => {
            scheme(words!("der Verweis führt nirgendwohin", "the link leads nowhere"))
        }
        Problem::Scheme(name) => scheme(words!(
            "`{name}` ist in Verweisen nicht erlaubt",
            "`{name}` is not allowed in links"
        )),
        Problem::Misspelt(whole) => {
            let message = words!(
                "die Webadresse beginnt nicht mit `https://`",
                "the web address does not begin with `https://`"
            );
            let advice = words!("schreiben Sie `{whole}`", "write `{whole}`");
            Diagnostic::new(Code::LinkScheme, span.clone(), message).fix(advice, span, whole)
        }
        Problem::Local => local(span),
        Problem::Backslash(right) => backslash(span.clone(), (span, right)),
        Problem::Malformed => scheme(words!("das ist keine Webadresse", "this is no web address")),
        Problem::Blank => super::address::with_blank(span),
        Problem::NoMail => Diagnostic::new(
            Code::LinkScheme,
            span.clone(),
            words!(
                "hinter `mailto:` steht keine E-Mail-Adresse",
                "no e-mail address follows `mailto:`"
            ),
        )
        .help(words!(
            "schreiben Sie etwa `mailto:info@example.org`",
            "write something like `mailto:info@example.org`"
        )),
        Problem::NoNumber => Diagnostic::new(
            Code::LinkScheme,
            span.clone(),
            words!("hinter `tel:` steht keine Nummer", "no number follows `tel:`"),
        )
        .help(words!("schreiben Sie etwa `tel:+49301234`", "write something like `tel:+49301234`")),
        Problem::NoScheme { missing, whole } => Diagnostic::new(
            Code::UrlWithoutScheme,
            span.clone(),
            words!("der Adresse fehlt `{missing}`", "the address lacks `{missing}`"),
        )
        .fix(words!("schreiben Sie `{whole}`", "write `{whole}`"), span, whole),
    }
}
