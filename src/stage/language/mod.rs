//! Which language a document and each of its passages is in.

use crate::model::{Detected, LanguageTag, Languages, Passage};
use crate::rules::language::LanguageRules;

/// The languages of a document and its passages; `given` is what the input or the user says of the document.
pub fn detect(_text: &str, passages: &[Passage], given: Option<LanguageTag>, _rules: &LanguageRules) -> Languages {
    let document = Detected { tag: given.unwrap_or(LanguageTag::UND), ..Detected::UNKNOWN };
    Languages { document, passages: vec![Detected::UNKNOWN; passages.len()] }
}
