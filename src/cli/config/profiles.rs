//! Option sets that are built in.

use super::keys::{Keys, Kind};

/// A set of options for one kind of work.
pub(super) struct Profile {
    pub(super) name: &'static str,
    /// Whom it is for.
    pub(super) about: &'static str,
    /// Commands (empty for all), keys and values; values with commas are lists. `{output}` is the output folder.
    values: &'static [(&'static str, &'static str, &'static str)],
}

/// The profiles, in the order in which they are shown.
pub(super) const PROFILES: [Profile; 4] = [
    Profile {
        name: "corpus",
        about: "Text for language models and corpus linguistics: each passage once, by the filters of quality.",
        values: &[("", "keep", "best"), ("", "filter", "c4,gopher,fineweb")],
    },
    Profile {
        name: "search",
        about: "Documents for a search index: the newest copy of what repeats, and the places of words.",
        values: &[("", "keep", "newest"), ("", "words", "true")],
    },
    Profile {
        name: "translate",
        about: "Texts of translators: nothing is taken out, and what is foreign on purpose is listed, too.",
        values: &[
            ("", "keep", "all"),
            ("", "foreign", "true"),
            ("check", "enable", "leftover.lone,space.doubled"),
            ("check", "severity", "warning"),
            ("lsp", "enable", "leftover.lone,space.doubled"),
        ],
    },
    Profile {
        name: "policy",
        about: "Dates and entities for policy analysis: a timeline and a table of entities beside the corpus.",
        values: &[("", "keep", "newest"), ("", "timeline", "true"), ("", "entities-csv", "{output}/entities.csv")],
    },
];

/// The profile of this name.
pub(super) fn get(name: &str) -> Option<&'static Profile> {
    PROFILES.iter().find(|profile| profile.name == name)
}

impl Profile {
    /// What it says for a command: keys and values.
    pub(super) fn values(&self, keys: &Keys, command: &str) -> Vec<(&'static str, Vec<String>)> {
        let said = self
            .values
            .iter()
            .filter(|(about, name, _)| (about.is_empty() || *about == command) && keys.get(command, name).is_some());
        said.map(|(_, name, value)| {
            let is_list = keys.get(command, name).is_some_and(|key| key.kind == Kind::List);
            let values =
                if is_list { value.split(',').map(str::to_owned).collect() } else { vec![(*value).to_owned()] };
            (*name, values)
        })
        .collect()
    }

    /// Everything that it says: the command that it is about (empty for all), key and value.
    pub(super) fn lines(&self) -> impl Iterator<Item = &'static (&'static str, &'static str, &'static str)> {
        self.values.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::PROFILES;
    use crate::cli::config::keys::{Keys, Kind};

    #[test]
    fn profiles_say_what_there_is() {
        let keys = Keys::new();
        for profile in PROFILES {
            for (command, name, value) in profile.lines() {
                let key = if command.is_empty() { keys.shared(name) } else { keys.get(command, name) };
                let key = key.unwrap_or_else(|| panic!("{}: {command} {name}", profile.name));
                assert!(key.kind == Kind::Switch || key.check(value) == Ok(()), "{}: {name}", profile.name);
            }
        }
    }
}
