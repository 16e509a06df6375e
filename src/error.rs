//! What stops a run. A broken document does not: it becomes a record in `removed.jsonl`.

use std::io;
use std::path::PathBuf;

use crate::rules::RuleError;

/// What stops a run. Messages read after `error:`.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// An input that was named is not there or cannot be opened at all.
    #[error("cannot read {}: {source}; name an existing file or folder, or - for standard input", path.display())]
    Input {
        /// What was named.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Standard input broke off.
    #[error("cannot read standard input: {0}")]
    Stdin(io::Error),
    /// An output file or folder cannot be written.
    #[error("cannot write {}: {source}; no file was left half written: mend that and run the same command again, which goes on from here, or name another folder with -o", path.display())]
    Output {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A table or the figures of a run cannot be written.
    #[error("cannot write {}: {source}; name a file in a folder that is there with --metrics or --entities-csv", path.display())]
    Table {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A corpus cannot be written in another form.
    #[error("cannot write {}: {source}; none of the files was changed: mend that, or name another folder with -o", path.display())]
    Converted {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file for what the run cannot hold in memory cannot be written.
    #[error("cannot write to {}: {source}; a run needs room there for what it cannot hold in memory: make some and run the same command again", path.display())]
    Scratch {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Too many documents of standard input repeat others, and it cannot be read again to keep them.
    #[error(
        "{removed} of {documents} documents of {origin} repeat others, which is more than --brake allows, and standard input can be read only once; write it to a file first, or give --brake 100%"
    )]
    Braked {
        /// The source.
        origin: String,
        /// Documents that it has.
        documents: u64,
        /// Of these repeat others.
        removed: u64,
    },
    /// Another run writes to the output folder.
    #[error("another run is writing to {}; wait until it has ended, or name another folder with -o", path.display())]
    Locked {
        /// The folder.
        path: PathBuf,
    },
    /// A file of an earlier run is missing or is not what this program writes.
    #[error("cannot read {}: {what}; run recensio first, or name the folder that it wrote to", path.display())]
    Corpus {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        what: String,
    },
    /// A corpus made earlier cannot be gone on from.
    #[error("cannot compare with the corpus in {}: {source}; name the output folder of an earlier run of this version, made with the same options", path.display())]
    Against {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A line of a file of decisions is none.
    #[error("cannot read decisions: {}:{line}: {what}; save them again from the page of the review", path.display())]
    Decisions {
        /// The file.
        path: PathBuf,
        /// Its line, from 1.
        line: usize,
        /// What is wrong.
        what: String,
    },
    /// A line of a file of suppressions does not say what it must.
    #[error("cannot read suppressions: {}:{line}: {what}", path.display())]
    Suppressions {
        /// The file.
        path: PathBuf,
        /// Its line, from 1.
        line: usize,
        /// What is wrong.
        what: String,
    },
    /// A file is no baseline.
    #[error("cannot read the baseline {}:{line}: {what}; write it anew with --write-baseline", path.display())]
    Baseline {
        /// The file.
        path: PathBuf,
        /// Its line, from 1.
        line: usize,
        /// What is wrong.
        what: String,
    },
    /// A manifest of a feed is none.
    #[error("cannot read the manifest {}:{line}: {what}; name the manifest.jsonl of an earlier feed with --since", path.display())]
    Manifest {
        /// The file.
        path: PathBuf,
        /// Its line, from 1.
        line: usize,
        /// What is wrong.
        what: String,
    },
    /// A feed cannot be written.
    #[error("cannot write the feed to {}: {source}; no part of it was left: mend that and give the same command again, or name another folder with -o", path.display())]
    Feed {
        /// Its folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// An index cannot be made, brought up to date or read.
    #[error("the index {}: {what}", path.display())]
    Index {
        /// Its folder.
        path: PathBuf,
        /// What is wrong, and what to do.
        what: String,
    },
    /// The configuration says what it cannot say.
    #[error("{}:{line}:{column}: {what}", path.display())]
    Config {
        /// The file.
        path: PathBuf,
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
        /// What is wrong, and what to do.
        what: String,
    },
    /// Options that do not go together, or name what there is not.
    #[error("{0}")]
    Usage(String),
    /// A rule file is malformed.
    #[error(transparent)]
    Rules(#[from] RuleError),
    /// The worker threads could not be started.
    #[error("cannot start {threads} threads: {what}; try a smaller --threads")]
    Threads {
        /// How many were asked for.
        threads: usize,
        /// Why.
        what: String,
    },
    /// Edited copies would be removed and not reported.
    #[error(
        "--near-reported {reported} is above --near-removed {removed}: what is removed is reported, too; give a smaller or the same similarity"
    )]
    Thresholds {
        /// The similarity from which on they are removed.
        removed: f32,
        /// And reported.
        reported: f32,
    },
    /// Signals cannot be watched for.
    #[error("cannot watch for interrupts: {0}")]
    Signals(io::Error),
    /// What was found does not add up: a defect of this program.
    #[error(
        "characters are unaccounted for: {read} read, {accounted} accounted for; this is a defect of recensio, please report it"
    )]
    Conservation {
        /// Non-blank characters read.
        read: u64,
        /// Of these in an output file.
        accounted: u64,
    },
}
