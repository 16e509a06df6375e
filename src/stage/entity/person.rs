//! Persons: given names, patronymics, initials, family names by their endings, names after an office; later, family names that stand alone.

use std::collections::HashSet;

use super::line::{Draft, Line, capitalised};
use crate::model::EntityType;
use crate::rules::entity::inflect::{D, I, N, Tags};
use crate::rules::entity::token::{Kind, hash};
use crate::rules::entity::{Class, EntryKind, Gazetteer, Options};
use crate::text::Span;

const PERSON: &str = "entity.person";
/// Endings that case puts on a name; a name and a longer one that differ in these only are one name.
const CASE_ENDINGS: [&str; 13] = ["а", "у", "ом", "ем", "е", "ым", "ой", "ы", "и", "я", "ю", "ей", "s"];

/// The cases of the masculine in tags.
const MASCULINE: u32 = 0x3f;

/// A capitalised word that may be a family name, to be decided when the document is read.
#[derive(Clone, Debug)]
pub(super) struct Lone {
    span: Span,
    /// Where its lower-cased letters are kept.
    low: (usize, usize),
    passage: usize,
    inflected: bool,
}

/// What a document says of family names.
#[derive(Debug, Default)]
pub(super) struct Names {
    families: HashSet<u64>,
    lone: Vec<Lone>,
    latin: Vec<Lone>,
    /// The lower-cased letters of the lone words.
    low: String,
}

/// Persons in the line.
pub(super) fn persons(line: &mut Line<'_>, names: &mut Names, out: &mut Vec<Draft>) {
    // Without a capital there is neither a name nor an initial.
    if !line.capitals {
        return;
    }
    let mut i = 0;
    while i < line.tokens.len() {
        if !line.is_capital(i) {
            i += 1;
            continue;
        }
        let Some((end, confidence)) = name_at(line, i) else {
            names.keep(line, i);
            i += 1;
            continue;
        };
        let end = end + usize::from(is_ordinal(line, end));
        let name = nominative(line, i, end);
        let mut draft = line.draft(i, end, EntityType::Person, PERSON, confidence, name);
        draft.title = true;
        if end - i > 1 || confidence < 0.65 {
            names.learn(line, end - 1);
        }
        out.push(draft);
        line.mark_notes(i, end, |note| note.person = true);
        i = end;
    }
}

/// Whether a number in Roman figures stands there, as behind the name of a sovereign: `Елизавета II`.
pub(super) fn is_ordinal(line: &Line<'_>, i: usize) -> bool {
    line.is_capital(i)
        && line.token(i).is_some_and(|t| t.latin && t.spaced)
        && line.word(i).bytes().all(|b| matches!(b, b'I' | b'V' | b'X'))
}

