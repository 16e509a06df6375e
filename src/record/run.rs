//! `run.json`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What was run and what came of it. Timings are no part of it: the same input and options give the same bytes.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Run {
    /// `recensio/1`.
    pub format: String,
    /// The version of the program.
    pub version: String,
    /// The choices that change what comes out.
    pub options: RunOptions,
    /// BLAKE3 hash of each rule file.
    pub rules: BTreeMap<String, String>,
    /// What was read, kept and found.
    pub counts: Counts,
    /// Nothing is lost without a reason: the sums.
    pub conservation: Conservation,
    /// Sources of which more documents repeat others than may be removed, and from which nothing that repeats was therefore removed.
    pub brakes: Vec<Brake>,
}

/// A source of which too many documents repeat others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Brake {
    /// The host of the documents' addresses; without one, the file that holds them; or else the folder of their files.
    pub source: String,
    /// Documents that it has.
    pub documents: u64,
    /// Of these repeat others as a whole.
    pub repeats: u64,
}

/// What counts as a copy, and what becomes of it.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct RepeatOptions {
    /// What is looked for: `document`, `passage`, `span`.
    pub levels: Vec<String>,
    /// The similarity from which on edited copies are removed, 0 to 1.
    pub near_removed: f64,
    /// And reported.
    pub near_reported: f64,
    /// Whether copies are reported and none is removed.
    pub report_only: bool,
    /// The share of the documents of a source that may be removed, 0 to 1.
    pub brake: f64,
}

/// The choices that change what comes out.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct RunOptions {
    /// Which copy stays: `first longest newest best`, or `all`.
    pub keep: String,
    /// What counts as a copy, and what becomes of it.
    pub repeats: RepeatOptions,
    /// The corpus made earlier that documents are compared with, as it was given.
    pub against: Option<String>,
    /// `chars bytes utf16`.
    pub offsets: String,
    /// The language of the documents, as given.
    pub language: Option<String>,
    /// The language they were translated from, as given.
    pub source_language: Option<String>,
    /// Whether `foreign` is written.
    pub foreign: bool,
    /// What is taken from a page: `main`, `fast` or `all`.
    pub extract: String,
    /// The encoding of the input, as given.
    pub encoding: Option<String>,
    /// The filters of quality: `c4 gopher fineweb`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub filters: Vec<String>,
    /// Whether the places of words are written.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub words: bool,
    /// What one document may cost; one that costs more failed.
    pub limits: LimitOptions,
    /// `repeats`, where nothing else was looked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only: Option<String>,
    /// A hash of what was rejected in the review whose decisions the run obeyed, sixteen hexadecimal digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decisions: Option<String>,
    /// The language of messages and of the report, where it is not English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub messages: Option<String>,
}

/// What one document may cost.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct LimitOptions {
    /// Bytes.
    pub document_size: u64,
    /// Seconds of the processor.
    pub document_time: f64,
}

/// What was read, kept and found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Counts {
    /// Documents read.
    pub documents: u64,
    /// Documents in `corpus.jsonl`.
    pub documents_kept: u64,
    /// Documents in `removed.jsonl`, by reason.
    pub documents_removed: BTreeMap<String, u64>,
    /// Bytes of the documents read.
    pub bytes: u64,
    /// Passages kept.
    pub passages_kept: u64,
    /// Passages taken out of kept documents, by rule.
    pub passages_dropped: BTreeMap<String, u64>,
    /// Clusters, by level.
    pub clusters: BTreeMap<String, u64>,
    /// Leftovers, by language.
    pub leftovers: BTreeMap<String, u64>,
    /// Entities, by type.
    pub entities: BTreeMap<String, u64>,
    /// Dates, by type.
    pub dates: BTreeMap<String, u64>,
    /// Findings, by rule.
    pub findings: BTreeMap<String, u64>,
    /// Findings that are not reported because a person rejected them in a review, by rule.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub findings_rejected: BTreeMap<String, u64>,
    /// Issues, by kind.
    pub issues: BTreeMap<String, u64>,
    /// Documents by language.
    pub languages: BTreeMap<String, u64>,
}

/// Where the non-blank characters of the input went. `read = kept + dropped + removed + failed`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Conservation {
    /// Non-blank characters of all decoded sources.
    pub read: u64,
    /// In the kept passages.
    pub kept: u64,
    /// In what was taken out of kept documents.
    pub dropped: u64,
    /// In documents that were removed.
    pub removed: u64,
    /// In documents that failed.
    pub failed: u64,
}

impl Conservation {
    /// Whether nothing is unaccounted for.
    pub const fn holds(&self) -> bool {
        self.read == self.kept + self.dropped + self.removed + self.failed
    }
}

impl Counts {
    /// Adds another run's or document's counts.
    pub fn add(&mut self, other: &Self) {
        self.documents += other.documents;
        self.documents_kept += other.documents_kept;
        self.bytes += other.bytes;
        self.passages_kept += other.passages_kept;
        for (mine, theirs) in [
            (&mut self.documents_removed, &other.documents_removed),
            (&mut self.passages_dropped, &other.passages_dropped),
            (&mut self.clusters, &other.clusters),
            (&mut self.leftovers, &other.leftovers),
            (&mut self.entities, &other.entities),
            (&mut self.dates, &other.dates),
            (&mut self.findings, &other.findings),
            (&mut self.findings_rejected, &other.findings_rejected),
            (&mut self.issues, &other.issues),
            (&mut self.languages, &other.languages),
        ] {
            for (key, n) in theirs {
                match mine.get_mut(key) {
                    Some(sum) => *sum += n,
                    None => drop(mine.insert(key.clone(), *n)),
                }
            }
        }
    }
}

impl std::ops::AddAssign for Conservation {
    fn add_assign(&mut self, other: Self) {
        self.read += other.read;
        self.kept += other.kept;
        self.dropped += other.dropped;
        self.removed += other.removed;
        self.failed += other.failed;
    }
}
