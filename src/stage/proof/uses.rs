//! How often something stands in a document, and where first.

use crate::text::Span;

/// How often something stands there.
#[derive(Clone, Debug, Default)]
pub(super) struct Uses {
    /// How often.
    pub(super) count: usize,
    /// Where first.
    pub(super) first: Span,
    /// What stands there.
    pub(super) text: String,
}

impl Uses {
    /// One more, at `span`.
    pub(super) fn add(&mut self, text: &str, span: Span) {
        if self.count == 0 {
            self.first = span;
            span.of(text).clone_into(&mut self.text);
        }
        self.count += 1;
    }
}
