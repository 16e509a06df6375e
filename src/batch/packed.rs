//! Numbers and texts as bytes, for what is written to a file or sent to another machine and read again by the same program.

/// Takes numbers and texts.
pub(super) trait Pack {
    /// A number, which may be a small one (LEB128).
    fn number(&mut self, number: u64);

    /// Bytes, with how many there are before them.
    fn some(&mut self, bytes: &[u8]);

    /// A text.
    fn text(&mut self, text: &str) {
        self.some(text.as_bytes());
    }

    /// A text, or none.
    fn maybe(&mut self, text: Option<&str>) {
        self.number(u64::from(text.is_some()));
        if let Some(text) = text {
            self.text(text);
        }
    }
}

impl Pack for Vec<u8> {
    fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.push(number as u8);
    }

    fn some(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        self.extend_from_slice(bytes);
    }
}

/// What is left of bytes that are read. None where there is less than is asked for, or something else.
#[derive(Clone, Copy, Debug)]
pub(super) struct Packed<'b>(pub(super) &'b [u8]);

impl<'b> Packed<'b> {
    pub(super) fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*byte)
    }

    pub(super) fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    /// A number of 32 bits.
    pub(super) fn small(&mut self) -> Option<u32> {
        u32::try_from(self.number()?).ok()
    }

    /// So many bytes as they stand.
    pub(super) fn exactly<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (bytes, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*bytes)
    }

    pub(super) fn some(&mut self) -> Option<&'b [u8]> {
        let len = usize::try_from(self.number()?).ok()?;
        let (bytes, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        Some(bytes)
    }

    pub(super) fn text(&mut self) -> Option<&'b str> {
        std::str::from_utf8(self.some()?).ok()
    }

    #[expect(clippy::option_option, reason = "nothing that can be read, and nothing that was written")]
    pub(super) fn maybe(&mut self) -> Option<Option<&'b str>> {
        Some(match self.number()? {
            0 => None,
            _ => Some(self.text()?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Pack, Packed};

    #[test]
    fn what_was_packed_is_there_again() {
        let mut out = Vec::new();
        for number in [0, 127, 128, u64::from(u32::MAX), u64::MAX] {
            out.number(number);
        }
        out.text("法律");
        out.maybe(None);
        out.maybe(Some(""));
        let mut from = Packed(&out);
        let numbers: Vec<_> = (0..5).map_while(|_| from.number()).collect();
        assert_eq!(numbers, [0, 127, 128, u64::from(u32::MAX), u64::MAX]);
        assert_eq!((from.text(), from.maybe(), from.maybe()), (Some("法律"), Some(None), Some(Some(""))));
        assert_eq!((from.0.len(), from.number()), (0, None));
        assert_eq!((Packed(&[9, 1]).some(), Packed(&[0xff; 11]).number()), (None, None));
    }
}
