//! A line of `decisions.jsonl`: what a person decided of a finding.

use serde::{Deserialize, Serialize};

/// What was decided of a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The finding, by its `id`.
    pub finding: String,
    /// What was decided.
    pub decision: Verdict,
    /// Why, or what is to be done.
    #[serde(default)]
    pub comment: String,
    /// The document of the finding, as it was called where this was decided.
    #[serde(default)]
    pub document: String,
    /// Its rule, for readers.
    #[serde(default)]
    pub rule: String,
    /// What stood there, for readers.
    #[serde(default)]
    pub text: String,
}

/// What can be decided of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Nothing yet; there is a comment.
    Open,
    /// It is right: something is to be done. It is reported until it is.
    Accept,
    /// It is a false alarm: it is not reported again.
    Reject,
}
