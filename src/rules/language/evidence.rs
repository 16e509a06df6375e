//! What the words and letters of a text say about its language.

use unicode_normalization::char::is_combining_mark;

use super::{LanguageRules, WordHash, lower, voice};
use crate::model::LanguageTag;
use crate::text::script::Script;

/// Evidence for the languages of one shared script, collected from pieces of a text.
#[derive(Debug)]
pub struct Evidence<'r> {
    rules: &'r LanguageRules,
    script: Script,
    /// What the words say for each language, by number.
    scores: Vec<f32>,
    /// How often each letter that not every language has was seen.
    rare: Vec<u32>,
    /// Letters of the script.
    letters: u32,
    /// Of these, how many are among `rare`.
    special: u32,
    /// Letters of the script that no language of ours has.
    strange: u32,
    words: u32,
    known: u32,
}

/// The language that the evidence speaks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Guess {
    /// The language; `und` where the evidence carries none.
    pub tag: LanguageTag,
    /// 0 to 1.
    pub confidence: f32,
    /// By how much it is ahead of the next, in nats.
    pub margin: f32,
    /// How many words were read.
    pub words: u32,
    /// How many of them are frequent words of some language.
    pub known: u32,
}

impl Guess {
    /// Nothing is known.
    pub const UNKNOWN: Self = Self { tag: LanguageTag::UND, confidence: 0.0, margin: 0.0, words: 0, known: 0 };
}

/// What the short lists and letters weigh beside the lexicons.
const QUICK: f32 = 0.4;
/// A lead of the lexicons, in nats, that letters from elsewhere do not call in question.
const SURE: f32 = 8.0;

impl<'r> Evidence<'r> {
    /// No evidence yet.
    pub fn new(rules: &'r LanguageRules, script: Script) -> Self {
        Self {
            rules,
            script,
            scores: vec![0.0; rules.languages.len()],
            rare: vec![0; rules.letters.len()],
            letters: 0,
            special: 0,
            strange: 0,
            words: 0,
            known: 0,
        }
    }

    /// Forgets everything, to begin with another text of perhaps another script.
    pub fn clear(&mut self, script: Script) {
        self.script = script;
        self.scores.fill(0.0);
        self.rare.fill(0);
        (self.letters, self.special, self.strange, self.words, self.known) = (0, 0, 0, 0, 0);
    }

    /// Reads `text`: its letters of the script, and its words that end in one.
    pub fn add(&mut self, text: &str) {
        let latin = self.script == Script::Latin;
        let (first, last) = range(self.script);
        let mut hash = WordHash::EMPTY;
        let mut open = false;
        for c in text.chars() {
            let own = if c.is_ascii() {
                if c.is_ascii_alphabetic() && (latin || open) {
                    hash.push(c.to_ascii_lowercase());
                    self.letters += u32::from(latin);
                    open = true;
                    continue;
                }
                false
            } else {
                let near = (first..=last).contains(&c) || (latin && matches!(c, '\u{1e00}'..='\u{1eff}'));
                (near && is_letter(c)) || (open && is_combining_mark(c))
            };
            if own {
                let c = lower(c);
                hash.push(c);
                open = true;
                self.letter(c, latin);
            } else if open {
                self.close(hash);
                (hash, open) = (WordHash::EMPTY, false);
            }
        }
        if open {
            self.close(hash);
        }
    }

    #[inline]
    fn letter(&mut self, c: char, latin: bool) {
        self.letters += 1;
        match self.rules.letter(c) {
            Some(number) => {
                self.special += 1;
                if let Some(count) = self.rare.get_mut(number) {
                    *count += 1;
                }
            }
            None => self.strange += u32::from(latin || (self.script == Script::Cyrillic && !matches!(c, 'а'..='я'))),
        }
    }

    #[inline]
    fn close(&mut self, hash: WordHash) {
        self.words += 1;
        let postings = self.rules.postings(hash.get());
        self.known += u32::from(!postings.is_empty());
        for posting in postings {
            if let Some(score) = self.scores.get_mut(usize::from(posting.language)) {
                *score += posting.weight;
            }
        }
    }

    /// Begins with a lead of `nats` for a language, as it is expected.
    pub fn expect(&mut self, tag: LanguageTag, nats: f32) {
        for (language, score) in self.rules.languages.iter().zip(&mut self.scores) {
            if language.tag == tag {
                *score += nats;
            }
        }
    }

    /// Letters of the script read so far.
    pub const fn letters(&self) -> u32 {
        self.letters
    }

    /// Whether the words alone speak for a language, and for no other more: the quick answer to most questions.
    pub fn agrees(&self, tag: LanguageTag) -> bool {
        let (start, end) = self.rules.candidates(self.script);
        let scores = self.scores.get(start..end).unwrap_or_default();
        let languages = self.rules.languages.get(start..end).unwrap_or_default();
        let own = languages.iter().position(|l| l.tag == tag).and_then(|i| scores.get(i)).copied().unwrap_or_default();
        own > 6.0 && scores.iter().all(|score| *score <= own)
    }

