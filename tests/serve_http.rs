//! The server over a raw socket, with a site made of a few texts.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use schaukasten::diag::{Code, Diagnostic, Tongue, Words};
use schaukasten::path::{RelPath, Route};
use schaukasten::print::Fingerprint;
use schaukasten::serve::{
    About, Body, Edit, Feed, Findings, Hosts, Limits, Piece, Setup, Show, serve,
};
use schaukasten::site::State;
use schaukasten::source::Memory;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::{oneshot, watch};

/// A page with a style sheet.
const HOME: &str =
    "<html><head><link rel=\"stylesheet\" href=\"/a.1.css\"></head><body>home</body></html>";

/// So long an answer may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// A site of a few texts, and one film that is a file.
#[derive(Clone, Default)]
struct Texts {
    /// The texts by route.
    texts: BTreeMap<String, String>,
    /// The size that the film is said to have.
    film: u64,
}

impl Texts {
    /// The site that most tests begin with.
    fn start() -> Self {
        let film = Self { film: 100_000, ..Self::default() };
        film.with("index.html", HOME)
            .with("a/index.html", "<body>a</body>")
            .with("404.html", "gone")
    }

    /// The same with another text.
    fn with(mut self, route: &str, text: &str) -> Self {
        self.texts.insert(route.to_owned(), text.to_owned());
        self
    }
}

impl Show for Texts {
    fn state(&self) -> Fingerprint {
        Fingerprint::of(&(&self.texts, self.film))
    }

    fn piece(&self, route: &Route) -> Option<Piece> {
        assert_ne!(route.as_str(), "panic/index.html", "as a broken page would");
        if route.as_str() == "film.mp4" {
            let body = Body::File(RelPath::new("content/film.mp4"), self.film);
            return Some(Piece { body, print: Fingerprint::of_bytes(&film()), is_old: false });
        }
        let text = self.texts.get(route.as_str())?.as_bytes();
        let print = Fingerprint::of_bytes(text);
        Some(Piece { body: Body::Text(Arc::from(text)), print, is_old: false })
    }

    fn not_found(&self, _: &str) -> Option<Piece> {
        self.piece(&Route::new("404.html"))
    }

    fn about(&self, route: &Route) -> Option<About> {
        let path =
            RelPath::new(format!("content/{}", route.as_str().replace("index.html", "b.md")));
        Some(About { path, state: State::Draft })
    }

    fn page_of(&self, path: &RelPath) -> Option<Route> {
        let route = path.below("content")?.replace("b.md", "index.html");
        self.texts.contains_key(&route).then(|| Route::new(route))
    }

    fn base_path(&self) -> String {
        String::new()
    }
}

/// A server, its end of all channels, and what was opened.
struct Server {
    /// Where it listens.
    address: SocketAddr,
    /// The states.
    show: watch::Sender<Option<Arc<dyn Show>>>,
    /// What there is to say.
    findings: watch::Sender<Option<Arc<Findings>>>,
    /// What was edited.
    edit: watch::Sender<Option<Edit>>,
    /// The places that were to be opened.
    opened: Arc<Mutex<Vec<String>>>,
    /// Ends it.
    stop: Option<oneshot::Sender<()>>,
    /// Says that it has ended.
    ended: std::sync::mpsc::Receiver<()>,
    /// What it runs on.
    _runtime: Runtime,
}

impl Server {
    /// A server of the usual site.
    fn start() -> Self {
        Self::with(Some(Texts::start()), Limits::default())
    }

