//! Simple YAML turned into TOML, to be shown to people who wrote YAML.
//!
//! This is advice, not a parser: it reads what stands in front matter in practice, and takes every
//! plain word for the text it was meant as. `NO`, `9:30`, `06/2018`, `1.10` and `#stadt` come out
//! as text, whatever YAML would make of them. Lines that it cannot read are named.

mod flow;
mod moment;
mod print;

use self::flow::value;
use self::moment::local;
use self::print::entry;
use crate::parse::toml::guess;

/// Nested more deeply, nothing is read.
const DEEPEST: usize = 40;

/// What YAML can say.
#[derive(Clone, Debug, PartialEq)]
enum Yaml {
    /// Nothing.
    Empty,
    /// Something that TOML writes the same way, without quotes.
    Bare(String),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Yaml>),
    /// Keys and values.
    Map(Vec<(String, Yaml)>),
}

/// A line with something on it.
#[derive(Clone, Debug)]
struct Line<'a> {
    /// How far it is indented.
    indent: usize,
    /// What it says, without blanks at both ends.
    words: &'a str,
    /// Its number, from 1.
    number: usize,
}

/// The lines ahead.
struct Reader<'a> {
    /// All lines as written, for texts over several lines.
    raw: Vec<&'a str>,
    /// Those with something on them.
    lines: Vec<Line<'a>>,
    /// The next of these.
    at: usize,
    /// Numbers of lines that could not be read.
    lost: Vec<usize>,
    /// How deeply what is read now is nested.
    depth: usize,
}

/// Turns YAML into TOML. Also gives the numbers of the lines, from 1, that are not in it.
pub(crate) fn to_toml(yaml: &str) -> (String, Vec<usize>) {
    let raw: Vec<&str> = yaml.lines().collect();
    let lines = raw.iter().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let lines = lines
        .map(|(index, line)| Line {
            indent: line.len() - line.trim_start_matches(' ').len(),
            words: line.trim(),
            number: index + 1,
        })
        .collect();
    let mut reader = Reader { raw, lines, at: 0, lost: Vec::new(), depth: 0 };
    let mut out = String::new();
    while let Some(line) = reader.peek().cloned() {
        if line.words.starts_with('#') {
            out.push_str(line.words);
            out.push('\n');
            reader.at += 1;
        } else if let Some((key, value)) = reader.pair(line.indent) {
            out.push_str(&entry(&key, &value));
            out.push('\n');
        } else {
            reader.skip();
        }
    }
    reader.lost.sort_unstable();
    (out, reader.lost)
}

