//! A page to work through the findings on: `recensio check --format html > review.html`.

use std::collections::BTreeMap;

use super::super::item::State;
use super::{Format, Page};
use crate::decisions::Decisions;
use crate::record::Finding;
use crate::write::report::review;

/// What the page shows.
#[derive(Debug, Default)]
pub(in super::super) struct Review {
    findings: Vec<Finding>,
    languages: BTreeMap<String, String>,
    decisions: Decisions,
}

impl Review {
    /// A page that knows what was decided before.
    pub(in super::super) fn new(decisions: Decisions) -> Self {
        Self { decisions, ..Self::default() }
    }
}

impl Format for Review {
    fn page(&mut self, page: &Page<'_>) -> String {
        let decided = |finding: &Finding| self.decisions.knows(finding);
        let shown = page.items.iter().filter(|item| {
            item.is_new() || matches!(item.state, State::Suppressed { external: true, .. }) && decided(&item.finding)
        });
        self.findings.extend(shown.map(|item| item.finding.clone()));
        if !page.language.is_empty() {
            self.languages.insert(page.document.to_owned(), page.language.to_owned());
        }
        String::new()
    }

    fn end(&mut self) -> String {
        review::page(&self.findings, &self.languages, &self.decisions.list())
    }
}
