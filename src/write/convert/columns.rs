//! Parquet and Arrow IPC.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_ipc::writer::FileWriter;
use arrow_schema::{ArrowError, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use serde_json::Value;

use super::drafts::{Draft, Drafts};
use super::{FILES, Layout, each_line, malformed};
use crate::error::Error;
use crate::record::{Batches, columns};

/// Bytes of lines that are decoded together, and rows at most.
const BATCH: usize = 4 << 20;
const ROWS: usize = 16 << 10;
/// Bytes of a row group, packed: what a reader holds at a time.
const GROUP: usize = 64 << 20;

/// Writes each file of the corpus as columns. What `run.json` says stands in the metadata of each, under `recensio.run`.
pub(super) fn write(corpus: &Path, layout: Layout, run: &Value, drafts: &mut Drafts) -> Result<(), Error> {
    for name in FILES {
        let stem = name.trim_end_matches(".jsonl");
        let ending = if layout == Layout::Arrow { "arrow" } else { "parquet" };
        let folder = if layout == Layout::HuggingFace { "data/" } else { "" };
        let draft = drafts.file(&format!("{folder}{stem}.{ending}"))?;
        let about = HashMap::from([("recensio.run".to_owned(), run.to_string())]);
        let schema: SchemaRef = Arc::new(columns(name).as_ref().clone().with_metadata(about));
        let path = corpus.join(name);
        let mut out = Out::new(draft, layout, &schema).map_err(|what| malformed(&path, 0, &what))?;
        let mut batches = Batches::new(name).map_err(|what| malformed(&path, 0, &what))?;
        each_line(&path, |number, line| {
            batches.push(line).map_err(|what| malformed(&path, number, &what))?;
            if batches.bytes() >= BATCH || batches.rows() >= ROWS {
                out.add(&batches.take(&schema).map_err(|what| malformed(&path, number, &what))?)?;
            }
            Ok(())
        })?;
        if batches.rows() > 0 {
            out.add(&batches.take(&schema).map_err(|what| malformed(&path, 0, &what))?)?;
        }
        out.end()?;
    }
    if layout == Layout::HuggingFace {
        let mut card = drafts.file("README.md")?;
        card.add(self::card(run).as_bytes())?;
        card.end()?;
    }
    Ok(())
}

/// The card of a dataset: its languages, and which files make which part.
fn card(run: &Value) -> String {
    let mut out = "---\n".to_owned();
    let languages = run.pointer("/counts/languages").and_then(Value::as_object);
    let mut codes: Vec<&str> = languages.into_iter().flatten().map(|(code, _)| code.as_str()).collect();
    codes.retain(|code| *code != "und");
    if !codes.is_empty() {
        out.push_str("language:\n");
        for code in codes {
            out.push_str(&format!("- \"{code}\"\n"));
        }
    }
    out.push_str("configs:\n");
    for (name, file) in
        [("documents", "corpus"), ("removed", "removed"), ("clusters", "clusters"), ("findings", "findings")]
    {
        let default = if name == "documents" { "  default: true\n" } else { "" };
        out.push_str(&format!(
            "- config_name: {name}\n{default}  data_files:\n  - split: train\n    path: data/{file}.parquet\n"
        ));
    }
    let version = run.get("version").and_then(Value::as_str).unwrap_or_default();
    out.push_str(&format!(
        "---\n\nA corpus in the format recensio/1, made by recensio {version}: `documents` holds the clean texts with their annotations, `removed` what was \
         not kept and why, `clusters` what repeats, `findings` what a translator or editor should look at.\n"
    ));
    out
}

/// A file of columns.
enum Out {
    Parquet(Box<ArrowWriter<Draft>>),
    Arrow(Box<FileWriter<Draft>>),
}

impl Out {
    fn new(draft: Draft, layout: Layout, schema: &SchemaRef) -> Result<Self, ArrowError> {
        if layout == Layout::Arrow {
            return Ok(Self::Arrow(Box::new(FileWriter::try_new(draft, schema)?)));
        }
        let properties = WriterProperties::builder()
            .set_compression(compression())
            .set_max_row_group_bytes(Some(GROUP))
            .set_created_by(concat!("recensio ", env!("CARGO_PKG_VERSION")).to_owned())
            .build();
        Ok(Self::Parquet(Box::new(ArrowWriter::try_new(draft, schema.clone(), Some(properties))?)))
    }

    fn add(&mut self, batch: &RecordBatch) -> Result<(), Error> {
        match self {
            Self::Parquet(out) => out.write(batch).map_err(|error| out.inner().failed(parquet(error))),
            Self::Arrow(out) => {
                let written = out.write(batch);
                written.map_err(|error| out.get_ref().failed(arrow(error)))
            }
        }
    }

    fn end(self) -> Result<(), Error> {
        let draft = match self {
            Self::Parquet(out) => {
                let path = out.inner().path().to_owned();
                out.into_inner().map_err(|error| Error::Converted { path, source: parquet(error) })?
            }
            Self::Arrow(out) => {
                let path = out.get_ref().path().to_owned();
                out.into_inner().map_err(|error| Error::Converted { path, source: arrow(error) })?
            }
        };
        draft.end()
    }
}

/// zstd needs C, and is there where the feature for it is.
#[cfg(feature = "parquet-zstd")]
fn compression() -> Compression {
    Compression::ZSTD(parquet::basic::ZstdLevel::default())
}

#[cfg(not(feature = "parquet-zstd"))]
const fn compression() -> Compression {
    Compression::SNAPPY
}

fn parquet(error: ParquetError) -> std::io::Error {
    std::io::Error::other(error)
}

fn arrow(error: ArrowError) -> std::io::Error {
    match error {
        ArrowError::IoError(_, error) => error,
        other => std::io::Error::other(other),
    }
}
