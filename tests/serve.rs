//! The oracle of `serve`: after any series of edits, every address answers with the bytes of a clean
//! build of the same files.
//!
//! A real site on disk, the real watch and workshop, a real server, and a client at a socket. The
//! edits are those of [`incremental`](crate::incremental); here they are saved as editors do. While
//! the server follows, somebody asks it for pages all the time: each answer names the state that it
//! is from, and must be what a clean build of that state gives. What is answered from an earlier
//! state because the newest has errors must say so.

mod client;
mod folder;
mod program;
mod reload;
mod running;
mod soak;

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::fs;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::SignedDuration;
use schaukasten::diag::{Diagnostic, Severity};
use schaukasten::path::{RelPath, Route};
use schaukasten::pipeline::{Build, Builder, Collected, Moment, Options, demand};
use schaukasten::print::Fingerprint;
use schaukasten::render::round::Round;
use schaukasten::site::Output;
use schaukasten::source::Memory;
use schaukasten::source::embedded::{Embedded, Overlay};
use schaukasten::write::manifest::{self, Manifest};

use crate::incremental::dice::Dice;
use crate::incremental::edits;
use crate::incremental::site::{self, Site};
use crate::incremental::theme::Theme;
use crate::incremental::{Outputs, bytes, first_difference, in_short, rounds, seed};
use client::{Client, Reply};
use folder::Folder;
use running::Running;

/// A state takes no longer to be shown, unless it never is.
const LONG: Duration = Duration::from_secs(30);

/// So many states are remembered.
const REMEMBERED: usize = 12;

/// Which states may be the last one without errors: that depends on who was faster.
#[derive(Default)]
struct Good {
    /// The states.
    states: Vec<Arc<Expected>>,
    /// Whether one of them is it for sure.
    is_any: bool,
}

/// What a clean build makes of a state of the files.
struct Expected {
    /// The state's name.
    state: String,
    /// What came of it.
    build: Build,
    /// The bytes of all outputs that can be made.
    outputs: Outputs,
    /// The site.
    round: Arc<Round>,
    /// The files with errors.
    faulty: BTreeSet<RelPath>,
}

impl Expected {
    /// Builds a site without a past. What the state is called is known to a builder that follows it.
    fn of(memory: &Memory, options: &Options, follower: &mut Builder) -> Self {
        let files = Overlay { top: memory, bottom: &Embedded };
        let sink = Collected::default();
        let (placed, build) = rayon::join(
            || follower.place(&files, options),
            || Builder::default().build(&files, options, &sink),
        );
        let outputs = bytes(&files, sink.finish().0);
        let is_error = |note: &&Diagnostic| note.severity == Severity::Error;
        let errors = build.diagnostics.iter().filter(is_error);
        let faulty = errors.filter_map(|note| Some(note.place()?.path.clone())).collect();
        let state = placed.state.to_string();
        Self { state, build, outputs, round: placed.round, faulty }
    }

    /// The address of a route on the server.
    fn url(&self, route: &Route) -> String {
        route.address_below(self.round.site.base_path().trim_end_matches('/'))
    }

    /// Whether there is to be an output, made or not.
    fn has(&self, route: &Route) -> bool {
        self.build.routes.binary_search(route).is_ok()
    }

    /// Whether a page is about something whose files have errors.
    fn is_faulty(&self, route: &Route) -> bool {
        let site = &self.round.site;
        let id = match site.outputs.get(route) {
            Some(Output::Entry(id, _) | Output::List(id, ..) | Output::Inverse(id, ..)) => id,
            _ => return false,
        };
        site.places.get(id).map(|place| &place.entry).is_some_and(|entry| {
            let words = entry.words.values().map(|words| &words.path);
            words.chain([&entry.path]).any(|path| self.faulty.contains(path))
        })
    }

