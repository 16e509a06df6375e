//! Policies of an inflected language: heads with a name in quotes, slogans, and kinds of policy.

use super::line::{Draft, Line};
use crate::model::EntityType;
use crate::rules::entity::inflect::{G, PLURAL};
use crate::rules::entity::{Class, Options};

const POLICY: &str = "entity.policy";

/// Policies in the line.
pub(super) fn policies(line: &Line<'_>, out: &mut Vec<Draft>) {
    for i in 0..line.tokens.len() {
        if let Some(close) = line.quotation(i) {
            slogan(line, i, close, out);
        } else if let Some(reading) = line.row(i, Class::Policy) {
            let after = i + usize::from(reading.len);
            let (furthest, _) = line.agreeing_before(i, reading.tags, 4);
            let fits =
                |k: usize| line.adjective_is(k, Class::PolicyAdjective) || line.adjective_is(k, Class::PlaceAdjective);
            let mut first = i;
            while first > furthest && fits(first - 1) {
                first -= 1;
            }
            let mut end = after;
            let named = reading.options.has(Options::QUOTED)
                && line.quotation(after).is_some_and(|close| {
                    end = close + 1;
                    close - after < 10
                });
            // `стратегия развития`, with a capital; `промышленная политика`, by its adjective.
            let kind =
                reading.options.has(Options::TAIL) && (first..i).any(|k| line.adjective_is(k, Class::PolicyAdjective));
            if !named && !kind {
                let proper = line.is_proper(i) || furthest < i && line.is_proper(furthest);
                if !proper {
                    continue;
                }
                first = if line.is_proper(furthest) { furthest } else { i };
                end = line.prepositional_tail(after).unwrap_or_else(|| line.genitives(after, 2));
                if end == after && first == i {
                    continue;
                }
            }
            let (_, tags) = line.agreeing_before(i, reading.tags, i - first);
            let name = line.nominative(first, i, end, &reading, tags);
            let mut draft = line.draft(first, end, EntityType::Policy, POLICY, 0.8, name);
            draft.title = named;
            out.push(draft);
        } else if let Some(reading) = line.reading(i, Class::ActionNoun)
            && let Some(close) = line.quotation(i + 1).filter(|close| close - i < 6)
            && line.lexicon.frames_of(&reading).iter().any(|f| f.preposition == 0 && f.case.meets(G))
        {
            // A rule about what is set in quotes is a policy of that name.
            let name = line.nominative(i, i, close + 1, &reading, reading.tags);
            out.push(line.draft(i, close + 1, EntityType::Policy, POLICY, 0.7, name));
        }
    }
}

/// A slogan in quotes: after `кампания по`, or a number of deeds (`«трёх запретов»`).
fn slogan(line: &Line<'_>, open: usize, close: usize, out: &mut Vec<Draft>) {
    let inner = open + 1;
    let numbered = line.is(inner, Class::Numeral)
        && close > inner + 1
        && close < inner + 5
        && (inner + 1..close).any(|k| {
            [Class::ActionNoun, Class::Policy, Class::Law]
                .iter()
                .any(|&class| line.reading(k, class).is_some_and(|r| r.tags.meets(PLURAL)))
        });
    let before = |k: usize| open.checked_sub(k).filter(|&at| line.same_sentence(at, open));
    let campaign = close < open + 10
        && before(1).is_some_and(|at| {
            line.is(at, Class::Campaign)
                || before(2).is_some_and(|head| {
                    line.reading(head, Class::Campaign).is_some_and(|reading| {
                        let preposition = line.token(at).map_or(0, |t| t.hash);
                        line.lexicon.frames_of(&reading).iter().any(|f| f.preposition == preposition)
                    })
                })
                || line.is(at, Class::Campaign)
        });
    if numbered || campaign {
        let name = line.span(open, close + 1).of(line.text).to_owned();
        let mut draft = line.draft(open, close + 1, EntityType::Policy, POLICY, 0.75, name);
        draft.title = true;
        out.push(draft);
    }
}
