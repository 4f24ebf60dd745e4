//! The six steps, in order, on one page; and what is kept between runs.
//!
//! [`Builder::build`] runs the pipeline once. A second run on the same builder reuses whatever
//! still holds: parse results by content, rendered results by the answers they rest on. Dropping
//! the builder costs time and changes nothing else.

mod input;
mod output;

use std::collections::{BTreeSet, HashMap};
use std::io::Read;
use std::sync::Arc;

use jiff::Timestamp;
use rayon::prelude::*;

use crate::diag::{self, Code, Diagnostic, Severity, Tongue};
use crate::lang::zone::{Now, Zone};
use crate::model::entry::EntryId;
use crate::model::settings::Settings;
use crate::model::theme::Theme;
use crate::model::{self, Model};
use crate::path::{RelPath, Route};
use crate::print::Fingerprint;
use crate::render::body::{self, BodyKey};
use crate::render::engine::Engine;
use crate::render::round::Round;
use crate::render::track::{self, Memo};
use crate::render::{gather, page};
use crate::resolve;
use crate::site::{Filled, Output, World};
use crate::source::{Files, TEXT_LIMIT, text};

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

/// A filled body, or why it cannot be filled.
type Attempt = Result<Memo<Filled>, Vec<Diagnostic>>;

/// What each output rests on.
type Known = HashMap<(Route, Output), Memo<()>>;

/// What is kept between builds.
#[derive(Default)]
pub struct Builder {
    /// Parse results by path.
    parsed: input::Kept,
    /// The compiled templates, with what was said of them.
    engine: Option<(Fingerprint, Arc<Engine>, Vec<Diagnostic>)>,
    /// Filled bodies.
    bodies: HashMap<BodyKey, Memo<Filled>>,
    /// Outputs: only what they rest on, not their bytes.
    outputs: Known,
    /// Whether anything is kept at all.
    keeps: bool,
}

impl Builder {
    /// A builder that will build again.
    pub fn warm() -> Self {
        Self { keeps: true, ..Self::default() }
    }

    /// Makes the site that `files` describes and hands every output to `sink`; what still holds
    /// from the last time is named, not made again.
    pub fn build(&mut self, files: &dyn Files, options: &Options, sink: &dyn Sink) -> Build {
        let mut notes = Vec::new();
        let model = self.model(&mut notes, files);
        let world = world(&mut notes, &model.settings, options);
        let tongue = model.settings.main().tongue().unwrap_or(Tongue::En);
        let theme = model.theme.clone();
        let compile = || {
            let mut said = Vec::new();
            (self.engine(&mut said, &theme), said)
        };
        let resolve = || resolve::resolve(&mut notes, model, world);
        let (mut site, (engine, mut said)) = rayon::join(resolve, compile);
        notes.append(&mut said);
        site.broken.clone_from(engine.broken());
        let mut failed = Vec::new();
        let site = Arc::new(site);
        self.fill(&mut failed, &Round::new(site.clone(), engine.clone()));
        let rendered = self.render(&mut failed, &Round::new(site.clone(), engine), sink);
        notes.extend(gather(without_consequences(failed, &notes)));
        diag::sort(&mut notes);
        let next_change = site.next_change.map(|moment| moment.to_string());
        let routes: Vec<Route> = site.outputs.keys().cloned().collect();
        let pages = site.outputs.values().filter(|output| is_page(output)).count();
        release(site.outputs.len(), site);
        Build { diagnostics: notes, routes, pages, rendered, next_change, tongue }
    }

    /// The first three steps: reads, parses and types all files. What comes of it does not know the
    /// time; [`resolve`](resolve::resolve) puts it into place for any moment.
    pub fn model(&mut self, notes: &mut Vec<Diagnostic>, files: &dyn Files) -> Model {
        let ground = input::ground(notes, files);
        let mut parsed = self.parsed.parse(notes, files, &ground);
        if !self.keeps {
            release(parsed.docs.len(), std::mem::take(&mut self.parsed));
        }
        let input::Ground { settings, schema, theme, .. } = ground;
        let model = model::build(notes, (settings, schema, theme), &mut parsed);
        release(parsed.docs.len(), parsed);
        model
    }

    /// The compiled templates, anew only if one of them changed.
    fn engine(&mut self, notes: &mut Vec<Diagnostic>, theme: &Theme) -> Arc<Engine> {
        let print = theme.print();
        if self.engine.as_ref().is_none_or(|(known, ..)| *known != print) {
            let (engine, said) = Engine::compile(theme);
            self.engine = Some((print, Arc::new(engine), said));
        }
        let (_, engine, said) = self.engine.as_ref().expect("set just above");
        notes.extend(said.iter().cloned());
        engine.clone()
    }

