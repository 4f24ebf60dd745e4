//! A client that keeps its connection, as browsers do.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// So long an answer may take.
const PATIENCE: Duration = Duration::from_secs(120);

/// A connection to a server, made anew when it is lost.
pub(super) struct Client {
    /// Where the server is.
    address: SocketAddr,
    /// The connection.
    line: Option<BufReader<TcpStream>>,
}

/// An answer.
#[derive(Clone, Debug, Default)]
pub(super) struct Reply {
    /// The status.
    pub(super) code: u16,
    /// The state that it is from.
    pub(super) state: String,
    /// Whether it is from an earlier state all the same.
    pub(super) is_old: bool,
    /// Its tag, without quotes.
    pub(super) tag: String,
    /// The bytes.
    pub(super) body: Vec<u8>,
}

impl Reply {
    /// The body as text.
    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Client {
    /// A client that has asked nothing yet.
    pub(super) fn new(address: SocketAddr) -> Self {
        Self { address, line: None }
    }

    /// What is at an address, as it would be published.
    pub(super) fn get(&mut self, path: &str) -> Reply {
        // A connection that was idle for long may be closed by now.
        let kept = self.line.is_some();
        match self.ask(path) {
            Ok(reply) => reply,
            Err(_) if kept => {
                self.line = None;
                self.ask(path).unwrap_or_else(|error| panic!("{path}: {error}"))
            }
            Err(error) => panic!("{path}: {error}"),
        }
    }

    /// Asks once.
    fn ask(&mut self, path: &str) -> io::Result<Reply> {
        if self.line.is_none() {
            let stream = TcpStream::connect(self.address)?;
            stream.set_nodelay(true)?;
            stream.set_read_timeout(Some(PATIENCE))?;
            self.line = Some(BufReader::with_capacity(64 * 1024, stream));
        }
        let line = self.line.as_mut().expect("it was made just now");
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nX-Schaukasten: plain\r\n\r\n");
        line.get_mut().write_all(request.as_bytes())?;
        let reply = read(line);
        if reply.is_err() {
            self.line = None;
        }
        reply
    }
}

/// Reads an answer.
fn read(line: &mut BufReader<TcpStream>) -> io::Result<Reply> {
    let mut reply = Reply::default();
    let mut length = 0;
    loop {
        let mut text = String::new();
        if line.read_line(&mut text)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let text = text.trim_end();
        if text.is_empty() {
            break;
        }
        let Some((name, value)) = text.split_once(": ") else {
            reply.code = text.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
            continue;
        };
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.parse().map_err(io::Error::other)?,
            "x-schaukasten-state" => value.clone_into(&mut reply.state),
            "x-schaukasten-old" => reply.is_old = true,
            "etag" => value.trim_matches('"').clone_into(&mut reply.tag),
            _ => {}
        }
    }
    reply.body = vec![0; length];
    line.read_exact(&mut reply.body)?;
    Ok(reply)
}
