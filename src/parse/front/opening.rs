//! What is wrong with the line that opens front matter: told together with what is wrong with its
//! end, so that there is one message and one way out.

use std::ops::Range;

use super::ending::{Ending, Fault};
use super::{FENCE, File};
use crate::diag::{Code, Diagnostic, Words};
use crate::parse::toml::guess::is_visible_blank;
use crate::words;

/// So many lines of text above front matter are shown once more where they belong.
pub(super) const MOST_MOVED: usize = 6;

/// What is wrong with the line that opens front matter.
pub(super) struct Opening {
    /// Where that shows.
    pub(super) place: Range<usize>,
    /// What is wrong.
    pub(super) message: Words,
    /// What is wrong if the end is missing as well; nothing if the two are only put together.
    pub(super) both: Option<Words>,
    /// Text above the front matter, to be put below it.
    pub(super) above: Range<usize>,
    /// What to do if the end is right.
    pub(super) help: Words,
    /// The edit for that.
    pub(super) fix: Option<(Range<usize>, String)>,
}

impl Opening {
    /// Blanks, invisible characters or empty lines before the opening line.
    pub(super) fn blanks(file: &File<'_>, start: usize) -> Self {
        let before = file.text.get(..start).unwrap_or_default();
        let unseen = before.chars().find(|c| !c.is_whitespace() && !is_visible_blank(*c));
        let message = if let Some(c) = unseen {
            let code = u32::from(c);
            words!(
                "vor `+++` steht ein unsichtbares Zeichen (U+{code:04X})",
                "an invisible character (U+{code:04X}) stands before `+++`"
            )
        } else if before.contains('\n') {
            words!("vor `+++` steht eine leere Zeile", "an empty line stands before `+++`")
        } else {
            words!("vor `+++` stehen Leerzeichen", "blanks stand before `+++`")
        };
        let help = if unseen.is_some() {
            words!("löschen Sie, was vor `+++` steht", "delete what stands before `+++`")
        } else {
            words!("beginnen Sie die Datei mit `+++`", "begin the file with `+++`")
        };
        Self::new(start..start + FENCE.len(), message, help, (0..start, String::new()))
    }

    /// An opening line of two or four plus signs, or of six: as many as both lines have.
    pub(super) fn odd(file: &File<'_>, fence: Range<usize>) -> Self {
        let message = words!(
            "die erste Zeile besteht nicht aus genau drei Pluszeichen",
            "the first line is not exactly three plus signs"
        );
        let help = words!("schreiben Sie `+++`", "write `+++`");
        let signs = file.text.get(fence.clone()).unwrap_or_default().matches('+').count();
        let both = words!(
            "der Dateikopf beginnt und endet in derselben Zeile",
            "the front matter begins and ends on the same line"
        );
        let fix = (0..fence.end, FENCE.to_owned());
        let opening = Self::new(fence, message, help, fix);
        Self { both: (signs == 2 * FENCE.len()).then_some(both), ..opening }
    }

    /// An opening line of typographic dashes.
    pub(super) fn dashes(fence: Range<usize>) -> Self {
        let message = words!(
            "die erste Zeile besteht aus Gedankenstrichen, die ein Programm aus `---` gemacht hat",
            "the first line is made of dashes, which a program made of `---`"
        );
        let help = words!("schreiben Sie `+++`", "write `+++`");
        let fix = (0..fence.end, FENCE.to_owned());
        Self::new(fence, message, help, fix)
    }

    /// Front matter that begins without an opening line.
    pub(super) fn none(file: &File<'_>, start: usize) -> Self {
        let message = words!(
            "vor der ersten Angabe fehlt die Zeile `+++`",
            "the line `+++` before the first field is missing"
        );
        let both = words!(
            "die Angaben stehen nicht zwischen zwei Zeilen `+++`",
            "the fields do not stand between two lines of `+++`"
        );
        let help = words!("beginnen Sie die Datei mit `+++`", "begin the file with `+++`");
        let fix = (0..start, "+++\n".to_owned());
        let opening = Self::new(file.words(file.line(start)), message, help, fix);
        Self { both: Some(both), ..opening }
    }

