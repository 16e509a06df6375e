//! Lists that only grow, in pieces of one size: no entry is ever moved, and pieces can be put on the disk, to be read again when they are asked for.

use super::disk::{Disk, File};
use super::store::{In, Out, Stored};

/// Bytes of a piece, about: what is read from the disk for one entry.
const PIECE: usize = 1 << 12;
/// Bytes that are written together.
const TOGETHER: usize = 1 << 20;

/// A list that only grows.
#[derive(Debug)]
pub(super) struct Rows<T> {
    pieces: Vec<Piece<T>>,
    /// Room of pieces that went to the disk: it is used again, or the memory of the program would fall to bits.
    free: Vec<Vec<T>>,
    len: usize,
    /// Bytes of the pieces in memory.
    held: usize,
    file: Option<File>,
    /// Bytes of an entry on the disk.
    width: usize,
    buffer: Vec<u8>,
}

#[derive(Debug)]
struct Piece<T> {
    /// None where it is on the disk alone.
    entries: Vec<T>,
    is_changed: bool,
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self { pieces: Vec::new(), free: Vec::new(), len: 0, held: 0, file: None, width: 0, buffer: Vec::new() }
    }
}

impl<T: Copy + Stored> Rows<T> {
    /// Entries of a piece.
    const COUNT: usize = {
        let fit = PIECE / size_of::<T>();
        if fit < 2 { 1 } else { 1 << fit.ilog2() }
    };

    /// Adds an entry.
    pub(super) fn push(&mut self, entry: T) {
        if self.len.is_multiple_of(Self::COUNT) {
            let entries = self.free.pop().unwrap_or_else(|| Vec::with_capacity(Self::COUNT));
            self.pieces.push(Piece { entries, is_changed: true });
            self.held += Self::COUNT * size_of::<T>();
        }
        if let Some(piece) = self.pieces.last_mut() {
            piece.entries.push(entry);
        }
        self.len += 1;
    }

    /// The entry with this number.
    pub(super) fn get(&mut self, number: usize) -> Option<T> {
        self.piece(number)?.entries.get(number % Self::COUNT).copied()
    }

    /// The entry with this number, to be changed.
    pub(super) fn get_mut(&mut self, number: usize) -> Option<&mut T> {
        let piece = self.piece(number)?;
        piece.is_changed = true;
        piece.entries.get_mut(number % Self::COUNT)
    }

    /// How many there are.
    pub(super) const fn len(&self) -> usize {
        self.len
    }

    /// Bytes of memory that can be freed by [`Rows::spill`].
    pub(super) const fn held(&self) -> usize {
        self.held
    }

    /// The piece of an entry, in memory.
    fn piece(&mut self, number: usize) -> Option<&mut Piece<T>> {
        let index = number / Self::COUNT;
        if number >= self.len {
            return None;
        }
        if self.pieces.get(index).is_some_and(|piece| piece.entries.is_empty()) {
            let entries = self.fetched(index)?;
            self.held += Self::COUNT * size_of::<T>();
            if let Some(piece) = self.pieces.get_mut(index) {
                *piece = Piece { entries, is_changed: false };
            }
        }
        self.pieces.get_mut(index)
    }

    fn fetched(&mut self, index: usize) -> Option<Vec<T>> {
        let bytes = self.width * Self::COUNT;
        self.buffer.resize(bytes, 0);
        if !self.file.as_mut()?.read((index * bytes) as u64, &mut self.buffer) {
            return None;
        }
        let mut entries = self.free.pop().unwrap_or_else(|| Vec::with_capacity(Self::COUNT));
        let mut from = self.buffer.as_slice();
        for _ in 0..Self::COUNT {
            entries.push(T::load(&mut from).ok()?);
        }
        Some(entries)
    }

    /// Puts what is in memory on the disk, but for the last piece.
    pub(super) fn spill(&mut self, disk: &Disk) {
        let Some(last) = self.pieces.len().checked_sub(1) else { return };
        if self.held <= Self::COUNT * size_of::<T>() {
            return;
        }
        let file = self.file.get_or_insert_with(|| disk.file());
        let (mut out, mut start) = (Vec::new(), 0u64);
        for (index, piece) in self.pieces.iter_mut().enumerate().take(last) {
            let at = (index * Self::COUNT * self.width) as u64;
            let follows = at == start + out.len() as u64;
            if !out.is_empty() && (!follows || !piece.is_changed || out.len() >= TOGETHER) {
                file.write(start, &out);
                out.clear();
            }
            if piece.is_changed {
                if out.is_empty() {
                    start = at;
                }
                for entry in &piece.entries {
                    entry.save(&mut out);
                }
                self.width = if self.width == 0 { out.len() / Self::COUNT } else { self.width };
            }
            let mut room = std::mem::take(&mut piece.entries);
            piece.is_changed = false;
            if room.capacity() > 0 {
                room.clear();
                self.free.push(room);
            }
        }
        if !out.is_empty() {
            file.write(start, &out);
        }
        self.held = Self::COUNT * size_of::<T>();
    }

    /// Saves all of them. Only as much is held in memory as is now.
    pub(super) fn save_to(&mut self, out: &mut impl Out) {
        (self.len as u64).save(out);
        for index in 0..self.pieces.len() {
            let is_out = self.pieces.get(index).is_some_and(|piece| piece.entries.is_empty());
            let fetched = if is_out { self.fetched(index).unwrap_or_default() } else { Vec::new() };
            let held = self.pieces.get(index).map_or(&[] as &[T], |piece| &piece.entries);
            for entry in fetched.iter().chain(held) {
                entry.save(out);
            }
            if is_out {
                let mut room = fetched;
                room.clear();
                self.free.push(room);
            }
        }
    }

    /// Loads what was saved; what is more than `most` bytes goes to the disk.
    pub(super) fn load_from(from: &mut impl In, spare: Option<(&Disk, usize)>) -> std::io::Result<Self> {
        let mut rows = Self::default();
        for _ in 0..u64::load(from)? {
            rows.push(T::load(from)?);
            if let Some((disk, most)) = spare
                && rows.held > most
            {
                rows.spill(disk);
            }
        }
        Ok(rows)
    }
}

#[cfg(test)]
mod tests {
    use super::Rows;
    use crate::corpus::disk::memory::disk;

    #[test]
    fn entries_keep_their_numbers_and_what_was_changed_in_them_wherever_they_are() {
        let piece = Rows::<u32>::COUNT;
        let disk = disk();
        for often in [usize::MAX, 3, 1] {
            let mut rows = Rows::default();
            for n in 0..5 * piece + 7 {
                assert_eq!(rows.len(), n);
                rows.push(n as u32);
                if n % 1000 == 999 {
                    *rows.get_mut(n / 2).unwrap() += 1_000_000;
                    if n / 1000 % often == often - 1 {
                        rows.spill(&disk);
                    }
                }
            }
            for n in (0..5 * piece + 7).rev() {
                let changed = (999..5 * piece + 7).step_by(1000).any(|m| m / 2 == n);
                assert_eq!(rows.get(n), Some(n as u32 + if changed { 1_000_000 } else { 0 }));
            }
            assert_eq!(rows.get(5 * piece + 7), None);
            rows.spill(&disk);
            let (mut saved, mut again) = (Vec::new(), Vec::new());
            rows.save_to(&mut saved);
            let spare = (often == 1).then_some((&disk, 1 << 14));
            Rows::<u32>::load_from(&mut saved.as_slice(), spare).unwrap().save_to(&mut again);
            assert_eq!((saved.len(), &saved), (8 + 4 * rows.len(), &again));
            assert!(disk.trouble().is_none());
        }
    }
}
