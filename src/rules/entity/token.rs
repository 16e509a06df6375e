//! Words and marks of a text, lower-cased and hashed once, as the lexicon looks them up.

use xxhash_rust::xxh3::xxh3_64;

use crate::text::Span;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Letters, with hyphens between them, and digits after them.
    Word,
    /// Begins with a digit.
    Number,
    /// Letters of a script that is written without blanks.
    Unspaced,
    /// One other character.
    Mark,
}

/// How a word is capitalised.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// No capital at its beginning.
    #[default]
    Lower,
    /// A capital at its beginning.
    Title,
    /// Two capitals or more and no small letter.
    Upper,
}

/// A word or a mark.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// Where it is.
    pub span: Span,
    /// Hash of its lower-cased letters, `ё` as `е`.
    pub hash: u64,
    /// What it is made of.
    pub kind: Kind,
    /// How it is capitalised.
    pub shape: Shape,
    /// Whether it is in Latin letters.
    pub latin: bool,
    /// Whether a blank stands before it.
    pub spaced: bool,
    /// The character that it is, of a mark.
    pub mark: char,
    /// Where its lower-cased letters are in the buffer.
    pub low: (u32, u32),
}

/// The hash under which the lexicon knows a lower-cased word.
pub fn hash(word: &str) -> u64 {
    xxh3_64(word.as_bytes())
}

/// Cuts `text`, which begins at `base` in the document, into `out`; `low` takes the lower-cased letters. Both are emptied first.
pub fn tokens(text: &str, base: usize, out: &mut Vec<Token>, low: &mut String) {
    out.clear();
    low.clear();
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut spaced = true;
    while let Some(&byte) = bytes.get(at) {
        if matches!(byte, b' ' | b'\t'..=b'\r') {
            spaced = true;
            at += 1;
            continue;
        }
        let from = low.len();
        let mut word = Word { end: at, ..Word::default() };
        let mut latin = false;
        let mut mark = '\0';
        let kind = if byte.is_ascii_alphabetic() {
            latin = true;
            word.read(text, at, low);
            Kind::Word
        } else if byte.is_ascii_digit() {
            word.end = number(text, at);
            low.push_str(text.get(at..word.end).unwrap_or_default());
            Kind::Number
        } else if byte.is_ascii() {
            word.end = at + 1;
            mark = char::from(byte);
            low.push(mark);
            Kind::Mark
        } else {
            let Some(c) = char_at(text, at) else { break };
            if is_unspaced(c) {
                let rest = text.get(at..).unwrap_or_default();
                word.end = at + rest.find(|c| !is_unspaced(c)).unwrap_or(rest.len());
                Kind::Unspaced
            } else if is_letter(c) {
                latin = matches!(c, 'À'..='\u{24f}');
                word.read(text, at, low);
                Kind::Word
            } else if c.is_whitespace() {
                spaced = true;
                at += c.len_utf8();
                continue;
            } else {
                word.end = at + c.len_utf8();
                mark = c;
                low.push(c);
                Kind::Mark
            }
        };
        out.push(Token {
            span: Span::new(base + at, base + word.end),
            hash: hash(low.get(from..).unwrap_or_default()),
            kind,
            shape: word.shape(),
            latin,
            spaced,
            mark,
            low: (from as u32, low.len() as u32),
        });
        at = word.end;
        spaced = false;
    }
}

/// A word while it is read.
#[derive(Default)]
struct Word {
    end: usize,
    /// Whether it begins with a capital.
    capital: bool,
    upper: usize,
    lower: usize,
}

impl Word {
    /// Reads the word that begins with a letter at `start`.
    fn read(&mut self, text: &str, start: usize, low: &mut String) {
        self.capital = char_at(text, start).is_some_and(is_upper);
        loop {
            if self.ascii(text, low) {
                return;
            }
            // What is left of it is not in letters of ASCII, or joins two words.
            let Some(c) = char_at(text, self.end) else { return };
            if is_joiner(c) {
                let next = self.end + c.len_utf8();
                let after = char_at(text, next);
                let apostrophe = c != '-' && c != '\u{2010}';
                // `O'Brien` is one word, `l'Italie` and `L'Aquila` are two.
                let elided = matches!(text.as_bytes().get(start), Some(b'a'..=b'z' | b'L' | b'J' | b'S' | b'C' | b'Q'));
                let initial = self.end - start == 1 && after.is_some_and(is_upper) && !elided;
                if !after.is_some_and(is_letter) || apostrophe && !initial {
                    return;
                }
                low.push(if apostrophe { '\'' } else { '-' });
                self.end = next;
            } else if is_letter(c) || is_mark(c) {
                if is_upper(c) {
                    self.upper += 1;
                } else {
                    self.lower += 1;
                }
                push_lower(c, low);
                self.end += c.len_utf8();
            } else {
                return;
            }
        }
    }

