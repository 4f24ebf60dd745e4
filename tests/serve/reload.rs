//! Who is told of an edit: browsers on pages that it changed, and nobody else.
//!
//! A window is open on every page of the site at once.

use std::collections::BTreeSet;
use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use schaukasten::pipeline::Builder;
use schaukasten::print::Fingerprint;

use super::client::Client;
use super::folder::Folder;
use super::running::Running;
use super::{Expected, LONG};
use crate::incremental::site::{self, File, Site, Text};
use crate::incremental::theme::Theme;

/// If nothing is told for so long, nothing more will.
const SILENCE: Duration = Duration::from_millis(250);

/// A window that shows a page.
struct Window {
    /// The page's address.
    url: String,
    /// What the server tells it.
    stream: TcpStream,
    /// What it told so far.
    told: Vec<u8>,
}

impl Window {
    /// Opens a page with these bytes.
    fn open(address: SocketAddr, url: &str, page: &[u8]) -> Self {
        let mut stream = TcpStream::connect(address).unwrap();
        let print = Fingerprint::of_bytes(page);
        let head = format!(
            "GET /__schaukasten/events?page={url}&print={print} HTTP/1.1\r\nHost: localhost\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).unwrap();
        stream.set_nonblocking(true).unwrap();
        Self { url: url.to_owned(), stream, told: Vec::new() }
    }

    /// Listens, and says whether an event of a name has come.
    fn has(&mut self, name: &str) -> bool {
        let mut bytes = [0; 8192];
        loop {
            match self.stream.read(&mut bytes) {
                Ok(0) => panic!("{} is not told anything any more", self.url),
                Ok(count) => self.told.extend_from_slice(&bytes[..count]),
                Err(error) if error.kind() == ErrorKind::WouldBlock => break,
                Err(error) => panic!("{}: {error}", self.url),
            }
        }
        String::from_utf8_lossy(&self.told).contains(&format!("event: {name}\n"))
    }
}

/// A site with a window on each of its pages.
struct Watched {
    /// The site.
    site: Site,
    /// The server.
    server: Running,
    /// The site's files, which the server must not outlive.
    folder: Folder,
    /// The windows.
    windows: Vec<Window>,
    /// What is shown.
    shown: Expected,
}

/// The addresses of the windows that an edit concerned.
#[derive(Debug, PartialEq, Eq)]
struct Told {
    /// Those that were told to load the page.
    reload: BTreeSet<String>,
    /// Those that were told to exchange style sheets.
    style: BTreeSet<String>,
    /// Those whose page has other bytes.
    changed: BTreeSet<String>,
}

impl Watched {
    /// Opens all pages of a site.
    fn new(site: Site) -> Self {
        let folder = Folder::new(&site.memory());
        let server = Running::start(&folder.root(), site.options(), site.now());
        let shown = Expected::of(&site.memory(), &site.options(), &mut Builder::warm());
        assert!(!shown.build.has_errors());
        wait(&server, &shown);
        let pages = shown.outputs.iter().filter(|(route, _)| route.as_str().ends_with(".html"));
        let windows: Vec<Window> = pages
            .map(|(route, page)| Window::open(server.address, &shown.url(route), page))
            .collect();
        assert!(windows.len() > 20, "hardly any pages");
        let mut watched = Self { site, folder, server, windows, shown };
        watched.until(|window| window.has("about"));
        watched
    }