/// The name that begins at `i`: where it ends, and how sure that is.
fn name_at(line: &Line<'_>, i: usize) -> Option<(usize, f32)> {
    if let Some(end) = initials(line, i) {
        // А. Б. Иванов
        if family(line, end) && !line.is(end, Class::Stop) {
            return Some((end + 1, 0.9));
        }
    }
    if !line.is_capital(i) || line.is(i, Class::Stop) || line.is_upper(i) && line.low(i).chars().count() < 4 {
        return None;
    }
    let given = line.reading(i, Class::Given);
    let strong = given.is_some_and(|r| !r.options.has(Options::WEAK));
    // Chinese and Korean names begin with one of few family names: Чжан Инъин, Ким Чен Ын.
    if line.is(i, Class::Family) && !line.token(i).is_some_and(|t| t.latin) {
        let end = eastern(line, i + 1);
        if end > i + 1 {
            return Some((end, 0.9));
        }
    }
    if given.is_some() {
        let after = run(line, i + 1);
        // Given name, then more names; a weak one needs a capital that is its own.
        if after > i + 1 && (strong || !line.is(i, Class::Common) && is_family_like(line, after - 1)) {
            return Some((suffix(line, after), 0.9));
        }
        if let Some(end) = initials(line, i + 1).filter(|&end| family(line, end)) {
            return Some((end + 1, 0.9));
        }
    }
    // Family name before the given name: Иванов Иван Иванович.
    let next_given = line.reading(i + 1, Class::Given);
    let may_follow = next_given.is_some() || line.mark(i + 2) == '.';
    if may_follow && family(line, i) && given.is_none() && is_free(line, i) {
        if next_given.is_some_and(|r| !r.options.has(Options::WEAK)) && line.is_capital(i + 1) {
            let end = if patronymic(line, i + 2) { i + 3 } else { i + 2 };
            let given = next_given.map_or(Tags::ANY, |r| r.tags);
            let agrees = line.lexicon.families.of(line.low(i)).is_none_or(|(_, tags, _)| tags.meets(given));
            if agrees && (patronymic(line, i + 2) || !family(line, end)) {
                return Some((end, 0.85));
            }
        }
        if let Some(end) = initials(line, i + 1).filter(|_| line.lexicon.families.of(line.low(i)).is_some()) {
            return Some((end, 0.85));
        }
    }
    if titled(line, i) && (family(line, i) && is_free(line, i) || given.is_some()) {
        let end = run(line, i).max(i + 1);
        return Some((end, 0.85));
    }
    let alone = line.token(i).is_some_and(|t| t.latin) && !line.is_capital(i + 1);
    if strong
        && (!line.note(i).begins || alone || line.is(i + 1, Class::Say))
        && line.row(i, Class::Place).is_none()
        && !before_object(line, i)
    {
        return Some((i + 1, 0.7));
    }
    let by_ending = |k: usize| {
        line.lexicon.families.of(line.low(k)).is_some_and(|(stem, tags, _)| !tags.is_none() && stem.chars().count() > 1)
    };
    if family(line, i) && !line.token(i).is_some_and(|t| t.latin) {
        let end = run(line, i);
        let words = end - i;
        let inflected_given = next_given.is_some_and(|r| !r.tags.meets(N));
        let starts = !line.note(i).begins || words == 2 && line.is_unknown(i) && !inflected_given;
        if (2..=3).contains(&words) && starts && !before_object(line, i) && (i..end).all(|k| is_free(line, k)) {
            return Some((end, 0.7));
        }
        if words == 1
            && by_ending(i)
            && is_free(line, i)
            && !before_object(line, i)
            && (!line.note(i).begins || line.is(i + 1, Class::Say))
        {
            return Some((i + 1, 0.6));
        }
    }
    None
}

/// Where the one or two given names end that follow an eastern family name.
fn eastern(line: &Line<'_>, start: usize) -> usize {
    let mut end = start;
    while end < start + 2
        && line.is_capital(end)
        && !line.is_upper(end)
        && !line.note(end).begins
        && (family(line, end) || line.is(end, Class::Family))
        && (end == start || line.low(end).chars().count() < 5)
    {
        end += 1;
    }
    end
}

/// Where the names end that follow at `start`: family names, patronymics, particles before them.
fn run(line: &Line<'_>, start: usize) -> usize {
    let mut end = start;
    while end < start + 4 {
        if line.is(end, Class::Particle)
            && !line.is_upper(end)
            && line.is_capital(end + 1)
            && end > start.saturating_sub(1)
        {
            end += 1;
            continue;
        }
        if let Some(next) = initials(line, end)
            .filter(|&next| end > 0 && line.token(end).is_some_and(|t| t.latin) && family(line, next))
        {
            end = next;
            continue;
        }
        // A given name behind a family name begins the next person.
        if end > start
            && line.reading(end, Class::Given).is_some_and(|r| !r.options.has(Options::WEAK))
            && !line.is(end - 1, Class::Given)
            && !patronymic(line, end + 1)
        {
            break;
        }
        let named_after = end > 0
            && line.is(end - 1, Class::Given)
            && line.is_capital(end)
            && line.row(end, Class::Place).is_some_and(|r| r.len == 1 && r.options.has(Options::PERSON));
        if !(family(line, end) || named_after) || line.note(end).begins && end > start {
            break;
        }
        end += 1;
    }
    end
}

