//! RENDER: from a resolved site to the bytes of its outputs.
//!
//! In two rounds with one mechanism. First *bodies*: each page's Markdown gets its holes filled
//! with link targets, pictures and blocks. Then *outputs*: one template for each file to make,
//! which may also see bodies. A body cannot ask for a body, so there is no circle. Every result is
//! a pure function of what goes in by value and of the answers it gets, and is kept for as long as
//! those answers hold.

pub mod body;
mod contrast;
mod cover;
pub mod css;
pub mod engine;
mod filters;
mod functions;
pub mod page;
mod report;
mod requests;
mod robots;
pub mod round;
pub mod sheet;
mod sitemap;
mod statement;
pub mod track;

pub use report::gather;