    /// The first round: fills bodies. A builder that keeps nothing fills only those that several
    /// pages show; the others are filled just before their page is made.
    fn fill(&mut self, failed: &mut Vec<Diagnostic>, round: &Arc<Round>) {
        let site = &round.site;
        let keys = match self.keeps {
            true => body::wanted(site, |_| true),
            false => {
                let shared = body::shared(site);
                body::wanted(site, |id| shared.contains(id))
            }
        };
        let old = std::mem::take(&mut self.bodies);
        let made: Vec<(BodyKey, Attempt)> = keys
            .into_par_iter()
            .map(|key| {
                let made = match old.get(&key).filter(|memo| memo.holds(site)) {
                    Some(memo) => Ok(memo.clone()),
                    None => Memo::record((round, &key.lang), || body::render(round, &key)),
                };
                (key, made)
            })
            .collect();
        for (key, result) in made {
            match result {
                Ok(memo) => {
                    site.bodies.put(&key.id, &key.lang, memo.value.clone());
                    if self.keeps {
                        self.bodies.insert(key, memo);
                    }
                }
                Err(mut said) => failed.append(&mut said),
            }
        }
        site.begin_second_round();
    }

    /// The second round: makes all outputs. Returns the routes that were rendered.
    fn render(
        &mut self,
        failed: &mut Vec<Diagnostic>,
        round: &Arc<Round>,
        sink: &dyn Sink,
    ) -> Vec<Route> {
        let site = &round.site;
        let old = std::mem::take(&mut self.outputs);
        let outputs: Vec<(&Route, &Output)> = site.outputs.iter().collect();
        let keeps = self.keeps;
        let shared = body::shared(site);
        let made: Vec<Rendered> = outputs
            .par_iter()
            .map(|(route, output)| match keeps {
                true => again(round, (route, output), (&old, sink)),
                false => once(round, (route, output), (&shared, sink)),
            })
            .collect();
        let mut rendered = Vec::new();
        for ((route, output), made) in outputs.into_iter().zip(made) {
            match made {
                Rendered::Failed(mut said) => failed.append(&mut said),
                Rendered::Once => rendered.push(route.clone()),
                Rendered::Same(memo) => {
                    self.outputs.insert((route.clone(), output.clone()), memo);
                }
                Rendered::New(memo) => {
                    rendered.push(route.clone());
                    self.outputs.insert((route.clone(), output.clone()), memo);
                }
            }
        }
        rendered
    }
}

/// Failures of templates, but for those on pages whose file is wrong itself: what is missing there
/// may be why.
fn without_consequences(failed: Vec<Diagnostic>, notes: &[Diagnostic]) -> Vec<Diagnostic> {
    let is_error = |note: &&Diagnostic| note.severity == Severity::Error;
    let faulty: BTreeSet<_> =
        notes.iter().filter(is_error).filter_map(|note| Some(note.place()?.path.clone())).collect();
    let is_own = |note: &Diagnostic| {
        note.code != Code::TemplateFailure
            || note.labels.iter().skip(1).all(|label| !faulty.contains(&label.span.path))
    };
    failed.into_iter().filter(is_own).collect()
}

/// What became of one output.
enum Rendered {
    /// It is what it was in the last build.
    Same(Memo<()>),
    /// It was made, and rests on these answers.
    New(Memo<()>),
    /// It was made, and nothing is kept of it.
    Once,
    /// It could not be made.
    Failed(Vec<Diagnostic>),
}

/// Makes one output unless what is known of it still holds.
fn again(
    round: &Arc<Round>,
    (route, output): (&Route, &Output),
    (old, sink): (&Known, &dyn Sink),
) -> Rendered {
    let site = &round.site;
    let known = old.get(&(route.clone(), output.clone()));
    let known = known.filter(|memo| !page::is_always_made(output) && memo.holds(site));
    if let Some(memo) = known {
        sink.keep(route);
        return Rendered::Same(memo.clone());
    }
    let lang = page::lang_of(site, output);
    match Memo::record((round, &lang), || page::render(round, (route, output))) {
        Ok(memo) => {
            output::hand_over(sink, route, &memo.value);
            Rendered::New(memo.without_value())
        }
        Err(said) => Rendered::Failed(said),
    }
}

/// Makes one output with its body, and keeps nothing.
fn once(
    round: &Arc<Round>,
    (route, output): (&Route, &Output),
    (shared, sink): (&BTreeSet<EntryId>, &dyn Sink),
) -> Rendered {
    let site = &round.site;
    let lang = page::lang_of(site, output);
    let mut said = Vec::new();
    let made = track::once((round, &lang), || {
        let place = match output {
            Output::Entry(id, _) if !shared.contains(id) => site.places.get(id),
            _ => None,
        };
        let key = place.map(|place| body::passing_key(site, place, &lang));
        if let Some(key) = &key {
            match body::render(round, key) {
                Ok(body) => site.bodies.put(&key.id, &key.lang, body),
                Err(mut notes) => said.append(&mut notes),
            }
        }
        let made = page::render(round, (route, output));
        if let Some(key) = &key {
            site.bodies.take(&key.id, &key.lang);
        }
        made
    });
    match made {
        Ok(made) => output::hand_over(sink, route, &made),
        Err(mut notes) => said.append(&mut notes),
    }
    if said.is_empty() { Rendered::Once } else { Rendered::Failed(said) }
}

/// Whether an output is a page that people read.
fn is_page(output: &Output) -> bool {
    matches!(
        output,
        Output::Entry(..) | Output::List(..) | Output::Inverse(..) | Output::NotFound(_)
    )
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
