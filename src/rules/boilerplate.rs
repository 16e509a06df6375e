//! Cue phrases of boilerplate by language.

use super::{Overlay, RuleError};

/// Cue phrases of boilerplate by language.
#[derive(Debug)]
pub struct BoilerplateRules {}

impl BoilerplateRules {
    /// Compiles the data files.
    pub fn load(_overlay: &Overlay) -> Result<Self, RuleError> {
        Ok(Self {})
    }
}
