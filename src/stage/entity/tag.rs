//! Persons, places and organizations as the tagger of a language sees them, and how its word and that of the grammars are brought together.

use super::line::{Draft, Line};
use super::person::{Names, is_ordinal, nominative};
use super::tag_features::Sight;
use super::tag_han::HanSight;
use crate::model::EntityType;
use crate::rules::entity::tagger::{KINDS, LANES, Steps, Tagger};
use crate::rules::entity::{Class, HanWord};
use crate::text::{Span, SpanIndex};

/// Labels of a token: outside, begins, inside.
const LABELS: usize = 3;
const OUTSIDE: usize = 0;
const BEGINS: usize = 1;
const INSIDE: usize = 2;
/// A score that no row of labels has.
const NEVER: i32 = i32::MIN / 4;

/// What [`super::samples`] gives to learn from: a row of tokens that is scored together.
#[derive(Debug, Default)]
pub struct Sample {
    /// The tokens.
    pub tokens: Vec<Span>,
    /// Of each token, its features.
    pub features: Vec<Vec<u64>>,
}

/// Buffers that are kept from passage to passage.
#[derive(Debug, Default)]
pub(super) struct Tags {
    sight: Sight,
    han: HanSight,
    features: Vec<u64>,
    scores: Vec<[i32; LANES]>,
    back: Vec<[u8; LABELS]>,
    found: Vec<Tagged>,
}

/// A name that the tagger found: its kind by number, and its tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Tagged {
    kind: usize,
    from: usize,
    to: usize,
}

const PERSON: usize = 0;
const PLACE: usize = 1;
const ORGANIZATION: usize = 2;

impl Tags {
    /// Tags a line; `drafts` from `from` on are what the grammars found in it, which is changed accordingly.
    pub(super) fn tag(
        &mut self,
        line: &mut Line<'_>,
        tagger: &Tagger,
        names: &mut Names,
        drafts: &mut Vec<Draft>,
        from: usize,
    ) {
        if !self.sight.look(line, drafts.get(from..).unwrap_or_default(), tagger) {
            return;
        }
        self.found.clear();
        let weights = tagger.weights();
        for index in 0..self.sight.windows.len() {
            let Some(&(start, end)) = self.sight.windows.get(index) else { break };
            self.scores.clear();
            for i in start..end {
                self.features.clear();
                self.sight.features(i, |feature| self.features.push(feature));
                self.scores.push(weights.sums(&mut self.features));
            }
            for kind in 0..KINDS {
                self.decode(kind, start, tagger.steps());
            }
        }
        merge(line, tagger, &self.found, names, drafts, from);
    }

    /// The rows of tokens of a line with their features.
    pub(super) fn samples(&mut self, line: &Line<'_>, tagger: &Tagger, drafts: &[Draft], out: &mut Vec<Sample>) {
        if !self.sight.look(line, drafts, tagger) {
            return;
        }
        for &(start, end) in &self.sight.windows {
            let mut sample = Sample::default();
            for i in start..end {
                sample.tokens.push(line.span(i, i + 1));
                let mut features = Vec::new();
                self.sight.features(i, |feature| features.push(feature));
                sample.features.push(features);
            }
            out.push(sample);
        }
    }

    /// Tags the Chinese text at `span`, in which the lists have `words`.
    #[expect(clippy::too_many_arguments, reason = "what a passage is to the grammar of Chinese")]
    pub(super) fn tag_han(
        &mut self,
        text: &str,
        span: Span,
        passage: usize,
        words: &[HanWord],
        tagger: &Tagger,
        drafts: &mut Vec<Draft>,
        from: usize,
    ) {
        self.han.look(text, span, words, drafts.get(from..).unwrap_or_default());
        self.found.clear();
        let weights = tagger.weights();
        for index in 0..self.han.windows.len() {
            let Some(&(start, end)) = self.han.windows.get(index) else { break };
            self.scores.clear();
            for i in start..end {
                self.features.clear();
                self.han.features(i, |feature| self.features.push(feature));
                self.scores.push(weights.sums(&mut self.features));
            }
            for kind in 0..KINDS {
                self.decode(kind, start, tagger.steps());
            }
        }
        let place = |number: usize| self.han.places.get(number).copied().unwrap_or(span.end());
        let mut kept: Vec<Draft> = Vec::new();
        let ruled = drafts.split_off(from);
        let places = SpanIndex::new(ruled.iter().map(|d| d.span));
        for tagged in &self.found {
            let name = Span::new(place(tagged.from), place(tagged.to));
            let over = places.over(name);
            let ruled = || over.iter().filter_map(|n| ruled.get(*n));
            if let Some(same) = ruled().find(|d| d.span == name && is_kind(d.kind, tagged.kind)) {
                kept.push(same.clone());
                continue;
            }
            let (kind, rule) = match tagged.kind {
                PERSON => (EntityType::Person, "entity.person"),
                PLACE => (EntityType::Jurisdiction, "entity.place"),
                _ => (EntityType::Organization, "entity.organization"),
            };
            // A name of the lists that goes as far at least is right.
            let longer = ruled().find(|d| is_kind(d.kind, tagged.kind) && d.known.is_some() && d.span.contains(name));
            kept.push(longer.cloned().unwrap_or_else(|| Draft {
                span: name,
                kind,
                rule,
                confidence: 0.7,
                name: name.of(text).to_owned(),
                known: None,
                title: true,
                passage,
                inflected: false,
            }));
        }
        let places = SpanIndex::new(kept.iter().map(|d| d.span));
        let stays = |draft: &Draft| {
            let over = places.over(draft.span);
            let mut over = over.iter().filter_map(|n| kept.get(*n));
            let spoken = over.any(|k| (0..KINDS).any(|n| is_kind(k.kind, n) && is_kind(draft.kind, n)));
            !spoken && draft.kind != EntityType::Person
        };
        drafts.extend(ruled.into_iter().filter(stays));
        drafts.append(&mut kept);
    }

