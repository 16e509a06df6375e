//! What a tagger sees of a passage: for each token near a capital, the features from which its labels are scored.

use super::line::{Draft, Line};
use crate::model::EntityType;
use crate::rules::entity::Class;
use crate::rules::entity::tagger::Tagger;
use crate::rules::entity::token::{Kind, Shape, hash};

/// How many tokens before and behind a token with a capital are looked at with it.
const BEFORE: usize = 1;
const BEHIND: usize = 4;

/// A token as the features see it.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    word: u64,
    /// Endings of two, three and four letters, and the first three.
    two: u64,
    three: u64,
    four: u64,
    first: u64,
    /// Its capitals, letters and length.
    shape: u64,
    /// What lists say of it.
    lists: u64,
    /// What it is mostly a name of.
    name: u64,
    /// What the grammars made of it.
    draft: u64,
    /// Where it stands in a quotation.
    quoted: u64,
}

/// Buffers that are kept from passage to passage.
#[derive(Debug, Default)]
pub(super) struct Sight {
    seen: Vec<Seen>,
    drafts: Vec<u8>,
    /// The rows of tokens that are scored, by their first and the one behind the last.
    pub(super) windows: Vec<(usize, usize)>,
}

/// The bits that say of what a word is a name.
const NAMED: u8 = 0x3f;
/// Where those begin that say how common it is, from 0 to 3.
const COMMON: u32 = 6;

/// The classes whose rows are told apart, each a bit.
const CLASSES: [Class; 17] = [
    Class::Given,
    Class::Family,
    Class::Particle,
    Class::Title,
    Class::Role,
    Class::Say,
    Class::Stop,
    Class::Common,
    Class::Org,
    Class::LegalForm,
    Class::Body,
    Class::BodyAdjective,
    Class::PlaceHead,
    Class::PlaceAdjective,
    Class::Law,
    Class::Policy,
    Class::Noun,
];

/// What drafts of the grammars are to a token: two bits for a person, two for a place, three for a body or organization, one for others.
const PERSON: u8 = 0;
const PLACE: u8 = 2;
const BODY: u8 = 4;
const OTHER: u8 = 1 << 7;

impl Sight {
    /// Looks at a line; `drafts` are what the grammars found in it. Whether there is anything to score.
    pub(super) fn look(&mut self, line: &Line<'_>, drafts: &[Draft], tagger: &Tagger) -> bool {
        self.windows.clear();
        if !line.capitals && drafts.is_empty() {
            return false;
        }
        self.read_drafts(line, drafts);
        let count = line.tokens.len();
        let mut open: Option<(usize, usize)> = None;
        for i in 0..count {
            let named = || line.is_capital(i) && !is_plain_beginning(line, i, tagger);
            if self.drafts.get(i).is_none_or(|d| *d == 0) && !named() {
                continue;
            }
            let same = |k: usize| line.same_sentence(i, k);
            let from = (i.saturating_sub(BEFORE)..i).find(|k| same(*k)).unwrap_or(i);
            let to =
                (i + 1..(i + 1 + BEHIND).min(count)).take_while(|k| same(*k)).last().map_or(i + 1, |last| last + 1);
            match &mut open {
                Some((_, end)) if from <= *end && same(*end - 1) => *end = to.max(*end),
                _ => {
                    self.windows.extend(open.take());
                    open = Some((self.windows.last().map_or(from, |window| from.max(window.1)), to));
                }
            }
        }
        self.windows.extend(open);
        self.seen.clear();
        self.seen.resize(count, Seen::default());
        let mut done = 0;
        for &(from, to) in &self.windows {
            for i in from.saturating_sub(2).max(done)..(to + 2).min(count) {
                if let Some(seen) = self.seen.get_mut(i) {
                    *seen = see(line, i, self.drafts.get(i).copied().unwrap_or(0), tagger);
                }
            }
            done = (to + 2).min(count);
        }
        !self.windows.is_empty()
    }

    fn read_drafts(&mut self, line: &Line<'_>, drafts: &[Draft]) {
        self.drafts.clear();
        self.drafts.resize(line.tokens.len(), 0);
        for draft in drafts {
            let from = line.tokens.partition_point(|t| t.span.start() < draft.span.start());
            let to = line.tokens.partition_point(|t| t.span.start() < draft.span.end());
            // The first draft of a kind counts.
            let (mask, inside, begins) = match draft.kind {
                EntityType::Person => (3 << PERSON, 1 << PERSON, 2 << PERSON),
                EntityType::Jurisdiction => (3 << PLACE, 1 << PLACE, 2 << PLACE),
                EntityType::Regulator | EntityType::Organization if draft.known.is_some() => {
                    (7 << BODY, 3 << BODY, 7 << BODY)
                }
                EntityType::Regulator => (7 << BODY, 2 << BODY, 6 << BODY),
                EntityType::Organization => (7 << BODY, 1 << BODY, 5 << BODY),
                _ => (OTHER, OTHER, OTHER),
            };
            for (place, token) in self.drafts.get_mut(from..to).unwrap_or_default().iter_mut().enumerate() {
                if *token & mask == 0 {
                    *token |= if place == 0 { begins } else { inside };
                }
            }
        }
    }

