//! What policy does: a noun or verb of policy with its object.

use super::line::{Draft, Line};
use crate::model::EntityType;
use crate::rules::entity::inflect::{G, N, Tags};
use crate::rules::entity::{Class, Options, Reading};
use crate::text::Span;

const ACTION: &str = "entity.action";

/// Deeds of policy in the line. `drafts` are what was found before; those from `from` on are of this line.
pub(super) fn actions(line: &Line<'_>, drafts: &mut Vec<Draft>, from: usize) {
    let found = drafts.get(from..).unwrap_or_default();
    let titles: Vec<Span> = found.iter().filter(|d| d.title && d.kind == EntityType::Law).map(|d| d.span).collect();
    let mut actors = vec![false; line.tokens.last().map_or(0, |_| line.note(line.tokens.len() - 1).sentence as usize + 1)];
    for draft in found {
        if matches!(draft.kind, EntityType::Regulator | EntityType::Law | EntityType::Jurisdiction) {
            let at = line.tokens.partition_point(|t| t.span.start() < draft.span.start());
            if let Some(actor) = actors.get_mut(line.note(at).sentence as usize) {
                *actor = true;
            }
        }
    }
    let mut out = Vec::new();
    for i in 0..line.tokens.len() {
        let (reading, verb) = match (line.row(i, Class::ActionNoun), line.row(i, Class::ActionVerb)) {
            (Some(noun), _) => (noun, false),
            (None, Some(verb)) => (verb, true),
            (None, None) => continue,
        };
        let Some(place) = line.token(i).map(|t| t.span) else { continue };
        let actor = actors.get(line.note(i).sentence as usize).copied().unwrap_or(false);
        if reading.options.has(Options::WEAK) && !actor || titles.iter().any(|title| title.contains(place)) {
            continue;
        }
        if line.note(i).name && line.is_capital(i) {
            continue;
        }
        let (first, qualified) = before(line, i, &reading, verb);
        let after = i + usize::from(reading.len);
        // A rule about what is set in quotes is a policy of that name.
        if !verb && line.quotation(after).is_some() {
            continue;
        }
        let end = match object(line, after, &reading) {
            Some(Object::Phrase(end)) => end,
            Some(Object::Light) => after,
            None if qualified && !verb => after,
            None => continue,
        };
        let name = if verb { line.span(first, end).of(line.text).to_owned() } else { nominative(line, first, i, end, &reading) };
        out.push(line.draft(first, end, EntityType::Action, ACTION, 0.75, name));
    }
    drafts.append(&mut out);
}

fn nominative(line: &Line<'_>, first: usize, head: usize, end: usize, reading: &Reading) -> String {
    let (_, tags) = line.agreeing_before(head, reading.tags, head - first);
    line.nominative(first, head, end, reading, tags)
}

/// Where the deed begins: with the adverb of a verb, the adjective of a noun; and whether that adjective makes it one.
fn before(line: &Line<'_>, i: usize, reading: &Reading, verb: bool) -> (usize, bool) {
    let mut first = i;
    if verb {
        while first > 0 && i - first < 2 && line.is(first - 1, Class::Adverb) {
            first -= 1;
        }
        return (first, false);
    }
    let (furthest, _) = line.agreeing_before(i, reading.tags, 3);
    while first > furthest && line.adjective_is(first - 1, Class::ActionAdjective) {
        first -= 1;
    }
    (first, first < i)
}

enum Object {
    Phrase(usize),
    Light,
}

/// Where the object ends that begins at `start`.
fn object(line: &Line<'_>, start: usize, reading: &Reading) -> Option<Object> {
    for frame in line.lexicon.frames_of(reading) {
        let from = match frame.preposition {
            0 => start,
            preposition => {
                // A preposition of several words is looked for as its first word only where it is one word.
                if line.token(start).is_none_or(|t| t.hash != preposition) {
                    continue;
                }
                start + 1
            }
        };
        if frame.preposition == 0 && frame.case.meets(N) && !frame.case.meets(G) {
            continue;
        }
        let Some(mut end) = phrase(line, from, frame.case) else { continue };
        if is_light(line, from, end) {
            return Some(Object::Light);
        }
        // A second object in the same case, unless it is a deed of its own.
        if line.says(end, "и")
            && !(end + 1..end + 4).any(|k| line.is(k, Class::ActionNoun) || line.is(k, Class::ActionVerb))
            && let Some(next) = phrase(line, end + 1, frame.case)
            && (end + 1..next).any(|k| line.known_noun(k).is_some_and(|t| t.meets(frame.case)))
        {
            end = next;
        }
        return Some(Object::Phrase(end));
    }
    None
}

fn phrase(line: &Line<'_>, from: usize, case: Tags) -> Option<usize> {
    let end = line.phrase(from, case)?;
    let first = line.token(from)?;
    (first.spaced && line.same_sentence(from - 1, from) && end > from).then_some(end)
}

/// Whether the object only introduces what follows: `направления, такие как …`.
fn is_light(line: &Line<'_>, from: usize, end: usize) -> bool {
    (from..end).any(|k| line.is(k, Class::Light)) && (line.mark(end) == ',' || line.mark(end) == ':')
}
