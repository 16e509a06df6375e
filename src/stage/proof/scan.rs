//! One walk over a passage, shared by all checks: words, and the marks between them.

use unicode_normalization::char::is_combining_mark;

use crate::text::Span;
use crate::text::script::{self, Script};

/// A letter of the Latin alphabet is in the word.
pub(super) const LATIN: u8 = 1;
/// A Cyrillic one is.
pub(super) const CYRILLIC: u8 = 2;
/// A Greek one is.
pub(super) const GREEK: u8 = 4;
/// One of a script that is written without blanks is.
pub(super) const UNSPACED: u8 = 8;
/// One of any other script is.
pub(super) const OTHER: u8 = 16;

const UPPER: u8 = 32;
const DIGIT: u8 = 64;
const MARK: u8 = 128;
const BLANK: u8 = 0;

/// A run of letters, with the marks on them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<'t> {
    /// Where it is.
    pub(super) span: Span,
    /// Its letters.
    pub(super) text: &'t str,
    /// Which alphabets they are of.
    pub(super) alphabets: u8,
    /// How many there are.
    pub(super) chars: usize,
    /// How many of them are capitals.
    pub(super) capitals: usize,
    /// Whether the first is.
    pub(super) capitalised: bool,
}

/// What a passage is made of, but for blanks and digits.
#[derive(Clone, Copy, Debug)]
pub(super) enum Token<'t> {
    /// A word.
    Word(Word<'t>),
    /// Punctuation, a symbol or a character that shows nothing; where it is.
    Mark(char, usize),
}

/// Not a class: the first byte of a character of several bytes.
const WIDE: u8 = DIGIT | MARK;

/// Classes of the characters of one byte. Marks that no check looks at end a word and are passed over.
#[expect(clippy::indexing_slicing, reason = "computed when it is compiled")]
const BYTES: [u8; 256] = {
    let mut out = [BLANK; 256];
    let mut byte = 0;
    while byte < out.len() {
        out[byte] = match byte as u8 {
            b'a'..=b'z' => LATIN,
            b'A'..=b'Z' => LATIN | UPPER,
            b'0'..=b'9' => DIGIT,
            b',' | b'.' | b';' | b':' | b'!' | b'?' | b'"' | b'-' | b'<' | b'&' | b'{' | b'}' | b'%' | b'(' | b')'
            | b'[' | b']' | b'*' | b'\\' | b'$' => MARK,
            0x80.. => WIDE,
            _ => BLANK,
        };
        byte += 1;
    }
    out
};

const LETTER: u8 = LATIN | CYRILLIC | GREEK | UNSPACED | OTHER;

/// Gives every word of the passage at `span`, and every mark that a check looks at, to `take`, in order.
pub(super) fn tokens<'t>(text: &'t str, span: Span, mut take: impl FnMut(Token<'t>)) {
    let body = span.of(text);
    let bytes = body.as_bytes();
    let mut at = 0;
    let class_of = |byte: u8| BYTES.get(usize::from(byte)).copied().unwrap_or(BLANK);
    while let Some(&byte) = bytes.get(at) {
        let start = at;
        let mut one = class_of(byte);
        if one & LATIN == 0 {
            if one != WIDE {
                if one == MARK {
                    take(Token::Mark(char::from(byte), span.start() + at));
                }
                at += 1;
                continue;
            }
            let (c, len) = decode(bytes, at);
            one = class(c, false);
            if one & LETTER == 0 {
                if one & MARK != 0 {
                    take(Token::Mark(c, span.start() + at));
                }
                at += len;
                continue;
            }
            at += len;
        } else {
            at += 1;
        }
        let capitalised = one & UPPER != 0;
        let (mut alphabets, mut chars, mut capitals) = (one & !UPPER, 1, usize::from(capitalised));
        let mut mark = None;
        let mut end = bytes.len();
        loop {
            // Most letters of most words.
            let plain = bytes.get(at..).unwrap_or_default().iter().take_while(|b| b.is_ascii_lowercase()).count();
            if plain > 0 {
                at += plain;
                chars += plain;
                alphabets |= LATIN;
            }
            let Some(&byte) = bytes.get(at) else { break };
            let mut one = class_of(byte);
            let mut len = 1;
            if one == WIDE {
                let (c, wide) = decode(bytes, at);
                one = class(c, true);
                len = wide;
                if one & MARK != 0 {
                    mark = Some(c);
                }
            } else if one == MARK {
                mark = Some(char::from(byte));
            }
            if one & LETTER == 0 {
                end = at;
                at += len;
                break;
            }
            at += len;
            chars += 1;
            capitals += usize::from(one & UPPER != 0);
            alphabets |= one & !UPPER;
        }
        let place = Span::new(span.start() + start, span.start() + end);
        take(Token::Word(Word { span: place, text: place.of(text), alphabets, chars, capitals, capitalised }));
        if let Some(c) = mark {
            take(Token::Mark(c, span.start() + end));
        }
    }
}