    /// What an answer from this state is not, but should be.
    fn fault(&self, route: &Route, reply: &Reply, good: &Good) -> Option<String> {
        if reply.is_old {
            return self.fault_of_old(route, reply, good);
        }
        let found = match self.outputs.get(route) {
            Some(wanted) if reply.code == 200 && reply.body == *wanted => {
                let tag = schaukasten::print::Fingerprint::of_bytes(wanted).to_string();
                return (reply.tag != tag).then(|| format!("has tag {}", reply.tag));
            }
            Some(wanted) => first_difference(&reply.body, wanted),
            None if !self.has(route) && reply.code == 404 => return None,
            None => "  should not be there, or should be marked as old".to_owned(),
        };
        Some(format!("answers {} with{found}", reply.code))
    }

    /// The same for an answer that says that it is from an earlier state.
    fn fault_of_old(&self, route: &Route, reply: &Reply, good: &Good) -> Option<String> {
        if !self.build.has_errors() {
            return Some("is old, but there are no errors".to_owned());
        }
        let is_missing = reply.code == 404 && !self.has(route);
        let can_be_made = matches!(demand::make(&self.round, route), Some(Ok(_)));
        if can_be_made && !self.is_faulty(route) {
            return Some("is old, but can be made from files without errors".to_owned());
        }
        // Where nothing is, it is the page that says so which is old.
        let is_it = |found: &Route| match is_missing {
            true => found.as_str().ends_with("404.html"),
            false => found == route,
        };
        let pages = |state: &Self| -> Vec<Vec<u8>> {
            let pages = state.outputs.iter().filter(|(route, _)| is_it(route));
            pages.map(|(_, page)| page.clone()).collect()
        };
        let is_known = good.states.iter().any(|good| pages(good).contains(&reply.body));
        let may_be_none = !good.is_any || good.states.iter().any(|good| pages(good).is_empty());
        let words = ["<h1>Diese Seite lässt sich nicht", "<h1>This page cannot be made"];
        let is_unmade = may_be_none && words.iter().any(|words| reply.text().contains(words));
        (!is_known && !is_unmade).then(|| format!("is old, but never was so: {}", reply.text()))
    }
}

/// What came of a series of edits.
#[derive(Default, Debug)]
struct Tally {
    /// The states that were compared as a whole.
    states: usize,
    /// Those without errors.
    sound: usize,
    /// The answers compared.
    compared: usize,
    /// The answers that came from an earlier state, and said so.
    old: usize,
    /// The answers given while the state changed.
    hasty: usize,
    /// Those of them that were from a state which nobody meant to make.
    unknown: usize,
    /// How often all that was said was compared.
    said: usize,
    /// The time spent waiting for states.
    waited: Duration,
    /// The longest of it.
    longest: Duration,
}

/// A site, the server that shows it, and what is known of both.
struct Play {
    /// The site.
    site: Site,
    /// The server.
    server: Running,
    /// The site's files, which the server must not outlive.
    folder: Folder,
    /// Two who ask.
    clients: [Client; 2],
    /// The throws for all but the edits.
    dice: Dice,
    /// Names the states.
    follower: Builder,
    /// The states of late, by name.
    known: HashMap<String, Arc<Expected>>,
    /// Their names, the oldest first.
    names: VecDeque<String>,
    /// The states that may be the last one without errors.
    good: Good,
    /// The last state that was compared.
    last: Option<Arc<Expected>>,
    /// Addresses where there was something once.
    vanished: BTreeMap<Route, String>,
    /// The edits.
    history: Vec<String>,
    /// What came of it.
    tally: Tally,
}

impl Play {
    /// Starts the server.
    fn new(site: Site, seed: u64) -> Self {
        let folder = Folder::new(&site.memory());
        let server = Running::start(&folder.root(), site.options(), site.now());
        let clients = [Client::new(server.address), Client::new(server.address)];
        Self {
            site,
            folder,
            server,
            clients,
            dice: Dice::new(seed.wrapping_add(77)),
            follower: Builder::warm(),
            known: HashMap::new(),
            names: VecDeque::new(),
            good: Good::default(),
            last: None,
            vanished: BTreeMap::new(),
            history: Vec::new(),
            tally: Tally::default(),
        }
    }

