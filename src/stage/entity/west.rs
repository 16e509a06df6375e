//! Names of bodies, laws and policies in languages where the head stands first and what belongs to it follows: `Comisión Nacional de los Mercados`,
//! `Bundesamt für Justiz`, `plan « Mer vivante »`. Heads of compounds are told by their endings (`Landesumweltamt`).

use super::line::{Draft, Line};
use crate::model::EntityType;
use crate::rules::entity::{Class, Options, Reading};

/// The longest name, in tokens behind its head.
const LONGEST: usize = 18;

/// Bodies, laws and policies in the line.
pub(super) fn names(line: &mut Line<'_>, out: &mut Vec<Draft>) {
    let mut i = 0;
    while i < line.tokens.len() {
        if !line.is_word(i) || line.note(i).person || i > 0 && line.note(i).name && line.note(i - 1).name {
            i += 1;
            continue;
        }
        let found = body(line, i).or_else(|| law(line, i)).or_else(|| policy(line, i)).or_else(|| short(line, i));
        let Some(found) = found else {
            i += 1;
            continue;
        };
        let name = line.span(found.from, found.end).of(line.text).to_owned();
        let rule = match found.kind {
            EntityType::Regulator => "entity.body",
            EntityType::Law => "entity.law",
            _ => "entity.policy",
        };
        let mut draft = line.draft(found.from, found.end, found.kind, rule, found.confidence, name);
        draft.title = found.title;
        line.mark_notes(found.from, found.end, |note| note.name |= found.title);
        out.push(draft);
        i = found.end.max(i + 1);
    }
}

struct Name {
    from: usize,
    end: usize,
    kind: EntityType,
    confidence: f32,
    title: bool,
}

/// A head at `i`: by the lists, or, with a capital, by its ending.
fn head(line: &Line<'_>, i: usize, class: Class) -> Option<Reading> {
    line.row(i, class).or_else(|| line.ending(i, class).filter(|_| line.is_capital(i)))
}

fn body(line: &Line<'_>, i: usize) -> Option<Name> {
    let reading = head(line, i, Class::Body)?;
    let named = |options: Options| line.row_with(i, Class::Body, options).filter(|r| r.len >= reading.len);
    let generic = reading.options.has(Options::GENERIC) || named(Options::GENERIC).is_some();
    let after = i + usize::from(reading.len);
    let compound = reading.options.has(Options::END);
    if line.is_capital(i) {
        let first = if line.is_upper(i) && reading.len == 1 { i } else { adjectives_before(line, i) };
        let end = tail(line, after, Tail { common: !generic && !compound, places: !generic });
        let stands = end > after || generic && (!line.note(i).begins || reading.len > 1 || compound) || first < i;
        return stands.then_some(Name { from: first, end, kind: EntityType::Regulator, confidence: 0.75, title: true });
    }
    // `gouvernement fédéral`, `autoridades locales`; `ministère de la Pêche`
    if named(Options::TAIL).is_some() {
        let end = tail(line, after, Tail { common: false, places: true });
        if end > after {
            return Some(Name { from: i, end, kind: EntityType::Regulator, confidence: 0.7, title: true });
        }
    }
    if named(Options::GENERIC).is_some_and(|r| r.options == Options::GENERIC) {
        let mut end = after;
        while end < after + 2 && line.ending(end, Class::BodyAdjective).is_some() && !line.is(end, Class::Stop) {
            end += 1;
        }
        return Some(Name { from: i, end, kind: EntityType::Regulator, confidence: 0.65, title: false });
    }
    None
}

/// Where capitalised adjectives begin that stand before the head at `i`: `Europäische Kommission`, `Oberste Finanzbehörde`.
fn adjectives_before(line: &Line<'_>, i: usize) -> usize {
    let mut first = i;
    while first > 0 && i - first < 2 && line.same_sentence(first - 1, i) && line.is_capital(first - 1) {
        let before = first - 1;
        let listed = line.is(before, Class::BodyAdjective) || line.is(before, Class::PlaceAdjective);
        let ending = !line.note(before).begins && line.ending(before, Class::BodyAdjective).is_some();
        // `Thüringer Landtag`
        let town = line.german && !line.note(before).begins && line.low(before).ends_with("er");
        if !(listed || ending || town) || line.note(before).person || line.is(before, Class::Role) {
            break;
        }
        first = before;
    }
    first
}

fn law(line: &Line<'_>, i: usize) -> Option<Name> {
    let reading = head(line, i, Class::Law)?;
    let after = i + usize::from(reading.len);
    let name = |end: usize, confidence: f32| Name { from: i, end, kind: EntityType::Law, confidence, title: true };
    if let Some(close) = line.quotation(after).filter(|&close| close - after < 20) {
        return Some(name(close + 1, 0.8));
    }
    // A heading in capitals says nothing of names.
    let capital = line.is_capital(i);
    if line.is_upper(i) && line.is_upper(after) {
        return None;
    }
    if capital || line.is_proper(after) {
        let end = tail(line, after, Tail { common: capital, places: true });
        // `Lei Federal` is a kind of law and no name.
        let kind = capital && !line.german && (after..end).all(|k| line.ending(k, Class::BodyAdjective).is_some());
        if end > after && !kind && !(end == after + 1 && line.row(after, Class::Place).is_some()) {
            return Some(name(about(line, end).unwrap_or(end), 0.75));
        }
    }
    if capital && let Some(end) = about(line, after) {
        return Some(name(end, 0.7));
    }
    let generic = reading.options.has(Options::GENERIC);
    (capital && generic).then(|| name(after, 0.75))
}

