//! Where an address leads: outside, to a place on this page, to a file, to an entry.

use std::sync::Arc;

use crate::diag::suggest::closest;
use crate::parse::Target;
use crate::path::percent_decoded;

/// Schemes of URLs that have no `//` after them. A kind of entry cannot have such a name; `news` is
/// one, and so is missing here.
const SCHEMES: [&str; 29] = [
    "about",
    "blob",
    "callto",
    "cid",
    "data",
    "facetime",
    "feed",
    "file",
    "ftp",
    "geo",
    "git",
    "http",
    "https",
    "im",
    "irc",
    "javascript",
    "magnet",
    "mailto",
    "mid",
    "sip",
    "skype",
    "sms",
    "ssh",
    "tel",
    "urn",
    "vbscript",
    "webcal",
    "whatsapp",
    "xmpp",
];

/// Ends of host names that are no ends of file names.
const TOP_LEVEL: [&str; 15] = [
    "at", "bayern", "berlin", "ch", "com", "de", "edu", "eu", "gov", "hamburg", "info", "int",
    "net", "nrw", "org",
];

/// Why an address leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    /// There is none.
    Empty,
    /// It begins with something that links may not begin with.
    Scheme(String),
    /// It is that of a file on somebody's computer.
    Local,
    /// It is a path with backslashes; with slashes it is this.
    Backslash(String),
    /// It begins almost like a web address; this is what was meant.
    Misspelt(String),
    /// It has a scheme, but nothing that could be a host.
    Malformed,
    /// It has a blank in its host.
    Blank,
    /// It is `mailto:` without a mail address behind it.
    NoMail,
    /// It is `tel:` without a number behind it.
    NoNumber,
    /// It is a web or mail address without its scheme.
    NoScheme {
        /// What is missing: `https://` or `mailto:`.
        missing: &'static str,
        /// The address as it should be.
        whole: String,
    },
}

/// Whether `name` is a scheme of URLs, so that `name:…` cannot mean an entry.
pub fn is_scheme(name: &str) -> bool {
    SCHEMES.contains(&name)
}

/// Where an address leads. Whether there is anything is not known here.
pub(super) fn target(address: &str) -> Result<Target, Problem> {
    let address = address.trim();
    if address.is_empty() || address == "#" {
        return Err(Problem::Empty);
    }
    if let Some(anchor) = address.strip_prefix('#') {
        return Ok(Target::Here(decoded(anchor)));
    }
    if address.starts_with("//") {
        return Err(without("https://", "https:", address));
    }
    if is_local(address) {
        return Err(Problem::Local);
    }
    if let Some(whole) = misspelt(address) {
        return Err(Problem::Misspelt(whole));
    }
    // A host comes first, for it may have a port, which looks like a scheme's colon.
    if is_host(address) {
        return Err(without("https://", "https://", address));
    }
    if let Some((scheme, rest)) = scheme(address) {
        return with_scheme(address, scheme, rest);
    }
    if is_mail(address) {
        return Err(without("mailto:", "mailto:", address));
    }
    if address.contains('\\') {
        return Err(Problem::Backslash(address.replace('\\', "/")));
    }
    let (path, anchor) = split_anchor(address);
    let path = decoded(path);
    Ok(if address.starts_with('/') {
        Target::Address(path, anchor)
    } else {
        Target::File(path, anchor)
    })
}

/// Whether an address is that of a file on a computer: `C:\…`, `file:…`, `\\server\…`.
pub fn is_local(address: &str) -> bool {
    let drive = address.split_once(':').filter(|(name, rest)| {
        name.len() == 1
            && name.starts_with(|c: char| c.is_ascii_alphabetic())
            && rest.starts_with(['\\', '/'])
    });
    let start = address.get(.."file:".len()).unwrap_or_default();
    drive.is_some() || start.eq_ignore_ascii_case("file:") || address.starts_with('\\')
}

