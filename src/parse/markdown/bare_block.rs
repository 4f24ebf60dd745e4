//! Blocks that are written without their fence, or without the braces around their name.

use std::ops::Range;

use super::Mode;
use super::label::before;
use super::writer::Writer;
use crate::diag::{Code, suggest};
use crate::parse::front::one_line;
use crate::parse::toml::{self, Node};
use crate::parse::{Place, highlight};
use crate::words;

/// The blocks of the embedded theme, with words that stand for them, and with their parameters. Which
/// blocks there are, a theme says; here it is only a sign.
const BLOCKS: [(&str, &[&str], &[&str]); 7] = [
    ("accordion", &["akkordeon"], &["open", "text", "title"]),
    ("audio", &["ton"], &["duration", "file", "title", "transcript", "url"]),
    ("download", &["herunterladen"], &["accessible", "alternative", "file", "label", "url"]),
    (
        "entries",
        &["eintraege"],
        &["entries", "featured", "kind", "limit", "sort", "timing", "title", "topic"],
    ),
    ("gallery", &["galerie", "bildergalerie"], &["pictures", "title"]),
    ("picture", &["bild"], &["picture", "size"]),
    (
        "video",
        &["film"],
        &["captions", "duration", "file", "picture", "title", "transcript", "url"],
    ),
];

/// The block that a name means.
fn meant(name: &str) -> Option<String> {
    let known = BLOCKS.iter().map(|(name, words, _)| (*name, words.iter().copied()));
    let found = suggest::closest_labelled(name, known);
    match found.as_slice() {
        [one] => Some(one.clone()),
        _ => None,
    }
}

/// Whether a block has exactly this name.
fn is_name(name: &str) -> bool {
    BLOCKS.iter().any(|(known, ..)| *known == name)
}

/// Whether all parameters are such that the block has: other programs have others, and what they mean
/// there cannot be told.
fn has_all(block: &str, parameters: &Node) -> bool {
    let found = BLOCKS.iter().find(|(known, ..)| *known == block);
    let names = found.map_or(&[][..], |(.., names)| names);
    !parameters.entries().is_empty()
        && parameters.entries().iter().all(|(key, _)| names.contains(&&*key.name))
}

/// The name at the start of a text.
fn first_name(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '-' && c != '_');
    &text[..end.unwrap_or(text.len())]
}

/// Whether a line sets something, in TOML or in YAML.
fn is_field(line: &str) -> bool {
    let key = first_name(line.trim());
    !key.is_empty() && line.trim()[key.len()..].trim_start().starts_with(['=', ':'])
}

