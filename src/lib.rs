//! Cleans scraped and machine-translated articles into a structured JSON corpus.

pub mod analyze;
pub mod model;
pub mod options;
pub mod rules;
pub mod stage;
pub mod text;
