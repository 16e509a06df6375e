//! Finds stretches that a passage shares with earlier ones.

use unicode_segmentation::GraphemeCursor;

use super::postings::Postings;
use super::texts::Texts;
use crate::model::Fingerprint;
use crate::stage::repeat::align::{Aligner, Stretch, stretches};
use crate::stage::repeat::sketch::{grain, is_digit, least_shared, numbers};
use crate::text::fold::{fold, mapped};
use crate::text::{Span, words};

/// Passages remembered under one shingle: the first that has it.
const MOST: usize = 2;
/// Earlier passages that are compared with one at most, or as many as a share of its sample.
const TRIES: usize = 4;
const SHARE: usize = 4;
/// Two passages that share so much and say other numbers may be one form, filled in twice.
const FORM: f32 = 0.25;
/// They are, if they are so similar as a whole.
const ALIKE: f32 = 0.8;

/// An index of the long shingles of passages.
#[derive(Debug, Default)]
pub(super) struct Far {
    postings: Postings,
    aligner: Aligner,
    found: Vec<u32>,
}

/// A stretch that a passage shares with an earlier one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Part {
    /// The number of the earlier text.
    pub(super) text: u32,
    /// Where it stands in the passage, in bytes.
    pub(super) here: Span,
    /// Where it stands in the earlier text, in bytes.
    pub(super) there: Span,
    /// How alike both sides are.
    pub(super) similarity: f32,
}

impl Far {
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

    /// The stretches of `text` that earlier texts hold, in order, none overlapping another.
    pub(super) fn find(&mut self, sample: &[u32], text: &str, print: &Fingerprint, texts: &mut Texts) -> Vec<Part> {
        self.found.clear();
        self.postings.get_all(sample, MOST, &mut self.found);
        if self.found.is_empty() {
            return Vec::new();
        }
        self.found.sort_unstable();
        let mut candidates: Vec<(usize, u32)> = (self.found.chunk_by(|a, b| a == b))
            .filter_map(|group| group.first().map(|number| (group.len(), *number)))
            .collect();
        candidates.sort_unstable_by_key(|(shared, number)| (usize::MAX - shared, *number));
        let codes = folded(text);
        let least = least_shared(grain(&codes));
        let mut places = Vec::new();
        let mut parts: Vec<Part> = Vec::new();
        for (_, number) in candidates.into_iter().take(TRIES.max(sample.len() / SHARE)) {
            let Some(seen) = texts.get(number) else { continue };
            let other = texts.text(&seen);
            let other_codes = folded(&other);
            let found = stretches(&codes, &other_codes, least);
            if found.is_empty() {
                continue;
            }
            let shared: usize = found.iter().map(|s| s.shared).sum();
            if seen.numbers != print.numbers
                && shared as f32 > FORM * codes.len().max(other_codes.len()) as f32
                && say_other_numbers(&found, &codes, &other_codes)
                && self.aligner.similarity(&codes, &other_codes) > ALIKE
            {
                continue;
            }
            if places.is_empty() {
                places = mapped(text).1;
            }
            let other_places = mapped(&other).1;
            for stretch in found {
                let here = Side { text, places: &places };
                let there = Side { text: &other, places: &other_places };
                let Some((here, there)) = snapped(&stretch, &here, &there, least / 2) else { continue };
                parts.push(Part { text: number, here, there, similarity: stretch.similarity() });
            }
        }
        apart(parts)
    }
}

/// The longest of the stretches, none overlapping another, in order.
fn apart(mut parts: Vec<Part>) -> Vec<Part> {
    let length = |part: &Part| part.here.end() - part.here.start();
    // Of equals the one of the passage that shares most of the sample, which came first.
    parts.sort_by_key(|part| usize::MAX - length(part));
    let mut out: Vec<Part> = Vec::new();
    for part in parts {
        if out.iter().all(|longer| !longer.here.overlaps(part.here)) {
            out.push(part);
        }
    }
    out.sort_unstable_by_key(|part| part.here);
    out
}

