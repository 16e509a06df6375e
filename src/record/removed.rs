//! A line of `removed.jsonl`.

use schemars::JsonSchema;
use serde::Serialize;

use super::document::{Meta, Source};

/// A document that was not kept, and why.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Removed<'a> {
    /// `recensio/1`.
    pub format: &'static str,
    /// What positions are counted in.
    pub offsets: &'static str,
    /// The document's name.
    pub id: &'a str,
    /// The file or line it came from.
    pub source: Source<'a>,
    /// Fields of the input that pass through untouched.
    pub meta: Meta<'a>,
    /// `duplicate failed filtered`.
    pub reason: &'static str,
    /// The rule that says so.
    pub rule: &'static str,
    /// For a duplicate: the document that is kept.
    pub of: Option<&'a str>,
    /// Where that document is in a corpus made earlier (`--against`): its folder, as it was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of_corpus: Option<&'a str>,
    /// For a duplicate: the cluster in `clusters.jsonl`.
    pub cluster: Option<&'a str>,
    /// For a duplicate: 0 to 1.
    pub similarity: Option<f32>,
    /// For a failure: what happened, and where.
    pub message: Option<&'a str>,
    /// Its text, as far as it could be read.
    pub text: &'a str,
}
