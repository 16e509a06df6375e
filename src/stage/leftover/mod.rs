//! Untranslated fragments, and what is foreign on purpose.

use crate::model::{Foreign, LanguageTag, Languages, Leftover, Passage, SourceLanguage};
use crate::rules::leftover::LeftoverRules;

/// What [`find`] found.
#[derive(Debug, Default)]
pub struct Found {
    /// Believed to be untranslated, sorted.
    pub leftovers: Vec<Leftover>,
    /// Foreign on purpose, sorted.
    pub foreign: Vec<Foreign>,
    /// What the document was translated from.
    pub source_language: Option<SourceLanguage>,
}

/// The fragments of another language in `passages`; `source_language` is what the input or the user says the document was translated from.
pub fn find(
    _text: &str,
    _passages: &[Passage],
    _languages: &Languages,
    _source_language: Option<LanguageTag>,
    _rules: &LeftoverRules,
) -> Found {
    Found::default()
}
