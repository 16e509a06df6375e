//! `recensio feed`, and `recensio run --feed`: what a search engine is fed with, from a corpus.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args as ClapArgs, ValueEnum};

use super::args::{Run, size};
use super::{Failure, log};
use crate::error::Error;
use crate::feed::{Engine, Kind, MANIFEST, Order, readable, write};

/// What was typed.
#[derive(Debug, ClapArgs)]
pub(super) struct Feed {
    /// The folder that the corpus was written to.
    #[arg(value_name = "DIR", default_value = "output")]
    pub(super) corpus: PathBuf,
    /// The engine that is fed.
    #[arg(long, value_enum, value_name = "ENGINE")]
    pub(super) to: To,
    /// The folder that the feed is written to; default: feeds/ENGINE in the folder of the corpus.
    #[arg(short = 'o', long = "output", value_name = "DIR")]
    pub(super) into: Option<PathBuf>,
    /// The manifest.jsonl of an earlier feed, of any engine: only what is new, changed or gone since is written.
    #[arg(long, value_name = "MANIFEST")]
    pub(super) since: Option<PathBuf>,
    #[command(flatten)]
    pub(super) entries: Entries,
    /// The number of the feed in its series, where the manifest of the one before is lost; above all that the engine was given.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..1 << 53))]
    pub(super) generation: Option<u64>,
    /// Say nothing but errors.
    #[arg(short, long)]
    pub(super) quiet: bool,
}

/// What is the same for every engine, and for a run that makes feeds.
#[derive(Debug, ClapArgs)]
pub(super) struct Entries {
    /// What an entry of a search index is.
    #[arg(long, value_enum, default_value_t = UnitKind::Document)]
    pub(super) unit: UnitKind,
    /// What the index, collection or table of a search engine is called.
    #[arg(long, value_name = "NAME", value_parser = name, default_value = "recensio")]
    pub(super) name: String,
    /// Bytes that a file of a feed may have, as engines take no longer request; a single record that is longer is in a file of its own.
    #[arg(long, value_name = "SIZE", value_parser = size, default_value = "50MB")]
    pub(super) max_file_size: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum To {
    /// OpenSearch, by _bulk.
    #[value(name = "opensearch")]
    OpenSearch,
    /// Elasticsearch, by _bulk.
    Elasticsearch,
    /// Meilisearch.
    Meilisearch,
    /// Typesense.
    Typesense,
    /// Vespa.
    Vespa,
    /// Apache Solr.
    Solr,
    /// SQLite, with FTS5.
    Sqlite,
    /// PostgreSQL, with its full text search.
    Postgres,
    /// Groonga.
    Groonga,
    /// Documents and schema for programs that use tantivy.
    Tantivy,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum UnitKind {
    Document,
    Passage,
}

/// A name that all engines take, and that needs no quotes in any of their languages.
fn name(text: &str) -> Result<String, String> {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let ok = text.len() <= 40 && text.chars().all(allowed) && text.starts_with(|c: char| c.is_ascii_lowercase());
    ok.then(|| text.to_owned())
        .ok_or_else(|| "give up to 40 small Latin letters, digits and _, a letter first".to_owned())
}

impl From<To> for Engine {
    fn from(to: To) -> Self {
        match to {
            To::OpenSearch => Self::OpenSearch,
            To::Elasticsearch => Self::Elasticsearch,
            To::Meilisearch => Self::Meilisearch,
            To::Typesense => Self::Typesense,
            To::Vespa => Self::Vespa,
            To::Solr => Self::Solr,
            To::Sqlite => Self::Sqlite,
            To::Postgres => Self::Postgres,
            To::Groonga => Self::Groonga,
            To::Tantivy => Self::Tantivy,
        }
    }
}

impl From<UnitKind> for Kind {
    fn from(unit: UnitKind) -> Self {
        match unit {
            UnitKind::Document => Self::Document,
            UnitKind::Passage => Self::Passage,
        }
    }
}

/// Writes the feed.
pub(super) fn feed(args: &Feed) -> Result<ExitCode, Failure> {
    let output = args.into.clone().unwrap_or_else(|| folder(&args.corpus, args.to));
    let order = order(&args.corpus, args.to, output, &args.entries);
    made(&Order { since: args.since.clone(), generation: args.generation, ..order }, args.quiet)?;
    Ok(ExitCode::SUCCESS)
}

/// Writes the feeds that a run was asked for, from the corpus that it made.
pub(super) fn feeds(args: &Run) -> Result<(), Error> {
    for to in engines(args) {
        let order = order(&args.output, to, folder(&args.output, to), &args.entries);
        made(&Order { since: args.since.clone(), ..order }, args.input.quiet)?;
    }
    Ok(())
}

/// The folders that these feeds go to.
pub(super) fn folders(args: &Run) -> Vec<PathBuf> {
    engines(args).into_iter().map(|to| folder(&args.output, to)).collect()
}

/// Whether the feeds of a run can be made, as far as that is known before it.
pub(super) fn can_be_made(args: &Run) -> Result<(), Error> {
    args.since.iter().try_for_each(|manifest| readable(manifest, args.entries.unit.into()))
}

/// Each once; the one whose manifest is that of --since last, as it is replaced then.
fn engines(args: &Run) -> Vec<To> {
    let mut out: Vec<To> = Vec::new();
    for to in &args.feed {
        if !out.contains(to) {
            out.push(*to);
        }
    }
    let since = args.since.as_deref().and_then(|path| path.canonicalize().ok());
    let is_since = |to: &To| since.is_some() && folder(&args.output, *to).join(MANIFEST).canonicalize().ok() == since;
    out.sort_by_key(is_since);
    out
}

fn folder(corpus: &Path, to: To) -> PathBuf {
    corpus.join("feeds").join(Engine::from(to).name())
}

fn order(corpus: &Path, to: To, output: PathBuf, entries: &Entries) -> Order {
    Order {
        corpus: corpus.join("corpus.jsonl"),
        engine: to.into(),
        kind: entries.unit.into(),
        output,
        since: None,
        name: entries.name.clone(),
        size: entries.max_file_size,
        generation: None,
    }
}

/// Writes a feed and says what came of it.
fn made(order: &Order, quiet: bool) -> Result<(), Error> {
    let done = write(order)?;
    if done.oversized > 0 {
        log::warning(&format!(
            "{} records are longer than --max-file-size, each in a file of its own: the engine may refuse them; --unit passage makes shorter ones",
            done.oversized
        ));
    }
    if !quiet {
        log::plain(&format!(
            "{}: generation {}, {} to write, {} to delete, {} unchanged",
            log::safe(&order.output.display().to_string()),
            done.generation,
            done.upserts,
            done.deletes,
            done.unchanged
        ));
    }
    Ok(())
}
