//! Where sampled shingles were seen: a multimap from 32-bit hashes to numbers that only grows, at eight bytes a slot. What does not fit in memory
//! goes to sorted runs on the disk (O'Neil et al., "The log-structured merge-tree", 1996).

use super::disk::Disk;
use super::sorted::Run;

/// A slot that holds nothing.
const FREE: u64 = u64::MAX;
/// Slots at the start.
const FIRST: usize = 1 << 5;

/// Tables that the hashes are shared out among: only one of them is moved to more room at a time.
const SHARDS: usize = 256;
/// A run is merged with one that is less than so many times as long.
const RATIO: usize = 4;
/// Full lists of the disk that are remembered at most; a power of two.
const FULL: usize = 1 << 15;

/// Numbers under hashes.
#[derive(Debug)]
pub(super) struct Postings {
    shards: Vec<Shard>,
    /// Slots of all shards.
    slots: usize,
    /// What is on the disk, oldest first.
    runs: Vec<Run>,
    /// Hashes that were looked up last, in order, and how many numbers stand on the disk under each: what is looked up is mostly added next.
    recent: Vec<(u32, usize)>,
    /// The next of them to be added.
    next: usize,
    full: Full,
}

impl Default for Postings {
    fn default() -> Self {
        Self {
            shards: (0..SHARDS).map(|_| Shard::default()).collect(),
            slots: 0,
            runs: Vec::new(),
            recent: Vec::new(),
            next: 0,
            full: Full::default(),
        }
    }
}

impl Postings {
    /// Adds the numbers under `hash` to `found`, in the order they came.
    pub(super) fn get(&mut self, hash: u32, found: &mut Vec<u32>) {
        self.on_disk(hash, found);
        self.in_memory(hash, found);
    }

    /// Adds the numbers under each of these hashes, of which none has more than `most`, to `found`. To add a number under the same hashes is quick then.
    pub(super) fn get_all(&mut self, hashes: &[u32], most: usize, found: &mut Vec<u32>) {
        self.recent.clear();
        self.next = 0;
        self.touch(hashes);
        for &hash in hashes {
            let before = found.len();
            if !self.runs.is_empty() {
                self.full_or_on_disk(hash, most, found);
                self.recent.push((hash, found.len() - before));
            }
            self.in_memory(hash, found);
        }
    }

    /// Has all the places of the tables that hashes lead to brought from memory at once, not one after the other.
    fn touch(&self, hashes: &[u32]) {
        let first = |hash: &u32| {
            let (shard, hash) = shared_out(*hash);
            let shard = self.shards.get(shard)?;
            shard.slots.get(shard.place(hash)).copied()
        };
        std::hint::black_box(hashes.iter().filter_map(first).fold(0, |all, slot| all ^ slot));
    }

    fn full_or_on_disk(&mut self, hash: u32, most: usize, found: &mut Vec<u32>) {
        if let Some(numbers) = self.full.get(hash, most) {
            found.extend_from_slice(numbers);
            return;
        }
        let before = found.len();
        self.on_disk(hash, found);
        if let Some(numbers) = found.get(before..)
            && numbers.len() == most
        {
            self.full.put(hash, numbers);
        }
    }

    fn on_disk(&mut self, hash: u32, found: &mut Vec<u32>) {
        for run in &mut self.runs {
            run.get(spread(hash), |number| found.push(number));
        }
    }

    fn in_memory(&self, hash: u32, found: &mut Vec<u32>) {
        let (shard, hash) = shared_out(hash);
        if let Some(shard) = self.shards.get(shard) {
            shard.get(hash, found);
        }
    }

    /// Adds a number under `hash`, unless `most` stand there already.
    pub(super) fn insert(&mut self, hash: u32, number: u32, most: usize) {
        let before = match self.recent.get(self.next) {
            Some((looked_up, before)) if *looked_up == hash => *before,
            _ => {
                let mut before = 0;
                for run in &mut self.runs {
                    run.get(spread(hash), |_| before += 1);
                }
                before
            }
        };
        self.next += 1;
        if before < most {
            self.put(hash, number, most - before);
        }
    }

    /// Adds a number under `hash`.
    pub(super) fn add(&mut self, hash: u32, number: u32) {
        self.put(hash, number, usize::MAX);
    }

