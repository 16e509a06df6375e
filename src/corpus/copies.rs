//! The copies that were found, as they are told at the end: sorted in parts that are merged.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::cluster::{Again, Key};
use super::disk::{Disk, File};
use super::store::Stored;

/// Copies that are sorted together in memory.
const PART: usize = 1 << 17;
/// Copies of a part that are read together.
const READ: usize = 1 << 10;

/// Copies in the order they came.
#[derive(Debug, Default)]
pub(super) struct Copies {
    held: Vec<Again>,
    parts: Vec<Part>,
}

/// Sorted copies on the disk.
#[derive(Debug)]
struct Part {
    file: File,
    len: usize,
    width: usize,
}

impl Copies {
    /// Adds a copy. `place` says where a document stands in the input.
    pub(super) fn push(&mut self, copy: Again, disk: Option<&Disk>, place: impl Fn(u32) -> u32) {
        self.held.push(copy);
        if let Some(disk) = disk.filter(|_| self.held.len() >= PART) {
            self.held.sort_by_cached_key(|copy| copy.key(&place));
            let mut out = Vec::new();
            for copy in self.held.drain(..) {
                copy.save(&mut out);
            }
            let mut file = disk.file();
            file.write(0, &out);
            self.parts.push(Part { file, len: PART, width: out.len() / PART });
        }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.held.len() + self.parts.iter().map(|part| part.len).sum::<usize>()
    }

    /// All of them, sorted.
    pub(super) fn sorted(mut self, place: impl Fn(u32) -> u32) -> Merged {
        self.held.sort_by_cached_key(|copy| copy.key(&place));
        let mut from: Vec<Reading> = self.parts.into_iter().map(|part| Reading::new(Some(part))).collect();
        from.push(Reading { buffer: self.held, ..Reading::new(None) });
        let mut merged = Merged { from, heads: BinaryHeap::new() };
        for index in 0..merged.from.len() {
            merged.advance(index, &place);
        }
        merged
    }
}

/// Copies that are being merged.
#[derive(Debug)]
pub(super) struct Merged {
    from: Vec<Reading>,
    /// The next of each part.
    heads: BinaryHeap<Reverse<(Key, usize)>>,
}

/// A part that is being read.
#[derive(Debug)]
struct Reading {
    part: Option<Part>,
    /// How many were read of it.
    read: usize,
    buffer: Vec<Again>,
    /// The next of the buffer.
    at: usize,
}

impl Reading {
    fn new(part: Option<Part>) -> Self {
        Self { part, read: 0, buffer: Vec::new(), at: 0 }
    }

    fn head(&mut self) -> Option<Again> {
        if self.at == self.buffer.len()
            && let Some(part) = &mut self.part
        {
            let count = READ.min(part.len - self.read);
            let mut bytes = vec![0; count * part.width];
            let is_read = part.file.read((self.read * part.width) as u64, &mut bytes);
            let mut from = bytes.as_slice();
            self.buffer.clear();
            self.buffer.extend((0..if is_read { count } else { 0 }).map_while(|_| Again::load(&mut from).ok()));
            (self.read, self.at) = (self.read + count, 0);
        }
        self.buffer.get(self.at).copied()
    }
}

impl Merged {
    /// The copies again.
    pub(super) fn back(self) -> Copies {
        let mut copies = Copies::default();
        for reading in self.from {
            match reading.part {
                Some(part) => copies.parts.push(part),
                None => copies.held = reading.buffer,
            }
        }
        copies
    }

    /// The next copy.
    pub(super) fn next(&mut self, place: impl Fn(u32) -> u32) -> Option<Again> {
        let Reverse((_, index)) = self.heads.pop()?;
        let reading = self.from.get_mut(index)?;
        let copy = reading.buffer.get(reading.at).copied();
        reading.at += 1;
        self.advance(index, place);
        copy
    }

    fn advance(&mut self, index: usize, place: impl Fn(u32) -> u32) {
        if let Some(copy) = self.from.get_mut(index).and_then(Reading::head) {
            self.heads.push(Reverse((copy.key(place), index)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Copies, PART};
    use crate::corpus::Site;
    use crate::corpus::cluster::{Again, Likeness, Rule};
    use crate::corpus::disk::memory::disk;

    #[test]
    fn copies_come_sorted_from_memory_and_from_the_disk() {
        let disk = disk();
        let copy = |n: u32| Again {
            first: n.wrapping_mul(2_654_435_761) % 1000,
            site: Site { document: n % 77, start: n, end: n + 1 },
            rule: if n.is_multiple_of(3) { Rule::Exact } else { Rule::Part },
            likeness: Likeness::Near,
            removed: n.is_multiple_of(2),
            similarity: 0.5,
        };
        let place = |document: u32| 100 - document;
        let sorted = |disk| {
            let mut copies = Copies::default();
            for n in 0..2 * PART as u32 + 99 {
                copies.push(copy(n), disk, place);
            }
            assert_eq!((copies.len(), copies.parts.len()), (2 * PART + 99, if disk.is_some() { 2 } else { 0 }));
            let mut merged = copies.sorted(place);
            let all: Vec<Again> = std::iter::from_fn(|| merged.next(place)).collect();
            assert!(all.is_sorted_by_key(|copy| copy.key(place)));
            let mut again = merged.back().sorted(place);
            assert_eq!(std::iter::from_fn(|| again.next(place)).count(), all.len());
            all
        };
        let (memory, files) = (sorted(None), sorted(Some(&disk)));
        assert_eq!((memory.len(), memory), (files.len(), files));
    }
}
