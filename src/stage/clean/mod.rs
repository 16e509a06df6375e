//! Which blocks are no part of the article: boilerplate.

use crate::model::{Block, Boilerplate};
use crate::rules::boilerplate::BoilerplateRules;

/// The blocks that are boilerplate, by their number.
pub fn boilerplate(_text: &str, _blocks: &[Block], _rules: &BoilerplateRules) -> Vec<Boilerplate> {
    Vec::new()
}
