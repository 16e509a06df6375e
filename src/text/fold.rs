//! Folding: what two texts have in common when only their looks differ.
//!
//! NFKC, full case folding (upper then lower case), and then only letters, digits and their marks; white space, punctuation, symbols and
//! default-ignorable characters (zero-width blanks, soft hyphens, variation selectors) are left out. Digits that something separates stay
//! separated by one blank, so that `1.5` does not become `15`.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Between two digits that something separated.
const GAP: u8 = b' ';

/// The folded text, and how many characters it has. Can be filled again and again, so that a document needs one buffer.
#[derive(Debug, Default)]
pub struct Folded {
    /// The letters and digits, in UTF-8. Bytes, because that is what is hashed.
    pub text: Vec<u8>,
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

/// The characters of the folded text, each with the bytes of the text that it came from.
pub fn mapped(text: &str) -> (Vec<u32>, Vec<[u32; 2]>) {
    let (mut codes, mut places) = (Vec::with_capacity(text.len()), Vec::with_capacity(text.len()));
    let mut folded = Folded::default();
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let after = at + c.len_utf8();
        let tail = text.get(after..).unwrap_or_default();
        // What is normalised together comes from all of its characters.
        let end = after + tail.find(stands_alone).unwrap_or(tail.len());
        let piece = text.get(at..end).unwrap_or_default();
        folded.text.clear();
        if end > after || !is_stable(c) {
            piece.nfkc().for_each(|c| folded.any(c));
        } else if c.is_ascii() {
            folded.ascii(piece);
        } else {
            folded.one(c);
        }
        codes.extend(std::str::from_utf8(&folded.text).unwrap_or_default().chars().map(u32::from));
        places.resize(codes.len(), [at as u32, end as u32]);
        at = end;
    }
    (codes, places)
}

impl Folded {
    /// Folds `text` into this buffer; what was there is gone.
    pub fn fill(&mut self, text: &str) {
        self.text.clear();
        (self.chars, self.after_digit, self.gap) = (0, false, false);
        // What is not yet folded; the last character before it was taken as it is, and a mark that follows may compose with it.
        let mut rest = text;
        loop {
            rest = self.ascii(rest);
            rest = self.stable(rest);
            let mut chars = rest.chars();
            let Some(c) = chars.next() else { break };
            if c.is_ascii() && !chars.as_str().starts_with(composes) {
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
        // Every byte is written and those that are left out are written over: that is faster than to ask first. One more may stand
        // before a digit.
        let from = self.text.len();
        self.text.resize(from + head.len() + 1, 0);
        let out = self.text.get_mut(from..).unwrap_or_default();
        let mut len = 0;
        for &b in head.as_bytes() {
            let folded = ASCII.get(usize::from(b)).copied().unwrap_or_default();
            if folded.is_ascii_digit() {
                if self.after_digit && self.gap {
                    out.get_mut(len).into_iter().for_each(|slot| *slot = GAP);
                    len += 1;
                }
                out.get_mut(len).into_iter().for_each(|slot| *slot = folded);
                len += 1;
                (self.after_digit, self.gap) = (true, false);
                continue;
            }
            let letter = folded != 0;
            out.get_mut(len).into_iter().for_each(|slot| *slot = folded);
            len += usize::from(letter);
            self.after_digit &= !letter;
            self.gap = !letter;
        }
        self.text.truncate(from + len);
        self.chars += len;
        rest
    }

    /// Takes characters beyond ASCII off the front that NFKC leaves alone, but for a last one that may compose with what follows.
    fn stable<'t>(&mut self, text: &'t str) -> &'t str {
        let mut chars = text.chars();
        let Some(mut c) = chars.next().filter(|&c| !c.is_ascii() && is_stable(c)) else { return text };
        let mut left = text;
        loop {
            let rest = chars.as_str();
            let next = chars.next();
            if next.is_some_and(composes) {
                return left;
            }
            self.one(c);
            left = rest;
            match next {
                Some(next) if !next.is_ascii() => c = next,
                _ => return left,
            }
        }
    }

    /// Takes in a stable character.
    #[inline]
    fn one(&mut self, c: char) {
        match c {
            'а'..='я'
            | 'ё'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{ac00}'..='\u{d7a3}'
            | 'à'..='ö'
            | 'ø'..='ÿ'
            | '\u{3041}'..='\u{3096}'
            | '\u{30a1}'..='\u{30fa}' => self.letter(c),
            'А'..='Я' | 'À'..='Ö' | 'Ø'..='Þ' => self.letter(char::from_u32(c as u32 + 32).unwrap_or(c)),
            '\u{2010}'..='\u{201f}' | '«' | '»' | '、' | '。' | '「' | '」' | '《' | '》' => self.gap = true,
            _ => self.any(c),
        }
    }

