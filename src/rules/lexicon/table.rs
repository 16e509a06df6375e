//! A table of a model file: hashes and what each is worth, read where it lies, without a step of loading.

/// The values of hashes: `tools/models/src/table.rs` describes the layout and writes it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Table {
    bits: u32,
    /// Where each bucket begins, u16 each.
    starts: &'static [u8],
    /// The lowest 16 bits of each hash, u16 each.
    prints: &'static [u8],
    values: &'static [u8],
}

impl Table {
    /// The table at the beginning of `bytes`, and what follows it. `None` where this is no table.
    pub(super) fn read(bytes: &'static [u8]) -> Option<(Self, &'static [u8])> {
        let (bits, rest) = number(bytes)?;
        let (entries, rest) = number(rest)?;
        if !(1..=24).contains(&bits) {
            return None;
        }
        let (starts, rest) = rest.split_at_checked(2 * ((1usize << bits) + 1))?;
        let (prints, rest) = rest.split_at_checked(2 * entries as usize)?;
        let (values, rest) = rest.split_at_checked(entries as usize)?;
        Some((Self { bits, starts, prints, values }, rest))
    }

    /// The value of a hash.
    #[inline]
    pub(super) fn get(&self, hash: u64) -> Option<u8> {
        let bucket = (hash >> (64 - self.bits)) as usize;
        let edges = self.starts.get(2 * bucket..2 * bucket + 4)?;
        let &[a, b, c, d] = edges else { return None };
        let (start, end) = (usize::from(u16::from_le_bytes([a, b])), usize::from(u16::from_le_bytes([c, d])));
        let wanted = (hash as u16).to_le_bytes();
        let found = self.prints.get(2 * start..2 * end)?.chunks_exact(2).position(|print| print == wanted)?;
        self.values.get(start + found).copied()
    }

    /// How many hashes it has.
    pub(super) const fn len(&self) -> usize {
        self.values.len()
    }
}

fn number(bytes: &'static [u8]) -> Option<(u32, &'static [u8])> {
    let (head, rest) = bytes.split_first_chunk::<4>()?;
    Some((u32::from_le_bytes(*head), rest))
}
