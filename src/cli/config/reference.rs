//! The page about everything that can be configured.

use clap::CommandFactory as _;

use super::keys::{self, Key, Keys, Kind, TYPED_ONLY};
use super::profiles::PROFILES;
use super::show::line;
use crate::cli::args::Args;

/// The page, as Markdown.
pub(super) fn page(keys: &Keys) -> String {
    let mut out = String::from(
        "# Configuration reference\n\n\
         Made by `recensio config reference` from the definitions of the options. How the parts go together: [configuration](configuration.md).\n",
    );
    let shared: Vec<&Key> = keys.all.iter().filter(|key| key.table.is_none()).collect();
    out.push_str("\n## Options for every command that has them\n");
    for key in shared {
        out.push_str(&entry(key));
    }
    for command in &keys.commands {
        let own: Vec<&Key> = keys.all.iter().filter(|key| key.table.as_deref() == Some(command)).collect();
        if !own.is_empty() {
            out.push_str(&format!("\n## Under `[{command}]` only\n"));
            for key in own {
                out.push_str(&entry(key));
            }
        }
    }
    out.push_str("\n## Built-in profiles\n");
    for profile in PROFILES {
        out.push_str(&format!("\n### `{}`\n\n{}\n\n```toml\n", profile.name, profile.about));
        let mut table = "";
        for (command, name, value) in profile.lines() {
            let key = if command.is_empty() { keys.shared(name) } else { keys.get(command, name) };
            if *command != table {
                out.push_str(&format!("[{command}]\n"));
                table = command;
            }
            if let Some(key) = key {
                let values: Vec<String> = match key.kind {
                    Kind::List => value.split(',').map(str::to_owned).collect(),
                    _ => vec![value.replace("{output}", "output")],
                };
                out.push_str(&format!("{}\n", line(key, &values)));
            }
        }
        out.push_str("```\n");
    }
    out.push_str("\n## Only on the command line\n\n| option | because it |\n|---|---|\n");
    for (name, why) in TYPED_ONLY {
        out.push_str(&format!("| `--{name}` | {why} |\n"));
    }
    out.push_str(&format!("| `-o` of `convert`, `feed`, `index` | {} |\n", keys::INTO));
    let root = Args::command();
    let plain: Vec<String> = root
        .get_subcommands()
        .filter(|command| keys::PLAIN.contains(&command.get_name()))
        .map(|command| format!("`{}`", command.get_name()))
        .collect();
    out.push_str(&format!("\nThe commands {} are configured by nothing.\n", plain.join(", ")));
    out
}

fn entry(key: &Key) -> String {
    let help = key.arg.get_help().map(ToString::to_string).unwrap_or_default().replace('<', "&lt;");
    let default = if key.kind == Kind::Switch { vec!["false".to_owned()] } else { key.default() };
    let default = if default.is_empty() && key.kind != Kind::List {
        "not set".to_owned()
    } else {
        format!("`{}`", line(key, &default))
    };
    let choices: Vec<String> = key.choices().iter().map(|choice| format!("`{choice}`")).collect();
    let choices = if choices.is_empty() { String::new() } else { format!(": {}", choices.join(", ")) };
    let paths = if key.is_path { "; paths are relative to the file" } else { "" };
    let commands: Vec<String> = key.commands.iter().map(|command| format!("`{command}`")).collect();
    format!(
        "\n### `{}`\n\n{help}\n\n- value: {}{choices}{paths}\n- default: {default}\n- environment: `{}`\n- commands: {}\n",
        key.name,
        key.kind.name(),
        key.variable(),
        commands.join(", ")
    )
}
