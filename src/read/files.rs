//! Which files are read, in which order, under which names.

use std::collections::{BTreeMap, HashMap};
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::error::Error;
use crate::rules::Overlay;
use crate::stage::interchange;

/// How the documents lie in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// The file is one document.
    Text,
    /// A JSON object a line.
    JsonLines,
    /// One JSON object, or an array of them.
    Json,
}

/// A file to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputFile {
    /// Where it is; `None` for standard input.
    pub path: Option<PathBuf>,
    /// Its name in the output: relative to the folder that was named, with `/`; unique in the run.
    pub name: String,
    /// How its documents lie in it; `None` where its first bytes tell.
    pub format: Option<Format>,
    /// IANA media type.
    pub media_type: &'static str,
    /// Its size in bytes, where known.
    pub size: u64,
}

/// What the inputs come to.
#[derive(Debug, Default)]
pub struct Listing {
    /// The files, in the order in which they are read.
    pub files: Vec<InputFile>,
    /// What was passed over, and why.
    pub notes: Vec<String>,
}

/// The files of the inputs: each input in the order it was named, folders walked in the order of their names (bytes), nested ones too.
/// Hidden files, links, pipes and devices inside folders are passed over with a note, as is what stands in `exclude`.
///
/// # Errors
/// Where an input does not exist or a folder that was named cannot be listed.
pub fn list(inputs: &[PathBuf], exclude: &Path) -> Result<Listing, Error> {
    let mut out = Listing::default();
    let excluded = fs::canonicalize(exclude).ok();
    for input in inputs {
        if input.as_os_str() == "-" {
            out.files.push(InputFile {
                path: None,
                name: "stdin".to_owned(),
                format: None,
                media_type: "text/plain",
                size: 0,
            });
            continue;
        }
        let failed = |source| Error::Input { path: input.clone(), source };
        let kind = fs::metadata(input).map_err(failed)?;
        if kind.is_dir() {
            folder(input, excluded.as_deref(), &mut out).map_err(failed)?;
        } else {
            let name = input.file_name().unwrap_or(input.as_os_str());
            out.files.push(file(input, name.to_string_lossy().into_owned(), kind.len()));
        }
    }
    unique(inputs, &mut out.files);
    Ok(out)
}

fn folder(root: &Path, excluded: Option<&Path>, out: &mut Listing) -> io::Result<()> {
    let visible = |name: &OsStr| !name.to_string_lossy().starts_with('.');
    let walk = WalkDir::new(root).sort_by(|a, b| a.file_name().cmp(b.file_name())).into_iter().filter_entry(|entry| {
        let is_output = excluded.is_some_and(|folder| {
            entry.depth() > 0
                && entry.file_type().is_dir()
                && fs::canonicalize(entry.path()).is_ok_and(|path| path == folder)
        });
        entry.depth() == 0 || visible(entry.file_name()) && !is_output
    });
    for entry in walk {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) if error.depth() == 0 => return Err(error.into()),
            Err(error) => {
                out.notes.push(format!("passed over: {error}"));
                continue;
            }
        };
        let kind = entry.file_type();
        if kind.is_dir() {
            continue;
        }
        if !kind.is_file() {
            let what = if kind.is_symlink() { "a link" } else { "a pipe, socket or device" };
            out.notes.push(format!("passed over {}: {what}; name it as an input to read it", entry.path().display()));
            continue;
        }
        let name = entry.path().strip_prefix(root).unwrap_or(entry.path());
        let name = name.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
        out.files.push(file(entry.path(), name, entry.metadata().map_or(0, |m| m.len())));
    }
    Ok(())
}

/// What [`list`] passes over without a word: hidden files and folders, and the folder `exclude`; each with the reason.
pub fn passed_over(inputs: &[PathBuf], exclude: &Path) -> Vec<(PathBuf, &'static str)> {
    let excluded = fs::canonicalize(exclude).ok();
    let mut out = Vec::new();
    for input in inputs.iter().filter(|input| input.is_dir()) {
        let mut walk = WalkDir::new(input).min_depth(1).sort_by_file_name().into_iter();
        while let Some(entry) = walk.next() {
            let Ok(entry) = entry else { continue };
            let is_folder = entry.file_type().is_dir();
            let why = if entry.file_name().to_string_lossy().starts_with('.') {
                "hidden"
            } else if is_folder && excluded.is_some() && fs::canonicalize(entry.path()).ok() == excluded {
                "the output folder"
            } else {
                continue;
            };
            out.push((entry.path().to_owned(), why));
            if is_folder {
                walk.skip_current_dir();
            }
        }
    }
    out
}

fn file(path: &Path, name: String, size: u64) -> InputFile {
    let (format, media_type) = kind_of(&path.to_string_lossy());
    InputFile { path: Some(path.to_owned()), name, format: Some(format), media_type, size }
}

/// How the documents lie in a file of this name, and its media type.
pub fn kind_of(name: &str) -> (Format, &'static str) {
    let extension = Path::new(name).extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    match extension.as_str() {
        "jsonl" | "ndjson" => (Format::JsonLines, "application/jsonl"),
        "json" => (Format::Json, "application/json"),
        "html" | "htm" | "xhtml" | "xht" | "shtml" => (Format::Text, "text/html"),
        "md" | "markdown" => (Format::Text, "text/markdown"),
        other => (
            Format::Text,
            interchange::Format::of_extension(other).map_or("text/plain", interchange::Format::media_type),
        ),
    }
}

/// Files of different inputs that came to the same name take the path as it was typed.
fn unique(inputs: &[PathBuf], files: &mut [InputFile]) {
    if inputs.len() < 2 {
        return;
    }
    let mut count: HashMap<String, usize> = HashMap::new();
    for file in files.iter() {
        *count.entry(file.name.clone()).or_default() += 1;
    }
    for file in files {
        if let (Some(path), Some(2..)) = (&file.path, count.get(&file.name)) {
            file.name =
                path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/").replacen("//", "/", 1);
        }
    }
}

/// The text of a file that the user names.
///
/// # Errors
/// Where it cannot be read or is not in UTF-8.
pub fn text(path: &Path) -> Result<String, Error> {
    fs::read_to_string(path).map_err(|source| Error::Input { path: path.to_owned(), source })
}

/// The rule files in a folder of the user's, by their name relative to it.
///
/// # Errors
/// Where the folder or a file in it cannot be read.
pub fn overlay(folder: &Path) -> Result<Overlay, Error> {
    let mut files = BTreeMap::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let failed = |source| Error::Input { path: folder.to_owned(), source };
        let entry = entry.map_err(|e| failed(e.into()))?;
        if entry.file_type().is_file() && entry.path().extension().is_some_and(|e| e == "tsv") {
            let name = entry.path().strip_prefix(folder).unwrap_or(entry.path());
            let name = name.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
            let text = fs::read_to_string(entry.path())
                .map_err(|source| Error::Input { path: entry.path().to_owned(), source })?;
            files.insert(name, text);
        }
    }
    Ok(Overlay::new(files))
}
