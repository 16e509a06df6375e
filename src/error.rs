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
    /// Another run writes to the output folder.
    #[error("another run is writing to {}; wait until it has ended, or name another folder with -o", path.display())]
    Locked {
        /// The folder.
        path: PathBuf,
    },
    /// A file of an earlier run is missing or is not what this program writes.
    #[error("cannot read {}: {what}; run recensio first, or name its output folder with -o", path.display())]
    Corpus {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        what: String,
    },
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
