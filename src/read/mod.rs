//! Floor 7, the way in: files, folders and standard input become documents. The only reading of the library.

mod files;
mod json;
mod limit;
mod packed;
#[cfg(feature = "parquet")]
mod parquet;
mod parse;
mod probe;
mod source;
mod warc;
mod word;

pub use files::{Format, InputFile, Listing, kind_of, list, overlay, passed_over, text};
pub use json::Fields;
pub use parse::{Parsed, begin, parse};
pub use probe::Probe;
pub use source::{About, Body, Documents, Raw};
