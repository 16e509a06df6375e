//! Words of a text by UAX #29, and by dictionary where a script is written without blanks.

use icu_segmenter::options::WordBreakInvariantOptions;
use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed};
use unicode_segmentation::UnicodeSegmentation as _;

use super::{Span, han, kana};

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
    /// The words of `text` (segments that hold a letter or digit) with their places; `base` is where `text` begins in the document. A text with Kana
    /// is Japanese, other Han is Chinese.
    pub fn words<'t>(&self, text: &'t str, base: usize) -> impl Iterator<Item = (Span, &'t str)> + use<'t> {
        let mut bounds = self.found(text);
        if text.contains(is_kana) {
            bounds = kana::regrouped(text, &bounds);
        } else if text.contains(is_han) {
            bounds = han::regrouped(text, &bounds);
        }
        let word = move |(start, end)| Some((Span::new(base + start, base + end), text.get(start..end)?));
        bounds.into_iter().filter_map(word)
    }

    /// The words that the dictionary finds.
    fn found(&self, text: &str) -> Vec<Bounds> {
        let mut out = Vec::new();
        let mut bounds = self.0.segment_str(text);
        let mut start = bounds.next().unwrap_or_default();
        while let Some(end) = bounds.next() {
            // Letters of scripts that the dictionaries lack are letters all the same.
            let word = text.get(start..end).unwrap_or_default();
            if bounds.is_word_like() || word.chars().any(char::is_alphanumeric) {
                out.push((start, end));
            }
            start = end;
        }
        out
    }
}

/// Where a word begins and ends, in bytes.
pub(super) type Bounds = (usize, usize);

const fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}')
}

const fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}')
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
        assert_eq!(found("手紙を持っていった"), ["手紙", "を", "持っ", "て", "いっ", "た"]);
        assert_eq!(found("駅で待っています"), ["駅", "で", "待っ", "て", "い", "ます"]);
        assert_eq!(found("这个村子里的奥斯曼人"), ["这", "个", "村子", "里", "的", "奥斯曼", "人"]);
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
