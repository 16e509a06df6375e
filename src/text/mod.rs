//! Floor 0: places in text and what characters are. Knows nothing of documents or languages.

pub mod diff;
pub mod fold;
mod han;
mod kana;
pub mod map;
pub mod place;
pub mod script;
pub mod span;
pub mod words;

pub use map::SourceMap;
pub use span::{Span, SpanIndex, Spanned};