    /// A server of a site.
    fn with(texts: Option<Texts>, limits: Limits) -> Self {
        let runtime = Runtime::new().unwrap();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = listener.local_addr().unwrap();
        let texts = texts.map(|texts| Arc::new(texts) as Arc<dyn Show>);
        let (show, shows) = watch::channel(texts);
        let (findings, all_findings) = watch::channel(None);
        let (edit, edits) = watch::channel(None);
        let feed = Feed { show: shows, findings: all_findings, edit: edits };
        let mut files = Memory::default();
        files.insert("content/film.mp4", film());
        let opened = Arc::new(Mutex::new(Vec::new()));
        let list = opened.clone();
        let open = move |path: &RelPath, line: usize, column: usize| {
            if path.below("content").is_none() {
                return Err(ErrorKind::NotFound.into());
            }
            list.lock().unwrap().push(format!("{path}:{line}:{column}"));
            Ok(())
        };
        let setup = Setup {
            hosts: Hosts::local(),
            files: Arc::new(files),
            open: Arc::new(open),
            tongue: None,
            limits,
        };
        let (stop, stopped) = oneshot::channel();
        let (end, ended) = std::sync::mpsc::channel();
        runtime.spawn(async move {
            let stopped = async { stopped.await.unwrap_or_default() };
            serve(listener, setup, feed, stopped).await;
            end.send(()).unwrap_or_default();
        });
        let stop = Some(stop);
        Self { address, show, findings, edit, opened, stop, ended, _runtime: runtime }
    }

    /// Shows another state.
    fn shows(&self, texts: Texts) {
        self.show.send_replace(Some(Arc::new(texts)));
    }

    /// Says something.
    fn says(&self, errors: &[&str]) {
        let error = |text: &&str| Diagnostic::without_place(Code::SiteMissing, Words::same(*text));
        let findings = Findings {
            state: Fingerprint::of(errors),
            pages: 2,
            diagnostics: errors.iter().map(error).collect(),
            tongue: Tongue::En,
            is_complete: true,
        };
        self.findings.send_replace(Some(Arc::new(findings)));
    }

    /// A connection.
    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// Sends bytes and reads all that comes.
    fn raw(&self, request: &str) -> String {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        // Whoever sends too much may be cut off.
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// The answer to a request with a few headers.
    fn get(&self, path: &str, headers: &str) -> Answer {
        let head = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        Answer::read(&self.raw(&format!("{head}{headers}\r\n")))
    }

    /// Listens to a page.
    fn listen(&self, query: &str) -> Listening {
        let mut stream = self.connect();
        let head = format!("GET /__schaukasten/events?{query} HTTP/1.1\r\nHost: localhost\r\n\r\n");
        stream.write_all(head.as_bytes()).unwrap();
        Listening(BufReader::new(stream))
    }
}

/// An answer in parts.
struct Answer {
    /// The status.
    code: u16,
    /// All headers.
    head: String,
    /// The body.
    body: String,
}

impl Answer {
    /// Takes it apart.
    fn read(text: &str) -> Self {
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((text, ""));
        let code = head.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
        Self { code, head: head.to_owned(), body: body.to_owned() }
    }

    /// A header's value.
    fn header(&self, name: &str) -> &str {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(key, _)| key.eq_ignore_ascii_case(name)).map_or("", |(_, value)| value)
    }
}

/// A stream of events.
struct Listening(BufReader<TcpStream>);

impl Listening {
    /// The data of the next event of a name; events of other names are passed over.
    fn next(&mut self, name: &str) -> String {
        let wanted = format!("event: {name}");
        let mut is_it = false;
        loop {
            let mut line = String::new();
            let count = self.0.read_line(&mut line).unwrap();
            assert!(count > 0, "the stream ended before `{name}`");
            let line = line.trim_end();
            match line.strip_prefix("data: ") {
                Some(data) if is_it => return data.to_owned(),
                _ if line.starts_with("event: ") => is_it = line == wanted,
                _ => {}
            }
        }
    }

    /// Whether no event of a name comes for a while.
    fn is_silent(&mut self, name: &str) -> bool {
        self.0.get_ref().set_read_timeout(Some(Duration::from_millis(300))).unwrap();
        let mut line = String::new();
        let mut heard = false;
        while self.0.read_line(&mut line).is_ok_and(|count| count > 0) {
            heard |= line.starts_with(&format!("event: {name}"));
            line.clear();
        }
        self.0.get_ref().set_read_timeout(Some(PATIENCE)).unwrap();
        !heard
    }
}

/// The bytes of the film.
fn film() -> Vec<u8> {
    (0..100_000_u32).map(|n| u8::try_from(n % 251).unwrap()).collect()
}

/// The fingerprint of a text, as the marked line carries it.
fn print(text: &str) -> Fingerprint {
    Fingerprint::of_bytes(text.as_bytes())
}

