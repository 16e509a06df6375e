//! Everything that was found in one document.

use super::{Entity, Finding, Foreign, Languages, Leftover, Passage, Relation, SourceLanguage, Timex};

/// The layers of annotation over the kept passages of a document, each sorted by place.
#[derive(Debug)]
pub struct Analysis {
    /// The kept passages.
    pub passages: Vec<Passage>,
    /// Their languages.
    pub languages: Languages,
    /// What was left untranslated.
    pub leftovers: Vec<Leftover>,
    /// What is foreign on purpose.
    pub foreign: Vec<Foreign>,
    /// What the document was translated from.
    pub source_language: Option<SourceLanguage>,
    /// Temporal expressions.
    pub timexes: Vec<Timex>,
    /// Policy entities, by their first mention.
    pub entities: Vec<Entity>,
    /// How they are related.
    pub relations: Vec<Relation>,
    /// What a translator should look at.
    pub findings: Vec<Finding>,
}
