//! From what was typed, the environment, the file and the profiles to one command line.

use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};

use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{ArgMatches, Command, CommandFactory as _, Parser as _};

use super::file::{self, File};
use super::keys::{self, Key, Keys, Kind, PLAIN, meant, typed};
use super::profiles;
use crate::cli::args::{Args, with_default_command};
use crate::cli::log;
use crate::error::Error;

/// Variables of the environment that are no options: of tests.
const OTHERS: [&str; 2] = ["RECENSIO_FAIL", "RECENSIO_SYNC"];

/// Where a value comes from; the later beats the earlier.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Origin {
    Default,
    /// A built-in profile.
    BuiltIn(String),
    File {
        path: PathBuf,
        line: usize,
    },
    /// A profile of the file; the later ones extend the earlier.
    Profile {
        order: usize,
        name: String,
        path: PathBuf,
        line: usize,
    },
    Environment(String),
    CommandLine,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::BuiltIn(name) => write!(f, "profile {name}"),
            Self::File { path, line } => write!(f, "{}:{line}", path.display()),
            Self::Profile { name, path, line, .. } => write!(f, "profile {name}, {}:{line}", path.display()),
            Self::Environment(variable) => write!(f, "environment, {variable}"),
            Self::CommandLine => f.write_str("command line"),
        }
    }
}

/// An option that holds.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub(super) key: Key,
    pub(super) values: Vec<String>,
    pub(super) origin: Origin,
}

/// A command line with everything that holds.
#[derive(Debug)]
pub(in crate::cli) struct Settled {
    /// It, read.
    pub(in crate::cli) args: Args,
    /// What was read besides it, in words.
    pub(in crate::cli) said: Option<String>,
    /// Variables that look like options and are none.
    pub(in crate::cli) unknown: Vec<String>,
    pub(super) command: String,
    pub(super) file: Option<PathBuf>,
    pub(super) profile: Option<String>,
    pub(super) held: Vec<Held>,
}

/// Why there is none.
#[derive(Debug)]
pub(in crate::cli) enum Stop {
    /// Help was asked for, or something was mistyped.
    Typed(Box<clap::Error>),
    /// The configuration will not do.
    Error(Error),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

impl From<clap::Error> for Stop {
    fn from(error: clap::Error) -> Self {
        Self::Typed(Box::new(error))
    }
}

/// What holds for a command line (with the program's name): `folder` is where a file of options is looked for, or the working folder where it is none.
pub(in crate::cli) fn settle(argv: impl IntoIterator<Item = OsString>, folder: Option<&Path>) -> Result<Settled, Stop> {
    let (root, keys) = (Args::command(), Keys::new());
    let (argv, taken_back) = take_back(with_default_command(argv), &keys);
    let matches = matches(&root, &argv)?;
    let (name, typed_in) = matches.subcommand().ok_or_else(|| root.clone().error(ErrorKind::MissingSubcommand, ""))?;
    if PLAIN.contains(&name) {
        let args = Args::try_parse_from(&argv)?;
        let command = name.to_owned();
        let (said, unknown, file, profile, held) = (None, Vec::new(), None, None, Vec::new());
        return Ok(Settled { args, said, unknown, command, file, profile, held });
    }
    let file = chosen_file(typed_in, folder, &keys)?;
    let (profile, names) = chosen_profile(typed_in, file.as_ref())?;
    let mut held = Vec::new();
    for key in own_keys(&root, &keys, name) {
        held.push(hold(&key, name, typed_in, &taken_back, (file.as_ref(), &names), &keys)?);
    }
    name_output(&mut held);
    let mut command = root.clone();
    command.build();
    let command = command.find_subcommand(name).cloned().unwrap_or_default();
    let beaten = beaten(&command, typed_in, &held);
    let mut line = argv;
    let (before, after): (Vec<_>, Vec<_>) = held
        .iter()
        .filter(|held| !matches!(held.origin, Origin::Default | Origin::CommandLine))
        .filter(|held| !beaten.contains(&held.key.name))
        .partition(|held| !held.key.arg.is_positional());
    // Where the command stands: after the options that every command has.
    let at = line.iter().position(|typed| typed == name).map_or(1, |at| at + 1);
    let added = before.iter().chain(&after).flat_map(|held| typed(&held.key, &held.values));
    line.splice(at..at, added.collect::<Vec<_>>());
    let args = Args::try_parse_from(&line)?;
    for held in &mut held {
        if beaten.contains(&held.key.name) {
            (held.values, held.origin) = (default(&held.key), Origin::Default);
        }
    }
    let said = said(file.as_ref(), profile.as_deref());
    let file = file.map(|file| file.path);
    Ok(Settled { args, said, unknown: unknown(&keys), command: name.to_owned(), file, profile, held })
}

/// The keys of a command, each with the option as this command has it: what is an option of one may be an argument of another.
fn own_keys(root: &Command, keys: &Keys, command: &str) -> Vec<Key> {
    let defined = root.find_subcommand(command);
    let own = |key: &Key| {
        let arg = defined.and_then(|defined| keys::options(root, defined).find(|arg| keys::name(arg) == key.name));
        Key { arg: arg.unwrap_or(&key.arg).clone(), ..key.clone() }
    };
    keys.of_command(command).map(own).collect()
}

/// What was typed; what is required may still come from elsewhere.
fn matches(root: &Command, argv: &[OsString]) -> Result<ArgMatches, clap::Error> {
    match root.clone().try_get_matches_from(argv) {
        Err(error) if error.kind() == ErrorKind::MissingRequiredArgument => {
            let lenient = root.clone().ignore_errors(true).try_get_matches_from(argv)?;
            if lenient.subcommand().is_some() { Ok(lenient) } else { Err(error) }
        }
        matches => matches,
    }
}

/// `--words=false` and `--filter=` take back what is configured: the line without them, and the keys that they name.
fn take_back(argv: Vec<OsString>, keys: &Keys) -> (Vec<OsString>, Vec<String>) {
    let named = argv.iter().skip(1).find_map(|typed| typed.to_str().filter(|typed| is_command(typed, keys)));
    let Some(command) = named.map(str::to_owned) else { return (argv, Vec::new()) };
    let (mut line, mut taken, mut is_over) = (Vec::new(), Vec::new(), false);
    for typed in argv {
        is_over |= typed == "--";
        let option = typed.to_str().filter(|_| !is_over).and_then(|typed| typed.strip_prefix("--")?.split_once('='));
        let key = option.and_then(|(name, _)| keys.get(&command, name));
        match (key.map(|key| key.kind), option) {
            (Some(Kind::Switch), Some((name, "true"))) => line.push(format!("--{name}").into()),
            (Some(Kind::Switch), Some((name, "false" | ""))) | (Some(_), Some((name, ""))) => {
                taken.push(name.to_owned());
            }
            _ => line.push(typed),
        }
    }
    (line, taken)
}

fn is_command(typed: &str, keys: &Keys) -> bool {
    PLAIN.contains(&typed) || keys.commands.iter().any(|command| command == typed)
}

fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

/// Whether a variable says yes.
fn switch(name: &str) -> Result<Option<bool>, Error> {
    let Some(value) = variable(name) else { return Ok(None) };
    match value.to_string_lossy().to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" | "on" => Ok(Some(true)),
        "false" | "0" | "no" | "off" => Ok(Some(false)),
        other => Err(Error::Usage(format!("{name} in the environment: \"{other}\" will not do: give true or false"))),
    }
}

