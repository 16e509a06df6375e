//! Words of a text by UAX #29.

use unicode_segmentation::UnicodeSegmentation as _;

use super::Span;

/// The words of `text` (UAX #29 segments that hold a letter or digit) with their places; `base` is where `text` begins in the document.
/// Scripts without blanks come out as single characters (Han, Hiragana, Thai) or runs (Katakana), as the standard says.
pub fn words(text: &str, base: usize) -> impl Iterator<Item = (Span, &str)> {
    text.unicode_word_indices().map(move |(at, word)| (Span::new(base + at, base + at + word.len()), word))
}

/// Whether the byte position `at` of `text` is the edge of a word: not between two letters or digits.
pub fn is_boundary(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|t| t.chars().next_back());
    let after = text.get(at..).and_then(|t| t.chars().next());
    !(before.is_some_and(is_word) && after.is_some_and(is_word))
}

/// Whether `span` is delimited on both sides: no letter or digit touches it. The check that keeps `май` out of `майнинг`.
pub fn is_whole(text: &str, span: Span) -> bool {
    is_boundary(text, span.start()) && is_boundary(text, span.end())
}

/// A letter, digit, underscore or combining mark.
#[inline]
pub fn is_word(c: char) -> bool {
    // The tables of Unicode are slow, and most letters are of few scripts.
    matches!(c, 'а'..='я' | 'А'..='Я' | '\u{4e00}'..='\u{9fff}')
        || c == '_'
        || c.is_alphanumeric()
        || (!c.is_ascii() && unicode_normalization::char::is_combining_mark(c))
}

#[cfg(test)]
mod tests {
    use super::{Span, is_whole, words};

    #[test]
    fn a_month_inside_a_word_is_not_whole() {
        let text = "майнинг в мае, май";
        let places: Vec<_> = text.match_indices("ма").map(|(at, _)| at).collect();
        assert!(!is_whole(text, Span::new(places[0], places[0] + 6)));
        assert!(is_whole(text, Span::new(places[1], places[1] + 6)));
        assert!(is_whole(text, Span::new(places[2], places[2] + 6)));
    }

    #[test]
    fn words_have_places() {
        let found: Vec<_> = words("a, «б»", 10).map(|(span, w)| (span.start(), w)).collect();
        assert_eq!(found, [(10, "a"), (15, "б")]);
    }
}
