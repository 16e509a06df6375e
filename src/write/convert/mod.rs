//! A corpus in the forms that other tools read, each with everything that the form can hold.

#[cfg(feature = "arrow")]
mod columns;
mod dolma;
mod drafts;
mod lines;
mod tables;

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use serde_json::Value;

use self::drafts::Drafts;
use crate::error::Error;

/// The form of what is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Parquet, a file for each file of the corpus.
    Parquet,
    /// Arrow IPC files (Feather 2), likewise.
    Arrow,
    /// JSON Lines as the readers of datatrove take them: `text`, `id`, `metadata`.
    Datatrove,
    /// Documents of the toolkit dolma, and the annotations as its attributes.
    Dolma,
    /// A dataset of Hugging Face `datasets`: Parquet, and the card that names its parts.
    HuggingFace,
    /// JSON Lines of LangChain's `Document`: one for each document or, where `passages`, for each passage.
    LangChain {
        /// Whether passages are documents.
        passages: bool,
    },
    /// Tables of comma-separated values (RFC 4180), one for each layer of annotation.
    Csv,
    /// The same with tabs; tabs and line ends in values are `\t` and `\n`, a backslash is `\\`.
    Tsv,
}

/// The files of a corpus whose lines are records.
const FILES: [&str; 4] = ["corpus.jsonl", "removed.jsonl", "clusters.jsonl", "findings.jsonl"];

/// Writes the corpus in `corpus` to the folder `out` in another form; gives the files that were written. They appear when all are whole.
///
/// # Errors
/// Where the corpus cannot be read, is not of the form, or the files cannot be written.
pub fn convert(corpus: &Path, layout: Layout, out: &Path) -> Result<Vec<PathBuf>, Error> {
    let run = run(corpus)?;
    let mut drafts = Drafts::new(out)?;
    match layout {
        Layout::Datatrove => lines::write(corpus, &mut drafts, "00000.jsonl", lines::datatrove)?,
        Layout::LangChain { passages } => {
            let of = if passages { lines::langchain_passages } else { lines::langchain };
            lines::write(corpus, &mut drafts, "documents.jsonl", of)?;
        }
        Layout::Dolma => dolma::write(corpus, &mut drafts)?,
        Layout::Csv => tables::write(corpus, &mut drafts, tables::Cells::Commas)?,
        Layout::Tsv => tables::write(corpus, &mut drafts, tables::Cells::Tabs)?,
        Layout::Parquet | Layout::Arrow | Layout::HuggingFace => in_columns(corpus, layout, &run, &mut drafts)?,
    }
    drafts.publish()
}

#[cfg(feature = "arrow")]
fn in_columns(corpus: &Path, layout: Layout, run: &Value, drafts: &mut Drafts) -> Result<(), Error> {
    columns::write(corpus, layout, run, drafts)
}

#[cfg(not(feature = "arrow"))]
fn in_columns(_: &Path, _: Layout, _: &Value, _: &mut Drafts) -> Result<(), Error> {
    let what = "this build writes no columns: build with `--features arrow`, or choose another form with --to";
    Err(Error::Usage(what.to_owned()))
}

/// What `run.json` says.
fn run(corpus: &Path) -> Result<Value, Error> {
    let path = corpus.join("run.json");
    let read = || serde_json::from_slice(&std::fs::read(&path)?).map_err(io::Error::from);
    read().map_err(|error| Error::Corpus { path: path.clone(), what: error.to_string() })
}

/// Hands the lines of a file to `visit`, with their numbers from 1.
fn each_line(path: &Path, mut visit: impl FnMut(usize, &[u8]) -> Result<(), Error>) -> Result<(), Error> {
    let failed = |error: io::Error| Error::Corpus { path: path.to_owned(), what: error.to_string() };
    let mut file = BufReader::with_capacity(1 << 16, File::open(path).map_err(failed)?);
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        if file.read_until(b'\n', &mut line).map_err(failed)? == 0 {
            break;
        }
        visit(number, line.trim_ascii_end())?;
    }
    Ok(())
}

/// Hands the records of a file to `visit`.
fn each_record(path: &Path, mut visit: impl FnMut(Value) -> Result<(), Error>) -> Result<(), Error> {
    each_line(path, |number, line| {
        let record = serde_json::from_slice(line);
        visit(record.map_err(|error| malformed(path, number, &error))?)
    })
}

fn malformed(path: &Path, line: usize, what: &dyn std::fmt::Display) -> Error {
    Error::Corpus { path: path.to_owned(), what: format!("line {line}: {what}") }
}
