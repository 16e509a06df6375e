//! Floor 5: what needs more than one document: repeats across the corpus. Documents come in input order; the first copy of anything is kept.

pub mod collate;
mod hashed;
pub mod verdict;

pub use collate::{Cluster, Clusters, Collator, Copy, Level, Site};
pub use verdict::{BlockVerdict, Original, Verdict};
