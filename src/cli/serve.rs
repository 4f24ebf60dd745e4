//! `serve`.
//!
//! Listens before anything is built, so that a browser that is opened at once finds somebody; then
//! starts the workshop, which makes the pages, on a thread of its own.

mod editor;
mod terminal;

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use super::args::ServeArgs;
use super::{FINE, MISUSED, WRONG, build, report, usage};
use crate::diag::{Tongue, Words};
use crate::pipeline::Options;
use crate::serve::{self, Clock, Feed, Hosts, Limits, Order, Senders, Setup, Workshop};
use crate::source::Files;
use crate::source::disk::Disk;
use crate::source::embedded::{Embedded, SiteFiles};
use crate::source::tree::Tree;
use crate::source::watch::{Means, Trouble, Watch, Woken};
use crate::words;

/// Threads that wait for connections; what takes time is done on others.
const WAITING_THREADS: usize = 2;

/// Threads for pages, files and editors, of which no more are at work at once.
const WORKING_THREADS: usize = 8;

/// So many ports above a busy one are tried.
const NEXT_PORTS: u16 = 100;

/// So long work that is still going on is waited for at the end.
const FAREWELL: Duration = Duration::from_millis(200);

/// Runs `schaukasten serve`.
pub(super) fn serve(args: &ServeArgs) -> u8 {
    let Some(options) = usage::options(&args.common) else { return MISUSED };
    let tongue = report::tongue(&args.common, Tongue::En);
    let runtime = Builder::new_multi_thread()
        .worker_threads(WAITING_THREADS)
        .max_blocking_threads(WORKING_THREADS)
        .enable_all()
        .build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => return fail(&Words::same(error.to_string()), tongue),
    };
    let listener = match runtime.block_on(listen(&args.host, args.port)) {
        Ok(listener) => listener,
        Err(words) => return fail(&words, tongue),
    };
    run(args, options, (&runtime, listener));
    // A page at work is not waited for: nothing that it makes outlives the program.
    runtime.shutdown_timeout(FAREWELL);
    FINE
}

/// Serves until the program is told to end.
fn run(args: &ServeArgs, options: Options, (runtime, listener): (&Runtime, TcpListener)) {
    let content = &args.common.content;
    let disk = Disk::with_content(build::root(content), content.clone());
    let files: Arc<dyn Files + Send + Sync> = Arc::new(SiteFiles(disk.clone()));
    let (senders, feed) = channels(args.follow);
    let setup = Setup {
        hosts: hosts(&args.host),
        files: files.clone(),
        open: editor::opener(args.editor.clone(), disk.clone()),
        tongue: args.common.lang.map(|_| report::tongue(&args.common, Tongue::En)),
        limits: Limits::default(),
    };
    let _inside = runtime.enter();
    // Whoever reads where the site is may end the program at once.
    let stop = told_to_end();
    announce(args, &listener);
    let clock: Option<Clock> =
        usage::has_clock(&args.common).then(|| Arc::new(Timestamp::now) as Clock);
    let order = Order { options, clock, tongue: setup.tongue, trouble };
    std::thread::spawn(move || work(&disk, &order, &senders));
    runtime.block_on(async {
        tokio::spawn(terminal::tell(serve::settled(feed.findings.clone()), files));
        serve::serve(listener, setup, feed, stop).await;
    });
}

/// Makes the pages until the program ends. If a fault of the program itself gets in the way, its
/// message is in the terminal, the last pages stay, and the next change is another attempt.
fn work(disk: &Disk, order: &Order, senders: &Senders) {
    // What changes while the files are listed is heard of.
    let mut watch = Watch::start(disk, Means::Told);
    loop {
        let tree = Tree::new(disk.clone(), Arc::new(Embedded));
        let workshop = Workshop::new(tree, order.clone(), senders.clone());
        let ended = catch_unwind(AssertUnwindSafe(|| workshop.run(&mut watch)));
        if ended.is_ok() || watch.next(None) == Woken::Closed {
            return;
        }
    }
}

/// Says that changes are not told by the system.
fn trouble(trouble: &Trouble, tongue: Tongue) {
    let warning = words!("Warnung", "warning");
    let help = words!("Hilfe", "help");
    let lines = format!(
        "{}: {}\n{}: {}\n",
        warning.get(tongue),
        trouble.message.get(tongue),
        help.get(tongue),
        trouble.help.get(tongue)
    );
    report::say(&lines);
}

