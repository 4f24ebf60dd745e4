//! The form of a literate case: a description, files, and what commands make of them.
//!
//! ```text
//! A new title reaches the list.
//!
//! -- content/blog/a.md --
//! the file's lines
//! == build --lang en
//! diagnostics:
//! everything that is printed
//! -- out/blog/index.html --
//! the whole output
//! == edit
//! -- content/blog/a.md --
//! other lines
//! == build
//! rendered: / blog/ blog/a/
//! diagnostics:
//! …
//! == delete content/blog/b.md
//! == check
//! ```
//!
//! Below a command, `rendered:` names the pages that had to be rendered anew.
//! A path may be followed by ` | ` and words that say how its lines are to be taken: for files see
//! [`Block::bytes`], for outputs [`Expectation`]. A line that would be taken for a marker gets a
//! backslash before it. `print` of `parse` is the text again, so expectations can be rewritten.

/// A whole case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Case {
    /// What it shows.
    pub(crate) description: String,
    /// What happens, in order.
    pub(crate) steps: Vec<Step>,
}

/// One thing that happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Files are there; as a first step without a line of its own.
    Edit(Vec<Block>),
    /// A file is taken away.
    Delete(String),
    /// The program runs.
    Run(Run),
}

/// A run of the program and what is expected of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    /// The command line: `build --lang en`.
    pub(crate) command: String,
    /// The pages that are rendered anew, if that is of interest.
    pub(crate) rendered: Option<String>,
    /// Everything it prints.
    pub(crate) printed: String,
    /// Outputs it makes; paths without `out/`.
    pub(crate) outputs: Vec<Block>,
}

/// Lines with a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    /// The path.
    pub(crate) path: String,
    /// The words after the bar.
    pub(crate) words: String,
    /// The lines, each with its line end.
    pub(crate) text: String,
}

/// What is expected of an output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Expectation {
    /// It is exactly this, but for a line end at its end.
    Whole,
    /// `missing`: there is no such output.
    Missing,
    /// `has`: each of the lines occurs in it, spaces around the line aside.
    Has,
    /// `lacks`: none of the lines occurs in it.
    Lacks,
}

impl Block {
    /// The file that the lines stand for. `bare` takes off the last line end, `crlf` writes line
    /// ends as Windows does, `bom` puts a byte-order mark first, `latin1` encodes so, `hex` reads
    /// the lines as bytes, and `repeat N` says them N times.
    pub(crate) fn bytes(&self) -> Result<Vec<u8>, String> {
        let mut bytes = self.text.clone().into_bytes();
        let mut words = self.words.split_whitespace();
        while let Some(word) = words.next() {
            bytes = match word {
                "bare" => bytes.strip_suffix(b"\n").unwrap_or(&bytes).to_vec(),
                "crlf" => self.replaced(&bytes, "\n", "\r\n")?,
                "bom" => [b"\xef\xbb\xbf", bytes.as_slice()].concat(),
                "latin1" => self.latin1(&bytes)?,
                "hex" => self.unhex(&bytes)?,
                "repeat" => {
                    let times = words.next().and_then(|times| times.parse().ok());
                    bytes.repeat(times.ok_or(format!("`{}`: how often?", self.path))?)
                }
                _ => return Err(format!("`{}`: unknown word `{word}`", self.path)),
            };
        }
        Ok(bytes)
    }

    /// What the words say about an output.
    pub(crate) fn expectation(&self) -> Result<Expectation, String> {
        match self.words.as_str() {
            "" => Ok(Expectation::Whole),
            "missing" => Ok(Expectation::Missing),
            "has" => Ok(Expectation::Has),
            "lacks" => Ok(Expectation::Lacks),
            words => Err(format!("`{}`: unknown words `{words}`", self.path)),
        }
    }

    /// The bytes as text.
    fn string(&self, bytes: &[u8]) -> Result<String, String> {
        String::from_utf8(bytes.to_vec()).map_err(|_| format!("`{}` is not UTF-8", self.path))
    }

    /// The bytes with a text in place of another.
    fn replaced(&self, bytes: &[u8], old: &str, new: &str) -> Result<Vec<u8>, String> {
        Ok(self.string(bytes)?.replace(old, new).into_bytes())
    }

    /// The bytes of a text in ISO 8859-1.
    fn latin1(&self, bytes: &[u8]) -> Result<Vec<u8>, String> {
        let chars = self.string(bytes)?.chars().map(|c| u8::try_from(c).ok()).collect();
        Option::ok_or(chars, format!("`{}` is not Latin 1", self.path))
    }

    /// The bytes that pairs of hexadecimal digits stand for.
    fn unhex(&self, digits: &[u8]) -> Result<Vec<u8>, String> {
        let digits: Vec<u8> = digits.iter().copied().filter(|b| !b.is_ascii_whitespace()).collect();
        let pair = |pair: &[u8]| match pair {
            [high, low] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                u8::from_str_radix(&String::from_utf8_lossy(pair), 16).ok()
            }
            _ => None,
        };
        let bytes = digits.chunks(2).map(pair).collect::<Option<_>>();
        bytes.ok_or(format!("`{}` is not hexadecimal", self.path))
    }
}