/// Initials at `i`: `А.`, `А. Б.`; where they end.
fn initials(line: &Line<'_>, i: usize) -> Option<usize> {
    let one = |k: usize| {
        line.token(k).is_some_and(|t| t.kind == Kind::Word)
            && line.is_capital(k)
            && line.mark(k + 1) == '.'
            && !line.token(k + 1).is_some_and(|t| t.spaced)
            && (line.low(k).chars().nth(1).is_none()
                || line.low(k).chars().nth(2).is_none()
                    && line.is_capital(k + 2)
                    && !line.token(k + 2).is_some_and(|t| t.spaced))
    };
    if !one(i) {
        return None;
    }
    Some(if one(i + 2) { i + 4 } else { i + 2 })
}

/// Whether a capitalised word that may be a family name stands at `i`, on the same line as the word before.
fn family(line: &Line<'_>, i: usize) -> bool {
    line.is_capital(i)
        && !line.is(i, Class::Stop)
        && !line.is(i, Class::Common)
        && line.low(i).chars().nth(1).is_some()
        && !(line.is_upper(i)
            && (line.low(i).chars().count() < 7 && !line.token(i).is_some_and(|t| t.latin)
                || line.low(i).chars().count() < 4))
        && !line.readings(i).any(|r| {
            matches!(r.class, Class::Body | Class::Law | Class::Org | Class::PlaceHead | Class::LegalForm | Class::Say)
        })
        && (line.row(i, Class::Place).is_none() || line.is(i, Class::Family))
        && i.checked_sub(1).is_none_or(|before| line.same_sentence(before, i))
}

/// Whether nothing but a name is known of the word at `i`.
fn is_free(line: &Line<'_>, i: usize) -> bool {
    !line.note(i).name
        && line.readings(i).all(|r| matches!(r.class, Class::Given | Class::Family | Class::Particle))
        && line.row(i, Class::Place).is_none()
        && line.adjective_place(i).is_none()
        && !is_adjective(line, i)
}

/// Whether the ending is an adjective's and no family name's, or a noun follows that agrees.
fn is_adjective(line: &Line<'_>, i: usize) -> bool {
    let Some((stem, tags, _)) = line.adjective(i) else { return false };
    let ending = line.low(i).len() - stem.len();
    // Endings of one or two letters that nouns have too count behind the stems that adjectives have.
    let plain = ending > 4
        || ["ск", "льн", "нн", "чн", "вн", "тн", "рн", "дн", "зн", "жн"].iter().any(|s| stem.ends_with(s))
        || line.low(i).ends_with(['й', 'я']) && !line.low(i).ends_with("ей");
    let agrees = line.noun(i + 1).meets(tags) && !line.is_capital(i + 1) && !line.is(i + 1, Class::Say);
    if line.lexicon.families.of(line.low(i)).is_some_and(|(_, t, _)| !t.is_none()) {
        return stem.ends_with("ск") && (agrees || line.is_capital(i + 1) && line.noun(i + 1).meets(tags));
    }
    plain
}

fn is_family_like(line: &Line<'_>, i: usize) -> bool {
    line.is(i, Class::Family)
        || line.lexicon.families.of(line.low(i)).is_some()
        || line.is_unknown(i) && !line.token(i).is_some_and(|t| t.latin)
}

/// Where `, Jr.` ends behind a name that ends before `i`.
fn suffix(line: &Line<'_>, i: usize) -> usize {
    let at = i + usize::from(line.mark(i) == ',');
    if !["jr", "sr", "ii", "iii", "iv"].contains(&line.low(at)) || !line.is_capital(at) {
        return i;
    }
    at + 1 + usize::from(line.mark(at + 1) == '.' && !line.token(at + 1).is_some_and(|t| t.spaced))
}

fn patronymic(line: &Line<'_>, i: usize) -> bool {
    line.is_capital(i) && line.lexicon.patronymics.of(line.low(i)).is_some()
}

