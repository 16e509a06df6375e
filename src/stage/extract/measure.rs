//! What a text says of itself by its looks, in any script: how much it is, how it ends, what marks it has.

use crate::text::script;

/// The looks of a block.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Looks {
    /// How much it says, in letters of an alphabet: a character of a script without blanks counts for two.
    pub(super) weight: f32,
    /// Words; in scripts without blanks, two characters are one.
    pub(super) words: f32,
    pub(super) letters: f32,
    pub(super) digits: f32,
    pub(super) upper: f32,
    /// Marks that end a sentence.
    pub(super) stops: f32,
    pub(super) commas: f32,
    /// Bars, bullets and arrows between links.
    pub(super) bars: f32,
    pub(super) lines: f32,
    pub(super) ends: bool,
    pub(super) colon: bool,
    pub(super) asks: bool,
    pub(super) begins_lower: bool,
    pub(super) begins_digit: bool,
    pub(super) copyright: bool,
    /// Whether its script has no blanks, no capitals.
    pub(super) unspaced: bool,
}

/// Looks at a text.
pub(super) fn look(text: &str) -> Looks {
    let mut out = Looks::default();
    let (mut inside, mut unspaced) = (false, 0.0);
    let (mut last, mut first) = (' ', None);
    for c in text.chars() {
        if c.is_ascii() {
            match c {
                'a'..='z' => out.letters += 1.0,
                'A'..='Z' => {
                    out.letters += 1.0;
                    out.upper += 1.0;
                }
                '0'..='9' => out.digits += 1.0,
                '.' | '!' | '?' => out.stops += 1.0,
                ',' | ';' => out.commas += 1.0,
                '|' | '>' | '/' | '\t' => out.bars += 1.0,
                '\n' => out.lines += 1.0,
                _ => {}
            }
        } else {
            match c {
                '。' | '！' | '？' | '؟' | '۔' | '।' | '॥' | '…' | '．' | '։' | '።' | '။' | '។' => {
                    out.stops += 1.0;
                }
                '，' | '、' | '；' | '،' | '؛' | '：' => out.commas += 1.0,
                '·' | '•' | '›' | '»' | '→' | '｜' | '|' | '＞' => out.bars += 1.0,
                '©' => out.copyright = true,
                _ if c.is_alphabetic() => {
                    out.letters += 1.0;
                    out.upper += f32::from(u8::from(c.is_uppercase()));
                    if script::is_unspaced(script::of(c)) {
                        unspaced += 1.0;
                    }
                }
                _ => {}
            }
        }
        let word = c.is_alphanumeric();
        if word && !inside {
            out.words += 1.0;
        }
        inside = word || inside && matches!(c, '\'' | '’' | '-');
        if !c.is_whitespace() {
            out.weight += 1.0;
            first = first.or(Some(c));
            last = if matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '」' | '』' | '）' | '“') {
                last
            } else {
                c
            };
        }
    }
    out.weight += unspaced;
    out.words += unspaced / 2.0;
    out.ends = matches!(
        last,
        '.' | '!' | '?' | '。' | '！' | '？' | '؟' | '۔' | '।' | '॥' | '…' | '．' | '։' | '።' | '။' | '។'
    );
    out.asks = matches!(last, '?' | '？' | '؟');
    out.colon = matches!(last, ':' | '：');
    out.begins_lower = first.is_some_and(char::is_lowercase);
    out.begins_digit = first.is_some_and(char::is_numeric);
    out.unspaced = unspaced * 2.0 > out.letters;
    // Thai and its kin end sentences with a blank: a long text counts as ending.
    if out.unspaced && out.stops < 1.0 && out.weight > 120.0 {
        out.ends = true;
        out.stops = out.weight / 120.0;
    }
    out
}
