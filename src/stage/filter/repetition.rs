//! Phrases that a document says over and over (Rae et al. 2021, table A1), in words of its script.

use xxhash_rust::xxh3::xxh3_64;

use super::measure::Line;

/// The most frequent phrase of so many words may hold at most this share of the letters, in percent.
const TOP: [(usize, usize); 3] = [(2, 20), (3, 18), (4, 16)];
/// Phrases of so many words that come again and again may hold at most this share of the letters, in percent.
const AGAIN: [(usize, usize); 6] = [(5, 15), (6, 14), (7, 13), (8, 12), (9, 11), (10, 10)];
/// A phrase is said over and over from this many times on; what is there twice, as a copy, is a repeat and goes as one.
const OVER_AND_OVER: usize = 3;

/// An odd number without pattern, to multiply with (Knuth, TAOCP 6.4: 2^64 / φ).
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

/// The words of a document, as far as their repeats are concerned.
struct Words {
    hashes: Vec<u64>,
    /// Letters of each word in lower case.
    letters: Vec<usize>,
    all: usize,
}

/// Whether the lines of a document say too little too often.
pub(super) fn is_repetitive(lines: &[Line<'_>]) -> bool {
    let mut words = Words { hashes: Vec::new(), letters: Vec::new(), all: 0 };
    for word in lines.iter().flat_map(|line| &line.words) {
        let word = word.to_lowercase();
        words.hashes.push(xxh3_64(word.as_bytes()));
        words.letters.push(word.chars().count());
    }
    words.all = words.letters.iter().sum();
    // Of each place the hash of the phrase that begins there; longer phrases are looked for where shorter ones are said over and over.
    let mut hashes = words.hashes.clone();
    let mut places: Vec<usize> = (0..hashes.len()).collect();
    for n in 2..=AGAIN.len() + 4 {
        let mut phrases: Vec<(u64, usize)> = Vec::with_capacity(places.len());
        for &at in &places {
            if let (Some(hash), Some(next)) = (hashes.get_mut(at), words.hashes.get(at + n - 1)) {
                *hash = hash.wrapping_mul(BASE).wrapping_add(*next);
                phrases.push((*hash, at));
            }
        }
        phrases.sort_unstable();
        let often: Vec<&[(u64, usize)]> =
            phrases.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() >= OVER_AND_OVER).collect();
        if words.are_held(n, &often) {
            return true;
        }
        places = often.concat().iter().map(|(_, at)| *at).collect();
        places.sort_unstable();
        // Both parts of a phrase that are one word shorter come as often.
        let both = places.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?)));
        places = both.filter(|(at, next)| at + 1 == *next).map(|(at, _)| at).collect();
    }
    false
}

impl Words {
    /// Whether phrases of `n` words, each with its places, hold too many of the letters.
    fn are_held(&self, n: usize, phrases: &[&[(u64, usize)]]) -> bool {
        let size = |at: usize| self.letters.get(at..at + n).unwrap_or_default().iter().sum::<usize>();
        if let Some((_, most)) = TOP.iter().find(|(words, _)| *words == n) {
            let top = phrases.iter().filter_map(|places| Some((places.len(), size(places.first()?.1) * places.len())));
            return top.max().is_some_and(|(_, held)| held * 100 > self.all * most);
        }
        let Some((_, most)) = AGAIN.iter().find(|(words, _)| *words == n) else { return false };
        let mut covered = vec![false; self.letters.len()];
        for (_, at) in phrases.iter().copied().flatten() {
            covered.iter_mut().skip(*at).take(n).for_each(|slot| *slot = true);
        }
        let held: usize = self.letters.iter().zip(&covered).filter(|(_, covered)| **covered).map(|(n, _)| n).sum();
        held * 100 > self.all * most
    }
}
