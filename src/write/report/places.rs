//! From the places of a record back to bytes of its text.

use crate::text::Span;

/// So many units lie between two entries of the table.
const STEP: usize = 64;

/// Finds byte positions in a text, whatever the record counts in. Made once a text.
#[derive(Debug)]
pub(super) struct Places<'t> {
    text: &'t str,
    /// UTF-16 code units, not code points.
    utf16: bool,
    /// Byte positions of every `STEP`th unit; `None` where units are bytes.
    marks: Option<Vec<(usize, usize)>>,
}

impl<'t> Places<'t> {
    /// The places of `text`, counted in what `offsets` names.
    pub(super) fn new(text: &'t str, offsets: &str) -> Self {
        let utf16 = offsets == "utf16";
        if offsets == "bytes" || text.is_ascii() {
            return Self { text, utf16, marks: None };
        }
        let mut marks = Vec::with_capacity(text.len() / STEP + 1);
        let mut unit = 0;
        for (at, c) in text.char_indices() {
            if unit >= marks.len() * STEP {
                marks.push((unit, at));
            }
            unit += if utf16 { c.len_utf16() } else { 1 };
        }
        Self { text, utf16, marks: Some(marks) }
    }

    /// The span in bytes; `None` where it does not lie in the text.
    pub(super) fn span(&self, [start, end]: [usize; 2]) -> Option<Span> {
        let span = Span::new(self.byte(start)?, self.byte(end)?);
        (start <= end && self.text.get(span.start()..span.end()).is_some()).then_some(span)
    }

    fn byte(&self, position: usize) -> Option<usize> {
        let Some(marks) = &self.marks else { return Some(position) };
        let Some(&(mut unit, start)) = marks.get((position / STEP).min(marks.len().saturating_sub(1))) else {
            return (position == 0).then_some(0);
        };
        for (at, c) in self.text.get(start..)?.char_indices() {
            if unit >= position {
                return Some(start + at);
            }
            // Past the table's reach nothing is left to find.
            if at > 8 * STEP {
                return None;
            }
            unit += if self.utf16 { c.len_utf16() } else { 1 };
        }
        (unit == position).then_some(self.text.len())
    }
}

#[cfg(test)]
mod tests {
    use super::Places;
    use crate::text::Span;
    use crate::text::place::{Ruler, Unit};

    #[test]
    fn places_lead_back_to_bytes() {
        let text = "aé法𝄞 ".repeat(60);
        for unit in [Unit::Chars, Unit::Bytes, Unit::Utf16] {
            let (ruler, places) = (Ruler::new(&text, unit), Places::new(&text, unit.name()));
            for (at, c) in text.char_indices() {
                let span = Span::new(at, at + c.len_utf8());
                assert_eq!(places.span(ruler.span(span)), Some(span), "{unit:?} at {at}");
            }
            assert_eq!(places.span([0, ruler.length() + 1]), None);
        }
        assert_eq!(Places::new("", "chars").span([0, 0]), Some(Span::new(0, 0)));
    }
}
