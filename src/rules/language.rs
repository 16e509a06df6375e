//! Languages: their scripts, letters and most frequent words, as evidence that names the language of a text.
//!
//! Scripts that one language has to itself name it at once. Within the others a text is scored against every language of the script by its
//! words (their rank in the language's list) and by the letters that not every language of the script has; [`Evidence`] collects both.

mod evidence;
mod han;
mod load;
mod third;
mod voice;

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

pub use evidence::{Evidence, Guess};
pub use han::{HanEvidence, HanRules};

use super::lexicon::Lexicons;
use super::{Overlay, RuleError};
use crate::model::LanguageTag;
use crate::text::script::Script;

/// Alphabets and frequent words by language.
#[derive(Debug)]
pub struct LanguageRules {
    /// The languages of shared scripts, those of one script side by side.
    languages: Vec<Known>,
    /// Which of `languages` each shared script has: script, first, one past the last.
    shared: Vec<(Script, usize, usize)>,
    /// Scripts that name a language by themselves.
    sole: Vec<(Script, LanguageTag)>,
    /// Where in `postings` the languages of a word stand, by the hash of the word.
    words: HashMap<u64, (u32, u32), BuildHasherDefault<Passed>>,
    /// Languages that have a word, and what it says for each.
    postings: Vec<Posting>,
    /// Letters that not every language of their script has, sorted; their place is their number.
    letters: Vec<char>,
    /// The numbers of the letters below U+0700, for speed; `NONE` where a letter is none of these.
    near: Vec<u16>,
    /// What Han characters tell.
    han: HanRules,
    /// How likely a word is in each language.
    lexicons: Lexicons,
}

const NONE: u16 = u16::MAX;

/// A language of a shared script.
#[derive(Debug)]
struct Known {
    tag: LanguageTag,
    script: Script,
    /// What a letter that all languages of the script have says.
    common: f32,
    /// What each of `letters` says, by its number.
    rare: Vec<f32>,
    /// Which of `letters` it has, by their number.
    has: Vec<bool>,
    /// Whether texts in it are seldom met: no model, or one of n-grams alone that fits many a list of names.
    seldom: bool,
    /// How many frequent words are known.
    words: usize,
}

#[derive(Clone, Copy, Debug)]
struct Posting {
    language: u16,
    weight: f32,
}

impl LanguageRules {
    /// Compiles the data files.
    pub fn load(overlay: &Overlay) -> Result<Self, RuleError> {
        load::load(overlay)
    }

    /// The language of a text that nothing else names, and how sure that is, 0 to 1.
    pub fn last_resort(&self, sample: &str, script: Script) -> Option<(LanguageTag, f32)> {
        third::heard(sample, script)
    }

    /// The language that a script names by itself.
    pub fn sole(&self, script: Script) -> Option<LanguageTag> {
        self.sole.iter().find(|(s, _)| *s == script).map(|(_, tag)| *tag)
    }

    /// The script that a language is written in; `None` where it is not among ours.
    pub fn script_of(&self, tag: LanguageTag) -> Option<Script> {
        if matches!(tag.language(), "zh" | "yue" | "ja") {
            return Some(Script::Han);
        }
        let shared = self.languages.iter().find(|l| l.tag == tag).map(|l| l.script);
        shared.or_else(|| self.sole.iter().find(|(_, own)| *own == tag).map(|(script, _)| *script))
    }

    /// What Han characters tell.
    pub const fn han(&self) -> &HanRules {
        &self.han
    }

    /// How likely a word is in each language.
    pub const fn lexicons(&self) -> &Lexicons {
        &self.lexicons
    }

    /// Whether this is one of the most frequent words of some language.
    pub fn is_frequent(&self, word: &str) -> bool {
        !self.postings(WordHash::of(word)).is_empty()
    }

    /// The number of a letter that not every language of its script has.
    #[inline]
    fn letter(&self, c: char) -> Option<usize> {
        match self.near.get(c as usize) {
            Some(&NONE) => None,
            Some(&number) => Some(usize::from(number)),
            None => self.letters.binary_search(&c).ok(),
        }
    }

    /// What the word with this hash says for each of its languages.
    #[inline]
    fn postings(&self, hash: u64) -> &[Posting] {
        self.words
            .get(&hash)
            .and_then(|&(start, end)| self.postings.get(start as usize..end as usize))
            .unwrap_or_default()
    }

    /// The languages of a shared script, by number.
    fn candidates(&self, script: Script) -> (usize, usize) {
        self.shared.iter().find(|(s, ..)| *s == script).map_or((0, 0), |&(_, start, end)| (start, end))
    }
}

/// A hash that is a hash already.
#[derive(Debug, Default)]
struct Passed(u64);

impl Hasher for Passed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

/// The hash of a word, letter by letter, so that a text is read without making words of it (FNV-1a over code points, then mixed).
#[derive(Clone, Copy, Debug)]
struct WordHash(u64);

impl WordHash {
    const EMPTY: Self = Self(0xcbf2_9ce4_8422_2325);

    #[inline]
    const fn push(&mut self, c: char) {
        self.0 = (self.0 ^ c as u64).wrapping_mul(0x0100_0000_01b3);
    }

    #[inline]
    const fn get(self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }

    fn of(word: &str) -> u64 {
        let mut hash = Self::EMPTY;
        for c in word.chars() {
            hash.push(lower(c));
        }
        hash.get()
    }
}

/// The lower case of a letter, one character for one.
#[inline]
fn lower(c: char) -> char {
    match c {
        'a'..='z' | 'а'..='я' => c,
        'A'..='Z' => c.to_ascii_lowercase(),
        'А'..='Я' => char::from_u32(c as u32 + 32).unwrap_or(c),
        _ if (c as u32) < 0x2000 => c.to_lowercase().next().unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::{Evidence, LanguageRules};
    use crate::rules::Overlay;
    use crate::text::script::Script;

    fn name(rules: &LanguageRules, script: Script, text: &str) -> String {
        let mut evidence = Evidence::new(rules, script);
        evidence.add(text);
        evidence.guess(text).tag.to_string()
    }

    #[test]
    fn letters_and_words_name_the_language() {
        let rules = LanguageRules::load(&Overlay::default()).unwrap();
        for (text, tag) in [
            ("Это решение комитета было принято ещё в мае.", "ru"),
            ("Це рішення комітету було прийнято ще в травні.", "uk"),
            ("Гэта рашэнне камітэта было прынята яшчэ ў маі.", "be"),
            ("Бұл шешім мамыр айында қабылданды.", "kk"),
            ("Энэ шийдвэрийг тавдугаар сард гаргасан юм.", "mn"),
            ("Ово решење је донето још у мају.", "sr"),
        ] {
            assert_eq!(name(&rules, Script::Cyrillic, text), tag, "{text}");
        }
        for (text, tag) in [
            ("The committee took this decision in May.", "en"),
            ("Der Ausschuss hat das im Mai beschlossen.", "de"),
            ("O comitê tomou essa decisão em maio.", "pt"),
            ("Kamati ilichukua uamuzi huo mwezi wa Mei.", "sw"),
        ] {
            assert_eq!(name(&rules, Script::Latin, text), tag, "{text}");
        }
    }
}
