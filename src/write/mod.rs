//! Floor 7, the way out: files that appear whole or not at all.

pub mod convert;
pub mod excerpt;
pub mod metrics;
pub mod report;
pub mod scratch;
pub mod state;
pub mod table;
pub mod timeline;
mod whole;

pub use whole::can_be_written;
