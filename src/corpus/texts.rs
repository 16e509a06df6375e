//! The texts of passages seen, to compare later ones with.

use super::collate::Site;
use super::disk::{Disk, File};
use super::rows::Rows;
use super::store::{In, Out, Stored, stored};
use crate::text::Span;
use crate::text::place::{Ruler, Unit};

/// Texts in memory go to the disk in pieces of so many bytes.
const PIECE: usize = 1 << 20;

/// What is known of a passage that later ones are compared with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    /// Its number in the table of passages.
    pub(super) passage: u32,
    /// The hash of its numbers.
    pub(super) numbers: u32,
    /// Characters of its folded text.
    pub(super) chars: u32,
    /// Bytes of its text.
    len: u32,
    /// Where its text begins among all.
    at: u64,
    /// Where its breaks are (see [`Texts::push`]).
    breaks: [u32; 2],
}

/// Bytes one after the other; what is older is on the disk, where there is one.
#[derive(Debug, Default)]
pub(super) struct Bytes {
    /// Bytes on the disk.
    written: u64,
    file: Option<File>,
    /// What follows them, each with where it begins.
    pieces: Vec<(u64, Vec<u8>)>,
    len: u64,
}

impl Bytes {
    /// Adds bytes and gives where they begin.
    pub(super) fn push(&mut self, bytes: &[u8], disk: Option<&Disk>) -> u64 {
        let at = self.len;
        if self.pieces.last().is_none_or(|(_, piece)| piece.len() + bytes.len() > piece.capacity()) {
            if let Some(disk) = disk {
                self.flush(disk);
            }
            if self.pieces.is_empty() || disk.is_none() {
                self.pieces.push((at, Vec::with_capacity(bytes.len().max(PIECE))));
            }
        }
        if let Some((_, piece)) = self.pieces.last_mut() {
            piece.extend_from_slice(bytes);
        }
        self.len += bytes.len() as u64;
        at
    }

    fn flush(&mut self, disk: &Disk) {
        let file = self.file.get_or_insert_with(|| disk.file());
        for (at, piece) in &self.pieces {
            file.write(*at, piece);
            self.written = at + piece.len() as u64;
        }
        // The room of a piece is used again.
        self.pieces.truncate(1);
        if let Some((at, piece)) = self.pieces.first_mut() {
            piece.clear();
            *at = self.len;
        }
    }

    /// What begins at `at` and has this length.
    pub(super) fn get(&mut self, at: u64, len: usize) -> Vec<u8> {
        if at >= self.written {
            let piece = self.pieces.partition_point(|(start, _)| *start <= at).saturating_sub(1);
            let found = self.pieces.get(piece).and_then(|(start, piece)| {
                let from = (at - start) as usize;
                piece.get(from..from + len)
            });
            return found.unwrap_or_default().to_vec();
        }
        let mut bytes = vec![0; len];
        let is_read = self.file.as_mut().is_some_and(|file| file.read(at, &mut bytes));
        if is_read { bytes } else { Vec::new() }
    }

    /// Saves all of them.
    pub(super) fn save_to(&mut self, out: &mut impl Out) {
        self.len.save(out);
        let mut at = 0;
        while at < self.written {
            let some = self.get(at, PIECE.min((self.written - at) as usize));
            if some.is_empty() {
                break;
            }
            out.bytes(&some);
            at += some.len() as u64;
        }
        for (_, piece) in &self.pieces {
            out.bytes(piece);
        }
    }

    /// Loads what was saved.
    pub(super) fn load_from(from: &mut impl In, disk: Option<&Disk>) -> std::io::Result<Self> {
        let (mut left, mut bytes) = (u64::load(from)?, Self::default());
        let mut some = Vec::new();
        while left > 0 {
            some.resize(left.min(PIECE as u64 / 4) as usize, 0);
            from.bytes(&mut some)?;
            bytes.push(&some, disk);
            left -= some.len() as u64;
        }
        Ok(bytes)
    }
}

/// The texts, numbered as they came.
#[derive(Debug, Default)]
pub(super) struct Texts {
    seen: Rows<Seen>,
    bytes: Bytes,
    breaks: Rows<[u32; 2]>,
}

