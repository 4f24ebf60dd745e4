//! What can be said about a source: diagnostics as data.
//!
//! Steps of the pipeline push [`Diagnostic`]s and go on. Nothing is printed here; [`text`] and
//! [`machine`] turn diagnostics into what a person or a forge reads. Every message is made in
//! German and English at the place where the problem is found, by [`words!`](crate::words).

pub mod code;
mod lines;
pub mod machine;
pub mod suggest;
pub mod text;

use std::ops::Range;

pub use code::{Code, Severity};

use crate::path::RelPath;

/// A text in the two languages that messages come in.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Words {
    /// German.
    pub de: String,
    /// English.
    pub en: String,
}

/// What parts the languages of packed words: a sign made for that.
const PARTED: char = '\u{1f}';

/// The language that messages are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tongue {
    /// German.
    De,
    /// English.
    En,
}

impl Words {
    /// The text in one language.
    pub fn get(&self, tongue: Tongue) -> &str {
        match tongue {
            Tongue::De => &self.de,
            Tongue::En => &self.en,
        }
    }

    /// Both languages in one text, to get through where only text gets through: an error of Tera's.
    pub fn packed(&self) -> String {
        format!("{}{PARTED}{}", self.de, self.en)
    }

    /// What was packed; any other text is the same in both languages.
    pub fn unpacked(text: &str) -> Self {
        match text.split_once(PARTED) {
            Some((de, en)) => Self { de: de.to_owned(), en: en.to_owned() },
            None => Self::same(text),
        }
    }

    /// A text that is the same in both languages: a name, a path, a library's own words.
    pub fn same(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { de: text.clone(), en: text }
    }
}

/// Makes [`Words`] from a German and an English format string over the same variables.
#[macro_export]
macro_rules! words {
    ($de:literal, $en:literal $(,)?) => {
        $crate::diag::Words { de: format!($de), en: format!($en) }
    };
}

/// A stretch of a source file, in bytes. Rounded to character boundaries by whoever renders it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    /// The file.
    pub path: RelPath,
    /// The bytes, counted from the start of the file.
    pub range: Range<usize>,
}

impl Span {
    /// A stretch of a file.
    pub fn new(path: &RelPath, range: Range<usize>) -> Self {
        Self { path: path.clone(), range }
    }

    /// The very start of a file: for what is wrong with the file as a whole.
    pub fn start_of(path: &RelPath) -> Self {
        Self { path: path.clone(), range: 0..0 }
    }

    /// Whether the file as a whole is meant, so that none of its lines need be shown.
    pub fn is_whole_file(&self) -> bool {
        self.range == (0..0)
    }
}

/// A stretch of a source and what there is to see.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// Two to five words; empty if the message says it all.
    pub text: Words,
}

/// Advice, and the edit that follows it if there is one that is certain.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Help {
    /// One imperative sentence.
    pub text: Words,
    /// What to put in place of which bytes.
    pub fix: Option<Fix>,
}

/// An edit that mends a problem.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Fix {
    /// What is replaced.
    pub span: Span,
    /// What stands there afterwards.
    pub replacement: String,
}

/// Something to tell the author about a source.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// Which problem it is.
    pub code: Code,
    /// How bad it is: the code's own severity, unless raised or lowered where it was made.
    pub severity: Severity,
    /// What is wrong; stands alone. Lower case, no full stop, names in backticks.
    pub message: Words,
    /// The first label is the place of the problem, others show what it clashes with.
    pub labels: Vec<Label>,
    /// Ways out, the best first.
    pub help: Vec<Help>,
    /// Background: words of libraries, how often the same thing happened.
    pub notes: Vec<Words>,
}

impl Diagnostic {
    /// A diagnostic at a place.
    pub fn new(code: Code, span: Span, message: Words) -> Self {
        let label = Label { span, text: Words::same("") };
        Self {
            code,
            severity: code.severity(),
            message,
            labels: vec![label],
            help: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// A diagnostic about the run as a whole, which no file is to blame for.
    pub fn without_place(code: Code, message: Words) -> Self {
        Self {
            code,
            severity: code.severity(),
            message,
            labels: Vec::new(),
            help: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Says what is to be seen at the place of the problem.
    #[must_use]
    pub fn label(mut self, text: Words) -> Self {
        if let Some(first) = self.labels.first_mut() {
            first.text = text;
        }
        self
    }

    /// Points to another place that matters.
    #[must_use]
    pub fn also(mut self, span: Span, text: Words) -> Self {
        self.labels.push(Label { span, text });
        self
    }

    /// Adds advice.
    #[must_use]
    pub fn help(mut self, text: Words) -> Self {
        self.help.push(Help { text, fix: None });
        self
    }

    /// Adds advice with the edit that follows it.
    #[must_use]
    pub fn fix(mut self, text: Words, span: Span, replacement: impl Into<String>) -> Self {
        self.help.push(Help { text, fix: Some(Fix { span, replacement: replacement.into() }) });
        self
    }

    /// Adds background.
    #[must_use]
    pub fn note(mut self, text: Words) -> Self {
        self.notes.push(text);
        self
    }

    /// Sets another severity than the code's own.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// The place of the problem.
    pub fn place(&self) -> Option<&Span> {
        self.labels.first().map(|label| &label.span)
    }
}

/// Puts diagnostics into the order they are shown in: by file, position, severity and code; and
/// drops exact repetitions.
pub fn sort(notes: &mut Vec<Diagnostic>) {
    notes.sort_by(|a, b| key(a).cmp(&key(b)));
    notes.dedup();
}

/// What diagnostics are sorted by.
fn key(note: &Diagnostic) -> impl Ord + '_ {
    let place = note.place().map(|span| (&span.path, span.range.start, span.range.end));
    (place, note.severity, note.code.as_str(), &note.message)
}
