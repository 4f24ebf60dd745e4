//! *Did you mean*: names that resemble one that does not exist.
//!
//! People confuse letters, cases, umlauts (`foerderer` and `Förderer`), and the key of a thing with
//! its label. So names are folded before they are compared, and a candidate may have labels that
//! stand for it.

use std::borrow::Cow;

use super::Words;
use crate::path::composed;
use crate::words;

/// No more names are proposed.
const MOST: usize = 3;

/// How many more candidates may be looked at: where a large site has thousands of mistakes, not each
/// of them can be compared with all names.
#[derive(Debug)]
pub struct Budget {
    /// So many names may still be looked at.
    left: usize,
}

impl Budget {
    /// Enough for a few mistakes on a large site, and for all of a small one.
    pub fn ample() -> Self {
        Self { left: 1_000_000 }
    }

    /// Nothing: whoever wants to know only whether something is wrong needs no proposals.
    pub fn none() -> Self {
        Self { left: 0 }
    }

    /// Whether nothing is left.
    pub fn is_spent(&self) -> bool {
        self.left == 0
    }

    /// Takes so many names; nothing if there are no more, and then no proposal is to be made.
    pub fn take(&mut self, names: usize) -> Option<()> {
        let has_left = self.left > 0;
        self.left = self.left.saturating_sub(names);
        has_left.then_some(())
    }

    /// [`closest`], as long as something is left.
    pub fn closest<'a>(
        &mut self,
        wanted: &str,
        candidates: impl Iterator<Item = &'a str>,
    ) -> Vec<String> {
        self.closest_labelled(wanted, candidates.map(|key| (key, [key; 0])))
    }

    /// [`closest_labelled`], as long as something is left.
    pub fn closest_labelled<'a, L>(
        &mut self,
        wanted: &str,
        candidates: impl Iterator<Item = (&'a str, L)>,
    ) -> Vec<String>
    where
        L: IntoIterator<Item = &'a str>,
    {
        if self.is_spent() {
            return Vec::new();
        }
        let mut count = 0;
        let found = closest_labelled(wanted, candidates.inspect(|_| count += 1));
        self.left = self.left.saturating_sub(count);
        found
    }
}

/// The best of some candidates for a name that is none of them: one if it is clearly meant, at
/// most three otherwise, the best first.
pub fn closest<'a>(wanted: &str, candidates: impl Iterator<Item = &'a str>) -> Vec<String> {
    closest_labelled(wanted, candidates.map(|key| (key, [key; 0])))
}

/// The same for candidates that are also known by their labels, which are no names themselves.
pub fn closest_labelled<'a, L>(
    wanted: &str,
    candidates: impl Iterator<Item = (&'a str, L)>,
) -> Vec<String>
where
    L: IntoIterator<Item = &'a str>,
{
    let mut letters = Vec::new();
    fold(wanted, &mut letters);
    let wanted = letters;
    let Some(mut limit) = limit(wanted.len()) else { return Vec::new() };
    let mut room = Room::default();
    let mut found: Vec<(usize, &str)> = Vec::new();
    for (key, labels) in candidates {
        // Labels are words, and many words resemble one another.
        let strict = limit.min((wanted.len() / 3).max(1));
        let label =
            labels.into_iter().filter_map(|name| room.distance(&wanted, name, strict)).min();
        let own = room.distance(&wanted, key, limit);
        let Some(distance) = own.into_iter().chain(label).min() else { continue };
        found.push((distance, key));
        // Names that are worse by more than one would not be shown beside this one.
        limit = limit.min(distance + 1);
    }
    found.sort_unstable();
    found.dedup_by(|a, b| a.1 == b.1);
    let best = found.first().map_or(0, |(distance, _)| *distance);
    // What differs only in case or umlauts, or is a label, is meant.
    let worst = if best == 0 { 0 } else { best + 1 };
    let close: Vec<_> = found.into_iter().filter(|(distance, _)| *distance <= worst).collect();
    let alone = close.iter().filter(|(distance, _)| *distance == best).count() == 1;
    let clear = alone && close.get(1).is_none_or(|_| best <= 1);
    let shown = if clear { 1 } else { MOST };
    close.into_iter().take(shown).map(|(_, key)| key.to_owned()).collect()
}

/// The proposal in words; nothing if there is none.
pub fn did_you_mean(found: &[String]) -> Option<Words> {
    let (last, others) = found.split_last()?;
    if others.is_empty() {
        return Some(words!("ähnlich heißt `{last}`", "did you mean `{last}`?"));
    }
    let others = others.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    Some(words!("ähnlich heißen {others} und `{last}`", "did you mean {others} or `{last}`?"))
}

/// A message with a proposal behind it, if there is one.
pub fn with(message: Words, proposal: Option<Words>) -> Words {
    let Some(Words { de: meant_de, en: meant_en }) = proposal else { return message };
    let Words { de, en } = message;
    words!("{de}; {meant_de}", "{en}; {meant_en}")
}

/// How many edits are allowed for a name of so many letters; nothing if it is too long for a name.
fn limit(letters: usize) -> Option<usize> {
    match letters {
        0 => None,
        1..=4 => Some(1),
        5..=7 => Some(2),
        8..=200 => Some((letters / 3).min(5)),
        _ => None,
    }
}

