//! Temporal expressions and their values.

use crate::model::{DocumentDate, Languages, Passage, Timex};
use crate::rules::timex::TimexRules;

/// The temporal expressions in `passages`, sorted; `date` is the document's own date.
pub fn find(
    _text: &str,
    _passages: &[Passage],
    _languages: &Languages,
    _date: Option<&DocumentDate>,
    _rules: &TimexRules,
) -> Vec<Timex> {
    Vec::new()
}
