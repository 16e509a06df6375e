//! Words of a text by UAX #29, and by dictionary where a script is written without blanks.

use icu_segmenter::options::WordBreakInvariantOptions;
use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed};
use unicode_segmentation::UnicodeSegmentation as _;

use super::Span;

/// The words of `text` (UAX #29 segments that hold a letter or digit) with their places; `base` is where `text` begins in the document.
/// Scripts without blanks come out as single characters (Han, Hiragana, Thai) or runs (Katakana), as the standard says.
pub fn words(text: &str, base: usize) -> impl Iterator<Item = (Span, &str)> {
    text.unicode_word_indices().map(move |(at, word)| (Span::new(base + at, base + at + word.len()), word))
}

/// Finds words as readers see them: those of Chinese, Japanese, Thai, Lao, Khmer and Burmese by dictionary (ICU4X), all others by UAX #29.
#[derive(Clone, Copy, Debug)]
pub struct Dictionary(WordSegmenterBorrowed<'static>);

impl Default for Dictionary {
    fn default() -> Self {
        Self(WordSegmenter::new_dictionary(WordBreakInvariantOptions::default()))
    }
}

impl Dictionary {
    /// The words of `text` (segments that hold a letter or digit) with their places; `base` is where `text` begins in the document.
    pub fn words<'t>(&self, text: &'t str, base: usize) -> impl Iterator<Item = (Span, &'t str)> + use<'t> {
        let mut bounds = self.0.segment_str(text);
        let mut start = bounds.next().unwrap_or_default();
        std::iter::from_fn(move || {
            loop {
                let end = bounds.next()?;
                let (from, is_word) = (start, bounds.is_word_like());
                start = end;
                // Letters of scripts that the dictionaries lack are letters all the same.
                let word = text.get(from..end).unwrap_or_default();
                if is_word || word.chars().any(char::is_alphanumeric) {
                    return Some((Span::new(base + from, base + end), word));
                }
            }
        })
    }
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
    use super::{Dictionary, Span, is_whole, words};

    #[test]
    fn words_without_blanks_are_found_by_dictionary() {
        let found = |text| Dictionary::default().words(text, 0).map(|(_, word)| word.to_owned()).collect::<Vec<_>>();
        assert_eq!(found("老师昨天开会。"), ["老师", "昨天", "开会"]);
        assert_eq!(found("今日は天気"), ["今日", "は", "天気"]);
        assert_eq!(found("ฉันไปโรงเรียน"), ["ฉัน", "ไป", "โรงเรียน"]);
        assert_eq!(found("Дом №5 — don’t"), ["Дом", "5", "don’t"]);
        assert!(found("").is_empty());
    }

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
