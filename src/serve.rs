//! SERVE: the site in a browser while it is being written.
//!
//! A workshop makes a [`Show`] of each state of the files; the server answers requests from the
//! newest one and tells the browsers what became of the page that they are on. What is served is
//! byte for byte what `build` would publish, but for one script line, which the server adds and
//! which `build` never sees.
//!
//! A request goes through `answer` to `page`, which asks `address` what is there. A browser
//! that is open listens to `events`, where `compare` says whether its page changed.

mod address;
mod answer;
mod compare;
mod desk;
mod events;
#[cfg(test)]
mod fake;
mod finding;
mod host;
mod line;
mod mark;
mod media_type;
mod open;
mod own;
mod page;
mod range;
mod reply;
mod room;
mod server;
mod settle;
pub mod show;
mod shown;
mod stream;
mod workshop;
mod windows;

pub use desk::{Feed, OpenEditor, Setup};
pub use host::Hosts;
pub use server::{Limits, serve};
pub use settle::settled;
pub use show::{About, Body, Edit, Findings, Piece, Show};
pub use workshop::{Clock, Order, Senders, Workshop};