impl<'a> Reader<'a> {
    /// The next line.
    fn peek(&self) -> Option<&Line<'a>> {
        self.lines.get(self.at)
    }

    /// Steps over a line that cannot be read.
    fn skip(&mut self) {
        if let Some(line) = self.lines.get(self.at) {
            self.lost.push(line.number);
            self.at += 1;
        }
    }

    /// `key: value` at this depth, with all lines that belong to it.
    fn pair(&mut self, indent: usize) -> Option<(String, Yaml)> {
        let line = self.peek().filter(|line| line.indent == indent)?.clone();
        let (key, rest) = split_key(line.words)?;
        self.at += 1;
        let value = local(&key, self.after_key(rest, indent));
        Some((key, value))
    }

    /// The value behind a key, which may stand in the lines below.
    fn after_key(&mut self, rest: &str, indent: usize) -> Yaml {
        if rest.starts_with(['|', '>']) && rest.len() <= 3 {
            return self.block_text(indent, rest.starts_with('>'));
        }
        let below = self
            .peek()
            .cloned()
            .filter(|next| next.indent > indent || next.indent == indent && is_item(next.words));
        let nothing = rest.is_empty() || rest.starts_with("# ");
        match below {
            Some(next) if nothing => self.block(next.indent),
            _ if nothing => Yaml::Empty,
            _ => self.continued(value(rest), indent),
        }
    }

    /// A plain text with the lines that continue it.
    fn continued(&mut self, value: Option<Yaml>, indent: usize) -> Yaml {
        let Some(mut value) = value else {
            self.at = self.at.saturating_sub(1);
            self.skip();
            return Yaml::Empty;
        };
        while let Some(next) = self.peek().filter(|next| next.indent > indent) {
            let words = next.words;
            let Yaml::Text(text) = &mut value else { break };
            text.push(' ');
            text.push_str(words);
            self.at += 1;
        }
        value
    }

    /// A list or keys at this depth.
    fn block(&mut self, indent: usize) -> Yaml {
        self.depth += 1;
        let value = match self.peek() {
            Some(_) if self.depth > DEEPEST => {
                self.skip();
                Yaml::Empty
            }
            Some(line) if is_item(line.words) => self.list(indent),
            Some(line) if split_key(line.words).is_some() => self.map(indent),
            Some(line) => {
                let words = line.words;
                self.at += 1;
                self.continued(value(words), indent.saturating_sub(1))
            }
            None => Yaml::Empty,
        };
        self.depth -= 1;
        value
    }

    /// The items of a list.
    fn list(&mut self, indent: usize) -> Yaml {
        let mut items = Vec::new();
        while let Some(line) = self.peek().filter(|line| line.indent >= indent).cloned() {
            if line.words.starts_with('#') {
                self.at += 1;
            } else if line.indent == indent && is_item(line.words) {
                items.push(self.item(&line));
            } else if line.indent > indent {
                self.skip();
            } else {
                break;
            }
        }
        Yaml::List(items)
    }

    /// One item of a list.
    fn item(&mut self, line: &Line<'a>) -> Yaml {
        let rest = line.words.get(1..).unwrap_or_default();
        let words = rest.trim_start();
        let indent = line.indent + 1 + rest.len() - words.len();
        // `- initiative:campus` is a text: only a colon with a blank behind it makes a table.
        let has_key = split_key(words).is_some() && (words.contains(": ") || words.ends_with(':'));
        let nested = is_item(words) || has_key && !words.starts_with(['{', '[']);
        if nested && let Some(place) = self.lines.get_mut(self.at) {
            // What follows the hyphen is a block of its own, as if it stood on its own line.
            *place = Line { indent, words, number: line.number };
            return self.block(indent);
        }
        self.at += 1;
        self.after_key(words, line.indent)
    }

    /// Keys and values.
    fn map(&mut self, indent: usize) -> Yaml {
        let mut entries = Vec::new();
        while let Some(line) = self.peek().filter(|line| line.indent >= indent).cloned() {
            if line.words.starts_with('#') {
                self.at += 1;
            } else if line.indent == indent && is_item(line.words) {
                break;
            } else if let Some(pair) = self.pair(indent) {
                entries.push(pair);
            } else {
                self.skip();
            }
        }
        Yaml::Map(entries)
    }

    /// A text over several lines, each its own or all joined.
    fn block_text(&mut self, indent: usize, joined: bool) -> Yaml {
        let start = self.at.checked_sub(1).and_then(|at| self.lines.get(at));
        let first = start.map_or(0, |line| line.number);
        while self.peek().is_some_and(|line| line.indent > indent) {
            self.at += 1;
        }
        let last = self.at.checked_sub(1).and_then(|at| self.lines.get(at));
        let last = last.map_or(first, |line| line.number);
        let lines = self.raw.get(first..last).unwrap_or_default();
        let depth = |line: &&str| line.len() - line.trim_start_matches(' ').len();
        let filled = lines.iter().filter(|line| !line.trim().is_empty());
        let cut = filled.map(depth).min().unwrap_or(0);
        let lines: Vec<&str> =
            lines.iter().map(|line| line.get(cut..).unwrap_or_default().trim_end()).collect();
        Yaml::Text(lines.join(if joined { " " } else { "\n" }))
    }
}

/// Whether a line is an item of a list.
fn is_item(words: &str) -> bool {
    words == "-" || words.starts_with("- ")
}

/// A key and what follows its colon.
fn split_key(words: &str) -> Option<(String, &str)> {
    if let Some(quote @ ('"' | '\'')) = words.chars().next() {
        let (key, rest) = words.get(1..)?.split_once(quote)?;
        return Some((key.to_owned(), rest.trim_start().strip_prefix(':')?.trim()));
    }
    let at = words.match_indices(':').map(|(at, _)| at).find(|at| {
        let rest = words.get(at + 1..).unwrap_or_default();
        // A colon without a blank ends a key only behind a single word.
        let word = words.get(..*at).is_some_and(|key| {
            !key.is_empty() && key.chars().all(|c| c.is_alphabetic() || c == '_')
        });
        rest.is_empty() || rest.starts_with([' ', '\t']) || word && !rest.starts_with("//")
    })?;
    let key = words.get(..at)?.trim();
    let odd = key.is_empty() || key.starts_with(['[', '{', '#', '&', '*', '!', '-']);
    (!odd).then(|| (key.to_owned(), words.get(at + 1..).unwrap_or_default().trim()))
}

