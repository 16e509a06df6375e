//! Offices and professions of an inflected language, with a short complement.

use super::line::{Draft, Line};
use crate::model::EntityType;
use crate::rules::entity::inflect::G;
use crate::rules::entity::token::Kind;
use crate::rules::entity::{Class, Options};
use crate::text::Span;

const ROLE: &str = "entity.role";

/// Roles in the line; `drafts` from `from` on are what was found in it before.
pub(super) fn roles(line: &Line<'_>, drafts: &mut Vec<Draft>, from: usize) {
    let bodies: Vec<Span> = drafts
        .get(from..)
        .unwrap_or_default()
        .iter()
        .filter(|d| matches!(d.kind, EntityType::Regulator | EntityType::Organization))
        .map(|d| d.span)
        .collect();
    let mut i = 0;
    let mut out = Vec::new();
    while i < line.tokens.len() {
        let Some(reading) = line.row(i, Class::Role) else {
            i += 1;
            continue;
        };
        let head = i;
        let mut end = i + usize::from(reading.len);
        i = end;
        if line.note(head).person || line.note(head).scare || inside_name(line, head) {
            continue;
        }
        // A substantivised adjective before a noun is an adjective.
        if line.adjective(head).is_some_and(|(_, tags, _)| tags.meets(reading.tags))
            && reading.tags.0.count_ones() < 24
            && line.lexicon.lemma_of(&reading).ends_with(['й', 'я'])
            && line
                .lexicon
                .adjectives
                .of(line.low(head))
                .is_some_and(|(stem, ..)| line.lexicon.lemma_of(&reading).starts_with(stem))
            && line.noun(end).meets(reading.tags)
            && !line.is_capital(end)
        {
            continue;
        }
        let (furthest, _) = line.agreeing_before(head, reading.tags, 3);
        let mut first = head;
        while first > furthest && line.adjective_is(first - 1, Class::RoleAdjective) {
            first -= 1;
        }
        let tail = if reading.options.has(Options::TAIL) { line.genitives(end, 1) } else { end };
        let tail = complements(line, tail, &bodies);
        if reading.options.has(Options::WEAK) && tail == end && first == head && !line.note(end).person {
            continue;
        }
        end = tail;
        let (_, tags) = line.agreeing_before(head, reading.tags, head - first);
        let name = line.nominative(first, head, end, &reading, tags);
        out.push(line.draft(first, end, EntityType::Role, ROLE, 0.65, name));
        i = end.max(head + 1);
    }
    drafts.append(&mut out);
}

/// Whether the word is part of a name of a body.
fn inside_name(line: &Line<'_>, i: usize) -> bool {
    line.note(i).name && i > 0 && line.note(i - 1).name
}

/// Where the complements end: a place, a body, another role, a field.
fn complements(line: &Line<'_>, start: usize, bodies: &[Span]) -> usize {
    let mut end = start;
    for _ in 0..3 {
        if !line.same_sentence(start.saturating_sub(1), end) || line.note(end).person {
            break;
        }
        let at = line.token(end).map_or(0, |t| t.span.start());
        if let Some(body) = bodies.iter().find(|b| b.start() == at) {
            let next = line.tokens.partition_point(|t| t.span.end() <= body.end());
            if line.noun(end).is_none() && line.adjective(end).is_none() && line.quotation(end).is_none() {
                break;
            }
            end = next;
        } else if let Some(place) = line.row(end, Class::Place) {
            end += usize::from(place.len);
        } else if line.says(end, "по") && !line.note(end + 1).place {
            let Some(next) = line.prepositional_tail(end) else { break };
            end = next;
        } else if line.says(end, "в") && field(line, end + 1) {
            end = in_field(line, end);
        } else if let Some(role) = line.reading(end, Class::Role).filter(|r| r.tags.meets(G) && end == start) {
            end += usize::from(role.len);
        } else if line.reading(end, Class::Org).is_some_and(|r| r.tags.meets(G))
            && !line.is_capital(end)
            && end == start
        {
            end += 1;
            let at = line.token(end).map_or(0, |t| t.span.start());
            let inner = bodies.iter().find(|b| {
                b.start() == at || line.quotation(end).is_some() && b.start() == line.span(end + 1, end + 2).start()
            });
            match (inner, line.quotation(end)) {
                (Some(_), Some(close)) => end = close + 1,
                (Some(body), None) => end = line.tokens.partition_point(|t| t.span.end() <= body.end()),
                (None, _) => {}
            }
        } else {
            break;
        }
    }
    end
}

fn field(line: &Line<'_>, i: usize) -> bool {
    ["сфере", "области", "индустрии", "отрасли", "секторе"].iter().any(|word| line.says(i, word))
}

/// `в области X в индустрии Y`: X may be a fragment that was left untranslated.
fn in_field(line: &Line<'_>, start: usize) -> usize {
    let mut end = start + 2;
    if line.token(end).is_some_and(|t| t.kind == Kind::Unspaced) {
        end += 1;
    } else if line.token(end).is_some_and(|t| t.latin) {
        end += 1;
        while line.mark(end) == '.' && line.is_number(end + 1) && !line.token(end).is_some_and(|t| t.spaced) {
            end += 2;
        }
    } else if let Some(next) = line.phrase(end, G) {
        end = next;
    } else {
        return start;
    }
    end
}