/// `zur Förderung der Wärmewende`, `sobre protección de datos`: where it ends.
fn about(line: &Line<'_>, at: usize) -> Option<usize> {
    if !line.is(at, Class::About) || line.is_capital(at) {
        return None;
    }
    phrase(line, at + 1, 10)
}

fn policy(line: &Line<'_>, i: usize) -> Option<Name> {
    let reading = head(line, i, Class::Policy)?;
    let after = i + usize::from(reading.len);
    let name = |end: usize, title: bool| Name { from: i, end, kind: EntityType::Policy, confidence: 0.75, title };
    if reading.options.has(Options::GENERIC) {
        return Some(name(after, false));
    }
    if let Some(close) = line.quotation(after).filter(|&close| close - after < 12) {
        return Some(name(close + 1, true));
    }
    let kind = line.row_with(i, Class::Policy, Options::TAIL).is_some();
    if kind && line.is(after, Class::PolicyAdjective) {
        let end = after + 1;
        // `politique commune de la pêche`
        let longer = of(line, end).and_then(|at| common(line, at)).filter(|_| line.says(after, "commune"));
        return Some(name(longer.unwrap_or(end), false));
    }
    if kind
        && !line.is_capital(i)
        && let Some(end) = of(line, after).filter(|&at| !line.is_capital(at)).and_then(|at| common(line, at))
    {
        return Some(name(end, false));
    }
    if line.is_capital(i) && !kind {
        let mut end = tail(line, after, Tail { common: false, places: true });
        if end == after && line.is_number(after) && line.low(after).len() == 4 {
            end += 1;
        }
        if let Some(longer) = about(line, end).filter(|_| end > after) {
            end = longer;
        }
        return (end > after).then(|| name(end, true));
    }
    None
}

/// A law by its short name: `RGPD`, `StGB`.
fn short(line: &Line<'_>, i: usize) -> Option<Name> {
    let capitals = || line.word(i).chars().filter(|c| c.is_uppercase()).count() > 1;
    let reading = line.row(i, Class::LawShort).filter(|_| line.is_capital(i) && capitals());
    let end = match reading {
        Some(reading) => i + usize::from(reading.len),
        // `AsylG`, `MarkenG`: small letters, then a capital at the end.
        None if is_code(line.word(i)) => i + 1,
        None => return None,
    };
    Some(Name { from: i, end, kind: EntityType::Law, confidence: 0.75, title: true })
}

/// Whether a word has the form of a German short name of a law: at least two small letters, and `G` or `GB` or `V` at the end.
fn is_code(word: &str) -> bool {
    let stem = word.strip_suffix("GB").or_else(|| word.strip_suffix('G')).or_else(|| word.strip_suffix("VO"));
    stem.is_some_and(|stem| {
        stem.len() > 2
            && stem.starts_with(char::is_uppercase)
            && stem.ends_with(char::is_lowercase)
            && stem.chars().all(char::is_alphabetic)
    })
}

/// What may follow a head.
#[derive(Clone, Copy)]
struct Tail {
    /// Also words in small letters behind `of`.
    common: bool,
    /// Also places behind `of`.
    places: bool,
}

/// Where the name ends whose head ends at `at`: adjectives and capitalised words, and what `of` and `and` join.
fn tail(line: &Line<'_>, at: usize, allowed: Tail) -> usize {
    let mut end = own(line, at);
    let mut joined = false;
    while end < at + LONGEST && line.same_sentence(at.saturating_sub(1), end) {
        let next = if let Some(noun) = of(line, end).or_else(|| for_what(line, end)) {
            joined = true;
            element(line, noun, allowed)
        } else if joined && is_and(line, end) {
            let noun = of(line, end + 1).unwrap_or_else(|| determiners(line, end + 1));
            let plain = noun == end + 1 && line.is_capital(noun) && head(line, noun, Class::Body).is_some();
            element(line, noun, Tail { places: false, common: allowed.common && noun > end + 1 }).filter(|_| !plain)
        } else if joined && line.mark(end) == ',' && listed(line, end) {
            element(line, determiners(line, end + 1), Tail { places: false, common: false })
        } else {
            None
        };
        let Some(next) = next else { break };
        end = next;
    }
    end
}

