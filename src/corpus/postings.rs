//! Where sampled shingles were seen: a multimap from 32-bit hashes to numbers that only grows, at eight bytes a slot.

/// A slot that holds nothing.
const FREE: u64 = u64::MAX;
/// Slots at the start.
const FIRST: usize = 1 << 5;

/// Tables that the hashes are shared out among: only one of them is moved to more room at a time.
const SHARDS: usize = 256;

/// Numbers under hashes.
#[derive(Debug)]
pub(super) struct Postings {
    shards: Vec<Shard>,
}

impl Default for Postings {
    fn default() -> Self {
        Self { shards: (0..SHARDS).map(|_| Shard::default()).collect() }
    }
}

impl Postings {
    /// Adds the numbers under `hash` to `found`, in the order they came.
    pub(super) fn get(&self, hash: u32, found: &mut Vec<u32>) {
        let (shard, hash) = shared_out(hash);
        if let Some(shard) = self.shards.get(shard) {
            shard.get(hash, found);
        }
    }

    /// Adds a number under `hash`, unless `most` stand there already.
    pub(super) fn insert(&mut self, hash: u32, number: u32, most: usize) {
        let (shard, hash) = shared_out(hash);
        if let Some(shard) = self.shards.get_mut(shard) {
            shard.insert(hash, number, most);
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
        let old = std::mem::replace(&mut self.slots, vec![FREE; slots]);
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
    use super::Postings;

    #[test]
    fn numbers_are_found_in_the_order_they_came_however_the_table_grew() {
        let mut postings = Postings::default();
        let hash = |n: u32| if n.is_multiple_of(3) { u32::MAX - n % 7 } else { (n % 5000).wrapping_mul(2_654_435_761) };
        let mut slow: std::collections::BTreeMap<u32, Vec<u32>> = std::collections::BTreeMap::new();
        for n in 0..20_000 {
            postings.insert(hash(n), n, 4);
            let list = slow.entry(hash(n)).or_default();
            if list.len() < 4 {
                list.push(n);
            }
        }
        let found = |hash: u32| {
            let mut found = Vec::new();
            postings.get(hash, &mut found);
            found
        };
        for (hash, list) in slow {
            assert_eq!(found(hash), list);
        }
        assert!(found(12345).is_empty());
    }

    #[test]
    fn an_empty_table_holds_nothing() {
        let mut found = Vec::new();
        Postings::default().get(7, &mut found);
        assert!(found.is_empty());
    }
}
