//! Deeds of policy and offices in languages where the head stands first; in German the object of a participle or infinitive stands before it.

use super::line::{Draft, Line};
use super::west::{determiners, of, phrase};
use crate::model::EntityType;
use crate::rules::entity::{Class, Options};

/// Roles and deeds in the line; `drafts` from `from` on are what was found in it before.
pub(super) fn deeds(line: &Line<'_>, drafts: &mut Vec<Draft>, from: usize) {
    if line.has(&[Class::Role]) {
        for i in 0..line.tokens.len() {
            role(line, i, drafts);
        }
    }
    if !line.has(&[Class::ActionNoun, Class::ActionVerb]) {
        return;
    }
    let mut actors = vec![false; line.tokens.len() + 1];
    for draft in drafts.get(from..).unwrap_or_default() {
        if matches!(draft.kind, EntityType::Regulator | EntityType::Law | EntityType::Jurisdiction) {
            let at = line.tokens.partition_point(|t| t.span.start() < draft.span.start());
            if let Some(actor) = actors.get_mut(line.note(at).sentence as usize) {
                *actor = true;
            }
        }
    }
    let mut i = 0;
    while i < line.tokens.len() {
        let actor = actors.get(line.note(i).sentence as usize).copied().unwrap_or(false);
        match deed(line, i, actor) {
            Some((first, end)) => {
                let name = line.span(first, end).of(line.text).to_owned();
                drafts.push(line.draft(first, end, EntityType::Action, "entity.action", 0.7, name));
                i = end.max(i + 1);
            }
            None => i += 1,
        }
    }
}

fn role(line: &Line<'_>, i: usize, out: &mut Vec<Draft>) {
    let Some(reading) = line.row(i, Class::Role) else { return };
    if line.note(i).person || line.note(i).name {
        return;
    }
    let mut end = i + usize::from(reading.len);
    let first = i.checked_sub(1).filter(|&k| line.is(k, Class::RoleAdjective) && line.same_sentence(k, i)).unwrap_or(i);
    for _ in 0..3 {
        let noun = match of(line, end) {
            Some(noun) => noun,
            None if line.is(end, Class::About) && line.is_capital(determiners(line, end + 1)) => {
                determiners(line, end + 1)
            }
            None => break,
        };
        if line.note(noun).person || !line.is_capital(noun) {
            break;
        }
        end = noun;
        let place = line.row(noun, Class::Place).map_or(0, |place| usize::from(place.len));
        if place > 0 {
            end += place;
            continue;
        }
        while line.is_capital(end) && !line.note(end).person && line.same_sentence(i, end) {
            end += 1;
        }
    }
    let name = line.span(first, end).of(line.text).to_owned();
    out.push(line.draft(first, end, EntityType::Role, "entity.role", 0.7, name));
}

/// The deed whose verb or noun stands at `i`; `actor`: somebody who may do it is named in the sentence.
fn deed(line: &Line<'_>, i: usize, actor: bool) -> Option<(usize, usize)> {
    if let Some(reading) = line.row(i, Class::ActionVerb).filter(|r| actor || !r.options.has(Options::WEAK)) {
        if line.note(i).name || line.is_capital(i) && !line.note(i).begins {
            return None;
        }
        let before = i.checked_sub(1).filter(|&k| line.is(k, Class::Adverb)).unwrap_or(i);
        let after = i + usize::from(reading.len);
        if line.nouns_are_capital() && ends_clause(line, after) {
            return object_before(line, i).map(|first| (first, after));
        }
        let after = after + usize::from(line.is(after, Class::Adverb));
        let after = if line.nouns_are_capital() { behind_time(line, after) } else { after };
        // `multó a dos distribuidoras`: a person or company as the object.
        let frames = line.lexicon.frames_of(&reading);
        let marked =
            frames.iter().any(|f| f.preposition != 0 && line.token(after).is_some_and(|t| t.hash == f.preposition));
        let end = object(line, after + usize::from(marked))?;
        return Some((before, end));
    }
    let compound = || line.ending(i, Class::ActionNoun).filter(|_| line.is_capital(i));
    let reading = line.row(i, Class::ActionNoun).or_else(compound)?;
    if reading.options.has(Options::WEAK) && !actor || line.note(i).name {
        return None;
    }
    let mut after = i + usize::from(reading.len);
    while line.is_word(after)
        && line.ending(after, Class::BodyAdjective).is_some()
        && after < i + 3
        && !line.is(after, Class::Stop)
    {
        after += 1;
    }
    let frames = line.lexicon.frames_of(&reading);
    frames.iter().find(|f| line.token(after).is_some_and(|t| t.hash == f.preposition))?;
    let from = of(line, after).unwrap_or(after + 1);
    Some((i, object(line, from)?))
}

/// Behind `am 5. März 2021` and the like, which may stand between a German verb and its object.
fn behind_time(line: &Line<'_>, at: usize) -> usize {
    if !["am", "im", "seit", "ab", "zum"].contains(&line.low(at)) {
        return at;
    }
    let object = (at + 1..at + 7).find(|&k| line.is(k, Class::Det) && !line.is_capital(k));
    object.filter(|&k| (at + 1..k).any(|i| line.is_number(i))).unwrap_or(at)
}

/// Where the object ends that begins at `start`; a deed within it brings its own object (`Subventionen für Binnenschiffe`).
fn object(line: &Line<'_>, start: usize) -> Option<usize> {
    let mut end = phrase(line, start, 9)?;
    if let Some(inner) = end.checked_sub(1).and_then(|k| line.row(k, Class::ActionNoun)) {
        let framed =
            line.lexicon.frames_of(&inner).iter().any(|f| line.token(end).is_some_and(|t| t.hash == f.preposition));
        if framed && let Some(longer) = phrase(line, end + 1, 6) {
            end = longer;
        }
    }
    Some(end)
}

/// Whether a clause ends at `i`, so that the verb before it comes last in it.
fn ends_clause(line: &Line<'_>, i: usize) -> bool {
    let mark = line.mark(i);
    i >= line.tokens.len()
        || mark != '\0' && line.quotation(i).is_none()
        || !line.same_sentence(i.saturating_sub(1), i)
        || [
            "und", "oder", "werden", "worden", "hat", "haben", "wurde", "wurden", "will", "kann", "soll", "sollen",
            "darf",
        ]
        .contains(&line.low(i))
}

/// Where the object begins that stands before the verb at `i`: at its article, or behind what is no part of it.
fn object_before(line: &Line<'_>, i: usize) -> Option<usize> {
    let mut first = i;
    let mut nouns = 0;
    while first > 0 && i - first < 9 && line.same_sentence(first - 1, i) {
        let k = first - 1;
        if !(line.is_word(k) || line.is_number(k)) {
            break;
        }
        if line.is(k, Class::Of) && nouns > 0 {
            first = k;
            continue;
        }
        if line.is(k, Class::Det) {
            first = k;
            break;
        }
        if line.is(k, Class::Stop) || line.is(k, Class::ActionVerb) || line.note(k).name {
            break;
        }
        nouns += usize::from(line.is_capital(k));
        first = k;
    }
    (nouns > 0).then_some(first)
}
