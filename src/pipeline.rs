//! The six steps, in order, on one page; and what is kept between runs.
//!
//! [`Builder::build`] runs the pipeline once. A second run on the same builder reuses whatever
//! still holds: parse results by content, rendered results by the answers they rest on. Dropping
//! the builder costs time and changes nothing else.

mod cold;
pub mod demand;
mod input;
mod ledger;
mod output;
mod questions;
mod quick;
mod warm;

use std::collections::BTreeSet;
use std::io::Read;
use std::sync::Arc;

use jiff::Timestamp;

use crate::diag::{self, Code, Diagnostic, Severity, Tongue};
use crate::lang::zone::{Now, Zone};
use crate::model::settings::Settings;
use crate::model::theme::Theme;
use crate::model::{self, Model, Parsed};
use crate::path::{RelPath, Route};
use crate::print::Fingerprint;
use crate::render::engine::Engine;
use crate::render::gather;
use crate::render::round::Round;
use crate::resolve;
use crate::site::{Site, World};
use crate::source::{Files, TEXT_LIMIT, text};

use ledger::Ledger;
pub use output::{Collected, Content, Nowhere, Sink};

/// What a build depends on beside the files.
#[derive(Clone, Debug)]
pub struct Options {
    /// The one clock reading.
    pub now: Moment,
    /// Whether drafts and scheduled entries are shown.
    pub preview: bool,
    /// The site's address, in place of the one in the settings.
    pub base_url: Option<String>,
}

/// A moment, as it was given.
#[derive(Clone, Debug)]
pub enum Moment {
    /// A moment anywhere.
    Instant(Timestamp),
    /// A date, or date and time, in the site's zone.
    Local(String),
}

impl Moment {
    /// The moment in a zone; the start of 1970 for a text that is no date, which is then said.
    fn in_zone(&self, notes: &mut Vec<Diagnostic>, zone: &Zone) -> Now {
        let at = |instant| Now { instant, zone: zone.clone() };
        match self {
            Self::Instant(instant) => at(*instant),
            Self::Local(text) => Now::parse(text, zone.clone()).unwrap_or_else(|| {
                let message = crate::words!("`{text}` ist kein Zeitpunkt", "`{text}` is no moment");
                notes.push(Diagnostic::without_place(Code::InvalidDate, message));
                at(Timestamp::UNIX_EPOCH)
            }),
        }
    }
}

/// What a build did.
#[derive(Clone, Debug)]
pub struct Build {
    /// All that is to be said, in order.
    pub diagnostics: Vec<Diagnostic>,
    /// All routes.
    pub routes: Vec<Route>,
    /// How many of them are pages.
    pub pages: usize,
    /// The routes that were rendered in this run, in order.
    pub rendered: Vec<Route>,
    /// When the output would next change by itself.
    pub next_change: Option<String>,
    /// The language of messages: the site's main one, if it is German or English.
    pub tongue: Tongue,
}

impl Build {
    /// Whether nothing may be published.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|note| note.severity == Severity::Error)
    }
}

/// What is kept between builds.
#[derive(Default)]
pub struct Builder {
    /// Parse results by path.
    parsed: input::Kept,
    /// Entries by main file.
    families: model::Kept,
    /// The compiled templates.
    engine: Option<Compiled>,
    /// What each output rests on.
    ledger: Ledger,
    /// The last site, and what it was made from.
    last: Option<Last>,
    /// Whether anything is kept at all.
    keeps: bool,
}

/// The compiled templates, with what was said of them.
struct Compiled {
    /// The fingerprint of their texts.
    print: Fingerprint,
    /// The templates.
    engine: Arc<Engine>,
    /// What was said.
    notes: Vec<Diagnostic>,
}

/// A site, and what it was made from, but for the Markdown files: whoever held them too would have
/// all of them copied when one changes.
struct Last {
    /// What all files were read against.
    ground: input::Ground,
    /// The TOML files, those that are published as they are, what each file is, and what could not be
    /// read.
    beside: quick::Beside,
    /// The site.
    site: Arc<Site>,
    /// The files with errors that show before all is checked.
    faulty: quick::Faulty,
}

impl Last {
    /// A site made from something.
    fn new(from: &From, site: Arc<Site>, faulty: quick::Faulty) -> Self {
        let (ground, beside) = (from.ground.clone(), quick::Beside::of(&from.parsed));
        Self { ground, beside, site, faulty }
    }
}