impl Writer<'_> {
    /// Reports code that is a block but for the braces around its name.
    pub(super) fn check_bare_block(&mut self, info: &str, code: &str, range: &Range<usize>) {
        let name = first_name(info.trim());
        if self.mode != Mode::Body || name.is_empty() {
            return;
        }
        let lines = || code.lines().filter(|line| !line.trim().is_empty());
        let has_fields = code.lines().any(is_field);
        let is_block = if is_name(name) {
            has_fields || lines().next().is_none()
        } else {
            has_fields && lines().all(|line| is_field(line) || line.trim().len() < line.len())
        };
        let Some(block) = is_block.then(|| meant(name)).flatten() else { return };
        if block != name && highlight::is_known(name) {
            return;
        }
        let line = self.first_line(range);
        let Some(at) = self.source.get(line.clone()).and_then(|line| line.find(name)) else {
            return;
        };
        let place = line.start + at..line.start + at + name.len();
        let message = words!(
            "`{name}` steht ohne geschweifte Klammern, der Baustein erscheint als Code",
            "`{name}` has no braces, the block comes out as code"
        );
        let advice = words!("schreiben Sie `{{{block}}}`", "write `{{{block}}}`");
        let is_alone = info.trim() == name;
        let fix = self.span(place.clone());
        let problem = self.problem(Code::UnknownBlock, place, message);
        self.notes.push(if is_alone {
            problem.fix(advice, fix, format!("{{{block}}}"))
        } else {
            problem.help(words!(
                "schreiben Sie `{{{block}}}` und in die Zeilen darunter die Angaben, jede als \
                 `name = wert`",
                "write `{{{block}}}`, and the parameters on the lines below, each as `name = value`"
            ))
        });
    }

    /// Reports `{video}` alone on a line, which has no fence.
    pub(super) fn check_lone_block(&mut self, at: usize) {
        let line = self.line_from(at);
        let inner = line.trim_start_matches('{').trim();
        let Some(inner) = inner.strip_suffix('}').map(|inner| inner.trim_end_matches('}')) else {
            return;
        };
        self.lone_block(at, inner);
    }

    /// Reports `[TOC]`, or `[video url="…"]`, alone on a line, as other programs have it.
    pub(super) fn check_shortcode_brackets(&mut self, at: usize) {
        let line = self.line_from(at);
        if matches!(line, "[TOC]" | "[toc]" | "[[TOC]]" | "[[toc]]" | "[[_TOC_]]") {
            return self.contents(at..at + line.len());
        }
        let inner = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        let Some(inner) = inner.filter(|inner| is_name(first_name(inner))) else {
            return self.check_bracket_shortcode(at);
        };
        if !inner.contains(['[', ']']) {
            self.lone_block(at, inner);
        }
    }

    /// Reports what other programs put a table of contents for.
    fn contents(&mut self, place: Range<usize>) {
        let shown = self.source.get(place.clone()).unwrap_or_default();
        let message = words!(
            "`{shown}` ergibt kein Inhaltsverzeichnis und erscheint als Text",
            "`{shown}` makes no table of contents and comes out as text"
        );
        let fix = self.span(place.clone());
        let advice = words!("löschen Sie `{shown}`", "delete `{shown}`");
        let problem = self.problem(Code::PlainMarkup, place, message);
        self.notes.push(problem.fix(advice, fix, ""));
    }

    /// Reports a block whose name and parameters are `inner`, if its name is that of one.
    fn lone_block(&mut self, at: usize, inner: &str) {
        let name = first_name(inner);
        let written = inner[name.len()..].trim();
        let is_alone = self.mode == Mode::Body && !before(self.source, at).ends_with(['{', '`']);
        let fits = written.is_empty() || written.contains('=');
        let signs = before(self.source, at);
        let signs = signs.len() - signs.trim_end_matches(['\'', '´', '’', '‘', '"']).len();
        if !is_alone || !fits || !self.is_line_start(at - signs) {
            return;
        }
        let Some(block) = meant(name) else { return };
        let line = self.line_from(at);
        let place = at..at + line.len();
        let message = words!(
            "um den Baustein `{name}` fehlen die Zeilen mit Akzenten (Backticks), so erscheint er als Text",
            "the lines of backticks around the block `{name}` are missing, so it comes out as text"
        );
        let advice = words!(
            "schreiben Sie ```` ```{{{block}}} ```` in eine Zeile, darunter die Angaben, jede als \
             `name = wert` in eine eigene, und ```` ``` ```` in die letzte",
            "write ```` ```{{{block}}} ```` on a line, the parameters below it, each as \
             `name = value` on a line of its own, and ```` ``` ```` on the last"
        );
        let problem = self.problem(Code::PlainMarkup, place.clone(), message);
        let (end, parameters) = self.parameters(&place, (&block, written));
        let problem = match parameters {
            Some(lines) if signs == 0 => {
                let fixed = format!("```{{{block}}}\n{lines}\n```");
                problem.fix(advice, self.span(at..end), fixed)
            }
            _ => problem.help(advice),
        };
        self.notes.push(problem);
    }

    /// The parameters of a block without a fence, beside its name or on the lines below; and where
    /// they end. Nothing if they cannot be read, or are not those of the block.
    fn parameters(
        &self,
        place: &Range<usize>,
        (block, written): (&str, &str),
    ) -> (usize, Option<String>) {
        let rest = self.source.get(place.end..).unwrap_or_default();
        let mut lines = rest.split_inclusive('\n');
        // Blanks at the end of the line, and the line end.
        let first = lines.next().map_or(0, str::len);
        let fields: usize = lines.take_while(|line| is_field(line)).map(str::len).sum();
        let end = if fields == 0 { place.end } else { place.end + first + fields };
        let below = self.source.get(place.end..end).unwrap_or_default().trim();
        let beside = one_line::apart(written);
        let lines: Vec<_> = beside.lines().chain(below.lines()).map(str::trim).collect();
        let lines = lines.join("\n");
        let mut unsaid = Vec::new();
        let (node, _) = toml::parse(&mut unsaid, &lines, &Place::Within(self.span(place.clone())));
        let is_read = unsaid.is_empty() && has_all(block, &node) && self.depth == 0;
        let length = self.source.get(..end).unwrap_or_default().trim_end().len();
        (length.max(place.end), is_read.then_some(lines))
    }
}