    /// Takes the ASCII letters and digits that follow; whether the word ends with them.
    #[inline]
    fn ascii(&mut self, text: &str, low: &mut String) -> bool {
        let rest = text.as_bytes().get(self.end..).unwrap_or_default();
        let mut len = 0;
        let mut next = 0;
        for &byte in rest {
            match byte {
                b'a'..=b'z' => self.lower += 1,
                b'A'..=b'Z' => self.upper += 1,
                b'0'..=b'9' => {}
                _ => {
                    next = byte;
                    break;
                }
            }
            len += 1;
        }
        if len > 0 {
            let from = low.len();
            low.push_str(text.get(self.end..self.end + len).unwrap_or_default());
            if self.upper > 0
                && let Some(taken) = low.get_mut(from..)
            {
                taken.make_ascii_lowercase();
            }
            self.end += len;
        }
        next.is_ascii() && !matches!(next, b'-' | b'\'')
    }

    const fn shape(&self) -> Shape {
        match (self.capital, self.upper > 1 && self.lower == 0) {
            (false, _) => Shape::Lower,
            (true, true) => Shape::Upper,
            (true, false) => Shape::Title,
        }
    }
}

/// Where the number ends that begins at `start`: digits, with single points and commas between them.
fn number(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut end = start + 1;
    loop {
        if is_digit(end) {
            end += 1;
        } else if matches!(bytes.get(end), Some(b'.' | b',')) && is_digit(end + 1) {
            end += 2;
        } else {
            return end;
        }
    }
}

/// The character at `at`.
#[inline]
fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

#[inline]
fn is_joiner(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\'' | '\u{2019}')
}

#[inline]
fn is_upper(c: char) -> bool {
    match c {
        'A'..='Z' | 'А'..='Я' | 'Ё' | 'À'..='Ö' | 'Ø'..='Þ' => true,
        '\0'..='\u{bf}' | '×' | 'ß'..='ÿ' | 'а'..='я' | 'ё' | '가'..='힣' => false,
        _ => c.is_uppercase(),
    }
}

#[inline]
fn is_letter(c: char) -> bool {
    match c {
        'a'..='z' | 'A'..='Z' | 'А'..='я' | 'ё' | 'Ё' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='\u{24f}' | '가'..='힣' => {
            true
        }
        '\0'..='\x7f' | '\u{2010}'..='\u{206f}' | '«' | '»' => false,
        _ => c.is_alphabetic() && !is_unspaced(c),
    }
}

#[inline]
fn is_mark(c: char) -> bool {
    !matches!(c, '\0'..='\u{2ff}' | '\u{400}'..='\u{482}' | '\u{2010}'..='\u{2060}' | '\u{3001}'..='\u{3029}' | '가'..='힣')
        && unicode_normalization::char::is_combining_mark(c)
}

#[inline]
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{3040}'..='\u{30ff}' | '\u{3005}' | '\u{20000}'..='\u{3ffff}'
        | '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}

#[inline]
fn push_lower(c: char, low: &mut String) {
    match c {
        'a'..='z' | 'а'..='я' | '0'..='9' | 'ß'..='ÿ' | '가'..='힣' => low.push(c),
        'A'..='Z' => low.push(c.to_ascii_lowercase()),
        'А'..='Я' | 'À'..='Ö' | 'Ø'..='Þ' => low.push(char::from_u32(c as u32 + 32).unwrap_or(c)),
        'ё' | 'Ё' => low.push('е'),
        _ => low.extend(c.to_lowercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, Shape, tokens};

    #[test]
    fn words_keep_hyphens_and_lose_case() {
        let (mut out, mut low) = (Vec::new(), String::new());
        let text = "Вице-премьер, O'Brien и China's 1,5 法律 США";
        tokens(text, 0, &mut out, &mut low);
        let words: Vec<_> = out.iter().map(|t| low.get(t.low.0 as usize..t.low.1 as usize).unwrap()).collect();
        assert_eq!(words, ["вице-премьер", ",", "o'brien", "и", "china", "'", "s", "1,5", "", "сша"]);
        assert_eq!(out[0].shape, Shape::Title);
        assert_eq!(out[8].kind, Kind::Unspaced);
        assert_eq!(out[9].shape, Shape::Upper);
    }
}
