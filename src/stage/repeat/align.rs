//! How alike two folded texts are, and what stretches they have in common.

use super::sketch::{Grain, anchors, grain, numbers};

/// Texts up to this length are compared character by character; longer ones by the stretches they share.
const EXACTLY: usize = 4096;
/// Gaps up to so many characters are bridged where what lies on both sides of them is shared.
const BRIDGE: usize = 48;
/// A bridged stretch is shared to this share at least.
const SHARED: f32 = 0.8;
/// Runs that are looked back for one that holds an anchor.
const NEARBY: usize = 16;
/// A long shingle that comes more often than this in one of the texts leads nowhere.
const OFTEN: usize = 8;

/// A stretch that two texts have in common, letter for letter or but for small gaps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stretch {
    /// First and one past the last character in the one.
    pub here: [usize; 2],
    /// The same in the other.
    pub there: [usize; 2],
    /// Characters shared.
    pub shared: usize,
}

impl Stretch {
    /// The similarity of both sides: 1 where they are equal.
    pub fn similarity(&self) -> f32 {
        let both = (self.here[1] - self.here[0]) + (self.there[1] - self.there[0]);
        2.0 * self.shared as f32 / both.max(1) as f32
    }
}

/// Compares texts; holds the buffers for it.
#[derive(Debug, Default)]
pub struct Aligner {
    /// The number of each character of the pattern, by its lower 16 bits; 0 is none.
    ids: Vec<u16>,
    /// Where each character stands in the pattern, a row of words a character.
    masks: Vec<u64>,
    row: Vec<u64>,
}

impl Aligner {
    /// The share of characters that stand in both in the same order: twice the longest common subsequence by both lengths.
    pub fn similarity(&mut self, a: &[u32], b: &[u32]) -> f32 {
        let both = a.len() + b.len();
        if both == 0 {
            return 1.0;
        }
        let head = a.iter().zip(b).take_while(|(x, y)| x == y).count();
        let (a, b) = (a.get(head..).unwrap_or_default(), b.get(head..).unwrap_or_default());
        let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
        let (a, b) = (a.get(..a.len() - tail).unwrap_or_default(), b.get(..b.len() - tail).unwrap_or_default());
        let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
        let inner = if short.is_empty() {
            0
        } else if long.len() > EXACTLY {
            stretches(a, b, 0).iter().map(|s| s.shared).sum()
        } else {
            self.common(short, long)
        };
        2.0 * (head + tail + inner) as f32 / both as f32
    }

    /// The length of the longest common subsequence, 64 characters at a time (Hyyrö, "Bit-parallel LCS-length computation revisited", 2004).
    fn common(&mut self, pattern: &[u32], text: &[u32]) -> usize {
        let words = pattern.len().div_ceil(64);
        self.ids.resize(1 << 16, 0);
        self.masks.clear();
        self.masks.resize(words, 0);
        let mut distinct = 0u16;
        for (at, code) in pattern.iter().enumerate() {
            let Some(id) = self.ids.get_mut(*code as usize & 0xffff) else { continue };
            if *id == 0 {
                distinct += 1;
                *id = distinct;
                self.masks.resize(self.masks.len() + words, 0);
            }
            if let Some(word) = self.masks.get_mut(usize::from(*id) * words + at / 64) {
                *word |= 1 << (at % 64);
            }
        }
        self.row.clear();
        self.row.resize(words, u64::MAX);
        for code in text {
            let id = self.ids.get(*code as usize & 0xffff).copied().unwrap_or_default();
            if id == 0 {
                continue;
            }
            let from = usize::from(id) * words;
            let masks = self.masks.get(from..from + words).unwrap_or_default();
            let mut carry = false;
            for (word, mask) in self.row.iter_mut().zip(masks) {
                let (sum, over) = word.overflowing_add(*word & mask);
                let (sum, again) = sum.overflowing_add(u64::from(carry));
                carry = over || again;
                *word = sum | (*word & !mask);
            }
        }
        for code in pattern {
            if let Some(id) = self.ids.get_mut(*code as usize & 0xffff) {
                *id = 0;
            }
        }
        let zeros: u32 = self.row.iter().map(|word| word.count_zeros()).sum();
        // Beyond the pattern every bit stays one.
        zeros as usize
    }
}

/// The stretches that both texts share, each at least `least` characters long, in the order of `here`. Small gaps are bridged unless
/// numbers differ in them.
pub fn stretches(here: &[u32], there: &[u32], least: usize) -> Vec<Stretch> {
    let mut runs = runs(here, there, grain(here));
    runs.sort_unstable();
    let mut out: Vec<Stretch> = Vec::new();
    for run in runs {
        let joined = out.last().and_then(|last| join(last, &run, here, there));
        match (joined, out.last_mut()) {
            (Some(joined), Some(last)) => *last = joined,
            // What lies wholly within the stretch before it is said already.
            (None, Some(last)) if run.here[1] <= last.here[1] => {}
            _ => out.push(run),
        }
    }
    out.retain(|s| s.here[1] - s.here[0] >= least);
    out
}

