//! Public bodies and organizations of an inflected language: a head, adjectives that agree with it, and what depends on it.

use super::line::{Draft, Line};
use crate::model::EntityType;
use crate::rules::entity::inflect::{PLURAL, Tags};
use crate::rules::entity::token::{Kind, Shape};
use crate::rules::entity::{Class, Options, Reading};

const BODY: &str = "entity.body";
const ORGANIZATION: &str = "entity.organization";

/// Bodies and organizations in the line.
pub(super) fn bodies(line: &mut Line<'_>, out: &mut Vec<Draft>) {
    let mut i = 0;
    while i < line.tokens.len() {
        let end = at(line, i, out);
        i = end.max(i + 1);
    }
}

/// Tries the token at `i`; gives where what was found ends, or `i`.
fn at(line: &mut Line<'_>, i: usize, out: &mut Vec<Draft>) -> usize {
    if line.note(i).name || line.note(i).person || line.note(i).place {
        return i;
    }
    if let Some(end) = legal_form(line, i, out) {
        return end;
    }
    let body = line.row(i, Class::Body);
    let org = line.row(i, Class::Org);
    let Some(head) = body.or(org) else { return speaker(line, i, out).unwrap_or_else(|| acronym(line, i, out)) };
    let phrase = Phrase::of(line, i, head);
    if let Some(body) = body
        && is_body(line, &phrase, &body, org.is_some())
    {
        return push(line, &phrase, EntityType::Regulator, BODY, 0.75, out);
    }
    if let Some(org) = org {
        // `американская компания Acme`: the name right behind the noun, not taken for something that depends on it.
        let behind = i + usize::from(org.len);
        if !line.is_proper(i)
            && let Some(end) = named(line, behind, out)
        {
            return end;
        }
        if let Some(end) = named(line, phrase.end, out) {
            return end;
        }
        if is_organization(line, &phrase, &org) {
            return push(line, &phrase, EntityType::Organization, ORGANIZATION, 0.65, out);
        }
    }
    i
}

/// A name in Latin letters beside a verb of saying: `пишет Metro`.
fn speaker(line: &mut Line<'_>, i: usize, out: &mut Vec<Draft>) -> Option<usize> {
    let spoken = i > 0 && line.is(i - 1, Class::Say);
    let end = latin_name(line, i)?;
    if !spoken && !line.is(end, Class::Say) || line.note(i).place || i > 0 && line.token(i - 1).is_some_and(|t| t.latin)
    {
        return None;
    }
    let name = line.span(i, end).of(line.text).to_owned();
    let mut draft = line.draft(i, end, EntityType::Organization, ORGANIZATION, 0.65, name);
    draft.title = true;
    out.push(draft);
    Some(end)
}

/// Three to six capitals of which no list knows anything are mostly an organization, unless all around them is in capitals.
fn acronym(line: &mut Line<'_>, i: usize, out: &mut Vec<Draft>) -> usize {
    let Some(token) = line.token(i).filter(|t| t.shape == Shape::Upper && !t.latin) else { return i };
    let letters = line.low(i).chars().count();
    let shouting = i.checked_sub(1).is_some_and(|before| line.is_upper(before)) || line.is_upper(i + 1);
    let numbered = line.is_number(i + 1) || line.low(i).contains(|c: char| c.is_ascii_digit() || c == '-');
    if !(3..=6).contains(&letters)
        || shouting
        || numbered
        || line.note(i).place
        || !line.is_unknown(i)
        || token.kind != Kind::Word
    {
        return i;
    }
    let name = line.word(i).to_owned();
    let mut draft = line.draft(i, i + 1, EntityType::Organization, ORGANIZATION, 0.6, name);
    draft.title = true;
    draft.inflected = false;
    out.push(draft);
    i + 1
}

/// A head with its surroundings.
struct Phrase {
    reading: Reading,
    first: usize,
    head: usize,
    end: usize,
    tags: Tags,
    /// A capital that is not that of the sentence.
    proper: bool,
    /// A capital of any kind.
    capital: bool,
    /// A listed adjective, or one of a place.
    listed: bool,
    /// Adjectives at all.
    adjectives: bool,
    /// A place or a name depends on it.
    placed: bool,
    /// A complement with a preposition.
    prepositional: bool,
    /// Something depends on it.
    tail: bool,
}

impl Phrase {
    fn of(line: &Line<'_>, head: usize, reading: Reading) -> Self {
        let len = usize::from(reading.len);
        let (furthest, _) = line.agreeing_before(head, reading.tags, 5);
        let listed =
            |i: usize| line.adjective_is(i, Class::BodyAdjective) || line.adjective_is(i, Class::PlaceAdjective);
        // The name begins at its first capital, or with the listed adjectives that touch the head.
        let first_capital = (furthest..head).find(|&i| {
            line.is_proper(i) || line.is_capital(i) && listed(i) || line.is_capital(i) && line.is_capital(head)
        });
        let mut first = head;
        while first > furthest && listed(first - 1) {
            first -= 1;
        }
        if let Some(capital) = first_capital {
            first = first.min(capital);
        } else if furthest < head && line.is_capital(furthest) && line.note(furthest).begins {
            first = first.min(furthest);
        }
        let (_, tags) = line.agreeing_before(head, reading.tags, head - first);
        let mut phrase = Self {
            reading,
            first,
            head,
            end: head + len,
            tags,
            proper: (first..head + len).any(|i| line.is_proper(i)),
            capital: (first..head + len).any(|i| line.is_capital(i)),
            listed: (first..head).any(listed),
            adjectives: first < head,
            placed: false,
            prepositional: false,
            tail: false,
        };
        phrase.take_tail(line);
        phrase
    }