/// A web address whose start is misspelt, `htps://` or `https//`, as it should be.
fn misspelt(address: &str) -> Option<String> {
    let letters = address.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (scheme, rest) = address.split_at(letters);
    let scheme = scheme.to_ascii_lowercase();
    let is_right = matches!(scheme.as_str(), "http" | "https");
    if !(3..=7).contains(&letters) || is_right && rest.starts_with("://") {
        return None;
    }
    let names = ["http", "https"];
    let host = rest.trim_start_matches([':', '/', ';']);
    let is_near =
        is_right || { rest.starts_with("://") && !closest(&scheme, names.into_iter()).is_empty() };
    let starts = [":", "//", "/", ";"].iter().any(|start| rest.starts_with(start));
    let first = host.split('/').next().unwrap_or_default();
    // `http/` may be a folder.
    let is_file =
        first == host && !first.starts_with("www.") && rest.strip_prefix('/') == Some(host);
    let has_host = first.contains('.') && !is_file;
    let name = if scheme.ends_with('s') { "https" } else { "http" };
    (is_near && starts && has_host).then(|| format!("{name}://{host}"))
}

/// An address that lacks something at its start.
fn without(missing: &'static str, start: &str, address: &str) -> Problem {
    Problem::NoScheme { missing, whole: format!("{start}{address}") }
}

/// The scheme with which an address starts, and the rest behind the colon.
fn scheme(address: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = address.split_once(':')?;
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.' | b'_');
    let starts = scheme.starts_with(|c: char| c.is_ascii_alphabetic());
    (starts && scheme.bytes().all(fits)).then_some((scheme, rest))
}

/// Where an address with a scheme leads.
fn with_scheme(address: &str, scheme: &str, rest: &str) -> Result<Target, Problem> {
    let lower = scheme.to_ascii_lowercase();
    match lower.as_str() {
        "http" | "https" => {
            let host = rest.strip_prefix("//").unwrap_or_default();
            let name = host.split(['/', '?', '#']).next().unwrap_or_default();
            if name.contains(char::is_whitespace) {
                return Err(Problem::Blank);
            }
            let has_host = host.starts_with(|c: char| c.is_alphanumeric() || c == '[');
            if has_host { Ok(outside(address)) } else { Err(Problem::Malformed) }
        }
        "tel" if !rest.chars().any(|c| c.is_ascii_digit()) => Err(Problem::NoNumber),
        "tel" => Ok(outside(&address.replace([' ', '\u{a0}'], ""))),
        "mailto" if !is_mail_to(rest) => Err(Problem::NoMail),
        "mailto" => Ok(outside(address)),
        _ if rest.starts_with("//") => Err(Problem::Scheme(format!("{scheme}://"))),
        _ if is_scheme(&lower) || !is_kind(&lower) || rest.is_empty() || rest.contains('\\') => {
            Err(Problem::Scheme(format!("{scheme}:")))
        }
        _ => {
            let (id, anchor) = split_anchor(rest);
            Ok(Target::Entry(Arc::from(scheme), decoded(id), anchor))
        }
    }
}

/// Whether a name can be that of a kind.
fn is_kind(name: &str) -> bool {
    let fits = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-');
    name.len() > 1 && name.bytes().all(fits)
}

