//! Floor 9: what was typed, what is shown, how it ends. The only part that prints.

mod args;
mod check;
mod config;
mod convert;
mod dry;
mod embed;
mod feed;
mod generate;
mod index;
mod interrupt;
mod log;
mod lsp;
mod memory;
mod plan;
mod progress;
mod run;
mod schema;
mod stats;
mod summary;
mod verify;
mod why;

use std::ffi::OsString;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind};
use std::process::ExitCode;

use crate::error::Error;

pub use embed::{Settings, run as run_with};

/// Runs the command line `argv` (with the program's name) and gives the exit code: 0 done, 1 done but some document failed or `check`
/// found something, 2 could not run.
pub fn main(argv: impl IntoIterator<Item = OsString>) -> ExitCode {
    let argv: Vec<OsString> = argv.into_iter().collect();
    let config::Settled { args, said, unknown, .. } = match config::settle(argv.clone(), None) {
        Ok(settled) => settled,
        Err(config::Stop::Typed(error)) => {
            // Help and versions go to standard output and are no failure. A closed pipe is none either.
            drop(error.print());
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
        Err(config::Stop::Error(error)) => {
            log::error(&error.to_string());
            return ExitCode::from(2);
        }
    };
    if matches!(args.log, args::Format::Json) {
        log::as_json();
    }
    if let args::Command::Run(args::Run { input, .. }) | args::Command::Check(args::Check { input, .. }) = &args.command
        && !input.quiet
    {
        if let Some(said) = &said {
            log::plain(said);
        }
        for what in &unknown {
            log::warning(what);
        }
    }
    std::panic::set_hook(Box::new(told));
    let work = || match &args.command {
        args::Command::Run(args) if args.dry_run => dry::run(args),
        args::Command::Run(args) => run::run(args),
        args::Command::Check(args) => check::check(args),
        args::Command::Rules(args) => check::rules(args),
        args::Command::Lsp(args) => lsp::lsp(args, argv, said),
        args::Command::Why(args) => why::why(args),
        args::Command::Verify(args) => verify::verify(args),
        args::Command::Stats(args) => stats::stats(args),
        args::Command::Convert(args) => convert::convert(args),
        args::Command::Feed(args) => feed::feed(args),
        args::Command::Index(args) => index::index(args),
        args::Command::Search(args) => index::search(args),
        args::Command::Schema(args) => schema::schema(args),
        args::Command::Init(args) => config::init(args),
        args::Command::Config(job) => config::config(&args, job),
        args::Command::Completions(args) => generate::completions(args),
        args::Command::Man(args) => generate::man(args),
    };
    // What ends the work on one document was caught before; this ends the run, whose files are then as after a kill.
    let result = catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        log::error("this is a defect of recensio, please report it; the same command goes on from what was done");
        Ok(ExitCode::from(2))
    });
    match result {
        Ok(code) => code,
        Err(Failure::Pipe) => ExitCode::SUCCESS,
        Err(Failure::Error(error)) => {
            log::error(&error.to_string());
            ExitCode::from(2)
        }
    }
}

/// Says where a panic came from, without what could move the cursor of a terminal. Those of the crate that gives a second opinion on pages are
/// its way to give none.
fn told(panic: &PanicHookInfo<'_>) {
    let place = panic.location().map(ToString::to_string).unwrap_or_default();
    if !place.contains("trafilatura") {
        let what = panic.payload().downcast_ref::<&str>().copied();
        let what = what.or_else(|| panic.payload().downcast_ref::<String>().map(String::as_str)).unwrap_or("unknown");
        log::warning(&format!("internal error at {place}: {what}"));
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
