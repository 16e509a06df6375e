//! Tables whose keys are hashes already.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};

use hashbrown::HashTable;

use super::rows::Rows;
use super::store::{Loader, Saver, Stored};

/// Takes the low half of a 128-bit key as its hash.
#[derive(Debug, Default)]
pub(super) struct Prehashed(u64);

impl Hasher for Prehashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u128(&mut self, key: u128) {
        self.0 = key as u64;
    }
}

/// A set of 128-bit hashes.
pub(super) type Names = HashSet<u128, BuildHasherDefault<Prehashed>>;

/// A table that only grows: entries numbered as they came, found by a 128-bit hash. The index holds numbers only, which is what makes it
/// small: five bytes a slot, beside the entries themselves.
#[derive(Debug)]
pub(super) struct Table<V> {
    index: HashTable<u32>,
    entries: Rows<([u64; 2], V)>,
}

impl<V> Default for Table<V> {
    fn default() -> Self {
        Self { index: HashTable::new(), entries: Rows::default() }
    }
}

impl<V: Stored + Copy> Stored for Table<V> {
    fn save<E>(&self, out: &mut Saver<'_, E>) {
        self.entries.save(out);
    }

    fn load(from: &mut Loader<'_>) -> std::io::Result<Self> {
        let mut table = Self { index: HashTable::new(), entries: Rows::load(from)? };
        for (number, ([low, _], _)) in table.entries.iter().enumerate() {
            let hash = |number: &u32| table.entries.get(*number as usize).map_or(0, |([low, _], _)| *low);
            table.index.insert_unique(*low, number as u32, hash);
        }
        Ok(table)
    }
}

impl<V: Copy> Table<V> {
    /// The entry under `key`, and its number.
    pub(super) fn get(&self, key: u128) -> Option<(u32, V)> {
        let [low, high] = halves(key);
        let number = *self.index.find(low, |number| self.key(*number) == Some([low, high]))?;
        Some((number, self.entries.get(number as usize)?.1))
    }

    /// Adds an entry under a key that has none.
    pub(super) fn insert(&mut self, key: u128, value: V) {
        let [low, high] = halves(key);
        let number = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        self.entries.push(([low, high], value));
        let entries = &self.entries;
        let hash = |number: &u32| entries.get(*number as usize).map_or(0, |([low, _], _)| *low);
        self.index.insert_unique(low, number, hash);
    }

    /// The entry with this number, and its key.
    pub(super) fn at(&self, number: u32) -> Option<(u128, &V)> {
        let ([low, high], value) = self.entries.get(number as usize)?;
        Some(((u128::from(*high) << 64) | u128::from(*low), value))
    }

    /// The entry with this number, to be changed.
    pub(super) fn at_mut(&mut self, number: u32) -> Option<&mut V> {
        self.entries.get_mut(number as usize).map(|(_, value)| value)
    }

    /// How many entries there are: the number of the next.
    pub(super) fn len(&self) -> u32 {
        u32::try_from(self.entries.len()).unwrap_or(u32::MAX)
    }

    fn key(&self, number: u32) -> Option<[u64; 2]> {
        self.entries.get(number as usize).map(|(key, _)| *key)
    }
}

/// The low and the high half, which need no alignment to 16 bytes.
const fn halves(key: u128) -> [u64; 2] {
    [key as u64, (key >> 64) as u64]
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn entries_are_found_by_key_and_by_number() {
        let mut table = Table::default();
        // Keys that share their low half, as far as they go.
        let key = |n: u128| (n << 64) | (n % 7);
        for n in 0..1000 {
            table.insert(key(n), n as u32);
        }
        for n in 0..1000 {
            assert_eq!(table.get(key(n)), Some((n as u32, n as u32)));
            assert_eq!(table.at(n as u32).map(|(key, _)| key), Some(key(n)));
        }
        assert_eq!(table.get(5), None);
    }
}