    fn put(&mut self, hash: u32, number: u32, most: usize) {
        let (shard, hash) = shared_out(hash);
        if let Some(shard) = self.shards.get_mut(shard) {
            let before = shard.slots.len();
            shard.insert(hash, number, most);
            self.slots += shard.slots.len() - before;
        }
    }

    /// Bytes of memory that can be freed by [`Postings::spill`].
    pub(super) const fn held(&self) -> usize {
        self.slots * size_of::<u64>()
    }

    /// Bytes of memory that stay with it.
    pub(super) fn kept(&self) -> usize {
        self.runs.iter().map(Run::kept).sum()
    }

    /// How many numbers are on the disk.
    pub(super) fn len(&self) -> usize {
        self.runs.iter().map(Run::len).sum()
    }

    /// Puts what is in memory on the disk. In memory stays a filter of so many bits for a number.
    pub(super) fn spill(&mut self, disk: &Disk, filter: u32) {
        let fresh: usize = self.shards.iter().map(|shard| shard.filled).sum();
        if fresh == 0 {
            return;
        }
        let (mut from, mut len) = (self.runs.len(), fresh);
        while let Some(run) = from.checked_sub(1).and_then(|before| self.runs.get(before))
            && run.len() < RATIO * len
        {
            len += run.len();
            from -= 1;
        }
        let old = self.runs.split_off(from);
        let fresh = self.shards.iter_mut().flat_map(|shard| {
            shard.slots.retain(|slot| *slot != FREE);
            // A table is in the order of its hashes already, or nearly so.
            shard.slots.sort_unstable();
            shard.filled = 0;
            let entry = |slot: u64| entry(((slot >> 32) as u32).rotate_right(SHARDS.ilog2()), slot as u32);
            // The room of the table stays, to be used again.
            shard.slots.drain(..).map(entry)
        });
        let run = Run::new(disk, len, filter, old, fresh);
        self.runs.push(run);
        self.recent.clear();
        self.slots = 0;
    }
}

/// Lists of the disk that are as long as they may get, so that they never change: those of the shingles that every other passage has.
#[derive(Debug, Default)]
struct Full {
    hashes: Vec<u32>,
    /// As many for each hash as a list has at most; [`u32::MAX`] where there is none.
    numbers: Vec<u32>,
}

impl Full {
    const fn place(hash: u32) -> usize {
        (spread(hash) >> (u32::BITS - FULL.ilog2())) as usize
    }

    fn get(&self, hash: u32, most: usize) -> Option<&[u32]> {
        let at = Self::place(hash);
        let numbers = self.numbers.get(at * most..(at + 1) * most)?;
        (self.hashes.get(at) == Some(&hash) && numbers.first() != Some(&u32::MAX)).then_some(numbers)
    }

    /// Remembers a list instead of what had its place.
    fn put(&mut self, hash: u32, numbers: &[u32]) {
        self.hashes.resize(FULL, 0);
        self.numbers.resize(FULL * numbers.len(), u32::MAX);
        let at = Self::place(hash);
        if let (Some(there), Some(list)) =
            (self.hashes.get_mut(at), self.numbers.get_mut(at * numbers.len()..(at + 1) * numbers.len()))
        {
            *there = hash;
            list.copy_from_slice(numbers);
        }
    }
}

/// The table of a hash, and the hash that it has there: the bits that tell the table come last, so that the others tell the place.
const fn shared_out(hash: u32) -> (usize, u32) {
    let hash = spread(hash).rotate_left(SHARDS.ilog2());
    (hash as usize % SHARDS, hash)
}

/// Part of the numbers under hashes. Slots are filled from where a hash falls when the table is as wide as all hashes, so a table grows by any factor
/// and its order is that of the hashes, but for what was pushed on.
#[derive(Debug, Default)]
struct Shard {
    slots: Vec<u64>,
    filled: usize,
}

impl Shard {
    fn get(&self, hash: u32, found: &mut Vec<u32>) {
        if self.slots.is_empty() {
            return;
        }
        let (before, from) = self.slots.split_at_checked(self.place(hash)).unwrap_or((&[], &[]));
        // Two loops, because one over both parts is slower at every step.
        for part in [from, before] {
            for &slot in part {
                if slot == FREE {
                    return;
                }
                if (slot >> 32) as u32 == hash {
                    found.push(slot as u32);
                }
            }
        }
    }

