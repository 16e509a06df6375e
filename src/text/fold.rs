//! Folding: what two texts have in common when only their looks differ.
//!
//! NFKC, full case folding (upper then lower case), and then only letters, digits and their marks; white space, punctuation, symbols and
//! default-ignorable characters (zero-width blanks, soft hyphens, variation selectors) are left out. Digits that something separates stay
//! separated by one blank, so that `1.5` does not become `15`.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Between two digits that something separated.
const GAP: char = ' ';

/// The folded text, and how many characters it has.
#[derive(Debug, Default)]
pub struct Folded {
    /// The letters and digits.
    pub text: String,
    /// Characters in `text`.
    pub chars: usize,
}

/// Folds `text`.
pub fn fold(text: &str) -> Folded {
    let mut out = Folder { text: String::with_capacity(text.len()), chars: 0, after_digit: false, gap: false };
    let mut rest = text.char_indices().peekable();
    // Where the last character that was taken as it is begins in the input and in the output: a mark that follows may compose with it.
    let mut last = None;
    while let Some((at, c)) = rest.next() {
        if is_stable(c) {
            let before = (out.text.len(), out.chars, out.after_digit, out.gap);
            out.stable(c);
            last = Some((at, before));
            continue;
        }
        let start = match last.take() {
            Some((at, (len, chars, after_digit, gap))) => {
                out.text.truncate(len);
                (out.chars, out.after_digit, out.gap) = (chars, after_digit, gap);
                at
            }
            None => at,
        };
        let mut end = at + c.len_utf8();
        while let Some((at, c)) = rest.next_if(|&(_, c)| !is_stable(c)) {
            end = at + c.len_utf8();
        }
        for c in text.get(start..end).unwrap_or_default().nfkc() {
            out.any(c);
        }
    }
    Folded { text: out.text, chars: out.chars }
}

struct Folder {
    text: String,
    chars: usize,
    after_digit: bool,
    gap: bool,
}

impl Folder {
    #[inline]
    fn stable(&mut self, c: char) {
        match c {
            'a'..='z' | '0'..='9' | 'а'..='я' | '\u{4e00}'..='\u{9fff}' => self.push(c),
            'A'..='Z' => self.push(c.to_ascii_lowercase()),
            '\0'..='\x7f' => self.gap = true,
            'А'..='Я' => self.push(char::from_u32(c as u32 + 32).unwrap_or(c)),
            _ => self.any(c),
        }
    }

    #[inline]
    fn any(&mut self, c: char) {
        if is_ignorable(c) {
            return;
        }
        if !(c.is_alphanumeric() || is_combining_mark(c)) {
            self.gap = true;
            return;
        }
        if c.is_lowercase() && !matches!(c, 'ß' | 'ς' | 'ſ' | 'ŉ' | '\u{1c80}'..='\u{1c88}') || c.is_numeric() {
            return self.push(c);
        }
        for lower in c.to_uppercase().flat_map(char::to_lowercase) {
            self.push(lower);
        }
    }

    #[inline]
    fn push(&mut self, c: char) {
        let digit = c.is_numeric();
        if digit && self.after_digit && self.gap {
            self.text.push(GAP);
            self.chars += 1;
        }
        self.text.push(c);
        self.chars += 1;
        self.after_digit = digit;
        self.gap = false;
    }
}

/// Characters that NFKC leaves alone whatever follows but a mark.
#[inline]
fn is_stable(c: char) -> bool {
    matches!(c, '\0'..='\x7f' | 'А'..='я' | 'ё' | 'Ё' | '\u{4e00}'..='\u{9fff}' | 'à'..='ÿ' | 'À'..='ß' | '«' | '»'
        | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{ac00}'..='\u{d7a3}' | '\u{2010}' | '\u{2013}'..='\u{2016}' | '\u{2018}'..='\u{201f}'
        | '、' | '。' | '「' | '」' | '《' | '》')
}

/// Unicode property `Default_Ignorable_Code_Point`: characters that show nothing (Unicode 16, DerivedCoreProperties).
#[inline]
pub fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn looks_do_not_matter() {
        for (a, b) in [
            ("«Новые майнеры» — уже ОТОШЛИ", "\"новые  майнеры\"\n- уже отошли!"),
            ("й", "и\u{306}"),
            ("Été à l’œuvre", "e\u{301}te\u{301} a\u{300} l'œuvre"),
            ("ﬁn ＡＢＣ１２３", "fin abc123"),
            ("Straße", "STRASSE"),
            ("zero\u{200b}width\u{ad}", "ZeroWidth"),
            ("가나", "\u{1100}\u{1161}\u{1102}\u{1161}"),
            ("，法律。", "法律"),
            ("Σίσυφος", "σίσυφοσ"),
        ] {
            assert_eq!(fold(a).text, fold(b).text, "{a} ~ {b}");
        }
    }

    #[test]
    fn numbers_do() {
        assert_ne!(fold("1.5 %").text, fold("15 %").text);
        assert_ne!(fold("в 2019 году").text, fold("в 2020 году").text);
        assert_eq!(fold("2019–2020").text, fold("2019-2020").text);
        assert_eq!(fold("1\u{200b}5").text, fold("15").text);
    }

    #[test]
    fn vowel_signs_and_tones_stay() {
        assert_ne!(fold("ไม่").text, fold("ไม้").text);
        assert_ne!(fold("कि").text, fold("की").text);
    }

    #[test]
    fn characters_are_counted() {
        let folded = fold("Это 1,5 法律");
        assert_eq!(folded.chars, folded.text.chars().count());
    }
}