/// Two stretches as one, where the gap between them is small and says no other numbers.
fn join(a: &Stretch, b: &Stretch, here: &[u32], there: &[u32]) -> Option<Stretch> {
    let gap_here = here.get(a.here[1]..b.here[0])?;
    let gap_there = there.get(a.there[1]..b.there[0])?;
    if gap_here.len() > BRIDGE || gap_there.len() > BRIDGE || numbers(gap_here) != numbers(gap_there) {
        return None;
    }
    let joined = Stretch { here: [a.here[0], b.here[1]], there: [a.there[0], b.there[1]], shared: a.shared + b.shared };
    (joined.similarity() >= SHARED).then_some(joined)
}

/// The longest equal runs around the long shingles that both texts keep.
fn runs(here: &[u32], there: &[u32], grain: Grain) -> Vec<Stretch> {
    let mut places = anchors(there, grain);
    places.sort_unstable();
    let mut out: Vec<Stretch> = Vec::new();
    for (hash, at) in anchors(here, grain) {
        let from = places.partition_point(|(other, _)| *other < hash);
        let list = places.get(from..).unwrap_or_default();
        let list = list.get(..list.partition_point(|(other, _)| *other == hash)).unwrap_or_default();
        if list.len() > OFTEN {
            continue;
        }
        for &(_, other) in list {
            let (x, y) = (at as usize, other as usize);
            // A run of the same diagonal that reaches as far as here was found by an anchor before; it is among the last.
            let within = |s: &&Stretch| s.here[1] > x && s.here[0] + y == s.there[0] + x;
            if out.iter().rev().take(NEARBY).any(|s| within(&s)) {
                continue;
            }
            let pair = (here.get(..x), there.get(..y), here.get(x..), there.get(y..));
            let (Some(left), Some(left_there), Some(right), Some(right_there)) = pair else { continue };
            let forward = right.iter().zip(right_there).take_while(|(a, b)| a == b).count();
            if forward < grain.far {
                continue;
            }
            let back = left.iter().rev().zip(left_there.iter().rev()).take_while(|(a, b)| a == b).count();
            out.push(Stretch { here: [x - back, x + forward], there: [y - back, y + forward], shared: back + forward });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Aligner, stretches};

    fn codes(text: &str) -> Vec<u32> {
        text.chars().map(u32::from).collect()
    }

    /// The textbook's table.
    fn slow(a: &[u32], b: &[u32]) -> usize {
        let mut row = vec![0; b.len() + 1];
        for x in a {
            let mut diagonal = 0;
            for (j, y) in b.iter().enumerate() {
                let above = row[j + 1];
                row[j + 1] = if x == y { diagonal + 1 } else { above.max(row[j]) };
                diagonal = above;
            }
        }
        row[b.len()]
    }

    #[test]
    fn the_fast_way_finds_what_the_slow_way_finds() {
        let mut aligner = Aligner::default();
        let mut state = 7u64;
        let mut text = |len: usize, letters: u64| -> Vec<u32> {
            (0..len)
                .map(|_| {
                    state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                    (97 + (state >> 33) % letters) as u32
                })
                .collect()
        };
        for len in [1, 5, 63, 64, 65, 128, 200, 300] {
            for letters in [2, 4, 26] {
                let (a, b) = (text(len, letters), text(len * 3 / 2 + 1, letters));
                assert_eq!(aligner.common(&a, &b), slow(&a, &b), "{len} {letters}");
            }
        }
    }

    #[test]
    #[expect(clippy::float_cmp, reason = "these are exact")]
    fn similarity_is_one_for_equals_and_falls_with_each_edit() {
        let mut aligner = Aligner::default();
        let mut of = |a: &str, b: &str| aligner.similarity(&codes(a), &codes(b));
        assert_eq!(of("harbour", "harbour"), 1.0);
        assert_eq!(of("", ""), 1.0);
        assert_eq!(of("abcd", "abxd"), 0.75);
        assert_eq!(of("abc", "xyz"), 0.0);
    }

    #[test]
    fn a_gap_is_bridged_unless_numbers_differ_in_it() {
        let [a, b] =
            ["thecouncilwillmeetagaininthetownhallonthesquare", "todecidewhatistobedonewiththeoldmillattheriver"];
        let here = codes(&format!("x{a}onmonday{b}yy"));
        let there = codes(&format!("{a}onatuesday{b}zzz"));
        let found = stretches(&here, &there, 30);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!((found[0].here, found[0].there[0]), ([1, here.len() - 2], 0));
        let there = codes(&format!("{a}onthe17th{b}zzz"));
        assert_eq!(stretches(&here, &there, 30).len(), 2);
    }
}
