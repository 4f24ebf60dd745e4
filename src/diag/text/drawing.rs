//! From a diagnostic to what annotate-snippets draws.

use std::rc::Rc;

use annotate_snippets::{
    Annotation, AnnotationKind, Element, Group, Level, Origin, Patch, Snippet, Title,
};

use super::excerpt::excerpt;
use crate::diag::lines::{Lines, Texts};
use crate::diag::{Diagnostic, Fix, Label, Tongue};
use crate::path::RelPath;
use crate::words;

/// Labels further apart, in lines, are shown apart.
const FURTHEST: usize = 8;

/// A fix of more lines is described, not shown.
const LONGEST_FIX: usize = 60;

/// A fix with a line of more bytes is described, not shown.
const WIDEST_FIX: usize = 300;

/// What the renderer gets for one diagnostic.
pub(super) struct Drawing {
    /// Message, source lines and short advice.
    main: Group<'static>,
    /// Advice with the lines as they would be.
    more: Vec<Group<'static>>,
    /// What is left to do when it is drawn.
    finish: Finish,
}

/// What the renderer cannot know.
#[derive(Default)]
pub(super) struct Finish {
    /// Places as they come out where a line was cut, and as they are.
    columns: Vec<(String, String)>,
    /// Whether there are lines with numbers, which set the width of the margin.
    numbered: bool,
}

impl Finish {
    /// Finishes what the renderer drew.
    pub(super) fn apply(&self, drawn: &str) -> String {
        let mut text = drawn.to_owned();
        for (wrong, right) in &self.columns {
            text = text.replacen(wrong, right, 1);
        }
        // Without a number the margin would have no width at all.
        let margin = if self.numbered { "\n" } else { "\n " };
        text.lines().map(str::trim_end).collect::<Vec<_>>().join(margin)
    }
}

impl Drawing {
    /// Only a message so far.
    pub(super) fn new(title: Title<'static>) -> Self {
        Self { main: Group::with_title(title), more: Vec::new(), finish: Finish::default() }
    }

    /// All groups, and what is left to do when they are drawn.
    pub(super) fn finish(self) -> (Vec<Group<'static>>, Finish) {
        (std::iter::once(self.main).chain(self.more).collect(), self.finish)
    }

    /// Adds the source lines of all labels.
    pub(super) fn places(&mut self, note: &Diagnostic, texts: &mut Texts<'_>, tongue: Tongue) {
        for cluster in clusters(&note.labels, texts) {
            let Some(path) = cluster.first().map(|index| &note.labels[*index].span.path) else {
                continue;
            };
            let path = path.as_str().to_owned();
            let is_whole = |index: &usize| note.labels[*index].span.is_whole_file();
            let Some(lines) =
                texts.lines(&RelPath::new(&path)).filter(|_| !cluster.iter().all(is_whole))
            else {
                self.add(Origin::path(plain(&path)));
                continue;
            };
            let labels: Vec<_> =
                cluster.iter().map(|index| (*index, &note.labels[*index])).collect();
            self.snippet(&path, &lines, &labels, tongue);
        }
    }

    /// Adds some neighbouring labels of one file.
    fn snippet(
        &mut self,
        path: &str,
        lines: &Rc<Lines>,
        labels: &[(usize, &Label)],
        tongue: Tongue,
    ) {
        let ranges: Vec<_> = labels.iter().map(|(_, label)| label.span.range.clone()).collect();
        let made = excerpt(lines, &ranges, false);
        self.finish.numbered = true;
        if made.shift != 0
            && let Some(first) = ranges.first()
        {
            let at = lines.position(lines.clamp(first).start);
            let shown = at.column.saturating_add_signed(-made.shift);
            let place = |column: usize| format!("{}:{}:{column}", plain(path), at.line);
            self.finish.columns.push((place(shown), place(at.column)));
        }
        let marks = labels.iter().zip(&made.spans).map(|((index, label), span)| {
            let kind = if *index == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
            let text = plain(label.text.get(tongue));
            let mark: Annotation<'static> = kind.span(span.clone());
            if text.is_empty() { mark } else { mark.label(text) }
        });
        let snippet = Snippet::source(made.source).path(plain(path)).line_start(made.first_line);
        self.add(snippet.annotations(marks.collect::<Vec<_>>()));
    }

