//! What the tagger of Chinese sees: each character with its neighbours, the words of the lists around it, and what the grammar made of it.

use super::line::Draft;
use super::tag_features::mixed;
use crate::model::EntityType;
use crate::rules::entity::{HanClass, HanWord};
use crate::text::Span;

/// A character as the features see it.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    letter: u64,
    /// Han, digit, Latin, mark.
    kind: u64,
    /// The classes of the words that begin at it, and of those that go on over it.
    words: u64,
    /// What the grammar made of it.
    draft: u64,
}

/// Buffers that are kept from passage to passage.
#[derive(Debug, Default)]
pub(super) struct HanSight {
    seen: Vec<Seen>,
    /// Where each character begins in the document; one more than there are characters.
    pub(super) places: Vec<usize>,
    /// The rows of characters that are scored, by their first and the one behind the last.
    pub(super) windows: Vec<(usize, usize)>,
}

/// The most characters that are scored in one row.
const LONGEST: usize = 400;

impl HanSight {
    /// Looks at the text at `span`; `words` are those of the lists in it, by bytes from its start, `drafts` what the grammar found.
    pub(super) fn look(&mut self, text: &str, span: Span, words: &[HanWord], drafts: &[Draft]) {
        self.seen.clear();
        self.places.clear();
        self.windows.clear();
        let body = span.of(text);
        let mut start = 0;
        for (at, c) in body.char_indices() {
            let number = self.seen.len();
            self.places.push(span.start() + at);
            let kind = match c {
                '\u{3400}'..='\u{9fff}' => 1,
                '0'..='9' | '０'..='９' => 2,
                c if c.is_alphabetic() => 3,
                '·' | '•' => 4,
                _ => 5,
            };
            self.seen.push(Seen { letter: u64::from(u32::from(c)), kind, ..Seen::default() });
            if matches!(c, '。' | '！' | '？' | '；' | '\n') || number - start >= LONGEST {
                self.windows.push((start, number + 1));
                start = number + 1;
            }
        }
        self.places.push(span.end());
        if start < self.seen.len() {
            self.windows.push((start, self.seen.len()));
        }
        for word in words {
            let bit = bit_of(word.class);
            let (from, to) = (self.number(span.start() + word.start), self.number(span.start() + word.end));
            for (place, seen) in self.seen.get_mut(from..to).unwrap_or_default().iter_mut().enumerate() {
                seen.words |= 1 << (2 * bit + u64::from(place == 0));
            }
        }
        for draft in drafts {
            let kind = match draft.kind {
                EntityType::Person => 0,
                EntityType::Jurisdiction => 1,
                EntityType::Regulator => 2,
                EntityType::Organization => 3,
                EntityType::Role => 4,
                _ => 5,
            };
            let (from, to) = (self.number(draft.span.start()), self.number(draft.span.end()));
            for (place, seen) in self.seen.get_mut(from..to).unwrap_or_default().iter_mut().enumerate() {
                seen.draft |= 1 << (2 * kind + u64::from(place == 0));
            }
        }
    }

    /// The character that begins at `place` or behind it.
    fn number(&self, place: usize) -> usize {
        self.places.partition_point(|at| *at < place)
    }

    /// The features of the character with number `i`.
    #[inline]
    pub(super) fn features(&self, i: usize, mut emit: impl FnMut(u64)) {
        let none = Seen::default();
        let at = |k: Option<usize>| k.and_then(|k| self.seen.get(k)).unwrap_or(&none);
        let here = at(Some(i));
        let (back, ahead) = (at(i.checked_sub(1)), at(Some(i + 1)));
        let (back2, ahead2) = (at(i.checked_sub(2)), at(Some(i + 2)));
        let pair = |a: &Seen, b: &Seen| a.letter << 32 | b.letter;
        let mut two = |number: u64, a: u64, b: u64| emit(mixed(100 + number, a, b));
        two(1, here.letter, 0);
        two(2, back.letter, 0);
        two(3, ahead.letter, 0);
        two(4, back2.letter, 0);
        two(5, ahead2.letter, 0);
        two(6, pair(back, here), 0);
        two(7, pair(here, ahead), 0);
        two(8, pair(back2, back), 0);
        two(9, pair(ahead, ahead2), 0);
        two(10, pair(back, ahead), 0);
        two(11, pair(back, here), ahead.letter);
        two(12, pair(back2, back), here.letter);
        two(13, pair(here, ahead), ahead2.letter);
        two(14, here.words, 0);
        two(15, back.words, 0);
        two(16, ahead.words, 0);
        two(17, here.draft, 0);
        two(18, back.draft, here.draft);
        two(19, here.draft, ahead.draft);
        two(20, here.words, back.words);
        two(21, here.words, ahead.words);
        two(22, here.kind << 8 | back.kind, ahead.kind);
        two(23, here.kind << 8 | ahead.kind, ahead2.kind);
        two(24, here.draft, here.words);
        two(25, ahead2.words, 0);
        two(26, back2.words, 0);
        two(27, back2.words, here.words);
        let mut words = here.words;
        while words != 0 {
            two(40, words & words.wrapping_neg(), 0);
            words &= words - 1;
        }
    }
}

const fn bit_of(class: HanClass) -> u64 {
    match class {
        HanClass::Place => 0,
        HanClass::Known => 1,
        HanClass::Body => 2,
        HanClass::BodyWord => 3,
        HanClass::Org => 4,
        HanClass::PlaceEnd => 5,
        HanClass::Role => 6,
        HanClass::Say => 7,
        HanClass::Title => 8,
        HanClass::Family => 9,
        HanClass::Noun => 10,
        HanClass::Stop => 11,
        _ => 12,
    }
}
