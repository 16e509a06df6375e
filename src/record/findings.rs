//! A line of `findings.jsonl`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A thing that a translator or editor should look at.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// Its name: of the document, the rule, the words and their neighbours, so that it survives edits elsewhere.
    pub id: String,
    /// What positions are counted in.
    pub offsets: String,
    /// The document.
    pub document: String,
    /// The rule that found it.
    pub rule: String,
    /// `error warning note`.
    pub severity: String,
    /// Its place in the clean text.
    pub span: [usize; 2],
    /// Its place in the decoded source.
    pub source: [usize; 2],
    /// The line of the decoded source, from 1.
    pub line: usize,
    /// The column in code points, from 1.
    pub column: usize,
    /// What stands there.
    pub text: String,
    /// The words around it, with `⟦ ⟧` about what is meant.
    pub context: String,
    /// What is wrong.
    pub message: String,
    /// What could stand there instead, best first.
    pub suggestions: Vec<String>,
    /// The name of its segment, in a file made for translation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub segment: Option<String>,
}
