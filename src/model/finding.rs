//! What a translator or editor should look at.

use super::Message;
use crate::text::{Span, Spanned};

/// How serious a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Probably wrong.
    Warning,
    /// Wrong.
    Error,
}

impl Severity {
    /// Its name in the output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A thing to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Where.
    pub span: Span,
    /// Where in the decoded source, where it speaks of something that has no place in the text.
    pub place: Option<Span>,
    /// The rule that found it.
    pub rule: &'static str,
    /// How serious it is.
    pub severity: Severity,
    /// What is wrong.
    pub message: Message,
    /// What could stand there instead, best first.
    pub suggestions: Vec<String>,
}

/// A change that mends something without a person's judgement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// What is replaced.
    pub span: Span,
    /// The rule that found it.
    pub rule: &'static str,
    /// By what.
    pub with: String,
}

impl Spanned for Repair {
    fn span(&self) -> Span {
        self.span
    }
}

impl Spanned for Finding {
    fn span(&self) -> Span {
        self.span
    }
}