    /// The features of the token at `i` of the line that was looked at.
    #[inline]
    pub(super) fn features(&self, i: usize, mut emit: impl FnMut(u64)) {
        let none = Seen::default();
        let at = |k: usize| self.seen.get(k).unwrap_or(&none);
        let here = at(i);
        let (back, ahead) = (if i > 0 { at(i - 1) } else { &none }, at(i + 1));
        let (back2, ahead2) = (if i > 1 { at(i - 2) } else { &none }, at(i + 2));
        let mut one = |number: u64, value: u64| emit(mixed(number, value, 0));
        one(1, here.word);
        one(2, back.word);
        one(3, ahead.word);
        one(4, back2.word);
        one(5, ahead2.word);
        one(6, here.two);
        one(7, here.three);
        one(8, here.four);
        one(9, here.first);
        one(10, back.three);
        one(11, ahead.three);
        one(12, here.shape);
        one(13, back.shape);
        one(14, ahead.shape);
        one(15, here.lists);
        one(16, back.lists);
        one(17, ahead.lists);
        one(18, here.name);
        one(19, back.name);
        one(20, ahead.name);
        one(21, here.draft);
        one(22, back.draft);
        one(23, ahead.draft);
        one(24, here.quoted);
        let mut two = |number: u64, a: u64, b: u64| emit(mixed(number, a, b));
        two(30, back.shape, here.shape);
        two(31, here.shape, ahead.shape);
        two(32, back.shape << 32 | ahead.shape, here.shape);
        two(33, back.word, here.shape);
        two(34, ahead.word, here.shape);
        two(35, here.draft, here.shape);
        two(36, here.draft, here.name);
        two(37, back.draft, here.draft);
        two(38, here.draft, ahead.draft);
        two(39, here.name, here.shape);
        two(40, back.name, here.name);
        two(41, here.name, ahead.name);
        two(42, back.lists, here.lists);
        two(43, here.lists, ahead.lists);
        two(44, back.word, here.name);
        two(45, ahead.word, here.name);
        two(46, here.quoted, here.name);
        two(47, back2.word, here.quoted);
        two(48, back.lists, here.name);
        two(49, here.three, here.shape);
        two(50, here.three, back.shape);
        two(51, back.three, here.three);
        two(52, back.word, here.word);
        two(53, here.quoted, here.draft);
        let mut lists = here.lists;
        while lists != 0 {
            emit(mixed(60, lists & lists.wrapping_neg(), here.shape));
            lists &= lists - 1;
        }
    }
}

/// Whether the capital at `i` is that of a sentence, and the word one that is no name of anything.
fn is_plain_beginning(line: &Line<'_>, i: usize, tagger: &Tagger) -> bool {
    line.note(i).begins
        && !line.is_upper(i)
        && line
            .token(i)
            .and_then(|token| tagger.word(token.hash))
            .is_some_and(|what| what & NAMED == 0 && what >> COMMON == 3)
}

fn see(line: &Line<'_>, i: usize, draft: u8, tagger: &Tagger) -> Seen {
    let Some(token) = line.token(i) else { return Seen::default() };
    let mut seen = Seen { word: token.hash | 1, draft: u64::from(draft), ..Seen::default() };
    let begins = u64::from(line.note(i).begins);
    let low = line.low(i);
    let kind = match token.kind {
        Kind::Word => 1,
        Kind::Number => 2,
        Kind::Unspaced => 3,
        Kind::Mark => 4,
    };
    seen.shape = kind | begins << 3;
    if token.kind == Kind::Mark {
        seen.shape |= u64::from(u32::from(token.mark)) << 8;
        return seen;
    }
    let quote = |k: usize| matches!(line.mark(k), '«' | '“' | '„' | '"');
    seen.quoted = u64::from(line.note(i).quoted)
        | u64::from(i > 0 && quote(i - 1)) << 1
        | u64::from(matches!(line.mark(i + 1), '»' | '”' | '“' | '"')) << 2;
    if token.kind != Kind::Word {
        return seen;
    }
    let shape = match token.shape {
        Shape::Lower => 0,
        Shape::Title => 1,
        Shape::Upper => 2,
    };
    let long = match low.len() {
        0..=2 => 0,
        3..=6 => 1,
        _ => 2,
    };
    let hyphen = u64::from(low.contains('-'));
    // Capitals within a word: `eBay`, `УралМетКом`.
    let mixed_case =
        u64::from(token.shape != Shape::Upper && line.word(i).chars().skip(1).any(|c| c.is_uppercase() && hyphen == 0));
    seen.shape |= shape << 4 | long << 6 | hyphen << 8 | u64::from(token.latin) << 9 | mixed_case << 10;
    let mut ends = low.char_indices().rev().map(|(at, _)| at).skip(1);
    let mut ending = || ends.next().map_or(0, |at| hash(low.get(at..).unwrap_or_default()));
    (seen.two, seen.three, seen.four) = (ending(), ending(), ending());
    seen.first = low.char_indices().nth(3).map_or(0, |(at, _)| hash(low.get(..at).unwrap_or_default()));
    for reading in line.readings(i) {
        if let Some(bit) = CLASSES.iter().position(|class| *class == reading.class) {
            seen.lists |= 1 << bit;
        }
    }
    if token.shape != Shape::Lower {
        seen.name = tagger.word(token.hash).map_or(1, |what| u64::from(what) << 1 | 0x200);
    }
    seen
}

/// The number of a feature and its values as a hash.
#[inline]
pub(super) const fn mixed(number: u64, a: u64, b: u64) -> u64 {
    let mut h = a.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ b.rotate_left(29).wrapping_mul(0xc2b2_ae3d_27d4_eb4f);
    h ^= number.wrapping_mul(0xd6e8_feb8_6659_fd93);
    h ^= h >> 32;
    h.wrapping_mul(0xff51_afd7_ed55_8ccd)
}