    /// Takes in any character; from Hebrew to Myanmar none has case.
    #[inline(never)]
    fn any(&mut self, c: char) {
        if is_ignorable(c) {
            return;
        }
        if !(c.is_alphanumeric() || is_combining_mark(c)) {
            self.gap = true;
        } else if c.is_numeric() {
            self.digit(c);
        } else if matches!(c, '\u{590}'..='\u{109f}')
            || c.is_lowercase() && !matches!(c, 'ß' | 'ς' | 'ſ' | 'ŉ' | '\u{1c80}'..='\u{1c88}')
        {
            self.letter(c);
        } else {
            for lower in c.to_uppercase().flat_map(char::to_lowercase) {
                self.letter(lower);
            }
        }
    }

    #[inline]
    fn letter(&mut self, c: char) {
        self.push(c);
        (self.after_digit, self.gap) = (false, false);
    }

    #[inline]
    fn digit(&mut self, c: char) {
        if self.after_digit && self.gap {
            self.text.push(GAP);
            self.chars += 1;
        }
        self.push(c);
        (self.after_digit, self.gap) = (true, false);
    }

    #[inline]
    fn push(&mut self, c: char) {
        self.text.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        self.chars += 1;
    }
}

/// What becomes of each byte of ASCII: a letter in lower case, a digit, or 0 where it is left out.
const ASCII: [u8; 128] = {
    let mut table = [0; 128];
    let mut rest: &mut [u8] = &mut table;
    let mut byte = 0u8;
    while let Some((first, others)) = rest.split_first_mut() {
        *first = if byte.is_ascii_alphanumeric() { byte.to_ascii_lowercase() } else { 0 };
        byte += 1;
        rest = others;
    }
    table
};

/// Whether a character may compose with the one before it: any that NFKC may touch.
#[inline]
fn composes(c: char) -> bool {
    !is_stable(c)
}

/// Whether NFKC treats a character apart from what stands before it.
fn stands_alone(c: char) -> bool {
    use unicode_normalization::{IsNormalized, char::canonical_combining_class, is_nfkc_quick};
    let begins =
        |c: char| canonical_combining_class(c) == 0 && is_nfkc_quick(std::iter::once(c)) != IsNormalized::Maybe;
    is_stable(c) || begins(c) && std::iter::once(c).nfkd().next().is_some_and(begins)
}

/// Characters that NFKC leaves alone whatever follows but a mark.
#[inline]
fn is_stable(c: char) -> bool {
    matches!(c, '\0'..='\x7f' | '\u{400}'..='\u{45f}' | '\u{4e00}'..='\u{9fff}' | 'à'..='ÿ' | 'À'..='ß' | '«' | '»'
        | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{ac00}'..='\u{d7a3}' | '\u{2010}' | '\u{2013}'..='\u{2016}' | '\u{2018}'..='\u{201f}'
        | '、' | '。' | '「' | '」' | '《' | '》'
        | '\u{100}'..='\u{131}' | '\u{134}'..='\u{13e}' | '\u{141}'..='\u{148}' | '\u{14a}'..='\u{17e}' | '\u{1ea0}'..='\u{1ef9}'
        | '\u{3ac}'..='\u{3ce}' | '\u{5d0}'..='\u{5ea}' | '\u{621}'..='\u{63a}' | '\u{641}'..='\u{64a}')
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
    use super::{fold, is_stable, mapped};

    #[test]
    fn every_folded_character_knows_where_it_came_from() {
        for text in [
            "«Новые» e\u{301}te\u{301} ﬁn, 1 5\u{200b}и\u{306}.",
            "１２ 法律。\u{301}x",
            "12 / 3-4 год",
            "น้ำใจ",
            "क्षि\u{93c}",
            "\u{1100}\u{1161}\u{11a8}가",
            "ｶﾞｷﾞ",
            "",
        ] {
            let (codes, places) = mapped(text);
            let folded: String = codes.iter().filter_map(|c| char::from_u32(*c)).collect();
            assert_eq!(folded.as_bytes(), fold(text).text);
            assert_eq!(places.len(), codes.len());
            assert!(
                places.iter().all(|[from, to]| text.get(*from as usize..*to as usize).is_some_and(|t| !t.is_empty()))
            );
        }
    }

    #[test]
    fn normalisation_leaves_stable_characters_alone() {
        use unicode_normalization::{IsNormalized, is_nfkc_quick};
        for c in ('\0'..=char::MAX).filter(|&c| is_stable(c)) {
            assert_eq!(is_nfkc_quick(std::iter::once(c)), IsNormalized::Yes, "{c:?}");
        }
    }

    #[test]
    fn letters_without_case_have_none() {
        assert!(('\u{590}'..='\u{109f}').all(|c| c.to_uppercase().eq([c]) && c.to_lowercase().eq([c])));
    }

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
        assert_eq!(folded.chars, String::from_utf8(folded.text).unwrap().chars().count());
    }
}
