//! What is foreign on purpose: acronyms, brands, units.

use super::{Overlay, RuleError};

/// What is foreign on purpose: acronyms, brands, units.
#[derive(Debug)]
pub struct LeftoverRules {}

impl LeftoverRules {
    /// Compiles the data files.
    pub fn load(_overlay: &Overlay) -> Result<Self, RuleError> {
        Ok(Self {})
    }
}
