//! Noun phrases of an inflected language: adjectives that agree, a noun, and what depends on it.

use super::line::{Line, capitalised};
use crate::rules::entity::inflect::{D, G, I, N, P, Tags};
use crate::rules::entity::{Class, Options, Reading};

/// Classes whose forms are those of nouns.
const NOUNS: [Class; 9] = [
    Class::Noun,
    Class::Light,
    Class::Body,
    Class::Law,
    Class::Policy,
    Class::ActionNoun,
    Class::Role,
    Class::Org,
    Class::PlaceHead,
];

impl Line<'_> {
    /// The cases of the noun at `i` by the lists; `None` where no list holds it.
    pub(super) fn known_noun(&self, i: usize) -> Option<Tags> {
        let tags = self.readings(i).filter(|r| NOUNS.contains(&r.class)).fold(Tags::default(), |t, r| t.or(r.tags));
        (!tags.is_none() && tags != Tags::ANY).then_some(tags)
    }

    /// The cases that the word at `i` may show as a noun; none where it is no noun.
    pub(super) fn noun(&self, i: usize) -> Tags {
        if !self.is_word(i) || self.is(i, Class::Stop) {
            return Tags::default();
        }
        if let Some(tags) = self.known_noun(i) {
            return tags;
        }
        let token = self.token(i);
        if token.is_some_and(|t| t.latin) || self.is_upper(i) {
            return Tags::ANY;
        }
        if let Some(place) = self.row(i, Class::Place) {
            return place.tags;
        }
        if self.is(i, Class::ActionVerb) || self.is(i, Class::Say) || self.is(i, Class::Adverb) {
            return Tags::default();
        }
        self.lexicon.nouns.of(self.low(i)).map_or(Tags::default(), |(_, tags, _)| tags)
    }

    /// The adjectives from `i` on that agree with each other in `wanted`: where they end, and what they still allow. A known noun is none.
    fn adjectives(&self, start: usize, wanted: Tags) -> (usize, Tags) {
        let (mut i, mut allowed) = (start, wanted);
        while i < start + 5 {
            let joiner = i > start && (self.says(i, "и") || self.mark(i) == ',');
            let at = if joiner { i + 1 } else { i };
            if self.known_noun(at).is_some() {
                break;
            }
            let Some((_, tags, _)) = self.adjective(at) else { break };
            if !tags.meets(allowed) {
                break;
            }
            allowed = tags.and(allowed);
            i = at + 1;
        }
        (i, allowed)
    }

    /// Where the noun phrase in the cases `wanted` that begins at `start` ends; with the genitives that depend on it.
    pub(super) fn phrase(&self, start: usize, wanted: Tags) -> Option<usize> {
        if let Some(close) = self.quotation(start) {
            return Some(close + 1);
        }
        let end = self.simple_phrase(start, wanted)?;
        let noun = end - 1;
        if self.readings(noun).any(|r| r.options.has(Options::INSTRUMENTAL))
            && let Some(end) = self.simple_phrase(end, I)
        {
            return Some(end);
        }
        Some(self.genitives(end, 2))
    }

    /// A noun with its adjectives only, or a row of words that is a place.
    pub(super) fn simple_phrase(&self, start: usize, wanted: Tags) -> Option<usize> {
        if let Some(place) = self.row(start, Class::Place) {
            return place.tags.meets(wanted).then_some(start + usize::from(place.len));
        }
        let (i, allowed) = self.adjectives(start, wanted);
        if self.noun(i).meets(allowed) && self.note(i).sentence == self.note(start).sentence {
            return Some(i + 1);
        }
        // The last adjective may have been the noun.
        (i > start && self.noun(i - 1).meets(wanted)).then_some(i)
    }

    /// Where the genitives that follow end.
    pub(super) fn genitives(&self, start: usize, most: usize) -> usize {
        let mut end = start;
        for _ in 0..most {
            if self.is(end, Class::Given) && self.is_capital(end) || self.note(end).person || !self.is_word(end) {
                break;
            }
            let Some(next) = self.simple_phrase(end, G) else { break };
            // A guess counts only where nothing speaks for a verb: a noun of the lists, a name, or an ending that is the genitive's alone.
            let noun = next - 1;
            let low = self.low(noun);
            let certain = self.known_noun(noun).is_some()
                || self.row(end, Class::Place).is_some()
                || self.is_capital(noun)
                || next - end > 1
                || !self.is_word(next) && !self.is_number(next)
                || self.is(next, Class::Stop)
                || next >= self.tokens.len()
                || ["ов", "ев", "ий", "ции", "ния", "сти", "ства", "тов"].iter().any(|e| low.ends_with(e));
            if !certain {
                break;
            }
            end = next;
            if self.says(end, "и")
                && self.known_noun(end - 1).is_some()
                && let Some(next) = self.simple_phrase(end + 1, G)
                && self.known_noun(next - 1).is_some()
                && !self.is(next - 1, Class::ActionNoun)
            {
                end = next;
            }
        }
        end
    }

    /// Where `по` with a dative, `при` with a prepositional, `в сфере` with a genitive end that follow at `start`.
    pub(super) fn prepositional_tail(&self, start: usize) -> Option<usize> {
        if self.says(start, "по") {
            let mut end = self.phrase(start + 1, D)?;
            while (self.says(end, "и") || self.mark(end) == ',') && self.known_noun(end - 1).is_some() {
                let Some(next) = self.phrase(end + 1, D).filter(|_| self.known_noun_after(end + 1)) else { break };
                end = next;
            }
            return Some(end);
        }
        if self.says(start, "при") && (self.is_capital(start + 1) || self.known_noun(start + 1).is_some()) {
            return self.phrase(start + 1, P);
        }
        if self.says(start, "в") && ["сфере", "области", "индустрии", "отрасли"].iter().any(|w| self.says(start + 1, w))
        {
            return self.phrase(start + 2, G);
        }
        None
    }

    fn known_noun_after(&self, start: usize) -> bool {
        (start..start + 3).any(|i| self.known_noun(i).is_some_and(|t| t.meets(D)))
    }

    /// How far to the left adjectives agree with a noun at `head` in the cases `tags`: their first token, and what they still allow.
    pub(super) fn agreeing_before(&self, head: usize, tags: Tags, most: usize) -> (usize, Tags) {
        let (mut first, mut allowed) = (head, tags);
        while first > 0 && head - first < most {
            let before = first - 1;
            if !self.same_sentence(before, head) || self.note(before).person {
                break;
            }
            let Some((_, tags, _)) = self.adjective(before) else { break };
            if !tags.meets(allowed) || self.known_noun(before).is_some() && !self.is_capital(before) {
                break;
            }
            allowed = tags.and(allowed);
            first = before;
        }
        (first, allowed)
    }

    /// The phrase from `first` to `end` with its adjectives and its noun at `head` in the nominative; what follows the noun stays.
    pub(super) fn nominative(&self, first: usize, head: usize, end: usize, reading: &Reading, tags: Tags) -> String {
        let mut out = String::new();
        let genders = if tags == Tags::ANY { Tags::default() } else { tags.nominative_of() };
        let plural = genders.0 == 1 << 18;
        for i in first..head {
            let word = self.word(i);
            match self.adjective(i) {
                Some((_, tags, kind)) if !tags.meets(N) || genders.0 != 0 && !tags.meets(genders) => {
                    let stem_len =
                        self.low(i).len() - self.adjective(i).map_or(0, |(stem, ..)| self.low(i).len() - stem.len());
                    let stem = word.get(..stem_len).unwrap_or(word);
                    out.push_str(stem);
                    out.push_str(nominative_ending(stem, kind, genders, plural));
                }
                _ => out.push_str(word),
            }
            out.push(' ');
        }
        let lemma = self.lexicon.lemma_of(reading);
        let noun = if plural || reading.tags == Tags::ANY && usize::from(reading.len) == 1 {
            self.plural_of(head, reading).unwrap_or_else(|| self.word(head).to_owned())
        } else if self.is_upper(head) {
            self.word(head).to_owned()
        } else if self.is_capital(head) {
            capitalised(lemma)
        } else {
            lemma.to_owned()
        };
        out.push_str(&noun);
        let after = head + usize::from(reading.len);
        if end > after {
            let rest = self.span(after, end);
            let gap = self.span(head, after).end();
            out.push_str(self.text.get(gap..rest.end()).unwrap_or_default());
        }
        out
    }

    /// The nominative plural of the noun at `i`, where its form shows it or the lemma lets it be made.
    fn plural_of(&self, i: usize, reading: &Reading) -> Option<String> {
        let lemma = self.lexicon.lemma_of(reading);
        let stem: String = lemma.chars().take(lemma.chars().count().saturating_sub(1)).collect();
        let made = match lemma.chars().next_back()? {
            'ь' | 'я' | 'й' => format!("{stem}и"),
            'а' if stem.ends_with(['к', 'г', 'х', 'ж', 'ш', 'ч', 'щ']) => format!("{stem}и"),
            'а' => format!("{stem}ы"),
            'о' => format!("{stem}а"),
            'е' => format!("{stem}я"),
            'к' | 'г' | 'х' | 'ж' | 'ш' | 'ч' | 'щ' => format!("{lemma}и"),
            'ы' | 'и' => lemma.to_owned(),
            c if c.is_alphabetic() => format!("{lemma}ы"),
            _ => return None,
        };
        Some(if self.is_capital(i) { capitalised(&made) } else { made })
    }
}

/// The ending of an adjective with this stem in the nominative of a gender.
fn nominative_ending(stem: &str, kind: &str, genders: Tags, plural: bool) -> &'static str {
    let hush = stem.ends_with(['ж', 'ш', 'ч', 'щ']);
    let velar = stem.ends_with(['к', 'г', 'х']);
    let soft = kind == "soft" && !velar;
    if plural {
        return if soft || velar || hush || kind == "их" || kind == "ими" { "ие" } else { "ые" };
    }
    if genders.0 >> 6 & 1 == 1 {
        return if soft && !hush { "яя" } else { "ая" };
    }
    if genders.0 >> 12 & 1 == 1 {
        return if soft { "ее" } else { "ое" };
    }
    if soft || velar || hush { "ий" } else { "ый" }
}
