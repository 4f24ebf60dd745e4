//! A state of the site, with pages made when somebody asks for them.
//!
//! Only the last few pages are kept, for those who ask again and again. What pages share while they
//! are made, summaries and cards, is kept for a while and then dropped. So memory does not grow with
//! the number of requests.

use std::collections::{BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use super::show::{About, Body, Piece, Show};
use crate::diag::Tongue;
use crate::lang::Lang;
use crate::model::entry::{Entry, EntryId};
use crate::model::layout;
use crate::model::settings::SETTINGS;
use crate::path::{MANIFEST, RelPath, Route};
use crate::pipeline::{Placed, demand};
use crate::print::Fingerprint;
use crate::render::page::Made;
use crate::render::round::Round;
use crate::site::{Output, Site};
use crate::write::manifest::{self, Manifest};

/// After so many pages, what they shared is dropped.
const SHARING: usize = 200;

/// So many pages are kept.
const RECENT: usize = 16;

/// The pages that were made last, the newest first.
type Recent = Mutex<VecDeque<(Route, Piece)>>;

/// One state of a site.
pub(super) struct Shown {
    /// Names the state of the files.
    state: Fingerprint,
    /// The site and the templates. Nobody asks this one for pages.
    round: Arc<Round>,
    /// What pages are made with just now, and how many were.
    sharing: Mutex<(Arc<Round>, usize)>,
    /// The pages that were made last.
    recent: Recent,
    /// The files with errors that show when they are read.
    faulty: BTreeSet<RelPath>,
    /// The language of messages.
    tongue: Tongue,
    /// The last state without errors: for what cannot be made from this one.
    before: Option<Arc<Self>>,
}

impl Shown {
    /// A state that was placed, with its site and templates.
    pub(super) fn new(round: Arc<Round>, placed: &Placed, before: Option<Arc<Self>>) -> Self {
        Self {
            state: placed.state,
            sharing: Mutex::new((afresh(&round), 0)),
            recent: Recent::default(),
            round,
            faulty: placed.faulty(),
            tongue: placed.tongue,
            before,
        }
    }

    /// The same state, to stand for later ones.
    pub(super) fn alone(&self) -> Self {
        Self {
            state: self.state,
            sharing: Mutex::new((afresh(&self.round), 0)),
            recent: Recent::default(),
            round: self.round.clone(),
            faulty: BTreeSet::new(),
            tongue: self.tongue,
            before: None,
        }
    }

    /// The language of messages.
    pub(super) fn tongue(&self) -> Tongue {
        self.tongue
    }

    /// The site.
    fn site(&self) -> &Site {
        &self.round.site
    }

    /// What to make the next page with.
    fn sharing(&self) -> Arc<Round> {
        let mut sharing = self.sharing.lock().unwrap_or_else(PoisonError::into_inner);
        if sharing.1 >= SHARING {
            *sharing = (afresh(&self.round), 0);
        }
        sharing.1 += 1;
        sharing.0.clone()
    }

    /// Whether something is not at a route because of errors: whoever deletes a page wants it gone.
    fn is_missed(&self, route: &Route) -> bool {
        let Some(before) = self.before.as_ref().filter(|_| !self.faulty.is_empty()) else {
            return false;
        };
        let is_faulty = |path: &RelPath| self.faulty.contains(path);
        // Without a home page or settings nobody knows what there should be.
        let has_home = self.site().places.contains_key(&EntryId::section(""));
        if !has_home || is_faulty(&RelPath::new(SETTINGS)) {
            return true;
        }
        let Some((id, lang)) = before.subject(route) else { return false };
        let places = &before.site().places;
        let entry_of = |id: &EntryId| places.get(id).map(|place| &place.entry);
        let Some(entry) = entry_of(id) else { return false };
        let above = |(at, _): (usize, &str)| entry_of(&EntryId::section(&entry.section[..at]));
        let sections = entry.section.match_indices('/').filter_map(above);
        let own = entry_of(&EntryId::section(&entry.section));
        is_faulty(&entry.path)
            || is_faulty(file(entry, lang))
            || sections.chain(own).any(|section| is_faulty(&section.path))
    }

    /// The manifest that a build would write: all there is has to be made for it.
    fn manifest(&self) -> Option<Piece> {
        let round = afresh(&self.round);
        let routes: Vec<&Route> = self.site().outputs.keys().collect();
        let made = routes.into_par_iter().map(|route| {
            let made = match demand::make(&round, route)?.ok()? {
                Made::Text(text) => {
                    manifest::Made { print: Fingerprint::of_bytes(&text), size: text.len() as u64 }
                }
                Made::Copy(path) => {
                    let info = self.site().model.files.get(&path)?;
                    manifest::Made { print: info.print, size: info.size }
                }
            };
            Some((route.clone(), made))
        });
        let files: Option<Vec<_>> = made.collect();
        let next_change = self.site().next_change.map(|moment| moment.to_string());
        let text = Manifest { files: files?.into_iter().collect(), next_change }.text();
        let print = Fingerprint::of_bytes(text.as_bytes());
        Some(Piece { body: Body::Text(text.into_bytes().into()), print, is_old: false })
    }

    /// What is at a route; `None` if nothing is, or it cannot be made.
    fn own(&self, route: &Route) -> Option<Piece> {
        let recent = || self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, piece)) = recent().iter().find(|(known, _)| known == route) {
            return Some(piece.clone());
        }
        let piece = self.made(route)?;
        let mut recent = recent();
        recent.truncate(RECENT - 1);
        recent.push_front((route.clone(), piece.clone()));
        Some(piece)
    }

    /// What is at a route, made now.
    fn made(&self, route: &Route) -> Option<Piece> {
        if route.as_str() == MANIFEST {
            return self.manifest();
        }
        let (body, print) = match demand::make(&self.sharing(), route)?.ok()? {
            Made::Text(text) => {
                let print = Fingerprint::of_bytes(&text);
                (Body::Text(text.into()), print)
            }
            Made::Copy(path) => {
                let info = self.site().model.files.get(&path)?;
                (Body::File(path, info.size), info.print)
            }
        };
        Some(Piece { body, print, is_old: false })
    }

    /// Whether what an earlier state published can still be had: of files nobody keeps the bytes.
    fn has_bytes_of(&self, piece: &Piece) -> bool {
        match &piece.body {
            Body::Text(_) => true,
            Body::File(path, _) => {
                let info = self.site().model.files.get(path);
                info.is_some_and(|info| info.print == piece.print)
            }
        }
    }

    /// The entry that the output at a route is about, and the language.
    fn subject(&self, route: &Route) -> Option<(&EntryId, &Lang)> {
        match self.site().outputs.get(route)? {
            Output::Entry(id, lang)
            | Output::List(id, lang, _)
            | Output::Filter(id, lang, ..)
            | Output::Inverse(id, lang, ..) => Some((id, lang)),
            _ => None,
        }
    }

    /// Whether the page at a route is about something whose file has errors.
    fn is_faulty(&self, route: &Route) -> bool {
        let Some((id, lang)) = self.subject(route).filter(|_| !self.faulty.is_empty()) else {
            return false;
        };
        let entry = self.site().places.get(id).map(|place| &place.entry);
        entry.is_some_and(|entry| {
            self.faulty.contains(&entry.path) || self.faulty.contains(file(entry, lang))
        })
    }
}

