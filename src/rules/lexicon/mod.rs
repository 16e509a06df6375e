//! Word lexicons with character n-grams: how likely a word is in a language.
//!
//! One model file a language (`data/lang/*.bin`, made by `tools/models`): its most frequent words with their frequencies, and the n-grams of its
//! words for those that are on no list. Files are read where they lie, so a language that no document is in costs nothing.

mod cut;
mod files;
mod table;

use crate::model::LanguageTag;
use crate::text::script::Script;

pub use cut::{Cut, Scanned, Word, cut, hash, lower, scan};
use files::FILES;
use table::Table;

/// A value of a table is so many nats below zero a step.
const STEP: f32 = 1.0 / 6.0;
/// The bit of a value that marks a word which another language of the script has far more often.
const MARK: u8 = 0x80;
/// The longest n-gram, in characters.
const ORDER: usize = 5;
/// What each step to a shorter n-gram costs, in nats: the tool's factor of 0.4.
const BACKOFF: f32 = -0.916;
/// What a character that the language does not have costs, in nats.
const STRANGE: f32 = -10.0;
/// A list that leaves out more than this share of words, as its logarithm, is a guess.
const GUESSED: f32 = -1.3;
/// And one that leaves out more than this has gaps.
const PARTIAL: f32 = -2.0;
/// Of longer words the beginning is read.
const LONGEST: usize = 24;
const START: char = '^';
const END: char = '$';

/// The models of all languages that have one.
#[derive(Debug)]
pub struct Lexicons {
    all: Vec<Lexicon>,
}

/// The words of one language.
#[derive(Debug)]
pub struct Lexicon {
    tags: &'static [&'static str],
    script: Script,
    /// The logarithm of the share of words that are on no list.
    rare: f32,
    words: Table,
    grams: Table,
    /// Rare words, most of which are known without a frequency.
    more: Table,
    /// Whether the n-grams know where a word begins and ends.
    bounded: bool,
}

/// A word that is on the list of a language.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Listed {
    /// The logarithm of its frequency, in nats.
    pub nats: f32,
    /// Whether another language of the script has it far more often.
    pub marked: bool,
}

impl Lexicons {
    /// The models that the program comes with.
    pub fn embedded() -> Self {
        Self { all: FILES.iter().filter_map(|(tags, script, bytes)| Lexicon::read(tags, *script, bytes)).collect() }
    }

    /// The model of a language: of `sr-Latn` that of Serbian in Latin letters, of `zh-Hant` none.
    pub fn of(&self, tag: LanguageTag) -> Option<&Lexicon> {
        self.all.iter().find(|l| l.tags.contains(&tag.as_str()))
    }

    /// Whether a language has a model.
    pub fn is_of_language(&self, tag: LanguageTag) -> bool {
        self.of(tag).is_some()
    }

    /// The models of a script, in a fixed order.
    pub fn of_script(&self, script: Script) -> impl Iterator<Item = &Lexicon> {
        self.all.iter().filter(move |l| l.script == script)
    }
}

