//! Floor 9: what was typed, what is shown, how it ends. The only part that prints.

mod args;
mod check;
mod diff;
mod interrupt;
mod log;
mod lsp;
mod plan;
mod progress;
mod run;
mod stats;
mod summary;
mod verify;
mod why;

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;

use crate::error::Error;
use crate::record;

/// Runs the command line `argv` (with the program's name) and gives the exit code: 0 done, 1 done but some document failed or `check`
/// found something, 2 could not run.
pub fn main(argv: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args = match args::Args::try_parse_from(args::with_default_command(argv)) {
        Ok(args) => args,
        Err(error) => {
            // Help and versions go to standard output and are no failure. A closed pipe is none either.
            drop(error.print());
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    if matches!(args.log, args::Format::Json) {
        log::as_json();
    }
    let result = match args.command {
        args::Command::Run(args) => run::run(&args),
        args::Command::Check(args) => check::check(&args),
        args::Command::Rules(args) => check::rules(&args),
        args::Command::Lsp(args) => lsp::lsp(&args),
        args::Command::Why(args) => why::why(&args),
        args::Command::Verify(args) => verify::verify(&args),
        args::Command::Stats(args) => stats::stats(&args),
        args::Command::Schema => schema(),
    };
    match result {
        Ok(code) => code,
        Err(Failure::Pipe) => ExitCode::SUCCESS,
        Err(Failure::Error(error)) => {
            log::error(&error.to_string());
            ExitCode::from(2)
        }
    }
}

/// Why a command ended early.
enum Failure {
    /// Nobody reads standard output any more.
    Pipe,
    /// It could not run.
    Error(Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

/// Writes to standard output.
fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|error| match error.kind() {
        io::ErrorKind::BrokenPipe => Failure::Pipe,
        _ => Failure::Error(Error::Output { path: "standard output".into(), source: error }),
    })
}

fn schema() -> Result<ExitCode, Failure> {
    let text = serde_json::to_string_pretty(&record::schema()).unwrap_or_default();
    print(&format!("{text}\n"))?;
    Ok(ExitCode::SUCCESS)
}
