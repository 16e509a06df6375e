//! Names in Chinese: heads at their end, found backwards to where a name can begin; persons beside an office or a verb of saying.

use super::line::Draft;
use crate::model::EntityType;
use crate::rules::entity::{EntityRules, EntryKind, HanClass, HanWord};
use crate::text::Span;

/// How many characters a name before its head may have.
const LONGEST: usize = 14;

/// The entities in the Chinese text at `span`; gives the words of the lists in it.
pub(super) fn find(text: &str, span: Span, passage: usize, rules: &EntityRules, out: &mut Vec<Draft>) -> Vec<HanWord> {
    let body = span.of(text);
    let han = rules.han();
    let words = han.find(body);
    let mut push =
        |from: usize, to: usize, kind: EntityType, rule: &'static str, confidence: f32, known: Option<u32>| {
            let span = Span::new(span.start() + from, span.start() + to);
            let name = span.of(text).to_owned();
            out.push(Draft { span, kind, rule, confidence, name, known, title: true, passage, inflected: false });
        };
    // The name of an amount is the code of its currency.
    let mut money = Vec::new();
    for (place, word) in words.iter().enumerate() {
        let previous = place.checked_sub(1).and_then(|p| words.get(p));
        let next = words.get(place + 1);
        match word.class {
            HanClass::Place => {
                let end =
                    next.filter(|n| n.class == HanClass::PlaceEnd && n.start == word.end).map_or(word.end, |n| n.end);
                push(word.start, end, EntityType::Jurisdiction, "entity.place", 0.9, Some(word.number as u32));
            }
            HanClass::Known => {
                let kind = rules.gazetteer().entries.get(word.number).map(|entry| match entry.kind {
                    EntryKind::Law => EntityType::Law,
                    EntryKind::Policy => EntityType::Policy,
                    EntryKind::Organization => EntityType::Organization,
                    _ => EntityType::Regulator,
                });
                push(
                    word.start,
                    word.end,
                    kind.unwrap_or(EntityType::Regulator),
                    "entity.known",
                    0.95,
                    Some(word.number as u32),
                );
            }
            HanClass::Body => {
                if let Some(start) = name_start(body, &words, place) {
                    push(start, word.end, EntityType::Regulator, "entity.body", 0.7, None);
                }
            }
            HanClass::BodyEnd => {
                let field = previous.is_some_and(|p| p.class == HanClass::Field && p.end == word.start);
                if let Some(start) = name_start(body, &words, place).filter(|_| field) {
                    push(start, word.end, EntityType::Regulator, "entity.body", 0.7, None);
                }
            }
            HanClass::PolicyEnd => {
                if let Some(start) = quoted_start(body, word.start) {
                    push(start, word.end, EntityType::Policy, "entity.policy", 0.75, None);
                }
            }
            HanClass::BodyWord => {
                let start = placed_start(&words, place);
                // `海淀区政府`: a town or district that the gazetteer lacks.
                let district = start == word.start
                    && body.get(start..).is_some_and(|t| t.starts_with(['区', '县', '镇', '乡', '州', '旗', '村']));
                let longer = district.then(|| name_start(body, &words, place)).flatten();
                let start = longer.filter(|from| start - from < 16).unwrap_or(start);
                push(start, word.end, EntityType::Regulator, "entity.body", 0.8, None);
            }
            HanClass::Org => {
                if let Some(start) = name_start(body, &words, place) {
                    push(start, word.end, EntityType::Organization, "entity.organization", 0.7, None);
                }
            }
            HanClass::Policy => {
                if let Some(start) = name_start(body, &words, place) {
                    push(start, word.end, EntityType::Policy, "entity.policy", 0.6, None);
                }
            }
            HanClass::Law => push(word.start, word.end, EntityType::Law, "entity.law", 0.85, None),
            HanClass::Role => push(word.start, word.end, EntityType::Role, "entity.role", 0.75, None),
            HanClass::Action => {
                if let Some(end) = object_end(body, &words, place) {
                    push(word.start, end, EntityType::Action, "entity.action", 0.6, None);
                }
            }
            HanClass::Family => {
                if let Some(end) = person_end(body, &words, place) {
                    push(word.start, end, EntityType::Person, "entity.person", 0.75, None);
                }
            }
            HanClass::Currency => {
                if let Some(start) = amount_start(body, word.start) {
                    let code = han.value(word).to_owned();
                    money.push((start, word.end, code));
                }
            }
            HanClass::PlaceEnd
            | HanClass::Field
            | HanClass::Say
            | HanClass::Title
            | HanClass::Noun
            | HanClass::Stop => {}
        }
    }
    foreign_names(body, &words, &mut push);
    for (from, to, name) in money {
        let span = Span::new(span.start() + from, span.start() + to);
        let (kind, rule) = (EntityType::Money, "entity.money");
        out.push(Draft {
            span,
            kind,
            rule,
            confidence: 0.9,
            name,
            known: None,
            title: true,
            passage,
            inflected: false,
        });
    }
    words
}

