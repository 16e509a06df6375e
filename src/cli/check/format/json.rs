//! A JSON object a line: a line of `findings.jsonl`, the same fields in the same order.

use super::{Format, Page};

/// Lines of JSON.
#[derive(Debug, Default)]
pub(in super::super) struct Json;

impl Format for Json {
    fn page(&mut self, page: &Page<'_>) -> String {
        let new = page.items.iter().filter(|item| item.is_new());
        new.map(|item| serde_json::to_string(&item.finding).unwrap_or_default() + "\n").collect()
    }
}
