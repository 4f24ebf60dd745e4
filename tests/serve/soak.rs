//! A server that works for long keeps nothing: neither memory nor threads nor open files.
//!
//! `SOAK=500,100000,10 cargo test soak` has 500 windows open for ten minutes, edits all
//! the while, and asks 100,000 times.

use std::fmt::Write as _;
use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use schaukasten::pipeline::Builder;

use super::client::Client;
use super::folder::Folder;
use super::program::Program;
use super::{Expected, LONG};
use crate::incremental::dice::Dice;
use crate::incremental::edits;
use crate::incremental::site::{self, Site};
use crate::incremental::theme::Theme;

/// Clients that ask at the same time.
const CLIENTS: usize = 3;

/// What may be taken in the end beyond what was taken after the warm-up, in percent.
const GROWTH: u64 = 10;

/// So many times it is looked what the program takes, so that growth can be told from chance.
const PARTS: usize = 5;

/// However little is to be done, this many KiB are too much for a small site.
const MOST: u64 = 400 * 1024;

/// How much is to be done.
#[derive(Clone, Copy, Debug)]
struct Load {
    /// Windows that listen.
    windows: usize,
    /// Requests.
    requests: usize,
    /// The time that it is spread over.
    time: Duration,
}

impl Load {
    /// What was ordered, or a little.
    fn ordered() -> Self {
        let text = std::env::var("SOAK").unwrap_or_default();
        let numbers: Vec<u32> = text.split(',').filter_map(|number| number.parse().ok()).collect();
        match *numbers {
            [windows, requests, minutes] => Self {
                windows: usize::try_from(windows).unwrap(),
                requests: usize::try_from(requests).unwrap(),
                time: Duration::from_secs(60) * minutes,
            },
            _ => Self { windows: 60, requests: 600, time: Duration::from_millis(1500) },
        }
    }

    /// One part of several: the first one more than ordered is there to warm up, so that all that is
    /// kept on purpose is there.
    fn part(self) -> Self {
        let parts = u32::try_from(PARTS).unwrap();
        Self { requests: self.requests / PARTS, time: self.time / parts, ..self }
    }

    /// Whether it is so much that memory does not depend on chance.
    fn is_large(self) -> bool {
        self.time > Duration::from_secs(59)
    }
}

/// What a process takes.
#[derive(Clone, Copy, Debug)]
struct Taken {
    /// Memory, in KiB.
    memory: u64,
    /// Threads.
    threads: u64,
    /// Open files.
    files: usize,
}

impl Program {
    /// What it takes after a while in which all work is done and nobody is there.
    fn taken(&self, rest: Duration) -> Taken {
        let begun = Instant::now();
        let mut client = Client::new(self.address);
        while !client.get("/__schaukasten/state").text().contains("\"complete\":true") {
            assert!(begun.elapsed() < LONG, "the work never ends");
            std::thread::sleep(Duration::from_millis(20));
        }
        drop(client);
        std::thread::sleep(rest);
        self.taken_now()
    }

    /// What it takes at this moment.
    fn taken_now(&self) -> Taken {
        let files = fs::read_dir(format!("/proc/{}/fd", self.child.id())).unwrap().count();
        Taken { memory: self.account("VmRSS:"), threads: self.account("Threads:"), files }
    }
}

/// Opens a window on a page.
fn window(address: SocketAddr, url: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).unwrap();
    let head = format!("GET /__schaukasten/events?page={url} HTTP/1.1\r\nHost: localhost\r\n\r\n");
    stream.write_all(head.as_bytes()).unwrap();
    stream.set_nonblocking(true).unwrap();
    stream
}

/// Whether a window is still told things; what it is told is thrown away.
fn is_open(stream: &mut TcpStream) -> bool {
    let mut bytes = [0; 16 * 1024];
    loop {
        match stream.read(&mut bytes) {
            Ok(0) => return false,
            Ok(_) => {}
            Err(error) => return error.kind() == ErrorKind::WouldBlock,
        }
    }
}

/// What happens to a server for a while.
struct Bustle<'a> {
    /// The server.
    program: &'a Program,
    /// How much.
    load: Load,
    /// Addresses that may be asked for.
    urls: Vec<String>,
    /// The requests so far.
    asked: AtomicUsize,
    /// When it began.
    begun: Instant,
}

