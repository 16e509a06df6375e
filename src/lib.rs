//! Cleans scraped and machine-translated articles into a structured JSON corpus.
//!
//! The whole program is this library: [`batch::run()`] is a run, [`analyze::analyze`] what is done to one document, [`record`] the wire format.
//! The floors it is built on: `docs/ARCHITECTURE.md`.

pub mod analyze;
pub mod batch;
pub mod cli;
pub mod corpus;
pub mod decisions;
pub mod error;
pub mod feed;
pub mod model;
pub mod options;
pub mod read;
pub mod record;
pub mod rules;
pub mod stage;
pub mod text;
pub mod write;

/// The README's examples are tests.
#[doc = include_str!("../README.md")]
#[cfg(doctest)]
struct Readme;
