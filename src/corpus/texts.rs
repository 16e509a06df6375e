//! The texts of passages seen, to compare later ones with.

use super::collate::Site;
use super::rows::Rows;
use super::store::stored;
use crate::text::Span;
use crate::text::place::{Ruler, Unit};

/// Texts are kept in pieces of so many bytes, so that no large one is ever moved.
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
    /// Where its text is: piece, first byte, bytes.
    at: [u32; 3],
    /// Where its breaks are (see [`Texts::push`]).
    breaks: [u32; 2],
}

/// The texts, numbered as they came.
#[derive(Debug, Default)]
pub(super) struct Texts {
    seen: Rows<Seen>,
    pieces: Vec<String>,
    breaks: Vec<[u32; 2]>,
}

stored!(Seen { passage, numbers, chars, at, breaks });
stored!(Texts { seen, pieces, breaks });

impl Texts {
    /// Adds a text and gives its number. `breaks` say where it stands in the source: from each byte of the text on, the place of the
    /// source, unit by unit; none where all of it is one stretch.
    pub(super) fn push(&mut self, text: &str, passage: u32, numbers: u32, chars: u32, breaks: &[[u32; 2]]) -> u32 {
        if self.pieces.last().is_none_or(|piece| piece.len() + text.len() > PIECE) {
            self.pieces.push(String::with_capacity(text.len().max(PIECE)));
        }
        let piece = self.pieces.len() as u32 - 1;
        let from = self.breaks.len() as u32;
        self.breaks.extend_from_slice(breaks);
        let at = self.pieces.last_mut().map_or([piece, 0, 0], |last| {
            let start = last.len() as u32;
            last.push_str(text);
            [piece, start, text.len() as u32]
        });
        self.seen.push(Seen { passage, numbers, chars, at, breaks: [from, self.breaks.len() as u32] });
        self.seen.len() as u32 - 1
    }

    /// How many there are.
    pub(super) fn len(&self) -> u32 {
        self.seen.len() as u32
    }

    /// What is known of a text.
    pub(super) fn get(&self, number: u32) -> Option<&Seen> {
        self.seen.get(number as usize)
    }

    /// The text.
    pub(super) fn text(&self, seen: &Seen) -> &str {
        let [piece, start, len] = seen.at.map(|n| n as usize);
        self.pieces.get(piece).and_then(|piece| piece.get(start..start + len)).unwrap_or_default()
    }

    /// The place in the source of a part of the text, which stands at `site`.
    pub(super) fn place(&self, seen: &Seen, site: Site, part: Span, unit: Unit) -> Site {
        let text = self.text(seen);
        let breaks = self.breaks.get(seen.breaks[0] as usize..seen.breaks[1] as usize).unwrap_or_default();
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
}
