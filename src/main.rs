//! The program: parse arguments, run, turn the answer into an exit code.

use std::process::ExitCode;

/// Many short strings are made and dropped on every thread; the system's allocator is slower at it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Runs the program.
fn main() -> ExitCode {
    schaukasten::cli::main()
}
