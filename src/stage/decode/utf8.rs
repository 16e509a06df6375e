//! UTF-8, with replacement characters as WHATWG (and the standard library) put them.

use super::{Decoded, How, Replacing};

/// Its WHATWG name.
pub(super) const NAME: &str = "utf-8";
/// Its byte order mark.
pub(super) const MARK: &[u8] = b"\xef\xbb\xbf";

/// Decodes bytes that have no byte order mark.
pub(super) fn decode(bytes: &[u8]) -> Decoded {
    let mut out = Replacing { text: String::with_capacity(bytes.len()), ..Replacing::default() };
    for chunk in bytes.utf8_chunks() {
        out.text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            out.replace();
        }
    }
    out.done(NAME, How::Form)
}
