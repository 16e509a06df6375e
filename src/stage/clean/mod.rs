//! What is no part of an article: boilerplate.

mod boilerplate;
mod mojibake;

pub use boilerplate::{boilerplate, boilerplate_and_suspects};
pub use mojibake::{Repaired, mojibake};
