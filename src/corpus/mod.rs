//! Floor 5: what needs more than one document: repeats across the corpus. Documents come in input order; the first copy of anything is kept.

pub mod cluster;
pub mod collate;
mod copies;
pub mod disk;
mod far;
mod hashed;
mod near;
mod postings;
mod rows;
mod run;
mod sorted;
mod store;
#[cfg(test)]
mod tests;
mod texts;
pub mod verdict;
mod whole;

pub use cluster::{Cluster, Clusters, Copy, Level, RULES};
pub use collate::{Collator, Site, Subject, Taken};
pub use disk::{Blob, Disk};
pub use verdict::{BlockVerdict, Original, Verdict};
