//! What was decided in a review, `decisions.jsonl`: what was rejected is not reported again.

use std::collections::{BTreeMap, BTreeSet};
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
    // What the documents are called that something was rejected in.
    documents: BTreeSet<String>,
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
        let rejected = out.by_finding.values().filter(|decision| decision.decision == Verdict::Reject);
        out.documents = rejected.map(|decision| decision.document.clone()).filter(|name| !name.is_empty()).collect();
        Ok(Self { shared: Arc::new(out) })
    }

    /// Why a finding is not reported, where it was rejected.
    ///
    /// A document may have had another name where the decision was made: `recensio check` names it as it was typed, `recensio run` by its
    /// place in the folder. Two names are of one document where one ends with the other, after a `/`.
    pub fn rejected(&self, finding: &Finding) -> Option<String> {
        let by = |id: &str| self.shared.by_finding.get(id).filter(|decision| decision.decision == Verdict::Reject);
        let renamed = || self.names(&finding.document).find_map(|name| by(&Finding::id(name, &finding.fingerprint)));
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
        sum(self.rejections(|_| true))
    }

    /// A hash of what was rejected in a document, 0 where nothing was; a decision that does not name its document counts for each.
    pub fn sum_of(&self, document: &str) -> u64 {
        if self.shared.by_finding.is_empty() {
            return 0;
        }
        sum(self.rejections(|decision| decision.document.is_empty() || is_same(&decision.document, document)))
    }

    fn rejections<'s>(&'s self, wanted: impl Fn(&Decision) -> bool + 's) -> impl Iterator<Item = &'s str> {
        let all = self.shared.by_finding.iter();
        all.filter(move |(_, decision)| decision.decision == Verdict::Reject && wanted(decision))
            .map(|(id, _)| id.as_str())
    }

    /// The names that a document has in the decisions, other than this one.
    fn names<'s>(&'s self, document: &'s str) -> impl Iterator<Item = &'s String> {
        self.shared.documents.iter().filter(move |name| *name != document && is_same(name, document))
    }
}

/// Whether two names are of one document: one is the end of the other, from a `/` on.
fn is_same(a: &str, b: &str) -> bool {
    let ends = |long: &str, short: &str| {
        long.strip_suffix(short).is_some_and(|head| head.is_empty() || head.ends_with('/')) && !short.is_empty()
    };
    ends(a, b) || ends(b, a)
}

fn sum<'s>(ids: impl Iterator<Item = &'s str>) -> u64 {
    ids.map(|id| xxh3_64(id.as_bytes())).fold(0, u64::wrapping_add)
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
