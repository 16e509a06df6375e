//! Blocks of a plain text by its layout, and sentences of a block.

mod sentence;

pub use sentence::sentences;

use crate::model::Block;
use crate::text::Span;

/// The blocks of `text` in order: together they cover every non-blank character once.
pub fn blocks(text: &str) -> Vec<Block> {
    let mut out = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::new(at, at + line.len()).trimmed(text);
        if !span.is_empty() {
            out.push(Block { span, kind: crate::model::Kind::Paragraph });
        }
        at += line.len();
    }
    out
}
