//! Names and phrases of English: rows of capitalised words by their head, and heads, offices and deeds in small letters with what belongs to them.

use super::line::{Draft, Line};
use crate::model::EntityType;
use crate::rules::entity::{Class, Options, Reading};

/// Words that join capitalised words to one name.
const JOINERS: [&str; 7] = ["of", "for", "on", "and", "&", "the", "de"];

/// Words that begin an amount: `fines of up to …`.
const AMOUNTS: [&str; 9] = ["up", "over", "under", "around", "about", "nearly", "almost", "approximately", "roughly"];

/// Bodies, laws, policies and organizations by their capitalised names.
pub(super) fn names(line: &mut Line<'_>, out: &mut Vec<Draft>) {
    if !line.capitals {
        return;
    }
    let mut i = 0;
    while i < line.tokens.len() {
        if !starts(line, i) {
            i += 1;
            continue;
        }
        let mut end = sequence(line, i);
        let mut from = i;
        // A capital at the start of a sentence may be that of a common word.
        if line.note(i).begins && line.is(i, Class::Common) && end > i + 1 && starts(line, i + 1) {
            from = i + 1;
        }
        let found = classify(line, from, &mut end);
        if let Some((kind, rule, confidence)) = found {
            let name = line.span(from, end).of(line.text).to_owned();
            let mut draft = line.draft(from, end, kind, rule, confidence, name);
            draft.title = true;
            out.push(draft);
            line.mark_notes(from, end, |note| note.name = true);
        }
        i = end.max(i + 1);
    }
}

fn starts(line: &Line<'_>, i: usize) -> bool {
    line.is_capital(i) && !line.note(i).person && !line.is(i, Class::Stop)
}

/// Where the row of capitalised words from `i` ends.
fn sequence(line: &Line<'_>, i: usize) -> usize {
    let mut end = i + 1;
    while end < i + 14 && line.same_sentence(i, end) {
        if starts(line, end) && !(line.note(end).begins && line.mark(end - 1) != '.') {
            end += 1;
            continue;
        }
        if line.mark(end) == '.'
            && line.token(end).is_some_and(|t| !t.spaced)
            && line.low(end - 1).chars().count() == 1
            && starts(line, end + 1)
        {
            end += 1;
            continue;
        }
        let mut next = end;
        while next < end + 3 && (JOINERS.contains(&line.low(next)) || line.mark(next) == '&') {
            next += 1;
        }
        // `Banks and Other Institutions`
        if next > end && line.says(next, "other") && line.is_capital(next) {
            next += 1;
        }
        if next == end || !starts(line, next) {
            break;
        }
        let and = line.says(end, "and");
        if and && !joins(line, i, end, next) {
            break;
        }
        end = next + 1;
    }
    end
}

/// Whether `and` at `at` joins two parts of one name: a head stands after it and none before, or `of` came before.
fn joins(line: &Line<'_>, from: usize, at: usize, next: usize) -> bool {
    let is_head =
        |k: usize| [Class::Body, Class::Law, Class::Org, Class::Policy].iter().any(|&class| line.is(k, class));
    let before = (from..at).any(is_head);
    let mut after = next;
    while starts(line, after) && after < next + 4 {
        after += 1;
    }
    let heads_after = (next..after).any(is_head);
    if before && at > from + 1 {
        let complement = (from..at).any(|k| line.says(k, "of") || line.says(k, "for") || line.says(k, "on"));
        return complement && !heads_after;
    }
    heads_after
}