    /// The rows of characters of a Chinese text with their features.
    pub(super) fn han_samples(
        &mut self,
        text: &str,
        span: Span,
        words: &[HanWord],
        drafts: &[Draft],
        out: &mut Vec<Sample>,
    ) {
        self.han.look(text, span, words, drafts);
        for &(start, end) in &self.han.windows {
            let mut sample = Sample::default();
            for i in start..end {
                let (Some(&at), Some(&next)) = (self.han.places.get(i), self.han.places.get(i + 1)) else { break };
                sample.tokens.push(Span::new(at, next));
                let mut features = Vec::new();
                self.han.features(i, |feature| features.push(feature));
                sample.features.push(features);
            }
            out.push(sample);
        }
    }

    /// The best row of labels of a kind by Viterbi's algorithm, and the names in it.
    #[expect(
        clippy::indexing_slicing,
        reason = "arrays of three, indexed by the three labels; sums by the number of a kind"
    )]
    fn decode(&mut self, kind: usize, start: usize, steps: &Steps) {
        let Some(steps) = steps.get(kind) else { return };
        let mut best = [0, NEVER, NEVER];
        self.back.clear();
        for sums in &self.scores {
            let emitted = [0, sums[kind * 2], sums[kind * 2 + 1]];
            let mut next = [NEVER; LABELS];
            let mut from = [0u8; LABELS];
            for to in 0..LABELS {
                for (before, score) in best.iter().enumerate() {
                    let score = if to == INSIDE && before == OUTSIDE { NEVER } else { score + steps[before][to] };
                    if score > next[to] {
                        next[to] = score;
                        from[to] = before as u8;
                    }
                }
                next[to] = (next[to] + emitted[to]).max(NEVER);
            }
            best = next;
            self.back.push(from);
        }
        let mut label = (0..LABELS).max_by_key(|label| (best[*label], LABELS - label)).unwrap_or(OUTSIDE);
        let mut end = None;
        for (place, from) in self.back.iter().enumerate().rev() {
            let to = start + place + 1;
            match label {
                BEGINS => self.found.push(Tagged { kind, from: to - 1, to: end.take().unwrap_or(to) }),
                INSIDE => end = end.or(Some(to)),
                _ => end = None,
            }
            label = usize::from(from[label]);
        }
    }
}

