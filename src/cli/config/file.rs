//! `recensio.toml`: found, read and checked, each thing with its place.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::keys::{Key, Keys, Kind, meant};
use super::profiles::{self, PROFILES};
use crate::error::Error;

/// The name of the file.
pub(in crate::cli) const NAME: &str = "recensio.toml";

/// A value of the file.
#[derive(Clone, Debug)]
pub(super) struct Setting {
    pub(super) values: Vec<String>,
    /// Its line, from 1.
    pub(super) line: usize,
}

/// Values by key: those for every command, and those for one.
#[derive(Clone, Debug, Default)]
pub(super) struct Section {
    all: BTreeMap<String, Setting>,
    commands: BTreeMap<String, BTreeMap<String, Setting>>,
    /// For profiles: the one that this adds to.
    pub(super) extends: Option<String>,
}

impl Section {
    /// What it says of a key for a command; what is said for the command alone goes first.
    pub(super) fn get(&self, command: &str, key: &Key) -> Option<&Setting> {
        let own = self.commands.get(command).and_then(|table| table.get(&key.name));
        own.or_else(|| self.all.get(&key.name).filter(|_| key.table.is_none()))
    }
}

/// A file that was read.
#[derive(Debug)]
pub(super) struct File {
    /// Its path as it is shown.
    pub(super) path: PathBuf,
    /// What holds whatever the profile.
    pub(super) section: Section,
    pub(super) profiles: BTreeMap<String, Section>,
    /// The profile that holds where none is named.
    pub(super) profile: Option<String>,
}

/// The file in this folder or the nearest of its parents; shown relative to the folder where that is the working folder.
pub(super) fn find(folder: &Path, is_working_folder: bool) -> Option<PathBuf> {
    let (up, at) = folder.ancestors().enumerate().find(|(_, at)| at.join(NAME).is_file())?;
    if !is_working_folder {
        return Some(at.join(NAME));
    }
    let mut path: PathBuf = std::iter::repeat_n("..", up).collect();
    path.push(NAME);
    Some(path)
}

/// Reads and checks a file.
pub(super) fn read(path: &Path, keys: &Keys) -> Result<File, Error> {
    let text = std::fs::read_to_string(path).map_err(|error| {
        let path = path.display();
        Error::Usage(format!(
            "cannot read the configuration {path}: {error}; name a file with --config, or give --no-config"
        ))
    })?;
    parse(path, &text, keys)
}

/// Reads and checks the text of a file.
pub(super) fn parse(path: &Path, text: &str, keys: &Keys) -> Result<File, Error> {
    let folder = path.parent().unwrap_or(Path::new("")).to_owned();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let reader = Reader { path, text, folder, keys };
    let table = DeTable::parse(text)
        .map_err(|error| reader.error(&error.span().unwrap_or_default(), error.message().replace('\n', "; ")))?;
    reader.file(table.get_ref())
}

struct Reader<'r> {
    path: &'r Path,
    text: &'r str,
    /// What paths are relative to.
    folder: PathBuf,
    keys: &'r Keys,
}

type Name<'a> = &'a Spanned<std::borrow::Cow<'a, str>>;
type Value<'a> = &'a Spanned<DeValue<'a>>;

