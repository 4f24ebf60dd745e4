//! All questions that pages put to the site, each once, in numbers.
//!
//! They are the largest table there is, and a large table grows by being copied into one twice as
//! large. So they stand on many shelves, each of which grows by itself and a little at a time.

use std::hash::BuildHasher;

use indexmap::IndexMap;
use rayon::prelude::*;
use rustc_hash::FxBuildHasher;

use crate::print::Fingerprint;
use crate::site::query::Query;

/// The number of a question.
pub(super) type Number = u32;

/// So many shelves there are.
const SHELVES: usize = 128;

/// Some questions with the fingerprints of their last answers.
type Shelf = IndexMap<Query, Fingerprint, FxBuildHasher>;

/// All questions with the fingerprints of their last answers.
#[derive(Debug)]
pub(super) struct Questions(Box<[Shelf]>);

impl Default for Questions {
    fn default() -> Self {
        Self((0..SHELVES).map(|_| Shelf::default()).collect())
    }
}

impl Questions {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.0.iter().map(IndexMap::len).sum()
    }

    /// All numbers are smaller than this.
    pub(super) fn end(&self) -> usize {
        self.0.iter().map(IndexMap::len).max().unwrap_or_default() * SHELVES
    }

    /// The questions with their numbers, shelf by shelf.
    pub(super) fn shelves(
        &self,
    ) -> impl IndexedParallelIterator<Item = impl Iterator<Item = (Number, &Query, Fingerprint)>>
    {
        self.0.par_iter().enumerate().map(|(shelf, questions)| {
            let questions = questions.iter().enumerate();
            questions.map(move |(at, (query, print))| (number(shelf, at), query, *print))
        })
    }

    /// Notes another answer to a question.
    pub(super) fn put(&mut self, number: Number, print: Fingerprint) {
        let number = number as usize;
        if let Some((_, known)) = self.0[number % SHELVES].get_index_mut(number / SHELVES) {
            *known = print;
        }
    }

    /// The number of a question; a new one is added with its answer.
    pub(super) fn number(&mut self, query: &Query, print: Fingerprint) -> Number {
        let shelf = shelf_of(query);
        let questions = &mut self.0[shelf];
        let at = questions.get_index_of(query).unwrap_or_else(|| {
            if questions.len() == questions.capacity() {
                questions.reserve_exact(questions.len() / 8 + 8);
            }
            questions.insert_full(query.clone(), print).0
        });
        number(shelf, at)
    }

    /// Leaves out the questions that nobody asks. Returns the new numbers of the others by their old
    /// ones.
    pub(super) fn keep(&mut self, is_asked: &[bool]) -> Vec<Number> {
        let mut numbers = vec![0; is_asked.len()];
        for (shelf, questions) in self.0.iter_mut().enumerate() {
            let (mut old, mut new) = (0, 0);
            questions.retain(|_, _| {
                let before = number(shelf, old) as usize;
                old += 1;
                if is_asked[before] {
                    numbers[before] = number(shelf, new);
                    new += 1;
                }
                is_asked[before]
            });
            questions.shrink_to_fit();
        }
        numbers
    }
}

/// The shelf of a question: by bits of its hash by which the shelf itself does not look.
fn shelf_of(query: &Query) -> usize {
    let bits = (FxBuildHasher.hash_one(query) >> 40) as usize;
    bits % SHELVES
}

/// The number of the question that stands at a place of a shelf.
fn number(shelf: usize, at: usize) -> Number {
    Number::try_from(at * SHELVES + shelf).expect("fewer questions than memory for them")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_left_keeps_its_answer_under_a_new_number() {
        let query = |at: usize| Query::Asset(format!("assets/{at}.svg").into());
        let print = |at: usize| Fingerprint::of(&at);
        let mut questions = Questions::default();
        let numbers: Vec<Number> =
            (0..500).map(|at| questions.number(&query(at), print(at))).collect();
        // Asked again it is the same.
        assert_eq!(questions.number(&query(7), print(7)), numbers[7]);
        let mut is_asked = vec![false; questions.end()];
        (0..500).step_by(3).for_each(|at| is_asked[numbers[at] as usize] = true);
        let renumbered = questions.keep(&is_asked);
        assert_eq!(questions.len(), 167);
        for at in (0..500).step_by(3) {
            let new = renumbered[numbers[at] as usize];
            assert!((new as usize) < questions.end());
            assert_eq!(questions.number(&query(at), Fingerprint::default()), new);
        }
        questions.put(renumbered[numbers[3] as usize], print(999));
        let all: Vec<(Number, Fingerprint)> = questions
            .shelves()
            .flat_map_iter(|shelf| shelf.map(|(n, _, print)| (n, print)).collect::<Vec<_>>())
            .collect();
        for at in (0..500).step_by(3) {
            let wanted = if at == 3 { print(999) } else { print(at) };
            assert!(all.contains(&(renumbered[numbers[at] as usize], wanted)), "{at}");
        }
    }
}
