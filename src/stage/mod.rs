//! Floor 3: one pure function a stage. Stages are strangers to each other; what one needs of another comes in as an argument.
//!
//! A stage reads no file, clock or environment. The spans it gives lie on character bounds, and its layers are sorted by place.

pub mod bitext;
pub mod clean;
pub mod decode;
pub mod entity;
pub mod extract;
pub mod filter;
pub mod interchange;
pub mod language;
pub mod leftover;
pub mod proof;
pub mod repeat;
pub mod segment;
pub mod timex;