    /// Starts another server on the same files: what it was started with has changed.
    fn restart(&mut self) {
        self.server = Running::start(&self.folder.root(), self.site.options(), self.site.now());
        self.clients = [Client::new(self.server.address), Client::new(self.server.address)];
        self.good = Good::default();
        self.known.clear();
        self.names.clear();
        self.last = None;
    }

    /// Saves the site.
    fn save(&mut self) {
        self.server.set_clock(self.site.now());
        self.folder.bring_to(&self.site.memory(), &mut self.dice);
    }

    /// Fails, with all that is needed to play it again.
    fn fail(&self, what: &str) -> ! {
        let last = self.history.len().saturating_sub(6);
        panic!("seed {}, after the edits {:#?}\n{what}", seed(), &self.history[last..]);
    }

    /// Learns what a state should be.
    fn learn(&mut self, memory: &Memory) -> Arc<Expected> {
        let expected = Arc::new(Expected::of(memory, &self.site.options(), &mut self.follower));
        let name = expected.state.clone();
        if self.known.insert(name.clone(), expected.clone()).is_none() {
            self.names.push_back(name);
        }
        if self.names.len() > REMEMBERED {
            let oldest = self.names.pop_front();
            oldest.map(|oldest| self.known.remove(&oldest));
        }
        if !expected.build.has_errors() {
            self.good.states.push(expected.clone());
        }
        expected
    }

    /// Waits for the state of the files, asking for pages meanwhile, and compares all of it.
    fn compare(&mut self) {
        // What was there for a while is learnt first: who waits for the server must not do so in
        // builds, as somebody would be too late to see it.
        let hasty = self.follow();
        let between = std::mem::take(&mut self.folder.between);
        between.iter().for_each(|memory| drop(self.learn(memory)));
        let expected = self.learn(&self.site.memory());
        self.settle(&expected);
        for (route, url, reply) in hasty {
            self.tally.hasty += 1;
            let Some(state) = self.known.get(&reply.state) else {
                self.tally.unknown += 1;
                continue;
            };
            // A site that lies elsewhere now has nothing there, or leads away.
            let fault = state.fault(&route, &reply, &self.good);
            if let Some(fault) = fault.filter(|_| state.url(&route) == url) {
                self.fail(&format!("while it changed to {}, {route} {fault}", reply.state));
            }
        }
        self.compare_all(&expected);
        if self.dice.one_in(8) {
            self.compare_said(&expected);
        }
        for route in &expected.build.routes {
            self.vanished.insert(route.clone(), expected.url(route));
        }
        self.tally.states += 1;
        self.tally.sound += usize::from(!expected.build.has_errors());
        self.last = Some(expected);
    }

    /// Asks for a few pages while the server takes up what was saved.
    fn follow(&mut self) -> Vec<(Route, String, Reply)> {
        let Some(last) = self.last.clone() else { return Vec::new() };
        let mut replies = Vec::new();
        let routes = &last.build.routes;
        for _ in 0..self.dice.below(12) {
            if routes.is_empty() {
                break;
            }
            let route = self.dice.pick(routes).clone();
            let which = self.dice.below(2);
            let url = last.url(&route);
            let reply = self.clients[which].get(&url);
            replies.push((route, url, reply));
        }
        replies
    }

