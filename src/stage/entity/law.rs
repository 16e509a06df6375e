//! Laws of an inflected language: a head with a title in quotes, a complement that says what it is about, or a name with capitals.

use super::line::{Draft, Line};
use crate::model::EntityType;
use crate::rules::entity::inflect::{D, P};
use crate::rules::entity::token::Kind;
use crate::rules::entity::{Class, Options};

const LAW: &str = "entity.law";

/// Laws in the line.
pub(super) fn laws(line: &mut Line<'_>, out: &mut Vec<Draft>) {
    for i in 0..line.tokens.len() {
        if line.note(i).person {
            continue;
        }
        if line.is(i, Class::LawShort) {
            short(line, i, out);
            continue;
        }
        let Some(reading) = line.row(i, Class::Law) else { continue };
        let weak = reading.options.has(Options::WEAK);
        let (furthest, _) = line.agreeing_before(i, reading.tags, 4);
        let capital = (furthest..=i).find(|&k| line.is_proper(k));
        let starts = (furthest..=i).find(|&k| line.is_capital(k));
        let listed =
            |k: usize| line.adjective_is(k, Class::BodyAdjective) || line.adjective_is(k, Class::PlaceAdjective);
        let mut first = i;
        while first > furthest && listed(first - 1) {
            first -= 1;
        }
        first = capital.map_or(first, |k| k.min(first));
        let mut end = i + usize::from(reading.len);
        let mut kept = capital.is_some() && !weak;
        // A capital at the start of a quotation is that of a title: «Руководящий каталог по …».
        let quoted = starts.is_some_and(|k| k > 0 && matches!(line.mark(k - 1), '"' | '«' | '“'));
        if quoted && let Some(k) = starts {
            first = first.min(k);
            kept = true;
        }
        let (after, numbered) = number(line, end);
        if numbered {
            end = after;
            kept = true;
        }
        let mut title = kept;
        if let Some(close) = line.quotation(end).filter(|_| line.is_capital(end + 1)) {
            end = close + 1;
            kept = true;
            title = true;
        } else if line.says(end, "о") || line.says(end, "об") || line.says(end, "обо") {
            if let Some(next) = about(line, end + 1, weak && capital.is_none() && !quoted && !numbered) {
                end = next;
                kept = true;
            }
        } else if line.says(end, "по") && (capital.is_some() || quoted) {
            if let Some(next) = line.phrase(end + 1, D) {
                end = next;
                kept = true;
            }
        } else if capital.is_some() || quoted || !weak {
            let next = places_after(line, end);
            if next > end {
                end = next;
                kept |= !weak;
            } else if capital.is_some() || quoted {
                let next = line.genitives(end, 2);
                kept |= next > end;
                end = next;
                end = places_after(line, end);
            }
        }
        if !kept || furthest == i && weak && !title && end == i + 1 {
            continue;
        }
        let name = line.nominative(first, i, end, &reading, line.agreeing_before(i, reading.tags, i - first).1);
        let mut draft = line.draft(first, end, EntityType::Law, LAW, 0.65, name);
        draft.title = title;
        line.mark_notes(first, end, |note| note.name |= title);
        out.push(draft);
    }
}

/// `УК РФ`, `КоАП`.
fn short(line: &mut Line<'_>, i: usize, out: &mut Vec<Draft>) {
    let end = places_after(line, i + 1);
    // Two letters alone may be anything; with the country, or after an article, they are a code.
    let article = (i.saturating_sub(3)..i).any(|k| line.is_number(k));
    if end == i + 1 && line.low(i).chars().count() < 3 && !article {
        return;
    }
    let name = line.span(i, end).of(line.text).to_owned();
    let mut draft = line.draft(i, end, EntityType::Law, LAW, 0.65, name);
    draft.title = true;
    draft.inflected = false;
    out.push(draft);
}

fn places_after(line: &Line<'_>, start: usize) -> usize {
    match line.row(start, Class::Place) {
        Some(place) if line.token(start).is_some_and(|t| t.spaced) => start + usize::from(place.len),
        _ => super::body::placed_head(line, start).unwrap_or(start),
    }
}

/// `от 27 июля 2006 года № 152-ФЗ`: where it ends, and whether there is a number.
fn number(line: &Line<'_>, start: usize) -> (usize, bool) {
    if let Some(end) = union_number(line, start) {
        return (end, true);
    }
    let mut i = start;
    if line.says(i, "от") && line.is_number(i + 1) {
        i += 2;
        while i < start + 6 && line.mark(i) != '№' {
            i += 1;
        }
    }
    if line.mark(i) != '№' && !line.says(i, "n") || !line.is_number(i + 1) {
        return (start, false);
    }
    i += 2;
    if matches!(line.mark(i), '-' | '–' | '/') && (line.is_word(i + 1) || line.is_number(i + 1)) {
        i += 2;
    }
    (i, true)
}

/// `(ЕС) 2022/2065`, `(ЕС) № 575/2013`: where it ends.
fn union_number(line: &Line<'_>, start: usize) -> Option<usize> {
    if line.mark(start) != '(' || !line.is_upper(start + 1) || line.mark(start + 2) != ')' {
        return None;
    }
    let i = start + 3 + usize::from(line.mark(start + 3) == '№');
    (line.is_number(i) && line.mark(i + 1) == '/' && line.is_number(i + 2)).then_some(i + 3)
}

/// What a law is about: a phrase and those joined to it. Where `deed` is asked, it must be a deed of policy.
fn about(line: &Line<'_>, start: usize, deed: bool) -> Option<usize> {
    let is_deed = |from: usize, to: usize| (from..to).any(|k| line.is(k, Class::ActionNoun));
    let mut end = line.phrase(start, P)?;
    if deed && !is_deed(start, end) {
        return None;
    }
    for _ in 0..3 {
        if !(line.says(end, "и") || line.mark(end) == ',' && !line.says(end + 1, "который")) {
            break;
        }
        let from = end + 1 + usize::from(line.says(end + 1, "о") || line.says(end + 1, "об"));
        let known = (from..from + 3).any(|k| line.known_noun(k).is_some_and(|t| t.meets(P)));
        let Some(next) = line.phrase(from, P).filter(|_| known) else { break };
        end = next;
    }
    if line.says(end, "в") && line.token(end + 1).is_some_and(|t| t.kind == Kind::Word) {
        if let Some(place) = line.row(end + 1, Class::Place) {
            end += 1 + usize::from(place.len);
        } else if line.known_noun(end + 1).is_some_and(|t| t.meets(P)) {
            end += 2;
        }
    }
    Some(end)
}
