//! The facts that the law asks for: of the statement, the imprint and the privacy page.

use super::{EU_MODEL, at, span_of};
use crate::diag::{Code, Diagnostic, Severity, Span, Words};
use crate::model::datum::{Datum, Row};
use crate::site::Site;
use crate::words;

/// A fact that has to be there.
struct Fact {
    /// The name of the setting.
    name: &'static str,
    /// How it is written.
    example: &'static str,
    /// The setting of the publisher that stands in for it.
    of_publisher: bool,
}

/// A fact that has to be there by itself.
const fn own(name: &'static str, example: &'static str) -> Fact {
    Fact { name, example, of_publisher: false }
}

/// A fact that the publisher may have said.
const fn shared(name: &'static str, example: &'static str) -> Fact {
    Fact { name, example, of_publisher: true }
}

/// A page whose facts the settings hold.
struct Page {
    /// Its role, which is also the name of the group in `[legal]`.
    role: &'static str,
    /// Where the law asks for the facts.
    law: &'static str,
    /// The facts.
    facts: &'static [Fact],
}

/// The pages: what the law of every region took from the Union's model for the statement, DDG § 5 for the imprint, GDPR articles
/// 13 and 37 for the privacy page.
const PAGES: &[Page] = &[
    Page {
        role: "accessibility",
        law: EU_MODEL,
        facts: &[
            own("status", "status = \"teilweise\""),
            own("created", "created = 2026-11-21"),
            own("reviewed", "reviewed = 2026-11-21"),
            own("method", "method = { kind = \"selbstbewertung\" }"),
            own("feedback", "feedback = { email = \"barriere@amt.de\" }"),
        ],
    },
    Page {
        role: "imprint",
        law: "DDG § 5",
        facts: &[
            shared("name", "name = \"Amt\""),
            shared("address", "address = \"Hauptstraße 1, 12345 Stadt\""),
            own("represented_by", "represented_by = \"Vorname Nachname, Amtsleitung\""),
            shared("email", "email = \"poststelle@amt.de\""),
        ],
    },
    Page {
        role: "privacy",
        law: "DSGVO Art. 13, 37",
        facts: &[
            own("officer", "officer = { email = \"datenschutz@amt.de\" }"),
            own("host", "host = { name = \"Rechenzentrum\" }"),
            own("logs", "logs = [{ what = \"IP-Adresse\", days = 7, basis = \"…\" }]"),
            own("authority", "authority = { name = \"Landesbeauftragte\", url = \"https://…\" }"),
        ],
    },
];

/// Reports facts that are missing, and pages whose facts nobody gave.
pub(super) fn check(notes: &mut Vec<Diagnostic>, site: &Site) {
    for page in PAGES {
        match site.model.settings.legal(page.role) {
            Some(row) => missing(notes, site, (row, page)),
            None => notes.extend(by_hand(site, page)),
        }
    }
    if let Some(imprint) = site.model.settings.legal("imprint") {
        notes.extend(post_box(site, imprint));
    }
    if let Some(privacy) = site.model.settings.legal("privacy") {
        notes.extend(no_way(privacy, "officer"));
    }
    if let Some(statement) = site.model.settings.legal("accessibility") {
        notes.extend(no_way(statement, "feedback"));
        notes.extend(out_of_reach(statement));
    }
}

/// Reports the facts of a group that are missing, all at once.
fn missing(notes: &mut Vec<Diagnostic>, site: &Site, (row, page): (&Row, &Page)) {
    let publisher = site.model.settings.row.row("publisher");
    let is_said = |fact: &Fact| {
        let of_publisher = publisher.filter(|_| fact.of_publisher);
        row.get(fact.name).is_some_and(|datum| !is_empty(datum))
            || row.may_lack(fact.name)
            || of_publisher
                .is_some_and(|row| row.get(fact.name).is_some() || row.may_lack(fact.name))
    };
    let absent: Vec<&Fact> = page.facts.iter().filter(|fact| !is_said(fact)).collect();
    if absent.is_empty() {
        return;
    }
    let names: Vec<String> = absent.iter().map(|fact| format!("`{}`", fact.name)).collect();
    let lines: Vec<&str> = absent.iter().map(|fact| fact.example).collect();
    let (names, lines) = (names.join(", "), lines.join("`, `"));
    let (role, law) = (page.role, page.law);
    let message = words!("in `[legal.{role}]` fehlt: {names}", "`[legal.{role}]` lacks: {names}");
    notes.push(
        at(Code::LegalFact, (row, ""), message)
            .label(words!("das Gesetz verlangt mehr", "the law asks for more"))
            .help(words!(
                "ergänzen Sie `{lines}` mit Ihren Angaben ({law})",
                "add `{lines}`, with what is true of you ({law})"
            )),
    );
}

/// Whether a value is a list without items.
fn is_empty(datum: &Datum) -> bool {
    matches!(datum, Datum::List(items) if items.is_empty())
}

