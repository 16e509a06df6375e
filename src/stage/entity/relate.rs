//! Relations between entities that one sentence names.

use std::collections::BTreeSet;

use crate::model::{Entity, EntityType, Passage, Relation, RelationType};
use crate::text::Span;

/// How far, in bytes, two mentions may stand apart to be related.
const NEAR: usize = 160;

/// The relations, sorted, each once.
pub(super) fn relate(text: &str, passages: &[Passage], entities: &[Entity]) -> Vec<Relation> {
    let mut mentions: Vec<(Span, usize)> =
        entities.iter().enumerate().flat_map(|(number, e)| e.mentions.iter().map(move |m| (m.span, number))).collect();
    mentions.sort();
    let mut found: BTreeSet<Relation> = BTreeSet::new();
    let mut seen: BTreeSet<(RelationType, usize, usize)> = BTreeSet::new();
    let mut sentences = passages.iter().flat_map(|p| p.sentences.iter().copied()).peekable();
    let mut at = 0;
    while at < mentions.len() {
        let Some(&(first, _)) = mentions.get(at) else { break };
        while sentences.peek().is_some_and(|s| s.end() <= first.start()) {
            sentences.next();
        }
        let Some(&sentence) = sentences.peek() else { break };
        let rest = mentions.get(at..).unwrap_or_default();
        let count = rest.partition_point(|(span, _)| span.start() < sentence.end()).max(1);
        let within = rest.get(..count).unwrap_or_default();
        for (place, &left) in within.iter().enumerate() {
            // Neighbours only: a sentence may be a whole book.
            for &right in within.iter().skip(place + 1).take(6) {
                if right.0.start() > left.0.end() + NEAR {
                    break;
                }
                if let Some((kind, from, to)) = related(text, entities, left, right)
                    && seen.insert((kind, from, to))
                {
                    found.insert(Relation { kind, from, to, evidence: sentence });
                }
            }
        }
        at += count;
    }
    found.into_iter().collect()
}

fn related(text: &str, entities: &[Entity], left: (Span, usize), right: (Span, usize)) -> Option<(RelationType, usize, usize)> {
    use EntityType::{Action, Jurisdiction, Law, Organization, Person, Policy, Regulator, Role};
    let (a, b) = (entities.get(left.1)?, entities.get(right.1)?);
    let gap = Span::new(left.0.end(), right.0.start()).of(text);
    let touching = gap.trim().is_empty() && right.0.start() >= left.0.end();
    let apposed = touching || gap.trim() == ",";
    let nested = left.0.contains(right.0) && left.0 != right.0;
    match (a.kind, b.kind) {
        (Role, Person) if apposed => Some((RelationType::HoldsRole, right.1, left.1)),
        (Person, Role) if gap.trim() == "," || gap.trim() == "—" || gap.trim() == "–" || touching && !gap.contains(char::is_whitespace) => {
            Some((RelationType::HoldsRole, left.1, right.1))
        }
        // The body acts, and what it does or issues follows.
        (Regulator, Law | Action) if !nested && gap.len() < NEAR && !gap.contains([';', '.']) => {
            Some((RelationType::IssuedBy, right.1, left.1))
        }
        (Law | Policy | Action, Jurisdiction) if nested || gap.chars().count() < 5 => Some((RelationType::AppliesIn, left.1, right.1)),
        (Regulator | Organization, Jurisdiction) if nested => Some((RelationType::AppliesIn, left.1, right.1)),
        (Regulator | Organization, Regulator) if nested => Some((RelationType::MemberOf, left.1, right.1)),
        _ => None,
    }
}