/// Another site's address, with what URLs cannot hold percent-encoded.
fn outside(address: &str) -> Target {
    let path = address.find("//").map_or(0, |at| at + 2);
    let path = address[path..].find(['/', '?', '#']).map_or(address.len(), |at| path + at);
    let mut out = String::with_capacity(address.len());
    for (at, c) in address.char_indices() {
        let keep = match c {
            '%' => address[at + 1..].bytes().take(2).filter(u8::is_ascii_hexdigit).count() == 2,
            // An IPv6 address is in brackets.
            '[' | ']' => at < path,
            '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' => false,
            c => c.is_ascii_graphic(),
        };
        if keep {
            out.push(c);
        } else {
            let mut buffer = [0; 4];
            for byte in c.encode_utf8(&mut buffer).bytes() {
                out.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    Target::Outside(Arc::from(out))
}

/// Whether an address without a scheme starts with a host: `www.` and something, or a name that
/// ends like a host and is no Markdown file below a folder with such a name.
fn is_host(address: &str) -> bool {
    let (path, _) = split_anchor(address);
    let host = path.split(['/', '?', ':']).next().unwrap_or_default();
    let is_label =
        |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    let labels: Vec<&str> = host.split('.').collect();
    if labels.len() < 2 || !labels.iter().all(|label| is_label(label)) || path.ends_with(".md") {
        return false;
    }
    let last = labels[labels.len() - 1].to_ascii_lowercase();
    (labels[0].eq_ignore_ascii_case("www") && labels.len() > 2)
        || TOP_LEVEL.contains(&last.as_str())
}

/// Whether an address without a scheme is one for mail.
fn is_mail(address: &str) -> bool {
    let Some((name, host)) = address.split_once('@') else { return false };
    !name.is_empty() && host.contains('.') && !address.contains(['/', ' ']) && !host.contains('@')
}

/// Whether what follows `mailto:` names mail addresses; parameters may stand behind them.
fn is_mail_to(rest: &str) -> bool {
    let addresses = percent_decoded(rest.split('?').next().unwrap_or(rest));
    addresses.is_some_and(|addresses| addresses.split(',').all(|one| is_mail(one.trim())))
}

/// Takes the anchor, if there is one, off an address.
fn split_anchor(address: &str) -> (&str, Option<Arc<str>>) {
    match address.split_once('#') {
        Some((path, anchor)) => (path, (!anchor.is_empty()).then(|| decoded(anchor))),
        None => (address, None),
    }
}

/// Percent-encoded text decoded; as it stands if what comes out is no text.
fn decoded(text: &str) -> Arc<str> {
    let decoded = if text.contains('%') { percent_decoded(text) } else { None };
    decoded.map_or_else(|| Arc::from(text), Arc::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks where an address leads, in the words of `Debug`.
    #[track_caller]
    fn check(address: &str, expected: &str) {
        let shown = match target(address) {
            Ok(Target::Outside(url)) => format!("outside {url}"),
            Ok(Target::Here(anchor)) => format!("here {anchor}"),
            Ok(Target::File(path, anchor)) => format!("file {path} {anchor:?}"),
            Ok(Target::Address(path, anchor)) => format!("address {path} {anchor:?}"),
            Ok(Target::Entry(kind, id, anchor)) => format!("entry {kind} {id} {anchor:?}"),
            Err(Problem::NoScheme { whole, .. }) => format!("write {whole}"),
            Err(problem) => format!("{problem:?}"),
        };
        assert_eq!(shown, expected, "{address}");
    }

    #[test]
    fn addresses_on_this_site() {
        check("#%C3%BCber-uns", "here über-uns");
        check("../partner/bechtle.md#kontakt", "file ../partner/bechtle.md Some(\"kontakt\")");
        check("Gr%C3%BC%C3%9Fe%201.pdf", "file Grüße 1.pdf None");
        check("a%23b.pdf#", "file a#b.pdf None");
        check("/initiativen/", "address /initiativen/ None");
        check("partner:bechtle", "entry partner bechtle None");
        check("news:zuwachs", "entry news zuwachs None");
        check("solution:open.bydata#a", "entry solution open.bydata Some(\"a\")");
        check("open.bydata/index.md", "file open.bydata/index.md None");
        check("service.berlin/index.md", "file service.berlin/index.md None");
        check("flyer.v2.pdf", "file flyer.v2.pdf None");
    }

    #[test]
    fn addresses_elsewhere() {
        let video = "https://youtube.com/watch?v=RvT_iVZNpzQ&feature=youtu.be";
        check(video, &format!("outside {video}"));
        check("http://müller.de/ä b|c%20%", "outside http://m%C3%BCller.de/%C3%A4%20b%7Cc%20%25");
        check("mailto:info@example.org", "outside mailto:info@example.org");
        check("tel:+49 721 926", "outside tel:+49721926");
        check("http://[::1]/[a]", "outside http://[::1]/%5Ba%5D");
    }

    #[test]
    fn addresses_that_lead_nowhere() {
        check("", "Empty");
        check("#", "Empty");
        check("https://", "Malformed");
        check("https:/example.org", "Misspelt(\"https://example.org\")");
        check("htps://example.org/a", "Misspelt(\"https://example.org/a\")");
        check("http//www.example.org", "Misspelt(\"http://www.example.org\")");
        check("ftp://example.org", "Scheme(\"ftp://\")");
        check("javascript:alert(1)", "Scheme(\"javascript:\")");
        check("DATA:text/html,x", "Scheme(\"DATA:\")");
        check("gopher://x", "Scheme(\"gopher://\")");
        check("C:\\Daten\\a.md", "Local");
        check("file:///C:/a.md", "Local");
        check("bilder\\a.md", "Backslash(\"bilder/a.md\")");
    }

    #[test]
    fn addresses_that_lack_their_start() {
        check("www.unternehmertum.de/x", "write https://www.unternehmertum.de/x");
        check("govtechcampus.de", "write https://govtechcampus.de");
        check("bund.de:8080/a", "write https://bund.de:8080/a");
        check("//example.org/a", "write https://example.org/a");
        check("info@example.org", "write mailto:info@example.org");
    }
}