/// A page that was written by hand: nobody can check it.
fn by_hand(site: &Site, page: &Page) -> Option<Diagnostic> {
    let role = page.role;
    let settings = &site.model.settings.row;
    if settings.may_lack("legal") || settings.row("legal").is_some_and(|row| row.may_lack(role)) {
        return None;
    }
    let id = site.roles.get(role)?;
    let entry = &site.places.get(id)?.entry;
    let span = entry.facts.span_of("role").unwrap_or_default();
    let message = words!(
        "für diese Seite gibt es keine Angaben in `[legal.{role}]`",
        "there are no facts in `[legal.{role}]` for this page"
    );
    let note = Diagnostic::new(Code::LegalFact, Span::new(&entry.path, span), message);
    Some(note.severity(Severity::Hint).help(words!(
        "mit `[legal.{role}]` in `site.toml` entsteht der Pflichttext von selbst, in jeder Sprache, und wird geprüft",
        "with `[legal.{role}]` in `site.toml` the mandatory text is made by itself, in every language, and checked"
    )))
}

/// An address in the imprint to which no summons can be delivered: a post-office box alone.
fn post_box(site: &Site, imprint: &Row) -> Option<Diagnostic> {
    let publisher = site.model.settings.row.row("publisher");
    let holder = [Some(imprint), publisher];
    let row = holder.into_iter().flatten().find(|row| row.get("address").is_some())?;
    let text = match row.get("address")? {
        Datum::Text(text) => text.to_string(),
        Datum::Words(words) => words.0.values().next()?.to_string(),
        _ => return None,
    };
    if !is_post_box(&text) {
        return None;
    }
    let message: Words = words!(
        "ein Postfach ist keine ladungsfähige Anschrift",
        "a post-office box is no address for a summons"
    );
    Some(at(Code::LegalFact, (row, "address"), message).help(words!(
        "nennen Sie Straße und Hausnummer (DDG § 5)",
        "give street and number (DDG § 5)"
    )))
}

/// Whether an address has a post-office box and no street with a number.
fn is_post_box(address: &str) -> bool {
    let lower = address.to_lowercase();
    let parts = || lower.split(['\n', ',', ';']).map(str::trim);
    let is_box = |part: &str| {
        ["postfach", "p.o. box", "po box"].iter().any(|word| part.contains(word))
            || ["pf. ", "pf ", "pf."].iter().any(|word| part.starts_with(word))
    };
    let is_street = |part: &str| {
        let digits = part.chars().take_while(char::is_ascii_digit).count();
        part.chars().any(|c| c.is_ascii_digit()) && digits < 4 && !is_box(part)
    };
    parts().any(is_box) && !parts().any(is_street)
}

/// A contact that nobody can be reached by.
fn no_way(row: &Row, name: &str) -> Option<Diagnostic> {
    const WAYS: [&str; 3] = ["email", "phone", "url"];
    let contact = row.row(name).filter(|contact| !contact.is_unread())?;
    if WAYS.iter().any(|way| contact.get(way).is_some() || contact.may_lack(way)) {
        return None;
    }
    let message = words!(
        "über `{name}` ist niemand elektronisch zu erreichen",
        "`{name}` gives no electronic way to reach anybody"
    );
    let note = Diagnostic::new(Code::LegalFact, span_of((row, name)), message);
    Some(
        note.help(words!(
            "ergänzen Sie `email`, `phone` oder `url`",
            "add `email`, `phone` or `url`"
        )),
    )
}

/// An enforcement body that readers cannot turn to, not even by letter.
fn out_of_reach(statement: &Row) -> Option<Diagnostic> {
    const WAYS: [&str; 4] = ["address", "email", "phone", "url"];
    let body = statement.row("enforcement").filter(|body| !body.is_unread())?;
    if WAYS.iter().any(|way| body.get(way).is_some() || body.may_lack(way)) {
        return None;
    }
    let message = words!(
        "es fehlt, wie die Durchsetzungsstelle zu erreichen ist",
        "it does not say how to reach the enforcement body"
    );
    let note = Diagnostic::new(Code::LegalFact, span_of((statement, "enforcement")), message);
    Some(note.help(words!(
        "ergänzen Sie `address`, `email`, `phone` oder `url`",
        "add `address`, `email`, `phone` or `url`"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_is_no_street() {
        for (address, expected) in [
            ("Postfach 10 34 43, 70029 Stuttgart", true),
            ("Amt\nPostfach 12\n12345 Stadt", true),
            ("Hauptstraße 1, Postfach 12, 12345 Stadt", false),
            ("Hauptstraße 1\n12345 Stadt", false),
            ("Am Markt, 12345 Stadt", false),
            ("P.O. Box 7, 12345 Town", true),
            ("PO Box 7, 12345 Town", true),
            ("Pf. 12 34, 12345 Stadt", true),
            ("PF 1234, 12345 Stadt", true),
            ("Pfarrgasse 3, 12345 Stadt", false),
            ("Kapf 3, 12345 Stadt", false),
        ] {
            assert_eq!(is_post_box(address), expected, "{address}");
        }
    }
}
