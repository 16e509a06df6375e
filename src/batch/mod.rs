//! Floor 8: documents in parallel, in bounded memory, delivered in the order of the input.

mod alone;
mod brake;
mod check;
mod decision;
mod lot;
mod ordered;
mod outlined;
mod packed;
mod prefer;
mod probe;
mod run;
mod sink;
pub mod spread;
mod watch;

pub use alone::Alone;
pub use brake::Brake;
pub use check::{Checked, Checking, check, check_one};
pub use lot::{Lot, Sums};
pub use ordered::two_stage;
pub use probe::Probe;
pub use run::{Ended, Event, Plan, run};
pub use sink::{Corpus, Sink};
