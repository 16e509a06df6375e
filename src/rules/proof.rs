//! What the checks for translators know.

use super::{Overlay, RuleError};

/// What the checks for translators know.
#[derive(Debug)]
pub struct ProofRules {}

impl ProofRules {
    /// Compiles the data files.
    pub fn load(_overlay: &Overlay) -> Result<Self, RuleError> {
        Ok(Self {})
    }
}