    /// What the words and letters read so far say for one language, against the best of all; 0 where it is the best.
    pub fn against(&self, tag: LanguageTag) -> f32 {
        let mut best = f32::MIN;
        let mut own = f32::MIN;
        for (language, score) in self.scored() {
            best = best.max(score);
            if language == tag {
                own = own.max(score);
            }
        }
        if own > f32::MIN { own - best } else { 0.0 }
    }

    /// What the words and letters read so far say for one language against another, in nats; 0 where they know neither.
    pub fn between(&self, one: LanguageTag, other: LanguageTag) -> f32 {
        let (mut own, mut beside) = (0.0, 0.0);
        for (language, score) in self.scored() {
            if language == one {
                own = score;
            } else if language == other {
                beside = score;
            }
        }
        own - beside
    }

    fn scored(&self) -> impl Iterator<Item = (LanguageTag, f32)> {
        let (start, end) = self.rules.candidates(self.script);
        let seen: Vec<(usize, f32)> =
            self.rare.iter().enumerate().filter(|(_, n)| **n > 0).map(|(number, n)| (number, *n as f32)).collect();
        let common = (self.letters.saturating_sub(self.special)) as f32;
        let languages = self.rules.languages.get(start..end).unwrap_or_default();
        let scores = self.scores.get(start..end).unwrap_or_default();
        languages.iter().zip(scores).map(move |(language, words)| {
            let rare: f32 =
                seen.iter().filter_map(|(number, n)| language.rare.get(*number).map(|weight| weight * n)).sum();
            (language.tag, words + rare + common * language.common)
        })
    }

    /// The language that the evidence speaks for; where it is thin, `sample` (some of the text) is given to a second voice, which is slow.
    pub fn guess(&self, sample: &str) -> Guess {
        if self.letters == 0 {
            return Guess::UNKNOWN;
        }
        let mut scored: Vec<(LanguageTag, f32)> = self.scored().collect();
        let quick: Vec<f32> = scored.iter().map(|(_, score)| *score).collect();
        let mut margin = lead(&mut scored.clone());
        let mut asked = false;
        if margin < voice::ENOUGH
            && !sample.is_empty()
            && let Some(heard) = voice::heard(self.rules, sample, self.script, &quick)
        {
            for ((_, score), nats) in scored.iter_mut().zip(heard) {
                *score = *score * QUICK + nats;
            }
            asked = true;
        }
        margin = lead(&mut scored).max(0.0);
        let Some(&(tag, _)) = scored.first() else { return Guess::UNKNOWN };
        let guess = Guess { tag, confidence: confidence(margin), margin, words: self.words, known: self.known };
        if self.is_foreign_to(tag) && !(asked && margin > SURE) && !voice::knows(self.rules, sample, tag) {
            Guess { tag: LanguageTag::UND, confidence: 0.0, ..guess }
        } else {
            guess
        }
    }

    /// Whether letters or words say that this language, the best of ours, is still not it.
    fn is_foreign_to(&self, tag: LanguageTag) -> bool {
        let (start, end) = self.rules.candidates(self.script);
        let languages = self.rules.languages.get(start..end).unwrap_or_default();
        let Some(language) = languages.iter().find(|l| l.tag == tag) else { return false };
        let foreign: u32 = self.rare.iter().zip(&language.has).filter(|(_, has)| !**has).map(|(n, _)| n).sum();
        let outside = foreign + self.strange;
        (outside >= 3 && outside * 25 > self.letters)
            || (language.words >= 40 && self.words >= 25 && self.known * 25 < self.words)
    }
}

/// Whether this is a letter; the alphabets that most texts are written in first.
#[inline]
fn is_letter(c: char) -> bool {
    match c {
        '\u{c0}'..='\u{24f}' => c != '×' && c != '÷',
        '\u{400}'..='\u{481}'
        | '\u{48a}'..='\u{52f}'
        | '\u{5d0}'..='\u{5ea}'
        | '\u{620}'..='\u{64a}'
        | '\u{671}'..='\u{6d3}'
        | '\u{904}'..='\u{939}'
        | 'ʻ'
        | 'ʼ' => true,
        _ => c.is_alphabetic(),
    }
}

/// Where the letters of a shared script lie, marks apart.
const fn range(script: Script) -> (char, char) {
    match script {
        Script::Latin => ('\u{aa}', '\u{2bc}'),
        Script::Cyrillic => ('\u{400}', '\u{52f}'),
        Script::Hebrew => ('\u{590}', '\u{5ff}'),
        Script::Arabic => ('\u{600}', '\u{77f}'),
        Script::Devanagari => ('\u{900}', '\u{97f}'),
        Script::Bengali => ('\u{980}', '\u{9ff}'),
        Script::Ethiopic => ('\u{1200}', '\u{137f}'),
        _ => ('\u{80}', char::MAX),
    }
}

/// Sorts the best to the front and says by how much it is ahead.
fn lead(scored: &mut [(LanguageTag, f32)]) -> f32 {
    scored.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    match scored {
        [first, second, ..] => first.1 - second.1,
        _ => f32::MAX,
    }
}

fn confidence(margin: f32) -> f32 {
    1.0 / (1.0 + (-margin * 0.6).exp())
}
