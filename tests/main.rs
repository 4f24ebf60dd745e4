//! The one test binary: it links once, and each of its modules tests from outside.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on must fail")]

mod broken;
mod built;
mod cases;
mod cli;
mod commonmark;
mod css;
mod demo;
mod disk;
mod docs;
mod incremental;
mod kinds;
mod lists;
mod publish;
mod publish_disk;
mod relations;
mod scratch;
mod serve;
mod serve_cli;
mod serve_http;
mod shown;
mod themes;
mod tidy;
mod watch;