/// The file that is named, or found.
fn chosen_file(typed: &ArgMatches, folder: Option<&Path>, keys: &Keys) -> Result<Option<File>, Error> {
    let is_unwanted = typed.get_flag("no_config");
    if let Some(path) = typed.get_one::<PathBuf>("config") {
        return file::read(path, keys).map(Some);
    }
    if is_unwanted || switch("RECENSIO_NO_CONFIG")?.unwrap_or(false) {
        return Ok(None);
    }
    if let Some(path) = variable("RECENSIO_CONFIG") {
        return file::read(Path::new(&path), keys).map(Some);
    }
    let here = std::env::current_dir().ok();
    let is_here = folder.is_none_or(|folder| here.as_deref() == Some(folder));
    let found = folder.or(here.as_deref()).and_then(|folder| file::find(folder, is_here));
    found.map(|path| file::read(&path, keys)).transpose()
}

/// The profile that is named, and those that it consists of.
fn chosen_profile(typed: &ArgMatches, file: Option<&File>) -> Result<(Option<String>, Vec<String>), Error> {
    let environment = variable("RECENSIO_PROFILE").map(|name| name.to_string_lossy().into_owned());
    let (name, whence) = match (typed.get_one::<String>("profile"), environment) {
        (Some(name), _) => (name.clone(), "--profile"),
        (None, Some(name)) => (name, "RECENSIO_PROFILE in the environment"),
        (None, None) => match file.and_then(|file| file.profile.clone()) {
            Some(name) => (name, "default-profile"),
            None => return Ok((None, Vec::new())),
        },
    };
    let names = file::chain(&name, file).map_err(|what| Error::Usage(format!("{whence}: {what}")))?;
    Ok((Some(name), names))
}

