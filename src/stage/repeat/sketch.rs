//! Samples of the shingles of a passage, by which near and partial copies are found.
//!
//! Shingles are runs of characters of the folded text, so that no tokeniser and no language is needed; scripts whose characters say more
//! take shorter ones. Of the short shingles those with the lowest hashes are kept (Broder, "On the resemblance and containment of
//! documents", 1997), of the long ones the lowest of each window (Schleimer, Wilkerson, Aiken, "Winnowing", 2003).

use crate::model::Samples;

/// Lengths in characters of the folded text: of a short shingle, of a long one, and of the window that keeps one long shingle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grain {
    /// Of a short shingle.
    pub near: usize,
    /// Of a long shingle.
    pub far: usize,
    /// Long shingles of which one is kept.
    pub window: usize,
    /// Passages below this length are not sampled.
    pub least: usize,
}

/// For alphabets.
const SPARSE: Grain = Grain { near: 8, far: 24, window: 16, least: 22 };
/// For scripts without blanks and for Hangul.
const DENSE: Grain = Grain { near: 4, far: 11, window: 9, least: 9 };
/// Short shingles kept of a passage.
const KEPT: usize = 16;
/// So many are expected below the threshold, that hardly ever fewer than [`KEPT`] are.
const EXPECTED: u64 = 24;

/// Makes sketches; holds the buffers that a document needs.
#[derive(Debug, Default)]
pub(super) struct Sketcher {
    codes: Vec<u32>,
    short: Vec<u32>,
    long: Vec<u32>,
    kept: Vec<u32>,
}

/// Characters that a stretch in common has at least, to be told. So long a one shares a long shingle whatever stands around it.
pub const fn least_shared(grain: Grain) -> usize {
    grain.far + grain.window - 1
}

/// The lengths that suit a folded text.
pub fn grain(codes: &[u32]) -> Grain {
    let dense = codes.iter().filter(|&&c| is_dense(c)).count();
    if dense * 3 > codes.len() { DENSE } else { SPARSE }
}

/// Whether a character is of a script whose characters say more than a letter of an alphabet does.
#[inline]
const fn is_dense(code: u32) -> bool {
    matches!(code, 0xe01..=0xeff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x3040..=0x312f | 0x3400..=0x9fff | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0x2_0000..=0x3_ffff)
}

impl Sketcher {
    /// The samples of short and of long shingles of a folded text that are wanted, and the hash of its numbers, which are compared where a sample
    /// leads.
    pub(super) fn sketch(&mut self, folded: &[u8], chars: usize, samples: Samples) -> (&[u32], &[u32], u32) {
        self.codes.clear();
        self.short.clear();
        self.kept.clear();
        if samples == Samples::NONE {
            return (&[], &[], 0);
        }
        let ascii = folded.len() == chars;
        if ascii {
            self.codes.extend(folded.iter().map(|b| u32::from(*b)));
        } else {
            self.codes.extend(std::str::from_utf8(folded).unwrap_or_default().chars().map(u32::from));
        }
        let numbers = numbers(&self.codes);
        let grain = if ascii || folded.iter().all(|b| *b < 0xe0) { SPARSE } else { grain(&self.codes) };
        if samples.near && self.codes.len() >= grain.least {
            self.lowest(grain.near);
        }
        if samples.far && self.codes.len() >= least_shared(grain) {
            self.winnow(grain);
        }
        (&self.short, &self.kept, numbers)
    }

    fn lowest(&mut self, length: usize) {
        let count = (self.codes.len() + 1).saturating_sub(length) as u64;
        let threshold = ((EXPECTED << 32) / count.max(1)).min(u64::from(u32::MAX)) as u32;
        let short = &mut self.short;
        rolling(&self.codes, length, |hash| {
            if hash <= threshold {
                short.push(hash);
            }
        });
        short.sort_unstable();
        short.dedup();
        short.truncate(KEPT);
    }

    fn winnow(&mut self, grain: Grain) {
        self.long.clear();
        let long = &mut self.long;
        rolling(&self.codes, grain.far, |hash| long.push(hash));
        winnowed(long, grain.window, |_, hash| {
            if self.kept.last() != Some(&hash) {
                self.kept.push(hash);
            }
        });
    }
}

/// The places and hashes of the long shingles that stand for a text; the same that a sketch keeps.
pub fn anchors(codes: &[u32], grain: Grain) -> Vec<(u32, u32)> {
    let (mut all, mut out) = (Vec::with_capacity(codes.len()), Vec::new());
    rolling(codes, grain.far, |hash| all.push(hash));
    winnowed(&all, grain.window, |at, hash| out.push((hash, at as u32)));
    out
}

