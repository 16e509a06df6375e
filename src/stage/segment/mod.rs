//! Blocks of a plain text by its layout, and sentences of a block.

mod block;
mod sentence;

pub use block::{blocks, title, title_before_copy};
pub use sentence::sentences;
