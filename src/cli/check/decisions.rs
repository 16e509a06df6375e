//! What was decided in a review, `decisions.jsonl`: what was rejected is not reported again.

use std::collections::BTreeMap;
use std::path::Path;

use crate::error::Error;
use crate::record::{Decision, Finding, Verdict};

/// Decisions by the findings they are about; of several about one the last counts.
#[derive(Clone, Debug, Default)]
pub(in crate::cli) struct Decisions {
    by_finding: BTreeMap<String, Decision>,
}

impl Decisions {
    /// Reads a file of decisions.
    ///
    /// # Errors
    /// Where it cannot be read, or a line of it is no decision.
    pub(super) fn read(path: &Path) -> Result<Self, Error> {
        let text = crate::read::text(path)?;
        let mut out = Self::default();
        let lines = text.strip_prefix('\u{feff}').unwrap_or(&text).lines().enumerate();
        for (number, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
            let decision: Decision = serde_json::from_str(line).map_err(|error| Error::Decisions {
                path: path.to_owned(),
                line: number + 1,
                what: error.to_string(),
            })?;
            out.by_finding.insert(decision.finding.clone(), decision);
        }
        Ok(out)
    }

    /// Why a finding is not reported, where it was rejected.
    pub(super) fn rejected(&self, finding: &Finding) -> Option<String> {
        let decision = self.by_finding.get(&finding.id).filter(|decision| decision.decision == Verdict::Reject)?;
        let comment = decision.comment.trim();
        Some(if comment.is_empty() { "rejected in a review".to_owned() } else { comment.to_owned() })
    }

    /// Whether something was decided of a finding.
    pub(super) fn knows(&self, finding: &Finding) -> bool {
        self.by_finding.contains_key(&finding.id)
    }

    /// All of them, by the names of the findings.
    pub(super) fn list(&self) -> Vec<Decision> {
        self.by_finding.values().cloned().collect()
    }
}
