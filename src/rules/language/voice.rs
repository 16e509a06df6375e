//! The second voice: word lexicons and n-grams, asked only where frequent words and letters say too little.

use super::{LanguageRules, WordHash};
use crate::model::LanguageTag;
use crate::rules::lexicon::{self, Lexicon, Word, cut, scan};
use crate::text::script::Script;

/// A lead over the next language, in nats, that needs no second voice.
pub(super) const ENOUGH: f32 = 12.0;
/// No more words than this are read.
const WORDS: usize = 40;
/// Of texts with more words than this, only the likelier languages are heard.
const FEW: usize = 6;
/// Languages that are further behind the likeliest, in nats, are then not heard.
const BEHIND: f32 = 14.0;
/// After every so many words the languages that have fallen behind are left out.
const EVERY: usize = 4;
/// After so many, one that is left alone has won.
const SETTLED: usize = 7;
/// A word that is this frequent in a language, in nats, says all it can against those that do not list it.
const OFTEN: f32 = -9.5;
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
    scan(sample, |_| count += 1);
    let mut heard: Vec<Heard<'_>> = languages
        .iter()
        .zip(scored)
        .enumerate()
        .filter(|(_, (_, score))| count <= FEW || best - **score < BEHIND)
        .map(|(number, (language, _))| Heard {
            number,
            lexicon: rules.lexicons.of(language.tag),
            sum: if language.seldom { SELDOM } else { 0.0 },
            own: 0.0,
        })
        .collect();
    let mut read = 0;
    cut(sample, |_, word| {
        read += 1;
        let settled = read > SETTLED && heard.len() < 2;
        if read > WORDS || settled {
            return;
        }
        let folded = if script == Script::Cyrillic { folded(word) } else { None };
        let (hash, letters) = folded.as_ref().map_or((word.hash, word.letters), |(hash, letters)| (*hash, letters));
        one(rules, &Word { hash, letters, ..*word }, start, &mut heard);
        if read % EVERY == 0 {
            let best = heard.iter().map(|h| h.sum).fold(f32::MIN, f32::max);
            heard.retain(|h| best - h.sum < BEHIND);
        }
    });
    if read == 0 {
        return None;
    }
    let least = heard.iter().map(|h| h.sum).fold(0.0, f32::min);
    let mut sums = vec![least - BEHIND; languages.len()];
    for own in heard {
        if let Some(sum) = sums.get_mut(own.number) {
            *sum = own.sum;
        }
    }
    Some(sums)
}

/// A language that is heard.
struct Heard<'r> {
    /// Among those of the script.
    number: usize,
    lexicon: Option<&'r Lexicon>,
    sum: f32,
    /// What the word at hand is worth in it; `f32::MIN` where nothing tells.
    own: f32,
}

/// Adds what one word says to the languages heard; the first of the script has the number `start`.
fn one(rules: &LanguageRules, word: &Word<'_>, start: usize, heard: &mut [Heard<'_>]) {
    let frequent = frequent(rules, word);
    let mut most = f32::MIN;
    for language in &mut *heard {
        let short = frequent.iter().find(|(n, _)| *n == start + language.number).map_or(f32::MIN, |(_, nats)| *nats);
        let listed = language.lexicon.and_then(|l| l.listed(word.hash)).map_or(f32::MIN, |l| l.nats);
        language.own = short.max(listed);
        most = most.max(language.own);
    }
    // Where a language has the word often, that others spell alike makes no difference.
    let plain = most > OFTEN;
    for language in &mut *heard {
        if let (Some(lexicon), true) = (language.lexicon, language.own <= f32::MIN)
            && !(plain && lexicon.has_list())
        {
            language.own = lexicon.unlisted(word.letters);
            most = most.max(language.own);
        }
    }
    if most <= f32::MIN {
        most = UNKNOWN;
    }
    let weight = if word.capital { CAPITAL } else { 1.0 };
    for language in heard {
        let own = match language.lexicon {
            None if language.own <= f32::MIN => most + UNMODELLED,
            _ => language.own,
        };
        language.sum += (own - most).max(-CAP) * weight;
    }
}

/// Whether many words of the sample are on the list of the language, whatever letters the rest has: a text with much of another in it.
pub(super) fn knows(rules: &LanguageRules, sample: &str, tag: LanguageTag) -> bool {
    let Some(lexicon) = rules.lexicons.of(tag).filter(|l| l.has_list()) else { return false };
    let (mut known, mut all) = (0, 0);
    scan(sample, |word| {
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
    rules
        .postings(hash.get())
        .iter()
        .map(|p| (usize::from(p.language), p.weight + super::load::UNLISTED.ln()))
        .collect()
}
