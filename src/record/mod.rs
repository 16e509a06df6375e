//! Floor 6: the wire format `recensio/1`, the only types of the library that are serialised. A field that stands here keeps its name and meaning.

mod audit;
mod build;
mod clusters;
#[cfg(feature = "arrow")]
mod columns;
mod conform;
mod decision;
mod document;
mod findings;
mod removed;
mod run;
mod schema;
mod shape;

pub use audit::{Audit, Examined, Head, document as examine};
pub use build::{Built, append, breaks, build, failed, line, located, place, places, ruler};
pub use clusters::{Cluster, CopyEntry, Place};
#[cfg(feature = "arrow")]
pub use columns::{Batches, columns};
pub use conform::Schema;
pub use decision::{Decision, Verdict};
pub use document::{
    DateEntry, Document, Dropped, EntityEntry, Foreign, Gloss, IssueEntry, Language, Leftover, MentionEntry, Meta,
    Numbered, Passage, RelationEntry, ResolvedEntry, Source, SourceLanguage, Tag,
};
pub use findings::{Finding, Fingerprints, Located};
pub use removed::Removed;
pub use run::{Brake, Conservation, Counts, LimitOptions, RepeatOptions, Run, RunOptions};
pub use schema::schema;
pub use shape::{Field, Shape, fields};

/// The name and version of the format, in every record.
pub const FORMAT: &str = "recensio/1";
