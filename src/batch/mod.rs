//! Floor 8: documents in parallel, in bounded memory, delivered in the order of the input.

mod ordered;
mod run;
mod sink;

pub use ordered::two_stage;
pub use run::{Event, Plan, run};
pub use sink::{Corpus, Findings, Sink};
