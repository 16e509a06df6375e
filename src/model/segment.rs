//! The segments of a file made for translation: each with its name, and with its source where the file has it.

use super::LanguageTag;
use crate::text::{Span, Spanned};

/// A segment: the unit that a translator works on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Segment {
    /// Its name in the file.
    pub id: String,
    /// Where its text is in the document's text; empty where it has none.
    pub span: Span,
    /// Where it is in the decoded file, in bytes: its target, or else the unit.
    pub place: Span,
    /// The text that it was translated from, where the file has it.
    pub source: Option<String>,
    /// The plural of that, where it has one (gettext).
    pub plural: Option<String>,
    /// What the file says of the state of the translation: `translated`, `needs-review-translation`, `fuzzy`….
    pub state: Option<String>,
    /// The language of its text, where it is not the document's.
    pub language: Option<LanguageTag>,
    /// The names of the inline codes in the source and in the target.
    pub codes: [Vec<String>; 2],
    /// Whether it should have a text and has none.
    pub is_missing: bool,
}

impl Segment {
    /// Whether the file says that its translation is not done.
    pub fn is_draft(&self) -> bool {
        self.state.as_deref().is_some_and(|state| {
            matches!(state, "new" | "initial" | "fuzzy")
                || state.starts_with("needs-") && !state.starts_with("needs-review")
        })
    }
}

impl Spanned for Segment {
    fn span(&self) -> Span {
        self.span
    }
}

/// The segment whose text is, or holds, the one at `span`. `segments` are in the order of their texts.
pub fn of(segments: &[Segment], span: Span) -> Option<&Segment> {
    // Those without a text stand where the next one begins.
    let next = segments.partition_point(|segment| segment.span.start() <= span.start());
    let before = segments.get(..next).unwrap_or_default().iter().rev();
    before
        .take_while(|s| s.span.end() >= span.start() || s.span.is_empty())
        .find(|s| s.span.contains(span) && !s.span.is_empty())
}
