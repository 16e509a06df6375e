//! Phrases that a document says over and over (Rae et al. 2021, table A1), in words of its script.

use std::collections::HashMap;

use xxhash_rust::xxh3::Xxh3;

use super::measure::Line;

/// The most frequent phrase of so many words may hold at most this share of the letters, in percent.
const TOP: [(usize, usize); 3] = [(2, 20), (3, 18), (4, 16)];
/// Phrases of so many words that come again and again may hold at most this share of the letters, in percent.
const AGAIN: [(usize, usize); 6] = [(5, 15), (6, 14), (7, 13), (8, 12), (9, 11), (10, 10)];
/// A phrase is said over and over from this many times on; what is there twice, as a copy, is a repeat and goes as one.
const OVER_AND_OVER: u32 = 3;

/// Whether the lines of a document say too little too often.
pub(super) fn is_repetitive(lines: &[Line<'_>]) -> bool {
    let words: Vec<String> = lines.iter().flat_map(|line| &line.words).map(|word| word.to_lowercase()).collect();
    let letters: Vec<usize> = words.iter().map(|word| word.chars().count()).collect();
    let all: usize = letters.iter().sum();
    let top = |&(n, most): &(usize, usize)| {
        let held = phrases(&words, n).into_iter().map(|(count, at)| {
            let size: usize = letters.get(at..at + n).unwrap_or_default().iter().sum();
            (count, if count < OVER_AND_OVER { 0 } else { size * count as usize })
        });
        held.max().is_some_and(|(_, held)| held * 100 > all * most)
    };
    let again = |&(n, most): &(usize, usize)| {
        let mut covered = vec![false; words.len()];
        let counts = phrases(&words, n);
        let of: HashMap<u64, u32> = counts.iter().map(|&(count, at)| (hash(&words, at, n), count)).collect();
        for at in 0..(words.len() + 1).saturating_sub(n) {
            if of.get(&hash(&words, at, n)).is_some_and(|&count| count >= OVER_AND_OVER) {
                covered.iter_mut().skip(at).take(n).for_each(|slot| *slot = true);
            }
        }
        let held: usize = letters.iter().zip(&covered).filter(|(_, covered)| **covered).map(|(n, _)| n).sum();
        held * 100 > all * most
    };
    TOP.iter().any(top) || AGAIN.iter().any(again)
}

/// Each phrase of `n` words: how often it comes, and where first.
fn phrases(words: &[String], n: usize) -> Vec<(u32, usize)> {
    let mut seen: HashMap<u64, usize> = HashMap::new();
    let mut out: Vec<(u32, usize)> = Vec::new();
    for at in 0..(words.len() + 1).saturating_sub(n) {
        let slot = *seen.entry(hash(words, at, n)).or_insert(out.len());
        match out.get_mut(slot) {
            Some((count, _)) => *count += 1,
            None => out.push((1, at)),
        }
    }
    out
}

fn hash(words: &[String], at: usize, n: usize) -> u64 {
    let mut hash = Xxh3::new();
    for word in words.iter().skip(at).take(n) {
        hash.update(word.as_bytes());
        hash.update(&[0]);
    }
    hash.digest()
}
