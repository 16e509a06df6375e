//! `recensio init`: a file with every option in a comment.

use std::io::{ErrorKind, Write as _};
use std::process::ExitCode;

use super::file::NAME;
use super::keys::{Key, Keys, Kind};
use super::profiles::PROFILES;
use super::show::line;
use crate::cli::args::Init;
use crate::cli::{Failure, log};
use crate::error::Error;

/// Writes the file, unless there is one.
pub(in crate::cli) fn init(args: &Init) -> Result<ExitCode, Failure> {
    let path = args.folder.strip_prefix(".").unwrap_or(&args.folder).join(NAME);
    let made = std::fs::File::create_new(&path).and_then(|mut file| file.write_all(text(&Keys::new()).as_bytes()));
    let shown = path.display();
    match made {
        Ok(()) => {
            log::plain(&format!("{shown} is written: every option is there in a comment, as it holds by default"));
            Ok(ExitCode::SUCCESS)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(Error::Usage(format!(
            "{shown} is there already, and is left as it is; remove it first to have it written anew"
        ))
        .into()),
        Err(error) => Err(Error::Usage(format!("cannot write {shown}: {error}; name a folder that is there")).into()),
    }
}

/// The file.
fn text(keys: &Keys) -> String {
    let mut out = String::from(
        "# Options of recensio. They hold in this folder and those below it; paths are relative to this file.\n\
         # What is nearer beats what is farther: command line, environment (RECENSIO_KEEP=best), profile of this file, the rest of\n\
         # this file, built-in profile, default. `recensio config show` says what holds and why. Take the # away to set an option.\n\n\
         # The profile that holds where --profile names none:\n# default-profile = \"corpus\"\n",
    );
    for key in keys.all.iter().filter(|key| key.table.is_none()) {
        out.push_str(&entry(key));
    }
    for command in &keys.commands {
        let own: Vec<&Key> = keys.all.iter().filter(|key| key.table.as_deref() == Some(command)).collect();
        if !own.is_empty() {
            out.push_str(&format!(
                "\n# For `recensio {command}` alone; any of its options may stand here.\n# [{command}]\n"
            ));
            for key in own {
                out.push_str(&entry(key));
            }
        }
    }
    out.push_str(
        "\n# Profiles: sets of options, chosen with --profile NAME. These are built in, and may be added to:\n",
    );
    for profile in PROFILES {
        out.push_str(&format!("#   {}: {}\n", profile.name, profile.about));
    }
    out.push_str("# [profile.mine]\n# extends = \"search\"\n# keep = \"best\"\n");
    out
}

/// An option with what it is about.
fn entry(key: &Key) -> String {
    let help = key.arg.get_help().map(ToString::to_string).unwrap_or_default();
    let choices = key.choices();
    let choices = if choices.is_empty() { String::new() } else { format!(" One of {}.", choices.join(", ")) };
    let default = key.default();
    let values = if default.is_empty() { example(key) } else { default };
    let unset =
        if key.default().is_empty() && key.kind != Kind::Switch { " Not set by default; for example:" } else { "" };
    format!("\n# {help}{}{choices}{unset}\n# {}\n", if help.ends_with('.') { "" } else { "." }, line(key, &values))
}

/// A value for an option that has none by default.
fn example(key: &Key) -> Vec<String> {
    let one = |value: &str| vec![value.to_owned()];
    if key.kind == Kind::Switch {
        return one("false");
    }
    if let Some(first) = key.choices().first() {
        return one(first);
    }
    let name = key.arg.get_value_names().and_then(|names| names.first()).map(ToString::to_string);
    match name.as_deref().unwrap_or_default() {
        "TAG" => one("ru"),
        "LABEL" => one("windows-1251"),
        "SIMILARITY" => one("0.75"),
        "N" => one("4"),
        "URL" => one("https://example.org/rules/"),
        "RULE" => one("space.doubled"),
        "DIR" => one("folder"),
        _ if key.is_path => one("file"),
        _ => one("name"),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::text;
    use crate::cli::config::file;
    use crate::cli::config::keys::Keys;

    /// Every option of the file, set.
    #[test]
    fn what_stands_in_comments_can_be_said() {
        let keys = Keys::new();
        let whole = text(&keys);
        assert!(file::parse(Path::new("recensio.toml"), &whole, &keys).is_ok());
        let set: Vec<&str> = whole
            .lines()
            .map(|line| {
                line.strip_prefix("# ")
                    .filter(|rest| rest.contains(" = ") && !rest.contains(". ") || rest.starts_with('['))
            })
            .map(Option::unwrap_or_default)
            .collect();
        let read =
            file::parse(Path::new("recensio.toml"), &set.join("\n"), &keys).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(read.profile.as_deref(), Some("corpus"));
        for key in &keys.all {
            let is_set = key.commands.iter().any(|command| read.section.get(command, key).is_some());
            assert!(is_set, "{} is not in the file", key.name);
        }
    }
}
