//! Floor 8: what search engines are fed with, from a corpus that is whole.
//!
//! A feed is a folder: files of records as an engine takes them, its settings, and a manifest of what the engine holds when it has taken them. With
//! the manifest of an earlier feed only what has changed since is written. Each feed of a series has a generation, a number that grows with each
//! change; an engine keeps it with each unit, and neither writes what is older than what it has nor deletes what came later than the delete.

pub mod analyser;
mod engine;
#[cfg(feature = "index")]
pub mod index;
mod manifest;
mod unit;
mod write;

pub use engine::Engine;
pub use manifest::MANIFEST;
pub use unit::{Entity, Interval, Kind, Unit, Units, canonical, key};
pub use write::{Done, Order, readable, write};