/// Where the place begins that stands right before the word at `place`: `美国` + `国防部`, `四川省` + `教育厅`.
fn placed_start(words: &[HanWord], place: usize) -> usize {
    let mut start = words.get(place).map_or(0, |word| word.start);
    for word in words.get(..place).unwrap_or_default().iter().rev().take(4) {
        if word.end != start || !matches!(word.class, HanClass::Place | HanClass::PlaceEnd) {
            break;
        }
        start = word.start;
    }
    // The end of a place's name says nothing without the place.
    let first = words.iter().find(|word| word.start == start);
    let begins = first.is_some_and(|word| word.class == HanClass::Place);
    if begins { start } else { words.get(place).map_or(start, |word| word.start) }
}

/// Where the quotation begins that ends right before `end`: `“百县千镇”` + `工程`.
fn quoted_start(body: &str, end: usize) -> Option<usize> {
    let before = body.get(..end)?;
    let inner = before.strip_suffix('”').or_else(|| before.strip_suffix('」'))?;
    let open = inner.rfind(['“', '「'])?;
    (inner.get(open..)?.chars().count() < 16).then_some(open)
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '·')
}

/// Where the name begins whose head is the word at `place`: behind a mark or a word that parts names; at a place where one begins it.
fn name_start(body: &str, words: &[HanWord], place: usize) -> Option<usize> {
    let head = words.get(place)?;
    let mut start = head.start;
    let mut count = 0;
    let mut before = place;
    let mut at_place = None;
    while count < LONGEST {
        while let Some(word) = before.checked_sub(1).and_then(|p| words.get(p)) {
            if word.end > start {
                before -= 1;
            } else {
                break;
            }
        }
        if let Some(word) = before.checked_sub(1).and_then(|p| words.get(p)).filter(|w| w.end == start) {
            if matches!(
                word.class,
                HanClass::Stop
                    | HanClass::Say
                    | HanClass::Role
                    | HanClass::Action
                    | HanClass::Currency
                    | HanClass::Title
            ) {
                break;
            }
            let joined = body.get(word.start..word.end)?;
            count += joined.chars().count();
            start = word.start;
            if word.class == HanClass::Place {
                at_place = Some(start);
            }
            continue;
        }
        let Some(c) = body.get(..start).and_then(|t| t.chars().next_back()).filter(|c| is_han(*c)) else { break };
        start -= c.len_utf8();
        count += 1;
    }
    let start = at_place.unwrap_or(start);
    let name = body.get(start..head.start)?;
    (name.chars().count() > 1 && count < LONGEST).then_some(start)
}

/// Where the object of a deed ends: at a mark or a word that parts.
fn object_end(body: &str, words: &[HanWord], place: usize) -> Option<usize> {
    let verb = words.get(place)?;
    let rest = body.get(verb.end..)?;
    let limit = words
        .get(place + 1..)
        .unwrap_or_default()
        .iter()
        .find(|w| {
            matches!(w.class, HanClass::Say | HanClass::Action)
                || w.class == HanClass::Stop && !is_inner(body, w, verb.end)
        })
        .map_or(body.len(), |w| w.start);
    // `吊销了许可证`: the deed is done.
    let done = if rest.starts_with('了') { '了'.len_utf8() } else { 0 };
    let rest = rest.get(done..)?;
    let mut end = verb.end + done;
    let mut count = 0;
    for c in rest.chars() {
        if !(is_han(c) || matches!(c, '“' | '”' | '"' | '「' | '」')) || end >= limit || count > 12 {
            break;
        }
        end += c.len_utf8();
        count += 1;
    }
    (2..=12).contains(&count).then_some(end)
}

