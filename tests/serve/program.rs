//! The program as a process of its own, so that what it takes can be told from what the test takes.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// The program.
const PROGRAM: &str = env!("CARGO_BIN_EXE_schaukasten");

/// A server that was started for this, and is ended afterwards.
pub(super) struct Program {
    /// Its process.
    pub(super) child: Child,
    /// Where it listens.
    pub(super) address: SocketAddr,
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Program {
    /// Serves the site in a folder.
    pub(super) fn serve(site: &Path, options: &[&str]) -> Self {
        let mut child = Command::new(PROGRAM)
            .args(["serve", "--port", "0"])
            .args(options)
            .arg("--content")
            .arg(site.join("content"))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().rsplit_once("http://").unwrap().1.trim_end_matches('/');
        Self { address: address.parse().unwrap(), child }
    }

    /// A figure from the system's account of the process, by its name with a colon.
    pub(super) fn account(&self, name: &str) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
        line.split_whitespace().next().unwrap().parse().unwrap()
    }
}
