//! Policy entities and their relations.

use crate::model::{Entity, Languages, Leftover, Passage, Relation, Timex};
use crate::rules::entity::EntityRules;

/// What [`find`] found.
#[derive(Debug, Default)]
pub struct Found {
    /// The entities, by the place of their first mention.
    pub entities: Vec<Entity>,
    /// How they are related, sorted.
    pub relations: Vec<Relation>,
}

/// The entities in `passages`; `timexes` and `leftovers` are no names.
pub fn find(
    _text: &str,
    _passages: &[Passage],
    _languages: &Languages,
    _timexes: &[Timex],
    _leftovers: &[Leftover],
    _rules: &EntityRules,
) -> Found {
    Found::default()
}