    fn take_tail(&mut self, line: &Line<'_>) {
        let named = self.capital || self.reading.options.has(Options::TAIL);
        for _ in 0..4 {
            let end = self.end;
            if !line.same_sentence(self.head, end) || line.note(end).person {
                break;
            }
            if let Some(place) = line.row(end, Class::Place) {
                self.end += usize::from(place.len);
                self.placed = true;
            } else if let Some(next) = placed_head(line, end) {
                self.end = next;
                self.placed = true;
            } else if let Some(next) =
                line.prepositional_tail(end).filter(|_| named || line.says(end, "по") && self.listed)
            {
                self.end = next;
                self.prepositional = true;
            } else if named && !self.prepositional {
                let next = line.genitives(end, 1);
                if next == end {
                    break;
                }
                self.end = next;
            } else {
                break;
            }
            self.tail = true;
        }
    }
}

/// `города Павия`, `Нижегородской области` after a head: where it ends.
pub(super) fn placed_head(line: &Line<'_>, start: usize) -> Option<usize> {
    if line.is(start, Class::PlaceHead) && line.is_proper(start + 1) && line.noun(start + 1).0 != 0 {
        return Some(start + 2);
    }
    (line.is_proper(start) && line.adjective(start).is_some() && line.is(start + 1, Class::PlaceHead))
        .then_some(start + 2)
}

fn is_body(line: &Line<'_>, phrase: &Phrase, reading: &Reading, also_org: bool) -> bool {
    if reading.options.has(Options::PLURAL) {
        let plural = reading.tags.and(PLURAL);
        let only = reading.tags.0 & !PLURAL.0 == 0;
        let agrees = phrase.adjectives && phrase.tags.meets(PLURAL);
        return !plural.is_none() && (agrees || only || phrase.placed);
    }
    if also_org {
        return (phrase.capital && (phrase.listed || phrase.placed) || phrase.listed && phrase.prepositional)
            && !line.note(phrase.head).scare;
    }
    if reading.options.has(Options::GENERIC) {
        return true;
    }
    let named = phrase.proper || phrase.capital && (phrase.tail || phrase.listed);
    named || phrase.listed && (phrase.tail || phrase.placed) || phrase.prepositional && phrase.adjectives
}

fn is_organization(line: &Line<'_>, phrase: &Phrase, reading: &Reading) -> bool {
    // `Московский университет`, `Институт русского языка`; a capital at the start of a sentence says nothing.
    let _ = reading;
    phrase.proper && (phrase.adjectives || phrase.tail || line.is_proper(phrase.head))
}

fn push(
    line: &mut Line<'_>,
    phrase: &Phrase,
    kind: EntityType,
    rule: &'static str,
    confidence: f32,
    out: &mut Vec<Draft>,
) -> usize {
    let mut end = phrase.end;
    // A name in quotes belongs to an organization: `Институт «Восток»`.
    if kind == EntityType::Organization
        && let Some(close) = line.quotation(end).filter(|&close| close - end < 9)
    {
        end = close + 1;
    }
    let name = line.nominative(phrase.first, phrase.head, end, &phrase.reading, phrase.tags);
    let mut draft = line.draft(phrase.first, end, kind, rule, confidence, name);
    draft.title = phrase.capital || phrase.tail;
    line.mark_notes(phrase.first, end, |note| note.name = true);
    out.push(draft);
    end
}

/// `ООО «Ромашка»`: a legal form and the name in quotes or in other letters.
fn legal_form(line: &mut Line<'_>, i: usize, out: &mut Vec<Draft>) -> Option<usize> {
    line.reading(i, Class::LegalForm)?;
    let mut at = i + 1;
    while line.is(at, Class::LegalForm) {
        at += 1;
    }
    let end = match line.quotation(at) {
        Some(close) => close + 1,
        None => latin_name(line, at)?,
    };
    let span = line.span(i, end);
    let name = span.of(line.text).to_owned();
    let mut draft = line.draft(i, end, EntityType::Organization, ORGANIZATION, 0.9, name);
    draft.title = true;
    out.push(draft);
    line.mark_notes(i, end, |note| note.name = true);
    Some(end)
}

/// The name after the word `компания`, `газета`…: in quotes, or in Latin letters. The word itself is no part of it.
fn named(line: &mut Line<'_>, at: usize, out: &mut Vec<Draft>) -> Option<usize> {
    let (from, to, end) = match line.quotation(at) {
        Some(close) if close - at < 9 && (line.is_capital(at + 1) || line.is_number(at + 1)) => {
            (at + 1, close, close + 1)
        }
        Some(_) => return None,
        None => {
            let end = latin_name(line, at)?;
            (at, end, end)
        }
    };
    let name = line.span(from, to).of(line.text).to_owned();
    let mut draft = line.draft(from, to, EntityType::Organization, ORGANIZATION, 0.85, name);
    draft.title = true;
    draft.inflected = false;
    out.push(draft);
    line.mark_notes(from, to, |note| note.name = true);
    Some(end)
}

/// Where capitalised words in Latin letters end that begin at `at`.
pub(super) fn latin_name(line: &Line<'_>, at: usize) -> Option<usize> {
    let is_part = |i: usize| line.token(i).is_some_and(|t| t.kind == Kind::Word && t.latin) && line.is_capital(i);
    let mut end = at;
    while end < at + 5 {
        if is_part(end) {
            end += 1;
        } else if end > at && matches!(line.mark(end), '&' | '.') && is_part(end + 1) && !line.note(end + 1).begins {
            end += 2;
        } else {
            break;
        }
    }
    (end > at).then_some(end)
}
