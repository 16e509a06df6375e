//! `recensio config`: what holds, and where it comes from.

use std::ffi::OsString;
use std::process::ExitCode;

use serde_json::{Value, json};

use super::keys::{Key, Kind};
use super::settle::{Held, Origin, Settled, Stop, settle};
use super::{keys::Keys, reference};
use crate::cli::args::{Args, Config, ConfigJob, Format, Show};
use crate::cli::{Failure, log, print};

/// Shows the options that hold, or prints the reference.
pub(in crate::cli) fn config(args: &Args, config: &Config) -> Result<ExitCode, Failure> {
    match &config.job {
        ConfigJob::Show(show) => self::show(args, show),
        ConfigJob::Reference => {
            print(&reference::page(&Keys::new()))?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn show(args: &Args, show: &Show) -> Result<ExitCode, Failure> {
    let mut line: Vec<OsString> = vec!["recensio".into()];
    if let Some(path) = &args.config {
        line.extend(["--config".into(), path.into()]);
    }
    if args.no_config {
        line.push("--no-config".into());
    }
    if let Some(profile) = &args.profile {
        line.extend(["--profile".into(), profile.into()]);
    }
    line.extend(show.line.iter().cloned());
    let settled = match settle(line, None) {
        Ok(settled) => settled,
        Err(Stop::Error(error)) => return Err(error.into()),
        Err(Stop::Typed(error)) => {
            drop(error.print());
            return Ok(ExitCode::from(if error.use_stderr() { 2 } else { 0 }));
        }
    };
    settled.unknown.iter().for_each(|what| log::warning(what));
    print(&match show.format {
        Format::Text => text(&settled),
        Format::Json => format!("{:#}\n", object(&settled)),
    })?;
    Ok(ExitCode::SUCCESS)
}

/// A line of TOML for each option, with its origin as a comment.
fn text(settled: &Settled) -> String {
    let said = settled.said.as_deref().unwrap_or("no file of options, no profile");
    let mut out = format!("# recensio {}: {}\n", settled.command, said);
    let lines: Vec<(String, String)> =
        settled.held.iter().map(|held| (line(&held.key, &held.values), held.origin.to_string())).collect();
    let width = lines.iter().map(|(line, _)| line.chars().count()).filter(|width| *width <= 60).max().unwrap_or(0);
    for (line, origin) in lines {
        out.push_str(&log::safe(&format!("{line:width$}  # {origin}")));
        out.push('\n');
    }
    out
}

/// A key with its value as a line of TOML; a comment where it has none.
pub(super) fn line(key: &Key, values: &[String]) -> String {
    match value(key, values) {
        Value::Null => format!("# {} =", key.name),
        // A string of JSON is one of TOML, and so are lists, numbers and switches.
        value => format!("{} = {}", key.name, spaced(&value)),
    }
}

fn spaced(value: &Value) -> String {
    match value {
        Value::Array(all) => format!("[{}]", all.iter().map(Value::to_string).collect::<Vec<_>>().join(", ")),
        other => other.to_string(),
    }
}

/// Values as those of JSON.
pub(super) fn value(key: &Key, values: &[String]) -> Value {
    match (key.kind, values) {
        (Kind::Switch, values) => json!(values.iter().any(|value| value == "true")),
        (Kind::List, values) => {
            let delimiter = key.arg.get_value_delimiter();
            let split = |value: &String| match delimiter {
                Some(delimiter) => value.split(delimiter).map(str::to_owned).collect(),
                None => vec![value.clone()],
            };
            json!(values.iter().flat_map(split).collect::<Vec<_>>())
        }
        (_, []) => Value::Null,
        (Kind::Whole | Kind::Measure | Kind::Number, [value, ..]) => {
            serde_json::from_str(value).ok().filter(Value::is_number).unwrap_or_else(|| json!(value))
        }
        (_, [value, ..]) => json!(value),
    }
}

fn object(settled: &Settled) -> Value {
    let options: serde_json::Map<String, Value> = settled
        .held
        .iter()
        .map(|Held { key, values, origin }| {
            let mut about = json!({ "value": value(key, values), "origin": kind(origin) });
            if let Some(fields) = about.as_object_mut() {
                match origin {
                    Origin::File { path, line } => {
                        fields.insert("file".into(), json!(path));
                        fields.insert("line".into(), json!(line));
                    }
                    Origin::BuiltIn(name) => drop(fields.insert("profile".into(), json!(name))),
                    Origin::Profile { name, path, line, .. } => {
                        fields.insert("profile".into(), json!(name));
                        fields.insert("file".into(), json!(path));
                        fields.insert("line".into(), json!(line));
                    }
                    Origin::Environment(variable) => drop(fields.insert("variable".into(), json!(variable))),
                    Origin::Default | Origin::CommandLine => {}
                }
            }
            (key.name.clone(), about)
        })
        .collect();
    json!({ "command": settled.command, "file": settled.file, "profile": settled.profile, "options": options })
}

fn kind(origin: &Origin) -> &'static str {
    match origin {
        Origin::Default => "default",
        Origin::File { .. } => "file",
        Origin::BuiltIn(_) | Origin::Profile { .. } => "profile",
        Origin::Environment(_) => "environment",
        Origin::CommandLine => "command line",
    }
}
