//! Blocks of a plain text by its layout, and sentences of a block.

use crate::model::{Block, LanguageTag};
use crate::rules::sentence::SentenceRules;
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

/// The sentences of the block at `span`, without the white space between them.
pub fn sentences(_text: &str, span: Span, _language: LanguageTag, _rules: &SentenceRules) -> Vec<Span> {
    vec![span]
}

/// The block that is the title of the document.
pub fn title(_text: &str, _blocks: &[Block]) -> Option<usize> {
    None
}

/// The block that is the title of a second copy of the article and stands before it.
pub fn title_before_copy(_text: &str, _blocks: &[Block], _copies: &[Option<usize>]) -> Option<usize> {
    None
}
