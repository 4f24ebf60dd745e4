//! Remembering what a render looked at, and telling later whether it would see the same.
//!
//! Templates are opaque: only a run of one shows what it needs. So a render may look at the site
//! only by asking it [queries](Query); the fingerprint of every answer is noted, and the result
//! stands for as long as the site answers alike. There is no dependency graph and no invalidation:
//! instead of asking who uses what changed, every result is asked whether its answers still hold.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::lang::Lang;
use crate::model::schema::Name;
use crate::model::theme::Phrase;
use crate::print::Fingerprint;
use crate::site::Site;
use crate::site::query::Query;
use crate::site::seen::Seen;

/// The answers that a result rests on.
type Reads = FxHashMap<Query, Fingerprint>;

/// A render in progress.
struct Render {
    /// The site that it may ask.
    site: Arc<Site>,
    /// The language of what it makes.
    lang: Lang,
    /// What it has asked so far; nothing if nobody will want to know.
    reads: Option<Reads>,
}

thread_local! {
    /// The render in progress on this thread. A Tera function is `'static`, is handed no user
    /// data, and in a component does not even see the context: this is its one way to the site.
    static RENDER: RefCell<Option<Render>> = const { RefCell::new(None) };
}

/// Asks the site on behalf of the render in progress, and notes the answer. Outside a render there
/// is nothing to see.
pub fn ask(query: Query) -> Seen {
    RENDER.with_borrow_mut(|render| {
        let Some(Render { site, reads, .. }) = render.as_mut() else { return Seen::none() };
        let seen = site.answer(&query);
        let Some(reads) = reads else { return seen };
        match reads.entry(query) {
            Entry::Occupied(known) => {
                debug_assert_eq!(*known.get(), seen.print, "one question has one answer");
            }
            Entry::Vacant(new) => {
                new.insert(seen.print);
            }
        }
        seen
    })
}

/// Asks for a string of the theme: what templates ask for most.
pub fn phrase(key: &str) -> Option<Phrase> {
    RENDER.with_borrow_mut(|render| {
        let Render { site, lang, reads } = render.as_mut()?;
        if let Some(reads) = reads {
            let query = Query::Phrase(Name::from(key), lang.clone());
            let print = site.answer(&query).print;
            reads.insert(query, print);
        }
        site.phrase(key, lang).cloned()
    })
}

/// The language of what is being rendered on this thread.
pub fn lang() -> Option<Lang> {
    RENDER.with_borrow(|render| render.as_ref().map(|render| render.lang.clone()))
}

/// A result, and the answers it rests on.
#[derive(Clone, Debug)]
pub struct Memo<T> {
    /// The result.
    pub value: T,
    /// The answers.
    reads: Reads,
}

impl<T> Memo<T> {
    /// Runs `render` and notes every answer it is given. Only successes are kept: what failed is
    /// tried again at every build, so its error cannot vanish.
    pub fn record<E>(
        place: (&Arc<Site>, &Lang),
        render: impl FnOnce() -> Result<T, E>,
    ) -> Result<Self, E> {
        let (value, reads) = run(place, Some(Reads::default()), render)?;
        Ok(Self { value, reads: reads.unwrap_or_default() })
    }

    /// Whether `site` would give the same answers, so that the result still stands.
    pub fn holds(&self, site: &Site) -> bool {
        self.reads.iter().all(|(query, print)| site.answer(query).print == *print)
    }

    /// The same without the result: enough to know whether it still holds.
    #[must_use]
    pub fn without_value(self) -> Memo<()> {
        Memo { value: (), reads: self.reads }
    }

    /// What the result rests on, sorted; for tests and for curious theme authors.
    pub fn reads(&self) -> BTreeMap<String, Fingerprint> {
        self.reads.iter().map(|(query, print)| (format!("{query:?}"), *print)).collect()
    }
}

/// Runs `render` without noting its answers: for a result that is not kept.
pub fn once<T, E>(
    place: (&Arc<Site>, &Lang),
    render: impl FnOnce() -> Result<T, E>,
) -> Result<T, E> {
    run(place, None, render).map(|(value, _)| value)
}

/// Runs a render on this thread.
fn run<T, E>(
    (site, lang): (&Arc<Site>, &Lang),
    reads: Option<Reads>,
    render: impl FnOnce() -> Result<T, E>,
) -> Result<(T, Option<Reads>), E> {
    let _end = End;
    RENDER.set(Some(Render { site: site.clone(), lang: lang.clone(), reads }));
    let value = render()?;
    Ok((value, RENDER.take().and_then(|render| render.reads)))
}

/// Ends the render even if it fails or panics.
struct End;

impl Drop for End {
    fn drop(&mut self) {
        RENDER.set(None);
    }
}
