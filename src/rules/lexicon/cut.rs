//! Words as the lexicons have them: letters and marks, in lower case; an apostrophe or a hyphen ends one.

use unicode_normalization::char::is_combining_mark;

use crate::text::Span;

/// A word: its letters in lower case, and their hash.
#[derive(Clone, Copy, Debug)]
pub struct Word<'w> {
    /// Of the letters, for the tables.
    pub hash: u64,
    /// In lower case, one for one; joiners are left out.
    pub letters: &'w [char],
    /// Whether the first letter is a capital.
    pub capital: bool,
    /// Whether there is a capital after the first letter.
    pub shouted: bool,
}

/// Where and how a word was found.
pub type Cut = Span;

const PRIME: u64 = 0x0100_0000_01b3;
const EMPTY: u64 = 0xcbf2_9ce4_8422_2325;

/// Calls `each` with every word of `text` and its place.
pub fn cut(text: &str, mut each: impl FnMut(Cut, &Word<'_>)) {
    let mut letters: Vec<char> = Vec::with_capacity(32);
    let (mut start, mut hash) = (0, EMPTY);
    let (mut capital, mut shouted) = (false, false);
    for (at, c) in text.char_indices() {
        let is_letter = if c.is_ascii() {
            c.is_ascii_alphabetic()
        } else {
            is_part(c) && (!letters.is_empty() || c.is_alphabetic())
        };
        if is_letter {
            let small = lower(c);
            if letters.is_empty() {
                (start, capital, shouted) = (at, small != c, false);
            } else {
                shouted |= small != c;
            }
            if !matches!(c, '\u{200c}' | '\u{200d}') {
                letters.push(small);
                hash = push(hash, small);
            }
        } else if !letters.is_empty() {
            each(Span::new(start, at), &Word { hash: mix(hash), letters: &letters, capital, shouted });
            letters.clear();
            hash = EMPTY;
        }
    }
    if !letters.is_empty() {
        each(Span::new(start, text.len()), &Word { hash: mix(hash), letters: &letters, capital, shouted });
    }
}

/// A letter, or a mark or joiner after one.
#[inline]
fn is_part(c: char) -> bool {
    match c {
        '\u{400}'..='\u{481}'
        | '\u{48a}'..='\u{52f}'
        | '\u{c0}'..='\u{d6}'
        | '\u{d8}'..='\u{f6}'
        | '\u{f8}'..='\u{2af}'
        | '\u{200c}'
        | '\u{200d}' => true,
        '\u{2000}'..='\u{200b}' | '\u{200e}'..='\u{206f}' => false,
        _ => c.is_alphabetic() || is_combining_mark(c),
    }
}

/// Calls `each` with every word of `text`: where it begins and ends, its hash, how many bytes of it are capitals, and whether its first letter
/// is one. The quick way to look words up: the letters themselves are not kept.
#[inline]
pub fn scan(text: &str, mut each: impl FnMut(Scanned)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut word = Scanned { start: 0, end: 0, hash: EMPTY, letters: 0, capitals: 0, capital: false };
    while let Some(&byte) = bytes.get(at) {
        let small = byte | 0x20;
        let (c, len, big) = if small.wrapping_sub(b'a') < 26 {
            (char::from(small), 1, byte != small)
        } else if byte < 0x80 {
            if word.letters > 0 {
                each(Scanned { hash: mix(word.hash), ..word });
                word = Scanned { hash: EMPTY, letters: 0, capitals: 0, capital: false, ..word };
            }
            at += 1;
            continue;
        } else {
            let Some(c) = decoded(bytes, at, byte) else { break };
            if !(is_part(c) && (word.letters > 0 || c.is_alphabetic())) {
                if word.letters > 0 {
                    each(Scanned { hash: mix(word.hash), ..word });
                    word = Scanned { hash: EMPTY, letters: 0, capitals: 0, capital: false, ..word };
                }
                at += c.len_utf8();
                continue;
            }
            let small = lower(c);
            (small, c.len_utf8(), small != c)
        };
        if word.letters == 0 {
            word.start = at;
            word.capital = big;
        }
        word.capitals += u32::from(big);
        if !matches!(c, '\u{200c}' | '\u{200d}') {
            word.letters += 1;
            word.hash = push(word.hash, c);
        }
        at += len;
        word.end = at;
    }
    if word.letters > 0 {
        each(Scanned { hash: mix(word.hash), ..word });
    }
}

/// A word, as [`scan`] sees it.
#[derive(Clone, Copy, Debug)]
pub struct Scanned {
    /// Where it begins, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Of the letters in lower case, for the tables.
    pub hash: u64,
    /// How many letters and marks it has.
    pub letters: u32,
    /// How many of these are capitals.
    pub capitals: u32,
    /// Whether the first is one.
    pub capital: bool,
}

/// The character of more than one byte at `at`, which begins with `first`.
#[inline]
fn decoded(bytes: &[u8], at: usize, first: u8) -> Option<char> {
    let low = |i: usize| bytes.get(at + i).map_or(0, |b| u32::from(b & 0x3f));
    let code = match first {
        0xc0..=0xdf => u32::from(first & 0x1f) << 6 | low(1),
        0xe0..=0xef => u32::from(first & 0x0f) << 12 | low(1) << 6 | low(2),
        _ => u32::from(first & 0x07) << 18 | low(1) << 12 | low(2) << 6 | low(3),
    };
    char::from_u32(code)
}

/// The hash of a word, of its letters in lower case.
pub fn hash(letters: &[char]) -> u64 {
    mix(letters.iter().fold(EMPTY, |hash, c| push(hash, *c)))
}

/// Takes one letter more into a hash. The lists have `ss` for `ß`, and Romanian is written with commas or cedillas.
#[inline]
pub(super) const fn push(hash: u64, c: char) -> u64 {
    let c = match c {
        'ß' => return push(push(hash, 's'), 's'),
        'ș' => 'ş',
        'ț' => 'ţ',
        _ => c,
    };
    (hash ^ c as u64).wrapping_mul(PRIME)
}

/// Spreads every bit over all.
#[inline]
pub(super) const fn mix(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    hash ^ (hash >> 29)
}

/// The lower case of a letter, one character for one.
#[inline]
pub fn lower(c: char) -> char {
    match c {
        'a'..='z' | 'а'..='я' => c,
        'A'..='Z' => c.to_ascii_lowercase(),
        'А'..='Я' => char::from_u32(c as u32 + 32).unwrap_or(c),
        _ if (c as u32) < 0x2000 => c.to_lowercase().next().unwrap_or(c),
        _ => c,
    }
}