    /// Waits until the server says that it shows a state.
    fn settle(&mut self, expected: &Expected) {
        let begun = Instant::now();
        let wanted = format!("\"state\":\"{}\"", expected.state);
        loop {
            let state = self.clients[0].get("/__schaukasten/state").text();
            if state.contains(&wanted) {
                break;
            }
            if begun.elapsed() > LONG || !self.server.is_alive() {
                self.fail(&format!("{wanted} is not shown, but {state}"));
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        self.tally.waited += begun.elapsed();
        self.tally.longest = self.tally.longest.max(begun.elapsed());
    }

    /// Compares the answers at all addresses with a state.
    fn compare_all(&mut self, expected: &Expected) {
        let mut urls: Vec<(Route, String)> = expected
            .build
            .routes
            .iter()
            .map(|route| (route.clone(), expected.url(route)))
            .collect();
        let base = expected.round.site.base_path().trim_end_matches('/').to_owned();
        let gone = self
            .vanished
            .iter()
            .filter(|(route, url)| !expected.has(route) && url.starts_with(&format!("{base}/")));
        urls.extend(gone.map(|(route, _)| (route.clone(), expected.url(route))).take(20));
        let begun = Instant::now();
        while !urls.is_empty() {
            if begun.elapsed() > LONG {
                self.fail("the state is left again and again");
            }
            self.settle(expected);
            let replies = self.ask(&urls);
            let mut again = Vec::new();
            for ((route, url), reply) in std::mem::take(&mut urls).into_iter().zip(replies) {
                // What was there between two steps of a save may still be on its way.
                if reply.state != expected.state {
                    again.push((route, url));
                    continue;
                }
                if let Some(fault) = expected.fault(&route, &reply, &self.good) {
                    self.fail(&format!("{url} {fault}"));
                }
                self.tally.compared += 1;
                self.tally.old += usize::from(reply.is_old);
            }
            urls = again;
        }
        self.compare_missing(expected, &base);
    }

    /// Asks for all addresses, two at a time.
    fn ask(&mut self, urls: &[(Route, String)]) -> Vec<Reply> {
        let [one, other] = &mut self.clients;
        let (first, second) = urls.split_at(urls.len() / 2);
        let get = |client: &mut Client, urls: &[(Route, String)]| {
            urls.iter().map(|(_, url)| client.get(url)).collect::<Vec<_>>()
        };
        std::thread::scope(|scope| {
            let rest = scope.spawn(|| get(other, second));
            let mut all = get(one, first);
            all.extend(rest.join().unwrap());
            all
        })
    }

    /// Compares the answers where nothing is with the pages that say so.
    fn compare_missing(&mut self, expected: &Expected, base: &str) {
        let site = &expected.round.site;
        let main = site.main_lang().as_str().to_owned();
        for first in ["nirgends", "en", "fr"] {
            let is_lang = site.model.settings.language(first).is_some() && first != main;
            let route = match is_lang {
                true => Route::new(format!("{first}/404.html")),
                false => Route::new("404.html"),
            };
            let reply = self.clients[0].get(&format!("{base}/{first}/nichts/davon/"));
            if reply.state != expected.state || reply.is_old {
                continue;
            }
            let wanted = expected.outputs.get(&route);
            if reply.code != 404 || wanted.is_some_and(|wanted| *wanted != reply.body) {
                self.fail(&format!("{first}/nichts/davon/ is not {route}: {}", reply.text()));
            }
        }
    }

    /// Compares what is said about a state with what a clean build says.
    fn compare_said(&mut self, expected: &Expected) {
        let begun = Instant::now();
        let found = loop {
            if let Some(found) = self.server.findings(&expected.state) {
                break found;
            }
            if begun.elapsed() > LONG || !self.server.is_alive() {
                self.fail("not all is said");
            }
            std::thread::sleep(Duration::from_millis(2));
        };
        if *found.diagnostics != *expected.build.diagnostics {
            let list = |notes: &[_]| notes.iter().map(in_short).collect::<Vec<_>>();
            let (found, wanted) = (list(&found.diagnostics), list(&expected.build.diagnostics));
            let only = |these: &[String], those: &[String]| -> Vec<String> {
                these.iter().filter(|note| !those.contains(note)).cloned().collect()
            };
            let (more, less) = (only(&found, &wanted), only(&wanted, &found));
            self.fail(&format!("the server says {more:#?} too, and lacks {less:#?}"));
        }
        // What all is said about is the last state without errors, if it has none.
        if !expected.build.has_errors() {
            self.good.states.retain(|good| good.state == expected.state);
            self.good.is_any = true;
        }
        self.tally.said += 1;
    }
}

/// Makes edits, and compares after each.
fn play(site: Site, seed: u64, rounds: usize) -> Tally {
    let mut dice = Dice::new(seed);
    let mut sound = site.clone();
    let mut play = Play::new(site, seed);
    play.compare();
    for round in 0..rounds {
        match dice.below(8) {
            0..=1 => {
                // Other options are for another server.
                let (preview, base_url) = (play.site.preview, play.site.base_url.clone());
                play.site = Site { preview, base_url, ..sound.clone() };
                play.history.push(format!("{round}: all as it was when it was sound"));
            }
            2..=3 => {
                play.site.mend();
                play.history.push(format!("{round}: faults mended"));
            }
            _ => {}
        }
        let before = (play.site.preview, play.site.base_url.clone());
        let what = edits::edit(&mut play.site, &mut dice);
        play.history.push(format!("{round}: {what}"));
        play.save();
        if before != (play.site.preview, play.site.base_url.clone()) {
            play.restart();
        }
        // Some save again before anybody has looked.
        if dice.one_in(10) && round + 1 < rounds {
            continue;
        }
        play.compare();
        let expected = play.last.as_ref().expect("it was compared just now");
        if !expected.build.has_errors() {
            sound = play.site.clone();
        }
    }
    play.compare();
    play.tally
}

/// Fails if a series of edits was not worth its name.
#[expect(clippy::print_stdout, reason = "what was played is worth a look")]
fn is_worth(tally: &Tally) {
    println!("{tally:?}");
    assert!(tally.sound > 0 && tally.sound < tally.states, "{tally:?}");
    assert!(tally.old > 0, "nothing was served from an earlier state");
    assert!(tally.hasty > tally.unknown, "{tally:?}");
    assert!(tally.said > 0, "nobody listened");
}

#[test]
fn every_address_answers_as_a_clean_build() {
    is_worth(&play(site::start(), seed(), rounds(100)));
}

#[test]
fn so_it_does_in_the_embedded_theme() {
    let site = Site { theme: Theme::child(), ..site::start() };
    let tally = play(site, seed(), rounds(48) / 8);
    assert!(tally.compared > 0, "{tally:?}");
}

#[test]
fn the_site_changes_by_itself() {
    let site = site::start();
    let memory = site.memory();
    let at = |now| {
        let options = Options { now: Moment::Instant(now), ..site.options() };
        Expected::of(&memory, &options, &mut Builder::warm())
    };
    let change = at(site.now()).round.site.next_change.expect("events begin and end");
    let before = change - SignedDuration::from_secs(1);
    let folder = Folder::new(&memory);
    let server = Running::start(&folder.root(), site.options(), before);
    let (old, new) = (at(before), at(change));
    assert_ne!(old.state, new.state);
    reload::wait(&server, &old);
    server.let_clock_show(change);
    reload::wait(&server, &new);
}

/// How many errors a state has, once all is said about the files as they are. Waits for as many as
/// are wanted, so that a test that fails takes long.
fn errors(server: &Running, wanted: usize) -> usize {
    let mut found = usize::MAX;
    let end = Instant::now() + LONG;
    while found != wanted && Instant::now() < end {
        std::thread::sleep(Duration::from_millis(20));
        found = server.errors().unwrap_or(usize::MAX);
    }
    found
}

#[test]
fn what_is_no_file_of_the_site_is_told_and_mended_too() {
    let site = site::start();
    let memory = site.memory();
    let folder = Folder::new(&memory);
    let root = folder.root();
    let server = Running::start(&root, site.options(), site.now());
    assert_eq!(errors(&server, 0), 0);
    let content = |name: &str| root.join("content").join(name);
    // A translation into a language that the site does not have.
    fs::write(content("_index.fr.md"), "+++\ntitle = \"F\"\n+++\n").unwrap();
    assert_eq!(errors(&server, 1), 1, "a foreign language");
    fs::remove_file(content("_index.fr.md")).unwrap();
    assert_eq!(errors(&server, 0), 0, "a foreign language is gone");
    // Links that lead nowhere, and out of the folder.
    for target in ["/etc/hostname", "nowhere"] {
        std::os::unix::fs::symlink(target, content("raus.svg")).unwrap();
        assert_eq!(errors(&server, 1), 1, "a link to {target}");
        fs::remove_file(content("raus.svg")).unwrap();
        assert_eq!(errors(&server, 0), 0, "a link to {target} is gone");
    }
    // The settings.
    let settings = fs::read(content("site.toml")).unwrap();
    fs::remove_file(content("site.toml")).unwrap();
    assert!(server.has_errors_within(LONG), "no settings");
    fs::write(content("site.toml"), settings).unwrap();
    assert_eq!(errors(&server, 0), 0, "settings again");
}

#[test]
fn the_manifest_is_the_one_of_a_build() {
    let site = site::start();
    let memory = site.memory();
    let expected = Expected::of(&memory, &site.options(), &mut Builder::warm());
    let folder = Folder::new(&memory);
    let server = Running::start(&folder.root(), site.options(), site.now());
    reload::wait(&server, &expected);
    let made = |bytes: &Vec<u8>| manifest::Made {
        print: Fingerprint::of_bytes(bytes),
        size: bytes.len() as u64,
    };
    let files = expected.outputs.iter().map(|(route, bytes)| (route.clone(), made(bytes)));
    let files = files.collect();
    let wanted = Manifest { files, next_change: expected.build.next_change.clone() }.text();
    let base = expected.round.site.base_path().to_owned();
    let found = Client::new(server.address).get(&format!("{base}/schaukasten.json"));
    assert_eq!(found.text(), wanted);
}

#[test]
fn a_page_that_leads_nowhere_stays_as_it_was_until_it_is_mended() {
    let site = site::start();
    let memory = site.memory();
    let base = Expected::of(&memory, &site.options(), &mut Builder::warm())
        .round
        .site
        .base_path()
        .to_owned();
    let folder = Folder::new(&memory);
    let root = folder.root();
    let server = Running::start(&root, site.options(), site.now());
    assert_eq!(errors(&server, 0), 0);
    let mut client = Client::new(server.address);
    let file = root.join("content/initiativen/i1.md");
    let (other, new) = (root.join("content/aktuelles/n1.md"), root.join("content/aktuelles/n9.md"));
    let (sound, text) = (fs::read_to_string(&file).unwrap(), fs::read_to_string(&other).unwrap());
    let mut after = |what: &str, edit: &dyn Fn()| {
        let before = client.get("/__schaukasten/state").state;
        edit();
        let end = Instant::now() + LONG;
        loop {
            assert!(Instant::now() < end, "{what}: not all is said");
            std::thread::sleep(Duration::from_millis(20));
            let newest = client.get("/__schaukasten/state").state;
            if newest != before && server.findings(&newest).is_some() {
                return client.get(&format!("{base}/initiativen/i1/"));
            }
        }
    };
    let wrong = sound.replace("partner = \"p4\"", "partner = \"fehlt\"");
    let good = after("broken", &|| fs::write(&file, &wrong).unwrap());
    assert!(good.is_old, "a reference that leads nowhere");
    // Edits elsewhere, the short way and the long one, change nothing about that.
    for number in 0..3 {
        let reply = after("body", &|| {
            fs::write(&other, format!("{text}\nNoch {number}.\n")).unwrap();
        });
        assert!(reply.is_old && reply.body == good.body, "after another body {number}");
    }
    let reply = after("new", &|| fs::write(&new, &text).unwrap());
    assert!(reply.is_old && reply.body == good.body, "after a new entry");
    let reply = after("mended", &|| fs::write(&file, &sound).unwrap());
    assert!(!reply.is_old, "mended");
    // What is missing may come by itself, too.
    let missing = format!("{sound}\nMehr bei [](topic:t9).\n");
    assert!(after("broken again", &|| fs::write(&file, &missing).unwrap()).is_old);
    let topic = root.join("content/themen/t9.md");
    let come = || fs::write(&topic, "+++\ntitle = \"Neu\"\n+++\n").unwrap();
    let reply = after("mended by another file", &come);
    assert!(!reply.is_old && reply.text().contains("themen/t9/"), "mended by another file");
}