    fn insert(&mut self, hash: u32, number: u32, most: usize) {
        // No more than three quarters full, or the way to a free slot gets long.
        if (self.filled + 1) * 4 > self.slots.len() * 3 {
            self.grow();
        }
        let wanted = entry(hash, number);
        let mut at = self.place(hash);
        let mut same = 0;
        loop {
            let Some(slot) = self.slots.get_mut(at) else {
                at = 0;
                continue;
            };
            if *slot == FREE {
                *slot = wanted;
                self.filled += 1;
                return;
            }
            same += usize::from((*slot >> 32) as u32 == hash);
            if same >= most {
                return;
            }
            at += 1;
        }
    }

    fn place(&self, hash: u32) -> usize {
        ((u64::from(hash) * self.slots.len() as u64) >> 32) as usize
    }

    fn grow(&mut self) {
        let slots = (self.slots.len() * 5 / 4).max(FIRST);
        let old = self.slots.clone();
        self.slots.clear();
        self.slots.reserve_exact(slots);
        self.slots.resize(slots, FREE);
        self.filled = 0;
        // From a free slot on, so that what was pushed over the end comes last and the numbers of a hash keep their order.
        let from = old.iter().position(|slot| *slot == FREE).unwrap_or_default();
        let (before, after) = old.split_at_checked(from).unwrap_or((&[], &[]));
        for slot in after.iter().chain(before).filter(|slot| **slot != FREE) {
            let mut at = self.place((slot >> 32) as u32);
            while self.slots.get(at).is_some_and(|slot| *slot != FREE) {
                at += 1;
            }
            if at == self.slots.len() {
                at = self.slots.iter().position(|slot| *slot == FREE).unwrap_or_default();
            }
            if let Some(free) = self.slots.get_mut(at) {
                *free = *slot;
                self.filled += 1;
            }
        }
    }
}

/// Samples are the lowest hashes of many, so they lie close together; this spreads them out, each to a place of its own.
const fn spread(hash: u32) -> u32 {
    hash.wrapping_mul(0x9e37_79b1)
}

/// A hash and a number as one. The last number of all is never given, so that no entry looks free.
const fn entry(hash: u32, number: u32) -> u64 {
    ((hash as u64) << 32) | number as u64
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::Postings;
    use crate::corpus::disk::memory::disk;

    #[test]
    fn numbers_are_found_in_the_order_they_came_however_the_table_grew_and_wherever_it_is() {
        let disk = disk();
        // Hashes that lie close together, some of them often.
        let hash = |n: u32| if n.is_multiple_of(5) { n % 40 } else { n.wrapping_mul(2_654_435_761) >> 8 };
        for (often, filter) in [(u32::MAX, 10), (977, 10), (4001, 1), (331, 4)] {
            let (mut postings, mut slow) = (Postings::default(), BTreeMap::<u32, Vec<u32>>::new());
            for n in 0..20_000 {
                postings.insert(hash(n), n, 4);
                if n.is_multiple_of(3) {
                    let (mut found, wanted) = (Vec::new(), [hash(n + 1), hash(n + 2)]);
                    postings.get_all(&wanted, 4, &mut found);
                    assert_eq!(
                        found,
                        wanted.iter().filter_map(|hash| slow.get(hash)).flatten().copied().collect::<Vec<_>>()
                    );
                }
                let list = slow.entry(hash(n)).or_default();
                if list.len() < 4 {
                    list.push(n);
                }
                if n % often == often - 1 {
                    postings.spill(&disk, filter);
                    assert_eq!(postings.held(), 0);
                }
            }
            let mut found = |hash: u32| {
                let mut found = Vec::new();
                postings.get(hash, &mut found);
                found
            };
            for (hash, list) in slow {
                assert_eq!(found(hash), list);
            }
            assert!(found(0x7fff_1234).is_empty());
            assert!(postings.runs.len() <= 6, "{}", postings.runs.len());
        }
        assert!(disk.trouble().is_none());
    }

    #[test]
    fn an_empty_table_holds_nothing() {
        let mut found = Vec::new();
        Postings::default().get(7, &mut found);
        assert!(found.is_empty());
    }
}
