//! Whether bytes are a program, a picture or an archive rather than text.

use super::utf16;

/// How much of the beginning is looked at.
const SAMPLE: usize = 8192;
/// So many control characters say nothing.
const FEW: usize = 4;

/// Whether `bytes` look like no text at all: many control characters, and zero bytes among them or bytes that are no UTF-8. They are
/// decoded all the same; the caller says so.
pub fn looks_binary(bytes: &[u8]) -> bool {
    if utf16::marked(bytes).is_some() || utf16::sniff(bytes).is_some() {
        return false;
    }
    let sample = bytes.get(..SAMPLE.min(bytes.len())).unwrap_or_default();
    let controls = sample.iter().filter(|&&b| is_control(b)).count();
    controls > FEW && controls * 20 > sample.len() && (memchr::memchr(0, sample).is_some() || is_broken(sample))
}

/// Whether the bytes are no UTF-8, whatever was cut off at their end.
fn is_broken(sample: &[u8]) -> bool {
    std::str::from_utf8(sample).is_err_and(|error| error.error_len().is_some())
}

/// Control characters that text does not have: tab, line ends, form feed, backspace, escape and end of file are seen in it.
const fn is_control(b: u8) -> bool {
    b == 0x7f || b < 0x20 && !matches!(b, 0x08..=0x0d | 0x1a | 0x1b)
}
