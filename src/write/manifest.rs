//! The manifest: what a publish wrote, so that the next one knows what is its own.
//!
//! It is itself an output, `schaukasten.json`, with one line per file and no time of its own: the
//! same site gives the same manifest.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::is_plain;
use crate::path::Route;
use crate::print::Fingerprint;

/// The version of the manifest's form.
const SCHEMA: u32 = 1;

/// The name that stands in the manifest; what carries another is not ours.
const GENERATOR: &str = env!("CARGO_PKG_NAME");

/// What is known of an output's bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Made {
    /// Their fingerprint.
    pub print: Fingerprint,
    /// Their number.
    pub size: u64,
}

/// What one publish wrote, the manifest itself left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    /// The outputs by route.
    pub files: BTreeMap<Route, Made>,
    /// When the same files would give another site.
    pub next_change: Option<String>,
}

impl Manifest {
    /// The manifest as it is published.
    pub fn text(&self) -> String {
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        let next = self.next_change.as_deref().map_or("null".to_owned(), quoted);
        let version = env!("CARGO_PKG_VERSION");
        let mut out = format!("{{\n  \"schema\": {SCHEMA},\n");
        out.push_str(&format!(
            "  \"generator\": {{ \"name\": \"{GENERATOR}\", \"version\": \"{version}\" }},\n"
        ));
        out.push_str(&format!("  \"next_change\": {next},\n  \"files\": {{"));
        for (number, (route, Made { print, size })) in self.files.iter().enumerate() {
            let comma = if number == 0 { "" } else { "," };
            let route = quoted(route.as_str());
            let line =
                format!("{comma}\n    {route}: {{ \"hash\": \"{print}\", \"size\": {size} }}");
            out.push_str(&line);
        }
        out.push_str("\n  }\n}\n");
        out
    }

    /// Reads what [`Manifest::text`] wrote. `None` if it is not ours, from a later version, or
    /// names a file outside the output folder.
    pub fn parse(text: &[u8]) -> Option<Self> {
        let written: Written = serde_json::from_slice(text).ok()?;
        if written.schema != SCHEMA || written.generator.name != GENERATOR {
            return None;
        }
        let made = |(route, file): (String, WrittenFile)| {
            let made = Made { print: Fingerprint::from_hex(&file.hash)?, size: file.size };
            is_plain(&route).then(|| (Route::new(route), made))
        };
        let files = written.files.into_iter().map(made).collect::<Option<_>>()?;
        Some(Self { files, next_change: written.next_change })
    }
}

/// The manifest's form.
#[derive(Deserialize)]
struct Written {
    /// The version of the form.
    schema: u32,
    /// Who wrote it.
    generator: WrittenGenerator,
    /// When the same files would give another site.
    next_change: Option<String>,
    /// The outputs by route.
    files: BTreeMap<String, WrittenFile>,
}

/// The program that wrote a manifest.
#[derive(Deserialize)]
struct WrittenGenerator {
    /// Its name.
    name: String,
}

/// An output in a manifest.
#[derive(Deserialize)]
struct WrittenFile {
    /// The fingerprint of its bytes.
    hash: String,
    /// The number of its bytes.
    size: u64,
}
