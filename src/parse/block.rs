//! Blocks: fenced code whose info string is a name in braces, and whose code is TOML.
//!
//! Which blocks there are, and with which parameters, the theme says; here a block is only read.

use std::ops::Range;
use std::sync::Arc;

use super::{Block, Place, toml};
use crate::diag::{Code, Diagnostic};
use crate::words;

/// A fence with a name in braces.
#[derive(Debug)]
pub struct Fence {
    /// What stands behind the opening fence.
    pub info: String,
    /// The place of the whole in the source.
    pub range: Range<usize>,
    /// What stands between the fences, without the marks of quotes and lists around it.
    pub text: String,
    /// Where the pieces of `text` stand in the source.
    pub pieces: Vec<Range<usize>>,
}

/// Whether what stands behind a fence is meant for a block.
pub fn is_block(info: &str) -> bool {
    info.starts_with('{')
}

/// Reads a block. `None` if its name is none, or it never ends: it is reported then.
pub fn read(
    notes: &mut Vec<Diagnostic>,
    source: &str,
    place: &Place,
    fence: &Fence,
) -> Option<Block> {
    let all = source.get(fence.range.clone())?;
    let info = fence.range.start + all.find('{')?;
    let line = all.lines().next().unwrap_or_default().trim_end();
    let line = info..fence.range.start + line.len();
    let Some(name) = name(&fence.info) else {
        notes.push(no_name(&fence.info, place, line));
        return None;
    };
    let span = place.span(info + 1..info + 1 + name.len());
    if !is_closed(all) {
        let message = words!(
            "der Baustein `{name}` wird nicht geschlossen",
            "the block `{name}` is not closed"
        );
        let problem = Diagnostic::new(Code::UnknownBlock, place.span(line), message);
        notes.push(problem.help(if all.starts_with('~') {
            words!(
                "setzen Sie unter die letzte Angabe eine Zeile mit ebenso vielen Tilden (`~`)",
                "put a line with as many tildes (`~`) below the last parameter"
            )
        } else {
            words!(
                "setzen Sie unter die letzte Angabe eine Zeile mit drei Akzenten (Backticks): ```` ``` ````",
                "put a line of three backticks below the last parameter: ```` ``` ````"
            )
        }));
        return None;
    }
    let (text, place) = parameters(source, place, fence);
    let (parameters, damage) = toml::parse(notes, &text, &place);
    Some(Block { name: Arc::from(name), span, parameters, damage })
}

/// The name in braces.
fn name(info: &str) -> Option<&str> {
    let name = info.strip_prefix('{')?.strip_suffix('}')?;
    let fits = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_');
    (name.starts_with(|c: char| c.is_ascii_lowercase()) && name.bytes().all(fits)).then_some(name)
}

/// Reports what cannot be the name of a block.
fn no_name(info: &str, place: &Place, line: Range<usize>) -> Diagnostic {
    let span = place.span(line);
    let message =
        words!("`{info}` ist kein Name eines Bausteins", "`{info}` is no name of a block");
    let problem = Diagnostic::new(Code::UnknownBlock, span.clone(), message);
    let bare = info.trim_matches(['{', '}', ' ']).to_lowercase();
    let right = format!("{{{bare}}}");
    if name(&right).is_some() {
        let advice = words!("schreiben Sie `{right}`", "write `{right}`");
        return problem.fix(advice, span, right);
    }
    problem.help(words!(
        "schreiben Sie nur den Namen in die Klammern, zum Beispiel `{{video}}`, und die Angaben in \
         die Zeilen darunter",
        "write only the name into the braces, for example `{{video}}`, and the parameters into the \
         lines below"
    ))
}

/// Whether a fence, given with what it encloses, is closed: whether its last line is a fence, too.
pub fn is_closed(all: &str) -> bool {
    let sign = if all.starts_with('~') { '~' } else { '`' };
    let length = all.chars().take_while(|c| *c == sign).count();
    let last = all.trim_end().rsplit_once('\n').map_or("", |(_, last)| last);
    let last = last.trim_start_matches([' ', '\t', '>']);
    last.len() >= length && last.chars().all(|c| c == sign)
}

/// The TOML of a block, and where it stands. What quotes and lists put before its lines is blanked
/// out, which keeps all positions; only in a text over several lines would that show.
fn parameters(source: &str, place: &Place, fence: &Fence) -> (String, Place) {
    let all = source.get(fence.range.clone()).unwrap_or_default();
    // Without a line of its own, the block's name is the best place to point to.
    let nowhere = fence.range.start + all.lines().next().map_or(0, str::len);
    let start = fence.pieces.first().map_or(nowhere, |first| first.start);
    let end = fence.pieces.last().map_or(start, |last| last.end);
    let written = source.get(start..end).unwrap_or_default();
    if written.replace('\r', "") == fence.text {
        return (written.to_owned(), place.part(start));
    }
    if fence.text.contains("\"\"\"") || fence.text.contains("'''") {
        return (fence.text.clone(), Place::Within(place.span(fence.range.clone())));
    }
    let mut bytes = vec![b' '; written.len()];
    for piece in &fence.pieces {
        let inside = piece.start - start..piece.end - start;
        bytes[inside.clone()].copy_from_slice(&written.as_bytes()[inside]);
    }
    let blanked = String::from_utf8(bytes).expect("pieces begin and end between characters");
    (blanked, place.part(start))
}
