//! Strings of Java by name (`java.util.Properties`): a name, `=` or `:` or a blank, and a text, which may go on over lines.

use super::Interchange;
use super::build::{Builder, Run};
use crate::model::{Kind, Segment};
use crate::text::Span;

/// Reads a file.
pub(super) fn read(source: &str) -> Interchange {
    let mut out = Builder::new(source);
    let bytes = source.as_bytes();
    let byte = |at: usize| bytes.get(at).copied().unwrap_or(b'\n');
    let is_blank = |b: u8| matches!(b, b' ' | b'\t' | 0xc);
    let mut at = 0;
    while at < bytes.len() {
        while at < bytes.len() && (is_blank(byte(at)) || matches!(byte(at), b'\n' | b'\r')) {
            at += 1;
        }
        let start = at;
        if matches!(byte(at), b'#' | b'!') {
            while at < bytes.len() && !matches!(byte(at), b'\n' | b'\r') {
                at += 1;
            }
            continue;
        }
        let mut name = Run::default();
        while at < bytes.len() && !matches!(byte(at), b'=' | b':' | b'\n' | b'\r') && !is_blank(byte(at)) {
            at = character(source, at, &mut name);
        }
        while is_blank(byte(at)) && at < bytes.len() {
            at += 1;
        }
        if matches!(byte(at), b'=' | b':') {
            at += 1;
            while at < bytes.len() && is_blank(byte(at)) {
                at += 1;
            }
        }
        let mut run = Run::default();
        while at < bytes.len() && !matches!(byte(at), b'\n' | b'\r') {
            at = character(source, at, &mut run);
        }
        if at > start {
            run.place = Span::new(start, at);
            out.segment(&run, Kind::Paragraph, Segment { id: name.text, place: run.place, ..Segment::default() });
        }
    }
    out.finish()
}

/// Adds the character at `at`, an escape resolved and the end of a line passed over; gives where the next one is.
fn character(source: &str, at: usize, run: &mut Run) -> usize {
    let rest = source.get(at..).unwrap_or_default();
    let Some(first) = rest.chars().next() else { return at + 1 };
    if first != '\\' {
        run.add(rest.get(..first.len_utf8()).unwrap_or_default(), Span::new(at, at + first.len_utf8()));
        return at + first.len_utf8();
    }
    let Some(second) = rest.chars().nth(1) else { return at + 1 };
    let mut put = |c: char, len: usize| {
        run.put(c, Span::new(at, at + len));
        at + len
    };
    match second {
        'n' => put('\n', 2),
        't' => put('\t', 2),
        'r' => put('\r', 2),
        'f' => put('\u{c}', 2),
        'u' => {
            let unit = |from: usize| u16::from_str_radix(rest.get(from..from + 4)?, 16).ok();
            let first = unit(2);
            let pair = first.filter(|u| (0xd800..0xdc00).contains(u) && rest.get(6..8) == Some("\\u")).zip(unit(8));
            if let Some(Ok(c)) = pair.and_then(|(a, b)| char::decode_utf16([a, b]).next()) {
                return put(c, 12);
            }
            match first {
                Some(unit) => put(char::from_u32(u32::from(unit)).unwrap_or('\u{fffd}'), 6),
                None => put('u', 2),
            }
        }
        '\n' | '\r' => {
            let end = if rest.starts_with("\\\r\n") { 3 } else { 2 };
            let more = rest.get(end..).unwrap_or_default();
            at + end + (more.len() - more.trim_start_matches([' ', '\t', '\u{c}']).len())
        }
        other => put(other, 1 + other.len_utf8()),
    }
}
