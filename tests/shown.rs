//! What the embedded theme shows of entries that say only half of what they could.

use crate::built::{Built, build, memory};

/// A site in two languages.
const CONTENT: &[(&str, &str)] = &[
    (
        "content/site.toml",
        "schema = 1\ntitle = \"Probe\"\nbase_url = \"https://probe.example.org/\"\nlanguages = [\"de\", \"en\"]\n",
    ),
    ("content/_index.md", "+++\ntitle = \"Start\"\n+++\n"),
    ("content/_index.en.md", "+++\ntitle = \"Home\"\n+++\n"),
    ("content/termine/_index.md", "+++\ntitle = \"Termine\"\nkind = \"event\"\n+++\n"),
    ("content/termine/_index.en.md", "+++\ntitle = \"Events\"\n+++\n"),
    (
        "content/termine/ende.md",
        "+++\ntitle = \"Ende\"\ntype = \"workshop\"\nend = \"2027-03-01\"\nsummary = \"Deutsche Worte\"\n+++\n",
    ),
    ("content/termine/ende.en.md", "+++\ntitle = \"End\"\n+++\n"),
    (
        "content/termine/worte.md",
        "+++\ntitle = \"Worte\"\ntype = \"workshop\"\nend = \"2027-04-01\"\ndate_text = \"den Winter hindurch\"\n+++\n",
    ),
    ("content/partner/_index.md", "+++\ntitle = \"Partner\"\nkind = \"partner\"\n+++\n"),
    ("content/partner/amt.md", "+++\ntitle = \"Amt\"\ntype = \"behoerde\"\n+++\n"),
    ("content/partner/bund.md", "+++\ntitle = \"Bund\"\ntype = \"behoerde\"\n+++\n"),
    (
        "content/termine/tagung.md",
        "+++\ntitle = \"Tagung\"\ntype = \"workshop\"\nstart = 2027-05-01\n[[sessions]]\ntitle = \"Runde\"\npeople = [{ name = \"Ada Amsel\", partner = \"amt\", office = \"Leitung\" }, { name = \"Béla Buche\", partner = \"bund\" }]\n+++\n",
    ),
];

/// The site, built.
fn built() -> Built {
    let built = build(&memory(CONTENT), "2026-03-01");
    built.is_sound();
    built
}

#[test]
fn an_event_of_which_only_the_end_is_known_says_so() {
    built().holds("termine/ende/index.html", &["<dt>Termin</dt>", "bis 1.", "März 2027"]);
    built().holds("termine/worte/index.html", &["den Winter hindurch", "bis <time", "April 2027"]);
}

#[test]
fn a_summary_that_is_not_translated_is_marked_in_lists_too() {
    let marked = "<p class=\"card-summary\" lang=\"de\">Deutsche Worte</p>";
    built().holds("en/termine/index.html", &[marked]);
    built().holds("termine/index.html", &["<p class=\"card-summary\">Deutsche Worte</p>"]);
}

#[test]
fn who_speaks_for_a_partner_is_named_on_its_page() {
    built()
        .holds("partner/amt/index.html", &["Tagung", "Runde", "Ada Amsel, <span>Leitung</span>"]);
    built().lacks("partner/amt/index.html", &["Béla Buche"]);
}
