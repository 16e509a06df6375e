//! What a tagger of names has learnt: the weights of its features, and what it holds single words for.
//!
//! A linear-chain conditional random field (Lafferty, McCallum, Pereira 2001) for each of person, place and organization, over the labels
//! outside, begins, inside. Features are known by a hash only; two bytes of it stand beside its weights, so that what was not learnt mostly adds
//! nothing. Both tables are made by `tools/tagger`, which says from which texts.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::super::table::RuleError;

/// What a tagger tells apart, in the order of its weights.
pub const KINDS: usize = 3;
/// Weights of a feature: `begins` and `inside` of each kind.
pub const LANES: usize = 2 * KINDS;
/// Bytes of a feature: its weights and its check.
const ROW: usize = LANES + 2;
/// Features that share a place in the table, one of which is looked for.
const BUCKET: usize = 4;
/// The weight 1.0 as a number in a row.
pub const ONE: f32 = 24.0;

/// The first bytes of a table of weights.
const WEIGHTS: [u8; 4] = *b"RTW1";
/// The first bytes of a table of words.
const WORDS: [u8; 4] = *b"RTN1";

/// Scores of a step from one label to the next, by kind; labels are outside, begins, inside.
pub type Steps = [[[i32; 3]; 3]; KINDS];

/// A tagger of one language.
#[derive(Debug, Default)]
pub struct Tagger {
    /// Buckets of rows of weights; a power of two of them.
    rows: Cow<'static, [u8]>,
    shift: u32,
    /// For each bucket a word of bits, one of which is set for each feature in it: most features are in none, and this is smaller by far.
    marks: OnceLock<Vec<u32>>,
    steps: Steps,
    words: Words,
}

/// The weights of a tagger, to be added up.
#[derive(Clone, Copy, Debug)]
pub struct Weights<'t> {
    rows: &'t [[u8; ROW * BUCKET]],
    marks: &'t [u32],
    shift: u32,
}

/// What single words are mostly names of: slots of two bytes to check the word and one that says it.
#[derive(Debug, Default)]
struct Words {
    slots: Cow<'static, [u8]>,
    shift: u32,
}

/// Bytes before the rows: the mark, the power of two, the steps.
const HEAD: usize = 4 + 1 + KINDS * 9 * 2;
const SLOT: usize = 3;

impl Tagger {
    /// Reads the two tables.
    ///
    /// # Errors
    /// Where one of them is no such table.
    pub fn read(name: &str, weights: Cow<'static, [u8]>, words: Cow<'static, [u8]>) -> Result<Self, RuleError> {
        let wrong = || RuleError { file: name.to_owned(), line: 0, what: "not a table of the tagger".to_owned() };
        if weights.get(..4) != Some(&WEIGHTS) || words.get(..4) != Some(&WORDS) {
            return Err(wrong());
        }
        let (Some(&power), Some(&slots)) = (weights.get(4), words.get(4)) else { return Err(wrong()) };
        if power > 24
            || slots > 24
            || weights.len() != HEAD + ((ROW * BUCKET) << power)
            || words.len() != 5 + (SLOT << slots)
        {
            return Err(wrong());
        }
        let mut steps = Steps::default();
        let numbers = weights.get(5..HEAD).unwrap_or_default().chunks_exact(2);
        for (step, number) in steps.iter_mut().flatten().flatten().zip(numbers) {
            *step = number.try_into().map_or(0, |two| i32::from(i16::from_le_bytes(two)));
        }
        Ok(Self {
            rows: tail(weights, HEAD),
            shift: 64 - u32::from(power),
            marks: OnceLock::new(),
            steps,
            words: Words { slots: tail(words, 5), shift: 64 - u32::from(slots) },
        })
    }

