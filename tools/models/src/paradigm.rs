//! Forms of a language that its word lists happen to lack: a stem that they have with some endings takes those that go with them.

use std::collections::{HashMap, HashSet};

/// Letters of a stem at least, of an ending at most.
const STEM: usize = 4;
const ENDING: usize = 4;
/// So many stems take an ending, at least.
const ENDINGS: u32 = 40;
/// A stem with more endings than this is the beginning of several words.
const MANY: usize = 40;
/// Of the stems that take two endings, this share takes the third.
const SHARE: f64 = 0.4;
/// And there are so many of them.
const SEEN: u32 = 12;

/// The words of a language, as stems and the endings that they take.
pub struct Paradigms<'a> {
    stems: HashMap<&'a str, Vec<u32>>,
    endings: HashMap<&'a str, u32>,
    pairs: HashMap<(u32, u32), u32>,
    triples: HashMap<(u32, u32, u32), u32>,
}

impl<'a> Paradigms<'a> {
    pub fn new(words: &HashSet<&'a str>) -> Self {
        let mut counts: HashMap<&str, u32> = HashMap::new();
        words.iter().flat_map(|word| splits(word)).for_each(|(_, ending)| *counts.entry(ending).or_default() += 1);
        let mut kept: Vec<&str> = counts.into_iter().filter(|(_, count)| *count >= ENDINGS).map(|(ending, _)| ending).collect();
        kept.sort_unstable();
        let endings: HashMap<&str, u32> = kept.into_iter().zip(0..).collect();
        let mut stems: HashMap<&str, Vec<u32>> = HashMap::new();
        for (stem, ending) in words.iter().flat_map(|word| splits(word)) {
            if let Some(&ending) = endings.get(ending) {
                stems.entry(stem).or_default().push(ending);
            }
        }
        stems.retain(|_, taken| (2..=MANY).contains(&taken.len()));
        let (mut pairs, mut triples) = (HashMap::new(), HashMap::new());
        for taken in stems.values_mut() {
            taken.sort_unstable();
            for (at, &a) in taken.iter().enumerate() {
                for (next, &b) in taken.iter().enumerate().skip(at + 1) {
                    *pairs.entry((a, b)).or_default() += 1;
                    for &c in &taken[next + 1..] {
                        *triples.entry((a, b, c)).or_default() += 1;
                    }
                }
            }
        }
        Self { stems, endings, pairs, triples }
    }

    /// Whether a word that is on no list is a form of one that is.
    pub fn takes(&self, word: &str) -> bool {
        splits(word).any(|(stem, ending)| {
            let (Some(taken), Some(&ending)) = (self.stems.get(stem), self.endings.get(ending)) else { return false };
            let pairs = taken.iter().enumerate().flat_map(|(at, a)| taken[at + 1..].iter().map(move |b| (*a, *b)));
            pairs.into_iter().any(|(a, b)| {
                let mut three = [a, b, ending];
                three.sort_unstable();
                let all = self.pairs.get(&(a, b)).copied().unwrap_or_default();
                let with = self.triples.get(&(three[0], three[1], three[2])).copied().unwrap_or_default();
                all >= SEEN && f64::from(with) >= SHARE * f64::from(all)
            })
        })
    }
}

/// The ways to part a word into a stem and an ending, which may be empty.
fn splits(word: &str) -> impl Iterator<Item = (&str, &str)> {
    let letters = word.chars().count();
    let places = word.char_indices().map(|(at, _)| at).chain([word.len()]).enumerate();
    places.filter(move |(n, _)| *n >= STEM && n + ENDING >= letters).map(move |(_, at)| word.split_at(at))
}