/// A word without quotes: what TOML writes the same way, or a text.
fn plain(words: &str) -> Yaml {
    match words.to_lowercase().as_str() {
        "" | "~" | "null" => return Yaml::Empty,
        lower @ ("true" | "false") => return Yaml::Bare(lower.to_owned()),
        _ => {}
    }
    let digits = words.strip_prefix('-').unwrap_or(words);
    let (whole, fraction) = match digits.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (digits, None),
    };
    let canonical = guess::all_digits(whole)
        && whole.len() <= 15
        && (whole == "0" || !whole.starts_with('0'))
        // `1.10` is a version and `5.000` may be five thousand.
        && fraction.is_none_or(|rest| guess::all_digits(rest) && rest.len() < 3 && !rest.ends_with('0'));
    let date =
        words.len() >= 10 && words.as_bytes().get(4) == Some(&b'-') && guess::is_scalar(words);
    if canonical || date { Yaml::Bare(words.to_owned()) } else { Yaml::Text(words.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the TOML that comes out, and that TOML can read it.
    fn check(yaml: &str, wanted: &str) {
        let (toml, lost) = to_toml(yaml);
        assert_eq!(toml, wanted);
        assert_eq!(lost, Vec::<usize>::new(), "{yaml}");
        assert!(::toml::de::DeTable::parse(&toml).is_ok(), "{toml}");
    }

    #[test]
    fn simple_values_become_toml() {
        check("title: Der Bann", "title = \"Der Bann\"\n");
        check("title: \"Der \\\"Bann\\\"\"", "title = \"Der \\\"Bann\\\"\"\n");
        check("title: 'It''s'", "title = \"It's\"\n");
        check("date: 2022-07-01", "date = 2022-07-01\n");
        check("date: 2026-11-01T10:00:00+01:00", "date = 2026-11-01\n");
        check("date: 2026-11-01 10:00:00 +0100", "date = 2026-11-01\n");
        check("publish_on: 2026-11-01T10:00:00Z", "publish_on = \"2026-11-01T10:00\"\n");
        check("start: 2026-11-01T10:00", "start = \"2026-11-01T10:00\"\n");
        check("start: 2022-07", "start = \"2022-07\"\n");
        check("draft: true # noch nicht", "draft = true\n");
        check("order: 5\nratio: 2.5", "order = 5\nratio = 2.5\n");
        check("# Titel\ntitle:", "# Titel\n# title =\n");
    }

    #[test]
    fn traps_come_out_as_text() {
        check("title: #digitallotsen gestalten", "title = \"#digitallotsen gestalten\"\n");
        check("title: Morgenstadt: Werkstatt", "title = \"Morgenstadt: Werkstatt\"\n");
        check("number: 06/2018", "number = \"06/2018\"\n");
        check("start: 9:30", "start = \"9:30\"\n");
        check("land: NO", "land = \"NO\"\n");
        check("version: 1.10", "version = \"1.10\"\n");
        check("value: 5.000", "value = \"5.000\"\n");
        check("plz: 01067", "plz = \"01067\"\n");
        check("title: @bw heute", "title = \"@bw heute\"\n");
        check("x: *foo", "x = \"*foo\"\n");
        check("title: - Strich", "title = \"- Strich\"\n");
        check("url: https://a.example/#x", "url = \"https://a.example/#x\"\n");
    }

    #[test]
    fn lists_and_tables_become_toml() {
        check("topics: [a, \"b c\"]", "topics = [\"a\", \"b c\"]\n");
        check("topics:\n  - a\n  - b", "topics = [\"a\", \"b\"]\n");
        check("about:\n  - initiative:campus", "about = [\"initiative:campus\"]\n");
        check("topics:\n- a\n- b\nx: 1", "topics = [\"a\", \"b\"]\nx = 1\n");
        check("place: {name: Haus, lat: 48.5}", "place = { name = \"Haus\", lat = 48.5 }\n");
        check("place:\n  name: Haus\n  ort: Ulm", "place = { name = \"Haus\", ort = \"Ulm\" }\n");
        check(
            "partners:\n  - partner: bmi\n    since: 2022\n  - partner: bmf\n",
            "partners = [\n  { partner = \"bmi\", since = 2022 },\n  { partner = \"bmf\" },\n]\n",
        );
        check("text: |\n  a\n\n  b\nx: 1", "text = \"\"\"\na\n\nb\"\"\"\nx = 1\n");
        check("text: >\n  a\n  b\n", "text = \"a b\"\n");
        check("text: eins\n  zwei", "text = \"eins zwei\"\n");
    }

    #[test]
    fn lines_without_sense_are_named() {
        let check = |yaml: &str, lost: &[usize]| assert_eq!(to_toml(yaml).1, lost, "{yaml}");
        check("a: 1\nkein Schlüssel\nb: [1,", &[2, 3]);
        check("- a\n- b", &[1, 2]);
    }
}
