//! Whether bytes are a program, a picture or an archive rather than text.

use super::utf16;

/// How much of the beginning is looked at.
const SAMPLE: usize = 8192;

/// Whether `bytes` look like no text at all: many zero bytes or control characters. They are decoded all the same; the caller notes it.
pub fn looks_binary(bytes: &[u8]) -> bool {
    if utf16::sniff(bytes).is_some() {
        return false;
    }
    let sample = bytes.get(..SAMPLE.min(bytes.len())).unwrap_or_default();
    let controls = sample.iter().filter(|&&b| is_control(b)).count();
    controls * 20 > sample.len()
}

/// Control characters that text does not have: tab, line ends, form feed, backspace, escape and end of file are seen in it.
const fn is_control(b: u8) -> bool {
    b == 0x7f || b < 0x20 && !matches!(b, 0x08..=0x0d | 0x1a | 0x1b)
}
