//! Character n-gram models of words, pruned to what tells most.

use std::collections::{BTreeMap, HashMap};

use crate::source::{Grams, Words};

/// The longest n-gram, in characters.
pub const ORDER: usize = 5;
/// What an n-gram that was left out costs against the next shorter one, as a factor.
pub const BACKOFF: f64 = 0.4;
/// Before the first and after the last letter of a word.
pub const START: char = '^';
pub const END: char = '$';

/// The n-grams worth keeping, and the logarithm of their probability after the characters before the last; at most `limit`.
/// `most` of the most frequent words are learnt from.
pub fn learn(words: &Words, most: usize, limit: usize) -> Vec<(Vec<char>, f64)> {
    let mut ranked: Vec<(&String, f64)> = words.iter().map(|(w, f)| (w, *f)).collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    ranked.truncate(most);
    let mut counts: HashMap<Vec<char>, f64> = HashMap::new();
    let mut contexts: HashMap<Vec<char>, (f64, f64)> = HashMap::new();
    for (word, frequency) in ranked {
        // Kinds of words count more than their tokens: the model is asked for words that are on no list.
        let weight = (frequency * 1e7).powf(0.4);
        let letters: Vec<char> = [START].into_iter().chain(word.chars()).chain([END]).collect();
        for end in 1..letters.len() {
            for order in 1..=ORDER.min(end + 1) {
                let gram = &letters[end + 1 - order..=end];
                let count = counts.entry(gram.to_vec()).or_default();
                let context = contexts.entry(gram[..order - 1].to_vec()).or_default();
                context.1 += f64::from(*count == 0.0);
                *count += weight;
                context.0 += weight;
            }
        }
    }
    let kinds = counts.keys().filter(|g| g.len() == 1).count() as f64 + 100.0;
    let mut probabilities: HashMap<Vec<char>, f64> = HashMap::new();
    let mut grams: Vec<&Vec<char>> = counts.keys().collect();
    grams.sort_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
    let mut scored = Vec::new();
    for gram in grams {
        let shorter = if gram.len() == 1 { 1.0 / kinds / 20.0 } else { probabilities[&gram[1..]] };
        let (all, distinct) = contexts[&gram[..gram.len() - 1]];
        let share = all / (all + distinct * 3.0);
        let own = share * counts[gram] / all + (1.0 - share) * shorter;
        probabilities.insert(gram.clone(), own);
        let told = counts[gram] * (own.ln() - (shorter * BACKOFF).ln()).abs();
        scored.push((gram.clone(), own.ln(), if gram.len() == 1 { f64::MAX } else { told }));
    }
    best(scored, limit)
}

/// The n-grams of a lingua model that are worth keeping.
pub fn taken(grams: &Grams, limit: usize) -> Vec<(Vec<char>, f64)> {
    let mut joint: BTreeMap<&str, f64> = BTreeMap::new();
    let mut scored = Vec::new();
    let mut ordered: Vec<(&String, &f64)> = grams.iter().collect();
    ordered.sort_by_key(|(g, _)| g.chars().count());
    for (gram, value) in ordered {
        let last = gram.char_indices().next_back().map_or(0, |(i, _)| i);
        let before = if last == 0 { 0.0 } else { joint.get(&gram[..last]).copied().unwrap_or(-16.0) };
        joint.insert(gram, before + value);
        let letters: Vec<char> = gram.chars().collect();
        // What was seen but once after its context is no certainty.
        let own = (value.exp() * (1.0 - (-(before + 17.0)).exp().min(0.6))).ln();
        let rest: String = letters[1..].iter().collect();
        let shorter = grams.get(&rest).copied().unwrap_or(-9.0);
        let told = (before + value).exp() * (own - shorter - BACKOFF.ln()).abs();
        scored.push((letters.clone(), own, if letters.len() == 1 { f64::MAX } else { told }));
    }
    best(scored, limit)
}

fn best(mut scored: Vec<(Vec<char>, f64, f64)>, limit: usize) -> Vec<(Vec<char>, f64)> {
    scored.sort_by(|a, b| b.2.total_cmp(&a.2).then_with(|| a.0.cmp(&b.0)));
    scored.truncate(limit);
    scored.into_iter().map(|(gram, value, _)| (gram, value)).collect()
}
