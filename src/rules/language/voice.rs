//! The second voice: word lexicons and n-grams, asked only where frequent words and letters say too little.

use super::{LanguageRules, WordHash};
use crate::model::LanguageTag;
use crate::rules::lexicon::{self, Lexicon, Word, cut};
use crate::text::script::Script;

/// A lead over the next language, in nats, that needs no second voice.
pub(super) const ENOUGH: f32 = 12.0;
/// No more words than this are read.
const WORDS: usize = 40;
/// Of texts with more words than this, only the likelier languages are heard.
const FEW: usize = 6;
/// Languages that are further behind the likeliest, in nats, are then not heard.
const BEHIND: f32 = 14.0;
/// So many words at least tell whether a text is in a language.
const KNOWN: usize = 5;
/// No word says more than this against a language, in nats: names and quotations are everywhere.
const CAP: f32 = 7.0;
/// A word with a capital is often a name: it says so much less.
const CAPITAL: f32 = 0.6;
/// A word that is not on the short list of a language without a model is so much less likely there than in the likeliest language, in nats.
const UNMODELLED: f32 = -3.0;
/// What is against such a language before anything is read, in nats.
const SELDOM: f32 = -3.0;
/// What it is worth where no language has a model, in nats.
const UNKNOWN: f32 = -14.0;

/// What the words of `sample` say for each language of the script, in the order of `scored`, in nats; 0 for the likeliest, and nothing for
/// those that were not heard.
pub(super) fn heard(rules: &LanguageRules, sample: &str, script: Script, scored: &[f32]) -> Option<Vec<f32>> {
    let (start, end) = rules.candidates(script);
    let languages = rules.languages.get(start..end)?;
    let best = scored.iter().copied().fold(f32::MIN, f32::max);
    let mut count = 0;
    cut(sample, |_, _| count += 1);
    let models: Vec<Option<Option<&Lexicon>>> = languages
        .iter()
        .zip(scored)
        .map(|(language, score)| {
            (count <= FEW || best - score < BEHIND).then(|| rules.lexicons.of(language.tag))
        })
        .collect();
    let mut sums = vec![0.0f32; models.len()];
    let mut own = vec![0.0f32; models.len()];
    let mut read = 0;
    cut(sample, |_, word| {
        read += 1;
        if read > WORDS {
            return;
        }
        let folded = if script == Script::Cyrillic { folded(word) } else { None };
        let (hash, letters) = folded.as_ref().map_or((word.hash, word.letters), |(hash, letters)| (*hash, letters));
        let word = &Word { hash, letters, ..*word };
        let frequent = frequent(rules, word);
        let mut most = f32::MIN;
        for (number, (model, nats)) in models.iter().zip(&mut own).enumerate() {
            let listed = frequent.iter().find(|(n, _)| *n == start + number).map_or(f32::MIN, |(_, nats)| *nats);
            *nats = match model {
                Some(Some(lexicon)) => lexicon.nats(word).max(listed),
                Some(None) => listed,
                None => f32::MIN,
            };
            most = most.max(*nats);
        }
        if most == f32::MIN {
            most = UNKNOWN;
        }
        for (model, nats) in models.iter().zip(&mut own) {
            if model.is_some() && *nats == f32::MIN {
                *nats = most + UNMODELLED;
            }
        }
        let weight = if word.capital { CAPITAL } else { 1.0 };
        for (sum, nats) in sums.iter_mut().zip(&own) {
            *sum += (nats - most).max(-CAP) * weight;
        }
    });
    if read == 0 {
        return None;
    }
    for (sum, model) in sums.iter_mut().zip(&models) {
        match model {
            Some(Some(_)) => {}
            Some(None) => *sum += SELDOM,
            None => *sum = -CAP * 2.0,
        }
    }
    Some(sums)
}

/// Whether many words of the sample are on the list of the language, whatever letters the rest has: a text with much of another in it.
pub(super) fn knows(rules: &LanguageRules, sample: &str, tag: LanguageTag) -> bool {
    let Some(lexicon) = rules.lexicons.of(tag).filter(|l| l.has_list()) else { return false };
    let (mut known, mut all) = (0, 0);
    cut(sample, |_, word| {
        all += 1;
        known += usize::from(lexicon.listed(word.hash).is_some_and(|l| !l.marked));
    });
    all >= KNOWN && known * 3 > all
}

/// The word with the Latin letters in it that look like Cyrillic ones made Cyrillic; `None` where it is of one script.
fn folded(word: &Word<'_>) -> Option<(u64, Vec<char>)> {
    let latin = word.letters.iter().any(char::is_ascii);
    if !latin || word.letters.iter().all(char::is_ascii) {
        return None;
    }
    let letters: Vec<char> = word.letters.iter().map(|c| cyrillic(*c)).collect();
    Some((lexicon::hash(&letters), letters))
}

const fn cyrillic(c: char) -> char {
    match c {
        'a' => 'а',
        'c' => 'с',
        'e' => 'е',
        'i' => 'і',
        'j' => 'ј',
        'o' => 'о',
        'p' => 'р',
        'x' => 'х',
        'y' => 'у',
        _ => c,
    }
}

/// The languages that have the word on their short list, and the logarithm of its share there.
fn frequent(rules: &LanguageRules, word: &Word<'_>) -> Vec<(usize, f32)> {
    let mut hash = WordHash::EMPTY;
    for c in word.letters {
        hash.push(*c);
    }
    rules.postings(hash.get()).iter().map(|p| (usize::from(p.language), p.weight + super::load::UNLISTED.ln())).collect()
}
