//! `recensio feed`: what a search engine is fed with, from a corpus.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args as ClapArgs, ValueEnum};

use super::args::size;
use super::{Failure, log};
use crate::feed::{Engine, Kind, Order, write};

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
    #[arg(short, long, value_name = "DIR")]
    pub(super) output: Option<PathBuf>,
    /// What an entry of the index is.
    #[arg(long, value_enum, default_value_t = UnitKind::Document)]
    pub(super) unit: UnitKind,
    /// The manifest.jsonl of an earlier feed, of any engine: only what is new, changed or gone since is written.
    #[arg(long, value_name = "MANIFEST")]
    pub(super) since: Option<PathBuf>,
    /// What the index, collection or table is called.
    #[arg(long, value_name = "NAME", value_parser = name, default_value = "recensio")]
    pub(super) name: String,
    /// Bytes that a file may have, as engines take no longer request; a single record that is longer is in a file of its own.
    #[arg(long, value_name = "SIZE", value_parser = size, default_value = "50MB")]
    pub(super) max_file_size: u64,
    /// The number of the feed in its series, where the manifest of the one before is lost; above all that the engine was given.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..1 << 53))]
    pub(super) generation: Option<u64>,
    /// Say nothing but errors.
    #[arg(short, long)]
    pub(super) quiet: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
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

/// Writes the feed.
pub(super) fn feed(args: &Feed) -> Result<ExitCode, Failure> {
    let engine = match args.to {
        To::OpenSearch => Engine::OpenSearch,
        To::Elasticsearch => Engine::Elasticsearch,
        To::Meilisearch => Engine::Meilisearch,
        To::Typesense => Engine::Typesense,
        To::Vespa => Engine::Vespa,
        To::Solr => Engine::Solr,
        To::Sqlite => Engine::Sqlite,
        To::Postgres => Engine::Postgres,
        To::Groonga => Engine::Groonga,
        To::Tantivy => Engine::Tantivy,
    };
    let output = args.output.clone().unwrap_or_else(|| args.corpus.join("feeds").join(engine.name()));
    let order = Order {
        corpus: args.corpus.join("corpus.jsonl"),
        engine,
        kind: match args.unit {
            UnitKind::Document => Kind::Document,
            UnitKind::Passage => Kind::Passage,
        },
        output,
        since: args.since.clone(),
        name: args.name.clone(),
        size: args.max_file_size,
        generation: args.generation,
    };
    let done = write(&order)?;
    if done.oversized > 0 {
        log::warning(&format!(
            "{} records are longer than --max-file-size, each in a file of its own: the engine may refuse them; --unit passage makes shorter ones",
            done.oversized
        ));
    }
    if !args.quiet {
        log::plain(&format!(
            "{}: generation {}, {} to write, {} to delete, {} unchanged",
            log::safe(&order.output.display().to_string()),
            done.generation,
            done.upserts,
            done.deletes,
            done.unchanged
        ));
    }
    Ok(ExitCode::SUCCESS)
}
