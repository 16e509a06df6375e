//! A closer look at a block, cheaper than a search for all cue phrases: whether a word in it begins as one of them does.

/// The beginnings that are told apart, in bytes, longest first; a phrase is known by the longest that it fills.
const WIDTHS: [u32; 5] = [16, 12, 8, 6, 4];
/// The least of them, by which most words are refused at once.
const GATE: u32 = 4;
/// Bits of a set: so many that few are taken by chance.
const BITS: usize = 1 << 16;

/// Beginnings of phrases in normalised text. It may say yes where there is no phrase, and never says no where there is one.
#[derive(Debug)]
pub(super) struct Heads {
    anywhere: Set,
    at_start: Set,
}

/// A set of beginnings (a Bloom filter).
#[derive(Debug)]
struct Set {
    bits: Vec<u64>,
    /// Whether a beginning stands where there is this byte: a blank, or the first byte of a character of a script without blanks.
    leads: [bool; 256],
    /// The lengths of phrases that are shorter than any of [`WIDTHS`].
    short: Vec<u32>,
}

impl Heads {
    /// Nothing.
    pub(super) fn new() -> Self {
        Self { anywhere: Set::new(), at_start: Set::new() }
    }

    /// Takes in a pattern that may stand anywhere.
    pub(super) fn add(&mut self, pattern: &str) {
        self.anywhere.add(pattern.as_bytes());
    }

    /// Takes in a pattern that counts at the beginning of a block only.
    pub(super) fn add_at_start(&mut self, pattern: &str) {
        self.at_start.add(pattern.as_bytes());
    }

    /// Whether one of the patterns may be in `normal`.
    pub(super) fn may_be_in(&self, normal: &[u8]) -> bool {
        (0..2).any(|at| self.at_start.may_be_at(normal, at))
            || (0..normal.len()).any(|at| self.anywhere.may_be_at(normal, at))
    }
}

impl Set {
    fn new() -> Self {
        Self { bits: vec![0; BITS / 64], leads: [false; 256], short: Vec::new() }
    }

    fn add(&mut self, pattern: &[u8]) {
        let lead = pattern.first().copied().unwrap_or_default();
        let head = pattern.strip_prefix(b" ").unwrap_or(pattern);
        if let Some(slot) = self.leads.get_mut(usize::from(lead)) {
            *slot = true;
        }
        let value = load(head, 0);
        if let Some(&width) = WIDTHS.iter().find(|&&width| head.len() >= width as usize) {
            self.set(place(value, GATE, 0));
            self.set(place(value, width, width));
        } else {
            let width = head.len() as u32;
            self.set(place(value, width, width));
            if !self.short.contains(&width) {
                self.short.push(width);
            }
        }
    }

    fn set(&mut self, place: usize) {
        if let Some(word) = self.bits.get_mut(place / 64) {
            *word |= 1 << (place % 64);
        }
    }

    #[inline]
    fn may_be_at(&self, normal: &[u8], at: usize) -> bool {
        let lead = normal.get(at).copied().unwrap_or_default();
        if !self.leads.get(usize::from(lead)).copied().unwrap_or_default() {
            return false;
        }
        let value = load(normal, at + usize::from(lead == b' '));
        let known = |&width: &u32| self.has(place(value, width, width));
        self.short.iter().any(known) || self.has(place(value, GATE, 0)) && WIDTHS.iter().any(known)
    }

    #[inline]
    fn has(&self, place: usize) -> bool {
        self.bits.get(place / 64).is_some_and(|word| word >> (place % 64) & 1 == 1)
    }
}

/// Sixteen bytes from `at`, the first one lowest, zeros where there are no more.
#[inline]
fn load(bytes: &[u8], at: usize) -> u128 {
    let rest = bytes.get(at..).unwrap_or_default();
    match rest.first_chunk() {
        Some(chunk) => u128::from_le_bytes(*chunk),
        None => rest.iter().rev().fold(0, |value, &b| value << 8 | u128::from(b)),
    }
}

/// The bit for the first `width` bytes of `value`; `kind` keeps beginnings of one kind apart from those of another.
#[inline]
fn place(value: u128, width: u32, kind: u32) -> usize {
    let head = value.checked_shl(128 - 8 * width).unwrap_or_default();
    let mixed = (head as u64).wrapping_mul(0xff51_afd7_ed55_8ccd) ^ (head >> 64) as u64 ^ u64::from(kind);
    (mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 48) as usize % BITS
}

#[cfg(test)]
mod tests {
    use super::Heads;

    #[test]
    fn what_is_there_is_never_missed() {
        let mut heads = Heads::new();
        heads.add(" terms of use");
        heads.add("版权");
        heads.add_at_start(" share:");
        for normal in [" our terms of use ", " 本站版权 ", " share: now ", ": share: "] {
            assert!(heads.may_be_in(normal.as_bytes()), "{normal}");
        }
        for normal in [" the termites ", " terms on ", " do share: ", " 本站 ", " ", ""] {
            assert!(!heads.may_be_in(normal.as_bytes()), "{normal}");
        }
        heads.add(" ad ");
        assert!(heads.may_be_in(b" an ad "));
        assert!(!heads.may_be_in(b" any text "));
    }
}