type Kind = (EntityType, &'static str, f32);

/// What a row of capitalised words names; `end` moves over what belongs to the name behind it.
fn classify(line: &Line<'_>, from: usize, end: &mut usize) -> Option<Kind> {
    // `Acme Holdings, Inc.`
    let comma = usize::from(line.mark(*end) == ',');
    if line.is(*end + comma, Class::LegalForm) && line.is_capital(*end + comma) {
        *end += comma + 1;
        take_dot(line, end);
        return Some((EntityType::Organization, "entity.organization", 0.65));
    }
    if *end > from + 1 && line.is(*end - 1, Class::LegalForm) {
        take_dot(line, end);
        return Some((EntityType::Organization, "entity.organization", 0.65));
    }
    let cut = (from..*end).find(|&k| ["of", "for", "on"].contains(&line.low(k))).unwrap_or(*end);
    let head = |class: Class| -> Option<Reading> {
        (from..cut).rev().take(3).find_map(|k| line.row(k, class).filter(|r| k + usize::from(r.len) == cut))
    };
    let alone = *end == from + 1;
    // A weak head needs a place, an adjective of state, or a complement: `Audit Committee` and `Purchase Agreement` are private.
    let placed = (from..*end).any(|k| {
        line.row(k, Class::Place).is_some() || line.is(k, Class::PlaceAdjective) || line.is(k, Class::BodyAdjective)
    });
    let complemented = cut < *end
        && !(cut..*end).any(|k| line.is(k, Class::Role) || line.is(k, Class::LegalForm) || line.is(k, Class::Org));
    let stands = |reading: Reading| !reading.options.has(Options::WEAK) || placed || complemented;
    if let Some(law) = head(Class::Law) {
        if !stands(law) {
            return None;
        }
        if line.says(*end, "of") && line.is_number(*end + 1) && line.low(*end + 1).len() == 4 {
            *end += 2;
        } else if is_year(line, *end) {
            *end += 1;
        }
        return (!alone).then_some((EntityType::Law, "entity.law", 0.74));
    }
    if let Some(body) = head(Class::Body) {
        // `the Committee` is a mention only where the text has defined it; that is left out.
        let whole = from + usize::from(body.len) == *end;
        let generic = line.row_with(from, Class::Body, Options::GENERIC).is_some();
        let single = whole && body.len == 1 && !generic;
        if !single && stands(body) && (placed || head(Class::Org).is_none()) {
            return Some((EntityType::Regulator, "entity.body", 0.72));
        }
    }
    if head(Class::Policy).is_some() && !alone {
        return Some((EntityType::Policy, "entity.policy", 0.75));
    }
    if head(Class::Org).is_some() && !alone {
        return Some((EntityType::Organization, "entity.organization", 0.6));
    }
    None
}

/// `Companies Act 2006`
fn is_year(line: &Line<'_>, i: usize) -> bool {
    line.is_number(i) && line.low(i).len() == 4 && line.low(i).starts_with(['1', '2']) && line.mark(i + 1) != '%'
}

fn take_dot(line: &Line<'_>, end: &mut usize) {
    if line.mark(*end) == '.' && line.token(*end).is_some_and(|t| !t.spaced) {
        *end += 1;
    }
}

/// Generic bodies, roles, policies and deeds; `drafts` from `from` on are what was found in the line before.
pub(super) fn phrases(line: &Line<'_>, drafts: &mut Vec<Draft>, from: usize) {
    let wanted = [Class::Body, Class::Role, Class::Policy, Class::ActionNoun, Class::ActionVerb, Class::LawShort];
    if !line.has(&wanted) {
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
    for i in 0..line.tokens.len() {
        short_law(line, i, drafts);
        generic_body(line, i, &mut actors, drafts);
        role(line, i, drafts);
        policy(line, i, drafts);
        action(line, i, &actors, drafts);
    }
}

/// `GAAP`, `generally accepted accounting principles`.
fn short_law(line: &Line<'_>, i: usize, out: &mut Vec<Draft>) {
    let Some(reading) = line.row(i, Class::LawShort) else { return };
    let end = i + usize::from(reading.len);
    let name = line.span(i, end).of(line.text).to_owned();
    out.push(line.draft(i, end, EntityType::Law, "entity.law", 0.8, name));
}

fn is_small(line: &Line<'_>, i: usize) -> bool {
    line.is_word(i) && (!line.is_capital(i) || line.note(i).begins) && !line.note(i).name && !line.note(i).person
}

/// `local authorities`, `the Chinese government`.
fn generic_body(line: &Line<'_>, i: usize, actors: &mut [bool], out: &mut Vec<Draft>) {
    let Some(reading) = line.row_with(i, Class::Body, Options::GENERIC) else { return };
    if !is_small(line, i) || reading.options.has(Options::PLURAL) && !line.low(i).ends_with('s') {
        return;
    }
    let mut first = i;
    while first > 0 && i - first < 3 {
        let before = first - 1;
        if !(line.is(before, Class::BodyAdjective) || line.is(before, Class::PlaceAdjective))
            || !line.same_sentence(before, i)
        {
            break;
        }
        first = before;
    }
    let end = i + usize::from(reading.len);
    if first == i && reading.len < 2 && !line.says(i, "regulators") {
        return;
    }
    if let Some(actor) = actors.get_mut(line.note(i).sentence as usize) {
        *actor = true;
    }
    let name = line.span(first, end).of(line.text).to_owned();
    out.push(line.draft(first, end, EntityType::Regulator, "entity.body", 0.75, name));
}

fn role(line: &Line<'_>, i: usize, out: &mut Vec<Draft>) {
    let Some(reading) = line.row(i, Class::Role) else { return };
    let mut end = i + usize::from(reading.len);
    if line.note(i).person || line.note(i).name || i > 0 && line.row(i - 1, Class::Role).is_some_and(|r| r.len > 1) {
        return;
    }
    let mut first = i;
    while first > 0
        && i - first < 3
        && (line.is(first - 1, Class::RoleAdjective) || line.is(first - 1, Class::PlaceAdjective))
    {
        first -= 1;
    }
    let preposition = line.says(end, "of") || line.says(end, "for");
    if preposition {
        let at = end + 1 + usize::from(line.says(end + 1, "the"));
        if let Some(place) = line.row(at, Class::Place) {
            end = at + usize::from(place.len);
        } else if line.is_capital(at) && !line.note(at).person {
            end = sequence(line, at);
        }
    }
    let name = line.span(first, end).of(line.text).to_owned();
    out.push(line.draft(first, end, EntityType::Role, "entity.role", 0.8, name));
}

fn policy(line: &Line<'_>, i: usize, out: &mut Vec<Draft>) {
    if line.note(i).name {
        return;
    }
    let tail = line.row_with(i, Class::Policy, Options::TAIL);
    let Some(reading) = tail.or_else(|| line.row(i, Class::Policy)) else { return };
    let end = i + usize::from(reading.len);
    let mut first = i;
    while first > 0
        && i - first < 3
        && (line.is(first - 1, Class::PolicyAdjective) || line.is(first - 1, Class::PlaceAdjective))
    {
        first -= 1;
    }
    let kind =
        reading.options.has(Options::TAIL) && first < i && (first..i).any(|k| line.is(k, Class::PolicyAdjective));
    // `Digital Harbour programme`: capitals before the head.
    let mut capitals = i;
    while capitals > 0
        && i - capitals < 5
        && line.same_sentence(capitals - 1, i)
        && line.is_proper(capitals - 1)
        && !line.note(capitals - 1).person
        && !line.note(capitals - 1).name
        && !line.is(capitals - 1, Class::Stop)
    {
        capitals -= 1;
    }
    let placed = line.row(capitals, Class::Place).is_some_and(|p| capitals + usize::from(p.len) == i);
    if capitals < i
        && !placed
        && !kind
        && reading.options.has(Options::QUOTED)
        && !line.is(capitals, Class::PlaceAdjective)
    {
        let name = line.span(capitals, end).of(line.text).to_owned();
        let mut draft = line.draft(capitals, end, EntityType::Policy, "entity.policy", 0.7, name);
        draft.title = true;
        out.push(draft);
        return;
    }
    // “dual carbon” goals: the name stands in quotes before its head.
    let quoted = matches!(i.checked_sub(1).map(|k| line.mark(k)), Some('"' | '”'))
        .then(|| (i.saturating_sub(8)..i).find(|&k| line.quotation(k) == Some(i - 1)))
        .flatten();
    let first = match (kind, quoted) {
        (_, Some(open)) => open,
        (true, None) => first,
        (false, None) => return,
    };
    let name = line.span(first, end).of(line.text).to_owned();
    out.push(line.draft(first, end, EntityType::Policy, "entity.policy", 0.75, name));
}

fn action(line: &Line<'_>, i: usize, actors: &[bool], out: &mut Vec<Draft>) {
    if !is_small(line, i) {
        return;
    }
    let actor = actors.get(line.note(i).sentence as usize).copied().unwrap_or(false);
    let found = [Class::ActionNoun, Class::ActionVerb].into_iter().find_map(|class| {
        let reading = line.row(i, class).filter(|r| actor || !r.options.has(Options::WEAK))?;
        let after = i + usize::from(reading.len);
        let end = line.lexicon.frames_of(&reading).iter().find_map(|frame| match frame.preposition {
            0 => object(line, after),
            preposition => line.token(after).filter(|t| t.hash == preposition).and_then(|_| object(line, after + 1)),
        })?;
        Some((end, class))
    });
    let Some((mut end, class)) = found else { return };
    // A deed within the object brings its own: `abolished the levy on routers`.
    if class == Class::ActionVerb
        && let Some(inner) = end.checked_sub(1).and_then(|k| line.row(k, Class::ActionNoun))
        && line.lexicon.frames_of(&inner).iter().any(|f| line.token(end).is_some_and(|t| t.hash == f.preposition))
        && let Some(longer) = object(line, end + 1)
    {
        end = longer;
    }
    let strengthens =
        |k: usize| line.is(k, Class::Adverb) || class == Class::ActionNoun && line.is(k, Class::ActionAdjective);
    let first = i.checked_sub(1).filter(|&k| strengthens(k)).unwrap_or(i);
    let name = line.span(first, end).of(line.text).to_owned();
    out.push(line.draft(first, end, EntityType::Action, "entity.action", 0.7, name));
}

/// Where the object that begins at `start` ends: a determiner, words that are no function words, and one `of`.
fn object(line: &Line<'_>, start: usize) -> Option<usize> {
    if let Some(close) = line.quotation(start) {
        return Some(close + 1);
    }
    let mut end = start;
    let mut words = 0;
    while ["the", "a", "an", "all", "any", "its", "their", "some", "most", "new"].contains(&line.low(end)) {
        end += 1;
    }
    while end < start + 8 && line.same_sentence(start.saturating_sub(1), end) {
        if (line.is_word(end) || line.is_number(end))
            && !line.is(end, Class::Stop)
            && !line.is(end, Class::Say)
            && !line.low(end).ends_with("ly")
        {
            end += 1;
            words += 1;
        } else if words > 0
            && (line.says(end, "of") || line.says(end, "and"))
            && line.is_word(end + 1)
            && !AMOUNTS.contains(&line.low(end + 1))
            && !line.is(end + 1, Class::Stop)
            && !line.is(end + 1, Class::ActionVerb)
            && !line.is(end + 1, Class::ActionNoun)
        {
            end += 1;
        } else {
            break;
        }
    }
    (words > 0).then_some(end)
}
