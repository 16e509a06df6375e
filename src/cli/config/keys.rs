//! What can be configured: every option of every command, unless a reason says why not.

use std::any::TypeId;
use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use clap::builder::ValueParser;
use clap::error::{ContextKind, ContextValue};
use clap::{Arg, ArgAction, Command, CommandFactory as _};
use strsim::jaro_winkler;

use crate::cli::args::{Args, Levels};
use crate::cli::memory::Memory;

/// From here on a name may have been meant.
const ALIKE: f64 = 0.75;

/// Options that can only be typed, and why.
pub(super) const TYPED_ONLY: [(&str, &str); 13] = [
    ("config", "says which configuration is read"),
    ("no-config", "says that no configuration is read"),
    ("profile", "chooses among what is configured; a file may name its default"),
    ("fresh", "is about one run"),
    ("resume", "is about one run"),
    ("dry-run", "is about one run"),
    ("since", "is about one feed"),
    ("generation", "is about one feed"),
    ("fix", "is another job, asked for each time"),
    ("write", "changes files that were read"),
    ("write-baseline", "overwrites what is known"),
    ("watch", "is another job, asked for each time"),
    ("stdin-name", "names what one pipe brings"),
];

/// Why `-o` of commands that make something of a corpus can only be typed: in a file, `output` is the folder of the corpus.
pub(super) const INTO: &str = "names what one command writes";

/// Commands that no configuration is about. The name of `rules` is that of an option, so a file could not have a table for it; a search is
/// asked for each time.
pub(super) const PLAIN: [&str; 8] = ["config", "init", "completions", "man", "schema", "help", "rules", "search"];

/// What values of a key are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// true or false.
    Switch,
    /// An integer.
    Whole,
    /// A number, or a string such as 60%.
    Number,
    /// A size or a time: a string with a unit, or an integer.
    Measure,
    /// A string.
    Text,
    /// A list of strings.
    List,
    /// A list of strings that is one string with commas on the command line; that string will do, too.
    Levels,
}

impl Kind {
    fn of(arg: &Arg) -> Self {
        let parsed = arg.get_value_parser().type_id();
        let is = |other: TypeId| parsed == other;
        match arg.get_action() {
            ArgAction::SetTrue => Self::Switch,
            ArgAction::Append => Self::List,
            _ if is(TypeId::of::<usize>()) => Self::Whole,
            _ if is(TypeId::of::<f32>()) => Self::Number,
            _ if is(TypeId::of::<Levels>()) => Self::Levels,
            _ if [TypeId::of::<u64>(), TypeId::of::<Duration>(), TypeId::of::<Memory>()].into_iter().any(is) => {
                Self::Measure
            }
            _ => Self::Text,
        }
    }

    /// What is to be written.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Switch => "true or false",
            Self::Whole => "an integer",
            Self::Number => "a number, or a string such as \"60%\"",
            Self::Measure => "a string with a unit, or an integer",
            Self::Text => "a string",
            Self::List => "a list of strings",
            Self::Levels => "a list of strings, or a string",
        }
    }
}

/// An option that can be configured.
#[derive(Clone, Debug)]
pub(super) struct Key {
    /// Its name: that of the option, without its dashes.
    pub(super) name: String,
    /// The command that it is about, where others use the name for something else; it can then stand in the table of that command only.
    pub(super) table: Option<String>,
    /// The commands that have it.
    pub(super) commands: Vec<String>,
    pub(super) kind: Kind,
    /// Whether its values are paths.
    pub(super) is_path: bool,
    /// The option.
    pub(super) arg: Arg,
}

impl Key {
    /// The variable of the environment.
    pub(super) fn variable(&self) -> String {
        let table = self.table.as_deref().map(|table| format!("{table}_")).unwrap_or_default();
        format!("RECENSIO_{table}{}", self.name).to_uppercase().replace('-', "_")
    }

    /// The values that there are, where they are few.
    pub(super) fn choices(&self) -> Vec<String> {
        if self.kind == Kind::Switch {
            return Vec::new();
        }
        self.arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect()
    }

    /// What holds where nothing is said.
    pub(super) fn default(&self) -> Vec<String> {
        self.arg.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect()
    }

