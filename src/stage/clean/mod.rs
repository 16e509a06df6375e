//! What is no part of an article: boilerplate.

mod boilerplate;
mod mojibake;

pub use boilerplate::boilerplate;
pub use mojibake::{Repaired, mojibake};
