//! For programs that use this one as a library: the options of the command line under their names, errors instead of exit codes, and nothing said.

use std::ffi::OsString;
use std::sync::atomic::AtomicBool;

use clap::Parser;

use super::args::{Args, Command};
use super::run::{Made, make};
use super::{Failure, plan};
use crate::error::Error;
use crate::options::Options;
use crate::read::Fields;
use crate::record;
use crate::rules::Rules;

/// What the options of a run come to, but for what is read and where it is written.
#[derive(Debug)]
pub struct Settings {
    /// What the stages know.
    pub rules: Rules,
    /// The choices that change what comes out.
    pub options: Options,
    /// What the fields of JSON documents are called.
    pub fields: Fields,
}

impl Settings {
    /// Of options as they are typed: `--keep all`, `--offsets utf16`….
    ///
    /// # Errors
    /// Where there is no such option, or a file that one names cannot be read.
    pub fn parse(options: impl IntoIterator<Item = OsString>) -> Result<Self, Error> {
        let run = typed(options)?;
        let (rules, options, fields) = plan::settings(&run.input)?;
        Ok(Self { rules, options, fields })
    }
}

/// Does what `recensio run` does with these arguments, without the name of the program and of the command: gives the sums of the run, or none
/// where `stop` became true before its end. `program` tells one build from another: what one of them wrote, another does not take over.
///
/// # Errors
/// Where it cannot run.
pub fn run(
    arguments: impl IntoIterator<Item = OsString>,
    program: &[u8],
    stop: &AtomicBool,
) -> Result<Option<record::Run>, Error> {
    let mut run = typed(arguments)?;
    run.input.quiet = true;
    match make(&run, program, stop) {
        Ok(Made::Done { run, .. }) => Ok(Some(*run)),
        Ok(Made::Stopped(_)) => Ok(None),
        Err(Failure::Error(error)) => Err(error),
        Err(Failure::Pipe) => Err(Error::Usage("the output is closed".to_owned())),
    }
}

/// The arguments of `recensio run`.
fn typed(arguments: impl IntoIterator<Item = OsString>) -> Result<super::args::Run, Error> {
    let all = ["recensio", "run"].into_iter().map(OsString::from).chain(arguments);
    let wrong = |error: clap::Error| {
        let text = error.to_string();
        Error::Usage(text.trim_start_matches("error: ").split("\n\nUsage").next().unwrap_or_default().trim().to_owned())
    };
    match Args::try_parse_from(all).map_err(wrong)?.command {
        Command::Run(run) => Ok(run),
        _ => Err(Error::Usage("not arguments of a run".to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicBool;

    use super::{Settings, run};
    use crate::options::Keep;

    #[test]
    fn options_have_the_names_of_the_command_line() {
        let settings = Settings::parse(["--keep", "all"].map(Into::into)).unwrap();
        assert_eq!(settings.options.keep, Keep::All);
        let error = Settings::parse(["--kep", "all"].map(Into::into)).unwrap_err().to_string();
        assert!(error.starts_with("unexpected argument '--kep' found"), "{error}");
    }

    #[test]
    fn a_run_gives_its_sums_or_stops() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.txt"), "The council adopted the new rules in May 2021.").unwrap();
        let arguments = || [folder.path().join("a.txt").into(), "-o".into(), folder.path().join("out").into()];
        assert!(run(arguments(), b"test", &AtomicBool::new(true)).unwrap().is_none());
        assert_eq!(run(arguments(), b"test", &AtomicBool::new(false)).unwrap().unwrap().counts.documents, 1);
        assert!(folder.path().join("out/corpus.jsonl").exists());
    }
}