impl Lexicon {
    fn read(tags: &'static [&'static str], script: Script, bytes: &'static [u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(b"RLM2")?;
        let (rare, rest) = rest.split_first_chunk::<4>()?;
        let (words, rest) = Table::read(rest)?;
        let (grams, rest) = Table::read(rest)?;
        let (more, _) = Table::read(rest)?;
        let bounded = grams.get(gram(&[END])).is_some();
        Some(Self { tags, script, rare: f32::from_le_bytes(*rare), words, grams, more, bounded })
    }

    /// The language: of a file for several the first.
    pub fn tag(&self) -> LanguageTag {
        self.tags.first().map_or(LanguageTag::UND, |tag| LanguageTag::literal(tag))
    }

    /// Whether the model speaks for this language.
    pub fn is_of(&self, tag: LanguageTag) -> bool {
        self.tags.contains(&tag.as_str())
    }

    /// The script it is written in.
    pub const fn script(&self) -> Script {
        self.script
    }

    /// Whether it has a list worth the name: a word that is not on it is rare.
    pub const fn has_list(&self) -> bool {
        self.words.len() > 2000 && self.rare < GUESSED
    }

    /// Whether its list leaves out many words that are frequent enough: that one is not on it says little.
    pub const fn is_partial(&self) -> bool {
        self.rare > PARTIAL
    }

    /// Whether its list, gaps or not, is about as long as lists get.
    pub const fn is_long(&self) -> bool {
        self.words.len() > 40_000
    }

    /// The word with this hash, where it is on the list.
    #[inline]
    pub fn listed(&self, hash: u64) -> Option<Listed> {
        let value = self.words.get(hash).or_else(|| self.more.get(hash))?;
        Some(Listed { nats: f32::from(value & !MARK) * -STEP, marked: value & MARK != 0 })
    }

    /// The logarithm of the probability of a word, listed or not, in nats.
    pub fn nats(&self, word: &Word<'_>) -> f32 {
        self.listed(word.hash).map_or_else(|| self.unlisted(word.letters), |l| l.nats)
    }

    /// The logarithm of the probability of a word that is on no list, from its n-grams, in nats.
    pub fn unlisted(&self, letters: &[char]) -> f32 {
        self.spelt(letters, ORDER)
    }

    /// The same from n-grams of at most so many characters: short ones know how the language spells, and not which words it has.
    pub fn spelt(&self, letters: &[char], order: usize) -> f32 {
        let mut window = [START; ORDER];
        let mut filled = usize::from(self.bounded);
        let mut sum = self.rare;
        for &c in letters.iter().take(LONGEST) {
            sum += self.next(&mut window, &mut filled, order, c);
        }
        if self.bounded {
            sum += self.next(&mut window, &mut filled, order, END);
        }
        sum
    }

    /// What the character is worth after those in `window`, of which the last `filled` count, newest first.
    fn next(&self, window: &mut [char; ORDER], filled: &mut usize, order: usize, c: char) -> f32 {
        window.rotate_right(1);
        if let Some(newest) = window.first_mut() {
            *newest = c;
        }
        *filled = (*filled + 1).min(order);
        let mut hashes = [0u64; ORDER];
        let mut hash = GRAM;
        for (slot, c) in hashes.iter_mut().zip(window.iter().take(*filled)) {
            hash = cut::push(hash, *c);
            *slot = cut::mix(hash);
        }
        let mut known = hashes.iter().take(*filled).rev().zip(0u8..);
        let found = known.find_map(|(hash, skipped)| self.grams.get(*hash).map(|v| (v, skipped)));
        found.map_or(STRANGE, |(value, skipped)| f32::from(value) * -STEP + f32::from(skipped) * BACKOFF)
    }
}

/// What the hash of an n-gram begins with.
const GRAM: u64 = 0x9e37_79b9_7f4a_7c15;

/// The hash of an n-gram, from its last character to its first.
fn gram(gram: &[char]) -> u64 {
    cut::mix(gram.iter().rev().fold(GRAM, |hash, c| cut::push(hash, *c)))
}

#[cfg(test)]
mod tests {
    use super::{FILES, Lexicons, cut};
    use crate::model::LanguageTag;

    #[test]
    fn every_file_is_read() {
        assert_eq!(Lexicons::embedded().all.len(), FILES.len());
    }

    #[test]
    fn a_word_is_likelier_in_its_own_language() {
        let all = Lexicons::embedded();
        let ahead = |word: &str, own: &str, other: &str| {
            let (own, other) =
                (all.of(LanguageTag::literal(own)).unwrap(), all.of(LanguageTag::literal(other)).unwrap());
            let mut by = 0.0;
            cut(word, |_, word| by = own.nats(word) - other.nats(word));
            by
        };
        for (word, own, other) in [
            ("government", "en", "de"),
            ("Regierung", "de", "en"),
            ("правительства", "ru", "bg"),
            ("підприємство", "uk", "ru"),
            ("gobierno", "es", "pt"),
            ("دولت", "fa", "ar"),
            ("үкіметі", "kk", "ru"),
            ("unwatchable", "en", "fr"),
        ] {
            assert!(ahead(word, own, other) > 2.0, "{word}: {}", ahead(word, own, other));
        }
    }
}
