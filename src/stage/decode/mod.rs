//! From bytes to text: UTF-8 and UTF-16, by the WHATWG Encoding Standard. Legacy encodings do not belong here yet.

mod binary;
mod utf16;
mod utf8;

pub use binary::looks_binary;

use crate::text::Span;

/// How many places of replacement characters are kept; `lossy` counts all of them.
const PLACES: usize = 100;

/// A decoded text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// WHATWG name of the encoding, in lower case.
    pub encoding: &'static str,
    /// How many U+FFFD stand for bytes that could not be decoded; those that were in the source are not counted.
    pub lossy: u64,
    /// Runs of such U+FFFD in `text`, in order; the first hundred.
    pub places: Vec<Span>,
}

/// Decodes `bytes`.
pub fn decode(bytes: &[u8]) -> Decoded {
    match utf16::sniff(bytes) {
        Some((encoding, body)) => utf16::decode(encoding, body),
        None => utf8::decode(bytes.strip_prefix(utf8::MARK).unwrap_or(bytes)),
    }
}

/// Decodes `bytes`; the buffer of valid UTF-8 is used again.
pub fn decode_vec(mut bytes: Vec<u8>) -> Decoded {
    if utf16::sniff(&bytes).is_some() {
        return decode(&bytes);
    }
    if bytes.starts_with(utf8::MARK) {
        bytes.drain(..utf8::MARK.len());
    }
    match String::from_utf8(bytes) {
        Ok(text) => Decoded { text, encoding: utf8::NAME, lossy: 0, places: Vec::new() },
        Err(error) => utf8::decode(error.as_bytes()),
    }
}

/// Text in the making, and what was replaced in it.
#[derive(Default)]
struct Replacing {
    text: String,
    lossy: u64,
    places: Vec<Span>,
    /// Where the last replacement character ended: the next one may carry its run on.
    end: usize,
}

impl Replacing {
    /// Puts one replacement character in.
    fn replace(&mut self) {
        let start = self.text.len();
        self.text.push('\u{fffd}');
        let end = self.text.len();
        let room = self.places.len() < PLACES;
        match self.places.last_mut().filter(|last| last.end() == start && self.end == start) {
            Some(last) => *last = Span::new(last.start(), end),
            None if room => self.places.push(Span::new(start, end)),
            None => {}
        }
        self.lossy += 1;
        self.end = end;
    }

    fn done(self, encoding: &'static str) -> Decoded {
        Decoded { text: self.text, encoding, lossy: self.lossy, places: self.places }
    }
}

#[cfg(test)]
mod tests {
    use super::{Decoded, Span, decode, decode_vec, looks_binary};

    fn both(bytes: &[u8]) -> Decoded {
        let decoded = decode(bytes);
        assert_eq!(decoded, decode_vec(bytes.to_vec()));
        decoded
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_text() {
        assert_eq!(both("\u{feff}Закон".as_bytes()).text, "Закон");
        assert_eq!(both(b"\xff\xfe\x17\x04").text, "З");
        assert_eq!(both(b"\xfe\xff\x04\x17").text, "З");
        assert_eq!(both("\u{feff}\u{feff}a".as_bytes()).text, "\u{feff}a", "only the first one is a mark");
    }

    #[test]
    fn utf_16_is_known_by_its_zero_bytes() {
        for text in [
            "The council met on Monday.\n",
            "Совет собрался в понедельник.\n",
            "理事会は月曜日に開かれた。\n理事会。\n",
        ] {
            let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            let (little, big) = (both(&little), both(&big));
            assert_eq!((little.text.as_str(), little.encoding), (text, "utf-16le"));
            assert_eq!((big.text.as_str(), big.encoding), (text, "utf-16be"));
        }
        assert_eq!(both(b"a\0b").encoding, "utf-8");
        assert_eq!(both(b"").encoding, "utf-8");
    }

    #[test]
    fn what_cannot_be_decoded_is_counted_and_what_was_there_is_not() {
        let decoded = both(b"a\xffb\xc3(\xef\xbf\xbd \xf0\x9f\x98 \xe2\x82\xe2\x82");
        assert_eq!(decoded.text, String::from_utf8_lossy(b"a\xffb\xc3(\xef\xbf\xbd \xf0\x9f\x98 \xe2\x82\xe2\x82"));
        assert_eq!(decoded.lossy, 5);
        assert_eq!(decoded.places.len(), 4, "the last two are one run: {:?}", decoded.places);
        assert!(decoded.places.iter().all(|span| span.of(&decoded.text).chars().all(|c| c == '\u{fffd}')));
        let genuine = both("\u{fffd}".as_bytes());
        assert_eq!((genuine.lossy, genuine.places), (0, vec![]));
        let odd = both(b"\xff\xfea\0\x00\xd8b\0c");
        assert_eq!((odd.text.as_str(), odd.lossy), ("a\u{fffd}b\u{fffd}", 2));
    }

    #[test]
    fn places_are_few_and_whole() {
        let decoded = both(&b"\xff\xffa".repeat(1_000));
        assert_eq!((decoded.lossy, decoded.places.len()), (2_000, 100));
        assert_eq!(decoded.places.first(), Some(&Span::new(0, 6)));
        assert_eq!(decoded.places.last().map(|s| s.len()), Some(6));
    }

    #[test]
    fn programs_and_pictures_are_binary_and_text_is_not() {
        assert!(looks_binary(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0\x01\0\0\0"));
        assert!(looks_binary(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\x01\0\x08\x06"));
        for text in [
            "",
            "The law.\r\n\tArticle 1\u{c}",
            "Закон",
            "one \0 stray zero in a longer text that is otherwise quite fine",
        ] {
            assert!(!looks_binary(text.as_bytes()), "{text:?}");
        }
        let wide: Vec<u8> = "Совет собрался.\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(!looks_binary(&wide));
    }
}