/// Whether an office or a form of address stands right before.
fn titled(line: &Line<'_>, i: usize) -> bool {
    let Some(before) = i.checked_sub(1) else { return false };
    let (word, dotted) = if line.mark(before) == '.' { (before.checked_sub(1), true) } else { (Some(before), false) };
    let Some(word) = word else { return false };
    if dotted && line.low(word).chars().count() > 4 || !line.same_sentence(word, i) && !dotted {
        return false;
    }
    line.is(word, Class::Title) && (dotted || !line.token(word).is_some_and(|t| t.latin) || line.is_capital(word))
        || !dotted && line.reading(word, Class::Role).is_some_and(|r| r.options.has(Options::PERSON))
}

/// Whether the word before says that the name is one of a thing: a company, a street, an island.
fn before_object(line: &Line<'_>, i: usize) -> bool {
    let Some(before) = i.checked_sub(1) else { return false };
    line.is(before, Class::Org)
        || line.is(before, Class::PlaceHead)
        || line.is(before, Class::Body)
        || line.is(before, Class::Policy)
        || line.mark(before) == '«'
        || line.mark(before) == '"'
        || line.is(i + 1, Class::PlaceHead)
}

fn may_be_name(line: &Line<'_>, i: usize) -> bool {
    family(line, i) && !line.is_upper(i) && is_free(line, i)
}

/// The name with each of its words in the nominative, as far as the lists and endings tell.
pub(super) fn nominative(line: &Line<'_>, from: usize, to: usize) -> String {
    let case = context_case(line, from)
        .or_else(|| {
            (from..to)
                .find_map(|i| line.reading(i, Class::Given).map(|r| r.tags).filter(|t| t.0 != 0 && *t != Tags::ANY))
        })
        .or_else(|| paired_case(line, from, to));
    let mut out = String::new();
    for i in from..to {
        if i > from && line.token(i).is_some_and(|t| t.spaced) {
            out.push(' ');
        }
        let word = line.word(i);
        let low = line.low(i);
        if let Some(given) = line.reading(i, Class::Given).filter(|r| r.tags != Tags::ANY && !r.tags.meets(N)) {
            out.push_str(&word_like(word, line.lexicon.lemma_of(&given)));
        } else if let Some(stem) = case.filter(|case| !case.meets(N)).and_then(|case| stripped(line, low, case)) {
            out.push_str(&word_like(word, &stem));
        } else {
            out.push_str(word);
        }
    }
    out
}

/// The case of a man's name by the endings that its words share: `Деуэйну Джонсону`, `Павлом Сомовым`.
fn paired_case(line: &Line<'_>, from: usize, to: usize) -> Option<Tags> {
    if to - from < 2 || (from..to).any(|i| line.token(i).is_some_and(|t| t.latin) || line.mark(i) == '.') {
        return None;
    }
    let all = |endings: &[&str]| (from..to).all(|i| endings.iter().any(|e| line.low(i).ends_with(e)));
    let case = if all(&["у", "ю"]) {
        D
    } else if all(&["ом", "ем", "ым"]) {
        I
    } else {
        return None;
    };
    Some(Tags(case.0 & MASCULINE))
}

/// The case that an office before the name shows.
fn context_case(line: &Line<'_>, from: usize) -> Option<Tags> {
    let before = from.checked_sub(1)?;
    line.reading(before, Class::Role).map(|r| r.tags).filter(|t| *t != Tags::ANY)
}

/// A family name in the nominative: its ending, where it is one that the case puts on, taken off.
fn stripped(line: &Line<'_>, low: &str, case: Tags) -> Option<String> {
    if let Some((stem, tags, base)) = line.lexicon.families.of(low)
        && tags.meets(case)
        && !tags.meets(N)
    {
        return Some(format!("{stem}{base}"));
    }
    let masculine = case.0 & MASCULINE != 0;
    if !masculine || low.is_ascii() {
        return None;
    }
    let endings: &[&str] = &["а", "у", "ом", "ем", "ым", "е", "я", "ю"];
    let stem = endings.iter().find_map(|e| low.strip_suffix(e)).filter(|stem| stem.chars().count() > 1)?;
    let last = stem.chars().next_back()?;
    (!"аеиоуыэюяй".contains(last)).then(|| stem.to_owned())
}