    /// What is wrong with a value, in words that say what to give.
    pub(super) fn check(&self, value: &str) -> Result<(), String> {
        let parser: ValueParser = self.arg.get_value_parser().clone();
        let arg = Arg::new("value").value_parser(parser).allow_hyphen_values(true);
        let arg = match self.arg.get_value_delimiter() {
            Some(delimiter) => arg.value_delimiter(delimiter).action(ArgAction::Append),
            None => arg,
        };
        let parsed = Command::new("value").no_binary_name(true).arg(arg).try_get_matches_from([value]);
        let Err(error) = parsed else { return Ok(()) };
        if let Some(why) = std::error::Error::source(&error) {
            return Err(format!("{}: \"{value}\" will not do: {why}", self.name));
        }
        let choices: Vec<&str> = match error.get(ContextKind::ValidValue) {
            Some(ContextValue::Strings(choices)) => choices.iter().map(String::as_str).collect(),
            _ => Vec::new(),
        };
        if choices.is_empty() {
            return Err(format!("{}: \"{value}\" will not do: give {}", self.name, self.kind.name()));
        }
        let meant = meant(value, choices.iter().copied());
        Err(format!("{}: there is no \"{value}\"; {meant}give {}", self.name, choices.join(", ")))
    }
}

/// The nearest of the names, as a question.
pub(super) fn meant<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> String {
    let near = names.map(|other| (jaro_winkler(name, other), other)).max_by(|a, b| a.0.total_cmp(&b.0));
    near.filter(|(likeness, _)| *likeness >= ALIKE)
        .map(|(_, other)| format!("did you mean \"{other}\"? "))
        .unwrap_or_default()
}

/// Why an option can only be typed; `None` where it can be configured.
pub(super) fn typed_only(arg: &Arg) -> Option<&'static str> {
    if arg.is_hide_set() {
        return Some("is there for programs that type it");
    }
    if arg.is_positional() && !matches!(arg.get_id().as_str(), "inputs" | "output" | "corpus") {
        return Some("is what is asked");
    }
    if arg.get_id() == "into" {
        return Some(INTO);
    }
    if matches!(arg.get_action(), ArgAction::Help | ArgAction::HelpShort | ArgAction::HelpLong | ArgAction::Version) {
        return Some("is a question");
    }
    let name = arg.get_long()?;
    TYPED_ONLY.iter().find(|(typed, _)| *typed == name).map(|(_, why)| *why)
}

/// The key of an option.
pub(super) fn name(arg: &Arg) -> String {
    match (arg.get_long(), arg.get_id().as_str()) {
        (_, "into") => "into".to_owned(),
        (Some(long), _) => long.to_owned(),
        (None, "inputs") => "input".to_owned(),
        (None, "corpus") => "output".to_owned(),
        (None, id) => id.to_owned(),
    }
}

/// The commands that can be configured, by name.
pub(super) fn commands(root: &Command) -> impl Iterator<Item = &Command> {
    root.get_subcommands().filter(|command| !PLAIN.contains(&command.get_name()))
}

/// The options of a command that can be configured.
pub(super) fn options<'c>(root: &'c Command, command: &'c Command) -> impl Iterator<Item = &'c Arg> {
    let own = command.get_arguments();
    let global = root.get_arguments().filter(|arg| arg.is_global_set());
    own.chain(global).filter(|arg| typed_only(arg).is_none())
}

/// Everything that can be configured.
#[derive(Debug)]
pub(super) struct Keys {
    pub(super) all: Vec<Key>,
    /// The commands, in their order.
    pub(super) commands: Vec<String>,
}

impl Keys {
    /// The keys of this program.
    pub(super) fn new() -> Self {
        Self::of(&Args::command())
    }

    fn of(root: &Command) -> Self {
        let mut all: Vec<Key> = Vec::new();
        for command in commands(root) {
            for arg in options(root, command) {
                all.push(Key {
                    name: name(arg),
                    table: None,
                    commands: vec![command.get_name().to_owned()],
                    kind: Kind::of(arg),
                    is_path: arg.get_value_parser().type_id() == TypeId::of::<PathBuf>(),
                    arg: arg.clone(),
                });
            }
        }
        let mut merged: Vec<Key> = Vec::new();
        for key in &all {
            let of_name = || all.iter().filter(|other| other.name == key.name);
            // A name that is that of a command is the table of that command.
            let is_command = commands(root).any(|command| command.get_name() == key.name);
            if is_command || of_name().any(|other| !is_same(key, other)) {
                merged.push(Key { table: key.commands.first().cloned(), ..key.clone() });
            } else if !merged.iter().any(|other| other.name == key.name) {
                let commands = of_name().flat_map(|other| other.commands.clone()).collect();
                merged.push(Key { commands, ..key.clone() });
            }
        }
        let commands = commands(root).map(|command| command.get_name().to_owned()).collect();
        Self { all: merged, commands }
    }

