//! Captions: `Рис. 1. …`, `Figure 1: …`, `图1 …`.

/// Words that pictures and tables are numbered with, one a line. No stage argument carries them: the layout of a text is read before its language is known.
const WORDS: &str = include_str!("../../../rules/data/segment/captions.txt");
/// Longer lines, in bytes, are paragraphs that begin with a reference.
const LONGEST: usize = 400;
/// The number of a picture stands within so many bytes.
const HEAD: usize = 40;
/// By first byte, the lengths of the words that begin with it, a bit each: most lines need no closer look.
const LENGTHS: [u64; 256] = lengths(WORDS.as_bytes());

/// Whether a trimmed line is a caption: the word, a number and then a mark (or, in scripts without blanks, a blank), or a picture in Markdown.
pub(super) fn is_caption(line: &str) -> bool {
    if line.len() > LONGEST {
        return false;
    }
    if line.starts_with("![") {
        return line.ends_with(')');
    }
    let lengths = line.as_bytes().first().and_then(|&b| LENGTHS.get(usize::from(b))).copied().unwrap_or_default();
    if lengths == 0 {
        return false;
    }
    let Some(digit) = line.bytes().take(HEAD).position(|b| b.is_ascii_digit()) else { return false };
    let Some((word, rest)) = line.split_at_checked(digit) else { return false };
    let word = word.trim_end_matches([' ', '\u{a0}', '№', '.']);
    if lengths & (1 << (word.len() % HEAD)) == 0 || !WORDS.lines().any(|known| known == word) {
        return false;
    }
    let after = rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '–'));
    let number = rest.get(..rest.len() - after.len()).unwrap_or_default();
    let marked =
        number.ends_with(['.', '-', '–']) || after.trim_start().starts_with([':', '—', '–', '|', '：', '）', ')']);
    let wide = !word.is_ascii() && word.chars().count() <= 2 && after.starts_with([' ', '\u{3000}', '　']);
    after.is_empty() || marked || wide
}

/// The lengths of the lines of `words` by their first byte.
const fn lengths(mut words: &[u8]) -> [u64; 256] {
    let mut table = [0; 256];
    while let Some((&first, _)) = words.split_first() {
        let mut len = 0;
        while let Some((&byte, rest)) = words.split_first() {
            words = rest;
            if byte == b'\n' {
                break;
            }
            len += 1;
        }
        assert!(len < HEAD, "a word is longer than what is looked at");
        if let Some((_, from)) = table.split_at_mut_checked(first as usize)
            && let Some((slot, _)) = from.split_first_mut()
        {
            *slot |= 1 << len;
        }
    }
    table
}
