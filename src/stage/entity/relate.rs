//! Relations between entities that one sentence names.

use std::collections::BTreeSet;

use crate::model::{Entity, EntityType, Passage, Relation, RelationType, Timex, TimexType};
use crate::text::{Span, Spanned as _};

/// How far, in bytes, two mentions may stand apart to be related.
const NEAR: usize = 160;

/// The relations, sorted, each once.
pub(super) fn relate(text: &str, passages: &[Passage], entities: &[Entity], timexes: &[Timex]) -> Vec<Relation> {
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
        for &(place, number) in within {
            if let Some(date) = date_of(text, entities, timexes, sentence, place, number)
                && seen.insert((RelationType::Dated, number, date))
            {
                found.insert(Relation { kind: RelationType::Dated, from: number, to: date, evidence: sentence });
            }
        }
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

/// The date of a law, policy or deed that is named at `place`: of a law the one right behind it, of a deed the nearest in its sentence.
fn date_of(
    text: &str,
    entities: &[Entity],
    timexes: &[Timex],
    sentence: Span,
    place: Span,
    number: usize,
) -> Option<usize> {
    let kind = entities.get(number)?.kind;
    if !matches!(kind, EntityType::Law | EntityType::Policy | EntityType::Action) {
        return None;
    }
    let from = timexes.partition_point(|t| t.span().end() <= sentence.start());
    let mut best: Option<(usize, usize)> = None;
    for (at, timex) in timexes.iter().enumerate().skip(from) {
        let date = timex.span();
        if date.start() >= sentence.end() {
            break;
        }
        if timex.kind != TimexType::Date || timex.interval.is_none() {
            continue;
        }
        let gap = if date.start() >= place.end() {
            Span::new(place.end(), date.start())
        } else if date.end() <= place.start() {
            Span::new(date.end(), place.start())
        } else {
            Span::new(date.start(), date.start())
        };
        let near = match kind {
            EntityType::Action => gap.len() < NEAR && !gap.of(text).contains(';'),
            _ => date.start() >= place.start() && gap.len() < 12,
        };
        if near && best.is_none_or(|(least, _)| gap.len() < least) {
            best = Some((gap.len(), at));
        }
    }
    best.map(|(_, at)| at)
}

fn related(
    text: &str,
    entities: &[Entity],
    left: (Span, usize),
    right: (Span, usize),
) -> Option<(RelationType, usize, usize)> {
    use EntityType::{Action, Jurisdiction, Law, Organization, Person, Policy, Regulator, Role};
    let (a, b) = (entities.get(left.1)?, entities.get(right.1)?);
    let gap = Span::new(left.0.end(), right.0.start()).of(text);
    let touching = gap.trim().is_empty() && right.0.start() >= left.0.end();
    let apposed = touching || gap.trim() == ",";
    let nested = left.0.contains(right.0) && left.0 != right.0;
    match (a.kind, b.kind) {
        (Role, Person) if apposed => Some((RelationType::HoldsRole, right.1, left.1)),
        (Person, Role)
            if gap.trim() == ","
                || gap.trim() == "—"
                || gap.trim() == "–"
                || touching && !gap.contains(char::is_whitespace) =>
        {
            Some((RelationType::HoldsRole, left.1, right.1))
        }
        // The body acts, and what it does or issues follows.
        (Regulator, Law | Action) if !nested && gap.len() < NEAR && !gap.contains([';', '.']) => {
            Some((RelationType::IssuedBy, right.1, left.1))
        }
        (Law | Policy | Action, Jurisdiction) if nested || gap.chars().count() < 5 => {
            Some((RelationType::AppliesIn, left.1, right.1))
        }
        (Regulator | Organization, Jurisdiction) if nested => Some((RelationType::AppliesIn, left.1, right.1)),
        (Regulator | Organization, Regulator) if nested => Some((RelationType::MemberOf, left.1, right.1)),
        _ => None,
    }
}
