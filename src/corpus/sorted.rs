//! A sorted run of hashes and numbers on the disk. A hash leads to a small part of the file at once, because hashes are spread evenly; a filter in
//! memory tells most of those that are not there (Bloom, "Space/time trade-offs in hash coding with allowable errors", 1970, in blocks of a word).

use super::disk::{Disk, File};

/// Entries that a part has, about: they are read together.
const PART: usize = 32;
/// Bytes of an entry.
const WIDTH: usize = 8;
/// Entries that are written, or read to be merged, together.
const TOGETHER: usize = 1 << 13;

/// Entries in order: a hash in the high half, a number in the low one.
#[derive(Debug)]
pub(super) struct Run {
    file: File,
    len: usize,
    /// The number of the first entry of each part; hashes with the same high bits make a part.
    starts: Vec<u32>,
    /// Bits of a hash that do not count for its part.
    shift: u32,
    filter: Filter,
    buffer: Vec<u8>,
}

impl Run {
    /// Merges runs and what is new, which comes in order and is younger; these are `len` entries. `bits` says how large the filter is, for an entry.
    pub(super) fn new(
        disk: &Disk,
        len: usize,
        bits: u32,
        mut old: Vec<Self>,
        fresh: impl Iterator<Item = u64>,
    ) -> Self {
        // To be merged they are read from end to end, and need no memory to be searched.
        for run in &mut old {
            run.starts = Vec::new();
            run.filter = Filter::new(0, 0);
        }
        let parts = (len / PART).max(1).next_power_of_two().ilog2();
        let shift = 32 - parts;
        let mut run = Self {
            file: disk.file(),
            len: 0,
            starts: Vec::with_capacity((1 << parts) + 1),
            shift,
            filter: Filter::new(len, bits),
            buffer: Vec::new(),
        };
        let mut out = Vec::with_capacity(TOGETHER * WIDTH);
        let mut old: Vec<_> = old.iter_mut().map(|run| run.entries().peekable()).collect();
        let mut fresh = fresh.peekable();
        loop {
            let first =
                old.iter_mut().enumerate().filter_map(|(index, run)| run.peek().map(|entry| (*entry, index))).min();
            let entry = match (first, fresh.peek()) {
                (Some((entry, index)), young) if young.is_none_or(|young| entry < *young) => {
                    old.get_mut(index).and_then(Iterator::next)
                }
                _ => fresh.next(),
            };
            let Some(entry) = entry else { break };
            run.note((entry >> 32) as u32);
            out.extend_from_slice(&entry.to_le_bytes());
            if out.len() == TOGETHER * WIDTH {
                run.append(&mut out);
            }
        }
        run.append(&mut out);
        run.starts.resize((1 << parts) + 1, run.len as u32);
        run
    }

    /// Takes the next entry, by its hash.
    fn note(&mut self, hash: u32) {
        let part = u64::from(hash) >> self.shift;
        while self.starts.len() as u64 <= part {
            self.starts.push(self.len as u32);
        }
        self.filter.add(hash);
        self.len += 1;
    }

    fn append(&mut self, out: &mut Vec<u8>) {
        if !out.is_empty() {
            self.file.write((self.len * WIDTH - out.len()) as u64, out);
            out.clear();
        }
    }

    /// Gives `take` the numbers under `hash`, in order.
    pub(super) fn get(&mut self, hash: u32, mut take: impl FnMut(u32)) {
        if !self.filter.may_have(hash) {
            return;
        }
        let part = (u64::from(hash) >> self.shift) as usize;
        let Some(&[from, to]) = self.starts.get(part..part + 2).and_then(<[u32]>::first_chunk) else { return };
        self.buffer.resize((to - from) as usize * WIDTH, 0);
        if !self.file.read(u64::from(from) * WIDTH as u64, &mut self.buffer) {
            return;
        }
        for entry in numbers(&self.buffer) {
            if (entry >> 32) as u32 == hash {
                take(entry as u32);
            }
        }
    }

    /// How many entries there are.
    pub(super) const fn len(&self) -> usize {
        self.len
    }

    /// Bytes of memory that it takes.
    pub(super) fn kept(&self) -> usize {
        self.starts.len() * size_of::<u32>() + self.filter.words.len() * size_of::<u64>()
    }

    /// All entries, in order.
    fn entries(&mut self) -> impl Iterator<Item = u64> {
        let mut at = 0;
        let (len, file) = (self.len, &mut self.file);
        std::iter::from_fn(move || {
            let count = (len - at).min(TOGETHER);
            let mut bytes = vec![0; count * WIDTH];
            if count == 0 || !file.read((at * WIDTH) as u64, &mut bytes) {
                return None;
            }
            at += count;
            Some(numbers(&bytes).collect::<Vec<u64>>())
        })
        .flatten()
    }
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u64> {
    bytes.chunks_exact(WIDTH).filter_map(|entry| entry.try_into().ok().map(u64::from_le_bytes))
}

/// A set of hashes that may hold more than were added.
#[derive(Debug)]
struct Filter {
    words: Vec<u64>,
    /// Bits that are set for a hash, all in one word.
    set: u32,
}

impl Filter {
    fn new(len: usize, bits: u32) -> Self {
        Self { words: vec![0; (len * bits as usize).div_ceil(64).max(1)], set: (bits / 2).clamp(1, 4) }
    }

    /// The word of a hash, and its bits there.
    fn place(&self, hash: u32) -> (usize, u64) {
        // Another spread than that of the parts, so that neighbours do not share a word.
        let mixed = (u64::from(hash) ^ 0x5bd1_e995).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mixed = (mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let word = ((mixed >> 32) * self.words.len() as u64) >> 32;
        let bits = (0..self.set).fold(0, |bits, n| bits | 1 << ((mixed >> (6 * n)) & 63));
        (word as usize, bits)
    }

    fn add(&mut self, hash: u32) {
        let (word, bits) = self.place(hash);
        if let Some(word) = self.words.get_mut(word) {
            *word |= bits;
        }
    }

    fn may_have(&self, hash: u32) -> bool {
        let (word, bits) = self.place(hash);
        self.words.get(word).is_some_and(|word| word & bits == bits)
    }
}
