//! Triggers and grammars of temporal expressions by language.

use super::{Overlay, RuleError};

/// Triggers and grammars of temporal expressions by language.
#[derive(Debug)]
pub struct TimexRules {}

impl TimexRules {
    /// Compiles the data files.
    pub fn load(_overlay: &Overlay) -> Result<Self, RuleError> {
        Ok(Self {})
    }
}
