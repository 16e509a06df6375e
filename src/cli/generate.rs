//! What is made from the definition of the command line: completions and man pages.

use std::fs;
use std::process::ExitCode;

use clap::{Command, CommandFactory as _};

use super::args::{Args, Completions, Man};
use super::{Failure, log, print};
use crate::error::Error;

/// Prints the completions of a shell.
pub(super) fn completions(args: &Completions) -> Result<ExitCode, Failure> {
    let mut out = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "recensio", &mut out);
    print(&String::from_utf8_lossy(&out))?;
    Ok(ExitCode::SUCCESS)
}

/// Writes a page for the program and one for each command.
pub(super) fn man(args: &Man) -> Result<ExitCode, Failure> {
    let failed =
        |source| Error::Usage(format!("cannot write {}: {source}; name another folder", args.folder.display()));
    fs::create_dir_all(&args.folder).map_err(failed)?;
    let mut root = Args::command().disable_help_subcommand(true);
    root.build();
    let mut written = 0;
    pages(&root, "recensio", &mut |name, page| {
        written += 1;
        fs::write(args.folder.join(format!("{name}.1")), page).map_err(failed)
    })?;
    log::plain(&format!(
        "{written} pages written to {}; man -l {}/recensio.1 shows one",
        args.folder.display(),
        args.folder.display()
    ));
    Ok(ExitCode::SUCCESS)
}

/// Writes a page of this name.
type Write<'w> = dyn FnMut(&str, Vec<u8>) -> Result<(), Error> + 'w;

fn pages(command: &Command, name: &str, write: &mut Write<'_>) -> Result<(), Error> {
    let mut page = Vec::new();
    let title = name.to_uppercase();
    let man = clap_mangen::Man::new(command.clone()).title(title);
    man.render(&mut page).map_err(|source| Error::Usage(format!("cannot make the page {name}: {source}")))?;
    write(name, page)?;
    for inner in command.get_subcommands() {
        pages(inner, &format!("{name}-{}", inner.get_name()), write)?;
    }
    Ok(())
}
