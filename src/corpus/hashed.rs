//! Tables whose keys are hashes already.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

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

/// A map from 128-bit hashes.
pub(super) type Table<V> = HashMap<u128, V, BuildHasherDefault<Prehashed>>;

/// A set of 128-bit hashes.
pub(super) type Names = HashSet<u128, BuildHasherDefault<Prehashed>>;