#[test]
fn a_page_gets_one_line_and_no_more() {
    let server = Server::start();
    let (marked, plain) = (server.get("/", ""), server.get("/", "X-Schaukasten: plain\r\n"));
    assert_eq!(plain.body, HOME);
    let line = format!(
        "<script src=\"/__schaukasten/live.js?page={}\" data-schaukasten defer></script>\n",
        print(HOME)
    );
    assert_eq!(marked.body, HOME.replace("</body>", &format!("{line}</body>")));
    assert_ne!(marked.header("etag"), plain.header("etag"));
    assert_eq!(plain.header("x-schaukasten-state"), Texts::start().state().to_string());
    assert_eq!(plain.header("cache-control"), "no-cache");
}

#[test]
fn addresses_answer_as_on_the_hosts() {
    let server = Server::start();
    let moved = server.get("/a?b=c", "");
    assert_eq!((moved.code, moved.header("location")), (301, "/a/?b=c"));
    assert_eq!(server.get("/a/index.html", "").code, 200);
    let missing = server.get("/nothing/", "");
    assert_eq!((missing.code, missing.body.starts_with("gone<script")), (404, true));
    assert_eq!(server.get("/../../etc/passwd", "").code, 404);
    assert_eq!(server.get("/%2e%2e/%2e%2e/etc/passwd", "").code, 404);
    assert_eq!(server.get("/__schaukasten/nothing", "").code, 404);
}

#[test]
fn what_the_browser_has_is_not_sent_again() {
    let server = Server::start();
    for headers in ["", "X-Schaukasten: plain\r\n"] {
        let tag = server.get("/", headers).header("etag").to_owned();
        let again = server.get("/", &format!("{headers}If-None-Match: \"x\", W/{tag}\r\n"));
        assert_eq!((again.code, again.body.as_str()), (304, ""));
    }
    let plain = server.get("/", "X-Schaukasten: plain\r\n").header("etag").to_owned();
    assert_eq!(server.get("/", &format!("If-None-Match: {plain}\r\n")).code, 200);
}

#[test]
fn parts_of_a_film_are_sent() {
    let server = Server::start();
    let get = |headers: &str| server.get("/film.mp4", headers);
    let whole = get("");
    assert_eq!((whole.code, whole.header("content-length")), (200, "100000"));
    let tag = whole.header("etag").to_owned();
    let part = get("Range: bytes=251-255\r\n");
    assert_eq!((part.code, part.body.as_bytes()), (206, &[0, 1, 2, 3, 4][..]));
    assert_eq!(part.header("content-range"), "bytes 251-255/100000");
    assert_eq!(get("Range: bytes=-10\r\n").header("content-range"), "bytes 99990-99999/100000");
    assert_eq!(get("Range: bytes=99990-\r\n").header("content-length"), "10");
    assert_eq!(get("Range: bytes=0-1,5-6\r\n").code, 200);
    let beyond = get("Range: bytes=100000-\r\n");
    assert_eq!((beyond.code, beyond.header("content-range")), (416, "bytes */100000"));
    assert_eq!(get(&format!("Range: bytes=0-1\r\nIf-Range: {tag}\r\n")).code, 206);
    assert_eq!(get("Range: bytes=0-1\r\nIf-Range: \"other\"\r\n").code, 200);
}

#[test]
fn a_file_is_sent_only_as_its_state_says() {
    let server = Server::with(Some(Texts { film: 5, ..Texts::start() }), Limits::default());
    let right = Texts::start();
    let show = server.show.clone();
    std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(200));
        show.send_replace(Some(Arc::new(right)));
    });
    let film = server.get("/film.mp4", "");
    assert_eq!((film.code, film.header("content-length")), (200, "100000"));
    assert_eq!(film.header("x-schaukasten-state"), Texts::start().state().to_string());
}

#[test]
fn a_broken_page_breaks_nothing_else() {
    let server = Server::start();
    assert_eq!(server.get("/panic/", "").code, 500);
    assert_eq!(server.get("/", "").code, 200);
}

