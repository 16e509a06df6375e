//! Where to look: the neighbourhoods of trigger words and of digits that look like a date. All else is passed over.

use crate::rules::timex::Language;
use crate::text::{Span, words};

/// How many bytes before a trigger are looked at.
const REACH: usize = 80;
/// A neighbourhood of more bytes than this is cut, so that memory stays bounded on hostile input.
const LIMIT: usize = 16 << 10;

/// The places in `text[within]` to look at, in order, not overlapping, on character bounds: each from some way before a trigger to the end
/// of the last one. What follows is read as long as it may belong to it.
pub(super) fn windows(text: &str, within: Span, language: &Language) -> Vec<Span> {
    let body = within.of(text);
    let mut out: Vec<Span> = Vec::new();
    let whole = |number: usize, start: usize, end: usize| {
        language.unspaced
            || words::is_boundary(body, end) && (language.is_suffix(number) || words::is_boundary(body, start))
    };
    let mut words = language.triggers().map(|triggers| {
        let found = triggers.find_iter(body).filter(|m| whole(m.pattern().as_usize(), m.start(), m.end()));
        found.map(|m| (m.start(), m.end())).peekable()
    });
    let mut digits = Digits { bytes: body.as_bytes(), at: 0 }.peekable();
    loop {
        let word = words.as_mut().and_then(|w| w.peek().copied());
        let next = match (word, digits.peek().copied()) {
            (Some(w), Some(d)) if w.0 <= d.0 => Some(w),
            (_, Some(d)) => Some(d),
            (w, None) => w,
        };
        let Some((start, end)) = next else { break };
        if word == Some((start, end)) {
            words.as_mut().and_then(Iterator::next);
        } else {
            digits.next();
        }
        let start = left(body, start);
        match out.last_mut() {
            Some(last) if start <= last.end() && end - last.start() <= LIMIT => {
                *last = Span::new(last.start(), end.max(last.end()));
            }
            Some(last) if start < last.end() => {
                let from = last.end();
                if from < end {
                    out.push(Span::new(from, end));
                }
            }
            _ => out.push(Span::new(start, end)),
        }
    }
    out.into_iter().map(|w| w.shifted(within.start())).collect()
}

/// The beginning of the neighbourhood: `REACH` bytes back, then on to the next blank so that no word is cut.
fn left(body: &str, at: usize) -> usize {
    let mut start = at.saturating_sub(REACH);
    while !body.is_char_boundary(start) {
        start += 1;
    }
    if start == 0 {
        return 0;
    }
    let head = body.get(start..at).unwrap_or_default();
    head.find(char::is_whitespace).map_or(start, |blank| start + blank)
}

/// Runs of digits that may be a date by themselves: four digits, or digits with `.`, `:`, `/`, `-` and digits, or with letters (`5pm`).
struct Digits<'t> {
    bytes: &'t [u8],
    at: usize,
}

impl Iterator for Digits<'_> {
    type Item = (usize, usize);

    fn next(&mut self) -> Option<(usize, usize)> {
        loop {
            let start = self.at + self.bytes.get(self.at..)?.iter().position(u8::is_ascii_digit)?;
            let length = self.bytes.get(start..)?.iter().take_while(|b| b.is_ascii_digit()).count();
            let end = start + length;
            self.at = end;
            let glued = start > 0 && self.bytes.get(start - 1).is_some_and(u8::is_ascii_alphabetic);
            let joined = matches!(self.bytes.get(end), Some(b'.' | b':' | b'/' | b'-'))
                && self.bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
            let lettered = self.bytes.get(end).is_some_and(u8::is_ascii_alphabetic)
                || self.bytes.get(end) == Some(&b' ')
                    && matches!(self.bytes.get(end + 1), Some(b'a' | b'p' | b'A' | b'P'));
            if !glued && (length == 4 || length <= 4 && (joined || lettered)) {
                return Some((start, end));
            }
        }
    }
}
