//! Floor 6: the wire format `recensio/1`, the only types of the library that are serialised. A field that stands here keeps its name and meaning.

mod audit;
mod build;
mod clusters;
mod conform;
mod decision;
mod document;
mod findings;
mod removed;
mod run;
mod schema;

pub use audit::{Audit, Examined, document as examine};
pub use build::{Built, breaks, build, failed, line, located, place, places, ruler};
pub use clusters::{Cluster, CopyEntry, Place};
pub use conform::Schema;
pub use decision::{Decision, Verdict};
pub use document::{
    DateEntry, Document, Dropped, EntityEntry, Foreign, Gloss, IssueEntry, Language, Leftover, MentionEntry, Meta,
    Numbered, Passage, RelationEntry, ResolvedEntry, Source, SourceLanguage, Tag,
};
pub use findings::{Finding, Fingerprints, Located};
pub use removed::Removed;
pub use run::{Brake, Conservation, Counts, RepeatOptions, Run, RunOptions};
pub use schema::schema;

/// The name and version of the format, in every record.
pub const FORMAT: &str = "recensio/1";