/// The characters of the folded text.
pub(super) fn folded(text: &str) -> Vec<u32> {
    std::str::from_utf8(&fold(text).text).unwrap_or_default().chars().map(u32::from).collect()
}

/// Whether two texts say other numbers between the stretches that they share, or both before or both after them. What only one of them has there is
/// where the other was cut off, such as a line that is broken elsewhere.
fn say_other_numbers(shared: &[Stretch], here: &[u32], there: &[u32]) -> bool {
    let (before, shared_here, after) = parted(here, shared.iter().map(|s| s.here));
    let (before_there, shared_there, after_there) = parted(there, shared.iter().map(|s| s.there));
    let differ = |a: &[u32], b: &[u32]| numbers(a) != numbers(b);
    let is_cut =
        |a: &[u32], b: &[u32]| a.last().copied().is_some_and(is_digit) && b.first().copied().is_some_and(is_digit);
    differ(shared_here, shared_there)
        || !before.is_empty() && !before_there.is_empty() && differ(before, before_there)
        || !after.is_empty() && !after_there.is_empty() && differ(after, after_there)
        || is_cut(before, shared_here)
        || is_cut(before_there, shared_there)
        || is_cut(shared_here, after)
        || is_cut(shared_there, after_there)
}

/// What is before the first of some parts of a text, what is from there to the end of the last, and what is after it.
fn parted(text: &[u32], parts: impl Iterator<Item = [usize; 2]>) -> (&[u32], &[u32], &[u32]) {
    let [from, to] = parts.reduce(|[a, b], [c, d]| [a.min(c), b.max(d)]).unwrap_or_default();
    let (before, rest) = text.split_at_checked(from).unwrap_or((text, &[]));
    let (inner, after) = rest.split_at_checked(to.saturating_sub(from)).unwrap_or((rest, &[]));
    (before, inner, after)
}

/// One of two texts, with the bytes of its folded characters.
struct Side<'t> {
    text: &'t str,
    places: &'t [[u32; 2]],
}

impl Side<'_> {
    /// Whether nothing is cut in two before the folded character `at`, or after it.
    fn is_edge(&self, at: usize, after: bool) -> bool {
        let Some(&[from, to]) = self.places.get(at) else { return false };
        let byte = if after { to } else { from } as usize;
        let whole = GraphemeCursor::new(byte, self.text.len(), true).is_boundary(self.text, 0);
        whole.unwrap_or(false) && (words::is_boundary(self.text, byte) || self.is_unspaced(byte))
    }

    /// Whether characters of a script without blanks meet at this byte.
    fn is_unspaced(&self, byte: usize) -> bool {
        use crate::text::script::{is_unspaced, of};
        let before = self.text.get(..byte).and_then(|t| t.chars().next_back());
        let after = self.text.get(byte..).and_then(|t| t.chars().next());
        before.is_some_and(|c| is_unspaced(of(c))) || after.is_some_and(|c| is_unspaced(of(c)))
    }

    fn span(&self, [from, to]: [usize; 2]) -> Option<Span> {
        let (first, last) = (self.places.get(from)?, self.places.get(to.checked_sub(1)?)?);
        Some(Span::new(first[0] as usize, last[1] as usize))
    }
}

/// Both sides of a stretch, drawn in until they begin and end at the edges of words.
fn snapped(stretch: &Stretch, here: &Side<'_>, there: &Side<'_>, least: usize) -> Option<(Span, Span)> {
    let [mut a, mut b] = stretch.here;
    let [mut x, mut y] = stretch.there;
    while a < b && x < y && !(here.is_edge(a, false) && there.is_edge(x, false)) {
        (a, x) = (a + 1, x + 1);
    }
    while a < b && x < y && !(here.is_edge(b - 1, true) && there.is_edge(y - 1, true)) {
        (b, y) = (b - 1, y - 1);
    }
    if b - a < least || y - x < least {
        return None;
    }
    Some((here.span([a, b])?, there.span([x, y])?))
}