    /// Whether it has learnt nothing.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Its weights.
    pub fn weights(&self) -> Weights<'_> {
        let (rows, _) = self.rows.as_chunks();
        let marks = self.marks.get_or_init(|| rows.iter().map(marked).collect());
        Weights { rows, marks, shift: self.shift }
    }

    /// The scores of steps between labels.
    pub const fn steps(&self) -> &Steps {
        &self.steps
    }

    /// What the word is mostly a name of, as two bits each for person, place, organization, and in the last two how common it is; `None` where the word is not known.
    #[inline]
    pub fn word(&self, hash: u64) -> Option<u8> {
        self.words.get(hash)
    }
}

impl Weights<'_> {
    /// The sums of the weights of `features`, of which those stay that may have any.
    #[inline]
    pub fn sums(&self, features: &mut Vec<u64>) -> [i32; LANES] {
        // Which have some is as good as chance, so it is counted and not branched on.
        let mut kept = 0;
        for at in 0..features.len() {
            let Some(&feature) = features.get(at) else { break };
            let marks = self.marks.get(row_of(feature, self.shift)).copied().unwrap_or_default();
            if let Some(slot) = features.get_mut(kept) {
                *slot = feature;
            }
            kept += usize::from(marks & mark_of(check_of(feature)) != 0);
        }
        features.truncate(kept);
        // A hundred features or so of at most 127 each; the lanes of the check are nobody's.
        let mut sums = [0i16; ROW];
        for feature in features {
            let row = self.row(*feature);
            for (sum, weight) in sums.iter_mut().zip(&row) {
                *sum = sum.wrapping_add(i16::from(weight.cast_signed()));
            }
        }
        let mut out = [0; LANES];
        for (sum, lane) in out.iter_mut().zip(sums) {
            *sum = i32::from(lane);
        }
        out
    }

    /// The row of a feature; zeros where it has none.
    #[inline]
    fn row(&self, feature: u64) -> [u8; ROW] {
        let Some(bucket) = self.rows.get(row_of(feature, self.shift)) else { return [0; ROW] };
        let check = u64::from(check_of(feature));
        let (rows, _) = bucket.as_chunks::<ROW>();
        let one = |row: &[u8; ROW]| {
            let row = u64::from_le_bytes(*row);
            if row >> (8 * LANES) == check { row } else { 0 }
        };
        // One of them at most is the feature's.
        rows.iter().fold(0, |found, row| found | one(row)).to_le_bytes()
    }
}

/// The bits of the features in a bucket.
fn marked(bucket: &[u8; ROW * BUCKET]) -> u32 {
    let (rows, _) = bucket.as_chunks::<ROW>();
    rows.iter().copied().map(check_in).filter(|check| *check != 0).fold(0, |marks, check| marks | mark_of(check))
}

/// The check of a row, which are its last two bytes.
const fn check_in(row: [u8; ROW]) -> u16 {
    (u64::from_le_bytes(row) >> (8 * LANES)) as u16
}

/// The bit of a feature among those of its bucket.
const fn mark_of(check: u16) -> u32 {
    1 << (check & 31)
}

/// The row of a feature.
#[inline]
pub const fn row_of(feature: u64, shift: u32) -> usize {
    if shift >= 64 { 0 } else { (feature >> shift) as usize }
}

