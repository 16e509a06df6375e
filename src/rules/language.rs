//! Alphabets and frequent words by language.

use super::{Overlay, RuleError};

/// Alphabets and frequent words by language.
#[derive(Debug)]
pub struct LanguageRules {}

impl LanguageRules {
    /// Compiles the data files.
    pub fn load(_overlay: &Overlay) -> Result<Self, RuleError> {
        Ok(Self {})
    }
}