/// Capitalised words and adjectives directly behind a head.
fn own(line: &Line<'_>, at: usize) -> usize {
    let mut end = at;
    while end < at + 5 && line.same_sentence(at.saturating_sub(1), end) {
        let capital = line.is_proper(end) && !line.note(end).person && !line.is(end, Class::Stop);
        let place = line.row(end, Class::Place).is_some() && end == at && line.is_capital(end);
        let adjective = line.is_word(end)
            && !line.is_capital(end)
            && line.ending(end, Class::BodyAdjective).is_some()
            && !line.is(end, Class::Stop)
            && !line.is(end, Class::ActionVerb);
        if line.german && !adjective {
            // A noun has a capital anyway; a city belongs to its court: `Landgericht Frankfurt`.
            return line
                .row(end, Class::Place)
                .filter(|_| end == at && line.is_capital(end))
                .map_or(end, |p| end + usize::from(p.len));
        }
        if !(capital && !place || adjective) {
            break;
        }
        end += 1;
    }
    end
}

/// A noun with its adjectives and capitalised words, from `at`.
fn element(line: &Line<'_>, at: usize, allowed: Tail) -> Option<usize> {
    if line.note(at).person || !line.is_word(at) && line.quotation(at).is_none() || line.is(at, Class::Stop) {
        return None;
    }
    if let Some(place) = line.row(at, Class::Place).filter(|_| line.is_capital(at)) {
        return allowed.places.then_some(at + usize::from(place.len));
    }
    if line.is_capital(at) {
        if head(line, at, Class::Body).is_some_and(|r| r.options.has(Options::GENERIC) && !r.options.has(Options::END))
        {
            return None;
        }
        return Some(own(line, at + 1));
    }
    if !allowed.common {
        return None;
    }
    common(line, at)
}

/// A noun in small letters with its adjectives.
fn common(line: &Line<'_>, at: usize) -> Option<usize> {
    if !line.is_word(at) || line.is(at, Class::Stop) || line.is(at, Class::Det) || line.is(at, Class::ActionVerb) {
        return None;
    }
    let mut end = at + 1;
    while end < at + 3
        && line.is_word(end)
        && !line.is(end, Class::Stop)
        && line.ending(end, Class::BodyAdjective).is_some()
        && line.same_sentence(at, end)
    {
        end += 1;
    }
    Some(end)
}

/// Where the noun stands behind `de la`, `del`, `der` at `at`.
pub(super) fn of(line: &Line<'_>, at: usize) -> Option<usize> {
    if !line.is(at, Class::Of) || line.is_capital(at) {
        return None;
    }
    let next = at + 1 + usize::from(is_apostrophe(line, at + 1));
    Some(determiners(line, next))
}

/// Where the noun stands behind `für`, `zur`, `pour`, `contre` at `at`, if it has a capital.
fn for_what(line: &Line<'_>, at: usize) -> Option<usize> {
    if !line.is(at, Class::About) || line.is_capital(at) {
        return None;
    }
    let next = determiners(line, at + 1);
    line.is_capital(next).then_some(next)
}

/// Behind the articles at `at`.
pub(super) fn determiners(line: &Line<'_>, at: usize) -> usize {
    let mut next = at;
    while next < at + 2 && line.is(next, Class::Det) && !line.is_capital(next) {
        next += 1;
        if is_apostrophe(line, next) {
            next += 1;
        }
    }
    next
}

fn is_apostrophe(line: &Line<'_>, i: usize) -> bool {
    matches!(line.mark(i), '\'' | '’') && line.token(i).is_some_and(|t| !t.spaced)
}

fn is_and(line: &Line<'_>, i: usize) -> bool {
    ["et", "y", "e", "und", "ed", "en", "i", "oraz"].contains(&line.low(i))
}

/// Whether the comma at `at` is one of a list that `and` ends: `für Umwelt, Naturschutz und Reaktorsicherheit`.
fn listed(line: &Line<'_>, at: usize) -> bool {
    let mut i = at;
    while line.mark(i) == ',' && i < at + 9 {
        let noun = determiners(line, i + 1);
        if !line.is_capital(noun) {
            return false;
        }
        i = own(line, noun + 1);
    }
    is_and(line, i)
}

/// Where a noun phrase ends that begins at `start` and has at most `most` tokens: articles, words that are no function words, and genitives.
pub(super) fn phrase(line: &Line<'_>, start: usize, most: usize) -> Option<usize> {
    let mut end = determiners(line, start);
    let mut words = 0;
    while end < start + most && line.same_sentence(start.saturating_sub(1), end) {
        let token = line.token(end)?;
        if let Some(close) = line.quotation(end).filter(|&close| close < start + most + 8) {
            return Some(close + 1);
        }
        let stops = line.is(end, Class::Stop) || line.is(end, Class::Say) || line.is(end, Class::Adverb);
        // In German a noun has a capital, and what follows in small letters is not of the phrase.
        let german = words > 0 && line.is_capital(end - 1) && !line.is_capital(end) && line.nouns_are_capital();
        if words > 0
            && let Some(noun) = of(line, end).filter(|&noun| line.is_word(noun) && !line.is(noun, Class::Stop))
        {
            end = noun + 1;
        } else {
            let word = (line.is_word(end) || line.is_number(end)) && !stops && !german && !line.is(end, Class::Of);
            let joined = matches!(token.mark, '-' | '%') && words > 0 && !token.spaced;
            if !(word || joined) {
                break;
            }
            end += 1;
        }
        words += 1;
    }
    (words > 0).then_some(end)
}
