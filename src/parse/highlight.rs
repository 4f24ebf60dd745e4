//! Code with colours: spans with one of about ten classes, which style sheets can name.
//!
//! The syntaxes are a constant of the program that is dear to unpack, so they are unpacked when the
//! first page with code in a known language asks for them, once. What comes out depends on nothing
//! else.

use std::cell::RefCell;
use std::sync::{Arc, OnceLock};

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};
use syntect::util::LinesWithEndings;

use super::html::{escape_attribute, escape_text};

/// Longer code comes out plain: colours help no one there, and the patterns are slow.
const SIZE_LIMIT: usize = 64 * 1024;

/// Code with a longer line comes out plain, as some patterns look at a line again and again.
const LINE_LIMIT: usize = 2 * 1024;

/// Scopes and the class of their spans; the innermost scope that is listed decides, and of two
/// that fit it the one listed first.
const CLASSES: [(&str, &str); 28] = [
    ("comment", "comment"),
    ("string", "string"),
    ("constant.character", "string"),
    ("constant", "constant"),
    ("keyword.operator", "operator"),
    ("keyword", "keyword"),
    ("storage", "keyword"),
    ("entity.name.function", "function"),
    ("support.function", "function"),
    ("variable.function", "function"),
    ("entity.name.tag", "tag"),
    ("entity.other.attribute-name", "attribute"),
    ("support.type.property-name", "attribute"),
    ("meta.mapping.key", "attribute"),
    ("entity.name", "type"),
    ("entity.other.inherited-class", "type"),
    ("support.type", "type"),
    ("support.class", "type"),
    ("support.constant", "constant"),
    ("variable.language", "keyword"),
    ("variable", "variable"),
    ("support", "function"),
    ("markup.heading", "keyword"),
    ("markup.inserted", "inserted"),
    ("markup.deleted", "deleted"),
    ("markup.raw", "string"),
    ("markup.bold", "type"),
    ("markup.italic", "type"),
];

/// What highlighting needs to know.
struct Syntaxes {
    /// The languages.
    set: SyntaxSet,
    /// [`CLASSES`] in a form that compares fast.
    classes: Vec<(Scope, &'static str)>,
}

/// The syntaxes, unpacked on first use.
fn syntaxes() -> &'static Syntaxes {
    static SYNTAXES: OnceLock<Syntaxes> = OnceLock::new();
    SYNTAXES.get_or_init(|| {
        let scope = |name| Scope::new(name).expect("the names in the list are short enough");
        let classes = CLASSES.iter().map(|&(name, class)| (scope(name), class)).collect();
        Syntaxes { set: two_face::syntax::extra_newlines(), classes }
    })
}

/// Writes code as a block that can be scrolled with the keyboard.
pub fn write(out: &mut String, language: &str, code: &str) {
    out.push_str("<pre tabindex=\"0\"><code");
    if !language.is_empty() {
        out.push_str(" class=\"language-");
        escape_attribute(out, language);
        out.push('"');
    }
    out.push('>');
    match remembered(language, code) {
        Some(html) => out.push_str(&html),
        None => escape_text(out, code),
    }
    out.push_str("</code></pre>\n");
}

/// So many blocks are remembered by each thread.
const REMEMBERED: usize = 64;

/// Blocks by language and code, with what came out.
type Memory = Vec<((String, String), Option<Arc<str>>)>;

thread_local! {
    /// The last blocks of this thread. Showcases repeat their examples, and colouring one is dearer
    /// than all else about a page. What comes out is the same with or without.
    static MEMORY: RefCell<Memory> = const { RefCell::new(Vec::new()) };
}

/// The coloured code, taken from memory if it was coloured just now.
fn remembered(language: &str, code: &str) -> Option<Arc<str>> {
    let known = MEMORY.with_borrow(|memory| {
        let found = memory.iter().find(|((known, text), _)| known == language && text == code);
        found.map(|(_, html)| html.clone())
    });
    known.unwrap_or_else(|| {
        let html: Option<Arc<str>> = highlighted(language, code).map(Arc::from);
        MEMORY.with_borrow_mut(|memory| {
            memory.truncate(REMEMBERED - 1);
            memory.insert(0, ((language.to_owned(), code.to_owned()), html.clone()));
        });
        html
    })
}