impl<'a> Bustle<'a> {
    /// Does all of it: windows, requests and edits at the same time. The site is in the end what it
    /// was. Returns the number of edits.
    fn run(program: &'a Program, load: Load, (folder, dice): (&mut Folder, &mut Dice)) -> usize {
        let mut builder = Builder::warm();
        let expected = Expected::of(&start().memory(), &start().options(), &mut builder);
        let urls = expected.build.routes.iter().map(|route| expected.url(route)).collect();
        let (asked, begun) = (AtomicUsize::new(0), Instant::now());
        let bustle = Self { program, load, urls, asked, begun };
        std::thread::scope(|scope| {
            for number in 0..CLIENTS {
                let bustle = &bustle;
                scope.spawn(move || bustle.ask(number));
            }
            bustle.edit((folder, dice))
        })
    }

    /// Whether there is still something to do.
    fn is_on(&self) -> bool {
        self.begun.elapsed() < self.load.time
            || self.asked.load(Ordering::Relaxed) < self.load.requests
    }

    /// Asks for pages, no faster than they are spread over the time.
    fn ask(&self, number: usize) {
        let mut client = Client::new(self.program.address);
        let mut dice = Dice::new(u64::try_from(number).unwrap() + 9);
        while self.is_on() {
            let asked = self.asked.load(Ordering::Relaxed);
            let part = self.begun.elapsed().as_secs_f64() / self.load.time.as_secs_f64();
            #[expect(clippy::cast_precision_loss, reason = "it is only a pace")]
            let is_early = asked as f64 > part * self.load.requests as f64;
            if asked >= self.load.requests || is_early {
                std::thread::sleep(Duration::from_millis(1));
                continue;
            }
            self.asked.fetch_add(1, Ordering::Relaxed);
            if dice.one_in(50) {
                client = Client::new(self.program.address);
            }
            assert_ne!(client.get(dice.pick::<String>(&self.urls)).code, 0);
        }
    }

    /// Edits the site, and keeps windows open.
    fn edit(&self, (folder, dice): (&mut Folder, &mut Dice)) -> usize {
        let mut site = start();
        let open = |dice: &mut Dice| window(self.program.address, dice.pick::<String>(&self.urls));
        let mut windows: Vec<TcpStream> = (0..self.load.windows).map(|_| open(dice)).collect();
        let mut count = 0;
        while self.is_on() {
            count += 1;
            if dice.one_in(6) {
                site = start();
            }
            edits::edit(&mut site, dice);
            folder.bring_to(&site.memory(), dice);
            for stream in &mut windows {
                if !is_open(stream) || dice.one_in(300) {
                    *stream = open(dice);
                }
            }
            std::thread::sleep(Duration::from_millis(u64::try_from(dice.below(150)).unwrap()));
        }
        folder.bring_to(&start().memory(), dice);
        count
    }
}

/// The site that it begins and ends with.
fn start() -> Site {
    Site { theme: Theme::child(), ..site::start() }
}

#[test]
#[expect(clippy::print_stdout, reason = "the figures are worth a look")]
fn nothing_is_kept() {
    let load = Load::ordered();
    let mut folder = Folder::new(&start().memory());
    let program = Program::serve(&folder.root(), &["--now", "2026-03-01T10:00:00Z"]);
    let mut dice = Dice::new(4);
    // Threads that have nothing to do for ten seconds end.
    let rest = Duration::from_millis(if load.is_large() { 12_000 } else { 300 });
    let (mut account, mut taken) = (format!("{load:?}"), Vec::new());
    for _ in 0..=PARTS {
        let edits = Bustle::run(&program, load.part(), (&mut folder, &mut dice));
        let busy = program.taken_now();
        taken.push(program.taken(rest));
        let _ = write!(account, "\n{edits} edits, busy {busy:?}, then {:?}", taken.last());
        assert!(busy.memory <= MOST, "{account}");
    }
    println!("{account}");
    let (before, after) = (taken[0], taken[PARTS]);
    // How much of what is free the allocator gives back is left to chance; the middle is not.
    let mut memory: Vec<u64> = taken[1..].iter().map(|taken| taken.memory).collect();
    memory.sort_unstable();
    let middle = memory[PARTS / 2];
    assert!(after.files <= before.files + 2, "{account}");
    if load.is_large() {
        assert!(middle <= before.memory + before.memory * GROWTH / 100, "{account}");
        assert!(after.threads <= before.threads + 2, "{account}");
    }
}
