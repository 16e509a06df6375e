//! The trigger words of one language, found at a given place of a text.

/// A spelling of a trigger word.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stem {
    pub(super) text: String,
    /// The end of a compound, so that letters may stand before it.
    pub(super) suffix: bool,
}

/// The trigger words of a language, sorted; and which bytes they begin with, which nearly always tells that none stands at a place.
#[derive(Debug, Default)]
pub struct Stems {
    sorted: Vec<Stem>,
    // Of every stem, the longest other one that it begins with.
    shorter: Vec<Option<u32>>,
    // Bits at the hashes of the first bytes of stems.
    bits: Vec<u64>,
    // How many bytes are hashed, for stems of so many bytes and more.
    heads: Vec<u32>,
    has_suffixes: bool,
    // Bits at the hashes of the letters that stems begin with, up to the first other character.
    runs: Vec<u64>,
}

/// Stems are told apart by so many of their first bytes.
const HEADS: [usize; 5] = [6, 4, 3, 2, 1];
const BITS: u32 = 15;

impl Stems {
    /// Sorts the stems and marks what they begin with.
    pub(super) fn new(mut stems: Vec<Stem>) -> Self {
        stems.sort_unstable();
        stems.dedup_by(|later, first| {
            later.text == first.text && {
                first.suffix |= later.suffix;
                true
            }
        });
        let mut out = Self { has_suffixes: stems.iter().any(|stem| stem.suffix), ..Self::default() };
        if !stems.is_empty() {
            out.bits = vec![0; 1 << (BITS - 6)];
            out.runs = vec![0; 1 << (BITS - 6)];
        }
        let mut open: Vec<u32> = Vec::new();
        for (number, stem) in stems.iter().enumerate() {
            let begins = |n: &u32| stems.get(*n as usize).is_some_and(|other| stem.text.starts_with(&other.text));
            while open.pop_if(|last| !begins(last)).is_some() {}
            out.shorter.push(open.last().copied());
            open.push(number as u32);
            let run = stem.text.bytes().take_while(|b| b.is_ascii_alphabetic() || *b == b'_').count();
            let (word, bit) = place_of_run(head(stem.text.as_bytes(), 0), run);
            if let Some(bits) = out.runs.get_mut(word) {
                *bits |= bit;
            }
            let Some(len) = HEADS.into_iter().find(|len| *len <= stem.text.len()) else { continue };
            let len = len as u32;
            if !out.heads.contains(&len) {
                out.heads.push(len);
            }
            let (word, bit) = place(head(stem.text.as_bytes(), 0), len);
            if let Some(bits) = out.bits.get_mut(word) {
                *bits |= bit;
            }
        }
        out.sorted = stems;
        out
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.sorted.is_empty()
    }

    /// Whether some may stand at the end of longer words.
    pub const fn has_suffixes(&self) -> bool {
        self.has_suffixes
    }

    /// Whether a stem may stand at `at`.
    #[inline]
    pub fn may_stand(&self, bytes: &[u8], at: usize) -> bool {
        let head = head(bytes, at);
        self.heads.iter().any(|len| {
            let (word, bit) = place(head, *len);
            self.bits.get(word).is_some_and(|bits| bits & bit != 0)
        })
    }

    /// Whether a stem may stand at `at`, where a word begins with `run` ASCII letters and then another character.
    #[inline]
    pub fn may_begin(&self, bytes: &[u8], at: usize, run: usize) -> bool {
        let (word, bit) = place_of_run(head(bytes, at), run);
        self.runs.get(word).is_some_and(|bits| bits & bit != 0)
    }

    /// The longest stem at the beginning of `rest`: its length, and whether letters may stand before it.
    pub fn longest(&self, rest: &[u8]) -> Option<(usize, bool)> {
        // What comes last before the text in the order either is the longest or begins with it.
        let mut number = self.sorted.partition_point(|stem| stem.text.as_bytes() <= rest).checked_sub(1)?;
        loop {
            let stem = self.sorted.get(number)?;
            if rest.starts_with(stem.text.as_bytes()) {
                return Some((stem.text.len(), stem.suffix));
            }
            number = (*self.shorter.get(number)?)? as usize;
        }
    }
}

/// The eight bytes from `at` on, the first lowest; zeros behind the end.
#[inline]
fn head(bytes: &[u8], at: usize) -> u64 {
    let rest = bytes.get(at..).unwrap_or_default();
    if let Some(eight) = rest.first_chunk::<8>() {
        return u64::from_le_bytes(*eight);
    }
    rest.iter().rev().fold(0, |head, byte| head << 8 | u64::from(*byte))
}

/// The place of the first `len` bytes of `head` among the bits.
#[inline]
const fn place(head: u64, len: u32) -> (usize, u64) {
    let hash = (head << (64 - 8 * len)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - BITS);
    ((hash >> 6) as usize, 1 << (hash & 63))
}

/// The place of `run` letters among the bits.
#[inline]
const fn place_of_run(head: u64, run: usize) -> (usize, u64) {
    let known = if run >= 8 { head } else { head & !(u64::MAX << (8 * run)) };
    let hash = (known ^ (run as u64) << 56).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - BITS);
    ((hash >> 6) as usize, 1 << (hash & 63))
}

#[cfg(test)]
mod tests {
    use super::{Stem, Stems};

    #[test]
    fn the_longest_stem_is_found_past_others_that_stand_between() {
        let words = ["sun", "sunday", "sundays", "sunk", "мая", "a"];
        let stems = words.map(|text| Stem { text: text.to_owned(), suffix: text == "мая" });
        let stems = Stems::new(stems.to_vec());
        let longest = |text: &str| {
            assert_eq!(stems.longest(text.as_bytes()).is_none(), !stems.may_stand(text.as_bytes(), 0), "{text}");
            stems.longest(text.as_bytes())
        };
        assert_eq!(longest("sunday's"), Some((6, false)));
        assert_eq!(longest("sundial"), Some((3, false)));
        assert_eq!(longest("sunki"), Some((4, false)));
        assert_eq!(longest("мая"), Some((6, true)));
        assert_eq!(longest("ab"), Some((1, false)));
        assert_eq!(longest("zoo"), None);
    }
}
