//! The parts a document is made of.

use crate::text::{Span, Spanned};

/// What a passage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// The title of the document.
    Title,
    /// A heading of a section.
    Heading,
    /// Running text.
    Paragraph,
    /// An item of a list.
    ListItem,
    /// A quotation set apart.
    Quote,
    /// A row of a table.
    Table,
    /// Program text, a command, output of a program.
    Code,
    /// What stands under a picture.
    Caption,
}

/// A part of a document, set apart by its layout; not yet cut into sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Where it is, without the white space around it.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

impl Spanned for Block {
    fn span(&self) -> Span {
        self.span
    }
}

/// A block that is kept, cut into sentences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Where it is, without the white space around it.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
    /// Its sentences, in order, without the white space around them; together they cover every non-blank character of the passage.
    pub sentences: Vec<Span>,
}

impl Spanned for Passage {
    fn span(&self) -> Span {
        self.span
    }
}

/// The number of the passage that holds the byte `at`; `passages` are in order and do not overlap.
pub fn holding<T: Spanned>(passages: &[T], at: usize) -> Option<usize> {
    let next = passages.partition_point(|p| p.span().start() <= at);
    next.checked_sub(1).filter(|&i| passages.get(i).is_some_and(|p| p.span().covers(at)))
}
