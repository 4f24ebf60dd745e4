//! Schaukasten: from a folder of Markdown to the public showcase of a programme.
//!
//! # The pipeline
//!
//! Data flows one way, in six steps. [`pipeline::Builder::build`] is all of them on one page.
//!
//! 1. **Read** ([`source`]): the files of a site at one moment, behind one trait.
//!    *Incremental:* a file with the bytes of last time is not parsed again.
//! 2. **Parse** ([`parse`]): one file, nothing else. TOML becomes a tree with a span on every
//!    value, Markdown becomes HTML with holes for links, pictures and blocks.
//!    *Incremental:* kept by content.
//! 3. **Model** ([`model`]): settings, schema and theme say what there may be; entries are read
//!    against them. *Incremental:* an entry of which no file has changed is not read again.
//! 4. **Resolve** ([`resolve`]): the site as a whole: what is shown today, what refers to what, in
//!    which order, at which address, with which files. The result is a [`site::Site`], read-only.
//!    *Incremental:* if few entries or only templates differ, the last site with these amended is
//!    shown at once. To say what is wrong it is redone as a whole: nothing has to be invalidated.
//! 5. **Render** ([`render`]): bodies first, then outputs. Templates learn of the site only by
//!    [queries](site::query::Query). *Incremental:* a result stands for as long as the site gives
//!    the same answers ([`render::track::Memo`]). A page that somebody asks for is made just then
//!    ([`pipeline::demand`]).
//! 6. **Write** ([`mod@write`]): what differs goes to a stage, and into place when all is there.
//!    *Incremental:* what is equal is left alone.
//!
//! [`diag`] is beside all of them: steps do not fail, they say what is wrong and go on.
//! [`serve`] shows in a browser what steps 1 to 5 make of the files as they are now.
//! [`cli`] turns arguments into options and diagnostics into text.
//!
//! ```text
//!  files ──► Doc ──► Entry ──► Site ──► Output ──► folder
//!  source    parse   model     resolve  render     write
//! ```
//!
//! # What always holds
//!
//! 1. Only [`source::disk`] reads files, only [`mod@write`] writes them, only [`cli`] prints and knows
//!    the clock and the environment; [`source::watch`] hears which files change, and [`serve`] has
//!    the one socket. There is no global state.
//! 2. [`parse`] sees one file. A [`parse::Doc`] holds nothing that another file could change.
//! 3. A step never changes what an earlier step made: phases are types, not mutations.
//! 4. Steps do not fail. They take `notes` and add to it.
//! 5. Templates learn of the site only through [`site::query::Query`], which has no question about
//!    the time. A list answers with summaries. Hence an edit to a page's body renders that page
//!    again and those that show a part of it, no other. A block cannot ask for bodies.
//! 6. The output is a function of the files and the options. With or without a warm builder, on any
//!    machine, with any number of threads, it is the same, byte for byte.
//! 7. Wherever order could reach the output, maps are sorted.
//! 8. A file is published because something published points to it, and for no other reason.
//!
//! The modules are declared in the order of their layers: each may use those before it.
#![cfg_attr(test, expect(clippy::unwrap_used, reason = "a test that cannot go on must fail"))]

pub mod path;
pub mod print;
pub mod diag;
pub mod lang;
pub mod source;
pub mod parse;
pub mod model;
pub mod site;
pub mod resolve;
pub mod render;
pub mod write;
pub mod pipeline;
pub mod serve;
pub mod cli;
