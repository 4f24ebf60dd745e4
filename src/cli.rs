//! The command line: from arguments to options, from diagnostics to text.
//!
//! The only module that prints, reads the clock or looks at the environment.

mod args;
mod build;
mod report;
mod serve;
mod usage;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};

/// Nothing is wrong.
const FINE: u8 = 0;
/// Something is wrong with the site.
const WRONG: u8 = 1;
/// Something is wrong with the command line.
const MISUSED: u8 = 2;

/// Runs the program with the arguments it was called with.
pub fn main() -> ExitCode {
    let code = match Args::try_parse() {
        Ok(Args { command: Command::Build(options) }) => build::build(&options),
        Ok(Args { command: Command::Check(options) }) => build::check(&options),
        Ok(Args { command: Command::Serve(options) }) => serve::serve(&options),
        Err(error) => {
            let is_wrong = error.use_stderr();
            // Nothing can be done if even this cannot be printed.
            let _ = error.print();
            if is_wrong { MISUSED } else { FINE }
        }
    };
    ExitCode::from(code)
}
