//! Scripts of characters, fast for the common ones.

pub use unicode_script::Script;
use unicode_script::UnicodeScript;

use super::Span;

/// The script of a character (Unicode property `Script`); `Common` and `Inherited` for digits, punctuation and marks that belong to none.
#[inline]
pub fn of(c: char) -> Script {
    match c {
        'a'..='z' | 'A'..='Z' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ɏ' => Script::Latin,
        '\0'..='\x7f' => Script::Common,
        'А'..='я' | 'ё' | 'Ё' => Script::Cyrillic,
        '\u{4e00}'..='\u{9fff}' => Script::Han,
        '\u{ac00}'..='\u{d7a3}' => Script::Hangul,
        '\u{3041}'..='\u{3096}' => Script::Hiragana,
        '\u{30a1}'..='\u{30fa}' => Script::Katakana,
        _ => c.script(),
    }
}

/// Whether the character is written without blanks between words: Han, Hiragana, Katakana, Thai, Lao, Khmer, Myanmar.
#[inline]
pub fn is_unspaced(script: Script) -> bool {
    matches!(
        script,
        Script::Han
            | Script::Hiragana
            | Script::Katakana
            | Script::Bopomofo
            | Script::Thai
            | Script::Lao
            | Script::Khmer
            | Script::Myanmar
    )
}

/// Whether the script tells nothing of the language (digits, punctuation, combining marks).
#[inline]
pub fn is_neutral(script: Script) -> bool {
    matches!(script, Script::Common | Script::Inherited | Script::Unknown)
}

/// How many letters of each script a text has, most frequent first; `Common`, `Inherited` and `Unknown` are not counted.
pub fn census(text: &str) -> Vec<(Script, usize)> {
    let mut ascii = 0usize;
    let mut counts: Vec<(Script, usize)> = Vec::new();
    for c in text.chars() {
        if c.is_ascii() {
            ascii += usize::from(c.is_ascii_alphabetic());
            continue;
        }
        let script = of(c);
        if is_neutral(script) {
            continue;
        }
        match counts.iter_mut().find(|(s, _)| *s == script) {
            Some((_, n)) => *n += 1,
            None => counts.push((script, 1)),
        }
    }
    if ascii > 0 {
        match counts.iter_mut().find(|(s, _)| *s == Script::Latin) {
            Some((_, n)) => *n += ascii,
            None => counts.push((Script::Latin, ascii)),
        }
    }
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.short_name().cmp(b.0.short_name())));
    counts
}

/// A stretch of letters of one script, with the neutral characters between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// From the first letter to the end of the last one.
    pub span: Span,
    /// The script of its letters.
    pub script: Script,
    /// How many letters (characters that are not neutral) it has.
    pub letters: usize,
}

/// Cuts a text into runs of one script; `base` is where `text` begins in the document. Neutral characters between two
/// letters of one script belong to the run, those at its ends do not, except for combining marks after a letter.
pub fn runs(text: &str, base: usize) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::new();
    for (at, c) in text.char_indices() {
        let script = of(c);
        let end = base + at + c.len_utf8();
        if script == Script::Inherited {
            if let Some(last) = out.last_mut().filter(|run| run.span.end() == base + at) {
                last.span = Span::new(last.span.start(), end);
            }
            continue;
        }
        if is_neutral(script) {
            continue;
        }
        match out.last_mut() {
            Some(run) if run.script == script => {
                run.span = Span::new(run.span.start(), end);
                run.letters += 1;
            }
            _ => out.push(Run { span: Span::new(base + at, end), script, letters: 1 }),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Script, UnicodeScript as _, census, of, runs};

    #[test]
    fn the_common_scripts_are_those_of_the_standard() {
        assert!(('\0'..=char::MAX).all(|c| of(c) == c.script()));
    }

    #[test]
    fn runs_are_cut_where_the_script_changes_even_without_a_blank() {
        let text = "в области法律合规 в Web3.0";
        let found: Vec<_> = runs(text, 0).iter().map(|r| (r.span.of(text), r.script)).collect();
        assert_eq!(
            found,
            [
                ("в области", Script::Cyrillic),
                ("法律合规", Script::Han),
                ("в", Script::Cyrillic),
                ("Web", Script::Latin)
            ]
        );
    }

    #[test]
    fn the_census_counts_letters_only() {
        assert_eq!(census("abc, 123 法律!"), [(Script::Latin, 3), (Script::Han, 2)]);
    }
}
