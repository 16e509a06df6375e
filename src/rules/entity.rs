//! Gazetteers, cue words and grammars of policy entities.

use super::{Overlay, RuleError};

/// Gazetteers, cue words and grammars of policy entities.
#[derive(Debug)]
pub struct EntityRules {}

impl EntityRules {
    /// Compiles the data files.
    pub fn load(_overlay: &Overlay) -> Result<Self, RuleError> {
        Ok(Self {})
    }
}
