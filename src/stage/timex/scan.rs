//! Where to look: the neighbourhoods of trigger words and of digits that look like a date. All else is passed over.

use crate::rules::timex::Language;
use crate::text::{Span, words};

/// How many bytes before a trigger are looked at.
const REACH: usize = 80;
/// A neighbourhood of more bytes than this is cut, so that memory stays bounded on hostile input.
const LIMIT: usize = 16 << 10;

/// So many bytes are asked at once.
const MANY: usize = 32;

const LETTER: u8 = 1;
const DIGIT: u8 = 2;
const BLANK: u8 = 3;
const SIGN: u8 = 4;
const WIDE: u8 = 5;

/// What the characters of one byte are; and the first bytes of others.
#[expect(clippy::indexing_slicing, reason = "computed when it is compiled")]
const BYTES: [u8; 256] = {
    let mut out = [SIGN; 256];
    let mut byte = 0;
    while byte < out.len() {
        out[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => LETTER,
            b'0'..=b'9' => DIGIT,
            b' ' => BLANK,
            0x80.. => WIDE,
            _ => SIGN,
        };
        byte += 1;
    }
    out
};

/// Puts the places in `text[within]` to look at into `out`, in order, not overlapping, on character bounds: each from some way before a
/// trigger to the end of the last one. What follows is read as long as it may belong to it.
pub(super) fn windows(text: &str, within: Span, language: &Language, out: &mut Vec<Span>) {
    out.clear();
    let body = within.of(text);
    if language.stems.is_empty() {
        digits(body, out);
    } else {
        words_and_digits(body, language, out);
    }
    for window in out {
        *window = window.shifted(within.start());
    }
}

/// The digits alone.
fn digits(body: &str, out: &mut Vec<Span>) {
    let bytes = body.as_bytes();
    // Most passages have none, and many bytes together are asked for less than one by one.
    let mut at = 0;
    for (number, chunk) in bytes.chunks(MANY).enumerate() {
        if !chunk.iter().fold(false, |any, byte| any | byte.is_ascii_digit()) {
            continue;
        }
        let from = number * MANY;
        let end = from + chunk.len();
        at = at.max(from);
        while let Some(step) = bytes.get(at..end).and_then(|rest| rest.iter().position(u8::is_ascii_digit)) {
            let (run, is_date) = run(bytes, at + step);
            if is_date {
                add(body, at + step, run, out);
            }
            at = run;
        }
    }
}

fn words_and_digits(body: &str, language: &Language, out: &mut Vec<Span>) {
    let bytes = body.as_bytes();
    let stems = &language.stems;
    // Where words are not set apart, or are put together, a trigger may stand anywhere.
    let anywhere = language.unspaced || stems.has_suffixes() || language.joins();
    let (mut at, mut in_word, mut taken, mut counted) = (0, false, 0, 0);
    while let Some(&byte) = bytes.get(at) {
        let (is_word, len) = match BYTES.get(usize::from(byte)) {
            Some(&BLANK) => {
                in_word = false;
                at += 1;
                continue;
            }
            Some(&WIDE) => wide(body, at),
            Some(&SIGN) => (false, 1),
            Some(&LETTER) if !anywhere => {
                // A trigger begins with all of these letters or with none.
                let is_letter = |byte: &&u8| BYTES.get(usize::from(**byte)) == Some(&LETTER);
                let run = bytes.get(at..).unwrap_or_default().iter().take_while(is_letter).count();
                if !in_word && at >= taken && stems.may_begin(bytes, at, run) {
                    taken = word(body, at, language, out).unwrap_or(taken);
                }
                in_word = true;
                at += run;
                continue;
            }
            _ => (true, 1),
        };
        if (anywhere || !(in_word && is_word)) && at >= taken && stems.may_stand(bytes, at) {
            taken = word(body, at, language, out).unwrap_or(taken);
        }
        if byte >= 0xd9 && at >= counted && wide_digit(body, at) {
            let rest = body.get(at..).unwrap_or_default();
            counted = at + rest.find(|c: char| super::token::digit(c).is_none()).unwrap_or(rest.len());
            add(body, at, counted, out);
        }
        if byte.is_ascii_digit() && at >= counted {
            let (end, is_date) = run(bytes, at);
            counted = end;
            if is_date {
                add(body, at, end, out);
            }
        }
        in_word = is_word;
        at += len;
    }
}

/// Adds the trigger that stands at `at`; the end of what looks like one.
fn word(body: &str, at: usize, language: &Language, out: &mut Vec<Span>) -> Option<usize> {
    let (length, suffix) = language.stems.longest(body.as_bytes().get(at..)?)?;
    let end = at + length;
    // Where words are written as one, the tokens tell which these are.
    let joins = language.joins();
    if language.unspaced
        || (joins || words::is_boundary(body, end)) && (joins || suffix || words::is_boundary(body, at))
    {
        add(body, at, end, out);
    }
    Some(end)
}

/// Whether the character of several bytes at `at` belongs to words, and how many bytes it has.
fn wide(body: &str, at: usize) -> (bool, usize) {
    match body.as_bytes().get(at..at + 2) {
        // Letters with accents, and Cyrillic ones.
        Some([0xc3, low]) => (!matches!(low, 0x97 | 0xb7), 2),
        Some([0xd0 | 0xd1, _]) => (true, 2),
        _ => {
            let c = body.get(at..).and_then(|rest| rest.chars().next());
            c.map_or((false, 1), |c| (words::is_word(c), c.len_utf8()))
        }
    }
}

/// Whether a digit of another script stands here, four of them together or with a sign and another.
fn wide_digit(body: &str, at: usize) -> bool {
    let mut chars = body.get(at..).unwrap_or_default().chars();
    let is = |c: Option<char>| c.is_some_and(|c| super::token::digit(c).is_some());
    if !is(chars.next()) {
        return false;
    }
    let mut count = 1;
    loop {
        match chars.next() {
            Some('/' | '-' | '.' | ':' | '\u{66b}') => return is(chars.next()),
            c if is(c) && count < 4 => count += 1,
            c => return count == 4 && !is(c),
        }
    }
}

/// Adds the neighbourhood of a trigger.
fn add(body: &str, start: usize, end: usize, out: &mut Vec<Span>) {
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

/// The end of the digits that begin at `start`, and whether they may be a date by themselves: four digits, or digits with `.`, `:`, `/`,
/// `-` and digits, or with letters (`5pm`).
fn run(bytes: &[u8], start: usize) -> (usize, bool) {
    let length = bytes.get(start..).unwrap_or_default().iter().take_while(|b| b.is_ascii_digit()).count();
    let end = start + length;
    if length > 4 {
        return (end, false);
    }
    // FY2019 is written as one.
    let glued = start > 0
        && bytes.get(start - 1).is_some_and(u8::is_ascii_alphabetic)
        && !bytes.get(..start).unwrap_or_default().ends_with(b"FY");
    let next = bytes.get(end);
    let joined = matches!(next, Some(b'.' | b':' | b'/' | b'-')) && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
    let lettered = next.is_some_and(u8::is_ascii_alphabetic)
        || next == Some(&b' ') && matches!(bytes.get(end + 1), Some(b'a' | b'p' | b'A' | b'P'));
    (
        end,
        !glued
            && (length == 4
                || length == 2 && bytes.get(..start).unwrap_or_default().ends_with(b"FY")
                || joined
                || lettered),
    )
}