    /// Front matter that begins on the line of its `+++`, at byte `field`.
    pub(super) fn beside(fence: Range<usize>, field: usize) -> Self {
        let message =
            words!("neben `+++` steht noch eine Angabe", "a field stands on the line of `+++`");
        let help = words!(
            "setzen Sie `+++` jeweils in eine Zeile für sich",
            "put each `+++` on a line of its own"
        );
        let gap = fence.end..field;
        Self::new(fence, message, help, (gap, "\n".to_owned()))
    }

    /// Front matter with text above it, from the byte `above.start` on.
    pub(super) fn below(file: &File<'_>, above: Range<usize>) -> Self {
        Self {
            place: file.words(file.line(above.start)),
            message: words!("vor dem Dateikopf steht Text", "text stands before the front matter"),
            both: None,
            above,
            help: words!(
                "setzen Sie diesen Text unter den Dateikopf, oder löschen Sie ihn",
                "put this text below the front matter, or delete it"
            ),
            fix: None,
        }
    }

    /// Something wrong with the opening line alone.
    fn new(place: Range<usize>, message: Words, help: Words, fix: (Range<usize>, String)) -> Self {
        Self { place, message, both: None, above: 0..0, help, fix: Some(fix) }
    }

    /// Reports it, given where the front matter begins, its opening line, and where it ends.
    pub(super) fn report(
        self,
        notes: &mut Vec<Diagnostic>,
        file: &File<'_>,
        (opening, start, ending): (&Range<usize>, usize, &Ending),
    ) {
        let message = self.message(ending);
        let note = Diagnostic::new(Code::FrontMatterMissing, file.span(self.place), message);
        let here = words!("hier beginnt der Dateikopf", "the front matter begins here");
        let is_moved = !self.above.is_empty();
        let note =
            if is_moved { note.also(file.span(file.words(opening.clone())), here) } else { note };
        let note = ending.shown(file, note);
        let help = match (ending.fault, self.fix) {
            (None, Some((range, text))) => {
                return notes.push(note.fix(self.help, file.span(range), text));
            }
            _ if is_moved => self.help,
            _ => words!(
                "setzen Sie `+++` in eine Zeile vor der ersten Angabe und in eine hinter der letzten",
                "put `+++` on a line before the first field and on one behind the last"
            ),
        };
        let above = file.text.get(self.above).unwrap_or_default().trim_end();
        if ending.late.is_some() || above.lines().count() > MOST_MOVED {
            return notes.push(note.help(help));
        }
        let (range, mut text) = file.rewritten(start, ending);
        if is_moved {
            text = format!("{}\n\n{above}{}", text.trim_end(), file.gap(range.end));
        }
        notes.push(note.fix(help, file.span(range), text));
    }

    /// What is said, given what is wrong with the end.
    fn message(&self, ending: &Ending) -> Words {
        let Words { de, en } = &self.message;
        match (ending.fault, &self.both) {
            (None, _) => self.message.clone(),
            (Some(Fault::Missing), None) if ending.late.is_some() => words!(
                "{de}, und das `+++` am Ende steht erst hinter dem Text",
                "{en}, and the `+++` at the end stands behind the text"
            ),
            (Some(Fault::Missing), Some(both)) => both.clone(),
            (Some(Fault::Missing), None) => words!(
                "{de}, und am Ende fehlt die Zeile `+++`",
                "{en}, and the line `+++` at the end is missing"
            ),
            (Some(Fault::Similar), _) => words!(
                "{de}, und die Zeile am Ende ist kein `+++`",
                "{en}, and the line at the end is not `+++`"
            ),
            // What closes on the line that opens is one mistake.
            (Some(Fault::Beside), _) => self.message.clone(),
        }
    }
}
