//! Covers: what stands in the place of a picture that an entry does not have.
//!
//! A cover is drawn from nothing but the kind and the id, so it is the same in every build and the
//! entry's own for as long as it lives. It is decoration and says nothing: it is hidden from screen
//! readers (WCAG 1.1.1), and its colours are the theme's.

use std::fmt::Write as _;

use crate::print::Fingerprint;

/// So many tiles stand side by side.
const COLUMNS: u32 = 6;

/// So many rows of tiles there are.
const ROWS: u32 = 3;

/// The side of a tile, in units of the drawing.
const SIDE: u32 = 10;

/// Draws a tile whose upper left corner lies at a point, in one of four turns.
type Draw = fn(&mut String, u32, (u32, u32));

/// A cover as an `svg` element with three paths: soft, strong, and one tile that shines.
pub(super) fn cover(kind: &str, id: &str) -> String {
    let mut bits = Bits(u128::from_le_bytes(Fingerprint::of(&(kind, id)).to_bytes()));
    let draw = motif(kind);
    let lit = bits.take(8) % (COLUMNS * ROWS);
    let mut paths = [String::new(), String::new(), String::new()];
    for tile in 0..COLUMNS * ROWS {
        let (tone, turn) = (bits.take(3), bits.take(2));
        let path = match tone {
            _ if tile == lit => 2,
            0..=1 => 0,
            2..=4 => 1,
            _ => continue,
        };
        draw(&mut paths[path], turn, (tile % COLUMNS * SIDE, tile / COLUMNS * SIDE));
    }
    let [soft, strong, shine] = paths;
    format!(
        "<svg class=\"cover\" viewBox=\"0 0 {} {}\" preserveAspectRatio=\"xMidYMin slice\" aria-hidden=\"true\"><path d=\"{soft}\"/><path d=\"{strong}\"/><path d=\"{shine}\"/></svg>",
        COLUMNS * SIDE,
        ROWS * SIDE
    )
}

/// Bits of a hash, taken from its lower end.
struct Bits(u128);

impl Bits {
    /// The next few bits as a number.
    fn take(&mut self, count: u32) -> u32 {
        #[expect(clippy::cast_possible_truncation, reason = "a few bits fit")]
        let taken = (self.0 & ((1 << count) - 1)) as u32;
        self.0 >>= count;
        taken
    }
}

/// The shape that all covers of a kind are made of. Kinds that a site adds share the last ones.
fn motif(kind: &str) -> Draw {
    const OTHERS: [Draw; 2] = [leaves, slants];
    match kind {
        "initiative" => quarters,
        "partner" => windows,
        "event" => dots,
        "solution" => triangles,
        "news" => lines,
        "topic" => rings,
        _ => OTHERS[usize::from(Fingerprint::of(kind).to_bytes()[0]) % OTHERS.len()],
    }
}

/// Writes a piece of a path; writing into a text cannot fail.
macro_rules! draw {
    ($path:expr, $($form:tt)*) => { _ = write!($path, $($form)*) };
}

/// Quarters of discs: parts that come together.
fn quarters(path: &mut String, turn: u32, (x, y): (u32, u32)) {
    let (right, below) = (x + SIDE, y + SIDE);
    match turn {
        0 => draw!(path, "M{x} {y}h10a10 10 0 0 1-10 10z"),
        1 => draw!(path, "M{right} {y}v10a10 10 0 0 1-10-10z"),
        2 => draw!(path, "M{right} {below}h-10a10 10 0 0 1 10-10z"),
        _ => draw!(path, "M{x} {below}v-10a10 10 0 0 1 10 10z"),
    }
}

/// Windows of a house front.
fn windows(path: &mut String, turn: u32, (x, y): (u32, u32)) {
    let (left, top) = (x + 2, y + 2);
    match turn {
        0 => draw!(path, "M{left} {top}h6v6h-6z"),
        1 => draw!(path, "M{left} {top}h2v6h-2zm4 0h2v6h-2z"),
        2 => draw!(path, "M{left} {top}h6v2h-6zm0 4h6v2h-6z"),
        _ => draw!(path, "M{left} {top}h6v8h-6z"),
    }
}

/// Days of a calendar.
fn dots(path: &mut String, turn: u32, (x, y): (u32, u32)) {
    let middle = y + 5;
    match turn {
        0 => draw!(path, "M{} {middle}a4 4 0 0 1 8 0a4 4 0 0 1-8 0", x + 1),
        1 | 2 => draw!(path, "M{} {middle}a2 2 0 0 1 4 0a2 2 0 0 1-4 0", x + 3),
        _ => draw!(path, "M{} {}h8v8h-8z", x + 1, y + 1),
    }
}