fn word_like(word: &str, lemma: &str) -> String {
    if word.chars().next().is_some_and(char::is_uppercase) {
        lemma.split('-').map(capitalised).collect::<Vec<_>>().join("-")
    } else {
        lemma.to_owned()
    }
}

impl Names {
    /// Remembers the word at `i` as a family name of this document.
    pub(super) fn learn(&mut self, line: &Line<'_>, i: usize) {
        if line.reading(i, Class::Given).is_some_and(|r| !r.options.has(Options::WEAK)) || patronymic(line, i) {
            return;
        }
        for form in stems(line.low(i)) {
            self.families.insert(hash(form));
        }
    }

    /// Remembers the word at `i` as a given name of this document.
    pub(super) fn learn_given(&mut self, line: &Line<'_>, i: usize) {
        if line.is(i, Class::Given) && !line.is_upper(i) {
            self.families.extend(stems(line.low(i)).map(hash));
        }
    }

    /// Keeps the capitalised word at `i` for when the document is read.
    pub(super) fn keep(&mut self, line: &Line<'_>, i: usize) {
        let Some(token) = line.token(i).filter(|t| t.kind == Kind::Word) else { return };
        let mut lone = Lone { span: token.span, low: (0, 0), passage: line.passage, inflected: !token.latin };
        if token.latin && line.is_capital(i) {
            self.latin.push(lone.clone());
        }
        if may_be_name(line, i) || family(line, i) && !line.note(i).begins && !line.is_upper(i) {
            let from = self.low.len();
            self.low.push_str(line.low(i));
            lone.low = (from, self.low.len());
            self.lone.push(lone);
        }
    }

    fn is_family(&self, word: &str) -> bool {
        let low = word.to_lowercase().replace('ё', "е");
        stems(&low).any(|form| self.families.contains(&hash(form)))
    }

    /// Words in Latin letters that are elsewhere in the document the name of an organization.
    pub(super) fn resolve_latin(&self, text: &str, out: &mut Vec<Draft>) {
        let known: HashSet<&str> = out
            .iter()
            .filter(|d| d.kind == EntityType::Organization)
            .map(|d| d.span.of(text))
            .filter(|name| name.is_ascii())
            .collect();
        if known.is_empty() {
            return;
        }
        for lone in self.latin.iter().filter(|lone| known.contains(lone.span.of(text))) {
            out.push(Draft {
                span: lone.span,
                kind: EntityType::Organization,
                rule: "entity.organization",
                confidence: 0.8,
                name: lone.span.of(text).to_owned(),
                known: None,
                title: true,
                passage: lone.passage,
                inflected: false,
            });
        }
    }

    /// The capitalised words that turned out to be family names of persons who are named in full elsewhere.
    pub(super) fn resolve(&self, text: &str, gazetteer: &Gazetteer, out: &mut Vec<Draft>) {
        if self.families.is_empty() {
            return;
        }
        for draft in out.iter_mut().filter(|d| d.kind == EntityType::Jurisdiction) {
            let city = draft
                .known
                .and_then(|known| gazetteer.entries.get(known as usize))
                .is_some_and(|e| e.kind == EntryKind::City);
            if city && self.is_family(draft.span.of(text)) {
                (draft.kind, draft.rule, draft.known, draft.confidence) = (EntityType::Person, PERSON, None, 0.8);
            }
        }
        for lone in &self.lone {
            let word = lone.span.of(text);
            let low = self.low.get(lone.low.0..lone.low.1).unwrap_or_default();
            if stems(low).any(|form| self.families.contains(&hash(form))) {
                out.push(Draft {
                    span: lone.span,
                    kind: EntityType::Person,
                    rule: PERSON,
                    confidence: 0.85,
                    name: word.to_owned(),
                    known: None,
                    title: true,
                    passage: lone.passage,
                    inflected: lone.inflected,
                });
            }
        }
    }
}

/// A name, and what is left of it without an ending of case.
pub(super) fn stems(low: &str) -> impl Iterator<Item = &str> {
    let cut =
        CASE_ENDINGS.iter().filter_map(move |ending| low.strip_suffix(ending).filter(|stem| stem.chars().count() > 2));
    std::iter::once(low).chain(cut)
}