/// Whether a function word is part of an object: `了` right behind the verb, `的` between its words.
fn is_inner(body: &str, word: &HanWord, verb: usize) -> bool {
    match body.get(word.start..word.end) {
        Some("了") => word.start == verb,
        Some("的") => word.start > verb,
        _ => false,
    }
}

/// Where a person's name ends that begins with the family name at `place`: an office or title stands beside it, or a verb of saying behind it.
fn person_end(body: &str, words: &[HanWord], place: usize) -> Option<usize> {
    let family = words.get(place)?;
    let before = place.checked_sub(1).and_then(|p| words.get(p)).filter(|w| w.end == family.start);
    let announced = before.is_some_and(|w| w.class == HanClass::Role);
    let mut end = family.end;
    for c in body.get(family.end..)?.chars().take(2) {
        if !is_han(c) || c == '·' {
            break;
        }
        let at = end;
        end += c.len_utf8();
        let after = words.iter().skip(place + 1).find(|w| w.start >= at);
        // A word behind the name says that it is one.
        let behind = words
            .get(place + 1..)
            .unwrap_or_default()
            .iter()
            .take(3)
            .any(|w| w.start == end && matches!(w.class, HanClass::Say | HanClass::Title | HanClass::Role));
        if behind {
            return Some(end);
        }
        if after.is_some_and(|w| w.start == at && matches!(w.class, HanClass::Stop | HanClass::Place | HanClass::Known))
        {
            end = at;
            break;
        }
    }
    let given = body.get(family.end..end)?.chars().count();
    let closed = body.get(end..)?.chars().next().is_none_or(|c| !is_han(c))
        || words
            .get(place + 1..)
            .unwrap_or_default()
            .iter()
            .take(3)
            .any(|w| w.start == end && w.class == HanClass::Stop);
    (announced && given > 0 && (closed || given == 2)).then_some(end)
}

/// `彼得·汉德克`: names of other languages with a dot between.
fn foreign_names(
    body: &str,
    words: &[HanWord],
    push: &mut impl FnMut(usize, usize, EntityType, &'static str, f32, Option<u32>),
) {
    let mut done = 0;
    for (dot, mark) in body.match_indices('·') {
        if dot < done {
            continue;
        }
        let part = |c: char| is_han(c) && c != '·';
        // The name begins behind the last word that parts names.
        let before = words.partition_point(|w| w.end <= dot);
        let parted = words.get(before.saturating_sub(4)..before).unwrap_or_default().iter().rev();
        let parted =
            parted.filter(|w| matches!(w.class, HanClass::Stop | HanClass::Role | HanClass::Say)).map(|w| w.end).next();
        let done_or_parted = done.max(parted.unwrap_or(0));
        let back: usize = body
            .get(done_or_parted..dot)
            .unwrap_or_default()
            .chars()
            .rev()
            .take_while(|&c| part(c))
            .take(5)
            .map(char::len_utf8)
            .sum();
        let ends = |w: &&HanWord| {
            w.start > dot && matches!(w.class, HanClass::Stop | HanClass::Role | HanClass::Say | HanClass::Title)
        };
        let limit = words.get(before..).unwrap_or_default().iter().take(8).find(ends).map_or(body.len(), |w| w.start);
        let mut end = dot + mark.len();
        let mut letters = 0;
        for c in body.get(end..).unwrap_or_default().chars() {
            if !(part(c) || c == '·') || letters >= 4 || end >= limit {
                break;
            }
            letters = if c == '·' { 0 } else { letters + 1 };
            end += c.len_utf8();
        }
        if back > 0 && end > dot + mark.len() {
            push(dot - back, end, EntityType::Person, "entity.person", 0.6, None);
            done = end;
        }
    }
}

/// Where the amount begins that ends at `end`.
fn amount_start(body: &str, end: usize) -> Option<usize> {
    let before = body.get(..end)?;
    let part =
        |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '，' | '万' | '亿' | '千' | '百' | '十' | '余' | '多');
    let len: usize = before.chars().rev().take_while(|&c| part(c)).take(20).map(char::len_utf8).sum();
    let amount = before.get(end - len..)?.trim_start_matches(|c: char| !c.is_ascii_digit());
    (!amount.is_empty()).then_some(end - amount.len())
}