/// Gives `take` the lowest hash of every window with its place, each once; of a shorter list its lowest.
fn winnowed(hashes: &[u32], window: usize, mut take: impl FnMut(usize, u32)) {
    let window = window.min(hashes.len()).max(1);
    let mut lowest: Option<(usize, u32)> = None;
    for (end, &hash) in hashes.iter().enumerate().skip(window - 1) {
        let start = end + 1 - window;
        let next = match lowest {
            Some((at, low)) if at >= start => {
                if hash > low {
                    continue;
                }
                (end, hash)
            }
            _ => {
                let all = hashes.iter().enumerate().take(end + 1).skip(start);
                // The last of equals, which stays lowest the longest.
                let Some((at, low)) = all.reduce(|a, b| if b.1 <= a.1 { b } else { a }) else { return };
                (at, *low)
            }
        };
        lowest = Some(next);
        take(next.0, next.1);
    }
}

/// An odd number without pattern, to multiply with (Knuth, TAOCP 6.4: 2^64 / φ).
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

/// Gives `take` the hash of every run of `length` characters (Karp and Rabin, 1987).
#[inline]
fn rolling(codes: &[u32], length: usize, mut take: impl FnMut(u32)) {
    let Some(head) = codes.get(..length) else { return };
    let leaving = (0..length).fold(1u64, |power, _| power.wrapping_mul(BASE));
    let mut hash = head.iter().fold(0u64, |hash, c| hash.wrapping_mul(BASE).wrapping_add(u64::from(*c) + 1));
    take(mixed(hash));
    for (old, new) in codes.iter().zip(codes.iter().skip(length)) {
        let gone = (u64::from(*old) + 1).wrapping_mul(leaving);
        hash = hash.wrapping_mul(BASE).wrapping_add(u64::from(*new) + 1).wrapping_sub(gone);
        take(mixed(hash));
    }
}

#[inline]
const fn mixed(hash: u64) -> u32 {
    let hash = (hash ^ (hash >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    (hash >> 32) as u32
}

/// The sum of the hashes of the numbers of a folded text: the same whatever their order.
pub fn numbers(codes: &[u32]) -> u32 {
    let (mut sum, mut number) = (0u32, 0u64);
    for &code in codes {
        if is_digit(code) {
            number = (number ^ u64::from(code)).wrapping_mul(BASE);
        } else if number != 0 {
            sum = sum.wrapping_add(mixed(number) | 1);
            number = 0;
        }
    }
    if number != 0 { sum.wrapping_add(mixed(number) | 1) } else { sum }
}

/// Whether a folded character is a digit.
#[inline]
pub fn is_digit(code: u32) -> bool {
    code.wrapping_sub(0x30) < 10 || code >= 0x660 && char::from_u32(code).is_some_and(is_other_digit)
}

#[inline]
fn is_other_digit(c: char) -> bool {
    matches!(c, '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}' | '\u{966}'..='\u{96f}' | '\u{9e6}'..='\u{9ef}' | '\u{e50}'..='\u{e59}')
}

#[cfg(test)]
mod tests {
    use super::{DENSE, SPARSE, Samples, Sketcher, anchors, grain};
    use crate::text::fold::fold;

    fn sketch(text: &str) -> (Vec<u32>, Vec<u32>, u32) {
        let folded = fold(text);
        let mut sketcher = Sketcher::default();
        let (near, far, numbers) = sketcher.sketch(&folded.text, folded.chars, Samples { near: true, far: true });
        (near.to_vec(), far.to_vec(), numbers)
    }

    #[test]
    fn an_edited_passage_shares_samples() {
        let a = sketch("The council adopted the new rules on the storage of grain in the early spring of that year.").0;
        let b = sketch("The city council adopted some rules on storage of grain early in the spring of that year.").0;
        assert!(a.iter().filter(|hash| b.contains(hash)).count() >= 2);
    }

    #[test]
    fn a_stretch_in_common_shares_a_long_one() {
        let inner = "which is why the harbour was closed to every ship that came from the south";
        let a = sketch(&format!("Nobody knew how the fever had come, {inner}, until winter.")).1;
        let b = sketch(&format!("In the archive there is a note of the mayor, {inner}; it bears no date.")).1;
        assert!(a.iter().any(|hash| b.contains(hash)));
    }

    #[test]
    fn numbers_are_compared_whatever_their_order() {
        assert_eq!(sketch("12 of 40").2, sketch("40, and 12").2);
        assert_ne!(sketch("12 of 40").2, sketch("12 of 41").2);
        assert_ne!(sketch("1.5").2, sketch("15").2);
        assert_eq!(sketch("none").2, 0);
    }

    #[test]
    fn anchors_are_what_is_kept() {
        let text = "Nobody knew how the fever had come, which is why the harbour was closed to every ship for a year.";
        let codes: Vec<u32> = std::str::from_utf8(&fold(text).text).unwrap().chars().map(u32::from).collect();
        let hashes: Vec<u32> = anchors(&codes, grain(&codes)).iter().map(|(hash, _)| *hash).collect();
        assert_eq!(hashes, sketch(text).1);
        assert_eq!((grain(&codes), grain(&[0x6cd5, 0x5f8b])), (SPARSE, DENSE));
    }

    #[test]
    fn a_letter_that_goes_on_and_on_has_one_sample() {
        let (near, far, _) = sketch(&"a".repeat(10_000));
        assert!(near.len() <= 1 && far.len() == 1);
    }
}
