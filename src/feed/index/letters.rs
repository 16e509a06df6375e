//! Letters of scripts that are written without blanks, one by one: a dictionary cuts words where it knows them, a reader asks for what stands there.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use unicode_normalization::UnicodeNormalization as _;

/// The name of the analyser, and of the field that holds these letters of titles and texts in all languages.
pub(super) const LETTERS: &str = "letters";

/// Han, Kana, Hangul, Thai, Lao, Burmese and Khmer. Korean has blanks, but particles stand at its words without one.
pub(super) const fn is_solid(c: char) -> bool {
    matches!(c, '\u{e01}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{309f}'
        | '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{323af}')
}

/// Marks that make another Kana of the one before.
const fn is_voicing(c: char) -> bool {
    matches!(c, '\u{3099}' | '\u{309a}' | '\u{ff9e}' | '\u{ff9f}')
}

/// Whether a text has any of these letters.
pub(super) fn has_solid(text: &str) -> bool {
    // None of them is shorter than three bytes.
    text.bytes().any(|byte| byte >= 0xe0) && text.contains(is_solid)
}

/// Takes a text apart into these letters, each in its compatibility form (NFKC). The positions of two that touch follow each other, those of others
/// do not; other letters are passed over.
#[derive(Clone, Copy, Default)]
pub(super) struct Letters;

impl Tokenizer for Letters {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        Stream { text, next: 0, token: Token { position: usize::MAX, ..Token::default() } }
    }
}

/// The letters of a text.
pub(super) struct Stream<'a> {
    text: &'a str,
    /// The byte that is looked at next.
    next: usize,
    token: Token,
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        let rest = self.text.get(self.next..).unwrap_or_default();
        let Some((at, letter)) = rest.char_indices().find(|(_, c)| is_solid(*c)) else { return false };
        let after = rest.get(at + letter.len_utf8()..).unwrap_or_default();
        let mark = after.chars().next().filter(|mark| is_voicing(*mark));
        let (from, touches) = (self.next + at, at == 0 && self.token.position != usize::MAX);
        self.next = from + letter.len_utf8() + mark.map_or(0, char::len_utf8);
        let token = &mut self.token;
        token.position = token.position.wrapping_add(if touches || token.position == usize::MAX { 1 } else { 2 });
        (token.offset_from, token.offset_to, token.position_length) = (from, self.next, 1);
        token.text.clear();
        if matches!(letter, '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{e01}'..='\u{e32}') {
            token.text.push(letter);
        } else {
            token.text.extend([letter].into_iter().chain(mark).nfkc());
        }
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

/// The letters of a text that has nothing else, as they are looked for.
pub(super) fn letters(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    Letters.token_stream(text).process(&mut |token| out.push(token.text.clone()));
    out
}

/// A part of what is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part<'t> {
    /// Of these letters only.
    Solid(&'t str),
    /// Of none of them.
    Other(&'t str),
}

/// The parts of a text.
pub(super) fn parts(text: &str) -> Vec<Part<'_>> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let solid = is_solid(first);
        let (part, after) = rest.split_at(rest.find(|c| is_solid(c) != solid).unwrap_or(rest.len()));
        out.push(if solid { Part::Solid(part) } else { Part::Other(part) });
        rest = after;
    }
    out
}

#[cfg(test)]
mod tests {
    use tantivy::tokenizer::{TokenStream as _, Tokenizer as _};

    use super::{Letters, Part, letters, parts};

    #[test]
    fn letters_that_touch_have_positions_that_follow() {
        let mut out = Vec::new();
        let text = "в области法律, ภาษา a ｶﾞｷﾞ";
        Letters.token_stream(text).process(&mut |token| {
            out.push((token.position, text.get(token.offset_from..token.offset_to).unwrap().to_owned()));
        });
        let expected = [(0, "法"), (1, "律"), (3, "ภ"), (4, "า"), (5, "ษ"), (6, "า"), (8, "ｶﾞ"), (9, "ｷﾞ")];
        assert_eq!(out, expected.map(|(at, letter)| (at, letter.to_owned())));
        assert_eq!(letters("ｶﾞｷ豈"), ["ガ", "キ", "豈"]);
        assert!(letters("no, нет 12").is_empty());
    }

    #[test]
    fn what_is_asked_has_parts() {
        assert_eq!(
            parts("AI规则 2021年"),
            [Part::Other("AI"), Part::Solid("规则"), Part::Other(" 2021"), Part::Solid("年")]
        );
    }
}
