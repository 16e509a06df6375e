//! Which blocks are no part of the article: boilerplate.

use crate::model::Block;
use crate::rules::boilerplate::BoilerplateRules;

/// A block that is boilerplate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Boilerplate {
    /// Its number.
    pub block: usize,
    /// The rule that says so.
    pub rule: &'static str,
}

/// The blocks that are boilerplate, by their number.
pub fn boilerplate(_text: &str, _blocks: &[Block], _rules: &BoilerplateRules) -> Vec<Boilerplate> {
    Vec::new()
}
