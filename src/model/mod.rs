//! Floor 1: documents, and the typed layers of annotation that stand off them. Every span is a byte range of the document's text.

pub mod analysis;
pub mod document;
pub mod finding;
pub mod language;
pub mod leftover;
pub mod mention;
pub mod message;
pub mod outline;
pub mod passage;
pub mod segment;
pub mod timex;

pub use analysis::Analysis;
pub use document::{Document, DocumentDate, Issue, LaidBlock, Layout, Origin};
pub use finding::{Finding, Repair, Severity};
pub use language::{Detected, LanguageTag, Languages, SourceLanguage};
pub use leftover::{Foreign, ForeignKind, Gloss, Leftover};
pub use mention::{Entity, EntityType, Mention, Relation, RelationType};
pub use message::{Message, Tongue};
pub use outline::{Boilerplate, Fingerprint, Outline, Samples, Sketches};
pub use passage::{Block, Kind, Passage};
pub use segment::Segment;
pub use timex::{Resolution, ResolvedHow, Timex, TimexType};