/// Whether there is a syntax for a language.
pub(super) fn is_known(language: &str) -> bool {
    syntaxes().set.find_syntax_by_token(language).is_some()
}

/// Code with spans; `None` if its language is not known, or it is too much.
fn highlighted(language: &str, code: &str) -> Option<String> {
    let is_too_much = code.len() > SIZE_LIMIT || code.lines().any(|line| line.len() > LINE_LIMIT);
    if language.is_empty() || is_too_much {
        return None;
    }
    let syntaxes = syntaxes();
    let syntax = syntaxes.set.find_syntax_by_token(language)?;
    spans(syntaxes, syntax, code)
}

/// Code with spans; `None` if the syntax gives up.
fn spans(syntaxes: &Syntaxes, syntax: &SyntaxReference, code: &str) -> Option<String> {
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut out = Spans::default();
    for line in LinesWithEndings::from(code) {
        let mut done = 0;
        for (at, change) in state.parse_line(line, &syntaxes.set).ok()? {
            out.push(line.get(done..at)?, class(syntaxes, &stack));
            done = at;
            stack.apply(&change).ok()?;
        }
        out.push(line.get(done..)?, class(syntaxes, &stack));
    }
    Some(out.finish())
}

/// The class of text with these scopes.
fn class(syntaxes: &Syntaxes, stack: &ScopeStack) -> Option<&'static str> {
    let classes = &syntaxes.classes;
    let listed = |scope: &Scope| classes.iter().find(|(listed, _)| listed.is_prefix_of(*scope));
    stack.scopes.iter().rev().find_map(listed).map(|(_, class)| *class)
}

/// Spans that are being written; neighbours of one class are one span.
#[derive(Default)]
struct Spans {
    /// The HTML.
    html: String,
    /// The class of the span that is open.
    open: Option<&'static str>,
    /// White space that stands inside the open span or after it, as the next text will tell.
    white: String,
}

impl Spans {
    /// Adds text of a class.
    fn push(&mut self, text: &str, class: Option<&'static str>) {
        if text.trim().is_empty() {
            return self.white.push_str(text);
        }
        if class != self.open {
            self.close();
            if let Some(class) = class {
                self.html.push_str(&format!("<span class=\"hl-{class}\">"));
            }
            self.open = class;
        }
        self.html.push_str(&std::mem::take(&mut self.white));
        escape_text(&mut self.html, text);
    }

    /// Closes the open span.
    fn close(&mut self) {
        if self.open.take().is_some() {
            self.html.push_str("</span>");
        }
        self.html.push_str(&std::mem::take(&mut self.white));
    }

    /// The finished HTML.
    fn finish(mut self) -> String {
        self.close();
        self.html
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Highlights and compares.
    #[track_caller]
    fn check(language: &str, code: &str, expected: &str) {
        let mut out = String::new();
        write(&mut out, language, code);
        assert_eq!(out, format!("<pre tabindex=\"0\">{expected}</pre>\n"));
    }

    #[test]
    fn known_languages_get_classes() {
        check(
            "toml",
            "a = \"<\" # c\n",
            "<code class=\"language-toml\"><span class=\"hl-tag\">a</span> \
             = <span class=\"hl-string\">\"&lt;\"</span> \
             <span class=\"hl-comment\"># c</span>\n</code>",
        );
    }

    #[test]
    fn unknown_languages_stay_plain() {
        check("klingon", "a < b\n", "<code class=\"language-klingon\">a &lt; b\n</code>");
        check("", "a\n", "<code>a\n</code>");
    }

    #[test]
    fn endless_lines_stay_plain() {
        let line = "a = 1; ".repeat(100_000);
        check("rust", &line, &format!("<code class=\"language-rust\">{line}</code>"));
    }
}