impl Reader<'_> {
    fn file(&self, table: &DeTable<'_>) -> Result<File, Error> {
        let mut file =
            File { path: self.path.to_owned(), section: Section::default(), profiles: BTreeMap::new(), profile: None };
        let mut named = None;
        for (name, value) in table {
            match (name.get_ref().as_ref(), value.get_ref()) {
                ("profile", DeValue::Table(profiles)) => {
                    for (name, value) in profiles {
                        let DeValue::Table(inside) = value.get_ref() else {
                            return Err(self.error(&name.span(), Self::no_table(name.get_ref())));
                        };
                        let section = self.section(inside, true)?;
                        file.profiles.insert(name.get_ref().to_string(), section);
                    }
                }
                ("profile", _) => {
                    let what = "profile: write tables such as [profile.search]; default-profile names the one to use"
                        .to_owned();
                    return Err(self.error(&value.span(), what));
                }
                ("default-profile", DeValue::String(profile)) => named = Some((profile.to_string(), value.span())),
                ("default-profile", _) => {
                    return Err(self.error(&value.span(), "default-profile: give the name of a profile".to_owned()));
                }
                _ => self.entry(name, value, &mut file.section, true)?,
            }
        }
        if let Some((profile, span)) = named {
            chain(&profile, Some(&file)).map_err(|what| self.error(&span, what))?;
            file.profile = Some(profile);
        }
        for (name, section) in &file.profiles {
            if let Some(base) = &section.extends {
                chain(name, Some(&file)).map_err(|what| {
                    let at = self.text.find(&format!("\"{base}\"")).unwrap_or_default();
                    self.error(&(at..at), what)
                })?;
            }
        }
        Ok(file)
    }

    /// What stands in `[profile.NAME]`.
    fn section(&self, table: &DeTable<'_>, is_profile: bool) -> Result<Section, Error> {
        let mut section = Section::default();
        for (name, value) in table {
            match (name.get_ref().as_ref(), value.get_ref()) {
                ("extends", DeValue::String(base)) if is_profile => section.extends = Some(base.to_string()),
                ("extends", _) => {
                    return Err(self.error(&value.span(), "extends: give the name of a profile".to_owned()));
                }
                _ => self.entry(name, value, &mut section, false)?,
            }
        }
        Ok(section)
    }

    /// A key, or the table of a command.
    fn entry(&self, name: Name<'_>, value: Value<'_>, section: &mut Section, is_top: bool) -> Result<(), Error> {
        let said = name.get_ref().as_ref();
        if let DeValue::Table(table) = value.get_ref()
            && self.keys.commands.iter().any(|command| command == said)
        {
            let inside = section.commands.entry(said.to_owned()).or_default();
            for (name, value) in table {
                let key = self.keys.get(said, name.get_ref());
                let key = key.ok_or_else(|| self.unknown(name, Some(said), false))?;
                inside.insert(key.name.clone(), self.setting(key, name, value)?);
            }
            return Ok(());
        }
        let key = self.keys.shared(said).ok_or_else(|| self.unknown(name, None, is_top))?;
        section.all.insert(key.name.clone(), self.setting(key, name, value)?);
        Ok(())
    }

    fn unknown(&self, name: Name<'_>, command: Option<&str>, is_top: bool) -> Error {
        let said = name.get_ref().as_ref();
        let tables = self.keys.tables(said);
        if command.is_none() && !tables.is_empty() {
            let tables: Vec<_> = tables.iter().map(|table| format!("[{table}]")).collect();
            let what = format!("{said} is not the same for every command; write it under {}", tables.join(" or "));
            return self.error(&name.span(), what);
        }
        if let Some((_, why)) = super::keys::TYPED_ONLY.iter().find(|(typed, _)| *typed == said) {
            let what = format!("{said} {why}; give --{said} on the command line");
            return self.error(&name.span(), what);
        }
        let mut known: Vec<&str> = match command {
            Some(command) => self.keys.of_command(command).map(|key| key.name.as_str()).collect(),
            None => self.keys.all.iter().filter(|key| key.table.is_none()).map(|key| key.name.as_str()).collect(),
        };
        if command.is_none() {
            known.extend(self.keys.commands.iter().map(String::as_str));
            known.extend(if is_top { ["profile", "default-profile"].as_slice() } else { &["extends"] });
        }
        let place = command.map(|command| format!(" of {command}")).unwrap_or_default();
        let meant = meant(&said.replace('_', "-"), known.into_iter());
        let what = format!("there is no option \"{said}\"{place}; {meant}`recensio config show` lists what there is");
        self.error(&name.span(), what)
    }

    fn setting(&self, key: &Key, name: Name<'_>, value: Value<'_>) -> Result<Setting, Error> {
        let at = |what: String| self.error(&value.span(), what);
        let wrong = |value: &DeValue<'_>| format!("{}: give {}, not {}", key.name, key.kind.name(), described(value));
        let mut parts: Vec<(String, Range<usize>)> = Vec::new();
        match (key.kind, value.get_ref()) {
            (Kind::Switch, DeValue::Boolean(on)) => parts.push((on.to_string(), value.span())),
            (Kind::Whole | Kind::Measure | Kind::Number, DeValue::Integer(number)) => {
                let number = i64::from_str_radix(number.as_str(), number.radix()).map_err(|e| at(e.to_string()))?;
                parts.push((number.to_string(), value.span()));
            }
            (Kind::Number, DeValue::Float(number)) => parts.push((number.as_str().to_owned(), value.span())),
            (Kind::Number | Kind::Measure | Kind::Text | Kind::Levels, DeValue::String(text)) => {
                parts.push((text.to_string(), value.span()));
            }
            (Kind::List | Kind::Levels, DeValue::Array(array)) => {
                for item in array {
                    match item.get_ref() {
                        DeValue::String(text) => parts.push((text.to_string(), item.span())),
                        other => return Err(self.error(&item.span(), wrong(other))),
                    }
                }
                if parts.is_empty() && !key.default().is_empty() && key.kind == Kind::List {
                    return Err(at(format!("{}: give at least one", key.name)));
                }
            }
            (_, other) => return Err(at(wrong(other))),
        }
        if key.kind == Kind::Levels && value.get_ref().as_array().is_some() {
            let all: Vec<&str> = parts.iter().map(|(part, _)| part.as_str()).collect();
            let all = if all.is_empty() { "none".to_owned() } else { all.join(",") };
            parts = vec![(all, value.span())];
        }
        if key.kind != Kind::Switch {
            for (part, span) in &parts {
                key.check(part).map_err(|what| self.error(span, what))?;
            }
        }
        let values = parts.into_iter().map(|(part, _)| if key.is_path { self.resolved(&part) } else { part });
        Ok(Setting { values: values.collect(), line: self.place(name.span().start).0 })
    }

    /// A path of the file is relative to the folder that the file lies in.
    fn resolved(&self, path: &str) -> String {
        let is_plain = path == "-" || self.folder.as_os_str().is_empty();
        if is_plain { path.to_owned() } else { self.folder.join(path).to_string_lossy().into_owned() }
    }

    fn no_table(name: &str) -> String {
        format!("{name} is no profile: write [profile.{name}] above its options")
    }

    /// Line and column (in characters) of a byte, both from 1.
    fn place(&self, at: usize) -> (usize, usize) {
        let before = self.text.get(..at).unwrap_or(self.text);
        let line = before.rsplit('\n').next().unwrap_or_default();
        (before.matches('\n').count() + 1, line.chars().count() + 1)
    }

    fn error(&self, span: &Range<usize>, what: String) -> Error {
        let (line, column) = self.place(span.start);
        Error::Config { path: self.path.to_owned(), line, column, what }
    }
}

fn described(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "an integer",
        DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// The profiles that hold where this one is named: what it extends first, itself last.
pub(super) fn chain(name: &str, file: Option<&File>) -> Result<Vec<String>, String> {
    let mut out: Vec<String> = Vec::new();
    let mut next = Some(name.to_owned());
    while let Some(name) = next {
        let own = file.and_then(|file| file.profiles.get(&name));
        if own.is_none() && profiles::get(&name).is_none() {
            let own = file.map(|file| file.profiles.keys()).into_iter().flatten().map(String::as_str);
            let known: Vec<&str> = PROFILES.iter().map(|profile| profile.name).chain(own).collect();
            let meant = meant(&name, known.iter().copied());
            return Err(format!("there is no profile \"{name}\"; {meant}there are {}", known.join(", ")));
        }
        if out.contains(&name) {
            return Err(format!("the profile \"{name}\" extends itself"));
        }
        next = own.and_then(|own| own.extends.clone()).filter(|base| *base != name || profiles::get(&name).is_none());
        out.push(name);
    }
    out.reverse();
    Ok(out)
}