/// The line that begins a section.
#[derive(Clone, Copy)]
enum Marker<'a> {
    /// `-- path --`, `-- path | words --`
    Path(&'a str, &'a str),
    /// `== build`: the name and the rest.
    Command(&'a str, &'a str),
}

/// What stands before the pages that are rendered anew.
const RENDERED: &str = "rendered:";

/// The heading above everything that is printed.
const PRINTED: &str = "diagnostics:\n";

/// Reads a case; an error names the line.
pub(crate) fn parse(text: &str) -> Result<Case, String> {
    let mut description = String::new();
    let mut sections: Vec<(usize, Marker<'_>, String)> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        match (marker(line), sections.last_mut()) {
            (Some(marker), _) => sections.push((number, marker, String::new())),
            (None, Some((.., text))) => push_line(text, without_backslash(line)),
            (None, None) => push_line(&mut description, without_backslash(line)),
        }
    }
    let description = description.trim().to_owned();
    if description.is_empty() {
        return Err("line 1: a case begins with what it shows".to_owned());
    }
    let mut steps = Vec::new();
    for (number, marker, text) in sections {
        add(&mut steps, marker, text).map_err(|error| format!("line {number}: {error}"))?;
    }
    Ok(Case { description, steps })
}

/// Adds a section to the steps.
fn add(steps: &mut Vec<Step>, marker: Marker<'_>, text: String) -> Result<(), String> {
    match (marker, steps.last_mut()) {
        (Marker::Command(name @ ("build" | "check"), rest), _) => {
            steps.push(Step::Run(run(format!("{name} {rest}").trim_end(), &text)?));
        }
        (Marker::Command(..), _) if !text.trim().is_empty() => {
            return Err("nothing may stand below this line but `-- path --`".to_owned());
        }
        (Marker::Command("edit", ""), _) => steps.push(Step::Edit(Vec::new())),
        (Marker::Command("delete", path), _) => steps.push(Step::Delete(path.to_owned())),
        (Marker::Command(name, _), _) => return Err(format!("unknown command `{name}`")),
        (Marker::Path(path, words), Some(Step::Run(run))) => {
            let path = path.strip_prefix("out/").ok_or("outputs are named `out/…`")?;
            run.outputs.push(block(path, words, text));
        }
        (Marker::Path(path, words), Some(Step::Edit(files))) => {
            files.push(block(path, words, text));
        }
        (Marker::Path(path, words), None) => {
            steps.push(Step::Edit(vec![block(path, words, text)]));
        }
        (Marker::Path(..), Some(Step::Delete(_))) => return Err("expected `== …`".to_owned()),
    }
    Ok(())
}

/// A run, from its command line and what stands below.
fn run(command: &str, text: &str) -> Result<Run, String> {
    let (rendered, text) = match text.strip_prefix(RENDERED) {
        Some(rest) => {
            let (pages, rest) = rest.split_once('\n').unwrap_or((rest, ""));
            (Some(pages.trim().to_owned()), rest)
        }
        None => (None, text),
    };
    let printed = match text.strip_prefix(PRINTED) {
        Some(printed) => tidied(printed),
        None if text.trim().is_empty() => String::new(),
        None => return Err("below a command stands `diagnostics:`".to_owned()),
    };
    Ok(Run { command: command.to_owned(), rendered, printed, outputs: Vec::new() })
}

/// Writes a case as [`parse`] reads it.
pub(crate) fn print(case: &Case) -> String {
    let mut out = format!("{}\n\n", case.description);
    for (index, step) in case.steps.iter().enumerate() {
        match step {
            Step::Edit(files) => {
                if index > 0 {
                    out.push_str("== edit\n");
                }
                files.iter().for_each(|file| print_block(&mut out, "", file));
            }
            Step::Delete(path) => push_line(&mut out, &format!("== delete {path}")),
            Step::Run(run) => {
                push_line(&mut out, &format!("== {}", run.command));
                if let Some(pages) = &run.rendered {
                    push_line(&mut out, format!("{RENDERED} {pages}").trim_end());
                }
                if !run.printed.is_empty() {
                    out.push_str(PRINTED);
                    print_text(&mut out, &run.printed);
                }
                run.outputs.iter().for_each(|output| print_block(&mut out, "out/", output));
            }
        }
    }
    out
}

/// Writes a block below its path.
fn print_block(out: &mut String, folder: &str, block: &Block) {
    let Block { path, words, text } = block;
    let bar = if words.is_empty() { "" } else { " | " };
    push_line(out, &format!("-- {folder}{path}{bar}{words} --"));
    print_text(out, text);
}

