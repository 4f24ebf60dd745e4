//! How long it takes from saving a file to the server's answering with the new bytes.
//!
//! Run by `cargo bench --bench edits`. Makes sites of several sizes with `bench/corpus.py`, serves each
//! with the program as it is released, edits files and asks for a page until it is the new one; and
//! does the same with Hugo's server if there is one. `docs/performance.md` says what the figures mean.
#![expect(clippy::unwrap_used, reason = "a measurement that cannot go on must fail")]
#![expect(clippy::print_stdout, reason = "a table is what this makes")]

#[path = "serve/client.rs"]
mod client;
#[path = "serve/program.rs"]
mod program;

use std::fs;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use client::Client;
use program::Program;

/// The entries that are edited, in turn: one of each kind, by section and name. Every corpus has them.
const ENTRIES: [(&str, &str); 5] = [
    ("events", "event-00010"),
    ("initiatives", "initiative-00010"),
    ("news", "news-00010"),
    ("partners", "partner-00010"),
    ("solutions", "solution-00010"),
];

/// A page that every corpus has.
const PAGE: &str = "/events/event-00010/";

/// The time from one question for a page to the next.
const PACE: Duration = Duration::from_micros(500);

/// Nothing takes this long.
const LONG: Duration = Duration::from_secs(300);

/// After an edit all work that it causes is done by then.
const REST: Duration = Duration::from_millis(700);

/// The time between two edits that follow one another while the first still makes work.
const HASTE: Duration = Duration::from_millis(120);

/// A server that is measured.
struct Server {
    /// Its process.
    program: Program,
    /// Who asks it.
    client: Client,
    /// Whether it is ours.
    is_own: bool,
    /// From its start to the first page of the site, in milliseconds.
    ready: f64,
}

impl Server {
    /// Serves a site of ours.
    fn own(site: &Path) -> Self {
        let begun = Instant::now();
        Self::ready((Program::serve(site, &[]), true), begun)
    }

    /// Serves a site with Hugo.
    fn hugo(program: &Path, site: &Path) -> Self {
        let begun = Instant::now();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let base = format!("http://127.0.0.1:{port}/");
        let child = Command::new(program)
            .args(["server", "--disableLiveReload", "--appendPort=false", "--bind", "127.0.0.1"])
            .args(["--port", &port.to_string(), "--baseURL", &base, "--source"])
            .arg(site)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        Self::ready((Program { child, address }, false), begun)
    }

    /// Waits until the site is there.
    fn ready((program, is_own): (Program, bool), begun: Instant) -> Self {
        let address = program.address;
        let mut server = Self { program, client: Client::new(address), is_own, ready: 0.0 };
        while TcpStream::connect(address).is_err() {
            assert!(begun.elapsed() < LONG, "the server does not listen");
            std::thread::sleep(PACE);
        }
        while server.client.get(PAGE).code != 200 {
            assert!(begun.elapsed() < LONG, "the site is not served");
            std::thread::sleep(PACE);
        }
        server.ready = milliseconds(begun);
        server.rest();
        server
    }

    /// Waits until nothing is left to be done.
    fn rest(&mut self) {
        std::thread::sleep(REST);
        let begun = Instant::now();
        while self.is_own
            && !self.client.get("/__schaukasten/state").text().contains("\"complete\":true")
        {
            assert!(begun.elapsed() < LONG, "the work never ends");
            std::thread::sleep(PACE * 20);
        }
    }

    /// The time until an address answers as wanted, in milliseconds.
    fn until(&mut self, url: &str, is_it: impl Fn(u16, &str) -> bool) -> f64 {
        let begun = Instant::now();
        loop {
            let reply = self.client.get(url);
            if is_it(reply.code, &reply.text()) {
                return milliseconds(begun);
            }
            assert!(begun.elapsed() < LONG, "{url} is not served as it should be");
            std::thread::sleep(PACE);
        }
    }
}

/// The time since `begun`.
fn milliseconds(begun: Instant) -> f64 {
    begun.elapsed().as_secs_f64() * 1000.0
}

/// The kinds of edits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Edit {
    /// A paragraph is added to an entry.
    Body,
    /// The same while the last such edit still makes work.
    BodyInHaste,
    /// An entry gets another title.
    Title,
    /// An entry is added.
    New,
    /// An entry is removed.
    Deleted,
    /// The template of all pages is changed.
    Base,
}

impl Edit {
    /// All of them.
    const ALL: [Self; 6] =
        [Self::Body, Self::BodyInHaste, Self::Title, Self::New, Self::Deleted, Self::Base];

    /// What it is called in the table.
    fn name(self) -> &'static str {
        match self {
            Self::Body => "body",
            Self::BodyInHaste => "body, again at once",
            Self::Title => "title",
            Self::New => "new entry",
            Self::Deleted => "deleted entry",
            Self::Base => "base template",
        }
    }
}

/// A site that is edited.
struct Site {
    /// Its folder.
    folder: PathBuf,
    /// The texts of the entries that are edited.
    entries: Vec<String>,
    /// The template of all pages; empty if it is not edited.
    base: String,
    /// Counts the edits.
    marks: usize,
}

impl Site {
    /// The site in a folder, ready to be served.
    fn new(folder: PathBuf, is_own: bool) -> Self {
        let file = |(section, name)| folder.join(format!("content/{section}/{name}.md"));
        let text = |entry| fs::read_to_string(file(entry)).unwrap();
        let entries = ENTRIES.into_iter().map(text).collect();
        let base =
            if is_own { include_str!("../themes/schaukasten/templates/base.html") } else { "" };
        let site = Self { folder, entries, base: base.to_owned(), marks: 0 };
        if is_own {
            let place = site.base_place();
            fs::create_dir_all(place.parent().unwrap()).unwrap();
            fs::write(place, base).unwrap();
        }
        site
    }

