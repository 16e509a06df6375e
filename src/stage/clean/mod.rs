//! What is no part of an article: boilerplate.

mod boilerplate;

pub use boilerplate::boilerplate;