/// What follows the first `from` bytes.
fn tail(bytes: Cow<'static, [u8]>, from: usize) -> Cow<'static, [u8]> {
    match bytes {
        Cow::Borrowed(bytes) => Cow::Borrowed(bytes.get(from..).unwrap_or_default()),
        Cow::Owned(mut bytes) => Cow::Owned(bytes.split_off(from.min(bytes.len()))),
    }
}

impl Words {
    #[inline]
    fn get(&self, hash: u64) -> Option<u8> {
        let count = self.slots.len() / SLOT;
        if count == 0 {
            return None;
        }
        let check = check_of(hash).to_le_bytes();
        let mut place = row_of(hash, self.shift);
        // A table is never full; the bound is for one that is malformed.
        for _ in 0..64 {
            match self.slots.get(place * SLOT..(place + 1) * SLOT)? {
                [0, 0, _] => return None,
                [low, high, what] if [*low, *high] == check => return Some(*what),
                _ => place = (place + 1) % count,
            }
        }
        None
    }
}

/// The two bytes by which a place tells what it is of; never zero, which is an empty place.
#[inline]
const fn check_of(hash: u64) -> u16 {
    let check = hash as u16;
    if check == 0 { 1 } else { check }
}

/// Makes a table of words with `1 << power` slots.
pub fn write_words(words: &[(u64, u8)], power: u8) -> Vec<u8> {
    let count = 1usize << power;
    let mut slots = vec![0u8; SLOT * count];
    for (hash, what) in words {
        let check = check_of(*hash).to_le_bytes();
        let mut place = row_of(*hash, 64 - u32::from(power));
        for _ in 0..64 {
            let Some(slot) = slots.get_mut(place * SLOT..(place + 1) * SLOT) else { break };
            if slot.starts_with(&[0, 0]) || slot.starts_with(&check) {
                slot.copy_from_slice(&[check[0], check[1], *what]);
                break;
            }
            place = (place + 1) % count;
        }
    }
    let mut out = WORDS.to_vec();
    out.push(power);
    out.extend(slots);
    out
}

/// Makes a table with `1 << power` buckets of features with their weights, the most important first, and of the scores of steps. Features that
/// find no place are left out; how many is said.
pub fn write_weights(features: &[(u64, [f32; LANES])], power: u8, steps: &[[[f32; 3]; 3]; KINDS]) -> (Vec<u8>, usize) {
    let mut rows = vec![0u8; (ROW * BUCKET) << power];
    let mut lost = 0;
    for (feature, weights) in features {
        let check = check_of(*feature).to_le_bytes();
        let at = row_of(*feature, 64 - u32::from(power)) * (ROW * BUCKET);
        let bucket = rows.get_mut(at..at + ROW * BUCKET).unwrap_or_default();
        let free = bucket.chunks_exact_mut(ROW).find(|row| row.ends_with(&[0, 0]) || row.ends_with(&check));
        match free {
            Some(row) if row.ends_with(&[0, 0]) => {
                let bytes = weights.iter().map(|w| ((w * ONE).round().clamp(-127.0, 127.0) as i8).cast_unsigned());
                for (place, byte) in row.iter_mut().zip(bytes.chain(check)) {
                    *place = byte;
                }
            }
            _ => lost += 1,
        }
    }
    let mut out = WEIGHTS.to_vec();
    out.push(power);
    for step in steps.iter().flatten().flatten() {
        out.extend(((step * ONE).round() as i16).to_le_bytes());
    }
    out.extend(rows);
    (out, lost)
}

#[cfg(test)]
mod tests {
    use super::{KINDS, Tagger, write_weights, write_words};
    use crate::rules::entity::token::hash;

    #[test]
    fn what_is_written_is_read() {
        let features = [(3 << 60 | 7, [1.0, -1.0, 0.5, 0.0, 0.0, 100.0])];
        let mut steps = [[[0.0; 3]; 3]; KINDS];
        steps[1][0][2] = -2.0;
        let words = write_words(&[(hash("лондон"), 12), (hash("иван"), 3)], 4);
        let (weights, lost) = write_weights(&features, 4, &steps);
        assert_eq!(lost, 0);
        let tagger = Tagger::read("test", weights.into(), words.into()).unwrap();
        let mut features = vec![3 << 60 | 7, 3 << 60 | 8, 1 << 50];
        let sums = tagger.weights().sums(&mut features);
        assert_eq!(features, [3 << 60 | 7]);
        assert_eq!(sums, [24, -24, 12, 0, 0, 127]);
        assert_eq!(tagger.steps()[1][0][2], -48);
        assert_eq!(tagger.word(hash("лондон")), Some(12));
        assert_eq!(tagger.word(hash("река")), None);
    }

    #[test]
    fn what_is_no_table_is_refused() {
        Tagger::read("test", vec![1, 2, 3].into(), Vec::new().into()).unwrap_err();
        Tagger::read("test", b"RTW1\x08".to_vec().into(), write_words(&[], 2).into()).unwrap_err();
    }
}
