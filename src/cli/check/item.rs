//! A finding as it is shown: with where it ends, and whether it counts.

use crate::record::{Finding, Located};
use crate::text::Span;
use crate::text::place::Lines;

/// A finding of a document that was checked.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Item {
    /// What was found.
    pub(in crate::cli) finding: Finding,
    /// Where, in bytes of the decoded source.
    pub(in crate::cli) at: Span,
    /// The line and the column, from 1, behind its last character.
    pub(in crate::cli) end: (usize, usize),
    /// Whether it counts.
    pub(in crate::cli) state: State,
}

/// Whether a finding counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::cli) enum State {
    /// It does.
    New,
    /// It is in the baseline.
    Known,
    /// Somebody said that it may stand.
    Suppressed {
        /// Whether that is said in the file of suppressions, not in the document.
        external: bool,
        /// Why.
        reason: String,
    },
}

impl Item {
    /// A finding that counts so far.
    pub(super) fn new(located: Located, lines: &Lines<'_>) -> Self {
        let Located { finding, at } = located;
        Self { end: lines.position(at.end()), finding, at, state: State::New }
    }

    /// Whether it counts.
    pub(in crate::cli) fn is_new(&self) -> bool {
        self.state == State::New
    }
}
