//! Tables whose keys are hashes already.

use super::disk::Disk;
use super::postings::Postings;
use super::rows::Rows;
use super::store::{In, Out, Stored};

/// A table that only grows: entries numbered as they came, found by a 128-bit hash. The index holds numbers only, beside the entries themselves.
#[derive(Debug)]
pub(super) struct Table<V> {
    index: Postings,
    entries: Rows<([u64; 2], V)>,
    found: Vec<u32>,
}

impl<V> Default for Table<V> {
    fn default() -> Self {
        Self { index: Postings::default(), entries: Rows::default(), found: Vec::new() }
    }
}

impl<V: Stored + Copy> Table<V> {
    /// The entry under `key`, and its number.
    pub(super) fn get(&mut self, key: u128) -> Option<(u32, V)> {
        let halves = halves(key);
        self.found.clear();
        self.index.get(key as u32, &mut self.found);
        let entries = &mut self.entries;
        self.found.iter().find_map(|&number| {
            let (there, value) = entries.get(number as usize)?;
            (there == halves).then_some((number, value))
        })
    }

    /// Adds an entry under a key that has none.
    pub(super) fn insert(&mut self, key: u128, value: V) {
        self.index.add(key as u32, self.len());
        self.entries.push((halves(key), value));
    }

    /// The entry with this number, and its key.
    pub(super) fn at(&mut self, number: u32) -> Option<(u128, V)> {
        let ([low, high], value) = self.entries.get(number as usize)?;
        Some(((u128::from(high) << 64) | u128::from(low), value))
    }

    /// The entry with this number, to be changed.
    pub(super) fn at_mut(&mut self, number: u32) -> Option<&mut V> {
        self.entries.get_mut(number as usize).map(|(_, value)| value)
    }

    /// Forgets the keys: from now on entries are found by number alone.
    pub(super) fn close(&mut self) {
        self.index = Postings::default();
    }

    /// How many entries there are: the number of the next.
    pub(super) fn len(&self) -> u32 {
        u32::try_from(self.entries.len()).unwrap_or(u32::MAX)
    }

    /// Bytes of memory that can be freed by [`Table::spill`].
    pub(super) fn held(&self) -> usize {
        self.index.held() + self.entries.held()
    }

    /// Bytes of memory that stay with it.
    pub(super) fn kept(&self) -> usize {
        self.index.kept()
    }

    /// Puts what is in memory on the disk.
    pub(super) fn spill(&mut self, disk: &Disk, filter: u32) {
        self.index.spill(disk, filter);
        self.entries.spill(disk);
    }

    /// Saves the entries.
    pub(super) fn save_to(&mut self, out: &mut impl Out) {
        self.entries.save_to(out);
    }

    /// Loads what was saved; what is more than some bytes goes to the disk.
    pub(super) fn load_from(from: &mut impl In, spare: Option<(&Disk, usize)>, filter: u32) -> std::io::Result<Self> {
        let entries = Rows::load_from(from, spare)?;
        let mut table = Self { entries, ..Self::default() };
        for number in 0..table.len() {
            let Some(([low, _], _)) = table.entries.get(number as usize) else { break };
            table.index.add(low as u32, number);
            if let Some((disk, most)) = spare
                && table.held() > most
            {
                table.spill(disk, filter);
            }
        }
        Ok(table)
    }
}

/// The low and the high half, which need no alignment to 16 bytes.
const fn halves(key: u128) -> [u64; 2] {
    [key as u64, (key >> 64) as u64]
}

#[cfg(test)]
mod tests {
    use super::Table;
    use crate::corpus::disk::memory::disk;

    #[test]
    fn entries_are_found_by_key_and_by_number_in_memory_and_on_the_disk() {
        let disk = disk();
        for often in [usize::MAX, 100, 7] {
            let mut table = Table::default();
            // Keys that share their low half, as far as they go.
            let key = |n: u128| (n << 64) | (n % 7);
            for n in 0..1000 {
                table.insert(key(n), n as u32);
                if n as usize % often == often - 1 {
                    table.spill(&disk, 8);
                }
            }
            for n in 0..1000 {
                assert_eq!(table.get(key(n)), Some((n as u32, n as u32)));
                assert_eq!(table.at(n as u32).map(|(key, _)| key), Some(key(n)));
            }
            assert_eq!(table.get(5), None);
            let mut saved = Vec::new();
            table.save_to(&mut saved);
            let mut again = Table::<u32>::load_from(&mut saved.as_slice(), Some((&disk, 4096)), 8).unwrap();
            assert_eq!(again.get(key(777)), Some((777, 777)));
        }
        assert!(disk.trouble().is_none());
    }
}
