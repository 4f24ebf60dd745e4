//! `serve` from outside: how it begins and how it ends.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The command in the folder of the small site.
fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_schaukasten"));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/site");
    command.arg("serve").args(arguments).current_dir(folder).stdin(Stdio::null());
    command
}

/// A server that is ended with the test.
struct Running {
    /// The process.
    child: Child,
    /// Where it listens: `127.0.0.1:40000`.
    address: String,
}

impl Running {
    /// Starts it and waits for its first line.
    fn start() -> Self {
        let mut child =
            command(&["--port", "0"]).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("Schaukasten: http://").unwrap();
        let address = address.trim_end_matches('/').to_owned();
        Self { child, address }
    }

    /// The status of an answer.
    fn status(&self) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream
            .write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer.split(' ').nth(1).unwrap_or_default().to_owned()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended, as it should.
        let _ = self.child.kill();
    }
}

#[test]
fn it_answers_at_once_and_with_the_site_soon() {
    let server = Running::start();
    let begun = Instant::now();
    assert!(["200", "503"].contains(&server.status().as_str()));
    while server.status() != "200" {
        assert!(begun.elapsed() < Duration::from_secs(60));
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn it_ends_cleanly_when_told_to() {
    for signal in ["-INT", "-TERM"] {
        let mut server = Running::start();
        let mut page = TcpStream::connect(&server.address).unwrap();
        page.write_all(b"GET /__schaukasten/events HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        page.read_exact(&mut [0]).unwrap();
        let id = server.child.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
        assert_eq!(server.child.wait().unwrap().code(), Some(0), "{signal}");
    }
}

#[test]
fn a_busy_port_is_named_with_the_next_free_one() {
    let busy = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = busy.local_addr().unwrap().port();
    let run = command(&["--port", &port.to_string()]).output().unwrap();
    let said = String::from_utf8(run.stderr).unwrap();
    assert_eq!(run.status.code(), Some(1));
    let rest = said.strip_prefix(&format!("error: port {port} is in use already; `--port "));
    let free: u16 = rest.unwrap().trim().strip_suffix("` is free").unwrap().parse().unwrap();
    assert!(free > port, "{said}");
}
