//! What is kept while a site lives: answers that others may ask for again, and filled bodies.

use std::sync::{Arc, OnceLock, RwLock};

use rustc_hash::FxHashMap;

use super::Places;
use super::query::Query;
use super::seen::Seen;
use crate::lang::Lang;
use crate::model::Model;
use crate::model::entry::EntryId;
use crate::print::Fingerprint;

/// A body with its holes filled, and its fingerprint.
pub type Filled = (Arc<str>, Fingerprint);

/// The filled bodies of entries. A build that keeps nothing puts one here just before its page is
/// made and takes it out after, so that never all of them are held.
#[derive(Debug, Default)]
pub struct Bodies(RwLock<FxHashMap<(EntryId, Lang), Filled>>);

impl Bodies {
    /// Puts a body here.
    pub fn put(&self, id: &EntryId, lang: &Lang, body: Filled) {
        let mut bodies = self.0.write().expect("no panic while locked");
        bodies.insert((id.clone(), lang.clone()), body);
    }

    /// Puts the fingerprint of a body here, without its text: enough to know whether what shows it
    /// still holds.
    pub fn put_print(&self, id: &EntryId, lang: &Lang, print: Fingerprint) {
        self.put(id, lang, (Arc::from(""), print));
    }

    /// Takes the text of a body out, but not its fingerprint.
    pub fn empty(&self, id: &EntryId, lang: &Lang) {
        if let Some((_, print)) = self.get(id, lang) {
            self.put_print(id, lang, print);
        }
    }

    /// Takes a body out.
    pub fn take(&self, id: &EntryId, lang: &Lang) {
        let mut bodies = self.0.write().expect("no panic while locked");
        bodies.remove(&(id.clone(), lang.clone()));
    }

    /// The body of an entry in a language.
    pub fn get(&self, id: &EntryId, lang: &Lang) -> Option<Filled> {
        let bodies = self.0.read().expect("no panic while locked");
        bodies.get(&(id.clone(), lang.clone())).cloned()
    }
}

/// Answers that are kept for a round.
#[derive(Debug)]
pub struct Answers {
    /// Summaries and links, by language and the entry's number among the places: they are asked for
    /// more than all else.
    forms: FxHashMap<Lang, Forms>,
    /// All others, for each thread by itself: what every page asks for has a counter that threads
    /// would wait for if they shared it.
    others: Box<[RwLock<Others>]>,
}

/// The answers that a thread was given.
type Others = FxHashMap<Query, Arc<OnceLock<Seen>>>;

/// The summaries and links of all entries in a language.
#[derive(Debug, Default)]
struct Forms {
    /// The summaries.
    summaries: OnceLock<Box<[OnceLock<Seen>]>>,
    /// The links.
    links: OnceLock<Box<[OnceLock<Seen>]>>,
}

impl Answers {
    /// No answers, for a site of this content.
    pub fn of(model: &Model) -> Self {
        let languages = model.settings.languages.iter();
        let forms = languages.map(|own| (own.lang.clone(), Forms::default())).collect();
        let threads = 0..=rayon::current_num_threads();
        Self { forms, others: threads.map(|_| RwLock::default()).collect() }
    }

    /// The place for the summary or link of an entry.
    pub(super) fn form(&self, places: &Places, query: &Query) -> Option<&OnceLock<Seen>> {
        let (id, lang, is_link) = match query {
            Query::Summary(id, lang) => (id, lang, false),
            Query::Link(id, lang) => (id, lang, true),
            _ => return None,
        };
        let forms = self.forms.get(lang)?;
        let all = if is_link { &forms.links } else { &forms.summaries };
        let all = all.get_or_init(|| (0..places.len()).map(|_| OnceLock::new()).collect());
        all.get(places.get_index_of(id)?)
    }

    /// The place for another answer.
    pub(super) fn other(&self, query: &Query) -> Arc<OnceLock<Seen>> {
        let own = rayon::current_thread_index().map_or(0, |thread| thread + 1);
        let others = &self.others[own % self.others.len()];
        let known = others.read().expect("no panic while locked").get(query).cloned();
        known.unwrap_or_else(|| {
            let mut answers = others.write().expect("no panic while locked");
            answers.entry(query.clone()).or_default().clone()
        })
    }
}

/// Whether an answer that is no form of an entry is worth keeping: whole pages are asked for once, by
/// their own output.
pub(super) fn is_shared(query: &Query) -> bool {
    match query {
        Query::List(..)
        | Query::Count(..)
        | Query::Filters(..)
        | Query::Kind(..)
        | Query::NoInverse(..)
        | Query::Labels(..)
        | Query::Columns(..)
        | Query::Phrase(..)
        | Query::Options(..)
        | Query::Date(..)
        | Query::Marked(..)
        | Query::Everywhere(..)
        | Query::Asset(..)
        | Query::Origins
        | Query::Player(..)
        | Query::Pictures(..)
        | Query::Template(..)
        | Query::Component(..) => true,
        Query::Summary(..)
        | Query::Link(..)
        | Query::Frame(..)
        | Query::Site(..)
        | Query::Whole(..)
        | Query::Body(..)
        | Query::Target(..)
        | Query::Words(..)
        | Query::Picture(..)
        | Query::File(..)
        | Query::Address(..)
        | Query::Index(..)
        | Query::Block(..) => false,
    }
}
