//! Floor 7, the way out: files that appear whole or not at all.

mod folder;
pub mod report;

pub use folder::{File, Folder};
