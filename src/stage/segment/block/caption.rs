//! Captions: `Рис. 1. …`, `Figure 1: …`, `图1 …`.

/// Words that pictures and tables are numbered with, one a line. No stage argument carries them: the layout of a text is read before its language is known.
const WORDS: &str = include_str!("../../../rules/data/segment/captions.txt");
/// Longer lines, in bytes, are paragraphs that begin with a reference.
const LONGEST: usize = 400;

/// Whether a trimmed line is a caption: the word, a number and then a mark (or, in scripts without blanks, a blank), or a picture in Markdown.
pub(super) fn is_caption(line: &str) -> bool {
    if line.len() > LONGEST {
        return false;
    }
    if line.starts_with("![") {
        return line.ends_with(')');
    }
    let Some(digit) = line.bytes().take(40).position(|b| b.is_ascii_digit()) else { return false };
    let Some((word, rest)) = line.split_at_checked(digit) else { return false };
    let word = word.trim_end_matches([' ', '\u{a0}', '№', '.']);
    if word.is_empty() || !WORDS.lines().any(|known| known == word) {
        return false;
    }
    let after = rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '–'));
    let number = rest.get(..rest.len() - after.len()).unwrap_or_default();
    let marked =
        number.ends_with(['.', '-', '–']) || after.trim_start().starts_with([':', '—', '–', '|', '：', '）', ')']);
    let wide = !word.is_ascii() && word.chars().count() <= 2 && after.starts_with([' ', '\u{3000}', '　']);
    after.is_empty() || marked || wide
}
