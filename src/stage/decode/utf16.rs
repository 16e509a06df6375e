//! UTF-16: how it is recognised, and its decoding by `encoding_rs`.

use encoding_rs::{DecoderResult, Encoding, UTF_16BE, UTF_16LE};

use super::{Decoded, How, Replacing};
use crate::text::script::{self, Script};

/// How much of the beginning is looked at where there is no byte order mark.
const SAMPLE: usize = 4096;
/// Fewer bytes tell nothing.
const LEAST: usize = 16;

/// The byte order and the bytes after the mark, where `bytes` begin with a mark of UTF-16.
pub(super) fn marked(bytes: &[u8]) -> Option<(&'static Encoding, &[u8])> {
    let little = bytes.strip_prefix(b"\xff\xfe").map(|body| (UTF_16LE, body));
    little.or_else(|| bytes.strip_prefix(b"\xfe\xff").map(|body| (UTF_16BE, body)))
}

/// The byte order, where `bytes` without a mark are UTF-16: plainly, by zero bytes that all stand on one side.
pub(super) fn sniff(bytes: &[u8]) -> Option<(&'static Encoding, &[u8])> {
    let sample = bytes.get(..SAMPLE.min(bytes.len()) & !1).unwrap_or_default();
    if sample.len() < LEAST || memchr::memchr(0, sample).is_none() {
        return None;
    }
    let zeros = |side: usize| sample.iter().skip(side).step_by(2).filter(|&&b| b == 0).count();
    let encoding = match (zeros(0), zeros(1)) {
        (0, _) => UTF_16LE,
        (_, 0) => UTF_16BE,
        _ => return None,
    };
    reads_as_text(encoding, sample).then_some((encoding, bytes))
}

/// Whether the sample, read so, is nothing but letters, digits and the usual marks, with a line end or blank among them.
fn reads_as_text(encoding: &'static Encoding, sample: &[u8]) -> bool {
    let units = sample.chunks_exact(2).filter_map(|pair| {
        let pair = <[u8; 2]>::try_from(pair).ok()?;
        Some(if encoding == UTF_16LE { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) })
    });
    let (mut good, mut all, mut scripts) = (0usize, 0usize, Vec::<Script>::new());
    for c in char::decode_utf16(units) {
        all += 1;
        let Ok(c) = c else { continue };
        if c.is_control() && !c.is_whitespace() {
            return false;
        }
        let script = script::of(c);
        if c.is_alphanumeric() && !script::is_neutral(script) && !scripts.contains(&script) {
            scripts.push(script);
        }
        let punctuation = c.is_ascii()
            || matches!(c, '\u{a0}'..='\u{bf}' | '\u{2010}'..='\u{205e}' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff65}');
        good += usize::from(punctuation || c.is_whitespace() || c.is_alphanumeric());
    }
    good * 10 >= all * 9 && scripts.len() <= 6
}

/// Decodes the bytes after the mark.
pub(super) fn decode(encoding: &'static Encoding, bytes: &[u8], how: How) -> Decoded {
    let mut out = Replacing { text: String::with_capacity(bytes.len() + bytes.len() / 2 + 16), ..Replacing::default() };
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut rest = bytes;
    loop {
        let (result, read) = decoder.decode_to_string_without_replacement(rest, &mut out.text, true);
        rest = rest.get(read..).unwrap_or_default();
        match result {
            DecoderResult::InputEmpty => break,
            DecoderResult::OutputFull => out.text.reserve(rest.len() + rest.len() / 2 + 16),
            DecoderResult::Malformed(..) => out.replace(),
        }
    }
    out.done(if encoding == UTF_16LE { "utf-16le" } else { "utf-16be" }, how)
}
