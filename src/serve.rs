//! SERVE: the site in a browser while it is being written.
//!
//! A workshop makes a [`Show`] of each state of the files; the server answers requests from the
//! newest one and tells the browsers what became of the page that they are on. What is served is
//! byte for byte what `build` would publish, but for one script line, which the server adds and
//! which `build` never sees.

pub mod show;

pub use show::{About, Body, Findings, Piece, Show};
