//! Where findings are gathered, so many of a rule and no more.

use crate::model::{Finding, Message, Severity};
use crate::text::Span;

/// Findings of one rule in one document: an editor who has seen these has seen the trouble.
pub(super) const MOST: usize = 100;

/// Gathers findings.
#[derive(Debug)]
pub(super) struct Sink {
    most: usize,
    findings: Vec<Finding>,
    counts: Vec<(&'static str, usize)>,
}

impl Default for Sink {
    fn default() -> Self {
        Self::of(Vec::new())
    }
}

impl Sink {
    /// A sink that takes however many there are.
    pub(super) const fn without_limit() -> Self {
        Self { most: usize::MAX, findings: Vec::new(), counts: Vec::new() }
    }

    /// A sink that holds `findings` already.
    pub(super) const fn of(findings: Vec<Finding>) -> Self {
        Self { most: MOST, findings, counts: Vec::new() }
    }

    /// Adds a finding; `words` makes its message and suggestions, and is asked only where there is still room.
    pub(super) fn push(
        &mut self,
        rule: &'static str,
        severity: Severity,
        span: Span,
        words: impl FnOnce() -> (Message, Vec<String>),
    ) {
        if !self.counts.iter().any(|(r, _)| *r == rule) {
            self.counts.push((rule, 0));
        }
        let Some((_, count)) = self.counts.iter_mut().find(|(r, _)| *r == rule) else { return };
        if *count < self.most {
            *count += 1;
            let (message, suggestions) = words();
            self.findings.push(Finding { span, place: None, rule, severity, message, suggestions });
        }
    }

    /// What was gathered, by place, then rule.
    pub(super) fn sorted(mut self) -> Vec<Finding> {
        self.findings.sort_by(|a, b| a.span.cmp(&b.span).then_with(|| a.rule.cmp(b.rule)));
        self.findings
    }
}