    /// The key of this name that a command has.
    pub(super) fn get(&self, command: &str, name: &str) -> Option<&Key> {
        self.of_command(command).find(|key| key.name == name)
    }

    /// The key of this name that may stand at the top of a file.
    pub(super) fn shared(&self, name: &str) -> Option<&Key> {
        self.all.iter().find(|key| key.table.is_none() && key.name == name)
    }

    /// The keys that a command has, in the order of its options.
    pub(super) fn of_command(&self, command: &str) -> impl Iterator<Item = &Key> {
        self.all.iter().filter(move |key| key.commands.iter().any(|other| other == command))
    }

    /// Tables in which a name may stand that cannot stand at the top.
    pub(super) fn tables(&self, name: &str) -> Vec<&str> {
        self.all.iter().filter(|key| key.name == name).filter_map(|key| key.table.as_deref()).collect()
    }
}

/// Whether two options of one name take the same values.
fn is_same(one: &Key, other: &Key) -> bool {
    (one.kind, one.is_path, one.choices()) == (other.kind, other.is_path, other.choices())
        && one.arg.get_value_parser().type_id() == other.arg.get_value_parser().type_id()
}

/// How a value is typed.
pub(super) fn typed(key: &Key, values: &[String]) -> Vec<OsString> {
    match key.kind {
        Kind::Switch if values.iter().any(|value| value == "true") => vec![format!("--{}", key.name).into()],
        Kind::Switch => Vec::new(),
        _ if key.arg.is_positional() => values
            .iter()
            .map(|value| {
                if value.starts_with('-') && value != "-" { format!("./{value}") } else { value.clone() }.into()
            })
            .collect(),
        _ => values.iter().map(|value| format!("--{}={value}", key.name).into()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::{Keys, Kind, TYPED_ONLY, name, typed_only};
    use crate::cli::args::Args;

    #[test]
    fn every_option_is_a_key_or_typed_only_with_a_reason() {
        let (root, keys) = (Args::command(), Keys::new());
        let mut seen = 0;
        for command in ["run", "check", "lsp", "why", "verify", "stats", "convert", "feed", "index"] {
            let of_command = root.find_subcommand(command).unwrap();
            for arg in of_command.get_arguments().chain(root.get_arguments().filter(|arg| arg.is_global_set())) {
                let is_key = keys.get(command, &name(arg)).is_some();
                assert_eq!(is_key, typed_only(arg).is_none(), "{command} {}", name(arg));
                seen += 1;
            }
        }
        assert!(seen > 80, "{seen}");
        assert!(TYPED_ONLY.iter().all(|(_, why)| !why.is_empty()));
        // A reason is about an option that is there.
        let all: Vec<_> = root.get_subcommands().chain([&root]).flat_map(clap::Command::get_arguments).collect();
        for (typed, _) in TYPED_ONLY {
            assert!(all.iter().any(|arg| arg.get_long() == Some(typed)), "{typed}");
        }
    }

    #[test]
    fn kinds_are_those_of_the_values() {
        let keys = Keys::new();
        let kind = |name: &str| keys.shared(name).map(|key| key.kind);
        assert_eq!(kind("words"), Some(Kind::Switch));
        assert_eq!(kind("threads"), Some(Kind::Whole));
        assert_eq!(kind("brake"), Some(Kind::Number));
        assert_eq!(kind("memory"), Some(Kind::Measure));
        assert_eq!(kind("max-document-time"), Some(Kind::Measure));
        assert_eq!(kind("filter"), Some(Kind::List));
        assert_eq!(kind("input"), Some(Kind::List));
        assert_eq!(kind("repeats"), Some(Kind::Levels));
        assert_eq!(kind("keep"), Some(Kind::Text));
        assert!(keys.shared("output").unwrap().is_path && !keys.shared("keep").unwrap().is_path);
        assert_eq!(kind("format"), None);
        assert!(keys.tables("format").contains(&"check"));
    }
}
