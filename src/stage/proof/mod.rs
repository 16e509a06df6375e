//! What a translator or editor should look at, in one text alone.

use crate::model::{Entity, Finding, Languages, Leftover, Passage};
use crate::rules::proof::ProofRules;

/// The findings in `passages`, sorted by place, then rule; the leftovers among them.
pub fn find(
    _text: &str,
    _passages: &[Passage],
    _languages: &Languages,
    _leftovers: &[Leftover],
    _entities: &[Entity],
    _rules: &ProofRules,
) -> Vec<Finding> {
    Vec::new()
}
