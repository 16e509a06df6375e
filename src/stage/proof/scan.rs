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

/// Gives every word and mark of the passage at `span` to `take`, in order.
pub(super) fn tokens<'t>(text: &'t str, span: Span, mut take: impl FnMut(Token<'t>)) {
    let body = span.of(text);
    let (mut start, mut alphabets, mut chars, mut capitals, mut capitalised) = (0, 0, 0, 0, false);
    let word = |take: &mut dyn FnMut(Token<'t>), start: usize, end: usize, alphabets, chars, capitals, capitalised| {
        let place = Span::new(span.start() + start, span.start() + end);
        take(Token::Word(Word { span: place, text: place.of(text), alphabets, chars, capitals, capitalised }));
    };
    for (at, c) in body.char_indices() {
        let class = class(c, chars > 0);
        if class & (LATIN | CYRILLIC | GREEK | UNSPACED | OTHER) != 0 {
            if chars == 0 {
                (start, capitalised) = (at, class & UPPER != 0);
            }
            chars += 1;
            capitals += usize::from(class & UPPER != 0);
            alphabets |= class & !UPPER;
            continue;
        }
        if chars > 0 {
            word(&mut take, start, at, alphabets, chars, capitals, capitalised);
            (alphabets, chars, capitals) = (0, 0, 0);
        }
        if class & MARK != 0 {
            take(Token::Mark(c, span.start() + at));
        }
    }
    if chars > 0 {
        word(&mut take, start, body.len(), alphabets, chars, capitals, capitalised);
    }
}

#[inline]
fn class(c: char, in_word: bool) -> u8 {
    match c {
        'a'..='z' | 'ß'..='ö' | 'ø'..='ÿ' => LATIN,
        'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' => LATIN | UPPER,
        'а'..='џ' => CYRILLIC,
        'Ѐ'..='Я' => CYRILLIC | UPPER,
        '\0'..=' ' | '\u{a0}' => BLANK,
        '0'..='9' => DIGIT,
        '\0'..='\u{a9}'
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
