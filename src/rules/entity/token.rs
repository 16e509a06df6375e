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
    let mut rest = text.char_indices().peekable();
    let mut spaced = true;
    while let Some((at, c)) = rest.next() {
        if c == ' ' || c == '\n' || !is_letter(c) && c.is_whitespace() {
            spaced = true;
            continue;
        }
        let from = low.len();
        let mut end = at + c.len_utf8();
        let mut shape = Shape::Lower;
        let mut latin = false;
        let kind = if is_unspaced(c) {
            while let Some(&(next, c)) = rest.peek().filter(|(_, c)| is_unspaced(*c)) {
                end = next + c.len_utf8();
                rest.next();
            }
            Kind::Unspaced
        } else if is_letter(c) {
            let (mut upper, mut lower) = (0, 0);
            let mut take = |c: char, low: &mut String| {
                if is_upper(c) {
                    upper += 1;
                } else if !c.is_ascii_digit() {
                    lower += 1;
                }
                push_lower(c, low);
            };
            take(c, low);
            latin = c.is_ascii() || matches!(c, 'À'..='\u{24f}');
            loop {
                match rest.peek().copied() {
                    Some((next, c)) if is_letter(c) || c.is_ascii_digit() || is_mark(c) => {
                        take(c, low);
                        end = next + c.len_utf8();
                        rest.next();
                    }
                    Some((next, c)) if is_joiner(c) => {
                        let after = text.get(next + c.len_utf8()..).and_then(|t| t.chars().next());
                        let apostrophe = c != '-' && c != '\u{2010}';
                        if !after.is_some_and(is_letter) || apostrophe && !(end - at == 1 && is_upper_at(text, next)) {
                            break;
                        }
                        low.push(if apostrophe { '\'' } else { '-' });
                        end = next + c.len_utf8();
                        rest.next();
                    }
                    _ => break,
                }
            }
            if is_upper(c) {
                shape = if upper > 1 && lower == 0 { Shape::Upper } else { Shape::Title };
            }
            Kind::Word
        } else if c.is_ascii_digit() {
            low.push(c);
            while let Some((next, c)) = rest.peek().copied() {
                let inner = matches!(c, '.' | ',')
                    && text.get(next + 1..).and_then(|t| t.chars().next()).is_some_and(|c| c.is_ascii_digit());
                if !(c.is_ascii_digit() || inner) {
                    break;
                }
                low.push(c);
                end = next + 1;
                rest.next();
            }
            Kind::Number
        } else {
            low.push(c);
            Kind::Mark
        };
        out.push(Token {
            span: Span::new(base + at, base + end),
            hash: hash(low.get(from..).unwrap_or_default()),
            kind,
            shape,
            latin,
            spaced,
            low: (from as u32, low.len() as u32),
        });
        spaced = false;
    }
}

/// Whether the character after the joiner at `joiner` is a capital: `O'Brien`, but not `l'été`.
fn is_upper_at(text: &str, joiner: usize) -> bool {
    text.get(joiner..).is_some_and(|t| t.chars().nth(1).is_some_and(is_upper))
}

#[inline]
fn is_joiner(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\'' | '\u{2019}')
}

#[inline]
fn is_upper(c: char) -> bool {
    match c {
        'A'..='Z' | 'А'..='Я' | 'Ё' => true,
        '\0'..='\x7f' | 'а'..='я' | 'ё' => false,
        _ => c.is_uppercase(),
    }
}

#[inline]
fn is_letter(c: char) -> bool {
    match c {
        'a'..='z' | 'A'..='Z' | 'А'..='я' | 'ё' | 'Ё' => true,
        '\0'..='\x7f' | '\u{2010}'..='\u{206f}' | '«' | '»' => false,
        _ => c.is_alphabetic() && !is_unspaced(c),
    }
}

#[inline]
fn is_mark(c: char) -> bool {
    !matches!(c, '\0'..='\u{2ff}' | '\u{400}'..='\u{482}' | '\u{2010}'..='\u{2060}')
        && unicode_normalization::char::is_combining_mark(c)
}

#[inline]
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{3040}'..='\u{30ff}' | '\u{3005}' | '\u{20000}'..='\u{3ffff}'
        | '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}

#[inline]
fn push_lower(c: char, low: &mut String) {
    match c {
        'a'..='z' | 'а'..='я' | '0'..='9' => low.push(c),
        'A'..='Z' => low.push(c.to_ascii_lowercase()),
        'А'..='Я' => low.push(char::from_u32(c as u32 + 32).unwrap_or(c)),
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
