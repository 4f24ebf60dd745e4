//! Remembering what a render looked at, and telling later whether it would see the same.
//!
//! Templates are opaque: only a run of one shows what it needs. So a render may look at the site
//! only by asking it [queries](Query); the fingerprint of every answer is noted, and the result
//! stands for as long as the site answers alike. There is no dependency graph and no invalidation:
//! instead of asking who uses what changed, every result is asked whether its answers still hold.

use std::cell::RefCell;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use tera::{ErrorKind, Value};

use super::round::{Part, Round};
use crate::lang::Lang;
use crate::model::schema::Name;
use crate::model::theme::Phrase;
use crate::parse::Target;
use crate::path::{RelPath, Route};
use crate::print::Fingerprint;
use crate::site::Site;
use crate::site::fill::Guide;
use crate::site::goal::Goal;
use crate::site::query::Query;
use crate::site::seen::Seen;
use crate::words;

/// The answers that a result rests on: it stands for as long as a site gives the same ones.
pub type Reads = FxHashMap<Query, Fingerprint>;

/// A render in progress.
struct Render {
    /// The round that it is part of, with the site that it may ask.
    round: Arc<Round>,
    /// The language of what it makes.
    lang: Lang,
    /// What it has asked so far; nothing if nobody will want to know.
    reads: Option<Reads>,
    /// The site as the page sees it, once it is known.
    site: Option<Seen>,
    /// How many components are being rendered around it.
    depth: usize,
    /// Why a component failed that a function was to render: Tera makes a text of what a function
    /// says, and with it the place is lost.
    failure: Option<tera::Error>,
}

thread_local! {
    /// The render in progress on this thread. A Tera function is `'static`, is handed no user
    /// data, and in a component does not even see the context: this is its one way to the site.
    static RENDER: RefCell<Option<Render>> = const { RefCell::new(None) };
}

/// Asks the site on behalf of the render in progress, and notes the answer. Outside a render there
/// is nothing to see.
pub fn ask(query: Query) -> Seen {
    ask_for(query, Site::answer)
}

/// The site, as texts ask it on behalf of the render in progress.
pub(super) struct Noted;

impl Guide for Noted {
    fn goal(&self, from: &RelPath, target: &Arc<Target>, lang: &Lang) -> Option<Goal> {
        RENDER.with_borrow_mut(|render| {
            let Render { round, reads, .. } = render.as_mut()?;
            let goal = round.site.goal(from, target, lang);
            if let Some(reads) = reads {
                let query = Query::Target(from.clone(), target.clone(), lang.clone());
                reads.insert(query, Goal::print(goal.as_ref()));
            }
            goal
        })
    }

    fn see(&self, query: Query) -> Seen {
        ask(query)
    }
}

/// The page that a route shows, with the entry on it. The entry is asked for by itself: the answer
/// that is noted is the page's frame.
pub(super) fn page(route: &Route, entry: Value) -> Value {
    ask_for(Query::Frame(route.clone()), |site, _| site.page(route, entry)).value
}

