//! Finds the earlier passage that a passage is an edited copy of.

use super::far::folded;
use super::postings::Postings;
use super::texts::Texts;
use crate::model::Fingerprint;
use crate::stage::repeat::align::Aligner;
use crate::stage::repeat::facts;

/// Passages remembered under one shingle: a shingle that more have is too common to lead anywhere.
const MOST: usize = 8;
/// Shingles that a copy shares with its original, of the sample.
const SHARED: usize = 2;
/// Passages that are compared letter by letter at most.
const TRIES: usize = 3;

/// An index of the short shingles of passages.
#[derive(Debug, Default)]
pub(super) struct Near {
    postings: Postings,
    aligner: Aligner,
    found: Vec<u32>,
}

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Alike {
    /// The number of the text.
    pub(super) text: u32,
    /// How alike they are.
    pub(super) similarity: f32,
}

impl Near {
    /// Bytes that stay in memory whatever is put on the disk.
    pub(super) fn kept(&self) -> usize {
        self.postings.kept()
    }

    /// The index.
    pub(super) const fn postings(&mut self) -> &mut Postings {
        &mut self.postings
    }

    /// Remembers a text by its sample.
    pub(super) fn insert(&mut self, sample: &[u32], number: u32) {
        for hash in sample {
            self.postings.insert(*hash, number, MOST);
        }
    }

    /// The text that is most like `text`, if one is at least as similar as `least` and does not differ from it in a fact.
    pub(super) fn find(
        &mut self,
        sample: &[u32],
        text: &str,
        print: &Fingerprint,
        texts: &mut Texts,
        least: f32,
    ) -> Option<Alike> {
        self.found.clear();
        self.postings.get_all(sample, MOST, &mut self.found);
        if self.found.len() < SHARED {
            return None;
        }
        self.found.sort_unstable();
        // Length and numbers tell most of them apart before a letter is compared.
        let mut comparable = |number: u32| {
            texts.get(number).is_some_and(|seen| {
                let both = seen.chars + print.chars;
                seen.numbers == print.numbers && 2 * seen.chars.min(print.chars) >= (both as f32 * least) as u32
            })
        };
        let mut candidates: Vec<(usize, u32)> = (self.found.chunk_by(|a, b| a == b))
            .filter(|group| group.len() >= SHARED)
            .filter_map(|group| group.first().map(|number| (group.len(), *number)))
            .filter(|(_, number)| comparable(*number))
            .collect();
        if candidates.is_empty() {
            return None;
        }
        candidates.sort_unstable_by_key(|(shared, number)| (usize::MAX - shared, *number));
        let codes = folded(text);
        let mut best: Option<Alike> = None;
        for (_, number) in candidates.into_iter().take(TRIES) {
            let Some(seen) = texts.get(number) else { continue };
            let other = texts.text(&seen);
            let similarity = self.aligner.similarity(&codes, &folded(&other));
            if similarity >= least
                && best.is_none_or(|best| similarity > best.similarity)
                && !facts::differ(&other, text)
            {
                best = Some(Alike { text: number, similarity });
            }
        }
        best
    }
}
