//! From bytes to text.

use crate::text::Span;

/// Decoded bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// WHATWG name of the encoding, lower case.
    pub encoding: &'static str,
    /// How many replacement characters stand for bytes that could not be decoded.
    pub lossy: u64,
    /// Where the first of them stand, in bytes of `text`.
    pub places: Vec<Span>,
}

/// Decodes UTF-8, invalid bytes becoming U+FFFD.
pub fn decode(bytes: &[u8]) -> Decoded {
    Decoded { text: String::from_utf8_lossy(bytes).into_owned(), encoding: "utf-8", lossy: 0, places: Vec::new() }
}

/// Decodes bytes that are no longer needed.
pub fn decode_vec(bytes: Vec<u8>) -> Decoded {
    decode(&bytes)
}

/// Whether the bytes are no text.
pub fn looks_binary(_bytes: &[u8]) -> bool {
    false
}