/// What a site is made from: all files, parsed.
struct From {
    /// What they are read against.
    ground: input::Ground,
    /// The files.
    parsed: Parsed,
}

/// A site that can be shown: all that pages need is there. What there is to say about it is not
/// complete.
pub struct Placed {
    /// The site, and the templates.
    pub round: Arc<Round>,
    /// Names the state of the files, and of all else that the site depends on.
    pub state: Fingerprint,
    /// The language of messages: the site's main one, if it is German or English.
    pub tongue: Tongue,
    /// What was said so far.
    notes: Vec<Diagnostic>,
    /// What it is to be made from once more, if that was cut short.
    short: Option<Arc<From>>,
    /// The files with errors that show before all is checked.
    faulty: quick::Faulty,
}

impl Placed {
    /// Whether it was made the short way, from the last one.
    pub fn is_short(&self) -> bool {
        self.short.is_some()
    }

    /// The files with errors that show before all is checked.
    pub fn faulty(&self) -> BTreeSet<RelPath> {
        self.faulty.all()
    }
}

/// A site of which all is said but what its templates make of it.
pub struct Checked {
    /// Names the state of the files, and of all else that the site depends on.
    pub state: Fingerprint,
    /// The language of messages.
    pub tongue: Tongue,
    /// The site.
    site: Arc<Site>,
    /// The templates.
    engine: Arc<Engine>,
    /// What was said.
    notes: Vec<Diagnostic>,
    /// Whether it is another than the one that was placed: the short way led astray.
    is_other: bool,
}

impl Checked {
    /// The site and the templates, if it is another than the one that was placed: the short way led
    /// astray, and what was shown so far is to be replaced.
    pub fn other(&self) -> Option<Arc<Round>> {
        self.is_other.then(|| Round::new(Arc::new(self.site.afresh()), self.engine.clone()))
    }

    /// All that was said, in order.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let mut notes = self.notes.clone();
        diag::sort(&mut notes);
        notes
    }

    /// How many pages the site has.
    pub fn pages(&self) -> usize {
        pages(&self.site)
    }
}

impl Builder {
    /// A builder that will build again.
    pub fn warm() -> Self {
        Self { parsed: input::Kept::warm(), keeps: true, ..Self::default() }
    }

    /// Makes the site that `files` describes and hands every output to `sink`; what still holds
    /// from the last time is named, not made again.
    pub fn build(&mut self, files: &dyn Files, options: &Options, sink: &dyn Sink) -> Build {
        let placed = self.place(files, options);
        match self.keeps {
            true => {
                let checked = self.check(&placed, &|| false);
                let build = checked.and_then(|checked| self.finish(&checked, sink, &|| false));
                build.expect("nobody broke it off")
            }
            false => cold::finish(placed, sink),
        }
    }

    /// The first four steps, as far as pages need them.
    pub fn place(&mut self, files: &dyn Files, options: &Options) -> Placed {
        let mut notes = Vec::new();
        let ground = self.parsed.ground(&mut notes, files);
        let parsed = self.parsed.parse(&mut notes, files, &ground);
        if !self.keeps {
            release(parsed.docs.len(), std::mem::take(&mut self.parsed));
        }
        let tongue = ground.settings.main().tongue().unwrap_or(Tongue::En);
        let world = world(&mut notes, &ground.settings, options);
        let from = Arc::new(From { ground, parsed });
        let quick = self.last.as_ref().and_then(|last| quick::site(last, &from, &world));
        let is_short = quick.is_some();
        let files = self.keeps.then(|| self.parsed.print());
        let families = self.keeps.then_some(&mut self.families);
        let before = self.last.as_ref();
        let last = before.map(|last| &*last.site);
        let whole = |notes: &mut Vec<Diagnostic>| {
            let model = model(notes, &from, families);
            if !self.keeps {
                release(from.parsed.docs.len(), from.clone());
            }
            resolve::place(notes, model, world, last)
        };
        let ((mut site, known), compiled) = rayon::join(
            || match quick {
                Some((site, faulty)) => (site, faulty),
                None => (whole(&mut notes), quick::Faulty::default()),
            },
            || compile(self.engine.take(), &from.ground.theme),
        );
        let mut faulty = known;
        faulty.wrong.extend(self::faulty(&notes));
        if let Some(last) = before.filter(|_| !is_short) {
            faulty.astray = quick::astray_anywhere(last, &site);
        }
        notes.extend(compiled.notes.iter().cloned());
        site.broken.clone_from(compiled.engine.broken());
        let engine = compiled.engine.clone();
        self.engine = Some(compiled);
        let site = Arc::new(site);
        if self.keeps {
            self.last = Some(Last::new(&from, site.clone(), faulty.clone()));
        }
        let short = is_short.then_some(from);
        let World { preview, base_url, .. } = &site.world;
        let ordered = (preview, base_url, &options.base_url);
        let state = Fingerprint::of(&(files, ordered, site.next_change));
        Placed { round: Round::new(site, engine), state, tongue, notes, short, faulty }
    }