/// The character at `at`, which is a character boundary, and its length.
#[inline]
fn decode(bytes: &[u8], at: usize) -> (char, usize) {
    let byte = |offset: usize| bytes.get(at + offset).copied().map_or(0, u32::from);
    let low = |offset: usize| byte(offset) & 0x3f;
    let first = byte(0);
    let (code, len) = match first {
        ..0xe0 => ((first & 0x1f) << 6 | low(1), 2),
        0xe0..0xf0 => ((first & 0xf) << 12 | low(1) << 6 | low(2), 3),
        _ => ((first & 7) << 18 | low(1) << 12 | low(2) << 6 | low(3), 4),
    };
    (char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), len)
}

/// The class of a character of several bytes.
#[inline]
fn class(c: char, in_word: bool) -> u8 {
    match c {
        'ß'..='ö' | 'ø'..='ÿ' => LATIN,
        'À'..='Ö' | 'Ø'..='Þ' => LATIN | UPPER,
        'а'..='џ' => CYRILLIC,
        'Ѐ'..='Я' => CYRILLIC | UPPER,
        '\u{a0}' => BLANK,
        '\u{80}'..='\u{a9}'
        | '\u{ab}'..='\u{b1}'
        | '\u{2010}'..='\u{2027}'
        | '\u{3001}'..='\u{3004}'
        | '\u{3008}'..='\u{301f}' => MARK,
        '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{30fc}' | '\u{4e00}'..='\u{9fff}' => UNSPACED,
        '\u{ac00}'..='\u{d7a3}' => OTHER,
        _ => rare(c, in_word),
    }
}

fn rare(c: char, in_word: bool) -> u8 {
    if c.is_alphabetic() && !is_invisible_letter(c) {
        let alphabet = match script::of(c) {
            Script::Latin => LATIN,
            Script::Cyrillic => CYRILLIC,
            Script::Greek => GREEK,
            Script::Common | Script::Inherited if !in_word => return MARK,
            script if script::is_unspaced(script) => UNSPACED,
            _ => OTHER,
        };
        return if c.is_uppercase() { alphabet | UPPER } else { alphabet };
    }
    if in_word && is_combining_mark(c) && !crate::text::fold::is_ignorable(c) {
        return OTHER;
    }
    if c.is_numeric() {
        return DIGIT;
    }
    if c.is_whitespace() { BLANK } else { MARK }
}

/// Hangul fillers: letters by their property, nothing by their looks.
fn is_invisible_letter(c: char) -> bool {
    matches!(c, '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}')
}

#[cfg(test)]
mod tests {
    use super::{CYRILLIC, LATIN, Token, tokens};
    use crate::text::Span;

    #[test]
    fn words_are_runs_of_letters_and_marks_stand_between() {
        let text = "Web3, «cтатья»!";
        let mut words = Vec::new();
        let mut marks = String::new();
        tokens(text, Span::new(0, text.len()), |token| match token {
            Token::Word(word) => words.push((word.text, word.alphabets, word.capitals)),
            Token::Mark(c, _) => marks.push(c),
        });
        assert_eq!(words, [("Web", LATIN, 1), ("cтатья", LATIN | CYRILLIC, 0)]);
        assert_eq!(marks, ",«»!");
    }
}
