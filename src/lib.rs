//! Cleans scraped and machine-translated articles into a structured JSON corpus.

pub mod analyze;
pub mod batch;
pub mod cli;
pub mod corpus;
pub mod error;
pub mod model;
pub mod options;
pub mod read;
pub mod record;
pub mod rules;
pub mod stage;
pub mod text;
pub mod write;