    /// The first three steps: reads, parses and types all files. What comes of it does not know the
    /// time; [`resolve`](resolve::resolve) puts it into place for any moment.
    pub fn model(&mut self, notes: &mut Vec<Diagnostic>, files: &dyn Files) -> Model {
        let ground = self.parsed.ground(notes, files);
        let parsed = self.parsed.parse(notes, files, &ground);
        model(notes, &From { ground, parsed }, None)
    }
}

/// Types all files.
fn model(notes: &mut Vec<Diagnostic>, from: &From, families: Option<&mut model::Kept>) -> Model {
    let input::Ground { settings, schema, theme, .. } = &from.ground;
    let ground = (settings.clone(), schema.clone(), theme.clone());
    model::build(notes, ground, &from.parsed, families)
}

/// The compiled templates, anew only if one of them changed.
fn compile(known: Option<Compiled>, theme: &Theme) -> Compiled {
    let print = theme.print();
    known.filter(|known| known.print == print).unwrap_or_else(|| {
        let (engine, notes) = Engine::compile(theme);
        Compiled { print, engine: Arc::new(engine), notes }
    })
}

/// What is to be told of a build.
fn told(
    (site, tongue): (&Site, Tongue),
    (mut notes, failed): (Vec<Diagnostic>, Vec<Diagnostic>),
    rendered: Vec<Route>,
) -> Build {
    notes.extend(gather(without_consequences(failed, &notes)));
    diag::sort(&mut notes);
    Build {
        diagnostics: notes,
        routes: site.outputs.keys().cloned().collect(),
        pages: pages(site),
        rendered,
        next_change: site.next_change.map(|moment| moment.to_string()),
        tongue,
    }
}

/// The files with errors.
fn faulty(notes: &[Diagnostic]) -> BTreeSet<RelPath> {
    let is_error = |note: &&Diagnostic| note.severity == Severity::Error;
    notes.iter().filter(is_error).filter_map(|note| Some(note.place()?.path.clone())).collect()
}

/// How many pages a site has.
fn pages(site: &Site) -> usize {
    site.outputs.values().filter(|output| output.is_page()).count()
}

/// Failures of templates, but for those on pages whose file is wrong itself: what is missing there
/// may be why.
fn without_consequences(failed: Vec<Diagnostic>, notes: &[Diagnostic]) -> Vec<Diagnostic> {
    let faulty = faulty(notes);
    let is_own = |note: &Diagnostic| {
        note.code != Code::TemplateFailure
            || note.labels.iter().skip(1).all(|label| !faulty.contains(&label.span.path))
    };
    failed.into_iter().filter(is_own).collect()
}

/// Frees what is large without making the caller wait for it.
fn release(size: usize, value: impl Send + 'static) {
    const LARGE: usize = 1000;
    if size > LARGE {
        rayon::spawn(move || drop(value));
    }
}

/// What the output depends on beside the files, completed from the settings.
fn world(notes: &mut Vec<Diagnostic>, settings: &Settings, options: &Options) -> World {
    let base_url = match options.base_url.as_deref() {
        Some(url) if model::address::is_site(url) => {
            Arc::from(format!("{}/", url.trim_end_matches('/')))
        }
        Some(url) => {
            notes.push(Diagnostic::without_place(
                Code::SiteSetting,
                crate::words!(
                    "`--base-url {url}` ist keine Webadresse",
                    "`--base-url {url}` is no web address"
                ),
            ));
            settings.base_url.clone()
        }
        None => settings.base_url.clone(),
    };
    World { now: options.now.in_zone(notes, &settings.zone), preview: options.preview, base_url }
}

/// The text of a source file, for showing diagnostics.
pub fn text_of(files: &dyn Files, path: &RelPath) -> Option<String> {
    let mut bytes = Vec::new();
    // A film that nobody points to must not be read in full to say so.
    files.open(path).ok()?.take(TEXT_LIMIT + 1).read_to_end(&mut bytes).ok()?;
    text::for_display(&bytes)
}