#[test]
fn before_the_first_build_a_page_says_so() {
    let server = Server::with(None, Limits::default());
    let german = server.get("/a/", "Accept: text/html\r\nAccept-Language: de-DE,en\r\n");
    assert_eq!((german.code, german.header("retry-after")), (503, "1"));
    assert!(german.body.contains("wird gebaut"), "{}", german.body);
    assert!(server.get("/", "Accept: text/html\r\n").body.contains("is being built"));
    let state = server.get("/__schaukasten/state", "");
    assert!(state.body.starts_with("{\"state\":null,\"complete\":false"), "{}", state.body);
    let print = german.body.split("page=").nth(1).unwrap().split('"').next().unwrap();
    let mut page = server.listen(&format!("page=%2Fa%2F&print={print}"));
    page.next("hello");
    server.shows(Texts::start());
    page.next("reload");
}

#[test]
fn malformed_requests_are_refused() {
    let server = Server::start();
    let check = |request: &str, expected: u16| {
        let answer = Answer::read(&server.raw(request));
        assert_eq!(answer.code, expected, "{}", &request[..request.len().min(80)]);
    };
    let close = "Connection: close\r\n\r\n";
    check("\0\u{1}\u{2}\r\n\r\n", 400);
    check(&format!("GET / HTTP/1.1\r\n{close}"), 400);
    check(&format!("GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n{close}"), 400);
    check(&format!("GET /%ff HTTP/1.1\r\nHost: localhost\r\n{close}"), 400);
    check(&format!("GET /%00 HTTP/1.1\r\nHost: localhost\r\n{close}"), 400);
    check(&format!("GET /{} HTTP/1.1\r\nHost: localhost\r\n{close}", "a".repeat(20_000)), 404);
    check(&format!("GET /{} HTTP/1.1\r\nHost: localhost\r\n{close}", "a".repeat(100_000)), 431);
    check(&format!("PUT / HTTP/1.1\r\nHost: localhost\r\n{close}"), 405);
    check(&format!("GET / HTTP/1.1\r\nHost: localhost\r\n{close}"), 200);
}

#[test]
fn foreign_hosts_are_refused() {
    let server = Server::start();
    for host in ["evil.example", "localhost.evil.example:3000", "192.168.1.5", ""] {
        let request = format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        assert_eq!(Answer::read(&server.raw(&request)).code, 421, "{host}");
    }
    let request =
        "GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    assert_eq!(Answer::read(&server.raw(request)).code, 421);
}

#[test]
fn head_tells_all_but_the_body() {
    let server = Server::start();
    let request =
        "HEAD / HTTP/1.1\r\nHost: localhost\r\nX-Schaukasten: plain\r\nConnection: close\r\n\r\n";
    let answer = Answer::read(&server.raw(request));
    let length = HOME.len().to_string();
    assert_eq!((answer.code, answer.header("content-length")), (200, length.as_str()));
    assert_eq!(answer.body, "");
}

#[test]
fn a_silent_client_is_given_up() {
    let limits = Limits { head: Duration::from_millis(200), ..Limits::default() };
    let server = Server::with(Some(Texts::start()), limits);
    let mut silent = server.connect();
    silent.write_all(b"GET / HT").unwrap();
    assert_eq!(server.get("/", "").code, 200);
    let mut rest = Vec::new();
    let _ = silent.read_to_end(&mut rest);
    assert!(rest.is_empty());
}