    /// Waits until all windows are as they should be.
    fn until(&mut self, mut is_so: impl FnMut(&mut Window) -> bool) {
        let begun = Instant::now();
        while !self.windows.iter_mut().all(&mut is_so) {
            assert!(begun.elapsed() < LONG, "the windows are not told");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Saves an edit, and sees who is told.
    fn edit(&mut self, edit: impl FnOnce(&mut Site)) -> Told {
        self.windows.iter_mut().for_each(|window| window.told.clear());
        edit(&mut self.site);
        self.folder.write(&self.site.memory());
        let shown = Expected::of(&self.site.memory(), &self.site.options(), &mut Builder::warm());
        assert!(!shown.build.has_errors());
        wait(&self.server, &shown);
        let routes = shown.outputs.iter().filter(|(route, _)| route.as_str().ends_with(".html"));
        let differs = routes.filter(|(route, page)| self.shown.outputs.get(*route) != Some(*page));
        let changed: BTreeSet<String> = differs.map(|(route, _)| shown.url(route)).collect();
        self.until(|window| {
            !changed.contains(&window.url) || window.has("reload") || window.has("style")
        });
        std::thread::sleep(SILENCE);
        self.shown = shown;
        let mut told = |name: &str| {
            let heard = self
                .windows
                .iter_mut()
                .filter_map(|window| window.has(name).then(|| window.url.clone()));
            heard.collect()
        };
        Told { reload: told("reload"), style: told("style"), changed }
    }
}

/// Waits until a state is shown.
pub(super) fn wait(server: &Running, expected: &Expected) {
    let begun = Instant::now();
    let mut client = Client::new(server.address);
    while !client.get("/__schaukasten/state").text().contains(&expected.state) {
        assert!(begun.elapsed() < LONG, "{} is not shown", expected.state);
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// A file that holds a text.
fn text<'a>(site: &'a mut Site, path: &str) -> &'a mut Text {
    match site.files.get_mut(path) {
        Some(File::Doc(_, text)) => text,
        _ => panic!("{path} is no text"),
    }
}

/// A set of addresses.
fn urls(list: &[&str]) -> BTreeSet<String> {
    list.iter().map(|url| (*url).to_owned()).collect()
}

#[test]
fn only_windows_on_changed_pages_are_told() {
    let path = "content/initiativen/gruppe/i2.md";
    let mut start = Site { theme: Theme::child(), ..site::start() };
    text(&mut start, path).fields.insert("summary".to_owned(), "\"Worum es geht\"".to_owned());
    let mut watched = Watched::new(start);

    let body = watched.edit(|site| text(site, path).body.push("Noch ein Satz.".to_owned()));
    let page = urls(&["/initiativen/i2/"]);
    assert_eq!(body, Told { reload: page.clone(), style: urls(&[]), changed: page });

    let title = watched.edit(|site| {
        let title = "\"Ganz anders\"".to_owned();
        text(site, "content/veranstaltungen/e1.md").fields.insert("title".to_owned(), title);
    });
    assert_eq!((&title.reload, &title.style), (&title.changed, &urls(&[])));
    for url in ["/veranstaltungen/e1/", "/veranstaltungen/", "/initiativen/i1/"] {
        assert!(title.reload.contains(url), "{url} is as before");
    }
    assert!(!title.reload.contains("/partner/p2/"));

    let style = watched.edit(|site| site.theme.choose("eigen/assets/site.css", "@import"));
    assert_eq!((&style.reload, &style.style), (&urls(&[]), &style.changed));
    assert!(style.style.contains("/"), "{style:?}");

    let component = watched.edit(|site| {
        site.theme.choose("eigen/templates/parts/link.html", "{% component entry_link");
    });
    assert_eq!((&component.reload, &component.style), (&component.changed, &urls(&[])));
    assert!(component.reload.contains("/initiativen/i2/"));

    site_comment(&mut watched);

    let picture = watched.edit(|site| {
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"20\" id=\"x\"/>";
        let file = File::Plain(svg.as_bytes().to_vec());
        site.files.insert("content/dateien/bild-1.svg".to_owned(), file);
    });
    assert!(picture.reload.contains("/initiativen/i1/"), "{picture:?}");
    assert!(!picture.reload.contains("/partner/p1/"), "{picture:?}");
}

/// A comment in the template of all pages concerns nobody.
fn site_comment(watched: &mut Watched) {
    let base = "eigen/templates/base.html";
    watched.edit(|site| site.theme.choose(base, "{% extends"));
    let comment = watched.edit(|site| site.theme.fill(base, "{# nur"));
    assert_eq!(comment, Told { reload: urls(&[]), style: urls(&[]), changed: urls(&[]) });
}