stored!(Seen { passage, numbers, chars, len, at, breaks });

impl Texts {
    /// Adds a text and gives its number. `breaks` say where it stands in the source: from each byte of the text on, the place of the
    /// source, unit by unit; none where all of it is one stretch.
    pub(super) fn push(
        &mut self,
        text: &str,
        [passage, numbers, chars]: [u32; 3],
        breaks: &[[u32; 2]],
        disk: Option<&Disk>,
    ) -> u32 {
        let from = self.breaks.len() as u32;
        for one in breaks {
            self.breaks.push(*one);
        }
        let at = self.bytes.push(text.as_bytes(), disk);
        let breaks = [from, self.breaks.len() as u32];
        self.seen.push(Seen { passage, numbers, chars, len: text.len() as u32, at, breaks });
        self.seen.len() as u32 - 1
    }

    /// How many there are.
    pub(super) const fn len(&self) -> u32 {
        self.seen.len() as u32
    }

    /// What is known of a text.
    pub(super) fn get(&mut self, number: u32) -> Option<Seen> {
        self.seen.get(number as usize)
    }

    /// The text.
    pub(super) fn text(&mut self, seen: &Seen) -> String {
        String::from_utf8(self.bytes.get(seen.at, seen.len as usize)).unwrap_or_default()
    }

    /// The place in the source of a part of `text`, which stands at `site`.
    pub(super) fn place(&mut self, seen: &Seen, text: &str, site: Site, part: Span, unit: Unit) -> Site {
        let breaks: Vec<[u32; 2]> =
            (seen.breaks[0]..seen.breaks[1]).filter_map(|number| self.breaks.get(number as usize)).collect();
        let length = |span: Span| Ruler::new(span.of(text), unit).length() as u32;
        let at = |byte: usize| match breaks.iter().rev().find(|b| b[0] as usize <= byte) {
            Some(&[from, place]) => place + length(Span::new(from as usize, byte)),
            None => site.start + length(Span::new(0, byte)),
        };
        // The end is the place after the last character, whose successor may stand elsewhere.
        let last = part.of(text).chars().next_back().map_or(0, char::len_utf8);
        let before = part.end() - last;
        Site { start: at(part.start()), end: at(before) + length(Span::new(before, part.end())), ..site }
    }

    /// Bytes of memory that can be freed by [`Texts::spill`].
    pub(super) const fn held(&self) -> usize {
        self.seen.held() + self.breaks.held()
    }

    /// Puts what is in memory on the disk.
    pub(super) fn spill(&mut self, disk: &Disk) {
        self.seen.spill(disk);
        self.breaks.spill(disk);
    }

    /// Saves all of them.
    pub(super) fn save_to(&mut self, out: &mut impl Out) {
        self.seen.save_to(out);
        self.bytes.save_to(out);
        self.breaks.save_to(out);
    }

    /// Loads what was saved.
    pub(super) fn load_from(from: &mut impl In, spare: Option<(&Disk, usize)>) -> std::io::Result<Self> {
        Ok(Self {
            seen: Rows::load_from(from, spare)?,
            bytes: Bytes::load_from(from, spare.map(|(disk, _)| disk))?,
            breaks: Rows::load_from(from, spare)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Bytes, PIECE};
    use crate::corpus::disk::memory::disk;

    #[test]
    fn bytes_are_where_they_were_put() {
        let disk = disk();
        for disk in [None, Some(&disk)] {
            let (mut bytes, mut places) = (Bytes::default(), Vec::new());
            for n in 0..4000usize {
                let some = vec![n as u8; n % 1500 + if n == 77 { 2 * PIECE } else { 0 }];
                places.push((bytes.push(&some, disk), some));
            }
            for (at, some) in &places {
                assert_eq!(bytes.get(*at, some.len()), *some);
            }
            let (mut saved, mut again) = (Vec::new(), Vec::new());
            bytes.save_to(&mut saved);
            let mut loaded = Bytes::load_from(&mut saved.as_slice(), disk).unwrap();
            loaded.save_to(&mut again);
            assert_eq!((saved.len() as u64, &again), (bytes.len + 8, &saved));
            assert_eq!(loaded.get(places[3999].0, places[3999].1.len()), places[3999].1);
        }
    }
}