/// Writes a name without case, umlauts and separators.
fn fold(name: &str, out: &mut Vec<char>) {
    out.clear();
    let composed = if name.is_ascii() { Cow::Borrowed(name) } else { composed(name).into() };
    for c in composed.chars().flat_map(char::to_lowercase) {
        match c {
            'ä' => out.extend(['a', 'e']),
            'ö' => out.extend(['o', 'e']),
            'ü' => out.extend(['u', 'e']),
            'ß' => out.extend(['s', 's']),
            ' ' | '_' | '-' | '\u{ad}' | '\u{a0}' => out.push('-'),
            c => out.push(c),
        }
    }
}

/// Room for the rows of the distance, used again for every candidate.
#[derive(Default)]
struct Room {
    /// The letters of the candidate.
    name: Vec<char>,
    /// The row before the last.
    older: Vec<usize>,
    /// The last row.
    old: Vec<usize>,
    /// The row that is being filled.
    new: Vec<usize>,
}

impl Room {
    /// How many edits lead from one name to another: letters put in, left out, exchanged, or two
    /// neighbours swapped (the restricted Damerau–Levenshtein distance). Nothing beyond `limit`.
    fn distance(&mut self, wanted: &[char], name: &str, limit: usize) -> Option<usize> {
        // A letter has at most four bytes, and folding at most doubles it.
        if name.len() / 4 > wanted.len() + limit || name.len() * 2 + limit < wanted.len() {
            return None;
        }
        let mut letters = std::mem::take(&mut self.name);
        fold(name, &mut letters);
        let distance = self.folded_distance(wanted, &letters, limit);
        self.name = letters;
        distance
    }

    /// The same for a name that is folded.
    fn folded_distance(&mut self, wanted: &[char], name: &[char], limit: usize) -> Option<usize> {
        if name.len().abs_diff(wanted.len()) > limit {
            return None;
        }
        self.old.clear();
        self.old.extend(0..=name.len());
        self.older.clone_from(&self.old);
        for (row, letter) in wanted.iter().enumerate() {
            self.fill(row, *letter, wanted, name);
            if self.new.iter().all(|edits| *edits > limit) {
                return None;
            }
            std::mem::swap(&mut self.older, &mut self.old);
            std::mem::swap(&mut self.old, &mut self.new);
        }
        self.old.last().copied().filter(|edits| *edits <= limit)
    }

    /// Fills the row of one letter.
    fn fill(&mut self, row: usize, letter: char, wanted: &[char], name: &[char]) {
        self.new.clear();
        self.new.push(row + 1);
        for (column, other) in name.iter().enumerate() {
            let left = self.new.last().copied().unwrap_or(row);
            let above = self.old.get(column + 1).copied().unwrap_or(row);
            let across = self.old.get(column).copied().unwrap_or(row);
            let mut edits = (left.min(above) + 1).min(across + usize::from(letter != *other));
            let swapped = row > 0
                && column > 0
                && wanted.get(row - 1) == Some(other)
                && name.get(column - 1) == Some(&letter);
            if swapped {
                let before = self.older.get(column - 1).copied().unwrap_or(row);
                edits = edits.min(before + 1);
            }
            self.new.push(edits);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks what is proposed among some fields and roles with their labels.
    fn check(wanted: &str, proposed: &[&str]) {
        let fields = [
            ("title", vec!["Titel", "Title"]),
            ("foerderer", vec!["Förderer", "Funder"]),
            ("status", vec!["Status", "Stand"]),
            ("start", vec!["Beginn", "Start"]),
            ("partners", vec!["Partner", "Partners"]),
            ("part_of", vec!["Teil von", "Part of"]),
            ("bechtle", vec!["Bechtle AG"]),
        ];
        let found = closest_labelled(wanted, fields.iter().map(|(key, l)| (*key, l.clone())));
        assert_eq!(found, proposed, "{wanted}");
    }

    #[test]
    fn names_are_found_by_their_letters() {
        check("bechtel", &["bechtle"]);
        check("titel", &["title"]);
        check("tilte", &["title"]);
        check("partnres", &["partners"]);
        check("part-of", &["part_of"]);
        check("xyz", &[]);
        check("", &[]);
        check(&"x".repeat(5000), &[]);
    }

    #[test]
    fn names_are_found_by_their_labels() {
        check("Titel", &["title"]);
        check("Förderer", &["foerderer"]);
        check("Fo\u{308}rderer", &["foerderer"]);
        check("Beginn", &["start"]);
        check("Teil von", &["part_of"]);
        check("Bechtle AG", &["bechtle"]);
    }

    #[test]
    fn several_are_proposed_where_none_is_clear() {
        let names = ["haus", "maus", "laus", "klaus", "zug"];
        assert_eq!(closest("taus", names.into_iter()), ["haus", "laus", "maus"]);
        let words = did_you_mean(&closest("taus", names.into_iter()));
        let words = words.map(|words| words.de);
        assert_eq!(words.as_deref(), Some("ähnlich heißen `haus`, `laus` und `maus`"));
        assert_eq!(did_you_mean(&[]), None);
    }

    #[test]
    fn a_budget_ends() {
        let names = ["haus", "maus"];
        let mut budget = Budget { left: 3 };
        assert_eq!(budget.closest("hauss", names.into_iter()), ["haus"]);
        assert_eq!(budget.closest("hauss", names.into_iter()), ["haus"]);
        assert!(budget.is_spent());
        assert!(budget.closest("hauss", names.into_iter()).is_empty());
    }

    #[test]
    fn many_candidates_are_no_trouble() {
        let names: Vec<String> = (0..10_000).map(|n| format!("initiative-nummer-{n}")).collect();
        let found = closest("initiative-numer-77", names.iter().map(String::as_str));
        assert_eq!(found, ["initiative-nummer-77"]);
    }
}