    /// Adds something to the main group.
    fn add(&mut self, element: impl Into<Element<'static>>) {
        let main = std::mem::replace(&mut self.main, Group::with_level(Level::ERROR));
        self.main = main.element(element);
    }

    /// Adds background and advice. Advice keeps its order: behind the first one that shows lines,
    /// all stand apart.
    pub(super) fn advice(&mut self, note: &Diagnostic, texts: &mut Texts<'_>, tongue: Tongue) {
        let word = words!("Notiz", "note").get(tongue).to_owned();
        for text in &note.notes {
            self.add(Level::NOTE.with_name(word.clone()).message(plain(text.get(tongue))));
        }
        let word = words!("Hilfe", "help").get(tongue).to_owned();
        for help in &note.help {
            let text = plain(help.text.get(tongue));
            let level = Level::HELP.with_name(word.clone());
            match help.fix.as_ref().and_then(|fix| patch(fix, texts)) {
                Some(patch) => {
                    self.finish.numbered = true;
                    self.more.push(level.secondary_title(text).element(patch));
                }
                None if self.more.is_empty() => self.add(level.message(text)),
                None => self.more.push(Group::with_title(level.secondary_title(text))),
            }
        }
    }
}

/// The lines of a fix as they would be; nothing if its file cannot be read or it is too long.
fn patch(fix: &Fix, texts: &mut Texts<'_>) -> Option<Snippet<'static, Patch<'static>>> {
    let lines = texts.lines(&fix.span.path)?;
    let range = lines.clamp(&fix.span.range);
    let height = lines.line_of(range.end) - lines.line_of(range.start);
    let too_wide = |line: &str| line.len() > WIDEST_FIX;
    let tall = fix.replacement.lines().count() > LONGEST_FIX;
    if height > LONGEST_FIX || tall || fix.replacement.lines().any(too_wide) {
        return None;
    }
    let made = excerpt(&lines, std::slice::from_ref(&range), true);
    // What does not fit into a line that is cut would be shown wrong.
    let span = made.spans.into_iter().next().filter(|span| span.len() == range.len())?;
    let replacement: String =
        fix.replacement.chars().map(|c| if is_steering(c) { '\u{fffd}' } else { c }).collect();
    let snippet = Snippet::source(made.source).line_start(made.first_line);
    Some(snippet.path(plain(fix.span.path.as_str())).patch(Patch::new(span, replacement)))
}

/// The labels, by index, in groups that are shown together: those of the place of the problem
/// first, the others by file and line.
fn clusters(labels: &[Label], texts: &mut Texts<'_>) -> Vec<Vec<usize>> {
    let mut order: Vec<(&RelPath, usize, usize)> = Vec::new();
    for (index, label) in labels.iter().enumerate() {
        let path = &label.span.path;
        let line = texts
            .lines(path)
            .map_or(0, |lines| lines.line_of(lines.clamp(&label.span.range).start));
        order.push((path, line, index));
    }
    order.sort();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut before: Option<(&RelPath, usize)> = None;
    for (path, line, index) in order {
        let near = before.is_some_and(|(last, at)| last == path && line - at <= FURTHEST);
        match groups.last_mut().filter(|_| near) {
            Some(group) => group.push(index),
            None => groups.push(vec![index]),
        }
        before = Some((path, line));
    }
    for group in &mut groups {
        group.sort_unstable();
    }
    groups.sort_by_key(|group| group.first() != Some(&0));
    groups
}

/// Whether a character would steer a terminal instead of being shown.
fn is_steering(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t')
}

/// `text` on one line, without characters that steer a terminal.
pub(super) fn plain(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\t' => ' ',
            c if c.is_control() => '\u{fffd}',
            c => c,
        })
        .collect()
}