    /// Where the template of all pages is, over the one in the program.
    fn base_place(&self) -> PathBuf {
        self.folder.join("themes/schaukasten/templates/base.html")
    }

    /// Makes an edit, and measures how long it takes to be served.
    fn measure(&mut self, server: &mut Server, edit: Edit) -> f64 {
        self.marks += 1;
        let (mark, turn) = (format!("Marke{}x", self.marks), self.marks % ENTRIES.len());
        let ((section, name), old) = (ENTRIES[turn], &self.entries[turn]);
        let content = self.folder.join("content").join(section);
        let (entry, page) = (content.join(format!("{name}.md")), format!("/{section}/{name}/"));
        let other = content.join(format!("extra-{}.md", self.marks));
        let other_page = format!("/{section}/extra-{}/", self.marks);
        let line = old.lines().find(|line| line.starts_with("title = ")).unwrap();
        let titled = old.replacen(line, &format!("title = \"{mark}\""), 1);
        let has_mark = |code: u16, page: &str| code == 200 && page.contains(&mark);
        match edit {
            Edit::Body | Edit::BodyInHaste => {
                fs::write(entry, format!("{old}\n\n{mark}\n")).unwrap();
                server.until(&page, has_mark)
            }
            Edit::Title => {
                fs::write(entry, titled).unwrap();
                server.until(&page, has_mark)
            }
            Edit::New | Edit::Deleted => {
                fs::write(&other, titled).unwrap();
                let took = server.until(&other_page, has_mark);
                if edit == Edit::Deleted {
                    server.rest();
                }
                fs::remove_file(&other).unwrap();
                let gone = server.until(&other_page, |code, _| code == 404);
                if edit == Edit::New { took } else { gone }
            }
            Edit::Base => {
                let text = self.base.replacen(
                    "</body>",
                    &format!("<!-- {mark} --><p>{mark}</p></body>"),
                    1,
                );
                fs::write(self.base_place(), text).unwrap();
                server.until(PAGE, has_mark)
            }
        }
    }
}

/// Measures one kind of edit several times, and prints the row of the table.
fn row(site: &mut Site, server: &mut Server, (edit, times): (Edit, usize), head: &str) {
    let mut took: Vec<f64> = (0..times)
        .map(|_| {
            let took = site.measure(server, edit);
            match edit {
                Edit::BodyInHaste => std::thread::sleep(HASTE),
                _ => server.rest(),
            }
            took
        })
        .collect();
    took.sort_by(f64::total_cmp);
    let at = |part: usize| took[(took.len() * part / 100).min(took.len() - 1)];
    println!("| {head} | {} | {:.1} | {:.1} |", edit.name(), at(50), at(90));
    server.rest();
}

/// Prints what a server takes besides edits.
fn memory(server: &Server, head: &str) {
    println!("| {head} | start to first page | {:.0} | |", server.ready);
    let (peak, now) = (server.program.account("VmHWM:"), server.program.account("VmRSS:"));
    let (peak, now) = (peak / 1024, now / 1024);
    println!("| {head} | memory, MiB: at most, at the end | {peak} | {now} |");
}

/// Makes a site of so many entries in the formats of both.
fn corpus(count: usize, folder: &Path, writers: &[&str]) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bench/corpus.py");
    let status = Command::new("python3")
        .arg(script)
        .arg(count.to_string())
        .arg(folder)
        .args(writers)
        .status()
        .unwrap();
    assert!(status.success(), "the corpus was not made");
}

/// The program that is called Hugo, if there is one.
fn hugo() -> Option<PathBuf> {
    let named = std::env::var_os("HUGO").map(PathBuf::from);
    let program = named.unwrap_or_else(|| PathBuf::from("hugo"));
    let asked = Command::new(&program).arg("version").stdout(Stdio::null()).status();
    asked.is_ok_and(|status| status.success()).then_some(program)
}

/// A list of numbers from the environment.
fn numbers(name: &str, usual: &str) -> Vec<usize> {
    let text = std::env::var(name).unwrap_or_else(|_| usual.to_owned());
    text.split(',').map(|number| number.trim().parse().unwrap()).collect()
}

/// Measures all.
fn main() {
    let hugo = hugo();
    let times = numbers("EDITS", "20")[0];
    let temporary = std::env::temp_dir().join(format!("schaukasten-bench-{}", std::process::id()));
    println!("| entries | server | edit | median ms | 90 % ms |\n|---:|---|---|---:|---:|");
    for count in numbers("ENTRIES", "1000,10000") {
        let folder = temporary.join(count.to_string());
        let writers: &[&str] = if hugo.is_some() { &["ours", "hugo"] } else { &["ours"] };
        corpus(count, &folder, writers);
        let head = format!("{count} | schaukasten");
        let mut site = Site::new(folder.join("ours"), true);
        let mut server = Server::own(&site.folder);
        for edit in Edit::ALL {
            row(&mut site, &mut server, (edit, times), &head);
        }
        memory(&server, &head);
        drop(server);
        if let Some(hugo) = &hugo {
            let head = format!("{count} | hugo");
            let mut site = Site::new(folder.join("hugo"), false);
            let mut server = Server::hugo(hugo, &site.folder);
            for edit in [Edit::Body, Edit::Title] {
                row(&mut site, &mut server, (edit, times.min(10)), &head);
            }
            memory(&server, &head);
        }
    }
    fs::remove_dir_all(temporary).unwrap();
}