#[test]
fn a_client_that_does_not_read_is_given_up() {
    let limits = Limits { stuck: Duration::from_millis(200), ..Limits::default() };
    let long = "a".repeat(50_000_000);
    let server = Server::with(Some(Texts::start().with("long.txt", &long)), limits);
    let mut stuck = server.connect();
    stuck.write_all(b"GET /long.txt HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    assert_eq!(server.get("/", "").code, 200);
    std::thread::sleep(Duration::from_millis(800));
    let mut rest = Vec::new();
    let _ = stuck.read_to_end(&mut rest);
    assert!(rest.len() < long.len(), "{}", rest.len());
}

#[test]
fn idle_connections_make_room() {
    let limits = Limits { connections: 3, ..Limits::default() };
    let server = Server::with(Some(Texts::start()), limits);
    let idle: Vec<_> = (0..6).map(|_| server.connect()).collect();
    assert_eq!(server.get("/", "").code, 200);
    drop(idle);
    assert_eq!(server.get("/", "").code, 200);
}

#[test]
fn an_end_is_an_end() {
    let mut server = Server::start();
    let _silent = server.connect();
    let mut page = server.listen("page=%2F");
    page.next("hello");
    let begun = Instant::now();
    server.stop.take().unwrap().send(()).unwrap();
    server.ended.recv_timeout(PATIENCE).unwrap();
    assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
    assert!(TcpStream::connect(server.address).is_err());
}

#[test]
fn only_a_page_that_changed_is_loaded_again() {
    let server = Server::start();
    let mut home = server.listen(&format!("page=%2F&print={}", print(HOME)));
    let mut other = server.listen(&format!("page=%2Fa%2F&print={}", print("<body>a</body>")));
    assert_eq!(home.next("about"), "{\"path\":\"content/b.md\",\"state\":\"draft\"}");
    other.next("about");
    server.shows(Texts::start().with("a/index.html", "<body>b</body>"));
    assert_eq!(other.next("reload"), format!("\"{}\"", print("<body>b</body>")));
    assert!(home.is_silent("reload"));
}

#[test]
fn what_changed_before_the_page_listened_is_told() {
    let server = Server::start();
    let mut old = server.listen(&format!("page=%2F&print={}", print("older")));
    assert_eq!(old.next("reload"), format!("\"{}\"", print(HOME)));
}

#[test]
fn a_style_sheet_is_exchanged() {
    let server = Server::start();
    let mut home = server.listen(&format!("page=%2F&print={}", print(HOME)));
    home.next("about");
    let new = HOME.replace("a.1.css", "a.2.css");
    server.shows(Texts::start().with("index.html", &new));
    let expected =
        format!("{{\"print\":\"{}\",\"sheets\":[[\"/a.1.css\",\"/a.2.css\"]]}}", print(&new));
    assert_eq!(home.next("style"), expected);
}

#[test]
fn errors_are_told_and_taken_back() {
    let server = Server::start();
    let mut home = server.listen("page=%2F");
    assert_eq!(home.next("notes"), "null");
    server.says(&["<b>broken</b>"]);
    let told = home.next("notes");
    assert!(told.contains("\"severity\":\"error\"") && told.contains("<b>broken</b>"), "{told}");
    assert!(server.get("/__schaukasten/state", "").body.contains("\"errors\":1"));
    server.says(&[]);
    assert!(home.next("notes").contains("\"errors\":[]"));
}

#[test]
fn browsers_follow_an_edit() {
    let server = Server::start();
    let mut home = server.listen(&format!("page=%2F&print={}", print(HOME)));
    home.next("about");
    let path = RelPath::new("content/a/b.md");
    server.edit.send_replace(Some(Edit { number: 1, path }));
    assert_eq!(home.next("go"), "{\"address\":\"/a/\",\"edit\":1}");
    // Who comes later stays where they are; who was away meanwhile follows.
    assert!(server.listen("page=%2F").is_silent("go"));
    assert_eq!(server.listen("page=%2F&edit=0").next("go"), "{\"address\":\"/a/\",\"edit\":1}");
}

#[test]
fn only_own_pages_open_the_editor() {
    let server = Server::start();
    let post = |headers: &str, body: &str| {
        let length = body.len();
        let request = format!(
            "POST /__schaukasten/open HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
             Content-Length: {length}\r\n{headers}\r\n{body}"
        );
        Answer::read(&server.raw(&request)).code
    };
    let place = "{\"path\":\"content/a.md\",\"line\":7,\"column\":3}";
    assert_eq!(post("", place), 403);
    assert_eq!(post("X-Schaukasten: open\r\n", "{}"), 400);
    assert_eq!(post("X-Schaukasten: open\r\n", "{\"path\":\"/etc/passwd\"}"), 404);
    assert_eq!(post("X-Schaukasten: open\r\n", &"a".repeat(9000)), 413);
    assert!(server.opened.lock().unwrap().is_empty());
    assert_eq!(post("X-Schaukasten: open\r\n", place), 204);
    assert_eq!(*server.opened.lock().unwrap(), ["content/a.md:7:3"]);
    assert_eq!(server.get("/__schaukasten/open", "").header("allow"), "POST");
}
