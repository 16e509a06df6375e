//! What was decided in a review, `decisions.jsonl`: what was rejected is not reported again.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_64;

use crate::error::Error;
use crate::record::{Decision, Finding, Verdict};

/// Decisions by the findings they are about; of several about one the last counts. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Decisions {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    by_finding: BTreeMap<String, Decision>,
    // The documents that something was rejected in, by the last part of their names, and a hash of what.
    documents: BTreeMap<String, BTreeMap<String, u64>>,
    // The same of what was rejected in no document that is named.
    elsewhere: u64,
}

impl Decisions {
    /// Reads a file of decisions.
    ///
    /// # Errors
    /// Where it cannot be read, or a line of it is no decision.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let text = crate::read::text(path)?;
        let mut out = Shared::default();
        let lines = text.strip_prefix('\u{feff}').unwrap_or(&text).lines().enumerate();
        for (number, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
            let decision: Decision = serde_json::from_str(line).map_err(|error| Error::Decisions {
                path: path.to_owned(),
                line: number + 1,
                what: error.to_string(),
            })?;
            out.by_finding.insert(decision.finding.clone(), decision);
        }
        for decision in out.by_finding.values().filter(|decision| decision.decision == Verdict::Reject) {
            let name = &decision.document;
            let sum = match name.as_str() {
                "" => &mut out.elsewhere,
                _ => out.documents.entry(last(name).to_owned()).or_default().entry(name.clone()).or_default(),
            };
            *sum = sum.wrapping_add(xxh3_64(decision.finding.as_bytes()));
        }
        Ok(Self { shared: Arc::new(out) })
    }

    /// Why a finding is not reported, where it was rejected.
    ///
    /// A document may have had another name where the decision was made: `recensio check` names it as it was typed, `recensio run` by its
    /// place in the folder. Two names are of one document where one ends with the other, after a `/`.
    pub fn rejected(&self, finding: &Finding) -> Option<String> {
        let by = |id: &str| self.shared.by_finding.get(id).filter(|decision| decision.decision == Verdict::Reject);
        let renamed =
            || self.named(&finding.document).find_map(|(name, _)| by(&Finding::id(name, &finding.fingerprint)));
        let decision = by(&finding.id).or_else(renamed)?;
        let comment = decision.comment.trim();
        Some(if comment.is_empty() { "rejected in a review".to_owned() } else { comment.to_owned() })
    }

    /// Whether something was decided of a finding.
    pub fn knows(&self, finding: &Finding) -> bool {
        self.shared.by_finding.contains_key(&finding.id)
    }

    /// All of them, by the names of the findings.
    pub fn list(&self) -> Vec<Decision> {
        self.shared.by_finding.values().cloned().collect()
    }

    /// A hash of all that was rejected, 0 where nothing was.
    pub fn sum(&self) -> u64 {
        self.shared
            .documents
            .values()
            .flat_map(BTreeMap::values)
            .fold(self.shared.elsewhere, |sum, n| sum.wrapping_add(*n))
    }

    /// A hash of what was rejected in a document, 0 where nothing was; a decision that does not name its document counts for each.
    pub fn sum_of(&self, document: &str) -> u64 {
        self.named(document).fold(self.shared.elsewhere, |sum, (_, n)| sum.wrapping_add(*n))
    }

    /// The names of a document in the decisions, with the hash of what was rejected under each.
    fn named<'s>(&'s self, document: &'s str) -> impl Iterator<Item = (&'s String, &'s u64)> {
        let alike = self.shared.documents.get(last(document)).into_iter().flatten();
        alike.filter(move |(name, _)| is_same(name, document))
    }
}

/// The last part of a name.
fn last(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

/// Whether two names are of one document: one is the end of the other, from a `/` on.
fn is_same(a: &str, b: &str) -> bool {
    let ends = |long: &str, short: &str| {
        long.strip_suffix(short).is_some_and(|head| head.is_empty() || head.ends_with('/')) && !short.is_empty()
    };
    ends(a, b) || ends(b, a)
}

#[cfg(test)]
mod tests {
    use super::is_same;

    #[test]
    fn a_name_may_have_its_folder_before_it() {
        assert!(is_same("news/a.txt", "a.txt"));
        assert!(is_same("a.txt", "news/a.txt"));
        assert!(is_same("a.txt", "a.txt"));
        assert!(!is_same("data.txt", "a.txt"));
        assert!(!is_same("", "a.txt"));
    }
}
