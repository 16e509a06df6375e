//! Folding: what two texts have in common when only their looks differ.
//!
//! NFKC, full case folding (upper then lower case), and then only letters, digits and their marks; white space, punctuation, symbols and
//! default-ignorable characters (zero-width blanks, soft hyphens, variation selectors) are left out. Digits that something separates stay
//! separated by one blank, so that `1.5` does not become `15`.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Between two digits that something separated.
const GAP: char = ' ';

/// The folded text, and how many characters it has. Can be filled again and again, so that a document needs one buffer.
#[derive(Debug, Default)]
pub struct Folded {
    /// The letters and digits.
    pub text: String,
    /// Characters in `text`.
    pub chars: usize,
    /// Whether the last character is a digit.
    after_digit: bool,
    /// Whether something was left out since.
    gap: bool,
}

/// Folds `text`.
pub fn fold(text: &str) -> Folded {
    let mut out = Folded::default();
    out.fill(text);
    out
}

impl Folded {
    /// Folds `text` into this buffer; what was there is gone.
    pub fn fill(&mut self, text: &str) {
        self.text.clear();
        self.text.reserve(text.len());
        (self.chars, self.after_digit, self.gap) = (0, false, false);
        // What is not yet folded; the last character before it was taken as it is, and a mark that follows may compose with it.
        let mut rest = text;
        loop {
            rest = self.ascii(rest);
            let mut chars = rest.chars();
            let Some(c) = chars.next() else { break };
            if is_stable(c) && !chars.as_str().starts_with(composes) {
                self.stable(c);
                rest = chars.as_str();
                continue;
            }
            let end = chars.as_str().find(is_stable).map_or(rest.len(), |at| at + c.len_utf8());
            for c in rest.get(..end).unwrap_or_default().nfkc() {
                self.any(c);
            }
            rest = rest.get(end..).unwrap_or_default();
        }
    }

    /// Takes ASCII off the front, but for a last character that may compose with what follows.
    fn ascii<'t>(&mut self, text: &'t str) -> &'t str {
        let bytes = text.as_bytes();
        let mut end = bytes.iter().position(|b| !b.is_ascii()).unwrap_or(bytes.len());
        if end < bytes.len() && end > 0 && text.get(end..).is_some_and(|rest| rest.starts_with(composes)) {
            end -= 1;
        }
        let (head, rest) = text.split_at_checked(end).unwrap_or((text, ""));
        for &b in head.as_bytes() {
            match b {
                b'a'..=b'z' => self.letter(char::from(b)),
                b'A'..=b'Z' => self.letter(char::from(b | 0x20)),
                b'0'..=b'9' => self.digit(char::from(b)),
                _ => self.gap = true,
            }
        }
        rest
    }

    #[inline]
    fn stable(&mut self, c: char) {
        match c {
            'а'..='я' | '\u{4e00}'..='\u{9fff}' => self.letter(c),
            'А'..='Я' => self.letter(char::from_u32(c as u32 + 32).unwrap_or(c)),
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
        } else if c.is_numeric() {
            self.digit(c);
        } else if c.is_lowercase() && !matches!(c, 'ß' | 'ς' | 'ſ' | 'ŉ' | '\u{1c80}'..='\u{1c88}') {
            self.letter(c);
        } else {
            for lower in c.to_uppercase().flat_map(char::to_lowercase) {
                self.letter(lower);
            }
        }
    }

    #[inline]
    fn letter(&mut self, c: char) {
        self.text.push(c);
        self.chars += 1;
        (self.after_digit, self.gap) = (false, false);
    }

    #[inline]
    fn digit(&mut self, c: char) {
        if self.after_digit && self.gap {
            self.text.push(GAP);
            self.chars += 1;
        }
        self.text.push(c);
        self.chars += 1;
        (self.after_digit, self.gap) = (true, false);
    }
}

/// Whether a character may compose with the one before it: any that NFKC may touch.
#[inline]
fn composes(c: char) -> bool {
    !is_stable(c)
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
