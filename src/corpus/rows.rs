//! Lists that only grow, in pieces of one size: no entry is ever moved, and no more room is taken than one piece.

use super::store::{Loader, Saver, Stored};

/// Entries of a piece.
const PIECE: usize = 1 << 12;

/// A list that only grows.
#[derive(Debug)]
pub(super) struct Rows<T> {
    pieces: Vec<Vec<T>>,
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self { pieces: Vec::new() }
    }
}

impl<T> Rows<T> {
    /// Adds an entry.
    pub(super) fn push(&mut self, entry: T) {
        if self.pieces.last().is_none_or(|piece| piece.len() == PIECE) {
            self.pieces.push(Vec::with_capacity(PIECE));
        }
        if let Some(piece) = self.pieces.last_mut() {
            piece.push(entry);
        }
    }

    /// The entry with this number.
    pub(super) fn get(&self, number: usize) -> Option<&T> {
        self.pieces.get(number / PIECE)?.get(number % PIECE)
    }

    /// The entry with this number, to be changed.
    pub(super) fn get_mut(&mut self, number: usize) -> Option<&mut T> {
        self.pieces.get_mut(number / PIECE)?.get_mut(number % PIECE)
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.pieces.last().map_or(0, |last| (self.pieces.len() - 1) * PIECE + last.len())
    }

    /// All of them, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        self.pieces.iter().flatten()
    }
}

impl<T: Stored> Stored for Rows<T> {
    fn save<E>(&self, out: &mut Saver<'_, E>) {
        (self.len() as u64).save(out);
        for entry in self.iter() {
            entry.save(out);
        }
    }

    fn load(from: &mut Loader<'_>) -> std::io::Result<Self> {
        let mut rows = Self::default();
        for _ in 0..u64::load(from)? {
            rows.push(T::load(from)?);
        }
        Ok(rows)
    }
}

#[cfg(test)]
mod tests {
    use super::{PIECE, Rows};

    #[test]
    fn entries_keep_their_numbers_over_the_ends_of_pieces() {
        let mut rows = Rows::default();
        for n in 0..3 * PIECE + 7 {
            assert_eq!(rows.len(), n);
            rows.push(n);
        }
        assert!(rows.iter().copied().eq(0..3 * PIECE + 7));
        for n in [0, PIECE - 1, PIECE, 3 * PIECE + 6] {
            assert_eq!(rows.get(n), Some(&n));
        }
        *rows.get_mut(PIECE).unwrap() = 1;
        assert_eq!((rows.get(PIECE), rows.get(3 * PIECE + 7)), (Some(&1), None));
    }
}