/// Triangles: pieces that fit.
fn triangles(path: &mut String, turn: u32, (x, y): (u32, u32)) {
    let (right, below) = (x + SIDE, y + SIDE);
    match turn {
        0 => draw!(path, "M{x} {y}h10l-10 10z"),
        1 => draw!(path, "M{right} {y}v10l-10-10z"),
        2 => draw!(path, "M{right} {below}h-10l10-10z"),
        _ => draw!(path, "M{x} {below}v-10l10 10z"),
    }
}

/// Lines of print.
fn lines(path: &mut String, turn: u32, (x, y): (u32, u32)) {
    let top = y + 1;
    match turn {
        0 => draw!(path, "M{x} {top}h9v2h-9zm0 4h6v2h-6z"),
        1 => draw!(path, "M{x} {top}h9v6h-9z"),
        2 => draw!(path, "M{x} {top}h4v2h-4zm0 4h9v2h-9z"),
        _ => draw!(path, "M{x} {top}h9v2h-9zm0 4h9v2h-9z"),
    }
}

/// Rings and halves of discs: what several have in common.
fn rings(path: &mut String, turn: u32, (x, y): (u32, u32)) {
    let middle = y + 5;
    match turn {
        0 => draw!(path, "M{x} {middle}a5 5 0 0 1 10 0z"),
        1 => draw!(path, "M{x} {middle}a5 5 0 0 0 10 0z"),
        2 => draw!(path, "M{x} {middle}a5 5 0 0 1 10 0a5 5 0 0 1-10 0"),
        _ => draw!(path, "M{} {middle}a3 3 0 0 1 6 0a3 3 0 0 1-6 0", x + 2),
    }
}

/// Leaves: two corners round, two not.
fn leaves(path: &mut String, turn: u32, (x, y): (u32, u32)) {
    match turn {
        0 | 1 => draw!(path, "M{x} {y}h5a5 5 0 0 1 5 5v5h-5a5 5 0 0 1-5-5z"),
        _ => draw!(path, "M{} {y}v5a5 5 0 0 1-5 5h-5v-5a5 5 0 0 1 5-5z", x + SIDE),
    }
}

/// Slants.
fn slants(path: &mut String, turn: u32, (x, y): (u32, u32)) {
    let below = y + SIDE;
    match turn {
        0 | 1 => draw!(path, "M{x} {below}l5-10h5l-5 10z"),
        _ => draw!(path, "M{x} {y}h5l5 10h-5z"),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The kinds of the base schema that have covers of their own.
    const KINDS: [&str; 6] = ["initiative", "partner", "event", "solution", "news", "topic"];

    #[test]
    fn an_entry_keeps_its_cover() {
        assert_eq!(
            cover("topic", "daten"),
            "<svg class=\"cover\" viewBox=\"0 0 60 30\" preserveAspectRatio=\"xMidYMin slice\" aria-hidden=\"true\"><path d=\"M0 5a5 5 0 0 1 10 0a5 5 0 0 1-10 0M22 5a3 3 0 0 1 6 0a3 3 0 0 1-6 0M50 5a5 5 0 0 1 10 0zM0 15a5 5 0 0 0 10 0zM12 25a3 3 0 0 1 6 0a3 3 0 0 1-6 0M30 25a5 5 0 0 1 10 0a5 5 0 0 1-10 0\"/><path d=\"M10 5a5 5 0 0 0 10 0zM40 5a5 5 0 0 1 10 0a5 5 0 0 1-10 0M10 15a5 5 0 0 1 10 0zM20 15a5 5 0 0 0 10 0zM40 15a5 5 0 0 0 10 0zM0 25a5 5 0 0 1 10 0a5 5 0 0 1-10 0M50 25a5 5 0 0 0 10 0z\"/><path d=\"M30 5a5 5 0 0 0 10 0z\"/></svg>"
        );
    }

    #[test]
    fn kinds_and_ids_tell_covers_apart() {
        let ids = (0..100).map(|number| format!("id-{number}"));
        let all = ids.flat_map(|id| KINDS.map(|kind| cover(kind, &id)));
        assert_eq!(all.collect::<BTreeSet<_>>().len(), 600);
    }

    #[test]
    fn a_cover_is_small() {
        let sizes = (0..200).map(|number| cover("event", &number.to_string()).len());
        let sizes: Vec<_> = sizes.collect();
        assert!(sizes.iter().sum::<usize>() / sizes.len() < 700, "{sizes:?}");
    }
}