/// Writes lines, with a backslash where one would be taken for a marker.
fn print_text(out: &mut String, text: &str) {
    for line in text.lines() {
        if is_marked(line) {
            out.push('\\');
        }
        push_line(out, line);
    }
}

/// Text that ends with exactly one line end, unless it is empty.
pub(crate) fn tidied(text: &str) -> String {
    match text.trim_end() {
        "" => String::new(),
        text => format!("{text}\n"),
    }
}

/// Tells whether a line begins a section.
fn marker(line: &str) -> Option<Marker<'_>> {
    if let Some(header) = line.strip_prefix("-- ").and_then(|rest| rest.strip_suffix(" --")) {
        let (path, words) = header.split_once(" | ").unwrap_or((header, ""));
        return Some(Marker::Path(path, words));
    }
    let command = line.strip_prefix("== ")?;
    let (name, rest) = command.split_once(' ').unwrap_or((command, ""));
    Some(Marker::Command(name, rest.trim()))
}

/// Whether a line is a marker, or one that was kept from being one.
fn is_marked(line: &str) -> bool {
    marker(line.trim_start_matches('\\')).is_some()
}

/// A line of text without the backslash that kept it from being a marker.
fn without_backslash(line: &str) -> &str {
    line.strip_prefix('\\').filter(|rest| is_marked(rest)).unwrap_or(line)
}

/// Makes a block.
fn block(path: &str, words: &str, text: String) -> Block {
    Block { path: path.to_owned(), words: words.to_owned(), text }
}

/// Adds a line.
fn push_line(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A case with everything in it, in the form that `print` writes.
    const ALL: &str = "\
A new title reaches the list,
and no other page.

-- content/a.md --
+++
+++
\\== not a command
\\-- not a path --
\\\\== one backslash

-- content/b c.md | bom crlf --
hello
== build --lang en
diagnostics:
warning[x]: y
  |
-- out/index.html --
<li>A
-- out/b/index.html | missing --
== edit
-- content/a.md --
== build
rendered: / b/
diagnostics:
error
== delete content/b c.md
== check
";

    #[test]
    fn what_is_printed_is_what_was_read() {
        let case = parse(ALL).unwrap();
        assert_eq!(print(&case), ALL);
        assert_eq!(case.description, "A new title reaches the list,\nand no other page.");
        let [
            Step::Edit(files),
            Step::Run(run),
            Step::Edit(edit),
            Step::Run(again),
            Step::Delete(path),
            Step::Run(_),
        ] = case.steps.as_slice()
        else {
            panic!("{case:?}");
        };
        let text = "+++\n+++\n== not a command\n-- not a path --\n\\== one backslash\n\n";
        assert_eq!(files[0], block("content/a.md", "", text.to_owned()));
        assert_eq!(files[1].bytes().unwrap(), b"\xef\xbb\xbfhello\r\n");
        assert_eq!(run.command, "build --lang en");
        assert_eq!(run.printed, "warning[x]: y\n  |\n");
        assert_eq!(run.outputs[0], block("index.html", "", "<li>A\n".to_owned()));
        assert_eq!(run.outputs[1].expectation(), Ok(Expectation::Missing));
        assert_eq!((&run.rendered, again.rendered.as_deref()), (&None, Some("/ b/")));
        assert_eq!((edit[0].text.as_str(), path.as_str()), ("", "content/b c.md"));
    }

    #[test]
    fn mistakes_name_their_line() {
        for (text, error) in [
            ("", "line 1: a case begins with what it shows"),
            ("-- a --\n", "line 1: a case begins with what it shows"),
            ("A\n== biuld\n", "line 2: unknown command `biuld`"),
            ("A\n== build\nx\n", "line 2: below a command stands `diagnostics:`"),
            ("A\n== build\n-- index.html --\n", "line 3: outputs are named `out/…`"),
            ("A\n== edit\nx\n", "line 2: nothing may stand below this line but `-- path --`"),
            ("A\n== delete a\n-- b --\n", "line 3: expected `== …`"),
        ] {
            assert_eq!(parse(text), Err(error.to_owned()), "{text}");
        }
    }

    /// Compares the bytes that a block stands for.
    fn check(words: &str, text: &str, expected: Option<&[u8]>) {
        let found = block("a", words, text.to_owned()).bytes();
        assert_eq!(found.ok().as_deref(), expected, "{words}");
    }

    #[test]
    fn words_say_how_lines_are_taken() {
        check("", "ä\n", Some("ä\n".as_bytes()));
        check("bare", "a\n", Some(b"a"));
        check("latin1", "–\n", None);
        check("latin1 crlf", "ä\n", None);
        check("bare latin1", "ä\n", Some(b"\xe4"));
        check("hex", "89 50\n4e47\n", Some(b"\x89PNG"));
        check("hex", "8", None);
        check("hex", "xy", None);
        check("hex", "+1", None);
        check("bare repeat 3", "ab\n", Some(b"ababab"));
        check("repeat", "ab\n", None);
        check("base64", "ab\n", None);
    }
}