/// The two ends of all that the workshop says. Of edits nothing is heard unless browsers are to
/// follow them.
fn channels(follow: bool) -> (Senders, Feed) {
    let (show, shows) = watch::channel(None);
    let (findings, all_findings) = watch::channel(None);
    let (edit, edits) = watch::channel(None);
    let edits = if follow { edits } else { watch::channel(None).1 };
    let feed = Feed { show: shows, findings: all_findings, edit: edits };
    (Senders { show, findings, edit }, feed)
}

/// Listens, or says why that is not possible.
async fn listen(host: &str, port: u16) -> Result<TcpListener, Words> {
    let error = match TcpListener::bind((bare(host), port)).await {
        Ok(listener) => return Ok(listener),
        Err(error) => error,
    };
    if error.kind() != io::ErrorKind::AddrInUse {
        return Err(words!(
            "auf `{host}`, Port {port}, lässt sich nicht lauschen: {error}",
            "cannot listen on `{host}`, port {port}: {error}"
        ));
    }
    for next in (port..u16::MAX).skip(1).take(usize::from(NEXT_PORTS)) {
        if TcpListener::bind((bare(host), next)).await.is_ok() {
            return Err(words!(
                "Port {port} ist schon belegt; frei ist `--port {next}`",
                "port {port} is in use already; `--port {next}` is free"
            ));
        }
    }
    Err(words!(
        "Port {port} ist schon belegt, und die nächsten {NEXT_PORTS} sind es auch",
        "port {port} is in use already, and so are the next {NEXT_PORTS}"
    ))
}

/// The names that the server answers to.
fn hosts(host: &str) -> Hosts {
    if is_local(host) { Hosts::local() } else { Hosts::with(host) }
}

/// Whether only this machine is reached under a name or address.
fn is_local(host: &str) -> bool {
    let address: Result<IpAddr, _> = bare(host).parse();
    address.map_or(host.eq_ignore_ascii_case("localhost"), |address| address.is_loopback())
}

/// An IPv6 address without the brackets that it has in web addresses.
fn bare(host: &str) -> &str {
    host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host)
}

/// Says where the site is, warns of what others may see, and opens the browser if asked.
fn announce(args: &ServeArgs, listener: &TcpListener) {
    let tongue = report::tongue(&args.common, Tongue::En);
    let Ok(address) = listener.local_addr() else { return };
    let url = url(address);
    // The site's language is not known yet; this is none.
    report::print(&format!("Schaukasten: {url}\n"));
    if !is_local(&args.host) {
        let host = &args.host;
        let warning = words!(
            "Warnung: `--host {host}` zeigt den Arbeitsstand allen, die diesen Rechner erreichen",
            "warning: `--host {host}` shows work in progress to all who can reach this machine"
        );
        report::say(&format!("{}\n", warning.get(tongue)));
    }
    if !args.open {
        return;
    }
    if let Err(error) = open::that_detached(&url) {
        let words = words!(
            "der Browser ließ sich nicht öffnen: {error}",
            "the browser could not be opened: {error}"
        );
        report::say(&format!("{}\n", words.get(tongue)));
    }
}

/// The address of the site on this machine.
fn url(address: SocketAddr) -> String {
    let port = address.port();
    match address.ip() {
        ip if ip.is_unspecified() => format!("http://127.0.0.1:{port}/"),
        IpAddr::V4(ip) => format!("http://{ip}:{port}/"),
        IpAddr::V6(ip) => format!("http://[{ip}]:{port}/"),
    }
}

/// Waits until somebody presses Ctrl-C or the system ends the program; listens for that from the
/// call on.
fn told_to_end() -> impl Future<Output = ()> {
    let [interrupt, terminate] = [SignalKind::interrupt(), SignalKind::terminate()].map(signal);
    async {
        // Without a handler the system's own ends the program.
        let (Ok(mut interrupt), Ok(mut terminate)) = (interrupt, terminate) else {
            return std::future::pending().await;
        };
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    }
}

/// Says why nothing can be served.
fn fail(words: &Words, tongue: Tongue) -> u8 {
    let error = words!("Fehler", "error");
    report::say(&format!("{}: {}\n", error.get(tongue), words.get(tongue)));
    WRONG
}