/// What holds of a key.
fn hold(
    key: &Key,
    command: &str,
    typed: &ArgMatches,
    taken_back: &[String],
    (file, profiles): (Option<&File>, &[String]),
    keys: &Keys,
) -> Result<Held, Error> {
    let held = |values, origin| Ok(Held { key: key.clone(), values, origin });
    let id = key.arg.get_id().as_str();
    if typed.value_source(id) == Some(ValueSource::CommandLine) {
        let raw = typed.get_raw(id).into_iter().flatten().map(|value| value.to_string_lossy().into_owned()).collect();
        return held(if key.kind == Kind::Switch { vec!["true".to_owned()] } else { raw }, Origin::CommandLine);
    }
    if taken_back.contains(&key.name) {
        return held(default(key), Origin::CommandLine);
    }
    if let Some(values) = from_environment(key)? {
        return held(values, Origin::Environment(key.variable()));
    }
    let path = file.map(|file| file.path.clone()).unwrap_or_default();
    for (order, name) in profiles.iter().enumerate().rev() {
        let section = file.and_then(|file| file.profiles.get(name));
        if let Some(setting) = section.and_then(|section| section.get(command, key)) {
            let (name, line) = (name.clone(), setting.line);
            return held(setting.values.clone(), Origin::Profile { order, name, path, line });
        }
    }
    if let Some(setting) = file.and_then(|file| file.section.get(command, key)) {
        return held(setting.values.clone(), Origin::File { path, line: setting.line });
    }
    for name in profiles.iter().rev() {
        let values = profiles::get(name).map(|profile| profile.values(keys, command)).unwrap_or_default();
        if let Some((_, values)) = values.into_iter().find(|(named, _)| *named == key.name) {
            return held(values, Origin::BuiltIn(name.clone()));
        }
    }
    held(default(key), Origin::Default)
}

fn default(key: &Key) -> Vec<String> {
    if key.kind == Kind::Switch { vec!["false".to_owned()] } else { key.default() }
}

fn from_environment(key: &Key) -> Result<Option<Vec<String>>, Error> {
    let name = key.variable();
    if key.kind == Kind::Switch {
        return Ok(switch(&name)?.map(|on| vec![on.to_string()]));
    }
    let Some(value) = variable(&name) else { return Ok(None) };
    let values: Vec<String> = if key.is_path && key.kind == Kind::List {
        std::env::split_paths(&value).map(|path| path.to_string_lossy().into_owned()).collect()
    } else {
        vec![value.to_string_lossy().into_owned()]
    };
    for value in &values {
        key.check(value).map_err(|what| Error::Usage(format!("{name} in the environment: {what}")))?;
    }
    Ok(Some(values))
}

/// Built-in profiles name the output folder without knowing it.
fn name_output(held: &mut [Held]) {
    let output = held.iter().find(|held| held.key.name == "output").and_then(|held| held.values.first().cloned());
    let Some(output) = output else { return };
    for held in held.iter_mut().filter(|held| matches!(held.origin, Origin::BuiltIn(_))) {
        held.values.iter_mut().for_each(|value| *value = value.replace("{output}", &output));
    }
}

/// Keys that go without saying, because what contradicts them comes from nearer.
fn beaten(command: &Command, typed: &ArgMatches, held: &[Held]) -> Vec<String> {
    let is_on = |held: &Held| held.key.kind != Kind::Switch || held.values.iter().any(|value| value == "true");
    let contradict = |one: &clap::Arg, other: &str| {
        let arg = command.get_arguments().find(|arg| arg.get_id() == one.get_id());
        arg.is_some_and(|arg| command.get_arg_conflicts_with(arg).iter().any(|arg| arg.get_id().as_str() == other))
    };
    let mut out = Vec::new();
    for one in held.iter().filter(|one| !matches!(one.origin, Origin::Default | Origin::CommandLine) && is_on(one)) {
        let id = one.key.arg.get_id().as_str();
        let by_typed = command.get_arguments().any(|arg| {
            typed.try_contains_id(arg.get_id().as_str()).is_ok()
                && typed.value_source(arg.get_id().as_str()) == Some(ValueSource::CommandLine)
                && (contradict(arg, id) || contradict(&one.key.arg, arg.get_id().as_str()))
        });
        let by_held = held
            .iter()
            .filter(|other| other.origin > one.origin && is_on(other))
            .any(|other| contradict(&other.key.arg, id) || contradict(&one.key.arg, other.key.arg.get_id().as_str()));
        if by_typed || by_held {
            out.push(one.key.name.clone());
        }
    }
    out
}

/// What was read, for people.
fn said(file: Option<&File>, profile: Option<&str>) -> Option<String> {
    let file = file.map(|file| log::safe(&file.path.display().to_string()));
    match (file, profile) {
        (Some(file), Some(profile)) => Some(format!("options of {file}, profile {profile}")),
        (Some(file), None) => Some(format!("options of {file}")),
        (None, Some(profile)) => Some(format!("options of the profile {profile}")),
        (None, None) => None,
    }
}

/// Variables that look like options and are none.
fn unknown(keys: &Keys) -> Vec<String> {
    let mut known: Vec<String> = keys.all.iter().map(Key::variable).collect();
    known.extend(["RECENSIO_CONFIG", "RECENSIO_NO_CONFIG", "RECENSIO_PROFILE"].map(str::to_owned));
    let set = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    let mut unknown: Vec<String> = set
        .filter(|name| name.starts_with("RECENSIO_") && !known.contains(name) && !OTHERS.contains(&name.as_str()))
        .collect();
    unknown.sort();
    let said = |name: String| {
        let meant = meant(&name, known.iter().map(String::as_str));
        format!("{name} in the environment is no option; {meant}it changes nothing")
    };
    unknown.into_iter().map(said).collect()
}
