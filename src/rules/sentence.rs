//! Abbreviations that do not end a sentence, by language.

use super::{Overlay, RuleError};

/// Abbreviations that do not end a sentence, by language.
#[derive(Debug)]
pub struct SentenceRules {}

impl SentenceRules {
    /// Compiles the data files.
    pub fn load(_overlay: &Overlay) -> Result<Self, RuleError> {
        Ok(Self {})
    }
}