/// The file that the page of an entry in a language is made from.
fn file<'a>(entry: &'a Entry, lang: &Lang) -> &'a RelPath {
    entry.words.get(lang).map_or(&entry.path, |words| &words.path)
}

/// The same site and templates, with nothing made yet.
fn afresh(round: &Round) -> Arc<Round> {
    Round::new(Arc::new(round.site.afresh()), round.engine.clone())
}

impl Show for Shown {
    fn state(&self) -> Fingerprint {
        self.state
    }

    fn piece(&self, route: &Route) -> Option<Piece> {
        let own = if self.is_faulty(route) { None } else { self.own(route) };
        let exists = self.site().outputs.contains_key(route);
        if own.is_some() || (!exists && !self.is_missed(route)) {
            return own;
        }
        let before = self.before.as_ref().and_then(|before| before.own(route));
        let before = before.filter(|piece| self.has_bytes_of(piece));
        let before = before.map(|piece| Piece { is_old: true, ..piece });
        before.or_else(|| self.own(route)).or_else(|| exists.then(|| unmade(self.tongue)))
    }

    fn not_found(&self, address: &str) -> Option<Piece> {
        let first = address.trim_start_matches('/').split('/').next().unwrap_or_default();
        let own = self
            .site()
            .model
            .settings
            .language(first)
            .filter(|own| own.lang != *self.site().main_lang());
        let route = match own {
            Some(own) => Route::new(format!("{}/404.html", own.lang.as_str())),
            None => Route::new("404.html"),
        };
        self.piece(&route)
    }

    fn about(&self, route: &Route) -> Option<About> {
        let (id, lang) = self.subject(route)?;
        let place = self.site().places.get(id)?;
        let state = place.hidden_because.unwrap_or(place.state);
        Some(About { path: file(&place.entry, lang).clone(), state })
    }

    fn page_of(&self, path: &RelPath) -> Option<Route> {
        let site = self.site();
        let main = site.main_lang();
        let rows = || Some((EntryId::section(layout::home_folder(path)), main));
        let known = site.by_path.get(&path.in_composed_form());
        let known = known.map(|(id, lang)| (id.clone(), lang.as_ref().unwrap_or(main)));
        let (id, lang) = known.or_else(|| rows().filter(|_| path.name() == "_entries.toml"))?;
        let route = site.places.get(&id)?.pages.get(lang)?;
        site.outputs.contains_key(route).then(|| route.clone())
    }

    fn base_path(&self) -> String {
        self.site().base_path().to_owned()
    }
}

/// A page for what cannot be made and never could; why is told by the findings.
fn unmade(tongue: Tongue) -> Piece {
    let (lang, title, text) = match tongue {
        Tongue::De => (
            "de",
            "Diese Seite lässt sich nicht herstellen",
            "Was zu tun ist, steht im Kasten über dieser Seite und im Terminal.",
        ),
        Tongue::En => (
            "en",
            "This page cannot be made",
            "What to do is said in the box above this page, and in the terminal.",
        ),
    };
    let html = format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n\
         <body>\n<h1>{title}</h1>\n<p>{text}</p>\n</body>\n</html>\n"
    );
    let print = Fingerprint::of_bytes(html.as_bytes());
    Piece { body: Body::Text(html.into_bytes().into()), print, is_old: true }
}