/// Asks the site in some way, and notes the answer.
fn ask_for(query: Query, answer: impl FnOnce(&Site, &Query) -> Seen) -> Seen {
    RENDER.with_borrow_mut(|render| {
        let Some(Render { round, reads, .. }) = render.as_mut() else { return Seen::none() };
        let seen = answer(&round.site, &query);
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
        let Render { round, lang, reads, .. } = render.as_mut()?;
        let site = &round.site;
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

/// The site, as the page with this route sees it. Components can ask for it from here on.
pub(super) fn site(route: Route) -> Value {
    let Some(lang) = lang() else { return Value::none() };
    let seen = ask(Query::Site(route, lang));
    let value = seen.value.clone();
    see(seen);
    value
}

/// Lets components of the render in progress see the site.
pub(super) fn see(site: Seen) {
    RENDER.with_borrow_mut(|render| {
        if let Some(render) = render {
            render.site = Some(site);
        }
    });
}

/// The site, as the render in progress sees it.
pub(super) fn known_site() -> Option<Seen> {
    RENDER.with_borrow(|render| render.as_ref()?.site.clone())
}

/// So many components may be rendered inside one another by the function: one that renders itself
/// never comes to an end. Inside each, Tera allows twenty of its own, all on one stack.
const DEEPEST: usize = 8;

/// A component of an entry or the site: as it was rendered before in this round, or else by `make`.
/// The render in progress rests on all that the component rests on.
pub(super) fn part(
    part: Part,
    make: impl FnOnce(&Round) -> Result<Value, tera::Error>,
) -> Result<Value, tera::Error> {
    let Some((round, notes, depth)) = RENDER.with_borrow(|render| {
        let Render { round, reads, depth, .. } = render.as_ref()?;
        Some((round.clone(), reads.is_some(), *depth + 1))
    }) else {
        return Ok(Value::none());
    };
    let memo = match round.known(&part) {
        Some(memo) => memo,
        None if depth > DEEPEST => return Err(too_deep()),
        None => {
            let outer = RENDER.take();
            let reads = notes.then(Reads::default);
            let made = run((&round, &part.lang, depth), reads, || make(&round));
            RENDER.set(outer);
            let (value, reads) = made.inspect_err(remember)?;
            let memo = Arc::new(Made { value, reads: reads.into_iter().flatten().collect() });
            round.keep(part, memo.clone());
            memo
        }
    };
    RENDER.with_borrow_mut(|render| {
        if let Some(reads) = render.as_mut().and_then(|render| render.reads.as_mut()) {
            reads.extend(memo.reads.iter().cloned());
        }
    });
    Ok(memo.value.clone())
}

/// Components that render one another without end.
fn too_deep() -> tera::Error {
    let words = words!(
        "die Bauteile rufen einander immer weiter auf",
        "the components call one another without end"
    );
    tera::Error::message(words.packed())
}

/// Remembers why the render in progress is about to fail.
fn remember(error: &tera::Error) {
    RENDER.with_borrow_mut(|render| {
        if let (Some(render), ErrorKind::RenderingError(report)) = (render, error.kind()) {
            let kind = ErrorKind::RenderingError(report.clone());
            render.failure.get_or_insert_with(|| tera::Error::new(kind));
        }
    });
}

/// Why the render in progress failed, if something inside it knows better than Tera.
pub(super) fn failure() -> Option<tera::Error> {
    RENDER.with_borrow_mut(|render| render.as_mut()?.failure.take())
}

/// A component that was rendered, and the answers it rests on: without room for more, as there are
/// very many.
#[derive(Debug)]
pub(super) struct Made {
    /// The component.
    value: Value,
    /// The answers.
    reads: Box<[(Query, Fingerprint)]>,
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
        place: (&Arc<Round>, &Lang),
        render: impl FnOnce() -> Result<T, E>,
    ) -> Result<Self, E> {
        let (round, lang) = place;
        let (value, reads) = run((round, lang, 0), Some(Reads::default()), render)?;
        Ok(Self { value, reads: reads.unwrap_or_default() })
    }

    /// The result, and the answers it rests on.
    pub fn into_parts(self) -> (T, Reads) {
        (self.value, self.reads)
    }
}

/// Runs `render` without noting its answers: for a result that is not kept.
pub fn once<T, E>(
    (round, lang): (&Arc<Round>, &Lang),
    render: impl FnOnce() -> Result<T, E>,
) -> Result<T, E> {
    run((round, lang, 0), None, render).map(|(value, _)| value)
}

/// Runs a render on this thread.
fn run<T, E>(
    (round, lang, depth): (&Arc<Round>, &Lang, usize),
    reads: Option<Reads>,
    render: impl FnOnce() -> Result<T, E>,
) -> Result<(T, Option<Reads>), E> {
    let _end = End;
    RENDER.set(Some(Render {
        round: round.clone(),
        lang: lang.clone(),
        reads,
        site: None,
        depth,
        failure: None,
    }));
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
