//! The commands and their options.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

/// Turns a folder of Markdown into the public showcase of a programme.
#[derive(Parser, Debug)]
#[command(name = "schaukasten", version, about, disable_help_subcommand = true)]
pub(super) struct Args {
    /// What to do.
    #[command(subcommand)]
    pub(super) command: Command,
}

/// What the program can do.
#[derive(Subcommand, Debug)]
pub(super) enum Command {
    /// Read content/, write public/
    Build(BuildArgs),
    /// Say everything that build would say; write nothing
    Check(CheckArgs),
    /// Show the site in a browser while it is being written; write nothing
    Serve(ServeArgs),
}

/// What all commands know.
#[derive(clap::Args, Debug)]
pub(super) struct Common {
    /// The folder of the content; the site's root is the folder it lies in
    #[arg(long, value_name = "DIR", default_value = "content")]
    pub(super) content: PathBuf,
    /// The site's address, in place of the one in site.toml
    #[arg(long, value_name = "URL")]
    pub(super) base_url: Option<String>,
    /// Show drafts and scheduled entries, and keep search engines out
    #[arg(long)]
    pub(super) preview: bool,
    /// Build as if it were this moment: 2026-11-21, 2026-11-21T09:00 (in the site's zone) or RFC 3339
    #[arg(long, value_name = "MOMENT")]
    pub(super) now: Option<String>,
    /// The language of messages, in place of the site's main language
    #[arg(long, value_name = "LANG")]
    pub(super) lang: Option<MessageLang>,
    /// The number of threads, 1 to 256; as many as there are cores if not given
    #[arg(long, value_name = "N")]
    pub(super) threads: Option<usize>,
}

/// What commands know that end with a verdict.
#[derive(clap::Args, Debug)]
pub(super) struct Verdict {
    /// Fail on warnings too
    #[arg(long)]
    pub(super) strict: bool,
    /// How to say what is wrong
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(super) format: Format,
}

/// Options of `build`.
#[derive(clap::Args, Debug)]
pub(super) struct BuildArgs {
    /// What all commands know.
    #[command(flatten)]
    pub(super) common: Common,
    /// How it ends.
    #[command(flatten)]
    pub(super) verdict: Verdict,
    /// The folder to publish to; public/ in the site's root if not given
    #[arg(long, value_name = "DIR")]
    pub(super) output: Option<PathBuf>,
    /// Exchange the whole folder in one step, for a folder that is served directly
    #[arg(long)]
    pub(super) swap: bool,
}

/// Options of `check`.
#[derive(clap::Args, Debug)]
pub(super) struct CheckArgs {
    /// What all commands know.
    #[command(flatten)]
    pub(super) common: Common,
    /// How it ends.
    #[command(flatten)]
    pub(super) verdict: Verdict,
    /// Fail on what is overdue too
    #[arg(long)]
    pub(super) overdue: bool,
}

/// Options of `serve`.
#[derive(clap::Args, Debug)]
pub(super) struct ServeArgs {
    /// What all commands know.
    #[command(flatten)]
    pub(super) common: Common,
    /// The port to listen on; 0 for any that is free
    #[arg(long, value_name = "N", default_value_t = 3000)]
    pub(super) port: u16,
    /// The address to listen on; any but this machine's own shows the site to others
    #[arg(long, value_name = "HOST", default_value = "127.0.0.1")]
    pub(super) host: String,
    /// Open the site in the browser
    #[arg(long)]
    pub(super) open: bool,
    /// Let the browser go to the page that was just edited
    #[arg(long)]
    pub(super) follow: bool,
    /// The command that opens a file in the editor, such as: code -g {file}:{line}:{column}
    #[arg(long, value_name = "COMMAND")]
    pub(super) editor: Option<String>,
}

/// How diagnostics are written.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// For people
    Text,
    /// One array of objects
    Json,
    /// Annotations in GitHub's pull requests
    Github,
    /// GitLab's Code Quality report
    Gitlab,
}

/// The language of messages.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MessageLang {
    /// German
    De,
    /// English
    En,
}