/// Brings together what the tagger and the grammars found.
fn merge(
    line: &mut Line<'_>,
    tagger: &Tagger,
    found: &[Tagged],
    names: &mut Names,
    drafts: &mut Vec<Draft>,
    from: usize,
) {
    let mut ruled = drafts.split_off(from);
    let mut kept: Vec<Draft> = Vec::with_capacity(ruled.len() + found.len());
    let all = line.tokens.len();
    line.mark_notes(0, all, |note| note.person = false);
    let places = SpanIndex::new(ruled.iter().map(|d| d.span));
    for tagged in found {
        let mut tagged = trimmed(line, tagger, *tagged);
        if tagged.kind == PERSON && is_ordinal(line, tagged.to) {
            tagged.to += 1;
        }
        let span = line.span(tagged.from, tagged.to);
        let near = places.over(span);
        let near = || near.iter().filter_map(|n| ruled.get(*n));
        let over = |draft: &&Draft| is_kind(draft.kind, tagged.kind);
        if let Some(same) = near().find(|draft| over(draft) && draft.span == span) {
            kept.push(same.clone());
            continue;
        }
        // What the grammars know better: where one name ends and the next begins, and how far a name goes that they have from its beginning.
        let sure = |draft: &&Draft| over(draft) && draft.confidence >= SURE;
        if tagged.kind == PERSON {
            let parts = || near().filter(|d| over(d) && span.contains(d.span));
            let whole = near().any(|d| sure(&d) && d.span.contains(span));
            let covered: usize = parts().map(|d| d.span.len() + 1).sum();
            // `Внучка Ван Цзюня`
            let last =
                parts().any(|d| sure(&d) && d.span.end() == span.end() && begins_plain(line, tagged.from, d.span));
            if whole || covered > span.len() && parts().count() > 1 || last || parts().filter(sure).count() > 1 {
                kept.extend(near().filter(over).cloned());
                continue;
            }
        }
        if tagged.kind == ORGANIZATION
            && let Some(longer) = near().find(|d| over(d) && d.span.contains(span) && d.span.start() == span.start())
        {
            kept.push(longer.clone());
            continue;
        }
        let is_body = |d: &Draft| is_kind(d.kind, ORGANIZATION) && d.known.is_some() && d.span == span;
        if tagged.kind == PLACE && ((tagged.from..tagged.to).any(|i| line.mark(i) == ',') || near().any(is_body)) {
            continue;
        }
        let text = span.of(line.text).to_owned();
        let mut draft = match tagged.kind {
            PERSON => {
                let name = nominative(line, tagged.from, tagged.to);
                line.draft(tagged.from, tagged.to, EntityType::Person, "entity.person", 0.8, name)
            }
            PLACE => line.draft(tagged.from, tagged.to, EntityType::Jurisdiction, "entity.place", 0.7, text),
            _ => line.draft(tagged.from, tagged.to, EntityType::Organization, "entity.organization", 0.7, text),
        };
        draft.title = true;
        kept.push(draft);
    }
    // What the tagger says nothing of stays, but for persons whom the grammars only guessed.
    let places = SpanIndex::new(kept.iter().map(|d| d.span));
    ruled.retain(|draft| {
        let over = places.over(draft.span);
        let is_body = matches!(draft.kind, EntityType::Regulator | EntityType::Organization);
        let speaks = |k: &Draft| k.kind == draft.kind || is_body && is_kind(k.kind, ORGANIZATION);
        let spoken = over.iter().filter_map(|n| kept.get(*n)).any(speaks);
        let stays = !spoken && (draft.kind != EntityType::Person || draft.confidence >= SURE);
        // A name that stands alone may be one of somebody who is named in full elsewhere.
        if !spoken && !stays {
            let at = line.tokens.partition_point(|t| t.span.start() < draft.span.start());
            if line.span(at, at + 1) == draft.span {
                names.keep(line, at);
            }
        }
        stays
    });
    drafts.append(&mut ruled);
    for draft in &kept {
        if draft.kind == EntityType::Person {
            let first = line.tokens.partition_point(|t| t.span.start() < draft.span.start());
            let end = line.tokens.partition_point(|t| t.span.start() < draft.span.end());
            line.mark_notes(first, end, |note| note.person = true);
            if end - first > 1 {
                names.learn(line, end - 1);
                names.learn_given(line, first);
            }
        }
    }
    drafts.append(&mut kept);
}

/// Whether what stands between the token `from` and a name is none of its names.
fn begins_plain(line: &Line<'_>, from: usize, name: Span) -> bool {
    let before = |i: &usize| line.token(*i).is_some_and(|t| t.span.end() <= name.start());
    (from..line.tokens.len()).take_while(before).all(|i| line.is_unnamed(i))
}

/// Grammars are sure of names with initials, patronymics, or a given name and a family name.
const SURE: f32 = 0.85;

/// A name without what is none of it: a common noun before it, one of two quotes.
fn trimmed(line: &Line<'_>, tagger: &Tagger, tagged: Tagged) -> Tagged {
    let Tagged { kind, mut from, mut to } = tagged;
    if kind == ORGANIZATION {
        let opened = (from..to).find(|&i| line.quotation(i).is_some_and(|close| close >= to));
        if let Some(open) = opened {
            let named =
                (from..open).all(|i| !line.is_capital(i) || line.note(i).begins && !line.is(i, Class::LegalForm));
            if named && open > from && !(from..open).any(|i| line.is(i, Class::LegalForm)) || open == from {
                from = open + 1;
            } else {
                to = line.quotation(open).map_or(to, |close| close + 1);
            }
        }
        // `немецкий концерн Acme`: the common noun is no part of the name.
        let noun = (from..to.saturating_sub(1)).find(|&i| {
            line.is(i, Class::Org)
                && !line.is_proper(i)
                && line.is_capital(i + 1)
                && line.token(i + 1).is_some_and(|t| t.latin)
        });
        if let Some(noun) =
            noun.filter(|&noun| (from..noun).all(|i| !line.is_proper(i)) && line.token(noun).is_some_and(|t| !t.latin))
        {
            from = noun + 1;
        }
        return Tagged { kind, from, to };
    }
    while from + 1 < to {
        let small = !line.is_capital(from) && !line.is(from, Class::Particle) && line.is_word(from);
        let office =
            kind == PERSON && (line.is(from, Class::Role) || line.is(from, Class::Title)) && line.is_unnamed(from);
        let common = kind == PERSON
            && line.note(from).begins
            && line.is_unnamed(from)
            && line.token(from).and_then(|t| tagger.word(t.hash)).is_some_and(|what| what.trailing_zeros() >= 2);
        if !(small || office || common) {
            break;
        }
        from += 1;
    }
    Tagged { kind, from, to }
}

const fn is_kind(kind: EntityType, number: usize) -> bool {
    match number {
        PERSON => matches!(kind, EntityType::Person),
        PLACE => matches!(kind, EntityType::Jurisdiction),
        _ => matches!(kind, EntityType::Regulator | EntityType::Organization),
    }
}
