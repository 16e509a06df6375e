//! From bytes to what readers count in: code points, UTF-16 units, lines and columns.

use super::Span;

/// What positions are counted in, in the output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// Unicode code points.
    #[default]
    Chars,
    /// UTF-8 bytes.
    Bytes,
    /// UTF-16 code units.
    Utf16,
}

impl Unit {
    /// Its name in `offsets`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chars => "chars",
            Self::Bytes => "bytes",
            Self::Utf16 => "utf16",
        }
    }
}

/// Converts byte places of one text. Made once a text: a table with one entry for every 64 bytes makes each question cheap, in any order.
#[derive(Debug)]
pub struct Ruler<'t> {
    text: &'t str,
    unit: Unit,
    ascii: bool,
    marks: Vec<u32>,
}

const STEP: usize = 64;

impl<'t> Ruler<'t> {
    /// A ruler over `text` that counts in `unit`.
    pub fn new(text: &'t str, unit: Unit) -> Self {
        let ascii = unit == Unit::Bytes || text.is_ascii();
        let mut marks = Vec::new();
        if !ascii {
            marks.reserve(text.len() / STEP + 1);
            let mut count = 0u32;
            for block in text.as_bytes().chunks(STEP) {
                marks.push(count);
                count += units_of(block, unit);
            }
        }
        Self { text, unit, ascii, marks }
    }

    /// The byte position `at` in units; positions within a character count as its start, those past the end as the end.
    pub fn position(&self, at: usize) -> usize {
        let mut at = at.min(self.text.len());
        if self.ascii {
            return at;
        }
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        let mark = at / STEP;
        let before = self.marks.get(mark).copied().unwrap_or_default();
        let rest = self.text.as_bytes().get(mark * STEP..at).unwrap_or_default();
        match self.marks.get(mark) {
            Some(_) => (before + units_of(rest, self.unit)) as usize,
            None => self.length(),
        }
    }

    /// The span in units.
    pub fn span(&self, span: Span) -> [usize; 2] {
        [self.position(span.start()), self.position(span.end())]
    }

    /// The length of the text in units.
    pub fn length(&self) -> usize {
        if self.ascii {
            return self.text.len();
        }
        let last = self.marks.len().saturating_sub(1);
        let rest = self.text.as_bytes().get(last * STEP..).unwrap_or_default();
        (self.marks.last().copied().unwrap_or_default() + units_of(rest, self.unit)) as usize
    }
}

/// How many units begin in these bytes.
fn units_of(bytes: &[u8], unit: Unit) -> u32 {
    match unit {
        Unit::Bytes => bytes.len() as u32,
        Unit::Chars => bytes.iter().map(|&b| u32::from(b & 0xC0 != 0x80)).sum(),
        Unit::Utf16 => bytes.iter().map(|&b| u32::from(b & 0xC0 != 0x80) + u32::from(b >= 0xF0)).sum(),
    }
}

/// Line and column, both from 1, of a byte position; the column in code points. Lines end at LF, CR LF or CR.
#[derive(Debug)]
pub struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    /// The lines of `text`.
    pub fn new(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let ends = memchr::memchr2_iter(b'\n', b'\r', bytes)
            .filter(|&at| !(bytes.get(at) == Some(&b'\r') && bytes.get(at + 1) == Some(&b'\n')))
            .map(|at| at + 1);
        Self { text, starts: std::iter::once(0).chain(ends).collect() }
    }

    /// Line and column of the byte position `at`.
    pub fn position(&self, at: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|&start| start <= at);
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or_default();
        (line, self.text.get(start..at).map_or(1, |t| t.chars().count() + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::{Lines, Ruler, Span, Unit};

    #[test]
    fn units_agree_with_a_plain_count() {
        let text = "aé法𝄞 ".repeat(40);
        for (unit, name) in [(Unit::Chars, "chars"), (Unit::Utf16, "utf16"), (Unit::Bytes, "bytes")] {
            let ruler = Ruler::new(&text, unit);
            for (at, _) in text.char_indices().chain([(text.len(), ' ')]) {
                let plain = match unit {
                    Unit::Chars => text.get(..at).unwrap().chars().count(),
                    Unit::Utf16 => text.get(..at).unwrap().encode_utf16().count(),
                    Unit::Bytes => at,
                };
                assert_eq!(ruler.position(at), plain, "{name} at {at}");
            }
            assert_eq!(ruler.length(), ruler.position(text.len()));
        }
        assert_eq!(Ruler::new("法律", Unit::Chars).span(Span::new(3, 6)), [1, 2]);
    }

    #[test]
    fn lines_end_at_any_line_break() {
        let lines = Lines::new("ab\r\nв法\rc");
        assert_eq!(lines.position(0), (1, 1));
        assert_eq!(lines.position(6), (2, 2));
        assert_eq!(lines.position(10), (3, 1));
    }
}
